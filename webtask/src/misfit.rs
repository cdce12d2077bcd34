//! Why JSON that somebody wrote does not fit, in words of that JSON: serde's own speak of Rust's types.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

/// Why JSON does not fit, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// The names that lead to what is wrong, as `log.entries[3].request`; empty for all of it.
    path: String,
    what: What,
    /// Line and column, from 1; none for what was read before.
    at: Option<(usize, usize)>,
}

#[derive(Debug, PartialEq, Eq)]
enum What {
    /// What it is or must be.
    Is(String),
    /// A sentence of its own.
    Says(String),
}

/// What serde says of the syntax of JSON, and what is told of it.
const SYNTAX: [(&str, &str); 21] = [
    ("EOF while parsing a list", "it breaks off inside a list"),
    ("EOF while parsing an object", "it breaks off inside an object"),
    ("EOF while parsing a string", "it breaks off inside a string"),
    ("EOF while parsing a value", "it breaks off where a value belongs"),
    ("expected `:`", "a `:` is missing"),
    ("expected `,` or `]`", "a `,` or `]` is missing"),
    ("expected `,` or `}`", "a `,` or `}` is missing"),
    ("expected `{` or `[`", "a `{` or `[` is missing"),
    ("expected `\"`", "a `\"` is missing"),
    ("expected ident", "unknown word; only `true`, `false` and `null` are written without quotes"),
    ("expected value", "a value is missing"),
    ("invalid escape", "unknown escape in a string"),
    ("invalid number", "malformed number"),
    ("number out of range", "a number is out of range"),
    (
        "control character (\\u0000-\\u001F) found while parsing a string",
        "a string holds a line break or another control character; escape it",
    ),
    ("key must be a string", "a name is not in double quotes"),
    ("lone leading surrogate in hex escape", "a `\\u` escape is half of a character"),
    ("unexpected end of hex escape", "a `\\u` escape is half of a character"),
    ("trailing comma", "there is a comma too many"),
    ("trailing characters", "something follows its end"),
    ("recursion limit exceeded", "it is nested too deeply"),
];

impl Misfit {
    /// Of a text, which is read once more to find the place.
    pub(crate) fn of_text<T: DeserializeOwned>(text: &[u8], error: &serde_json::Error) -> Self {
        if error.classify() != Category::Data {
            return Self::new("", error);
        }
        let mut json = serde_json::Deserializer::from_slice(text);
        match serde_path_to_error::deserialize::<_, T>(&mut json) {
            Err(found) => Self::new(&found.path().to_string(), found.inner()),
            Ok(_) => Self::new("", error),
        }
    }

    /// Of a value, which is read once more to find the place.
    pub(crate) fn of_value<T: for<'a> Deserialize<'a>>(value: &Value, error: &serde_json::Error) -> Self {
        match serde_path_to_error::deserialize::<_, T>(value) {
            Err(found) => Self::new(&found.path().to_string(), found.inner()),
            Ok(_) => Self::new("", error),
        }
    }

    /// Where nobody knows more than the error.
    pub(crate) fn of(error: &serde_json::Error) -> Self {
        Self::new("", error)
    }

    fn new(path: &str, error: &serde_json::Error) -> Self {
        let at = (error.line() > 0).then(|| (error.line(), error.column()));
        let said = error.to_string();
        let said = at
            .and_then(|(line, column)| said.strip_suffix(&format!(" at line {line} column {column}")))
            .unwrap_or(&said);
        if error.classify() != Category::Data {
            let words = SYNTAX.iter().find(|(serde, _)| *serde == said).map_or(said, |(_, words)| words);
            return Self { path: String::new(), what: What::Says(words.to_owned()), at };
        }
        // An unknown name, and one among several forms, ends what is known of the way there.
        let path = path.split('?').next().unwrap_or_default().trim_end_matches('.').to_owned();
        let (path, what) = read(path, said);
        Self { path, what, at }
    }

    /// The same where its reader knows already what is meant.
    pub(crate) fn predicate(&self) -> String {
        match &self.what {
            What::Is(words) if self.path.is_empty() => words.clone(),
            _ => self.to_string(),
        }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.what, self.path.as_str()) {
            (What::Is(words), "") => write!(f, "it {words}")?,
            (What::Is(words), path) => write!(f, "`{path}` {words}")?,
            (What::Says(words), "") => f.write_str(words)?,
            (What::Says(words), path) => write!(f, "`{path}`: {words}")?,
        }
        match self.at {
            Some((line, column)) => write!(f, " at line {line} column {column}"),
            None => Ok(()),
        }
    }
}

