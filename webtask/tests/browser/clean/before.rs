//! The page of the run before is gone when the window is free: nothing of it runs on, and the next page cannot tell that
//! there was one.

use std::time::Duration;

use serde_json::{Value, json};
use webtask::__rt::{self, Until};
use webtask::ErrorKind;

use super::{Lab, visit};
use crate::support::raw::Raw;
use crate::support::site::{Answer, Site};
use crate::support::steps;

/// Wherever a page's code may run, it writes what the next run could find.
const CLINGS: &str = "<title>Clings</title><body><div id=watched></div><script>
    const left = how => {
        if (window.quiet) return;
        localStorage[how] = 1;
        sessionStorage[how] = 1;
        document.cookie = how + '=1';
        indexedDB.open(how);
    };
    for (const target of [window, document])
        for (const name of ['pagehide', 'unload', 'beforeunload', 'visibilitychange', 'freeze', 'resume', 'pageswap', 'blur',
            'focus', 'readystatechange', 'online', 'offline', 'storage', 'message', 'popstate', 'hashchange'])
            target.addEventListener(name, () => left('event-' + name));
    window.onunload = window.onpagehide = () => left('handler');
    navigation?.addEventListener('navigate', () => left('navigate'));
    navigation?.addEventListener('currententrychange', () => left('entry'));
    setInterval(() => left('timer'), 1);
    (function frame() { requestAnimationFrame(frame); left('frame'); })();
    (function idle() { requestIdleCallback(idle); left('idle'); })();
    (async () => { for (;;) { await fetch('/asked').catch(() => {}); left('fetch'); } })();
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { left('channel'); channel.port2.postMessage(0); };
    channel.port2.postMessage(0);
    const radio = new BroadcastChannel('clings'), other = new BroadcastChannel('clings');
    radio.onmessage = () => { left('broadcast'); other.postMessage(0); };
    other.postMessage(0);
    addEventListener('message', () => postMessage(0));
    postMessage(0);
    (function again() { const asked = indexedDB.open('again'); asked.onsuccess = () => { left('database'); again(); }; })();
    (function lock() { navigator.locks?.request('clings', async () => { left('lock'); setTimeout(lock); }); })();
    (function paint() { setTimeout(() => { watched.style.width = Math.random() * 100 + 'px'; paint(); }); })();
    new ResizeObserver(() => left('resize')).observe(watched);
    new MutationObserver(() => left('mutation')).observe(document, { childList: true, subtree: true, attributes: true });
    new IntersectionObserver(() => left('intersection')).observe(watched);
    new PerformanceObserver(() => left('performance')).observe({ entryTypes: ['resource', 'visibility-state'] });
    customElements.define('clings-on', class extends HTMLElement { disconnectedCallback() { left('element'); } });
    document.body.append(document.createElement('clings-on'));
    const frame = document.createElement('iframe');
    frame.srcdoc = `<script>onpagehide = onunload = () => parent.eval('left(\"inner\")');
        setInterval(() => parent.eval('left(\"inner-timer\")'), 1)<\\/script>`;
    document.body.append(frame);
    const events = new EventSource('/events');
    events.onerror = events.onmessage = () => left('events');
    let chain = Promise.resolve();
    setInterval(() => chain = chain.then(() => left('chain')), 1);
    new FinalizationRegistry(() => left('collected')).register({}, 0);
    </script>";

/// What a page finds from its first moment on.
const SEES: &str = "<title>Sees</title><script>
    const seen = { state: document.visibilityState, changes: 0 };
    document.addEventListener('visibilitychange', () => seen.changes++);
    </script><noscript><p id=without>without</p></noscript>";

async fn site() -> Site {
    let site = Site::start().await;
    site.page("/clings", CLINGS);
    site.page("/sees", SEES);
    site
}

