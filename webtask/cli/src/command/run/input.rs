//! The inputs of a run, from the command line.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use serde_json::{Map, Value};
use webtask::Task;
use webtask_words::nearest;

/// The inputs in `NAME=VALUE`s, and the others of a JSON object. The error has every fault.
pub(super) fn read(
    task: &Task,
    given: &[String],
    json: Option<&Path>,
) -> Result<Map<String, Value>, Vec<String>> {
    let mut inputs = match json.map(object).transpose() {
        Ok(inputs) => inputs.unwrap_or_default(),
        Err(fault) => return Err(vec![fault]),
    };
    let described = task.input();
    let known = described.as_object().cloned().unwrap_or_default();
    let mut own = Map::new();
    let mut faults = Vec::new();
    for text in given {
        if let Err(fault) = add(&mut own, &known, text) {
            faults.push(fault);
        }
    }
    inputs.extend(own);
    if faults.is_empty() { Ok(inputs) } else { Err(faults) }
}

/// The JSON object in a file or, with `-`, on standard input.
fn object(path: &Path) -> Result<Map<String, Value>, String> {
    let (name, text) = if path == Path::new("-") {
        let mut text = String::new();
        ("standard input".to_owned(), io::stdin().read_to_string(&mut text).map(|_| text))
    } else {
        (format!("`{}`", path.display()), fs::read_to_string(path))
    };
    let text = text.map_err(|error| format!("cannot read {name}: {error}"))?;
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(inputs)) => Ok(inputs),
        Ok(_) => Err(format!("{name} is not a JSON object; write `{{\"NAME\": VALUE}}`")),
        Err(error) => Err(format!("{name} is not JSON: {error}")),
    }
}

/// Adds one `NAME=VALUE`.
fn add(inputs: &mut Map<String, Value>, known: &Map<String, Value>, text: &str) -> Result<(), String> {
    let Some((name, value)) = text.split_once('=') else {
        return Err(format!("`-i {text}` has no value; write `-i {text}=VALUE`"));
    };
    let Some(input) = known.get(name) else {
        let names = || known.keys().map(String::as_str);
        return Err(match nearest(name, names()) {
            Some(near) => format!("unknown input `{name}`; did you mean `{near}`?"),
            None if known.is_empty() => format!("unknown input `{name}`; the task has no inputs"),
            None => {
                let known: Vec<_> = names().map(|name| format!("`{name}`")).collect();
                format!("unknown input `{name}`; known are {}", known.join(", "))
            }
        });
    };
    let ty = input["type"].as_str().unwrap_or_default();
    let read = typed(ty, value).map_err(|why| format!("`-i {name}={value}`: {why}"))?;
    match (inputs.get_mut(name), read) {
        // Several of a list are one, whether each is an item or a list of items.
        (Some(Value::Array(items)), Value::Array(more)) if ty == "list" => items.extend(more),
        (Some(_), _) => return Err(format!("`-i {name}=…` is given twice, and `{name}` is not a list")),
        (None, read) => drop(inputs.insert(name.to_owned(), read)),
    }
    Ok(())
}

/// A value as an input of that type has it.
fn typed(ty: &str, text: &str) -> Result<Value, String> {
    let json = |what: &str| {
        serde_json::from_str::<Value>(text).map_err(|error| format!("must be {what} in JSON: {error}"))
    };
    match ty {
        "int" => match text.trim().parse::<i64>() {
            Ok(number) => Ok(number.into()),
            // Whole numbers may be written otherwise; how far they may go is said where all inputs are read.
            Err(_) => match serde_json::from_str(text) {
                Ok(Value::Number(number)) => Ok(Value::Number(number)),
                _ => Err("must be a whole number, such as `10`".to_owned()),
            },
        },
        "float" => match text.trim().parse::<f64>().ok().and_then(serde_json::Number::from_f64) {
            Some(number) => Ok(Value::Number(number)),
            None => Err("must be a number, such as `1.5`".to_owned()),
        },
        "bool" => match text.trim() {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => Err("must be `true` or `false`".to_owned()),
        },
        "list" if text.trim_start().starts_with('[') => json("a list"),
        "list" => Ok(Value::Array(vec![text.into()])),
        "map" => match json("an object")? {
            Value::Object(map) => Ok(Value::Object(map)),
            _ => Err("must be an object in JSON, such as `{\"a\": 1}`".to_owned()),
        },
        _ => Ok(text.into()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn known() -> Map<String, Value> {
        let of = |ty: &str| json!({ "type": ty });
        let known = [("name", "string"), ("limit", "int"), ("share", "float"), ("deep", "bool")];
        let more = [("tags", "list"), ("more", "map"), ("file", "path")];
        known.into_iter().chain(more).map(|(name, ty)| (name.to_owned(), of(ty))).collect()
    }

    fn of(given: &[&str]) -> Result<Value, String> {
        let mut inputs = Map::new();
        given.iter().try_for_each(|text| add(&mut inputs, &known(), text)).map(|()| Value::Object(inputs))
    }

    #[test]
    fn values_have_the_types_of_their_inputs() {
        for (given, read) in [
            (&["name=a=b"][..], json!({ "name": "a=b" })),
            (&["name="], json!({ "name": "" })),
            (&["name=12"], json!({ "name": "12" })),
            (&["limit=-12"], json!({ "limit": -12 })),
            (&["share=2"], json!({ "share": 2.0 })),
            (&["deep=true"], json!({ "deep": true })),
            (&["tags=a", "tags=b,c"], json!({ "tags": ["a", "b,c"] })),
            (&["tags=[1, \"b\"]", "tags=c"], json!({ "tags": [1, "b", "c"] })),
            (&["more={\"a\": 1}"], json!({ "more": { "a": 1 } })),
            (&["file=a/b.png"], json!({ "file": "a/b.png" })),
        ] {
            assert_eq!(of(given), Ok(read), "{given:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (given, fault) in [
            (&["limit=ten"][..], "`-i limit=ten`: must be a whole number, such as `10`"),
            (&["share=NaN"], "`-i share=NaN`: must be a number, such as `1.5`"),
            (&["deep=yes"], "`-i deep=yes`: must be `true` or `false`"),
            (&["more=[]"], "`-i more=[]`: must be an object in JSON, such as `{\"a\": 1}`"),
            (&["nmae=a"], "unknown input `nmae`; did you mean `name`?"),
            (&["name"], "`-i name` has no value; write `-i name=VALUE`"),
            (&["name=a", "name=b"], "`-i name=…` is given twice, and `name` is not a list"),
        ] {
            assert_eq!(of(given), Err(fault.to_owned()), "{given:?}");
        }
    }
}
