//! Navigations that a step causes: noticed as they are announced, and waited for. It knows no step.
//!
//! The browser replies to an input event once the page has handled it. A navigation that the handler begins is announced
//! by then; one that it leaves to a promise, a timer of 0 ms or the submission of a form begins in a task that is queued
//! already. So a call that ends two tasks later has all of it announced before its reply.

use std::pin::pin;
use std::time::Duration;

use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use futures::future::join_all;
use serde::Deserialize;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::connection::CLOSED;
use super::far::PageEvents;
use super::navigate::{Outcome, Stop, Until, failed};
use super::probe::is_stale;
use super::travels::{Begun, EVENTS, Travels};
use super::window::Window;
use crate::clock::at_most;
use crate::policy::{Gate, Mark};
use crate::{Error, ErrorKind};

/// How long a navigation may take when the step has no time of its own.
const LIMIT: Duration = Duration::from_secs(30);

/// How long a frame is waited for that the step has added to the page: nothing old can be read there.
const ADDED: Duration = Duration::from_secs(3);

/// How long a page may be busy that is left to itself then.
const BUSY: Duration = Duration::from_secs(2);

/// How long a frame of another process may take for a turn.
const FAR: Duration = Duration::from_secs(1);

/// How many turns a navigation may take from being asked for to its beginning.
const TURNS: usize = 3;

/// Ends after every task that is queued now, and after those that these queue; says what the mouse has missed by then.
const TURN: &str = "() => new Promise((done, fail) => {
    const tell = () => {
        try {
            done(globalThis.selectors?.missed?.());
        } catch (error) {
            fail(error);
        }
    };
    setTimeout(() => setTimeout(tell));
})";

/// Ends when the document of a frame is parsed, or loaded with all that it includes.
const PARSED: &str = "all => {
    const isThere = () => document.readyState === 'complete' || (!all && document.readyState === 'interactive');
    return isThere() || new Promise(done => document.addEventListener('readystatechange', () => isThere() && done()));
}";

/// What hears of the navigations that a step causes, from its making on.
pub(crate) struct Caused<'a> {
    window: &'a Window,
    heard: PageEvents,
    /// What the page's proxy knew then.
    since: Option<Mark>,
    ignores_added: bool,
    /// How long the page may be busy before it is left to itself.
    busy: Option<Duration>,
}

/// How the mouse missed what it was aimed at.
#[derive(Debug, Deserialize)]
pub(crate) struct Missed {
    pub(crate) why: Miss,
    /// What was there instead.
    pub(crate) by: Option<String>,
}

/// Why the mouse missed what it was aimed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Miss {
    /// Something else was there when the mouse arrived.
    Instead,
    /// It was disabled by then.
    Disabled,
    /// It goes away whenever the mouse comes, by a style.
    Flees,
    /// It went elsewhere under the press.
    Moved,
    /// It went away under the press.
    Gone,
    /// Something came over it under the press.
    Over,
    /// The page took it away in a task of its own, which the press may have queued.
    Late,
}

