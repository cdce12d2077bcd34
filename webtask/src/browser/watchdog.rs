//! Looks after a browser that runs: notices that it ended, was stopped or answers nothing, and ends what is left of it. It
//! knows no window.

use std::sync::Arc;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::browser::GetVersionParams;
use rustix::process::Pid;

use super::chrome::Chrome;
use super::connection::Connection;
use super::group::{self, Member};

/// How often a browser is asked whether it is there, and how long it may take to say so.
const BEAT: Duration = Duration::from_secs(5);

/// How many times in a row it may say nothing: a machine that is suspended makes everybody late once.
const MISSES: u32 = 2;

/// How long a browser may say nothing at all before it is given up.
pub(super) const PATIENCE: Duration = Duration::from_secs(BEAT.as_secs() * MISSES as u64);

/// How soon it is looked again at a process. Who is stopped for less than that is left alone.
const LOOK: Duration = Duration::from_secs(1);

/// Why calls end of a browser that went away.
pub(super) const ENDED: &str = "the browser ended";

/// Why calls end of a browser that answers nothing.
pub(super) const SILENT: &str = "the browser did not answer";

/// Why calls end of a browser that somebody has stopped.
pub(super) const STOPPED: &str = "the browser was stopped";

/// Ends what is left of a browser that went away by itself, or is no use any more.
pub(super) async fn look_after(chrome: Arc<Chrome>) {
    // Nothing is listened for: they end with the connection.
    let mut events = chrome.connection().events(None, &[]);
    let ended = async { while events.next().await.is_some() {} };
    let reason = tokio::select! {
        () = ended => None,
        () = silence(chrome.connection()) => Some(SILENT),
        () = standstill(&chrome) => Some(STOPPED),
        () = helpers(&chrome) => None,
        () = network(&chrome) => None,
    };
    if let Some(reason) = reason {
        tracing::warn!("{reason}, and is given up");
        chrome.kill(reason);
    }
    chrome.runtime().clone().spawn_blocking(move || chrome.end());
}

/// Waits until the browser does not answer: it hangs. Runs in it would each wait for their own deadline.
async fn silence(connection: &Connection) {
    let mut misses = 0;
    while misses < MISSES {
        if misses == 0 {
            tokio::time::sleep(BEAT).await;
        }
        match connection.call(None, GetVersionParams::default(), BEAT).await {
            Ok(_) => misses = 0,
            Err(_) => misses += 1,
        }
    }
}

/// Waits until the browser's own process is stopped, and stays so.
async fn standstill(chrome: &Chrome) {
    let mut looks = 0;
    while looks < 2 {
        tokio::time::sleep(LOOK).await;
        looks = if chrome.is_stopped() { looks + 1 } else { 0 };
    }
}

/// Kills the browser's other processes that are stopped, and stay so, as long as there are any: what waits for one of them
/// waits for ever, and for one that died it does not.
async fn helpers(chrome: &Chrome) {
    let mut stopped = Vec::new();
    while let Some(leader) = chrome.group() {
        tokio::time::sleep(if stopped.is_empty() { BEAT } else { LOOK }).await;
        let before = std::mem::take(&mut stopped);
        let looked = tokio::task::spawn_blocking(move || look(leader, &before));
        stopped = looked.await.unwrap_or_default();
    }
    std::future::pending::<()>().await;
}

/// Has the browser replaced that talks to the network anew, for with the old way cookies are gone that runs count on.
async fn network(chrome: &Arc<Chrome>) {
    if chrome.connection().note_network().await {
        while !chrome.connection().lost_network().await {
            tokio::time::sleep(BEAT).await;
        }
        tracing::warn!("the browser's network process ended, so the browser is replaced");
        chrome.retire();
    }
    std::future::pending::<()>().await;
}

/// The processes of that group, but for its leader, that are stopped. Those that were so before are killed.
fn look(leader: Pid, before: &[Pid]) -> Vec<Pid> {
    let stopped = group::members(leader).filter(|member| member.pid != leader && member.is_stopped());
    let stopped: Vec<Member> = stopped.collect();
    for member in stopped.iter().filter(|member| before.contains(&member.pid)) {
        tracing::warn!(pid = %member.pid, "a process of the browser was stopped, and is killed");
        group::kill_stopped(*member, leader);
    }
    stopped.iter().map(|member| member.pid).collect()
}
