//! Records every request of a browser, with its answer, to a HAR file. It knows no recipe.
//! What it writes is told in the guide: `guide/replay.md`.
//!
//! # How
//!
//! Requests are paused twice: as they begin, and when the head of their answer is there, to take the body before the
//! page does. On the browser's own session that covers every page, frame and worker, and no navigation loses a body.
//! Its price: a page gets an answer when all of it is there. So those that are streams by their type pass untouched, and
//! stand in the file without their body. The cookies that a server sets are told by the session of a page only.

mod log;
mod seen;

use std::collections::HashMap;
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chromiumoxide::cdp::browser_protocol::fetch::{
    ContinueRequestParams, EnableParams, GetResponseBodyParams, RequestPattern, RequestStage,
};
use chromiumoxide::cdp::browser_protocol::network;
use chromiumoxide::cdp::browser_protocol::target::TargetId;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::connection::{Connection, Events, RawEvent};
use super::har::Pair;
use super::session::Session;
use super::traffic::Asked;
use crate::secret::Redactor;
use crate::{Error, ErrorKind};
use log::{Head, Log, Request};
pub(crate) use seen::Seen;

/// How long the browser may take for a call.
const LIMIT: Duration = Duration::from_secs(30);

/// How long a body may take to come. The page waits for it too.
const BODY: Duration = Duration::from_secs(120);

/// What is recorded. A clone is another handle of the same; the last one writes what nobody has saved.
#[derive(Clone)]
pub(crate) struct Record {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    log: Mutex<Log>,
}

/// What records one browser.
pub(crate) struct Recorder {
    record: Record,
    connection: Connection,
    events: Events,
}

impl Record {
    /// A recording to that file, free of the redactor's secrets. [`save`](Self::save) writes it.
    pub(crate) fn open(path: &Path, redactor: Redactor) -> Result<Self, Error> {
        let folder = folder(path);
        let wrong = |reason: String| {
            Error::new(ErrorKind::Config, format!("cannot record to `{}`: {reason}", path.display()))
        };
        if path.is_dir() {
            return Err(wrong("it is a directory; name a file".into()));
        }
        if !folder.is_dir() {
            return Err(wrong(format!("there is no directory `{}`", folder.display())));
        }
        Ok(Self { inner: Arc::new(Inner { path: path.to_owned(), log: Mutex::new(Log::new(redactor)) }) })
    }

    /// Begins to record a browser. What it gives must be polled for as long as the browser runs.
    pub(crate) async fn start(&self, connection: &Connection) -> Result<Recorder, Error> {
        let events = connection.events(None, &["Fetch.requestPaused"]);
        let every = |stage| RequestPattern::builder().url_pattern("*").request_stage(stage).build();
        let patterns = vec![every(RequestStage::Request), every(RequestStage::Response)];
        let enable = EnableParams { patterns: Some(patterns), ..Default::default() };
        connection.call(None, enable, LIMIT).await?;
        Ok(Recorder { record: self.clone(), connection: connection.clone(), events })
    }

    /// Notes the cookies that a page gets until it is closed. To be awaited before the page navigates.
    ///
    /// It has a session of its own, for the page's own one turns the network's events on and off.
    pub(crate) async fn watch(&self, connection: &Connection, page: &TargetId) -> Result<(), Error> {
        let session = Session::attach(connection, page).await?;
        let mut events = session.events(&["Network.responseReceivedExtraInfo"]);
        // No buffers: bodies are taken elsewhere.
        let enable = network::EnableParams {
            max_total_buffer_size: Some(0),
            max_resource_buffer_size: Some(0),
            ..Default::default()
        };
        session.call(enable).await?;
        let record = self.clone();
        tokio::spawn(async move {
            // Ends with the page, or with the browser.
            while let Some(event) = events.next().await {
                if let Ok(extra) = event.parse::<Extra>() {
                    record.inner.log().set_cookies(&extra.request, extra.cookies());
                }
            }
            drop(session);
        });
        Ok(())
    }

    /// Notes a request that no browser asks.
    pub(crate) fn begin(&self, asked: &Asked<'_>) -> Note {
        let request = Request::of(asked.method, asked.url, &asked.headers, asked.body);
        Note { number: self.inner.log().begin(request, None), record: self.clone() }
    }

    /// Writes the file when there is something new: all of it or, when that fails, nothing.
    pub(crate) async fn save(&self) -> Result<(), Error> {
        let inner = self.inner.clone();
        // When a runtime that ends does not run it, the last handle writes.
        tokio::task::spawn_blocking(move || inner.save()).await.unwrap_or(Ok(()))
    }
}

/// A request of ours in a recording, until its answer is there. One that is given up is left out.
pub(crate) struct Note {
    record: Record,
    number: usize,
}

