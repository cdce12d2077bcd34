//! A JSON response, and no other: what goes in, its callers know.

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use warp::Reply as _;
use warp::reply::Response;

/// The text of a response, kept beside its body until it goes out.
#[derive(Clone, Debug)]
pub(super) struct Plain(pub(super) Bytes);

/// A JSON response.
pub(super) fn json(status: StatusCode, text: impl Into<Bytes>) -> Response {
    let text = text.into();
    let length = text.len().into();
    let plain = Plain(text.clone());
    let mut response = http::Response::new(text).into_response();
    response.extensions_mut().insert(plain);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(CONTENT_LENGTH, length);
    response
}
