//! What conditions ask of values: whether one holds, and how two compare.
//!
//! Nothing is converted on the way: a text is not a number, and what cannot be compared is an error, not false. A missing value,
//! or null, is equal to null alone, is in no order, and contains and matches nothing.

use std::cmp::Ordering;

use regex::Regex;
use serde_json::{Number, Value};

use super::kind;
use crate::Error;

pub use webtask_program::Comparator;

/// Whether what a placeholder found holds: not null, false, 0 or an empty text.
///
/// # Errors
///
/// A list has no truth of its own.
pub fn holds(name: &str, found: Option<Value>) -> Result<bool, Error> {
    match found.unwrap_or_default() {
        Value::Null => Ok(false),
        Value::Bool(value) => Ok(value),
        Value::Number(number) => Ok(number.as_f64() != Some(0.0)),
        Value::String(text) => Ok(!text.is_empty()),
        Value::Object(_) => Ok(true),
        Value::Array(_) => {
            let ask = match name.strip_suffix("}}`") {
                Some(start) => format!("; ask `\"{}.length}}}}\"`", start.trim_start_matches('`')),
                None => String::new(),
            };
            Err(Error::step_failed(format!("{name} is a list, which is neither true nor false{ask}")))
        }
    }
}

/// The value, or what stands in when it is missing, null or an empty text.
#[must_use]
pub fn or_value(found: Option<Value>, fallback: Value) -> Option<Value> {
    match found {
        Some(Value::String(text)) if text.is_empty() => Some(fallback),
        None | Some(Value::Null) => Some(fallback),
        found => found,
    }
}

/// Compares two values; the names are for the message.
///
/// # Errors
///
/// When they are of kinds that the operator does not compare.
pub fn compare(
    left_name: &str,
    left: Option<Value>,
    comparator: Comparator,
    right_name: &str,
    right: Option<Value>,
) -> Result<bool, Error> {
    let (left, right) = (left.unwrap_or_default(), right.unwrap_or_default());
    match comparator {
        Comparator::Equal | Comparator::Unequal => {
            let wanted = comparator == Comparator::Equal;
            if left.is_null() || right.is_null() {
                return Ok((left.is_null() && right.is_null()) == wanted);
            }
            if same_kind(&left, &right) {
                return Ok(equal(&left, &right) == wanted);
            }
            let (one, two) = (shown(left_name, &left), shown(right_name, &right));
            Err(Error::step_failed(format!("{one} and {two} cannot be compared; neither becomes the other")))
        }
        Comparator::Contains => contains(left_name, &left, right_name, &right),
        order => {
            if left.is_null() || right.is_null() {
                return Ok(false);
            }
            let (Value::Number(one), Value::Number(two)) = (&left, &right) else {
                let (name, value) = if left.is_number() { (right_name, &right) } else { (left_name, &left) };
                let what = shown(name, value);
                return Err(Error::step_failed(format!(
                    "{what} is not a number and cannot be compared by size"
                )));
            };
            let Some(found) = ordered(one, two) else { return Ok(false) };
            Ok(match order {
                Comparator::Less => found.is_lt(),
                Comparator::LessOrEqual => found.is_le(),
                Comparator::Greater => found.is_gt(),
                _ => found.is_ge(),
            })
        }
    }
}

fn contains(left_name: &str, left: &Value, right_name: &str, right: &Value) -> Result<bool, Error> {
    match (left, right) {
        (Value::Null, _) => Ok(false),
        (Value::Array(list), right) => Ok(list.iter().any(|item| equal(item, right))),
        (Value::String(_), Value::Null) => Ok(false),
        (Value::String(text), Value::String(part)) => Ok(text.contains(part.as_str())),
        (Value::String(_), other) => {
            let what = shown(right_name, other);
            Err(Error::step_failed(format!("a string contains strings, and {what} is not a string")))
        }
        (other, _) => {
            let what = shown(left_name, other);
            Err(Error::step_failed(format!("`contains` asks a string or a list, and {what} is neither")))
        }
    }
}

/// Whether the pattern matches somewhere in a text. The pattern is the recipe's.
///
/// # Errors
///
/// When the value is not text.
pub fn matches(name: &str, found: Option<Value>, regex: &str) -> Result<bool, Error> {
    match found.unwrap_or_default() {
        Value::Null => Ok(false),
        Value::String(text) => {
            let regex = Regex::new(regex)
                .map_err(|error| Error::step_failed(format!("bad regex `{regex}`")).with_source(error))?;
            Ok(regex.is_match(&text))
        }
        other => {
            let what = shown(name, &other);
            Err(Error::step_failed(format!("`matches` reads a string, and {what} is not a string")))
        }
    }
}

fn same_kind(one: &Value, two: &Value) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(two)
}

/// Equality of JSON, in which a number is what it counts, however it is written.
fn equal(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::Number(one), Value::Number(two)) => ordered(one, two) == Some(Ordering::Equal),
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| equal(one, two))
        }
        (Value::Object(one), Value::Object(two)) => {
            one.len() == two.len()
                && one.iter().all(|(key, one)| two.get(key).is_some_and(|two| equal(one, two)))
        }
        (one, two) => one == two,
    }
}

/// Which number is larger. An integer is not rounded for it.
fn ordered(one: &Number, two: &Number) -> Option<Ordering> {
    let whole = |number: &Number| number.as_i128();
    match (whole(one), whole(two)) {
        (Some(one), Some(two)) => Some(one.cmp(&two)),
        (None, None) => one.as_f64()?.partial_cmp(&two.as_f64()?),
        (Some(one), None) => against(one, two.as_f64()?),
        (None, Some(two)) => against(two, one.as_f64()?).map(Ordering::reverse),
    }
}

