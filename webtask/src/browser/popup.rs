//! The tab that a page opens: found, attached, waited for, and gone on in.

use std::collections::HashSet;
use std::pin::pin;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::page::EventWindowOpen;
use chromiumoxide::cdp::browser_protocol::target::{
    AttachToBrowserTargetParams, CloseTargetParams, DetachFromTargetParams, FilterEntry, GetTargetInfoParams,
    SessionId, SetAutoAttachParams, SetDiscoverTargetsParams, TargetFilter, TargetId, TargetInfo,
};
use chromiumoxide::cdp::js_protocol::runtime::{EvaluateParams, RunIfWaitingForDebuggerParams};
use serde::Deserialize;
use tokio::time::Instant;

use super::connection::{CLOSED, Connection, Events, Refusal};
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
        // What watches is to see all of the new tab, so that waits for it.
        let mut found = Found::start(connection, self.is_watched()).await?;
        let (opener, mut act) = (before.target.inner(), pin!(act));
        // Both at once: while this looks on, every new tab of the browser waits for it.
        let early = tokio::select! {
            acted = &mut act => { acted?; None }
            opened = found.next(opener) => Some(opened),
        };
        let is_early = early.is_some();
        let opened = match early {
            Some(opened) => opened,
            None => tokio::time::timeout(limit, found.next(opener))
                .await
                .map_err(|_| Error::step_failed(format!("no tab was opened within {limit:?}")))?,
        };
        let (target, paused) = opened.ok_or_else(|| before.session.silence())?;
        let close = Close { connection, target: Some(target.clone()) };
        let arrived = async {
            let watched = self.watch_too(&target).await?;
            if let Some(paused) = paused {
                found.resume(&paused);
                found.pause(false).await?;
            }
            if is_early {
                act.await?;
            }
            for begun in watched {
                begun.await?;
            }
            let tab = Tab::attach(connection, &self.traffic, target.clone(), self.manner()).await?;
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
            Ok(tab)
        };
        let tab = match arrived.await {
            Ok(tab) => tab,
            Err(error) => return Err(told(connection, &target, error).await),
        };
        close.disarm();
        before.open(tab);
        let device = self.device();
        if device != Device::default() {
            self.set_device(&Device::default(), device).await?;
        }
        Ok(())
    }
}

/// An error of a tab that is to be gone on in, which may be that it is gone.
async fn told(connection: &Connection, target: &TargetId, error: Error) -> Error {
    let ask = GetTargetInfoParams { target_id: Some(target.clone()) };
    let is_closed = error.message() == CLOSED
        || connection.call(None, ask, LIMIT).await.is_err_and(|gone| Refusal::of(&gone).is_some());
    match is_closed {
        true => Error::step_failed("the tab that it opened was closed").with_source(error),
        false => error,
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
    /// New tabs as they are made or, when they wait, attached.
    new: Events,
    known: HashSet<String>,
}

/// A new tab, with the session that it waits for.
type New = (TargetId, Option<SessionId>);

/// Either event.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    target_info: TargetInfo,
    #[serde(default)]
    session_id: Option<SessionId>,
}

impl Found {
    /// Begins to look on; a new tab may be made to wait until it is [resumed](Self::resume).
    async fn start(connection: &Connection, pauses: bool) -> Result<Self, Error> {
        let id = connection.call(None, AttachToBrowserTargetParams::default(), LIMIT).await?.session_id;
        let session = Session::new(connection, id);
        let new =
            session.events(if pauses { &["Target.attachedToTarget"] } else { &["Target.targetCreated"] });
        let mut found = Self { session, new, known: HashSet::new() };
        match pauses {
            true => found.pause(true).await?,
            false => {
                found.session.call_within(SetDiscoverTargetsParams::new(true), LIMIT).await?;
            }
        }
        // What is there already is told before that reply.
        while let Some(event) = found.new.now() {
            let told = event.parse::<Told>()?;
            found.pass(&told);
            found.known.insert(told.target_info.target_id.inner().clone());
        }
        Ok(found)
    }

    /// The next tab that this page opens; none when the browser is gone.
    async fn next(&mut self, opener: &str) -> Option<New> {
        loop {
            let event = self.new.next().await?;
            // What cannot be read is none of ours.
            let Ok(told) = event.parse::<Told>() else { continue };
            let info = &told.target_info;
            let ours = info.opener_id.as_ref().is_some_and(|id| id.inner() == opener);
            if !ours || info.r#type != "page" || self.known.contains(info.target_id.inner()) {
                self.pass(&told);
                continue;
            }
            return Some((told.target_info.target_id, told.session_id));
        }
    }

    /// Whether new tabs wait. Those that do so go on when it is no longer so.
    async fn pause(&self, pauses: bool) -> Result<(), Error> {
        let mut attach = SetAutoAttachParams::new(pauses, pauses);
        attach.flatten = Some(true);
        let pages = FilterEntry { r#type: Some("page".into()), exclude: None };
        attach.filter = pauses.then(|| TargetFilter::new(vec![pages]));
        self.session.call_within(attach, LIMIT).await.map(drop)
    }

    /// Lets a tab go on that is none of ours.
    fn pass(&self, told: &Told) {
        if let Some(session) = &told.session_id {
            self.resume(session);
        }
    }

    /// Lets a tab go on.
    fn resume(&self, session: &SessionId) {
        let resume = RunIfWaitingForDebuggerParams::default();
        // Nobody needs the reply.
        drop(self.session.connection().send(Some(session), resume, LIMIT));
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
