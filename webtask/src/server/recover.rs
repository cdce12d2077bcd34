//! Answers to what filters reject, in the shape of all our errors: to use, or to leave.

use http::StatusCode;
use http::header::{HeaderValue, WWW_AUTHENTICATE};
use serde_json::json;
use warp::Rejection;
use warp::reject::Reject;

use super::filters::warped;
use super::respond::{self, Response};

/// What a filter of the user's own rejects that does not know who calls; [`recover`] answers 401.
///
/// ```
/// use warp::Filter;
/// use webtask::server::{Unauthorized, recover};
///
/// let token = warp::header::optional::<String>("authorization").and_then(async |token: Option<String>| {
///     match token.as_deref() {
///         Some("Bearer 12345") => Ok(()),
///         _ => Err(warp::Rejection::from(Unauthorized::new("a token is needed"))),
///     }
/// });
/// let routes = token.untuple_one().map(|| "in").recover(recover);
/// ```
#[derive(Clone, Debug)]
pub struct Unauthorized {
    message: String,
}

impl Unauthorized {
    /// Says why.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

impl Reject for Unauthorized {}

/// Answers rejections in JSON, as our endpoints answer errors: `UNAUTHORIZED` for [`Unauthorized`], `NOT_FOUND` for a path
/// that nobody serves, `METHOD_NOT_ALLOWED`. It is for `.recover(…)` at the end of one's own filters.
///
/// # Errors
///
/// Any other rejection as it came, so that another `recover` may answer it.
pub async fn recover(rejection: Rejection) -> Result<warp::reply::Response, Rejection> {
    if let Some(reason) = rejection.find::<Unauthorized>() {
        let mut response = answer(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", &reason.message);
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        return Ok(warped(response));
    }
    if rejection.is_not_found() {
        return Ok(warped(not_found()));
    }
    if rejection.find::<warp::reject::MethodNotAllowed>().is_some() {
        let message = "this method is not served here";
        return Ok(warped(answer(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message)));
    }
    Err(rejection)
}

/// What is answered at a path that nobody serves.
pub(super) fn not_found() -> Response {
    answer(StatusCode::NOT_FOUND, "NOT_FOUND", "nothing is served at this path")
}

fn answer(status: StatusCode, code: &str, message: &str) -> Response {
    let error = json!({ "code": code, "message": message, "task": null, "step": null, "retryable": false });
    respond::json(status, json!({ "ok": false, "error": error }).to_string())
}
