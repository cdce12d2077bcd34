//! The result of a task that knows secrets, without them.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::large::{self, apart};
use crate::value::{decode, value};
use crate::{Cx, Error};

/// The result of a task that knows secrets, without them. A large one is searched apart.
///
/// # Errors
///
/// When the value does not survive the way through JSON.
pub async fn redacted<T>(cx: &Cx, result: T) -> Result<T, Error>
where
    T: Serialize + DeserializeOwned + Send + 'static,
{
    if cx.redactor().is_empty() {
        return Ok(result);
    }
    let redactor = cx.redactor().clone();
    apart(large::size(&result), move || decode("result", redactor.value(value(&result)?))).await
}
