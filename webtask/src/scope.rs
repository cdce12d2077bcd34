//! Where a run is, for whoever listens to `tracing`: a span for the run and one for the step that goes on. It knows no
//! step, and costs next to nothing when nobody listens.

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tracing::Span;

/// The spans of one run. Whatever the run does while it is polled happens in them.
#[derive(Default)]
pub(crate) struct Scope {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    /// The run's task, until the run's span is made.
    task: Option<Cow<'static, str>>,
    /// The run's id, once it is given one.
    id: Option<Id>,
    run: Option<Span>,
    step: Option<Span>,
    is_inside: bool,
}

/// What tells a run from others in the log.
#[derive(Clone, Copy)]
pub(crate) enum Id {
    /// Of 128 random bits, given by a server.
    Given(u128),
    /// The run's number in this process.
    Number(u64),
}

/// The time in which a run is polled.
pub(crate) struct Inside<'a> {
    scope: &'a Scope,
}

impl Scope {
    /// Of a run of that task.
    pub(crate) fn new(task: Cow<'static, str>) -> Self {
        Self { inner: Mutex::new(Inner { task: Some(task), ..Inner::default() }) }
    }

    /// Gives the run an id. Without one it gets a number of this process.
    #[cfg(feature = "server")]
    pub(crate) fn name(&self, id: u128) {
        self.inner().id = Some(Id::Given(id));
    }

    /// The run's id.
    pub(crate) fn id(&self) -> Id {
        *self.inner().id.get_or_insert_with(Id::next)
    }

    /// Enters the spans; the run's own is made the first time.
    pub(crate) fn enter(&self) -> Inside<'_> {
        let mut inner = self.inner();
        if let Some(task) = inner.task.take() {
            inner.start(&task);
        }
        inner.is_inside = true;
        shift(inner.run.as_ref(), true);
        shift(inner.step.as_ref(), true);
        drop(inner);
        Inside { scope: self }
    }

    /// Says that another step goes on.
    pub(crate) fn begin(&self, index: usize, name: &'static str, at: &dyn fmt::Display) {
        let mut inner = self.inner();
        // It is not a child of the one before.
        let parent = inner.run.as_ref().and_then(Span::id);
        let span = tracing::debug_span!(target: "webtask::step", parent: parent, "step", index, name, %at);
        inner.set_step((!span.is_disabled()).then_some(span));
    }

    /// The span of the step that goes on.
    pub(crate) fn step(&self) -> Option<Span> {
        self.inner().step.clone()
    }

    /// Goes on in the span of that step.
    pub(crate) fn set_step(&self, step: Option<Span>) {
        self.inner().set_step(step);
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Id {
    fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self::Number(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(bits) => write!(f, "{bits:032x}"),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

impl Inner {
    /// Makes the run's span.
    fn start(&mut self, task: &str) {
        let span = tracing::info_span!(target: "webtask::run", "run", id = tracing::field::Empty, task);
        if span.is_disabled() {
            return;
        }
        match *self.id.get_or_insert_with(Id::next) {
            Id::Number(number) => span.record("id", number),
            id @ Id::Given(_) => span.record("id", tracing::field::display(id)),
        };
        self.run = Some(span);
    }

    fn set_step(&mut self, step: Option<Span>) {
        let before = std::mem::replace(&mut self.step, step);
        if self.is_inside {
            shift(before.as_ref(), false);
            shift(self.step.as_ref(), true);
        }
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        let mut inner = self.scope.inner();
        inner.is_inside = false;
        shift(inner.step.as_ref(), false);
        shift(inner.run.as_ref(), false);
    }
}

/// Enters or leaves a span. A guard would have to be kept while another step begins.
fn shift(span: Option<&Span>, enter: bool) {
    if let Some(span) = span {
        span.with_subscriber(|(id, dispatch)| match enter {
            true => dispatch.enter(id),
            false => dispatch.exit(id),
        });
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}
