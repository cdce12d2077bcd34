//! What a server says, as our own types: events, results and errors. It knows no connection.

use std::borrow::Cow;

use http::StatusCode;
use reqwest::Response;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use url::Url;

use super::ANSWER;
use super::sse::Frame;
use crate::error::InputError;
use crate::misfit::Misfit;
use crate::{Error, ErrorKind, Event, PageInfo, Step};

/// The words of steps: a step of another build may have one that is none.
const WORDS: &[&str] = &[
    "status",
    "emit",
    "goto",
    "back",
    "forward",
    "reload",
    "wait",
    "wait until",
    "wait until url",
    "wait until js",
    "wait network idle",
    "click",
    "sendkeys",
    "fill",
    "press",
    "select",
    "check",
    "uncheck",
    "hover",
    "upload",
    "scroll until stable",
    "extract",
    "js",
    "screenshot",
    "read file",
    "write files",
    "save html",
    "export",
    "pdf",
    "html to pdf",
    "snapshot",
    "emulate",
    "get cookies",
    "set cookies",
    "clear cookies",
    "http",
    "console",
    "capture network",
    "download",
    "download each",
    "save captures",
    "record",
    "set",
    "call",
    "for each",
    "loop",
    "if",
    "retry",
    "try",
    "break",
    "continue",
    "yield",
    "yield each",
    "return",
    "fail",
    "let",
    "rust",
];

/// A step as it is on the wire.
#[derive(Debug, Deserialize)]
struct WireStep {
    index: usize,
    name: String,
    at: String,
}

/// An error as it is on the wire, in a body or in an event.
#[derive(Debug, Deserialize)]
struct WireError {
    code: String,
    message: String,
    #[serde(default)]
    task: Option<String>,
    #[serde(default)]
    step: Option<WireStep>,
    retryable: Option<bool>,
    #[serde(default)]
    page: Option<PageInfo>,
    /// Only an application's own failure has one.
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    failure: Option<String>,
    #[serde(default)]
    errors: Vec<InputError>,
}

impl From<WireStep> for Step {
    fn from(step: WireStep) -> Self {
        let name = WORDS.iter().copied().find(|word| *word == step.name).unwrap_or("unknown");
        Self { index: step.index, name, at: step.at.into() }
    }
}

impl WireError {
    fn into_error(self) -> Error {
        let Self { code, message, task, step, retryable, page, status, failure, errors } = self;
        let error = match (ErrorKind::from_code(&code), status) {
            (Some(ErrorKind::InvalidInput), _) if !errors.is_empty() => Error::invalid_input(errors, 0),
            (None | Some(ErrorKind::Failed), Some(status)) => {
                match Error::fail(code, message).with_status(status) {
                    own if own.kind() == ErrorKind::Failed => own,
                    // A code or a status that no task can have.
                    wrong => Error::new(ErrorKind::Refused, wrong.message().to_owned()),
                }
            }
            (Some(kind), _) => Error::new(kind, message),
            (None, None) => Error::new(ErrorKind::Refused, format!("{message} (`{code}`)")),
        };
        let error = error.at_step(step.map(Step::from)).on_page(page).in_folder(failure);
        let error = match retryable {
            Some(retryable) => error.with_retryable(retryable),
            None => error,
        };
        match task {
            Some(task) => error.in_task(task),
            None => error,
        }
    }
}

/// What an event is.
pub(super) fn event<T: DeserializeOwned>(url: &Url, frame: &Frame) -> Result<Event<T>, Error> {
    #[derive(Deserialize)]
    struct Done<T> {
        data: T,
    }
    #[derive(Deserialize)]
    struct Skipped {
        index: u64,
        message: String,
        step: Option<WireStep>,
    }
    #[derive(Deserialize)]
    struct Recording {
        name: Option<String>,
        path: String,
        size: u64,
    }
    let wrong = |error: serde_json::Error| {
        let why = Misfit::of(&error);
        broken(url, &format!("its event `{}` cannot be read: {why}", shown(&frame.name))).with_source(error)
    };
    Ok(match frame.name.as_str() {
        "done" => Event::Done(serde_json::from_str::<Done<T>>(&frame.data).map_err(wrong)?.data),
        "error" => Event::Failed(serde_json::from_str::<WireError>(&frame.data).map_err(wrong)?.into_error()),
        "skipped" => {
            let Skipped { index, message, step } = serde_json::from_str(&frame.data).map_err(wrong)?;
            Event::Skipped { index, message, step: step.map(Step::from) }
        }
        "recording" => {
            let Recording { name, path, size } = serde_json::from_str(&frame.data).map_err(wrong)?;
            Event::Recording { name, path, size }
        }
        name => {
            let mut data: Map<String, Value> = serde_json::from_str(&frame.data).map_err(wrong)?;
            let kind = if name.is_empty() { "message" } else { name };
            match data.get("text") {
                Some(Value::String(text)) if data.keys().all(|key| key == "text" || key == "data") => {
                    let text = text.clone();
                    Event::custom(Cow::Owned(kind.to_owned()), text, data.remove("data").unwrap_or_default())
                }
                // Of a kind that is not known here.
                _ => Event::custom(Cow::Owned(kind.to_owned()), String::new(), Value::Object(data)),
            }
        }
    })
}

/// Why a call was not served: what the server says in its body.
pub(super) async fn refused(response: Response) -> Error {
    #[derive(Deserialize)]
    struct Body {
        error: WireError,
    }
    let (status, url) = (response.status(), response.url().clone());
    let body = match body(response).await {
        Ok(body) => body,
        Err(error) => return error,
    };
    match serde_json::from_slice::<Body>(&body) {
        Ok(body) => body.error.into_error(),
        // What stands before it, as a proxy, answers in its own way.
        Err(_) if status.is_server_error() => broken(&url, &format!("it answers {status}")),
        Err(_) if status == StatusCode::NOT_FOUND => {
            Error::new(ErrorKind::Refused, format!("`{url}` is not there: is the prefix right?"))
        }
        Err(_) => Error::new(ErrorKind::Refused, format!("`{url}` answers {status}")),
    }
}

/// The body of an answer.
pub(super) async fn body(mut response: Response) -> Result<Vec<u8>, Error> {
    let url = response.url().clone();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unreachable(&url, error))? {
        if body.len() + chunk.len() > ANSWER {
            return Err(broken(&url, &format!("it answers more than {} MiB", ANSWER >> 20)));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// A server that does not answer.
pub(super) fn unreachable(url: &Url, error: reqwest::Error) -> Error {
    // Its own text has the URL too.
    let error = error.without_url();
    let mut why: &dyn std::error::Error = &error;
    while let Some(source) = why.source() {
        why = source;
    }
    let why = why.to_string();
    Error::new(ErrorKind::Unreachable, format!("`{url}` cannot be reached: {why}")).with_source(error)
}

/// A server that answers what no server of tasks does.
pub(super) fn broken(url: &Url, why: &str) -> Error {
    Error::new(ErrorKind::Unreachable, format!("`{url}` is not a webtask server: {why}"))
}

/// The start of what a server says.
fn shown(text: &str) -> String {
    text.chars().take(50).collect()
}

#[cfg(test)]
mod tests {
    use webtask_grammar::keyword::{Room, WORDS as ALL};

    use super::*;

    #[test]
    fn every_word_of_a_step_is_known() {
        for word in ALL.iter().filter(|word| word.room == Room::Step) {
            assert!(WORDS.contains(&word.name), "add `{}`", word.name);
        }
    }
}
