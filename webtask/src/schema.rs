//! The JSON Schema of a Rust type: the type's own where it has one, else any value.
//!
//! `Described(PhantomData::<T>).schema()` finds the first method when `T` is a `JsonSchema`, and through its
//! `Deref`-like second probe the other one when it is not: method lookup does what specialization would.

use std::marker::PhantomData;

use serde_json::{Map, Value};

/// Asks for a type's schema.
#[derive(Debug)]
pub struct Described<T>(pub PhantomData<T>);

impl<T: schemars::JsonSchema> Described<T> {
    /// The type's own schema.
    #[must_use]
    pub fn schema(&self) -> Value {
        let settings = schemars::generate::SchemaSettings::draft2020_12()
            .with(|settings| settings.inline_subschemas = true);
        let mut schema: Value = settings.into_generator().into_root_schema_for::<T>().into();
        // A type that holds itself refers to its own root, wherever its schema is put.
        let refers = schema.to_string().contains(r##""$ref":"#"##);
        if let Some(map) = schema.as_object_mut() {
            map.shift_remove("$schema");
            if refers {
                map.insert("$id".into(), format!("urn:rust:{}", T::schema_name()).into());
            }
        }
        schema
    }
}

/// The schema of a type that does not describe itself.
pub trait Plain {
    /// Any value.
    #[must_use]
    fn schema(&self) -> Value {
        Value::Object(Map::new())
    }
}

impl<T> Plain for Described<T> {}

/// A schema from its text, with `{"$rust":N}` replaced by the Nth of those that only Rust knows.
#[must_use]
pub fn schema(text: &str, types: &[Value]) -> Value {
    fn fill(value: &mut Value, types: &[Value]) {
        match value {
            Value::Object(map) => {
                let number =
                    map.get("$rust").and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
                match number.and_then(|number| types.get(number)) {
                    Some(schema) => *value = schema.clone(),
                    None => map.values_mut().for_each(|value| fill(value, types)),
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| fill(item, types)),
            _ => {}
        }
    }
    let mut schema = serde_json::from_str(text).unwrap_or_default();
    fill(&mut schema, types);
    schema
}

/// The description of a task's inputs: of each its name, type, whether it is required, default and doc.
#[must_use]
pub fn describe(inputs: &[(&str, &str, bool, Value, &str)]) -> Value {
    let entries = inputs.iter().map(|(name, ty, required, default, doc)| {
        let input = serde_json::json!({ "type": ty, "required": required, "default": default, "doc": doc });
        ((*name).to_owned(), input)
    });
    Value::Object(entries.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Opaque;

    #[test]
    fn fills_in_the_types_of_rust() {
        let text = r#"{"properties":{"a":{"type":"array","items":{"$rust":0}}}}"#;
        let filled = schema(text, &[serde_json::json!({ "type": "string" })]);
        assert_eq!(filled["properties"]["a"]["items"]["type"], "string");
    }

    #[test]
    fn a_type_describes_itself_or_is_anything() {
        assert_eq!(Described(PhantomData::<String>).schema()["type"], "string");
        assert_eq!(Described(PhantomData::<Opaque>).schema(), Value::Object(Map::new()));
    }
}
