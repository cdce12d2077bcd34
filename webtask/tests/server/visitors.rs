//! Who is let in: hosts, origins, and pages of other sites, on every endpoint.

use crate::Running;
use crate::wire::{ask, open, raw};

#[tokio::test]
async fn a_foreign_host_is_refused_everywhere() {
    let server = Running::new().await;
    for line in [
        "POST /tasks/echo",
        "GET /tasks",
        "GET /tasks/echo",
        "GET /health",
        "OPTIONS /health",
        "PUT /tasks",
        "GET /tasks/no",
        "GET /runs/00000000000000000000000000000000",
        "DELETE /runs/00000000000000000000000000000000",
    ] {
        let answer = ask(server.address, line, &[("Host", "evil.example")], "").await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "FORBIDDEN_HOST"), "{line}");
    }
    for host in ["localhost", "localhost:1", "127.0.0.1", "[::1]:8765"] {
        assert_eq!(ask(server.address, "GET /health", &[("Host", host)], "").await.status, 200, "{host}");
    }
    server.end().await;
}

#[tokio::test]
async fn a_request_without_a_host_is_refused() {
    let server = Running::new().await;
    for request in [
        "GET /health HTTP/1.0\r\n\r\n",
        "GET /health HTTP/1.1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: \r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: local host\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ] {
        let answer = raw(server.address, request.as_bytes()).await.finish().await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "FORBIDDEN_HOST"), "{request:?}");
    }
    let whole = "GET http://localhost/health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assert_eq!(raw(server.address, whole.as_bytes()).await.finish().await.status, 200);
    server.end().await;
}

#[tokio::test]
async fn a_foreign_page_is_refused_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.js"), "").expect("written");
    let server = Running::with(|server| server.files("files", folder.path())).await;
    let own = format!("http://{}", server.address);
    let run = ask(server.address, "POST /tasks/echo", &[], "").await;
    let run = format!("GET {}", run.header("location").expect("a location"));
    for line in [
        "POST /tasks/echo",
        "GET /tasks",
        "GET /tasks/echo",
        &run,
        "GET /health",
        "GET /metrics",
        "GET /openapi.json",
        "GET /files",
        "GET /files/a.js",
        "HEAD /files/a.js",
        "OPTIONS /tasks/echo",
    ] {
        for (name, value) in [
            ("Origin", "https://evil.example"),
            ("Origin", "null"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
            ("Sec-Fetch-Site", "some-new-site"),
        ] {
            if line.starts_with("HEAD") {
                assert_eq!(
                    open(server.address, line, &[(name, value)], "").await.status,
                    403,
                    "{line} {value}"
                );
                continue;
            }
            let answer = ask(server.address, line, &[(name, value)], "").await;
            assert_eq!((answer.status, answer.code().as_str()), (403, "FORBIDDEN_ORIGIN"), "{line} {value}");
        }
        if line.starts_with("HEAD") {
            continue;
        }
        let answer = ask(server.address, line, &[("Origin", &own)], "").await;
        assert!(answer.status < 300, "{line}");
        assert_eq!(answer.header("access-control-allow-origin"), None);
        for site in ["same-origin", "none"] {
            let answer = ask(server.address, line, &[("Sec-Fetch-Site", site)], "").await;
            assert!(answer.status < 300, "{line} {site}");
        }
    }
    server.end().await;
}

#[tokio::test]
async fn more_hosts_and_origins_can_be_allowed() {
    let server =
        Running::with(|server| server.allow_host("tasks.example").allow_origin("https://app.example")).await;
    assert_eq!(ask(server.address, "GET /health", &[("Host", "tasks.example")], "").await.status, 200);
    assert_eq!(
        ask(server.address, "GET /health", &[("Origin", "https://app.example")], "").await.status,
        200
    );
    assert_eq!(
        ask(server.address, "GET /health", &[("Origin", "https://app.example:1")], "").await.status,
        403
    );
    server.end().await;
}
