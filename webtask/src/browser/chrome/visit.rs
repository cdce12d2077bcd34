//! A stay in a browser for one run: a window for it, and what becomes of that afterwards.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::Chrome;
use crate::browser::pool::{Kind, Slot};
use crate::browser::window::{Route, Window};
use crate::{Error, ErrorKind};

/// How long a run is left alone with the browser.
const LATER: Duration = Duration::from_millis(50);

/// A stay in a browser, in which that does not end by itself: for a window of that pool.
pub(in crate::browser) struct Visit {
    pub(super) chrome: Arc<Chrome>,
    pub(super) pool: usize,
}

impl Visit {
    /// A window for a run: one that is there already, or a new one; behind a gate for who opens the URLs of callers.
    pub(in crate::browser) async fn window(&self, untrusted: bool) -> Result<Window, Error> {
        let chrome = &self.chrome;
        let kind = chrome.pool(self.pool).kind();
        let gated = chrome.is_gated(self.pool, untrusted);
        loop {
            let ready = chrome.stock(self.pool).take(gated);
            let Some(mut window) = ready else {
                if let Some(coming) = Coming::of(self, gated) {
                    coming.wait().await;
                    continue;
                }
                if chrome.is_over() {
                    return Err(Error::new(ErrorKind::BrowserLost, "the browser is replaced"));
                }
                let mut window = chrome.open(self.pool, gated).await?;
                window.runs = 1;
                window.before = *chrome.tally();
                return Ok(window);
            };
            if window.session().end().is_none() {
                if *kind == Kind::Clean && window.runs > 0 {
                    window.drop_late_cookies();
                }
                window.runs += 1;
                window.before = *chrome.tally();
                return Ok(window);
            }
            // Its page went away meanwhile.
            if matches!(kind, Kind::Session | Kind::Profile(_)) && window.renew().await.is_ok() {
                window.runs = 1;
                return Ok(window);
            }
            chrome.remove(window);
        }
    }

    /// How HTML that a recipe did not write reaches the network.
    pub(in crate::browser) async fn route_of_callers(&self) -> Result<Route, Error> {
        self.chrome.route_of_callers(self.pool).await
    }

    /// Where it is.
    pub(in crate::browser) fn chrome(&self) -> &Chrome {
        &self.chrome
    }

    /// Makes windows in the background. Where nobody waits for one that is a little later: the run that begins has the
    /// browser for itself until then.
    pub(in crate::browser) fn fill(&self) {
        if self.chrome.pools[self.pool].state().waiting > 0 {
            return self.chrome.fill();
        }
        let chrome = self.chrome.clone();
        self.chrome.runtime.spawn(async move {
            tokio::time::sleep(LATER).await;
            chrome.fill();
        });
    }

    /// Takes a window back from a run, then gives its slot back, in the background.
    pub(in crate::browser) fn give_back(self, window: Window, slot: Slot) {
        self.chrome.runtime.clone().spawn(async move {
            self.chrome.measure().await;
            if let Some(window) = self.chrome.restore(self.pool, window).await {
                self.chrome.stock(self.pool).windows.push_back(window);
                self.chrome.trim(self.pool);
            }
            drop(slot);
            self.chrome.fill();
        });
    }
}

/// A window that is being made, for one who waits for it.
struct Coming<'a> {
    visit: &'a Visit,
    gated: usize,
    made: watch::Receiver<usize>,
}

impl<'a> Coming<'a> {
    /// None when there is one already, or nothing is made that nobody waits for.
    fn of(visit: &'a Visit, gated: bool) -> Option<Self> {
        let gated = usize::from(gated);
        let mut stock = visit.chrome.stock(visit.pool);
        if stock.coming[gated] <= stock.awaited[gated] {
            return None;
        }
        stock.awaited[gated] += 1;
        Some(Self { visit, gated, made: visit.chrome.made.subscribe() })
    }

    /// Waits until some window is there, or failed to be made.
    async fn wait(mut self) {
        let _ = self.made.changed().await;
    }
}

impl Drop for Coming<'_> {
    fn drop(&mut self) {
        self.visit.chrome.stock(self.visit.pool).awaited[self.gated] -= 1;
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        let mut life = self.chrome.life();
        life.visits -= 1;
        if life.is_retired && life.visits == 0 {
            let chrome = self.chrome.clone();
            self.chrome.runtime.spawn_blocking(move || chrome.end());
        }
    }
}
