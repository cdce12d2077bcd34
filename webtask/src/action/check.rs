//! `check` and `uncheck`: boxes and radio buttons, by a click as a user's, and only when they are not as they should be.

use std::time::Duration;

use super::element::{self, Need, Tries, Want};
use crate::{Cx, Error};

/// Waits until the box can be clicked, and clicks it unless it is checked. A box that is hidden is clicked by its label,
/// beside the links, buttons and fields in that.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the time (10 s) is over, with what was missing; at once for an element that
/// cannot be checked; when the page has made the click undone, or the click has led to
/// another page before the box was checked.
pub async fn check(cx: &Cx, selector: &str, timeout: Option<Duration>) -> Result<(), Error> {
    turn(cx, selector, Need::Check, timeout).await
}

/// Waits until the box can be clicked, and clicks it unless it is unchecked.
///
/// # Errors
///
/// As [`check`], and for a radio button that is on: only another one turns it off.
pub async fn uncheck(cx: &Cx, selector: &str, timeout: Option<Duration>) -> Result<(), Error> {
    turn(cx, selector, Need::Uncheck, timeout).await
}

async fn turn(cx: &Cx, selector: &str, need: Need, timeout: Option<Duration>) -> Result<(), Error> {
    cx.pace().await;
    let window = cx.window()?;
    let want = Want { strict: cx.is_strict(), ..Want::new(selector, need) };
    let mut tries = Tries::new(timeout);
    loop {
        let found = tries.find(window, &want).await?;
        if found.done {
            return Ok(());
        }
        let caused = window.caused();
        // The page may handle the click in its own time.
        let done = Want::new(selector, need.done());
        if let Some(missed) = element::click_until(window, &found, &done, timeout).await? {
            tries.miss(&want, missed).await?;
            continue;
        }
        caused.settle(timeout).await?;
        return element::still_turned(window, &found, &done, timeout).await;
    }
}
