//! Browsers, renderers and their helpers are killed, stopped and detached at random moments of runs.

use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use webtask::{ErrorKind, Pool};

use crate::kinds::{self, KINDS};
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

/// What is done to a browser.
#[derive(Clone, Copy, Debug)]
enum Harm {
    Kill(&'static str),
    /// A renderer is let go again at the end of the round: one that nobody uses yet may be hit, which no run has noticed.
    Stop(&'static str),
    Detach,
}

const HARMS: [Harm; 10] = [
    Harm::Kill("--type=renderer"),
    Harm::Kill("--type=renderer"),
    Harm::Kill("--type=gpu-process"),
    Harm::Kill("--type=renderer"),
    Harm::Kill(""),
    Harm::Stop("--type=renderer"),
    Harm::Stop("--type=gpu-process"),
    Harm::Stop(""),
    Harm::Detach,
    Harm::Detach,
];

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

/// Does it to a random one; gives a process that is stopped.
async fn harm(harm: Harm, dice: &mut Dice) -> Option<Pid> {
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
            let _ = kill_process(pick(kind)?, Signal::KILL);
            None
        }
        Harm::Stop(kind) => {
            let pid = pick(kind)?;
            let _ = kill_process(pid, Signal::STOP);
            (kind == "--type=renderer").then_some(pid)
        }
        Harm::Detach => {
            let text = std::fs::read_to_string(profile.join("DevToolsActivePort")).ok()?;
            let port: u16 = text.lines().next()?.parse().ok()?;
            let pages = http(port, "/json/list").await?;
            let ids: Vec<_> =
                pages.split("\"id\": \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let id = ids.get(dice.below(ids.len().max(1) as u64) as usize)?;
            http(port, &format!("/json/close/{id}")).await?;
            None
        }
    }
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
    let site = kinds::site().await;
    let files = tempfile::tempdir().unwrap();
    let pool = Pool::new("default").size(WINDOWS).wait(IN_TIME).allow_private(true);
    let webtask = support::builder().pool(pool).files(files.path()).build().unwrap();
    webtask.ready().await.unwrap();
    let (mut good, mut lost, mut other, mut slowest) = (0, 0, 0, Duration::ZERO);
    for round in 0..count.div_ceil(WINDOWS as u64) {
        let harms = [HARMS[dice.below(10) as usize], HARMS[dice.below(10) as usize]];
        let harms = &harms[..1 + usize::from(dice.below(3) == 0)];
        let runs: Vec<_> = (0..WINDOWS)
            .map(|_| {
                let kind = dice.below(KINDS.len() as u64) as usize;
                let run = kinds::run(&webtask, &DISTURBED, &site, kind).into_future();
                let run = async move {
                    let start = Instant::now();
                    let result = tokio::time::timeout(IN_TIME, run).await;
                    (KINDS[kind].0, result, start.elapsed(), Instant::now())
                };
                tokio::spawn(run)
            })
            .collect();
        let mut stopped = Vec::new();
        for kind in harms {
            tokio::time::sleep(Duration::from_millis(dice.below(300))).await;
            stopped.extend(harm(*kind, &mut dice).await);
        }
        let harmed = Instant::now();
        let mut met = false;
        for run in runs {
            let (kind, result, took, ended) = run.await.expect("no panic");
            let result = result.unwrap_or_else(|_| panic!("round {round}: {kind} hangs after {harms:?}"));
            slowest = slowest.max(took);
            met |= result.is_err() && ended >= harmed;
            if let Err(error) = &result {
                println!("{round}: {kind} after {harms:?}, in {took:?}: {} {error}", error.kind().code());
            }
            match result.map_err(|error| error.kind()) {
                Ok(()) => good += 1,
                Err(ErrorKind::BrowserLost) => lost += 1,
                Err(ErrorKind::Timeout | ErrorKind::StepFailed | ErrorKind::NavigationFailed) => other += 1,
                Err(kind) => panic!("round {round}: {kind:?} after {harms:?}"),
            }
        }
        for pid in stopped {
            // It may be gone.
            let _ = kill_process(pid, Signal::CONT);
        }
        until("all windows are back", async || webtask.pools()[0].1.free == WINDOWS).await;
        if !met {
            // Nobody has met the last harm yet; whoever is next may.
            let next = kinds::run(&webtask, &CALM, &site, 2).await;
            if let Err(error) = next {
                println!("{round}: the next after {harms:?}: {} {error}", error.kind().code());
                assert_eq!(error.kind(), ErrorKind::BrowserLost, "round {round}: after {harms:?}: {error}");
            }
            until("its window is back", async || webtask.pools()[0].1.free == WINDOWS).await;
        }
        let start = Instant::now();
        let after = kinds::run(&webtask, &CALM, &site, round as usize).await;
        let kind = KINDS[round as usize % KINDS.len()].0;
        after.unwrap_or_else(|error| {
            panic!("round {round}: {kind} after {harms:?} fails in {:?}: {error:?}", start.elapsed())
        });
    }
    println!(
        "{good} gave data, {lost} lost their browser, {other} failed otherwise; the slowest took {slowest:?} of {BUDGET:?}"
    );
    let leaders: Vec<_> = browsers().into_iter().map(|(_, leader)| leader).collect();
    webtask.close().await.unwrap();
    drop(webtask);
    until("no process is left", async || leaders.iter().all(|leader| group(*leader).is_empty())).await;
    until("no profile is left", async || profiles(std::process::id()).is_empty()).await;
}
