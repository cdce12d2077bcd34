//! `GET /tasks/SLUG` as a WebSocket: the first frame is the input, then each frame is an event. It knows no other answer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_tungstenite::tokio::TokioAdapter;
use async_tungstenite::tungstenite::handshake::derive_accept_key;
use async_tungstenite::tungstenite::protocol::frame::CloseFrame;
use async_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use async_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use async_tungstenite::tungstenite::{self, Message};
use async_tungstenite::{WebSocketReceiver, WebSocketSender, WebSocketStream};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::StreamExt as _;
use http::StatusCode;
use http::header::{
    CONNECTION, HeaderMap, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION,
    UPGRADE,
};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};
use tracing::Instrument as _;

use super::drain::{Work, draining};
use super::reject::Refusal;
use super::respond::{Response, empty};
use super::runs::{Begun, Live, Reader, Way};
use super::start::Start;
use super::{Service, frame};
use crate::header::{only, split};
use crate::{Error, ErrorKind, Task, Transport};

/// How long the first frame may be on its way.
const INPUT: Duration = Duration::from_secs(10);

/// How long the other side may take to say farewell.
const FAREWELL: Duration = Duration::from_secs(1);

/// After how many heartbeats without a word from the other side it counts as gone.
const SILENCE: u32 = 3;

/// How many bytes are read at once.
const BUFFER: usize = 8 * 1024;

type Io = TokioAdapter<TokioIo<Upgraded>>;

/// Whether a request asks for a WebSocket.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    lists(headers, UPGRADE, "websocket") && lists(headers, CONNECTION, "upgrade")
}

/// Answers the handshake; the run goes on in a task of its own.
pub(super) fn open(
    service: &Arc<Service>,
    task: &Task,
    headers: &HeaderMap,
    upgrade: Option<OnUpgrade>,
) -> Result<Response, Refusal> {
    if !task.transports().contains(&Transport::WebSocket) {
        return Err(Refusal::NoSocket);
    }
    if !matches!(only(headers, SEC_WEBSOCKET_VERSION), Ok(Some(version)) if version == "13") {
        return Err(Refusal::Upgrade);
    }
    let key = key(headers)?;
    let Some(upgrade) = upgrade else {
        return Err(Refusal::Request("this connection cannot become a WebSocket".to_owned()));
    };
    let accept = HeaderValue::from_str(&derive_accept_key(key))
        .map_err(|_| Refusal::Request("`Sec-WebSocket-Key` cannot be answered".to_owned()))?;
    let (admission, open) = (service.admit(Way::Events)?, service.drain.hold());
    let (service, task) = (service.clone(), task.clone());
    let conversation = async move {
        // The server waits for this socket until it is closed.
        let _open = open;
        match upgrade.await {
            Ok(upgraded) => {
                Socket::new(service, upgraded, admission.place).await.talk(&task, admission.work).await;
            }
            Err(error) => {
                tracing::debug!(error = &error as &dyn std::error::Error, "no WebSocket came of it");
            }
        }
    };
    tokio::spawn(conversation.in_current_span());
    let mut response = empty(StatusCode::SWITCHING_PROTOCOLS);
    response.headers_mut().extend([
        (CONNECTION, HeaderValue::from_static("upgrade")),
        (UPGRADE, HeaderValue::from_static("websocket")),
        (SEC_WEBSOCKET_ACCEPT, accept),
    ]);
    Ok(response)
}

/// The handshake's key: sixteen bytes that the other side has chosen, as base64.
fn key(headers: &HeaderMap) -> Result<&[u8], Refusal> {
    let wrong = |why: &str| Refusal::Request(format!("the handshake {why}"));
    match only(headers, SEC_WEBSOCKET_KEY) {
        Ok(None) => Err(wrong("has no `Sec-WebSocket-Key`")),
        Err(_) => Err(wrong("has more than one `Sec-WebSocket-Key`")),
        Ok(Some(key)) => match STANDARD.decode(key.as_bytes()) {
            Ok(bytes) if bytes.len() == 16 => Ok(key.as_bytes()),
            _ => Err(wrong("has a `Sec-WebSocket-Key` that is not base64 of 16 bytes")),
        },
    }
}

/// Whether a header's list has that word.
fn lists(headers: &HeaderMap, name: http::HeaderName, word: &str) -> bool {
    let lines = headers.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(split).any(|element| element.eq_ignore_ascii_case(word))
}

/// A socket on which one run is told.
struct Socket {
    service: Arc<Service>,
    sender: WebSocketSender<Io>,
    receiver: WebSocketReceiver<Io>,
    /// When something came from the other side.
    heard: Mutex<Instant>,
    _place: Option<OwnedSemaphorePermit>,
}

/// Why a conversation ends before the run's own end was told.
enum End {
    /// With a last frame that says why.
    Said(Refusal),
    /// Nobody is there to be told.
    Left,
}

impl<E: Into<Refusal>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Said(error.into())
    }
}

impl Socket {
    async fn new(service: Arc<Service>, upgraded: Upgraded, place: Option<OwnedSemaphorePermit>) -> Self {
        let limit = usize::try_from(service.body.bytes).unwrap_or(usize::MAX);
        let config = WebSocketConfig::default()
            .read_buffer_size(BUFFER)
            .max_message_size(Some(limit))
            .max_frame_size(Some(limit));
        let io = TokioAdapter::new(TokioIo::new(upgraded));
        let (sender, receiver) =
            WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await.split();
        Self { service, sender, receiver, heard: Mutex::new(Instant::now()), _place: place }
    }

