//! Runs that go on alone, and runs that are asked for again: state, events, end.

use std::sync::Arc;
use std::time::Duration;

use futures::future::{BoxFuture, FutureExt as _, ready};
use serde_json::{Value, json};
use webtask::server::{MemoryRuns, RunEvent, RunId, RunRecord, RunStore, Server};
use webtask::{Error, ErrorKind};

use crate::tasks::{self, Gate};
use crate::wire::{Answer, Open, ask, call, follow, open, within};
use crate::{Running, webtask};

pub(crate) const ALONE: (&str, &str) = ("Prefer", "respond-async");
pub(crate) const EVENTS: (&str, &str) = ("Accept", "text/event-stream");
pub(crate) const LINES: (&str, &str) = ("Accept", "application/x-ndjson");

/// Starts a run that goes on alone.
pub(crate) async fn start(server: &Running, slug: &str, input: &Value) -> Answer {
    ask(server.address, &format!("POST /tasks/{slug}"), &[ALONE], &input.to_string()).await
}

/// Starts such a run behind a gate, and waits until it is inside; gives where it is.
pub(crate) async fn begin(server: &Running, gate: &Gate) -> String {
    let answer = start(server, "everywhere", &gate.input()).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    gate.entered().await;
    answer.header("location").expect("a location").to_owned()
}

pub(crate) async fn state(server: &Running, run: &str) -> Value {
    let answer = ask(server.address, &format!("GET {run}"), &[], "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

pub(crate) async fn until(server: &Running, run: &str, wanted: &str) -> Value {
    loop {
        let state = state(server, run).await;
        if state["state"] == wanted {
            return state;
        }
        assert!(matches!(state["state"].as_str(), Some("queued" | "running")), "{state}");
    }
}

async fn listen(server: &Running, run: &str, headers: &[(&str, &str)]) -> Open {
    open(server.address, &format!("GET {run}"), headers, "").await
}

pub(crate) fn part(number: u64) -> String {
    let part = number - 1;
    format!("id: {number}\nevent: part\ndata: {{\"text\":\"part {part}\",\"data\":{part}}}\n\n")
}

pub(crate) const DONE: &str = "id: 4\nevent: done\ndata: {\"ok\":true,\"data\":{\"parts\":3}}\n\n";
pub(crate) const RETRY: &str = "retry: 1000\n\n";

#[tokio::test]
async fn a_run_goes_on_alone() {
    let server = Running::new().await;
    let gate = Gate::new("alone");
    let answer = start(&server, "everywhere", &gate.input()).await;
    assert_eq!(answer.status, 202);
    assert_eq!(answer.header("preference-applied"), Some("respond-async"));
    assert_eq!(answer.header("vary"), Some("Accept, Prefer"));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let run = answer.header("location").expect("a location").to_owned();
    let id = run.strip_prefix("/runs/").expect("the run's path");
    assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    let json = answer.json();
    assert_eq!((&json["id"], &json["task"]), (&json!(id), &json!("everywhere")));
    assert!(["queued", "running"].contains(&json["state"].as_str().expect("a state")), "{json}");

    gate.entered().await;
    let running = until(&server, &run, "running").await;
    let keys: Vec<_> = running.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["id", "task", "state", "started", "ended"]);
    assert_eq!(running["ended"], Value::Null);
    for _ in 0..3 {
        gate.open();
    }
    let done = until(&server, &run, "done").await;
    let keys: Vec<_> = done.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["id", "task", "state", "started", "ended", "result"]);
    assert_eq!(done["result"], json!({ "parts": 3 }));
    let (started, ended) =
        (done["started"].as_str().expect("a time"), done["ended"].as_str().expect("a time"));
    assert!(started.ends_with('Z') && started.len() == 24 && started <= ended, "{started} {ended}");
    server.end().await;
}

#[tokio::test]
async fn a_failure_of_a_run_alone_is_in_its_state() {
    let server = Running::new().await;
    let answer = start(&server, "fail", &json!({ "kind": "TIMEOUT" })).await;
    let failed = until(&server, answer.header("location").expect("a location"), "failed").await;
    assert_eq!(
        failed["error"],
        json!({ "code": "TIMEOUT", "message": "it went wrong", "task": "fail", "step": null, "retryable": true })
    );
    assert!(failed.get("result").is_none());
    server.end().await;
}

