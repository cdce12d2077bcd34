//! Cross-origin calls: what a page of an allowed origin may send and read. Who is allowed, the guard says.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap,
    HeaderValue, ORIGIN, VARY,
};
use http::{Method, StatusCode};

use super::respond::{Response, empty};

/// What a page may send besides what it always may.
const SENT: &str =
    "accept, authorization, content-type, idempotency-key, last-event-id, prefer, traceparent, tracestate";

/// What a page may read besides what it always may.
const READ: &str = "location, preference-applied, retry-after, www-authenticate";

/// Whether a browser asks what a page may send, before it does.
pub(super) fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::OPTIONS
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to it.
pub(super) fn preflight(allowed: &'static str) -> Response {
    let mut response = empty(StatusCode::NO_CONTENT);
    response.headers_mut().extend([
        (ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(allowed)),
        (ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(SENT)),
        (ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600")),
    ]);
    response
}

/// Lets a page of that origin read a response, and keeps caches from giving it to another.
pub(super) fn open(response: &mut Response, origin: Option<&HeaderValue>) {
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READ));
    }
}
