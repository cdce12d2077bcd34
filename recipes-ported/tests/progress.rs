//! `streaming/progress` over HTTP, as its documentation shows it: through curl and through Python's `requests`.

use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{ChildStdout, Command};
use webtask::server::Server;
use webtask::{Error, Webtask};

const JSON: &str = r#"{"ok":true,"data":{"page":{"title":"Example Domain"}}}"#;

const EVENTS: &str = r#"event: status
data: {"text":"Step 1 of 4 — navigate","data":null}

event: progress
data: {"text":"navigation complete","data":{"fraction":0.25}}

event: status
data: {"text":"Step 2 of 4 — pause briefly","data":null}

event: progress
data: {"text":"pause finished","data":{"fraction":0.5}}

event: status
data: {"text":"Step 3 of 4 — read title","data":null}

event: progress
data: {"text":"extracted title","data":{"fraction":0.75}}

event: status
data: {"text":"Step 4 of 4 — done","data":null}

event: done
data: {"ok":true,"data":{"page":{"title":"Example Domain"}}}

"#;

const READER: &str = r#"
import sys, requests
with requests.post(sys.argv[1], json={}, headers={"Accept": "text/event-stream"}, stream=True) as answer:
    assert answer.status_code == 200, answer.text
    for line in answer.iter_lines(decode_unicode=False):
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
"#;

/// Runs what needs a server of the catalogue on the replayed web, and stops it.
async fn served(client: impl AsyncFnOnce(String)) -> Result<(), Error> {
    let webtask = Webtask::builder()
        .replay(recipes_ported::WEB)
        .secret("api_key", "unused")
        .secret("messenger_password", "unused")
        .build()?;
    let server =
        Server::new(&webtask, recipes_ported::tasks()).address(([127, 0, 0, 1], 0).into()).bind().await?;
    let url = format!("http://{}/tasks/streaming/progress", server.address());
    let stop = server.stop();
    let serving = tokio::spawn(server.run());
    client(url).await;
    stop.drain();
    serving.await.expect("the server does not panic")
}

/// The output of a program, whole, when it succeeds.
async fn output(program: &mut Command) -> String {
    let output = program.stderr(Stdio::inherit()).output().await.expect("the program starts");
    assert!(output.status.success(), "{program:?} failed with {}", output.status);
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn curl(url: &str, stream: bool) -> Command {
    let mut curl = Command::new("curl");
    curl.args(["-sS", "-N", "-X", "POST", url, "-d", "{}"]).kill_on_drop(true);
    if stream {
        curl.args(["-H", "Accept: text/event-stream"]);
    }
    curl
}

/// Reads the stream to its end, and when the pause began and ended for its reader.
async fn read(stdout: ChildStdout) -> (String, Duration) {
    let mut reader = BufReader::new(stdout);
    let (mut text, mut began, mut paused) = (String::new(), None, None);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).await.expect("UTF-8 lines") == 0 {
            break;
        }
        if line.contains("pause briefly") {
            began = Some(Instant::now());
        }
        if line.contains("pause finished") {
            paused = began.map(|began| began.elapsed());
        }
        text.push_str(&line);
    }
    reader.read_to_string(&mut text).await.expect("the end");
    (text, paused.expect("the stream tells of the pause"))
}

#[tokio::test]
async fn curl_gets_the_result_as_json() -> Result<(), Error> {
    served(async |url| assert_eq!(output(&mut curl(&url, false)).await, JSON)).await
}

#[tokio::test]
async fn curl_gets_each_event_when_its_step_runs() -> Result<(), Error> {
    served(async |url| {
        let mut child = curl(&url, true).stdout(Stdio::piped()).spawn().expect("curl starts");
        let (text, paused) = read(child.stdout.take().expect("it is piped")).await;
        assert_eq!(text, EVENTS);
        assert!(paused >= Duration::from_millis(900), "the pause of a second took the reader {paused:?}");
        assert!(child.wait().await.expect("curl ends").success());
    })
    .await
}

#[tokio::test]
async fn python_reads_the_same_stream() -> Result<(), Error> {
    served(async |url| {
        let python = python().await;
        let mut child = Command::new(python)
            .args(["-c", READER, &url])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("python starts");
        let (text, paused) = read(child.stdout.take().expect("it is piped")).await;
        assert!(child.wait().await.expect("python ends").success());
        assert_eq!(text, EVENTS);
        assert!(paused >= Duration::from_millis(900), "the pause of a second took the reader {paused:?}");
    })
    .await
}

/// The Python that has `requests`; the one in the path, or Debian's own.
async fn python() -> &'static str {
    for python in ["python3", "/usr/bin/python3"] {
        let import =
            Command::new(python).args(["-c", "import requests"]).stderr(Stdio::null()).status().await;
        if import.is_ok_and(|status| status.success()) {
            return python;
        }
    }
    panic!("no Python has `requests`; install it by `apt-get install python3-requests`");
}

#[test]
fn the_readme_shows_these_answers() {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&format!("-d '{{}}'\n{JSON}\n")));
    assert!(readme.contains(&format!("-d '{{}}'\n{EVENTS}```")));
}
