//! Calls that wait for their result, and every way in which they can go wrong.

use serde_json::{Value, json};

use crate::Running;
use crate::tasks::Gate;
use crate::wire::{ask, call, compose, connect, open, raw};

#[tokio::test]
async fn a_result_is_one_json_object() {
    let server = Running::new().await;
    let answer = call(server.address, "streaming/progress", &json!({})).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, r#"{"ok":true,"data":{"page":{"title":"Example Domain"}}}"#)
    );
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("content-length"), Some("54"));
    assert_eq!(answer.header("vary"), Some("Accept, Prefer"));
    server.end().await;
}

#[tokio::test]
async fn the_body_is_the_input_and_may_be_empty() {
    let server = Running::new().await;
    for (body, data) in
        [("", "{}"), (" \n", "{}"), ("{}", "{}"), (r#"{"b":1,"a":[null,"é"]}"#, r#"{"b":1,"a":[null,"é"]}"#)]
    {
        let answer = ask(server.address, "POST /tasks/echo", &[], body).await;
        assert_eq!(answer.body, format!(r#"{{"ok":true,"data":{data}}}"#), "{body}");
    }
    let chunked = b"POST /tasks/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n\
        4\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\n\r\n";
    assert_eq!(raw(server.address, chunked).await.finish().await.body, r#"{"ok":true,"data":{"a":1}}"#);
    server.end().await;
}

#[tokio::test]
async fn a_slug_may_be_encoded_or_end_in_a_slash() {
    let server = Running::new().await;
    for path in ["/tasks/streaming%2Fprogress", "/tasks/streaming/progress/", "/tasks/streaming/progress?x=1"]
    {
        assert_eq!(ask(server.address, &format!("POST {path}"), &[], "").await.status, 200, "{path}");
    }
    server.end().await;
}

#[tokio::test]
async fn what_is_no_json_object_says_where() {
    let server = Running::new().await;
    for (body, message) in [
        ("{\n \"a\": 1,\n}", "the body is not JSON: there is a comma too many at line 3 column 1"),
        ("hello", "the body is not JSON: a value is missing at line 1 column 1"),
        ("[1]", "the body is not an input: it must be a JSON object, not a list at line 1 column 1"),
        ("{\"a\":1,\"a\":2}", "the body is not an input: duplicate key `a` at line 1 column 10"),
    ] {
        let answer = ask(server.address, "POST /tasks/echo", &[], body).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_BODY"), "{body}");
        assert_eq!(answer.message(), message);
        assert_eq!(answer.json()["error"]["task"], "echo");
    }
    // What a caller sent is not sent back, however much it was.
    let long = "a".repeat(100_000);
    for body in [format!("\"{long}\""), format!("{{\"{long}\":1,\"{long}\":2}}")] {
        let answer = ask(server.address, "POST /tasks/echo", &[], &body).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_BODY"));
        assert!(answer.body.len() < 500, "{}", answer.body.len());
    }
    let bomb = format!("{{\"a\":{}", "[".repeat(500_000));
    let answer = ask(server.address, "POST /tasks/echo", &[], &bomb).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_BODY"));
    server.end().await;
}

#[tokio::test]
async fn an_unknown_task_is_told_the_nearest_one() {
    let server = Running::new().await;
    for (path, message) in [
        ("streaming/progres", "no task `streaming/progres`; did you mean `streaming/progress`?"),
        ("nothing-like-it", "no task `nothing-like-it`; `GET /tasks` lists all"),
    ] {
        for method in ["POST", "GET", "DELETE"] {
            let answer = ask(server.address, &format!("{method} /tasks/{path}"), &[], "").await;
            assert_eq!((answer.status, answer.code().as_str()), (404, "UNKNOWN_TASK"));
            assert_eq!(answer.message(), message);
        }
    }
    let long = ask(server.address, &format!("POST /tasks/{}", "a".repeat(50_000)), &[], "").await;
    assert_eq!(long.status, 404);
    assert!(long.body.len() < 500, "{}", long.body.len());
    server.end().await;
}

#[tokio::test]
async fn wrong_inputs_are_told_all_at_once() {
    let server = Running::new().await;
    let answer = call(server.address, "greet", &json!({ "times": "two", "nane": "a" })).await;
    assert_eq!((answer.status, answer.code().as_str()), (422, "INVALID_INPUT"));
    assert_eq!(
        answer.json()["error"],
        json!({
            "code": "INVALID_INPUT",
            "message": "3 inputs are wrong",
            "task": "greet",
            "step": null,
            "retryable": false,
            "errors": [
                { "pointer": "/name", "message": "is required (string)" },
                { "pointer": "/times", "message": "must be an int, not a string" },
                { "pointer": "/nane", "message": "unknown input; did you mean `name`?" },
            ],
        })
    );
    assert_eq!(
        call(server.address, "greet", &json!({ "name": "Ada" })).await.json()["data"]["greeting"],
        "hello Ada"
    );
    server.end().await;
}

#[tokio::test]
async fn what_is_not_offered_is_not_acceptable() {
    let server = Running::new().await;
    for (slug, accept, offers) in [
        ("echo", "image/png", json!(["application/json", "text/event-stream", "application/x-ndjson"])),
        ("json-only", "text/event-stream", json!(["application/json"])),
        ("events-only", "application/json", json!(["text/event-stream", "application/x-ndjson"])),
        ("unreachable", "*/*", json!([])),
    ] {
        let answer = ask(server.address, &format!("POST /tasks/{slug}"), &[("Accept", accept)], "{}").await;
        assert_eq!((answer.status, answer.code().as_str()), (406, "NOT_ACCEPTABLE"), "{slug}");
        assert_eq!(answer.json()["error"]["offers"], offers, "{slug}");
        assert_eq!(answer.header("vary"), Some("Accept, Prefer"));
    }
    let only = open(server.address, "POST /tasks/events-only", &[], "").await;
    assert_eq!(only.header("content-type"), Some("text/event-stream"));
    server.end().await;
}

#[tokio::test]
async fn a_body_is_counted_and_never_decoded() {
    let server = Running::with(|server| server.body_limit(20)).await;
    let fits = r#"{"a":"0123456789ab"}"#;
    assert_eq!(ask(server.address, "POST /tasks/echo", &[], fits).await.status, 200);
    let answer = ask(server.address, "POST /tasks/echo", &[], &format!("{fits} ")).await;
    assert_eq!((answer.status, answer.code().as_str()), (413, "BODY_TOO_LARGE"));
    assert_eq!(answer.message(), "the body has more than 20 bytes");

    // A length that nobody said: three chunks of seven bytes.
    let chunks = "7\r\n{\"a\": \"\r\n7\r\nbbbbbbb\r\n7\r\nccccc\"}\r\n";
    let head = "POST /tasks/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    // The answer comes although the body has not ended.
    let answer = raw(server.address, format!("{head}{chunks}").as_bytes()).await.finish().await;
    assert_eq!((answer.status, answer.code().as_str()), (413, "BODY_TOO_LARGE"));

    let encoded = ask(server.address, "POST /tasks/echo", &[("Content-Encoding", "gzip")], "{}").await;
    assert_eq!((encoded.status, encoded.code().as_str()), (415, "UNSUPPORTED_ENCODING"));
    assert_eq!(encoded.header("accept-encoding"), Some("identity"));
    assert_eq!(
        ask(server.address, "POST /tasks/echo", &[("Content-Encoding", "identity")], "{}").await.status,
        200
    );
    server.end().await;
}

#[tokio::test]
async fn the_default_limit_is_a_mebibyte() {
    let server = Running::new().await;
    let body = |size: usize| format!("{{\"a\":\"{}\"}}", "b".repeat(size - 8));
    assert_eq!(ask(server.address, "POST /tasks/echo", &[], &body(1 << 20)).await.status, 200);
    assert_eq!(ask(server.address, "POST /tasks/echo", &[], &body((1 << 20) + 1)).await.status, 413);
    server.end().await;
}

#[tokio::test]
async fn each_kind_of_failure_has_its_status() {
    let server = Running::new().await;
    for (code, status, retryable) in [
        ("URL_NOT_ALLOWED", 403, false),
        ("UNKNOWN_TASK", 404, false),
        ("INVALID_INPUT", 422, false),
        ("POOL_BUSY", 429, true),
        ("STEP_FAILED", 500, false),
        ("CANCELLED", 500, false),
        ("NAVIGATION_FAILED", 502, true),
        ("BROWSER_LOST", 503, true),
        ("TIMEOUT", 504, true),
    ] {
        let answer = call(server.address, "fail", &json!({ "kind": code })).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code));
        let error = &answer.json()["error"];
        assert_eq!(error["message"], "it went wrong");
        assert_eq!(error["task"], "fail");
        assert_eq!(error["retryable"], retryable, "{code}");
        assert_eq!(answer.header("retry-after"), matches!(status, 429 | 503).then_some("1"), "{code}");
    }
    server.end().await;
}

#[tokio::test]
async fn a_fault_of_the_server_shows_no_details() {
    let server = Running::new().await;
    for (slug, input) in
        [("fail", json!({ "kind": "INTERNAL" })), ("broken", json!({})), ("panic", json!({ "missing": 1 }))]
    {
        let answer = call(server.address, slug, &input).await;
        assert_eq!((answer.status, answer.code().as_str()), (500, "INTERNAL"), "{slug}");
        assert_eq!(answer.json()["error"]["task"], slug);
        assert_eq!(answer.message(), "internal error; see the server's log");
        assert!(!answer.body.contains("UNSET_TOKEN"), "{}", answer.body);
    }
    assert_eq!(call(server.address, "echo", &json!({})).await.status, 200, "the server lives on");
    server.end().await;
}

#[tokio::test]
async fn a_client_that_leaves_ends_its_run() {
    let server = Running::new().await;
    let gate = Gate::new("leaves json");
    let mut connection = connect(server.address).await;
    let request = compose(server.address, "POST /tasks/gated", &[], &gate.input().to_string());
    tokio::io::AsyncWriteExt::write_all(&mut connection, request.as_bytes()).await.expect("written");
    gate.entered().await;
    gate.open();
    drop(connection);
    gate.left().await;
    server.end().await;
}

#[tokio::test]
async fn one_connection_serves_many_calls() {
    let server = Running::new().await;
    let request = compose(server.address, "POST /tasks/echo", &[], "{}");
    let mut stream = connect(server.address).await;
    for _ in 0..3 {
        tokio::io::AsyncWriteExt::write_all(&mut stream, request.as_bytes()).await.expect("written");
        let mut answer = Vec::new();
        while !answer.ends_with(br#"{"ok":true,"data":{}}"#) {
            let read = crate::wire::within(tokio::io::AsyncReadExt::read_buf(&mut stream, &mut answer))
                .await
                .expect("read");
            assert_ne!(read, 0, "the connection was cut");
        }
    }
    server.end().await;
}

#[tokio::test]
async fn a_result_of_a_page_cannot_break_the_answer() {
    let server = Running::new().await;
    let evil = json!({ "a": "</script>\u{2028}\r\n\0\"" });
    let answer = call(server.address, "echo", &evil).await;
    assert_eq!(answer.json()["data"], evil);
    assert!(!answer.body.contains(['\u{2028}', '\n']), "{}", answer.body);
    assert_ne!(answer.json(), Value::Null);
    server.end().await;
}

#[tokio::test]
async fn of_many_wrong_inputs_a_hundred_are_told() {
    let server = Running::new().await;
    let input: Value = (0..5000)
        .map(|number| (format!("x{number}"), json!(number)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let answer = call(server.address, "greet", &input).await;
    assert_eq!((answer.status, answer.code().as_str()), (422, "INVALID_INPUT"));
    let error = &answer.json()["error"];
    assert_eq!(error["message"], "5001 inputs are wrong");
    let errors = error["errors"].as_array().expect("a list");
    assert_eq!(errors.len(), 101);
    assert_eq!(errors[0]["pointer"], "/name");
    assert_eq!(errors[100], json!({ "pointer": "", "message": "4901 more inputs are wrong" }));
    server.end().await;
}
