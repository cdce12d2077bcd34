//! What is done in a new document while it still loads: our world in it is made, and a first question asked, so that the
//! answer is there as soon as the document is. It knows no step.

use std::time::Duration;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use serde_json::Value;

use super::navigate::Until;
use super::window::Window;
use crate::Error;

/// A function for the page, with its argument.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'a> {
    pub(crate) function: &'a str,
    pub(crate) argument: &'a Value,
}

/// What is done in a document while it loads.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ahead<'a> {
    Nothing,
    /// Our world is made, and has a function that is likely to be called.
    Helper(&'a str),
    /// That, and a question is asked there.
    Question(Question<'a>),
}

/// What comes of it: the function's value as JSON text.
pub(crate) type Answer = BoxFuture<'static, Result<String, Error>>;

/// What is being done in a document while it loads.
pub(super) struct Begun {
    asked: Option<BoxFuture<'static, Option<Answer>>>,
    asks: bool,
}

/// Around a function that is to be called when the document is there: as a task of its own after the event that says
/// so, like any call that comes after the event. A page may keep the event from us, so the clock is asked too.
const WHEN: &str = "(argument) => {
    const ask = ";

const THERE: &str = ";
    const [entry] = performance.getEntriesByType('navigation');
    const isThere = () => entry === undefined || entry[argument.when] > 0;
    return new Promise((answer, fail) => {
        let timer = 0;
        const now = () => {
            clearInterval(timer);
            try {
                answer(ask(argument.argument));
            } catch (error) {
                fail(error);
            }
        };
        if (isThere()) return now();
        addEventListener(argument.event, () => setTimeout(now), { once: true });
        timer = setInterval(() => isThere() && now(), 50);
    });
}";

impl Question<'_> {
    /// The function and its argument for when a document is as far as `until` says; nobody can ask for when it is idle.
    pub(super) fn when(&self, until: Until) -> (String, Value) {
        let (event, when) = match until {
            Until::Load | Until::Idle => ("load", "loadEventEnd"),
            Until::Dom => ("DOMContentLoaded", "domContentLoadedEventEnd"),
        };
        let argument = serde_json::json!({ "event": event, "when": when, "argument": self.argument });
        (format!("{WHEN}{}{THERE}", self.function), argument)
    }
}

impl Window {
    /// Makes our world in a document that has just come, and asks the question there for when it is as far as `until`
    /// says. What fails is asked again when it is needed.
    pub(super) fn ahead(&self, until: Until, what: Ahead<'_>) -> Begun {
        let question = match what {
            Ahead::Nothing => return Begun { asked: None, asks: false },
            Ahead::Question(question) if until != Until::Idle => Ok(question.when(until)),
            Ahead::Question(Question { function, .. }) | Ahead::Helper(function) => Err(function.to_owned()),
        };
        let asks = question.is_ok();
        let root = self.tab().root.clone();
        let asked = async move {
            let world = root.make_world().await.ok()?;
            match question {
                Ok((function, argument)) => {
                    Some(root.ask(&world, &function, &argument, Duration::MAX).boxed())
                }
                Err(function) => {
                    root.bring(&world, &function);
                    None
                }
            }
        };
        Begun { asked: Some(asked.boxed()), asks }
    }
}

impl Begun {
    /// Goes on until the question is asked.
    pub(super) async fn ask(&mut self) -> Option<Answer> {
        let answer = match &mut self.asked {
            Some(asked) => asked.await,
            None => None,
        };
        (self.asked, self.asks) = (None, false);
        answer
    }

    /// The answer to a question that could not be asked yet, because the document was there before our world.
    pub(super) fn late(self) -> Option<Answer> {
        let asked = self.asked.filter(|_| self.asks)?;
        let answer = async move {
            match asked.await {
                Some(answer) => answer.await,
                None => Err(Error::step_failed("nothing could be asked in the page")),
            }
        };
        Some(answer.boxed())
    }
}
