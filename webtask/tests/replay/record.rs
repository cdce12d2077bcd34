//! A HAR file from live pages, and the same pages again from it.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use webtask::ErrorKind;

use crate::support::builder;
use crate::support::site::{Answer, Site};
use crate::{replaying, visit};

/// What the test reads of a page: whether it is live or replayed, it is the same.
const READ: &str = "
    const text = (url, more) => fetch(url, more).then(r => r.text(), error => error.message);
    const worker = new Promise((done, failed) => {
        const worker = new Worker('/worker.js');
        worker.onmessage = event => done(event.data);
        worker.onerror = event => failed(new Error(event.message));
    });
    const bytes = new Uint8Array(await (await fetch('/bytes')).arrayBuffer());
    const moved = await fetch('/away');
    const packed = await fetch('/latin');
    return {
        at: location.pathname,
        title: document.title,
        color: getComputedStyle(document.body).color,
        image: document.images[0].naturalWidth,
        cookie: document.cookie,
        worker: await worker,
        counted: [await text('/count'), await text('/count')],
        posted: await text('/post', { method: 'POST', body: 'name=value' }),
        sent: (await fetch('/sent', { method: 'PUT', body: new Uint8Array([0, 255]) })).status,
        bytes: Array.from(bytes),
        moved: [moved.redirected, new URL(moved.url).pathname, await moved.text()],
        latin: Array.from(new Uint8Array(await packed.arrayBuffer())),
        refused: await text('http://127.0.0.1:1/'),
    };";

/// The same as every page of the site answers it.
fn site_pages(site: &Site) {
    let html = "text/html; charset=utf-8";
    let page = "<!doctype html><title>Shop é</title><link rel=stylesheet href=/style.css><img src=/dot.png>";
    let head = format!("content-type: {html}\r\nset-cookie: a=1\r\nset-cookie: b=2; HttpOnly\r\n");
    site.answer("/shop", Answer::new("200 OK", &head, page));
    site.answer("/enter", Answer::new("302 Found", "location: /shop\r\nset-cookie: c=3\r\n", "bye"));
    site.answer(
        "/style.css",
        Answer::new("200 OK", "content-type: text/css\r\n", "body { color: rgb(4, 5, 6) }"),
    );
    site.answer(
        "/worker.js",
        Answer::new(
            "200 OK",
            "content-type: text/javascript\r\n",
            "fetch('/for-worker').then(r => r.text()).then(postMessage)",
        ),
    );
    site.answer("/for-worker", Answer::new("200 OK", "content-type: text/plain\r\n", "worked"));
    site.answer(
        "/count",
        Answer::new("200 OK", "content-type: text/plain\r\ncache-control: no-store\r\n", "counted"),
    );
    site.answer("/post", Answer::new("201 Created", "content-type: text/plain\r\n", "posted"));
    site.answer("/sent", Answer::new("204 No Content", "", ""));
    site.answer(
        "/bytes",
        Answer::new("200 OK", "content-type: application/octet-stream\r\n", [0, 1, 254, 255]),
    );
    site.answer("/away", Answer::new("307 Temporary Redirect", "location: /for-worker\r\n", ""));
    site.answer("/latin", Answer::new("200 OK", "content-type: text/plain; charset=iso-8859-1\r\n", [0xe9]));
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The entries for a path, in order.
fn entries<'a>(har: &'a Value, path: &str) -> Vec<&'a Value> {
    let of_path = |entry: &&Value| {
        let url = entry["request"]["url"].as_str().unwrap();
        url::Url::parse(url).unwrap().path() == path
    };
    har["log"]["entries"].as_array().unwrap().iter().filter(of_path).collect()
}

