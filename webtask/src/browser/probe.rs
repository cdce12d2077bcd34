//! JavaScript in a page: ours in an isolated world, the recipe's in the page's own.

mod locator;

use std::future::Future;
use std::hash::{BuildHasher, DefaultHasher, Hash as _, Hasher as _, RandomState};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::dom::DescribeNodeParams;
use chromiumoxide::cdp::browser_protocol::page::CreateIsolatedWorldParams;
use chromiumoxide::cdp::js_protocol::runtime::{
    CallArgument, CallFunctionOnParams, EvaluateParams, ExceptionDetails, ExecutionContextId,
    ReleaseObjectParams, RemoteObject,
};
use serde_json::Value;

use super::connection::Refusal;
use super::session::Session;
use super::window::{LIMIT, Window};
use crate::Error;
use crate::large::too_large;

/// The name of our isolated world.
const NAME: &str = "webtask";

/// Around a function of ours. The mark tells that this is the world that we made: in a new process of the page,
/// another one may have its number. Text is made well-formed, so that every reader of JSON takes it.
const START: &str = "function (argument, mark, first, most) {
    if (globalThis.webtask !== mark) {
        if (!first) throw 'webtask: another world';
        [globalThis.webtask, globalThis.kept] = [mark, {}];
    }
";

/// What our functions share, brought by the first call in a world.
const SELECTORS: &str = include_str!("probe/selectors.js");

/// What those share that ask where elements are and whether they can be seen, brought by the first of them in a world.
const SIGHT: &str = concat!(
    include_str!("probe/visible.js"),
    include_str!("probe/spots.js"),
    include_str!("probe/press.js"),
    include_str!("probe/mouse.js")
);

/// What locators need, as `role=button`, brought by the first of them in a world.
const LOCATE: &str =
    concat!(include_str!("probe/locate.js"), include_str!("probe/roles.js"), include_str!("probe/names.js"));

/// From how many bytes on a function stays in its world, where later calls only name it: to bring it takes longer than
/// most that a function does.
const KEPT: usize = 256;

/// How a function begins that needs [`SIGHT`].
const SEES: &str = "// Sees.\n";

const BEFORE: &str = "
    const text = value => {
        const json = JSON.stringify(value === undefined ? null : value) ?? 'null';
        if (json.length > most) throw 'webtask: too large';
        return json.includes('\\\\ud')
            ? json.replace(/\\\\(u[dD][89a-fA-F][0-9a-fA-F]{2}|.)/g, (all, code) => code.length > 1 ? '\\ufffd' : all)
            : json;
    };
    const value = (";

const AFTER: &str = ")(argument);
    return value instanceof Promise ? value.then(text) : text(value);
}";

/// A frame's element by the number that a function of ours gave of it.
const PINNED: &str =
    "(pin, mark) => globalThis.webtask === mark ? globalThis.selectors.pinned(pin) : undefined";

/// Ends when the document is parsed.
const PARSED: &str = "() => document.readyState !== 'loading'
    || new Promise(done => document.addEventListener('readystatechange', () => done(true)))";

/// What is said of a page that goes on to another document, and from that to the next, while it is asked.
pub(crate) const LEFT: &str = "the page went on to another document while it was read";

/// What the browser says when a session has no such frame.
const NO_FRAME: &str = "No frame for given id";

/// What the mark throws when it is missing.
const ANOTHER: &str = "webtask: another world";

/// What [`BEFORE`] throws of a value that is too large.
const TOO_LARGE: &str = "webtask: too large";

/// What is too large then.
const GIVEN: &str = "what the page gave";

/// What no page can guess.
static MARK: LazyLock<String> = LazyLock::new(|| format!("{:x}", RandomState::new().hash_one("webtask")));

/// What is brought into worlds, without what only its readers need.
static LEAN: LazyLock<Lean> =
    LazyLock::new(|| Lean { selectors: lean(SELECTORS), sight: lean(SIGHT), locate: lean(LOCATE) });

