//! What the browser's network keeps about a site, and tells it or obeys, the next run's does not.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use webtask::{Pool, Run, Webtask};

use super::{Lab, until, visit};
use crate::support::site::{Answer, Site};
use crate::support::{self, Browser, steps};
use crate::tls;

/// The hash of the key of `untrusted.pem`, by which a browser takes its certificate for a good one.
const KEY: &str = "an0asGZgd+PMRR4a+6LJKScQwUMKT/8gAdwCxLVbcp8=";

/// A site that asks to be visited by HTTPS alone.
const STRICT: &str =
    "content-type: text/html\r\nstrict-transport-security: max-age=100000; includeSubDomains\r\n";

/// What a site by HTTPS answers to a path: header lines and a body.
type Answers = fn(&str) -> (&'static str, &'static str);

/// A site by HTTPS; with the paths that it was asked for.
pub(super) async fn secure(answers: Answers) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let (listener, acceptor) = tls::untrusted().await;
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let keeps = asked.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, keeps) = (acceptor.clone(), keeps.clone());
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    match stream.read_u8().await {
                        Ok(byte) => head.push(byte),
                        Err(_) => return,
                    }
                }
                let head = String::from_utf8_lossy(&head).into_owned();
                let path = head.split(' ').nth(1).unwrap().to_owned();
                let (headers, body) = answers(&path);
                keeps.lock().unwrap().push(path);
                let answer = format!(
                    "HTTP/1.1 200 OK\r\n{headers}connection: close\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                );
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    (address, asked)
}

/// A browser with one window that finds sites by these rules, and takes their certificate for a good one.
pub(super) async fn finding(names: &str) -> Webtask {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("browser");
    let script = format!(
        "#!/bin/sh\n{} '--host-resolver-rules={names}' '--ignore-certificate-errors-spki-list={KEY}' \"$@\"\n",
        support::program().display()
    );
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let pool = Pool::new("default").size(1);
    Browser::start(support::builder().browser(&program).pool(pool).build().unwrap()).await.webtask
}

fn titled(webtask: &Webtask, url: &'static str) -> Run<Value> {
    steps(webtask, url, |cx, url| {
        Box::pin(async move { Ok::<Value, _>(visit(cx, url, "return document.title").await?) })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_s_wish_for_https_is_forgotten() {
    let site = Site::start().await;
    let (strict, asked) = secure(|_| (STRICT, "<title>by HTTPS</title>")).await;
    let visits = || asked.lock().unwrap().iter().filter(|path| *path == "/plain").count();
    let webtask = finding(&format!("MAP a.test:80 {},MAP a.test:443 {strict}", site.address())).await;
    // The wish is known, and holds for the rest of the run.
    let planted = steps(&webtask, (), |cx, ()| {
        Box::pin(async move {
            visit(cx, "https://a.test/plain", "return 0").await?;
            Ok::<Value, _>(visit(cx, "http://a.test/plain", "return document.title").await?)
        })
    });
    assert_eq!(planted.await.unwrap(), "by HTTPS");
    assert_eq!((visits(), site.asked("/plain")), (2, 0));
    until(|| webtask.pools()[0].1.free == 1).await;
    assert_eq!(titled(&webtask, "http://a.test/plain").await.unwrap(), "Plain");
    assert_eq!((visits(), site.asked("/plain")), (2, 1));
    until(|| webtask.pools()[0].1.free == 1).await;
    // In the same window: a new one knows nothing anyway.
    let metrics = webtask.metrics().unwrap();
    let replaced = metrics.lines().filter(|line| line.starts_with("webtask_windows_replaced_total{"));
    let replaced: Vec<_> = replaced.filter(|line| !line.ends_with(" 0")).collect();
    assert!(replaced.is_empty(), "{replaced:?}");
    webtask.close().await.unwrap();
}

/// A run asks, and another one in the same window; gives how often the site was asked in each.
async fn asked_twice(lab: &Lab, counted: impl Fn(&Site) -> usize, source: &'static str) -> (usize, usize) {
    lab.ask("/plain", "return 0").await.unwrap();
    lab.settled().await;
    let page = lab.page().await;
    let before = counted(&lab.site);
    lab.ask("/plain", source).await.unwrap();
    lab.settled().await;
    let first = counted(&lab.site);
    lab.ask("/plain", source).await.unwrap();
    lab.settled().await;
    assert_eq!(lab.page().await, page, "it is another window");
    (first - before, counted(&lab.site) - first)
}

#[test]
fn what_another_site_allows_is_asked_anew() {
    Lab::run(async |lab| {
        let head = "access-control-allow-origin: *\r\naccess-control-allow-headers: x-own\r\naccess-control-max-age: 600\r\n";
        lab.site.answer("/allows", Answer::new("200 OK", head, "yes"));
        let preflights = |site: &Site| {
            site.heads("/allows")
                .iter()
                .filter(|head| head.to_ascii_lowercase().contains("access-control-request-headers"))
                .count()
        };
        let source = "const url = `http://localhost:${location.port}/allows`; \
                      for (let i = 0; i < 2; i++) await (await fetch(url, { headers: { 'x-own': '1' } })).text(); return 0";
        assert_eq!(asked_twice(&lab, preflights, source).await, (1, 1));
    });
}

#[test]
fn what_was_fetched_ahead_is_fetched_anew() {
    Lab::run(async |lab| {
        let head = "content-type: text/html\r\ncache-control: max-age=9999\r\n";
        lab.site.answer("/ahead", Answer::new("200 OK", head, "<title>Ahead</title>"));
        let source = "const link = Object.assign(document.createElement('link'), { rel: 'prefetch', href: '/ahead' }); \
                      await new Promise(done => { link.onload = link.onerror = done; document.head.append(link) }); \
                      await (await fetch('/ahead')).text(); return 0";
        assert_eq!(asked_twice(&lab, |site| site.asked("/ahead"), source).await, (1, 1));
    });
}

#[test]
fn dictionaries_for_compression_are_not_offered() {
    Lab::run(async |lab| {
        let head = "content-type: text/plain\r\ncache-control: max-age=9999\r\nuse-as-dictionary: match=\"/with/*\"\r\n";
        lab.site.answer("/dictionary", Answer::new("200 OK", head, "many words, many words, many words"));
        for path in ["/with/one", "/with/two"] {
            lab.site.answer(path, Answer::new("200 OK", "content-type: text/plain\r\n", "many words"));
        }
        let offered = |path: &str| {
            lab.site
                .heads(path)
                .iter()
                .any(|head| head.to_ascii_lowercase().contains("available-dictionary:"))
        };
        let plant = "await (await fetch('/dictionary')).text(); \
                     for (let i = 0; i < 50; i++) await (await fetch('/with/one')).text(); return 0";
        lab.ask("/plain", plant).await.unwrap();
        lab.settled().await;
        assert!(offered("/with/one"), "the browser has taken none");
        let page = lab.page().await;
        let look = "for (let i = 0; i < 50; i++) await (await fetch('/with/two')).text(); return 0";
        lab.ask("/plain", look).await.unwrap();
        lab.settled().await;
        assert_eq!(lab.page().await, page, "it is another window");
        assert!(!offered("/with/two"));
    });
}
