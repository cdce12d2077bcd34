//! Answers from a directory.

use serde_json::json;

use crate::{files, miss, replaying, visit};

#[tokio::test]
async fn a_page_has_its_real_origin_and_all_that_belongs_to_it() {
    let web = files(&[
        (
            "example.com/index.html",
            "<!doctype html><title>Shop é</title><link rel=stylesheet href=/style.css><script src=/code.js></script>
             <img src=/image.svg><iframe src=https://frame.test/></iframe>",
        ),
        ("example.com/style.css", "body { color: rgb(1, 2, 3) }"),
        ("example.com/code.js", "window.loaded = 'code'"),
        ("example.com/image.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='7' height='7'/>"),
        ("example.com/data.json", r#"{"from": "fetch"}"#),
        (
            "example.com/worker.js",
            "importScripts('/part.js'); fetch('/data.json').then(r => r.json()).then(d => postMessage(part + d.from))",
        ),
        ("example.com/part.js", "const part = 'worker and '"),
        ("example.com/shared.js", "onconnect = async e => e.ports[0].postMessage(await (await fetch('/inner')).text())"),
        ("example.com/inner", "shared"),
        ("example.com/service.js", "importScripts('/part.js'); oninstall = e => e.waitUntil(fetch('/inner'))"),
        ("api.test/items", r#"["other origin"]"#),
        ("api.test/items.replay.json", r#"[{}, {"method": "PUT", "status": 202}]"#),
        ("frame.test/index.html", "<script>fetch('/inner').then(r => r.text()).then(t => parent.postMessage(t, '*'))</script>"),
        ("frame.test/inner", "inner"),
    ]);
    let webtask = replaying(web.path());
    let script = "
        const worker = new Promise((done, failed) => {
            const worker = new Worker('/worker.js');
            worker.onmessage = event => done(event.data);
            worker.onerror = event => failed(new Error(event.message));
        });
        const frame = new Promise(done => {
            onmessage = event => done([event.origin, event.data]);
            document.querySelector('iframe').src = 'https://frame.test/?again';
        });
        const request = new XMLHttpRequest();
        request.open('GET', '/data.json', false);
        request.send();
        const put = { method: 'PUT', credentials: 'include', headers: { 'x-token': '1' }, body: 'new' };
        return {
            origin: location.origin,
            secure: isSecureContext,
            title: document.title,
            color: getComputedStyle(document.body).color,
            code: window.loaded,
            image: document.images[0].naturalWidth,
            fetched: (await (await fetch('/data.json')).json()).from,
            request: JSON.parse(request.responseText).from,
            other: await (await fetch('https://api.test/items')).json(),
            put: (await fetch('https://api.test/items', put)).status,
            worker: await worker,
            frame: await frame,
            shared: await new Promise(done => {
                new SharedWorker('/shared.js').port.onmessage = event => done(event.data);
            }),
            service: await navigator.serviceWorker.register('/service.js').then(() => navigator.serviceWorker.ready)
                .then(service => service.active.scriptURL),
        };";
    let page = visit(&webtask, "https://example.com/", script).await.unwrap();
    assert_eq!(
        page,
        json!({
            "origin": "https://example.com",
            "secure": true,
            "title": "Shop é",
            "color": "rgb(1, 2, 3)",
            "code": "code",
            "image": 7,
            "fetched": "fetch",
            "request": "fetch",
            "other": ["other origin"],
            "put": 202,
            "worker": "worker and fetch",
            "frame": ["https://frame.test", "inner"],
            "shared": "shared",
            "service": "https://example.com/service.js",
        })
    );
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_url_is_looked_for_by_the_documented_rules() {
    let web = files(&[
        ("a.test/a.html", "<title>a</title>"),
        ("a.test/a/b", "<title>b</title>"),
        ("a.test/a/index.html", "<title>folder</title>"),
        ("a.test/s", "<title>any</title>"),
        ("a.test/s%3Fq=one two", "<title>one</title>"),
        ("a.test_8080/x", "<title>port</title>"),
    ]);
    let webtask = replaying(web.path());
    for (url, title) in [
        ("https://a.test/a", "a"),
        ("http://a.test/a", "a"),
        ("https://a.test/a/b", "b"),
        ("https://a.test/a/", "folder"),
        ("https://a.test/s", "any"),
        ("https://a.test/s?q=one%20two", "one"),
        ("https://a.test/s?q=three#part", "any"),
        ("http://a.test:8080/x", "port"),
    ] {
        assert_eq!(visit(&webtask, url, "return document.title").await.unwrap(), title, "{url}");
    }
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    let web = files(&[
        ("a.test/index.html", "<title>here</title>"),
        ("a.test/gone.replay.json", r#"{"status": 302, "headers": {"location": "https://b.test/away"}}"#),
        ("a.test/broken.replay.json", "{"),
    ]);
    let webtask = replaying(web.path());
    assert_eq!(
        miss(&webtask, "https://a.test/x?q=1").await,
        "no replay for `https://a.test/x?q=1`; add `a.test/x` below the replay directory"
    );
    assert_eq!(
        miss(&webtask, "https://a.test/gone").await,
        "no replay for `https://b.test/away`; add `b.test/away` below the replay directory"
    );
    assert_eq!(
        miss(&webtask, "https://a.test/broken").await,
        "no replay for `https://a.test/broken`; `a.test/broken.replay.json` is wrong: \
         it breaks off inside an object at line 1 column 1"
    );
    let script = "return fetch('/data').then(() => 'there', error => error.message)";
    assert_eq!(visit(&webtask, "https://a.test/", script).await.unwrap(), "Failed to fetch");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_side_file_decides_status_headers_and_method() {
    let web = files(&[
        ("a.test/old.replay.json", r#"{"status": 301, "headers": {"location": "/login?from=old"}}"#),
        ("a.test/login", "<form method=post><button>Send</button></form>"),
        (
            "a.test/login.replay.json",
            r#"[{"headers": {"x-page": "form", "set-cookie": ["a=1", "b=2; HttpOnly"]}},
                {"method": "POST", "status": 303, "headers": {"location": "/in"}}]"#,
        ),
        ("a.test/in", "<title>in</title>"),
        ("a.test/teapot", "short and stout"),
        ("a.test/teapot.replay.json", r#"{"status": 418, "headers": {"content-type": "text/plain"}}"#),
    ]);
    let webtask = replaying(web.path());
    let script = "
        const form = await fetch('/login');
        const head = await fetch('/login', { method: 'HEAD' });
        const posted = await fetch('/login', { method: 'POST', body: 'a=b' });
        const teapot = await fetch('/teapot');
        return {
            at: location.pathname + location.search,
            header: form.headers.get('x-page'),
            head: [head.status, (await head.text()).length],
            cookies: document.cookie,
            posted: [posted.redirected, posted.url, await posted.text()],
            unposted: await fetch('/in', { method: 'POST' }).then(() => 'there', error => error.message),
            teapot: [teapot.status, teapot.headers.get('content-type'), await teapot.text()],
        };";
    assert_eq!(
        visit(&webtask, "https://a.test/old", script).await.unwrap(),
        json!({
            "at": "/login?from=old",
            "header": "form",
            "head": [200, 0],
            "cookies": "a=1",
            "posted": [true, "https://a.test/in", "<title>in</title>"],
            "unposted": "Failed to fetch",
            "teapot": [418, "text/plain", "short and stout"],
        })
    );
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn no_url_leads_out_of_the_directory() {
    let outside =
        files(&[("secret", "outside"), ("web/a.test/index.html", "inside"), ("a.test/secret", "outside")]);
    let web = outside.path().join("web");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../../secret", web.join("a.test/link")).unwrap();
    let webtask = replaying(&web);
    for path in [
        "..%2f..%2fsecret",
        "%2e%2e/%2e%2e/secret",
        "../../secret",
        "..%5c..%5csecret",
        "link",
        "%2fetc%2fpasswd",
    ] {
        let url = format!("https://a.test/{path}");
        assert!(miss(&webtask, &url).await.starts_with("no replay for `https://a.test/"), "{url}");
    }
    let error = visit(&webtask, "file:///etc/passwd", "").await.unwrap_err();
    assert!(!error.to_string().contains("root"), "{error}");
    let script = "return fetch('file:///etc/passwd').then(r => r.text(), () => 'refused')";
    assert_eq!(visit(&webtask, "https://a.test/", script).await.unwrap(), "refused");
    webtask.close().await.unwrap();
}
