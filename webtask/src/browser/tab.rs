//! A tab of a window: one page with its session. A window goes on in the newest one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use chromiumoxide::cdp::browser_protocol::page::{
    DialogType, EnableParams, EventJavascriptDialogOpening, HandleJavaScriptDialogParams,
    SetLifecycleEventsEnabledParams,
};
use chromiumoxide::cdp::browser_protocol::target::{AttachToTargetParams, TargetId};
use tokio::sync::OnceCell;
use tokio::task::AbortHandle;

use super::connection::{Connection, Events};
use super::frame::Frame;
use super::probe::Root;
use super::requests::Requests;
use super::session::Session;
use super::traffic::Traffic;
use super::window::LIMIT;
use crate::Error;

/// A page that the window's run works in, or did before it went on in the next.
#[derive(Debug)]
pub(super) struct Tab {
    pub(super) session: Session,
    pub(super) target: TargetId,
    dialogs: AbortHandle,
    /// The page's document, but for the frames of other origins.
    pub(super) root: Root,
    /// Those of them that were entered, by their number.
    pub(super) frames: Mutex<HashMap<String, Arc<Frame>>>,
    /// What counts its requests, once a step has asked for it.
    pub(super) requests: OnceCell<Requests>,
    /// The tab that was opened from this one.
    next: OnceLock<Box<Self>>,
}

impl Tab {
    /// Attaches a page. Its dialogs are answered from now on.
    pub(super) async fn attach(
        connection: &Connection,
        traffic: &Traffic,
        target: TargetId,
        accepts_dialogs: &Arc<AtomicBool>,
    ) -> Result<Self, Error> {
        let attach = AttachToTargetParams { target_id: target.clone(), flatten: Some(true) };
        let session = Session::new(connection, connection.call(None, attach, LIMIT).await?.session_id);
        let opening = session.events(&["Page.javascriptDialogOpening"]);
        let enabled = session.send(EnableParams::default());
        let lifecycle = session.send(SetLifecycleEventsEnabledParams::new(true));
        // Awaited: a navigation that overtakes them has lost its events now and then.
        enabled.await?;
        lifecycle.await?;
        traffic.watch(connection, &target).await?;
        let dialogs =
            tokio::spawn(answer_dialogs(session.clone(), opening, accepts_dialogs.clone())).abort_handle();
        let root = Root::new(&session, target.inner());
        let (frames, requests, next) = (Mutex::default(), OnceCell::new(), OnceLock::new());
        Ok(Self { session, target, dialogs, root, frames, requests, next })
    }

    /// The tab that was opened last.
    pub(super) fn newest(&self) -> &Self {
        let mut tab = self;
        while let Some(next) = tab.next.get() {
            tab = next;
        }
        tab
    }

    /// Goes on in another tab.
    pub(super) fn open(&self, tab: Self) {
        let mut tab = Box::new(tab);
        // Who else opened one at the same time was first.
        while let Err(back) = self.newest().next.set(tab) {
            tab = back;
        }
    }
}

impl Drop for Tab {
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
