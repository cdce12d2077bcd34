//! A page's process or the whole browser goes away under a run: a typed error soon, and the next run works.

use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use webtask::__rt::{self, Cx, Film, FilmFormat, Network, Thrown, Until};
use webtask::{ErrorKind, Pool, Run, Webtask};

use crate::support::raw::Raw;
use crate::support::site::Site;
use crate::support::{self, Browser, STARTING, steps};

/// How soon a loss must be told.
const SOON: Duration = Duration::from_secs(1);

/// The pages of these tests: each says that it is there, and is known by the memory that it uses.
fn heavy(site: &Site, name: &str) {
    let html = format!(
        "<title>Heavy</title><script>window.heap = new Uint8Array(160e6).fill(1); fetch('/there/{name}')</script>\
         <img src=/held/image.png>"
    );
    site.page(&format!("/heavy/{name}"), &html);
}

/// A run that is in the middle of a step when the site was asked for `/there/NAME`.
fn busy(webtask: &Webtask, site: &Site, name: &str) -> Run<()> {
    heavy(site, name);
    steps(webtask, site.url(&format!("/heavy/{name}")), |cx, url| {
        Box::pin(async move {
            __rt::goto(cx, &url, Until::Dom, None).await?;
            __rt::js::<()>(cx, "never", "return new Promise(() => {})", &[], true).await?;
            Ok(())
        })
    })
}

/// A run that reads a page's title.
async fn title(webtask: &Webtask, site: &Site) -> String {
    steps(webtask, site.url("/plain"), |cx, url| {
        Box::pin(async move {
            __rt::goto(cx, &url, Until::Load, None).await?;
            Ok(__rt::js::<String>(cx, "title", "return document.title", &[], false).await?)
        })
    })
    .await
    .unwrap()
}

