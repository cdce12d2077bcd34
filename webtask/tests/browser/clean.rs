//! A `clean` window: each kind of thing that a run can leave behind is planted by one run and looked for by the next, in
//! the same window. What cannot be removed for sure gets a new window.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::runtime::Runtime;
use webtask::__rt::{self, Cx, Emulate, Parts, Until};
use webtask::{Dialogs, Error, ErrorKind, Pool, Run, Task, Webtask};

use crate::support::raw::Raw;
use crate::support::site::{Answer, Site};
use crate::support::{self, Browser, PARTS, steps};

/// A browser with one window, and a site. One test at a time has it.
struct Lab {
    webtask: Webtask,
    data: PathBuf,
    site: Arc<Site>,
    turn: tokio::sync::Mutex<()>,
}

impl Lab {
    /// Runs a test in a lab that the tests share.
    fn run<F: Future<Output = ()>>(test: impl FnOnce(Arc<Self>) -> F) {
        static RUNTIME: OnceLock<Runtime> = OnceLock::new();
        static SHARED: Mutex<Weak<Lab>> = Mutex::new(Weak::new());
        let runtime = RUNTIME.get_or_init(|| Runtime::new().unwrap());
        let lab = {
            let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
            shared.upgrade().unwrap_or_else(|| {
                let lab = Arc::new(runtime.block_on(Self::new()));
                *shared = Arc::downgrade(&lab);
                lab
            })
        };
        runtime.block_on(async {
            let _turn = lab.turn.lock().await;
            test(lab.clone()).await;
        });
    }

    async fn new() -> Self {
        // It is clean without saying so.
        let pool = Pool::new("default").size(1);
        let Browser { webtask, profile } =
            Browser::start(support::builder().pool(pool).build().unwrap()).await;
        let site = Site::start().await;
        let cached = "content-type: text/javascript\r\ncache-control: max-age=9999\r\n";
        site.answer("/cached.js", Answer::new("200 OK", cached, "window.cached = true"));
        site.page("/caches", "<title>Caches</title><script src=/cached.js></script>");
        let worker = "content-type: text/javascript\r\n";
        site.answer("/ticking.js", Answer::new("200 OK", worker, "setInterval(() => fetch('/tick'), 10)"));
        site.answer(
            "/shared.js",
            Answer::new(
                "200 OK",
                worker,
                "onconnect = event => event.ports[0].postMessage('here'); setInterval(() => fetch('/tick'), 10)",
            ),
        );
        site.answer(
            "/service.js",
            Answer::new(
                "200 OK",
                worker,
                "oninstall = () => skipWaiting(); onactivate = event => event.waitUntil(clients.claim()); \
                 onfetch = event => { if (event.request.url.endsWith('/served')) \
                 event.respondWith(new Response('served')) }",
            ),
        );
        site.page(
            "/framed",
            "<script>onmessage = event => { if (event.data === 'plant') { localStorage.planted = 1; } \
             parent.postMessage(localStorage.length, '*') }</script>",
        );
        site.page(
            "/writes",
            "<title>Writes</title><script>const write = () => { localStorage.left = 1; document.cookie = 'left=1' }; \
             addEventListener('pagehide', write); addEventListener('unload', write); \
             addEventListener('visibilitychange', write)</script><button id=go>Go</button>",
        );
        site.page(
            "/hovered",
            "<div id=here style='width: 200px; height: 200px'>here</div><input id=field value=secret><script>\
             window.over = 0; onmouseover = () => over++</script>",
        );
        Self { webtask, data: profile, site: Arc::new(site), turn: tokio::sync::Mutex::default() }
    }

    /// The window's page; there is one.
    async fn page(&self) -> String {
        Raw::of(&self.data).await.page().await.0
    }

    /// Waits until the window is there for the next run, and nothing else.
    async fn settled(&self) {
        until(|| self.webtask.pools()[0].1.free == 1).await;
    }

