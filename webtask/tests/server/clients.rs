//! The same calls by the programs that people use: curl, Python's `requests` and `websockets`, Node's `fetch`, and a
//! browser's `EventSource` and `WebSocket`.

use std::net::SocketAddr;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use webtask::__rt::{Parts, Until, goto, js, run};
use webtask::{Task, Webtask};

use crate::programs::{Client, output, python};
use crate::tasks::{Gate, parts};
use crate::wire::within;
use crate::{Running, streams};

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
        curl.says("event: part").await;
        curl.says(&format!("data: {{\"text\":\"part {part}\",\"data\":{part}}}")).await;
        curl.says("").await;
    }
    curl.says("event: done").await;
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
        curl.says("event: part").await;
        curl.kill().await;
        gate.left().await;
    }
    server.end().await;
}

#[tokio::test]
async fn curl_gets_lines() {
    let server = Running::new().await;
    let url = url(server.address, "streaming/progress");
    for version in ["--http1.1", "--http2-prior-knowledge"] {
        let lines = ["-sN", version, "-H", "Accept: application/x-ndjson", &url, "-d", "{}"];
        let text = output("curl", &lines).await;
        assert_eq!(text.lines().count(), 8, "{version}");
        let last = r#"{"event":"done","data":{"ok":true,"data":{"page":{"title":"Example Domain"}}}}"#;
        assert_eq!(text.lines().last(), Some(last), "{version}");
    }
    server.end().await;
}

