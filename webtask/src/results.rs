//! What steps give that is no plain value: the types of their names in a task's `Output`.

pub use crate::action::{Capture, Captured, ConsoleMessage};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A cookie, as `get cookies` gives it and `set cookies` takes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The host that it is sent to; with a dot before it, to all below that too.
    pub domain: String,
    /// The path that it is sent to, with all below.
    pub path: String,
    /// When it ends, in seconds since 1970; null when it ends with the browser.
    pub expires: Option<f64>,
    /// Whether scripts cannot see it.
    pub http_only: bool,
    /// Whether it is sent over TLS only.
    pub secure: bool,
    /// `Strict`, `Lax` or `None`, when the site said so.
    pub same_site: Option<String>,
    /// Of a partitioned cookie, the pages in which it is sent. JSON leaves it out for any other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_key: Option<PartitionKey>,
}

/// The pages in which a partitioned cookie is sent: a site of another's pages keeps it for those alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartitionKey {
    /// The site of the page, such as `https://shop.example`.
    pub top_level_site: String,
    /// Whether a frame of another site than the page's is around what has the cookie, or is it.
    pub has_cross_site_ancestor: bool,
}

/// Where a `goto` arrived, and what the server answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Navigation {
    /// The address after redirects.
    pub url: String,
    /// The status, such as 200.
    pub status: i64,
    /// The headers by their names in small letters. Several of one name are one text with commas. `set-cookie` is not
    /// among them: `get cookies` gives the cookies.
    pub headers: Map<String, Value>,
}

/// What a server answered to an `http` step, whatever its status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The status, such as 200.
    pub status: i64,
    /// The headers by their names in small letters. Several of one name are one text with commas, but `set-cookie` is
    /// always a list.
    pub headers: Map<String, Value>,
    /// The body as text, in the character set that it says, else UTF-8.
    pub body: String,
    /// The body as JSON, when it is said to be JSON or looks like a list or a map; else null.
    pub json: Value,
}

/// A file that `download` or `download each` gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Download {
    /// Where it came from; `data:` alone when the address held the content.
    pub url: String,
    /// What it is called: one name, without folders.
    pub name: String,
    /// Its media type, as it was said; what `download` gives has that of its name.
    #[serde(rename = "type")]
    pub media_type: String,
    /// How many bytes it has.
    pub size: i64,
    /// The bytes, as base64.
    #[serde(rename = "bytesB64")]
    pub bytes_b64: String,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its path below the [folder of files](crate::Builder::files).
    pub path: String,
    /// How many bytes it has.
    pub size: i64,
}

/// What a `try` caught: the error that its `else` sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The code, as HTTP says it: `STEP_FAILED`, `NAVIGATION_FAILED`, or that of a `fail`.
    pub code: String,
    /// What happened.
    pub message: String,
    /// The step that failed; of a `call`, a step of the other task.
    pub step: Option<FailedStep>,
    /// Whether the same may succeed a little later.
    pub retryable: bool,
}

/// The step that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedStep {
    /// Its number in the task, from 0.
    pub index: i64,
    /// Its word, such as `click`.
    pub name: String,
    /// Where it is written: `FILE:LINE:COLUMN`.
    pub at: String,
}