    /// Goes to a page and asks it.
    fn ask(&self, path: &str, source: &'static str) -> Run<Value> {
        steps(&self.webtask, (self.site.url(path), source), |cx, (url, source)| {
            Box::pin(async move { Ok(visit(cx, &url, source).await?) })
        })
    }
}

async fn visit(cx: &Cx, url: &str, source: &'static str) -> Result<Value, Error> {
    __rt::goto(cx, url, Until::Load, None).await?;
    __rt::js(cx, "asked", source, &[], true).await
}

async fn until(reached: impl Fn() -> bool) {
    let reached = async {
        while !reached() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), reached).await.expect("it comes to that");
}

/// Plants something in one run and finds it there; the next run, in the same window, finds nothing.
fn removed(path: &'static str, plant: &'static str, look: &'static str, nothing: &Value) {
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let input = (lab.site.url(path), plant, look);
        let found = steps(&lab.webtask, input, |cx, (url, plant, look)| {
            Box::pin(async move {
                visit(cx, &url, plant).await?;
                Ok(visit(cx, &url, look).await?)
            })
        });
        assert_ne!(found.await.unwrap(), *nothing, "it is not planted");
        assert_eq!(lab.ask(path, look).await.unwrap(), *nothing);
        lab.settled().await;
        assert_eq!(lab.page().await, page, "it is another window");
    });
}

macro_rules! kinds {
    ($($name:ident: $plant:literal, then $look:literal is $nothing:expr;)*) => {$(
        #[test]
        fn $name() {
            removed("/plain", $plant, $look, &json!($nothing));
        }
    )*};
}

kinds! {
    cookies_are_removed: "document.cookie = 'a=1'; document.cookie = 'b=1; max-age=999; path=/'",
        then "return document.cookie" is "";
    local_storage_is_removed: "localStorage.a = 1", then "return localStorage.length" is 0;
    session_storage_is_removed: "sessionStorage.a = 1", then "return sessionStorage.length" is 0;
    databases_are_removed: "await new Promise((done, failed) => {
            const asked = indexedDB.open('d');
            asked.onupgradeneeded = () => asked.result.createObjectStore('s');
            asked.onsuccess = done;
            asked.onerror = failed;
        })", then "return (await indexedDB.databases()).length" is 0;
    caches_of_scripts_are_removed: "await (await caches.open('c')).put('/x', new Response('1'))",
        then "return (await caches.keys()).length" is 0;
    files_of_the_origin_are_removed: "const folder = await navigator.storage.getDirectory();
        const file = await (await folder.getFileHandle('f', { create: true })).createWritable();
        await file.write('1');
        await file.close()",
        then "let count = 0;
        for await (const _ of (await navigator.storage.getDirectory()).keys()) count++;
        return count" is 0;
    buckets_are_removed: "const bucket = await navigator.storageBuckets.open('b');
        await (await bucket.caches.open('c')).put('/x', new Response('1'))",
        then "return (await navigator.storageBuckets.keys()).length" is 0;
    service_workers_are_removed: "await navigator.serviceWorker.register('/service.js');
        await navigator.serviceWorker.ready",
        then "return [
            (await navigator.serviceWorker.getRegistrations()).length,
            await (await fetch('/served')).text(),
        ]" is (0, "no such page");
    the_windows_name_is_removed: "name = 'planted'", then "return name" is "";
    history_is_removed: "history.pushState(1, '', '/a'); history.pushState(2, '', '/b')",
        then "return history.length > 2" is false;
}

#[test]
fn storage_of_frames_of_other_sites_is_removed() {
    const FRAME: &str = "const frame = document.createElement('iframe');
        frame.src = location.origin.replace('127.0.0.1', 'localhost') + '/framed';
        document.body.append(frame);
        await new Promise(done => frame.onload = done);
        const answer = new Promise(done => onmessage = event => done(event.data));
        frame.contentWindow.postMessage('WHAT', '*');
        return await answer";
    static PLANT: OnceLock<String> = OnceLock::new();
    static LOOK: OnceLock<String> = OnceLock::new();
    let plant = PLANT.get_or_init(|| FRAME.replace("WHAT", "plant"));
    let look = LOOK.get_or_init(|| FRAME.replace("WHAT", "look"));
    removed("/plain", plant, look, &json!(0));
}

