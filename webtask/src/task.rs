//! The description of a task: what the server, a list of tasks and a caller know of it without running it.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::cx::Cx;
use crate::event::Json;
use crate::run::{Body, Run};
use crate::setting::Wanted;
use crate::{Error, Webtask, policy};

pub use webtask_program::{Dialogs, Transport};

/// What is known of a task before it runs. A recipe's module has it as `TASK`; [`tasks!`](crate::tasks) collects many.
///
/// A task is owned and cheap to clone: a compiled one is a `static` that allocates nothing.
#[derive(Clone)]
pub struct Task {
    kind: Kind,
    /// The settings that its steps need.
    settings: &'static [Wanted<'static>],
}

/// Where a task's description is.
#[derive(Clone)]
enum Kind {
    Compiled(&'static Parts),
    Shared(Arc<Shared>),
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
    pub untrusted: bool,
    /// The inputs that are a URL or the host of one.
    pub urls: &'static [&'static str],
    pub secrets: &'static [&'static str],
    pub setup: Option<Setup>,
    pub input: fn() -> Value,
    pub accepts: fn() -> Value,
    pub output: fn() -> Value,
    pub start: Start,
}

/// The same of a task that is made while the program runs. Not for use by hand: it grows without notice.
#[doc(hidden)]
pub struct Shared {
    pub slug: String,
    pub doc: String,
    pub pool: String,
    pub timeout: Duration,
    pub transports: Vec<Transport>,
    pub dialogs: Dialogs,
    pub browser: bool,
    pub untrusted: bool,
    pub urls: Vec<String>,
    pub secrets: Vec<String>,
    /// The settings that its steps need.
    pub settings: Vec<webtask_program::Wanted>,
    pub setup: Option<SharedSetup>,
    pub input: Value,
    pub accepts: Value,
    pub output: Value,
    /// Starts a run of this very task.
    pub start: Box<SharedStart>,
}

/// [`Start`] of a task that is made while the program runs.
type SharedStart = dyn Fn(&Webtask, &Task, Map<String, Value>) -> Result<Run<Json>, Error> + Send + Sync;

/// The inputs of a task, which say which task it is: its module's `Input`. Recipes and `#[webtask::task]` implement it.
pub trait Input: Serialize + Send + 'static {
    /// What the task gives: its module's `Output`.
    type Output: Send + 'static;

    /// The task.
    fn task() -> Task;

    #[doc(hidden)]
    fn steps(self, cx: &Cx) -> Body<'_, Self::Output>;
}

/// Makes the inputs of a setup, from those of its task, as JSON.
type MakeInput = fn(&Cx, &dyn Any) -> Result<Value, Error>;

/// A task that prepares a new window.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Setup {
    pub slug: &'static str,
    pub secrets: &'static [&'static str],
    pub settings: &'static [Wanted<'static>],
    /// Makes its inputs of those of the task that it prepares; none when they all have defaults.
    pub input: Option<MakeInput>,
    pub body: for<'a> fn(&'a Cx, Value) -> Body<'a, ()>,
}

/// The same of a task that is made while the program runs.
#[doc(hidden)]
pub struct SharedSetup {
    /// Identifies this setup in the windows that it has prepared.
    pub key: String,
    pub secrets: Vec<String>,
    pub settings: Vec<webtask_program::Wanted>,
    pub input: Option<Box<SharedMakeInput>>,
    pub body: Box<SharedBody>,
}

/// [`MakeInput`] of a task that is made while the program runs.
type SharedMakeInput = dyn Fn(&Cx, &dyn Any) -> Result<Value, Error> + Send + Sync;

/// The steps of a setup that is made while the program runs.
type SharedBody = dyn for<'a> Fn(&'a Cx, Value) -> Body<'a, ()> + Send + Sync;

/// One part of a description, wherever that is.
macro_rules! part {
    ($task:expr, $parts:ident => $part:expr) => {
        match &$task.kind {
            Kind::Compiled($parts) => $part,
            Kind::Shared($parts) => $part,
        }
    };
}

impl Task {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(parts: &'static Parts) -> Self {
        Self { kind: Kind::Compiled(parts), settings: &[] }
    }

