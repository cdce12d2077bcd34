//! What one page asks for, looked on at from a session of its own: no request waits for us.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chromiumoxide::cdp::browser_protocol::network::{self, GetResponseBodyParams, RequestId};
use chromiumoxide::types::MethodId;
use chromiumoxide::{Command, Method};
use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::connection::RawEvent;
use super::super::har::Pair;
use super::super::session::Session;
use super::super::watch::{Begun, Watch};
use super::super::window::Window;
use super::Extra;
use super::log::{Head, Log, Request};
use crate::Error;
use crate::large::{apart, too_large};
use crate::secret::Redactor;

/// How long the end of answers may take whose head is there when the steps have ended.
const END: Duration = Duration::from_secs(1);

/// How long bodies may take that are still to come when the steps have ended.
const REST: Duration = Duration::from_secs(5);

/// What an entry of the file has besides bodies and its URL, about.
const ENTRY: u64 = 500;

const EVENTS: &[&str] = &[
    "Network.requestWillBeSent",
    "Network.responseReceived",
    "Network.responseReceivedExtraInfo",
    "Network.loadingFinished",
    "Network.loadingFailed",
];

/// What came of a request after its events: with its number in the log.
enum Came {
    /// What it sent.
    Sent(usize, Option<Vec<u8>>),
    /// The head and the body of an answer that has ended.
    Answer(usize, Head, Option<Vec<u8>>),
}

/// The requests of a page, and of every tab that the run goes on in.
pub(crate) struct Seen {
    watch: Watch,
    log: Log,
    /// How large a body may be that is kept; none are without it.
    max: Option<u64>,
    /// How many bytes all of it may have, and how many of those are left for bodies.
    limit: u64,
    left: u64,
    url: Option<String>,
    /// Those under way, with their numbers in the log.
    open: HashMap<String, (usize, Option<Head>)>,
    bodies: FuturesUnordered<BoxFuture<'static, Came>>,
}

impl Seen {
    /// Looks on from now on.
    pub(crate) async fn start(
        window: &Window,
        redactor: Redactor,
        max: Option<u64>,
        url: Option<&str>,
        limit: u64,
    ) -> Result<Self, Error> {
        let watch = window.watch(EVENTS, begin).await?;
        let (log, url) = (Log::new(redactor), url.map(str::to_owned));
        let (open, bodies) = (HashMap::new(), FuturesUnordered::new());
        Ok(Self { watch, log, max, limit, left: limit, url, open, bodies })
    }

    /// Looks on until the page is gone.
    pub(crate) async fn run(&mut self) {
        loop {
            tokio::select! {
                event = self.watch.next() => match event {
                    Some((page, event)) => self.take(&page, &event),
                    None => return,
                },
                Some(came) = self.bodies.next() => note(&mut self.log, &mut self.left, came),
            }
        }
    }

    /// The file.
    ///
    /// # Errors
    ///
    /// When it has more bytes than it may.
    pub(crate) async fn finish(mut self) -> Result<Vec<u8>, Error> {
        self.watch.settle().await;
        while let Some((page, event)) = self.watch.now() {
            self.take(&page, &event);
        }
        // A script goes on when the head of an answer is there, so its end may still be on its way.
        let _ = tokio::time::timeout(END, self.ends()).await;
        for (number, head) in std::mem::take(&mut self.open).into_values() {
            if let Some(head) = head {
                self.log.end(number, head, None);
            }
        }
        let (log, left, bodies) = (&mut self.log, &mut self.left, &mut self.bodies);
        let rest = async {
            while let Some(came) = bodies.next().await {
                note(log, left, came);
            }
        };
        let _ = tokio::time::timeout(REST, rest).await;
        let (limit, mut log) = (self.limit, self.log);
        let all = "what `capture network` keeps";
        if self.left == 0 {
            return Err(too_large(all, limit));
        }
        log.set_changed();
        let size = usize::try_from(limit - self.left).unwrap_or(usize::MAX);
        let har = apart(size, move || log.changed().unwrap_or_default()).await;
        if har.len() as u64 > limit { Err(too_large(all, limit)) } else { Ok(har) }
    }

    /// Waits until every answer that has begun and is not a stream has ended.
    async fn ends(&mut self) {
        let comes = |(_, head): &(usize, Option<Head>)| head.as_ref().is_some_and(|head| !head.is_stream());
        while self.open.values().any(comes) {
            match self.watch.next().await {
                Some((page, event)) => self.take(&page, &event),
                None => return,
            }
        }
    }

    /// Takes an event. One that cannot be read is of a request that is then left out.
    fn take(&mut self, page: &Session, event: &RawEvent) {
        match event.method {
            "Network.requestWillBeSent" => {
                if let Ok(event) = event.parse() {
                    self.begin(page, event);
                }
            }
            "Network.responseReceived" => {
                if let Ok(Received { id, response }) = event.parse::<Received>()
                    && let Some((_, head)) = self.open.get_mut(&id)
                {
                    *head = Some(response.head());
                }
            }
            "Network.responseReceivedExtraInfo" => {
                if let Ok(extra) = event.parse::<Extra>() {
                    self.log.set_cookies(&extra.request, extra.cookies());
                }
            }
            "Network.loadingFinished" => {
                if let Ok(Finished { id, size }) = event.parse::<Finished>() {
                    self.end(page, id, size);
                }
            }
            _ => {
                if let Ok(Failed { id, reason, canceled }) = event.parse::<Failed>()
                    && let Some((number, _)) = self.open.remove(&id)
                {
                    self.log.fail(number, if canceled { "Aborted".into() } else { reason });
                }
            }
        }
    }

