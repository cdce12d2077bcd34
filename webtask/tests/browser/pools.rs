//! Pools: how many windows there are, who waits for one, and how soon one is free again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use webtask::__rt::{self, Parts, Until};
use webtask::{ErrorKind, Pool, PoolState, Run, Task, Webtask};

use crate::support::site::Site;
use crate::support::{self, Browser, PARTS, steps};

/// The numbers of the only pool: free, busy and waiting.
fn numbers(webtask: &Webtask) -> (usize, usize, usize) {
    let PoolState { free, busy, waiting, .. } = webtask.pools()[0].1;
    (free, busy, waiting)
}

async fn until(webtask: &Webtask, wanted: (usize, usize, usize)) {
    let reached = async {
        while numbers(webtask) != wanted {
            tokio::task::yield_now().await;
        }
    };
    let late = tokio::time::timeout(Duration::from_secs(10), reached).await;
    late.unwrap_or_else(|_| panic!("{wanted:?} is not reached: {:?}", numbers(webtask)));
}

/// A run that has its window and keeps it until it is told.
fn staying(webtask: &Webtask, go: &Arc<Notify>) -> Run<()> {
    steps(webtask, go.clone(), |_, go| {
        Box::pin(async move {
            go.notified().await;
            Ok(())
        })
    })
}

async fn pool_of(pool: Pool) -> Webtask {
    Browser::start(support::builder().pool(pool).build().unwrap()).await.webtask
}

