//! One browser that runs: its process, the connection to it, and for each pool the windows that no run has now.

mod restore;
mod stock;
mod visit;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chromiumoxide::cdp::browser_protocol::browser::GetVersionParams;
use rustix::process::Pid;
use tokio::runtime::Handle;
use tokio::sync::watch;

use stock::Stock;
pub(super) use visit::Visit;

use super::connection::{CRASHED, Connection};
use super::launch::Process;
use super::memory;
use super::pool::{House, Kind, Pool, Slots};
use super::rehearse;
use super::settings::Settings;
use super::tally::Tally;
use super::traffic::Traffic;
use super::watchdog::{ENDED, PATIENCE, SILENT, STOPPED, look_after};
use super::window::{Route, Window};
use crate::meter::Meter;
use crate::policy::{Gate, Names, Proxy};
use crate::{Error, ErrorKind};

/// How long the browser may take to remove a window, before it counts as lost.
const REMOVE: Duration = Duration::from_secs(5);

/// How long a window may take to be made, before the browser is taken for one that makes none any more.
const OPEN: Duration = Duration::from_secs(10);

/// How many windows of a pool are made in advance; each costs the memory of a process.
const STOCK: usize = 4;

/// How soon the memory is measured again.
const MEASURE: Duration = Duration::from_secs(1);

/// After how much silence a browser is asked before a run begins in it.
const QUIET: Duration = Duration::from_secs(1);

/// A running browser. It is ended by [`end`](Self::end), not by dropping: tasks may still hold it.
pub(super) struct Chrome {
    connection: Connection,
    traffic: Traffic,
    meter: Arc<Meter>,
    names: Names,
    rehearsed: &'static str,
    /// What a profile's pages go through.
    gate: Option<Arc<Gate>>,
    /// None is somebody else's, or has ended.
    process: Mutex<Option<Process>>,
    /// Whether it was started here.
    is_ours: bool,
    house: House,
    pools: Arc<Vec<Arc<Slots>>>,
    stocks: Vec<Mutex<Stock>>,
    /// How many windows have been made in advance, for who waits for one.
    made: watch::Sender<usize>,
    life: Mutex<Life>,
    /// What it had counted when a window was cleaned last.
    tally: Mutex<Tally>,
    /// Where it was started; what is spawned for it runs there.
    runtime: Handle,
}

/// How long it is needed.
#[derive(Default)]
struct Life {
    /// How many windows are in use, or are being cleaned.
    visits: usize,
    /// No more of them begin; it ends with the last.
    is_retired: bool,
    measured: Option<Instant>,
}

impl Chrome {
    /// A browser that is connected to. It has a process when it is ours.
    pub(super) async fn new(
        connection: Connection,
        process: Option<Process>,
        (house, gate): (&House, Option<Arc<Gate>>),
        settings: &Settings,
        traffic: &Traffic,
        meter: &Arc<Meter>,
        pools: Arc<Vec<Arc<Slots>>>,
    ) -> Result<Arc<Self>, Error> {
        // Before the first window is made: its first request is taken over too.
        traffic.start(&connection).await?;
        let stocks = pools.iter().map(|_| Mutex::default()).collect();
        let chrome = Arc::new(Self {
            connection,
            traffic: traffic.clone(),
            meter: meter.clone(),
            names: settings.names.clone(),
            rehearsed: settings.rehearsed,
            gate,
            is_ours: process.is_some(),
            process: Mutex::new(process),
            house: house.clone(),
            pools,
            stocks,
            made: watch::Sender::default(),
            life: Mutex::default(),
            tally: Mutex::default(),
            runtime: Handle::current(),
        });
        tokio::spawn(look_after(chrome.clone()));
        Ok(chrome)
    }

    pub(super) fn is_lost(&self) -> bool {
        self.connection.is_lost()
    }

    /// Whether nobody may begin anything in it: it is lost, or is to end.
    pub(super) fn is_over(&self) -> bool {
        self.is_lost() || self.life().is_retired
    }

    /// Asks the browser whether it is there, unless it has just said something. It is given up when it does not answer.
    pub(super) async fn answers(&self) -> Result<(), Error> {
        if self.is_stopped() {
            self.kill(STOPPED);
            return Err(Error::new(ErrorKind::BrowserLost, STOPPED));
        }
        if self.has_ended() {
            self.kill(ENDED);
            return Err(Error::new(ErrorKind::BrowserLost, ENDED));
        }
        if self.connection.quiet().is_some_and(|quiet| quiet < QUIET) {
            return Ok(());
        }
        let answer = self.connection.call(None, GetVersionParams::default(), PATIENCE).await;
        if answer.is_err() {
            self.kill(SILENT);
        }
        answer.map(drop)
    }

    /// Whether somebody has stopped it.
    pub(super) fn is_stopped(&self) -> bool {
        // Who ends it holds the lock for a while.
        self.process.try_lock().is_ok_and(|process| process.as_ref().is_some_and(Process::is_stopped))
    }

