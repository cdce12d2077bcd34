//! How much the server takes on: streams, bytes, time.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::json;
use tokio::io::AsyncWriteExt as _;

use crate::Running;
use crate::runs::{ALONE, EVENTS, LINES, begin};
use crate::sockets::Socket;
use crate::tasks::Gate;
use crate::wire::{Open, ask, call, connect, follow, open, wide, within};

#[tokio::test]
async fn only_so_many_streams_are_open() {
    let server = Running::with(|server| server.streams(2)).await;
    let gates = ["stream one", "stream two", "stream alone"].map(Gate::new);
    let run = begin(&server, &gates[2]).await;
    let first = follow(server.address, "gated", &gates[0].input()).await;
    let second = Socket::open(&server, "everywhere").await;
    let events = [("Accept", "text/event-stream")];
    for answer in [
        follow(server.address, "gated", &gates[1].input()).await,
        open(server.address, &format!("GET {run}"), &events, "").await,
        open(
            server.address,
            "GET /tasks/everywhere",
            &[
                ("Connection", "Upgrade"),
                ("Upgrade", "websocket"),
                ("Sec-WebSocket-Version", "13"),
                ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ],
            "",
        )
        .await,
    ] {
        let answer = answer.finish().await;
        assert_eq!((answer.status, answer.code().as_str()), (503, "OVERLOADED"));
        assert_eq!(answer.header("retry-after"), Some("1"));
    }
    // What waits for a result is no stream.
    assert_eq!(call(server.address, "echo", &json!({})).await.status, 200);
    drop((first, second));
    gates[0].left().await;
    within(async { while open(server.address, &format!("GET {run}"), &events, "").await.status != 200 {} })
        .await;
    server.end().await;
}

/// How much memory this process has, in bytes.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a size");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_streams_may_be_silent() {
    let server = Running::with(|server| server.heartbeat(Duration::from_secs(2))).await;
    let gate = Gate::new("two thousand");
    let run = begin(&server, &gate).await;
    let before = memory();
    let mut streams: Vec<Open> = Vec::new();
    for number in 0..2000 {
        let accept = if number % 2 == 0 { "text/event-stream" } else { "application/x-ndjson" };
        let stream = open(server.address, &format!("GET {run}"), &[("Accept", accept)], "").await;
        assert_eq!(stream.status, 200);
        streams.push(stream);
    }
    // Both sides of every connection are in this process.
    let grown = memory().saturating_sub(before);
    assert!(grown < 2000 * 64 * 1024, "2000 streams take {grown} bytes");
    // Each lives, and others are served.
    assert_eq!(call(server.address, "echo", &json!({})).await.status, 200);
    for _ in 0..3 {
        gate.open();
    }
    for stream in streams {
        let body = stream.finish().await.body;
        assert!(body.contains("\"parts\":3"), "{body}");
    }
    server.end().await;
}

#[tokio::test]
async fn a_body_may_come_byte_by_byte() {
    let server = Running::new().await;
    let body = json!({ "text": "é\u{2028}", "list": [1, 2, 3] }).to_string();
    let head =
        format!("POST /tasks/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n", body.len());
    let mut stream = connect(server.address).await;
    stream.set_nodelay(true).expect("set");
    for byte in head.bytes().chain(body.bytes()) {
        stream.write_all(&[byte]).await.expect("written");
        tokio::task::yield_now().await;
    }
    let mut answer = Vec::new();
    while !answer.ends_with(b"}}") {
        let read = within(tokio::io::AsyncReadExt::read_buf(&mut stream, &mut answer)).await.expect("read");
        assert_ne!(read, 0, "{}", String::from_utf8_lossy(&answer));
    }
    assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"));
    server.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_guest_is_told_and_its_run_goes_on() {
    let server = Running::new().await;
    let gate = Gate::new("slow guest");
    let flood = ask(server.address, "POST /tasks/flood", &[ALONE], &gate.input().to_string()).await;
    let run = flood.header("location").expect("a location").to_owned();
    let mut guest = wide(server.address, &format!("GET {run}"), &[LINES], "").await;
    // It reads nothing while more goes by than all buffers on the way take.
    flooded(&gate, 400).await;
    let mut last = guest.line().await.expect("a line");
    while let Some(line) = guest.line().await {
        last = line;
    }
    assert_eq!(last["data"]["code"], "SLOW_READER", "{:.200}", last.to_string());
    assert_eq!(ask(server.address, &format!("GET {run}"), &[], "").await.json()["state"], "running");
    // It may come again, and is told what it missed.
    let mut again = wide(server.address, &format!("GET {run}?after=1"), &[LINES], "").await;
    assert_eq!(again.line().await.expect("a line")["event"], "gap");
    assert_eq!(ask(server.address, &format!("DELETE {run}"), &[], "").await.json()["state"], "cancelled");
    gate.left().await;
    server.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_owner_leaves_the_run_to_its_other_readers() {
    let server = Running::with(|server| server.patience(Duration::from_millis(50))).await;
    let gate = Gate::new("slow owner");
    let mut owner = wide(server.address, "POST /tasks/flood", &[EVENTS], &gate.input().to_string()).await;
    let run = owner.header("location").expect("a location").to_owned();
    // A guest may be as slow as it likes: it only has to be there.
    let guest = wide(server.address, &format!("GET {run}"), &[LINES], "").await;
    flooded(&gate, 400).await;
    assert_eq!(ask(server.address, &format!("GET {run}"), &[], "").await.json()["state"], "running");
    let mut last = String::new();
    while let Some(event) = owner.event().await {
        last = event;
    }
    assert!(last.starts_with("event: error\n") && last.contains("\"SLOW_READER\""), "{last:.300}");
    assert_eq!(ask(server.address, &format!("GET {run}"), &[], "").await.json()["state"], "running");
    drop(guest);
    gate.left().await;
    server.end().await;
}

/// Waits until so many events of a flood were told.
async fn flooded(gate: &Gate, events: usize) {
    within(async {
        while gate.told.load(Ordering::Relaxed) < events {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
