//! What serde says of a value that does not fit, in the words of JSON: no message names a type of Rust.

use std::borrow::Cow;

/// What is wrong, without the names of structs and enums: whoever sent the value has never heard of them.
pub(crate) fn why(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let mut out = String::with_capacity(told.len());
    let mut rest = told.as_str();
    while let Some((at, (mark, word))) = next(rest) {
        out.push_str(&rest[..at]);
        out.push_str(word);
        let name = &rest[at + mark.len()..];
        rest = &name
            [name.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(name.len())..];
        if let Some(after) = rest.strip_prefix(" with ") {
            let end = after.find(" element").map(|at| at + " element".len());
            rest = end.map_or(rest, |end| after[end..].strip_prefix('s').unwrap_or(&after[end..]));
        }
    }
    out.push_str(rest);
    plain(&out).into_owned()
}

/// The next mention of a type, and what stands there instead.
fn next(text: &str) -> Option<(usize, (&'static str, &'static str))> {
    const MARKS: &[(&str, &str)] = &[
        ("expected struct variant ", "expected an object"),
        ("expected tuple variant ", "expected a list"),
        ("expected tuple struct ", "expected a list"),
        ("expected unit struct ", "expected null"),
        ("expected newtype struct ", "expected a value"),
        ("expected struct ", "expected an object"),
        ("expected enum ", "expected one of its words"),
    ];
    MARKS.iter().filter_map(|mark| Some((text.find(mark.0)?, *mark))).min_by_key(|(at, _)| *at)
}

/// serde's own words for kinds, as JSON has them.
fn plain(text: &str) -> Cow<'_, str> {
    const WORDS: &[(&str, &str)] = &[
        ("expected a sequence", "expected a list"),
        ("invalid type: sequence", "invalid type: list"),
        ("invalid type: map", "invalid type: object"),
        ("expected a map", "expected an object"),
    ];
    WORDS.iter().fold(Cow::Borrowed(text), |text, (from, to)| match text.contains(from) {
        true => Cow::Owned(text.replace(from, to)),
        false => text,
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::why;

    #[derive(Deserialize)]
    #[allow(non_camel_case_types, dead_code)]
    struct __shop_Rows {
        title: String,
        kind: Kind,
    }

    #[derive(Deserialize)]
    #[allow(dead_code)]
    enum Kind {
        Plain,
        Full { a: u8 },
    }

    #[derive(Deserialize)]
    #[allow(dead_code)]
    struct Pair(u8, u8);

    fn told<T: DeserializeOwned>(json: Value) -> String {
        why(&serde_json::from_value::<T>(json).err().expect("it does not fit"))
    }

    #[test]
    fn no_message_names_a_type() {
        assert_eq!(told::<__shop_Rows>(json!(5)), "invalid type: integer `5`, expected an object");
        assert_eq!(told::<__shop_Rows>(json!([])), "invalid length 0, expected an object");
        assert_eq!(
            told::<__shop_Rows>(json!({ "title": "a", "kind": { "Full": 5 } })),
            "invalid type: integer `5`, expected an object"
        );
        assert_eq!(told::<__shop_Rows>(json!({ "title": "a" })), "missing field `kind`");
        assert_eq!(told::<Pair>(json!(5)), "invalid type: integer `5`, expected a list");
        assert_eq!(told::<Pair>(json!([1])), "invalid length 1, expected a list");
        assert_eq!(told::<Vec<u8>>(json!({})), "invalid type: object, expected a list");
        let error = serde_json::from_str::<__shop_Rows>("\n 5").err().expect("it does not fit");
        assert_eq!(why(&error), "invalid type: integer `5`, expected an object at line 2 column 2");
    }
}
