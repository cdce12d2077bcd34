//! A run of a task: one handle that is a stream of events and a future of the result.
//!
//! The task's body and its events are polled together, in the caller's own
//! task: nothing is spawned, so dropping the handle ends the work at once.

mod json;
mod redacted;

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::Stream;
use futures::future::BoxFuture;
use serde::Serialize;
use serde_json::Value;
use tokio::time::Instant;

pub use self::redacted::redacted;

use crate::browser::beside;
use crate::clock::at_most;
use crate::cx::{Cx, Thrown};
use crate::event::{Event, Json};
use crate::report::{Failed, report};
use crate::scope::Scope;
use crate::task::Task;
use crate::{Error, ErrorKind, Webtask};

/// What a task's body is: its steps as a future.
pub type Body<'a, T> = Pin<Box<dyn Future<Output = Result<T, Thrown>> + Send + 'a>>;

/// A run of a task, from the call to its result.
///
/// It is a [`Stream`] of [`Event`]s, and it can be awaited for the result alone. It does nothing until it is polled,
/// and advances only while it is; dropping it cancels the run at once and gives its window back.
///
/// ```no_run
/// use webtask::{Event, Webtask, webtask};
///
/// webtask! {
///     pub task "title" {
///         goto "https://example.com";
///         extract page from "html" { title text "title"; }
///     }
/// }
///
/// # fn main() {}
/// # async fn run() -> Result<(), webtask::Error> {
/// let webtask = Webtask::builder().build()?;
/// let page = title(&webtask, title::Input {}).await?.page;
///
/// let mut run = title(&webtask, title::Input {});
/// while let Some(event) = run.next().await {
///     if let Event::Status { text, .. } = event {
///         println!("{text}");
///     }
/// }
/// # Ok(()) }
/// ```
#[must_use = "a run does nothing until it is polled"]
pub struct Run<T> {
    outbox: Arc<Outbox>,
    work: Option<BoxFuture<'static, Result<T, Error>>>,
    /// The result, when the work is over and an event still stands before it.
    result: Option<Result<T, Error>>,
}

/// The events that a run has told and its reader not yet taken.
///
/// A step that tells something goes on only when it was taken: the queue holds one event for each step that waits so.
#[derive(Default)]
pub(crate) struct Outbox {
    inner: Mutex<Queue>,
    scope: Scope,
    /// How many bytes the result may have as JSON.
    results: Option<u64>,
}

#[derive(Default)]
struct Queue {
    events: VecDeque<Event<()>>,
    /// How many events were ever taken.
    taken: u64,
    /// How many were ever put in.
    told: u64,
    started: bool,
    wakers: Vec<Waker>,
    /// When the run's time is over, once it has begun.
    deadline: Option<Deadline>,
}

/// When a run's time is over, and how long that is.
#[derive(Clone, Copy)]
struct Deadline {
    at: Instant,
    limit: Duration,
}

impl Outbox {
    /// Of a run of that task.
    fn of(task: &Task, results: u64) -> Self {
        Self { scope: Scope::new(task.name()), results: Some(results), ..Self::default() }
    }

    /// The run's spans.
    pub(crate) fn scope(&self) -> &Scope {
        &self.scope
    }

