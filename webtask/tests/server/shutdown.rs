//! How a server begins and ends.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use webtask::ErrorKind;
use webtask::server::Server;
use webtask::{Webtask, tasks};

use crate::runs::{EVENTS, begin, state};
use crate::sockets::Socket;
use crate::tasks::{FILE, Gate};
use crate::wire::{ask, call, follow, open, within};
use crate::{Running, webtask};

#[tokio::test]
async fn a_taken_port_is_a_clear_error() {
    let server = Running::new().await;
    let error = Server::new(&webtask(), []).address(server.address).serve().await.expect_err("taken");
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(
        error.to_string(),
        format!(
            "`{}` is taken by another program; stop that one, or choose another address by `Server::address` or `WEBTASK_SERVER_ADDRESS`",
            server.address
        )
    );
    server.end().await;
}

#[tokio::test]
async fn an_address_that_others_reach_is_refused() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:80", "[::ffff:192.0.2.1]:80"] {
        let address: SocketAddr = address.parse().expect("an address");
        let error = Server::new(&webtask(), []).address(address).serve().await.expect_err("not loopback");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(
            error.to_string().starts_with(&format!("`{address}` can be reached from other machines")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_server_can_be_spawned_and_dropped() {
    let address = {
        let listening =
            Server::new(&webtask(), []).address(([127, 0, 0, 1], 0).into()).bind().await.expect("free");
        let address = listening.address();
        let serving = tokio::spawn(listening.run_until_signal());
        assert_eq!(ask(address, "GET /health", &[], "").await.status, 200);
        serving.abort();
        serving.await.expect_err("aborted");
        address
    };
    tokio::net::TcpListener::bind(address).await.expect("the port is free again");
}

#[tokio::test]
async fn what_goes_on_may_end_and_nothing_new_begins() {
    let server = Running::new().await;
    let gate = Gate::new("drain");
    let mut events = follow(server.address, "gated", &gate.input()).await;
    gate.entered().await;
    server.stop.drain();
    for accept in ["application/json", "text/event-stream"] {
        let answer = ask(server.address, "POST /tasks/echo", &[("Accept", accept)], "").await;
        assert_eq!((answer.status, answer.code().as_str()), (503, "DRAINING"));
        assert_eq!(answer.header("retry-after"), Some("1"));
        assert_eq!(answer.json()["error"]["retryable"], true);
    }
    assert_eq!(ask(server.address, "GET /health", &[], "").await.status, 200);
    for part in 0..3 {
        gate.open();
        assert!(events.event().await.expect("an event").contains(&format!("part {part}")));
    }
    assert!(events.event().await.expect("the end").starts_with("event: done\n"));
    server.stopped().await;
}

#[tokio::test]
async fn what_goes_on_too_long_ends_with_an_error() {
    let server = Running::with(|server| server.grace(Duration::from_millis(50))).await;
    let (stream, json) = (Gate::new("grace stream"), Gate::new("grace json"));
    let events = follow(server.address, "gated", &stream.input()).await;
    let address = server.address;
    let input = json.input();
    let answer = tokio::spawn(async move { call(address, "gated", &input).await });
    stream.entered().await;
    json.entered().await;
    server.stop.drain();
    assert_eq!(
        events.finish().await.body,
        "event: error\ndata: {\"message\":\"the server is shutting down\",\"code\":\"DRAINING\",\"step\":null,\"retryable\":true}\n\n"
    );
    let answer = answer.await.expect("no panic");
    assert_eq!((answer.status, answer.code().as_str()), (503, "DRAINING"));
    assert_eq!(answer.json()["error"]["task"], "gated");
    stream.left().await;
    json.left().await;
    server.stopped().await;
}

#[tokio::test]
async fn a_run_that_goes_on_alone_is_waited_for_and_told() {
    let server = Running::with(|server| server.grace(Duration::from_secs(3600))).await;
    let gate = Gate::new("drain alone");
    let run = begin(&server, &gate).await;
    let mut events = open(server.address, &format!("GET {run}"), &[EVENTS], "").await;
    server.stop.drain();
    // It goes on, and can be asked for.
    assert_eq!(state(&server, &run).await["state"], "running");
    let mut late = open(server.address, &format!("GET {run}"), &[EVENTS], "").await;
    gate.open();
    for events in [&mut events, &mut late] {
        events.event().await.expect("the first line");
        assert!(events.event().await.expect("an event").contains("part 0"));
    }
    // Until its time is over.
    server.stop.now();
    for events in [events, late] {
        let last = events.finish().await.body;
        assert!(last.starts_with("id: 2\nevent: error\n") && last.contains("\"DRAINING\""), "{last}");
    }
    gate.left().await;
    server.stopped().await;
}

#[tokio::test]
async fn a_reader_that_does_not_read_does_not_keep_the_server() {
    let server = Running::with(|server| server.grace(Duration::ZERO)).await;
    let gate = Gate::new("stuck");
    let _events = follow(server.address, "flood", &gate.input()).await;
    gate.entered().await;
    server.stop.drain();
    gate.left().await;
    server.stopped().await;
}

webtask::webtask! {
    task "hangs" {
        transport rest, sse, websocket, async;
        timeout 1h;
        goto "data:text/html,<title>hangs</title>";
        status "hangs";
        js _ "for (;;);";
    }
}

/// A server in a process of its own: this very program, told to be one.
struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
    address: SocketAddr,
}

const CHILD: &str = "WEBTASK_TEST_SERVER";

impl Process {
    async fn new() -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut child = Command::new(program)
            .args(["shutdown::process", "--exact", "--nocapture"])
            .env(CHILD, "1")
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("it starts");
        let mut output = BufReader::new(child.stdout.take().expect("piped"));
        let address = loop {
            let mut line = String::new();
            assert_ne!(
                within(output.read_line(&mut line)).await.expect("read"),
                0,
                "it ended before it listened"
            );
            if let Some((_, address)) = line.split_once("listening on ") {
                break address.trim().parse().expect("an address");
            }
        };
        Self { child, output, address }
    }

    fn signal(&self, signal: Signal) {
        let id = self.child.id().and_then(|id| Pid::from_raw(id.cast_signed())).expect("it lives");
        kill_process(id, signal).expect("it lives");
    }

    /// Waits for its end, which must be a good one.
    async fn ended(mut self) {
        let mut rest = String::new();
        within(self.output.read_to_string(&mut rest)).await.expect("read");
        assert!(rest.contains("ended well"), "{rest}");
        assert!(within(self.child.wait()).await.expect("waited").success());
    }
}