#[tokio::test]
async fn curl_starts_a_run_and_comes_back_for_it() {
    let server = Running::new().await;
    for (name, version) in [("curl alone", "--http1.1"), ("curl alone 2", "--http2-prior-knowledge")] {
        let gate = Gate::new(name);
        let (url, input) = (url(server.address, "everywhere"), gate.input().to_string());
        let head =
            ["-s", version, "-D", "-", "-o", "/dev/null", "-H", "Prefer: respond-async", &url, "-d", &input];
        let head = output("curl", &head).await.to_lowercase();
        assert!(head.lines().next().is_some_and(|line| line.contains(" 202")), "{head}");
        assert!(head.contains("preference-applied: respond-async"), "{head}");
        let run = head.lines().find_map(|line| line.strip_prefix("location: ")).expect("a location").trim();
        for _ in 0..3 {
            gate.open();
        }
        let run = format!("http://localhost:{}{run}", server.address.port());
        let events = output("curl", &["-sN", version, "-H", "Accept: text/event-stream", &run]).await;
        assert!(events.starts_with("retry: 1000\n\nid: 1\nevent: part\n"), "{events}");
        assert!(
            events.ends_with("id: 4\nevent: done\ndata: {\"ok\":true,\"data\":{\"parts\":3}}\n\n"),
            "{events}"
        );
        let rest = [
            "-s",
            version,
            "-H",
            "Last-Event-ID: 4",
            "-H",
            "Accept: text/event-stream",
            "-w",
            "%{http_code}",
        ];
        assert_eq!(output("curl", &[&rest[..], &[&run]].concat()).await, "204");
        assert!(output("curl", &["-s", version, "-X", "DELETE", &run]).await.contains(r#""state":"done""#));
    }
    server.end().await;
}

const REQUESTS: &str = r#"
import sys, requests
answer = requests.post(sys.argv[1], data=sys.argv[2], headers={"Accept": "text/event-stream"}, stream=True)
for line in answer.iter_lines():
    print(line.decode(), flush=True)
"#;

#[tokio::test]
async fn pythons_requests_reads_the_stream() {
    let server = Running::new().await;
    let text = output(python(), &["-c", REQUESTS, &url(server.address, "streaming/progress"), "{}"]).await;
    assert_eq!(text, streams::STREAM);
    server.end().await;
}

#[tokio::test]
async fn pythons_requests_sees_each_event_when_it_happens() {
    let server = Running::new().await;
    let gate = Gate::new("python");
    let (url, input) = (url(server.address, "gated"), gate.input().to_string());
    let mut python = Client::new(python(), &["-c", REQUESTS, &url, &input]);
    for part in 0..3 {
        gate.open();
        python.says("event: part").await;
        python.says(&format!("data: {{\"text\":\"part {part}\",\"data\":{part}}}")).await;
        python.says("").await;
    }
    python.says("event: done").await;
    server.end().await;
}

const WEBSOCKETS: &str = r#"
import asyncio, json, sys, websockets
async def main():
    async with websockets.connect(sys.argv[1]) as socket:
        await socket.send(sys.argv[2])
        while True:
            try:
                frame = json.loads(await socket.recv())
            except websockets.ConnectionClosed as closed:
                print("closed", closed.rcvd.code, flush=True)
                return
            print(frame["event"], json.dumps(frame["data"]["data"]), flush=True)
            if len(sys.argv) > 3 and frame["event"] != "error":
                await socket.send('{"cancel":true}')
asyncio.run(main())
"#;

#[tokio::test]
async fn pythons_websockets_runs_a_task() {
    let server = Running::new().await;
    let gate = Gate::new("python socket");
    let (url, input) = (url(server.address, "everywhere").replace("http:", "ws:"), gate.input().to_string());
    let mut python = Client::new(python(), &["-c", WEBSOCKETS, &url, &input]);
    for part in 0..3 {
        gate.open();
        python.says(&format!("part {part}")).await;
    }
    python.says(r#"done {"parts": 3}"#).await;
    python.says("closed 1000").await;
    server.end().await;
}

#[tokio::test]
async fn a_killed_websocket_ends_its_run() {
    let server = Running::new().await;
    let gate = Gate::new("killed python");
    let (url, input) = (url(server.address, "everywhere").replace("http:", "ws:"), gate.input().to_string());
    let mut python = Client::new(python(), &["-c", WEBSOCKETS, &url, &input]);
    gate.open();
    python.says("part 0").await;
    python.kill().await;
    gate.left().await;
    server.end().await;
}

const FETCH: &str = r#"
const [url, input, accept] = process.argv.slice(1);
const answer = await fetch(url, { method: "POST", body: input, headers: { accept } });
for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) process.stdout.write(chunk);
"#;

#[tokio::test]
async fn nodes_fetch_sees_each_event_when_it_happens() {
    let server = Running::new().await;
    let gate = Gate::new("node");
    let (url, input) = (url(server.address, "gated"), gate.input().to_string());
    let script = ["--input-type=module", "-e", FETCH, &url, &input];
    let mut node = Client::new("node", &[&script[..], &["text/event-stream"]].concat());
    for part in 0..3 {
        gate.open();
        node.says("event: part").await;
        node.says(&format!("data: {{\"text\":\"part {part}\",\"data\":{part}}}")).await;
        node.says("").await;
    }
    node.says("event: done").await;
    let json =
        output("node", &["--input-type=module", "-e", FETCH, &url.replace("gated", "echo"), "{}", "*/*"])
            .await;
    assert_eq!(json, r#"{"ok":true,"data":{}}"#);
    server.end().await;
}

/// What a page does with a run: it listens twice, the second time from where it was cut off, and opens a WebSocket.
const PAGE: &str = r#"
const [run, socket, gate] = arguments;
const heard = [];
const listen = url => new Promise(done => {
    const source = new EventSource(url);
    for (const kind of ["part", "done", "gap"]) source.addEventListener(kind, event => {
        heard.push(event.lastEventId + " " + kind + " " + event.data);
    });
    // The server ends the stream after the last event, and answers 204 when the browser comes again.
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) done(); };
});
await listen(run);
const frames = await new Promise(done => {
    const frames = [];
    const web = new WebSocket(socket);
    web.onopen = () => web.send(gate);
    web.onmessage = event => frames.push(event.data);
    web.onclose = event => { frames.push("closed " + event.code); done(frames); };
});
return { heard, frames };
"#;

/// The same from a page of somebody else.
const FOREIGN: &str = r#"
const [run, socket] = arguments;
const source = await new Promise(done => {
    const source = new EventSource(run);
    source.onopen = () => done("open");
    source.onerror = () => done(source.readyState === EventSource.CLOSED ? "refused" : "again");
});
const web = await new Promise(done => {
    const web = new WebSocket(socket);
    web.onopen = () => done("open");
    web.onclose = event => done("refused " + event.code);
});
return [source, web];
"#;

#[derive(Debug, Deserialize)]
struct Seen {
    heard: Vec<String>,
    frames: Vec<String>,
}

#[tokio::test]
async fn a_browsers_own_pages_follow_runs_and_foreign_ones_do_not() {
    let server = Running::new().await;
    let webtask = Webtask::builder().sandbox(false).build().expect("good settings");
    let (gate, socket) = (Gate::new("event source"), Gate::new("browser socket"));
    let run = crate::runs::begin(&server, &gate).await;
    for _ in 0..3 {
        gate.open();
        socket.open();
    }
    let home = format!("http://{}", server.address);
    let arguments = [
        json!(format!("{home}{run}")),
        json!(format!("ws://{}/tasks/everywhere", server.address)),
        json!(socket.input().to_string()),
    ];
    let seen: Seen = within(visit(&webtask, format!("{home}/health"), PAGE, &arguments)).await;
    let part = |number: u64| {
        let part = number - 1;
        format!("{number} part {{\"text\":\"part {part}\",\"data\":{part}}}")
    };
    let done = r#"{"ok":true,"data":{"parts":3}}"#;
    assert_eq!(seen.heard, [part(1), part(2), part(3), format!("4 done {done}")]);
    assert_eq!(seen.frames.len(), 5, "{seen:?}");
    assert_eq!(seen.frames[3..], [format!(r#"{{"event":"done","data":{done}}}"#), "closed 1000".to_owned()]);

    let other = Running::new().await;
    let foreign = format!("http://{}/health", other.address);
    let refused: [String; 2] = within(visit(&webtask, foreign, FOREIGN, &arguments)).await;
    assert_eq!(refused, ["refused", "refused 1006"]);
    webtask.close().await.expect("closed");
    other.end().await;
    server.end().await;
}

/// What a script gives that runs in a page.
pub(crate) async fn visit<T>(webtask: &Webtask, page: String, script: &'static str, arguments: &[Value]) -> T
where
    T: DeserializeOwned + Send + Unpin + 'static,
{
    static VISIT: Task =
        Task::new(&Parts { browser: true, ..parts("visit", &[], |_, _| unreachable!("called directly")) });
    let input = (page, script, arguments.to_vec());
    run(webtask, &VISIT, input, |cx, (page, script, arguments)| {
        Box::pin(async move {
            goto(cx, &page, Until::Load, None).await?;
            Ok(js::<T>(cx, "seen", script, &arguments, true).await?)
        })
    })
    .await
    .expect("the page's answer")
}
