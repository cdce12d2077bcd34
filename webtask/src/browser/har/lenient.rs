//! Reads fields as other tools write them: null where one may be missing, numbers as text and text as numbers, fractions
//! where a whole number belongs. What makes no sense at all is as if it were missing.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;

use super::Pair;

/// A text; anything else as JSON writes it.
pub(super) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(string(Value::deserialize(from)?).unwrap_or_default())
}

/// A text that may be missing.
pub(super) fn optional<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(string(Value::deserialize(from)?))
}

/// A number of milliseconds.
pub(super) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    Ok(float(&Value::deserialize(from)?).unwrap_or_default())
}

/// A status; 0 when it is none.
pub(super) fn status<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    Ok(float(&Value::deserialize(from)?).map_or(0, |number| number as i64))
}

/// A size; -1 when it is unknown.
pub(super) fn size<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    Ok(float(&Value::deserialize(from)?).map_or(-1, |number| number as i64))
}

/// A part of an entry that nothing depends on.
pub(super) fn part<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(from: D) -> Result<T, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(from)?).unwrap_or_default())
}

/// A part of an entry that may be missing.
pub(super) fn some<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(from)?).ok())
}

/// Names with values: a list of pairs, or a map.
pub(super) fn pairs<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Pair>, D::Error> {
    let pair = |name, value| Pair { name, value: string(value).unwrap_or_default() };
    Ok(match Value::deserialize(from)? {
        Value::Array(list) => {
            list.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect()
        }
        Value::Object(map) => {
            let each = map.into_iter().flat_map(|(name, value)| match value {
                Value::Array(values) => {
                    values.into_iter().map(|value| pair(name.clone(), value)).collect::<Vec<_>>()
                }
                value => vec![pair(name, value)],
            });
            each.collect()
        }
        _ => Vec::new(),
    })
}

fn string(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