struct Lean {
    selectors: String,
    sight: String,
    locate: String,
}

/// Our isolated world in a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct World {
    id: ExecutionContextId,
    /// Nothing has been called in it yet.
    is_fresh: bool,
    /// It has [`SIGHT`].
    sees: bool,
    /// It has [`LOCATE`].
    locates: bool,
    /// The functions that stay in it, by what tells their texts apart.
    kept: Vec<u64>,
}

impl World {
    pub(super) fn id(&self) -> ExecutionContextId {
        self.id
    }

    /// An expression that gives a function there, and the world that has the function then.
    fn having(&self, function: &str) -> (String, Self) {
        let sees = self.sees || function.starts_with(SEES);
        let mut world = Self { is_fresh: false, sees, ..self.clone() };
        if function.len() < KEPT {
            return (lean(function), world);
        }
        let mut hasher = DefaultHasher::new();
        function.hash(&mut hasher);
        let key = hasher.finish();
        if self.kept.contains(&key) {
            return (format!("kept.f{key:x}"), world);
        }
        world.kept.push(key);
        (format!("kept.f{key:x} = {}", lean(function)), world)
    }
}

/// A frame with our world in it, which functions of ours see with the frames within that are of its origin: a page, or
/// a frame of another origin in one.
#[derive(Debug)]
pub(super) struct Root {
    session: Session,
    frame: String,
    world: Mutex<Option<World>>,
    /// The session knows the frame no more.
    is_lost: AtomicBool,
}

impl Window {
    /// Calls a JavaScript function with one argument in our isolated world of the main frame, and gives its value as
    /// JSON text. A promise is awaited. When the page navigates meanwhile, the function is called once more, in the new
    /// document.
    pub(crate) async fn probe(
        &self,
        function: &str,
        argument: &Value,
        limit: Duration,
    ) -> Result<String, Error> {
        self.tab().root.probe(function, argument, limit).await
    }

    /// The same, with whether the page went on to another document since it was asked last. The function is then called
    /// when that document is parsed: what is half there is no answer.
    pub(crate) async fn probe_parsed(
        &self,
        function: &str,
        argument: &Value,
        limit: Duration,
    ) -> Result<(String, bool), Error> {
        let root = self.tab().root.clone();
        let left = |error: Error| match is_stale(&error) {
            true => Error::step_failed(LEFT).with_source(error),
            false => error,
        };
        let (text, went_on) = root.probe_noting(function, argument, limit).await.map_err(left)?;
        if !went_on {
            return Ok((text, false));
        }
        root.probe(PARSED, &Value::Null, limit).await.map_err(left)?;
        Ok((root.probe(function, argument, limit).await.map_err(left)?, true))
    }

    /// Evaluates an expression in the page's own world. It must give a string, or a promise of one.
    pub(crate) async fn script(&self, expression: &str, limit: Duration) -> Result<String, Error> {
        let mut call = EvaluateParams::new(expression);
        call.return_by_value = Some(true);
        call.await_promise = Some(true);
        let reply = self.session().call_within(call, limit).await?;
        // Who asks looks at the size itself, and says of what it is.
        string(reply.result, reply.exception_details, u64::MAX)
    }
}

