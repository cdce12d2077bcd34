//! What is kept of a run while it goes on, for the case that it fails: its steps, and what its page says and asks for.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use chromiumoxide::cdp::browser_protocol::network;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::page::Page;
use super::{Failures, Part};
use crate::browser::{Begun, ConsoleMessage, RawEvent, Session, Watch, Window, heard, listen, timestamp};
use crate::error::shown;
use crate::secret::Redactor;
use crate::{Error, Step};

/// How many steps, messages and requests are kept, the last ones.
const LAST: usize = 200;

/// How many characters of a message.
const LENGTH: usize = 2_000;

const EVENTS: &[&str] = &[
    "Runtime.consoleAPICalled",
    "Runtime.exceptionThrown",
    "Network.requestWillBeSent",
    "Network.responseReceived",
    "Network.loadingFinished",
    "Network.loadingFailed",
];

/// What is kept of a run.
pub(crate) struct Recorder {
    failures: Failures,
    began: SystemTime,
    since: Instant,
    redactor: Redactor,
    steps: Mutex<Last<Begins>>,
    watch: Option<Watch>,
    seen: Mutex<Seen>,
}

/// What was seen of its page, and of every tab that it went on in.
#[derive(Default)]
struct Seen {
    console: Last<Said>,
    requests: Last<Request>,
}

/// The last of many.
struct Last<T> {
    list: VecDeque<T>,
    /// How many there were before.
    dropped: u64,
}

/// A step that began.
#[derive(Serialize)]
struct Begins {
    #[serde(flatten)]
    step: Step,
    /// When, from the run's beginning.
    at_ms: u64,
}

#[derive(Serialize)]
struct Said {
    at_ms: u64,
    #[serde(flatten)]
    message: ConsoleMessage,
}

#[derive(Serialize)]
struct Request {
    #[serde(skip)]
    id: String,
    at_ms: u64,
    method: String,
    url: String,
    #[serde(rename = "type")]
    kind: String,
    status: Option<u16>,
    error: Option<String>,
    /// How long it took; null while it goes on.
    ms: Option<u64>,
}

/// What is read of an event of the network.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    request_id: String,
    #[serde(default)]
    request: Option<Asked>,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    redirect_response: Option<Answered>,
    #[serde(default)]
    response: Option<Answered>,
    #[serde(default)]
    error_text: Option<String>,
}

#[derive(Deserialize)]
struct Asked {
    method: String,
    url: String,
}

#[derive(Deserialize)]
struct Answered {
    status: u16,
}

impl Recorder {
    /// Listens to the run's page from now on, if it has one.
    ///
    /// # Errors
    ///
    /// [`BrowserLost`](crate::ErrorKind::BrowserLost) when the page is gone.
    pub(crate) async fn start(
        failures: &Failures,
        window: Option<&Window>,
        redactor: &Redactor,
    ) -> Result<Self, Error> {
        let watch = match window {
            Some(window) => Some(window.watch(EVENTS, begin).await?),
            None => None,
        };
        Ok(Self {
            failures: failures.clone(),
            began: SystemTime::now(),
            since: Instant::now(),
            redactor: redactor.clone(),
            steps: Mutex::default(),
            watch,
            seen: Mutex::default(),
        })
    }

    /// Takes what the page tells, until it is gone.
    pub(crate) async fn listen(&self) {
        let Some(watch) = &self.watch else { return };
        while let Some((_, event)) = watch.next().await {
            self.take(&event);
        }
    }

    /// A step begins.
    pub(crate) fn begins(&self, step: &Step) {
        let begins = Begins { step: step.clone(), at_ms: self.now() };
        lock(&self.steps).push(begins);
    }

    /// Writes the folder of the run, which failed by that error, and gives the folder's name.
    pub(crate) async fn keep(
        &self,
        (run, task): (String, &str),
        error: &Error,
        window: Option<&Window>,
    ) -> Option<String> {
        let redactor = &self.redactor;
        let ms = self.now();
        let page = match window {
            Some(window) => Some(Page::of(window, redactor).await),
            None => None,
        };
        while let Some((_, event)) = self.watch.as_ref().and_then(Watch::now) {
            self.take(&event);
        }
        let clean = |value: Value| pretty(&redactor.value(value));
        let mut parts: Vec<Part> = Vec::new();
        {
            let (steps, seen) = (lock(&self.steps), lock(&self.seen));
            let missing = page.as_ref().map(|page| &page.missing);
            parts.push((
                "run.json",
                clean(json!({
                    "run": run,
                    "task": task,
                    "began": timestamp(self.began),
                    "ms": ms,
                    "error": error,
                    "steps": steps.list,
                    "stepsBefore": steps.dropped,
                    "missing": missing,
                })),
            ));
            if window.is_some() {
                parts.push(("console.json", clean(json!(seen.console.list))));
                parts.push(("requests.json", clean(json!(seen.requests.list))));
            }
        }
        if let Some(page) = page {
            parts.extend(page.html.map(|html| ("page.html", html.into_bytes())));
            parts.extend(page.picture.map(|picture| ("page.png", picture)));
        }
        self.failures.keep(run, parts).await
    }

    /// How long the run goes on, in milliseconds.
    fn now(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn take(&self, event: &RawEvent) {
        let (at_ms, mut seen) = (self.now(), lock(&self.seen));
        if event.method.starts_with("Runtime.") {
            if let Some(mut message) = heard(event, &self.redactor) {
                message.text = message.text.chars().take(LENGTH).collect();
                message.url = message.url.as_deref().and_then(shown);
                seen.console.push(Said { at_ms, message });
            }
        } else if let Ok(told) = serde_json::from_str::<Event>(event.params.get()) {
            seen.requests.network(told, at_ms);
        }
    }
}

impl Last<Request> {
    fn network(&mut self, told: Event, at_ms: u64) {
        let Event { request_id: id, request, kind, redirect_response, response, error_text } = told;
        let known = self.list.iter_mut().rev().find(|request| request.id == id);
        if let Some(known) = known {
            let answer = redirect_response.as_ref().or(response.as_ref());
            if let Some(answer) = answer {
                known.status = Some(answer.status);
            }
            known.error = known.error.take().or(error_text);
            // Its head alone is no end.
            if response.is_none() {
                known.ms = Some(at_ms.saturating_sub(known.at_ms));
            }
        }
        if let Some(Asked { method, url }) = request {
            let url = shown(&url).unwrap_or(url);
            self.push(Request { id, at_ms, method, url, kind, status: None, error: None, ms: None });
        }
    }
}

impl<T> Last<T> {
    fn push(&mut self, one: T) {
        if self.list.len() == LAST {
            self.list.pop_front();
            self.dropped += 1;
        }
        self.list.push_back(one);
    }
}

impl<T> Default for Last<T> {
    fn default() -> Self {
        Self { list: VecDeque::new(), dropped: 0 }
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").finish_non_exhaustive()
    }
}

/// Begins to listen to a page.
fn begin(page: &Session, is_first: bool) -> Begun {
    let console = listen(page, is_first);
    // No body is kept.
    let buffers = network::EnableParams {
        max_total_buffer_size: Some(0),
        max_resource_buffer_size: Some(0),
        ..Default::default()
    };
    let requests = page.send(buffers);
    Box::pin(async move {
        console.await?;
        requests.await.map(drop)
    })
}

fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
