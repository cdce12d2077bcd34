//! A result as JSON text: a small one at once, a large one apart, within the run's time and the bound of results.

use serde::Serialize;
use serde_json::value::RawValue;
use tokio::time::timeout_at;

use super::{Deadline, Outbox, late};
use crate::event::Json;
use crate::large::{LARGE, RESULTS, Room, apart, too_large};
use crate::{Error, ErrorKind};

/// Up to how many bytes a result is written on the stack, and read from there. Most are small, and to make room for a
/// larger one and give most of it back at once keeps the allocator busy.
const SMALL: usize = 128;

/// The result of a run as JSON.
pub(super) async fn of<T: Serialize + Send + 'static>(value: T, outbox: &Outbox) -> Result<Json, Error> {
    let mut text = [0; SMALL];
    let mut room = &mut text[..];
    if serde_json::to_writer(&mut room, &value).is_ok() {
        let length = SMALL - room.len();
        if let Ok(json) = serde_json::from_slice(&text[..length]) {
            return Ok(json);
        }
    }
    let limit = outbox.results.unwrap_or(RESULTS);
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut json = written(&value, most.min(LARGE))?;
    if json.is_none() && most > LARGE {
        let deadline = outbox.queue().deadline;
        // The value goes with the thread, for to let go of many small ones takes its time, too.
        let work = apart(LARGE, move || written(&value, most));
        json = match deadline {
            Some(Deadline { at, limit }) => {
                timeout_at(at, work).await.unwrap_or_else(|_| Err(late(limit)))?
            }
            None => work.await?,
        };
    }
    json.ok_or_else(|| too_large("the result", limit))
}

/// The value's text, unless it has more bytes than that.
fn written<T: Serialize>(value: &T, most: usize) -> Result<Option<Json>, Error> {
    let mut room = Room::new(most);
    let wrong = |error| Error::new(ErrorKind::Internal, "the result is not JSON").with_source(error);
    match serde_json::to_writer(&mut room, value) {
        Err(_) if room.is_full() => Ok(None),
        Err(error) => Err(wrong(error)),
        Ok(()) => {
            let text = String::from_utf8(room.into_bytes()).unwrap_or_default();
            RawValue::from_string(text).map(Some).map_err(wrong)
        }
    }
}
