//! What the browser keeps in a context and no command removes: the next run has another window, however a page brought it
//! about.

use std::sync::Arc;

use serde_json::{Value, json};
use webtask::Pool;

use super::{Lab, until, visit};
use crate::support::site::{Answer, Site};
use crate::support::{self, Browser, steps};

/// Opens a page and waits until the site has been asked for something so many times.
async fn planted(lab: &Lab, path: &str, source: &'static str, asked: &'static str, times: usize) {
    let times = lab.site.asked(asked) + times;
    let input = (lab.site.clone(), lab.site.url(path), source, asked, times);
    let run = steps(&lab.webtask, input, |cx, (site, url, source, asked, times)| {
        Box::pin(async move {
            visit(cx, &url, source).await?;
            site.wait_asked(asked, times).await;
            Ok(())
        })
    });
    run.await.unwrap();
    lab.settled().await;
}

/// A page logs in by some way; the next run is not.
fn logged_out(site: impl Fn(&Site) + Send + 'static, path: &'static str, source: &'static str) {
    Lab::run(async move |lab| {
        site(&lab.site);
        planted(&lab, path, source, "/private/in", 2).await;
        let last = lab.site.heads("/private/in").pop().unwrap().to_ascii_lowercase();
        assert!(last.contains("authorization: basic"), "nobody has logged in: {last}");
        let asked = lab.ask("/plain", "return (await fetch('/private/in')).status").await.unwrap();
        assert_eq!(asked, 401);
        lab.settled().await;
    });
}

/// The URL that logs in.
fn login(site: &Site) -> String {
    site.url("/private/in").replace("//", "//user:secret@")
}

#[test]
fn a_login_by_a_redirect_ends() {
    let site = |site: &Site| {
        let head = format!("location: {}\r\n", login(site));
        site.answer("/to-login", Answer::new("302 Found", &head, ""));
    };
    logged_out(site, "/plain", "location = '/to-login'; return 0");
}

#[test]
fn a_login_by_a_popup_ends() {
    let site = |site: &Site| {
        site.page("/opens-login", &format!("<script>window.open({:?})</script>", login(site)));
    };
    logged_out(site, "/opens-login", "return 0");
}

#[test]
fn a_login_by_a_script_ends() {
    let source = "const asks = new XMLHttpRequest(); asks.open('GET', '/private/in', true, 'user', 'secret'); \
                  asks.send(); return 0";
    logged_out(|_| {}, "/plain", source);
}

#[test]
fn a_login_by_a_worker_ends() {
    let source = "const text = `const asks = new XMLHttpRequest(); \
                  asks.open('GET', '${location.origin}/private/in', true, 'user', 'secret'); asks.send()`; \
                  window.worker = new Worker(URL.createObjectURL(new Blob([text]))); return 0";
    let site = |site: &Site| {
        // The worker has no origin of a site.
        site.page("/plain-too", "<title>Plain</title>");
    };
    logged_out(site, "/plain-too", source);
}

#[test]
fn a_login_by_a_download_ends() {
    let site = |site: &Site| {
        let link = format!("<title>Link</title><a href={:?} download>file</a>", login(site));
        site.page("/links-login", &link);
    };
    logged_out(site, "/links-login", "document.querySelector('a').click(); return 0");
}

