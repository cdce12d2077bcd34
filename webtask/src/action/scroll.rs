//! `scroll until stable`: to the end of what grows as it is scrolled.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::element::{self, Need, Want};
use crate::{Cx, Error, ErrorKind};

/// What scrolls in the page.
const SCROLL: &str = include_str!("scroll/page.js");

/// How long nothing must be added before it counts as the end.
const STABLE: Duration = Duration::from_secs(1);

/// How often it scrolls at most.
const MAX: u64 = 100;

/// What the page says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    /// How often it scrolled.
    Scrolled(u64),
    Absent,
}

/// Waits for an element, then scrolls it to its end again and again, until its height has not changed for a second, or
/// as long as the recipe says.
///
/// The element is what scrolls, or is inside of it: its nearest ancestor that scrolls is meant, at last the page. After
/// so many times (100) it is done too; 0 is without a limit.
///
/// # Errors
///
/// [`StepFailed`](ErrorKind::StepFailed) when there is no such element within 10 s, and when the page goes away.
pub async fn scroll_until_stable(
    cx: &Cx,
    selector: &str,
    up: bool,
    stable: Option<Duration>,
    max: Option<u64>,
) -> Result<(), Error> {
    cx.pace().await;
    let window = cx.window()?;
    let found = element::wait(window, &Want::new(selector, Need::Present), None).await?;
    let (stable, max) = (stable.unwrap_or(STABLE), max.unwrap_or(MAX));
    let max = if max == 0 { u64::MAX } else { max };
    let argument = json!({ "selector": found.selector(selector), "up": up, "stable": stable.as_secs_f64() * 1000.0, "max": max });
    // Each time it waits no longer than that for something new, and a page can be busy.
    let times = u32::try_from(max).unwrap_or(u32::MAX);
    let limit = stable.saturating_add(Duration::from_secs(1)).saturating_mul(times.saturating_add(1));
    let text = window.probe_in(found.frame(), SCROLL, &argument, limit).await?;
    match serde_json::from_str(&text) {
        Ok(Answer::Scrolled(times)) => {
            tracing::debug!(times, "scrolled to the end");
            Ok(())
        }
        Ok(Answer::Absent) => {
            Err(Error::step_failed(format!("`{selector}` went away before it was scrolled")))
        }
        Err(error) => {
            Err(Error::new(ErrorKind::Internal, "the page's answer cannot be read").with_source(error))
        }
    }
}
