//! JavaScript in a window's page: ours in an isolated world, the recipe's in the page's own.

use std::future::Future;
use std::hash::{BuildHasher, RandomState};
use std::sync::{LazyLock, PoisonError};
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::page::CreateIsolatedWorldParams;
use chromiumoxide::cdp::js_protocol::runtime::{
    CallArgument, CallFunctionOnParams, EvaluateParams, ExceptionDetails, ExecutionContextId, RemoteObject,
};
use serde_json::Value;

use super::connection::Refusal;
use super::window::Window;
use crate::Error;

/// The name of our isolated world.
const NAME: &str = "webtask";

/// Around a function of ours. The mark tells that this is the world that we made: in a new process of the page,
/// another one may have its number. Text is made well-formed, so that every reader of JSON takes it.
const START: &str = "function (argument, mark, first) {
    if (first) globalThis.webtask = mark;
    else if (globalThis.webtask !== mark) throw 'webtask: another world';
";

/// What our functions share, brought by the first call in a world.
const SELECTORS: &str = include_str!("probe/selectors.js");

const BEFORE: &str = "
    const text = value => {
        const json = JSON.stringify(value === undefined ? null : value) ?? 'null';
        return json.includes('\\\\ud')
            ? json.replace(/\\\\(u[dD][89a-fA-F][0-9a-fA-F]{2}|.)/g, (all, code) => code.length > 1 ? '\\ufffd' : all)
            : json;
    };
    const value = (";

const AFTER: &str = ")(argument);
    return value instanceof Promise ? value.then(text) : text(value);
}";

/// What the mark throws when it is missing.
const ANOTHER: &str = "webtask: another world";

/// What no page can guess.
static MARK: LazyLock<String> = LazyLock::new(|| format!("{:x}", RandomState::new().hash_one("webtask")));

/// Our isolated world in a document.
#[derive(Clone, Debug)]
pub(crate) struct World {
    id: ExecutionContextId,
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
        let call = async {
            match self.probe_once(function, argument).await {
                Err(error) if is_stale(&error) => {
                    self.set_world(None);
                    self.probe_once(function, argument).await
                }
                result => result,
            }
        };
        match tokio::time::timeout(limit, call).await {
            Ok(result) => result,
            Err(_) => Err(Error::step_failed(format!("the page did not answer within {limit:?}"))),
        }
    }

    async fn probe_once(&self, function: &str, argument: &Value) -> Result<String, Error> {
        let (world, is_new) = match self.cached_world() {
            Some(world) => (world, false),
            None => (self.make_world().await?, true),
        };
        self.ask(&world, is_new, function, argument, Duration::MAX).await
    }

    /// Calls a function in a world now, and gives its value as a future; the first call furnishes the world.
    pub(super) fn ask(
        &self,
        world: &World,
        is_new: bool,
        function: &str,
        argument: &Value,
        limit: Duration,
    ) -> impl Future<Output = Result<String, Error>> + Send + use<> {
        let mut call = CallFunctionOnParams::new(match is_new {
            true => format!("{START}{SELECTORS}{BEFORE}{function}{AFTER}"),
            false => format!("{START}{BEFORE}{function}{AFTER}"),
        });
        call.execution_context_id = Some(world.id);
        call.arguments =
            Some(vec![by_value(argument.clone()), by_value(MARK.as_str().into()), by_value(is_new.into())]);
        call.return_by_value = Some(true);
        call.await_promise = Some(true);
        let reply = self.session().send_within(call, limit);
        async move {
            let reply = reply.await?;
            string(reply.result, reply.exception_details)
        }
    }

    /// Evaluates an expression in the page's own world. It must give a string, or a promise of one.
    pub(crate) async fn script(&self, expression: &str, limit: Duration) -> Result<String, Error> {
        let mut call = EvaluateParams::new(expression);
        call.return_by_value = Some(true);
        call.await_promise = Some(true);
        let reply = self.session().call_within(call, limit).await?;
        string(reply.result, reply.exception_details)
    }

    pub(super) async fn make_world(&self) -> Result<World, Error> {
        let mut make = CreateIsolatedWorldParams::new(self.target().inner().clone());
        make.world_name = Some(NAME.into());
        // Frames of other origins are the page's too, as a user sees it.
        make.grant_univeral_access = Some(true);
        let world = World { id: self.session().call_within(make, Duration::MAX).await?.execution_context_id };
        self.set_world(Some(world.clone()));
        Ok(world)
    }

    fn cached_world(&self) -> Option<World> {
        self.tab().world.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_world(&self, world: Option<World>) {
        *self.tab().world.lock().unwrap_or_else(PoisonError::into_inner) = world;
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

fn by_value(value: Value) -> CallArgument {
    CallArgument { value: Some(value), ..Default::default() }
}

fn string(result: RemoteObject, exception: Option<ExceptionDetails>) -> Result<String, Error> {
    if let Some(exception) = exception {
        return Err(Error::step_failed(thrown(exception)));
    }
    match result.value {
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