    fn begin(&mut self, page: &Session, event: Sent) {
        if let Some(response) = event.redirect
            && let Some((number, _)) = self.open.remove(&event.id)
        {
            self.log.end(number, response.head(), None);
        }
        let is_meant = self.url.as_ref().is_none_or(|part| event.request.url().contains(part.as_str()));
        // What an entry takes besides its bodies, about.
        let size = event.request.url().len() as u64 + ENTRY;
        self.left = self.left.saturating_sub(if is_meant { size } else { 0 });
        if is_meant && self.left > 0 {
            let hides_body = event.request.hides_body();
            let number = self.log.begin(event.request, Some(event.id.clone()));
            if hides_body {
                // Now, for it is forgotten with the page's document.
                let sent = page.send(PostData { request_id: event.id.clone() });
                self.bodies
                    .push(Box::pin(async move { Came::Sent(number, sent.await.ok().and_then(sent_body)) }));
            }
            self.open.insert(event.id, (number, None));
        }
    }

    fn end(&mut self, page: &Session, id: String, size: f64) {
        let Some((number, Some(head))) = self.open.remove(&id) else { return };
        match self.max {
            Some(max) if size <= max as f64 && self.left > 0 => {
                let session = page.clone();
                self.bodies
                    .push(Box::pin(async move { Came::Answer(number, head, body(&session, id, max).await) }));
            }
            _ => self.log.end(number, head, None),
        }
    }
}

/// Begins to look on at a page.
fn begin(page: &Session, _: bool) -> Begun {
    let enabled = page.send(network::EnableParams::default());
    Box::pin(async move { enabled.await.map(drop) })
}

/// Notes what came, while there is room for it.
fn note(log: &mut Log, left: &mut u64, came: Came) {
    let (Came::Sent(_, body) | Came::Answer(_, _, body)) = &came;
    *left = left.saturating_sub(body.as_ref().map_or(0, |body| body.len() as u64));
    if *left == 0 {
        return;
    }
    match came {
        Came::Sent(number, Some(body)) => log.set_sent(number, body),
        Came::Sent(_, None) => {}
        Came::Answer(number, head, body) => log.end(number, head, body),
    }
}

/// Asks what a request sends. The protocol's own type does not know that it may come as base64.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PostData {
    request_id: String,
}

impl Method for PostData {
    fn identifier(&self) -> MethodId {
        "Network.getRequestPostData".into()
    }
}

impl Command for PostData {
    type Response = Sending;
}

/// What it sends.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sending {
    #[serde(default)]
    post_data: String,
    #[serde(default)]
    base64_encoded: bool,
}

fn sent_body(sending: Sending) -> Option<Vec<u8>> {
    match sending.base64_encoded {
        true => STANDARD.decode(sending.post_data).ok(),
        false => Some(sending.post_data.into_bytes()),
    }
}

/// The body of an answer; none when it is too large, or the page has left it behind.
async fn body(session: &Session, id: String, max: u64) -> Option<Vec<u8>> {
    let reply = session.call(GetResponseBodyParams::new(RequestId::from(id))).await.ok()?;
    let body = match reply.base64_encoded {
        true => apart(reply.body.len(), move || STANDARD.decode(reply.body)).await.ok()?,
        false => reply.body.into_bytes(),
    };
    (body.len() as u64 <= max).then_some(body)
}

#[derive(Deserialize)]
struct Sent {
    #[serde(rename = "requestId")]
    id: String,
    request: Request,
    #[serde(rename = "redirectResponse", default)]
    redirect: Option<Response>,
}

#[derive(Deserialize)]
struct Received {
    #[serde(rename = "requestId")]
    id: String,
    response: Response,
}

#[derive(Deserialize)]
struct Finished {
    #[serde(rename = "requestId")]
    id: String,
    #[serde(rename = "encodedDataLength", default)]
    size: f64,
}

#[derive(Deserialize)]
struct Failed {
    #[serde(rename = "requestId")]
    id: String,
    #[serde(rename = "errorText", default)]
    reason: String,
    #[serde(default)]
    canceled: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    status: u16,
    #[serde(default)]
    status_text: String,
    #[serde(default)]
    headers: Map<String, Value>,
}

impl Response {
    fn head(self) -> Head {
        let headers = self.headers.into_iter().filter_map(|(name, value)| {
            let value = value.as_str()?.to_owned();
            Some(Pair { name, value })
        });
        Head {
            status: self.status,
            status_text: self.status_text,
            headers: headers.collect(),
            at: Instant::now(),
        }
    }
}
