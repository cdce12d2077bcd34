//! A run as a response that is an event stream: written as it goes on, ended with its reader.
//!
//! The run advances in a task of its own, so that it does not stand still while the network does. That task ends with
//! the response's body, and holds back a run whose events nobody takes.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::stream;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::AbortHandle;
use tokio::time::timeout;
use warp::Reply as _;
use warp::reply::Response;

use super::drain::Work;
use super::negotiate::Form;
use super::reject::shown;
use super::sse;
use crate::{Error, ErrorKind, Event, Json, Run};

/// How many bytes of a run's events may be unread.
const UNREAD: u32 = 256 * 1024;

/// Bytes for the reader, with the room that they take until they are read.
struct Frame {
    bytes: Bytes,
    _room: Option<OwnedSemaphorePermit>,
}

/// The reader's end; the run ends with it.
struct Reader {
    frames: UnboundedReceiver<Frame>,
    run: AbortHandle,
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.run.abort();
    }
}

/// The response of a run that has its window.
pub(super) fn reply(run: Run<Json>, work: Work, heartbeat: Duration, patience: Duration) -> Response {
    let (sender, frames) = mpsc::unbounded_channel();
    let run = tokio::spawn(drive(run, work, sender, patience)).abort_handle();
    let body = stream::unfold(Reader { frames, run }, move |mut reader| async move {
        let bytes = match timeout(heartbeat, reader.frames.recv()).await {
            Ok(frame) => frame?.bytes,
            Err(_) => sse::PING,
        };
        Some((Ok::<_, Infallible>(bytes), reader))
    });
    let mut response = warp::reply::stream(body).into_response();
    response.headers_mut().extend([
        (CONTENT_TYPE, HeaderValue::from_static(Form::Events.name())),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache, no-transform")),
        // What nginx reads, so that it does not keep the events back.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ]);
    response
}

/// Advances the run to its end, and tells the last event when the run is gone and its window free.
async fn drive(run: Run<Json>, mut work: Work, frames: UnboundedSender<Frame>, patience: Duration) {
    let last = match work.within(tell(run, &frames, patience)).await {
        Ok(last) => last,
        Err(error) => Event::Failed(shown(error)),
    };
    // Nobody is there to hear it when this fails.
    let _ = frames.send(Frame { bytes: sse::frame(&last), _room: None });
}

/// Passes on every event but the last, which it returns.
async fn tell(
    mut run: Run<Json>,
    frames: &UnboundedSender<Frame>,
    patience: Duration,
) -> Result<Event<Json>, Error> {
    let room = Arc::new(Semaphore::new(UNREAD as usize));
    while let Some(event) = run.next().await {
        match event {
            Event::Failed(error) => return Err(error),
            event if event.is_last() => return Ok(event),
            event => {
                let bytes = sse::frame(&event);
                let size = u32::try_from(bytes.len()).unwrap_or(UNREAD).min(UNREAD);
                let Ok(Ok(taken)) = timeout(patience, room.clone().acquire_many_owned(size)).await else {
                    return Err(slow(patience));
                };
                let _ = frames.send(Frame { bytes, _room: Some(taken) });
            }
        }
    }
    Err(Error::new(ErrorKind::Internal, "a run ended without a last event"))
}

fn slow(patience: Duration) -> Error {
    Error::new(
        ErrorKind::SlowReader,
        format!("the reader did not keep up: {} KiB of events were unread for {patience:?}", UNREAD / 1024),
    )
}