#[tokio::test(flavor = "multi_thread")]
async fn a_third_run_waits_for_one_of_two_windows() {
    let webtask = pool_of(Pool::new("default").size(2)).await;
    assert_eq!(numbers(&webtask), (2, 0, 0));
    let go = Arc::new(Notify::new());
    let (mut first, mut second) = (staying(&webtask, &go), staying(&webtask, &go));
    first.start().await.unwrap();
    assert_eq!(numbers(&webtask), (1, 1, 0));
    second.start().await.unwrap();
    assert_eq!(numbers(&webtask), (0, 2, 0));

    let third = tokio::spawn(staying(&webtask, &go).into_future());
    until(&webtask, (0, 2, 1)).await;
    go.notify_one();
    first.await.unwrap();
    until(&webtask, (0, 2, 0)).await;
    go.notify_waiters();
    go.notify_one();
    go.notify_one();
    second.await.unwrap();
    third.await.unwrap().unwrap();
    until(&webtask, (2, 0, 0)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_too_long_is_refused() {
    let webtask = pool_of(Pool::new("default").size(1).wait(Duration::from_millis(100))).await;
    let go = Arc::new(Notify::new());
    let mut first = staying(&webtask, &go);
    first.start().await.unwrap();
    let error = staying(&webtask, &go).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PoolBusy);
    assert_eq!(error.message(), "pool `default` is busy: no window became free within 100ms");
    assert_eq!(numbers(&webtask), (0, 1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_refuses_at_once_and_who_leaves_makes_room() {
    let webtask = pool_of(Pool::new("default").size(1).queue(1).wait(Duration::from_secs(60))).await;
    let go = Arc::new(Notify::new());
    let mut first = staying(&webtask, &go);
    first.start().await.unwrap();
    let second = tokio::spawn(staying(&webtask, &go).into_future());
    until(&webtask, (0, 1, 1)).await;

    let error = staying(&webtask, &go).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PoolBusy);
    assert_eq!(error.message(), "pool `default` is busy: 1 runs wait already");

    second.abort();
    until(&webtask, (0, 1, 0)).await;
    let third = tokio::spawn(staying(&webtask, &go).into_future());
    until(&webtask, (0, 1, 1)).await;
    drop(first);
    until(&webtask, (0, 1, 0)).await;
    go.notify_one();
    third.await.unwrap().unwrap();
}

// On one thread: who is counted as waiting has not always asked yet.
#[tokio::test]
async fn runs_get_their_windows_in_order() {
    let webtask = pool_of(Pool::new("default").size(1)).await;
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    let go = Arc::new(Notify::new());
    let mut first = staying(&webtask, &go);
    first.start().await.unwrap();
    let mut runs = Vec::new();
    for number in 0..4 {
        let run = steps(&webtask, (number, order.clone()), |_, (number, order)| {
            Box::pin(async move {
                order.lock().unwrap().push(number);
                Ok(())
            })
        });
        runs.push(tokio::spawn(run.into_future()));
        until(&webtask, (0, 1, number + 1)).await;
    }
    drop(first);
    for run in runs {
        run.await.unwrap().unwrap();
    }
    assert_eq!(*order.lock().unwrap(), [0, 1, 2, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_pool_is_told_with_the_known_ones() {
    static ELSEWHERE: Task = Task::new(&Parts { pool: "elsewhere", ..PARTS });
    let webtask =
        support::builder().pool(Pool::new("default")).pool(Pool::new("heavy").size(1)).build().unwrap();
    let error = __rt::run(&webtask, &ELSEWHERE, (), |_, ()| Box::pin(async { Ok(()) })).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(error.message(), "no pool is called `elsewhere`; there are: `default`, `heavy`");
}

#[test]
fn wrong_pools_are_refused_by_the_builder() {
    let error = support::builder().pool(Pool::new("a")).pool(Pool::new("a")).build().unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Config, "pool `a` is set twice"));
    let error = support::builder().pool(Pool::new("a").size(0)).build().unwrap_err();
    assert_eq!(error.message(), "pool `a` has no window; give it a `size` of at least 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_dropped_stops_at_once_and_frees_its_window_soon() {
    let webtask = pool_of(Pool::new("default").size(1)).await;
    let site = Site::start().await;
    let mut times = Vec::new();
    for round in 0..20 {
        let path = if round % 2 == 0 { "/ticks" } else { "/held/page" };
        let run = steps(&webtask, site.url(path), |cx, url| {
            Box::pin(async move {
                __rt::goto(cx, &url, Until::Load, None).await?;
                __rt::js::<()>(cx, "never", "return new Promise(() => {})", &[], true).await?;
                Ok(())
            })
        });
        let asked = if round % 2 == 0 { "/tick" } else { path };
        let before = site.asked(asked);
        let run = tokio::spawn(run.into_future());
        site.wait_asked(asked, before + 1).await;
        assert_eq!(numbers(&webtask), (0, 1, 0));
        let start = Instant::now();
        run.abort();
        until(&webtask, (1, 0, 0)).await;
        times.push(start.elapsed());
        site.wait_held(0).await;
    }
    times.sort();
    assert!(times[10] < Duration::from_millis(250), "{times:?}");

    // Nothing of those pages works on, also while another one is loaded.
    let ticks = site.asked("/tick");
    let run = steps(&webtask, site.url("/plain"), |cx, url| {
        Box::pin(async move { Ok(__rt::goto(cx, &url, Until::Load, None).await?) })
    });
    run.await.unwrap();
    assert_eq!(site.asked("/tick"), ticks);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_loops_for_ever_keeps_no_window() {
    let webtask = pool_of(Pool::new("default").size(1)).await;
    let site = Site::start().await;
    for round in 1..=2 {
        let run = steps(&webtask, site.url("/loop"), |cx, url| {
            Box::pin(async move {
                __rt::goto(cx, &url, Until::Load, None).await?;
                __rt::js::<()>(cx, "never", "for (;;);", &[], false).await?;
                Ok(())
            })
        });
        let run = tokio::spawn(run.into_future());
        site.wait_asked("/loop", round).await;
        run.abort();
        until(&webtask, (1, 0, 0)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_without_browser_steps_leases_no_window() {
    static PLAIN: Task = Task::new(&Parts { browser: false, ..PARTS });
    let webtask = support::builder().browser(support::dead()).build().unwrap();
    let answer = __rt::run(&webtask, &PLAIN, (), |_, ()| Box::pin(async { Ok(42) })).await.unwrap();
    assert_eq!(answer, 42);
}