/// Stops a process, and waits until it stands still; somebody may have ended it by then.
fn stop(process: Pid) {
    kill_process(process, Signal::STOP).unwrap();
    loop {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let state = stat.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next());
        if matches!(state, Some('T' | 'Z' | 'X') | None) {
            return;
        }
        std::thread::yield_now();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_renderer_is_told_within_a_second_and_the_next_run_works() {
    let site = Site::start().await;
    let browser =
        Browser::start(support::builder().pool(Pool::new("default").size(1)).build().unwrap()).await;
    for name in ["first", "second"] {
        let run = tokio::spawn(busy(&browser.webtask, &site, name).into_future());
        site.wait_asked(&format!("/there/{name}"), 1).await;
        let start = Instant::now();
        browser.kill_largest_renderer();
        let error = run.await.unwrap().unwrap_err();
        assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
        assert_eq!(error.kind(), ErrorKind::BrowserLost);
        assert_eq!(error.message(), "the page's process crashed");
        assert_eq!(title(&browser.webtask, &site).await, "Plain");
    }
    // It is still the same browser.
    assert!(browser.profile.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renderer_that_dies_in_a_navigation_is_told_too() {
    let site = Site::start().await;
    let browser =
        Browser::start(support::builder().pool(Pool::new("default").size(1)).build().unwrap()).await;
    heavy(&site, "page");
    let run = steps(&browser.webtask, site.url("/heavy/page"), |cx, url| {
        Box::pin(async move { Ok(__rt::goto(cx, &url, Until::Load, None).await?) })
    });
    let run = tokio::spawn(run.into_future());
    site.wait_asked("/there/page", 1).await;
    let start = Instant::now();
    browser.kill_largest_renderer();
    let error = run.await.unwrap().unwrap_err();
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    assert_eq!(error.kind(), ErrorKind::BrowserLost, "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_browser_is_told_within_a_second_and_the_next_run_has_a_new_one() {
    let site = Site::start().await;
    let browser = Browser::start(support::builder().build().unwrap()).await;
    let leader = browser.leader();
    let run = tokio::spawn(busy(&browser.webtask, &site, "page").into_future());
    site.wait_asked("/there/page", 1).await;
    let start = Instant::now();
    kill_process(leader, Signal::KILL).unwrap();
    let error = run.await.unwrap().unwrap_err();
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    assert_eq!(error.kind(), ErrorKind::BrowserLost);
    let starting = STARTING.lock().await;
    assert_eq!(title(&browser.webtask, &site).await, "Plain");
    drop(starting);

    browser.webtask.close().await.unwrap();
    assert_eq!(support::group(leader), []);
    assert!(!browser.profile.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_browser_is_given_up_when_its_window_is_to_be_removed() {
    let site = Site::start().await;
    let browser =
        Browser::start(support::builder().pool(Pool::new("default").size(1)).build().unwrap()).await;
    let leader = browser.leader();
    let run = tokio::spawn(busy(&browser.webtask, &site, "page").into_future());
    site.wait_asked("/there/page", 1).await;
    stop(leader);
    run.abort();
    let starting = STARTING.lock().await;
    assert_eq!(title(&browser.webtask, &site).await, "Plain");
    drop(starting);
    browser.webtask.close().await.unwrap();
    assert_eq!(support::group(leader), []);
    assert!(!browser.profile.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_browser_is_told_to_the_runs_in_it() {
    let site = Site::start().await;
    let browser =
        Browser::start(support::builder().pool(Pool::new("default").size(2)).build().unwrap()).await;
    let run = tokio::spawn(busy(&browser.webtask, &site, "page").into_future());
    site.wait_asked("/there/page", 1).await;
    stop(browser.leader());
    let start = Instant::now();
    let error = run.await.unwrap().unwrap_err();
    println!("a stopped browser is told after {:?}", start.elapsed());
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_eq!((error.kind(), error.message()), (ErrorKind::BrowserLost, "the browser was stopped"));
    let starting = STARTING.lock().await;
    assert_eq!(title(&browser.webtask, &site).await, "Plain");
    drop(starting);
    browser.webtask.close().await.unwrap();
    assert!(!browser.profile.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_browser_that_was_stopped_is_replaced_before_the_next_run() {
    let site = Site::start().await;
    let browser =
        Browser::start(support::builder().pool(Pool::new("default").size(1)).build().unwrap()).await;
    assert_eq!(title(&browser.webtask, &site).await, "Plain");
    while browser.webtask.pools()[0].1.free == 0 {
        tokio::task::yield_now().await;
    }
    let leader = browser.leader();
    stop(leader);
    let starting = STARTING.lock().await;
    let start = Instant::now();
    assert_eq!(title(&browser.webtask, &site).await, "Plain");
    println!("an idle browser that was stopped costs the next run {:?}", start.elapsed());
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    drop(starting);
    browser.webtask.close().await.unwrap();
    assert_eq!(support::group(leader), []);
    assert!(!browser.profile.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_helper_that_was_stopped_is_killed_and_its_work_goes_on_in_another() {
    let site = Site::start().await;
    let browser =
        Browser::start(support::builder().pool(Pool::new("default").size(1)).build().unwrap()).await;
    let picture = || {
        steps(&browser.webtask, site.url("/plain"), |cx, url| {
            Box::pin(async move {
                cx.goto(&url).await?;
                Ok(cx.screenshot().await.map(drop)?)
            })
        })
    };
    picture().await.unwrap();
    let helper = browser.process("--type=gpu-process");
    stop(helper);
    let start = Instant::now();
    picture().await.unwrap();
    println!("a helper that was stopped costs the run {:?}", start.elapsed());
    assert!(!support::group(browser.leader()).contains(&helper));
    // It is still the same browser.
    assert!(browser.profile.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_makes_no_window_any_more_is_replaced() {
    let site = Site::start().await;
    let pool = Pool::new("default").size(1).fresh();
    let browser = Browser::start(support::builder().pool(pool).build().unwrap()).await;
    let leader = browser.leader();
    for process in support::group(leader) {
        // Without them it starts no renderer.
        if support::command(process).contains("--type=zygote") {
            kill_process(process, Signal::KILL).unwrap();
        }
    }
    let starting = STARTING.lock().await;
    // The first may have a window that was there.
    for _ in 0..3 {
        assert_eq!(title(&browser.webtask, &site).await, "Plain");
    }
    drop(starting);
    assert_eq!(support::group(leader), []);
    browser.webtask.close().await.unwrap();
}

/// Steps that wait for something else than the page.
async fn waits(cx: &Cx, how: &str) -> Result<(), Thrown> {
    const LONG: Duration = Duration::from_secs(50);
    let steps = async {
        tokio::time::sleep(LONG).await;
        Ok(())
    };
    let film = Film { name: None, format: FilmFormat::Gif, fps: None, frames: Some(1), time: None };
    let network = Network { bodies: true, max: None, url: None };
    match how {
        "wait" => Ok(__rt::wait(cx, LONG).await?),
        "record" => __rt::record(cx, None, &film, steps).await?.0,
        "capture network" => __rt::capture_network(cx, None, &network, steps).await?.0,
        "console" => __rt::console(cx, steps).await?.0,
        "opens tab" => Ok(__rt::click_opens_tab(cx, "#opens", None, None, Some(LONG)).await?),
        "wait in console" => __rt::console(cx, async { Ok(__rt::wait(cx, LONG).await?) }).await?.0,
        other => unreachable!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_goes_is_told_to_steps_that_wait_for_something_else() {
    let site = Site::start().await;
    site.page(
        "/waits",
        "<title>Waits</title><button id=opens onclick='fetch(`/there`)'>Open</button><script>window.heap = new \
         Uint8Array(160e6).fill(1)</script>",
    );
    let browser =
        Browser::start(support::builder().pool(Pool::new("default").size(1)).build().unwrap()).await;
    let mut asked = 0;
    for how in ["wait", "record", "capture network", "console", "opens tab", "wait in console"] {
        for goes in ["crash", "kill", "close"] {
            let run = steps(&browser.webtask, (site.url("/waits"), how), |cx, (url, how)| {
                Box::pin(async move {
                    __rt::goto(cx, &url, Until::Load, None).await?;
                    if how != "opens tab" {
                        __rt::js::<()>(cx, "there", "fetch('/there')", &[], false).await?;
                    }
                    waits(cx, how).await
                })
            });
            let run = tokio::spawn(run.into_future());
            asked += 1;
            site.wait_asked("/there", asked).await;
            let start = Instant::now();
            let mut raw = Raw::of(&browser.profile).await;
            let page = raw.page().await.0;
            match goes {
                "crash" => raw.crash(&page).await,
                "kill" => browser.kill_largest_renderer(),
                _ => drop(raw.call("Target.closeTarget", json!({ "targetId": page })).await),
            }
            let error = run.await.unwrap().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::BrowserLost, "{how}, {goes}: {error}");
            assert!(start.elapsed() < Duration::from_secs(20), "{how}, {goes}: {:?}", start.elapsed());
        }
    }
    assert_eq!(title(&browser.webtask, &site).await, "Plain");
}
