//! What remains in a clean window of the run before: a document that never had a script, emptied, until the next run's page
//! takes its place. It spares the window the way over `about:blank`, which costs half as much as a small page. It decides
//! nothing of what else is removed.

use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::page::{
    AddScriptToEvaluateOnNewDocumentParams, GetNavigationHistoryParams, GetNavigationHistoryReturns,
    ResetNavigationHistoryParams,
};
use serde_json::Value;
use tokio::sync::MutexGuard;
use url::Url;

use super::ahead::Ahead;
use super::clean::unclean;
use super::connection::Refusal;
use super::navigate::{Outcome, Until, Way};
use super::probe::NAME;
use super::session::Session;
use super::window::{LIMIT, Window};
use crate::Error;

/// Notes in our world of each document whether there is anything in it that could run a script.
const NOTE: &str = include_str!("remains/plain.js");

/// Empties the document, if all that it ever was is text.
const EMPTY: &str = include_str!("remains/empty.js");

/// How long the page may take for it.
const ANSWER: Duration = Duration::from_secs(1);

/// How soon to ask again whether the browser knows of a page that has come.
const AGAIN: Duration = Duration::from_millis(1);

/// An empty document of which nothing ever ran.
#[derive(Debug)]
pub(super) struct Remains {
    /// The number of its entry in the page's history.
    entry: i64,
}

/// Held by who puts something in its place.
pub(super) type Remaining<'a> = MutexGuard<'a, Option<Remains>>;

impl Window {
    /// Empties the page's document, when all that it ever was is text. None when it may be more.
    pub(super) async fn empty(&self) -> Result<Option<Remains>, Error> {
        let history = self.session().send(GetNavigationHistoryParams::default());
        let emptied = self.tab().root.probe(EMPTY, &Value::Null, ANSWER).await;
        let entry = current(&history.await?);
        Ok(entry.filter(|_| emptied.is_ok_and(|emptied| emptied == "true")).map(|entry| Remains { entry }))
    }

    /// Makes the window one that shows `about:blank`, as a new one does, where something remains in it.
    pub(crate) async fn sweep(&self) -> Result<(), Error> {
        match self.remaining().await {
            None => Ok(()),
            remaining => self.leave(remaining).await,
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

    /// Whether a page of that URL takes the place of what remains: a fragment may lead to no new document at all.
    pub(super) fn makes_way_for(url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| url.fragment().is_none())
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

    /// Forgets what was there before the page that has come.
    pub(super) async fn forget(&self, mut remaining: Remaining<'_>) -> Result<(), Error> {
        let Some(Remains { entry }) = *remaining else { return Ok(()) };
        loop {
            // The page may tell that it has come before the browser knows it, which may then refuse.
            match self.session().call(GetNavigationHistoryParams::default()).await {
                Ok(history) if current(&history) != Some(entry) => {
                    // It is written now; nobody needs the reply.
                    drop(self.session().send(ResetNavigationHistoryParams::default()));
                    *remaining = None;
                    return Ok(());
                }
                Err(error) if Refusal::of(&error).is_none() => return Err(error),
                _ => tokio::time::sleep(AGAIN).await,
            }
        }
    }
}

/// The number of the entry that a history is at.
fn current(history: &GetNavigationHistoryReturns) -> Option<i64> {
    Some(history.entries.get(usize::try_from(history.current_index).ok()?)?.id)
}

/// Has each new document of the session noted for what it is. It is written now.
pub(super) fn note(session: &Session) -> impl Future<Output = Result<(), Error>> + Send + use<> {
    let mut script = AddScriptToEvaluateOnNewDocumentParams::new(NOTE);
    script.world_name = Some(NAME.into());
    let noted = session.send(script);
    async move { noted.await.map(drop) }
}
