//! A JSON response, and no other: what goes in, its callers know.

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use warp::Reply as _;
use warp::reply::Response;

/// A JSON response.
pub(super) fn json(status: StatusCode, text: impl Into<Bytes>) -> Response {
    let text = text.into();
    let length = text.len().into();
    let mut response = http::Response::new(text).into_response();
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(CONTENT_LENGTH, length);
    response
}
