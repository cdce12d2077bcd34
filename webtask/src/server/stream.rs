//! A reader of a run as a response that goes on: an event stream, or lines of JSON. The reader leaves with the body.

use std::convert::Infallible;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures::stream;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, Sleep, sleep};

use super::frame;
use super::negotiate::Form;
use super::respond::{Response, ResponseBody};
use super::runs::Reader;

/// What the bytes look like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) form: Form,
    /// Whether events carry their numbers, so that the stream can be resumed.
    pub(super) numbered: bool,
    /// After how much silence the stream says that it lives.
    pub(super) heartbeat: Duration,
}

/// The response in which somebody follows a run, and takes one of the places for streams.
pub(super) fn reply(reader: Reader, shape: Shape, place: OwnedSemaphorePermit) -> Response {
    let Shape { form, numbered, heartbeat } = shape;
    let first = (numbered && form == Form::Events).then_some(frame::RETRY);
    // In a box, for it is kept in the stream and in its future, and a reader is to cost little.
    let start = Box::new(Telling { first, reader, silence: Silence::new(heartbeat), _place: place });
    let body = stream::unfold(start, move |mut telling| async move {
        let bytes = match telling.first.take() {
            Some(bytes) => bytes,
            None => {
                let Telling { reader, silence, .. } = &mut *telling;
                let told = tokio::select! {
                    biased;
                    told = reader.next() => Some(told?),
                    () = silence.is_long() => None,
                };
                silence.begins();
                match told {
                    Some(told) if form == Form::Lines => frame::line(&told, numbered),
                    Some(told) => frame::event(&told, numbered),
                    None if form == Form::Lines => frame::PING_LINE,
                    None => frame::PING,
                }
            }
        };
        Some((Ok::<Bytes, Infallible>(bytes), telling))
    });
    let mut response = Response::new(ResponseBody::stream(body));
    response.headers_mut().extend(headers(form));
    response
}

/// What a stream consists of.
struct Telling {
    /// What stands before all events.
    first: Option<Bytes>,
    reader: Reader,
    silence: Silence,
    _place: OwnedSemaphorePermit,
}

/// How long a stream has been silent. Its timer is set anew when it is over, and not at each event.
struct Silence {
    limit: Duration,
    since: Instant,
    timer: Pin<Box<Sleep>>,
}

impl Silence {
    fn new(limit: Duration) -> Self {
        Self { limit, since: Instant::now(), timer: Box::pin(sleep(limit)) }
    }

    async fn is_long(&mut self) {
        loop {
            self.timer.as_mut().await;
            let end = self.since + self.limit;
            if end <= Instant::now() {
                return;
            }
            self.timer.as_mut().reset(end);
        }
    }

    /// Something was said.
    fn begins(&mut self) {
        self.since = Instant::now();
    }
}

/// What the head of such a response says.
pub(super) fn headers(form: Form) -> [(HeaderName, HeaderValue); 3] {
    [
        (CONTENT_TYPE, HeaderValue::from_static(form.name())),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache, no-transform")),
        // What nginx reads, so that it does not keep the events back.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ]
}
