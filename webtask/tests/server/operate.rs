//! What an operator needs: probes, counters, the description in OpenAPI, tokens, origins, files, bounds.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use webtask::server::Server;

use crate::tasks::Gate;
use crate::wire::{self, ask, call, follow, open, within};
use crate::{Running, tasks, webtask};

#[tokio::test]
async fn the_probes_ask_nobody_who_he_is() {
    let server = Running::with(|server| server.token("s3cret")).await;
    for path in ["livez", "readyz"] {
        for headers in [vec![], vec![("Host", "evil.com")], vec![("Origin", "http://evil.com")]] {
            let answer = ask(server.address, &format!("GET /{path}"), &headers, "").await;
            assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"ok":true}"#), "{path} {headers:?}");
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        }
        assert_eq!(ask(server.address, &format!("POST /{path}"), &[], "").await.status, 405);
    }
    server.end().await;
}

#[tokio::test]
async fn a_server_that_ends_is_alive_and_not_ready() {
    let server = Running::new().await;
    let gate = Gate::new("operate");
    let run = follow(server.address, "gated", &gate.input()).await;
    gate.entered().await;
    server.stop.drain();
    let answer = ask(server.address, "GET /readyz", &[], "").await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.json(), json!({ "ok": false, "reason": "the server is shutting down" }));
    assert_eq!(ask(server.address, "GET /livez", &[], "").await.status, 200);
    drop(run);
    server.stopped().await;
}

#[tokio::test]
async fn counts_runs_by_task_and_outcome() {
    let server = Running::new().await;
    call(server.address, "echo", &json!({})).await;
    call(server.address, "echo", &json!({})).await;
    call(server.address, "fail", &json!({ "kind": "STEP_FAILED" })).await;
    let answer = ask(server.address, "GET /metrics", &[], "").await;
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    for line in [
        r#"webtask_runs_total{outcome="done",task="echo"} 2"#,
        r#"webtask_run_duration_seconds_count{task="echo"} 2"#,
        r#"webtask_runs_running 0"#,
        r#"webtask_pool_size{pool="default"} 2"#,
        r#"webtask_pool_waiting{pool="default"} 0"#,
        "# TYPE webtask_pool_size gauge",
        "webtask_browser_launches_total 0",
    ] {
        assert!(answer.body.lines().any(|found| found == line), "{line}\n{}", answer.body);
    }
    let failed = answer
        .body
        .lines()
        .any(|line| line.starts_with("webtask_runs_total{outcome=\"") && line.contains("task=\"fail\""));
    assert!(failed, "{}", answer.body);
    server.end().await;
}

