//! What a run tells while it goes on, and the one shape that it has on the wire.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Value, json, value::RawValue};

use crate::large::{LARGE, is_large};
use crate::{Error, ErrorKind, Step};

/// One event of a [`Run`](crate::Run): any number of the first kinds, then exactly one `Done` or `Failed`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<T> {
    /// A `status` step.
    Status {
        /// What it says.
        text: String,
        /// What it carries; usually null.
        data: Value,
    },
    /// An `emit` step.
    Custom {
        /// Its kind.
        kind: Cow<'static, str>,
        /// What it says.
        text: String,
        /// What it carries, or null.
        data: Value,
    },
    /// A turn of a loop that failed and was skipped.
    Skipped {
        /// Which turn, from 0.
        index: u64,
        /// Why.
        message: String,
        /// The step that failed.
        step: Option<Step>,
    },
    /// A `record` step that has written its film, whether its steps have failed or not.
    Recording {
        /// The name of its result, if it has one.
        name: Option<String>,
        /// The film's file, as the recipe names it: below the [folder of files](crate::Builder::files).
        path: String,
        /// How many bytes it has.
        size: u64,
    },
    /// The run's result. The last event.
    Done(T),
    /// The run's failure. The last event.
    Failed(Error),
}

impl<T> Event<T> {
    /// The event's name on the wire.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Status { .. } => "status",
            Self::Custom { kind, .. } => kind,
            Self::Skipped { .. } => "skipped",
            Self::Recording { .. } => "recording",
            Self::Done(_) => "done",
            Self::Failed(_) => "error",
        }
    }

    /// An event of that kind; `status` is one of its own.
    pub(crate) fn custom(kind: Cow<'static, str>, text: String, data: Value) -> Self {
        match kind.as_ref() {
            "status" => Self::Status { text, data },
            _ => Self::Custom { kind, text, data },
        }
    }

    /// Whether no event follows this one.
    #[must_use]
    pub fn is_last(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Failed(_))
    }

    /// Whether what it carries is large, as JSON.
    pub(crate) fn is_large(&self) -> bool {
        match self {
            Self::Status { text, data } | Self::Custom { text, data, .. } => {
                text.len() >= LARGE || is_large(data)
            }
            Self::Skipped { .. } | Self::Recording { .. } | Self::Done(_) | Self::Failed(_) => false,
        }
    }

    /// The same event with another kind of result.
    pub fn map<U>(self, result: impl FnOnce(T) -> Result<U, Error>) -> Event<U> {
        match self {
            Self::Status { text, data } => Event::Status { text, data },
            Self::Custom { kind, text, data } => Event::Custom { kind, text, data },
            Self::Skipped { index, message, step } => Event::Skipped { index, message, step },
            Self::Recording { name, path, size } => Event::Recording { name, path, size },
            Self::Done(value) => match result(value) {
                Ok(value) => Event::Done(value),
                Err(error) => Event::Failed(error),
            },
            Self::Failed(error) => Event::Failed(error),
        }
    }
}

impl<T: Serialize> Event<T> {
    /// The event's data on the wire: one line of JSON, without any character that a line reader would split at.
    ///
    /// ```
    /// use webtask::Event;
    ///
    /// let event: Event<()> = Event::Status { text: "a\u{2028}b".into(), data: serde_json::Value::Null };
    /// assert_eq!(event.data(), r#"{"text":"a\u2028b","data":null}"#);
    /// ```
    #[must_use]
    pub fn data(&self) -> String {
        let text = match self {
            Self::Status { text, data } | Self::Custom { text, data, .. } => words(text, data),
            Self::Skipped { index, message, step } => {
                line(&json!({ "index": index, "message": message, "step": step }))
            }
            Self::Recording { name, path, size } => {
                line(&json!({ "name": name, "path": path, "size": size }))
            }
            Self::Done(value) => return success(value),
            Self::Failed(error) => return failure(error),
        };
        unsplit(text)
    }
}

/// A result as the data of a `done` event, and as a whole answer.
pub(crate) fn success<T: Serialize>(value: &T) -> String {
    match serde_json::to_string(value) {
        Ok(text) => done(&text),
        Err(_) => failure(&Error::new(ErrorKind::Internal, "the result is not JSON")),
    }
}

/// The same for a result that is JSON already.
pub(crate) fn done(result: &str) -> String {
    unsplit([r#"{"ok":true,"data":"#, result, "}"].concat())
}

/// An error as the data of an `error` event.
pub(crate) fn failure(error: &Error) -> String {
    let mut data = json!({
        "message": error.message(),
        "code": error.code(),
        "step": error.step(),
        "retryable": error.retryable(),
    });
    if let Some(page) = error.page() {
        data["page"] = json!(page);
    }
    if let Some(status) = error.status() {
        data["status"] = json!(status);
    }
    if let Some(folder) = error.failure() {
        data["failure"] = json!(folder);
    }
    unsplit(line(&data))
}

/// What most events carry, in as much room as it mostly needs: a server holds many of them.
fn words(text: &str, data: &Value) -> String {
    #[derive(Serialize)]
    struct Words<'a> {
        text: &'a str,
        data: &'a Value,
    }
    let mut line = Vec::with_capacity(text.len() + r#"{"text":"","data":null}"#.len());
    let written = serde_json::to_writer(&mut line, &Words { text, data });
    written.ok().and_then(|()| String::from_utf8(line).ok()).expect("all of a value is JSON")
}

fn line(value: &Value) -> String {
    value.to_string()
}

/// Writes U+0085, U+2028 and U+2029 as escapes: in JSON they can only stand inside strings.
pub(crate) fn unsplit(text: String) -> String {
    if text.is_ascii() || !text.contains(['\u{85}', '\u{2028}', '\u{2029}']) {
        return text;
    }
    text.replace('\u{85}', "\\u0085").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// A result that is JSON text already: what a run gives to a caller who does not know its type.
pub type Json = Box<RawValue>;
