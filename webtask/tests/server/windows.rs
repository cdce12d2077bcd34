//! Calls of tasks that need a real browser: who waits for a window, who is turned away, and the contract's own recipe.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use webtask::__rt::Parts;
use webtask::server::Server;
use webtask::{Pool, Task, Webtask, tasks};

use crate::runs::{ALONE, begin, state};
use crate::tasks::{BOTH, EVERY, Gate, gated, parts};
use crate::wire::{Open, ask, call, compose, connect, follow, raw, within};
use crate::{Running, streams};

webtask::webtask! {
    /// A four-step flow that reports its progress as it runs.
    task "streaming/progress" {
        transport rest, sse;

        status "Step 1 of 4 — navigate";
        goto "https://example.com";
        emit progress "navigation complete" data { fraction: 0.25 };

        status "Step 2 of 4 — pause briefly";
        wait 10ms;
        emit progress "pause finished" data { fraction: 0.5 };

        status "Step 3 of 4 — read title";
        extract page from "html" { title text "title"; }
        emit progress "extracted title" data { fraction: 0.75 };

        status "Step 4 of 4 — done";
    }
}

webtask::webtask! {
    task "never/ends" {
        transport rest, sse;
        timeout 1h;
        goto "data:text/html,<title>waits</title>";
        status "mid-step";
        wait until "#never" timeout 1h;
    }
}

webtask::webtask! {
    task "ends/soon" {
        transport rest;
        goto "data:text/html,<title>ends</title>";
        js title "return document.title";
    }
}