impl Caused<'_> {
    /// Takes no note of frames that are new in the page: they may be there for other reasons, where a step waits first.
    pub(crate) fn ignoring_added(self) -> Self {
        Self { ignores_added: true, ..self }
    }

    /// Leaves a page to itself that is busy for seconds, maybe for good, instead of failing: it may be meant so, and what
    /// comes next says so.
    pub(crate) fn leaving_busy(self) -> Self {
        Self { busy: Some(BUSY), ..self }
    }

    /// Waits for the navigations that the step has caused, in the page or in a frame of it, until the new document is
    /// parsed.
    ///
    /// A navigation that leads to no document, as a download, is waited for until that is clear. When there is none, this
    /// costs one call.
    ///
    /// # Errors
    ///
    /// [`NavigationFailed`](ErrorKind::NavigationFailed) when the page's document cannot be reached or breaks off, or
    /// when a document does not come within the limit (30 s).
    pub(crate) async fn settle(self, limit: Option<Duration>) -> Result<(), Error> {
        self.settle_after(Ok(()), limit).await
    }

    /// Waits as [`settle`](Self::settle) does after what the step has sent, if that arrived. The page may be closed before
    /// it has answered, which is what the step was to do.
    ///
    /// # Errors
    ///
    /// As [`settle`](Self::settle), and what was sent has failed with.
    pub(crate) async fn settle_after(
        self,
        sent: Result<(), Error>,
        limit: Option<Duration>,
    ) -> Result<(), Error> {
        self.settle_mouse(sent, limit).await.map(drop)
    }

    /// Waits as [`settle_after`](Self::settle_after) does, and says whether the mouse has missed what it was aimed at in
    /// the page, or in a frame of its origin.
    ///
    /// # Errors
    ///
    /// As [`settle_after`](Self::settle_after).
    pub(crate) async fn settle_mouse(
        self,
        sent: Result<(), Error>,
        limit: Option<Duration>,
    ) -> Result<Option<Missed>, Error> {
        let settled = match sent {
            Ok(()) => self.settle_open(limit).await,
            Err(error) => Err(error),
        };
        match settled {
            Err(error) if error.message() == CLOSED => Ok(None),
            settled => settled,
        }
    }

    async fn settle_open(mut self, limit: Option<Duration>) -> Result<Option<Missed>, Error> {
        let limit = limit.unwrap_or(LIMIT);
        let Self { window, since, ignores_added, busy, .. } = self;
        window.settle(&mut self.heard, since, limit, ignores_added, busy).await
    }
}

