//! The mouse on an element that was found, until it has reached it.
//!
//! What a page does when the mouse comes, nobody knows before: a button moves away, a menu opens over it. So the page
//! says afterwards what the mouse has met. A click that has met something else was kept from the page.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::{Answer, Found, GRACE, LIMIT, Need, Want, inside, wait};
use crate::browser::{Miss, Missed, Window};
use crate::clock::at_most;
use crate::{Error, ErrorKind};

/// What the mouse has met in a frame, in place of what it was aimed at there.
const MISSED: &str = "() => selectors.missed?.()";

/// How long to wait before the mouse is aimed anew, the last for each time after that.
const PAUSES: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(20), Duration::from_millis(100), Duration::from_millis(500)];

impl Found {
    /// Clicks on it, as a user does.
    pub(super) async fn click(&self, window: &Window) -> Result<(), Error> {
        if let Some(frame) = self.frame() {
            inside::point(window, frame, self).await?;
        }
        window.click_at(self.x, self.y).await
    }

    /// Moves the mouse on it.
    async fn hover(&self, window: &Window) -> Result<(), Error> {
        match self.frame() {
            Some(frame) => inside::point(window, frame, self).await,
            None => window.move_to(self.x, self.y).await,
        }
    }
}

/// Waits for an element, clicks on it or only moves the mouse there, and waits for what that causes.
pub(in super::super) async fn use_mouse(
    window: &Window,
    want: &Want<'_>,
    timeout: Option<Duration>,
) -> Result<(), Error> {
    let mut tries = Tries::new(timeout);
    loop {
        let found = tries.find(window, want).await?;
        let caused = window.caused();
        let sent = match want.need {
            Need::Hover => found.hover(window).await,
            _ => found.click(window).await,
        };
        let missed = match found.frame() {
            None => caused.settle_mouse(sent, timeout).await?,
            Some(frame) => {
                let asked = frame.probe(MISSED, &Value::Null, GRACE);
                let (settled, missed) = tokio::join!(caused.settle_after(sent, timeout), asked);
                settled?;
                // A frame that went away has got what it wanted.
                missed.ok().and_then(|missed| serde_json::from_str(&missed).ok()).unwrap_or_default()
            }
        };
        match missed {
            None => return Ok(()),
            Some(Missed { why: Miss::Late, .. }) if tries.is_away(window, want).await? => return Ok(()),
            Some(missed) => tries.miss(want, missed).await?,
        }
    }
}

/// How long something must stay away that the page took away in a task of its own, until the press is taken for the
/// reason: a list that is drawn anew is back by then.
const AWAY: Duration = Duration::from_millis(500);

/// The tries to reach an element by the mouse, within the time of one step.
#[derive(Debug)]
pub(in super::super) struct Tries {
    limit: Duration,
    end: Instant,
    count: usize,
    missed: Option<Missed>,
}

impl Tries {
    pub(in super::super) fn new(timeout: Option<Duration>) -> Self {
        let limit = timeout.unwrap_or(LIMIT);
        Self { limit, end: Instant::now() + at_most(limit), count: 0, missed: None }
    }

    /// Waits for the element, in the time that is left.
    pub(in super::super) async fn find(&mut self, window: &Window, want: &Want<'_>) -> Result<Found, Error> {
        let Some(missed) = self.missed.take() else { return wait(window, want, Some(self.limit)).await };
        let left = self.end.saturating_duration_since(Instant::now());
        match wait(window, want, Some(left)).await {
            Err(error) if error.kind() == ErrorKind::StepFailed => Err(self.error(want, missed)),
            found => found,
        }
    }

    /// Whether what the mouse was pressed on stays away for a while.
    async fn is_away(&self, window: &Window, want: &Want<'_>) -> Result<bool, Error> {
        let left = self.end.saturating_duration_since(Instant::now());
        match wait(window, want, Some(left.min(AWAY))).await {
            Ok(_) => Ok(false),
            Err(error) if error.kind() == ErrorKind::StepFailed => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Waits until the mouse may be aimed anew.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](ErrorKind::StepFailed) when the time is over.
    pub(in super::super) async fn miss(&mut self, want: &Want<'_>, missed: Missed) -> Result<(), Error> {
        let next = Instant::now() + PAUSES[self.count.min(PAUSES.len() - 1)];
        if next >= self.end {
            return Err(self.error(want, missed));
        }
        tokio::time::sleep_until(next).await;
        self.count += 1;
        self.missed = Some(missed);
        Ok(())
    }

    fn error(&self, want: &Want<'_>, missed: Missed) -> Error {
        want.error(&Answer::Missed(missed), self.limit)
    }
}
