//! The list of tasks, exchanged while the server runs.

use std::time::Duration;

use futures::future::join_all;
use serde_json::{Value, json};
use webtask::__rt::{Dialogs, Shared, run};
use webtask::server::{Server, Tasks};
use webtask::{Error, ErrorKind, Task, Transport, Webtask};

use crate::filters::Own;
use crate::runs::{ALONE, EVENTS, until};
use crate::tasks::{EVERY, Gate, gated};
use crate::wire::{Answer, ask, call, follow, open, within};
use crate::{Running, webtask};

/// What every task here has.
fn plain(slug: &str) -> Shared {
    Shared {
        slug: slug.to_owned(),
        doc: String::new(),
        pool: "default".to_owned(),
        timeout: Duration::from_secs(300),
        transports: EVERY.to_vec(),
        dialogs: Dialogs::Dismiss,
        browser: false,
        untrusted: false,
        urls: Vec::new(),
        secrets: Vec::new(),
        settings: Vec::new(),
        setup: None,
        input: json!({}),
        accepts: json!({ "type": "object" }),
        output: json!({}),
        start: Box::new(|_, _, _| Err(Error::new(ErrorKind::Internal, "it is not called"))),
    }
}

/// A task that gives the number of its version, and says it wherever it is described.
fn version(slug: &str, number: u64) -> Task {
    Task::shared(Shared {
        doc: format!("version {number}"),
        output: json!({ "const": number }),
        start: Box::new(move |webtask, task, _| {
            let run = run(webtask, task, number, |_, number| Box::pin(async move { Ok(json!(number)) }));
            Ok(run.into_json())
        }),
        ..plain(slug)
    })
}

/// A task that goes on with each time that its gate is opened.
fn held(slug: &str) -> Task {
    Task::shared(Shared { start: Box::new(gated), ..plain(slug) })
}

async fn serve(webtask: &Webtask, tasks: impl IntoIterator<Item = Task>) -> (Running, Tasks) {
    let server = Server::new(webtask, tasks);
    let tasks = server.tasks();
    (Running::start(server).await, tasks)
}

async fn get(server: &Running, path: &str) -> Answer {
    ask(server.address, &format!("GET {path}"), &[], "").await
}

fn data(answer: &Answer) -> &str {
    assert_eq!(answer.status, 200, "{}", answer.body);
    &answer.body
}

#[tokio::test]
async fn all_that_is_said_of_tasks_follows_the_new_list() {
    let (server, tasks) = serve(&webtask(), [version("shop/old", 1), version("shop/both", 1)]).await;
    assert_eq!(data(&call(server.address, "shop/old", &json!({})).await), r#"{"ok":true,"data":1}"#);
    let document = get(&server, "/openapi.json").await.json();
    assert!(document["paths"]["/tasks/shop/old"].is_object());

    let socket = Shared { transports: vec![Transport::WebSocket], ..plain("shop/socket") };
    let new = [version("shop/both", 2), version("shop/fresh", 2), Task::shared(socket)];
    tasks.replace(new).expect("a good list");
    let slugs: Vec<_> = tasks.list().iter().map(|task| task.slug().to_owned()).collect();
    assert_eq!(slugs, ["shop/both", "shop/fresh", "shop/socket"]);

    let list = get(&server, "/tasks").await.json();
    let names: Vec<_> = list.as_array().expect("a list").iter().map(|task| &task["name"]).collect();
    assert_eq!(names, ["shop/both", "shop/fresh", "shop/socket"]);
    assert_eq!(get(&server, "/tasks/shop/both").await.json()["doc"], "version 2");
    assert_eq!(get(&server, "/health").await.json()["taskCount"], 3);
    assert_eq!(get(&server, "/readyz").await.status, 200);
    let paths = get(&server, "/openapi.json").await.json()["paths"].clone();
    assert!(paths["/tasks/shop/old"].is_null() && paths["/tasks/shop/fresh"].is_object(), "{paths}");
    assert!(paths["/tasks/shop/socket"]["post"].is_null(), "{paths}");

    assert_eq!(data(&call(server.address, "shop/both", &json!({})).await), r#"{"ok":true,"data":2}"#);
    assert_eq!(data(&call(server.address, "shop/fresh", &json!({})).await), r#"{"ok":true,"data":2}"#);
    for line in ["POST /tasks/shop/old", "GET /tasks/shop/old", "OPTIONS /tasks/shop/old"] {
        let answer = ask(server.address, line, &[], "").await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "UNKNOWN_TASK"), "{line}");
    }
    let answer = call(server.address, "shop/fesh", &json!({})).await;
    assert_eq!(answer.message(), "no task `shop/fesh`; did you mean `shop/fresh`?");
    let answer = ask(server.address, "PUT /tasks/shop/fresh", &[], "").await;
    assert_eq!((answer.status, answer.code().as_str()), (405, "METHOD_NOT_ALLOWED"));
    let metrics = get(&server, "/metrics").await.body;
    for (slug, count) in [("shop/old", 1), ("shop/both", 1), ("shop/fresh", 1)] {
        let line = format!("webtask_runs_total{{outcome=\"done\",task=\"{slug}\"}} {count}\n");
        assert!(metrics.contains(&line), "{line}{metrics}");
    }
    server.end().await;
}

#[tokio::test]
async fn a_run_finishes_with_the_task_that_it_began_with() {
    let (server, tasks) = serve(&webtask(), [held("shop/held"), version("shop/other", 1)]).await;
    let (followed, alone) = (Gate::new("exchanged, followed"), Gate::new("exchanged, alone"));
    let stream = follow(server.address, "shop/held", &followed.input()).await;
    followed.entered().await;
    let begun = ask(server.address, "POST /tasks/shop/held", &[ALONE], &alone.input().to_string()).await;
    let run = begun.header("location").expect("a location").to_owned();
    alone.entered().await;

    tasks.replace([version("shop/new", 2)]).expect("a good list");
    assert_eq!(call(server.address, "shop/held", &followed.input()).await.status, 404);
    for _ in 0..3 {
        followed.open();
        alone.open();
    }
    let told = stream.finish().await;
    assert!(
        told.body.ends_with("event: done\ndata: {\"ok\":true,\"data\":{\"parts\":3}}\n\n"),
        "{}",
        told.body
    );
    let over = until(&server, &run, "done").await;
    assert_eq!((&over["task"], &over["result"]), (&json!("shop/held"), &json!({ "parts": 3 })));
    // Its events are there, too.
    let events = open(server.address, &format!("GET {run}"), &[EVENTS], "").await.finish().await;
    assert_eq!(events.body.matches("event: part").count(), 3, "{}", events.body);
    server.end().await;
}

#[tokio::test]
async fn a_repeated_call_gets_its_first_answer_as_long_as_the_slug_is_there() {
    let (server, tasks) = serve(&webtask(), [version("shop/price", 1)]).await;
    let post = async |key: &str| {
        ask(server.address, "POST /tasks/shop/price", &[("Idempotency-Key", key)], "{}").await
    };
    assert_eq!(post("a").await.json()["data"], 1);
    tasks.replace([version("shop/price", 2)]).expect("a good list");
    assert_eq!(
        (post("a").await.json()["data"].clone(), post("b").await.json()["data"].clone()),
        (json!(1), json!(2))
    );
    tasks.replace([]).expect("an empty list");
    assert_eq!((post("a").await.status, post("c").await.status), (404, 404));
    server.end().await;
}

#[tokio::test]
async fn a_list_that_cannot_be_served_changes_nothing() {
    let (server, tasks) = serve(&webtask(), [version("shop/price", 1)]).await;
    let secret = Shared { secrets: vec!["token".to_owned()], ..plain("shop/secret") };
    let pool = Shared { pool: "none".to_owned(), browser: true, ..plain("shop/pool") };
    for (list, message) in [
        (
            vec![version("shop/a", 2), version("shop/a", 3)],
            "two tasks have the slug `shop/a`; give one of them another",
        ),
        (vec![version("shop/a", 2), Task::shared(secret)], "secret `token` of task `shop/secret` is not set"),
        (vec![Task::shared(pool)], "no such pool: task `shop/pool` wants `none`"),
    ] {
        let error = tasks.replace(list).expect_err(message);
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.message().starts_with(message), "{error}");
        assert_eq!(tasks.list().len(), 1);
        assert_eq!(call(server.address, "shop/price", &json!({})).await.json()["data"], 1);
        assert_eq!(call(server.address, "shop/a", &json!({})).await.status, 404);
    }
    server.end().await;
}

