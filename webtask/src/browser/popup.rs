//! The tab that a page opens: found, attached, waited for, and gone on in.

use std::collections::HashSet;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::page::EventWindowOpen;
use chromiumoxide::cdp::browser_protocol::target::{
    AttachToBrowserTargetParams, CloseTargetParams, DetachFromTargetParams, EventTargetCreated,
    SetDiscoverTargetsParams, TargetId,
};
use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use futures::FutureExt;
use tokio::time::Instant;

use super::connection::{Connection, Events};
use super::device::Device;
use super::probe::is_stale;
use super::session::Session;
use super::tab::Tab;
use super::window::{LIMIT, Window};
use crate::{Error, ErrorKind};

/// Ends when the document is loaded. The empty one that a tab begins with may be none that is waited for.
const LOADED: &str = "new Promise(done => {
    if (document.readyState === 'complete' && (BLANK || location.href !== 'about:blank')) done();
    else addEventListener('load', () => done(), { once: true });
})";

impl Window {
    /// Does something and goes on in the tab that it opens, once that is loaded. Each of both has that long.
    ///
    /// When nothing comes of it the run stays where it is, and the tab is closed.
    pub(crate) async fn follow(
        &self,
        act: impl Future<Output = Result<(), Error>>,
        limit: Duration,
    ) -> Result<(), Error> {
        let (before, connection) = (self.tab(), self.session().connection());
        let mut asked = before.session.events(&["Page.windowOpen"]);
        let mut found = Found::start(connection).await?;
        act.await?;
        let opened = tokio::time::timeout(limit, found.next(before.target.inner())).await;
        let Ok(opened) = opened else {
            return Err(Error::step_failed(format!("no tab was opened within {limit:?}")));
        };
        let target = opened.ok_or_else(|| {
            before.session.end().unwrap_or_else(|| Error::new(ErrorKind::BrowserLost, "the page was closed"))
        })?;
        let close = Close { connection, target: Some(target.clone()) };
        let tab = Tab::attach(connection, &self.traffic, target, self.manner()).await?;
        if before.requests.get().is_some() {
            Self::requests_of(&tab).await?;
        }
        let blank = match tokio::time::timeout(LIMIT, asked.next()).await {
            Ok(Some(event)) => {
                let url = event.parse::<EventWindowOpen>()?.url;
                url.is_empty() || url.starts_with("about:")
            }
            _ => false,
        };
        loaded(&tab.session, blank, limit).await?;
        close.disarm();
        before.open(tab);
        let device = self.device();
        if device != Device::default() {
            self.set_device(&Device::default(), device).await?;
        }
        Ok(())
    }
}

/// Waits until the page is loaded, however often it goes on to another.
async fn loaded(session: &Session, blank: bool, limit: Duration) -> Result<(), Error> {
    let expression = LOADED.replace("BLANK", if blank { "true" } else { "false" });
    let start = Instant::now();
    loop {
        let mut call = EvaluateParams::new(expression.as_str());
        call.await_promise = Some(true);
        match session.call_within(call, limit.saturating_sub(start.elapsed())).await {
            Ok(_) => return Ok(()),
            Err(error) if is_stale(&error) => {}
            Err(error) if start.elapsed() >= limit && error.kind() == ErrorKind::StepFailed => {
                return Err(Error::step_failed(format!(
                    "the tab that it opened was not loaded within {limit:?}"
                )));
            }
            Err(error) => return Err(error),
        }
    }
}

/// What tells of new tabs, in a session of its own with the browser until it is dropped.
struct Found {
    session: Session,
    created: Events,
    known: HashSet<String>,
}

impl Found {
    async fn start(connection: &Connection) -> Result<Self, Error> {
        let id = connection.call(None, AttachToBrowserTargetParams::default(), LIMIT).await?.session_id;
        let session = Session::new(connection, id);
        let created = session.events(&["Target.targetCreated"]);
        let mut found = Self { session, created, known: HashSet::new() };
        found.session.call_within(SetDiscoverTargetsParams::new(true), LIMIT).await?;
        // What is there already is told before that reply.
        while let Some(Some(event)) = found.created.next().now_or_never() {
            found.known.insert(event.parse::<EventTargetCreated>()?.target_info.target_id.inner().clone());
        }
        Ok(found)
    }

    /// The next tab that this page opens; none when the browser is gone.
    async fn next(&mut self, opener: &str) -> Option<TargetId> {
        loop {
            // What cannot be read is none of ours.
            let Ok(event) = self.created.next().await?.parse::<EventTargetCreated>() else { continue };
            let info = event.target_info;
            let ours = info.opener_id.as_ref().is_some_and(|id| id.inner() == opener);
            if ours && info.r#type == "page" && !self.known.contains(info.target_id.inner()) {
                return Some(info.target_id);
            }
        }
    }
}

impl Drop for Found {
    fn drop(&mut self) {
        let detach = DetachFromTargetParams::builder().session_id(self.session.id().clone()).build();
        // Nobody needs the reply.
        drop(self.session.connection().send(None, detach, LIMIT));
    }
}

/// Closes a tab, unless the run goes on in it.
struct Close<'a> {
    connection: &'a Connection,
    target: Option<TargetId>,
}

impl Close<'_> {
    fn disarm(mut self) {
        self.target = None;
    }
}

impl Drop for Close<'_> {
    fn drop(&mut self) {
        if let Some(target) = self.target.take() {
            drop(self.connection.send(None, CloseTargetParams::new(target), LIMIT));
        }
    }
}
