//! `GET /metrics`: what the runs count, and how the pools stand, in Prometheus's text format.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};

use super::reject::Refusal;
use super::respond::Response;
use crate::Webtask;

/// The counters as they are now.
pub(super) fn reply(webtask: &Webtask) -> Result<Response, Refusal> {
    let mut response = Response::new(Bytes::from(webtask.metrics()?).into());
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(response)
}
