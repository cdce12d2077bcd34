//! How a new tab is found: a look at the whole browser, in which every new tab may wait until somebody has seen it.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chromiumoxide::cdp::browser_protocol::target::{
    AttachToBrowserTargetParams, FilterEntry, SessionId, SetAutoAttachParams, SetDiscoverTargetsParams,
    TargetFilter, TargetId, TargetInfo,
};
use chromiumoxide::cdp::js_protocol::runtime::RunIfWaitingForDebuggerParams;
use futures::future::join_all;
use serde::Deserialize;
use tokio::runtime::Handle;

use crate::Error;
use crate::browser::connection::{Connection, Events};
use crate::browser::session::Session;
use crate::browser::window::LIMIT;

/// The pages of a browser whose next tab waits for who looks on at it, and is let go by nobody else.
#[derive(Debug, Default)]
pub(in crate::browser) struct Followed(Mutex<Vec<String>>);

impl Followed {
    fn pages(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has(&self, page: Option<&TargetId>) -> bool {
        page.is_some_and(|page| self.pages().iter().any(|followed| followed == page.inner()))
    }

    fn forget(&self, page: &str) {
        let mut pages = self.pages();
        if let Some(place) = pages.iter().position(|followed| followed == page) {
            pages.swap_remove(place);
        }
    }
}

/// What tells of new tabs until it is dropped.
pub(super) struct Found {
    watch: Option<Watch>,
    /// Where it ends.
    runtime: Handle,
}

/// The same, until no tab waits for it any more: a session of its own with the browser.
struct Watch {
    session: Session,
    /// New tabs as they are made or, when they wait, attached.
    new: Events,
    opener: String,
    /// The tabs that were there before.
    known: HashSet<String>,
    /// Whether new tabs wait.
    pauses: bool,
    /// The session of the one that was looked for.
    first: Option<SessionId>,
    /// Those that may have waited for this.
    waited: Vec<TargetId>,
}

/// Either event.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    target_info: TargetInfo,
    #[serde(default)]
    session_id: Option<SessionId>,
    #[serde(default)]
    waiting_for_debugger: bool,
}

impl Found {
    /// Begins to look on; every new tab may be made to wait. The one that the page opens does so until this is dropped.
    pub(super) async fn start(connection: &Connection, opener: &str, pauses: bool) -> Result<Self, Error> {
        let id = connection.call(None, AttachToBrowserTargetParams::default(), LIMIT).await?.session_id;
        let session = Session::new(connection, id);
        let new =
            session.events(if pauses { &["Target.attachedToTarget"] } else { &["Target.targetCreated"] });
        let (known, waited) = (HashSet::new(), Vec::new());
        let watch = Watch { session, new, opener: opener.to_owned(), known, pauses, first: None, waited };
        // It ends as it must from here on, whatever becomes of the run.
        let mut found = Self { watch: Some(watch), runtime: Handle::current() };
        if let Some(watch) = &mut found.watch {
            watch.begin().await?;
        }
        Ok(found)
    }

    /// The next tab that the page opens; none when the browser is gone.
    pub(super) async fn next(&mut self) -> Option<TargetId> {
        self.watch.as_mut()?.next().await
    }
}

impl Drop for Found {
    fn drop(&mut self) {
        if let Some(watch) = self.watch.take() {
            self.runtime.spawn(watch.end());
        }
    }
}

impl Watch {
    async fn begin(&mut self) -> Result<(), Error> {
        if self.pauses {
            // Before the first tab can wait for this.
            self.followed().pages().push(self.opener.clone());
            self.pause().await?;
        } else {
            self.session.call_within(SetDiscoverTargetsParams::new(true), LIMIT).await?;
        }
        // What is there already is told before that reply, and by now maybe more.
        while let Some(event) = self.new.now() {
            let told = event.parse::<Told>()?;
            self.known.insert(told.target_info.target_id.inner().clone());
            match self.is_ours(&told) {
                // Nobody else lets it go on from now on.
                true => self.resume(told),
                false => self.pass(told),
            }
        }
        Ok(())
    }

    async fn next(&mut self) -> Option<TargetId> {
        loop {
            let event = self.new.next().await?;
            // What cannot be read is none of ours.
            let Ok(told) = event.parse::<Told>() else { continue };
            let info = &told.target_info;
            if !self.is_ours(&told) {
                self.pass(told);
            } else if info.r#type == "page" && !self.known.contains(info.target_id.inner()) {
                let target = info.target_id.clone();
                self.first = told.session_id;
                self.waited.push(target.clone());
                return Some(target);
            }
        }
    }

    fn is_ours(&self, told: &Told) -> bool {
        told.target_info.opener_id.as_ref().is_some_and(|id| *id.inner() == self.opener)
    }

    /// Lets a tab go on that nobody else looks on at.
    fn pass(&mut self, told: Told) {
        if self.is_nobodys(&told) {
            self.resume(told);
        }
    }

    /// Whether it waits, and for nobody who looks for it.
    fn is_nobodys(&self, told: &Told) -> bool {
        told.waiting_for_debugger && !self.followed().has(told.target_info.opener_id.as_ref())
    }

    /// Lets a tab go on.
    fn resume(&mut self, told: Told) {
        if let Some(session) = &told.session_id {
            self.send(session);
            self.waited.push(told.target_info.target_id);
        }
    }

    fn send(&self, session: &SessionId) {
        // Nobody needs the reply.
        let resume = RunIfWaitingForDebuggerParams::default();
        drop(self.session.connection().send(Some(session), resume, LIMIT));
    }

    /// Makes every new tab wait, and tells of all that are there.
    async fn pause(&self) -> Result<(), Error> {
        let mut attach = SetAutoAttachParams::new(true, true);
        attach.flatten = Some(true);
        let pages = FilterEntry { r#type: Some("page".into()), exclude: None };
        attach.filter = Some(TargetFilter::new(vec![pages]));
        self.session.call_within(attach, LIMIT).await.map(drop)
    }

    fn followed(&self) -> &Followed {
        self.session.connection().followed()
    }

    /// Ends it when no tab waits any more.
    async fn end(mut self) {
        let connection = self.session.connection().clone();
        if self.pauses {
            self.followed().forget(&self.opener);
            if let Some(first) = &self.first {
                self.send(first);
            }
            let mut attach = SetAutoAttachParams::new(false, false);
            attach.flatten = Some(true);
            // An error is the end of the browser.
            let _ = self.session.call_within(attach, LIMIT).await;
            // Those that still came to wait were told before that reply.
            while let Some(event) = self.new.now() {
                if let Ok(told) = event.parse::<Told>()
                    && self.is_nobodys(&told)
                {
                    self.waited.push(told.target_info.target_id);
                }
            }
            // What they waited for is gone, and a tab that was not let go before that waits for ever, and its opener's
            // process with it.
            join_all(self.waited.iter().map(|tab| free(&connection, tab))).await;
        }
        drop(self.session.detach());
    }
}

/// Lets a tab go on in a session of its own.
async fn free(connection: &Connection, tab: &TargetId) {
    // One that is closed by now needs it no more.
    if let Ok(session) = Session::attach(connection, tab).await {
        let _ = session.call_within(RunIfWaitingForDebuggerParams::default(), LIMIT).await;
        drop(session.detach());
    }
}
