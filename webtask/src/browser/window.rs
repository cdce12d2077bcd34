//! A window: a page in a browser context of its own, seen by nobody else.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use serde_json::Value;

use super::connection::Connection;
use super::device::Device;
use super::keeper::Keeper;
use super::outfit::Outfit;
use super::requests::Requests;
use super::session::Session;
use super::tab::{Manner, Tab};
use super::tally::Tally;
use super::traffic::{Served, Traffic};
use super::watch::Watched;
use crate::Error;
use crate::policy::Gate;
use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchMouseEventParams, DispatchMouseEventType, MouseButton,
};
use tokio::sync::Notify;
use webtask_program::Dialogs;

use chromiumoxide::cdp::browser_protocol::target::{
    CloseTargetParams, CreateBrowserContextParams, CreateTargetParams, DisposeBrowserContextParams, TargetId,
};

/// How long each call may take that makes a window or removes it.
pub(super) const LIMIT: Duration = Duration::from_secs(10);

/// A page that one run at a time has for itself.
#[derive(Debug)]
pub(crate) struct Window {
    pub(super) first: Tab,
    /// A context of its own; none is the browser's own, which a profile is in.
    context: Option<BrowserContextId>,
    pub(super) traffic: Traffic,
    manner: Arc<Manner>,
    /// The device that the page sees.
    pub(super) device: Mutex<Device>,
    /// What brings its downloads into the pool's directory.
    keeper: Option<Keeper>,
    /// What watches its pages.
    watches: Mutex<Vec<Weak<Watched>>>,
    /// What its pages go through to the network, when that is not open to them.
    gate: Option<Arc<Gate>>,
    /// The setups that have run in it, each with the inputs that it had.
    prepared: Mutex<HashMap<String, Value>>,
    /// Tells that the run goes on in another tab.
    pub(super) moved: Notify,
    /// How many runs have had it.
    pub(super) runs: usize,
    /// What the browser had counted before the run that has it now.
    pub(super) before: Tally,
}

impl Window {
    /// Makes a window in a new context, which reaches the network by that route.
    pub(super) async fn open(
        connection: &Connection,
        traffic: &Traffic,
        outfit: &Arc<Outfit>,
        route: Route,
    ) -> Result<Self, Error> {
        let context = new_context(connection, &route).await?;
        let gate = route.gate();
        match Self::open_in(connection, traffic, Some(context.clone()), outfit, gate.map(Arc::new)).await {
            Ok(window) => Ok(window),
            Err(error) => {
                // It is written now; nobody needs the reply.
                drop(connection.send(None, DisposeBrowserContextParams::new(context), LIMIT));
                Err(error)
            }
        }
    }

    /// Makes a window in a context, or in the browser's own.
    pub(super) async fn open_in(
        connection: &Connection,
        traffic: &Traffic,
        context: Option<BrowserContextId>,
        outfit: &Arc<Outfit>,
        gate: Option<Arc<Gate>>,
    ) -> Result<Self, Error> {
        let manner = Manner::of(outfit);
        let keeper = match outfit.downloads() {
            // Another machine's browser writes into a directory of its own.
            Some(into) if connection.is_local() => {
                Some(Keeper::start(connection, context.as_ref(), into, &outfit.redactor).await?)
            }
            _ => None,
        };
        let kept = keeper.as_ref().map(Keeper::folder);
        let settled = outfit.settle(connection, context.as_ref(), kept);
        let first = open_tab(connection, traffic, context.clone(), &manner).await?;
        settled.await?;
        let (device, watches, prepared) = (Mutex::default(), Mutex::default(), Mutex::default());
        let traffic = traffic.clone();
        let window = Self {
            first,
            context,
            traffic,
            manner,
            device,
            keeper,
            watches,
            gate,
            prepared,
            moved: Notify::new(),
            runs: 0,
            before: Tally::default(),
        };
        outfit.try_on(window.session()).await?;
        window.dress().await?;
        Ok(window)
    }