    fn queue(&self) -> std::sync::MutexGuard<'_, Queue> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts an event in and waits until the reader has taken it.
    pub(crate) async fn tell(&self, event: Event<()>) {
        let number = {
            let mut queue = self.queue();
            queue.events.push_back(event);
            queue.told += 1;
            queue.told
        };
        poll_fn(|cx| {
            let mut queue = self.queue();
            if queue.taken >= number {
                return Poll::Ready(());
            }
            queue.wakers.push(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }

    /// Says that the run has all that it needs: what fails from now on has begun.
    pub(crate) fn start(&self) {
        self.queue().started = true;
    }

    pub(crate) fn set_deadline(&self, since: Instant, limit: Duration) -> Instant {
        let at = since + at_most(limit);
        self.queue().deadline = Some(Deadline { at, limit });
        at
    }

    fn started(&self) -> bool {
        let queue = self.queue();
        queue.started || !queue.events.is_empty()
    }

    fn take(&self) -> Option<Event<()>> {
        let mut queue = self.queue();
        let event = queue.events.pop_front()?;
        queue.taken += 1;
        for waker in queue.wakers.drain(..) {
            waker.wake();
        }
        Some(event)
    }
}

/// Starts a recipe's run: what its function expands to.
pub fn run<I, T>(
    webtask: &Webtask,
    task: &Task,
    input: I,
    body: for<'a> fn(&'a Cx, I) -> Body<'a, T>,
) -> Run<T>
where
    I: Send + 'static,
    T: Send + 'static,
{
    run_steps(webtask, task, input, body)
}

/// Starts a run whose steps are only known now.
pub(crate) fn run_steps<I, T, B>(webtask: &Webtask, task: &Task, input: I, body: B) -> Run<T>
where
    I: Send + 'static,
    T: Send + 'static,
    B: for<'a> FnOnce(&'a Cx, I) -> Body<'a, T> + Send + 'static,
{
    let outbox = Arc::new(Outbox::of(task, webtask.results()));
    let work = Box::pin(steps(webtask.clone(), task.clone(), outbox.clone(), input, body));
    Run { outbox, work: Some(work), result: None }
}

async fn steps<I, T, B>(
    webtask: Webtask,
    task: Task,
    outbox: Arc<Outbox>,
    input: I,
    body: B,
) -> Result<T, Error>
where
    I: Send + 'static,
    T: Send,
    B: for<'a> FnOnce(&'a Cx, I) -> Body<'a, T> + Send,
{
    let mut counted = webtask.meter().run(task.slug(), task.needs_browser().then(|| task.pool()));
    let result = async {
        let cx = Cx::new(webtask.clone(), &task, outbox.clone()).await?;
        let since = counted.begin();
        within(&cx, &task, since, input, body).await
    };
    let result = result.await;
    counted.end(&result);
    result.map_err(|error| {
        report(&Failed { error: &error, task: task.slug(), run: &outbox.scope().id(), took: counted.took() });
        error.in_task(task.name()).logged()
    })
}

/// The steps, within the run's budget, which begins then.
async fn within<I, T, B>(cx: &Cx, task: &Task, since: Instant, input: I, body: B) -> Result<T, Error>
where
    I: Send + 'static,
    T: Send,
    B: for<'a> FnOnce(&'a Cx, I) -> Body<'a, T> + Send,
{
    let mut steps = pin!(async {
        if let Some(key) = task.setup_key() {
            let given = task.setup_input(cx, &input)?;
            // In a box: few runs are prepared, and all would have the room for it.
            Box::pin(prepare(cx, task, key, given)).await?;
        }
        body(cx, input).await
    });
    // What waits for nothing needs no timer, and no room for one.
    let result = match futures::poll!(steps.as_mut()) {
        Poll::Ready(result) => Ok(result),
        Poll::Pending => {
            // What is listened to for the case that it fails.
            let watched = async {
                match cx.recorder() {
                    // In a box: few runs are listened to, and all would have the room for it.
                    Some(recorder) => Box::pin(beside(steps, recorder.listen())).await,
                    None => steps.await,
                }
            };
            Box::pin(tokio::time::timeout_at(cx.set_deadline(since, task.timeout()), watched)).await
        }
    };
    let error = match result {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(thrown)) => Error::from_any(thrown),
        Err(_) => late(task.timeout()),
    };
    let error = cx.failed(error).await;
    Err(cx.keep(error).await)
}

/// Runs the task's setup in a window that it has not prepared yet, or not with these inputs.
///
/// The page on which it ends is part of what it prepares. A window that keeps its session gives that up after the run, so
/// the next one has the setup again; one that ends on no page has prepared the session alone.
async fn prepare(cx: &Cx, task: &Task, key: &str, input: Value) -> Result<(), Thrown> {
    let Some(window) = cx.lease() else { return Ok(()) };
    if window.is_prepared(key, &input) {
        return Ok(());
    }
    if let Some(steps) = task.prepare(cx, input.clone()) {
        steps.await?;
    }
    if window.page_info(cx.redactor()).await.is_none() {
        window.set_prepared(key, input);
    }
    Ok(())
}

