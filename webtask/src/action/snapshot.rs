//! `snapshot`: the page with all that it shows, in one MHTML file.

use chromiumoxide::cdp::browser_protocol::page::CaptureSnapshotParams;

use super::capture::{self, Captured};
use crate::{Cx, Error};

/// Keeps the page, and writes the file when there is a path.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the file cannot be written.
pub async fn snapshot(cx: &Cx, path: Option<&str>) -> Result<Captured, Error> {
    cx.pace().await;
    capture::check(cx, path)?;
    let page = cx.window()?.session().call(CaptureSnapshotParams::default()).await?.data;
    Captured::keep(cx, path, capture::some("snapshot", page.into_bytes())?).await
}
