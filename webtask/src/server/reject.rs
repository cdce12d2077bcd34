//! What a request gets that is not served: a status, a code, a sentence. It knows no endpoint.

use http::header::{ACCEPT_ENCODING, ALLOW, HeaderValue, RETRY_AFTER};
use http::{HeaderName, StatusCode};
use serde_json::{Value, json};
use warp::reply::Response;

use super::respond::json;
use crate::{Error, ErrorKind};

/// Why a request is not served.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The `Host` is none of ours, or there is none.
    Host(Option<String>),
    /// A web page of a foreign origin called.
    Origin(String),
    /// The path is ours, its method not; these are.
    Method(&'static str),
    /// Nothing that the task offers is acceptable.
    Accept(Vec<&'static str>),
    /// The body is compressed, or otherwise encoded.
    Encoding(String),
    /// The body has more bytes than this.
    TooLarge(u64),
    /// The body is no JSON object.
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
    pub(super) fn response(self, task: Option<&'static str>) -> Response {
        let (status, code) = self.kind();
        let header = self.header(status);
        let error = match self {
            Self::Run(error) => match task {
                Some(task) => json!(error.in_task(task)),
                None => json!(error),
            },
            other => other.object(code, task),
        };
        let mut response = json(status, json!({ "ok": false, "error": error }).to_string());
        response.headers_mut().extend(header);
        response
    }

    fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Host(_) => (StatusCode::FORBIDDEN, "FORBIDDEN_HOST"),
            Self::Origin(_) => (StatusCode::FORBIDDEN, "FORBIDDEN_ORIGIN"),
            Self::Method(_) => (StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED"),
            Self::Accept(_) => (StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE"),
            Self::Encoding(_) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_ENCODING"),
            Self::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE"),
            Self::Body(_) => (StatusCode::BAD_REQUEST, "BAD_BODY"),
            Self::Run(error) => (status(error.kind()), error.kind().code()),
        }
    }

    fn header(&self, status: StatusCode) -> Option<(HeaderName, HeaderValue)> {
        match (self, status) {
            (Self::Method(allow), _) => Some((ALLOW, HeaderValue::from_static(allow))),
            (Self::Encoding(_), _) => Some((ACCEPT_ENCODING, HeaderValue::from_static("identity"))),
            (_, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) => {
                Some((RETRY_AFTER, HeaderValue::from_static("1")))
            }
            _ => None,
        }
    }

    /// The error object, in the shape that an [`Error`] has.
    fn object(&self, code: &str, task: Option<&str>) -> Value {
        let mut object = json!({ "code": code, "message": self.message(), "task": task, "step": null, "retryable": false });
        if let Self::Accept(offers) = self {
            object["offers"] = json!(offers);
        }
        object
    }

    fn message(&self) -> String {
        match self {
            Self::Host(None) => "the request names no host; send one `Host`".to_owned(),
            Self::Host(Some(host)) => {
                format!("host `{host}` is not served; call `localhost`, or allow it by `Server::allow_host`")
            }
            Self::Origin(origin) => format!("pages of {origin} may not call this server"),
            Self::Method(allow) => format!("this method is not served here; {allow} are"),
            Self::Accept(offers) if offers.is_empty() => {
                "the task answers no `POST`; give it `transport rest` or `transport sse`".to_owned()
            }
            Self::Accept(offers) => {
                format!("nothing of this is acceptable by `Accept`: {}", offers.join(", "))
            }
            Self::Encoding(encoding) => {
                format!("a body encoded as `{encoding}` is not read; send it as it is")
            }
            Self::TooLarge(limit) => format!("the body has more than {limit} bytes"),
            Self::Body(message) => message.clone(),
            Self::Run(error) => error.message().to_owned(),
        }
    }
}

fn status(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::UrlNotAllowed => StatusCode::FORBIDDEN,
        ErrorKind::UnknownTask => StatusCode::NOT_FOUND,
        ErrorKind::InvalidInput => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::PoolBusy => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::NavigationFailed => StatusCode::BAD_GATEWAY,
        ErrorKind::BrowserLost | ErrorKind::Draining => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorKind::StepFailed
        | ErrorKind::Cancelled
        | ErrorKind::SlowReader
        | ErrorKind::Consumed
        | ErrorKind::Config
        | ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// An error as a caller may see it: of a fault of ours only the log knows more.
pub(super) fn shown(error: Error) -> Error {
    if !matches!(error.kind(), ErrorKind::Config | ErrorKind::Internal) {
        return error;
    }
    tracing::error!(
        error = &error as &dyn std::error::Error,
        task = error.task(),
        "a run failed by a fault of the server"
    );
    let public = Error::new(ErrorKind::Internal, "a fault of the server; its log says more")
        .at_step(error.step().cloned());
    match error.task() {
        Some(task) => public.in_task(task.to_owned()),
        None => public,
    }
}