impl Root {
    pub(super) fn new(session: &Session, frame: &str) -> Self {
        Self {
            session: session.clone(),
            frame: frame.to_owned(),
            world: Mutex::default(),
            is_lost: AtomicBool::new(false),
        }
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// As [`Window::probe`].
    pub(super) async fn probe(
        &self,
        function: &str,
        argument: &Value,
        limit: Duration,
    ) -> Result<String, Error> {
        self.probe_noting(function, argument, limit).await.map(|(text, _)| text)
    }

    /// The same, with whether the page went on to another document meanwhile.
    async fn probe_noting(
        &self,
        function: &str,
        argument: &Value,
        limit: Duration,
    ) -> Result<(String, bool), Error> {
        let call = async {
            match self.probe_once(function, argument).await {
                Err(error) if is_stale(&error) => {
                    self.set_world(None);
                    self.probe_once(function, argument).await.map(|text| (text, true))
                }
                result => result.map(|text| (text, false)),
            }
        };
        match tokio::time::timeout(limit, call).await {
            Ok(result) => result,
            Err(_) => Err(Error::step_failed(format!("the page did not answer within {limit:?}"))),
        }
    }

    async fn probe_once(&self, function: &str, argument: &Value) -> Result<String, Error> {
        let world = match self.cached_world() {
            Some(world) => world,
            None => self.make_world().await?,
        };
        self.ask(&world, function, argument, Duration::MAX).await
    }

    /// Calls a function in a world now, and gives its value as a future; the first call furnishes the world.
    pub(super) fn ask(
        &self,
        world: &World,
        function: &str,
        argument: &Value,
        limit: Duration,
    ) -> impl Future<Output = Result<String, Error>> + Send + use<> {
        let (function, then) = world.having(function);
        self.call(world, then, &function, argument, limit)
    }

    fn call(
        &self,
        world: &World,
        mut then: World,
        function: &str,
        argument: &Value,
        limit: Duration,
    ) -> impl Future<Output = Result<String, Error>> + Send + use<> {
        then.locates = world.locates || locator::is_in(argument);
        let selectors = if world.is_fresh { LEAN.selectors.as_str() } else { "" };
        let locate = if then.locates && !world.locates { LEAN.locate.as_str() } else { "" };
        let sight = if then.sees && !world.sees { LEAN.sight.as_str() } else { "" };
        let mut call =
            CallFunctionOnParams::new(format!("{START}{selectors}{locate}{sight}{BEFORE}{function}{AFTER}"));
        call.execution_context_id = Some(world.id);
        call.arguments = Some(vec![
            by_value(argument.clone()),
            by_value(MARK.as_str().into()),
            by_value(world.is_fresh.into()),
            by_value(self.session.connection().results().into()),
        ]);
        call.return_by_value = Some(true);
        call.await_promise = Some(true);
        let reply = self.session.send_within(call, limit);
        // Only now: what a world is known to have was written before.
        if then != *world {
            self.set_world(Some(then));
        }
        let most = self.session.connection().results();
        async move {
            let reply = reply.await?;
            string(reply.result, reply.exception_details, most)
        }
    }

    /// Brings a function into a world, which a later call there finds. Nobody needs the reply: what is asked next comes
    /// after it.
    pub(super) fn bring(&self, world: &World, function: &str) {
        let (function, then) = world.having(function);
        drop(self.call(world, then, &format!("() => ({function}, null)"), &Value::Null, Duration::MAX));
    }

    /// The number of the frame that a pinned element holds; none when its document or the element is gone.
    pub(super) async fn frame_of(&self, pin: u32) -> Result<Option<String>, Error> {
        let Some(world) = self.cached_world() else { return Ok(None) };
        let mut call = CallFunctionOnParams::new(PINNED);
        call.execution_context_id = Some(world.id);
        call.arguments = Some(vec![by_value(pin.into()), by_value(MARK.as_str().into())]);
        let element = match self.session.call_within(call, LIMIT).await {
            Ok(reply) => reply.result.object_id,
            Err(error) if Refusal::of(&error).is_some() => None,
            Err(error) => return Err(error),
        };
        let Some(element) = element else { return Ok(None) };
        let describe = DescribeNodeParams::builder().object_id(element.clone()).build();
        let described = self.session.send(describe);
        // Nobody needs the reply.
        drop(self.session.send(ReleaseObjectParams::new(element)));
        match described.await {
            Ok(reply) => Ok(reply.node.frame_id.map(|id| id.inner().clone())),
            Err(error) if Refusal::of(&error).is_some() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether nothing can be asked there any more.
    pub(super) fn is_over(&self) -> bool {
        self.is_lost.load(Ordering::Relaxed) || self.session.end().is_some()
    }

    /// Makes our world in the frame; it tells whether the session knows that.
    pub(super) async fn is_known(&self) -> Result<bool, Error> {
        match self.make_world().await {
            Ok(_) => Ok(true),
            Err(_) if self.is_over() => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn make_world(&self) -> Result<World, Error> {
        let mut make = CreateIsolatedWorldParams::new(self.frame.clone());
        make.world_name = Some(NAME.into());
        // Frames of other origins are the page's too, as a user sees it.
        make.grant_univeral_access = Some(true);
        let made = self.session.call_within(make, Duration::MAX).await;
        if made
            .as_ref()
            .err()
            .and_then(Refusal::of)
            .is_some_and(|refusal| refusal.message().contains(NO_FRAME))
        {
            self.is_lost.store(true, Ordering::Relaxed);
        }
        let id = made?.execution_context_id;
        let world = World { id, is_fresh: true, sees: false, locates: false, kept: Vec::new() };
        self.set_world(Some(world.clone()));
        Ok(world)
    }

    fn cached_world(&self) -> Option<World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_world(&self, world: Option<World>) {
        *self.world.lock().unwrap_or_else(PoisonError::into_inner) = world;
    }
}

/// Whether a call failed because the document went away under it.
pub(crate) fn is_stale(error: &Error) -> bool {
    error.message() == ANOTHER
        || Refusal::of(error).is_some_and(|refusal| {
            ["Cannot find context", "context was destroyed", "navigated or closed", "Promise was collected"]
                .iter()
                .any(|text| refusal.message().contains(text))
        })
}

/// A source of ours without indentation and lines of comment: a fifth less for a page to read.
fn lean(source: &str) -> String {
    let lines =
        source.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn by_value(value: Value) -> CallArgument {
    CallArgument { value: Some(value), ..Default::default() }
}

fn string(result: RemoteObject, exception: Option<ExceptionDetails>, most: u64) -> Result<String, Error> {
    if let Some(exception) = exception {
        let thrown = thrown(exception);
        let is_large = thrown == TOO_LARGE;
        return Err(if is_large { too_large(GIVEN, most) } else { Error::step_failed(thrown) });
    }
    match result.value {
        Some(Value::String(text)) if text.len() as u64 > most => Err(too_large(GIVEN, most)),
        Some(Value::String(text)) => Ok(text),
        _ => Err(Error::step_failed("a script gave no text")),
    }
}

/// What a script threw, in words: an error's message without its stack, any other value as it is.
fn thrown(details: ExceptionDetails) -> String {
    let Some(exception) = details.exception else { return details.text };
    match (exception.value, exception.description) {
        (Some(Value::String(text)), _) => text,
        (Some(value), _) => value.to_string(),
        (None, Some(description)) => {
            let message = description.split("\n    at ").next().unwrap_or_default();
            message.strip_prefix("Error: ").unwrap_or(message).to_owned()
        }
        (None, None) => details.text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> World {
        World {
            id: ExecutionContextId::new(1),
            is_fresh: true,
            sees: false,
            locates: false,
            kept: Vec::new(),
        }
    }

    #[test]
    fn a_long_function_is_brought_once() {
        let long = format!("{SEES}() => {{\n    // Why.\n    return '{}';\n}}", "a".repeat(KEPT));
        let (brought, then) = world().having(&long);
        assert!(brought.starts_with("kept.f") && brought.contains(" = () => {\nreturn 'a"), "{brought}");
        assert!(then.sees && !then.is_fresh);
        let (named, same) = then.having(&long);
        assert!(brought.starts_with(&format!("{named} = ")), "{named}");
        assert_eq!(same, then);
        // Another one is another.
        assert!(then.having(&long.replace('a', "b")).0.contains(" = "));
    }

    #[test]
    fn a_short_function_is_brought_each_time() {
        let (brought, then) = world().having("() => 1");
        assert_eq!((brought.as_str(), then.kept.len()), ("() => 1\n", 0));
    }
}
