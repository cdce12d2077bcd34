//! What of a recording each run has had: requests of runs that go on beside each other have an order each. It knows no
//! request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use chromiumoxide::cdp::browser_protocol::page;
use chromiumoxide::cdp::browser_protocol::target::{GetTargetInfoParams, TargetId};
use serde::Deserialize;

use super::super::connection::Connection;
use super::super::session::Session;
use super::{LIMIT, Replay};
use crate::Error;

/// The entries of a recording that a run has had.
#[derive(Debug, Default)]
pub(crate) struct Served(Mutex<Vec<bool>>);

impl Served {
    /// The first of these entries that was not served yet, or the last. It is now.
    pub(super) fn next(&self, entries: &[usize]) -> Option<usize> {
        let mut served = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = first(&served, entries)?;
        if served.len() <= entry {
            served.resize(entry + 1, false);
        }
        served[entry] = true;
        Some(entry)
    }

    /// The same, and it may be served yet.
    pub(super) fn peek(&self, entries: &[usize]) -> Option<usize> {
        first(&self.0.lock().unwrap_or_else(PoisonError::into_inner), entries)
    }
}

fn first(served: &[bool], entries: &[usize]) -> Option<usize> {
    let is_new = |entry: &&usize| !served.get(**entry).copied().unwrap_or_default();
    entries.iter().find(is_new).or(entries.last()).copied()
}

/// The page that a frame is in.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) target: TargetId,
    pub(super) context: Option<BrowserContextId>,
}

/// Which run a frame is of.
#[derive(Default)]
pub(super) struct Runs(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// The browser context of each frame.
    contexts: HashMap<String, String>,
    /// The page of each frame.
    pages: HashMap<String, Page>,
    /// What the run in each context has had.
    served: HashMap<String, Arc<Served>>,
    /// What those have had of which nobody knows the run.
    others: Arc<Served>,
}

impl Runs {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the run has had that a frame is of.
    pub(super) fn served(&self, frame: &str) -> Arc<Served> {
        let known = self.known();
        let own = known.contexts.get(frame).and_then(|context| known.served.get(context));
        // A worker, or a frame of another origin's frame: where only one run goes on it is of that one.
        let only = || known.served.values().next().filter(|_| known.served.len() == 1);
        own.or_else(only).unwrap_or(&known.others).clone()
    }

    /// The page that a frame is in, where that is known.
    pub(super) fn page(&self, frame: &str) -> Option<Page> {
        let known = self.known();
        // As above.
        let only = || {
            let mut pages = known.pages.values();
            pages.next().filter(|page| pages.all(|other| other.target == page.target))
        };
        known.pages.get(frame).or_else(only).cloned()
    }

    fn begin(&self, page: &str, served: &Arc<Served>) {
        let mut known = self.known();
        if let Some(context) = known.contexts.get(page).cloned() {
            known.served.insert(context, served.clone());
        }
    }

    fn add(&self, frame: &str, context: &str) {
        self.known().contexts.insert(frame.to_owned(), context.to_owned());
    }

    fn place(&self, frame: &str, page: &Page) {
        self.known().pages.insert(frame.to_owned(), page.clone());
    }

    fn remove(&self, frames: &[String]) {
        let mut known = self.known();
        for frame in frames {
            known.contexts.remove(frame);
            known.pages.remove(frame);
        }
        let Known { contexts, served, .. } = &mut *known;
        served.retain(|context, _| contexts.values().any(|other| other == context));
    }
}

impl Replay {
    /// Says that a run begins in a page.
    pub(crate) fn begin(&self, page: &TargetId, served: &Arc<Served>) {
        self.inner.runs.begin(page.inner(), served);
    }

    /// Notes the frames of a new page until it is closed. To be awaited before the page navigates.
    pub(crate) async fn watch(&self, connection: &Connection, page: &TargetId) -> Result<(), Error> {
        let info = GetTargetInfoParams { target_id: Some(page.clone()) };
        let info = connection.call(None, info, LIMIT).await?.target_info;
        let place = Page { target: page.clone(), context: info.browser_context_id.clone() };
        self.inner.runs.place(page.inner(), &place);
        let context = info.browser_context_id.map_or_else(|| page.inner().clone(), Into::into);
        self.inner.runs.add(page.inner(), &context);
        let session = Session::attach(connection, page).await?;
        let mut events = session.events(&["Page.frameAttached"]);
        session.call(page::EnableParams::default()).await?;
        let (inner, mut frames) = (self.inner.clone(), vec![page.inner().clone()]);
        tokio::spawn(async move {
            // Ends with the page, or with the browser.
            while let Some(event) = events.next().await {
                if let Ok(Attached { frame }) = event.parse() {
                    inner.runs.add(&frame, &context);
                    inner.runs.place(&frame, &place);
                    frames.push(frame);
                }
            }
            inner.runs.remove(&frames);
            drop(session);
        });
        Ok(())
    }
}

#[derive(Deserialize)]
struct Attached {
    #[serde(rename = "frameId")]
    frame: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_is_served_once_and_the_last_again() {
        let served = Served::default();
        let next = |entries: &[usize]| served.next(entries);
        assert_eq!(
            (next(&[1, 4]), next(&[4, 7]), next(&[1, 4]), next(&[])),
            (Some(1), Some(4), Some(4), None)
        );
    }

    #[test]
    fn a_frame_is_of_the_run_in_its_context() {
        let runs = Runs::default();
        runs.add("page a", "a");
        runs.add("frame a", "a");
        runs.add("page b", "b");
        let (first, second) = (Arc::default(), Arc::default());
        runs.begin("page a", &first);
        assert!(Arc::ptr_eq(&runs.served("worker"), &first));
        runs.begin("page b", &second);
        assert!(Arc::ptr_eq(&runs.served("frame a"), &first) && Arc::ptr_eq(&runs.served("page b"), &second));
        assert!(!Arc::ptr_eq(&runs.served("worker"), &first));
        let third = Arc::default();
        runs.begin("page a", &third);
        assert!(Arc::ptr_eq(&runs.served("frame a"), &third));
        runs.remove(&["page b".into()]);
        assert!(Arc::ptr_eq(&runs.served("worker"), &third));
    }
}
