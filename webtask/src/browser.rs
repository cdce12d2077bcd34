//! The browser: found, started, watched, and shared out as windows. It knows pages and the protocol, no recipe.

mod ahead;
mod chrome;
mod connection;
mod device;
mod find;
mod har;
mod history;
mod launch;
mod lease;
mod navigate;
mod pool;
mod popup;
mod probe;
mod profile;
mod record;
mod replay;
mod requests;
mod session;
mod sheet;
mod tab;
mod traffic;
mod watch;
mod window;

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) use ahead::{Answer, Question};
pub(crate) use connection::RawEvent;
pub(crate) use device::Device;
#[cfg(feature = "server")]
pub(crate) use har::timestamp;
pub(crate) use history::Way;
pub(crate) use lease::Lease;
pub(crate) use navigate::Outcome;
pub use navigate::Until;
pub use pool::{Pool, PoolState};
pub(crate) use probe::is_stale;
pub(crate) use record::Seen;
pub(crate) use session::Session;
pub(crate) use watch::beside;
pub(crate) use window::Window;

use crate::meter::Meter;
use crate::secret::Redactor;
use crate::task::Dialogs;
use crate::webtask::Settings;
use crate::{Error, ErrorKind};
use chrome::Chrome;
use pool::{Slots, closed};
pub(crate) use traffic::{Asked, Traffic};

/// All windows of a [`Webtask`](crate::Webtask): one browser, started when it is needed and again when it was lost, and
/// the pools that share it out. Dropping it ends the browser.
#[derive(Debug)]
pub(crate) struct Browsers {
    settings: Settings,
    traffic: Traffic,
    meter: Arc<Meter>,
    pools: Arc<Vec<Slots>>,
    current: Mutex<Option<Arc<Chrome>>>,
    /// Held while a browser starts, so that only one does.
    starting: tokio::sync::Mutex<()>,
    is_closed: AtomicBool,
}

impl Browsers {
    /// Checks the settings; nothing starts yet. The redactor knows every secret that is set.
    pub(crate) fn new(settings: Settings, redactor: Redactor, meter: Arc<Meter>) -> Result<Self, Error> {
        let mut pools = settings.pools.clone();
        if pools.is_empty() {
            pools.push(Pool::new("default"));
        }
        let mut tags = HashSet::new();
        for pool in &pools {
            pool.check()?;
            if !tags.insert(pool.tag()) {
                return Err(Error::new(ErrorKind::Config, format!("pool `{}` is set twice", pool.tag())));
            }
        }
        let traffic = Traffic::open(&settings, redactor)?;
        Ok(Self {
            settings,
            traffic,
            meter,
            pools: Arc::new(pools.into_iter().map(Slots::new).collect()),
            current: Mutex::default(),
            starting: tokio::sync::Mutex::default(),
            is_closed: AtomicBool::new(false),
        })
    }

    /// Where requests go, those too that no browser asks.
    pub(crate) fn traffic(&self) -> Traffic {
        self.traffic.clone()
    }

    /// Starts the browser, and makes a first window for each pool.
    pub(crate) async fn ready(&self) -> Result<(), Error> {
        self.chrome().await?.warm().await
    }

    /// Ends the browser for good, waits until nothing of it is left, and writes what was recorded.
    pub(crate) async fn close(&self) -> Result<(), Error> {
        self.is_closed.store(true, Ordering::SeqCst);
        for pool in self.pools.iter() {
            pool.close();
        }
        // A browser that starts right now is ended as soon as it has.
        let _starting = self.starting.lock().await;
        let chrome = self.current().take();
        if let Some(chrome) = chrome {
            // A blocking task that cannot run has a runtime that ends; then the drop does it.
            let _ = tokio::task::spawn_blocking(move || chrome.end()).await;
        }
        self.traffic.save().await
    }

    /// How each pool stands.
    pub(crate) fn pools(&self) -> Vec<(String, PoolState)> {
        self.pools.iter().map(|pool| (pool.tag().to_owned(), pool.state())).collect()
    }

    /// Waits for a window of that pool.
    pub(crate) async fn lease(&self, tag: &str, dialogs: Dialogs) -> Result<Lease, Error> {
        let Some(index) = self.pools.iter().position(|pool| pool.tag() == tag) else {
            let known: Vec<_> = self.pools.iter().map(|pool| format!("`{}`", pool.tag())).collect();
            let message = format!("no pool is called `{tag}`; there are: {}", known.join(", "));
            return Err(Error::new(ErrorKind::Config, message));
        };
        let slot = self.pools[index].take().await?;
        let chrome = self.chrome().await?;
        let (chrome, window) = match chrome.window(index).await {
            Ok(window) => (chrome, window),
            // It went away just now.
            Err(_) if chrome.is_lost() => {
                let chrome = self.chrome().await?;
                let window = chrome.window(index).await?;
                (chrome, window)
            }
            Err(error) => return Err(error),
        };
        window.set_dialogs(dialogs);
        chrome.fill();
        Ok(Lease::new(chrome, window, slot))
    }

    /// The browser that runs, or a new one.
    async fn chrome(&self) -> Result<Arc<Chrome>, Error> {
        if let Some(chrome) = self.running() {
            return Ok(chrome);
        }
        let _starting = self.starting.lock().await;
        if let Some(chrome) = self.running() {
            return Ok(chrome);
        }
        if self.is_closed.load(Ordering::SeqCst) {
            return Err(closed());
        }
        let chrome = Chrome::start(&self.settings, &self.traffic, self.pools.clone()).await;
        self.meter.launch(&chrome);
        let chrome = chrome?;
        let lost = self.current().replace(chrome.clone());
        if let Some(lost) = lost {
            // It may have lost only its runtime, and still run.
            tokio::task::spawn_blocking(move || lost.end());
        }
        Ok(chrome)
    }

    fn running(&self) -> Option<Arc<Chrome>> {
        self.current().clone().filter(|chrome| !chrome.is_lost())
    }

    fn current(&self) -> MutexGuard<'_, Option<Arc<Chrome>>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Browsers {
    fn drop(&mut self) {
        if let Some(chrome) = self.current().take() {
            chrome.end();
        }
    }
}
