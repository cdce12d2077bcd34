//! Whether a type holds nothing, so that a script's value need not be brought for it.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

/// Whether the type is `()`: it asks for that before it looks at anything.
pub(super) fn is_unit<'de, T: Deserialize<'de>>() -> bool {
    matches!(T::deserialize(Probe), Err(Asked { unit: true }))
}

/// Holds no value, and notes what it is asked for.
struct Probe;

#[derive(Debug)]
struct Asked {
    unit: bool,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no value")
    }
}

impl std::error::Error for Asked {}

impl Error for Asked {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self { unit: false }
    }
}

impl<'de> Deserializer<'de> for Probe {
    type Error = Asked;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Asked> {
        Err(Asked { unit: false })
    }

    fn deserialize_unit<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Asked> {
        Err(Asked { unit: true })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::is_unit;

    #[test]
    fn nothing_but_the_unit_holds_nothing() {
        assert!(is_unit::<()>());
        assert!(!is_unit::<Value>() && !is_unit::<Option<()>>() && !is_unit::<u8>() && !is_unit::<Vec<()>>());
    }
}
