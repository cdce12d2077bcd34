//! `loop`: turns, as long as a script says so, or until a step ends them.

use std::time::Duration;

use super::js_test;
use super::wait::pause;
use crate::{Cx, Error};

/// How many turns a loop takes that does not say.
const TURNS: u64 = 1000;

/// The turns of a `loop`.
#[derive(Debug)]
pub struct Turns {
    source: Option<&'static str>,
    until: bool,
    max: Option<u64>,
    pause: Duration,
    taken: u64,
}

impl Turns {
    /// Turns until the script's value is truthy, or while it is; at most so many, with a pause between two.
    #[must_use]
    pub fn new(source: &'static str, until: bool, max: Option<u64>, pause: Duration) -> Self {
        Self { source: Some(source), until, max, pause, taken: 0 }
    }

    /// Turns that nothing is asked before; at most so many, with a pause between two.
    #[must_use]
    pub fn unasked(max: Option<u64>, pause: Duration) -> Self {
        Self { source: None, until: false, max, pause, taken: 0 }
    }

    /// The number of the next turn, from 0 on; none when there is none.
    ///
    /// # Errors
    ///
    /// What the script throws; [`StepFailed`](crate::ErrorKind::StepFailed) when there would be more than 1000 turns
    /// and the recipe does not say how many there may be.
    pub async fn next(&mut self, cx: &Cx) -> Result<Option<i64>, Error> {
        if self.max == Some(self.taken) {
            return Ok(None);
        }
        if self.taken > 0 {
            pause(cx, self.pause).await?;
        }
        if let Some(source) = self.source
            && js_test(cx, source).await? == self.until
        {
            return Ok(None);
        }
        if self.max.is_none() && self.taken == TURNS {
            let message =
                format!("the loop did not end within {TURNS} turns; write `max N` for more, or for fewer");
            return Err(Error::step_failed(message));
        }
        self.taken += 1;
        Ok(Some(i64::try_from(self.taken - 1).unwrap_or(i64::MAX)))
    }
}