impl<T> Run<T> {
    /// A run whose work is elsewhere: its events are what that tells, its result what that gives.
    #[cfg(feature = "client")]
    pub(crate) fn remote<F>(work: impl FnOnce(Arc<Outbox>) -> F) -> Self
    where
        F: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let outbox = Arc::new(Outbox::default());
        Self { work: Some(Box::pin(work(outbox.clone()))), outbox, result: None }
    }

    /// Gives it the id that its span has, in hexadecimal digits.
    #[cfg(feature = "server")]
    pub(crate) fn name(&self, id: u128) {
        self.outbox.scope.name(id);
    }

    /// How it ended, when that is all that is left to tell.
    #[cfg(feature = "server")]
    pub(crate) fn end(&mut self) -> Option<Result<T, Error>> {
        if self.work.is_some() || !self.outbox.queue().events.is_empty() {
            return None;
        }
        self.result.take()
    }

    /// The next event, or none after the last one.
    pub async fn next(&mut self) -> Option<Event<T>>
    where
        T: Unpin,
    {
        poll_fn(|cx| self.poll_event(cx)).await
    }

    /// Waits for the result and skips the events before it; `.await` on the run itself does the same.
    ///
    /// ```
    /// # use webtask::{Webtask, webtask};
    /// # webtask! { pub task "greet" { input name string required; set text "hello {{name}}"; } }
    /// # async fn run(webtask: &Webtask) -> Result<(), webtask::Error> {
    /// let output = greet(webtask, greet::Input::new("Ann")).result().await?;
    /// assert_eq!(output.text, "hello Ann");
    /// # Ok(()) }
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    ///
    /// The run's failure, and [`Consumed`](ErrorKind::Consumed) if an event has already given the result.
    pub async fn result(mut self) -> Result<T, Error>
    where
        T: Unpin,
    {
        while let Some(event) = self.next().await {
            match event {
                Event::Done(value) => return Ok(value),
                Event::Failed(error) => return Err(error),
                _ => {}
            }
        }
        Err(Error::new(ErrorKind::Consumed, "the run's result was already taken from its stream"))
    }

    /// Waits until the run has its window, and what else it needs, without taking an event.
    ///
    /// # Errors
    ///
    /// The run's failure when that comes first, such as [`PoolBusy`](ErrorKind::PoolBusy): the run is then over.
    pub async fn start(&mut self) -> Result<(), Error>
    where
        T: Unpin,
    {
        poll_fn(|cx| {
            if self.result.is_none() && !self.outbox.started() {
                self.advance(cx);
            }
            match self.result.take() {
                Some(Err(error)) if !self.outbox.started() => Poll::Ready(Err(error)),
                result => {
                    self.result = result;
                    if self.result.is_some() || self.work.is_none() || self.outbox.started() {
                        Poll::Ready(Ok(()))
                    } else {
                        Poll::Pending
                    }
                }
            }
        })
        .await
    }

    /// The same run with its result as JSON text.
    pub fn into_json(self) -> Run<Json>
    where
        T: Serialize + Send + 'static,
    {
        let Self { outbox, work, result } = self;
        let told = outbox.clone();
        let work = match (work, result) {
            (work, Some(Ok(value))) => {
                drop(work);
                let work: BoxFuture<'static, _> = Box::pin(async move { json::of(value, &told).await });
                Some(work)
            }
            (work, Some(Err(error))) => {
                drop(work);
                return Run { outbox, work: None, result: Some(Err(error)) };
            }
            (Some(work), None) => {
                let work: BoxFuture<'static, _> = Box::pin(async move { json::of(work.await?, &told).await });
                Some(work)
            }
            (None, None) => None,
        };
        Run { outbox, work, result: None }
    }

    /// Polls the work once and keeps what it gives.
    fn advance(&mut self, cx: &mut Context<'_>) {
        let _inside = self.outbox.scope.enter();
        if let Some(work) = &mut self.work
            && let Poll::Ready(result) = work.as_mut().poll(cx)
        {
            self.work = None;
            self.result = Some(result);
        }
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Event<T>>> {
        loop {
            if let Some(event) = self.outbox.take() {
                // Only the work gives a result, so these never hold one.
                return Poll::Ready(Some(
                    event.map(|()| Err(Error::new(ErrorKind::Internal, "a result among the events"))),
                ));
            }
            match self.result.take() {
                Some(Ok(value)) => return Poll::Ready(Some(Event::Done(value))),
                Some(Err(error)) => return Poll::Ready(Some(Event::Failed(error))),
                None if self.work.is_none() => return Poll::Ready(None),
                None => {}
            }
            self.advance(cx);
            if self.result.is_none() && self.outbox.queue().events.is_empty() {
                return Poll::Pending;
            }
        }
    }
}

fn late(limit: Duration) -> Error {
    Error::new(
        ErrorKind::Timeout,
        format!("the run took longer than its {limit:?}; raise the task's `timeout`"),
    )
}

impl<T: Unpin> Stream for Run<T> {
    type Item = Event<T>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Event<T>>> {
        self.poll_event(cx)
    }
}

impl<T: Send + Unpin + 'static> IntoFuture for Run<T> {
    type Output = Result<T, Error>;
    type IntoFuture = BoxFuture<'static, Result<T, Error>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.result())
    }
}

impl<T> fmt::Debug for Run<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run").field("over", &self.work.is_none()).finish_non_exhaustive()
    }
}
