//! Calls whose events are followed: their bytes, their time, their end.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};

use crate::Running;
use crate::tasks::{FLOOD_SIZE, Gate};
use crate::wire::{ask, follow, open};

/// The contract's own words.
pub(crate) const STREAM: &str = r#"event: status
data: {"text":"Step 1 of 4 — navigate","data":null}

event: progress
data: {"text":"navigation complete","data":{"fraction":0.25}}

event: status
data: {"text":"Step 2 of 4 — pause briefly","data":null}

event: progress
data: {"text":"pause finished","data":{"fraction":0.5}}

event: status
data: {"text":"Step 3 of 4 — read title","data":null}

event: progress
data: {"text":"extracted title","data":{"fraction":0.75}}

event: status
data: {"text":"Step 4 of 4 — done","data":null}

event: done
data: {"ok":true,"data":{"page":{"title":"Example Domain"}}}

"#;

#[tokio::test]
async fn the_stream_is_the_contracts_byte_for_byte() {
    let server = Running::new().await;
    let answer = follow(server.address, "streaming/progress", &json!({})).await.finish().await;
    assert_eq!(answer.body, STREAM);
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("cache-control", "no-cache, no-transform"),
        ("x-accel-buffering", "no"),
        ("vary", "Accept, Prefer"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    let location = answer.header("location").expect("where the run is kept");
    assert_eq!(ask(server.address, &format!("GET {location}"), &[], "").await.json()["state"], "done");
    server.end().await;
}

#[tokio::test]
async fn an_event_arrives_when_its_step_runs() {
    let server = Running::new().await;
    let gate = Gate::new("arrival");
    // The head comes before any event does.
    let mut events = follow(server.address, "gated", &gate.input()).await;
    assert_eq!(events.status, 200);
    for part in 0..3 {
        // Nothing goes on before the gate opens, so what arrives was sent when its step ran.
        gate.open();
        let event = events.event().await;
        assert_eq!(
            event,
            Some(format!("event: part\ndata: {{\"text\":\"part {part}\",\"data\":{part}}}\n\n"))
        );
    }
    assert_eq!(
        events.event().await.as_deref(),
        Some("event: done\ndata: {\"ok\":true,\"data\":{\"parts\":3}}\n\n")
    );
    assert_eq!(events.event().await, None);
    gate.left().await;
    server.end().await;
}

#[tokio::test]
async fn a_silent_stream_says_that_it_lives() {
    let server = Running::with(|server| server.heartbeat(Duration::from_millis(20))).await;
    let gate = Gate::new("heartbeat");
    let mut events = follow(server.address, "gated", &gate.input()).await;
    for _ in 0..3 {
        assert_eq!(events.event().await.as_deref(), Some(": ping\n\n"));
    }
    gate.open();
    let mut event = events.event().await.expect("an event");
    while event == ": ping\n\n" {
        event = events.event().await.expect("an event");
    }
    assert!(event.starts_with("event: part\n"), "{event}");
    server.end().await;
}

#[tokio::test]
async fn a_heartbeat_of_nothing_is_refused() {
    let server = webtask::server::Server::new(&crate::webtask(), []).heartbeat(Duration::ZERO);
    assert!(server.routes().expect_err("zero").to_string().contains("`heartbeat`"));
}

#[tokio::test]
async fn a_reader_that_leaves_ends_its_run() {
    let server = Running::new().await;
    let gate = Gate::new("leaves stream");
    let mut events = follow(server.address, "gated", &gate.input()).await;
    gate.open();
    events.event().await.expect("the first part");
    drop(events);
    gate.left().await;
    server.end().await;
}

#[tokio::test]
async fn a_failure_after_the_start_is_an_event() {
    let server = Running::new().await;
    let events = follow(server.address, "fail", &json!({ "kind": "STEP_FAILED" })).await.finish().await;
    assert_eq!(events.status, 200);
    assert_eq!(
        events.body,
        "event: error\ndata: {\"message\":\"it went wrong\",\"code\":\"STEP_FAILED\",\"step\":null,\"retryable\":false}\n\n"
    );
    for (slug, input) in [("fail", json!({ "kind": "INTERNAL" })), ("panic", json!({ "missing": 1 }))] {
        let events = follow(server.address, slug, &input).await.finish().await;
        let last = "event: error\ndata: {\"message\":\"internal error; see the server's log\",\
                    \"code\":\"INTERNAL\",\"step\":null,\"retryable\":false}\n\n";
        assert!(events.body.ends_with(last), "{}", events.body);
    }
    server.end().await;
}

#[tokio::test]
async fn a_failure_before_the_start_is_a_status() {
    let server = Running::new().await;
    let answer = follow(server.address, "broken", &json!({})).await.finish().await;
    assert_eq!((answer.status, answer.code().as_str()), (500, "INTERNAL"));
    let answer = follow(server.address, "greet", &json!({})).await.finish().await;
    assert_eq!((answer.status, answer.code().as_str()), (422, "INVALID_INPUT"));
    let events = [("Accept", "text/event-stream")];
    let answer = open(server.address, "POST /tasks/echo", &events, "{").await.finish().await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_BODY"));
    server.end().await;
}

#[tokio::test]
async fn a_reader_that_does_not_read_ends_its_run_and_no_other() {
    let server = Running::with(|server| server.slow_reader_timeout(Duration::from_millis(100))).await;
    let gate = Gate::new("slow");
    let mut events = follow(server.address, "flood", &gate.input()).await;
    gate.entered().await;
    // Others are served meanwhile.
    let other = follow(server.address, "streaming/progress", &json!({})).await.finish().await;
    assert_eq!(other.body, STREAM);
    gate.left().await;
    let told = gate.told.load(Ordering::Relaxed) * FLOOD_SIZE;
    assert!(told < 64 * 1024 * 1024, "{told} bytes were told to nobody");
    let mut last = String::new();
    while let Some(event) = events.event().await {
        last = event;
    }
    assert_eq!(
        last,
        "event: error\ndata: {\"message\":\"the reader did not keep up: 256 KiB of events were unread for 100ms\",\
         \"code\":\"SLOW_READER\",\"step\":null,\"retryable\":false}\n\n"
    );
    server.end().await;
}

#[tokio::test]
async fn a_burst_reaches_a_reader_that_reads() {
    let server = Running::new().await;
    let mut events = follow(server.address, "burst", &json!({})).await;
    let mut count = 0;
    let mut last = String::new();
    while let Some(event) = events.event().await {
        count += 1;
        last = event;
    }
    assert_eq!((count, last.as_str()), (10_001, "event: done\ndata: {\"ok\":true,\"data\":null}\n\n"));
    server.end().await;
}

#[tokio::test]
async fn many_streams_go_on_at_once() {
    let server = Running::new().await;
    let gates = ["one", "two", "three", "four"].map(Gate::new);
    let mut streams = Vec::new();
    for gate in &gates {
        streams.push(follow(server.address, "gated", &gate.input()).await);
    }
    for (gate, events) in gates.iter().zip(&mut streams).rev() {
        gate.open();
        assert!(events.event().await.expect("an event").contains("part 0"));
    }
    drop(streams);
    for gate in &gates {
        gate.left().await;
    }
    server.end().await;
}

#[tokio::test]
async fn what_a_caller_puts_into_events_stays_in_them() {
    let server = Running::new().await;
    let evil = json!({ "a": "x\r\n\r\nevent: error\ndata: {}\n\n\0\u{2028}" });
    let mut events = follow(server.address, "echo", &evil).await;
    let event = events.event().await.expect("the last event");
    let data = event
        .strip_prefix("event: done\ndata: ")
        .and_then(|rest| rest.strip_suffix("\n\n"))
        .expect("two lines");
    assert!(!data.contains(['\n', '\r', '\0', '\u{2028}']), "{data:?}");
    assert_eq!(serde_json::from_str::<Value>(data).expect("JSON")["data"], evil);
    assert_eq!(events.event().await, None);
    server.end().await;
}
