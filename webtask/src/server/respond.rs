//! A JSON response, and no other: what goes in, its callers know.

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use warp::reply::Response;

/// A JSON response, whose length its connection tells.
pub(super) fn json(status: StatusCode, text: impl Into<Bytes>) -> Response {
    let text = text.into();
    // With room for what most answers say besides.
    let mut headers = HeaderMap::with_capacity(6);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let mut response = Response::new(text.into());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
