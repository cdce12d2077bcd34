//! What a request gets that is not served: a status, a code, a sentence. It knows no endpoint.

use http::header::{
    ACCEPT_ENCODING, ALLOW, HeaderValue, RETRY_AFTER, SEC_WEBSOCKET_VERSION, WWW_AUTHENTICATE,
};
use http::{HeaderName, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::respond::{Response, json};
use crate::event::{failure, unsplit};
use crate::{Error, ErrorKind, Json};

/// Why a request is not served.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The `Host` is none of ours, or there is none.
    Host(Option<String>),
    /// A web page of a foreign origin called.
    Origin(String),
    /// No token, or a wrong one.
    Token { given: bool },
    /// There is no such file.
    NotFound,
    /// The path is ours, its method not; these are.
    Method(&'static str),
    /// Nothing that the task offers is acceptable; some run alone.
    Accept { offers: Vec<&'static str>, alone: bool },
    /// A header or a parameter says nothing that can be meant.
    Request(String),
    /// The key was used for another call.
    KeyMismatch,
    /// The call with that key goes on.
    KeyInFlight,
    /// The task is not to be called by a WebSocket.
    NoSocket,
    /// What is asked for goes over a WebSocket of version 13 only.
    Upgrade,
    /// The body is compressed, or otherwise encoded.
    Encoding(String),
    /// The body has more bytes than this.
    TooLarge(u64),
    /// The body takes too long to come.
    Slow(String),
    /// The body is not a JSON object.
    Body(String),
    /// The run failed, or did not start.
    Run(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Run(shown(error))
    }
}

impl Refusal {
    /// The answer, naming the task when one was meant.
    pub(super) fn response(self, task: Option<&str>) -> Response {
        let (status, code) = self.kind();
        let header = self.header(status);
        let error = match self {
            Self::Run(error) => match task {
                Some(task) => json!(error.in_task(task.to_owned())),
                None => json!(error),
            },
            other => other.object(code, task),
        };
        let mut response = json(status, json!({ "ok": false, "error": error }).to_string());
        response.headers_mut().extend(header);
        response
    }

    /// The same as a frame of a WebSocket.
    pub(super) fn frame(&self) -> String {
        let data = match self {
            Self::Run(error) => failure(error),
            other => {
                let (_, code) = other.kind();
                unsplit(
                    json!({ "message": other.message(), "code": code, "step": null, "retryable": false })
                        .to_string(),
                )
            }
        };
        format!(r#"{{"event":"error","data":{data}}}"#)
    }

    fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Host(_) => (StatusCode::FORBIDDEN, "FORBIDDEN_HOST"),
            Self::Origin(_) => (StatusCode::FORBIDDEN, "FORBIDDEN_ORIGIN"),
            Self::Token { .. } => (StatusCode::UNAUTHORIZED, "UNAUTHORIZED"),
            Self::NotFound => (StatusCode::NOT_FOUND, "NOT_FOUND"),
            Self::Method(_) => (StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED"),
            Self::Accept { .. } => (StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE"),
            Self::NoSocket => (StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE"),
            Self::Request(_) => (StatusCode::BAD_REQUEST, "BAD_REQUEST"),
            Self::KeyMismatch => (StatusCode::UNPROCESSABLE_ENTITY, "IDEMPOTENCY_MISMATCH"),
            Self::KeyInFlight => (StatusCode::CONFLICT, "IDEMPOTENCY_IN_FLIGHT"),
            Self::Upgrade => (StatusCode::UPGRADE_REQUIRED, "UPGRADE_REQUIRED"),
            Self::Encoding(_) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_ENCODING"),
            Self::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE"),
            Self::Slow(_) => (StatusCode::REQUEST_TIMEOUT, "BODY_TIMEOUT"),
            Self::Body(_) => (StatusCode::BAD_REQUEST, "BAD_BODY"),
            // What names no kind is answered as [`Error`] itself is written.
            Self::Run(error) => (status(error.kind(), error.status()), error.kind().code()),
        }
    }

    fn header(&self, status: StatusCode) -> Option<(HeaderName, HeaderValue)> {
        match (self, status) {
            (Self::Token { given: false }, _) => {
                Some((WWW_AUTHENTICATE, HeaderValue::from_static(r#"Bearer realm="webtask""#)))
            }
            (Self::Token { given: true }, _) => {
                let challenge = r#"Bearer realm="webtask", error="invalid_token""#;
                Some((WWW_AUTHENTICATE, HeaderValue::from_static(challenge)))
            }
            (Self::Method(allow), _) => Some((ALLOW, HeaderValue::from_static(allow))),
            (Self::Encoding(_), _) => Some((ACCEPT_ENCODING, HeaderValue::from_static("identity"))),
            (Self::Upgrade, _) => Some((SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"))),
            (Self::KeyInFlight, _) => Some((RETRY_AFTER, HeaderValue::from_static("1"))),
            _ => retry_after(status),
        }
    }

    /// The error object, in the shape that an [`Error`] has.
    fn object(&self, code: &str, task: Option<&str>) -> Value {
        let mut object = json!({
            "code": code,
            "message": self.message(),
            "task": task,
            "step": null,
            "retryable": matches!(self, Self::KeyInFlight | Self::Slow(_)),
        });
        if let Self::Accept { offers, .. } = self {
            object["offers"] = json!(offers);
        }
        object
    }

    fn message(&self) -> String {
        match self {
            Self::Host(None) => "the request has no host; send one `Host` header".to_owned(),
            Self::Host(Some(host)) => {
                format!("host `{host}` is not served; call `localhost`, or allow it by `Server::allow_host`")
            }
            Self::Origin(origin) => format!("pages of {origin} may not call this server"),
            Self::Token { given: false } => "send `Authorization: Bearer TOKEN`".to_owned(),
            Self::Token { given: true } => "unknown token".to_owned(),
            Self::NotFound => "there is no such file".to_owned(),
            Self::Method(allow) => format!("this method is not served here; {allow} are"),
            Self::Accept { alone: true, offers } if offers.is_empty() => {
                "the task only runs asynchronously; send `Prefer: respond-async`".to_owned()
            }
            Self::Accept { offers, .. } if offers.is_empty() => {
                "the task does not answer `POST`; give it `transport rest` or `transport sse`".to_owned()
            }
            Self::Accept { offers, .. } => {
                format!("nothing of this is acceptable by `Accept`: {}", offers.join(", "))
            }
            Self::Request(message) => message.clone(),
            Self::KeyMismatch => {
                "this `Idempotency-Key` was used for another call; choose a new one".to_owned()
            }
            Self::KeyInFlight => {
                "the call with this `Idempotency-Key` is still running; ask again when it has ended"
                    .to_owned()
            }
            Self::NoSocket => "the task does not accept WebSockets; give it `transport websocket`".to_owned(),
            Self::Upgrade => "the WebSocket must be of version 13".to_owned(),
            Self::Encoding(encoding) => {
                format!("a body encoded as `{encoding}` is not read; send it as it is")
            }
            Self::TooLarge(limit) => format!("the body has more than {limit} bytes"),
            Self::Slow(message) | Self::Body(message) => message.clone(),
            Self::Run(error) => error.message().to_owned(),
        }
    }
}

/// The answer of a run that failed, from its stored error.
pub(super) fn failed(error: &Json) -> Response {
    /// What of it the status depends on.
    #[derive(Deserialize)]
    struct Code<'a> {
        code: &'a str,
        /// Only an application's own failure has one.
        status: Option<u16>,
    }
    let status = match serde_json::from_str(error.get()) {
        Ok(Code { status: Some(own), .. }) => status(ErrorKind::Failed, Some(own)),
        Ok(Code { code, .. }) => status(ErrorKind::from_code(code).unwrap_or(ErrorKind::Internal), None),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let mut response = json(status, unsplit(format!(r#"{{"ok":false,"error":{error}}}"#)));
    response.headers_mut().extend(retry_after(status));
    response
}

fn retry_after(status: StatusCode) -> Option<(HeaderName, HeaderValue)> {
    let later = matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    later.then(|| (RETRY_AFTER, HeaderValue::from_static("1")))
}

/// The status of a kind, or what a failure of the application's own asks for.
fn status(kind: ErrorKind, own: Option<u16>) -> StatusCode {
    match kind {
        ErrorKind::Failed => {
            own.and_then(|own| StatusCode::from_u16(own).ok()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
        }
        ErrorKind::UrlNotAllowed => StatusCode::FORBIDDEN,
        ErrorKind::UnknownTask | ErrorKind::UnknownRun => StatusCode::NOT_FOUND,
        ErrorKind::InvalidInput => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::PoolBusy => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::NavigationFailed | ErrorKind::Unreachable => StatusCode::BAD_GATEWAY,
        ErrorKind::BrowserLost | ErrorKind::Draining | ErrorKind::Overloaded => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        ErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorKind::StepFailed
        | ErrorKind::Cancelled
        | ErrorKind::SlowReader
        | ErrorKind::Consumed
        | ErrorKind::Refused
        | ErrorKind::Config
        | ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// An error as a caller may see it: of a fault of ours only the log knows more.
pub(super) fn shown(error: Error) -> Error {
    if !matches!(error.kind(), ErrorKind::Config | ErrorKind::Internal) {
        return error;
    }
    if !error.is_logged() {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            task = error.task(),
            "a run failed by a fault of the server"
        );
    }
    let public = Error::new(ErrorKind::Internal, "internal error; see the server's log")
        .at_step(error.step().cloned())
        .on_page(error.page().cloned())
        .in_folder(error.failure().map(str::to_owned))
        .logged();
    match error.task() {
        Some(task) => public.in_task(task.to_owned()),
        None => public,
    }
}
