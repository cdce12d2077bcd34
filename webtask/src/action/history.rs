//! `back`, `forward` and `reload`: the page's history.

use std::time::Duration;

use crate::browser::{Outcome, Way};
use crate::{Cx, Error, ErrorKind};

/// How long it may take.
const LIMIT: Duration = Duration::from_secs(30);

/// Goes back to the page before and waits until it is loaded.
///
/// # Errors
///
/// [`NavigationFailed`](ErrorKind::NavigationFailed) when there is none, or when it does not come in time or at all.
pub async fn back(cx: &Cx) -> Result<(), Error> {
    travel(cx, Way::Back).await
}

/// Goes forward to the page after and waits until it is loaded.
///
/// # Errors
///
/// [`NavigationFailed`](ErrorKind::NavigationFailed) when there is none, or when it does not come in time or at all.
pub async fn forward(cx: &Cx) -> Result<(), Error> {
    travel(cx, Way::Forward).await
}

/// Loads the page again and waits until it is loaded.
///
/// # Errors
///
/// [`NavigationFailed`](ErrorKind::NavigationFailed) when it does not come in time or at all.
pub async fn reload(cx: &Cx) -> Result<(), Error> {
    travel(cx, Way::Reload).await
}

async fn travel(cx: &Cx, way: Way) -> Result<(), Error> {
    cx.pace().await;
    let failed = |message: &str| Err(Error::new(ErrorKind::NavigationFailed, message.to_owned()));
    let window = cx.window()?;
    match (window.travel(way, LIMIT).await?, way) {
        (Some(Outcome::Loaded | Outcome::SameDocument), _) => Ok(()),
        // A download looks like an answer without content.
        (Some(Outcome::Download | Outcome::NoContent), _) if window.is_downloading() => Ok(()),
        (Some(Outcome::Download), _) => failed("the page is a download now, and stays what it was"),
        (Some(Outcome::NoContent), _) => failed("the page has no content now, and stays what it was"),
        (None, Way::Forward) => failed("the history ends here: there is no page to go forward to"),
        (None, _) => failed("the history begins here: there is no page to go back to"),
    }
}
