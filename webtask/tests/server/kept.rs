//! What is kept of runs and of their events, and who has room.

use std::time::Duration;

use serde_json::json;
use webtask::server::MemoryRuns;

use crate::Running;
use crate::runs::{DONE, EVENTS, RETRY, begin, part, start, state, until};
use crate::tasks::Gate;
use crate::wire::{ask, call, follow, open, within};

#[tokio::test]
async fn what_is_no_longer_held_is_a_gap() {
    let server = Running::with(|server| server.event_buffer(200)).await;
    let gate = Gate::new("gap");
    let run = begin(&server, &gate).await;
    for _ in 0..3 {
        gate.open();
    }
    until(&server, &run, "done").await;
    let all = ask(server.address, &format!("GET {run}"), &[EVENTS], "").await.body;
    let rest = all.strip_prefix(RETRY).expect("the first line");
    let (gap, rest) = rest.split_once("\n\n").expect("an event");
    let next: u64 = gap
        .strip_prefix("id: ")
        .and_then(|gap| gap.split_once('\n'))
        .and_then(|(id, _)| id.parse().ok())
        .expect("a number");
    assert!(next > 0 && next < 4, "{all}");
    assert_eq!(gap, format!("id: {next}\nevent: gap\ndata: {{\"after\":0,\"next\":{}}}", next + 1));
    let held: String = (next + 1..=3).map(part).collect();
    assert_eq!(rest, format!("{held}{DONE}"));
    server.end().await;
}

#[tokio::test]
async fn runs_are_kept_for_a_time_and_in_a_number() {
    let server = Running::with(|server| server.store(MemoryRuns::new().at_most(2))).await;
    let mut runs = Vec::new();
    for _ in 0..3 {
        let answer = call(server.address, "echo", &json!({})).await;
        runs.push(answer.header("location").expect("a location").to_owned());
    }
    let mut statuses = Vec::new();
    for run in &runs {
        statuses.push(ask(server.address, &format!("GET {run}"), &[], "").await.status);
    }
    assert_eq!(statuses, [404, 200, 200]);
    // Those that go on alone keep their places, and others need none before they are over.
    let gates = ["kept one", "kept two"].map(Gate::new);
    for gate in &gates {
        begin(&server, gate).await;
    }
    assert_eq!(call(server.address, "echo", &json!({})).await.status, 200);
    let answer = start(&server, "everywhere", &json!({})).await;
    assert_eq!((answer.status, answer.code().as_str()), (503, "OVERLOADED"));
    assert_eq!(
        (answer.header("retry-after"), answer.json()["error"]["retryable"].clone()),
        (Some("1"), json!(true))
    );
    server.end().await;

    let short = MemoryRuns::new().for_time(Duration::from_millis(50));
    let server = Running::with(|server| server.store(short)).await;
    let answer = call(server.address, "echo", &json!({})).await;
    let run = format!("GET {}", answer.header("location").expect("a location"));
    within(async { while ask(server.address, &run, &[], "").await.status != 404 {} }).await;
    server.end().await;
}

#[tokio::test]
async fn streams_leave_room_for_other_runs() {
    let server = Running::with(|server| server.store(MemoryRuns::new().at_most(2).within_bytes(4096))).await;
    let gates = ["room one", "room two", "room three", "room four"].map(Gate::new);
    let mut streams = Vec::new();
    for gate in &gates {
        let mut events = follow(server.address, "gated", &gate.input()).await;
        gate.open();
        assert!(events.event().await.is_some());
        streams.push(events);
    }
    assert_eq!(call(server.address, "echo", &json!({})).await.status, 200);
    assert_eq!(start(&server, "detached", &json!({})).await.status, 202);
    for events in &streams {
        let run = events.header("location").expect("a location");
        assert_eq!(state(&server, run).await["state"], "running");
    }
    server.end().await;
}

#[tokio::test]
async fn of_a_stream_that_was_read_little_is_held() {
    let server = Running::new().await;
    let read = follow(server.address, "burst", &json!({})).await.finish().await;
    // What it had not read when the run ended is held, too.
    let read = held(&server, read.header("location").expect("a location")).await;
    assert!((1..=40).contains(&read), "{read} KiB");
    // The call may be repeated, which is answered with its events.
    let keyed = [EVENTS, ("Idempotency-Key", "burst")];
    let keyed = open(server.address, "POST /tasks/burst", &keyed, "").await.finish().await;
    let keyed = held(&server, keyed.header("location").expect("a location")).await;
    assert!((100..256).contains(&keyed), "{keyed} KiB");
    server.end().await;
}

/// How many events of a burst, of a KiB each, are held when it is over.
async fn held(server: &Running, run: &str) -> usize {
    let events = ask(server.address, &format!("GET {run}"), &[EVENTS], "").await.body;
    assert!(events.contains("event: gap\n"), "{events:.300}");
    events.matches("event: status\n").count()
}
