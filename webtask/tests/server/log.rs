//! The access log: what is told of each request, and what is not.

use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing::subscriber::DefaultGuard;

use crate::Running;
use crate::runs::{ALONE, EVENTS};
use crate::sockets::Socket;
use crate::spans::listen;
use crate::tasks::Gate;
use crate::wire::{ask, call, follow};

/// What this thread logs, and what runs on it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn start() -> (Self, DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let told =
            tracing_subscriber::fmt().with_ansi(false).without_time().with_writer(move || writer.clone());
        (log, listen(told.finish()))
    }

    /// The lines since it was asked before.
    fn lines(&self) -> Vec<String> {
        let bytes = std::mem::take(&mut *self.0.lock().expect("no panic"));
        String::from_utf8(bytes).expect("UTF-8").lines().map(|line| line.trim().to_owned()).collect()
    }

    /// The line of the only request since.
    fn line(&self) -> String {
        let mut lines = self.lines();
        lines.retain(|line| line.contains("webtask::request: answered"));
        assert_eq!(lines.len(), 1, "{lines:?}");
        lines.remove(0)
    }
}

#[tokio::test]
async fn a_line_tells_of_each_request_and_its_run() {
    let (log, _guard) = Log::start();
    let server = Running::new().await;
    log.lines();

    let answer = call(server.address, "echo", &json!({ "a": "hunter2" })).await;
    let run = answer.header("location").expect("a location").trim_start_matches("/runs/").to_owned();
    let line = log.line();
    let begin = format!(
        "INFO request{{method=POST path=\"/tasks/echo\" run={run}}}: webtask::request: answered status=200 ms="
    );
    assert!(line.starts_with(&begin), "{line}");
    assert!(!line.contains("hunter2"));

    // As a stream, whose line is there before it ends, and as a run that goes on alone.
    let gate = Gate::new("logged");
    let events = follow(server.address, "gated", &gate.input()).await;
    let run = events.header("location").expect("a location").trim_start_matches("/runs/").to_owned();
    let line = log.line();
    assert!(line.contains(&format!(" run={run}}}")) && line.contains(" status=200 "), "{line}");
    drop(events);
    gate.left().await;
    let gate = Gate::new("logged alone");
    let answer = ask(server.address, "POST /tasks/everywhere", &[ALONE], &gate.input().to_string()).await;
    let location = answer.header("location").expect("a location").to_owned();
    let line = log.line();
    let run = location.trim_start_matches("/runs/");
    assert!(line.contains(&format!(" run={run}}}")) && line.contains(" status=202 "), "{line}");

    // A WebSocket's line is there before its run.
    let talk = Gate::new("logged socket");
    let socket = Socket::begin(&server, "everywhere", &talk.input()).await;
    talk.entered().await;
    let line = log.line();
    assert!(line.starts_with("INFO request{method=GET path=\"/tasks/everywhere\"}: "), "{line}");
    assert!(line.contains(" status=101 "), "{line}");
    drop(socket);
    talk.left().await;

    // What begins no run has none, and no query.
    for (request, status) in [
        (format!("GET {location}?after=1"), 200),
        ("GET /tasks?token=hunter2".into(), 200),
        ("POST /tasks/none".into(), 404),
        ("PUT /tasks/echo".into(), 405),
    ] {
        let answer = ask(server.address, &request, &[], "").await;
        let line = log.line();
        assert_eq!(answer.status, status);
        let (method, path) = request.split_once(' ').expect("both");
        let path = path.split('?').next().expect("a path");
        let begin = format!(
            "INFO request{{method={method} path=\"{path}\"}}: webtask::request: answered status={status} "
        );
        assert!(line.starts_with(&begin), "{line}");
    }
    assert_eq!(ask(server.address, &format!("DELETE {location}"), &[], "").await.status, 200);
    gate.left().await;
    server.end().await;
}

#[tokio::test]
async fn a_request_is_in_its_callers_trace() {
    let (log, _guard) = Log::start();
    let server = Running::new().await;
    log.lines();
    let parent = ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    let traced = " trace_id=\"4bf92f3577b34da6a3ce929d0e0e4736\" parent_id=\"00f067aa0ba902b7\"";
    for (headers, is_traced) in [
        (&[parent][..], true),
        (&[parent, EVENTS], true),
        (&[], false),
        (&[parent, parent], false),
        (&[("traceparent", "00-0-0-01")], false),
    ] {
        assert_eq!(ask(server.address, "POST /tasks/echo", headers, "{}").await.status, 200);
        let line = log.line();
        assert_eq!(line.contains(traced), is_traced, "{line}");
        assert_eq!(line.contains("trace_id"), is_traced, "{line}");
        assert!(line.contains(" run="), "{line}");
    }
    server.end().await;
}

#[tokio::test]
async fn a_fault_of_ours_is_told_to_the_log_alone() {
    let (log, _guard) = Log::start();
    let server = Running::new().await;
    log.lines();
    for (task, input, told) in [
        ("broken", json!({}), &["`UNSET_TOKEN` is not set"][..]),
        ("fail", json!({ "kind": "INTERNAL" }), &["it went wrong", "a detail"]),
    ] {
        let answer = call(server.address, task, &input).await;
        let lines = log.lines();
        assert_eq!((answer.status, answer.code().as_str()), (500, "INTERNAL"));
        let line =
            lines.iter().find(|line| line.starts_with("ERROR ")).unwrap_or_else(|| panic!("{lines:?}"));
        assert!(line.contains(&format!("path=\"/tasks/{task}\"")), "{line}");
        for part in told {
            assert!(line.contains(part) && !answer.body.contains(part), "{line} {}", answer.body);
        }
    }
    server.end().await;
}

#[tokio::test]
async fn a_run_that_fails_is_told_once_however_it_was_asked_for() {
    let (log, _guard) = Log::start();
    let server = Running::new().await;
    for (kind, level) in [("STEP_FAILED", "WARN"), ("INTERNAL", "ERROR")] {
        let input = json!({ "kind": kind });
        for headers in [&[][..], &[EVENTS], &[ALONE]] {
            log.lines();
            let answer = ask(server.address, "POST /tasks/fail", headers, &input.to_string()).await;
            let location = answer.header("location").expect("a location").to_owned();
            // The events end with the run; the one that goes on alone is followed to there.
            let ended = ask(server.address, &format!("GET {location}"), &[EVENTS], "").await;
            assert!(
                ended.status != 200 || ended.body.contains("event: error"),
                "{} {}",
                ended.status,
                ended.body
            );
            let told: Vec<_> = log.lines().into_iter().filter(|line| line.contains("a run failed")).collect();
            assert_eq!(told.len(), 1, "{kind} {headers:?} {told:?}");
            assert!(told[0].starts_with(level) && told[0].contains("task=\"fail\""), "{}", told[0]);
            assert!(told[0].contains("it went wrong"), "{}", told[0]);
        }
    }
    server.end().await;
}
