//! A browser for the pools that share it: started when it is needed, again when it was lost, and replaced when it has grown.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use super::chrome::{Chrome, Visit};
use super::connection::Connection;
use super::find::find;
use super::launch::Process;
use super::lease::Lease;
use super::pool::{House, Slots, closed};
use super::profile::Kept;
use super::remote;
use super::traffic::Traffic;
use crate::meter::Meter;
use crate::policy::Gate;
use crate::task::Dialogs;
use crate::webtask::Settings;
use crate::{Error, ErrorKind};

/// The browser of some pools. Dropping it ends the browser.
#[derive(Debug)]
pub(super) struct Host {
    settings: Arc<Settings>,
    traffic: Traffic,
    meter: Arc<Meter>,
    house: House,
    pools: Arc<Vec<Arc<Slots>>>,
    current: Mutex<Option<Arc<Chrome>>>,
    /// Those before it, as long as there is something of them.
    former: Mutex<Vec<Weak<Chrome>>>,
    /// Held while a browser starts, so that only one does.
    starting: tokio::sync::Mutex<()>,
    is_closed: AtomicBool,
}

impl Host {
    pub(super) fn new(
        settings: &Arc<Settings>,
        traffic: &Traffic,
        meter: &Arc<Meter>,
        house: House,
        pools: Vec<Arc<Slots>>,
    ) -> Result<Self, Error> {
        if let Some(name) = &house.profile {
            folder(settings, name)?;
        }
        Ok(Self {
            settings: settings.clone(),
            traffic: traffic.clone(),
            meter: meter.clone(),
            house,
            pools: Arc::new(pools),
            current: Mutex::default(),
            former: Mutex::default(),
            starting: tokio::sync::Mutex::default(),
            is_closed: AtomicBool::new(false),
        })
    }

    /// Starts the browser, and makes a first window for each pool.
    pub(super) async fn ready(&self) -> Result<(), Error> {
        self.chrome().await?.warm().await
    }

    /// Waits for a window of one of its pools.
    pub(super) async fn lease(&self, pool: usize, dialogs: Dialogs, supplied: bool) -> Result<Lease, Error> {
        let slot = self.pools[pool].take().await?;
        let visit = self.visit(pool).await?;
        let (visit, window) = match visit.window(supplied).await {
            Ok(window) => (visit, window),
            // It went away just now.
            Err(_) if visit.is_lost() => {
                let visit = self.visit(pool).await?;
                let window = visit.window(supplied).await?;
                (visit, window)
            }
            Err(error) => return Err(error),
        };
        window.set_dialogs(dialogs);
        if let Some(gate) = window.gate() {
            gate.reset();
        }
        visit.fill();
        Ok(Lease::new(visit, window, slot))
    }

    /// Ends the browser for good, and waits until nothing of it is left.
    pub(super) async fn close(&self) {
        self.is_closed.store(true, Ordering::SeqCst);
        for pool in self.pools.iter() {
            pool.close();
        }
        // A browser that starts right now is ended as soon as it has.
        let _starting = self.starting.lock().await;
        for chrome in self.take() {
            // A blocking task that cannot run has a runtime that ends; then the drop does it.
            let _ = tokio::task::spawn_blocking(move || chrome.end()).await;
        }
    }

    async fn visit(&self, pool: usize) -> Result<Visit, Error> {
        loop {
            // It may be replaced between the two.
            if let Some(visit) = self.chrome().await?.visit(pool) {
                return Ok(visit);
            }
        }
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
        let old = self.current().take();
        if let Some(old) = old {
            self.note(&old);
            // It may have lost only its runtime, and still run. Where it has more runs, it ends with them.
            if old.is_lost() || self.house.profile.is_some() {
                let ended = tokio::task::spawn_blocking(move || old.end());
                if self.house.profile.is_some() {
                    // Both cannot have the directory.
                    let _ = ended.await;
                }
            }
        }
        let chrome = self.start().await;
        self.meter.launch(&chrome);
        let chrome = chrome?;
        self.current().replace(chrome.clone());
        Ok(chrome)
    }

    async fn start(&self) -> Result<Arc<Chrome>, Error> {
        let Settings { browser, connect, .. } = &*self.settings;
        let gate = self.gate().await?;
        let (process, url) = match connect {
            Some(url) => (None, remote::find(url).await?),
            None => {
                let program = find(browser.as_deref())?;
                let mut flags = self.traffic.flags();
                flags.extend(self.house.flags.iter().cloned());
                if let Some(gate) = &gate {
                    flags.push(format!("--proxy-server={}", gate.server()));
                    // Without it nothing of this machine would go there.
                    flags.push("--proxy-bypass-list=<-loopback>".into());
                }
                let kept = self.kept()?;
                let Settings { default_flags, .. } = *self.settings;
                let process =
                    Process::start(&program, self.settings.sandbox(), default_flags, &flags, kept).await?;
                let url = process.url().to_owned();
                (Some(process), url)
            }
        };
        let connection = Connection::open(&url).await?;
        let house = (&self.house, gate, &self.settings.names);
        Chrome::new(connection, process, house, &self.traffic, self.pools.clone()).await
    }

    /// What a profile's pages go through: its context is the browser's own, so that is started with it.
    async fn gate(&self) -> Result<Option<Arc<Gate>>, Error> {
        match self.pools.first() {
            Some(slots)
                if self.house.profile.is_some()
                    && slots.pool().is_gated(false)
                    && !self.traffic.is_replayed() =>
            {
                let gate = Gate::open(&self.settings.names, slots.pool().outfit().proxy()).await?;
                Ok(Some(Arc::new(gate)))
            }
            _ => Ok(None),
        }
    }

    /// Keeps a browser in mind that is replaced.
    fn note(&self, old: &Arc<Chrome>) {
        let mut former = self.former();
        former.retain(|chrome| chrome.strong_count() > 0);
        former.push(Arc::downgrade(old));
    }

    fn kept(&self) -> Result<Option<Kept>, Error> {
        let Some(name) = &self.house.profile else { return Ok(None) };
        Kept::open(&folder(&self.settings, name)?).map(Some)
    }

    fn running(&self) -> Option<Arc<Chrome>> {
        self.current().clone().filter(|chrome| !chrome.is_over())
    }

    /// All browsers of which there may be something.
    fn take(&self) -> Vec<Arc<Chrome>> {
        let former = std::mem::take(&mut *self.former());
        let former = former.iter().filter_map(Weak::upgrade);
        self.current().take().into_iter().chain(former).collect()
    }

    fn current(&self) -> MutexGuard<'_, Option<Arc<Chrome>>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn former(&self) -> MutexGuard<'_, Vec<Weak<Chrome>>> {
        self.former.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        for chrome in self.take() {
            chrome.end();
        }
    }
}

/// The directory of a profile.
fn folder(settings: &Settings, name: &str) -> Result<PathBuf, Error> {
    let below = settings.profiles.as_deref().map(Path::to_owned);
    below.map(|below| below.join(name)).ok_or_else(|| {
        Error::new(
            ErrorKind::Config,
            format!(
                "the profile `{name}` has no directory; name the one that profiles are in by `Builder::profiles` or \
                 `WEBTASK_PROFILES`"
            ),
        )
    })
}
