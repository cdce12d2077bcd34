//! A window: a page in a browser context of its own, seen by nobody else.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::connection::Connection;
use super::device::Device;
use super::outfit::Outfit;
use super::requests::Requests;
use super::session::Session;
use super::tab::Tab;
use super::traffic::Traffic;
use crate::Error;
use crate::policy::Gate;
use crate::task::Dialogs;
use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchMouseEventParams, DispatchMouseEventType, MouseButton,
};
use chromiumoxide::cdp::browser_protocol::target::{
    CreateBrowserContextParams, CreateTargetParams, DisposeBrowserContextParams, TargetId,
};

/// How long each call may take that makes a window or removes it.
pub(super) const LIMIT: Duration = Duration::from_secs(10);

/// A page that one run has for itself.
#[derive(Debug)]
pub(crate) struct Window {
    first: Tab,
    pub(super) context: BrowserContextId,
    pub(super) traffic: Traffic,
    accepts_dialogs: Arc<AtomicBool>,
    /// The device that the page sees.
    pub(super) device: Mutex<Device>,
    /// What its pages go through to the network, when that is not open to them.
    gate: Option<Gate>,
    pub(super) outfit: Arc<Outfit>,
}

impl Window {
    /// Makes a window in a new context.
    pub(super) async fn open(
        connection: &Connection,
        traffic: &Traffic,
        outfit: &Arc<Outfit>,
        gate: Option<Gate>,
    ) -> Result<Self, Error> {
        let mut context = CreateBrowserContextParams { dispose_on_detach: Some(true), ..Default::default() };
        if let Some(gate) = &gate {
            context.proxy_server = Some(gate.server());
            // Without it nothing of this machine would go there.
            context.proxy_bypass_list = Some("<-loopback>".into());
        }
        let context = connection.call(None, context, LIMIT).await?.browser_context_id;
        match Self::open_in(connection, traffic, context.clone(), outfit, gate).await {
            Ok(window) => Ok(window),
            Err(error) => {
                // It is written now; nobody needs the reply.
                drop(connection.send(None, DisposeBrowserContextParams::new(context), LIMIT));
                Err(error)
            }
        }
    }

    async fn open_in(
        connection: &Connection,
        traffic: &Traffic,
        context: BrowserContextId,
        outfit: &Arc<Outfit>,
        gate: Option<Gate>,
    ) -> Result<Self, Error> {
        let settled = outfit.settle(connection, Some(&context));
        let mut target = CreateTargetParams::new("about:blank");
        target.browser_context_id = Some(context.clone());
        let target = connection.call(None, target, LIMIT).await?.target_id;
        settled.await?;

        let accepts_dialogs = Arc::new(AtomicBool::new(false));
        let first = Tab::attach(connection, traffic, target, &accepts_dialogs, outfit).await?;
        let traffic = traffic.clone();
        let (device, outfit) = (Mutex::default(), outfit.clone());
        let window = Self { first, context, traffic, accepts_dialogs, device, gate, outfit };
        window.outfit.try_on(window.session()).await?;
        window.set_device(&Device::default(), window.base()).await?;
        Ok(window)
    }

    /// The tab in which the run is now.
    pub(super) fn tab(&self) -> &Tab {
        self.first.newest()
    }

    pub(crate) fn session(&self) -> &Session {
        &self.tab().session
    }

    /// The context that the page is in, and no other run.
    pub(crate) fn context(&self) -> &BrowserContextId {
        &self.context
    }

    /// What its pages go through, when the network is not open to them.
    pub(crate) fn gate(&self) -> Option<&Gate> {
        self.gate.as_ref()
    }

    /// The device that the page sees while nothing is emulated.
    pub(crate) fn base(&self) -> Device {
        self.outfit.device()
    }

    /// The page's target. It is the main frame's number too.
    pub(crate) fn target(&self) -> &TargetId {
        &self.tab().target
    }

    /// What counts the page's requests, from the first call on.
    pub(crate) async fn requests(&self) -> Result<&Requests, Error> {
        Self::requests_of(self.tab()).await
    }

    pub(super) async fn requests_of(tab: &Tab) -> Result<&Requests, Error> {
        let count = || Requests::of(tab.session.connection(), &tab.target);
        tab.requests.get_or_try_init(count).await
    }

    pub(super) fn accepts_dialogs(&self) -> &Arc<AtomicBool> {
        &self.accepts_dialogs
    }

    /// Clicks there, as a user does.
    pub(crate) async fn click_at(&self, x: f64, y: f64) -> Result<(), Error> {
        let mouse = |kind, pressed| {
            let mut event = DispatchMouseEventParams::new(kind, x, y);
            event.button = Some(MouseButton::Left);
            event.buttons = Some(pressed);
            event.click_count = Some(1);
            event
        };
        let down = self.session().send(mouse(DispatchMouseEventType::MousePressed, 1));
        let up = self.session().send(mouse(DispatchMouseEventType::MouseReleased, 0));
        down.await?;
        up.await?;
        Ok(())
    }

    /// Moves the mouse there.
    pub(crate) async fn move_to(&self, x: f64, y: f64) -> Result<(), Error> {
        self.session().call(DispatchMouseEventParams::new(DispatchMouseEventType::MouseMoved, x, y)).await?;
        Ok(())
    }

    /// How the page's dialogs are answered from now on.
    pub(super) fn set_dialogs(&self, dialogs: Dialogs) {
        self.accepts_dialogs.store(dialogs == Dialogs::Accept, Ordering::Relaxed);
    }

    /// Removes the context with all that is in it: pages, popups, cookies, storage.
    pub(super) async fn dispose(self, limit: Duration) -> Result<(), Error> {
        let connection = self.session().connection().clone();
        connection.call(None, DisposeBrowserContextParams::new(self.context.clone()), limit).await?;
        Ok(())
    }
}
