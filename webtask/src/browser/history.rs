//! The history of a window's page: back, forward, and the same page again.

use std::pin::pin;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::page::{
    GetNavigationHistoryParams, NavigateToHistoryEntryParams, ReloadParams, StopLoadingParams,
};
use futures::future::{BoxFuture, try_join};
use serde::Deserialize;
use tokio::time::{Instant, timeout_at};

use super::connection::{Events, RawEvent};
use super::far::PageEvents;
use super::navigate::{
    Navigated, Outcome, Progress, StartedNavigating, Stop, Until, answers, failed, untrusted,
};
use super::outfit::Untrusted;
use super::travels::{Begun, EVENTS, Travels};
use super::window::Window;
use crate::Error;

/// How long a document may still come after the page has stopped loading: it may be the one before that has, and the
/// browser tells it late.
const LATE: Duration = Duration::from_millis(500);

/// Where to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Back,
    Forward,
    Reload,
}

/// An event that names a frame.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WithinDocument {
    pub(super) frame_id: String,
}

impl Window {
    /// Goes there and waits until the page is loaded; none where the history ends.
    ///
    /// The empty page with which a window begins is none of its history.
    ///
    /// Dropping the future, or its deadline, stops the page's loading.
    pub(crate) async fn travel(&self, way: Way, limit: Duration) -> Result<Option<Outcome>, Error> {
        let stop = Stop::new(self.session());
        let result = match tokio::time::timeout(limit, self.travel_now(way)).await {
            Ok(result) => result,
            Err(_) => Err(failed(format!("the page was not loaded within {limit:?}"))),
        };
        if result.is_ok() {
            stop.disarm();
        }
        result
    }

    async fn travel_now(&self, way: Way) -> Result<Option<Outcome>, Error> {
        let connection = self.session().connection();
        let outcome = tokio::select! {
            outcome = self.travel_once(way) => Some(outcome?),
            () = connection.loses_network() => None,
        };
        match outcome {
            None => {}
            // Nobody has said that there is no content.
            Some(Some(Outcome::NoContent)) if connection.lost_network().await => {}
            Some(outcome) => return Ok(outcome),
        }
        // While a reload may still be under way, the browser ignores another.
        self.session().call(StopLoadingParams::default()).await?;
        self.travel_once(way).await
    }

