//! `select`: an option of a list.

use std::time::Duration;

use super::element::{self, Need, Want};
use crate::{Cx, Error};

/// Waits until the list has the option and is enabled, and selects it: by its value, else by its label.
///
/// The page gets the events `input` and `change`, unless it was selected already. The list gets the focus first, and the
/// events of a press of the mouse when the option is missing: some pages load the options only then.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the time (10 s) is over, with what was missing, and some of the options when
/// there was none like it; at once for an element that is not a `select`.
pub async fn select(cx: &Cx, selector: &str, option: &str, timeout: Option<Duration>) -> Result<(), Error> {
    cx.pace().await;
    let want = Want { value: Some(option), strict: cx.is_strict(), ..Want::new(selector, Need::Select) };
    let window = cx.window()?;
    let caused = window.caused().ignoring_added();
    element::wait(window, &want, timeout).await?;
    caused.settle(timeout).await
}