#[tokio::test]
async fn a_recorded_visit_is_replayed_without_its_site() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("visit.har");
    let site = Site::start().await;
    site_pages(&site);
    let url = site.url("/enter");

    let webtask = builder().record(&file).build().unwrap();
    let live = visit(&webtask, &url, READ).await.unwrap();
    webtask.close().await.unwrap();
    drop(site);

    assert_eq!(live["title"], "Shop é");
    assert_eq!(live["cookie"], "c=3; a=1");
    let har = read(&file);
    assert_eq!(har["log"]["version"], "1.2");
    let enter = &entries(&har, "/enter")[0]["response"];
    assert_eq!(enter["status"], 302);
    assert_eq!(enter["redirectURL"], "/shop");
    let shop = entries(&har, "/shop")[0];
    assert_eq!(
        shop["response"]["cookies"],
        json!([{ "name": "a", "value": "1" }, { "name": "b", "value": "2" }])
    );
    assert_eq!(shop["response"]["content"]["text"].as_str().unwrap().find("Shop é"), Some(22));
    assert!(shop["time"].as_f64().unwrap() > 0.0);
    assert_eq!(entries(&har, "/post")[0]["request"]["postData"]["text"], "name=value");
    assert_eq!(entries(&har, "/sent")[0]["request"]["postData"]["text"], "AP8=");
    assert_eq!(entries(&har, "/bytes")[0]["response"]["content"]["text"], "AAH+/w==");
    assert_eq!(entries(&har, "/count").len(), 2);
    assert_eq!(entries(&har, "/")[0]["response"]["status"], 0);

    let webtask = replaying(&file);
    assert_eq!(visit(&webtask, &url, READ).await.unwrap(), live);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn what_is_sent_is_recorded_and_tells_requests_apart() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("visit.har");
    let site = Site::start().await;
    let script = "
        const post = (body) => fetch('/echo', { method: 'POST', body }).then((r) => r.text()).then((text) => text.split('\\n\\n').pop());
        const form = new FormData();
        form.append('a', 'é');
        form.append('u', new File(['in a file'], 'x.txt'));
        const copy = new Request('/echo', { method: 'POST', body: 'cloned' }).clone();
        const all = [await post(new Blob(['blob'])), await post('text'), (await (await fetch(copy)).text()).split('\\n\\n').pop()];
        return [...all, (await post(form)).includes('in a file')];";
    let webtask = builder().record(&file).build().unwrap();
    let live = visit(&webtask, &site.url("/plain"), script).await.unwrap();
    webtask.close().await.unwrap();
    let url = site.url("/plain");
    drop(site);
    assert_eq!(live, json!(["blob", "text", "cloned", true]));
    let har = read(&file);
    let sent = entries(&har, "/echo")
        .into_iter()
        .map(|entry| entry["request"]["postData"]["text"].as_str().unwrap());
    let sent: Vec<&str> = sent.collect();
    assert_eq!(sent[..3], ["blob", "text", "cloned"]);
    assert!(sent[3].contains("in a file") && sent[3].contains("é"), "{}", sent[3]);

    let webtask = replaying(&file);
    let turned = "
        const post = (body) => fetch('/echo', { method: 'POST', body }).then((r) => r.text()).then((text) => text.split('\\n\\n').pop());
        return [await post('cloned'), await post('text'), await post('blob')];";
    assert_eq!(visit(&webtask, &url, turned).await.unwrap(), json!(["cloned", "text", "blob"]));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_recording_holds_no_secret_and_is_replayed_with_it() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("visit.har");
    let site = Site::start().await;
    site.page("/private", "<title>hunter2 is private</title>");
    let url = site.url("/private?key=hunter2");
    let script = "
        const echo = await fetch('/echo', { method: 'POST', body: 'pass=hunter2', headers: { 'x-token': 'hunter2' } });
        return (await echo.text()).length > 0 && location.search";

    let webtask = builder().secret("TOKEN", "hunter2").record(&file).build().unwrap();
    assert_eq!(visit(&webtask, &url, script).await.unwrap(), "?key=hunter2");
    webtask.close().await.unwrap();
    drop(site);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("<title>[redacted] is private</title>"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");

    let webtask = builder().secret("TOKEN", "hunter2").replay(&file).build().unwrap();
    assert_eq!(visit(&webtask, &url, script).await.unwrap(), "?key=hunter2");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_file_is_replaced_at_the_end_and_in_one_step() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("visit.har");
    std::fs::write(&file, "from before").unwrap();
    let names = || std::fs::read_dir(directory.path()).unwrap().count();
    let site = Site::start().await;

    let webtask = builder().record(&file).build().unwrap();
    visit(&webtask, &site.url("/plain"), "").await.unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "from before");
    assert_eq!(names(), 1);
    webtask.close().await.unwrap();
    assert_eq!(entries(&read(&file), "/plain").len(), 1);
    assert_eq!(names(), 1);

    // Nothing was asked for, so there is nothing to write.
    std::fs::write(&file, "from before").unwrap();
    builder().record(&file).build().unwrap().close().await.unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "from before");
}

#[tokio::test]
async fn a_recording_that_is_not_closed_is_written_all_the_same() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("visit.har");
    let site = Site::start().await;
    let webtask = builder().record(&file).build().unwrap();
    visit(&webtask, &site.url("/plain"), "").await.unwrap();
    drop(webtask);
    let written = async {
        while !file.exists() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), written).await.unwrap();
    assert_eq!(entries(&read(&file), "/plain").len(), 1);
}

#[tokio::test]
async fn a_stream_reaches_its_page_while_it_is_recorded() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("visit.har");
    let site = Site::start().await;
    let events = Answer::new("200 OK", "content-type: text/event-stream\r\n", "data: first\n\n");
    site.answer("/events", events);
    let webtask = builder().record(&file).build().unwrap();
    let script = "
        const source = new EventSource('/events');
        return new Promise(done => { source.onmessage = event => { source.close(); done(event.data) } })";
    assert_eq!(visit(&webtask, &site.url("/plain"), script).await.unwrap(), "first");
    webtask.close().await.unwrap();
    let har = read(&file);
    let content = &entries(&har, "/events")[0]["response"]["content"];
    assert_eq!(*content, json!({ "size": -1, "mimeType": "text/event-stream" }));
}

#[test]
fn a_place_that_cannot_be_recorded_to_is_a_fault_of_the_settings() {
    let directory = tempfile::tempdir().unwrap();
    let nowhere = directory.path().join("none/visit.har");
    let fault = |path: &Path| {
        let error = builder().record(path).build().expect_err("it cannot be written");
        assert_eq!(error.kind(), ErrorKind::Config);
        error.to_string()
    };
    assert!(fault(directory.path()).ends_with("it is a directory; name a file"));
    assert!(fault(&nowhere).contains("there is no directory"));
    let both = builder().replay(directory.path()).record(directory.path().join("x.har")).build();
    assert_eq!(both.expect_err("a replay is not a live page").kind(), ErrorKind::Config);
}
