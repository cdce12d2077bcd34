//! A window for one run: its owner's alone until it is dropped, then cleaned up in the background.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use chromiumoxide::error::CdpError;
use chromiumoxide::handler::HandlerConfig;
use futures::StreamExt;
use tokio::task::AbortHandle;

use super::chrome::Visit;
use super::pool::Slot;
use super::relay::Relay;
use super::sheet::Sheet;
use super::window::Window;
use crate::{Error, ErrorKind};

/// How long it may take to attach a page.
const LIMIT: Duration = Duration::from_secs(10);

/// How soon to ask again for a page that is being attached.
const RETRY: Duration = Duration::from_millis(5);

/// A window that a run has. Dropping it cleans the window up and then frees its slot, in the background.
pub(crate) struct Lease {
    /// Taken only by the drop.
    held: Option<(Visit, Window, Slot)>,
    /// The page that was asked for last.
    page: tokio::sync::Mutex<Option<Attached>>,
}

impl Lease {
    pub(super) fn new(visit: Visit, window: Window, slot: Slot) -> Self {
        Self { held: Some((visit, window, slot)), page: tokio::sync::Mutex::default() }
    }

    /// An empty page for HTML that the recipe did not write, in a context of its own: it has none of the run's cookies, and
    /// reaches of the network what a caller's URL does.
    pub(crate) async fn sheet_apart(&self) -> Result<Sheet, Error> {
        let (visit, window, _) = self.held.as_ref().expect("only the drop takes it");
        Sheet::apart(window, visit.route_of_callers().await?).await
    }

    /// The window as a page of chromiumoxide, attached when it is first asked for, through a connection of its own.
    pub(crate) async fn page(&self) -> Result<chromiumoxide::Page, Error> {
        let mut attached = self.page.lock().await;
        match &*attached {
            Some(attached) if attached.page.target_id() == self.target() => Ok(attached.page.clone()),
            _ => {
                // What its owner does through it, nobody here knows.
                self.doubt();
                let new = Attached::new(self).await?;
                Ok(attached.insert(new).page.clone())
            }
        }
    }
}

impl Deref for Lease {
    type Target = Window;

    fn deref(&self) -> &Window {
        &self.held.as_ref().expect("only the drop takes it").1
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.page.get_mut().take();
        if let Some((visit, window, slot)) = self.held.take() {
            visit.give_back(window, slot);
        }
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("window", &**self).finish_non_exhaustive()
    }
}

/// chromiumoxide's own connection, ended with the lease.
struct Attached {
    page: chromiumoxide::Page,
    _browser: chromiumoxide::Browser,
    _relay: Option<Relay>,
    handler: AbortHandle,
}

impl Attached {
    async fn new(window: &Window) -> Result<Self, Error> {
        let browser = window.session().connection().url();
        // It attaches every page that it is told of, makes what that opens wait, and ends its dialogs when it goes.
        let relay = match window.context() {
            Some(context) => Some(Relay::open(browser, context.clone()).await?),
            // A profile's browser has no pages of others.
            None => None,
        };
        let url = relay.as_ref().map_or(browser, Relay::url);
        let lost = |error: CdpError| {
            Error::new(ErrorKind::BrowserLost, format!("the page cannot be attached: {error}"))
                .with_source(error)
        };
        // Its defaults would accept any certificate and resize the window.
        let config = HandlerConfig { ignore_https_errors: false, viewport: None, ..Default::default() };
        let (browser, mut handler) =
            chromiumoxide::Browser::connect_with_config(url, config).await.map_err(lost)?;
        let handler = tokio::spawn(async move { while handler.next().await.is_some() {} }).abort_handle();
        let handler = Aborted(Some(handler));
        // It learns of all pages by itself; to fetch them once more would give them sessions that it cannot use.
        let page = tokio::time::timeout(LIMIT, async {
            loop {
                match browser.get_page(window.target().clone()).await {
                    // It knows the page, but is still attaching to it, and tells nobody when it has.
                    Err(CdpError::NotFound) => tokio::time::sleep(RETRY).await,
                    result => return result,
                }
            }
        });
        let page = page.await.unwrap_or(Err(CdpError::Timeout)).map_err(lost)?;
        Ok(Self { page, _browser: browser, _relay: relay, handler: handler.keep() })
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        self.handler.abort();
    }
}

/// A task that ends with this, unless it is kept.
struct Aborted(Option<AbortHandle>);

impl Aborted {
    fn keep(mut self) -> AbortHandle {
        self.0.take().expect("only this takes it")
    }
}

impl Drop for Aborted {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
        }
    }
}
