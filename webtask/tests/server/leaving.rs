//! Who leaves whom: what ends a run, and when its window is free again.

use std::future::Future;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use webtask::server::Server;
use webtask::{Pool, Webtask};

use crate::Running;
use crate::runs::{ALONE, EVENTS, LINES};
use crate::sockets::Socket;
use crate::tasks::Gate;
use crate::windows::EVERYWHERE;
use crate::wire::{Open, ask, compose, connect, open, within};

/// A server with one window of a real browser.
struct One {
    server: Running,
    webtask: Webtask,
}

impl One {
    async fn new() -> Self {
        let pool = Pool::new("default").size(1).wait(Duration::from_secs(60));
        let webtask = Webtask::builder().sandbox(false).pool(pool).build().expect("good settings");
        let server = Running::start(Server::new(&webtask, [EVERYWHERE.clone()])).await;
        Self { server, webtask }
    }

    async fn post(&self, headers: &[(&str, &str)], gate: &Gate) -> Open {
        open(self.server.address, "POST /tasks/everywhere", headers, &gate.input().to_string()).await
    }

    async fn get(&self, run: &str, header: (&str, &str)) -> Open {
        open(self.server.address, &format!("GET {run}"), &[header], "").await
    }

    fn is_free(&self) -> bool {
        self.webtask.pools()[0].1.busy == 0
    }

    /// Waits until the run is gone, and its window free: not before the run had left it.
    async fn free(&self, gate: &Gate) {
        within(async {
            while !self.is_free() {
                tokio::task::yield_now().await;
            }
        })
        .await;
        assert_eq!(gate.inside.load(Ordering::SeqCst), 0, "the window is free, and the run in it");
        gate.left().await;
    }

    /// That the run goes on: it takes its window to the end.
    async fn goes_on(&self, run: &str, gate: &Gate, parts: u64) {
        assert!(!self.is_free());
        for _ in 0..parts {
            gate.open();
        }
        let state = loop {
            let state = ask(self.server.address, &format!("GET {run}"), &[], "").await.json();
            if state["ended"] != Value::Null {
                break state;
            }
        };
        assert_eq!((&state["state"], &state["result"]), (&json!("done"), &json!({ "parts": 3 })));
        self.free(gate).await;
    }

    async fn state(&self, run: &str) -> Value {
        ask(self.server.address, &format!("GET {run}"), &[], "").await.json()["state"].clone()
    }
}

fn location(open: &Open) -> String {
    open.header("location").expect("a location").to_owned()
}

/// Waits for one event of a stream of that form.
async fn hear(stream: &mut Open, form: (&str, &str)) {
    let heard = if form == LINES { stream.line().await.is_some() } else { stream.event().await.is_some() };
    assert!(heard, "the stream has ended");
}

#[tokio::test]
async fn whoever_leaves_a_run_that_is_his_ends_it() {
    let one = One::new().await;
    for (name, header) in [("leaves events", EVENTS), ("leaves lines", LINES)] {
        let gate = Gate::new(name);
        let mut events = one.post(&[header], &gate).await;
        let run = location(&events);
        gate.open();
        hear(&mut events, header).await;
        assert!(!one.is_free());
        drop(events);
        one.free(&gate).await;
        assert_eq!(one.state(&run).await, "cancelled", "{name}");
    }
    // One who waits for the result.
    let gate = Gate::new("leaves result");
    let mut connection = connect(one.server.address).await;
    let request = compose(one.server.address, "POST /tasks/everywhere", &[], &gate.input().to_string());
    tokio::io::AsyncWriteExt::write_all(&mut connection, request.as_bytes()).await.expect("written");
    gate.entered().await;
    assert!(!one.is_free());
    drop(connection);
    one.free(&gate).await;
    // One with a WebSocket.
    let gate = Gate::new("leaves socket");
    let mut socket = Socket::begin(&one.server, "everywhere", &gate.input()).await;
    gate.open();
    socket.frame().await;
    assert!(!one.is_free());
    drop(socket);
    one.free(&gate).await;
    one.server.end().await;
}

#[tokio::test]
async fn one_of_two_readers_may_leave_and_the_last_may_not() {
    let one = One::new().await;
    for (name, owner_first) in [("owner first", true), ("owner last", false)] {
        let gate = Gate::new(name);
        let mut owner = one.post(&[EVENTS], &gate).await;
        let run = location(&owner);
        let mut guest = one.get(&run, LINES).await;
        gate.open();
        assert!(owner.event().await.is_some() && guest.line().await.is_some());
        // The one who stays hears more.
        let (gone, mut stays) = if owner_first { (owner, guest) } else { (guest, owner) };
        drop(gone);
        gate.open();
        hear(&mut stays, if owner_first { LINES } else { EVENTS }).await;
        assert!(!one.is_free());
        assert_eq!(one.state(&run).await, "running", "{name}");
        drop(stays);
        one.free(&gate).await;
        assert_eq!(one.state(&run).await, "cancelled", "{name}");
    }
    one.server.end().await;
}

#[tokio::test]
async fn who_only_looks_is_no_reader() {
    let one = One::new().await;
    let gate = Gate::new("looks");
    let mut events = one.post(&[EVENTS], &gate).await;
    let run = location(&events);
    gate.open();
    events.event().await.expect("a part");
    assert_eq!(one.state(&run).await, "running");
    let head = open(one.server.address, &format!("HEAD {run}"), &[EVENTS], "").await;
    drop(head);
    gate.open();
    events.event().await.expect("another part");
    drop(events);
    one.free(&gate).await;
    one.server.end().await;
}

