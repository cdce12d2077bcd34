//! The frames of a page that the browser draws in other processes: a session with each, for what the page's own session
//! does not tell.

use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use chromiumoxide::cdp::browser_protocol::page::EnableParams;
use chromiumoxide::cdp::browser_protocol::target::{
    FilterEntry, SessionId, SetAutoAttachParams, TargetFilter, TargetInfo,
};
use serde::Deserialize;

use super::connection::{Events, RawEvent};
use super::session::Session;
use super::tab::Tab;

/// The events that tell of such frames.
pub(super) const EVENTS: &[&str] = &["Page.frameDetached", "Target.attachedToTarget"];

/// The sessions with a page's frames of other processes.
#[derive(Debug, Default)]
pub(super) struct Far {
    /// None until there is such a frame.
    sessions: Mutex<Option<Vec<Session>>>,
}

#[derive(Deserialize)]
struct Detached {
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AttachedTo {
    session_id: SessionId,
    target_info: TargetInfo,
}

impl Far {
    fn sessions(&self) -> MutexGuard<'_, Option<Vec<Session>>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes an event of the page, or of such a frame. A session with a new frame is to be heard, too.
    pub(super) fn take(&self, page: &Session, event: &RawEvent) -> Option<Session> {
        match event.method {
            "Page.frameDetached" => {
                let is_swapped = event.parse::<Detached>().is_ok_and(|Detached { reason }| reason == "swap");
                let mut sessions = self.sessions();
                if is_swapped && sessions.is_none() {
                    *sessions = Some(Vec::new());
                    ask(page);
                }
                None
            }
            "Target.attachedToTarget" => {
                let AttachedTo { session_id, target_info } = event.parse().ok()?;
                if target_info.r#type != "iframe" {
                    return None;
                }
                let session = Session::new(page.connection(), session_id);
                // Nobody needs the replies: what is asked later comes after them.
                drop(session.send(EnableParams::default()));
                ask(&session);
                let mut sessions = self.sessions();
                let sessions = sessions.get_or_insert_default();
                sessions.retain(|session| session.end().is_none());
                sessions.push(session.clone());
                Some(session)
            }
            _ => None,
        }
    }

    /// Those that there are.
    pub(super) fn now(&self) -> Vec<Session> {
        self.sessions().clone().unwrap_or_default()
    }
}

/// Begins a session with each frame that is drawn in another process than the one around it.
fn ask(around: &Session) {
    let mut attach = SetAutoAttachParams::new(true, false);
    attach.flatten = Some(true);
    let frames = FilterEntry { r#type: Some("iframe".into()), exclude: None };
    attach.filter = Some(TargetFilter::new(vec![frames]));
    drop(around.send(attach));
}

/// Events of a page and of its frames in other processes.
pub(super) struct PageEvents {
    page: Events,
    far: Vec<Events>,
}

impl PageEvents {
    /// Those with one of these names, from now on.
    pub(super) fn start(tab: &Tab, methods: &'static [&'static str]) -> Self {
        let far = tab.far.now().iter().map(|session| session.events(methods)).collect();
        Self { page: tab.session.events(methods), far }
    }

    /// Those of a page; frames are added as they come.
    pub(super) fn of(page: Events) -> Self {
        Self { page, far: Vec::new() }
    }

    pub(super) fn add(&mut self, frame: Events) {
        self.far.push(frame);
    }

    /// Those of the page alone.
    pub(super) fn page(&mut self) -> &mut Events {
        &mut self.page
    }

    /// The next event, or none after the end of the page.
    pub(super) async fn next(&mut self) -> Option<RawEvent> {
        poll_fn(|cx| {
            let mut over = None;
            for (place, events) in self.far.iter_mut().enumerate() {
                match events.poll_next(cx) {
                    Poll::Ready(Some(event)) => return Poll::Ready(Some(event)),
                    Poll::Ready(None) => over = Some(place),
                    Poll::Pending => {}
                }
            }
            if let Some(place) = over {
                self.far.swap_remove(place);
            }
            self.page.poll_next(cx)
        })
        .await
    }

    /// An event that is there already.
    pub(super) fn now(&mut self) -> Option<RawEvent> {
        self.far.iter_mut().find_map(Events::now).or_else(|| self.page.now())
    }
}