/// A site asks for hints by some way; the next run gives none.
fn unhinted(path: &'static str, source: &'static str) {
    Lab::run(async move |lab| {
        let hints = "content-type: text/html\r\naccept-ch: DPR, Sec-CH-UA-Arch\r\n";
        lab.site.answer("/hints", Answer::new("200 OK", hints, "<title>Hints</title>"));
        let head = "location: /plain\r\naccept-ch: DPR\r\n";
        lab.site.answer("/hints-on-the-way", Answer::new("302 Found", head, ""));
        let head = "content-type: text/html\r\naccept-ch: DPR\r\ncritical-ch: DPR\r\n";
        lab.site.answer("/critical-hints", Answer::new("200 OK", head, "<title>Hints</title>"));
        let worker = "oninstall = () => skipWaiting(); onactivate = event => event.waitUntil(clients.claim()); \
                      onfetch = event => { if (event.request.url.endsWith('/made')) event.respondWith(new Response( \
                      '<title>Made</title>', { headers: { 'content-type': 'text/html', 'accept-ch': 'DPR' } })) }";
        lab.site.answer("/making.js", Answer::new("200 OK", "content-type: text/javascript\r\n", worker));
        let times = lab.site.asked("/sees-hints") + 1;
        let input = (lab.site.clone(), lab.site.url(path), source, times);
        let run = steps(&lab.webtask, input, |cx, (site, url, source, times)| {
            Box::pin(async move {
                visit(cx, &url, source).await?;
                // In the same run it gives them.
                visit(cx, &site.url("/sees-hints"), "return 0").await?;
                site.wait_asked("/sees-hints", times).await;
                Ok(())
            })
        });
        run.await.unwrap();
        lab.settled().await;
        let gives = |path: &str| {
            let last = lab.site.heads(path).pop().unwrap().to_ascii_lowercase();
            last.lines().any(|line| line.starts_with("dpr:"))
        };
        assert!(gives("/sees-hints"), "the site's wish is not known");
        lab.ask("/plain", "return 0").await.unwrap();
        assert!(!gives("/plain"));
        lab.settled().await;
    });
}

#[test]
fn hints_that_a_page_asks_for_end() {
    unhinted("/hints", "return 0");
}

#[test]
fn hints_that_a_redirect_asks_for_end() {
    unhinted("/hints-on-the-way", "return 0");
}

#[test]
fn critical_hints_end() {
    unhinted("/critical-hints", "return 0");
}

#[test]
fn hints_that_a_popup_asks_for_end() {
    unhinted(
        "/plain",
        "const other = window.open('/hints'); await new Promise(done => other.onload = done); return 0",
    );
}

#[test]
fn hints_that_a_service_worker_asks_for_end() {
    unhinted(
        "/plain",
        "await navigator.serviceWorker.register('/making.js'); await navigator.serviceWorker.ready; \
         if (!navigator.serviceWorker.controller) \
         await new Promise(done => navigator.serviceWorker.oncontrollerchange = done); \
         const other = window.open('/made'); await new Promise(done => other.onload = done); return other.document.title",
    );
}

/// A page asks for what is answered, with a cookie, only in the next run. That does not get it.
fn no_late_cookie(source: &'static str) {
    Lab::run(async move |lab| {
        lab.site.hold();
        let head = "content-type: text/plain\r\nset-cookie: late=1; path=/\r\n";
        lab.site.answer("/held/cookie", Answer::new("200 OK", head, "late"));
        let run = steps(&lab.webtask, (lab.site.clone(), source), |cx, (site, source)| {
            Box::pin(async move {
                visit(cx, &site.url("/plain"), source).await?;
                // The page's end makes this one; a whole browser sends no pings.
                if !source.contains("fetchLater") && !source.contains("ping") {
                    site.wait_held(1).await;
                }
                Ok(())
            })
        });
        run.await.unwrap();
        lab.settled().await;
        let next = steps(&lab.webtask, lab.site.clone(), |cx, site| {
            Box::pin(async move {
                visit(cx, &site.url("/plain"), "return 0").await?;
                site.release();
                site.wait_held(0).await;
                let look = "for (let i = 0; i < 20; i++) await (await fetch('/tick')).text(); return document.cookie";
                Ok(visit(cx, &site.url("/plain"), look).await?)
            })
        });
        assert_eq!(next.await.unwrap(), "");
        lab.settled().await;
    });
}

#[test]
fn the_cookie_of_a_request_that_outlives_its_page_is_not_kept() {
    no_late_cookie("fetch('/held/cookie', { keepalive: true }); return 0");
}

#[test]
fn the_cookie_of_a_beacon_is_not_kept() {
    no_late_cookie("navigator.sendBeacon('/held/cookie', 'x'); return 0");
}

