//! The process in which a browser talks to the network, where it has one for that: whether it is still the same. It knows
//! no page.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::system_info::GetProcessInfoParams;

use super::connection::Connection;

/// How long the browser may take to tell of its processes.
const LIMIT: Duration = Duration::from_secs(10);

/// What kind of process it is.
const KIND: &str = "network.mojom.NetworkService";

/// How often it is looked for while a document does not come.
const LOOK: Duration = Duration::from_secs(1);

/// How long to wait before it is looked for once more, in milliseconds, in a browser that has just started.
const AGAIN: [u64; 4] = [50, 100, 300, 1000];

/// The number of the process that the browser began with, once that is known; none when the browser talks itself, or does
/// not tell.
#[derive(Debug, Default)]
pub(super) struct Network {
    process: OnceLock<Option<i64>>,
    is_within: AtomicBool,
}

impl Network {
    /// Says that the browser talks itself.
    pub(super) fn set_none(&self) {
        self.is_within.store(true, Ordering::Relaxed);
        let _ = self.process.set(None);
    }

    /// Whether the browser surely talks itself.
    pub(super) fn is_within(&self) -> bool {
        self.is_within.load(Ordering::Relaxed)
    }
}

impl Connection {
    /// Notes which process it is; whether there is one.
    pub(super) async fn note_network(&self) -> bool {
        let mut again = AGAIN.into_iter();
        loop {
            if let Some(known) = self.network().process.get() {
                return known.is_some();
            }
            match (self.network_process().await, again.next()) {
                (None | Some(None), Some(again)) => tokio::time::sleep(Duration::from_millis(again)).await,
                (Some(None), None) => self.network().set_none(),
                (process, _) => drop(self.network().process.set(process.flatten())),
            }
        }
    }

    /// Whether it is gone, or is another one than in the beginning. What was under way in it then has ended as if the
    /// server had said nothing, and the cookies that it had in its memory are lost.
    pub(super) async fn lost_network(&self) -> bool {
        match self.network().process.get() {
            Some(Some(first)) => !self.is_lost() && self.network_process().await.flatten() != Some(*first),
            Some(None) => false,
            // In the first moments nobody knows.
            None => true,
        }
    }

    /// Waits until that is so. A request that was paused on its way to that process never ends.
    pub(super) async fn loses_network(&self) {
        loop {
            tokio::time::sleep(LOOK).await;
            if matches!(self.network().process.get(), Some(Some(_))) && self.lost_network().await {
                return;
            }
        }
    }

    /// Its number, if there is one; none when the browser does not tell.
    async fn network_process(&self) -> Option<Option<i64>> {
        let told = self.call(None, GetProcessInfoParams::default(), LIMIT).await.ok()?;
        Some(told.process_info.into_iter().find(|process| process.r#type == KIND).map(|process| process.id))
    }
}
