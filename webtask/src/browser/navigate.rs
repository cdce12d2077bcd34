//! Navigation with an outcome: what `Page.navigate` says, then the lifecycle of the newest document of the main frame.

use std::collections::HashSet;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::log;
use chromiumoxide::cdp::browser_protocol::network::{
    self, EventLoadingFailed, EventLoadingFinished, EventRequestWillBeSent, LoaderId, RequestId, ResourceType,
};
use chromiumoxide::cdp::browser_protocol::page::{
    EventFrameStoppedLoading, NavigateParams, NavigateReturns, SetDocumentContentParams, StopLoadingParams,
};
use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use serde::Deserialize;

use super::ahead::{Ahead, Answer};
use super::connection::{Events, RawEvent, Refusal};
use super::net_error::{is_answered, is_permanent};
use super::outfit::Untrusted;
use super::session::Session;
use super::watch::beside;
use super::window::Window;
use crate::{Error, ErrorKind};

pub use webtask_program::Until;

/// How long no request may be under way before a page counts as idle.
const QUIET: Duration = Duration::from_millis(500);

/// The events that tell how far a document is.
const DOCUMENT: &[&str] = &[
    "Page.frameNavigated",
    "Page.domContentEventFired",
    "Page.loadEventFired",
    "Page.frameStartedNavigating",
    "Page.frameStoppedLoading",
];

/// Those, and the events that tell which requests are under way.
const WITH_REQUESTS: &[&str] = &[
    "Page.frameNavigated",
    "Page.domContentEventFired",
    "Page.loadEventFired",
    "Page.frameStartedNavigating",
    "Page.frameStoppedLoading",
    "Network.requestWillBeSent",
    "Network.loadingFinished",
    "Network.loadingFailed",
];

/// How a navigation ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The new document is there.
    Loaded,
    /// The document stayed the same: only the URL's fragment is new.
    SameDocument,
    /// The server's answer is a download, which is refused. The document stayed the same.
    Download,
    /// The server's answer has no content, as with 204. The document stayed the same.
    NoContent,
}

impl Window {
    /// Navigates to a URL and waits.
    ///
    /// Dropping the future, or its deadline, stops the page's loading.
    ///
    /// A question may be asked in the new document while that still loads. There is no answer when it came to nothing; it
    /// is to be asked again then.
    pub(crate) async fn navigate(
        &self,
        url: &str,
        until: Until,
        limit: Duration,
        ahead: Ahead<'_>,
    ) -> Result<(Outcome, Option<Answer>), Error> {
        let stop = Stop::new(self.session());
        let result = match tokio::time::timeout(limit, self.navigate_now(url, until, ahead)).await {
            Ok(result) => result,
            Err(_) => Err(failed(match until {
                Until::Load => format!("`{url}` was not loaded within {limit:?}"),
                Until::Dom => format!("`{url}` was not parsed within {limit:?}"),
                Until::Idle => format!("`{url}` was not loaded and idle within {limit:?}"),
            })),
        };
        if result.is_ok() {
            stop.disarm();
        }
        result
    }

    async fn navigate_now(
        &self,
        url: &str,
        until: Until,
        ahead: Ahead<'_>,
    ) -> Result<(Outcome, Option<Answer>), Error> {
        let session = self.session();
        let _quiet = match until {
            Until::Idle => Some(Watched::start(session).await?),
            Until::Load | Until::Dom => None,
        };
        let mut events = session.events(match until {
            Until::Idle => WITH_REQUESTS,
            Until::Load | Until::Dom => DOCUMENT,
        });
        let go = async || {
            let reply = session.call_within(NavigateParams::new(url), Duration::MAX).await;
            reply.map_err(|error| refused(url, error))
        };
        // That of the page before.
        drop(self.tab().refused());
        let mut reply = tokio::select! {
            reply = go() => reply?,
            () = session.connection().loses_network() => go().await?,
        };
        if is_aborted(&reply) {
            if let Some(Untrusted { reason, .. }) = self.tab().refused() {
                return Err(untrusted(url, &reason));
            }
            answers(session).await?;
            if session.connection().lost_network().await {
                // Nobody has said that there is no content.
                reply = go().await?;
            }
        }
        let is_bare = reply.error_text.as_deref().is_some_and(is_answered);
        match (&reply.error_text, reply.loader_id.clone()) {
            (_, _) if reply.is_download == Some(true) => Ok((Outcome::Download, None)),
            (Some(_), _) if is_aborted(&reply) => Ok((Outcome::NoContent, None)),
            (Some(text), _) if !is_bare => {
                let miss = self.traffic.miss(self.target().inner());
                let is_permanent = miss.is_some() || is_permanent(text);
                let reason = miss.unwrap_or_else(|| text.clone());
                let error = failed(format!("`{url}` cannot be reached: {reason}"));
                Err(if is_permanent { error.with_retryable(false) } else { error })
            }
            (_, None) => Ok((Outcome::SameDocument, None)),
            (_, Some(loader)) => {
                // That of the document before is gone with it.
                self.tab().root.set_world(None);
                let mut progress = Progress::new(self.target().inner(), loader.clone());
                let mut begun = self.ahead(until, ahead);
                let mut answer = None;
                beside(progress.wait(session, &mut events, until), async {
                    answer = begun.ask().await;
                })
                .await?;
                if is_bare {
                    // What the browser shows in place of the answer is nothing that the server said.
                    session.call(SetDocumentContentParams::new(self.target().inner().clone(), "")).await?;
                    return Ok((Outcome::Loaded, None));
                }
                let answer = answer.or_else(|| begun.late());
                // A page that went on, or stopped loading, may never answer.
                Ok((Outcome::Loaded, answer.filter(|_| progress.came_as(&loader))))
            }
        }
    }
}

