//! `call`: the steps of another task in the same window.

use crate::cx::{Cx, Thrown};
use crate::run::Body;

/// Runs another task's body. An error keeps the step at which it happened.
///
/// # Errors
///
/// The body's, or [`StepFailed`](crate::ErrorKind::StepFailed) when too many calls are open.
pub async fn call<T>(cx: &Cx, body: Body<'_, T>) -> Result<T, Thrown> {
    let _open = cx.enter()?;
    let place = cx.place();
    let value = body.await?;
    cx.set_place(place);
    Ok(value)
}
