//! What is left of a browser: nothing, however its owner ended.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, getpgid, getpgrp};
use webtask::__rt::{self, Until};
use webtask::{ErrorKind, Pool, Webtask};

use crate::support::site::Site;
use crate::support::{self, Browser, group, profiles_in, steps};

/// Tells a process that it is the child of one of these tests.
const CHILD: &str = "WEBTASK_TEST_CHILD";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_after_a_close() {
    let site = Site::start().await;
    let Browser { webtask, profile } = Browser::start(support::builder().build().unwrap()).await;
    let leader = Browser { webtask: webtask.clone(), profile: profile.clone() }.leader();
    let run = steps(&webtask, site.url("/image"), |cx, url| {
        Box::pin(async move { Ok(__rt::goto(cx, &url, Until::Load, None).await?) })
    });
    let run = tokio::spawn(run.into_future());
    site.wait_held(1).await;
    webtask.close().await.unwrap();
    assert_eq!(group(leader), []);
    assert!(!profile.exists());
    assert_eq!(run.await.unwrap().unwrap_err().kind(), ErrorKind::BrowserLost);

    let late = steps(&webtask, (), |_, ()| Box::pin(async { Ok(()) })).await.unwrap_err();
    assert_eq!((late.kind(), late.message()), (ErrorKind::Draining, "this `Webtask` was closed"));
    assert_eq!(webtask.ready().await.unwrap_err().kind(), ErrorKind::Draining);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_after_the_last_handle() {
    let Browser { webtask, profile } = Browser::start(support::builder().build().unwrap()).await;
    let leader = Browser { webtask: webtask.clone(), profile: profile.clone() }.leader();
    let other = webtask.clone();
    drop(webtask);
    assert!(!group(leader).is_empty());
    drop(other);
    assert_eq!(group(leader), []);
    assert!(!profile.exists());
}

#[test]
fn nothing_is_left_when_the_runtime_went_first() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let webtask = support::builder().build().unwrap();
    let browser = runtime.block_on(Browser::start(webtask.clone()));
    let leader = browser.leader();
    let Browser { webtask: other, profile } = browser;
    drop(runtime);
    drop((webtask, other));
    assert_eq!(group(leader), []);
    assert!(!profile.exists());
}

#[test]
fn a_handle_serves_one_runtime_after_another() {
    let webtask = support::builder().build().unwrap();
    for _ in 0..2 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let answer = runtime.block_on(async {
            let browser = Browser::start(webtask.clone()).await;
            steps(&browser.webtask, (), |cx, ()| {
                Box::pin(async move { Ok(__rt::js::<u32>(cx, "n", "return 42", &[], false).await?) })
            })
            .await
        });
        assert_eq!(answer.unwrap(), 42);
    }
}

#[test]
fn a_killed_owner_leaves_no_process_and_the_next_start_removes_its_directory() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Owner::start(folder.path());
    let profiles = profiles_in(folder.path());
    assert_eq!(profiles.len(), 1);
    assert!(!group(first.leader).is_empty());

    first.child.kill().unwrap();
    first.child.wait().unwrap();
    let start = Instant::now();
    while !group(first.leader).is_empty() {
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", group(first.leader));
        std::thread::yield_now();
    }
    assert_eq!(profiles_in(folder.path()), profiles);

    let second = Owner::start(folder.path());
    let now = profiles_in(folder.path());
    assert_eq!(now.len(), 1);
    assert_ne!(now, profiles);
    let leader = second.leader;
    second.end();
    assert_eq!(group(leader), []);
    assert!(profiles_in(folder.path()).is_empty());
}

#[test]
fn a_killed_owner_leaves_no_process_behind_a_script_either() {
    let folder = tempfile::tempdir().unwrap();
    let script = support::script(folder.path());
    let mut owner = Owner::start_with(folder.path(), Some(&script));
    assert!(group(owner.leader).len() > 2);
    owner.child.kill().unwrap();
    owner.child.wait().unwrap();
    let start = Instant::now();
    while !group(owner.leader).is_empty() {
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", group(owner.leader));
        std::thread::yield_now();
    }
}

/// Kills a process at a moment of its life, so many milliseconds after that has begun, or as soon as its browser has a
/// process: nothing of that runs after a second.
fn killed(moment: &str, later: Option<u64>) {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Owner::child(folder.path(), moment);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.by_ref().map_while(Result::ok).find(|line| line == moment).expect("it comes to that");
    let mut groups = HashSet::new();
    let begun = Instant::now();
    // As soon as there is a process, and at some time.
    while match later {
        None => moment == "launch" && browsers(folder.path(), &mut groups).is_empty(),
        Some(later) => begun.elapsed() < Duration::from_millis(later),
    } {
        std::hint::spin_loop();
    }
    let before = browsers(folder.path(), &mut groups).len();
    child.kill().unwrap();
    child.wait().unwrap();
    let start = Instant::now();
    loop {
        let left = browsers(folder.path(), &mut groups);
        if left.is_empty() {
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(1), "{moment} + {later:?} ms: {left:?}");
    }
    println!("{moment} + {later:?} ms: {before} processes, gone after {:?}", start.elapsed());
    assert!(moment == "launch" || before > 0, "{moment}: there was no browser");
}

