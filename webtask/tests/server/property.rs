//! The server's own OpenAPI document, read by a validator and held against the server by schemathesis: whatever the document allows is served, and
//! whatever it does not is refused as it says.

use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;
use webtask::Task;
use webtask::server::Server;

use crate::runs::LINES;
use crate::tasks::{self, Gate};
use crate::wire::{ask, open};
use crate::{Running, recipes, webtask};

webtask::webtask! {
    /// Takes an input of each kind.
    pub task "kinds/every" {
        transport rest, sse, async, websocket;
        input name string required doc "who";
        input times int default 1;
        input weight float;
        input loud bool default false;
        input tags list default ["a"];
        input more map;
        input small: u8 = 3;
        input words: Vec<String>;
        input maybe: Option<i32>;

        status "hello {{name}}";
        emit greeting "hello" data {
            times: "{{times}}", weight: "{{weight|or:0}}", loud: "{{loud}}", more: "{{more|or:none}}",
            small: (small), words: (words), maybe: (maybe),
        };
        set list "{{tags}}";
    }

    /// Takes nothing.
    pub task "kinds/none" {
        set answer 42;
    }
}

/// Holds every line against the schema of events.
const EACH: &str = r##"
import json, sys
from jsonschema import Draft202012Validator

document = json.load(open(sys.argv[1]))
schema = {"$ref": "#/components/schemas/Event", "components": document["components"]}
validator, seen = Draft202012Validator(schema), set()
for line in open(sys.argv[2]):
    event = json.loads(line)
    validator.validate(event)
    seen.add(event["event"])
    for wrong in ({**event, "data": 7}, {**event, "event": 7}, {"data": event["data"]}):
        assert not validator.is_valid(wrong), wrong
missing = {"status", "part", "skipped", "recording", "gap", "ping", "done", "error"} - seen
assert not missing, missing
"##;

/// Lines with every kind of event that a server tells.
async fn every_event(files: &Path) -> String {
    let webtask = webtask::Webtask::builder().sandbox(false).files(files).build().unwrap();
    let every = tasks::all().into_iter().chain(recipes::all());
    let heartbeat = std::time::Duration::from_millis(50);
    let server = Running::start(Server::new(&webtask, every).heartbeat(heartbeat).event_buffer(0)).await;
    let mut lines = String::new();
    for slug in ["recipe/events", "recipe/step"] {
        let request = format!("POST /tasks/{slug}");
        let told = ask(server.address, &request, &[LINES], "{}").await;
        // Again, with their numbers, and a gap where they were.
        let run = format!("GET {}?after=0", told.header("location").unwrap());
        lines += &(told.body.clone() + &ask(server.address, &run, &[LINES], "").await.body);
    }
    let gate = Gate::new("every event");
    let mut silent = open(server.address, "POST /tasks/gated", &[LINES], &gate.input().to_string()).await;
    lines += &format!("{}\n", silent.line().await.unwrap());
    drop(silent);
    gate.left().await;
    server.end().await;
    lines
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs schemathesis; `make property` installs and runs it"]
async fn schemathesis_finds_nothing() {
    let tasks: [Task; 2] = webtask::tasks![kinds_every, kinds_none];
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "a").unwrap();
    let server = Server::new(&webtask(), tasks).files("files", folder.path());
    let server = Running::start(server).await;
    let document = ask(server.address, "GET /openapi.json", &[], "").await.body;
    let file = folder.path().join("openapi.json");
    std::fs::write(&file, document).unwrap();
    // Both come with the script that runs this test.
    let tools = std::env::var("PROPERTY_TOOLS").expect("`make property` says where its tools are");
    let run = async |program: &str, args: &[&str]| {
        let mut command = Command::new(Path::new(&tools).join(program));
        command.env("SCHEMATHESIS_HOOKS", "property");
        command.env("PYTHONPATH", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/server"));
        let output = command.args(args).stdin(Stdio::null()).output().await.expect("installed");
        let said = [output.stdout, output.stderr].concat();
        assert!(output.status.success(), "{program} found something:\n{}", String::from_utf8_lossy(&said));
    };
    run("openapi-spec-validator", &[file.to_str().unwrap()]).await;
    let events = folder.path().join("events.ndjson");
    std::fs::write(&events, every_event(folder.path()).await).unwrap();
    run("python", &["-c", EACH, file.to_str().unwrap(), events.to_str().unwrap()]).await;
    // A run that was cancelled can still be asked for: `DELETE` ends it, and removes nothing.
    let (checks, url) =
        ("--exclude-checks=use_after_free", format!("http://{}/openapi.json", server.address));
    run("schemathesis", &["run", "--no-color", checks, &url]).await;
    server.end().await;
}
