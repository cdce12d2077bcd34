//! The log's one line of a run that failed, with all that an operator needs to find the cause.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::{Error, ErrorKind};

/// A run that has failed, as the log has it.
pub(crate) struct Failed<'a> {
    pub(crate) error: &'a Error,
    pub(crate) task: &'a str,
    /// The run's id.
    pub(crate) run: &'a dyn fmt::Display,
    /// How long it took from having its window; none when it did not come so far.
    pub(crate) took: Option<Duration>,
}

/// Tells the log of it: at `error` when it is for the operator to mend, at `warn` when the recipe or the page is at fault, at
/// `info` when nothing is.
pub(crate) fn report(failed: &Failed<'_>) {
    let Failed { error, task, run, took } = *failed;
    macro_rules! tell {
        ($level:ident) => {{
            let (step, page) = (error.step(), error.page());
            tracing::$level!(
                target: "webtask::run",
                error = error.message(),
                cause = cause(error),
                code = error.code(),
                task = error.task().unwrap_or(task),
                run = %run,
                step = step.map(|step| step.name),
                at = step.map(|step| &*step.at),
                url = page.map(|page| &*page.url),
                title = page.map(|page| &*page.title).filter(|title| !title.is_empty()),
                status = page.and_then(|page| page.status),
                failure = error.failure(),
                ms = took.map(|took| took.as_millis() as u64),
                "a run failed"
            )
        }};
    }
    match error.kind() {
        ErrorKind::Config | ErrorKind::Internal => tell!(error),
        // There is no browser to be had. A page that crashes later takes its own away.
        ErrorKind::BrowserLost if took.is_none() => tell!(error),
        ErrorKind::PoolBusy
        | ErrorKind::Overloaded
        | ErrorKind::Draining
        | ErrorKind::Cancelled
        | ErrorKind::SlowReader => tell!(info),
        _ => tell!(warn),
    }
}

/// What the error came from, as far as its message does not say it.
fn cause(error: &Error) -> Option<String> {
    let (mut causes, mut source) = (Vec::new(), error.source());
    while let Some(cause) = source {
        let text = cause.to_string();
        // Ours inside of another prints its place, too.
        if !error.message().contains(&text) && !text.starts_with(error.message()) {
            causes.push(text);
        }
        source = cause.source();
    }
    (!causes.is_empty()).then(|| causes.join(": "))
}
