//! `wait` and `wait until`: pauses, and waits for an element or an address.

mod url;

use std::future::Future;
use std::time::Duration;

use super::element::{self, Need, Want};
use crate::browser::Window;
use crate::cx::Thrown;
use crate::{Cx, Error};

pub use self::url::{AwaitedUrl, UrlPart, wait_until_url};
pub use webtask_program::Awaited;

/// Pauses.
///
/// # Errors
///
/// [`BrowserLost`](crate::ErrorKind::BrowserLost) at once when the run has a page, and that is gone or goes meanwhile.
pub async fn wait(cx: &Cx, time: Duration) -> Result<(), Error> {
    pause(cx, time).await
}

/// A pause that ends with the page.
pub(super) async fn pause(cx: &Cx, time: Duration) -> Result<(), Error> {
    let Some(window) = cx.lease() else {
        tokio::time::sleep(time).await;
        return Ok(());
    };
    tokio::select! {
        error = window.lost() => Err(error),
        () = tokio::time::sleep(time) => Ok(()),
    }
}

/// Steps that end with the page, whatever they wait for.
pub(super) async fn while_there<R>(
    window: &Window,
    steps: impl Future<Output = Result<R, Thrown>>,
) -> Result<R, Thrown> {
    tokio::select! {
        biased;
        ended = steps => ended,
        error = window.lost() => Err(error.into()),
    }
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
