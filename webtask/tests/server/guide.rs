//! Every curl line of the README and the guide, run as it stands there, gives what stands below it; scripts run, too.

use std::path::Path;

use regex::Regex;
use serde_json::{Value, json};
use tokio::process::Command;
use webtask::server::Server;
use webtask::{Cx, Error, Webtask, tasks};

use crate::clients::visit;
use crate::runs::ALONE;
use crate::wire::{ask, within};
use crate::{Running, tasks as own, webtask};

const README: &str = include_str!("../../../README.md");
const HTTP: &str = include_str!("../../src/guide/http.md");
const SERVING: &str = include_str!("../../src/guide/serving.md");

#[webtask::task("report", transport = "rest, async", browser = false)]
async fn report(cx: &Cx) -> Result<u64, Error> {
    cx.status("written").await;
    Ok(1)
}

#[webtask::task("order", transport = "rest", browser = false)]
async fn order(_: &Cx, item: u64) -> Result<u64, Error> {
    Ok(item)
}

#[webtask::task("page/title", transport = "rest, sse", browser = false)]
async fn page_title(_: &Cx) -> Result<Value, Error> {
    Ok(json!({ "page": { "title": "Example Domain" } }))
}

/// A command of a text, with what it prints there.
#[derive(Debug)]
struct Shown<'t> {
    command: &'t str,
    prints: Vec<&'t str>,
}

/// The commands in the `console` blocks of a text that ask a server.
fn shown(text: &str) -> Vec<Shown<'_>> {
    let blocks = text.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let mut all: Vec<Shown<'_>> = Vec::new();
    for block in blocks {
        for line in block.lines() {
            match (line.strip_prefix("$ "), all.last_mut()) {
                (Some(command), _) => all.push(Shown { command, prints: Vec::new() }),
                (None, Some(last)) => last.prints.push(line),
                (None, None) => panic!("`{line}` follows no command"),
            }
        }
    }
    all.retain(|shown| shown.command.starts_with("curl "));
    for shown in &mut all {
        while shown.prints.last().is_some_and(|line| line.is_empty()) {
            shown.prints.pop();
        }
    }
    all
}

/// Runs a command in a shell where `localhost:8765` and `tasks.example.com` are the server of the test.
async fn run(home: &Path, command: &str) -> String {
    // TLS is the proxy's in front.
    let command = command.replace("https://tasks.example.com", "http://tasks.example.com");
    let run = Command::new("sh").args(["-c", &command]).env("CURL_HOME", home).kill_on_drop(true).output();
    let output = within(run).await.expect("a shell");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "`{command}`: {}: {told}", output.status);
    told.replace('\r', "")
}

/// What differs from run to run, made the same.
fn plain(line: &str) -> String {
    let mut plain = line.to_owned();
    for (pattern, instead) in [
        ("[0-9a-f]{32}", "ID"),
        (r#""state":"(queued|running|done)""#, r#""state":STATE"#),
        (r#""(started|ended)":("[^"]*"|null)"#, r#""$1":TIME"#),
        (r#","result":.*"#, "}"),
    ] {
        plain = Regex::new(pattern).expect("a pattern").replace_all(&plain, instead).into_owned();
    }
    plain
}

/// Runs a script of the guide in a page, and gives what it says on its console until it says an object, or `done`.
const SAYS: &str = r#"
const [script] = arguments;
return await new Promise(ended => {
    const said = [];
    const log = word => {
        said.push(word);
        if (word === "done" || typeof word === "object") ended(said);
    };
    new Function("console", script)({ log });
});
"#;

#[webtask::task("streaming/progress", transport = "rest, sse, async, websocket", browser = false)]
async fn progress(cx: &Cx) -> Result<Value, Error> {
    cx.status("Step 1 of 4 — navigate").await;
    Ok(json!({ "page": { "title": "Example Domain" } }))
}

#[tokio::test]
async fn every_script_of_a_page_runs() {
    let server = Running::start(Server::new(&webtask(), tasks![progress])).await;
    let browser = Webtask::builder().sandbox(false).build().expect("good settings");
    let run = ask(server.address, "POST /tasks/streaming/progress", &[ALONE], "").await;
    let run = run.header("location").expect("a location").to_owned();
    let run_id = Regex::new("/runs/[0-9a-f]{32}").expect("a pattern");
    let scripts: Vec<_> =
        HTTP.split("```js\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let done = json!({ "page": { "title": "Example Domain" } });
    let expected = [json!(["status", "done"]), json!([done])];
    assert_eq!(scripts.len(), expected.len());
    for (script, expected) in scripts.into_iter().zip(expected) {
        let script = script.replace("localhost:8765", &server.address.to_string());
        let script = run_id.replace(&script, &run).into_owned();
        let home = format!("http://{}/health", server.address);
        let said: Value = within(visit(&browser, home, SAYS, &[json!(script)])).await;
        assert_eq!(said, expected, "{script}");
    }
    browser.close().await.expect("closed");
    server.end().await;
}

#[tokio::test]
async fn every_line_gives_what_stands_below_it() {
    let mut every = own::all().to_vec();
    every.extend(tasks![report, order, page_title]);
    let server = Server::new(&webtask(), every.clone());
    let server = Running::start(server).await;
    let served = Server::new(&webtask(), every).token("s3cret").allow_host("tasks.example.com");
    let served = Running::start(served).await;
    let home = tempfile::tempdir().expect("a folder");
    let rules = format!(
        "connect-to = \"localhost:8765:127.0.0.1:{}\"\nconnect-to = \"tasks.example.com:80:127.0.0.1:{}\"\n\
         fail-with-body\nmax-time = 60\n",
        server.address.port(),
        served.address.port()
    );
    std::fs::write(home.path().join(".curlrc"), rules).expect("written");

    // The README shows the contract's bytes.
    let lines = shown(README);
    assert_eq!(lines.len(), 3, "{lines:?}");
    for Shown { command, prints } in lines {
        // The second program mounts the same below a prefix.
        let command = &command.replace("localhost:8080/api", "localhost:8765");
        assert_eq!(run(home.path(), command).await.trim_end(), prints.join("\n"), "{command}");
    }
    // The guide leaves out events.
    for (text, count) in [(HTTP, 6), (SERVING, 1)] {
        let lines = shown(text);
        assert_eq!(lines.len(), count, "{lines:?}");
        for Shown { command, prints } in lines {
            let told = run(home.path(), command).await;
            let mut rest = told.lines().map(plain);
            for line in prints.into_iter().map(plain) {
                assert!(rest.any(|told| told == line), "`{command}` does not print `{line}`:\n{told}");
            }
            let ends_well = told.contains("\"ok\":true") || told.starts_with('[') || told.contains(" 202 ");
            assert!(ends_well, "`{command}`: {told}");
        }
    }
    served.end().await;
    server.end().await;
}