#[tokio::test]
async fn a_token_is_asked_for() {
    let server = Running::with(|server| server.token("s3cret").token("older")).await;
    for path in [
        "GET /tasks",
        "GET /health",
        "GET /metrics",
        "GET /openapi.json",
        "POST /tasks/echo",
        "POST /tasks/no",
        "GET /runs/1",
    ] {
        let answer = ask(server.address, path, &[], "").await;
        assert_eq!((answer.status, answer.code()), (401, "UNAUTHORIZED".into()), "{path}");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer realm=\"webtask\""), "{path}");
        let wrong = ask(server.address, path, &[("Authorization", "Bearer s3cres")], "").await;
        assert_eq!(wrong.status, 401, "{path}");
        assert_eq!(
            wrong.header("www-authenticate"),
            Some("Bearer realm=\"webtask\", error=\"invalid_token\""),
            "{path}"
        );
    }
    for token in ["Bearer s3cret", "bearer older"] {
        let answer = ask(server.address, "POST /tasks/echo", &[("Authorization", token)], r#"{"a":1}"#).await;
        assert_eq!(answer.body, r#"{"ok":true,"data":{"a":1}}"#);
    }
    server.end().await;
}

#[tokio::test]
async fn a_server_that_others_reach_needs_a_token() {
    let everywhere = || Server::new(&webtask(), tasks::all()).address(([0, 0, 0, 0], 0).into());
    let error = everywhere().bind().await.expect_err("no token");
    assert_eq!(
        error.to_string(),
        "`0.0.0.0:0` can be reached from other machines; give the server a `token`, or listen on a loopback address"
    );
    let error = everywhere().token("two words").bind().await.expect_err("a bad token");
    assert_eq!(error.to_string(), "a `token` is empty, or has other characters than `A-Za-z0-9-._~+/=`");
    drop(everywhere().token("s3cret").bind().await.expect("a token"));
}

#[tokio::test]
async fn a_page_of_an_allowed_origin_may_call_and_read() {
    let server = Running::with(|server| server.allow_origin("https://app.example").token("s3cret")).await;
    let preflight = [
        ("Origin", "https://app.example"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "authorization"),
    ];
    // Before the token, which a browser does not send with it.
    let answer = ask(server.address, "OPTIONS /tasks/echo", &preflight, "").await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://app.example"));
    assert_eq!(answer.header("access-control-allow-methods"), Some("GET, HEAD, POST, OPTIONS"));
    assert!(answer.header("access-control-allow-headers").is_some_and(|list| list.contains("authorization")));
    assert_eq!(answer.header("access-control-max-age"), Some("600"));
    assert_eq!(answer.header("access-control-allow-credentials"), None);

    let headers = [("Origin", "https://app.example"), ("Authorization", "Bearer s3cret")];
    let answer = ask(server.address, "POST /tasks/echo", &headers, "").await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://app.example"));
    assert!(answer.headers.iter().any(|(name, value)| name == "vary" && value.contains("Origin")));
    // It may read why it failed.
    let answer = ask(server.address, "POST /tasks/no", &headers, "").await;
    assert_eq!(
        (answer.status, answer.header("access-control-allow-origin")),
        (404, Some("https://app.example"))
    );

    for origin in ["https://evil.example", "null", "https://app.example.evil"] {
        let headers = [("Origin", origin), ("Access-Control-Request-Method", "POST")];
        let answer = ask(server.address, "OPTIONS /tasks/echo", &headers, "").await;
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (403, None), "{origin}");
    }
    server.end().await;
}

