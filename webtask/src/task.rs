//! The static description of a task: what the server, a list of tasks and a caller know of it without running it.

use std::fmt;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::cx::Cx;
use crate::event::Json;
use crate::run::{Body, Run};
use crate::{Error, Webtask, policy};

/// What is known of a task before it runs. A recipe's module has it as `TASK`; [`tasks!`](crate::tasks) collects many.
#[derive(Clone, Copy)]
pub struct Task {
    pub(crate) parts: Parts,
}

/// How a task may be called over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transport {
    /// Waits, then answers.
    Rest,
    /// Events as they happen.
    Sse,
    /// Both ways over one connection.
    WebSocket,
    /// Answers at once, goes on alone.
    Async,
}

impl Transport {
    /// The word of the language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::Sse => "sse",
            Self::WebSocket => "websocket",
            Self::Async => "async",
        }
    }
}

/// How page dialogs are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dialogs {
    /// As with the Escape key.
    #[default]
    Dismiss,
    /// As with the Enter key.
    Accept,
}

/// Starts a run with inputs that come as JSON.
type Start = fn(&Webtask, Map<String, Value>) -> Result<Run<Json>, Error>;

/// All that an expansion says of its task. Not for use by hand: it grows without notice.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Parts {
    pub slug: &'static str,
    pub doc: &'static str,
    pub pool: &'static str,
    pub timeout: Duration,
    pub transports: &'static [Transport],
    pub dialogs: Dialogs,
    /// Whether any step needs a window.
    pub browser: bool,
    /// Whether a page is opened whose URL is not written in the recipe.
    pub supplied: bool,
    /// The inputs that are a URL or the host of one.
    pub urls: &'static [&'static str],
    pub secrets: &'static [&'static str],
    pub setup: Option<Setup>,
    pub input: fn() -> Value,
    pub accepts: fn() -> Value,
    pub output: fn() -> Value,
    pub start: Start,
}

/// The inputs of a task, which say which task it is: its module's `Input`. Recipes and `#[webtask]` implement it.
pub trait Input: Serialize + Send + 'static {
    /// What the task gives: its module's `Output`.
    type Output: Send + 'static;

    /// The task.
    fn task() -> &'static Task;

    #[doc(hidden)]
    fn steps(self, cx: &Cx) -> Body<'_, Self::Output>;
}

/// A task that prepares a new window.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Setup {
    pub slug: &'static str,
    pub secrets: &'static [&'static str],
    pub body: for<'a> fn(&'a Cx) -> Body<'a, ()>,
}

impl Task {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(parts: Parts) -> Self {
        Self { parts }
    }

    /// What the task is called from outside, such as `streaming/progress`.
    #[must_use]
    pub const fn slug(&self) -> &'static str {
        self.parts.slug
    }

    /// What it is for; may be empty.
    #[must_use]
    pub fn doc(&self) -> &'static str {
        self.parts.doc
    }

    /// The pool of windows that it runs in.
    #[must_use]
    pub fn pool(&self) -> &'static str {
        self.parts.pool
    }

    /// How long a run may take from the moment it has its window.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.parts.timeout
    }

    /// How it may be called over HTTP.
    #[must_use]
    pub fn transports(&self) -> &'static [Transport] {
        self.parts.transports
    }

    /// The secrets that a run needs, those of its setup too.
    pub(crate) fn every_secret(&self) -> impl Iterator<Item = &'static str> + use<> {
        let setup = self.parts.setup.iter().flat_map(|setup| setup.secrets);
        self.parts.secrets.iter().chain(setup).copied().collect::<Vec<_>>().into_iter()
    }

    /// Whether a run needs a window of a browser.
    #[must_use]
    pub const fn needs_browser(&self) -> bool {
        self.parts.browser
    }

    /// The secrets that it declares.
    #[must_use]
    pub const fn secrets(&self) -> &'static [&'static str] {
        self.parts.secrets
    }

    /// Whether a run opens pages whose URLs come from its caller, or from another page.
    #[must_use]
    pub const fn opens_supplied(&self) -> bool {
        self.parts.supplied
    }

    /// The inputs: each name with its `type`, `required`, `default` and `doc`.
    #[must_use]
    pub fn input(&self) -> Value {
        (self.parts.input)()
    }

    /// The JSON Schema of the inputs as one object. Of a Rust type that is no `JsonSchema` it says nothing.
    #[must_use]
    pub fn input_schema(&self) -> Value {
        (self.parts.accepts)()
    }

    /// The JSON Schema of the result.
    #[must_use]
    pub fn output(&self) -> Value {
        (self.parts.output)()
    }

    /// Starts a run with inputs that come as JSON. Like a recipe's function it does nothing before it is polled.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with every fault of the input, and
    /// [`UrlNotAllowed`](crate::ErrorKind::UrlNotAllowed) for a URL that surely is not opened.
    pub fn start(&self, webtask: &Webtask, input: Map<String, Value>) -> Result<Run<Json>, Error> {
        let values = self.parts.urls.iter().filter_map(|name| input.get(*name)?.as_str());
        let urls: Vec<_> = values.map(str::to_owned).collect();
        (self.parts.start)(webtask, input)
            .and_then(|run| {
                if !urls.is_empty() && !webtask.allows_private(self)? {
                    urls.iter().try_for_each(|url| policy::check_input(url))?;
                }
                Ok(run)
            })
            .map_err(|error| error.in_task(self.slug()))
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("slug", &self.slug()).field("pool", &self.pool()).finish_non_exhaustive()
    }
}
