//! When a browser that could not be started is tried again, and who is refused until then. It knows no browser.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::{Error, ErrorKind};

/// After how many failures in a row nobody waits for the next try.
const OPENS: u32 = 3;

/// How long the pause after the first failure is; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(250);

/// How long a pause is at most.
const LONGEST: Duration = Duration::from_secs(30);

/// How the last starts of a browser went.
#[derive(Debug, Default)]
pub(super) struct Circuit {
    failed: Mutex<Option<Failed>>,
}

#[derive(Debug)]
struct Failed {
    /// How often in a row.
    times: u32,
    last: String,
    /// When it is tried again.
    next: Instant,
}

impl Circuit {
    /// The browser works.
    pub(super) fn close(&self) {
        let failed = self.failed().take();
        if let Some(failed) = failed.filter(|failed| failed.times >= OPENS) {
            tracing::info!(failures = failed.times, "the browser works again");
        }
    }

    /// The browser could not be started.
    pub(super) fn fail(&self, error: &Error) {
        let mut failed = self.failed();
        let times = failed.as_ref().map_or(0, |failed| failed.times).saturating_add(1);
        let pause = pause(times);
        tracing::warn!(%error, failures = times, ?pause, "the browser could not be started");
        *failed = Some(Failed { times, last: error.message().to_owned(), next: Instant::now() + pause });
    }

    /// Why nobody waits for the next try; none as long as one may.
    pub(super) fn open(&self) -> Option<Error> {
        let failed = self.failed();
        let failed = failed.as_ref().filter(|failed| failed.times >= OPENS)?;
        Some(Error::new(ErrorKind::BrowserLost, failed.to_string()))
    }

    /// When it may be tried again; none is at once.
    pub(super) fn next(&self) -> Option<Instant> {
        self.failed().as_ref().map(|failed| failed.next)
    }

    /// When it is tried again while nobody waits for that.
    pub(super) fn due(&self) -> Option<Instant> {
        self.failed().as_ref().filter(|failed| failed.times >= OPENS).map(|failed| failed.next)
    }

    fn failed(&self) -> MutexGuard<'_, Option<Failed>> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { times, last, next } = self;
        write!(f, "the browser could not be started {times} times; it is tried again ")?;
        match next.saturating_duration_since(Instant::now()).as_secs_f64().ceil() {
            0.0 => f.write_str("now")?,
            seconds => write!(f, "in {seconds} s")?,
        }
        write!(f, ": {last}")
    }
}

/// How long to wait after so many failures.
fn pause(times: u32) -> Duration {
    FIRST.saturating_mul(2_u32.saturating_pow(times.saturating_sub(1))).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error() -> Error {
        Error::new(ErrorKind::Config, "no program")
    }

    #[tokio::test(start_paused = true)]
    async fn it_opens_with_the_third_failure_and_says_when_the_next_try_is() {
        let circuit = Circuit::default();
        assert!(circuit.next().is_none());
        for _ in 0..2 {
            circuit.fail(&error());
            assert!(circuit.open().is_none());
        }
        circuit.fail(&error());
        let open = circuit.open().expect("it is open");
        assert_eq!(open.kind(), ErrorKind::BrowserLost);
        assert_eq!(
            open.message(),
            "the browser could not be started 3 times; it is tried again in 1 s: no program"
        );
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(circuit.open().expect("still").message().contains("tried again now"));
        circuit.close();
        assert!(circuit.open().is_none() && circuit.next().is_none());
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        let pauses: Vec<_> = [1, 2, 3, 7, 8, u32::MAX].map(pause).iter().map(Duration::as_millis).collect();
        assert_eq!(pauses, [250, 500, 1000, 16_000, 30_000, 30_000]);
    }
}
