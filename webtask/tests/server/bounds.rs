//! How much the server takes on: streams, bytes, time.

use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::future::join_all;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Mutex;

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
    // What waits for a result is not a stream.
    assert_eq!(call(server.address, "echo", &json!({})).await.status, 200);
    drop((first, second));
    gates[0].left().await;
    within(async { while open(server.address, &format!("GET {run}"), &events, "").await.status != 200 {} })
        .await;
    server.end().await;
}

#[tokio::test]
async fn only_so_many_connections_are_served() {
    let server = Running::with(|server| server.connections(2)).await;
    let request = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let answered = async |stream: &mut TcpStream| {
        let mut answer = Vec::new();
        while !answer.ends_with(b"{\"ok\":true}") {
            assert_ne!(within(stream.read_buf(&mut answer)).await.expect("read"), 0);
        }
    };
    let (mut one, mut two) = (connect(server.address).await, connect(server.address).await);
    for stream in [&mut one, &mut two] {
        stream.write_all(request).await.expect("written");
        answered(stream).await;
    }
    let mut three = connect(server.address).await;
    three.write_all(request).await.expect("written");
    // The others are served all the while, and it is not.
    for _ in 0..50 {
        one.write_all(request).await.expect("written");
        answered(&mut one).await;
    }
    let nothing = three.try_read(&mut [0; 1]).expect_err("no answer yet");
    assert_eq!(nothing.kind(), std::io::ErrorKind::WouldBlock);
    drop(two);
    answered(&mut three).await;
    drop((one, three));
    server.end().await;
}

/// Tests that measure the memory of this process, one at a time.
static MEASURED: Mutex<()> = Mutex::const_new(());

/// How much memory this process has, in bytes.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a size");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_streams_may_be_silent() {
    let _alone = MEASURED.lock().await;
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

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_calls_of_unknown_tasks_leave_nothing() {
    let _alone = MEASURED.lock().await;
    let server = Running::new().await;
    let gate = Gate::new("ten thousand");
    let mut run = follow(server.address, "gated", &gate.input()).await;
    let ask_all = async |from: usize, count: usize| {
        let mut stream = TcpStream::connect(server.address).await.expect("somebody listens");
        let requests: String = (from..from + count)
            .map(|number| {
                format!(
                    "POST /tasks/nobody/{number} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}"
                )
            })
            .collect();
        let (mut read, mut write) = stream.split();
        let answers = async {
            let (mut text, mut seen) = (Vec::new(), 0);
            while seen < count {
                assert_ne!(within(read.read_buf(&mut text)).await.expect("read"), 0, "closed after {seen}");
                let whole = String::from_utf8_lossy(&text).into_owned();
                let found = whole.matches("\"code\":\"UNKNOWN_TASK\"").count();
                for status in whole.split("HTTP/1.1 ").skip(1) {
                    assert!(status.starts_with("404") || "404".starts_with(status), "{status}");
                }
                // What is whole was seen; what is not stays for the next turn.
                if found > 0 {
                    seen += found;
                    text = text.split_off(whole.rfind("UNKNOWN_TASK").expect("found") + 12);
                }
            }
        };
        let (written, ()) = tokio::join!(write.write_all(requests.as_bytes()), answers);
        written.expect("written");
    };
    // The first ones fill what is kept between requests.
    ask_all(0, 1000).await;
    let before = memory();
    for batch in 1..10 {
        ask_all(batch * 1000, 1000).await;
    }
    let grown = memory().saturating_sub(before);
    assert!(grown < 32 << 20, "9000 calls leave {grown} bytes");
    let metrics = ask(server.address, "GET /metrics", &[], "").await.body;
    assert!(!metrics.contains("nobody"), "{metrics}");
    for _ in 0..3 {
        gate.open();
    }
    while let Some(event) = run.event().await {
        assert!(event.starts_with("event: part\n") || event.starts_with("event: done\n"), "{event}");
    }
    server.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_of_twenty_megabytes_take_no_memory() {
    let _alone = MEASURED.lock().await;
    const BODY: usize = 20 << 20;
    let server = Running::new().await;
    let gate = Gate::new("twenty megabytes");
    let mut run = follow(server.address, "gated", &gate.input()).await;
    let before = memory();
    // Eight at once of each kind; without a length they are written in chunks.
    let send = async |length: bool| {
        let stream = TcpStream::connect(server.address).await.expect("somebody listens");
        let (read, mut write) = stream.into_split();
        let kind = match length {
            true => format!("Content-Length: {BODY}"),
            false => "Transfer-Encoding: chunked".to_owned(),
        };
        let head = format!("POST /tasks/echo HTTP/1.1\r\nHost: localhost\r\n{kind}\r\n\r\n");
        let chunk = vec![b' '; 64 << 10];
        let writing = async {
            write.write_all(head.as_bytes()).await?;
            for _ in 0..BODY / chunk.len() {
                if !length {
                    write.write_all(b"10000\r\n").await?;
                }
                write.write_all(&chunk).await?;
                if !length {
                    write.write_all(b"\r\n").await?;
                }
            }
            std::io::Result::Ok(())
        };
        let mut answer = Vec::new();
        let mut read = read.take(4096);
        // Whoever is refused may be cut off in the middle of his body, but not before he is told.
        let reading = async {
            while !answer.ends_with(b"}}") {
                if read.read_buf(&mut answer).await.is_ok_and(|count| count > 0) {
                    continue;
                }
                break;
            }
        };
        tokio::select! {
            () = within(reading) => {}
            _ = async { let _ = writing.await; std::future::pending::<()>().await } => {}
        }
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(answer.starts_with("HTTP/1.1 413 "), "{length}: {answer}");
        assert!(answer.contains("\"code\":\"BODY_TOO_LARGE\""), "{answer}");
    };
    join_all((0..16).map(|number| send(number % 2 == 0))).await;
    let grown = memory().saturating_sub(before);
    assert!(grown < 64 << 20, "16 bodies of 20 MB leave {grown} bytes");
    assert_eq!(call(server.address, "echo", &json!({ "a": 1 })).await.status, 200);
    for _ in 0..3 {
        gate.open();
    }
    while let Some(event) = run.event().await {
        assert!(event.starts_with("event: part\n") || event.starts_with("event: done\n"), "{event}");
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
    let server = Running::with(|server| server.slow_reader_timeout(Duration::from_millis(50))).await;
    let gate = Gate::new("slow owner");
    let input = json!({ "gate": gate.name, "paced": true });
    let mut owner = open(server.address, "POST /tasks/flood", &[EVENTS], &input.to_string()).await;
    let run = owner.header("location").expect("a location").to_owned();
    // The guest has read each event before the next is told. Left to its own pace, it would be told that it is too slow as
    // well on a machine that is busy, and the run would end with the last of its readers.
    let mut guest = wide(server.address, &format!("GET {run}"), &[LINES], "").await;
    for number in 1..=400 {
        gate.open();
        assert_eq!(guest.line().await.expect("a line")["id"], number);
    }
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
