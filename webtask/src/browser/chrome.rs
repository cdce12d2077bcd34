//! One browser that runs: its process, the connection to it, and for each pool a stock of windows made in advance.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;

use super::connection::Connection;
use super::find::find;
use super::launch::Process;
use super::pool::{Slot, Slots};
use super::traffic::Traffic;
use super::window::Window;
use crate::Error;
use crate::policy::{Gate, Names};
use crate::webtask::Settings;

/// How long the browser may take to remove a window, before it counts as lost.
const CLEAN: Duration = Duration::from_secs(5);

/// How many windows a pool keeps ready; each costs the memory of a process.
const STOCK: usize = 4;

/// A running browser. It is ended by [`end`](Self::end), not by dropping: tasks may still hold it.
pub(super) struct Chrome {
    connection: Connection,
    traffic: Traffic,
    names: Names,
    process: Mutex<Option<Process>>,
    pools: Arc<Vec<Slots>>,
    stocks: Vec<Mutex<Stock>>,
    /// Where it was started; what is spawned for it runs there.
    runtime: Handle,
}

/// The windows of a pool that no run has had yet.
#[derive(Default)]
struct Stock {
    windows: VecDeque<Window>,
    /// How many more are being made, without a gate and with one.
    coming: [usize; 2],
    /// Whether a run asked for one with a gate.
    gated: bool,
}

impl Chrome {
    /// Finds the program, starts it and connects.
    pub(super) async fn start(
        settings: &Settings,
        traffic: &Traffic,
        pools: Arc<Vec<Slots>>,
    ) -> Result<Arc<Self>, Error> {
        let program = find(settings.browser.as_deref())?;
        let process = Process::start(&program, settings.sandbox(), &traffic.flags()).await?;
        let connection = Connection::open(process.url()).await?;
        // Before the first window is made: its first request is taken over too.
        traffic.start(&connection).await?;
        let stocks = pools.iter().map(|_| Mutex::default()).collect();
        let chrome = Arc::new(Self {
            connection,
            traffic: traffic.clone(),
            names: settings.names.clone(),
            process: Mutex::new(Some(process)),
            pools,
            stocks,
            runtime: Handle::current(),
        });
        tokio::spawn(watch(chrome.clone()));
        Ok(chrome)
    }

    pub(super) fn is_lost(&self) -> bool {
        self.connection.is_lost()
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// A window that nobody has used: from the stock, or a new one; behind a gate for who opens the URLs of callers.
    pub(super) async fn window(&self, pool: usize, supplied: bool) -> Result<Window, Error> {
        let gated = self.is_gated(pool, supplied);
        let ready = self.stock(pool).take(gated);
        match ready {
            Some(window) => Ok(window),
            None => self.open(pool, gated).await,
        }
    }

    /// Whether a window of that pool needs a gate.
    fn is_gated(&self, pool: usize, supplied: bool) -> bool {
        let outfit = self.pools[pool].outfit();
        outfit.has_proxy() || (supplied && !outfit.allows_private() && !self.traffic.is_replayed())
    }

    async fn open(&self, pool: usize, gated: bool) -> Result<Window, Error> {
        let outfit = self.pools[pool].outfit();
        let gate = match gated {
            true => Some(Gate::open(&self.names, outfit.proxy()).await?),
            false => None,
        };
        Window::open(&self.connection, &self.traffic, outfit, gate).await
    }

    /// Makes windows in the background: one for each free slot, and at least one for who comes next.
    pub(super) fn fill(self: &Arc<Self>) {
        for (pool, slots) in self.pools.iter().enumerate() {
            let mut stock = self.stock(pool);
            let wanted = slots.state().free.clamp(1, STOCK);
            let plain = (!self.is_gated(pool, false)).then_some(false);
            let gated = (stock.gated || plain.is_none()).then_some(true);
            for gated in [plain, gated].into_iter().flatten() {
                while !self.is_lost() && stock.count(gated) < wanted {
                    stock.coming[usize::from(gated)] += 1;
                    self.runtime.spawn(self.clone().add(pool, gated));
                }
            }
        }
    }

    async fn add(self: Arc<Self>, pool: usize, gated: bool) {
        let window = self.open(pool, gated).await;
        let mut stock = self.stock(pool);
        stock.coming[usize::from(gated)] -= 1;
        match window {
            Ok(window) => stock.windows.push_back(window),
            Err(error) => tracing::debug!(%error, "no window could be made in advance"),
        }
    }

    /// Makes the first window of each pool, then the others in the background.
    pub(super) async fn warm(self: &Arc<Self>) -> Result<(), Error> {
        for pool in 0..self.stocks.len() {
            let is_empty = self.stock(pool).windows.is_empty();
            if is_empty {
                let window = self.open(pool, self.is_gated(pool, false)).await?;
                self.stock(pool).windows.push_back(window);
            }
        }
        self.fill();
        Ok(())
    }

    /// Removes a window that a run had, then gives its slot back.
    pub(super) fn clean(self: &Arc<Self>, window: Window, slot: Slot) {
        let chrome = self.clone();
        self.runtime.spawn(async move {
            if let Err(error) = window.dispose(CLEAN).await
                && !chrome.is_lost()
            {
                tracing::warn!(%error, "a window cannot be removed, so the browser is given up");
                chrome.kill("the browser did not answer");
            }
            drop(slot);
            chrome.fill();
        });
    }

    /// Ends every call and every process now; what is left is removed in the background.
    fn kill(&self, reason: &'static str) {
        self.connection.close(reason);
        if let Some(process) = &*self.process() {
            process.kill();
        }
    }

    /// Ends the browser and waits, on this thread, until nothing of it is left.
    pub(super) fn end(&self) {
        self.kill("the browser was closed");
        // In the lock: who else ends it waits too.
        let mut process = self.process();
        drop(process.take());
        drop(process);
        for stock in &self.stocks {
            let windows = std::mem::take(&mut stock.lock().unwrap_or_else(PoisonError::into_inner).windows);
            drop(windows);
        }
    }

    fn stock(&self, pool: usize) -> MutexGuard<'_, Stock> {
        self.stocks[pool].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn process(&self) -> MutexGuard<'_, Option<Process>> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stock {
    /// The oldest window whose page did not crash meanwhile, with a gate or without.
    fn take(&mut self, gated: bool) -> Option<Window> {
        self.gated |= gated;
        self.windows.retain(|window| window.session().end().is_none());
        let index = self.windows.iter().position(|window| window.gate().is_some() == gated)?;
        self.windows.remove(index)
    }

    /// How many there are or will be, with a gate or without.
    fn count(&self, gated: bool) -> usize {
        let ready = self.windows.iter().filter(|window| window.gate().is_some() == gated).count();
        ready + self.coming[usize::from(gated)]
    }
}

impl fmt::Debug for Chrome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chrome").field("connection", &self.connection).finish_non_exhaustive()
    }
}

/// Ends what is left of a browser that went away by itself.
async fn watch(chrome: Arc<Chrome>) {
    // Nothing is listened for: they end with the connection.
    let mut events = chrome.connection.events(None, &[]);
    while events.next().await.is_some() {}
    let runtime = chrome.runtime.clone();
    runtime.spawn_blocking(move || chrome.end());
}
