//! Answers every request of a browser from files, so that nothing goes to the network. It knows no window and no recipe.
//! How it answers is told in the guide: `guide/replay.md`.

mod directory;
mod partition;
mod recording;
mod sent;
mod served;

use std::collections::VecDeque;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chromiumoxide::cdp::browser_protocol::fetch::{
    EnableParams, FailRequestParams, FulfillRequestParams, HeaderEntry,
};
use chromiumoxide::cdp::browser_protocol::network::ErrorReason;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::connection::{Connection, Events, RawEvent, Refusal};
use super::har::{Har, Reading};
use super::traffic::{Answered, Asked, DATAGRAMS};
use crate::secret::Redactor;
use crate::{Error, ErrorKind};
use directory::Directory;
use recording::Recording;
use sent::Sent;
use served::Runs;
pub(crate) use served::Served;

/// How long the browser may take to take an answer.
const LIMIT: Duration = Duration::from_secs(30);

/// How many entries that cannot be used are named.
const NAMED: usize = 20;

/// How many pages without an answer are kept in mind.
const MISSES: usize = 64;

/// Where the answers come from. A clone is another handle of the same.
#[derive(Clone)]
pub(crate) struct Replay {
    inner: Arc<Inner>,
}

struct Inner {
    source: Source,
    redactor: Redactor,
    /// What each run has had.
    runs: Runs,
    /// The pages that had no answer, by their frame.
    misses: Mutex<VecDeque<(String, String)>>,
}

enum Source {
    Directory(Directory),
    Recording(Recording),
}

/// What answers one browser.
pub(crate) struct Server {
    replay: Replay,
    connection: Connection,
    events: Events,
}

impl Replay {
    /// Opens a directory, or reads a HAR file. The redactor knows every secret that is set: a recorded file holds none,
    /// so a URL that has one is found without it.
    pub(crate) fn open(path: &Path, redactor: Redactor) -> Result<Self, Error> {
        let name = path.display();
        let config = |message: String| Error::new(ErrorKind::Config, message);
        let unreadable = |error: std::io::Error| {
            config(format!("`{name}` cannot be replayed: {error}; give a directory or a HAR file"))
                .with_source(error)
        };
        let source = if path.is_dir() {
            Source::Directory(Directory::open(path).map_err(unreadable)?)
        } else {
            let bytes = crate::regular::read(path).map_err(unreadable)?;
            let Reading { har, left_out } = Har::read(&bytes).map_err(|reason| {
                config(format!(
                    "`{name}` cannot be replayed: it is neither a directory nor a HAR 1.2 file: {reason}"
                ))
            })?;
            for entry in left_out.iter().take(NAMED) {
                let entry = redactor.text(entry).unwrap_or_else(|| entry.clone());
                tracing::warn!("`{name}` is replayed without {entry}");
            }
            if left_out.len() > NAMED {
                tracing::warn!("`{name}` is replayed without {} more entries", left_out.len() - NAMED);
            }
            Source::Recording(Recording::new(har))
        };
        let inner = Inner { source, redactor, runs: Runs::default(), misses: Mutex::default() };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Chromium's switches that keep it from the network where nobody asks here: by WebSockets, WebRTC, preconnects and
    /// its own services.
    pub(crate) fn flags(&self) -> Vec<String> {
        vec![
            // No name is found, and no address either: literal ones count as names here.
            "--host-resolver-rules=MAP * ~NOTFOUND".into(),
            DATAGRAMS.into(),
        ]
    }

    /// Takes over every request of the browser. What it gives must be polled for as long as the browser runs.
    pub(crate) async fn start(&self, connection: &Connection) -> Result<Server, Error> {
        let events = connection.events(None, &["Fetch.requestPaused"]);
        // On the browser's own session this covers every page, frame and worker of every context.
        connection.call(None, EnableParams::default(), LIMIT).await?;
        Ok(Server { replay: self.clone(), connection: connection.clone(), events })
    }

    /// Why the newest page of a frame had no answer, when it had none.
    pub(crate) fn miss(&self, frame: &str) -> Option<String> {
        let mut misses = self.inner.misses();
        let index = misses.iter().position(|(other, _)| other == frame)?;
        misses.remove(index).map(|(_, message)| message)
    }

    /// The answer to a request that no browser asks.
    pub(crate) async fn ask(&self, asked: &Asked<'_>) -> Result<Answered, Error> {
        let headers =
            asked.headers.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
        let body = Some(vec![Part { bytes: Some(STANDARD.encode(asked.body)) }]);
        let request =
            Request { method: asked.method.into(), url: asked.url.into(), headers, body, has_body: true };
        let (replay, wanted, served) = (self.clone(), request.clone(), asked.served.clone());
        let found = tokio::task::spawn_blocking(move || replay.find(&wanted, &served)).await;
        let reason = match found {
            Ok(Found::Answer(Answer { status, headers, body })) => {
                let body = if asked.method == "HEAD" { Vec::new() } else { body };
                return Ok(Answered { status, headers, body });
            }
            Ok(Found::Failure) => "the HAR file says that it failed".into(),
            Ok(Found::Missing(reason)) => reason,
            Err(error) => error.to_string(),
        };
        Err(Error::new(ErrorKind::NavigationFailed, self.inner.miss(&request, &reason)))
    }

    /// The answer to a request of a run, or why there is none.
    fn find(&self, request: &Request, served: &Served) -> Found {
        let found = match &self.inner.source {
            Source::Directory(directory) => directory.find(request),
            Source::Recording(recording) => recording.find(request, &self.inner.redactor, served),
        };
        match (found, &self.inner.source) {
            (Found::Missing(reason), _) => request.preflight().map_or(Found::Missing(reason), Found::Answer),
            (Found::Answer(answer), Source::Directory(_)) => Found::Answer(answer.readable(request)),
            (found, _) => found,
        }
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay").finish_non_exhaustive()
    }
}

impl Inner {
    fn misses(&self) -> MutexGuard<'_, VecDeque<(String, String)>> {
        self.misses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that there is no answer. It goes into a log, so no secret may stand in it.
    fn miss(&self, request: &Request, reason: &str) -> String {
        let message = format!("no replay for `{}`; {reason}", request.url);
        self.redactor.text(&message).unwrap_or(message)
    }

