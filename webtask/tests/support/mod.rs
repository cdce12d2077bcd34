//! What the tests share: a browser for all tests of a binary, steps without a recipe, and a look at what a browser
//! leaves behind.

#![allow(dead_code, reason = "each test binary needs a part of it")]

pub(crate) mod raw;
pub(crate) mod site;

use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use tokio::runtime::Runtime;
use webtask::__rt::{self, Body, Cx, Parts, Task};
use webtask::{Builder, Dialogs, Pool, Run, Webtask};

/// What a task of these tests is, but for what a test changes.
pub(crate) const PARTS: Parts = Parts {
    slug: "test",
    doc: "",
    pool: "default",
    timeout: Duration::from_secs(60),
    transports: &[],
    dialogs: Dialogs::Dismiss,
    browser: true,
    untrusted: false,
    urls: &[],
    secrets: &[],
    setup: None,
    input: || json!({}),
    accepts: || json!({}),
    output: || json!({}),
    start: |_, _| unreachable!("called directly"),
};

static TASK: Task = Task::new(&PARTS);

/// Default settings, with which the browser also starts as root.
pub(crate) fn builder() -> Builder {
    Webtask::builder().sandbox(!rustix::process::geteuid().is_root())
}

/// Runs a test with the browser that the tests of a binary share. The last of those that run ends it.
pub(crate) fn run<F: Future<Output = ()>>(test: impl FnOnce(Webtask) -> F) {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    static SHARED: Mutex<Weak<Webtask>> = Mutex::new(Weak::new());
    let runtime = RUNTIME.get_or_init(|| Runtime::new().expect("a runtime"));
    let shared = {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let webtask = builder()
                .pool(Pool::new("default").size(8).allow_private(true))
                .build()
                .expect("good settings");
            let webtask = Arc::new(runtime.block_on(Browser::start(webtask)).webtask);
            *shared = Arc::downgrade(&webtask);
            webtask
        })
    };
    runtime.block_on(test((*shared).clone()));
}

/// Runs steps in a window.
pub(crate) fn steps<I, T>(webtask: &Webtask, input: I, body: for<'a> fn(&'a Cx, I) -> Body<'a, T>) -> Run<T>
where
    I: Send + 'static,
    T: Send + 'static,
{
    __rt::run(webtask, &TASK, input, body)
}

/// To be held while a browser starts, for each is known by the directory that it makes.
pub(crate) static STARTING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A browser of a test's own, and where it keeps its files.
pub(crate) struct Browser {
    pub(crate) webtask: Webtask,
    pub(crate) profile: PathBuf,
}

impl Browser {
    /// Starts the browser.
    pub(crate) async fn start(webtask: Webtask) -> Self {
        let _starting = STARTING.lock().await;
        let before = profiles(std::process::id());
        webtask.ready().await.expect("the browser starts");
        let profile = profiles(std::process::id()).into_iter().find(|profile| !before.contains(profile));
        Self { webtask, profile: profile.expect("a new profile directory") }
    }

    /// The browser's own process, which leads the group of all its processes.
    pub(crate) fn leader(&self) -> Pid {
        let marker = std::fs::read_to_string(self.profile.join("webtask.pid")).expect("a marker");
        Pid::from_raw(marker.lines().nth(1).expect("two lines").parse().expect("a number")).expect("a number")
    }

    /// A process of the browser whose command holds that.
    pub(crate) fn process(&self, kind: &str) -> Pid {
        let mut processes = group(self.leader()).into_iter().filter(|pid| command(*pid).contains(kind));
        processes.next().expect("it runs")
    }

    /// Kills the process of the page that uses most memory.
    pub(crate) fn kill_largest_renderer(&self) {
        let renderers =
            group(self.leader()).into_iter().filter(|pid| command(*pid).contains("--type=renderer"));
        let largest = renderers.max_by_key(|pid| memory(*pid)).expect("a renderer");
        kill_process(largest, Signal::KILL).expect("it runs");
    }
}

/// A program in the place of a browser, which ends at once.
pub(crate) fn dead() -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("browser");
        std::fs::write(&program, "#!/bin/sh\necho no display >&2\nexit 1\n").expect("it can be written");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
        folder
    });
    folder.path().join("browser")
}

/// A script that starts the browser and waits for it, as distributions have.
pub(crate) fn script(folder: &std::path::Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let script = folder.join("browser");
    std::fs::write(&script, format!("#!/bin/sh\n{} \"$@\"\n", program().display())).expect("a script");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("a program");
    script
}

/// The browser that these tests use.
pub(crate) fn program() -> PathBuf {
    let named = std::env::var_os("WEBTASK_BROWSER").map(PathBuf::from);
    let shell = || there("/usr/lib/chromium/chromium-headless-shell");
    named.or_else(shell).or_else(whole).expect("a browser")
}

/// A whole browser, if there is one.
pub(crate) fn whole() -> Option<PathBuf> {
    let named = std::env::var_os("WEBTASK_BROWSER").map(PathBuf::from);
    let named = named.filter(|program| !program.to_string_lossy().contains("headless"));
    named.or_else(|| there("/usr/lib/chromium/chromium")).or_else(|| there("/usr/bin/chromium"))
}

fn there(program: &str) -> Option<PathBuf> {
    Some(PathBuf::from(program)).filter(|program| program.exists())
}

/// The profile directories that a process has in this process's folder of temporary files.
pub(crate) fn profiles(owner: u32) -> Vec<PathBuf> {
    profiles_in(&std::env::temp_dir())
        .into_iter()
        .filter(|profile| {
            let marker = std::fs::read_to_string(profile.join("webtask.pid")).unwrap_or_default();
            marker.lines().next() == Some(owner.to_string().as_str())
        })
        .collect()
}

/// The profile directories in a folder.
pub(crate) fn profiles_in(folder: &std::path::Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("webtask-profile-"))
        .map(|entry| entry.path())
        .collect()
}

/// The processes of a group that run; one that only waits to be reaped does not.
pub(crate) fn group(leader: Pid) -> Vec<Pid> {
    pids()
        .filter(|pid| {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            let mut fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
            let runs = !matches!(fields.next(), Some("Z" | "X") | None);
            runs && fields.nth(1) == Some(&leader.to_string())
        })
        .collect()
}

/// Every process.
pub(crate) fn pids() -> impl Iterator<Item = Pid> {
    let entries = std::fs::read_dir("/proc").expect("processes").flatten();
    entries.filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?))
}

pub(crate) fn command(pid: Pid) -> String {
    let bytes = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&bytes).replace('\0', " ")
}

/// How many pages of memory a process has.
fn memory(pid: Pid) -> u64 {
    let sizes = std::fs::read_to_string(format!("/proc/{pid}/statm")).unwrap_or_default();
    sizes.split(' ').nth(1).and_then(|size| size.parse().ok()).unwrap_or_default()
}