    /// All of it: the input, the run, the farewell.
    async fn talk(mut self, task: &Task, work: Work) {
        let end = self.run(task, work).await;
        let farewell = async {
            if let Err(End::Said(refusal)) = &end {
                self.sender.send(Message::text(refusal.frame())).await?;
            }
            if !matches!(end, Err(End::Left)) {
                let normal = CloseFrame { code: CloseCode::Normal, reason: "".into() };
                self.sender.send(Message::Close(Some(normal))).await?;
            }
            // What still comes is not read, but to cut the connection before it came may lose what was sent.
            while let Some(Ok(_)) = self.receiver.next().await {}
            Ok::<_, tungstenite::Error>(())
        };
        // Whoever is slow to say farewell has heard all.
        let _ = timeout(FAREWELL, farewell).await;
    }

    async fn run(&mut self, task: &Task, work: Work) -> Result<(), End> {
        let Self { service, sender, receiver, heard, .. } = self;
        let limit = service.body.bytes;
        let input = tokio::select! {
            input = timeout(INPUT, first(receiver, limit)) => input.unwrap_or_else(|_| Err(late().into()))?,
            () = service.drain.started() => return Err(draining().into()),
        };
        let start = Start { task, input: input.into(), way: Way::Events, key: None, work };
        let begun = tokio::select! {
            begun = service.start(start) => begun?,
            // While it waits for its window, to drop it is enough.
            end = listen(receiver, heard, limit) => return Err(end.err().unwrap_or_else(|| cancelled().into())),
        };
        // It has no key, so it is nobody else's.
        let Begun::New(attendance) = begun else { return Err(cancelled().into()) };
        let live = attendance.share();
        let reader = service.runs.own(attendance);
        *lock(heard) = Instant::now();
        tokio::select! {
            told = tell(sender, reader, service.heartbeat) => told.map_err(|_| End::Left),
            end = obey(receiver, heard, limit, &live) => Err(end),
            () = silence(heard, service.heartbeat.saturating_mul(SILENCE)) => Err(End::Left),
        }
    }
}

/// The first frame.
async fn first(receiver: &mut WebSocketReceiver<Io>, limit: u64) -> Result<String, End> {
    loop {
        match receive(receiver, limit).await? {
            Message::Text(text) => return Ok(text.to_string()),
            Message::Binary(_) => {
                let message = "the input must be a text frame, and came as a binary one";
                return Err(Refusal::Body(message.to_owned()).into());
            }
            _ => {}
        }
    }
}

/// Sends every event, and asks now and then whether somebody is there.
async fn tell(
    sender: &mut WebSocketSender<Io>,
    mut reader: Reader,
    heartbeat: Duration,
) -> Result<(), tungstenite::Error> {
    let mut beats = interval_at(Instant::now() + heartbeat, heartbeat);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let message = tokio::select! {
            told = reader.next() => match told {
                Some(told) => Message::text(frame::object(&told, false)),
                None => return Ok(()),
            },
            _ = beats.tick() => Message::Ping(Default::default()),
        };
        sender.send(message).await?;
    }
}

/// Cancels the run when it is told to, until the other side leaves or says what nobody understands.
async fn obey(receiver: &mut WebSocketReceiver<Io>, heard: &Mutex<Instant>, limit: u64, live: &Live) -> End {
    loop {
        match listen(receiver, heard, limit).await {
            Ok(()) => live.cancel(),
            Err(end) => return end,
        }
    }
}

/// Waits until the other side wants the run to end.
async fn listen(receiver: &mut WebSocketReceiver<Io>, heard: &Mutex<Instant>, limit: u64) -> Result<(), End> {
    loop {
        let message = receive(receiver, limit).await?;
        *lock(heard) = Instant::now();
        let cancels = match message {
            Message::Text(text) => {
                serde_json::from_str(&text).is_ok_and(|said: Value| said == json!({ "cancel": true }))
            }
            Message::Binary(_) => false,
            _ => continue,
        };
        if !cancels {
            let message = "only `{\"cancel\":true}` may follow the input";
            return Err(Refusal::Body(message.to_owned()).into());
        }
        return Ok(());
    }
}

/// The next message of somebody who is there.
async fn receive(receiver: &mut WebSocketReceiver<Io>, limit: u64) -> Result<Message, End> {
    match receiver.next().await {
        Some(Ok(Message::Close(_))) | None => Err(End::Left),
        Some(Ok(message)) => Ok(message),
        Some(Err(tungstenite::Error::Capacity(_))) => Err(Refusal::TooLarge(limit).into()),
        Some(Err(tungstenite::Error::Utf8(_))) => {
            Err(Refusal::Body("a text frame is not UTF-8".to_owned()).into())
        }
        Some(Err(_)) => Err(End::Left),
    }
}

/// Waits until nothing came for so long.
async fn silence(heard: &Mutex<Instant>, limit: Duration) {
    loop {
        let end = *lock(heard) + limit;
        if end <= Instant::now() {
            return;
        }
        sleep_until(end).await;
    }
}

fn lock(heard: &Mutex<Instant>) -> MutexGuard<'_, Instant> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}

fn late() -> Refusal {
    Refusal::Body(format!("no input came within {INPUT:?}; send it as the first text frame"))
}

fn cancelled() -> Error {
    Error::new(ErrorKind::Cancelled, "the run was cancelled")
}
