//! `fill`: the value of a field, at once.

use std::time::Duration;

use super::element::{self, Need, Want};
use crate::{Cx, Error};

/// Waits until the element can be filled, gives it the focus and puts the value in place of what was there.
///
/// It can when it is in the page, visible, enabled, not read-only and takes the focus: an input, a `textarea`, what is
/// `contenteditable`, or the label of one. The page gets the events `input` and `change`. A text replaces the old one as
/// an edit, with `beforeinput`; the inputs without text of their own take a whole value, as `2024-02-29` or `#ff0080`.
/// An empty value clears.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the time (10 s) is over, with what was missing; at once for an element that
/// takes its value by another step (`select`, `check`, `upload`), and for a value that the field refuses, with the form
/// that it wants: a text longer than `maxlength` is not cut.
pub async fn fill(cx: &Cx, selector: &str, value: &str, timeout: Option<Duration>) -> Result<(), Error> {
    cx.pace().await;
    let want = Want { value: Some(value), strict: cx.is_strict(), ..Want::new(selector, Need::Fill) };
    let window = cx.window()?;
    let caused = window.caused().ignoring_added();
    element::wait(window, &want, timeout).await?;
    caused.settle(timeout).await
}