/// What serde's sentence means, and of what.
fn read(path: String, said: &str) -> (String, What) {
    let inside = |name: &str| {
        let dot = if path.is_empty() { "" } else { "." };
        // The path may lead to the name already.
        match path.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.')) {
            true => path.clone(),
            false => format!("{path}{dot}{name}"),
        }
    };
    if let Some(name) = said.strip_prefix("missing field ").and_then(quoted) {
        return (inside(name), What::Is("is missing".into()));
    }
    if let Some(name) = said.strip_prefix("duplicate field ").and_then(quoted) {
        return (inside(name), What::Is("is given twice".into()));
    }
    if let Some((name, known)) = said.strip_prefix("unknown field ").and_then(named) {
        let known = choices(known).map(|known| format!("; known are {known}"));
        return (inside(name), What::Is(format!("is unknown{}", known.unwrap_or_default())));
    }
    if let Some((name, known)) = said.strip_prefix("unknown variant ").and_then(named) {
        let known = choices(known).map(|known| format!("; write {known}"));
        return (path, What::Is(format!("cannot be `{name}`{}", known.unwrap_or_default())));
    }
    if said.starts_with("data did not match any variant of untagged enum") {
        return (path, What::Is("has none of the forms that it may have".into()));
    }
    for start in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some((found, expected)) =
            said.strip_prefix(start).and_then(|rest| rest.rsplit_once(", expected "))
        {
            let expected = expected_words(expected);
            // A list may stand for an object's values.
            let is_list = start == "invalid length " && expected == "an object";
            let found = if is_list { "a list".into() } else { found_words(found) };
            return (path, What::Is(format!("must be {expected}, not {found}")));
        }
    }
    (path, What::Says(said.to_owned()))
}

/// What stands between backticks.
fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('`')?.strip_suffix('`')
}

/// A name between backticks, and what follows it.
fn named(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('`')?.rsplit_once("`, ").filter(|(name, _)| !name.contains("`, ")).or_else(|| {
        let (name, rest) = text.strip_prefix('`')?.split_once('`')?;
        Some((name, rest.trim_start_matches(", ")))
    })
}

/// The names that would do; none when there are none.
fn choices(known: &str) -> Option<String> {
    let names = known.trim_start_matches("expected ").trim_start_matches("one of ");
    (names.starts_with('`')).then(|| names.replace("` or `", "`, `"))
}

/// What was found, by its kind: the value itself may be long, or somebody's.
fn found_words(found: &str) -> String {
    let kind = |start: &str| found.starts_with(start);
    match found {
        "null" | "unit value" => "null".into(),
        "boolean `true`" => "true".into(),
        "boolean `false`" => "false".into(),
        "sequence" | "tuple variant" => "a list".into(),
        "map" | "struct variant" => "an object".into(),
        _ if kind("integer ") || kind("floating point ") => found
            .split_once(' ')
            .map_or("a number", |(_, number)| number.trim_start_matches("point "))
            .to_owned(),
        _ if kind("string ") || kind("character ") => "a string".into(),
        _ if found.bytes().all(|byte| byte.is_ascii_digit()) => format!("one of {found} elements"),
        "byte array" => "bytes".into(),
        "Option value" | "newtype struct" | "enum" | "unit variant" | "newtype variant" => {
            "something else".into()
        }
        other => other.to_owned(),
    }
}

