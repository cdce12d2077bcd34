//! `status` and `emit`: what a run tells its reader.

use std::borrow::Cow;

use serde_json::Value;

use crate::{Cx, Error, Event};

/// Tells a `status` event and waits until the reader has taken it.
///
/// # Errors
///
/// Never; like every step it could.
pub async fn status(cx: &Cx, text: &str) -> Result<(), Error> {
    emit(cx, "status", text, Value::Null).await
}

/// Tells an event of that kind and waits until the reader has taken it.
///
/// # Errors
///
/// Never; like every step it could.
pub async fn emit(cx: &Cx, kind: impl Into<Cow<'static, str>>, text: &str, data: Value) -> Result<(), Error> {
    cx.tell(Event::custom(kind.into(), text.to_owned(), data)).await;
    Ok(())
}