/// What runs of browsers that were started with that folder for temporary files, and their groups.
fn browsers(folder: &Path, groups: &mut HashSet<Pid>) -> Vec<Pid> {
    let folder = folder.to_str().unwrap();
    let of_folder = |pid: &Pid| {
        let environment = std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        // The owner leads no group of its own.
        String::from_utf8_lossy(&environment).contains(folder)
            && getpgid(Some(*pid)).is_ok_and(|of| of != getpgrp())
    };
    groups.extend(support::pids().filter(of_folder).filter_map(|pid| getpgid(Some(pid)).ok()));
    groups.iter().flat_map(|leader| group(*leader)).collect()
}

#[test]
fn a_killed_owner_leaves_no_process_while_it_starts_one() {
    // Before the kernel was asked to end it with its owner, and after that.
    for _ in 0..20 {
        killed("launch", None);
    }
    for later in [0, 10, 20, 40, 80, 160] {
        killed("launch", Some(later));
    }
}

#[test]
fn a_killed_owner_leaves_no_process_of_a_run() {
    for later in [0, 30] {
        killed("run", Some(later));
    }
}

#[test]
fn a_killed_owner_leaves_no_process_of_a_window_that_is_cleaned() {
    for later in [0, 3, 10] {
        killed("cleaning", Some(later));
    }
}

#[test]
fn the_directory_of_an_owner_that_lives_stays() {
    let folder = tempfile::tempdir().unwrap();
    let first = Owner::start(folder.path());
    let second = Owner::start(folder.path());
    assert_eq!(profiles_in(folder.path()).len(), 2);
    first.end();
    second.end();
    assert!(profiles_in(folder.path()).is_empty());
}

/// Another process that has a browser, with a folder of its own for temporary files.
struct Owner {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    leader: Pid,
}

impl Owner {
    fn start(folder: &Path) -> Self {
        Self::start_with(folder, None)
    }

    /// Such a process, up to a moment of its life.
    fn child(folder: &Path, moment: &str) -> Child {
        Self::command(folder).env(CHILD, moment).spawn().unwrap()
    }

    fn command(folder: &Path) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "leftovers::owner", "--ignored", "--nocapture"]).env("TMPDIR", folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    }

    fn start_with(folder: &Path, browser: Option<&Path>) -> Self {
        let mut command = Self::command(folder);
        command.envs(browser.map(|browser| ("WEBTASK_BROWSER", browser))).env(CHILD, "idle");
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let leader = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("leader ").map(|(_, pid)| pid.trim().parse::<i32>().unwrap()));
        Self { child, lines, leader: Pid::from_raw(leader.expect("the child starts a browser")).unwrap() }
    }

    /// Lets it end well.
    fn end(mut self) {
        drop(self.child.stdin.take());
        while let Some(Ok(_)) = self.lines.next() {}
        assert!(self.child.wait().unwrap().success());
    }
}

/// The life of such a process: until its input ends.
#[test]
#[ignore = "started by other tests"]
fn owner() {
    let Ok(moment) = std::env::var(CHILD) else { return };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let webtask: Webtask = support::builder().pool(Pool::new("default").size(2)).build().unwrap();
    let wait = || drop(std::io::stdin().read_line(&mut String::new()));
    if moment == "launch" {
        runtime.spawn({
            let webtask = webtask.clone();
            async move { webtask.ready().await }
        });
        println!("\nlaunch");
        return wait();
    }
    let browser = runtime.block_on(Browser::start(webtask));
    match moment.as_str() {
        "run" => {
            let never = steps(&browser.webtask, (), |cx, ()| {
                Box::pin(async move {
                    println!("\nrun");
                    Ok(cx.js::<()>("for (;;);").await?)
                })
            });
            runtime.block_on(never.into_future()).unwrap_err();
        }
        "cleaning" => {
            let source = "data:text/html,<script>for (let n = 0; n < 1e4; n++) document.title = n</script>";
            let done = steps(&browser.webtask, source.to_owned(), |cx, url| {
                Box::pin(async move { Ok(cx.goto(&url).await?) })
            });
            runtime.block_on(done.into_future()).unwrap();
            println!("\ncleaning");
        }
        _ => println!("\nleader {}", browser.leader()),
    }
    wait();
}
