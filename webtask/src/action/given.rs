//! What steps give that is not a plain value, but for captures.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::capture;

/// A cookie, as `get cookies` returns it and `set cookies` accepts it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The host that it is sent to; with a leading dot, also to all hosts below.
    pub domain: String,
    /// The path that it is sent to, including all paths below.
    pub path: String,
    /// When it expires, in seconds since 1970; null if it ends with the browser.
    pub expires: Option<f64>,
    /// Whether scripts cannot see it.
    pub http_only: bool,
    /// Whether it is sent only over TLS.
    pub secure: bool,
    /// `Strict`, `Lax` or `None`, if the site set it.
    pub same_site: Option<String>,
    /// For a partitioned cookie, the pages in which it is sent. JSON omits it for other cookies.
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
    /// The headers, with names in lower case. Several headers of one name are joined with commas. `set-cookie` is not
    /// included: use `get cookies`.
    pub headers: Map<String, Value>,
}

/// What a server answered to an `http` step, whatever its status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The status, such as 200.
    pub status: i64,
    /// The headers, with names in lower case. Several headers of one name are joined with commas; `set-cookie` is always a
    /// list.
    pub headers: Map<String, Value>,
    /// The body as text, in its declared character set, or UTF-8.
    pub body: String,
    /// The body as JSON, if it is declared as JSON or looks like a list or a map; otherwise null.
    pub json: Value,
}

/// A file that `download` or `download each` returns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Download {
    /// Its address; just `data:` if the address contained the content.
    pub url: String,
    /// Its name, without folders.
    pub name: String,
    /// Its media type as declared; for `download`, the type that follows from its name.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
    /// The bytes, as base64.
    #[serde(rename = "bytesB64")]
    pub bytes_b64: String,
}

impl Download {
    /// The bytes.
    ///
    /// # Errors
    ///
    /// [`Internal`](crate::ErrorKind::Internal) if `bytes_b64` is not base64.
    pub fn bytes(&self) -> Result<Vec<u8>, crate::Error> {
        capture::given(&self.bytes_b64)
    }
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its path below the [folder of files](crate::Builder::files).
    pub path: String,
    /// Its size in bytes.
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
