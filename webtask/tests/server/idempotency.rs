//! `Idempotency-Key`: a call that is repeated gets the answer of the first one, and runs once.

use serde_json::{Value, json};
use warp::Filter as _;

use crate::runs::{ALONE, EVENTS, state};
use crate::tasks::Gate;
use crate::wire::{Answer, ask, compose, connect, open, within};
use crate::{Running, webtask};
use webtask::server::{MemoryRuns, Server};
use webtask::{Pool, Webtask};

async fn post(server: &Running, slug: &str, key: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let headers = [headers, &[("Idempotency-Key", key)]].concat();
    ask(server.address, &format!("POST /tasks/{slug}"), &headers, body).await
}

#[tokio::test]
async fn the_same_call_is_answered_once() {
    let server = Running::new().await;
    let gate = Gate::new("once");
    for _ in 0..3 {
        gate.open();
    }
    let input = gate.input().to_string();
    let first = post(&server, "gated", "once", &[], &input).await;
    assert_eq!(first.status, 200);
    // A run of its own would wait at the gate.
    let again = post(&server, "gated", "\"once\"", &[], &input).await;
    assert_eq!((again.status, &again.body), (200, &first.body));
    assert_eq!(again.header("location"), first.header("location"));
    // The same run as a stream, from its first event on, as the stream of a call is.
    let events = post(&server, "gated", "once", &[EVENTS], &input).await;
    assert_eq!(events.header("location"), first.header("location"));
    assert!(events.body.starts_with("event: part\n"), "{}", events.body);
    assert_eq!(events.body.matches("event: ").count(), 4);
    server.end().await;
}

#[tokio::test]
async fn a_failure_is_an_answer_too() {
    let server = Running::new().await;
    let input = json!({ "kind": "STEP_FAILED" }).to_string();
    let first = post(&server, "fail", "failure", &[], &input).await;
    let again = post(&server, "fail", "failure", &[], &input).await;
    assert_eq!((again.status, again.code().as_str(), &again.body), (500, "STEP_FAILED", &first.body));
    assert_eq!(again.header("location"), first.header("location"));
    server.end().await;
}

#[tokio::test]
async fn another_call_with_the_same_key_is_refused() {
    let server = Running::new().await;
    assert_eq!(post(&server, "echo", "other", &[], "{\"a\":1}").await.status, 200);
    for (slug, body) in [("echo", "{\"a\":2}"), ("echo", ""), ("json-only", "{\"a\":1}")] {
        let answer = post(&server, slug, "other", &[], body).await;
        assert_eq!((answer.status, answer.code().as_str()), (422, "IDEMPOTENCY_MISMATCH"), "{slug} {body}");
    }
    server.end().await;
}

