//! Nothing grows from run to run: processes, files, tasks, windows, memory.

use std::path::Path;
use std::time::{Duration, Instant};

use futures::future::{Either, select};
use webtask::__rt::{Parts, Task};
use webtask::Pool;

use crate::kinds::{self, KINDS};
use crate::support::raw::Raw;
use crate::support::{self, Browser, group, profiles};
use crate::{ALONE, CALM, setting, until};

/// How many windows there are, and runs at once.
const WINDOWS: usize = 4;

/// Those, and one behind a gate.
const ALL: usize = WINDOWS + 1;

/// A run whose URLs its caller supplies goes through a gate.
static GATED: Task =
    Task::new(&Parts { pool: "gated", untrusted: true, timeout: Duration::from_secs(30), ..support::PARTS });

/// What this process has, and what its browser has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
struct Count {
    files: usize,
    tasks: usize,
    windows: usize,
    contexts: usize,
    profiles: usize,
}

async fn count(profile: &Path) -> Count {
    let mut raw = Raw::of(profile).await;
    let (windows, contexts) = (raw.pages().await.len(), raw.contexts().await);
    drop(raw);
    Count {
        files: std::fs::read_dir("/proc/self/fd").unwrap().count(),
        tasks: tokio::runtime::Handle::current().metrics().num_alive_tasks(),
        windows,
        contexts,
        profiles: profiles(std::process::id()).len(),
    }
}

/// The memory that only this process uses, in KiB.
fn memory() -> f64 {
    let text = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap();
    let line = text.lines().find(|line| line.starts_with("Pss:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Runs of each kind; of ten one is cancelled, one has its page crashed, and one goes through a gate.
async fn wave(browser: &Browser, site: &support::site::Site, runs: usize) {
    let mut index = 0;
    while index < runs {
        let runs = (index..runs.min(index + WINDOWS)).map(|index| async move {
            let task = if index % 10 == 7 { &GATED } else { &CALM };
            let run = kinds::run(&browser.webtask, task, site, index).into_future();
            match index % 10 {
                4 => {
                    let late = std::pin::pin!(tokio::time::sleep(Duration::from_millis(60)));
                    if let Either::Left((result, _)) = select(run, late).await {
                        result.unwrap_or_else(|error| panic!("{}: {error:?}", KINDS[index % KINDS.len()].0));
                    }
                }
                9 => {
                    let crash = support::steps(&browser.webtask, (), |cx, ()| {
                        Box::pin(async move { Ok(cx.goto("chrome://crash").await?) })
                    });
                    crash.await.unwrap_err();
                }
                _ => run.await.unwrap_or_else(|error| panic!("{}: {error:?}", KINDS[index % KINDS.len()].0)),
            }
        });
        futures::future::join_all(runs).await;
        index += WINDOWS;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_waves_of_runs() {
    let _alone = ALONE.lock().await;
    let soak = setting("WEBTASK_SOAK").map(Duration::from_secs);
    let whole = setting("WEBTASK_LEAKS").is_some() || soak.is_some();
    let (waves, runs) = if whole { (6, 60) } else { (2, 24) };
    let site = kinds::site().await;
    let files = tempfile::tempdir().unwrap();
    let pool = Pool::new("default").size(WINDOWS).wait(Duration::from_secs(60)).allow_private(true);
    let gated = Pool::new("gated").size(1).wait(Duration::from_secs(60));
    let builder = support::builder().pool(pool).pool(gated).files(files.path());
    let browser = Browser::start(builder.build().unwrap()).await;
    let settled = async || browser.webtask.pools().iter().map(|(_, pool)| pool.free).sum::<usize>() == ALL;
    // What is made once, by the first run of its kind, with a gate and without.
    wave(&browser, &site, runs.max(KINDS.len())).await;
    // A window with a gate that stays: that of the wave may have been replaced, and a new one has none yet.
    kinds::run(&browser.webtask, &GATED, &site, 0).await.unwrap();
    until("all windows are back", settled).await;
    let mut first = count(&browser.profile).await;
    until("the stock is full", async || {
        first = count(&browser.profile).await;
        first.windows == ALL && first.contexts == ALL
    })
    .await;
    let processes = group(browser.leader()).len();
    let (start, mut measured) = (Instant::now(), Vec::new());
    for number in 0.. {
        if number >= waves && soak.is_none_or(|soak| start.elapsed() >= soak) {
            break;
        }
        wave(&browser, &site, runs).await;
        until("all windows are back", settled).await;
        let mut now = first;
        let wait = async {
            loop {
                now = count(&browser.profile).await;
                if now <= first
                    && now.files <= first.files
                    && now.tasks <= first.tasks
                    && group(browser.leader()).len() <= processes + 1
                {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let back = tokio::time::timeout(Duration::from_secs(20), wait).await;
        assert!(
            back.is_ok(),
            "wave {number}: {now:?} and {} processes, at first {first:?} and {processes}",
            group(browser.leader()).len()
        );
        measured.push((start.elapsed().as_secs_f64(), memory()));
        println!("wave {number}: {:.0} KiB, {now:?}", measured[measured.len() - 1].1);
    }
    let left: Vec<_> = std::fs::read_dir(files.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name != "out")
        .collect();
    assert!(left.is_empty(), "{left:?}");
    if whole {
        let last = &measured[measured.len() - 4..];
        let grown = last[3].1 - last[0].1;
        println!(
            "the last three waves: {grown:+.0} KiB; {:+.1} KiB a minute in all",
            slope(&measured) * 60.0
        );
        assert!(grown < 1024.0, "memory grew by {grown} KiB in three waves: {measured:?}");
    }
    browser.webtask.close().await.unwrap();
}

/// How much more there is a second, by least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let across: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    across / points.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>()
}
