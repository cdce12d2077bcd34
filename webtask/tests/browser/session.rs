//! `keep_session`: cookies and storage stay from run to run, and nothing else does.

use serde_json::{Value, json};
use webtask::__rt::{self, Cx, Emulate, Parts, Setup, Until};
use webtask::{Error, ErrorKind, Pool, Run, Task, Webtask};

use crate::support::raw::Raw;
use crate::support::site::Site;
use crate::support::{self, Browser, PARTS, steps};

/// All that a session is made of, and what is none of it.
const KNOWN: &str = "return [document.cookie, localStorage.a, (await caches.keys()).length, sessionStorage.a, name, \
    innerWidth, history.length]";

async fn keeping(size: usize) -> Browser {
    let pool = Pool::new("default").size(size).keep_session();
    Browser::start(support::builder().pool(pool).build().unwrap()).await
}

async fn visit(cx: &Cx, url: &str, source: &'static str) -> Result<Value, Error> {
    __rt::goto(cx, url, Until::Load, None).await?;
    __rt::js(cx, "asked", source, &[], true).await
}

fn ask(webtask: &Webtask, url: String, source: &'static str) -> Run<Value> {
    steps(webtask, (url, source), |cx, (url, source)| {
        Box::pin(async move { Ok(visit(cx, &url, source).await?) })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_and_storage_stay_and_the_rest_is_reset() {
    let site = Site::start().await;
    let browser = keeping(1).await;
    let plain = ask(&browser.webtask, site.url("/plain"), KNOWN).await.unwrap();
    assert_eq!(plain, json!(["", null, 0, null, "", plain[5], 2]));
    let planted = steps(&browser.webtask, site.url("/plain"), |cx, url| {
        Box::pin(async move {
            __rt::emulate(cx, &Emulate { size: Some((400, 300)), ..Emulate::NEW }).await?;
            let source = "document.cookie = 'a=1'; localStorage.a = 1; sessionStorage.a = 1; \
                          await (await caches.open('c')).put('/x', new Response('1')); name = 'planted'; \
                          history.pushState(1, '', '/b'); open('/plain'); return innerWidth";
            Ok(visit(cx, &url, source).await?)
        })
    });
    assert_eq!(planted.await.unwrap(), 400);
    let kept = ask(&browser.webtask, site.url("/plain"), KNOWN).await.unwrap();
    assert_eq!(kept, json!(["a=1", "1", 1, "1", "", plain[5], 2]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_left_between_two_runs() {
    let site = Site::start().await;
    let browser = keeping(1).await;
    ask(&browser.webtask, site.url("/ticks"), "return 0").await.unwrap();
    let empty = steps(&browser.webtask, (), |cx, ()| {
        Box::pin(
            async move { Ok(__rt::js::<String>(cx, "where", "return location.href", &[], false).await?) },
        )
    });
    assert_eq!(empty.await.unwrap(), "about:blank");
    let ticks = site.asked("/tick");
    ask(&browser.webtask, site.url("/plain"), "await new Promise(done => setTimeout(done, 200)); return 0")
        .await
        .unwrap();
    assert_eq!(site.asked("/tick"), ticks);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_window_has_a_session_of_its_own_and_the_last_one_used_goes_first() {
    let site = Site::start().await;
    let browser = keeping(2).await;
    ask(&browser.webtask, site.url("/plain"), "document.cookie = 'a=1'; return 0").await.unwrap();
    while browser.webtask.pools()[0].1.free < 2 {
        tokio::task::yield_now().await;
    }
    let mut first = steps(&browser.webtask, site.url("/plain"), |cx, url| {
        Box::pin(async move {
            let known = visit(cx, &url, "return document.cookie").await?;
            cx.status("here").await;
            Ok(known)
        })
    });
    first.next().await.unwrap();
    // The first one still has its window.
    let second = ask(&browser.webtask, site.url("/plain"), "return document.cookie").await.unwrap();
    assert_eq!(second, "");
    assert_eq!(first.await.unwrap(), "a=1");
}

/// How often it ran: once in each window.
async fn prepared(cx: &Cx) -> Result<(), __rt::Thrown> {
    cx.status("prepared").await;
    __rt::js::<Value>(cx, "prepare", "globalThis.prepared = true; return 0", &[], false).await?;
    Ok(())
}

/// How often a run prepared its window.
async fn preparations(webtask: &Webtask, source: &'static str) -> (usize, bool) {
    static PREPARED: Task = Task::new(&Parts {
        setup: Some(Setup {
            slug: "prepare",
            secrets: &[],
            settings: &[],
            input: None,
            body: |cx, _| Box::pin(prepared(cx)),
        }),
        ..PARTS
    });
    let mut run = __rt::run(webtask, &PREPARED, source, |cx, source| {
        Box::pin(async move { Ok(__rt::js::<Value>(cx, "asked", source, &[], true).await?) })
    });
    let (mut count, mut done) = (0, false);
    while let Some(event) = run.next().await {
        match event {
            webtask::Event::Status { .. } => count += 1,
            webtask::Event::Done(_) => done = true,
            _ => {}
        }
    }
    (count, done)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_runs_once_in_each_window_and_again_after_a_crash() {
    let site = Site::start().await;
    let browser = keeping(1).await;
    ask(&browser.webtask, site.url("/plain"), "document.cookie = 'a=1'; return 0").await.unwrap();
    assert_eq!(preparations(&browser.webtask, "return 0").await, (1, true));
    assert_eq!(preparations(&browser.webtask, "return 0").await, (0, true));
    let crash = steps(&browser.webtask, browser.profile.clone(), |cx, data| {
        Box::pin(async move {
            let mut raw = Raw::of(&data).await;
            let page = raw.page().await.0;
            raw.crash(&page).await;
            Ok(__rt::js::<Value>(cx, "never", "return new Promise(() => {})", &[], true).await?)
        })
    });
    assert_eq!(crash.await.unwrap_err().kind(), ErrorKind::BrowserLost);
    assert_eq!(preparations(&browser.webtask, "return 0").await, (1, true));
    assert_eq!(preparations(&browser.webtask, "return 0").await, (0, true));
    // The session is still there.
    let cookie = ask(&browser.webtask, site.url("/plain"), "return document.cookie").await.unwrap();
    assert_eq!(cookie, "a=1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_runs_for_each_run_in_a_window_that_is_cleaned() {
    let browser =
        Browser::start(support::builder().pool(Pool::new("default").size(1)).build().unwrap()).await;
    assert_eq!(preparations(&browser.webtask, "return 0").await, (1, true));
    assert_eq!(preparations(&browser.webtask, "return 0").await, (1, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_outlives_a_crash_between_two_runs() {
    let site = Site::start().await;
    let browser = keeping(1).await;
    ask(&browser.webtask, site.url("/plain"), "document.cookie = 'a=1'; return 0").await.unwrap();
    while browser.webtask.pools()[0].1.free < 1 {
        tokio::task::yield_now().await;
    }
    let mut raw = Raw::of(&browser.profile).await;
    let page = raw.page().await.0;
    raw.crash(&page).await;
    let cookie = loop {
        match ask(&browser.webtask, site.url("/plain"), "return document.cookie").await {
            Ok(cookie) => break cookie,
            // It came before the news of the crash.
            Err(error) => assert_eq!(error.kind(), ErrorKind::BrowserLost),
        }
    };
    assert_eq!(cookie, "a=1");
    assert_ne!(raw.page().await.0, page);
}
