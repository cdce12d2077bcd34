//! How generated types read and write fields of a user's own type. Expansions name these functions at that type, so rustc points there
//! when it does not implement serde's traits.

use serde::de::DeserializeOwned;
use serde::{Deserializer, Serialize, Serializer};

/// Writes a field.
///
/// # Errors
///
/// The value's own.
pub fn serialize<T: Serialize, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.serialize(serializer)
}

/// Reads a field.
///
/// # Errors
///
/// The value's own.
pub fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(deserializer)
}