#[tokio::test]
async fn a_call_that_goes_on_is_not_repeated() {
    let server = Running::new().await;
    let gate = Gate::new("in flight");
    let input = gate.input().to_string();
    let headers = [("Idempotency-Key", "flight"), EVENTS];
    let mut events = open(server.address, "POST /tasks/gated", &headers, &input).await;
    gate.entered().await;
    for headers in [&[][..], &[EVENTS]] {
        let answer = post(&server, "gated", "flight", headers, &input).await;
        assert_eq!((answer.status, answer.code().as_str()), (409, "IDEMPOTENCY_IN_FLIGHT"));
        assert_eq!(answer.header("retry-after"), Some("1"));
        assert_eq!(answer.header("location"), events.header("location"));
    }
    let other = post(&server, "gated", "flight", &[], "{}").await;
    assert_eq!((other.status, other.code().as_str()), (422, "IDEMPOTENCY_MISMATCH"));
    for _ in 0..3 {
        gate.open();
    }
    while events.event().await.is_some() {}
    let again = post(&server, "gated", "flight", &[], &input).await;
    assert_eq!((again.status, again.body.as_str()), (200, r#"{"ok":true,"data":{"parts":3}}"#));
    server.end().await;
}

#[tokio::test]
async fn a_run_that_goes_on_alone_is_found_again() {
    let server = Running::new().await;
    let gate = Gate::new("key alone");
    let input = gate.input().to_string();
    let first = post(&server, "everywhere", "alone", &[ALONE], &input).await;
    gate.entered().await;
    let again = post(&server, "everywhere", "alone", &[ALONE], &input).await;
    assert_eq!((first.status, again.status), (202, 202));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.json()["state"], "running");
    let sync = post(&server, "everywhere", "alone", &[], &input).await;
    assert_eq!((sync.status, sync.code().as_str()), (409, "IDEMPOTENCY_IN_FLIGHT"));
    for _ in 0..3 {
        gate.open();
    }
    let wait = ("Prefer", "respond-async, wait=60");
    let done = post(&server, "everywhere", "alone", &[wait], &input).await;
    assert_eq!((done.status, done.body.as_str()), (200, r#"{"ok":true,"data":{"parts":3}}"#));
    assert_eq!(post(&server, "everywhere", "alone", &[], &input).await.body, done.body);
    server.end().await;
}

#[tokio::test]
async fn of_many_at_once_one_runs() {
    let server = Running::new().await;
    let gate = Gate::new("race");
    let input = gate.input().to_string();
    let (address, headers) = (server.address, [("Idempotency-Key", "race")]);
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let input = input.clone();
            tokio::spawn(async move { ask(address, "POST /tasks/gated", &headers, &input).await })
        })
        .collect();
    gate.entered().await;
    let mut statuses = Vec::new();
    let mut calls: futures::stream::FuturesUnordered<_> = calls.into_iter().collect();
    while statuses.len() < 49 {
        let answer = within(futures::StreamExt::next(&mut calls)).await.expect("a call").expect("no panic");
        statuses.push(answer.status);
    }
    assert_eq!(statuses, [409; 49]);
    for _ in 0..3 {
        gate.open();
    }
    let answer = within(futures::StreamExt::next(&mut calls)).await.expect("the last").expect("no panic");
    assert_eq!((answer.status, answer.json()["data"].clone()), (200, json!({ "parts": 3 })));
    server.end().await;
}

#[tokio::test]
async fn a_cancelled_call_is_not_run_again() {
    let server = Running::new().await;
    let gate = Gate::new("key left");
    let input = gate.input().to_string();
    let mut connection = connect(server.address).await;
    let request = compose(server.address, "POST /tasks/gated", &[("Idempotency-Key", "left")], &input);
    tokio::io::AsyncWriteExt::write_all(&mut connection, request.as_bytes()).await.expect("written");
    gate.entered().await;
    drop(connection);
    gate.left().await;
    let again = loop {
        let answer = post(&server, "gated", "left", &[], &input).await;
        if answer.status != 409 {
            break answer;
        }
    };
    assert_eq!((again.status, again.code().as_str()), (500, "CANCELLED"));
    server.end().await;
}

#[tokio::test]
async fn what_never_began_may_be_tried_again() {
    let webtask = Webtask::builder().sandbox(false).pool(Pool::new("default").size(1).queue(0));
    let server = Server::new(&webtask.build().expect("good settings"), [crate::windows::WINDOW.clone()]);
    let server = Running::start(server).await;
    let (held, tried) = (Gate::new("key held"), Gate::new("key tried"));
    let events = crate::wire::follow(server.address, "window", &held.input()).await;
    let input = tried.input().to_string();
    for _ in 0..2 {
        let busy = post(&server, "window", "again", &[], &input).await;
        assert_eq!((busy.status, busy.code().as_str(), busy.header("location")), (429, "POOL_BUSY", None));
    }
    drop(events);
    for _ in 0..3 {
        tried.open();
    }
    let answer = loop {
        let answer = post(&server, "window", "again", &[], &input).await;
        if answer.status != 429 {
            break answer;
        }
    };
    assert_eq!((answer.status, answer.json()["data"].clone()), (200, json!({ "parts": 3 })));
    server.end().await;
}

#[tokio::test]
async fn a_key_is_one_word_and_for_post_only() {
    let server = Running::new().await;
    for key in ["", "\"", "a b", &"k".repeat(256)] {
        let answer = post(&server, "echo", key, &[], "{}").await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_REQUEST"), "{key}");
    }
    let key = [("Idempotency-Key", "a b")];
    assert_eq!(ask(server.address, "GET /tasks", &key, "").await.status, 200);
    server.end().await;
}

#[tokio::test]
async fn a_key_lives_as_long_as_its_run() {
    let store = MemoryRuns::new().for_time(std::time::Duration::ZERO);
    let server = Running::start(Server::new(&webtask(), crate::tasks::all()).store(store)).await;
    let first = post(&server, "echo", "short", &[], "{}").await;
    let again = post(&server, "echo", "short", &[], "{\"a\":1}").await;
    assert_eq!((first.status, again.status), (200, 200));
    assert_ne!(first.header("location"), again.header("location"));
    assert_ne!(again.json()["data"], Value::Null);

    // However many runs are kept besides.
    let server = {
        server.end().await;
        let store = MemoryRuns::new().at_most(2);
        Running::start(Server::new(&webtask(), crate::tasks::all()).store(store)).await
    };
    let first = post(&server, "echo", "long", &[], "{}").await;
    for _ in 0..5 {
        assert_eq!(ask(server.address, "POST /tasks/echo", &[], "{}").await.status, 200);
    }
    let again = post(&server, "echo", "long", &[], "{}").await;
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(state(&server, first.header("location").expect("a location")).await["state"], "done");
    server.end().await;
}

#[tokio::test]
async fn a_key_is_its_callers_own() {
    let server = Running::with(|server| server.token("ann").token("bob")).await;
    let (ann, bob) = (("Authorization", "Bearer ann"), ("Authorization", "Bearer bob"));
    // Neither the answer of the other, nor a word that there was one.
    for (key, body) in [("same", "{\"a\":1}"), ("other", "{\"a\":2}")] {
        let first = post(&server, "echo", key, &[ann], "{\"a\":1}").await;
        let other = post(&server, "echo", key, &[bob], body).await;
        assert_eq!((first.status, other.status), (200, 200), "{}", other.body);
        assert_ne!(other.header("location"), first.header("location"));
        for (caller, body, answer) in [(ann, "{\"a\":1}", first), (bob, body, other)] {
            let again = post(&server, "echo", key, &[caller], body).await;
            assert_eq!(again.header("location"), answer.header("location"));
        }
    }
    server.end().await;
}

#[derive(Clone)]
struct User(String);

#[tokio::test]
async fn a_caller_is_who_the_application_says() {
    let user = || warp::header("x-user").or(warp::cookie("user")).unify().map(User);
    let named = Running::with(|server| server.with(user()).caller(|User(name)| name.clone())).await;
    let unnamed = Running::with(|server| server.with(user())).await;
    let (ann, bob) = (("X-User", "ann"), ("X-User", "bob"));
    let (ann_too, bob_too) = (("Cookie", "user=ann"), ("Cookie", "user=bob"));
    let location = async |server: &Running, key: &str, caller| {
        let answer = post(server, "echo", key, &[caller], "{}").await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.header("location").map(str::to_owned)
    };
    // By the name, however it was told.
    assert_eq!(location(&named, "k", ann).await, location(&named, "k", ann_too).await);
    assert_ne!(location(&named, "k", ann).await, location(&named, "k", bob).await);
    // By what may be a credential, where nobody names the caller.
    assert_eq!(location(&unnamed, "k", ann_too).await, location(&unnamed, "k", ann_too).await);
    assert_ne!(location(&unnamed, "k", ann_too).await, location(&unnamed, "k", bob_too).await);
    named.end().await;
    unnamed.end().await;
}
