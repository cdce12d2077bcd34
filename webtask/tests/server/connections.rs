//! Connections that ask for nothing, and bodies that never come or drip: each is let go, and answers that go on are not.

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use futures::stream;
use http_body::Frame;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Running;
use crate::tasks::Gate;
use crate::wire::{connect, follow, within};

/// How every connection of HTTP/2 begins, with settings that say nothing.
const HELLO: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

/// The head of a request whose header block goes on, and never does.
const HALF: &[u8] = b"\0\0\x01\x01\x01\0\0\0\x01\x82";

const SOON: Duration = Duration::from_millis(300);

/// What comes until the connection is closed.
async fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut rest = Vec::new();
    // Whoever is cut off has heard all that there was.
    let _ = within(stream.read_to_end(&mut rest)).await;
    rest
}

#[tokio::test]
async fn whoever_speaks_http2_and_asks_for_nothing_is_let_go() {
    let server = Running::with(|server| server.header_limit(SOON)).await;
    for start in [HELLO.to_vec(), HELLO[..24].to_vec(), [HELLO, HALF].concat()] {
        let mut stream = connect(server.address).await;
        stream.write_all(&start).await.expect("written");
        rest(&mut stream).await;
    }
    // Nor is one that says all the time that it lives.
    let stream = connect(server.address).await;
    let (mut read, mut write) = stream.into_split();
    write.write_all(HELLO).await.expect("written");
    let mut rest = Vec::new();
    let pings = async {
        let ping = b"\0\0\x08\x06\0\0\0\0\0\0\0\0\0\0\0\0\0";
        while write.write_all(ping).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = pings => {}
        _ = within(read.read_to_end(&mut rest)) => {}
    }
    server.end().await;
}

