//! Calls whose events come as lines of JSON.

use std::time::Duration;

use serde_json::{Value, json};

use crate::Running;
use crate::tasks::Gate;
use crate::wire::{Open, open};

const LINES: (&str, &str) = ("Accept", "application/x-ndjson");

async fn follow(server: &Running, slug: &str, input: &Value) -> Open {
    open(server.address, &format!("POST /tasks/{slug}"), &[LINES], &input.to_string()).await
}

#[tokio::test]
async fn each_event_is_a_line() {
    let server = Running::new().await;
    let answer = follow(&server, "streaming/progress", &json!({})).await.finish().await;
    assert_eq!(
        answer.body,
        r#"{"event":"status","data":{"text":"Step 1 of 4 — navigate","data":null}}
{"event":"progress","data":{"text":"navigation complete","data":{"fraction":0.25}}}
{"event":"status","data":{"text":"Step 2 of 4 — pause briefly","data":null}}
{"event":"progress","data":{"text":"pause finished","data":{"fraction":0.5}}}
{"event":"status","data":{"text":"Step 3 of 4 — read title","data":null}}
{"event":"progress","data":{"text":"extracted title","data":{"fraction":0.75}}}
{"event":"status","data":{"text":"Step 4 of 4 — done","data":null}}
{"event":"done","data":{"ok":true,"data":{"page":{"title":"Example Domain"}}}}
"#
    );
    for (name, value) in [
        ("content-type", "application/x-ndjson"),
        ("cache-control", "no-cache, no-transform"),
        ("x-accel-buffering", "no"),
        ("vary", "Accept, Prefer"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    assert!(answer.header("location").is_some_and(|location| location.starts_with("/runs/")));
    server.end().await;
}

#[tokio::test]
async fn a_line_arrives_when_its_step_runs() {
    let server = Running::new().await;
    let gate = Gate::new("line arrival");
    let mut lines = follow(&server, "gated", &gate.input()).await;
    for part in 0..3 {
        gate.open();
        let data = json!({ "text": format!("part {part}"), "data": part });
        assert_eq!(lines.line().await, Some(json!({ "event": "part", "data": data })));
    }
    assert_eq!(
        lines.line().await,
        Some(json!({ "event": "done", "data": { "ok": true, "data": { "parts": 3 } } }))
    );
    assert_eq!(lines.line().await, None);
    server.end().await;
}

#[tokio::test]
async fn a_failure_is_the_last_line() {
    let server = Running::new().await;
    let mut lines = follow(&server, "fail", &json!({ "kind": "STEP_FAILED" })).await;
    let data = json!({ "message": "it went wrong", "code": "STEP_FAILED", "step": null, "retryable": false });
    assert_eq!(lines.line().await, Some(json!({ "event": "error", "data": data })));
    assert_eq!(lines.line().await, None);
    server.end().await;
}

#[tokio::test]
async fn a_silent_stream_of_lines_says_that_it_lives_in_json() {
    let server = Running::with(|server| server.heartbeat(Duration::from_millis(20))).await;
    let gate = Gate::new("line heartbeat");
    let mut lines = follow(&server, "gated", &gate.input()).await;
    for _ in 0..2 {
        assert_eq!(lines.line().await, Some(json!({ "event": "ping", "data": null })));
    }
    server.end().await;
}

#[tokio::test]
async fn what_a_caller_puts_into_lines_stays_in_them() {
    let server = Running::new().await;
    let evil = json!({ "a": "x\r\n{}\n\0\u{85}\u{2028}\u{2029}" });
    let answer = follow(&server, "echo", &evil).await.finish().await;
    let line = answer.body.strip_suffix('\n').expect("a line's end");
    assert!(!line.contains(['\n', '\r', '\0', '\u{85}', '\u{2028}', '\u{2029}']), "{line:?}");
    assert_eq!(serde_json::from_str::<Value>(line).expect("JSON")["data"]["data"], evil);
    server.end().await;
}
