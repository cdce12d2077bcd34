//! The server's own OpenAPI document, held against the server by schemathesis: whatever the document allows is served, and
//! whatever it does not is refused as it says.

use std::process::Stdio;

use tokio::process::Command;
use webtask::server::Server;
use webtask::{Task, tasks};

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
        emit greeting "hello" data { name: "{{name}}", times: "{{times}}" };
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
    let program = std::env::var("SCHEMATHESIS").unwrap_or_else(|_| "schemathesis".into());
    let status = Command::new(program)
        .env("SCHEMATHESIS_HOOKS", "property")
        .env("PYTHONPATH", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/server"))
        // A run that was cancelled can still be asked for: `DELETE` ends it, and removes nothing.
        .args([
            "run",
            "--no-color",
            "--exclude-checks=use_after_free",
            "--wait-for-schema=10",
            &format!("http://{}/openapi.json", server.address),
        ])
        .stdin(Stdio::null())
        .status()
        .await
        .expect("schemathesis is installed");
    assert!(status.success(), "schemathesis found something");
    server.end().await;
}
