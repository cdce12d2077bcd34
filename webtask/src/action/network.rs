//! `wait network idle`: silence on the page's network.

use std::time::Duration;

use crate::{Cx, Error};

/// How long it may take when the recipe does not say.
const LIMIT: Duration = Duration::from_secs(15);

/// Begins to count the page's requests: what a recipe does first that waits for them later.
///
/// # Errors
///
/// When the page is gone.
pub async fn watch_network(cx: &Cx) -> Result<(), Error> {
    cx.window()?.requests().await.map(drop)
}

/// Waits until at most `max` (0) requests have been under way for that long.
///
/// Streams of events and sockets do not count, and neither do requests of frames in other processes and of workers.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the time (15 s) is over, with what was under way.
pub async fn wait_network_idle(
    cx: &Cx,
    quiet: Duration,
    max: Option<u64>,
    timeout: Option<Duration>,
) -> Result<(), Error> {
    cx.pace().await;
    let window = cx.window()?;
    let limit = timeout.unwrap_or(LIMIT);
    let max = usize::try_from(max.unwrap_or(0)).unwrap_or(usize::MAX);
    let requests = window.requests().await?;
    let waiting = requests.idle(quiet, max);
    match tokio::time::timeout(limit, waiting).await {
        Ok(true) => Ok(()),
        Ok(false) => {
            let gone = || Error::new(crate::ErrorKind::BrowserLost, "the page was closed");
            Err(window.session().end().unwrap_or_else(gone))
        }
        Err(_) => {
            let under_way = requests.under_way();
            let first = match under_way.first() {
                Some(url) => {
                    let url = cx.redactor().clean(url);
                    format!(", like `{}`", url.chars().take(200).collect::<String>())
                }
                None => String::new(),
            };
            Err(Error::step_failed(format!(
                "the network was not idle for {quiet:?} within {limit:?}: {} requests are under way{first}",
                under_way.len()
            )))
        }
    }
}
