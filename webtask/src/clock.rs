//! Spans of time that somebody says, as far as a clock can count them. It knows nobody who waits.

use std::time::Duration;

use tokio::time::Instant;

/// Longer than any process lives, and short enough to be added to the time of any clock.
const EVER: Duration = Duration::from_secs(30 * 365 * 86_400);

/// The same span, unless it is longer than anything: `Duration::MAX` means without end.
pub(crate) fn at_most(span: Duration) -> Duration {
    span.min(EVER)
}

/// How often the log is told of what happens all the time.
const SELDOM: Duration = Duration::from_secs(10);

/// What happens again and again, and is told now and then.
#[derive(Debug, Default)]
pub(crate) struct Seldom {
    told: Option<Instant>,
    times: u64,
}

impl Seldom {
    /// It has happened once more: how often since it was told last, when it is to be told again.
    pub(crate) fn is_due(&mut self) -> Option<u64> {
        self.times += 1;
        if self.told.is_some_and(|told| told.elapsed() < SELDOM) {
            return None;
        }
        self.told = Some(Instant::now());
        Some(std::mem::take(&mut self.times))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_happens_all_the_time_is_told_now_and_then() {
        let mut seldom = Seldom::default();
        assert_eq!(seldom.is_due(), Some(1));
        for _ in 0..100 {
            assert_eq!(seldom.is_due(), None);
        }
        tokio::time::advance(SELDOM).await;
        assert_eq!(seldom.is_due(), Some(101));
        assert_eq!(seldom.is_due(), None);
    }

    #[test]
    fn a_span_without_end_can_be_added_to_a_time() {
        assert_eq!(at_most(Duration::from_secs(5)), Duration::from_secs(5));
        assert!(std::time::Instant::now().checked_add(at_most(Duration::MAX)).is_some());
        assert!(Instant::now().checked_add(at_most(Duration::MAX) * 3).is_some());
    }
}
