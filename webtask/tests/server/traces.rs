//! What a subscriber of `tracing` sees of a request: its span with the caller's trace and the run, and the run's in it.

use serde_json::json;

use crate::Running;
use crate::runs::ALONE;
use crate::spans::Spans;
use crate::wire::ask;

#[tokio::test]
async fn a_request_tells_its_run_and_the_run_is_in_it() {
    let spans = Spans::default();
    let listening = spans.listen();
    let server = Running::new().await;
    let trace = ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    let input = json!({ "word": "said" }).to_string();
    let answer = ask(server.address, "POST /tasks/echo", &[ALONE, trace], &input).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    let id = answer.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
    server.end().await;
    drop(listening);
    let known = spans.known();
    let request = known.iter().find(|(text, _)| text.starts_with("webtask::request request ")).unwrap();
    assert_eq!(
        request.0,
        format!(
            "webtask::request request method=POST path=\"/tasks/echo\" \
             trace_id=\"4bf92f3577b34da6a3ce929d0e0e4736\" parent_id=\"00f067aa0ba902b7\" run={id}"
        )
    );
    let run = known.iter().find(|(text, _)| text.starts_with("webtask::run run ")).unwrap();
    assert_eq!(run.0, format!("webtask::run run task=\"echo\" id={id}"));
    assert_eq!(spans.parent(run.1).as_ref(), Some(&request.0));
    assert!(spans.are_left());
}