#[tokio::test]
async fn describes_itself_in_openapi() {
    let server = Running::new().await;
    let answer = ask(server.address, "GET /openapi.json", &[], "").await;
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let document = answer.json();
    assert_eq!(document["openapi"], "3.1.0");
    let greet = &document["paths"]["/tasks/greet"];
    assert_eq!(greet["post"]["summary"], "Greets somebody.");
    let input = &greet["post"]["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(input["properties"]["name"], json!({ "type": "string", "description": "who" }));
    assert_eq!(greet["post"]["requestBody"]["required"], true);
    assert_eq!(greet["get"]["operationId"], "describe.greet");
    // Every code that a call may end with is told at its status.
    let told = |operation: &Value, status: &str, code: &str| {
        let text = operation["responses"][status]["description"].as_str().unwrap_or_default().to_owned();
        assert!(text.contains(&format!("`{code}`")), "{status} {code}: {text}");
    };
    let everywhere = &document["paths"]["/tasks/everywhere"];
    for (status, code) in
        [("400", "BAD_REQUEST"), ("500", "CANCELLED"), ("503", "OVERLOADED"), ("403", "URL_NOT_ALLOWED")]
    {
        told(&everywhere["post"], status, code);
    }
    for (status, code) in [("400", "BAD_REQUEST"), ("426", "UPGRADE_REQUIRED"), ("503", "OVERLOADED")] {
        told(&everywhere["get"], status, code);
    }
    told(&document["paths"]["/runs/{id}"]["get"], "503", "OVERLOADED");
    assert!(greet["get"]["responses"].get("426").is_none());
    let mut ids = Vec::new();
    for path in document["paths"].as_object().expect("paths").values() {
        for operation in path.as_object().expect("operations").values() {
            ids.push(operation["operationId"].as_str().expect("an id").to_owned());
        }
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id twice");
    assert_eq!(references(&document), Vec::<String>::new());
    server.end().await;
}

/// The references of a document that lead nowhere.
fn references(document: &Value) -> Vec<String> {
    fn walk<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str));
                map.values().for_each(|value| walk(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(document, &mut found);
    assert!(!found.is_empty());
    found
        .into_iter()
        .filter(|reference| document.pointer(reference.trim_start_matches('#')).is_none())
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn serves_files_whole_and_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "0123456789").unwrap();
    fs::create_dir(folder.path().join("sub")).unwrap();
    fs::write(folder.path().join("sub/b.html"), "<p>b").unwrap();
    fs::write(folder.path().join(".hidden"), "no").unwrap();
    let root = folder.path().to_owned();
    let server = Running::with(|server| server.files("/files", root)).await;

    let list = ask(server.address, "GET /files", &[], "").await.json();
    let names: Vec<_> =
        list.as_array().unwrap().iter().map(|entry| (&entry["name"], &entry["type"])).collect();
    assert_eq!(names, [(&json!("a.txt"), &json!("file")), (&json!("sub"), &json!("directory"))]);
    assert_eq!(list[0]["size"], 10);
    assert_eq!(ask(server.address, "GET /files/sub/", &[], "").await.json()[0]["name"], "b.html");

    let whole = ask(server.address, "GET /files/a.txt", &[], "").await;
    assert_eq!((whole.status, whole.body.as_str()), (200, "0123456789"));
    assert_eq!(whole.header("content-type"), Some("text/plain"));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    assert_eq!(whole.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(whole.header("cross-origin-resource-policy"), Some("same-origin"));
    let tag = whole.header("etag").unwrap().to_owned();

    for (range, status, body, content) in [
        ("bytes=2-4", 206, "234", Some("bytes 2-4/10")),
        ("bytes=7-", 206, "789", Some("bytes 7-9/10")),
        ("bytes=-3", 206, "789", Some("bytes 7-9/10")),
        ("bytes=0-99", 206, "0123456789", Some("bytes 0-9/10")),
        ("bytes=0-18446744073709551615", 206, "0123456789", Some("bytes 0-9/10")),
        ("bytes=8-99999999999999999999999", 206, "89", Some("bytes 8-9/10")),
        ("bytes=-18446744073709551615", 206, "0123456789", Some("bytes 0-9/10")),
        ("bytes=18446744073709551615-18446744073709551615", 416, "", Some("bytes */10")),
        ("bytes=10-", 416, "", Some("bytes */10")),
        ("bytes=0-1,3-4", 200, "0123456789", None),
        ("lines=1-2", 200, "0123456789", None),
    ] {
        let answer = ask(server.address, "GET /files/a.txt", &[("Range", range)], "").await;
        assert_eq!(
            (answer.status, answer.body.as_str(), answer.header("content-range")),
            (status, body, content),
            "{range}"
        );
    }
    let known = ask(server.address, "GET /files/a.txt", &[("If-None-Match", &tag)], "").await;
    assert_eq!((known.status, known.body.as_str()), (304, ""));
    let stale = [("Range", "bytes=2-4"), ("If-Range", "\"other\"")];
    assert_eq!(ask(server.address, "GET /files/a.txt", &stale, "").await.status, 200);
    let fresh = [("Range", "bytes=2-4"), ("If-Range", tag.as_str())];
    assert_eq!(ask(server.address, "GET /files/a.txt", &fresh, "").await.status, 206);
    let head = open(server.address, "HEAD /files/a.txt", &[], "").await;
    assert_eq!(head.status, 200);
    assert_eq!(head.head().await, Some(10));

    // A saved page is not a page of this server.
    let page = ask(server.address, "GET /files/sub/b.html", &[], "").await;
    assert_eq!(page.header("content-security-policy"), Some("sandbox"));
    assert_eq!(ask(server.address, "POST /files/a.txt", &[], "").await.status, 405);
    server.end().await;
}

#[tokio::test]
async fn only_regular_files_are_served() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    mknodat(CWD, at("pipe"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    std::os::unix::fs::symlink("pipe", at("leads")).unwrap();
    fs::write(at("file"), "yes").unwrap();
    let root = folder.path().to_owned();
    let server = Running::with(|server| server.files("files", root)).await;
    for name in ["pipe", "socket", "leads", "pipe/", "pipe/x"] {
        let answer = ask(server.address, &format!("GET /files/{name}"), &[("Range", "bytes=0-")], "").await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "NOT_FOUND"), "{name}");
    }
    let list = ask(server.address, "GET /files", &[], "").await.json();
    assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
    // A file may say any time of itself.
    for seconds in [-86_400_i64, 0, 253_402_300_799, 253_402_300_800, 1 << 33] {
        let time = match u64::try_from(seconds) {
            Ok(after) => std::time::UNIX_EPOCH + Duration::from_secs(after),
            Err(_) => std::time::UNIX_EPOCH - Duration::from_secs(seconds.unsigned_abs()),
        };
        let file = fs::File::options().write(true).open(at("file")).unwrap();
        if file.set_modified(time).is_err() {
            continue;
        }
        let answer = ask(server.address, "GET /files/file", &[], "").await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "yes"), "{seconds}");
        assert_eq!(ask(server.address, "GET /files", &[], "").await.json()[0]["name"], "file", "{seconds}");
    }
    // No thread waits for a pipe, which would keep the process.
    server.end().await;
}

