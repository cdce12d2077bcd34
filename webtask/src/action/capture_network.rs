//! `capture network`: what a page asks for while steps run, with the answers, as HAR.

use std::future::Future;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::capture::{self, Captured};
use super::wait::while_there;
use crate::browser::{Seen, beside};
use crate::cx::Thrown;
use crate::{Cx, Error, ErrorKind};

/// How large a body may be that is kept, when the recipe does not say.
const BYTES: u64 = 10_000_000;

/// What is kept of a page's requests.
#[derive(Clone, Copy, Debug)]
pub struct Network<'a> {
    /// Whether the bodies of answers are.
    pub bodies: bool,
    /// How large a body may be that is; else 10 MB.
    pub max: Option<u64>,
    /// What the URL of a request must contain.
    pub url: Option<&'a str>,
}

/// Runs steps, and gives a HAR 1.2 file of the requests that have begun and were answered meanwhile, without secrets. It is
/// written when there is a path and the steps have not failed.
///
/// # Errors
///
/// [`BrowserLost`](crate::ErrorKind::BrowserLost) when the page is gone, or goes before the steps end, and
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the file cannot be written.
pub async fn capture_network<R>(
    cx: &Cx,
    path: Option<&str>,
    network: &Network<'_>,
    steps: impl Future<Output = Result<R, Thrown>>,
) -> Result<(Result<R, Thrown>, Captured), Error> {
    capture::check(cx, path)?;
    let max = network.bodies.then(|| network.max.unwrap_or(BYTES));
    let window = cx.window()?;
    let mut seen = Seen::start(window, cx.redactor().clone(), max, network.url, cx.results()).await?;
    let ended = beside(while_there(window, steps), seen.run()).await;
    let path = path.filter(|_| ended.is_ok());
    let har = if ended.is_ok() { seen.finish().await? } else { Vec::new() };
    Ok((ended, Captured::keep(cx, path, har).await?))
}

/// A request of a page with its answer, of which declared secrets are taken out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkEntry {
    /// The method, such as `GET`.
    pub method: String,
    /// The address.
    pub url: String,
    /// The headers of the request by their names in small letters. Several of one name are one text with commas.
    pub request_headers: Map<String, Value>,
    /// What was sent, as text; null when that is nothing, or no text.
    pub request_body: Option<String>,
    /// The status, such as 200; 0 when there was no answer.
    pub status: i64,
    /// Why there was no answer.
    pub error: Option<String>,
    /// The headers of the answer, as those of the request.
    pub headers: Map<String, Value>,
    /// The media type of the answer.
    #[serde(rename = "type")]
    pub media_type: String,
    /// How many bytes the body has.
    pub size: i64,
    /// The body as text; null when it was not kept, or is not text.
    pub body: Option<String>,
    /// The body as base64 when it was kept and is not text.
    #[serde(rename = "bytesB64")]
    pub bytes_b64: Option<String>,
    /// How long it took, in milliseconds.
    pub time: f64,
}

impl Captured {
    /// The requests of a HAR file, in the order in which they began.
    ///
    /// # Errors
    ///
    /// [`Internal`](crate::ErrorKind::Internal) when it is none.
    pub fn entries(&self) -> Result<Vec<NetworkEntry>, Error> {
        // The steps have failed, or nothing was seen.
        if self.bytes().is_empty() {
            return Ok(Vec::new());
        }
        let har: Value = serde_json::from_slice(self.bytes()).map_err(|error| {
            Error::new(ErrorKind::Internal, "the HAR file cannot be read").with_source(error)
        })?;
        Ok(har["log"]["entries"].as_array().into_iter().flatten().map(NetworkEntry::of).collect())
    }
}

impl NetworkEntry {
    /// An entry of a HAR file of ours.
    fn of(entry: &Value) -> Self {
        let (request, response) = (&entry["request"], &entry["response"]);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let some = |value: &Value| value.as_str().map(str::to_owned);
        let (sent, content) = (&request["postData"], &response["content"]);
        let is_base64 = content["encoding"] == "base64";
        Self {
            method: text(&request["method"]),
            url: text(&request["url"]),
            request_headers: headers(&request["headers"]),
            request_body: some(&sent["text"]).filter(|_| sent["_encoding"].is_null()),
            status: response["status"].as_i64().unwrap_or_default(),
            error: some(&response["_error"]),
            headers: headers(&response["headers"]),
            media_type: text(&content["mimeType"]),
            size: content["size"].as_i64().unwrap_or_default(),
            body: some(&content["text"]).filter(|_| !is_base64),
            bytes_b64: some(&content["text"]).filter(|_| is_base64),
            time: entry["time"].as_f64().unwrap_or_default(),
        }
    }
}

/// Pairs by their names in small letters.
fn headers(pairs: &Value) -> Map<String, Value> {
    let mut all: Map<String, Value> = Map::new();
    for pair in pairs.as_array().into_iter().flatten() {
        let name = pair["name"].as_str().unwrap_or_default().to_ascii_lowercase();
        let value = pair["value"].as_str().unwrap_or_default();
        match all.get_mut(&name) {
            Some(Value::String(known)) => {
                known.push_str(", ");
                known.push_str(value);
            }
            _ => drop(all.insert(name, value.into())),
        }
    }
    all
}