    #[doc(hidden)]
    #[must_use]
    pub fn shared(parts: Shared) -> Self {
        Self { kind: Kind::Shared(Arc::new(parts)), settings: &[] }
    }

    /// The same with the settings that its steps need.
    #[doc(hidden)]
    #[must_use]
    pub const fn wanting(mut self, settings: &'static [Wanted<'static>]) -> Self {
        self.settings = settings;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn settings(&self) -> &'static [Wanted<'static>] {
        self.settings
    }

    /// What the expansion of another task needs of a compiled one.
    #[doc(hidden)]
    #[must_use]
    pub const fn parts(&self) -> &'static Parts {
        match &self.kind {
            Kind::Compiled(parts) => parts,
            Kind::Shared(_) => panic!("only compiled tasks are named by a path"),
        }
    }

    /// What the task is called from outside, such as `streaming/progress`.
    #[must_use]
    pub fn slug(&self) -> &str {
        part!(self, parts => &parts.slug)
    }

    /// The slug, for longer than the task.
    pub(crate) fn name(&self) -> Cow<'static, str> {
        match &self.kind {
            Kind::Compiled(parts) => parts.slug.into(),
            Kind::Shared(parts) => parts.slug.clone().into(),
        }
    }

    /// What it is for; may be empty.
    #[must_use]
    pub fn doc(&self) -> &str {
        part!(self, parts => &parts.doc)
    }

    /// The pool of windows that it runs in.
    #[must_use]
    pub fn pool(&self) -> &str {
        part!(self, parts => &parts.pool)
    }

    /// How long a run may take from the moment it has its window.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        part!(self, parts => parts.timeout)
    }

    /// How it may be called over HTTP.
    #[must_use]
    pub fn transports(&self) -> &[Transport] {
        part!(self, parts => &parts.transports)
    }

    pub(crate) fn dialogs(&self) -> Dialogs {
        part!(self, parts => parts.dialogs)
    }

    /// Identifies its setup in the windows that this has prepared; none without a setup.
    pub(crate) fn setup_key(&self) -> Option<&str> {
        match &self.kind {
            Kind::Compiled(parts) => parts.setup.as_ref().map(|setup| setup.slug),
            Kind::Shared(parts) => parts.setup.as_ref().map(|setup| setup.key.as_str()),
        }
    }

    /// The inputs of its setup, made of its own.
    pub(crate) fn setup_input(&self, cx: &Cx, input: &dyn Any) -> Result<Value, Error> {
        match &self.kind {
            Kind::Compiled(parts) => match parts.setup.and_then(|setup| setup.input) {
                Some(make) => make(cx, input),
                None => Ok(Value::Null),
            },
            Kind::Shared(parts) => match parts.setup.as_ref().and_then(|setup| setup.input.as_ref()) {
                Some(make) => make(cx, input),
                None => Ok(Value::Null),
            },
        }
    }

    /// The steps of its setup.
    pub(crate) fn prepare<'a>(&self, cx: &'a Cx, input: Value) -> Option<Body<'a, ()>> {
        match &self.kind {
            Kind::Compiled(parts) => parts.setup.map(|setup| (setup.body)(cx, input)),
            Kind::Shared(parts) => parts.setup.as_ref().map(|setup| (setup.body)(cx, input)),
        }
    }

    /// The secrets that a run needs, those of its setup too.
    pub(crate) fn every_secret(&self) -> impl Iterator<Item = &str> {
        let (compiled, shared) = match &self.kind {
            Kind::Compiled(parts) => (parts.setup.as_ref().map_or(&[][..], |setup| setup.secrets), &[][..]),
            Kind::Shared(parts) => {
                (&[][..], parts.setup.as_ref().map_or(&[][..], |setup| setup.secrets.as_slice()))
            }
        };
        self.secrets().chain(compiled.iter().copied()).chain(shared.iter().map(String::as_str))
    }

    /// The settings that a run needs, those of its setup too.
    pub(crate) fn every_setting(&self) -> impl Iterator<Item = Wanted<'_>> {
        let (compiled, shared, prepared) = match &self.kind {
            Kind::Compiled(parts) => {
                (parts.setup.as_ref().map_or(&[][..], |setup| setup.settings), &[][..], &[][..])
            }
            Kind::Shared(parts) => {
                let prepared = parts.setup.as_ref().map_or(&[][..], |setup| setup.settings.as_slice());
                (&[][..], parts.settings.as_slice(), prepared)
            }
        };
        let shared = shared.iter().chain(prepared).map(|wanted| Wanted {
            name: &wanted.setting.name,
            default: wanted.setting.default.as_deref(),
            url: wanted.url,
        });
        self.settings.iter().chain(compiled).copied().chain(shared)
    }

    /// Whether a run needs a window of a browser.
    #[must_use]
    pub fn needs_browser(&self) -> bool {
        part!(self, parts => parts.browser)
    }

    /// The secrets that it declares.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        let (compiled, shared) = match &self.kind {
            Kind::Compiled(parts) => (parts.secrets, &[][..]),
            Kind::Shared(parts) => (&[][..], &parts.secrets[..]),
        };
        compiled.iter().copied().chain(shared.iter().map(String::as_str))
    }

    /// Whether a run opens pages whose URLs come from its caller, or from another page.
    #[must_use]
    pub fn opens_untrusted(&self) -> bool {
        part!(self, parts => parts.untrusted)
    }

    /// The inputs: each name with its `type`, `required`, `default` and `doc`.
    #[must_use]
    pub fn input(&self) -> Value {
        match &self.kind {
            Kind::Compiled(parts) => (parts.input)(),
            Kind::Shared(parts) => parts.input.clone(),
        }
    }

    /// The JSON Schema of the inputs as one object. Of a Rust type that is not a `JsonSchema` it says nothing.
    #[must_use]
    pub fn input_schema(&self) -> Value {
        match &self.kind {
            Kind::Compiled(parts) => (parts.accepts)(),
            Kind::Shared(parts) => parts.accepts.clone(),
        }
    }

    /// The JSON Schema of the result.
    #[must_use]
    pub fn output(&self) -> Value {
        match &self.kind {
            Kind::Compiled(parts) => (parts.output)(),
            Kind::Shared(parts) => parts.output.clone(),
        }
    }

    /// Starts a run with inputs that come as JSON. Like a recipe's function it does nothing before it is polled.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with every fault of the input, and
    /// [`UrlNotAllowed`](crate::ErrorKind::UrlNotAllowed) for a URL that surely is not opened.
    pub fn start(&self, webtask: &Webtask, input: Map<String, Value>) -> Result<Run<Json>, Error> {
        let url = |name: &str| input.get(name)?.as_str().map(str::to_owned);
        let urls: Vec<_> = part!(self, parts => parts.urls.iter().filter_map(|name| url(name)).collect());
        match &self.kind {
            Kind::Compiled(parts) => (parts.start)(webtask, input),
            Kind::Shared(parts) => (parts.start)(webtask, self, input),
        }
        .and_then(|run| {
            if !urls.is_empty() && !webtask.allows_private(self)? {
                urls.iter().try_for_each(|url| policy::check_input(url))?;
            }
            Ok(run)
        })
        .map_err(|error| error.in_task(self.name()))
    }
}

/// As `GET /tasks` of a server shows it: `name`, `poolTag`, `transports`, `timeoutMs`, `doc`, `input`, `output`.
impl Serialize for Task {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Description<'t> {
            name: &'t str,
            pool_tag: &'t str,
            transports: Vec<&'static str>,
            timeout_ms: u64,
            doc: &'t str,
            input: Value,
            output: Value,
        }
        let description = Description {
            name: self.slug(),
            pool_tag: self.pool(),
            transports: self.transports().iter().copied().map(Transport::name).collect(),
            timeout_ms: u64::try_from(self.timeout().as_millis()).unwrap_or(u64::MAX),
            doc: self.doc(),
            input: self.input(),
            output: self.output(),
        };
        description.serialize(serializer)
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("slug", &self.slug()).field("pool", &self.pool()).finish_non_exhaustive()
    }
}