    /// Keeps in mind whether the page that a frame asks for is there.
    fn note(&self, frame: &str, miss: Option<&str>) {
        let mut misses = self.misses();
        misses.retain(|(other, _)| other != frame);
        if let Some(miss) = miss {
            if misses.len() == MISSES {
                misses.pop_front();
            }
            misses.push_back((frame.to_owned(), miss.to_owned()));
        }
    }
}

impl Server {
    /// Answers until the browser is gone.
    pub(crate) async fn run(mut self) {
        let mut answers = FuturesUnordered::new();
        loop {
            tokio::select! {
                event = self.events.next() => match event {
                    Some(event) => answers.push(answer(self.replay.clone(), self.connection.clone(), event)),
                    None => return,
                },
                Some(()) = answers.next() => {}
            }
        }
    }
}

/// Answers one request, in one way or the other: until that it stands still.
async fn answer(replay: Replay, connection: Connection, event: RawEvent) {
    let Ok(Paused { id, request, frame, kind }) = event.parse() else {
        return tracing::error!("a request cannot be read, so it is not answered");
    };
    let is_page = kind == "Document";
    let found = tokio::task::spawn_blocking({
        let (replay, request, served) = (replay.clone(), request.clone(), replay.inner.runs.served(&frame));
        move || replay.find(&request, &served)
    });
    let reason = match found.await {
        Ok(Found::Answer(mut answer)) => {
            if let Some(page) = replay.inner.runs.page(&frame) {
                let is_top = is_page && page.target.inner() == &frame;
                let kept = partition::keep(&mut answer, &request, &page, is_top, &connection).await;
                if let Err(error) = kept
                    && !is_gone(&error)
                {
                    tracing::warn!(%error, "the browser does not take a partitioned cookie");
                }
            }
            // Before it is given: whoever waits for the page asks right after.
            if is_page {
                replay.inner.note(&frame, None);
            }
            match connection.call(None, answer.fulfill(&id, &request), LIMIT).await {
                Ok(_) => return,
                Err(error) if is_gone(&error) => return,
                Err(error) => format!("the browser does not take it: {error}"),
            }
        }
        Ok(Found::Failure) => "the HAR file says that it failed".into(),
        Ok(Found::Missing(reason)) => reason,
        // The runtime ends.
        Err(_) => return,
    };
    let miss = replay.inner.miss(&request, &reason);
    tracing::warn!(method = request.method, "{miss}");
    if is_page {
        replay.inner.note(&frame, Some(&miss));
    }
    let fail = FailRequestParams::new(id, ErrorReason::Failed);
    if let Err(error) = connection.call(None, fail, LIMIT).await
        && !is_gone(&error)
    {
        tracing::warn!(%error, "{miss}, and the browser does not take that");
    }
}

/// Whether an answer came too late: the page gave its request up, or the browser is no more.
fn is_gone(error: &Error) -> bool {
    error.kind() == ErrorKind::BrowserLost
        || Refusal::of(error).is_some_and(|refusal| refusal.message().contains("Invalid InterceptionId"))
}

/// A request that waits for an answer. The protocol's own type would refuse what a newer browser adds to it.
#[derive(Deserialize)]
struct Paused {
    #[serde(rename = "requestId")]
    id: String,
    request: Request,
    #[serde(rename = "frameId", default)]
    frame: String,
    #[serde(rename = "resourceType", default)]
    kind: String,
}

/// What is asked.
#[derive(Clone, Debug, Default, Deserialize)]
struct Request {
    method: String,
    url: String,
    #[serde(default)]
    headers: Map<String, Value>,
    /// What is sent, as far as the browser says it.
    #[serde(rename = "postDataEntries", default)]
    body: Option<Vec<Part>>,
    #[serde(rename = "hasPostData", default)]
    has_body: bool,
}

/// A part of what is sent.
#[derive(Clone, Debug, Deserialize)]
struct Part {
    /// None for a file or a `Blob`.
    bytes: Option<String>,
}

/// What is answered.
#[derive(Clone, Debug)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// What there is for a request.
enum Found {
    Answer(Answer),
    /// It failed when it was recorded.
    Failure,
    /// Nothing, and why, or what to do.
    Missing(String),
}

impl Request {
    /// Whether it asks to see something.
    fn is_read(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD")
    }

