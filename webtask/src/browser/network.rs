//! The process in which a browser talks to the network, where it has one for that: whether it is still the same. It knows
//! no page.

use std::sync::OnceLock;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::system_info::GetProcessInfoParams;

use super::connection::Connection;

/// How long the browser may take to tell of its processes.
const LIMIT: Duration = Duration::from_secs(10);

/// What kind of process it is.
const KIND: &str = "network.mojom.NetworkService";

/// How long to wait before it is looked for once more, in milliseconds, in a browser that has just started.
const AGAIN: [u64; 4] = [50, 100, 300, 1000];

/// The number of the process that the browser began with, once that is known; none when the browser talks itself.
#[derive(Debug, Default)]
pub(super) struct Network(OnceLock<Option<i64>>);

impl Network {
    /// Says that the browser talks itself.
    pub(super) fn set_none(&self) {
        let _ = self.0.set(None);
    }
}

impl Connection {
    /// Notes which process it is; whether there is one.
    pub(super) async fn note_network(&self) -> bool {
        let mut again = AGAIN.into_iter();
        loop {
            if let Some(known) = self.network().0.get() {
                return known.is_some();
            }
            match (self.network_process().await, again.next()) {
                (None, Some(again)) => tokio::time::sleep(Duration::from_millis(again)).await,
                (process, _) => drop(self.network().0.set(process)),
            }
        }
    }

    /// Whether it is gone, or is another one than in the beginning. What was under way in it then has ended as if the
    /// server had said nothing, and the cookies that it had in its memory are lost.
    pub(super) async fn lost_network(&self) -> bool {
        match self.network().0.get() {
            Some(Some(first)) => !self.is_lost() && self.network_process().await != Some(*first),
            Some(None) => false,
            // In the first moments nobody knows.
            None => true,
        }
    }

    /// Its number; none when there is none, or the browser does not tell.
    async fn network_process(&self) -> Option<i64> {
        let told = self.call(None, GetProcessInfoParams::default(), LIMIT).await.ok()?;
        told.process_info.into_iter().find(|process| process.r#type == KIND).map(|process| process.id)
    }
}
