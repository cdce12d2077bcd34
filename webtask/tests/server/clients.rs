//! The same calls by the programs that people use: curl, and Python's `requests`.

use std::net::SocketAddr;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::tasks::Gate;
use crate::wire::within;
use crate::{Running, streams};

/// A client that prints what it gets, line by line.
struct Client {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Client {
    fn new(program: &str, arguments: &[&str]) -> Self {
        let mut child = Command::new(program)
            .args(arguments)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("these tests need `{program}`; install it: {error}"));
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        Self { child, lines }
    }

    async fn line(&mut self) -> Option<String> {
        within(self.lines.next_line()).await.expect("read")
    }
}

async fn output(program: &str, arguments: &[&str]) -> String {
    let command = Command::new(program).args(arguments).stderr(Stdio::inherit()).kill_on_drop(true).output();
    let output = within(command)
        .await
        .unwrap_or_else(|error| panic!("these tests need `{program}`; install it: {error}"));
    assert!(output.status.success(), "{program}: {}", output.status);
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn url(address: SocketAddr, slug: &str) -> String {
    format!("http://localhost:{}/tasks/{slug}", address.port())
}

const CURL_EVENTS: [&str; 5] = ["-sN", "-X", "POST", "-H", "Accept: text/event-stream"];

#[tokio::test]
async fn curl_gets_json() {
    let server = Running::new().await;
    let url = url(server.address, "streaming/progress");
    for version in ["--http1.1", "--http2-prior-knowledge"] {
        let text = output("curl", &["-s", version, "-X", "POST", &url, "-d", "{}"]).await;
        assert_eq!(text, r#"{"ok":true,"data":{"page":{"title":"Example Domain"}}}"#, "{version}");
    }
    server.end().await;
}

#[tokio::test]
async fn curl_gets_the_stream() {
    let server = Running::new().await;
    let url = url(server.address, "streaming/progress");
    for version in ["--http1.1", "--http2-prior-knowledge"] {
        let text = output("curl", &[&CURL_EVENTS[..], &[version, &url, "-d", "{}"]].concat()).await;
        assert_eq!(text, streams::STREAM, "{version}");
    }
    server.end().await;
}

#[tokio::test]
async fn http_2_knows_the_same_rules() {
    let server = Running::new().await;
    let health = format!("http://localhost:{}/health", server.address.port());
    let status = ["-s", "--http2-prior-knowledge", "-o", "/dev/null", "-w", "%{http_version} %{http_code}"];
    assert_eq!(output("curl", &[&status[..], &[&health]].concat()).await, "2 200");
    assert_eq!(output("curl", &[&status[..], &["-I", &health]].concat()).await, "2 200");
    assert_eq!(
        output("curl", &[&status[..], &["-H", "Host: evil.example", &health]].concat()).await,
        "2 403"
    );
    assert_eq!(
        output("curl", &[&status[..], &["-H", "Origin: https://evil.example", &health]].concat()).await,
        "2 403"
    );
    server.end().await;
}

#[tokio::test]
async fn curl_sees_each_event_when_it_happens() {
    let server = Running::new().await;
    let gate = Gate::new("curl");
    let (url, input) = (url(server.address, "gated"), gate.input().to_string());
    let mut curl = Client::new("curl", &[&CURL_EVENTS[..], &[&url, "-d", &input]].concat());
    for part in 0..3 {
        gate.open();
        assert_eq!(curl.line().await.as_deref(), Some("event: part"));
        assert_eq!(curl.line().await, Some(format!("data: {{\"text\":\"part {part}\",\"data\":{part}}}")));
        assert_eq!(curl.line().await.as_deref(), Some(""));
    }
    assert_eq!(curl.line().await.as_deref(), Some("event: done"));
    server.end().await;
}

#[tokio::test]
async fn a_killed_curl_ends_its_run() {
    let server = Running::new().await;
    for (name, version) in [("killed curl", "--http1.1"), ("killed curl 2", "--http2-prior-knowledge")] {
        let gate = Gate::new(name);
        let (url, input) = (url(server.address, "gated"), gate.input().to_string());
        let mut curl = Client::new("curl", &[&CURL_EVENTS[..], &[version, &url, "-d", &input]].concat());
        gate.open();
        assert_eq!(curl.line().await.as_deref(), Some("event: part"), "{version}");
        curl.child.kill().await.expect("killed");
        gate.left().await;
    }
    server.end().await;
}

const REQUESTS: &str = r#"
import sys
try:
    import requests
except ImportError:
    sys.exit("these tests need Python's `requests`; install it: pip install requests")
answer = requests.post(sys.argv[1], data=sys.argv[2], headers={"Accept": "text/event-stream"}, stream=True)
for line in answer.iter_lines():
    print(line.decode(), flush=True)
"#;

#[tokio::test]
async fn pythons_requests_reads_the_stream() {
    let server = Running::new().await;
    let text = output("python3", &["-c", REQUESTS, &url(server.address, "streaming/progress"), "{}"]).await;
    assert_eq!(text, streams::STREAM);
    server.end().await;
}

#[tokio::test]
async fn pythons_requests_sees_each_event_when_it_happens() {
    let server = Running::new().await;
    let gate = Gate::new("python");
    let (url, input) = (url(server.address, "gated"), gate.input().to_string());
    let mut python = Client::new("python3", &["-c", REQUESTS, &url, &input]);
    for part in 0..3 {
        gate.open();
        assert_eq!(python.line().await.as_deref(), Some("event: part"));
        assert_eq!(python.line().await, Some(format!("data: {{\"text\":\"part {part}\",\"data\":{part}}}")));
        assert_eq!(python.line().await.as_deref(), Some(""));
    }
    assert_eq!(python.line().await.as_deref(), Some("event: done"));
    server.end().await;
}
