//! Waits for an element to be as a step needs it. It knows what a step needs, and not what for.

mod answer;
mod inside;
mod mouse;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::time::Instant;

use crate::browser::{Frame, Missed, Window, is_stale};
use crate::{Error, ErrorKind};

use answer::Answer;
pub(super) use mouse::{Tries, use_mouse};

/// What waits in the page. It asks what can be seen, and says so first.
pub(super) const WAIT: &str = concat!(
    "// Sees.\n(want) => { const typing = ",
    include_str!("element/typing.js"),
    ";\n",
    include_str!("element/find.js"),
    include_str!("element/reach.js"),
    include_str!("element/picture.js"),
    include_str!("element/boxes.js"),
    include_str!("element/choose.js"),
    include_str!("element/fill.js"),
    include_str!("element/focus.js"),
    include_str!("element/wait.js"),
    "}"
);

/// Whether a box that was clicked is still as it was wanted; in another document nobody knows.
const HOLDS: &str = "() => selectors.turning?.holds() ?? true";

/// A function that does nothing.
const NOTHING: &str = "() => null";

/// How long a step waits that does not say.
pub(super) const LIMIT: Duration = Duration::from_secs(10);

/// How much longer than the page's own deadline its answer may take: a page can be busy.
const GRACE: Duration = Duration::from_secs(1);

/// The element that is wanted, and how.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Want<'a> {
    pub(super) selector: &'a str,
    pub(super) text: Option<&'a str>,
    pub(super) exact: bool,
    pub(super) closest: Option<&'a str>,
    pub(super) need: Need,
    /// What is typed, for the inputs that take only a whole value.
    pub(super) value: Option<&'a str>,
    /// Whether only one visible element may match.
    pub(super) strict: bool,
}

/// What a step needs of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Need {
    Present,
    Visible,
    Gone,
    Click,
    /// It is visible and at rest, scrolled into the window as far as it goes.
    Picture,
    /// It can be typed into, and has the focus.
    Type,
    /// It takes a value, and has it.
    Fill,
    /// The mouse can be on it.
    Hover,
    /// It is checked, or can be clicked to be.
    Check,
    Uncheck,
    /// It is checked, or has been by the click after which it went away.
    Checked,
    Unchecked,
    /// It is an input for files.
    Upload,
    /// It is a list with that option, which is selected.
    Select,
}

impl Need {
    /// What a box must be in the end.
    pub(super) fn done(self) -> Self {
        match self {
            Self::Check => Self::Checked,
            Self::Uncheck => Self::Unchecked,
            other => other,
        }
    }
}

/// An element that is as it was wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Found {
    /// Where to click; of a picture, its corner.
    pub(super) x: f64,
    pub(super) y: f64,
    /// The size of a picture.
    pub(super) width: f64,
    pub(super) height: f64,
    /// Whether what is around it was hidden for a picture, and must be shown again.
    pub(super) alone: bool,
    /// How keys reach it.
    pub(super) how: How,
    /// After how many characters it is full.
    pub(super) room: Option<usize>,
    /// Whether it is already what a step makes of it.
    pub(super) done: bool,
    /// What a click on it has met instead.
    missed: Option<Missed>,
    /// The frame of another origin that it is in, and what of the selector means it there.
    #[serde(skip)]
    inside: Option<(Arc<Frame>, String)>,
}

impl Found {
    /// The frame of another origin that it is in.
    pub(super) fn frame(&self) -> Option<&Arc<Frame>> {
        self.inside.as_ref().map(|(frame, _)| frame)
    }

    /// What means it where it is, of the selector that it was found by.
    pub(super) fn selector<'a>(&'a self, selector: &'a str) -> &'a str {
        self.inside.as_ref().map_or(selector, |(_, rest)| rest)
    }
}

/// How keys reach an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum How {
    /// As text in one line, where the caret is.
    #[default]
    Text,
    /// As text in lines.
    Lines,
    /// As text with a form.
    Rich,
    /// It has its value already.
    Value,
    /// As keys, since it holds no text.
    Keys,
}

impl<'a> Want<'a> {
    pub(super) fn new(selector: &'a str, need: Need) -> Self {
        Self { selector, text: None, exact: false, closest: None, need, value: None, strict: false }
    }