#[tokio::test]
async fn nothing_leads_out_of_a_mount() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret.txt"), "no").unwrap();
    let root = folder.path().join("root");
    fs::create_dir(&root).unwrap();
    fs::write(root.join(".env"), "no").unwrap();
    fs::write(root.join("in.txt"), "yes").unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret.txt"), root.join("link")).unwrap();
    std::os::unix::fs::symlink("..", root.join("up")).unwrap();
    std::os::unix::fs::symlink("in.txt", root.join("inside")).unwrap();
    let server = Running::with(|server| server.files("files", &root)).await;
    for path in [
        "../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "sub/../../secret.txt",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "link",
        "up/secret.txt",
        "up",
        ".env",
        "%2eenv",
        "a%00b",
        "..\\secret.txt",
        "nowhere",
        "%ff",
    ] {
        let answer = ask(server.address, &format!("GET /files/{path}"), &[], "").await;
        assert_eq!((answer.status, answer.code()), (404, "NOT_FOUND".into()), "{path}");
    }
    assert_eq!(ask(server.address, "GET /files/inside", &[], "").await.body, "yes");
    server.end().await;
}

#[tokio::test]
async fn mounts_that_cannot_be_meant_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for prefix in ["", "/", "tasks", "/runs/x", "a//b", "../a", "a b"] {
        let error =
            Server::new(&webtask(), tasks::all()).files(prefix, folder.path()).routes().expect_err(prefix);
        assert!(error.to_string().contains(&format!("`{prefix}`")), "{error}");
    }
    let error =
        Server::new(&webtask(), tasks::all()).files("/a", "/does/not/exist").routes().expect_err("no folder");
    assert!(
        error.to_string().starts_with("the files of `/a` cannot be served from `/does/not/exist`"),
        "{error}"
    );
}

#[tokio::test]
async fn headers_that_never_end_are_cut_off() {
    let server = Running::with(|server| server.header_limit(Duration::from_millis(200))).await;
    let mut stream = wire::connect(server.address).await;
    stream.write_all(b"POST /tasks/echo HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").await.unwrap();
    let mut rest = Vec::new();
    within(stream.read_to_end(&mut rest)).await.expect("closed");
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "{:?}", String::from_utf8_lossy(&rest));
    // One that says nothing at all, or not which version it speaks, is cut off, too.
    for start in ["", "P", "PRI * HTTP/2.0\r\n"] {
        let mut stream = wire::connect(server.address).await;
        stream.write_all(start.as_bytes()).await.unwrap();
        let end = within(stream.read_to_end(&mut Vec::new())).await;
        assert!(end.is_ok_and(|read| read == 0) || !start.is_empty(), "{start:?}");
    }
    server.end().await;
}

#[tokio::test]
async fn answers_are_compressed_when_wanted_and_streams_never() {
    let server = Running::with(|server| server.compress(true)).await;
    let input = json!({ "text": "webtask ".repeat(1000) }).to_string();
    let zipped = [("Accept-Encoding", "br;q=1, gzip;q=0.5")];
    let plain = ask(server.address, "POST /tasks/echo", &[("Accept-Encoding", "gzip;q=0")], &input).await;
    assert_eq!((plain.header("content-encoding"), plain.body.len() > 8000), (None, true));
    let mut answer = open(server.address, "POST /tasks/echo", &zipped, &input).await;
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert!(answer.header("content-length").unwrap().parse::<usize>().unwrap() < 500);
    let mut text = String::new();
    let bytes = answer.bytes().await;
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut text).expect("gzip");
    assert_eq!(text, plain.body);
    let small = ask(server.address, "POST /tasks/echo", &zipped, "{}").await;
    assert_eq!(small.header("content-encoding"), None);
    let stream = [zipped[0], ("Accept", "text/event-stream")];
    let stream = ask(server.address, "POST /tasks/echo", &stream, &input).await;
    assert_eq!(stream.header("content-encoding"), None);
    server.end().await;
}
