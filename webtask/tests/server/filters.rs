//! The endpoints as filters: below a prefix, beside the user's own routes, one by one.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use warp::Filter as _;
use warp::filters::BoxedFilter;
use warp::reply::{Reply as _, Response};
use webtask::server::{Endpoint, Server, routes};

use crate::tasks::Gate;
use crate::windows::WINDOW;
use crate::wire::{ask, call, follow, open};
use crate::{Running, streams, tasks, webtask};

/// A server of the user's own, of which ours knows nothing.
pub(crate) struct Own {
    pub(crate) address: SocketAddr,
    serving: AbortHandle,
}

impl Own {
    pub(crate) async fn new(filter: BoxedFilter<(Response,)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let serving = tokio::spawn(warp::serve(filter).incoming(listener).run()).abort_handle();
        Self { address, serving }
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn text(
    text: &'static str,
) -> impl warp::Filter<Extract = (Response,), Error = std::convert::Infallible> + Clone {
    warp::any().map(move || text.into_response())
}

#[tokio::test]
async fn stands_below_a_prefix() {
    let ours = routes(&webtask(), tasks::all()).expect("good settings");
    let own = Own::new(warp::path("api").and(warp::path("v1")).and(ours).boxed()).await;
    assert_eq!(ask(own.address, "POST /api/v1/tasks/echo", &[], "{}").await.body, r#"{"ok":true,"data":{}}"#);
    assert_eq!(ask(own.address, "GET /api/v1/health", &[], "").await.status, 200);
    assert_eq!(ask(own.address, "GET /api/v1/tasks/echo", &[], "").await.json()["name"], "echo");
    assert_eq!(ask(own.address, "GET /health", &[], "").await.status, 404);
    let accept = [("Accept", "text/event-stream")];
    let stream = ask(own.address, "POST /api/v1/tasks/streaming/progress", &accept, "").await;
    assert_eq!(stream.body, streams::STREAM);
    // A run is where the prefix is.
    let run = stream.header("location").expect("a location");
    assert!(run.starts_with("/api/v1/runs/"), "{run}");
    assert_eq!(ask(own.address, &format!("GET {run}"), &[], "").await.json()["state"], "done");
}

#[tokio::test]
async fn goes_on_to_the_users_own_routes() {
    let before = warp::path!("tasks" / "own").and(text("before"));
    let ours = routes(&webtask(), tasks::all()).expect("good settings");
    let after = warp::path("own").and(text("after"));
    let own = Own::new(before.or(ours).unify().or(after).unify().boxed()).await;
    assert_eq!(ask(own.address, "GET /own", &[], "").await.body, "after");
    assert_eq!(ask(own.address, "PUT /own", &[("Host", "any.example")], "x").await.body, "after");
    assert_eq!(ask(own.address, "GET /tasks/own", &[], "").await.body, "before");
    assert_eq!(ask(own.address, "POST /tasks/echo", &[], "").await.status, 200);
    assert_eq!(ask(own.address, "GET /nothing", &[], "").await.status, 404);
    // What is ours does not go on.
    assert_eq!(ask(own.address, "PUT /health", &[], "").await.code(), "METHOD_NOT_ALLOWED");
    assert_eq!(
        follow(own.address, "streaming/progress", &json!({})).await.finish().await.body,
        streams::STREAM
    );
}

#[tokio::test]
async fn an_endpoint_stands_alone() {
    let server = Server::new(&webtask(), tasks::all());
    let own = Own::new(server.only([Endpoint::Health]).expect("good settings")).await;
    assert_eq!(ask(own.address, "GET /health", &[], "").await.status, 200);
    assert_eq!(ask(own.address, "GET /tasks", &[], "").await.status, 404);

    let own = Own::new(server.only([Endpoint::Run]).expect("good settings")).await;
    assert_eq!(ask(own.address, "POST /tasks/echo", &[], "").await.status, 200);
    let get = ask(own.address, "GET /tasks/echo", &[], "").await;
    assert_eq!((get.status, get.header("allow")), (405, Some("POST, OPTIONS")));

    // The runs of one server are known to all its filters, and have a place only where they can be asked for.
    let post = ask(own.address, "POST /tasks/echo", &[], "").await;
    assert_eq!(post.header("location"), None);
    let both = server.only([Endpoint::Run, Endpoint::Runs]).expect("good settings");
    let run = ask(Own::new(both).await.address, "POST /tasks/echo", &[], "").await;
    let run = format!("GET {}", run.header("location").expect("a location"));
    let own = Own::new(server.only([Endpoint::Runs]).expect("good settings")).await;
    assert_eq!(ask(own.address, &run, &[], "").await.json()["state"], "done");

    let own = Own::new(server.only([Endpoint::Describe, Endpoint::List]).expect("good settings")).await;
    assert_eq!(ask(own.address, "GET /tasks/echo", &[], "").await.status, 200);
    assert_eq!(ask(own.address, "GET /tasks", &[], "").await.status, 200);
    let post = ask(own.address, "POST /tasks/echo", &[], "").await;
    assert_eq!((post.status, post.header("allow")), (405, Some("GET, HEAD, OPTIONS")));
}

#[tokio::test]
async fn every_method_is_answered() {
    let server = Running::new().await;
    let echo = ask(server.address, "POST /tasks/echo", &[], "").await;
    let run = echo.header("location").expect("where the run is kept").to_owned();
    for (path, allow) in [
        ("/tasks", "GET, HEAD, OPTIONS"),
        ("/health", "GET, HEAD, OPTIONS"),
        ("/tasks/echo", "GET, HEAD, POST, OPTIONS"),
        (run.as_str(), "GET, HEAD, DELETE, OPTIONS"),
    ] {
        for method in ["PUT", "DELETE", "PATCH", "TRACE", "NONSENSE"] {
            if allow.contains(method) {
                continue;
            }
            let answer = ask(server.address, &format!("{method} {path}"), &[], "").await;
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (405, "METHOD_NOT_ALLOWED"),
                "{method} {path}"
            );
            assert_eq!(answer.header("allow"), Some(allow));
        }
        let options = ask(server.address, &format!("OPTIONS {path}"), &[], "").await;
        assert_eq!((options.status, options.header("allow"), options.body.as_str()), (204, Some(allow), ""));
        let get = ask(server.address, &format!("GET {path}"), &[], "").await;
        let head = open(server.address, &format!("HEAD {path}"), &[], "").await;
        assert_eq!(head.status, 200);
        assert_eq!(head.header("content-type"), get.header("content-type"));
        assert_eq!(head.head().await, Some(get.body.len()), "{path}");
    }
    server.end().await;
}

#[tokio::test]
async fn describes_tasks() {
    let server = Running::new().await;
    let one = ask(server.address, "GET /tasks/greet", &[], "").await;
    assert_eq!(one.header("content-type"), Some("application/json"));
    let input = r#"{"name":{"type":"string","required":true,"default":null,"doc":"who"}}"#;
    let description = format!(
        r#"{{"name":"greet","poolTag":"default","transports":["rest","sse"],"timeoutMs":1500,"doc":"Greets somebody.","input":{input},"output":{{"type":"object"}}}}"#
    );
    assert_eq!(one.body, description);
    let all = ask(server.address, "GET /tasks", &[], "").await;
    assert!(all.body.contains(&description));
    let names: Vec<_> =
        all.json().as_array().expect("a list").iter().map(|task| task["name"].clone()).collect();
    assert_eq!(names, tasks::all().each_ref().map(webtask::Task::slug));
    server.end().await;
}

#[tokio::test]
async fn tells_its_health() {
    let server = Running::new().await;
    let health = ask(server.address, "GET /health", &[], "").await;
    assert_eq!(
        health.body,
        r#"{"ok":true,"taskCount":14,"pools":{"default":{"size":2,"free":2,"busy":0,"waiting":0}}}"#
    );
    server.end().await;
}

#[tokio::test]
async fn a_server_whose_browser_cannot_be_started_is_not_ready() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("browser");
    std::fs::write(&program, "#!/bin/sh\necho no display >&2\nexit 1\n").expect("it can be written");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    let webtask = webtask::Webtask::builder().browser(&program).build().expect("good settings");
    // `Server::run` would end: there it must start once.
    let server = Own::new(routes(&webtask, [WINDOW.clone()]).expect("good settings").boxed()).await;
    let gate = Gate::new("no browser");
    for _ in 0..3 {
        assert_eq!(ask(server.address, "GET /readyz", &[], "").await.status, 200);
        let answer = call(server.address, "window", &gate.input()).await;
        assert_eq!((answer.status, answer.code()), (503, "BROWSER_LOST".into()), "{}", answer.body);
    }
    let answer = ask(server.address, "GET /readyz", &[], "").await;
    assert_eq!(answer.status, 503);
    let reason = answer.json()["reason"].as_str().unwrap().to_owned();
    let start = "pool `default`: the browser could not be started 3 times; it is tried again ";
    assert!(reason.starts_with(start), "{reason}");
    assert!(reason.ends_with("the browser ended before it listened; it said: no display"), "{reason}");
    assert_eq!(ask(server.address, "GET /livez", &[], "").await.status, 200);
}
