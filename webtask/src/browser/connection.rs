//! One WebSocket to the browser: calls with their replies, and events to whoever asked. It knows no page.
//!
//! Only the envelope of a message is read here. What is inside is parsed by the caller that waits for it, so that a
//! reply which does not fit its type fails that one call and nothing else.

mod routes;

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use async_tungstenite::tungstenite::{Error as WsError, Message};
use async_tungstenite::{WebSocketReceiver, WebSocketSender};
use chromiumoxide::Command;
use chromiumoxide::cdp::browser_protocol::target::SessionId;
use futures::{SinkExt, StreamExt};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::sync::{mpsc, oneshot};
use tokio::task::AbortHandle;

use self::routes::{Answer, Listener, Pending, Routes};
use super::dial::{Bytes, dial};
use super::network::Network;
use super::popup::Followed;
use super::remote::Endpoint;
use super::watchdog::ENDED;
use super::whole::Whole;
use crate::large::{self, LARGE, apart};
use crate::misfit::Misfit;
use crate::{Error, ErrorKind};

/// How many bytes an answer of a page may always have: what steps ask for themselves is not a result.
const OWN: u64 = 64 << 10;

/// Why calls end of a page that was closed.
pub(super) const CLOSED: &str = "the page was closed";

/// Why they end of one whose process has.
pub(super) const CRASHED: &str = "the page's process crashed";

/// A connection to the browser. A clone is another handle of the same.
#[derive(Clone)]
pub(crate) struct Connection {
    inner: Arc<Inner>,
}

/// The events that somebody asked for, from the moment of asking on.
#[derive(Debug)]
pub(crate) struct Events {
    receiver: mpsc::UnboundedReceiver<RawEvent>,
    connection: Connection,
    session: String,
    number: u64,
}

/// An event as it came.
#[derive(Debug)]
pub(crate) struct RawEvent {
    pub(crate) method: &'static str,
    pub(crate) params: Box<RawValue>,
}

/// The browser's refusal of a call: the source of the [`Error`] that the caller gets.
#[derive(Debug, Deserialize)]
pub(crate) struct Refusal {
    message: String,
    #[serde(default)]
    data: Option<String>,
}

struct Inner {
    url: String,
    next: AtomicU64,
    outgoing: mpsc::UnboundedSender<Message>,
    routes: Mutex<Routes>,
    network: Network,
    followed: Followed,
    whole: Whole,
    /// How many bytes a page may give at once.
    results: AtomicU64,
    tasks: OnceLock<[AbortHandle; 2]>,
}

#[derive(Serialize)]
struct Call<'a, C> {
    id: u64,
    method: &'a str,
    #[serde(rename = "sessionId", skip_serializing_if = "str::is_empty")]
    session: &'a str,
    params: &'a C,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    id: Option<u64>,
    #[serde(rename = "sessionId", borrow)]
    session: Option<Cow<'a, str>>,
    #[serde(borrow)]
    method: Option<Cow<'a, str>>,
    #[serde(borrow)]
    params: Option<&'a RawValue>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error: Option<Refusal>,
}

impl Connection {
    /// Connects to the browser's own endpoint, `ws://HOST:PORT/devtools/browser/ID`, or the same by `wss`.
    pub(crate) async fn open(url: &str) -> Result<Self, Error> {
        let socket = dial(url).await?;
        let (sink, source) = socket.split();

        let (outgoing, queue) = mpsc::unbounded_channel();
        let inner = Arc::new(Inner {
            url: url.to_owned(),
            next: AtomicU64::new(1),
            outgoing,
            routes: Mutex::default(),
            network: Network::default(),
            followed: Followed::default(),
            whole: Whole::default(),
            results: AtomicU64::new(large::RESULTS),
            tasks: OnceLock::new(),
        });
        let reader = tokio::spawn(read(Guard(inner.clone()), source)).abort_handle();
        let writer = tokio::spawn(write(queue, sink)).abort_handle();
        let _ = inner.tasks.set([reader, writer]);
        Ok(Self { inner })
    }

    /// Where it is connected to.
    pub(crate) fn url(&self) -> &str {
        &self.inner.url
    }

    /// Whether the browser is, for all that is known, on this machine.
    pub(crate) fn is_local(&self) -> bool {
        url::Url::parse(self.url()).is_ok_and(|url| match url.host() {
            Some(url::Host::Domain(name)) => name == "localhost",
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        })
    }

    /// Calls a command and waits for its reply, at most that long.
    pub(crate) async fn call<C: Command>(
        &self,
        session: Option<&SessionId>,
        command: C,
        limit: Duration,
    ) -> Result<C::Response, Error> {
        self.send(session, command, limit).await
    }

