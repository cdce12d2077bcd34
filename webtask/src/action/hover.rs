//! `hover`: the mouse on an element.

use std::time::Duration;

use super::element::{self, Need, Want};
use crate::{Cx, Error};

/// Waits until the mouse can be on the element, then moves it there, to its middle if that is free.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the time (10 s) is over, with what was missing.
pub async fn hover(cx: &Cx, selector: &str, timeout: Option<Duration>) -> Result<(), Error> {
    cx.pace().await;
    let want = Want { strict: cx.is_strict(), ..Want::new(selector, Need::Hover) };
    element::use_mouse(cx.window()?, &want, timeout).await
}
