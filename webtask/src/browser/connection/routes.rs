//! Who waits for which reply, and who listens to which session.

use std::borrow::Cow;
use std::collections::HashMap;
use std::time::Instant;

use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::sync::{mpsc, oneshot};

use super::{CLOSED, CRASHED, RawEvent, Refusal, empty};

/// Who waits for what. A session without a name is the browser's own.
#[derive(Default)]
pub(super) struct Routes {
    pub(super) pending: HashMap<u64, Pending>,
    pub(super) listeners: HashMap<String, Vec<Listener>>,
    /// The sessions that somebody watches, with why they ended.
    pub(super) watched: HashMap<String, Option<&'static str>>,
    pub(super) lost: Option<&'static str>,
    /// When the last message came.
    pub(super) heard: Option<Instant>,
}

pub(super) struct Pending {
    pub(super) session: String,
    pub(super) reply: oneshot::Sender<Answer>,
}

pub(super) enum Answer {
    Result(Box<RawValue>),
    Refused(Refusal),
    Lost(&'static str),
}

pub(super) struct Listener {
    pub(super) number: u64,
    pub(super) methods: &'static [&'static str],
    pub(super) sender: mpsc::UnboundedSender<RawEvent>,
}

impl Routes {
    pub(super) fn end_of(&self, session: &str) -> Option<&'static str> {
        self.lost.or_else(|| self.watched.get(session).copied().flatten())
    }

    pub(super) fn event(&mut self, session: &str, method: &str, params: Option<&RawValue>) {
        for listener in self.listeners.get(session).into_iter().flatten() {
            if let Some(method) = listener.methods.iter().find(|known| **known == method) {
                let params = params.map_or_else(empty, ToOwned::to_owned);
                let _ = listener.sender.send(RawEvent { method, params });
            }
        }
        match method {
            "Inspector.targetCrashed" => self.end(session, CRASHED),
            "Target.detachedFromTarget" => {
                #[derive(Deserialize)]
                struct Detached<'a> {
                    #[serde(rename = "sessionId", borrow)]
                    session: Cow<'a, str>,
                }
                if let Some(Ok(detached)) =
                    params.map(|params| serde_json::from_str::<Detached<'_>>(params.get()))
                {
                    self.end(&detached.session, CLOSED);
                }
            }
            _ => {}
        }
    }

    /// Ends a session: every call that waits for it, and its events.
    pub(super) fn end(&mut self, session: &str, reason: &'static str) {
        if let Some(end) = self.watched.get_mut(session) {
            end.get_or_insert(reason);
        }
        self.listeners.remove(session);
        let ids: Vec<u64> = self
            .pending
            .iter()
            .filter(|(_, pending)| pending.session == session)
            .map(|(id, _)| *id)
            .collect();
        for pending in ids.iter().filter_map(|id| self.pending.remove(id)) {
            let _ = pending.reply.send(Answer::Lost(reason));
        }
    }
}