    /// What it sends; none when the browser does not say all of it.
    fn sent(&self) -> Option<Sent> {
        let parts = self.body.as_deref().unwrap_or_default();
        if self.has_body && parts.is_empty() {
            return None;
        }
        let parts: Option<Vec<Vec<u8>>> =
            parts.iter().map(|part| STANDARD.decode(part.bytes.as_ref()?).ok()).collect();
        let mime_type = self.header("content-type").unwrap_or_default().to_owned();
        Some(Sent::new(mime_type, parts?.concat()))
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name))?.1.as_str()
    }

    /// The permission that the browser asks for before a script's request to another origin. No file says it, for few
    /// tools record it.
    fn preflight(&self) -> Option<Answer> {
        let method = self.header("access-control-request-method").filter(|_| self.method == "OPTIONS")?;
        let headers = self.header("access-control-request-headers").unwrap_or_default();
        let answer = Answer { status: 204, ..Answer::default() };
        Some(
            answer
                .with("access-control-allow-methods", method)
                .with("access-control-allow-headers", headers)
                .readable(self),
        )
    }
}

impl Answer {
    fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same, for a script of another origin too, unless it says itself who may read it.
    fn readable(self, request: &Request) -> Self {
        const NAME: &str = "access-control-allow-origin";
        match request.header("origin") {
            Some(origin) if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(NAME)) => {
                self.with(NAME, origin).with("access-control-allow-credentials", "true")
            }
            _ => self,
        }
    }

    fn fulfill(self, id: &str, request: &Request) -> FulfillRequestParams {
        let mut command = FulfillRequestParams::new(id.to_owned(), i64::from(self.status));
        command.response_headers =
            Some(self.headers.into_iter().map(|(name, value)| HeaderEntry { name, value }).collect());
        if request.method != "HEAD" {
            command.body = Some(STANDARD.encode(self.body).into());
        }
        command
    }
}

