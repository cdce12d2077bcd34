//! `click`: a trusted click on an element that can take it.

use std::time::Duration;

use super::element::{self, Need, Want};
use crate::{Cx, Error};

/// The text that the clicked element must have.
#[derive(Clone, Copy, Debug)]
pub struct Match<'a> {
    /// The text, as a user reads it; white space counts as one space.
    pub text: &'a str,
    /// Whether it is the whole text of the element. Else it is contained.
    pub exact: bool,
}

/// Waits until the element can be clicked, then clicks in its middle, or at another point of it when its middle is
/// covered or belongs to something else.
///
/// It can when it is in the page, visible, enabled, at rest, scrolled into the window and not covered there. It is at
/// rest when the point stays on it for a tenth of a second, so one that pulses is. Of several elements the first visible
/// one is meant; with a text, of elements inside each other the innermost.
///
/// When something else is there once the mouse has arrived, the page does not hear of the click, and the mouse is aimed
/// anew.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the time (10 s) is over, with what was missing.
pub async fn click(
    cx: &Cx,
    selector: &str,
    text: Option<Match<'_>>,
    closest: Option<&str>,
    timeout: Option<Duration>,
) -> Result<(), Error> {
    cx.pace().await;
    clicked(cx, selector, text, closest, timeout).await
}

async fn clicked(
    cx: &Cx,
    selector: &str,
    text: Option<Match<'_>>,
    closest: Option<&str>,
    timeout: Option<Duration>,
) -> Result<(), Error> {
    let window = cx.window()?;
    let want = Want {
        text: text.map(|text| text.text),
        exact: text.is_some_and(|text| text.exact),
        closest,
        strict: cx.is_strict(),
        ..Want::new(selector, Need::Click)
    };
    element::use_mouse(window, &want, timeout).await
}

/// Clicks as [`click`] does, and goes on in the tab that the click opens, once that is loaded.
///
/// # Errors
///
/// As [`click`]; [`StepFailed`](crate::ErrorKind::StepFailed) when no tab is opened, or it is not loaded, each within
/// the time (10 s). The run stays where it is then, and the tab is closed.
pub async fn click_opens_tab(
    cx: &Cx,
    selector: &str,
    text: Option<Match<'_>>,
    closest: Option<&str>,
    timeout: Option<Duration>,
) -> Result<(), Error> {
    cx.pace().await;
    let limit = timeout.unwrap_or(element::LIMIT);
    cx.window()?.follow(clicked(cx, selector, text, closest, timeout), limit).await
}