/// What must be there.
fn expected_words(expected: &str) -> String {
    let whole = |least: i128, most: i128| format!("a whole number from {least} to {most}");
    let elements =
        |count: &str| format!("a list of {} elements", count.split(' ').next().unwrap_or_default());
    let after = |start: &str| expected.strip_prefix(start);
    match expected {
        "a string" | "a borrowed string" | "string" | "str" => "a string".into(),
        "a boolean" | "bool" => "true or false".into(),
        "a sequence" | "sequence" => "a list".into(),
        "a map" | "map" => "an object".into(),
        "a character" => "one character".into(),
        "unit" | "()" | "unit struct" => "null".into(),
        "i8" => whole(i8::MIN.into(), i8::MAX.into()),
        "i16" => whole(i16::MIN.into(), i16::MAX.into()),
        "i32" => whole(i32::MIN.into(), i32::MAX.into()),
        "u8" => whole(0, u8::MAX.into()),
        "u16" => whole(0, u16::MAX.into()),
        "u32" => whole(0, u32::MAX.into()),
        "u64" | "u128" | "usize" => "a whole number from 0".into(),
        "i64" | "i128" | "isize" => "a whole number".into(),
        "f32" | "f64" => "a number".into(),
        "field identifier" | "variant identifier" | "string or map" => "one of its names".into(),
        _ => {
            if let Some(count) =
                after("a tuple of size ").or(after("an array of length ")).or(after("tuple of "))
            {
                return elements(count);
            }
            if expected.starts_with("tuple struct ") || expected.starts_with("tuple variant ") {
                return "a list".into();
            }
            if expected.starts_with("struct ") || expected.starts_with("internally tagged enum ") {
                return "an object".into();
            }
            if expected.starts_with("a nonzero ") {
                return "a whole number other than 0".into();
            }
            let is_ours = [
                "enum ",
                "unit struct ",
                "unit variant ",
                "newtype ",
                "adjacently tagged enum ",
                "variant of enum ",
            ];
            if is_ours.iter().any(|start| expected.starts_with(start)) {
                return "of another form".into();
            }
            // What a type's own reader says of it.
            expected.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "read only")]
    struct Log {
        version: String,
        #[serde(default)]
        entries: Vec<Entry>,
        #[serde(default)]
        more: BTreeMap<String, u8>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "read only")]
    struct Entry {
        status: u16,
        #[serde(default)]
        kind: Kind,
        #[serde(default)]
        size: (i32, i32),
        #[serde(default)]
        either: Option<Either>,
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        #[default]
        Get,
        Post,
    }

    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "read only")]
    enum Either {
        Number(f64),
        List(Vec<Kind>),
    }

    fn text<T: DeserializeOwned + fmt::Debug>(text: &str) -> String {
        let error = serde_json::from_str::<T>(text).expect_err(text);
        Misfit::of_text::<T>(text.as_bytes(), &error).to_string()
    }

    fn value<T: DeserializeOwned + fmt::Debug>(value: &Value) -> String {
        let error = T::deserialize(value).expect_err("it does not fit");
        Misfit::of_value::<T>(value, &error).to_string()
    }

    #[test]
    fn a_text_says_what_it_lacks_and_where() {
        for (json, words) in [
            ("1", "it must be an object, not `1` at line 1 column 1"),
            ("{}", "`version` is missing at line 1 column 2"),
            (r#"{"version":1}"#, "`version` must be a string, not `1` at line 1 column 12"),
            (r#"{"version":"","entries":{}}"#, "`entries` must be a list, not an object at line 1 column 24"),
            (
                r#"{"version":"","entries":[{"status":-1}]}"#,
                "`entries[0].status` must be a whole number from 0 to 65535, not `-1` at line 1 column 37",
            ),
            (
                r#"{"version":"","entries":[{"status":1,"kind":"put"}]}"#,
                "`entries[0].kind` cannot be `put`; write `get`, `post` at line 1 column 49",
            ),
            (
                r#"{"version":"","versoin":""}"#,
                "`versoin` is unknown; known are `version`, `entries`, `more` at line 1 column 23",
            ),
            (r#"{"version":"","version":""}"#, "`version` is given twice at line 1 column 23"),
            (
                r#"{"version":"","more":{"a":true}}"#,
                "`more.a` must be a whole number from 0 to 255, not true at line 1 column 30",
            ),
            ("{", "it breaks off inside an object at line 1 column 1"),
            (r#"{"version":"",}"#, "there is a comma too many at line 1 column 15"),
            (r#"{"version":""} x"#, "something follows its end at line 1 column 16"),
            ("", "it breaks off where a value belongs at line 1 column 0"),
        ] {
            assert_eq!(text::<Log>(json), words, "{json}");
        }
        assert_eq!(
            text::<Value>("{\"a\":\"\n\"}"),
            "a string holds a line break or another control character; escape it at line 2 column 0"
        );
    }

    #[test]
    fn a_value_says_it_too() {
        for (json, words) in [
            (json!([]), "it must be an object, not a list"),
            (
                json!({ "version": "", "entries": [{ "status": 1.5 }] }),
                "`entries[0].status` must be a whole number from 0 to 65535, not `1.5`",
            ),
            (json!({ "version": "", "entries": [{}] }), "`entries[0].status` is missing"),
            (
                json!({ "version": "", "entries": [{ "status": 1, "size": [1] }] }),
                "`entries[0].size` must be a list of 2 elements, not one of 1 elements",
            ),
            (
                json!({ "version": "", "entries": [{ "status": 1, "either": ["x"] }] }),
                "`entries[0].either` has none of the forms that it may have",
            ),
            (json!({ "version": null }), "`version` must be a string, not null"),
        ] {
            assert_eq!(value::<Log>(&json), words, "{json}");
        }
        assert_eq!(value::<Kind>(&json!(5)), "it must be one of its names, not `5`");
        assert_eq!(
            value::<std::num::NonZeroU8>(&json!(0)),
            "it must be a whole number other than 0, not `0`"
        );
    }

    #[test]
    fn no_words_of_ours_are_told() {
        for json in
            [json!(null), json!(true), json!(1), json!("x"), json!([]), json!({}), json!({ "version": {} })]
        {
            for words in [value::<Log>(&json), value::<(Log, u8)>(&json)] {
                for ours in ["struct", "Log", "enum", "tuple", "sequence", "u8", "unit"] {
                    assert!(!words.contains(ours), "{json}: {words}");
                }
            }
        }
    }
}