#[tokio::test]
async fn a_caller_may_wait_for_a_while() {
    let server = Running::new().await;
    let gate = Gate::new("wait");
    for _ in 0..3 {
        gate.open();
    }
    let wait = [("Prefer", "respond-async, wait=60")];
    let answer = ask(server.address, "POST /tasks/everywhere", &wait, &gate.input().to_string()).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"ok":true,"data":{"parts":3}}"#));
    assert_eq!(answer.header("preference-applied"), Some("respond-async, wait=60"));
    assert_eq!(state(&server, answer.header("location").expect("a location")).await["state"], "done");

    let answer = ask(server.address, "POST /tasks/fail", &wait, r#"{"kind":"NAVIGATION_FAILED"}"#).await;
    assert_eq!((answer.status, answer.code().as_str()), (502, "NAVIGATION_FAILED"));

    // The gate is closed again.
    for wait in ["respond-async, wait=0", "wait=1, respond-async"] {
        let answer =
            ask(server.address, "POST /tasks/everywhere", &[("Prefer", wait)], &gate.input().to_string())
                .await;
        assert_eq!(answer.status, 202, "{wait}");
    }
    server.end().await;
}

#[tokio::test]
async fn a_preference_that_cannot_be_met_is_none() {
    let server = Running::new().await;
    // The task has no `transport async`; the caller takes no JSON.
    let answer = start(&server, "streaming/progress", &json!({})).await;
    assert_eq!((answer.status, answer.header("preference-applied")), (200, None));
    let answer = ask(server.address, "POST /tasks/echo", &[ALONE, EVENTS], "").await;
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    let answer = ask(server.address, "POST /tasks/echo", &[("Prefer", "wait=5, return=minimal")], "").await;
    assert_eq!((answer.status, answer.header("preference-applied")), (200, None));
    // And one without which there is nothing.
    let answer = call(server.address, "detached", &json!({})).await;
    assert_eq!((answer.status, answer.code().as_str()), (406, "NOT_ACCEPTABLE"));
    assert_eq!(answer.message(), "the task only runs asynchronously; send `Prefer: respond-async`");
    assert_eq!(start(&server, "detached", &json!({})).await.status, 202);
    server.end().await;
}

#[tokio::test]
async fn what_is_wrong_at_once_is_a_status() {
    let server = Running::new().await;
    let answer = start(&server, "everywhere", &json!([])).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_BODY"));
    assert_eq!(answer.header("location"), None);
    let gate = Gate::new("holds the server");
    let run = begin(&server, &gate).await;
    server.stop.drain();
    let answer = start(&server, "everywhere", &json!({})).await;
    assert_eq!((answer.status, answer.code().as_str()), (503, "DRAINING"));
    assert_eq!(state(&server, &run).await["state"], "running");
    server.end().await;
}

#[tokio::test]
async fn events_come_with_numbers_and_from_any_one_on() {
    let server = Running::new().await;
    let gate = Gate::new("numbers");
    let run = begin(&server, &gate).await;
    let mut first = listen(&server, &run, &[EVENTS]).await;
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("cache-control", "no-cache, no-transform"),
        ("vary", "Accept"),
    ] {
        assert_eq!(first.header(name), Some(value), "{name}");
    }
    assert_eq!(first.event().await.as_deref(), Some(RETRY));
    for number in 1..=2 {
        gate.open();
        assert_eq!(first.event().await, Some(part(number)));
    }
    // Who comes later hears what was, and what comes.
    let mut second = listen(&server, &run, &[EVENTS]).await;
    let after = format!("{run}?after=1");
    let mut third = listen(&server, &after, &[EVENTS]).await;
    let mut fourth = listen(&server, &after, &[EVENTS, ("Last-Event-ID", "2")]).await;
    let mut lines = listen(&server, &after, &[LINES]).await;
    gate.open();
    assert_eq!(first.finish().await.body, format!("{}{DONE}", part(3)));
    assert_eq!(second.event().await.as_deref(), Some(RETRY));
    assert_eq!(second.finish().await.body, format!("{}{}{}{DONE}", part(1), part(2), part(3)));
    third.event().await;
    assert_eq!(third.finish().await.body, format!("{}{}{DONE}", part(2), part(3)));
    fourth.event().await;
    assert_eq!(fourth.finish().await.body, format!("{}{DONE}", part(3)));
    for number in [2, 3] {
        let data = json!({ "text": format!("part {}", number - 1), "data": number - 1 });
        assert_eq!(lines.line().await, Some(json!({ "event": "part", "data": data, "id": number })));
    }
    let done = json!({ "event": "done", "data": { "ok": true, "data": { "parts": 3 } }, "id": 4 });
    assert_eq!((lines.line().await, lines.line().await), (Some(done), None));

    // All of it again when it is over, but nothing to whoever has heard the end.
    let again = ask(server.address, &format!("GET {run}"), &[EVENTS], "").await;
    assert_eq!(again.body, format!("{RETRY}{}{}{}{DONE}", part(1), part(2), part(3)));
    for (path, headers) in [
        (format!("{run}?after=4"), &[EVENTS][..]),
        (format!("{run}?after=5"), &[EVENTS]),
        (run.clone(), &[EVENTS, ("Last-Event-ID", "4")]),
        (format!("{run}?after=4"), &[LINES]),
    ] {
        let answer = ask(server.address, &format!("GET {path}"), headers, "").await;
        assert_eq!((answer.status, answer.body.as_str()), (204, ""), "{path}");
    }
    let head = open(server.address, &format!("HEAD {run}"), &[EVENTS], "").await;
    assert_eq!((head.status, head.header("content-type")), (200, Some("text/event-stream")));
    let wrong = ask(server.address, &format!("GET {run}?after=two"), &[EVENTS], "").await;
    assert_eq!((wrong.status, wrong.code().as_str()), (400, "BAD_REQUEST"));
    let neither = ask(server.address, &format!("GET {run}"), &[("Accept", "text/html")], "").await;
    assert_eq!((neither.status, neither.code().as_str()), (406, "NOT_ACCEPTABLE"));
    server.end().await;
}

