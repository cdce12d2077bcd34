//! What a step may touch: the run's window, its events, its secrets and the place where it is.

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use crate::Step;
use crate::browser::{Answer, Lease};
use crate::fetch::Fetch;
use crate::files::Files;
use crate::run::Outbox;
use crate::secret::Redactor;
use crate::task::Task;
use crate::{Error, ErrorKind, Event, Webtask};

/// How many `call`s may be open at once.
const DEPTH: u32 = 32;

/// The context of a run, in which every step works; `cx` in a recipe's Rust code.
pub struct Cx {
    webtask: Webtask,
    outbox: Arc<Outbox>,
    lease: Option<Lease>,
    redactor: Redactor,
    step: Mutex<Option<Step>>,
    depth: AtomicU32,
    ahead: Mutex<Ahead>,
}

/// What the step after a `goto` asks of the page, which it may ask before its turn.
#[derive(Default)]
enum Ahead {
    #[default]
    Nothing,
    Wanted(Value),
    /// Asked, and under way.
    Asked(Value, Answer),
}

impl Cx {
    /// Takes what the task needs: its secrets, and a window when it has a step for one.
    pub(crate) async fn new(
        webtask: Webtask,
        task: &'static Task,
        outbox: Arc<Outbox>,
    ) -> Result<Self, Error> {
        let setup = task.parts.setup.iter().flat_map(|setup| setup.secrets);
        let redactor = webtask.redactor(task.parts.secrets.iter().chain(setup).copied())?;
        let lease = match task.needs_browser() {
            true => Some(webtask.lease(task.pool(), task.parts.dialogs).await?),
            false => None,
        };
        outbox.start();
        Ok(Self {
            webtask,
            outbox,
            lease,
            redactor,
            step: Mutex::default(),
            depth: AtomicU32::new(0),
            ahead: Mutex::default(),
        })
    }

    /// The window of the run, as a [`chromiumoxide::Page`]: for what no step does.
    ///
    /// It is attached at the first call, through a connection of its own.
    ///
    /// # Errors
    ///
    /// [`BrowserLost`](ErrorKind::BrowserLost) when the browser does not answer.
    pub async fn page(&self) -> Result<chromiumoxide::Page, Error> {
        self.window()?.page().await
    }

    /// Tells a `status` event and waits until the reader has taken it.
    pub async fn status(&self, text: impl Into<String>) {
        self.tell(Event::Status { text: text.into(), data: Value::Null }).await;
    }

    /// Tells an event of that kind and waits until the reader has taken it.
    pub async fn emit(&self, kind: impl Into<Cow<'static, str>>, text: impl Into<String>, data: Value) {
        let (kind, text) = (kind.into(), text.into());
        let event =
            if kind == "status" { Event::Status { text, data } } else { Event::Custom { kind, text, data } };
        self.tell(event).await;
    }

    pub(crate) async fn tell(&self, event: Event<()>) {
        self.outbox.tell(self.redactor.event(event)).await;
    }

    /// The run's window.
    pub(crate) fn window(&self) -> Result<&Lease, Error> {
        self.lease.as_ref().ok_or_else(|| {
            Error::new(ErrorKind::Internal, "this run has no window: none of its steps was known to need one")
        })
    }

    pub(crate) fn lease(&self) -> Option<&Lease> {
        self.lease.as_ref()
    }

    /// HTTP without a page.
    pub(crate) fn fetch(&self) -> &Fetch {
        self.webtask.fetch()
    }

    /// The files that the run may read and write.
    pub(crate) fn files(&self) -> &Files {
        self.webtask.files()
    }

    /// The value of a declared secret.
    pub(crate) fn secret(&self, name: &str) -> Result<&str, Error> {
        self.webtask.secret(name)
    }

    /// Says which step goes on, so that an error can name it.
    pub(crate) fn set_step(&self, step: Step) {
        self.webtask.meter().step(step.name);
        *self.step.lock().unwrap_or_else(PoisonError::into_inner) = Some(step);
    }

    /// The step that goes on.
    pub(crate) fn step(&self) -> Option<Step> {
        *self.step.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds to an error what the run knows of it, and takes the secrets out.
    pub(crate) fn failed(&self, error: Error) -> Error {
        self.redactor.error(error.at_step(self.step()))
    }

    /// Says what the step after a `goto` asks.
    pub(crate) fn set_wanted(&self, plan: Value) {
        *self.ahead() = Ahead::Wanted(plan);
    }

    pub(crate) fn take_wanted(&self) -> Option<Value> {
        match std::mem::take(&mut *self.ahead()) {
            Ahead::Wanted(plan) => Some(plan),
            Ahead::Nothing | Ahead::Asked(..) => None,
        }
    }

    pub(crate) fn set_answer(&self, plan: Value, answer: Answer) {
        *self.ahead() = Ahead::Asked(plan, answer);
    }

    /// The answer to that, when it was asked before.
    pub(crate) fn take_answer(&self, plan: &Value) -> Option<Answer> {
        match std::mem::take(&mut *self.ahead()) {
            Ahead::Asked(asked, answer) if asked == *plan => Some(answer),
            _ => None,
        }
    }

    fn ahead(&self) -> MutexGuard<'_, Ahead> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// Opens a `call`, unless too many are open.
    pub(crate) fn enter(&self) -> Result<Entered<'_>, Error> {
        let entered = Entered { cx: self };
        if self.depth.fetch_add(1, Ordering::Relaxed) >= DEPTH {
            return Err(Error::step_failed(format!("`call` is nested deeper than {DEPTH}")));
        }
        Ok(entered)
    }
}

impl fmt::Debug for Cx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cx").field("step", &self.step()).finish_non_exhaustive()
    }
}

/// An open `call`.
pub(crate) struct Entered<'a> {
    cx: &'a Cx,
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.cx.depth.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What a body throws: any error, so that `?` takes them all.
///
/// It is no error itself: a type that is could not take every other one.
#[derive(Debug)]
pub struct Thrown(Box<dyn std::error::Error + Send + Sync + 'static>);

impl Thrown {
    /// As an error of ours: one that was ours stays what it is.
    pub(crate) fn into_error(self) -> Error {
        match self.0.downcast::<Error>() {
            Ok(error) => *error,
            Err(other) => Error::step_failed(other.to_string()).with_source(other),
        }
    }

    /// Whether it is one of ours, of a kind that no step may swallow.
    pub(crate) fn ends_run(&self) -> bool {
        self.0.downcast_ref::<Error>().is_some_and(|error| {
            matches!(error.kind(), ErrorKind::Cancelled | ErrorKind::Timeout | ErrorKind::Draining)
        })
    }
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for Thrown {
    fn from(error: E) -> Self {
        Self(Box::new(error))
    }
}
