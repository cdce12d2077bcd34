//! The tab that a page opens: found, attached, waited for, and gone on in.

mod found;

use std::pin::pin;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::page::EventWindowOpen;
use chromiumoxide::cdp::browser_protocol::target::{CloseTargetParams, GetTargetInfoParams, TargetId};
use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use tokio::time::Instant;
use url::Url;

pub(super) use found::Followed;
use found::Found;

use super::connection::{CLOSED, Connection, Refusal};
use super::device::Device;
use super::probe::is_stale;
use super::session::Session;
use super::tab::Tab;
use super::window::{LIMIT, Window};
use crate::policy::{Gate, Mark};
use crate::{Error, ErrorKind};

/// Ends when the document is loaded, and says whether it is the browser's own, of a page that did not come. A tab that begins empty is filled by its opener: by another document, or by what it
/// writes or puts into this one, which it may leave open for ever.
const LOADED: &str = "new Promise(done => {
    const isEmpty = () => location.href === 'about:blank'
        && ![document.head, document.body].some(part => part?.hasChildNodes());
    const isLoaded = () => document.readyState === 'complete' && !isEmpty();
    const end = () => done(location.protocol === 'chrome-error:');
    if (isLoaded()) return end();
    addEventListener('load', () => isLoaded() && end());
    if (!BLANK) return;
    const [entry] = performance.getEntriesByType('navigation');
    const isFirst = !entry || entry.name === 'about:blank';
    let size = 0, since = Date.now();
    setInterval(() => {
        const now = document.documentElement?.outerHTML.length ?? 0;
        if (now !== size) [size, since] = [now, Date.now()];
        if (isLoaded() || (isFirst && !isEmpty() && Date.now() - since > 1000)) end();
    }, 20);
})";

/// How long an error may look for its reason.
const ANSWER: Duration = Duration::from_secs(1);

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
        let since = self.gate().map(Gate::mark);
        let mut asked = before.session.events(&["Page.windowOpen"]);
        // What watches is to see all of the new tab, so that waits for it.
        let mut found = Found::start(connection, before.target.inner(), self.is_watched()).await?;
        let mut act = pin!(act);
        // Both at once: while this looks on, every new tab of the browser waits for it.
        let early = tokio::select! {
            acted = &mut act => { acted?; None }
            opened = found.next() => Some(opened),
        };
        let is_early = early.is_some();
        let opened = match early {
            Some(opened) => opened,
            None => tokio::select! {
                opened = tokio::time::timeout(limit, found.next()) => opened
                    .map_err(|_| Error::step_failed(format!("no tab was opened within {limit:?}")))?,
                () = before.session.ended() => return Err(before.session.silence()),
            },
        };
        let target = opened.ok_or_else(|| before.session.silence())?;
        let close = Close { connection, target: Some(target.clone()) };
        let arrived = async {
            let watched = self.watch_too(&target).await?;
            drop(found);
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
            let url = match tokio::time::timeout(LIMIT, asked.next()).await {
                Ok(Some(event)) => Some(event.parse::<EventWindowOpen>()?.url),
                _ => None,
            };
            let blank = url.as_ref().is_some_and(|url| url.is_empty() || url.starts_with("about:"));
            match loaded(&tab.session, blank, limit).await? {
                Page::Came => Ok(tab),
                Page::DidNotCome => Err(self.unreached(since, &url.unwrap_or_default())),
            }
        };
        let tab = match arrived.await {
            Ok(tab) => tab,
            Err(error) => return Err(told(connection, &target, error).await),
        };
        close.disarm();
        before.open(tab);
        self.moved.notify_waiters();
        let device = self.device();
        if device != Device::default() {
            self.set_device(&Device::default(), device).await?;
        }
        Ok(())
    }
}

impl Window {
    /// Why the page of a new tab did not come.
    fn unreached(&self, since: Option<Mark>, url: &str) -> Error {
        let why = self.gate().zip(since).zip(Url::parse(url).ok());
        let why = why.and_then(|((gate, since), url)| gate.why(since, &url));
        why.unwrap_or_else(|| {
            let message = format!("`{url}` cannot be reached in the tab that it opened");
            Error::new(ErrorKind::NavigationFailed, message)
        })
    }
}

/// What a new tab shows.
enum Page {
    Came,
    /// The browser's own, in place of one that cannot be reached or may not be.
    DidNotCome,
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
async fn loaded(session: &Session, blank: bool, limit: Duration) -> Result<Page, Error> {
    let expression = LOADED.replace("BLANK", if blank { "true" } else { "false" });
    let start = Instant::now();
    loop {
        let mut call = EvaluateParams::new(expression.as_str());
        call.await_promise = Some(true);
        match session.call_within(call, limit.saturating_sub(start.elapsed())).await {
            Ok(reply) if reply.result.value == Some(true.into()) => return Ok(Page::DidNotCome),
            Ok(_) => return Ok(Page::Came),
            Err(error) if is_stale(&error) => {}
            Err(error) if start.elapsed() >= limit && error.kind() == ErrorKind::StepFailed => {
                let what = if is_empty(session).await { "stayed empty for" } else { "was not loaded within" };
                return Err(Error::step_failed(format!("the tab that it opened {what} {limit:?}")));
            }
            Err(error) => return Err(error),
        }
    }
}

/// Whether a page is still the empty one that a tab begins with.
async fn is_empty(session: &Session) -> bool {
    let ask = EvaluateParams::new("location.href === 'about:blank'");
    let is_empty = session.call_within(ask, ANSWER).await;
    is_empty.is_ok_and(|reply| reply.result.value == Some(true.into()))
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