/// Whether nothing came of it, though it did not fail: the answer has no content, or there is none.
fn is_aborted(reply: &NavigateReturns) -> bool {
    reply.is_download != Some(true) && reply.error_text.as_deref() == Some("net::ERR_ABORTED")
}

/// Whether the page still answers. What its process's death ends looks as if the page had ended it.
pub(super) async fn answers(session: &Session) -> Result<(), Error> {
    session.call(EvaluateParams::new("0")).await?;
    Ok(())
}

/// Fails when the document broke off after its head, which the browser tells only in its log. What it shows of that is a
/// part of a page, or nothing at all.
async fn broken(session: &Session, loader: &LoaderId) -> Result<(), Error> {
    let mut told = session.events(&["Log.entryAdded"]);
    // What it has kept comes before the reply.
    session.call(log::EnableParams::default()).await?;
    drop(session.send(log::DisableParams::default()));
    while let Some(event) = told.now() {
        let Ok(Told { entry }) = event.parse() else { continue };
        if entry.network_request_id.as_deref() != Some(loader.inner().as_str()) {
            continue;
        }
        if let Some((_, code)) = entry.text.split_once("net::") {
            let what = match code {
                "ERR_CONTENT_DECODING_FAILED" => {
                    "cannot be decoded: its `content-encoding` is not what it says"
                }
                _ => "broke off before its end",
            };
            return Err(failed(format!("the document of `{}` {what} (net::{code})", entry.url)));
        }
    }
    Ok(())
}

/// An entry of the browser's log.
#[derive(Deserialize)]
struct Told {
    entry: Entry,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    text: String,
    #[serde(default)]
    url: String,
    network_request_id: Option<String>,
}

/// Fails for a certificate that the browser does not trust.
pub(super) fn untrusted(url: &str, reason: &str) -> Error {
    failed(format!("`{url}` cannot be reached: {reason}")).with_retryable(false)
}

pub(super) fn failed(message: String) -> Error {
    Error::new(ErrorKind::NavigationFailed, message)
}

/// A refusal of `Page.navigate` is about the URL; any other failure is none of the navigation's.
fn refused(url: &str, error: Error) -> Error {
    match Refusal::of(&error).map(ToString::to_string) {
        Some(reason) => {
            failed(format!("`{url}` cannot be opened: {reason}")).with_retryable(false).with_source(error)
        }
        None => error,
    }
}

/// Stops the page's loading, unless the navigation came to its end.
pub(super) struct Stop<'a> {
    session: Option<&'a Session>,
}

impl<'a> Stop<'a> {
    pub(super) fn new(session: &'a Session) -> Self {
        Self { session: Some(session) }
    }

    pub(super) fn disarm(mut self) {
        self.session = None;
    }
}

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        if let Some(session) = self.session {
            // Written now, before the next navigation can be; nobody needs the reply.
            drop(session.send(StopLoadingParams::default()));
        }
    }
}

/// The network's events, as long as somebody counts requests.
struct Watched<'a> {
    session: &'a Session,
}

impl<'a> Watched<'a> {
    async fn start(session: &'a Session) -> Result<Self, Error> {
        session.call(network::EnableParams::default()).await?;
        Ok(Self { session })
    }
}

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        drop(self.session.send(network::DisableParams::default()));
    }
}

