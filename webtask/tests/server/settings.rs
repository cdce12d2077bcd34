//! What the file of settings says of a server holds on its socket, until code says otherwise.

use std::fs;
use std::path::Path;

use crate::wire::ask;
use crate::{Running, tasks};
use webtask::Webtask;
use webtask::server::Server;

const TOKEN: (&str, &str) = ("Authorization", "Bearer s3cret");

fn server(folder: &Path) -> Server {
    fs::create_dir_all(folder.join("public")).expect("a folder");
    fs::write(folder.join("public/page.txt"), "here").expect("a file");
    let file = folder.join("webtask.toml");
    let text = r#"
        [server]
        address = "127.0.0.1:1"
        allow_hosts = ["tasks.example.com"]
        allow_origins = ["https://app.example.com"]
        token_secrets = ["door"]
        files = { "/files" = "public" }
        body_limit = 20
        keep_time = 0
        streams = 0
    "#;
    fs::write(&file, text).expect("a file");
    let webtask = Webtask::builder().settings(file).secret("door", "s3cret").build().expect("good settings");
    Server::new(&webtask, tasks::all())
}

#[tokio::test]
async fn a_server_is_as_its_file_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Running::start(server(folder.path())).await;
    let status = async |line: &str, headers: &[(&str, &str)], body: &str| {
        let answer = ask(server.address, line, headers, body).await;
        (answer.status, if answer.status == 200 { String::new() } else { answer.code() })
    };
    assert_eq!(status("GET /tasks", &[], "").await, (401, "UNAUTHORIZED".into()));
    assert_eq!(status("GET /tasks", &[TOKEN], "").await.0, 200);
    assert_eq!(status("GET /tasks", &[TOKEN, ("Host", "tasks.example.com")], "").await.0, 200);
    let foreign = status("GET /tasks", &[TOKEN, ("Host", "other.example.com")], "").await;
    assert_eq!(foreign, (403, "FORBIDDEN_HOST".into()));
    assert_eq!(status("GET /tasks", &[TOKEN, ("Origin", "https://app.example.com")], "").await.0, 200);
    let long = status("POST /tasks/echo", &[TOKEN], &format!("{{\"a\":\"{}\"}}", "a".repeat(20))).await;
    assert_eq!(long, (413, "BODY_TOO_LARGE".into()));
    let stream = status("POST /tasks/echo", &[TOKEN, ("Accept", "text/event-stream")], "").await;
    assert_eq!(stream, (503, "OVERLOADED".into()));
    assert_eq!(ask(server.address, "GET /files/page.txt", &[TOKEN], "").await.body, "here");
    // A run is forgotten when it is over.
    let run = ask(server.address, "POST /tasks/echo", &[TOKEN], "{}").await;
    let line = format!("GET {}", run.header("location").expect("a run has an address"));
    assert_eq!(status(&line, &[TOKEN], "").await, (404, "UNKNOWN_RUN".into()));
    server.end().await;
}

#[tokio::test]
async fn what_code_says_comes_before_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = server(folder.path()).allow_host("one.example.com").token("own").body_limit(1000).streams(1);
    let server = Running::start(server.allow_host("two.example.com")).await;
    let own = ("Authorization", "Bearer own");
    assert_eq!(ask(server.address, "GET /tasks", &[TOKEN], "").await.status, 401);
    for (host, status) in [("one.example.com", 200), ("two.example.com", 200), ("tasks.example.com", 403)] {
        let answer = ask(server.address, "GET /tasks", &[own, ("Host", host)], "").await;
        assert_eq!(answer.status, status, "{host}");
    }
    let long = format!("{{\"a\":\"{}\"}}", "a".repeat(20));
    let stream = [own, ("Accept", "text/event-stream")];
    assert_eq!(ask(server.address, "POST /tasks/echo", &stream, &long).await.status, 200);
    server.end().await;
}
