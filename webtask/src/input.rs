//! Inputs that come as JSON: read one by one into their types, every fault at once.

use std::any::Any;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use webtask_words::{nearest, way_down};

use crate::error::InputError;
use crate::misfit::Misfit;
use crate::value::kind;
use crate::{Error, ErrorKind};

/// How many faults are told one by one; of more only the number is.
const FAULTS: usize = 100;

/// The inputs of a call that are still to be read, and the faults found so far.
#[derive(Debug)]
pub struct Inputs<'n> {
    map: Map<String, Value>,
    known: Vec<&'n str>,
    faults: Vec<InputError>,
}

impl<'n> Inputs<'n> {
    /// All that the caller gave.
    #[must_use]
    pub fn new(map: Map<String, Value>) -> Self {
        Self { map, known: Vec::new(), faults: Vec::new() }
    }

    /// An input that must be there.
    pub fn required<T: DeserializeOwned>(&mut self, name: &'n str, ty: &str) -> Option<T> {
        match self.take(name) {
            Some(value) => self.read(name, ty, value),
            None => {
                self.fault(name, format!("is required ({ty})"));
                None
            }
        }
    }

    /// An input with a default.
    pub fn or<T: DeserializeOwned>(
        &mut self,
        name: &'n str,
        ty: &str,
        default: impl FnOnce() -> T,
    ) -> Option<T> {
        match self.take(name) {
            Some(value) => self.read(name, ty, value),
            None => Some(default()),
        }
    }

    /// An input with a default that is known already; nothing when it is left out.
    #[cfg(feature = "text")]
    pub(crate) fn optional_of<T: DeserializeOwned>(&mut self, name: &'n str, ty: &str) -> Option<Option<T>> {
        match self.take(name) {
            Some(value) => self.read(name, ty, value).map(Some),
            None => Some(None),
        }
    }

    /// An input that may be left out or null.
    pub fn optional<T: DeserializeOwned>(&mut self, name: &'n str, ty: &str) -> Option<Option<T>> {
        match self.take(name) {
            None | Some(Value::Null) => Some(None),
            Some(value) => self.read(name, ty, value).map(Some),
        }
    }

    /// What was read, when nothing was wrong with it.
    ///
    /// # Errors
    ///
    /// Every fault, names that no input has among them; the first hundred, and how many more there are.
    pub fn finish<T>(mut self, input: Option<T>) -> Result<T, Error> {
        let room = FAULTS.saturating_sub(self.faults.len());
        let more = self.map.len().saturating_sub(room);
        for name in self.map.keys().take(room) {
            let nearest = nearest(name, self.known.iter().copied());
            let message = match nearest {
                Some(known) => format!("unknown input; did you mean `{known}`?"),
                None if self.known.is_empty() => "unknown input; this task takes none".to_owned(),
                None => format!("unknown input; known are {}", list(&self.known)),
            };
            self.faults.push(InputError { pointer: pointer(name), message });
        }
        match input {
            Some(input) if self.faults.is_empty() => Ok(input),
            _ => Err(Error::invalid_input(self.faults, more)),
        }
    }

    fn take(&mut self, name: &'n str) -> Option<Value> {
        self.known.push(name);
        self.map.shift_remove(name)
    }

    fn read<T: DeserializeOwned>(&mut self, name: &str, ty: &str, value: Value) -> Option<T> {
        if ty == "path"
            && let Some(Err(why)) = value.as_str().map(way_down)
        {
            self.fault(
                name,
                format!("must be a path below the folder of files, such as `shots/home.png`: {why}"),
            );
            return None;
        }
        let found = kind(&value);
        let outside = outside(ty, &value);
        let read = T::deserialize(&value);
        let given = if read.is_err() { value.clone() } else { Value::Null };
        match read.or_else(|error| whole(value).map_or(Err(error), serde_json::from_value)) {
            Ok(value) => Some(value),
            Err(error) => {
                // Of a plain type the kind says it all; of a Rust type only serde knows what is wrong.
                let plain = matches!(ty, "string" | "int" | "float" | "bool" | "list" | "map" | "path");
                let message = match outside {
                    Some((least, most)) => format!("must be {} from {least} to {most}", article(ty)),
                    None if plain => format!("must be {}, not {found}", article(ty)),
                    None => Misfit::of_value::<T>(&given, &error).predicate(),
                };
                self.fault(name, message);
                None
            }
        }
    }

