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

/// What was sent to one URL, and what came.
fn posts(posts: &[(&str, &str)]) -> Vec<Value> {
    let page = json!({ "request": { "method": "GET", "url": "https://a.test/" }, "response": text("text/html", "<title>a</title>") });
    let each = posts.iter().map(|(sent, answer)| {
        json!({
            "request": {
                "method": "POST", "url": "https://a.test/graphql",
                "postData": { "mimeType": "application/json", "text": sent },
            },
            "response": text("application/json", answer),
        })
    });
    std::iter::once(page).chain(each).collect()
}

fn file_of(entries: &[Value]) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".har").tempfile().unwrap();
    std::fs::write(file.path(), json!({ "log": { "entries": entries } }).to_string()).unwrap();
    file
}

#[tokio::test]
async fn requests_of_one_url_are_told_apart_by_what_they_send() {
    let file = file_of(&posts(&[
        (r#"{"q":"user","n":1}"#, "Ada"),
        (r#"{"q":"cart"}"#, "2 lamps"),
        (r#"{"q":"cart"}"#, "3 lamps"),
    ]));
    let webtask = replaying(file.path());
    const SCRIPT: &str = concat!(
        "const ask = (body) => fetch('/graphql', { method: 'POST', body }).then((r) => r.text(), (error) => error.message);",
        "return [await ask('{\"q\":\"cart\"}'), await ask('{ \"n\": 1, \"q\": \"user\" }'), ",
        "await ask(new Blob(['{\"q\":\"cart\"}'])), await ask('{\"q\":\"cart\"}'), await ask('{\"q\":\"none\"}')]",
    );
    // Each run begins anew.
    for _ in 0..3 {
        assert_eq!(
            visit(&webtask, "https://a.test/", SCRIPT).await.unwrap(),
            json!(["2 lamps", "Ada", "3 lamps", "3 lamps", "Failed to fetch"])
        );
    }
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn runs_beside_each_other_have_an_order_each() {
    let answers: Vec<String> = (0..40).map(|number| number.to_string()).collect();
    let same: Vec<_> = answers.iter().map(|answer| ("next", answer.as_str())).collect();
    let mut entries = posts(&same);
    let frame =
        json!({ "request": { "url": "https://a.test/frame" }, "response": text("text/html", "<p>frame") });
    entries.push(frame);
    let file = file_of(&entries);
    let webtask = builder().replay(file.path()).pool(webtask::Pool::new("default").size(4)).build().unwrap();
    const SCRIPT: &str = "
        const frame = document.createElement('iframe');
        frame.src = '/frame';
        const loaded = new Promise((done) => { frame.onload = done; });
        document.body.append(frame);
        await loaded;
        const all = [];
        for (let i = 0; i < 20; i++) {
            for (const view of [window, frame.contentWindow]) {
                const answer = await view.fetch('/graphql', { method: 'POST', body: 'next' });
                all.push(Number(await answer.text()));
            }
        }
        return all;";
    let runs = (0..4).map(|_| visit(&webtask, "https://a.test/", SCRIPT));
    for found in futures::future::join_all(runs).await {
        assert_eq!(found.unwrap(), json!((0..40).collect::<Vec<_>>()));
    }
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_file_of_another_tool_is_replayed() {
    let file = tempfile::Builder::new().suffix(".har").tempfile().unwrap();
    let har = json!({ "log": {
        "version": "1.2", "creator": null, "browser": null, "pages": null,
        "entries": [
            {
                "startedDateTime": null, "time": null, "timings": null, "cache": null, "serverIPAddress": null,
                "request": {
                    "method": "GET", "url": "https://a.test/", "httpVersion": "HTTP/2.0", "cookies": null, "headersSize": "0",
                    "headers": [{ "name": ":authority", "value": "a.test" }], "queryString": null, "bodySize": null,
                },
                "response": {
                    "status": 200.0, "statusText": null, "httpVersion": null, "cookies": null, "redirectURL": null,
                    "headers": [{ "name": ":status", "value": "200" }, { "name": "content-type", "value": "text/html" }, { "name": "x", "value": null }],
                    "content": { "size": null, "mimeType": null, "text": "<title>News</title>", "compression": 0.5 },
                    "headersSize": null, "bodySize": -1.5,
                },
            },
            { "request": { "method": "GET", "url": "https://a.test/gone" }, "response": null },
            { "request": { "method": "GET", "url": "wss://a.test/socket" }, "response": { "status": 101 } },
        ],
    } });
    std::fs::write(file.path(), format!("\u{feff}{har}")).unwrap();
    let webtask = replaying(file.path());
    assert_eq!(visit(&webtask, "https://a.test/", "return document.title").await.unwrap(), "News");
    assert_eq!(
        miss(&webtask, "https://a.test/gone").await,
        "no replay for `https://a.test/gone`; the HAR file has no GET request for it"
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
