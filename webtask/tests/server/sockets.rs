//! Tasks over WebSockets.

use std::net::SocketAddr;
use std::time::Duration;

use async_tungstenite::WebSocketStream;
use async_tungstenite::tokio::{TokioAdapter, client_async};
use async_tungstenite::tungstenite::Message;
use async_tungstenite::tungstenite::client::IntoClientRequest as _;
use async_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use futures::StreamExt as _;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Running;
use crate::tasks::Gate;
use crate::wire::{Answer, connect, raw, within};

/// A client of a task.
pub(crate) struct Socket(WebSocketStream<TokioAdapter<TcpStream>>);

/// What a client hears.
#[derive(Debug, PartialEq)]
pub(crate) enum Heard {
    Frame(Value),
    Ping,
    /// The code of the last frame.
    Closed(CloseCode),
    Cut,
}

impl Socket {
    pub(crate) async fn open(server: &Running, slug: &str) -> Self {
        Self::open_at(server.address, slug).await
    }

    async fn open_at(address: SocketAddr, slug: &str) -> Self {
        let request = format!("ws://{address}/tasks/{slug}").into_client_request().expect("a request");
        let (socket, answer) =
            within(client_async(request, connect(address).await)).await.expect("a handshake");
        assert_eq!(answer.status(), 101);
        Self(socket)
    }

    /// Begins a run.
    pub(crate) async fn begin(server: &Running, slug: &str, input: &Value) -> Self {
        Self::begin_at(server.address, slug, input).await
    }

    pub(crate) async fn begin_at(address: SocketAddr, slug: &str, input: &Value) -> Self {
        let mut socket = Self::open_at(address, slug).await;
        socket.say(&input.to_string()).await;
        socket
    }

    pub(crate) async fn say(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.expect("sent");
    }

    pub(crate) async fn hear(&mut self) -> Heard {
        match within(self.0.next()).await {
            Some(Ok(Message::Text(text))) => Heard::Frame(serde_json::from_str(&text).expect("JSON")),
            Some(Ok(Message::Ping(_))) => Heard::Ping,
            Some(Ok(Message::Close(frame))) => Heard::Closed(frame.expect("a code").code),
            Some(Ok(other)) => panic!("{other:?}"),
            Some(Err(_)) | None => Heard::Cut,
        }
    }

    pub(crate) async fn frame(&mut self) -> Value {
        match self.hear().await {
            Heard::Frame(frame) => frame,
            other => panic!("{other:?}"),
        }
    }

    /// The code of the error with which it ends, and that it ends in good order.
    pub(crate) async fn error(&mut self) -> (String, String) {
        let frame = self.frame().await;
        assert_eq!(frame["event"], "error", "{frame}");
        let keys: Vec<_> = frame["data"].as_object().expect("data").keys().collect();
        assert_eq!(keys, ["message", "code", "step", "retryable"]);
        assert_eq!(self.hear().await, Heard::Closed(CloseCode::Normal));
        let text = |name: &str| frame["data"][name].as_str().expect("a text").to_owned();
        (text("code"), text("message"))
    }
}

