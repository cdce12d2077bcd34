//! Pools share a browser process where they can, and one that goes away takes only its own pools with it.

use rustix::process::{Signal, kill_process};
use webtask::__rt::{self, Parts, Until};
use webtask::{ErrorKind, Pool, Run, Task, Webtask};

use crate::support::raw::Raw;
use crate::support::site::Site;
use crate::support::{self, PARTS, STARTING, profiles};

static FIRST: Task = Task::new(&Parts { pool: "first", ..PARTS });
static SECOND: Task = Task::new(&Parts { pool: "second", ..PARTS });
static KEPT: Task = Task::new(&Parts { pool: "kept", ..PARTS });

fn title(webtask: &Webtask, task: &Task, url: String) -> Run<String> {
    __rt::run(webtask, task, url, |cx, url| {
        Box::pin(async move {
            __rt::goto(cx, &url, Until::Load, None).await?;
            Ok(__rt::js::<String>(cx, "title", "return document.title", &[], false).await?)
        })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn pools_share_a_browser_and_a_profile_has_its_own_which_dies_alone() {
    let site = Site::start().await;
    let folder = tempfile::tempdir().unwrap();
    let webtask = support::builder()
        .profiles(folder.path())
        .pool(Pool::new("first").size(1).fresh())
        .pool(Pool::new("kept").profile("alice"))
        .pool(Pool::new("second").size(1).keep_session())
        .build()
        .unwrap();
    let _starting = STARTING.lock().await;
    let before = profiles(std::process::id());
    webtask.ready().await.unwrap();
    let new: Vec<_> =
        profiles(std::process::id()).into_iter().filter(|profile| !before.contains(profile)).collect();
    // Two processes; that of the profile keeps its data elsewhere.
    assert_eq!(new.len(), 2);
    let shared: Vec<_> = new.iter().filter(|data| data.join("DevToolsActivePort").exists()).collect();
    assert_eq!(shared.len(), 1);
    let mut raw = Raw::of(shared[0]).await;
    assert_eq!(raw.contexts().await, 2);
    let kept = folder.path().join("alice");
    assert_eq!(Raw::of(&kept).await.contexts().await, 0);

    let names: Vec<_> = webtask.pools().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["first", "kept", "second"]);
    for task in [&FIRST, &SECOND, &KEPT] {
        assert_eq!(title(&webtask, task, site.url("/plain")).await.unwrap(), "Plain");
    }

    let mut runs = Vec::new();
    for (number, task) in [&FIRST, &SECOND, &KEPT].into_iter().enumerate() {
        runs.push(tokio::spawn(title(&webtask, task, site.url("/held/page")).into_future()));
        site.wait_held(number + 1).await;
    }
    let marker = std::fs::read_to_string(kept.join("webtask.pid")).unwrap();
    let leader = marker.lines().nth(1).unwrap().parse().unwrap();
    kill_process(rustix::process::Pid::from_raw(leader).unwrap(), Signal::KILL).unwrap();
    assert_eq!(runs.pop().unwrap().await.unwrap().unwrap_err().kind(), ErrorKind::BrowserLost);
    site.wait_held(2).await;
    site.release();
    for run in runs {
        assert_eq!(run.await.unwrap().unwrap(), "Plain");
    }
    assert_eq!(title(&webtask, &KEPT, site.url("/plain")).await.unwrap(), "Plain");
    webtask.close().await.unwrap();
    assert_eq!(profiles(std::process::id()).into_iter().filter(|profile| new.contains(profile)).count(), 0);
}