    async fn travel_once(&self, way: Way) -> Result<Option<Outcome>, Error> {
        let session = self.session();
        let mut heard = PageEvents::start(self.tab(), EVENTS);
        // That of the page before.
        drop(self.tab().refused());
        let sent: BoxFuture<'_, Result<(), Error>> = match way {
            Way::Reload => {
                let reply = session.send(ReloadParams::default());
                Box::pin(async move { reply.await.map(drop) })
            }
            Way::Back | Way::Forward => {
                let history = session.call(GetNavigationHistoryParams::default()).await?;
                let step = if way == Way::Back { -1 } else { 1 };
                let index = usize::try_from(history.current_index + step).ok();
                let Some((index, entry)) = index.and_then(|index| Some((index, history.entries.get(index)?)))
                else {
                    return Ok(None);
                };
                if index == 0 && entry.url == "about:blank" {
                    return Ok(None);
                }
                let reply = session.send(NavigateToHistoryEntryParams::new(entry.id));
                Box::pin(async move { reply.await.map(drop) })
            }
        };
        let arrive = async {
            match way {
                Way::Reload => self.arrive(heard.page(), None, Until::Load).await,
                Way::Back | Way::Forward => self.arrive_anywhere(&mut heard).await,
            }
        };
        let (outcome, ()) = try_join(arrive, sent).await?;
        Ok(Some(outcome))
    }

    /// Waits for what comes of it, in the page or in frames of it.
    async fn arrive_anywhere(&self, heard: &mut PageEvents) -> Result<Outcome, Error> {
        let session = self.session();
        let mut travels = Travels::of_history(self.target().inner());
        loop {
            let event = heard.next().await.ok_or_else(|| session.silence())?;
            travels.take(&event)?;
            let mut none = None;
            if let Some(begun) = travels.page() {
                return self.arrive(heard.page(), Some(begun), Until::Load).await;
            }
            if let Turn::Came(outcome) = self.first(&event, &mut none)? {
                return Ok(outcome);
            }
            if travels.is_going() {
                // All that the entry changes has begun by then, unless the page goes on itself.
                let mut answered = pin!(answers(session));
                loop {
                    tokio::select! {
                        biased;
                        event = heard.next() => travels.take(&event.ok_or_else(|| session.silence())?)?,
                        answered = &mut answered => break answered?,
                    }
                    if travels.page().is_some() {
                        break;
                    }
                }
                self.frames_arrive(heard, &mut travels, Until::Load).await?;
                return match travels.page() {
                    Some(begun) => self.arrive(heard.page(), Some(begun), Until::Load).await,
                    None => Ok(Outcome::Loaded),
                };
            }
        }
    }

    /// Waits for what comes of a navigation of the page, be it known already or still to begin.
    pub(super) async fn arrive(
        &self,
        events: &mut Events,
        begun: Option<&Begun>,
        until: Until,
    ) -> Result<Outcome, Error> {
        let (session, main) = (self.session(), self.target().inner());
        // The page has told that the document before has loaded before it asked for another.
        let late = if begun.is_some_and(|begun| begun.was_asked) { Duration::ZERO } else { LATE };
        let loader = begun.and_then(|begun| begun.loader.clone());
        let mut progress = loader.map(|loader| Progress::new(main, loader));
        let mut stopped = None;
        loop {
            let event = match stopped {
                None => events.next().await,
                Some(since) => match timeout_at(since + late, events.next()).await {
                    Ok(event) => event,
                    // Where we judge certificates ourselves, the browser stays on the page in place of showing an error.
                    Err(_) => match self.tab().refused() {
                        Some(Untrusted { url, reason }) => return Err(untrusted(&url, &reason)),
                        None => return Ok(Outcome::NoContent),
                    },
                },
            };
            let event = event.ok_or_else(|| session.silence())?;
            let is_state = begun.is_some() && progress.is_none();
            match self.first(&event, &mut progress)? {
                // The page may forbid it to lead to another state.
                Turn::On if is_state && self.is_end(&event)? => stopped = Some(Instant::now()),
                Turn::On => {}
                Turn::Came(outcome) => return Ok(outcome),
                Turn::Stopped => {
                    answers(session).await?;
                    stopped = Some(Instant::now());
                }
            }
            if let Some(progress) = progress.as_mut().filter(|progress| progress.asked.is_none()) {
                progress.wait(session, events, until).await?;
                return Ok(Outcome::Loaded);
            }
        }
    }

    /// Whether the page says that it has stopped loading.
    fn is_end(&self, event: &RawEvent) -> Result<bool, Error> {
        let is_end = event.method == "Page.frameStoppedLoading";
        Ok(is_end && event.parse::<WithinDocument>()?.frame_id == *self.target().inner())
    }

    /// Takes an event until the document is there that was asked for.
    fn first(&self, event: &RawEvent, progress: &mut Option<Progress>) -> Result<Turn, Error> {
        let main = self.target().inner();
        match event.method {
            "Page.frameStartedNavigating" => {
                let event: StartedNavigating = event.parse()?;
                let stays = event.navigation_type.to_lowercase().contains("samedocument");
                if event.frame_id == *main && !stays {
                    *progress = Some(Progress::new(main, event.loader_id));
                }
            }
            "Page.navigatedWithinDocument" => {
                if event.parse::<WithinDocument>()?.frame_id == *main && progress.is_none() {
                    return Ok(Turn::Came(Outcome::SameDocument));
                }
            }
            "Page.frameNavigated" => {
                let Navigated { frame, r#type } = event.parse()?;
                if frame.id == *main {
                    if let Some(url) = frame.unreachable_url {
                        let reason =
                            self.traffic.miss(main).map_or(String::new(), |reason| format!(": {reason}"));
                        return Err(failed(format!("`{url}` cannot be reached{reason}")));
                    }
                    if r#type == "BackForwardCacheRestore" {
                        return Ok(Turn::Came(Outcome::Loaded));
                    }
                }
                if let Some(progress) = progress {
                    progress.take(event)?;
                }
            }
            "Page.frameStoppedLoading" => {
                let stopped = event.parse::<WithinDocument>()?.frame_id == *main;
                if stopped && progress.as_ref().is_some_and(|progress| progress.asked.is_some()) {
                    return Ok(Turn::Stopped);
                }
            }
            _ => {
                if let Some(progress) = progress {
                    progress.take(event)?;
                }
            }
        }
        Ok(Turn::On)
    }
}

/// What an event means.
enum Turn {
    /// It goes on.
    On,
    Came(Outcome),
    /// The page loads no more, and no document came.
    Stopped,
}
