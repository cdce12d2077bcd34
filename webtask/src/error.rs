//! The one error of the crate: what kind it is, what happened, at which step, on which page, and from what.

mod fail;
mod hidden;
mod page;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};

pub use self::page::PageInfo;
pub(crate) use self::page::shown;

use self::fail::Failure;

/// What went wrong in a run, or prevented it from starting.
///
/// [`message`](Self::message) is the plain sentence. `Display` adds what else is known: the task, the step with
/// `FILE:LINE:COLUMN`, and the page.
///
/// ```
/// use webtask::{Error, ErrorKind};
///
/// let error = Error::new(ErrorKind::StepFailed, "no element matches `#go`");
/// assert_eq!(error.kind().code(), "STEP_FAILED");
/// assert!(!error.retryable());
/// assert_eq!(error.to_string(), "no element matches `#go`");
/// ```
pub struct Error {
    inner: Box<Inner>,
}

struct Inner {
    kind: ErrorKind,
    message: Cow<'static, str>,
    task: Option<Cow<'static, str>>,
    step: Option<Step>,
    inputs: Vec<InputError>,
    /// Where it is not as the kind says.
    retryable: Option<bool>,
    page: Option<PageInfo>,
    /// What an application says of its own failure.
    failure: Option<Failure>,
    /// The folder in which the failed run is kept.
    folder: Option<String>,
    /// Whether the log has it already.
    logged: bool,
    source: Option<Box<dyn std::error::Error + Send + Sync + 'static>>,
}

/// What an [`Error`] is about; each kind has one code on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The caller's input does not fit the task's; [`Error::inputs`] lists every error in it.
    InvalidInput,
    /// No task has that slug.
    UnknownTask,
    /// No run has that id, or it is no longer kept.
    UnknownRun,
    /// The pool's queue is full, or the wait took too long.
    PoolBusy,
    /// A step did not succeed.
    StepFailed,
    /// The application's own failure: `fail` in a recipe, [`Error::fail`] in Rust. It may have a code of its own.
    Failed,
    /// A page could not be reached.
    NavigationFailed,
    /// A URL that the settings forbid.
    UrlNotAllowed,
    /// The browser or the page's process went away, or cannot be started.
    BrowserLost,
    /// The run's time limit is over.
    Timeout,
    /// The run was cancelled.
    Cancelled,
    /// The service is shutting down and takes no new work.
    Draining,
    /// The server has reached its limit of runs or streams.
    Overloaded,
    /// The reader of a run's events did not keep up with them.
    SlowReader,
    /// The run's result was already taken, from the stream.
    Consumed,
    /// A remote task server does not answer, or answers with something else; only clients report it.
    Unreachable,
    /// A remote task server refuses the call, for example without a token; only clients report it.
    Refused,
    /// The settings are wrong.
    Config,
    /// A fault of this library.
    Internal,
}

impl ErrorKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::InvalidInput,
        Self::UnknownTask,
        Self::UnknownRun,
        Self::PoolBusy,
        Self::StepFailed,
        Self::Failed,
        Self::NavigationFailed,
        Self::UrlNotAllowed,
        Self::BrowserLost,
        Self::Timeout,
        Self::Cancelled,
        Self::Draining,
        Self::Overloaded,
        Self::SlowReader,
        Self::Consumed,
        Self::Unreachable,
        Self::Refused,
        Self::Internal,
        Self::Config,
    ];

    /// The code on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::InvalidInput => "INVALID_INPUT",
            Self::UnknownTask => "UNKNOWN_TASK",
            Self::UnknownRun => "UNKNOWN_RUN",
            Self::PoolBusy => "POOL_BUSY",
            Self::StepFailed => "STEP_FAILED",
            Self::Failed => "FAILED",
            Self::NavigationFailed => "NAVIGATION_FAILED",
            Self::UrlNotAllowed => "URL_NOT_ALLOWED",
            Self::BrowserLost => "BROWSER_LOST",
            Self::Timeout => "TIMEOUT",
            Self::Cancelled => "CANCELLED",
            Self::Draining => "DRAINING",
            Self::Overloaded => "OVERLOADED",
            Self::SlowReader => "SLOW_READER",
            Self::Consumed => "CONSUMED",
            Self::Unreachable => "UNREACHABLE",
            Self::Refused => "REFUSED",
            Self::Config | Self::Internal => "INTERNAL",
        }
    }

    /// The kind that has this code on the wire; of the two that are `INTERNAL`, [`Internal`](Self::Internal).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Whether the same call may succeed a little later, as a rule; an [`Error`] may [know better](Error::retryable).
    #[must_use]
    pub fn retryable(self) -> bool {
        matches!(
            self,
            Self::PoolBusy
                | Self::NavigationFailed
                | Self::BrowserLost
                | Self::Timeout
                | Self::Draining
                | Self::Overloaded
                | Self::Unreachable
        )
    }
}