#[tokio::test]
async fn every_door_of_a_server_has_the_same_list() {
    let server = Server::new(&webtask(), [version("shop/price", 1)]);
    let (filter, service) = (server.routes().expect("good settings"), server.clone().into_service());
    let app = axum::Router::new().fallback_service(service.expect("good settings"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    let serving = tokio::spawn(async { axum::serve(listener, app).await.expect("serves") });
    server.tasks().replace([version("shop/price", 2)]).expect("a good list");
    assert_eq!(call(address, "shop/price", &json!({})).await.json()["data"], 2);
    let own = Own::new(filter).await;
    assert_eq!(call(own.address, "shop/price", &json!({})).await.json()["data"], 2);
    serving.abort();
}

/// The versions that an answer names, each once.
fn versions(answer: &Answer) -> Vec<u64> {
    let mut found = Vec::new();
    collect(&answer.json(), &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn collect(value: &Value, found: &mut Vec<u64>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("const").and_then(Value::as_u64));
            map.values().for_each(|value| collect(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_fails_or_sees_two_lists_while_they_are_exchanged() {
    const SLUGS: [&str; 3] = ["shop/one", "shop/two", "shop/three"];
    const ROUNDS: usize = 60;
    let list = |number| SLUGS.map(|slug| version(slug, number));
    let (server, tasks) = serve(&webtask(), list(0)).await;
    let address = server.address;
    let clients = (0..6).map(|client| {
        tokio::spawn(async move {
            let mut newest = 0;
            for round in 0..ROUNDS {
                let slug = SLUGS[(client + round) % SLUGS.len()];
                let answer = match (client + round) % 4 {
                    0 => ask(address, "GET /tasks", &[], "").await,
                    1 => ask(address, "GET /openapi.json", &[], "").await,
                    2 => ask(address, &format!("GET /tasks/{slug}"), &[], "").await,
                    _ => call(address, slug, &json!({})).await,
                };
                assert_eq!(answer.status, 200, "{}", answer.body);
                let seen = match answer.json()["data"].as_u64() {
                    Some(number) => vec![number],
                    None => versions(&answer),
                };
                assert_eq!(seen.len(), 1, "a mix: {}", answer.body);
                assert!(seen[0] >= newest, "an older list than before: {} after {newest}", seen[0]);
                newest = seen[0];
            }
            newest
        })
    });
    let clients: Vec<_> = clients.collect();
    let mut number = 0;
    while !clients.iter().all(tokio::task::JoinHandle::is_finished) {
        number += 1;
        tasks.replace(list(number)).expect("a good list");
        tokio::task::yield_now().await;
    }
    let seen = within(join_all(clients)).await;
    assert!(
        seen.into_iter().map(|newest| newest.expect("no panic")).max() > Some(0),
        "nothing was exchanged"
    );
    server.end().await;
}