#[tokio::test]
async fn a_run_can_be_cancelled_from_elsewhere() {
    let server = Running::new().await;
    let gate = Gate::new("cancel alone");
    let run = begin(&server, &gate).await;
    let mut events = listen(&server, &run, &[EVENTS]).await;
    events.event().await;
    let cancelled = ask(server.address, &format!("DELETE {run}"), &[], "").await;
    assert_eq!((cancelled.status, cancelled.json()["state"].clone()), (200, json!("cancelled")));
    assert_eq!(cancelled.json()["error"]["code"], "CANCELLED");
    gate.left().await;
    assert_eq!(
        events.finish().await.body,
        "id: 1\nevent: error\ndata: {\"message\":\"the run was cancelled\",\"code\":\"CANCELLED\",\"step\":null,\"retryable\":false}\n\n"
    );
    let again = ask(server.address, &format!("DELETE {run}"), &[], "").await;
    assert_eq!((again.status, again.body), (200, cancelled.body));
    server.end().await;
}

#[tokio::test]
async fn a_run_that_somebody_waits_for_can_be_cancelled_too() {
    let server = Running::new().await;
    let gate = Gate::new("cancel stream");
    let mut events = follow(server.address, "gated", &gate.input()).await;
    let run = events.header("location").expect("a location").to_owned();
    gate.open();
    events.event().await.expect("a part");
    assert_eq!(state(&server, &run).await["state"], "running");
    let cancelled = ask(server.address, &format!("DELETE {run}"), &[], "").await;
    assert_eq!(cancelled.json()["state"], "cancelled");
    let last = events.event().await.expect("the end");
    assert!(last.starts_with("event: error\n") && last.contains("\"CANCELLED\""), "{last}");
    assert_eq!(events.event().await, None);
    // One that is over stays what it was.
    let done = call(server.address, "echo", &json!({})).await;
    let run = done.header("location").expect("a location");
    let answer = ask(server.address, &format!("DELETE {run}"), &[], "").await;
    assert_eq!((answer.status, answer.json()["state"].clone()), (200, json!("done")));
    server.end().await;
}

#[tokio::test]
async fn an_unknown_run_is_not_found() {
    let server = Running::new().await;
    for id in ["00000000000000000000000000000000", "x", "%00", &"a".repeat(10_000)] {
        for method in ["GET", "DELETE"] {
            for accept in ["*/*", "text/event-stream"] {
                let line = format!("{method} /runs/{id}");
                let answer = ask(server.address, &line, &[("Accept", accept)], "").await;
                assert_eq!((answer.status, answer.code().as_str()), (404, "UNKNOWN_RUN"), "{line:.60}");
            }
        }
    }
    assert_eq!(ask(server.address, "GET /runs", &[], "").await.status, 404);
    server.end().await;
}

