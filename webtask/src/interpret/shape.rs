//! Makes JSON have a shape, as a compiled recipe's types do.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use webtask_program::{Expr, Input, Shape};

use crate::Error;
use crate::value;

/// JSON as that shape.
///
/// # Errors
///
/// When it does not fit; `label` says what of.
pub(super) fn decode(label: &str, shape: &Shape, json: Value) -> Result<Value, Error> {
    match shape {
        Shape::String => typed::<String>(label, json),
        Shape::Int => typed::<i64>(label, json),
        Shape::Float => typed::<f64>(label, json),
        Shape::Bool => typed::<bool>(label, json),
        Shape::Map => typed::<Map<String, Value>>(label, json),
        Shape::Json | Shape::Rust(_) | Shape::Opaque => Ok(json),
        Shape::List(item) => {
            let items = value::decode::<Vec<Value>>(label, json)?;
            items.into_iter().map(|item_json| decode(label, item, item_json)).collect()
        }
        Shape::Option(_) if json.is_null() => Ok(json),
        Shape::Option(inner) => decode(label, inner, json),
        Shape::Record(record) => {
            let mut map = value::decode::<Map<String, Value>>(label, json)?;
            let field = |(name, shape): &(String, Shape)| {
                let json = map.remove(name).unwrap_or_default();
                Ok((name.clone(), decode(label, shape, json)?))
            };
            record.fields.iter().map(field).collect::<Result<Map<_, _>, Error>>().map(Value::Object)
        }
        Shape::Given(given) => {
            let mut map = value::decode::<Map<String, Value>>(label, json)?;
            let mut fields = Map::new();
            for field in given.fields() {
                let json = map.remove(field.json).unwrap_or_default();
                if !(json.is_null() && field.left_out) {
                    fields.insert(field.json.to_owned(), decode(label, &field.shape, json)?);
                }
            }
            Ok(Value::Object(fields))
        }
    }
}

/// What an input is that a caller leaves out.
pub(super) fn default(input: &Input) -> Option<Value> {
    let value = match (input.default.as_ref()?, &input.shape) {
        (Expr::Int(number), Shape::Float) => Value::from(*number as f64),
        (Expr::Null, Shape::String) => Value::from(""),
        (Expr::Null, Shape::Int) => Value::from(0),
        (Expr::Null, Shape::Float) => Value::from(0.0),
        (Expr::Null, Shape::Bool) => Value::from(false),
        (Expr::Null, Shape::List(_)) => Value::Array(Vec::new()),
        (Expr::Null, Shape::Map) => Value::Object(Map::new()),
        (value, _) => literal(value),
    };
    Some(value)
}

/// A value without placeholders.
fn literal(expr: &Expr) -> Value {
    match expr {
        Expr::String(text) | Expr::JsonText(text) => Value::from(text.as_str()),
        Expr::Int(number) => Value::from(*number),
        Expr::Float(number) => Value::from(*number),
        Expr::Bool(value) => Value::from(*value),
        Expr::List(items) => items.iter().map(literal).collect(),
        Expr::Map(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key.clone(), literal(value))).collect())
        }
        Expr::Json(inner) | Expr::Object(inner) | Expr::Array(inner) | Expr::Present(inner) => literal(inner),
        _ => Value::Null,
    }
}

/// JSON as a type, and back.
fn typed<T: DeserializeOwned + Serialize>(label: &str, json: Value) -> Result<Value, Error> {
    Ok(value::plain(&value::decode::<T>(label, json)?))
}
