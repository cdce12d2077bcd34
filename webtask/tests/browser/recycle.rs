//! Recycling: windows after some runs, browsers above a bound of memory, and no run is lost by it.

use std::time::Duration;

use serde_json::Value;
use webtask::__rt::{self, Until};
use webtask::{ErrorKind, Pool, Run, Webtask};

use crate::support::raw::Raw;
use crate::support::site::Site;
use crate::support::{self, Browser, STARTING, profiles, steps};

fn ask(webtask: &Webtask, url: String, source: &'static str) -> Run<Value> {
    steps(webtask, (url, source), |cx, (url, source)| {
        Box::pin(async move {
            __rt::goto(cx, &url, Until::Load, None).await?;
            Ok(__rt::js::<Value>(cx, "asked", source, &[], true).await?)
        })
    })
}

async fn until(reached: impl Fn() -> bool) {
    let reached = async {
        while !reached() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), reached).await.expect("it comes to that");
}

/// The pages after each of four runs.
async fn pages(pool: Pool, source: &'static str) -> (Vec<String>, Vec<Value>) {
    let site = Site::start().await;
    let Browser { webtask, profile } = Browser::start(support::builder().pool(pool).build().unwrap()).await;
    let (mut pages, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..4 {
        answers.push(ask(&webtask, site.url("/plain"), source).await.unwrap());
        until(|| webtask.pools()[0].1.free == 1).await;
        pages.push(Raw::of(&profile).await.page().await.0);
    }
    (pages, answers)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_is_replaced_after_its_runs() {
    let (pages, _) = pages(Pool::new("default").size(1).recycle_after(2), "return 0").await;
    assert_ne!(pages[0], pages[1]);
    assert_eq!(pages[1], pages[2]);
    assert_ne!(pages[2], pages[3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn replaced_windows_are_counted_by_reason() {
    let site = std::sync::Arc::new(Site::start().await);
    let pool = Pool::new("default").size(1);
    let Browser { webtask, profile } = Browser::start(support::builder().pool(pool).build().unwrap()).await;
    let counted = async |webtask: &Webtask, reason: &str| {
        until(|| webtask.pools().iter().all(|(_, pool)| pool.busy == 0)).await;
        let metrics = webtask.metrics().unwrap();
        let name = "webtask_windows_replaced_total{";
        let mut lines = metrics.lines().filter(|line| line.starts_with(name));
        let line = lines.find(|line| line.contains(&format!("reason=\"{reason}\"")));
        line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or(0_usize)
    };
    for _ in 0..3 {
        ask(&webtask, site.url("/plain"), "return 0").await.unwrap();
    }
    assert_eq!(counted(&webtask, "not_clean").await, 0);
    // A machine with much else to do may be late for one of them.
    let slow = counted(&webtask, "too_slow").await;
    assert!(slow < 2, "{slow}");

    steps(&webtask, (), |cx, ()| Box::pin(async move { Ok(cx.page().await.map(drop)?) })).await.unwrap();
    assert_eq!(counted(&webtask, "doubtful").await, 1);

    let crashed = steps(&webtask, profile, |cx, profile| {
        Box::pin(async move {
            let mut raw = Raw::of(&profile).await;
            let page = raw.page().await.0;
            raw.crash(&page).await;
            Ok(__rt::js::<Value>(cx, "never", "return new Promise(() => {})", &[], true).await?)
        })
    });
    let crashed = crashed.await;
    assert_eq!(crashed.unwrap_err().kind(), ErrorKind::BrowserLost);
    assert_eq!(counted(&webtask, "page_lost").await, 1);

    let stuck = steps(&webtask, site.clone(), |cx, site| {
        Box::pin(async move {
            __rt::goto(cx, &site.url("/plain"), Until::Load, None).await?;
            // Nothing comes between the request and the loop.
            let source = "setTimeout(() => { const asks = new XMLHttpRequest(); \
                          asks.open('GET', '/stuck', false); asks.send(); for (;;); }); return 0";
            __rt::js::<Value>(cx, "stuck", source, &[], true).await?;
            site.wait_asked("/stuck", 1).await;
            Ok(())
        })
    });
    stuck.await.unwrap();
    assert_eq!(counted(&webtask, "too_slow").await, slow + 1);

    webtask.close().await.unwrap();

    let pool = Pool::new("default").size(1).recycle_after(2);
    let webtask = Browser::start(support::builder().pool(pool).build().unwrap()).await.webtask;
    for recycled in [0, 1, 1, 2] {
        ask(&webtask, site.url("/plain"), "return 0").await.unwrap();
        assert_eq!(counted(&webtask, "recycled").await, recycled);
    }
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_outlives_its_page() {
    let count = "const count = Number(localStorage.count ?? 0) + 1; localStorage.count = count; return count";
    let (pages, counts) = pages(Pool::new("default").size(1).keep_session().recycle_after(2), count).await;
    assert_ne!(pages[0], pages[1]);
    assert_eq!(pages[1], pages[2]);
    assert_ne!(pages[2], pages[3]);
    assert_eq!(counts, [1, 2, 3, 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_has_grown_is_replaced_when_its_runs_are_over() {
    let site = Site::start().await;
    let pool = Pool::new("default").size(2).recycle_above(1);
    let Browser { webtask, profile } = Browser::start(support::builder().pool(pool).build().unwrap()).await;
    let _starting = STARTING.lock().await;
    let before = profiles(std::process::id());
    let stays = tokio::spawn(ask(&webtask, site.url("/held/page"), "return document.title").into_future());
    site.wait_held(1).await;
    ask(&webtask, site.url("/plain"), "return 0").await.unwrap();
    until(|| webtask.pools()[0].1.free == 1).await;
    // This one begins in a new browser, while the other still is in the old one.
    ask(&webtask, site.url("/plain"), "return 0").await.unwrap();
    let now = profiles(std::process::id());
    assert!(now.contains(&profile));
    assert!(now.iter().any(|profile| !before.contains(profile)), "there is no new browser");
    site.release();
    assert_eq!(stays.await.unwrap().unwrap(), "Plain");
    until(|| !profile.exists()).await;
    webtask.close().await.unwrap();
    let left = profiles(std::process::id());
    assert!(now.iter().filter(|profile| !before.contains(profile)).all(|profile| !left.contains(profile)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_within_its_bound_stays() {
    let site = Site::start().await;
    let pool = Pool::new("default").size(1).recycle_above(64 << 30);
    let Browser { webtask, profile } = Browser::start(support::builder().pool(pool).build().unwrap()).await;
    for _ in 0..2 {
        ask(&webtask, site.url("/plain"), "return 0").await.unwrap();
    }
    until(|| webtask.pools()[0].1.free == 1).await;
    assert!(profile.exists());
}

#[test]
fn wrong_bounds_are_refused_by_the_builder() {
    let told = |pool: Pool| {
        let error = support::builder().pool(pool).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        error.message().to_owned()
    };
    assert_eq!(
        told(Pool::new("a").recycle_after(0)),
        "pool `a` is recycled after 0 runs; give `recycle_after` at least 1"
    );
    assert_eq!(
        told(Pool::new("a").recycle_above(0)),
        "pool `a` is recycled above 0 bytes; give `recycle_above` more"
    );
}
