//! A `clean` window: each kind of thing that a run can leave behind is planted by one run and looked for by the next, in
//! the same window. What cannot be removed for sure gets a new window.

mod before;
mod doubt;
mod engine;
mod network;
mod page;
mod remains;
mod storage;
mod work;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::Duration;

use serde_json::Value;
use tokio::runtime::Runtime;
use webtask::__rt::{self, Cx, Until};
use webtask::{Error, Pool, Run, Webtask};

use crate::support::raw::Raw;
use crate::support::site::{Answer, Site};
use crate::support::{self, Browser, steps};

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

    /// Goes to a page of the site and asks it.
    fn ask(&self, path: &str, source: &'static str) -> Run<Value> {
        self.ask_at(self.site.url(path), source)
    }

    /// Goes to a page and asks it.
    fn ask_at(&self, url: String, source: &'static str) -> Run<Value> {
        steps(&self.webtask, (url, source), |cx, (url, source)| {
            Box::pin(async move { Ok(visit(cx, &url, source).await?) })
        })
    }
}

async fn visit(cx: &Cx, url: &str, source: &'static str) -> Result<Value, Error> {
    __rt::goto(cx, url, Until::Load, None).await?;
    __rt::js(cx, "asked", source, &[], true).await
}

/// Opens a page and runs a script there whose value does not matter.
async fn plant(cx: &Cx, url: &str, source: &'static str) -> Result<(), Error> {
    __rt::goto(cx, url, Until::Load, None).await?;
    __rt::js(cx, "planted", source, &[], true).await
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
                self::plant(cx, &url, plant).await?;
                Ok(visit(cx, &url, look).await?)
            })
        });
        assert_ne!(found.await.unwrap(), *nothing, "it is not planted");
        assert_eq!(lab.ask(path, look).await.unwrap(), *nothing);
        lab.settled().await;
        assert_eq!(lab.page().await, page, "it is another window");
    });
}
