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
use crate::webtask::Settings;

/// How long the browser may take to remove a window, before it counts as lost.
const CLEAN: Duration = Duration::from_secs(5);

/// How many windows a pool keeps ready; each costs the memory of a process.
const STOCK: usize = 4;

/// A running browser. It is ended by [`end`](Self::end), not by dropping: tasks may still hold it.
pub(super) struct Chrome {
    connection: Connection,
    traffic: Traffic,
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
    /// How many more are being made.
    coming: usize,
}

impl Chrome {
    /// Finds the program, starts it and connects.
    pub(super) async fn start(
        settings: &Settings,
        traffic: &Traffic,
        pools: Arc<Vec<Slots>>,
    ) -> Result<Arc<Self>, Error> {
        let program = find(settings.browser.as_deref())?;
        let flags = traffic.flags();
        let process = Process::start(&program, settings.sandbox(), settings.default_flags, &flags).await?;
        let connection = Connection::open(process.url()).await?;
        // Before the first window is made: its first request is taken over too.
        traffic.start(&connection).await?;
        let stocks = pools.iter().map(|_| Mutex::default()).collect();
        let chrome = Arc::new(Self {
            connection,
            traffic: traffic.clone(),
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

    /// A window that nobody has used: from the stock, or a new one.
    pub(super) async fn window(&self, pool: usize) -> Result<Window, Error> {
        let ready = self.stock(pool).take();
        match ready {
            Some(window) => Ok(window),
            None => Window::open(&self.connection, &self.traffic).await,
        }
    }

    /// Makes windows in the background: one for each free slot, and at least one for who comes next.
    pub(super) fn fill(self: &Arc<Self>) {
        for (pool, slots) in self.pools.iter().enumerate() {
            let mut stock = self.stock(pool);
            let wanted = slots.state().free.clamp(1, STOCK);
            while !self.is_lost() && stock.windows.len() + stock.coming < wanted {
                stock.coming += 1;
                self.runtime.spawn(self.clone().add(pool));
            }
        }
    }

    async fn add(self: Arc<Self>, pool: usize) {
        let window = Window::open(&self.connection, &self.traffic).await;
        let mut stock = self.stock(pool);
        stock.coming -= 1;
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
                let window = Window::open(&self.connection, &self.traffic).await?;
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
    /// The oldest window whose page did not crash meanwhile.
    fn take(&mut self) -> Option<Window> {
        std::iter::from_fn(|| self.windows.pop_front()).find(|window| window.session().end().is_none())
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