#[tokio::test]
async fn a_connection_is_let_go_that_asks_for_nothing_any_more() {
    let server = Running::with(|server| server.idle_limit(SOON)).await;
    let gate = Gate::new("idle connection");
    let (mut sender, ended) = http2(&server).await;
    let request = hyper::Request::post(format!("http://{}/tasks/gated", server.address));
    let request = request.header("accept", "text/event-stream");
    let request = request.body(Full::from(gate.input().to_string())).expect("a request");
    let mut events = within(sender.send_request(request)).await.expect("an answer").into_body();
    gate.entered().await;

    // Others come, ask once, and are let go: meanwhile the stream that says nothing goes on.
    for _ in 0..3 {
        let (mut idle, ended) = http2(&server).await;
        let request = hyper::Request::get(format!("http://{}/livez", server.address));
        let answer = idle.send_request(request.body(Full::default()).expect("a request"));
        let answer = within(answer).await.expect("an answer").into_body();
        assert_eq!(answer.collect().await.expect("a body").to_bytes(), r#"{"ok":true}"#);
        within(ended).await.expect("no panic").expect("it is told to go");
    }
    for _ in 0..3 {
        gate.open();
    }
    let mut text = Vec::new();
    while let Some(frame) = within(events.frame()).await {
        text.extend(frame.expect("the stream goes on").into_data().expect("data"));
    }
    assert!(String::from_utf8_lossy(&text).contains("\"parts\":3"), "{}", String::from_utf8_lossy(&text));
    within(ended).await.expect("no panic").expect("it is told to go");
    server.end().await;
}

type Sender = hyper::client::conn::http2::SendRequest<Full<Bytes>>;

/// A connection of HTTP/2, and its end.
async fn http2(server: &Running) -> (Sender, tokio::task::JoinHandle<hyper::Result<()>>) {
    let io = TokioIo::new(connect(server.address).await);
    let (sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.expect("it speaks HTTP/2");
    (sender, tokio::spawn(connection))
}

#[tokio::test]
async fn a_body_that_does_not_come_is_refused() {
    let server = Running::with(|server| server.body_time(SOON)).await;
    for body in
        ["Content-Length: 10\r\n\r\n", "Content-Length: 10\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n"]
    {
        let mut stream = connect(server.address).await;
        let head = format!("POST /tasks/echo HTTP/1.1\r\nHost: localhost\r\n{body}");
        stream.write_all(head.as_bytes()).await.expect("written");
        let answer = String::from_utf8(rest(&mut stream).await).expect("UTF-8");
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        let (_, json) = answer.split_once("\r\n\r\n").expect("a body");
        let error = &serde_json::from_str::<Value>(json).expect("JSON")["error"];
        assert_eq!(error["code"], "BODY_TIMEOUT");
        assert_eq!(error["message"], "the body took longer than 300ms to come");
        assert_eq!(error["retryable"], true);
    }
    // The same over HTTP/2, where the other requests of the connection are not touched.
    let io = TokioIo::new(connect(server.address).await);
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.expect("it speaks HTTP/2");
    tokio::spawn(connection);
    let gate = Gate::new("body over HTTP/2");
    let post = |slug: &str| {
        hyper::Request::post(format!("http://{}/tasks/{slug}", server.address))
            .header("accept", "text/event-stream, application/json")
    };
    let whole = Full::from(gate.input().to_string()).boxed();
    let stays = sender.send_request(post("gated").body(whole).expect("a request"));
    gate.entered().await;
    let never = StreamBody::new(stream::pending::<Result<Frame<Bytes>, Infallible>>()).boxed();
    let answer = sender.send_request(post("echo").body(never).expect("a request"));
    assert_eq!(within(answer).await.expect("an answer").status(), 408);
    for _ in 0..3 {
        gate.open();
    }
    let mut body = within(stays).await.expect("an answer").into_body();
    let mut text = Vec::new();
    while let Some(frame) = within(body.frame()).await {
        text.extend(frame.expect("the stream goes on").into_data().expect("data"));
    }
    assert!(String::from_utf8_lossy(&text).contains("\"parts\":3"));
    server.end().await;
}

#[tokio::test]
async fn a_body_that_nobody_reads_holds_no_connection() {
    let server = Running::with(|server| server.header_limit(SOON)).await;
    for line in ["GET /livez", "GET /tasks", "POST /tasks/nobody", "PUT /tasks"] {
        let mut stream = connect(server.address).await;
        let head = format!("{line} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{{");
        stream.write_all(head.as_bytes()).await.expect("written");
        let answer = rest(&mut stream).await;
        assert!(answer.starts_with(b"HTTP/1.1 "), "{line}: {}", String::from_utf8_lossy(&answer));
    }
    server.end().await;
}

#[tokio::test]
async fn headers_that_drip_are_cut_off() {
    let server = Running::with(|server| server.header_limit(SOON)).await;
    let stream = connect(server.address).await;
    let (mut read, mut write) = stream.into_split();
    write.write_all(b"GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").await.expect("written");
    let drip = async {
        while write.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        std::future::pending::<()>().await;
    };
    let mut rest = Vec::new();
    tokio::select! {
        () = drip => {}
        _ = within(read.read_to_end(&mut rest)) => {}
    }
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "{:?}", String::from_utf8_lossy(&rest));
    server.end().await;
}

#[tokio::test]
async fn a_bound_without_end_is_one() {
    let server = Running::with(|server| {
        server
            .header_limit(Duration::MAX)
            .idle_limit(Duration::MAX)
            .body_time(Duration::MAX)
            .heartbeat(Duration::MAX)
            .slow_reader_timeout(Duration::MAX)
            .grace(Duration::MAX)
    })
    .await;
    let gate = Gate::new("without end");
    let mut run = follow(server.address, "gated", &gate.input()).await;
    let mut socket = crate::sockets::Socket::begin(&server, "echo", &serde_json::json!({})).await;
    assert_eq!(socket.frame().await["event"], "done");
    for _ in 0..3 {
        gate.open();
    }
    while let Some(event) = run.event().await {
        assert!(event.starts_with("event: part\n") || event.starts_with("event: done\n"), "{event}");
    }
    let (mut sender, _ended) = http2(&server).await;
    let request = hyper::Request::get(format!("http://{}/livez", server.address));
    let answer = sender.send_request(request.body(Full::default()).expect("a request"));
    assert_eq!(within(answer).await.expect("an answer").status(), 200);
    server.end().await;
}
