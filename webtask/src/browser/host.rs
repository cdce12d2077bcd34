//! A browser for the pools that share it: started when it is needed, again when it was lost, and replaced when it has grown.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::Instant;
use webtask_program::Dialogs;

use super::chrome::{Chrome, Visit};
use super::circuit::Circuit;
use super::connection::Connection;
use super::find::find;
use super::launch::{Manner, Process};
use super::lease::Lease;
use super::pool::{House, Slots, closed};
use super::profile::Kept;
use super::remote;
use super::settings::Settings;
use super::traffic::Traffic;
use crate::folder::unwritable;
use crate::meter::Meter;
use crate::policy::Gate;
use crate::{Error, ErrorKind};

/// How long after its time a try has not been made by who should have.
const LATE: Duration = Duration::from_secs(1);

/// The size of pages, and that of headless shell's own.
const SIZE: (u32, u32) = (1280, 720);
const OWN_SIZE: (u32, u32) = (800, 600);

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
    circuit: Circuit,
    /// What tries again while nobody waits for it.
    retrying: Mutex<Option<JoinHandle<()>>>,
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
            circuit: Circuit::default(),
            retrying: Mutex::default(),
            is_closed: AtomicBool::new(false),
        })
    }

    /// Starts the browser, and makes a first window for each pool.
    pub(super) async fn ready(self: &Arc<Self>) -> Result<(), Error> {
        let chrome = self.chrome().await?;
        let warm = chrome.warm().await;
        self.tell(&chrome, &warm);
        warm
    }

    /// Why nobody can have this browser now, when its launches keep failing.
    pub(super) fn unready(&self) -> Option<Error> {
        self.circuit.open()
    }

    /// Whether it is the browser of a profile, which another program may have.
    pub(super) fn is_private(&self) -> bool {
        self.house.profile.is_some()
    }

    /// The tags of its pools.
    pub(super) fn tags(&self) -> impl Iterator<Item = &str> {
        self.pools.iter().map(|slots| slots.tag())
    }

    /// Waits for a window of one of its pools.
    pub(super) async fn lease(
        self: &Arc<Self>,
        pool: usize,
        dialogs: Dialogs,
        untrusted: bool,
    ) -> Result<Lease, Error> {
        let slot = self.pools[pool].take().await?;
        let visit = self.visit(pool).await?;
        let (visit, window) = match visit.window(untrusted).await {
            Ok(window) => (visit, window),
            // It went away just now, or makes none; or the page did, before anything was done in it.
            Err(error) if error.kind() == ErrorKind::BrowserLost => {
                drop(visit);
                let visit = self.visit(pool).await?;
                let window = visit.window(untrusted).await;
                self.tell(visit.chrome(), &window);
                (visit, window?)
            }
            Err(error) => return Err(error),
        };
        self.circuit.close();
        window.set_dialogs(dialogs);
        if let Some(gate) = window.gate() {
            gate.reset();
        }
        visit.fill();
        Ok(Lease::new(visit, window, slot))
    }

    /// Ends the browser for good, and waits until nothing of it is left.
    pub(super) async fn close(&self) {
        self.give_up();
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

    /// Starts nothing any more.
    pub(super) fn give_up(&self) {
        self.is_closed.store(true, Ordering::SeqCst);
        if let Some(retrying) = self.retrying().take() {
            retrying.abort();
        }
    }

    async fn visit(self: &Arc<Self>, pool: usize) -> Result<Visit, Error> {
        loop {
            let chrome = self.chrome().await?;
            // It may be replaced between the two.
            let Some(visit) = chrome.visit(pool) else { continue };
            match chrome.answers().await {
                Ok(()) => return Ok(visit),
                Err(_) if chrome.has_answered() => {}
                Err(error) => {
                    self.failed(&error);
                    return Err(error);
                }
            }
        }
    }

    /// The browser that runs, or a new one. After failures it is waited for until its next try; after several of them
    /// nobody waits, and it is tried in the background.
    async fn chrome(self: &Arc<Self>) -> Result<Arc<Chrome>, Error> {
        loop {
            if let Some(chrome) = self.running() {
                return Ok(chrome);
            }
            if self.is_closed.load(Ordering::SeqCst) {
                return Err(closed());
            }
            let starting = match self.circuit.open() {
                None => self.starting.lock().await,
                Some(refusal) => {
                    self.retry();
                    // A runtime that runs only now and then tries nothing in the background.
                    let late = self.circuit.next().is_some_and(|next| next.elapsed() > LATE);
                    late.then(|| self.starting.try_lock().ok()).flatten().ok_or(refusal)?
                }
            };
            if self.circuit.due().is_some_and(|next| next > Instant::now()) {
                // Those before in the queue have failed.
                continue;
            }
            if let Some(chrome) = self.launch(starting).await? {
                return Ok(chrome);
            }
        }
    }

    /// Starts a browser in the place of the one before, when it may be tried again; none when somebody else did.
    async fn launch(
        self: &Arc<Self>,
        _starting: tokio::sync::MutexGuard<'_, ()>,
    ) -> Result<Option<Arc<Chrome>>, Error> {
        if self.running().is_some() {
            return Ok(None);
        }
        if let Some(next) = self.circuit.next().filter(|next| *next > Instant::now()) {
            // Those who wait behind see the same.
            tokio::time::sleep_until(next).await;
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
        match &chrome {
            Ok(chrome) => drop(self.current().replace(chrome.clone())),
            Err(error) => self.failed(error),
        }
        chrome.map(Some)
    }

    /// Whether a new browser works: it does when it gave a window, and not when it went away
    /// before, or gives none.
    fn tell<T>(self: &Arc<Self>, chrome: &Chrome, window: &Result<T, Error>) {
        match window {
            Ok(_) => self.circuit.close(),
            Err(error) if chrome.is_over() => self.failed(error),
            Err(_) => {}
        }
    }

    fn failed(self: &Arc<Self>, error: &Error) {
        if !self.is_closed.load(Ordering::SeqCst) {
            self.circuit.fail(error);
            self.retry();
        }
    }

    /// Tries again in the background for as long as nobody waits for it, so that it works again without anybody asking.
    fn retry(self: &Arc<Self>) {
        let mut retrying = self.retrying();
        // The runtime in which it was begun may be gone.
        if self.circuit.open().is_none() || retrying.as_ref().is_some_and(|task| !task.is_finished()) {
            return;
        }
        let host = Arc::downgrade(self);
        *retrying = Some(tokio::spawn(async move {
            while let Some(next) = host.upgrade().and_then(|host| host.circuit.due()) {
                tokio::time::sleep_until(next).await;
                let Some(host) = host.upgrade() else { return };
                let tried = async {
                    let starting = host.starting.lock().await;
                    host.launch(starting).await?;
                    host.ready().await
                };
                // Where it failed it is counted, but for a browser that runs and gives no window.
                if tried.await.is_err() {
                    tokio::time::sleep(LATE).await;
                }
            }
        }));
    }

    async fn start(&self) -> Result<Arc<Chrome>, Error> {
        let Settings { browser, connect, .. } = &*self.settings;
        let gate = self.gate().await?;
        let (process, url) = match connect {
            Some(url) => (None, remote::find(url).await?),
            None => {
                let visible = self.house.visible;
                let program = find(browser.as_deref(), visible)?;
                let mut flags = self.traffic.flags();
                flags.extend(self.house.flags.iter().cloned());
                match &gate {
                    Some(gate) => {
                        flags.push(format!("--proxy-server={}", gate.server()));
                        // Without it nothing of this machine would go there.
                        flags.push("--proxy-bypass-list=<-loopback>".into());
                    }
                    // A profile is in the browser's own context, and the machine's settings are not a pool's.
                    None if self.house.profile.is_some() => {
                        flags.push("--no-proxy-server".into());
                    }
                    None => {}
                }
                let kept = self.kept()?;
                // The same for every pool.
                let redactor = self.pools.first().map(|slots| slots.pool().outfit().redactor.clone());
                let redactor = redactor.unwrap_or_default();
                let (sandbox, default_flags) = (self.settings.sandbox(), self.settings.default_flags);
                let manner = Manner { sandbox, default_flags, visible };
                let process = Process::start(&program, manner, &flags, kept, redactor).await?;
                let url = process.url().to_owned();
                (Some(process), url)
            }
        };
        let connection = Connection::open(&url).await?;
        connection.set_results(self.settings.results());
        if process.is_some() && !self.settings.default_flags {
            connection.network().set_none();
        }
        let size = if self.settings.default_flags { OWN_SIZE } else { SIZE };
        let is_hidden = process.is_some() && !self.house.visible;
        // Those that a pool gives are given by its pages' own sessions, which this would come before.
        let declines = self.pools.iter().all(|slots| slots.pool().outfit().access().logins().is_empty());
        connection.be_like_shell(is_hidden.then_some(size), declines).await?;
        let house = (&self.house, gate);
        Chrome::new(
            connection,
            process,
            house,
            &self.settings,
            &self.traffic,
            &self.meter,
            self.pools.clone(),
        )
        .await
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

    fn retrying(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        self.retrying.lock().unwrap_or_else(PoisonError::into_inner)
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
    let Some(below) = below else {
        return Err(Error::new(
            ErrorKind::Config,
            format!(
                "the profile `{name}` has no directory; name the one that profiles are in by `Builder::profiles` or \
                 `WEBTASK_PROFILES`"
            ),
        ));
    };
    let folder = below.join(name);
    match unwritable(&folder) {
        None => Ok(folder),
        Some(why) => Err(Error::new(
            ErrorKind::Config,
            format!(
                "the profile `{name}` cannot be kept: {why}; name a folder for profiles by `Builder::profiles` or `WEBTASK_PROFILES`"
            ),
        )),
    }
}
