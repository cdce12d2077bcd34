//! `continue on error`: a turn of a loop that failed is told, and the loop goes on.

use crate::Error;
use crate::cx::{Cx, Thrown, ends_run};
use crate::event::Event;

/// Tells that a turn failed and waits until the reader has taken it.
///
/// # Errors
///
/// The turn's own, when it ends the run: no loop goes on after that.
pub async fn skipped(cx: &Cx, index: u64, error: Thrown) -> Result<(), Thrown> {
    if ends_run(&error) {
        return Err(error);
    }
    let error = cx.known(Error::from_any(error));
    cx.tell(Event::Skipped { index, message: error.message().to_owned(), step: error.step().cloned() }).await;
    Ok(())
}
