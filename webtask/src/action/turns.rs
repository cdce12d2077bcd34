//! `loop`: iterations, counted and with their pauses; the expansion asks the condition.

use std::time::Duration;

use super::wait::pause;
use crate::{Cx, Error};

/// How many iterations a loop takes that does not say.
const TURNS: u64 = 1000;

/// The iterations of a `loop`.
#[derive(Debug)]
pub struct Turns {
    max: Option<u64>,
    pause: Duration,
    taken: u64,
}

impl Turns {
    /// At most so many iterations (0 is without a limit), with a pause between two.
    #[must_use]
    pub fn new(max: Option<u64>, pause: Duration) -> Self {
        Self { max, pause, taken: 0 }
    }

    /// The number of the next iteration, from 0 on, before its condition is asked; none when there were as many as there
    /// may be.
    ///
    /// # Errors
    ///
    /// When the page is gone before its pause is over.
    pub async fn next(&mut self, cx: &Cx) -> Result<Option<i64>, Error> {
        if self.max == Some(self.taken) && self.taken > 0 {
            return Ok(None);
        }
        if self.taken > 0 {
            pause(cx, self.pause).await?;
        }
        Ok(Some(i64::try_from(self.taken).unwrap_or(i64::MAX)))
    }

    /// Begins that iteration: its condition has been asked.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) when it would be more than 1000 and the recipe does not say how many
    /// there may be.
    pub fn begin(&mut self) -> Result<(), Error> {
        if self.max.is_none() && self.taken == TURNS {
            let message = format!(
                "the loop did not end within {TURNS} iterations; write `max N` for more, or for fewer"
            );
            return Err(Error::step_failed(message));
        }
        self.taken += 1;
        Ok(())
    }
}