    /// Puts a new page in the place of the window's, in the same context. Cookies and storage stay.
    pub(super) async fn renew(&mut self) -> Result<(), Error> {
        let connection = self.session().connection().clone();
        let settled = self.outfit().settle(&connection, self.context.as_ref(), self.kept());
        let manner = Manner::of(self.outfit());
        let tab = open_tab(&connection, &self.traffic, self.context.clone(), &manner).await?;
        settled.await?;
        self.first = tab;
        self.manner = manner;
        self.device = Mutex::default();
        self.prepared = Mutex::default();
        self.runs = 0;
        self.close_others(|kind| kind != "page").await?;
        self.dress().await?;
        Ok(())
    }

    /// The tab in which the run is now.
    pub(super) fn tab(&self) -> &Tab {
        self.first.newest()
    }

    pub(crate) fn session(&self) -> &Session {
        &self.tab().session
    }

    /// Waits until the page that the run is in is gone, and says why.
    pub(crate) async fn lost(&self) -> Error {
        loop {
            let moved = self.moved.notified();
            let session = self.session().clone();
            tokio::select! {
                () = session.ended() => {}
                () = moved => {}
            }
            if let Some(error) = self.session().end() {
                return error;
            }
        }
    }

    /// The context that the page is in, and no other run; none is the browser's own.
    pub(crate) fn context(&self) -> Option<&BrowserContextId> {
        self.context.as_ref()
    }

    /// What its pages go through, when the network is not open to them.
    pub(crate) fn gate(&self) -> Option<&Gate> {
        self.gate.as_deref()
    }

    /// Where the browser writes what is brought into the pool's directory.
    pub(super) fn kept(&self) -> Option<&Path> {
        self.keeper.as_ref().map(Keeper::folder)
    }

    /// What its pool gives it.
    pub(super) fn outfit(&self) -> &Arc<Outfit> {
        &self.manner.outfit
    }

    /// Gives a new page, or a new session of one, the device of the pool.
    pub(super) async fn dress(&self) -> Result<(), Error> {
        self.set_device(&Device::default(), self.base()).await
    }

    /// The device that the page sees while nothing is emulated.
    pub(crate) fn base(&self) -> Device {
        let device = self.outfit().device();
        Device { size: device.size.or(self.session().connection().page_size()), ..device }
    }

    /// The page's target. It is the main frame's number too.
    pub(crate) fn target(&self) -> &TargetId {
        &self.tab().target
    }

    /// Says that a run begins in it. What that has had of a recording is its own.
    pub(crate) fn begin(&self, served: &Arc<Served>) {
        self.traffic.begin_run(self.target(), served);
    }

    /// What counts the page's requests, from the first call on.
    pub(crate) async fn requests(&self) -> Result<&Requests, Error> {
        Self::requests_of(self.tab()).await
    }

    pub(super) async fn requests_of(tab: &Tab) -> Result<&Requests, Error> {
        let count = || Requests::of(tab.session.connection(), &tab.target);
        tab.requests.get_or_try_init(count).await
    }

    pub(super) fn watches(&self) -> MutexGuard<'_, Vec<Weak<Watched>>> {
        self.watches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn manner(&self) -> &Arc<Manner> {
        &self.manner
    }