impl Note {
    pub(crate) fn end(self, status: u16, headers: Vec<(String, String)>, body: &[u8]) {
        let headers = headers.into_iter().map(|(name, value)| Pair { name, value }).collect();
        let head = Head { status, status_text: String::new(), headers, at: Instant::now() };
        self.record.inner.log().end(self.number, head, Some(body.to_vec()));
    }

    pub(crate) fn fail(self, reason: &str) {
        self.record.inner.log().fail(self.number, reason.to_owned());
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("path", &self.inner.path).finish_non_exhaustive()
    }
}

impl Inner {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn save(&self) -> Result<(), Error> {
        let Some(har) = self.log().changed() else { return Ok(()) };
        self.write(&har).map_err(|error| {
            self.log().set_changed();
            Error::new(ErrorKind::Config, format!("`{}` cannot be written: {error}", self.path.display()))
                .with_source(error)
        })
    }

    /// Writes beside the file, then takes its place in one step: at no time is there half a file.
    fn write(&self, bytes: &[u8]) -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder(&self.path))?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(&self.path)?;
        Ok(())
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Err(error) = self.save() {
            tracing::error!("{error}");
        }
    }
}

/// The directory in which a file lies.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl Recorder {
    /// Records until the browser is gone.
    pub(crate) async fn run(mut self) {
        let mut open = HashMap::new();
        let mut answers = FuturesUnordered::new();
        loop {
            tokio::select! {
                event = self.events.next() => match event {
                    Some(event) => answers.extend(self.take(&event, &mut open)),
                    None => return,
                },
                Some(()) = answers.next() => {}
            }
        }
    }

    /// Takes a request at its first stage, or gives what is to be done at its second one. `open` are those between the
    /// two, with their numbers in the log.
    fn take(
        &self,
        event: &RawEvent,
        open: &mut HashMap<String, usize>,
    ) -> Option<impl Future<Output = ()> + Send + use<>> {
        let Ok(Paused { id, request, network, status, status_text, headers, error }) = event.parse() else {
            tracing::error!("a request cannot be read, so it does not go on");
            return None;
        };
        if status.is_none() && error.is_none() {
            open.insert(id.clone(), self.record.inner.log().begin(request, network));
            go_on(&self.connection, id);
            return None;
        }
        // None when it has ended before: a stream does with its head, and again when the page leaves it.
        let number = open.remove(&id);
        let (Some(number), Some(status)) = (number, status) else {
            if let Some(number) = number {
                self.record.inner.log().fail(number, error.unwrap_or_default());
            }
            go_on(&self.connection, id);
            return None;
        };
        let head = Head { status, status_text, headers, at: Instant::now() };
        let (record, connection) = (self.record.clone(), self.connection.clone());
        Some(async move {
            let body =
                if head.is_redirect() || head.is_stream() { None } else { body(&connection, &id).await };
            go_on(&connection, id);
            record.inner.log().end(number, head, body);
        })
    }
}

/// Lets a request go on. One that its page gave up meanwhile is unknown, and that is no matter.
fn go_on(connection: &Connection, id: String) {
    drop(connection.send(None, ContinueRequestParams::new(id), LIMIT));
}

/// The body of an answer that is paused; none when it cannot be had.
async fn body(connection: &Connection, id: &str) -> Option<Vec<u8>> {
    let reply = connection.call(None, GetResponseBodyParams::new(id.to_owned()), BODY).await;
    let reply =
        reply.inspect_err(|error| tracing::debug!(%error, "an answer is recorded without its body")).ok()?;
    match reply.base64_encoded {
        true => STANDARD.decode(reply.body).ok(),
        false => Some(reply.body.into_bytes()),
    }
}

/// A request at one of its two stages. The protocol's own type would refuse what a newer browser adds to it.
#[derive(Deserialize)]
struct Paused {
    #[serde(rename = "requestId")]
    id: String,
    request: Request,
    /// The same for all redirects of a request.
    #[serde(rename = "networkId")]
    network: Option<String>,
    #[serde(rename = "responseStatusCode")]
    status: Option<u16>,
    #[serde(rename = "responseStatusText", default)]
    status_text: String,
    #[serde(rename = "responseHeaders", default)]
    headers: Vec<Pair>,
    #[serde(rename = "responseErrorReason")]
    error: Option<String>,
}

/// What is told of an answer besides.
#[derive(Deserialize)]
struct Extra {
    #[serde(rename = "requestId")]
    request: String,
    headers: Map<String, Value>,
}

impl Extra {
    /// The cookies that the answer sets: a line each.
    fn cookies(&self) -> Vec<String> {
        let mut headers = self.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
        headers
            .by_ref()
            .filter_map(|(_, value)| value.as_str())
            .flat_map(str::lines)
            .map(str::to_owned)
            .collect()
    }
}