impl Window {
    /// Hears of the navigations that a step causes, from now on.
    pub(crate) fn caused(&self) -> Caused<'_> {
        let since = self.gate().map(Gate::mark);
        // That of the page before.
        drop(self.tab().refused());
        Caused {
            window: self,
            heard: PageEvents::start(self.tab(), EVENTS),
            since,
            ignores_added: false,
            busy: None,
        }
    }

    async fn settle(
        &self,
        heard: &mut PageEvents,
        since: Option<Mark>,
        limit: Duration,
        ignores_added: bool,
        busy: Option<Duration>,
    ) -> Result<Option<Missed>, Error> {
        let deadline = Instant::now() + at_most(limit);
        let mut missed = None;
        loop {
            let mut travels = Travels::new(self.target().inner());
            for _ in 0..TURNS {
                let end = busy.map_or(deadline, |busy| deadline.min(Instant::now() + busy));
                match timeout_at(end, self.turn(heard, &mut travels)).await {
                    Ok(turned) => missed = missed.or(turned?),
                    Err(_) if busy.is_some() => return Ok(missed),
                    Err(_) => {
                        return Err(Error::step_failed(format!("the page did not answer within {limit:?}")));
                    }
                }
                if travels.page().is_some() || !travels.is_asked() {
                    break;
                }
            }
            travels.forget_asked();
            if ignores_added {
                travels.forget_added();
            }
            if travels.page().is_none() && travels.is_going() {
                // A page that goes on meanwhile is what is waited for.
                match timeout_at(deadline, self.frames_arrive(heard, &mut travels, Until::Dom)).await {
                    Ok(arrived) => arrived?,
                    Err(_) => {
                        return Err(failed(format!(
                            "a frame went to another document, which was not parsed within {limit:?}"
                        )));
                    }
                }
            }
            let Some(begun) = travels.page() else { return Ok(missed) };
            if self.page_arrives(heard, begun, since, deadline, limit).await? || begun.loader.is_some() {
                return Ok(missed);
            }
            // Another state of the same document, from which the page may go on.
        }
    }

    /// Hears of all that is queued in the page now, and of what the mouse has missed.
    async fn turn(&self, heard: &mut PageEvents, travels: &mut Travels) -> Result<Option<Missed>, Error> {
        let far = self.tab().far.now();
        if !far.is_empty() {
            // Each process has its own tasks. One whose document goes on does not answer before that has come.
            let turns = far.iter().map(|session| {
                let mut turn = EvaluateParams::new(format!("({TURN})()"));
                turn.await_promise = Some(true);
                session.call_within(turn, FAR)
            });
            self.hear_beside(join_all(turns), heard, travels, Travels::is_going).await?;
        }
        let turn = self.probe(TURN, &Value::Null, Duration::MAX);
        let missed = match self.hear_beside(turn, heard, travels, |_| false).await? {
            Some(Ok(missed)) => serde_json::from_str(&missed).unwrap_or_default(),
            // Its document went away more than once.
            Some(Err(error)) if !is_stale(&error) => return Err(error),
            _ => None,
        };
        while travels.page().is_none()
            && let Some(event) = heard.now()
        {
            travels.take(&event)?;
        }
        Ok(missed)
    }

    /// Takes events until a call is answered, the page itself goes on, or that is so.
    async fn hear_beside<T>(
        &self,
        call: impl Future<Output = T>,
        heard: &mut PageEvents,
        travels: &mut Travels,
        is_enough: fn(&Travels) -> bool,
    ) -> Result<Option<T>, Error> {
        let mut call = pin!(call);
        while travels.page().is_none() && !is_enough(travels) {
            tokio::select! {
                biased;
                event = heard.next() => match event {
                    Some(event) => travels.take(&event)?,
                    None => return Err(self.session().silence()),
                },
                answer = &mut call => return Ok(Some(answer)),
            }
        }
        Ok(None)
    }

    /// Waits for the document that the page goes to; false when it stays as it is.
    async fn page_arrives(
        &self,
        heard: &mut PageEvents,
        begun: &Begun,
        since: Option<Mark>,
        deadline: Instant,
        limit: Duration,
    ) -> Result<bool, Error> {
        let stop = Stop::new(self.session());
        let came = match timeout_at(deadline, self.arrive(heard.page(), Some(begun), Until::Dom)).await {
            Ok(came) => came.map(|outcome| outcome == Outcome::Loaded),
            Err(_) => Err(failed(format!(
                "the page went on to `{}`, which was not parsed within {limit:?}",
                begun.url
            ))),
        };
        if came.is_ok() {
            stop.disarm();
        }
        if matches!(came, Ok(true)) {
            // That of the document before is gone with it.
            self.tab().root.set_world(None);
        }
        came.map_err(|error| {
            let why = self.gate().zip(since).zip(Url::parse(&begun.url).ok());
            match why.and_then(|((gate, since), url)| gate.why(since, &url)) {
                Some(why) if error.kind() == ErrorKind::NavigationFailed => why,
                _ => error,
            }
        })
    }

    /// Waits for the documents of frames, until they are parsed or loaded, or until the page itself goes on.
    pub(super) async fn frames_arrive(
        &self,
        heard: &mut PageEvents,
        travels: &mut Travels,
        until: Until,
    ) -> Result<(), Error> {
        let added = Instant::now() + ADDED;
        while travels.page().is_none() && travels.is_going() {
            if let Some(came) = travels.take_came() {
                for (frame, is_added) in came {
                    let parsed = self.frame_parses(&frame, until);
                    match is_added {
                        true => drop(timeout_at(added, parsed).await),
                        false => parsed.await?,
                    }
                }
                while travels.page().is_none()
                    && let Some(event) = heard.now()
                {
                    travels.take(&event)?;
                }
                continue;
            }
            let event = match travels.patience(added) {
                None => heard.next().await,
                Some(until) => match timeout_at(until, heard.next()).await {
                    Ok(event) => event,
                    Err(_) => {
                        travels.give_up();
                        continue;
                    }
                },
            };
            travels.take(&event.ok_or_else(|| self.session().silence())?)?;
        }
        Ok(())
    }

    /// Waits until a frame's document is parsed or loaded. One that goes away has none.
    async fn frame_parses(&self, id: &str, until: Until) -> Result<(), Error> {
        let argument = (until != Until::Dom).into();
        // It may move to another process under this.
        for _ in 0..TURNS {
            let Some(frame) = self.frame_of(id).await? else { return Ok(()) };
            match frame.probe(PARSED, &argument, Duration::MAX).await {
                Ok(_) => return Ok(()),
                Err(error) if frame.is_gone(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
