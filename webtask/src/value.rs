//! The values that a recipe's names have, seen as JSON: looked into, shown, and turned into types.

mod compare;

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::Error;
use crate::large;
use crate::misfit::Misfit;

pub use self::compare::{Comparator, compare, holds, matches, or_value};

/// Any value as JSON.
///
/// # Errors
///
/// When it has none, as a map with keys that are not strings.
pub fn value<T: Serialize + ?Sized>(value: &T) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(|error| {
        Error::step_failed(format!("a value is not JSON: {}", Misfit::of(&error))).with_source(error)
    })
}

/// Any value as JSON, null when it has none.
pub fn plain<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// JSON as any type.
///
/// # Errors
///
/// When it does not fit; `name` says what of.
pub fn decode<T: DeserializeOwned>(name: &str, value: Value) -> Result<T, Error> {
    let wrong = |why: Misfit, error: serde_json::Error| {
        Error::step_failed(format!("`{name}` does not fit its type: {why}")).with_source(error)
    };
    // A large one is moved and not copied, so nobody can look for the place afterwards.
    if large::is_large(&value) {
        return serde_json::from_value(value).map_err(|error| wrong(Misfit::of(&error), error));
    }
    T::deserialize(&value).map_err(|error| wrong(Misfit::of_value::<T>(&value, &error), error))
}

/// A map of these entries, in their order.
#[must_use]
pub fn map<const N: usize>(entries: [(&str, Value); N]) -> Map<String, Value> {
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// What stands where a recipe has a string.
#[diagnostic::on_unimplemented(
    message = "expected text, found `{Self}`",
    label = "this is not text",
    note = "write an expression that gives a `String` or a `&str`, like `(number.to_string())`"
)]
pub trait Text {
    /// As it is.
    fn text(&self) -> &str;
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str> + ?Sized> Text for T {
    fn text(&self) -> &str {
        self.as_ref()
    }
}

/// Any text as `&str`.
pub fn str<T: Text + ?Sized>(text: &T) -> &str {
    text.text()
}

/// What stands where a recipe counts.
#[diagnostic::on_unimplemented(
    message = "expected a whole number, found `{Self}`",
    label = "this is not a whole number",
    note = "write an expression that gives an integer, like `(rows.len())`"
)]
pub trait Count {
    /// As a number that counts, when it is one.
    fn count(self) -> Option<u64>;
}

#[diagnostic::do_not_recommend]
impl<T: TryInto<u64>> Count for T {
    fn count(self) -> Option<u64> {
        self.try_into().ok()
    }
}

/// Any whole number as a count.
///
/// # Errors
///
/// When it is negative or too large.
pub fn count<T: Count>(number: T) -> Result<u64, Error> {
    number.count().ok_or_else(|| Error::step_failed("a count must be from 0 to 2^64-1"))
}

/// What a placeholder found, as a count.
///
/// # Errors
///
/// When it is not a whole number from 0, or is missing and there is no fallback.
pub fn held_count(name: &str, found: Option<Value>, fallback: Option<u64>) -> Result<u64, Error> {
    held(name, found, fallback, Value::as_u64, "a whole number from 0")
}

/// What a placeholder found, as a duration.
///
/// # Errors
///
/// As [`held_count`].
pub fn held_time(name: &str, found: Option<Value>, fallback: Option<Duration>) -> Result<Duration, Error> {
    let millis = |value: &Value| value.as_u64().map(Duration::from_millis);
    held(name, found, fallback, millis, "a whole number of milliseconds")
}

/// What a placeholder found, as a number.
///
/// # Errors
///
/// When it is none, or is missing and there is no fallback.
pub fn held_number(name: &str, found: Option<Value>, fallback: Option<f64>) -> Result<f64, Error> {
    held(name, found, fallback, Value::as_f64, "a number")
}

fn held<T>(
    name: &str,
    found: Option<Value>,
    fallback: Option<T>,
    read: impl Fn(&Value) -> Option<T>,
    wanted: &str,
) -> Result<T, Error> {
    match (found, fallback) {
        (None | Some(Value::Null), fallback) => fallback.ok_or_else(|| missing(name)),
        (Some(Value::String(text)), Some(fallback)) if text.is_empty() => Ok(fallback),
        (Some(value), _) => read(&value).ok_or_else(|| {
            let value = match value {
                Value::Number(number) => number.to_string(),
                other => kind(&other).to_owned(),
            };
            Error::step_failed(format!("`{{{{{name}}}}}` must be {wanted} there, not {value}"))
        }),
    }
}

/// How many elements a list has, as recipes count.
pub fn length<T>(list: &[T]) -> i64 {
    i64::try_from(list.len()).unwrap_or(i64::MAX)
}