    /// Says that something was done which no cleaning is sure to remove.
    pub(super) fn doubt(&self) {
        self.manner.doubtful.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_doubtful(&self) -> bool {
        self.manner.doubtful.load(Ordering::Relaxed)
    }

    /// Whether that setup has run in this window, with these inputs the last time.
    pub(crate) fn is_prepared(&self, slug: &str, input: &Value) -> bool {
        self.prepared.lock().unwrap_or_else(PoisonError::into_inner).get(slug) == Some(input)
    }

    /// Says that this setup has run in this window.
    pub(crate) fn set_prepared(&self, slug: &str, input: Value) {
        self.prepared.lock().unwrap_or_else(PoisonError::into_inner).insert(slug.to_owned(), input);
    }

    /// Says that no setup has run in it: what they left is removed.
    pub(super) fn forget_prepared(&mut self) {
        self.prepared = Mutex::default();
    }

    /// Moves the mouse there and clicks, as a user does.
    pub(crate) async fn click_at(&self, x: f64, y: f64) -> Result<(), Error> {
        self.manner.pointed.store(true, Ordering::Relaxed);
        // It goes ahead: what the page does when the mouse comes is done before the press, and costs no call of its own.
        let come =
            self.session().send(DispatchMouseEventParams::new(DispatchMouseEventType::MouseMoved, x, y));
        let mouse = |kind, pressed| {
            let mut event = DispatchMouseEventParams::new(kind, x, y);
            event.button = Some(MouseButton::Left);
            event.buttons = Some(pressed);
            event.click_count = Some(1);
            event
        };
        let down = self.session().send(mouse(DispatchMouseEventType::MousePressed, 1));
        let up = self.session().send(mouse(DispatchMouseEventType::MouseReleased, 0));
        come.await?;
        down.await?;
        up.await?;
        Ok(())
    }

    /// Moves the mouse there.
    pub(crate) async fn move_to(&self, x: f64, y: f64) -> Result<(), Error> {
        self.manner.pointed.store(true, Ordering::Relaxed);
        self.session().call(DispatchMouseEventParams::new(DispatchMouseEventType::MouseMoved, x, y)).await?;
        Ok(())
    }

    /// Moves the mouse out of the page, if it was moved at all: Chromium may tell the next page where it is.
    pub(super) async fn unpoint(&self) -> Result<(), Error> {
        if self.manner.pointed.load(Ordering::Relaxed) {
            self.move_to(-1.0, -1.0).await?;
            self.manner.pointed.store(false, Ordering::Relaxed);
        }
        Ok(())
    }

    /// How the page's dialogs are answered from now on.
    pub(super) fn set_dialogs(&self, dialogs: Dialogs) {
        self.manner.accepts.store(dialogs == Dialogs::Accept, Ordering::Relaxed);
    }

    /// Removes the window with all that is in it: pages, popups, and but for a profile's, cookies and storage.
    pub(super) async fn dispose(mut self, limit: Duration) -> Result<(), Error> {
        let connection = self.session().connection().clone();
        match self.context.take() {
            Some(context) => {
                connection.call(None, DisposeBrowserContextParams::new(context), limit).await?;
            }
            None => {
                connection.call(None, CloseTargetParams::new(self.first.target.clone()), limit).await?;
            }
        }
        Ok(())
    }
}

/// How a context reaches the network.
#[derive(Debug)]
pub(super) enum Route {
    Gate(Gate),
    /// Without any proxy, whatever the machine's settings are.
    Direct,
    /// As the browser has it, which is somebody else's.
    Own,
    /// Not at all.
    Nowhere,
}

/// A proxy that is not there.
const NOWHERE: &str = "http://127.0.0.1:1";

impl Route {
    pub(super) fn gate(self) -> Option<Gate> {
        match self {
            Self::Gate(gate) => Some(gate),
            Self::Direct | Self::Own | Self::Nowhere => None,
        }
    }
}

/// Makes a context that ends with the connection.
pub(super) async fn new_context(connection: &Connection, route: &Route) -> Result<BrowserContextId, Error> {
    let mut context = CreateBrowserContextParams { dispose_on_detach: Some(true), ..Default::default() };
    context.proxy_server = match route {
        Route::Gate(gate) => Some(gate.server()),
        Route::Direct => Some("direct://".into()),
        Route::Own => None,
        Route::Nowhere => Some(NOWHERE.into()),
    };
    if matches!(route, Route::Gate(_) | Route::Nowhere) {
        // Without it nothing of this machine would go there.
        context.proxy_bypass_list = Some("<-loopback>".into());
    }
    Ok(connection.call(None, context, LIMIT).await?.browser_context_id)
}

async fn open_tab(
    connection: &Connection,
    traffic: &Traffic,
    context: Option<BrowserContextId>,
    manner: &Arc<Manner>,
) -> Result<Tab, Error> {
    let mut target = CreateTargetParams::new("about:blank");
    target.browser_context_id = context;
    target.new_window = connection.is_whole().then_some(true);
    let target = connection.call(None, target, LIMIT).await?.target_id;
    Tab::attach(connection, traffic, target, manner).await
}