    /// Writes a command now and gives its reply as a future; several of them are under way at once, in order. Dropping
    /// the future forgets the reply.
    #[expect(clippy::needless_pass_by_value, reason = "a command is made for one call")]
    pub(crate) fn send<C: Command>(
        &self,
        session: Option<&SessionId>,
        command: C,
        limit: Duration,
    ) -> impl Future<Output = Result<C::Response, Error>> + Send + use<C> {
        let session = session.map_or("", |session| session.as_ref());
        let method = command.identifier();
        let waiting = self.write(session, &method, &command);
        // As long as the call is under way, in whatever span it was begun.
        let span = tracing::trace_span!(
            target: "webtask::protocol", "call", method = &*method, session, id = waiting.as_ref().ok().map(|waiting| waiting.id)
        );
        async move {
            let _span = span;
            let mut waiting = waiting?;
            let answer = match tokio::time::timeout(limit, &mut waiting.reply).await {
                Ok(Ok(answer)) => answer,
                Ok(Err(_)) => Answer::Lost("the connection to the browser ended"),
                Err(_) => return Err(late(&method, limit, waiting.of_page)),
            };
            match answer {
                Answer::Result(result) => parsed(result).await.map_err(|error| {
                    Error::new(
                        ErrorKind::Internal,
                        format!("the reply to `{method}` cannot be read: {}", Misfit::of(&error)),
                    )
                    .with_source(error)
                }),
                Answer::Refused(refusal) => {
                    Err(Error::step_failed(format!("`{method}` failed: {refusal}")).with_source(refusal))
                }
                Answer::Lost(reason) => Err(Error::new(ErrorKind::BrowserLost, reason)),
            }
        }
    }

    /// The events of a session, or of the browser itself, that have one of those names.
    pub(crate) fn events(&self, session: Option<&SessionId>, methods: &'static [&'static str]) -> Events {
        let session = session.map_or("", |session| session.as_ref()).to_owned();
        let number = self.inner.next.fetch_add(1, Ordering::Relaxed);
        let (sender, receiver) = mpsc::unbounded_channel();
        let mut routes = self.inner.routes();
        if routes.end_of(&session).is_none() {
            routes.listeners.entry(session.clone()).or_default().push(Listener { number, methods, sender });
        }
        drop(routes);
        Events { receiver, connection: self.clone(), session, number }
    }

    /// Keeps note of how a session ends, until [`forget`](Self::forget).
    pub(super) fn watch(&self, session: &SessionId) {
        self.inner.routes().watched.insert(session.as_ref().to_owned(), None);
    }

    /// Ends what still waits for a session, and forgets it.
    pub(super) fn forget(&self, session: &SessionId) {
        let mut routes = self.inner.routes();
        routes.end(session.as_ref(), CLOSED);
        routes.watched.remove(session.as_ref());
    }

    /// Why a watched session, or the connection, ended; none while it stands.
    pub(super) fn end_of(&self, session: &SessionId) -> Option<Error> {
        let reason = self.inner.routes().end_of(session.as_ref())?;
        Some(Error::new(ErrorKind::BrowserLost, reason))
    }

    /// How long the browser has said nothing; none when it never did.
    pub(super) fn quiet(&self) -> Option<Duration> {
        self.inner.routes().heard.map(|heard| heard.elapsed())
    }

    /// How many bytes a page may give at once.
    pub(super) fn results(&self) -> u64 {
        self.inner.results.load(Ordering::Relaxed)
    }

    pub(super) fn set_results(&self, bytes: u64) {
        self.inner.results.store(bytes.max(OWN), Ordering::Relaxed);
    }

    pub(super) fn network(&self) -> &Network {
        &self.inner.network
    }

    pub(super) fn whole(&self) -> &Whole {
        &self.inner.whole
    }

    pub(super) fn followed(&self) -> &Followed {
        &self.inner.followed
    }

    /// Whether the browser is gone.
    pub(crate) fn is_lost(&self) -> bool {
        self.inner.routes().lost.is_some()
    }

    /// Ends every call with that reason, and the tasks behind.
    pub(crate) fn close(&self, reason: &'static str) {
        self.inner.lose(reason);
        for task in self.inner.tasks.get().into_iter().flatten() {
            task.abort();
        }
    }

    fn write<C: Command>(&self, session: &str, method: &str, command: &C) -> Result<Waiting, Error> {
        let id = self.inner.next.fetch_add(1, Ordering::Relaxed);
        let text =
            serde_json::to_string(&Call { id, method, session, params: command }).map_err(|error| {
                Error::new(ErrorKind::Internal, format!("`{method}` cannot be written: {error}"))
                    .with_source(error)
            })?;
        let (sender, reply) = oneshot::channel();
        let mut routes = self.inner.routes();
        if let Some(reason) = routes.end_of(session) {
            return Err(Error::new(ErrorKind::BrowserLost, reason));
        }
        routes.pending.insert(id, Pending { session: session.to_owned(), reply: sender });
        // In the lock, so that numbers and messages have one order. A writer that is gone has ended the connection.
        let _ = self.inner.outgoing.send(Message::text(text));
        drop(routes);
        Ok(Waiting { id, reply, of_page: !session.is_empty(), inner: self.inner.clone() })
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("url", &Endpoint(self.inner.url.clone())).finish_non_exhaustive()
    }
}