#[test]
fn the_cookie_of_a_ping_is_not_kept() {
    no_late_cookie(
        "const link = document.createElement('a'); link.href = '#'; link.ping = '/held/cookie'; \
         document.body.append(link); link.click(); await (await fetch('/tick')).text(); return 0",
    );
}

#[test]
fn the_cookie_of_a_refused_download_is_not_kept() {
    no_late_cookie(
        "const link = document.createElement('a'); link.href = '/held/cookie'; link.download = 'file'; \
         document.body.append(link); link.click(); return 0",
    );
}

#[test]
fn the_cookie_of_a_request_that_waits_for_the_pages_end_is_not_kept() {
    no_late_cookie("window.fetchLater?.('/held/cookie'); return 0");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reasons_are_counted_and_nothing_else_costs_a_window() {
    let site = Arc::new(Site::start().await);
    site.answer(
        "/hints",
        Answer::new("200 OK", "content-type: text/html\r\naccept-ch: DPR\r\n", "<title>H</title>"),
    );
    let pool = Pool::new("default").size(1);
    let webtask = Browser::start(support::builder().pool(pool).build().unwrap()).await.webtask;
    let counted = async |reason: &str| {
        until(|| webtask.pools().iter().all(|(_, pool)| pool.busy == 0)).await;
        let metrics = webtask.metrics().unwrap();
        let label = format!("reason=\"{reason}\"");
        let mut lines = metrics.lines().filter(|line| line.starts_with("webtask_windows_replaced_total{"));
        let line = lines.find(|line| line.contains(&label));
        line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or(0_usize)
    };
    let ask = |path: &str, source: &'static str| {
        steps(&webtask, (site.url(path), source), |cx, (url, source)| {
            Box::pin(async move { Ok::<Value, _>(visit(cx, &url, source).await?) })
        })
    };
    for (path, source) in [
        ("/plain", "return 0"),
        ("/rows", "return (await fetch('/tick')).status"),
        ("/cookies", "return (await fetch('/tick', { keepalive: true })).text()"),
        ("/moved", "return 0"),
        ("/missing", "return 0"),
    ] {
        ask(path, source).await.unwrap();
    }
    for reason in ["login", "client_hints", "agent_cluster", "unknown"] {
        assert_eq!(counted(reason).await, 0, "{reason}");
    }
    site.answer(
        "/apart",
        Answer::new("200 OK", "content-type: text/html\r\norigin-agent-cluster: ?1\r\n", "<title>A</title>"),
    );
    ask("/private/in", "return 0").await.unwrap();
    assert_eq!(counted("login").await, 1);
    ask("/apart", "return 0").await.unwrap();
    assert_eq!(counted("agent_cluster").await, 1);
    ask("/plain", "return 0").await.unwrap();
    ask("/hints", "return 0").await.unwrap();
    assert_eq!((counted("login").await, counted("client_hints").await), (1, 1));
    ask("/plain", "return 0").await.unwrap();
    assert_eq!((counted("login").await, counted("client_hints").await), (1, 1));
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_does_not_count_gives_each_run_a_new_window() {
    // Its network is a process of its own.
    let builder = support::builder().pool(Pool::new("default").size(1)).default_flags(true);
    let webtask = Browser::start(builder.build().unwrap()).await.webtask;
    let site = Arc::new(Site::start().await);
    let login = "const asks = new XMLHttpRequest(); asks.open('GET', '/private/in', false, 'user', 'secret'); \
                 asks.send(); return asks.status";
    let look = "return (await fetch('/private/in')).status";
    for (source, status) in [(login, 200), (look, 401)] {
        let run = steps(&webtask, (site.url("/plain"), source), |cx, (url, source)| {
            Box::pin(async move { Ok::<Value, _>(visit(cx, &url, source).await?) })
        });
        assert_eq!(run.await.unwrap(), json!(status));
    }
    webtask.close().await.unwrap();
}