/// How far the newest document of the main frame is.
#[derive(Default)]
pub(super) struct Progress {
    frame: String,
    /// The document that the navigation asked for, until it came.
    pub(super) asked: Option<LoaderId>,
    newest: Option<LoaderId>,
    /// A document that the page itself went on to, before it came.
    next: Option<LoaderId>,
    dom: bool,
    load: bool,
    /// The page loads no more, though it did not say that it has loaded.
    stopped: bool,
    /// It was taken as loaded all the same.
    ended_early: bool,
    requests: HashSet<RequestId>,
}

/// A navigation that begins, in any frame. `chromiumoxide` does not know it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StartedNavigating {
    pub(super) frame_id: String,
    pub(super) loader_id: LoaderId,
    pub(super) navigation_type: String,
    #[serde(default)]
    pub(super) url: String,
}

/// A document that came, in any frame. The protocol's own type would refuse what a newer browser adds to it.
#[derive(Deserialize)]
pub(super) struct Navigated {
    pub(super) frame: Came,
    #[serde(default)]
    pub(super) r#type: String,
}

/// The frame with its document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Came {
    pub(super) id: String,
    pub(super) loader_id: LoaderId,
    #[serde(default)]
    pub(super) unreachable_url: Option<String>,
}

impl Progress {
    pub(super) fn new(frame: &str, asked: LoaderId) -> Self {
        Self { frame: frame.to_owned(), asked: Some(asked), ..Self::default() }
    }

    /// Whether the newest document is that one, and came to its end by itself.
    fn came_as(&self, loader: &LoaderId) -> bool {
        self.newest.as_ref() == Some(loader) && self.next.is_none() && !self.ended_early
    }

    pub(super) async fn wait(
        &mut self,
        session: &Session,
        events: &mut Events,
        until: Until,
    ) -> Result<(), Error> {
        loop {
            if std::mem::take(&mut self.stopped) {
                // Nothing more comes: it broke off, or the page stopped it, or went on to something that is not a document.
                match (self.dom, &self.newest) {
                    (false, Some(loader)) => broken(session, loader).await?,
                    _ => answers(session).await?,
                }
                (self.dom, self.load, self.ended_early) = (true, true, true);
            }
            let event = match (self.is_there(until), until) {
                (false, _) => events.next().await,
                (true, Until::Load | Until::Dom) => return Ok(()),
                (true, Until::Idle) => match tokio::time::timeout(QUIET, events.next()).await {
                    Err(_) => return Ok(()),
                    Ok(event) => event,
                },
            };
            self.take(&event.ok_or_else(|| session.silence())?)?;
        }
    }

    pub(super) fn is_there(&self, until: Until) -> bool {
        match until {
            _ if self.asked.is_some() || self.next.is_some() => false,
            Until::Dom => self.dom,
            Until::Load => self.load,
            Until::Idle => self.load && self.requests.is_empty(),
        }
    }

    pub(super) fn take(&mut self, event: &RawEvent) -> Result<(), Error> {
        match event.method {
            "Page.frameNavigated" => {
                let Navigated { frame, .. } = event.parse()?;
                if frame.id == self.frame {
                    self.come(frame.loader_id);
                }
            }
            // Of the main frame, and of the document that came last.
            "Page.domContentEventFired" => self.dom = true,
            "Page.loadEventFired" => self.load = true,
            "Page.frameStartedNavigating" => {
                let event: StartedNavigating = event.parse()?;
                let goes_on =
                    self.asked.is_none() && !event.navigation_type.to_lowercase().contains("samedocument");
                if goes_on && event.frame_id == self.frame {
                    self.next = Some(event.loader_id);
                }
            }
            "Page.frameStoppedLoading" => {
                let event: EventFrameStoppedLoading = event.parse()?;
                if self.asked.is_none() && event.frame_id.inner() == &self.frame {
                    self.next = None;
                    self.stopped = !self.load;
                }
            }
            "Network.requestWillBeSent" => {
                let event: EventRequestWillBeSent = event.parse()?;
                // These stay open as long as the page likes.
                if !matches!(event.r#type, Some(ResourceType::EventSource | ResourceType::WebSocket)) {
                    self.requests.insert(event.request_id);
                }
            }
            "Network.loadingFinished" => {
                self.requests.remove(&event.parse::<EventLoadingFinished>()?.request_id);
            }
            "Network.loadingFailed" => {
                self.requests.remove(&event.parse::<EventLoadingFailed>()?.request_id);
            }
            _ => {}
        }
        Ok(())
    }

    /// A document is there, be it empty still.
    fn come(&mut self, loader: LoaderId) {
        if self.newest.as_ref() != Some(&loader) {
            self.newest = Some(loader);
            (self.dom, self.load) = (false, false);
        }
        if self.asked == self.newest {
            self.asked = None;
        }
        if self.next == self.newest {
            self.next = None;
        }
    }
}
