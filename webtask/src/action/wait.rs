//! `wait` and `wait until`: pauses, and waits for an element.

use std::time::Duration;

use super::element::{self, Need, Want};
use crate::{Cx, Error};

/// The state of an element that is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// In the page.
    Present,
    /// In the page and to be seen: it or what it shows takes up room, and is neither hidden nor faded to opacity 0.
    Visible,
    /// Not to be seen, be it in the page or not.
    Gone,
}

/// Pauses.
///
/// # Errors
///
/// Never; like every step it could.
pub async fn wait(_cx: &Cx, time: Duration) -> Result<(), Error> {
    tokio::time::sleep(time).await;
    Ok(())
}

/// Waits in the page for an element, or for its end. Navigations meanwhile do not matter.
///
/// The text is contained in what a user reads of the element, whatever the white space.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the time (10 s) is over, with what was there instead.
pub async fn wait_until(
    cx: &Cx,
    selector: &str,
    state: Awaited,
    text: Option<&str>,
    timeout: Option<Duration>,
) -> Result<(), Error> {
    cx.pace().await;
    let need = match state {
        Awaited::Present => Need::Present,
        Awaited::Visible => Need::Visible,
        Awaited::Gone => Need::Gone,
    };
    let want = Want { text, ..Want::new(selector, need) };
    element::wait(cx.window()?, &want, timeout).await.map(drop)
}