    /// Whether its own process is gone, which the connection may not tell yet.
    fn has_ended(&self) -> bool {
        let process = self.process.try_lock();
        process.is_ok_and(|process| process.as_ref().is_some_and(|process| process.leader().is_none()))
    }

    /// The group of its processes, when it is ours and runs.
    pub(super) fn group(&self) -> Option<Pid> {
        self.process.try_lock().ok()?.as_ref()?.leader()
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(super) fn runtime(&self) -> &Handle {
        &self.runtime
    }

    /// Whether it has ever said anything.
    pub(super) fn has_answered(&self) -> bool {
        self.connection.quiet().is_some()
    }

    /// Begins a stay, unless it is to end.
    pub(super) fn visit(self: &Arc<Self>, pool: usize) -> Option<Visit> {
        let mut life = self.life();
        if life.is_retired {
            return None;
        }
        life.visits += 1;
        Some(Visit { chrome: self.clone(), pool })
    }

    /// Makes windows in the background: one for each free slot, and where they are not used again, at least one for who
    /// comes next.
    pub(super) fn fill(self: &Arc<Self>) {
        for (pool, slots) in self.pools.iter().enumerate() {
            let free = slots.state().free;
            let wanted = match slots.pool().kind() {
                _ if self.renews(pool) => free.clamp(1, STOCK),
                // It has one window ever, which is made when it is needed.
                Kind::Profile(_) => 0,
                _ => free.min(STOCK),
            };
            let usual = self.is_gated(pool, false);
            let mut stock = self.stock(pool);
            // Where windows are used again, those with a gate come back to the stock.
            let more = stock.gated && !usual && self.renews(pool);
            for gated in [Some(usual), more.then_some(true)].into_iter().flatten() {
                while !self.is_over() && stock.count(gated, more) < wanted {
                    stock.coming[usize::from(gated)] += 1;
                    self.runtime.spawn(self.clone().add(pool, gated));
                }
            }
        }
    }

    /// Whether each run of a pool gets a new window: also where windows would be cleaned, but the browser does not tell
    /// whether they are.
    fn renews(&self, pool: usize) -> bool {
        match self.pool(pool).kind() {
            Kind::Fresh => true,
            Kind::Clean => !Tally::is_told(&self.connection),
            Kind::Session | Kind::Profile(_) => false,
        }
    }

    async fn add(self: Arc<Self>, pool: usize, gated: bool) {
        let window = match self.open(pool, gated).await {
            Ok(window) => self.rehearse(pool, gated, window).await,
            Err(error) => Err(error),
        };
        let mut stock = self.stock(pool);
        stock.coming[usize::from(gated)] -= 1;
        match window {
            Ok(window) => stock.windows.push_front(window),
            Err(error) => tracing::debug!(%error, "no window could be made in advance"),
        }
        drop(stock);
        self.trim(pool);
        self.made.send_modify(|made| *made += 1);
    }

    /// Lets a new window do in advance what its first page would wait for, unless a run waits for the window. One that
    /// is used again pays that only once.
    async fn rehearse(self: &Arc<Self>, pool: usize, gated: bool, window: Window) -> Result<Window, Error> {
        let is_awaited = self.stock(pool).awaited[usize::from(gated)] > 0;
        if !self.renews(pool) || is_awaited {
            return Ok(window);
        }
        let failure = match tokio::time::timeout(rehearse::LIMIT, window.rehearse(self.rehearsed)).await {
            Ok(Ok(())) => return Ok(window),
            Ok(Err(error)) => error,
            Err(_) => Error::step_failed(format!("its page was not ready within {:?}", rehearse::LIMIT)),
        };
        self.remove(window);
        Err(failure)
    }

    /// A window that nobody has used.
    async fn open(self: &Arc<Self>, pool: usize, gated: bool) -> Result<Window, Error> {
        let has_crashed = |error: &Error| error.message() == CRASHED;
        let opened = async {
            match self.open_now(pool, gated).await {
                // Somebody may have ended that one process.
                Err(error) if has_crashed(&error) => self.open_now(pool, gated).await,
                opened => opened,
            }
        };
        match tokio::time::timeout(OPEN, opened).await {
            Ok(Err(error)) if has_crashed(&error) => {
                tracing::warn!("no process of a page lives, so the browser is replaced");
                self.retire();
                Err(error)
            }
            Ok(window) => window,
            Err(_) => {
                tracing::warn!("no window could be made within {OPEN:?}, so the browser is replaced");
                self.retire();
                let message = format!("the browser made no window within {OPEN:?}");
                Err(Error::new(ErrorKind::BrowserLost, message))
            }
        }
    }

    async fn open_now(&self, pool: usize, gated: bool) -> Result<Window, Error> {
        let outfit = self.pool(pool).outfit();
        if !matches!(self.pool(pool).kind(), Kind::Profile(_)) {
            let route = match gated {
                true => Route::Gate(self.gate(outfit.proxy()).await?),
                false => self.route(),
            };
            return Window::open(&self.connection, &self.traffic, outfit, route).await;
        }
        let gate = self.gate.clone();
        let window = Window::open_in(&self.connection, &self.traffic, None, outfit, gate).await?;
        // There may be a page that nobody could use any more.
        window.close_others(|kind| kind != "page").await?;
        Ok(window)
    }

    /// How a context without a gate reaches the network.
    fn route(&self) -> Route {
        if self.is_ours { Route::Direct } else { Route::Own }
    }

    /// How HTML that a recipe did not write reaches the network: as a caller's URL does.
    pub(super) async fn route_of_callers(&self, pool: usize) -> Result<Route, Error> {
        let outfit = self.pool(pool).outfit();
        if self.traffic.is_replayed() || (outfit.allows_private() && !outfit.has_proxy()) {
            return Ok(self.route());
        }
        if !self.connection.is_local() {
            return Ok(Route::Nowhere);
        }
        let gate = self.gate(outfit.proxy()).await?;
        if !outfit.allows_private() {
            gate.guard();
        }
        Ok(Route::Gate(gate))
    }

    async fn gate(&self, proxy: Option<&Proxy>) -> Result<Gate, Error> {
        if !self.connection.is_local() {
            let message = "the URLs of callers, and a pool's proxy, are reached through this machine, and the browser is on \
                another one; give the pool `allow_private`, and no proxy";
            return Err(Error::new(ErrorKind::Config, message));
        }
        Gate::open(&self.names, proxy).await
    }

    /// Whether a window of that pool needs a gate.
    fn is_gated(&self, pool: usize, untrusted: bool) -> bool {
        let pool = self.pool(pool);
        // A browser elsewhere reaches none, so there it is asked for only by who needs it.
        let gated = match self.connection.is_local() {
            true => pool.is_gated(untrusted),
            false => pool.outfit().has_proxy() || (untrusted && !pool.outfit().allows_private()),
        };
        gated && !self.traffic.is_replayed()
    }

    /// Makes the first window of each pool, then the others in the background.
    pub(super) async fn warm(self: &Arc<Self>) -> Result<(), Error> {
        for (pool, slots) in self.pools.iter().enumerate() {
            // In a slot, so that no run makes it too.
            let Some(_slot) = slots.try_take() else { continue };
            if self.stock(pool).windows.is_empty() {
                let window = self.open(pool, self.is_gated(pool, false)).await?;
                self.stock(pool).windows.push_front(window);
            }
        }
        self.fill();
        Ok(())
    }

    /// Removes the windows that are more than the pool's size: some were made while others came back.
    fn trim(self: &Arc<Self>, pool: usize) {
        // With a gate and without.
        let size = if self.renews(pool) { 2 * STOCK } else { self.pools[pool].state().size };
        let mut stock = self.stock(pool);
        while stock.windows.len() > size {
            if let Some(window) = stock.windows.pop_front() {
                self.remove(window);
            }
        }
    }

    /// Removes a window in the background.
    fn remove(self: &Arc<Self>, window: Window) {
        self.runtime.spawn(async move { window.dispose(REMOVE).await });
    }

    /// Measures the memory, when that is due, and lets the browser end when it uses too much.
    async fn measure(&self) {
        let Some(bound) = self.house.bound else { return };
        {
            let mut life = self.life();
            if life.is_retired || life.measured.is_some_and(|last| last.elapsed() < MEASURE) {
                return;
            }
            life.measured = Some(Instant::now());
        }
        let Some(leader) = self.process().as_ref().and_then(Process::leader) else { return };
        let used = tokio::task::spawn_blocking(move || memory::of_group(leader)).await;
        if let Ok(used) = used
            && used > bound
        {
            tracing::info!(used, bound, "the browser uses too much memory and is replaced");
            self.life().is_retired = true;
        }
    }

    /// Lets it end when nobody is in it any more; who comes next has another.
    pub(super) fn retire(self: &Arc<Self>) {
        let mut life = self.life();
        life.is_retired = true;
        if life.visits == 0 {
            let chrome = self.clone();
            self.runtime.spawn_blocking(move || chrome.end());
        }
    }

    /// Ends every call and every process now; what is left is removed in the background.
    pub(super) fn kill(&self, reason: &'static str) {
        self.connection.close(reason);
        if let Some(process) = &*self.process() {
            process.kill();
        }
    }

    /// Ends the browser and waits, on this thread, until nothing of it is left.
    pub(super) fn end(&self) {
        // In the lock: who else ends it waits too.
        let mut process = self.process();
        if self.house.profile.is_some()
            && let Some(process) = &*process
        {
            process.finish();
        }
        self.connection.close("the browser was closed");
        drop(process.take());
        drop(process);
        for stock in &self.stocks {
            let windows = std::mem::take(&mut stock.lock().unwrap_or_else(PoisonError::into_inner).windows);
            drop(windows);
        }
    }

    fn pool(&self, pool: usize) -> &Pool {
        self.pools[pool].pool()
    }

    fn stock(&self, pool: usize) -> MutexGuard<'_, Stock> {
        self.stocks[pool].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn life(&self) -> MutexGuard<'_, Life> {
        self.life.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn process(&self) -> MutexGuard<'_, Option<Process>> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Chrome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chrome").field("connection", &self.connection).finish_non_exhaustive()
    }
}