/// Dynamic values that a placeholder's path leads into.
pub trait Dig {
    /// What stands at the path's end.
    fn dig(&self, path: &[&str]) -> Option<Value>;
}

impl Dig for Value {
    fn dig(&self, path: &[&str]) -> Option<Value> {
        let Some((segment, rest)) = path.split_first() else { return Some(self.clone()) };
        match self {
            Value::Object(map) => map.get(*segment)?.dig(rest),
            Value::Array(list) if *segment == "length" => rest.is_empty().then(|| list.len().into()),
            Value::Array(list) => list.get(segment.parse::<usize>().ok()?)?.dig(rest),
            _ => None,
        }
    }
}

impl Dig for Map<String, Value> {
    fn dig(&self, path: &[&str]) -> Option<Value> {
        match path.split_first() {
            Some((segment, rest)) => self.get(*segment)?.dig(rest),
            None => Some(Value::Object(self.clone())),
        }
    }
}

/// What stands at the path's end in the JSON of a Rust value.
///
/// # Errors
///
/// When the value has no JSON.
pub fn dig_rust<T: Serialize + ?Sized>(found: Option<&T>, path: &[&str]) -> Result<Option<Value>, Error> {
    Ok(match found {
        Some(found) => value(found)?.dig(path),
        None => None,
    })
}

/// What a placeholder found, as JSON.
///
/// # Errors
///
/// When it has none.
pub fn shown<T: Serialize + ?Sized>(found: Option<&T>) -> Result<Option<Value>, Error> {
    found.map(value).transpose()
}

/// A value as a text: a string as it is, anything else as JSON.
#[must_use]
pub fn shown_text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// What a placeholder found, which must be there and not null.
///
/// # Errors
///
/// When it is not.
pub fn given(name: &str, found: Option<Value>) -> Result<Value, Error> {
    found.filter(|value| !value.is_null()).ok_or_else(|| missing(name))
}

/// What a typed placeholder found, which must be there.
///
/// # Errors
///
/// When it is not.
pub fn there<T>(name: &str, found: Option<T>) -> Result<T, Error> {
    found.ok_or_else(|| missing(name))
}

/// The text, or the fallback when it is missing or empty.
#[must_use]
pub fn or(found: Option<&String>, fallback: &str) -> String {
    match found {
        Some(text) if !text.is_empty() => text.clone(),
        _ => fallback.to_owned(),
    }
}

/// The value, or the fallback when it is missing, null or empty.
#[must_use]
pub fn or_json(found: Option<Value>, fallback: &str) -> Value {
    match found {
        None | Some(Value::Null) => fallback.into(),
        Some(Value::String(text)) if text.is_empty() => fallback.into(),
        Some(value) => value,
    }
}

/// The elements of a dynamic value that a loop goes through.
///
/// # Errors
///
/// When it is not a list.
pub fn items(word: &str, value: Value) -> Result<Vec<Value>, Error> {
    match value {
        Value::Array(list) => Ok(list),
        other => Err(Error::step_failed(format!("`{word}` needs a list, not {}", kind(&other)))),
    }
}

/// A placeholder that has no value.
pub(crate) fn missing(name: &str) -> Error {
    Error::step_failed(format!(
        "`{{{{{name}}}}}` has no value; say what stands in for it by `{{{{{name}|or:…}}}}`"
    ))
}

/// What a JSON value is, in words.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a bool",
        Value::Number(number) if number.is_f64() => "a float",
        Value::Number(_) => "an int",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn digs_into_lists_and_maps() {
        let value = json!({ "rows": [{ "a": 1 }, { "a": 2 }] });
        assert_eq!(value.dig(&["rows", "1", "a"]), Some(json!(2)));
        assert_eq!(value.dig(&["rows", "length"]), Some(json!(2)));
        for missing in [
            &["rows", "2"][..],
            &["rows", "-1"],
            &["rows", "a"],
            &["rows", "length", "x"],
            &["rows", "0", "a", "b"],
        ] {
            assert_eq!(value.dig(missing), None, "{missing:?}");
        }
    }

    #[test]
    fn a_fallback_stands_in_for_nothing() {
        assert_eq!(or(Some(&String::new()), "x"), "x");
        assert_eq!(or(Some(&"a".to_owned()), "x"), "a");
        assert_eq!(or_json(Some(json!(null)), "x"), json!("x"));
        assert_eq!(or_json(Some(json!(0)), "x"), json!(0));
        assert_eq!(
            given("a.b", Some(json!(null))).expect_err("null").message(),
            "`{{a.b}}` has no value; say what stands in for it by `{{a.b|or:…}}`"
        );
    }
}