    fn fault(&mut self, name: &str, message: String) {
        self.faults.push(InputError { pointer: pointer(name), message });
    }
}

/// The inputs of a task, as its setup is given them.
///
/// # Errors
///
/// When they are another task's.
pub fn input_of<I: Clone + 'static>(given: &dyn Any) -> Result<I, Error> {
    let wrong = || Error::new(ErrorKind::Internal, "a setup was given the inputs of another task");
    given.downcast_ref::<I>().cloned().ok_or_else(wrong)
}

/// The value with `1.0` as `1`, which in JSON are one number; none when that changes nothing.
fn whole(mut value: Value) -> Option<Value> {
    fn walk(value: &mut Value) -> bool {
        match value {
            Value::Number(number) => {
                // Up to there every whole number has a float of its own.
                const EXACT: f64 = 9_007_199_254_740_992.0;
                let float = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0);
                let Some(float) = float.filter(|float| float.abs() <= EXACT) else { return false };
                *number = (float as i64).into();
                true
            }
            Value::Array(items) => items.iter_mut().fold(false, |changed, item| walk(item) | changed),
            Value::Object(map) => map.values_mut().fold(false, |changed, item| walk(item) | changed),
            _ => false,
        }
    }
    walk(&mut value).then_some(value)
}

/// The range of a type of whole numbers, when the value is a whole number outside of it.
fn outside(ty: &str, value: &Value) -> Option<(i128, i128)> {
    let (least, most) = match ty {
        "i8" => (i8::MIN.into(), i8::MAX.into()),
        "i16" => (i16::MIN.into(), i16::MAX.into()),
        "i32" => (i32::MIN.into(), i32::MAX.into()),
        "int" | "i64" | "isize" => (i64::MIN.into(), i64::MAX.into()),
        "u8" => (0, u8::MAX.into()),
        "u16" => (0, u16::MAX.into()),
        "u32" => (0, u32::MAX.into()),
        "u64" | "usize" => (0, u64::MAX.into()),
        _ => return None,
    };
    let Value::Number(number) = value else { return None };
    // What fits into 64 bits and is whole is read as such, so that a float this large has lost its last digits.
    let far = |float: f64| if float < 0.0 { i128::MIN } else { i128::MAX };
    let whole =
        number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)).or_else(|| {
            let float = number.as_f64().filter(|float| float.fract() == 0.0)?;
            Some(if float.abs() < 9_223_372_036_854_775_808.0 { float as i128 } else { far(float) })
        })?;
    (whole < least || whole > most).then_some((least, most))
}

