//! `wait until js`: one evaluation that is held open until the script's value is truthy, and begun anew in a new document.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::{Reply, Wants, called, evaluate};
use crate::browser::is_stale;
use crate::{Cx, Error, ErrorKind};

/// How long it waits that does not say.
const LIMIT: Duration = Duration::from_secs(10);

/// How much longer than the page's own deadline its answer may take: a page can be busy.
const GRACE: Duration = Duration::from_secs(1);

/// Waits in the page until the script's value is truthy. Navigations meanwhile do not matter, and neither does what it
/// throws, which may be for want of what the page has yet to load.
///
/// # Errors
///
/// [`StepFailed`](ErrorKind::StepFailed) when the time (10 s) is over, with what the script threw last; a promise, which
/// would always be truthy.
pub async fn wait_until_js(cx: &Cx, source: &str, timeout: Option<Duration>) -> Result<(), Error> {
    const NAME: &str = "wait until js";
    cx.pace().await;
    called(NAME, source)?;
    let limit = timeout.unwrap_or(LIMIT);
    let end = Instant::now() + limit;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        let asked = evaluate(cx, source, &[], false, Wants::Held(left));
        let text = match tokio::time::timeout(left.saturating_add(GRACE), asked).await {
            Ok(Err(error)) if is_stale(&error) && Instant::now() < end => continue,
            Ok(Err(error)) if is_stale(&error) => return Err(late(limit, "the page navigated last")),
            Ok(Err(error)) if error.kind() == ErrorKind::StepFailed => {
                return Err(Error::step_failed(format!("`{NAME}` failed: {error}")).with_source(error));
            }
            Ok(text) => text?,
            Err(_) => return Err(late(limit, "the page did not answer")),
        };
        return match serde_json::from_str(&text) {
            Ok(Reply::Value(Value::Bool(true))) => Ok(()),
            Ok(Reply::Thrown { .. }) => match super::read("it", &text, cx.results(), cx.redactor()) {
                Err(thrown) => Err(late(limit, &thrown.message().replacen("`it` threw", "it threw", 1))),
                Ok(_) => Ok(()),
            },
            _ => super::read(NAME, &text, cx.results(), cx.redactor())
                .and_then(|_| Err(late(limit, "its value was not truthy"))),
        };
    }
}

fn late(limit: Duration, why: &str) -> Error {
    Error::step_failed(format!("the script did not hold within {limit:?}: {why}"))
}
