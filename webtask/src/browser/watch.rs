//! Further sessions of the window's pages, for what is watched in them: all that they enable ends with them.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Poll, Waker};
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::target::TargetId;
use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use futures::future::{BoxFuture, Either, join_all, select};

use super::connection::{Connection, Events, RawEvent, Refusal};
use super::session::Session;
use super::window::Window;
use crate::Error;

/// How long a page may take to tell what it still has to tell.
const REST: Duration = Duration::from_secs(2);

/// Writes what begins the watch of a page, and gives the replies, for which such a page may have to go on; true for the
/// one that the window is in, false for one that a step opens later.
type Begin = fn(&Session, bool) -> Begun;

/// The replies to what begins a watch.
pub(crate) type Begun = BoxFuture<'static, Result<(), Error>>;

/// Sessions with the window's page, and with every one that the run goes on in; they are detached when this is dropped.
pub(crate) struct Watch {
    watched: Arc<Watched>,
}

#[derive(Debug)]
pub(super) struct Watched {
    methods: &'static [&'static str],
    begin: Begin,
    pages: Mutex<Pages>,
}

#[derive(Debug, Default)]
struct Pages {
    list: Vec<(Session, Events)>,
    /// Who waits for an event, and is to look again when there is another page.
    waker: Option<Waker>,
}

impl Watch {
    /// The next event with its session, or none when every page is gone.
    pub(crate) async fn next(&self) -> Option<(Session, RawEvent)> {
        poll_fn(|cx| {
            let mut pages = self.watched.pages();
            let mut ended = true;
            for (session, events) in &mut pages.list {
                match events.poll_next(cx) {
                    Poll::Ready(Some(event)) => return Poll::Ready(Some((session.clone(), event))),
                    Poll::Ready(None) => {}
                    Poll::Pending => ended = false,
                }
            }
            pages.waker = Some(cx.waker().clone());
            if ended { Poll::Ready(None) } else { Poll::Pending }
        })
        .await
    }

    /// An event that is there already.
    pub(crate) fn now(&self) -> Option<(Session, RawEvent)> {
        let mut pages = self.watched.pages();
        pages.list.iter_mut().find_map(|(session, events)| Some((session.clone(), events.now()?)))
    }

    /// Waits until every event that the pages have caused is there. A page that does not answer has no more to tell.
    pub(crate) async fn settle(&self) {
        let sessions: Vec<_> = self.watched.pages().list.iter().map(|(session, _)| session.clone()).collect();
        let settled = sessions.iter().map(|session| session.call_within(EvaluateParams::new("0"), REST));
        join_all(settled).await;
    }
}

impl Watched {
    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Watches one page more, from the end of this on.
    async fn add(&self, connection: &Connection, page: &TargetId) -> Result<Begun, Error> {
        let session = Session::attach(connection, page).await?;
        let is_first = {
            let mut pages = self.pages();
            let events = session.events(self.methods);
            pages.list.push((session.clone(), events));
            if let Some(waker) = pages.waker.take() {
                waker.wake();
            }
            pages.list.len() == 1
        };
        Ok((self.begin)(&session, is_first))
    }
}

/// Whether the browser says that it has no such page any more, which it may say before it tells that the page went.
fn is_gone(error: &Error) -> bool {
    let gone = ["Session with given id not found", "No target with given id found"];
    Refusal::of(error).is_some_and(|refusal| gone.iter().any(|reason| refusal.message().contains(reason)))
}

impl Drop for Watched {
    fn drop(&mut self) {
        for (session, _) in &self.pages().list {
            drop(session.detach());
        }
    }
}

impl Window {
    /// Watches those events of the page, and of every page that the run goes on in.
    pub(crate) async fn watch(&self, methods: &'static [&'static str], begin: Begin) -> Result<Watch, Error> {
        let watched = Arc::new(Watched { methods, begin, pages: Mutex::default() });
        let begins = async { watched.add(self.session().connection(), self.target()).await?.await };
        begins.await.map_err(|error| if is_gone(&error) { self.session().silence() } else { error })?;
        self.watches().push(Arc::downgrade(&watched));
        Ok(Watch { watched })
    }

    /// Whether anything watches.
    pub(super) fn is_watched(&self) -> bool {
        let mut watches = self.watches();
        watches.retain(|watch| watch.strong_count() > 0);
        !watches.is_empty()
    }

    /// Lets everything that watches see that page too, which may have to go on before the replies come.
    pub(super) async fn watch_too(&self, page: &TargetId) -> Result<Vec<Begun>, Error> {
        let watches: Vec<_> = self.watches().iter().filter_map(Weak::upgrade).collect();
        let mut begun = Vec::new();
        for watch in watches {
            begun.push(watch.add(self.session().connection(), page).await?);
        }
        Ok(begun)
    }
}

/// Runs steps to their end, and beside them what watches.
pub(crate) async fn beside<T>(steps: impl Future<Output = T>, watching: impl Future<Output = ()>) -> T {
    let (steps, watching) = (pin!(steps), pin!(watching));
    match select(steps, watching).await {
        Either::Left((ended, _)) => ended,
        // The page is gone; the steps will see it too.
        Either::Right(((), steps)) => steps.await,
    }
}
