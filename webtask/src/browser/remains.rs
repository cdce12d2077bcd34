//! What remains in a clean window of the run before: its last document, without scripts, frozen and empty, until the next
//! run's page takes its place. It spares a window that is used again at once the way over `about:blank`, which costs as
//! much as a small page. It decides nothing of what else is removed.

use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::emulation::{
    SetFocusEmulationEnabledParams, SetScriptExecutionDisabledParams,
};
use chromiumoxide::cdp::browser_protocol::page::{
    GetNavigationHistoryParams, GetNavigationHistoryReturns, ResetNavigationHistoryParams,
    SetWebLifecycleStateParams, SetWebLifecycleStateState,
};
use serde_json::Value;
use tokio::sync::MutexGuard;
use url::{Origin, Url};

use super::ahead::Ahead;
use super::clean::unclean;
use super::connection::Refusal;
use super::navigate::{Outcome, Until, Way};
use super::window::{LIMIT, Window};
use crate::Error;

/// Empties the document, with every listener that its page has set on it or on the window, and says where it came from.
/// It is called in our world, while the page's own has no scripts.
const EMPTY: &str = "() => {
    const from = location.href;
    window.name = '';
    document.open();
    return document.documentElement === null && opener === null && window.length === 0 ? from : null;
}";

/// Held by who puts something in its place.
pub(super) type Remaining<'a> = MutexGuard<'a, Option<Remains>>;

/// How long the page may take for it.
const ANSWER: Duration = Duration::from_secs(1);

/// How soon to ask again whether the browser knows of a page that has come.
const AGAIN: Duration = Duration::from_millis(1);

/// A document of which nothing can be found, but that it is there.
#[derive(Debug)]
pub(super) struct Remains {
    origin: Origin,
    /// The number of its entry in the page's history.
    entry: i64,
}

impl Remains {
    /// Whether a page of that URL takes the document's place in the same frame and is woken up there. One of another origin
    /// begins in a frame of its own, which is not frozen, and finds that it is hidden for a moment: so does one of this
    /// origin that redirects to another. A fragment may lead to no new document at all.
    pub(super) fn gives_way_to(&self, url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| url.fragment().is_none() && url.origin() == self.origin)
    }
}

impl Window {
    /// Freezes and empties the page's document, whose scripts have been turned off. None where that is not possible.
    pub(super) async fn freeze(&self) -> Result<Option<Remains>, Error> {
        let session = self.session();
        // A page that counts as seen is not frozen.
        drop(session.send(SetFocusEmulationEnabledParams::new(false)));
        let frozen = session.send(SetWebLifecycleStateParams::new(SetWebLifecycleStateState::Frozen));
        let history = session.send(GetNavigationHistoryParams::default());
        let from = self.tab().root.probe(EMPTY, &Value::Null, ANSWER).await;
        let entry = current(&history.await?);
        // A document of XML cannot be opened.
        let (Ok(from), Ok(_), Some(entry)) = (from, frozen.await, entry) else { return Ok(None) };
        let from: Option<String> = serde_json::from_str(&from).unwrap_or_default();
        let from = from.and_then(|from| Url::parse(&from).ok());
        let web = from.filter(|url| matches!(url.scheme(), "http" | "https"));
        Ok(web.map(|url| Remains { origin: url.origin(), entry }))
    }

    /// Makes the window one that shows `about:blank`, as a new one does, where something remains in it.
    pub(crate) async fn sweep(&self) -> Result<(), Error> {
        match self.remaining().await {
            None => Ok(()),
            remaining => {
                // They may have been turned on for a page that never came.
                self.turn_scripts(false);
                self.leave(remaining).await
            }
        }
    }

    /// Leaves the page for `about:blank`.
    pub(super) async fn leave(&self, remaining: Option<Remaining<'_>>) -> Result<(), Error> {
        let way = Way { url: "about:blank", until: Until::Load, ahead: Ahead::Nothing };
        match self.go(way, LIMIT, remaining).await? {
            (Outcome::Loaded, _) => Ok(()),
            _ => Err(unclean("the page cannot be left")),
        }
    }

    /// What remains, for who takes its place.
    pub(super) async fn remaining(&self) -> Option<Remaining<'_>> {
        Some(self.remains.lock().await).filter(|remains| remains.is_some())
    }

    /// Whether something of the run before is in it, and no page of this one.
    pub(super) fn has_remains(&self) -> bool {
        // In use, it is being replaced.
        self.remains.try_lock().is_ok_and(|remains| remains.is_some())
    }

    /// Turns scripts on for a page that is about to come, or off for what is only to go.
    pub(super) fn turn_scripts(&self, on: bool) {
        // It is written now, and done before what comes next; nobody needs the reply.
        drop(self.session().send(SetScriptExecutionDisabledParams::new(!on)));
    }

    /// Wakes up the page that has taken the place, and forgets which was there before.
    pub(super) async fn wake(&self, mut remaining: Remaining<'_>) -> Result<(), Error> {
        let Some(Remains { entry, .. }) = *remaining else { return Ok(()) };
        self.turn_scripts(true);
        let session = self.session();
        loop {
            drop(session.send(SetFocusEmulationEnabledParams::new(true)));
            let awake = session.send(SetWebLifecycleStateParams::new(SetWebLifecycleStateState::Active));
            let history = session.send(GetNavigationHistoryParams::default());
            match (awake.await, history.await) {
                (Ok(_), Ok(history)) if current(&history) != Some(entry) => {
                    drop(session.send(ResetNavigationHistoryParams::default()));
                    *remaining = None;
                    return Ok(());
                }
                // The page may tell that it has come before the browser knows it, which then refuses.
                (Err(error), _) | (_, Err(error)) if Refusal::of(&error).is_none() => return Err(error),
                _ => {}
            }
            tokio::time::sleep(AGAIN).await;
        }
    }
}

/// The number of the entry that a history is at.
fn current(history: &GetNavigationHistoryReturns) -> Option<i64> {
    Some(history.entries.get(usize::try_from(history.current_index).ok()?)?.id)
}
