//! A reader of a run as a response that goes on: an event stream, or lines of JSON. The reader leaves with the body.

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use futures::stream;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use sync_wrapper::SyncStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;
use warp::Reply as _;
use warp::reply::Response;

use super::frame;
use super::negotiate::Form;
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
    let body = stream::unfold((first, reader, place), move |(mut first, mut reader, place)| async move {
        let bytes = match first.take() {
            Some(bytes) => bytes,
            None => match timeout(heartbeat, reader.next()).await {
                Ok(told) => {
                    let told = told?;
                    if form == Form::Lines {
                        frame::line(&told, numbered)
                    } else {
                        frame::event(&told, numbered)
                    }
                }
                Err(_) if form == Form::Lines => frame::PING_LINE,
                Err(_) => frame::PING,
            },
        };
        Some((Ok::<Bytes, Infallible>(bytes), (first, reader, place)))
    });
    let mut response = warp::reply::stream(SyncStream::new(body)).into_response();
    response.headers_mut().extend(headers(form));
    response
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