impl Events {
    /// The next event, or none after the end of the session or of the connection.
    pub(crate) async fn next(&mut self) -> Option<RawEvent> {
        self.receiver.recv().await
    }

    /// The next event as [`next`](Self::next) gives it, when it is there.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<RawEvent>> {
        self.receiver.poll_recv(cx)
    }

    /// An event that is there already.
    pub(crate) fn now(&mut self) -> Option<RawEvent> {
        self.receiver.try_recv().ok()
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        let mut routes = self.connection.inner.routes();
        if let Some(listeners) = routes.listeners.get_mut(&self.session) {
            listeners.retain(|listener| listener.number != self.number);
            if listeners.is_empty() {
                routes.listeners.remove(&self.session);
            }
        }
    }
}

impl RawEvent {
    /// Its parameters, as their type.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_str(self.params.get()).map_err(|error| {
            Error::new(
                ErrorKind::Internal,
                format!("`{}` cannot be read: {}", self.method, Misfit::of(&error)),
            )
            .with_source(error)
        })
    }
}

impl Refusal {
    /// The refusal from which an error came.
    pub(crate) fn of(error: &Error) -> Option<&Self> {
        std::error::Error::source(error)?.downcast_ref()
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.data {
            Some(data) => write!(f, " ({data})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Refusal {}

/// A call whose reply is still to come; dropping it forgets the reply.
struct Waiting {
    id: u64,
    reply: oneshot::Receiver<Answer>,
    of_page: bool,
    inner: Arc<Inner>,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.inner.routes().pending.remove(&self.id);
    }
}

fn late(method: &str, limit: Duration, of_page: bool) -> Error {
    match of_page {
        true => Error::step_failed(format!("the page did not answer `{method}` within {limit:?}")),
        false => Error::new(
            ErrorKind::BrowserLost,
            format!("the browser did not answer `{method}` within {limit:?}"),
        ),
    }
}

impl Inner {
    fn routes(&self) -> MutexGuard<'_, Routes> {
        self.routes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lose(&self, reason: &'static str) {
        let mut routes = self.routes();
        if routes.lost.is_some() {
            return;
        }
        routes.listeners.clear();
        for (_, pending) in routes.pending.drain() {
            let _ = pending.reply.send(Answer::Lost(reason));
        }
        routes.lost = Some(reason);
    }

    fn take(&self, text: &str) {
        let envelope: Envelope<'_> = match serde_json::from_str(text) {
            Ok(envelope) => envelope,
            Err(error) => {
                // Whoever waits for it has a deadline.
                tracing::warn!(%error, "a message of the browser cannot be read");
                return;
            }
        };
        let mut routes = self.routes();
        routes.heard = Some(Instant::now());
        if let Some(id) = envelope.id {
            let Some(pending) = routes.pending.remove(&id) else { return };
            let answer = match envelope.error {
                Some(refusal) => Answer::Refused(refusal),
                None => Answer::Result(envelope.result.map_or_else(empty, ToOwned::to_owned)),
            };
            let _ = pending.reply.send(answer);
        } else if let Some(method) = &envelope.method {
            let session = envelope.session.as_deref().unwrap_or_default();
            routes.event(session, method, envelope.params);
        }
    }
}

/// A reply as its type. A large one is read apart: then it is one long text, or many small values, and to make the type of
/// what was read moves them.
async fn parsed<T: DeserializeOwned>(reply: Box<RawValue>) -> serde_json::Result<T> {
    let size = reply.get().len();
    if size < LARGE {
        return serde_json::from_str(reply.get());
    }
    serde_json::from_value(apart(size, move || serde_json::from_str::<Value>(reply.get())).await?)
}

fn empty() -> Box<RawValue> {
    RawValue::from_string("{}".into()).expect("an empty object is JSON")
}

/// Ends the connection with the task that reads it, however that ends: also with its runtime.
struct Guard(Arc<Inner>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.lose(ENDED);
    }
}

async fn read(guard: Guard, mut source: WebSocketReceiver<Bytes>) {
    while let Some(Ok(message)) = source.next().await {
        match message {
            // The next one waits, so that all come in their order.
            Message::Text(text) => {
                let inner = guard.0.clone();
                apart(text.len(), move || inner.take(&text)).await;
            }
            Message::Close(_) => return,
            _ => {}
        }
    }
}

async fn write(mut queue: mpsc::UnboundedReceiver<Message>, mut sink: WebSocketSender<Bytes>) {
    // The reader sees the end too, and tells it.
    let _ = write_all(&mut queue, &mut sink).await;
}

/// What waits to be written goes together: many small calls cost the browser as much to read as to do.
async fn write_all(
    queue: &mut mpsc::UnboundedReceiver<Message>,
    sink: &mut WebSocketSender<Bytes>,
) -> Result<(), WsError> {
    while let Some(message) = queue.recv().await {
        sink.feed(message).await?;
        while let Ok(message) = queue.try_recv() {
            sink.feed(message).await?;
        }
        sink.flush().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
