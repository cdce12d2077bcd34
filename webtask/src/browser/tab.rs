//! A tab of a window: one page with its session. A window goes on in the newest one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use chromiumoxide::cdp::browser_protocol::page::{
    DialogType, EnableParams, EventJavascriptDialogOpening, HandleJavaScriptDialogParams,
};
use chromiumoxide::cdp::browser_protocol::target::TargetId;
use tokio::sync::OnceCell;
use tokio::task::JoinHandle;

use super::connection::{Connection, RawEvent};
use super::far::{self, Far, PageEvents};
use super::frame::Frame;
use super::outfit::{Outfit, Untrusted, Worn};
use super::probe::Root;
use super::requests::Requests;
use super::session::Session;
use super::traffic::Traffic;
use crate::Error;

/// A page that the window's run works in, or did before it went on in the next.
#[derive(Debug)]
pub(super) struct Tab {
    pub(super) session: Session,
    pub(super) target: TargetId,
    /// Taken only at its end.
    listening: Option<JoinHandle<()>>,
    /// The page's document, but for the frames of other origins.
    pub(super) root: Arc<Root>,
    /// Those of them that were entered, by their number.
    pub(super) frames: Mutex<HashMap<String, Arc<Frame>>>,
    /// The sessions that tell of frames in other processes.
    pub(super) far: Arc<Far>,
    /// What counts its requests, once a step has asked for it.
    pub(super) requests: OnceCell<Requests>,
    /// The tab that was opened from this one.
    next: OnceLock<Box<Self>>,
    /// What its pool gives it.
    worn: Option<Worn>,
}

/// How a window's pages are dealt with, and what is known of them.
#[derive(Debug, Default)]
pub(super) struct Manner {
    /// Whether dialogs are accepted.
    pub(super) accepts: AtomicBool,
    /// Whether something was done that no cleaning is sure to remove.
    pub(super) doubtful: AtomicBool,
    /// Whether the mouse was moved.
    pub(super) pointed: AtomicBool,
    /// Whether somebody takes what its pages download.
    pub(super) downloads: AtomicBool,
    /// What its pool gives it.
    pub(super) outfit: Arc<Outfit>,
}

impl Manner {
    pub(super) fn of(outfit: &Arc<Outfit>) -> Arc<Self> {
        Arc::new(Self { outfit: outfit.clone(), ..Self::default() })
    }
}

impl Tab {
    /// Attaches a new page. Its dialogs are answered from now on.
    pub(super) async fn attach(
        connection: &Connection,
        traffic: &Traffic,
        target: TargetId,
        manner: &Arc<Manner>,
    ) -> Result<Self, Error> {
        let tab = Self::attach_again(connection, target, manner).await?;
        traffic.watch(connection, &tab.target).await?;
        Ok(tab)
    }

    /// Attaches a page in a new session.
    pub(super) async fn attach_again(
        connection: &Connection,
        target: TargetId,
        manner: &Arc<Manner>,
    ) -> Result<Self, Error> {
        let session = Session::attach(connection, &target).await?;
        let events = session.events(HEARD);
        let enabled = session.send(EnableParams::default());
        // Awaited: a navigation that overtakes it has lost its events now and then.
        enabled.await?;
        session.keep_awake();
        let far = Arc::new(Far::default());
        let heard = PageEvents::of(events);
        let listening = Some(tokio::spawn(listen(session.clone(), heard, manner.clone(), far.clone())));
        let worn = manner.outfit.dress(connection, &target).await?;
        let root = Arc::new(Root::new(&session, target.inner()));
        let (frames, requests, next) = (Mutex::default(), OnceCell::new(), OnceLock::new());
        Ok(Self { session, target, listening, root, frames, far, requests, next, worn })
    }

    /// Ends the session, and with it all that it has set in the page. It is written now; all that the session has told
    /// is heard when the future is ready.
    pub(super) fn detach(&mut self) -> impl Future<Output = Result<(), Error>> + Send + use<> {
        let (connection, id) = (self.session.connection().clone(), self.session.id().clone());
        let detached = self.session.detach();
        let listening = self.listening.take();
        async move {
            detached.await?;
            connection.forget(&id);
            if let Some(listening) = listening {
                let _ = listening.await;
            }
            Ok(())
        }
    }

    /// The certificate that was refused last; told once.
    pub(super) fn refused(&self) -> Option<Untrusted> {
        self.worn.as_ref()?.refused()
    }

    /// Forgets the tabs that were opened from this one.
    pub(super) fn cut(&mut self) {
        self.next.take();
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
        if let Some(listening) = &self.listening {
            listening.abort();
        }
    }
}

/// What is heard of a page as long as it is there.
const HEARD: &[&str] = &["Page.javascriptDialogOpening", "Page.frameDetached", "Target.attachedToTarget"];

/// Answers every dialog at once, for until that the page stands still, and hears of frames in other processes.
async fn listen(session: Session, mut heard: PageEvents, manner: Arc<Manner>, far: Arc<Far>) {
    while let Some(event) = heard.next().await {
        match event.method {
            "Page.javascriptDialogOpening" => answer(&session, &event, &manner),
            _ => {
                if let Some(frame) = far.take(&session, &event) {
                    heard.add(frame.events(far::EVENTS));
                }
            }
        }
    }
}

fn answer(session: &Session, event: &RawEvent, manner: &Manner) {
    // A navigation was asked for, so a page that would rather stay is left.
    let leaving = event
        .parse::<EventJavascriptDialogOpening>()
        .is_ok_and(|dialog| matches!(dialog.r#type, DialogType::Beforeunload));
    let accept = leaving || manner.accepts.load(Ordering::Relaxed);
    drop(session.send(HandleJavaScriptDialogParams::new(accept)));
}