/// An integer of at most 64 bits beside a number that need not be whole.
#[allow(clippy::cast_possible_truncation)]
fn against(whole: i128, other: f64) -> Option<Ordering> {
    let floor = other.floor();
    if floor.is_nan() {
        return None;
    }
    // Beyond what `i128` holds, the cast gives its bounds, which no integer of 64 bits reaches.
    let order = whole.cmp(&(floor as i128));
    Some(if order.is_eq() && other > floor { Ordering::Less } else { order })
}

/// A value with its name, for a message.
fn shown(name: &str, value: &Value) -> String {
    let kind = kind(value);
    if name.starts_with("`{{") || name.starts_with("the ") {
        format!("{name} ({kind})")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn holds_what_is_there_and_not_empty() {
        for (value, held) in [
            (json!(null), false),
            (json!(false), false),
            (json!(0), false),
            (json!(-0.0), false),
            (json!(""), false),
            (json!("0"), true),
            (json!({}), true),
            (json!(0.1), true),
        ] {
            assert_eq!(holds("`{{a}}`", Some(value.clone())).expect("it has a truth"), held, "{value}");
        }
        assert!(!holds("`{{a}}`", None).expect("missing"));
        assert_eq!(
            holds("`{{a.b}}`", Some(json!([]))).expect_err("a list").message(),
            "`{{a.b}}` is a list, which is neither true nor false; ask `\"{{a.b.length}}\"`"
        );
    }

    #[test]
    fn compares_values_of_one_kind() {
        use Comparator::*;
        let cases = [
            (json!(1), Equal, json!(1.0), true),
            (json!(9_007_199_254_740_993_i64), Equal, json!(9_007_199_254_740_992.0), false),
            (json!(9_007_199_254_740_993_i64), Greater, json!(9_007_199_254_740_992.0), true),
            (json!(u64::MAX), Less, json!(1e300), true),
            (json!(-2), Less, json!(-1.5), true),
            (json!(-1), Greater, json!(-1.5), true),
            (json!(10), Greater, json!(9), true),
            (json!(3), LessOrEqual, json!(3), true),
            (json!(3), GreaterOrEqual, json!(3.5), false),
            (json!("a"), Equal, json!("A"), false),
            (json!("a"), Unequal, json!("A"), true),
            (json!([1, { "a": 2.0 }]), Equal, json!([1.0, { "a": 2 }]), true),
            (json!([1]), Unequal, json!(["1"]), true),
            (json!(true), Equal, json!(true), true),
            (json!(null), Equal, json!(null), true),
            (json!(0), Equal, json!(null), false),
            (json!(null), Unequal, json!(""), true),
            (json!(null), Less, json!(1), false),
            (json!(1), GreaterOrEqual, json!(null), false),
            (json!("a.c"), Contains, json!("."), true),
            (json!("abc"), Contains, json!("."), false),
            (json!("abc"), Contains, json!("B"), false),
            (json!("abc"), Contains, json!(null), false),
            (json!(null), Contains, json!("a"), false),
            (json!([1, "a"]), Contains, json!(1.0), true),
            (json!([1, "a"]), Contains, json!("1"), false),
            (json!([null]), Contains, json!(null), true),
        ];
        for (left, comparator, right, expected) in cases {
            let found = compare("`{{a}}`", Some(left.clone()), comparator, "`{{b}}`", Some(right.clone()));
            assert_eq!(found.expect("they compare"), expected, "{left} {comparator:?} {right}");
        }
    }

    #[test]
    fn what_cannot_be_compared_is_told() {
        use Comparator::*;
        let cases = [
            (
                json!("5"),
                Equal,
                json!(5),
                "`{{a}}` (a string) and `5` cannot be compared; neither becomes the other",
            ),
            (
                json!("9"),
                Less,
                json!(10),
                "`{{a}}` (a string) is not a number and cannot be compared by size",
            ),
            (
                json!(5),
                Contains,
                json!(5),
                "`contains` asks a string or a list, and `{{a}}` (an int) is neither",
            ),
            (json!("5"), Contains, json!(5), "a string contains strings, and `5` is not a string"),
        ];
        for (left, comparator, right, expected) in cases {
            let error = compare("`{{a}}`", Some(left), comparator, "`5`", Some(right)).expect_err(expected);
            assert_eq!(error.message(), expected);
        }
        assert_eq!(
            matches("`{{a}}`", Some(json!(5)), "5").expect_err("no text").message(),
            "`matches` reads a string, and `{{a}}` (an int) is not a string"
        );
    }

    #[test]
    fn a_pattern_is_found_anywhere() {
        assert!(matches("a", Some(json!("order 12")), r"\d+$").expect("a text"));
        assert!(!matches("a", Some(json!("order")), r"^\d").expect("a text"));
        assert!(!matches("a", None, ".*").expect("missing"));
    }

    #[test]
    fn a_fallback_stands_in_for_nothing() {
        assert_eq!(or_value(None, json!(0)), Some(json!(0)));
        assert_eq!(or_value(Some(json!(null)), json!(true)), Some(json!(true)));
        assert_eq!(or_value(Some(json!("")), json!("x")), Some(json!("x")));
        assert_eq!(or_value(Some(json!(0)), json!(1)), Some(json!(0)));
    }
}