fn handshake(server: &Running, slug: &str, headers: &[(&str, &str)]) -> String {
    let mut text = format!("GET /tasks/{slug} HTTP/1.1\r\n");
    let given = |name: &str| headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    let host = server.address.to_string();
    for (name, value) in [
        ("Host", host.as_str()),
        ("Connection", "keep-alive, Upgrade"),
        ("Upgrade", "WebSocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ] {
        if !given(name) {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text + "\r\n"
}

async fn shake(server: &Running, slug: &str, headers: &[(&str, &str)]) -> Answer {
    raw(server.address, handshake(server, slug, headers).as_bytes()).await.finish().await
}

#[tokio::test]
async fn a_run_is_told_in_frames() {
    let server = Running::new().await;
    let gate = Gate::new("socket");
    let mut socket = Socket::begin(&server, "everywhere", &gate.input()).await;
    for part in 0..3 {
        gate.open();
        let data = json!({ "text": format!("part {part}"), "data": part });
        assert_eq!(socket.frame().await, json!({ "event": "part", "data": data }));
    }
    assert_eq!(
        socket.frame().await,
        json!({ "event": "done", "data": { "ok": true, "data": { "parts": 3 } } })
    );
    assert_eq!(socket.hear().await, Heard::Closed(CloseCode::Normal));
    server.end().await;
}

#[tokio::test]
async fn the_handshake_is_the_standards() {
    let server = Running::new().await;
    let head = raw(server.address, handshake(&server, "everywhere", &[]).as_bytes()).await;
    assert_eq!(head.status, 101);
    assert_eq!(head.header("sec-websocket-accept"), Some("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    for (headers, status, code) in [
        (&[("Sec-WebSocket-Version", "8")][..], 426, "UPGRADE_REQUIRED"),
        (&[("Sec-WebSocket-Key", "")], 400, "BAD_REQUEST"),
    ] {
        let answer = shake(&server, "everywhere", headers).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code));
        assert_eq!(answer.header("sec-websocket-version"), (status == 426).then_some("13"));
    }
    // Whoever does not ask for one gets the description.
    for headers in [[("Upgrade", "h2c")], [("Connection", "keep-alive")]] {
        assert_eq!(shake(&server, "everywhere", &headers).await.json()["name"], "everywhere");
    }
    let answer = shake(&server, "no", &[]).await;
    assert_eq!((answer.status, answer.code().as_str()), (404, "UNKNOWN_TASK"));
    server.end().await;
}

#[tokio::test]
async fn a_task_without_the_transport_opens_none() {
    let server = Running::new().await;
    let answer = shake(&server, "gated", &[]).await;
    assert_eq!((answer.status, answer.code().as_str()), (406, "NOT_ACCEPTABLE"));
    assert_eq!(answer.message(), "the task does not accept WebSockets; give it `transport websocket`");
    let mut only = Socket::begin(&server, "unreachable", &json!({})).await;
    assert_eq!(only.frame().await["event"], "done");
    server.end().await;
}

#[tokio::test]
async fn a_foreign_page_opens_none() {
    let server = Running::new().await;
    for (headers, code) in [
        ([("Origin", "https://evil.example")], "FORBIDDEN_ORIGIN"),
        ([("Origin", "null")], "FORBIDDEN_ORIGIN"),
        ([("Sec-Fetch-Site", "cross-site")], "FORBIDDEN_ORIGIN"),
        ([("Sec-Fetch-Site", "same-site")], "FORBIDDEN_ORIGIN"),
        ([("Host", "evil.example")], "FORBIDDEN_HOST"),
    ] {
        let answer = shake(&server, "everywhere", &headers).await;
        assert_eq!((answer.status, answer.code().as_str()), (403, code), "{headers:?}");
    }
    let own = format!("http://{}", server.address);
    let head = raw(server.address, handshake(&server, "everywhere", &[("Origin", &own)]).as_bytes()).await;
    assert_eq!(head.status, 101);
    server.end().await;
}

#[tokio::test]
async fn every_failure_after_the_upgrade_is_a_frame() {
    let server = Running::with(|server| server.body_limit(100)).await;
    let long = "a".repeat(200);
    for (slug, input, code) in [
        ("echo", "{", "BAD_BODY"),
        ("echo", "[]", "BAD_BODY"),
        ("echo", long.as_str(), "BODY_TOO_LARGE"),
        ("fail", r#"{"kind":"STEP_FAILED"}"#, "STEP_FAILED"),
        ("fail", r#"{"kind":"INTERNAL"}"#, "INTERNAL"),
    ] {
        let mut socket = Socket::open(&server, slug).await;
        socket.say(input).await;
        let (known, message) = socket.error().await;
        assert_eq!(known, code, "{slug} {message}");
        assert!(message.len() < 200 && !message.contains("detail"), "{message}");
    }
    let mut socket = Socket::open(&server, "echo").await;
    socket.0.send(Message::binary(&b"{}"[..])).await.expect("sent");
    assert_eq!(socket.error().await.0, "BAD_BODY");
    // An empty input is one.
    let mut socket = Socket::open(&server, "echo").await;
    socket.say("").await;
    assert_eq!(socket.frame().await, json!({ "event": "done", "data": { "ok": true, "data": {} } }));
    server.end().await;
}

#[tokio::test]
async fn a_socket_that_says_nothing_is_closed() {
    let server = Running::new().await;
    let mut socket = Socket::open(&server, "echo").await;
    let (code, message) = socket.error().await;
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("BAD_BODY", "no input came within 10s; send it as the first text frame")
    );
    server.end().await;
}

#[tokio::test]
async fn a_frame_cancels() {
    let server = Running::new().await;
    let gate = Gate::new("socket cancel");
    let mut socket = Socket::begin(&server, "everywhere", &gate.input()).await;
    gate.open();
    socket.frame().await;
    socket.say(" {\"cancel\" : true} ").await;
    assert_eq!(socket.error().await, ("CANCELLED".to_owned(), "the run was cancelled".to_owned()));
    gate.left().await;
    server.end().await;
}

#[tokio::test]
async fn what_nobody_understands_ends_the_run() {
    let server = Running::new().await;
    for (name, said) in [
        ("socket text", "stop"),
        ("socket more", "{\"cancel\":true,\"a\":1}"),
        ("socket no", "{\"cancel\":false}"),
    ] {
        let gate = Gate::new(name);
        let mut socket = Socket::begin(&server, "everywhere", &gate.input()).await;
        gate.entered().await;
        socket.say(said).await;
        let (code, message) = socket.error().await;
        assert_eq!(
            (code.as_str(), message.as_str()),
            ("BAD_BODY", "only `{\"cancel\":true}` may follow the input")
        );
        gate.left().await;
    }
    server.end().await;
}

#[tokio::test]
async fn a_peer_that_does_not_answer_counts_as_gone() {
    let server = Running::with(|server| server.heartbeat(Duration::from_millis(100))).await;
    let (dead, alive) = (Gate::new("socket dead"), Gate::new("socket alive"));
    // It never reads, so it never answers a ping.
    let _dead = Socket::begin(&server, "everywhere", &dead.input()).await;
    dead.entered().await;
    // While the other one answers, if in good time: a busy machine may be late, but not for ever.
    let mut other = Socket::begin(&server, "everywhere", &alive.input()).await;
    assert_eq!(other.hear().await, Heard::Ping);
    dead.left().await;
    server.end().await;
}

#[tokio::test]
async fn a_reader_that_does_not_read_frames_is_dropped() {
    let server = Running::with(|server| server.slow_reader_timeout(Duration::from_millis(100))).await;
    let gate = Gate::new("socket slow");
    let mut socket = Socket::begin(&server, "flood", &gate.input()).await;
    gate.left().await;
    let told = gate.told.load(std::sync::atomic::Ordering::Relaxed) * crate::tasks::FLOOD_SIZE;
    assert!(told < 64 * 1024 * 1024, "{told} bytes were told to nobody");
    let mut last = socket.frame().await;
    while let Heard::Frame(frame) = socket.hear().await {
        last = frame;
    }
    assert_eq!((&last["event"], &last["data"]["code"]), (&json!("error"), &json!("SLOW_READER")));
    server.end().await;
}

#[tokio::test]
async fn what_a_caller_puts_into_frames_stays_in_them() {
    let server = Running::new().await;
    let evil = json!({ "a": "x\r\n\0\u{2028}\"}", "b\n": ["\u{1F600}"] });
    let mut socket = Socket::begin(&server, "echo", &evil).await;
    assert_eq!(socket.frame().await["data"]["data"], evil);
    let mut burst = Socket::begin(&server, "burst", &json!({})).await;
    let mut count = 0;
    while burst.frame().await["event"] != "done" {
        count += 1;
    }
    assert_eq!(count, 10_000);
    server.end().await;
}

#[tokio::test]
async fn a_server_that_stops_says_so() {
    let server = Running::with(|server| server.grace(Duration::ZERO)).await;
    let gate = Gate::new("socket stop");
    let mut idle = Socket::open(&server, "echo").await;
    let mut busy = Socket::begin(&server, "everywhere", &gate.input()).await;
    gate.entered().await;
    server.stop.drain();
    assert_eq!(idle.error().await.0, "DRAINING");
    assert_eq!(busy.error().await.0, "DRAINING");
    gate.left().await;
    server.stopped().await;
}

/// A frame of a client, whose mask changes nothing.
fn piece(first: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).expect("a short one");
    assert!(length < 126);
    [&[first, 0x80 | length, 0, 0, 0, 0], payload].concat()
}

#[tokio::test]
async fn a_frame_is_bounded_however_it_comes() {
    let server = Running::with(|server| server.body_limit(1000)).await;
    // One that announces a terabyte, one in pieces that never end, text that is none, and no frame at all.
    let announced = [&[0x81, 0xff][..], &(1_u64 << 40).to_be_bytes(), &[0; 4]].concat();
    let text = "a".repeat(100);
    let pieces = [piece(0x01, text.as_bytes()), piece(0x00, text.as_bytes()).repeat(20)].concat();
    for (bytes, code) in [
        (announced, Some("BODY_TOO_LARGE")),
        (pieces, Some("BODY_TOO_LARGE")),
        (piece(0x81, &[0xff]), Some("BAD_BODY")),
        (b"GET / HTTP/1.1\r\n\r\n".to_vec(), None),
    ] {
        let mut stream = connect(server.address).await;
        let request = handshake(&server, "everywhere", &[]);
        stream.write_all(request.as_bytes()).await.expect("written");
        stream.write_all(&bytes).await.expect("written");
        let mut heard = Vec::new();
        // However it ends, it ends.
        let _ = within(stream.read_to_end(&mut heard)).await;
        let heard = String::from_utf8_lossy(&heard);
        assert!(heard.starts_with("HTTP/1.1 101 "), "{heard}");
        match code {
            Some(code) => assert!(heard.contains(code), "{heard}"),
            None => assert!(!heard.contains("event"), "{heard}"),
        }
    }
    assert_eq!(crate::wire::ask(server.address, "POST /tasks/echo", &[], "").await.status, 200);
    server.end().await;
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let server = Running::new().await;
    let good = "dGhlIHNhbXBsZSBub25jZQ==";
    for (headers, message) in [
        (&[("Sec-WebSocket-Key", "")][..], "the handshake has no `Sec-WebSocket-Key`"),
        (
            &[("Sec-WebSocket-Key", good), ("Sec-WebSocket-Key", good)],
            "the handshake has more than one `Sec-WebSocket-Key`",
        ),
        (
            &[("Sec-WebSocket-Key", "x")],
            "the handshake has a `Sec-WebSocket-Key` that is not base64 of 16 bytes",
        ),
        (
            &[("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j")],
            "the handshake has a `Sec-WebSocket-Key` that is not base64 of 16 bytes",
        ),
        (
            &[("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ")],
            "the handshake has a `Sec-WebSocket-Key` that is not base64 of 16 bytes",
        ),
    ] {
        let answer = shake(&server, "everywhere", headers).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_REQUEST"), "{headers:?}");
        assert_eq!(answer.message(), message);
    }
    let twice = [("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Version", "13")];
    assert_eq!(shake(&server, "everywhere", &twice).await.status, 426);
    server.end().await;
}
