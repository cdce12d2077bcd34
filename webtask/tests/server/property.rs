//! The server's own OpenAPI document, read by a validator and held against the server by schemathesis: whatever the document allows is served, and
//! whatever it does not is refused as it says.

use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;
use webtask::server::Server;
use webtask::{Task, tasks};

use crate::wire::ask;
use crate::{Running, webtask};

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

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs schemathesis; `make property` installs and runs it"]
async fn schemathesis_finds_nothing() {
    let tasks: [&'static Task; 2] = tasks![kinds_every, kinds_none];
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
        let status = command.args(args).stdin(Stdio::null()).status().await.expect("installed");
        assert!(status.success(), "{program} found something");
    };
    run("openapi-spec-validator", &[file.to_str().unwrap()]).await;
    // A run that was cancelled can still be asked for: `DELETE` ends it, and removes nothing.
    let (checks, url) =
        ("--exclude-checks=use_after_free", format!("http://{}/openapi.json", server.address));
    run("schemathesis", &["run", "--no-color", checks, &url]).await;
    server.end().await;
}