#[tokio::test]
async fn a_flood_that_nobody_reads_takes_little_and_can_be_ended() {
    let server = Running::new().await;
    let gate = Gate::new("flood alone");
    let answer = start(&server, "flood", &gate.input()).await;
    let run = answer.header("location").expect("a location").to_owned();
    let told = || gate.told.load(std::sync::atomic::Ordering::Relaxed);
    within(async {
        while told() < 100 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    // Others are served meanwhile, and a reader who comes now is told what he missed.
    let mut events = listen(&server, &run, &[EVENTS]).await;
    events.event().await;
    assert!(events.event().await.expect("an event").contains("event: gap\n"));
    drop(events);
    assert_eq!(call(server.address, "echo", &json!({})).await.status, 200);
    assert_eq!(ask(server.address, &format!("DELETE {run}"), &[], "").await.json()["state"], "cancelled");
    gate.left().await;
    server.end().await;
}

/// Keeps runs in memory until it is told to fail.
#[derive(Debug)]
struct Failing(MemoryRuns);

impl RunStore for Failing {
    fn create(&self, run: RunRecord) -> BoxFuture<'_, Result<Option<Arc<RunRecord>>, Error>> {
        self.0.create(run)
    }

    fn update(&self, run: Arc<RunRecord>) -> BoxFuture<'_, Result<(), Error>> {
        self.0.update(run)
    }

    fn append(&self, _: RunId, _: RunEvent, _: u64) -> BoxFuture<'_, Result<(), Error>> {
        ready(Err(Error::new(ErrorKind::Internal, "the disk is full"))).boxed()
    }

    fn load(&self, id: RunId) -> BoxFuture<'_, Result<Option<Arc<RunRecord>>, Error>> {
        self.0.load(id)
    }

    fn events(
        &self,
        id: RunId,
        after: u64,
        limit: usize,
    ) -> BoxFuture<'_, Result<Vec<Arc<RunEvent>>, Error>> {
        self.0.events(id, after, limit)
    }

    fn remove(&self, id: RunId) -> BoxFuture<'_, Result<(), Error>> {
        self.0.remove(id)
    }

    fn keep(&self) -> Duration {
        self.0.keep()
    }
}

#[tokio::test]
async fn a_store_that_fails_ends_the_run() {
    let server = Running::with(|server| server.store(Failing(MemoryRuns::new()))).await;
    let answer = call(server.address, "streaming/progress", &json!({})).await;
    assert_eq!((answer.status, answer.code().as_str()), (500, "INTERNAL"));
    assert_eq!(answer.message(), "internal error; see the server's log");
    let events = follow(server.address, "streaming/progress", &json!({})).await.finish().await;
    assert!(events.body.starts_with("event: error\n") && !events.body.contains("disk"), "{}", events.body);
    assert_eq!(call(server.address, "echo", &json!({})).await.status, 200);
    server.end().await;
}

/// A store that outlives its server, as one on a disk does.
#[derive(Clone, Debug)]
struct Shared(Arc<MemoryRuns>);

impl RunStore for Shared {
    fn create(&self, run: RunRecord) -> BoxFuture<'_, Result<Option<Arc<RunRecord>>, Error>> {
        self.0.create(run)
    }

    fn update(&self, run: Arc<RunRecord>) -> BoxFuture<'_, Result<(), Error>> {
        // What a server that is killed never comes to write.
        if run.state.is_over() && run.task == "everywhere" {
            ready(Ok(())).boxed()
        } else {
            self.0.update(run)
        }
    }

    fn append(&self, id: RunId, event: RunEvent, first: u64) -> BoxFuture<'_, Result<(), Error>> {
        self.0.append(id, event, first)
    }

    fn load(&self, id: RunId) -> BoxFuture<'_, Result<Option<Arc<RunRecord>>, Error>> {
        self.0.load(id)
    }

    fn events(
        &self,
        id: RunId,
        after: u64,
        limit: usize,
    ) -> BoxFuture<'_, Result<Vec<Arc<RunEvent>>, Error>> {
        self.0.events(id, after, limit)
    }

    fn remove(&self, id: RunId) -> BoxFuture<'_, Result<(), Error>> {
        self.0.remove(id)
    }

    fn keep(&self) -> Duration {
        self.0.keep()
    }
}

#[tokio::test]
async fn another_server_knows_the_runs_of_the_one_before() {
    let store = Shared(Arc::new(MemoryRuns::new()));
    let server = Running::with(|server| server.store(store.clone())).await;
    let done = call(server.address, "streaming/progress", &json!({})).await;
    let done = done.header("location").expect("a location").to_owned();
    let gate = Gate::new("lost");
    let lost = begin(&server, &gate).await;
    gate.open();
    server.end().await;

    let server = Running::start(Server::new(&webtask(), tasks::all()).store(store)).await;
    assert_eq!(state(&server, &done).await["result"], json!({ "page": { "title": "Example Domain" } }));
    let events = ask(server.address, &format!("GET {done}?after=6"), &[EVENTS], "").await;
    assert!(events.body.starts_with("retry: 1000\n\nid: 7\nevent: status\n"), "{}", events.body);
    let lost_state = state(&server, &lost).await;
    assert_eq!((&lost_state["state"], &lost_state["error"]["code"]), (&json!("failed"), &json!("INTERNAL")));
    assert_eq!(lost_state["error"]["message"], "the server ended before the run did");
    let events = ask(server.address, &format!("GET {lost}"), &[EVENTS], "").await;
    assert!(events.body.contains("event: error\n"), "{}", events.body);
    server.end().await;
}