#[test]
fn what_a_page_writes_as_it_leaves_is_removed() {
    removed(
        "/writes",
        "localStorage.left = 1",
        "return [localStorage.length, document.cookie]",
        &json!([0, ""]),
    );
}

#[test]
fn what_a_frame_of_another_site_writes_as_it_leaves_is_removed() {
    const FRAME: &str = "const frame = document.createElement('iframe');
        frame.src = location.origin.replace('127.0.0.1', 'localhost') + '/PATH';
        document.body.append(frame);
        await new Promise(done => frame.onload = done);";
    const LOOK: &str = "const answer = new Promise(done => onmessage = event => done(event.data));
        frame.contentWindow.postMessage('look', '*');
        return await answer";
    static WRITES: OnceLock<String> = OnceLock::new();
    static LOOKS: OnceLock<String> = OnceLock::new();
    let writes: &'static str = WRITES.get_or_init(|| FRAME.replace("PATH", "writes"));
    let looks: &'static str = LOOKS.get_or_init(|| FRAME.replace("PATH", "framed") + LOOK);
    Lab::run(async |lab| {
        let input = (lab.site.url("/plain"), writes, looks);
        let written = steps(&lab.webtask, input, |cx, (url, writes, looks)| {
            Box::pin(async move {
                visit(cx, &url, writes).await?;
                let found = visit(cx, &url, looks).await?;
                visit(cx, &url, writes).await?;
                Ok(found)
            })
        });
        assert_eq!(written.await.unwrap(), 1);
        assert_eq!(lab.ask("/plain", looks).await.unwrap(), 0);
    });
}

#[test]
fn the_http_cache_is_removed() {
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let before = lab.site.asked("/cached.js");
        let twice = steps(&lab.webtask, lab.site.url("/caches"), |cx, url| {
            Box::pin(async move {
                visit(cx, &url, "return 0").await?;
                Ok(visit(cx, &url, "return cached").await?)
            })
        });
        assert_eq!(twice.await.unwrap(), true);
        assert_eq!(lab.site.asked("/cached.js"), before + 1, "it is not cached");
        lab.ask("/caches", "return cached").await.unwrap();
        assert_eq!(lab.site.asked("/cached.js"), before + 2);
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

/// Runs something that asks for `/tick` again and again; with the next run nothing does any more.
fn ended(plant: &'static str, same: bool) {
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let before = lab.site.asked("/tick");
        let input = (lab.site.clone(), plant);
        let planted = steps(&lab.webtask, input, |cx, (site, plant)| {
            Box::pin(async move {
                visit(cx, &site.url("/plain"), plant).await?;
                site.wait_asked("/tick", site.asked("/tick") + 3).await;
                Ok(())
            })
        });
        planted.await.unwrap();
        assert!(lab.site.asked("/tick") >= before + 3);
        lab.settled().await;
        let then = lab.site.asked("/tick");
        // Several turns of what would ask, and the answers to them.
        let rest = "await new Promise(done => setTimeout(done, 200)); return 0";
        lab.ask("/other", rest).await.unwrap();
        assert_eq!(lab.site.asked("/tick"), then);
        lab.settled().await;
        assert_eq!(lab.page().await == page, same);
    });
}

#[test]
fn timers_end() {
    ended("setInterval(() => fetch('/tick'), 10)", true);
}

#[test]
fn workers_end() {
    ended("new Worker('/ticking.js')", true);
}

#[test]
fn shared_workers_end() {
    ended("new SharedWorker('/shared.js')", true);
}

#[test]
fn shared_workers_that_would_stay_longer_end() {
    ended("new SharedWorker('/shared.js', { extendedLifetime: true })", true);
}

#[test]
fn popups_end() {
    ended("open('/ticks')", true);
}