    /// Why it was not to be had.
    fn error(&self, answer: &Answer, limit: Duration) -> Error {
        let missed = match self.need {
            Need::Present => "was not there",
            Need::Visible => "was not visible",
            Need::Gone => "was not gone",
            Need::Click => "could not be clicked",
            Need::Picture => "could not be shown",
            Need::Type => "could not be typed into",
            Need::Fill => "could not be filled",
            Need::Hover => "could not be reached by the mouse",
            Need::Check => "could not be checked",
            Need::Uncheck => "could not be unchecked",
            Need::Checked => "was not checked",
            Need::Unchecked => "was not unchecked",
            Need::Upload => "could not be given files",
            Need::Select => "could not be selected",
        };
        Error::step_failed(match answer {
            Answer::Invalid { selector, why } => {
                let why = why.as_ref().map(|why| format!(": {why}"));
                format!("`{selector}` is not a valid selector{}", why.unwrap_or_default())
            }
            Answer::Untyped { what } => format!("{self} takes no text: it is {what}"),
            Answer::Unfilled { what, step } if step.is_empty() => {
                format!("{self} takes no value: it is {what}")
            }
            Answer::Unfilled { what, step } => {
                format!("{self} cannot be filled: it is {what}, so use `{step}`")
            }
            Answer::Unfit { what } => match self.need {
                Need::Upload => format!("{self} takes no files: it is {what}"),
                Need::Select => format!("`{}` has no options: it is {what}", self.selector),
                Need::Click => format!("{self} cannot be clicked: it is {what}, so use `select`"),
                Need::Hover => {
                    format!("{self} cannot be reached by the mouse: it is {what}, so use `select`")
                }
                _ => format!("{self} cannot be checked: it is {what}"),
            },
            Answer::Radio => {
                format!(
                    "{self} cannot be unchecked: it is a radio button, so `check` another one of its group"
                )
            }
            Answer::Several { count, like } => {
                let like: Vec<_> = like.iter().map(|one| format!("`{one}`")).collect();
                let more = match count.saturating_sub(like.len()) {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                format!("{self} is {count} visible elements where one is meant: {}{more}", like.join(", "))
            }
            Answer::Refused { what, wants } => {
                let wants = wants.as_ref().map(|wants| format!(" and wants {wants}"));
                let value = self.value.unwrap_or_default();
                format!("{self} does not take `{value}`: it is {what}{}", wants.unwrap_or_default())
            }
            answer => format!("{self} {missed} within {limit:?}: {answer}"),
        })
    }
}

impl fmt::Display for Want<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.selector)?;
        match self.text {
            Some(text) if self.exact => write!(f, " with exactly the text `{text}`"),
            Some(text) => write!(f, " with the text `{text}`"),
            None => match self.value {
                Some(option) if self.need == Need::Select => write!(f, ": the option `{option}`"),
                _ => Ok(()),
            },
        }
    }
}

/// Waits in the page until the element is as it is wanted. A navigation meanwhile starts the look anew, not the time.
pub(super) async fn wait(window: &Window, want: &Want<'_>, limit: Option<Duration>) -> Result<Found, Error> {
    let limit = limit.unwrap_or(LIMIT);
    within(want, limit, look(window, want, limit)).await
}

/// Clicks on what was found, and waits as [`wait`] does for what is to become of it, where it was found. Gives what the
/// mouse has met instead.
///
/// The page is asked before the click comes: one that goes away with the click could not be asked after it.
pub(super) async fn click_until(
    window: &Window,
    found: &Found,
    want: &Want<'_>,
    limit: Option<Duration>,
) -> Result<Option<Missed>, Error> {
    let there = Want { selector: found.selector(want.selector), ..*want };
    let outcome = async {
        let Some(frame) = found.frame() else { return wait(window, want, limit).await };
        let limit = limit.unwrap_or(LIMIT);
        within(want, limit, inside::stay(frame, &there, limit)).await
    };
    let click = async {
        // It is answered when the page has begun to wait.
        match window.probe_in(found.frame(), NOTHING, &Value::Null, 10 * GRACE).await {
            Ok(_) => found.click(window).await,
            Err(error) => Err(error),
        }
    };
    let (found, ()) = tokio::try_join!(outcome, click)?;
    Ok(found.missed)
}

/// Whether the box that was clicked is still as it was wanted, once the page has done what it had planned.
///
/// # Errors
///
/// [`StepFailed`](ErrorKind::StepFailed) when the page has turned it back.
pub(super) async fn still_turned(
    window: &Window,
    found: &Found,
    want: &Want<'_>,
    limit: Option<Duration>,
) -> Result<(), Error> {
    let holds = match window.probe_in(found.frame(), HOLDS, &Value::Null, GRACE).await {
        Ok(holds) => holds == "true",
        // Its document has made way for the next one, or the next step says why it does not answer.
        Err(_) => true,
    };
    if holds { Ok(()) } else { Err(want.error(&Answer::Turned, limit.unwrap_or(LIMIT))) }
}

async fn within(
    want: &Want<'_>,
    limit: Duration,
    waiting: impl Future<Output = Result<Answer, Error>>,
) -> Result<Found, Error> {
    let answer = match tokio::time::timeout(limit.saturating_add(GRACE), waiting).await {
        Ok(answer) => answer?,
        Err(_) => {
            return Err(Error::step_failed(format!(
                "the page did not answer while {want} was waited for {limit:?}"
            )));
        }
    };
    match answer {
        Answer::Found(found) => Ok(found),
        answer => Err(want.error(&answer, limit)),
    }
}

async fn look(window: &Window, want: &Want<'_>, limit: Duration) -> Result<Answer, Error> {
    let argument = argument(want, limit)?;
    let start = Instant::now();
    loop {
        match window.probe(WAIT, &argument, limit.saturating_add(2 * GRACE)).await {
            Ok(text) => match read(&text)? {
                Answer::Far { frames, here } => {
                    match inside::look(window, None, frames, here, &argument).await {
                        Ok(answer) if answer.is_end() || start.elapsed() >= limit => return Ok(answer),
                        Err(error) if !is_stale(&error) => return Err(error),
                        _ => inside::pause().await,
                    }
                }
                answer => return Ok(answer),
            },
            // Once more than the call repeats itself. Also when the time is over: the next document says at once what is
            // there instead.
            Err(error) if is_stale(&error) => {}
            Err(error) => return Err(error),
        }
    }
}

/// What the page is asked.
fn argument(want: &Want<'_>, limit: Duration) -> Result<Value, Error> {
    let mut argument = crate::value::value(want)?;
    // A point in time and no duration: in a new document, the call is repeated as it is.
    argument["until"] = (now() + limit.as_secs_f64() * 1000.0).into();
    Ok(argument)
}

/// The time as pages have it, in milliseconds.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64() * 1000.0
}

fn read(text: &str) -> Result<Answer, Error> {
    serde_json::from_str(text).map_err(|error| {
        Error::new(ErrorKind::Internal, "the page's answer cannot be read").with_source(error)
    })
}
