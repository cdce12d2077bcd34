//! Browsers, renderers and their helpers are killed, stopped and detached at random moments of runs.

use std::collections::{BTreeSet, HashSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use webtask::{ErrorKind, Pool};

use crate::kinds::{self, KINDS};
use crate::support::raw::Raw;
use crate::support::{self, command, group, profiles};
use crate::{ALONE, BUDGET, CALM, DISTURBED, setting, until};

/// How many windows there are, and runs at once.
const WINDOWS: usize = 4;

/// How many runs are disturbed, without `WEBTASK_CHAOS`.
const RUNS: u64 = 40;

/// How long a run may take in all: its budget, a browser that starts anew on a busy machine, and a window's removal.
const IN_TIME: Duration = Duration::from_secs(40);

/// Numbers that look random, the same for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// What is done to a browser: to its own process, to another that has this in its command, or to a page.
#[derive(Clone, Copy, Debug)]
enum Harm {
    Kill(&'static str),
    Stop(&'static str),
    Detach,
}

const HARMS: [Harm; 12] = [
    Harm::Kill("--type=renderer"),
    Harm::Kill("--type=renderer"),
    Harm::Kill("--type=gpu-process"),
    // Only a browser with Chromium's own flags has one.
    Harm::Kill("--type=utility"),
    Harm::Kill("--type=zygote"),
    Harm::Kill(""),
    Harm::Stop("--type=renderer"),
    Harm::Stop("--type=gpu-process"),
    Harm::Stop("--type=utility"),
    Harm::Stop(""),
    Harm::Detach,
    Harm::Detach,
];

/// What was hit.
enum Hit {
    Process(Pid),
    /// A page, and where its browser is asked for it.
    Page(u16, String),
}

impl Hit {
    /// Waits until it is gone: what is stopped is found and killed.
    async fn gone(&self) {
        match self {
            Self::Process(pid) => until("what was hit is gone", async || !runs(*pid)).await,
            Self::Page(port, id) => {
                let gone = async || http(*port, "/json/list").await.is_none_or(|pages| !pages.contains(id));
                until("the page is gone", gone).await;
            }
        }
    }
}

fn runs(pid: Pid) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().next());
    !matches!(state, Some("Z" | "X") | None)
}

/// The browsers that run now: their directories and their own processes.
fn browsers() -> Vec<(PathBuf, Pid)> {
    let leader = |profile: &PathBuf| {
        let marker = std::fs::read_to_string(profile.join("webtask.pid")).ok()?;
        Pid::from_raw(marker.lines().nth(1)?.parse().ok()?)
    };
    profiles(std::process::id())
        .into_iter()
        .filter_map(|profile| leader(&profile).map(|leader| (profile, leader)))
        .collect()
}

/// Does it to a random one.
async fn harm(harm: Harm, dice: &mut Dice) -> Option<Hit> {
    let browsers = browsers();
    let (profile, leader) = browsers.get(dice.below(browsers.len().max(1) as u64) as usize)?;
    let mut pick = |kind: &str| match kind {
        "" => Some(*leader),
        kind => {
            let pids: Vec<_> =
                group(*leader).into_iter().filter(|pid| command(*pid).contains(kind)).collect();
            pids.get(dice.below(pids.len().max(1) as u64) as usize).copied()
        }
    };
    match harm {
        Harm::Kill(kind) => {
            let pid = pick(kind)?;
            kill_process(pid, Signal::KILL).ok().map(|()| Hit::Process(pid))
        }
        Harm::Stop(kind) => {
            let pid = pick(kind)?;
            kill_process(pid, Signal::STOP).ok().map(|()| Hit::Process(pid))
        }
        Harm::Detach => {
            let port = port(profile)?;
            let pages = http(port, "/json/list").await?;
            let ids: Vec<_> =
                pages.split("\"id\": \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let id = ids.get(dice.below(ids.len().max(1) as u64) as usize)?;
            http(port, &format!("/json/close/{id}")).await?;
            Some(Hit::Page(port, (*id).to_owned()))
        }
    }
}

/// Where a browser listens.
fn port(profile: &Path) -> Option<u16> {
    let text = std::fs::read_to_string(profile.join("DevToolsActivePort")).ok()?;
    text.lines().next()?.parse().ok()
}

/// What the browser answers, within a second.
async fn http(port: u16, path: &str) -> Option<String> {
    let ask = async {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
        let request = format!("GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut text = Vec::new();
        stream.read_to_end(&mut text).await.ok()?;
        Some(String::from_utf8_lossy(&text).into_owned())
    };
    tokio::time::timeout(Duration::from_secs(1), ask).await.ok()?
}

#[tokio::test(flavor = "multi_thread")]
async fn every_run_ends_in_time_and_the_run_after_it_works() {
    let _alone = ALONE.lock().await;
    let count = setting("WEBTASK_CHAOS").unwrap_or(RUNS);
    let seed = setting("WEBTASK_CHAOS_SEED").unwrap_or_else(|| {
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis() as u64
    });
    println!("{count} runs; again with WEBTASK_CHAOS_SEED={seed}");
    let mut dice = Dice(seed);
    let rounds = count.div_ceil(WINDOWS as u64);
    // With Chromium's own flags it has more processes.
    disturb(false, rounds - rounds / 3, &mut dice).await;
    disturb(true, rounds / 3, &mut dice).await;
}

/// Rounds of a run in each window, while something is done to the browser.
async fn disturb(default_flags: bool, rounds: u64, dice: &mut Dice) {
    let before = temporary();
    let site = kinds::site().await;
    let files = tempfile::tempdir().unwrap();
    let pool = Pool::new("default").size(WINDOWS).wait(IN_TIME).allow_private(true);
    let builder = support::builder().default_flags(default_flags).pool(pool).files(files.path());
    let webtask = builder.build().unwrap();
    webtask.ready().await.unwrap();
    let settled = async || webtask.pools()[0].1.free == WINDOWS;
    let (mut good, mut lost, mut other) = (0, 0, 0);
    let (mut longest, mut slowest, mut next) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let mut leaders = HashSet::new();
    for round in 0..rounds {
        let harms = [HARMS[dice.below(12) as usize], HARMS[dice.below(12) as usize]];
        let harms = &harms[..1 + usize::from(dice.below(3) == 0)];
        let runs: Vec<_> = (0..WINDOWS)
            .map(|_| {
                let kind = dice.below(KINDS.len() as u64) as usize;
                let mut run = kinds::run(&webtask, &DISTURBED, &site, kind);
                let run = async move {
                    let begin = Instant::now();
                    let mut start = begin;
                    let result = tokio::time::timeout(IN_TIME, async {
                        run.start().await?;
                        start = Instant::now();
                        run.await
                    });
                    (KINDS[kind].0, result.await, start - begin, start.elapsed())
                };
                tokio::spawn(run)
            })
            .collect();
        let mut hits = Vec::new();
        for kind in harms {
            // Most runs are short, so most of it comes early.
            let latest = dice.below(300) + 1;
            tokio::time::sleep(Duration::from_millis(dice.below(latest))).await;
            leaders.extend(browsers().into_iter().map(|(_, leader)| leader));
            hits.extend(harm(*kind, dice).await);
        }
        for run in runs {
            let (kind, result, waited, took) = run.await.expect("no panic");
            let result = result.unwrap_or_else(|_| panic!("round {round}: {kind} hangs after {harms:?}"));
            longest = longest.max(waited);
            slowest = slowest.max(took);
            if let Err(error) = &result {
                println!(
                    "{round}: {kind} after {harms:?}, in {took:?} after {waited:?}: {} {error}",
                    error.kind().code()
                );
            }
            match result.map_err(|error| error.kind()) {
                Ok(()) => good += 1,
                Err(ErrorKind::BrowserLost) => lost += 1,
                Err(ErrorKind::Timeout | ErrorKind::StepFailed | ErrorKind::NavigationFailed) => other += 1,
                Err(kind) => panic!("round {round}: {kind:?} after {harms:?}"),
            }
        }
        until("all windows are back", settled).await;
        for hit in &hits {
            hit.gone().await;
        }
        // What a browser tells of it has come by then.
        for (profile, _) in browsers() {
            for _ in 0..2 {
                if let Some(port) = port(&profile) {
                    http(port, "/json/version").await;
                }
            }
        }
        let start = Instant::now();
        let after = kinds::run(&webtask, &CALM, &site, round as usize).await;
        let kind = KINDS[round as usize % KINDS.len()].0;
        after.unwrap_or_else(|error| {
            panic!("round {round}: {kind} after {harms:?} fails in {:?}: {error:?}", start.elapsed())
        });
        next = next.max(start.elapsed());
    }
    println!(
        "{good} gave data, {lost} lost their browser, {other} failed otherwise; the slowest took {slowest:?} of {BUDGET:?}, \
         one waited {longest:?} for its window, the slowest after them took {next:?} with that"
    );
    until("all windows are back", settled).await;
    until("one browser is left, with the windows of its stock and their contexts", async || {
        let [(profile, _)] = &browsers()[..] else { return false };
        let mut raw = Raw::of(profile).await;
        (raw.pages().await.len(), raw.contexts().await) == (WINDOWS, WINDOWS)
    })
    .await;
    leaders.extend(browsers().into_iter().map(|(_, leader)| leader));
    webtask.close().await.unwrap();
    drop(webtask);
    until("no process is left", async || leaders.iter().all(|leader| group(*leader).is_empty())).await;
    until("no profile is left", async || profiles(std::process::id()).is_empty()).await;
    drop(files);
    if setting("WEBTASK_CHAOS").is_some() {
        // The folder of temporary files is this test's own.
        assert_eq!(temporary(), before);
    }
}

/// What there is in the folder of temporary files.
fn temporary() -> BTreeSet<OsString> {
    let entries = std::fs::read_dir(std::env::temp_dir()).unwrap();
    entries.map(|entry| entry.unwrap().file_name()).collect()
}