#[tokio::test]
async fn a_run_whose_caller_waits_for_its_result_may_have_readers_too() {
    let one = One::new().await;
    let gate = Gate::new("joins result");
    let key = ("Idempotency-Key", "joins");
    let input = gate.input().to_string();
    let mut caller = connect(one.server.address).await;
    let request = compose(one.server.address, "POST /tasks/everywhere", &[key], &input);
    tokio::io::AsyncWriteExt::write_all(&mut caller, request.as_bytes()).await.expect("written");
    gate.entered().await;
    // Whoever repeats the call is told where it runs.
    let again = one.post(&[key], &gate).await;
    assert_eq!(again.status, 409);
    let run = location(&again);
    let mut guest = one.get(&run, LINES).await;
    drop(caller);
    gate.open();
    assert!(guest.line().await.is_some());
    assert_eq!(one.state(&run).await, "running");
    drop(guest);
    one.free(&gate).await;
    assert_eq!(one.state(&run).await, "cancelled");
    one.server.end().await;
}

#[tokio::test]
async fn a_run_that_goes_on_alone_needs_no_reader() {
    let one = One::new().await;
    let gate = Gate::new("alone reader");
    let answer = one.post(&[ALONE], &gate).await;
    assert_eq!(answer.status, 202);
    let run = location(&answer);
    drop(answer);
    gate.entered().await;
    for header in [EVENTS, LINES] {
        let mut reader = one.get(&run, header).await;
        if header == EVENTS {
            hear(&mut reader, header).await;
        }
        drop(reader);
    }
    one.goes_on(&run, &gate, 3).await;

    // Nor one who waits for its result.
    let gate = Gate::new("alone wait");
    let mut connection = connect(one.server.address).await;
    let headers = [("Prefer", "respond-async, wait=3600"), ("Idempotency-Key", "alone-wait")];
    let input = gate.input().to_string();
    let request = compose(one.server.address, "POST /tasks/everywhere", &headers, &input);
    tokio::io::AsyncWriteExt::write_all(&mut connection, request.as_bytes()).await.expect("written");
    gate.entered().await;
    drop(connection);
    let again = [("Prefer", "respond-async"), ("Idempotency-Key", "alone-wait")];
    let again = one.post(&again, &gate).await;
    one.goes_on(&location(&again), &gate, 3).await;
    one.server.end().await;
}

#[tokio::test]
async fn to_leave_after_the_end_changes_nothing() {
    let one = One::new().await;
    let gate = Gate::new("after done");
    let mut events = one.post(&[EVENTS], &gate).await;
    let run = location(&events);
    for _ in 0..3 {
        gate.open();
    }
    for _ in 0..4 {
        assert!(events.event().await.is_some());
    }
    drop(events);
    one.free(&gate).await;
    assert_eq!(one.state(&run).await, "done");
    one.server.end().await;
}

#[tokio::test]
async fn whoever_leaves_one_of_a_connections_streams_ends_that_run_alone() {
    let one = One::new().await;
    let stays = Running::new().await;
    let gate = Gate::new("stays");
    let mut staying = Http2::connect(stays.address).await;
    let mut kept = staying.post("gated", "text/event-stream", &gate).await.expect("an answer").into_body();
    for (name, accept) in
        [("leaves events 2", "text/event-stream"), ("leaves lines 2", "application/x-ndjson")]
    {
        let left = Gate::new(name);
        let body = staying.post("gated", accept, &left).await.expect("an answer").into_body();
        left.entered().await;
        drop(body);
        left.left().await;
    }
    // One who waits for the result, which never comes.
    let left = Gate::new("leaves result 2");
    let waiting = staying.post("gated", "application/json", &left);
    tokio::select! {
        _ = waiting => panic!("the gate is closed"),
        () = left.entered() => {}
    }
    left.left().await;
    for _ in 0..3 {
        gate.open();
    }
    let mut text = String::new();
    while let Some(frame) = within(kept.frame()).await {
        let bytes = frame.expect("the connection goes on").into_data().expect("data");
        text.push_str(std::str::from_utf8(&bytes).expect("UTF-8"));
    }
    assert!(text.ends_with("event: done\ndata: {\"ok\":true,\"data\":{\"parts\":3}}\n\n"), "{text}");
    stays.end().await;

    // With a window, that is free again.
    let mut connection = Http2::connect(one.server.address).await;
    let gate = Gate::new("leaves window 2");
    let body =
        connection.post("everywhere", "text/event-stream", &gate).await.expect("an answer").into_body();
    gate.entered().await;
    assert!(!one.is_free());
    drop(body);
    one.free(&gate).await;
    drop(connection);
    one.server.end().await;
}

/// A connection of HTTP/2 with as many requests at once as one likes.
struct Http2 {
    address: std::net::SocketAddr,
    sender: hyper::client::conn::http2::SendRequest<Full<Bytes>>,
}

impl Http2 {
    async fn connect(address: std::net::SocketAddr) -> Self {
        let io = TokioIo::new(connect(address).await);
        let executor = hyper_util::rt::TokioExecutor::new();
        let (sender, connection) =
            hyper::client::conn::http2::handshake(executor, io).await.expect("it speaks HTTP/2");
        tokio::spawn(connection);
        Self { address, sender }
    }

    fn post(
        &mut self,
        slug: &str,
        accept: &str,
        gate: &Gate,
    ) -> impl Future<Output = hyper::Result<hyper::Response<hyper::body::Incoming>>> + use<> {
        let request = hyper::Request::post(format!("http://{}/tasks/{slug}", self.address));
        let body = Full::from(gate.input().to_string());
        self.sender.send_request(request.header("accept", accept).body(body).expect("a request"))
    }
}
