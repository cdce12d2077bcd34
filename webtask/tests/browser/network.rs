//! The process in which a browser talks to the network, which Chromium's own flags give it, goes away: pages are asked for
//! again, and the browser is replaced.

use std::time::{Duration, Instant};

use futures::future::BoxFuture;
use rustix::process::{Pid, Signal, kill_process};
use webtask::__rt::Cx;
use webtask::{Error, ErrorKind, Pool, Run, Webtask};

use crate::support::site::Site;
use crate::support::{self, Browser, STARTING, steps};

/// A browser with Chromium's own flags.
async fn start() -> Browser {
    let pool = Pool::new("default").size(1);
    Browser::start(support::builder().default_flags(true).pool(pool).build().unwrap()).await
}

fn process(browser: &Browser) -> Pid {
    browser.process("--utility-sub-type=network")
}

fn kill(browser: &Browser) {
    kill_process(process(browser), Signal::KILL).unwrap();
}

fn title(webtask: &Webtask, url: String) -> Run<String> {
    steps(webtask, url, |cx, url| {
        Box::pin(async move {
            cx.goto(&url).await?;
            Ok(cx.js::<String>("return document.title").await?)
        })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_it_was_asked_for_is_asked_for_again() {
    let site = Site::start().await;
    let browser = start().await;
    assert_eq!(title(&browser.webtask, site.url("/plain")).await.unwrap(), "Plain");
    let run = tokio::spawn(title(&browser.webtask, site.url("/held/page")).into_future());
    site.wait_held(1).await;
    kill(&browser);
    site.wait_asked("/held/page", 2).await;
    site.release();
    assert_eq!(run.await.unwrap().unwrap(), "Plain");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_right_after_it_is_there_and_the_browser_is_replaced() {
    let site = Site::start().await;
    let browser = start().await;
    assert_eq!(title(&browser.webtask, site.url("/plain")).await.unwrap(), "Plain");
    let _starting = STARTING.lock().await;
    kill(&browser);
    assert_eq!(title(&browser.webtask, site.url("/plain")).await.unwrap(), "Plain");
    let start = Instant::now();
    while browser.profile.exists() {
        assert!(start.elapsed() < Duration::from_secs(20), "it is still there");
        assert_eq!(title(&browser.webtask, site.url("/plain")).await.unwrap(), "Plain");
    }
    assert_eq!(title(&browser.webtask, site.url("/plain")).await.unwrap(), "Plain");
    browser.webtask.close().await.unwrap();
}

/// Opens a page and another, kills the process, and goes somewhere in the history: the title then.
async fn travel(go: Go) -> String {
    let site = Site::start().await;
    let browser = start().await;
    let pages = (site.url("/plain"), site.url("/other"));
    let run =
        steps(&browser.webtask, (pages, process(&browser), go), |cx, ((first, second), process, go)| {
            Box::pin(async move {
                cx.goto(&first).await?;
                cx.goto(&second).await?;
                kill_process(process, Signal::KILL).expect("it runs");
                go(cx).await?;
                Ok(cx.js::<String>("return document.title").await?)
            })
        });
    run.await.unwrap()
}

type Go = for<'a> fn(&'a Cx) -> BoxFuture<'a, Result<(), Error>>;

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_and_the_way_back_come_there_too() {
    assert_eq!(travel(|cx| Box::pin(async move { cx.reload().await })).await, "Other");
    assert_eq!(travel(|cx| Box::pin(async move { cx.back().await })).await, "Plain");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_content_is_told_and_asked_for_once() {
    let site = Site::start().await;
    let browser = start().await;
    // In a browser's first moments nobody knows yet which process it is, and it is asked for twice.
    for _ in 0..100 {
        let before = site.asked("/empty");
        let error: Error = title(&browser.webtask, site.url("/empty")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NavigationFailed, "{error}");
        assert!(error.message().contains("has no content"), "{error}");
        if site.asked("/empty") == before + 1 {
            return;
        }
    }
    panic!("it is asked for again each time");
}