#[test]
fn popups_without_an_opener_end() {
    ended("open('/ticks', '_blank', 'noopener')", true);
}

#[test]
fn a_page_that_would_rather_stay_is_left() {
    Lab::run(async |lab| {
        lab.ask("/leave", "document.body.click(); return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        assert_eq!(lab.ask("/plain", "return document.title").await.unwrap(), "Plain");
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn a_dialog_that_is_open_keeps_nobody_waiting_and_the_next_run_answers_in_its_own_way() {
    static ACCEPTS: Task = Task::new(Parts { dialogs: Dialogs::Accept, ..PARTS });
    Lab::run(async |lab| {
        let accepted = __rt::run(&lab.webtask, &ACCEPTS, lab.site.url("/confirm"), |cx, url| {
            Box::pin(async move {
                Ok(visit(cx, &url, "setTimeout(() => confirm('still?')); return document.title").await?)
            })
        });
        assert_eq!(accepted.await.unwrap(), "true");
        lab.settled().await;
        let page = lab.page().await;
        assert_eq!(lab.ask("/confirm", "return document.title").await.unwrap(), "false");
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn emulation_ends() {
    const LOOK: &str = "return [navigator.userAgent, navigator.language, innerWidth, devicePixelRatio, \
        navigator.maxTouchPoints, matchMedia('(prefers-color-scheme: dark)').matches, \
        Intl.DateTimeFormat().resolvedOptions().timeZone]";
    Lab::run(async |lab| {
        let plain = lab.ask("/plain", LOOK).await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let emulated = steps(&lab.webtask, lab.site.url("/plain"), |cx, url| {
            Box::pin(async move {
                let change = Emulate {
                    dark: Some(true),
                    size: Some((400, 300)),
                    scale: Some(2.0),
                    mobile: true,
                    locale: Some("fr-FR"),
                    timezone: Some("Asia/Tokyo"),
                    agent: Some("Somebody"),
                    ..Emulate::NEW
                };
                __rt::emulate(cx, &change).await?;
                Ok(visit(cx, &url, LOOK).await?)
            })
        });
        let emulated = emulated.await.unwrap();
        for (number, value) in emulated.as_array().unwrap().iter().enumerate() {
            assert_ne!(*value, plain[number]);
        }
        assert_eq!(lab.ask("/plain", LOOK).await.unwrap(), plain);
        // What a run emulates is told from the browser's own, not from what an earlier one emulated.
        let again = steps(&lab.webtask, lab.site.url("/plain"), |cx, url| {
            Box::pin(async move {
                __rt::emulate(cx, &Emulate { dark: Some(true), ..Emulate::NEW }).await?;
                Ok(visit(cx, &url, LOOK).await?)
            })
        });
        let again = again.await.unwrap();
        assert_eq!((&again[5], &again[0]), (&json!(true), &plain[0]));
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn permissions_are_taken_back() {
    static GRANTING: tokio::sync::Mutex<Option<Raw>> = tokio::sync::Mutex::const_new(None);
    const LOOK: &str = "return (await navigator.permissions.query({ name: 'geolocation' })).state";
    Lab::run(async |lab| {
        let before = lab.ask("/plain", LOOK).await.unwrap();
        lab.settled().await;
        let mut raw = Raw::of(&lab.data).await;
        let (page, context) = raw.page().await;
        let grant = json!({ "permissions": ["geolocation"], "browserContextId": context });
        let input = (lab.site.url("/plain"), lab.data.clone(), grant);
        let granted = steps(&lab.webtask, input, |cx, (url, data, grant)| {
            Box::pin(async move {
                // It ends with who gave it.
                let mut raw = Raw::of(&data).await;
                raw.call("Browser.grantPermissions", grant).await;
                let state = visit(cx, &url, LOOK).await?;
                GRANTING.lock().await.replace(raw);
                Ok(state)
            })
        });
        assert_eq!(granted.await.unwrap(), "granted");
        let granting = GRANTING.lock().await.take();
        let after = lab.ask("/plain", LOOK).await.unwrap();
        assert_ne!(after, "granted");
        assert_eq!(after, before);
        drop(granting);
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn the_mouse_and_the_visitors_clicks_are_forgotten() {
    const LOOK: &str = "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); \
        return [over > 0, document.querySelector('#here').matches(':hover'), navigator.userActivation.hasBeenActive]";
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let hovered = steps(&lab.webtask, lab.site.url("/hovered"), |cx, url| {
            Box::pin(async move {
                __rt::goto(cx, &url, Until::Load, None).await?;
                __rt::click(cx, "#here", None, None, None).await?;
                __rt::hover(cx, "#here", None).await?;
                Ok(__rt::js::<Value>(cx, "looked", LOOK, &[], true).await?)
            })
        });
        let hovered = hovered.await.unwrap();
        assert_eq!((&hovered[0], &hovered[2]), (&json!(true), &json!(true)));
        assert_eq!(lab.ask("/hovered", LOOK).await.unwrap(), json!([false, false, false]));
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn the_clipboard_is_emptied_when_nobody_else_is_there() {
    async fn paste(cx: &Cx, url: &str) -> Result<Value, Error> {
        visit(cx, url, "field.value = ''; field.focus(); return 0").await?;
        __rt::press(cx, "Control+V").await?;
        __rt::js(cx, "pasted", "return field.value", &[], false).await
    }
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let copied = steps(&lab.webtask, lab.site.url("/hovered"), |cx, url| {
            Box::pin(async move {
                visit(cx, &url, "field.focus(); field.select(); return 0").await?;
                __rt::press(cx, "Control+C").await?;
                Ok(paste(cx, &url).await?)
            })
        });
        assert_eq!(copied.await.unwrap(), "secret");
        let pasted = steps(&lab.webtask, lab.site.url("/hovered"), |cx, url| {
            Box::pin(async move { Ok(paste(cx, &url).await?) })
        });
        assert_eq!(pasted.await.unwrap(), "");
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn a_cookie_that_comes_after_the_run_is_removed() {
    Lab::run(async |lab| {
        let head = "content-type: text/plain\r\nset-cookie: late=1; path=/\r\n";
        lab.site.answer("/held/cookie", Answer::new("200 OK", head, "late"));
        let planted = steps(&lab.webtask, lab.site.clone(), |cx, site| {
            Box::pin(async move {
                visit(cx, &site.url("/plain"), "fetch('/held/cookie', { keepalive: true }); return 0")
                    .await?;
                site.wait_held(1).await;
                Ok(())
            })
        });
        planted.await.unwrap();
        lab.settled().await;
        let mut raw = Raw::of(&lab.data).await;
        let (page, context) = raw.page().await;
        lab.site.release();
        let start = Instant::now();
        loop {
            let cookies = raw.call("Storage.getCookies", json!({ "browserContextId": context })).await;
            if cookies["cookies"].as_array().unwrap().len() == 1 {
                break;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "the answer never came");
        }
        assert_eq!(lab.ask("/plain", "return document.cookie").await.unwrap(), "");
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

/// Runs something after which the window is in doubt: the next run has another one.
async fn replaced(lab: &Lab, run: Run<()>) {
    lab.ask("/plain", "return 0").await.unwrap();
    lab.settled().await;
    let page = lab.page().await;
    run.await.unwrap();
    lab.settled().await;
    let title = lab.ask("/plain", "return document.title").await.unwrap();
    assert_eq!(title, "Plain");
    lab.settled().await;
    let mut raw = Raw::of(&lab.data).await;
    let start = Instant::now();
    // One that was made in advance may be there too.
    while raw.pages().await.iter().any(|(other, _)| *other == page) {
        assert!(start.elapsed() < Duration::from_secs(20), "the window is still there");
    }
}

#[test]
fn a_window_that_rust_code_has_had_is_replaced() {
    Lab::run(async |lab| {
        let run = steps(&lab.webtask, (), |cx, ()| {
            Box::pin(async move {
                cx.page().await?;
                Ok(())
            })
        });
        replaced(&lab, run).await;
    });
}

#[test]
fn a_window_that_has_logged_in_by_a_url_is_replaced() {
    Lab::run(async |lab| {
        let asks = "content-type: text/html\r\nwww-authenticate: Basic realm=x\r\n";
        lab.site.answer("/login", Answer::new("401 Unauthorized", asks, "<title>Out</title>"));
        let url = lab.site.url("/login").replace("//", "//user:secret@");
        let run = steps(&lab.webtask, url, |cx, url| {
            Box::pin(async move { Ok(__rt::goto(cx, &url, Until::Load, None).await.map(drop)?) })
        });
        replaced(&lab, run).await;
    });
}

#[test]
fn a_window_whose_page_does_not_answer_is_replaced() {
    Lab::run(async |lab| {
        let run = steps(&lab.webtask, lab.site.clone(), |cx, site| {
            Box::pin(async move {
                // Nothing comes between the request and the loop.
                let source = "setTimeout(() => { const asks = new XMLHttpRequest(); \
                              asks.open('GET', '/stuck', false); asks.send(); for (;;); }); return 0";
                visit(cx, &site.url("/plain"), source).await?;
                site.wait_asked("/stuck", 1).await;
                Ok(())
            })
        });
        replaced(&lab, run).await;
    });
}

#[test]
fn a_window_whose_page_crashed_is_replaced() {
    Lab::run(async |lab| {
        let run = steps(&lab.webtask, lab.data.clone(), |cx, data| {
            Box::pin(async move {
                let mut raw = Raw::of(&data).await;
                let page = raw.page().await.0;
                raw.crash(&page).await;
                let never = "return new Promise(() => {})";
                let error = __rt::js::<Value>(cx, "never", never, &[], true).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::BrowserLost);
                Ok(())
            })
        });
        replaced(&lab, run).await;
    });
}

#[test]
fn a_window_whose_page_was_closed_is_replaced() {
    Lab::run(async |lab| {
        let run = steps(&lab.webtask, lab.data.clone(), |_, data| {
            Box::pin(async move {
                let mut raw = Raw::of(&data).await;
                let page = raw.page().await.0;
                raw.call("Target.closeTarget", json!({ "targetId": page })).await;
                Ok(())
            })
        });
        replaced(&lab, run).await;
    });
}

#[test]
fn a_cancelled_run_leaves_nothing() {
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let before = lab.site.asked("/tick");
        let source = "localStorage.a = 1; setInterval(() => fetch('/tick'), 10); await new Promise(() => {})";
        let run = tokio::spawn(lab.ask("/plain", source).into_future());
        lab.site.wait_asked("/tick", before + 2).await;
        run.abort();
        assert_eq!(lab.ask("/plain", "return localStorage.length").await.unwrap(), 0);
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_pool_has_a_new_window_each_time() {
    let pool = Pool::new("default").size(1).fresh();
    let Browser { webtask, profile } = Browser::start(support::builder().pool(pool).build().unwrap()).await;
    let mut pages = Vec::new();
    for _ in 0..3 {
        let run = steps(&webtask, profile.clone(), |cx, data| {
            Box::pin(async move {
                __rt::js::<Value>(cx, "name", "name = 'mine'; return 0", &[], false).await?;
                let mut raw = Raw::of(&data).await;
                let mut mine = Vec::new();
                for (page, _) in raw.pages().await {
                    let attach = json!({ "targetId": page, "flatten": true });
                    let session = raw.call("Target.attachToTarget", attach).await["sessionId"].clone();
                    let ask = json!({ "expression": "name" });
                    let name = raw.call_in(session.as_str(), "Runtime.evaluate", ask).await;
                    if name["result"]["value"] == "mine" {
                        mine.push(page);
                    }
                }
                Ok(mine)
            })
        });
        let mine = run.await.unwrap();
        assert_eq!(mine.len(), 1);
        assert!(!pages.contains(&mine[0]));
        pages.extend(mine);
    }
}