fn article(ty: &str) -> String {
    let is_vowel = ty == "int" || ty.starts_with('i');
    format!("{} {ty}", if is_vowel { "an" } else { "a" })
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A top-level key as a JSON Pointer.
fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(map: Value) -> Result<(String, i64, Option<bool>), Error> {
        let Value::Object(map) = map else { panic!("a map") };
        let mut inputs = Inputs::new(map);
        let query = inputs.required::<String>("query", "string");
        let limit = inputs.or("limit", "int", || 10);
        let deep = inputs.optional::<bool>("deep", "bool");
        inputs.finish((|| Some((query?, limit?, deep?)))())
    }

    #[test]
    fn fills_in_what_is_left_out() {
        assert_eq!(read(json!({ "query": "a" })).expect("fits"), ("a".into(), 10, None));
        assert_eq!(read(json!({ "query": "a", "deep": null })).expect("fits").2, None);
    }

    #[test]
    fn a_number_is_whole_however_it_is_written() {
        for (value, expected) in
            [(json!(3.0), Some(3)), (json!(-0.0), Some(0)), (json!(3.5), None), (json!(1e300), None)]
        {
            assert_eq!(
                read(json!({ "query": "a", "limit": value })).ok().map(|input| input.1),
                expected,
                "{value}"
            );
        }
        let mut inputs = Inputs::new(json!({ "list": [1.0, 2] }).as_object().expect("a map").clone());
        let list = inputs.required::<Vec<u8>>("list", "Vec<u8>");
        assert_eq!(inputs.finish(list).expect("fits"), [1, 2]);
    }

    #[test]
    fn a_path_stays_below_the_folder_of_files() {
        let read = |value: Value| {
            let mut inputs = Inputs::new(Map::from_iter([("dir".to_owned(), value)]));
            let read = inputs.required::<String>("dir", "path");
            inputs.finish(read).map_err(|error| error.inputs()[0].message.clone())
        };
        assert_eq!(read(json!("a/b.png")), Ok("a/b.png".to_owned()));
        let told = "must be a path below the folder of files, such as `shots/home.png`: ";
        assert_eq!(read(json!("/etc/passwd")), Err(format!("{told}it is absolute")));
        assert_eq!(read(json!("a/../../b")), Err(format!("{told}`.` and `..` are not names")));
        assert_eq!(read(json!(5)), Err("must be a path, not an int".to_owned()));
    }

    #[test]
    fn a_number_out_of_range_says_the_range() {
        let fault = |ty: &str, value: &str| {
            let value: Value = serde_json::from_str(value).expect("a number");
            let mut inputs = Inputs::new(Map::from_iter([("n".to_owned(), value)]));
            let read = match ty {
                "u8" => inputs.required::<u8>("n", ty).is_some(),
                "u64" => inputs.required::<u64>("n", ty).is_some(),
                _ => inputs.required::<i64>("n", ty).is_some(),
            };
            assert!(!read, "{ty}");
            inputs.finish(None::<()>).expect_err("a fault").inputs()[0].message.clone()
        };
        let int = "must be an int from -9223372036854775808 to 9223372036854775807";
        for number in ["9223372036854775808", "-9223372036854775809", "99999999999999999999999", "1e300"] {
            assert_eq!(fault("int", number), int, "{number}");
        }
        assert_eq!(fault("u8", "256"), "must be a u8 from 0 to 255");
        assert_eq!(fault("u64", "-1"), "must be a u64 from 0 to 18446744073709551615");
        assert_eq!(fault("int", "0.5"), "must be an int, not a float");
    }

    #[test]
    fn a_rust_type_speaks_in_the_words_of_the_input() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code, reason = "read only")]
        struct Order {
            lines: Vec<Line>,
        }
        #[derive(Debug, serde::Deserialize)]
        #[allow(dead_code, reason = "read only")]
        struct Line {
            count: u8,
        }
        let fault = |value: Value| {
            let mut inputs = Inputs::new(Map::from_iter([("order".to_owned(), value)]));
            assert!(inputs.required::<Order>("order", "Order").is_none());
            inputs.finish(None::<()>).expect_err("a fault").inputs()[0].message.clone()
        };
        assert_eq!(fault(json!("x")), "must be an object, not a string");
        assert_eq!(fault(json!({})), "`lines` is missing");
        assert_eq!(fault(json!({ "lines": [], "more": 1 })), "`more` is unknown; known are `lines`");
        assert_eq!(
            fault(json!({ "lines": [{ "count": 1 }, { "count": "2" }] })),
            "`lines[1].count` must be a whole number from 0 to 255, not a string"
        );
        assert_eq!(fault(json!({ "lines": 1 })), "`lines` must be a list, not `1`");
    }

    #[test]
    fn says_every_fault_at_once() {
        let error =
            read(json!({ "limit": "ten", "deep": 1, "qery": "a", "a/b": 1 })).expect_err("four faults");
        let faults: Vec<_> =
            error.inputs().iter().map(|fault| format!("{} {}", fault.pointer, fault.message)).collect();
        assert_eq!(
            faults,
            [
                "/query is required (string)",
                "/limit must be an int, not a string",
                "/deep must be a bool, not an int",
                "/qery unknown input; did you mean `query`?",
                "/a~1b unknown input; known are `query`, `limit`, `deep`",
            ]
        );
    }
}
