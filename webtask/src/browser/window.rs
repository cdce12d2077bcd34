//! A window: a page in a browser context of its own, seen by nobody else.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::browser::{
    BrowserContextId, SetDownloadBehaviorBehavior, SetDownloadBehaviorParams,
};
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchMouseEventParams, DispatchMouseEventType, MouseButton,
};
use chromiumoxide::cdp::browser_protocol::page::{
    DialogType, EnableParams, EventJavascriptDialogOpening, HandleJavaScriptDialogParams,
    SetLifecycleEventsEnabledParams,
};
use chromiumoxide::cdp::browser_protocol::target::{
    AttachToTargetParams, CreateBrowserContextParams, CreateTargetParams, DisposeBrowserContextParams,
    TargetId,
};
use tokio::task::AbortHandle;

use super::connection::{Connection, Events};
use super::probe::World;
use super::session::Session;
use super::traffic::Traffic;
use crate::Error;
use crate::task::Dialogs;

/// How long each call may take that makes a window or removes it.
const LIMIT: Duration = Duration::from_secs(10);

/// A page that one run has for itself.
#[derive(Debug)]
pub(crate) struct Window {
    session: Session,
    context: BrowserContextId,
    target: TargetId,
    pub(super) traffic: Traffic,
    accepts_dialogs: Arc<AtomicBool>,
    dialogs: AbortHandle,
    /// Our isolated world in the page's document.
    pub(super) world: Mutex<Option<World>>,
}

impl Window {
    /// Makes a window in a new context.
    pub(super) async fn open(connection: &Connection, traffic: &Traffic) -> Result<Self, Error> {
        let context = CreateBrowserContextParams { dispose_on_detach: Some(true), ..Default::default() };
        let context = connection.call(None, context, LIMIT).await?.browser_context_id;
        match Self::open_in(connection, traffic, context.clone()).await {
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
    ) -> Result<Self, Error> {
        let mut downloads = SetDownloadBehaviorParams::new(SetDownloadBehaviorBehavior::Deny);
        downloads.browser_context_id = Some(context.clone());
        let downloads = connection.send(None, downloads, LIMIT);
        let mut target = CreateTargetParams::new("about:blank");
        target.browser_context_id = Some(context.clone());
        let target = connection.call(None, target, LIMIT).await?.target_id;
        downloads.await?;

        let attach = AttachToTargetParams { target_id: target.clone(), flatten: Some(true) };
        let session = Session::new(connection, connection.call(None, attach, LIMIT).await?.session_id);
        let opening = session.events(&["Page.javascriptDialogOpening"]);
        let enabled = session.send(EnableParams::default());
        let lifecycle = session.send(SetLifecycleEventsEnabledParams::new(true));
        // Awaited: a navigation that overtakes them has lost its events now and then.
        enabled.await?;
        lifecycle.await?;
        traffic.watch(connection, &target).await?;

        let accepts_dialogs = Arc::new(AtomicBool::new(false));
        let dialogs =
            tokio::spawn(answer_dialogs(session.clone(), opening, accepts_dialogs.clone())).abort_handle();
        let traffic = traffic.clone();
        Ok(Self { session, context, target, traffic, accepts_dialogs, dialogs, world: Mutex::default() })
    }

    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// The page's target. It is the main frame's number too.
    pub(crate) fn target(&self) -> &TargetId {
        &self.target
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
        let down = self.session.send(mouse(DispatchMouseEventType::MousePressed, 1));
        let up = self.session.send(mouse(DispatchMouseEventType::MouseReleased, 0));
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
        let connection = self.session.connection().clone();
        connection.call(None, DisposeBrowserContextParams::new(self.context.clone()), limit).await?;
        Ok(())
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.dialogs.abort();
    }
}

/// Answers every dialog at once: until that, the page stands still.
async fn answer_dialogs(session: Session, mut opening: Events, accepts: Arc<AtomicBool>) {
    while let Some(event) = opening.next().await {
        // A navigation was asked for, so a page that would rather stay is left.
        let leaving = event
            .parse::<EventJavascriptDialogOpening>()
            .is_ok_and(|dialog| matches!(dialog.r#type, DialogType::Beforeunload));
        let accept = leaving || accepts.load(Ordering::Relaxed);
        drop(session.send(HandleJavaScriptDialogParams::new(accept)));
    }
}
