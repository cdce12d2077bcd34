//! Answers from a HAR file.

use serde_json::{Value, json};
use webtask::ErrorKind;

use crate::support::builder;
use crate::{miss, replaying, visit};

/// A HAR file with those entries: method, URL, response.
fn har(entries: &[(&str, &str, Value)]) -> tempfile::NamedTempFile {
    let entries: Vec<Value> = entries
        .iter()
        .map(|(method, url, response)| json!({ "request": { "method": method, "url": url }, "response": response }))
        .collect();
    let har = json!({ "log": { "version": "1.2", "_comment": "by hand", "entries": entries } });
    let file = tempfile::Builder::new().suffix(".har").tempfile().unwrap();
    std::fs::write(file.path(), har.to_string()).unwrap();
    file
}

fn text(mime: &str, text: &str) -> Value {
    json!({ "status": 200, "content": { "size": text.len(), "mimeType": mime, "text": text } })
}

#[tokio::test]
async fn requests_are_answered_by_method_and_url() {
    let file = har(&[
        ("GET", "http://a.test/", json!({ "status": 301, "redirectURL": "https://a.test/", "content": {} })),
        (
            "GET",
            "https://a.test/",
            text("text/html; charset=iso-8859-1", "<title>é</title><img src=/dot.gif>"),
        ),
        (
            "GET",
            "https://a.test/dot.gif",
            json!({
                "status": 200,
                "headers": [{ "name": "content-type", "value": "image/gif" }, { "name": "content-encoding", "value": "br" }],
                "content": {
                    "size": 35, "mimeType": "image/gif", "encoding": "base64",
                    "text": "R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="
                }
            }),
        ),
        ("GET", "https://a.test/n?x=1#part", text("text/plain", "one")),
        ("POST", "https://a.test/n?x=1", text("text/plain", "posted")),
        ("GET", "https://a.test/n?x=1", text("text/plain", "two")),
        ("GET", "https://a.test/down", json!({ "status": 0, "_error": "net::ERR_CONNECTION_REFUSED" })),
        (
            "GET",
            "https://b.test/api",
            json!({
                "status": 200,
                "headers": [{ "name": "access-control-allow-origin", "value": "*" }],
                "content": { "size": 2, "mimeType": "application/json", "text": "{}" }
            }),
        ),
    ]);
    let webtask = replaying(file.path());
    let script = "
        const get = (url, more) => fetch(url, more).then(r => r.text(), error => error.message);
        return {
            at: location.href,
            title: document.title,
            image: document.images[0].naturalWidth,
            again: [await get('/n?x=1'), await get('/n?x=1'), await get('/n?x=1')],
            posted: await get('/n?x=1', { method: 'POST', body: 'x' }),
            other: await get('https://b.test/api', { headers: { 'x-token': '1' } }),
            down: await get('/down'),
            unknown: await get('/n?x=2'),
        };";
    assert_eq!(
        visit(&webtask, "http://a.test/#top", script).await.unwrap(),
        json!({
            "at": "https://a.test/#top",
            "title": "é",
            "image": 1,
            "again": ["one", "two", "two"],
            "posted": "posted",
            "other": "{}",
            "down": "Failed to fetch",
            "unknown": "Failed to fetch",
        })
    );
    assert_eq!(
        miss(&webtask, "https://a.test/none").await,
        "no replay for `https://a.test/none`; the HAR file has no GET request for it"
    );
    assert_eq!(
        miss(&webtask, "https://a.test/down").await,
        "no replay for `https://a.test/down`; the HAR file says that it failed"
    );
    webtask.close().await.unwrap();
}

#[test]
fn a_source_that_cannot_be_read_is_a_fault_of_the_settings() {
    let directory = tempfile::tempdir().unwrap();
    let gone = directory.path().join("gone");
    let broken = directory.path().join("broken.har");
    std::fs::write(&broken, "{\n  \"log\": {\n    \"version\": 1.2\n").unwrap();
    let fault = |path: &std::path::Path| {
        let error = builder().replay(path).build().expect_err("there is nothing to replay");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.message().contains(&format!("`{}`", path.display())), "{error}");
        error.to_string()
    };
    assert!(fault(&gone).ends_with("give a directory or a HAR file"));
    assert!(fault(&broken).contains("HAR 1.2"));
    assert!(fault(&broken).ends_with("line 3 column 18"), "{}", fault(&broken));
}