/// A step of a recipe, as errors and events name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its number in the task, from 0: in the order of the text, in a function in that of the calls.
    pub index: usize,
    /// Its word, such as `goto`.
    pub name: &'static str,
    /// Where it is written: `FILE:LINE:COLUMN`.
    pub at: Cow<'static, str>,
}

/// One fault of a caller's input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputError {
    /// A JSON Pointer to it, such as `/limit`.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

impl Error {
    /// An error of that kind.
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                message: message.into(),
                task: None,
                step: None,
                inputs: Vec::new(),
                retryable: None,
                page: None,
                failure: None,
                folder: None,
                logged: false,
                source: None,
            }),
        }
    }

    /// The same without where it came from.
    fn about(&self) -> Self {
        let Inner { kind, message, task, step, inputs, retryable, page, failure, folder, logged, source: _ } =
            &*self.inner;
        Self {
            inner: Box::new(Inner {
                kind: *kind,
                message: message.clone(),
                task: task.clone(),
                step: step.clone(),
                inputs: inputs.clone(),
                retryable: *retryable,
                page: page.clone(),
                failure: failure.clone(),
                folder: folder.clone(),
                logged: *logged,
                source: None,
            }),
        }
    }

    /// Any error as one of ours. One that was ours stays what it is, and one that came from ours is of its kind, at its step
    /// and on its page, and says the whole story.
    pub(crate) fn from_any(error: Box<dyn std::error::Error + Send + Sync>) -> Self {
        match error.downcast::<Self>() {
            Ok(ours) => *ours,
            Err(other) => match Self::within(&*other) {
                Some(ours) => ours.with_source(other),
                None => {
                    let message = other.to_string();
                    // Of a bare text, the message has all there is.
                    match format!("{other:?}") == format!("{message:?}") {
                        true => Self::step_failed(message),
                        false => Self::step_failed(message).with_source(other),
                    }
                }
            },
        }
    }

    /// What of ours an error is or came from, as that error tells it.
    pub(crate) fn within(error: &(dyn std::error::Error + 'static)) -> Option<Self> {
        let (mut at, mut message) = (error, error.to_string());
        loop {
            let ours = at.downcast_ref().map(Self::about).or_else(|| hidden::hidden(at));
            if let Some(mut ours) = ours {
                // Where it happened is said by its own fields.
                let place = ours.place();
                ours.inner.message =
                    if place.is_empty() { message } else { message.replace(&place, "") }.into();
                return Some(ours);
            }
            at = at.source()?;
            let cause = at.to_string();
            // Many an error says its cause itself.
            if !message.contains(&cause) {
                message = format!("{message}: {cause}");
            }
        }
    }

    /// A step that did not succeed.
    pub(crate) fn step_failed(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::StepFailed, message)
    }

    /// Input that does not fit: its faults, and how many more there are than these.
    pub(crate) fn invalid_input(mut inputs: Vec<InputError>, more: usize) -> Self {
        let message = match inputs.as_slice() {
            [one] if more == 0 => format!("input `{}`: {}", one.pointer.trim_start_matches('/'), one.message),
            many => format!("{} inputs are wrong", many.len() + more),
        };
        if more > 0 {
            let message = format!("{more} more inputs are wrong");
            inputs.push(InputError { pointer: String::new(), message });
        }
        let mut error = Self::new(ErrorKind::InvalidInput, message);
        error.inner.inputs = inputs;
        error
    }

    /// The error from which this one came.
    #[must_use]
    pub fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync + 'static>>,
    ) -> Self {
        self.inner.source = Some(source.into());
        self
    }

    /// Says whether the same call may succeed a little later, where the kind does not decide that.
    pub(crate) fn with_retryable(mut self, retryable: bool) -> Self {
        self.inner.retryable = Some(retryable);
        self
    }

    /// Says in which task it happened, unless that is said already.
    pub(crate) fn in_task(mut self, slug: impl Into<Cow<'static, str>>) -> Self {
        self.inner.task.get_or_insert_with(|| slug.into());
        self
    }

    /// Says at which step it happened, unless that is said already.
    pub(crate) fn at_step(mut self, step: Option<Step>) -> Self {
        self.inner.step = self.inner.step.take().or(step);
        self
    }

    /// Says on which page it happened, unless that is said already.
    pub(crate) fn on_page(mut self, page: Option<PageInfo>) -> Self {
        self.inner.page = self.inner.page.take().or(page);
        self
    }

    /// Says in which folder the failed run is kept.
    pub(crate) fn in_folder(mut self, folder: Option<String>) -> Self {
        self.inner.folder = folder.or(self.inner.folder);
        self
    }

    /// Says that the log has it.
    pub(crate) fn logged(mut self) -> Self {
        self.inner.logged = true;
        self
    }

    /// Whether the log has it already.
    #[cfg(feature = "server")]
    pub(crate) fn is_logged(&self) -> bool {
        self.inner.logged
    }

    /// Rewrites the message, each input's, and what the page says of itself, as redaction does. The source goes, for it
    /// holds what was not rewritten.
    pub(crate) fn rewrite(mut self, rewrite: impl Fn(&str) -> Option<String>) -> Self {
        if let Some(message) = rewrite(&self.inner.message) {
            self.inner.message = message.into();
        }
        for input in &mut self.inner.inputs {
            if let Some(message) = rewrite(&input.message) {
                input.message = message;
            }
        }
        if let Some(page) = &mut self.inner.page {
            page.rewrite(&rewrite);
        }
        self.inner.source = None;
        self
    }

    /// What the error is about.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// What happened, in one sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// The slug of the task in which it happened.
    #[must_use]
    pub fn task(&self) -> Option<&str> {
        self.inner.task.as_deref()
    }

    /// The step at which it happened.
    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        self.inner.step.as_ref()
    }

    /// The page that the run was on, when a step failed in a run with a page.
    #[must_use]
    pub fn page(&self) -> Option<&PageInfo> {
        self.inner.page.as_ref()
    }

    /// The name of the folder that the failed run left in the folder of [`Builder::failures`](crate::Builder::failures), if that
    /// is set.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        self.inner.folder.as_deref()
    }

    /// Every error in the input, if the kind is [`ErrorKind::InvalidInput`].
    #[must_use]
    pub fn inputs(&self) -> &[InputError] {
        &self.inner.inputs
    }

    /// Whether the same call may succeed a little later: as its [kind](ErrorKind::retryable) says, unless more is known.
    /// An untrusted certificate, or a status such as 404, will not change.
    #[must_use]
    pub fn retryable(&self) -> bool {
        let own = || self.status().map(|status| matches!(status, 429 | 502..=504));
        self.inner.retryable.or_else(own).unwrap_or_else(|| self.inner.kind.retryable())
    }

    /// Where it happened, as it is printed behind the message: empty when nothing is known, or the message says it.
    fn place(&self) -> String {
        let Inner { task, step, page, folder, message, .. } = &*self.inner;
        let task = task.as_ref().map(|task| format!("task `{task}`"));
        let step = step.as_ref().filter(|step| !message.contains(&*step.at));
        let step = step.map(|step| format!("step `{}` at {}", step.name, step.at));
        let page = page.as_ref().map(PageInfo::to_string);
        let folder = folder.as_ref().map(|folder| format!("kept in `{folder}`"));
        let parts: Vec<_> = [task, step, page, folder].into_iter().flatten().collect();
        if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.inner.kind).field("message", &self.inner.message);
        if let Some(task) = &self.inner.task {
            out.field("task", task);
        }
        if let Some(step) = &self.inner.step {
            out.field("step", step);
        }
        if !self.inner.inputs.is_empty() {
            out.field("inputs", &self.inner.inputs);
        }
        if let Some(page) = &self.inner.page {
            out.field("page", page);
        }
        if let Some(failure) = &self.inner.failure {
            out.field("code", &failure.code).field("status", &failure.status);
        }
        if let Some(folder) = &self.inner.folder {
            out.field("failure", folder);
        }
        if let Some(source) = &self.inner.source {
            out.field("source", source);
        }
        out.finish()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner.message)?;
        match hidden::answers(self, f) {
            true => Ok(()),
            false => f.write_str(&self.place()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner.source.as_deref().map(|source| source as _)
    }
}

/// The wire's error object: `{"code","message","task","step","retryable"}`, with `page` when the run had one, `status` for a
/// failure of the application's own, `failure` for a run that is kept, and `errors` for wrong input.
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code())?;
        map.serialize_entry("message", self.message())?;
        map.serialize_entry("task", &self.task())?;
        map.serialize_entry("step", &self.step())?;
        map.serialize_entry("retryable", &self.retryable())?;
        if let Some(page) = self.page() {
            map.serialize_entry("page", page)?;
        }
        if let Some(status) = self.status() {
            map.serialize_entry("status", &status)?;
        }
        if let Some(folder) = self.failure() {
            map.serialize_entry("failure", folder)?;
        }
        if !self.inner.inputs.is_empty() {
            map.serialize_entry("errors", &self.inner.inputs)?;
        }
        map.end()
    }
}