#[tokio::test]
async fn process() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let webtask = Webtask::builder().sandbox(false).build().expect("good settings");
    let tasks = tasks![hangs].into_iter().chain([FILE.clone()]);
    let server =
        Server::new(&webtask, tasks).address(([127, 0, 0, 1], 0).into()).grace(Duration::from_secs(3600));
    let listening = server.bind().await.expect("a free port");
    println!("listening on {}", listening.address());
    listening.run_until_signal().await.expect("a good end");
    println!("ended well");
}

#[tokio::test]
async fn sigterm_lets_runs_end_and_takes_no_more() {
    let server = Process::new().await;
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("go");
    let mut events = follow(server.address, "file", &json!({ "path": path })).await;
    assert!(events.event().await.expect("an event").starts_with("event: status"));
    server.signal(Signal::TERM);
    loop {
        let answer = call(server.address, "file", &json!({ "path": directory.path() })).await;
        if answer.status == 503 {
            assert_eq!(answer.code(), "DRAINING");
            break;
        }
    }
    std::fs::write(&path, "").expect("written");
    assert_eq!(
        events.event().await.as_deref(),
        Some("event: done\ndata: {\"ok\":true,\"data\":\"found\"}\n\n")
    );
    server.ended().await;
}

#[tokio::test]
async fn a_second_signal_ends_at_once() {
    let server = Process::new().await;
    let mut events = follow(server.address, "file", &json!({ "path": "/nonexistent" })).await;
    events.event().await.expect("an event");
    server.signal(Signal::INT);
    while call(server.address, "file", &json!({ "path": "/" })).await.status != 503 {}
    server.signal(Signal::INT);
    server.ended().await;
}

#[tokio::test]
async fn sigterm_ends_an_idle_server() {
    let server = Process::new().await;
    // It hears signals before it answers.
    assert_eq!(ask(server.address, "GET /health", &[], "").await.status, 200);
    server.signal(Signal::TERM);
    server.ended().await;
}

#[tokio::test]
async fn every_client_of_a_hung_page_is_told_how_its_run_ended() {
    let server = Process::new().await;
    let address = server.address;
    let mut events = follow(address, "hangs", &json!({})).await;
    assert!(events.event().await.expect("an event").contains("hangs"));
    let mut socket = Socket::begin_at(address, "hangs", &json!({})).await;
    assert_eq!(socket.frame().await["event"], "status");
    // Two that wait for a window, and are known once the pool says so.
    let result = tokio::spawn(async move { call(address, "hangs", &json!({})).await });
    let alone =
        ask(address, "POST /tasks/file", &[("Prefer", "respond-async")], r#"{"path":"/nonexistent"}"#).await;
    let run = alone.header("location").expect("a location").to_owned();
    let follower = open(address, &format!("GET {run}"), &[EVENTS], "").await;
    within(async {
        while ask(address, "GET /health", &[], "").await.json()["pools"]["default"]["waiting"] != 1 {}
    })
    .await;
    server.signal(Signal::TERM);
    while call(address, "file", &json!({ "path": "/" })).await.status != 503 {}
    server.signal(Signal::TERM);
    let last = events.finish().await.body;
    assert!(last.starts_with("event: error\n") && last.contains("\"DRAINING\""), "{last}");
    assert_eq!(socket.error().await.0, "DRAINING");
    let answer = within(result).await.expect("no panic");
    assert_eq!((answer.status, answer.code().as_str()), (503, "DRAINING"));
    let last = follower.finish().await.body;
    assert!(last.contains("event: error\n") && last.contains("\"DRAINING\""), "{last}");
    server.ended().await;
}