#[test]
fn nothing_of_it_runs_until_the_next_page_is_there() {
    const LOOK: &str = "return [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie, (await indexedDB.databases()).length]";
    Lab::run(async |lab| {
        let site = site().await;
        site.page("/held/next", "<title>Next</title>");
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let wait =
            "await new Promise(done => setTimeout(done, 100)); return Object.keys(localStorage).length";
        let found = lab.ask_at(site.url("/clings"), wait);
        assert!(found.await.unwrap().as_u64().unwrap() > 8, "the page does not do what it shall");
        lab.settled().await;
        let next = lab.ask_at(site.url("/held/next"), LOOK);
        let watched = async {
            site.wait_asked("/held/next", 1).await;
            let asked = (site.asked("/asked"), site.asked("/events"));
            // So long the document is there with nothing in its place.
            tokio::time::sleep(Duration::from_millis(300)).await;
            let now = (site.asked("/asked"), site.asked("/events"));
            site.release();
            assert_eq!(now, asked, "something still asks");
        };
        let (left, ()) = tokio::join!(next, watched);
        assert_eq!(left.unwrap(), json!([[], [], "", 0]));
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

/// Pages in which something may run, or which go on by themselves, whatever they look like in the end.
const LIVELY: [&str; 18] = [
    "<script>document.currentScript.remove()</script>",
    "<script src=/away.js></script>",
    "<script type=module>document.querySelector('script').remove()</script>",
    "<body onload='removeAttribute(`onload`)'>",
    "<p>first<body onload='removeAttribute(`onload`)'>",
    "<img src=x: onerror=remove()>",
    "<details open ontoggle='removeAttribute(`ontoggle`)'>",
    "<iframe src=/plain></iframe>",
    "<iframe srcdoc='<script>frameElement.remove()</script>'></iframe>",
    "<iframe src='javascript:frameElement.remove()'></iframe>",
    "<object data=/plain></object>",
    "<embed src=/plain>",
    "<div><template shadowrootmode=open><script>1</script></template></div>",
    "<p><template shadowrootmode=closed><script>1</script></template></p>",
    "<p id=host><template shadowrootmode=closed><script>host.remove()</script></template></p>",
    "<svg onload='remove()'></svg>",
    "<meta http-equiv=refresh content='1; url=/plain'>",
    "<video src=/held/film autoplay></video>",
];

#[test]
fn a_page_that_may_do_something_is_gone() {
    Lab::run(async |lab| {
        let site = site().await;
        for (number, html) in LIVELY.iter().enumerate() {
            let path = format!("/lively/{number}");
            site.page(&path, html);
            let opened = steps(&lab.webtask, site.url(&path), |cx, url| {
                Box::pin(async move { Ok(__rt::goto(cx, &url, Until::Dom, None).await?) })
            });
            opened.await.unwrap();
            lab.settled().await;
            assert_eq!(shown(&lab).await, "about:blank", "{html}");
        }
    });
}

#[test]
fn a_page_that_would_go_on_by_itself_does_not() {
    Lab::run(async |lab| {
        let site = site().await;
        let head = "content-type: text/html\r\nrefresh: 1; url=/went\r\n";
        site.answer("/goes", Answer::new("200 OK", head, "<title>Goes</title>"));
        let opened = steps(&lab.webtask, site.url("/goes"), |cx, url| {
            Box::pin(async move { Ok(__rt::goto(cx, &url, Until::Load, None).await?) })
        });
        opened.await.unwrap();
        lab.settled().await;
        let wait = "await new Promise(done => setTimeout(done, 1500)); return document.title";
        assert_eq!(lab.ask("/plain", wait).await.unwrap(), "Plain");
        assert_eq!(site.asked("/went"), 0);
    });
}

/// The URL of the window's page.
async fn shown(lab: &Lab) -> String {
    let mut raw = Raw::of(&lab.data).await;
    let page = raw.page().await.0;
    let targets = raw.call("Target.getTargets", json!({})).await;
    let mut targets = targets["targetInfos"].as_array().unwrap().iter();
    targets.find(|target| target["targetId"] == *page).unwrap()["url"].as_str().unwrap().to_owned()
}

#[test]
fn the_next_page_does_not_notice() {
    const LOOK: &str = "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        return [seen.state, seen.changes, document.visibilityState, document.hasFocus(), document.querySelector('#without'),
            document.referrer, name, opener, history.state, navigation.canGoBack]";
    let nothing = json!(["visible", 0, "visible", true, null, "", "", null, null, false]);
    Lab::run(async |lab| {
        let site = site().await;
        let ask = || lab.ask_at(site.url("/sees"), LOOK);
        for _ in 0..10 {
            assert_eq!(ask().await.unwrap(), nothing);
            lab.settled().await;
        }
    });
}

#[test]
fn a_page_that_comes_in_another_frame_is_seen_all_the_same() {
    const LOOK: &str = "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        return [location.hostname, document.visibilityState, document.querySelector('#without') === null, seen.state]";
    Lab::run(async |lab| {
        let site = site().await;
        let there = site.url("/sees").replace("127.0.0.1", "localhost");
        site.answer("/away", Answer::new("302 Found", &format!("location: {there}\r\n"), ""));
        for _ in 0..5 {
            for (path, host) in [("/sees", "127.0.0.1"), ("/away", "localhost")] {
                let seen = lab.ask_at(site.url(path), LOOK);
                assert_eq!(seen.await.unwrap(), json!([host, "visible", true, "visible"]), "{path}");
                lab.settled().await;
            }
        }
    });
}

#[test]
fn a_fragment_leads_to_a_document_of_its_own() {
    Lab::run(async |lab| {
        lab.ask("/plain#a", "window.planted = 1; return 0").await.unwrap();
        lab.settled().await;
        let found = lab.ask("/plain#b", "return [location.hash, window.planted ?? 0, document.title]");
        assert_eq!(found.await.unwrap(), json!(["#b", 0, "Plain"]));
    });
}

#[test]
fn there_is_no_way_back_to_it() {
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let back = steps(&lab.webtask, lab.site.url("/other"), |cx, url| {
            Box::pin(async move {
                visit(cx, &url, "history.back(); return 0").await?;
                Ok(__rt::back(cx).await?)
            })
        });
        let error = back.await.unwrap_err();
        assert_eq!(error.message(), "the history begins here: there is no page to go back to");
    });
}

#[test]
fn a_run_that_opens_no_page_finds_an_empty_one() {
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let look = steps(&lab.webtask, (), |cx, ()| {
            Box::pin(async move {
                let look = "return [location.href, document.visibilityState, history.length]";
                Ok(__rt::js::<Value>(cx, "looked", look, &[], true).await?)
            })
        });
        assert_eq!(look.await.unwrap(), json!(["about:blank", "visible", 1]));
    });
}

#[test]
fn a_page_that_does_not_come_leaves_an_empty_one() {
    Lab::run(async |lab| {
        for path in ["/empty", "/download", "/reset"] {
            lab.ask("/plain", "return 0").await.unwrap();
            lab.settled().await;
            let look = steps(&lab.webtask, lab.site.url(path), |cx, url| {
                Box::pin(async move {
                    let error = __rt::goto(cx, &url, Until::Load, None).await.unwrap_err();
                    let href: Value = __rt::js(cx, "looked", "return location.href", &[], true).await?;
                    Ok((error.kind(), href))
                })
            });
            let (kind, href) = look.await.unwrap();
            assert_eq!(kind, ErrorKind::NavigationFailed, "{path}");
            let empty = ["about:blank", "chrome-error://chromewebdata/"];
            assert!(empty.contains(&href.as_str().unwrap()), "{path}: {href}");
            lab.settled().await;
        }
    });
}