/// Waits until every window is clean and free again.
async fn idle(webtask: &Webtask) {
    within(async {
        while webtask.pools()[0].1.busy > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

/// Holds a window while its gate is closed.
pub(crate) static WINDOW: Task = Task::new(&Parts {
    browser: true,
    ..parts("window", BOTH, |webtask, input| gated(webtask, &WINDOW, input))
});

/// The same, in every way in which a task can be called.
pub(crate) static EVERYWHERE: Task = Task::new(&Parts {
    browser: true,
    ..parts("everywhere", EVERY, |webtask, input| gated(webtask, &EVERYWHERE, input))
});

/// A server with one window.
async fn server(pool: Pool) -> Running {
    let webtask = Webtask::builder().sandbox(false).pool(pool.size(1)).build().expect("good settings");
    Running::start(Server::new(&webtask, [WINDOW.clone()])).await
}

async fn pool(server: &Running) -> (Value, Value, Value) {
    let health = ask(server.address, "GET /health", &[], "").await.json();
    let pool = &health["pools"]["default"];
    (pool["free"].clone(), pool["busy"].clone(), pool["waiting"].clone())
}

async fn until_waiting(server: &Running, count: u64) {
    within(async { while pool(server).await.2 != json!(count) {} }).await;
}

#[tokio::test]
async fn a_full_pool_turns_calls_away() {
    let server = server(Pool::new("default").queue(0)).await;
    let gate = Gate::new("full pool");
    let _held = follow(server.address, "window", &gate.input()).await;
    for answer in [
        call(server.address, "window", &gate.input()).await,
        follow(server.address, "window", &gate.input()).await.finish().await,
    ] {
        assert_eq!((answer.status, answer.code().as_str()), (429, "POOL_BUSY"));
        assert_eq!(answer.header("retry-after"), Some("1"));
        assert_eq!(answer.json()["error"]["task"], "window");
        assert_eq!(answer.json()["error"]["retryable"], true);
    }
    assert_eq!(pool(&server).await, (json!(0), json!(1), json!(0)));
    server.end().await;
}

#[tokio::test]
async fn a_run_that_goes_on_alone_waits_for_its_window() {
    let webtask = Webtask::builder().sandbox(false);
    let webtask = webtask.pool(Pool::new("default").size(1).queue(1).wait(Duration::from_millis(500)));
    let server = Server::new(&webtask.build().expect("good settings"), [EVERYWHERE.clone()]);
    let server = Running::start(server).await;
    let (held, waits) = (Gate::new("alone holds"), Gate::new("alone waits"));
    let held_run = begin(&server, &held).await;
    let post = async |gate: &Gate| {
        ask(server.address, "POST /tasks/everywhere", &[ALONE], &gate.input().to_string()).await
    };
    let waiting = post(&waits).await;
    assert_eq!((waiting.status, waiting.json()["state"].clone()), (202, json!("queued")));
    assert_eq!(waiting.json()["started"], Value::Null);
    until_waiting(&server, 1).await;
    let refused = post(&waits).await;
    assert_eq!(
        (refused.status, refused.code().as_str(), refused.header("location")),
        (429, "POOL_BUSY", None)
    );
    let run = waiting.header("location").expect("a location");
    let failed = loop {
        let state = state(&server, run).await;
        if state["state"] != "queued" {
            break state;
        }
    };
    assert_eq!((&failed["state"], &failed["error"]["code"]), (&json!("failed"), &json!("POOL_BUSY")));
    assert_eq!(failed["started"], Value::Null);
    assert_eq!(
        ask(server.address, &format!("DELETE {held_run}"), &[], "").await.json()["state"],
        "cancelled"
    );
    held.left().await;
    server.end().await;
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_turned_away() {
    let server = server(Pool::new("default").wait(Duration::from_millis(50))).await;
    let gate = Gate::new("long wait");
    let _held = follow(server.address, "window", &gate.input()).await;
    let answer = follow(server.address, "window", &gate.input()).await.finish().await;
    assert_eq!((answer.status, answer.code().as_str()), (429, "POOL_BUSY"));
    server.end().await;
}

#[tokio::test]
async fn the_headers_wait_for_the_window() {
    let server = server(Pool::new("default").wait(Duration::from_secs(60))).await;
    let (first, second) = (Gate::new("first"), Gate::new("second"));
    let held = follow(server.address, "window", &first.input()).await;
    let (address, input) = (server.address, second.input());
    let waiting = tokio::spawn(async move { follow(address, "window", &input).await });
    until_waiting(&server, 1).await;
    assert!(!waiting.is_finished());
    drop(held);
    first.left().await;
    let mut events: Open = within(waiting).await.expect("no panic");
    assert_eq!(events.status, 200);
    second.open();
    assert!(events.event().await.expect("an event").contains("part 0"));
    server.end().await;
}

#[tokio::test]
async fn a_client_that_leaves_the_queue_is_forgotten() {
    let server = server(Pool::new("default").wait(Duration::from_secs(60))).await;
    let gate = Gate::new("leaves queue");
    let _held = follow(server.address, "window", &gate.input()).await;
    for accept in ["application/json", "text/event-stream"] {
        let request =
            compose(server.address, "POST /tasks/window", &[("Accept", accept)], &gate.input().to_string());
        let mut connection = connect(server.address).await;
        tokio::io::AsyncWriteExt::write_all(&mut connection, request.as_bytes()).await.expect("written");
        until_waiting(&server, 1).await;
        drop(connection);
        until_waiting(&server, 0).await;
    }
    server.end().await;
}

#[tokio::test]
async fn a_client_that_leaves_mid_step_has_its_window_back_soon() {
    let webtask = Webtask::builder().sandbox(false).build().expect("good settings");
    let server = Running::start(Server::new(&webtask, tasks![never_ends, ends_soon])).await;
    let (mut times, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..20 {
        // How fast the machine is just now: a run that ends by itself, with its own clean-up.
        let begun = Instant::now();
        assert_eq!(call(server.address, "ends/soon", &json!({})).await.status, 200);
        idle(&webtask).await;
        whole.push(begun.elapsed());
        let mut events = follow(server.address, "never/ends", &json!({})).await;
        assert!(events.event().await.expect("an event").contains("mid-step"));
        assert_eq!(webtask.pools()[0].1.busy, 1);
        let left = Instant::now();
        drop(events);
        idle(&webtask).await;
        times.push(left.elapsed());
    }
    times.sort();
    whole.sort();
    let bound = Duration::from_millis(250).max(4 * whole[10]);
    assert!(times[10] < bound, "clean-up took {times:?}, whole runs took {whole:?}");
    server.end().await;
}

#[tokio::test]
async fn the_contracts_recipe_gives_the_contracts_bytes() {
    let site = tempfile::tempdir().expect("a directory");
    std::fs::create_dir(site.path().join("example.com")).expect("made");
    std::fs::write(site.path().join("example.com/index.html"), "<title>Example Domain</title>")
        .expect("written");
    let webtask = Webtask::builder().sandbox(false).replay(site.path()).build().expect("good settings");
    let server = Running::start(Server::new(&webtask, tasks![streaming_progress])).await;
    let answer = call(server.address, "streaming/progress", &json!({})).await;
    assert_eq!(answer.body, r#"{"ok":true,"data":{"page":{"title":"Example Domain"}}}"#);
    assert_eq!(
        follow(server.address, "streaming/progress", &json!({})).await.finish().await.body,
        streams::STREAM
    );
    // The description is the expansion's own.
    let head = format!("GET /tasks/streaming/progress HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    let description = raw(server.address, head.as_bytes()).await.finish().await.json();
    assert_eq!(description["doc"], "A four-step flow that reports its progress as it runs.");
    assert_eq!(description["output"]["properties"]["page"]["properties"]["title"]["type"], "string");
    server.end().await;
}