impl Default for Answer {
    fn default() -> Self {
        Self { status: 200, headers: Vec::new(), body: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn open(path: &Path) -> Result<Replay, Error> {
        Replay::open(path, Redactor::default())
    }

    fn request(method: &str, url: &str, headers: &Value) -> Request {
        serde_json::from_value(json!({ "method": method, "url": url, "headers": headers })).unwrap()
    }

    #[test]
    fn a_source_that_is_none_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let gone = dir.path().join("gone");
        let error = open(&gone).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(
            error.message().starts_with(&format!("`{}` cannot be replayed: ", gone.display())),
            "{error}"
        );
        assert!(error.message().ends_with("; give a directory or a HAR file"), "{error}");

        let broken = dir.path().join("broken.har");
        std::fs::write(&broken, "{\n  \"log\": 1 }").unwrap();
        let error = open(&broken).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(
            error.message(),
            format!(
                "`{}` cannot be replayed: it is neither a directory nor a HAR 1.2 file: \
                 `log` must be an object, not `1` at line 2 column 10",
                broken.display()
            )
        );
    }

    #[test]
    fn scripts_of_other_origins_may_read_files() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("a.test")).unwrap();
        std::fs::write(dir.path().join("a.test/x"), "x").unwrap();
        std::fs::write(dir.path().join("a.test/y"), "y").unwrap();
        let side = r#"{"headers": {"access-control-allow-origin": "https://c.test"}}"#;
        std::fs::write(dir.path().join("a.test/y.replay.json"), side).unwrap();
        let replay = open(dir.path()).unwrap();
        let allowed = |method: &str, url: &str, headers: Value| match replay
            .find(&request(method, url, &headers), &Served::default())
        {
            Found::Answer(answer) => {
                let mut headers =
                    answer.headers.iter().filter(|(name, _)| name.starts_with("access-control-allow"));
                headers.by_ref().map(|(_, value)| value.clone()).collect::<Vec<_>>().join(" ")
            }
            _ => "nothing".into(),
        };
        assert_eq!(allowed("GET", "https://a.test/x", json!({})), "");
        assert_eq!(
            allowed("GET", "https://a.test/x", json!({ "Origin": "https://b.test" })),
            "https://b.test true"
        );
        assert_eq!(
            allowed("GET", "https://a.test/y", json!({ "Origin": "https://b.test" })),
            "https://c.test"
        );
        let preflight = json!({
            "Origin": "https://b.test", "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "x-a"
        });
        assert_eq!(allowed("OPTIONS", "https://a.test/x", preflight), "PUT x-a https://b.test true");
        assert_eq!(allowed("OPTIONS", "https://a.test/x", json!({ "Origin": "https://b.test" })), "nothing");
    }

    #[test]
    fn a_miss_names_the_url_without_secrets() {
        let dir = tempfile::tempdir().unwrap();
        let replay = Replay::open(dir.path(), Redactor::new(["hunter2"].into_iter())).unwrap();
        let miss =
            replay.inner.miss(&request("GET", "https://a.test/?key=hunter2", &json!({})), "add a file");
        assert_eq!(miss, "no replay for `https://a.test/?key=[redacted]`; add a file");
    }

    #[test]
    fn a_miss_is_told_once_and_only_of_the_newest_page() {
        let dir = tempfile::tempdir().unwrap();
        let replay = open(dir.path()).unwrap();
        replay.inner.note("frame", Some("first"));
        replay.inner.note("frame", Some("second"));
        replay.inner.note("other", Some("third"));
        assert_eq!(replay.miss("frame").as_deref(), Some("second"));
        assert_eq!(replay.miss("frame"), None);
        replay.inner.note("other", None);
        assert_eq!(replay.miss("other"), None);
        for number in 0..=MISSES {
            replay.inner.note(&number.to_string(), Some("miss"));
        }
        assert_eq!(replay.inner.misses().len(), MISSES);
    }
}
