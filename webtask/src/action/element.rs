//! Waits for an element to be as a step needs it. It knows what a step needs, and not what for.

mod inside;
mod mouse;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::time::Instant;

use crate::browser::{Far, Frame, Missed, Window, is_stale};
use crate::{Error, ErrorKind};

pub(super) use mouse::{Tries, use_mouse};

/// What waits in the page. It asks what can be seen, and says so first.
const WAIT: &str = concat!(
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

/// What tells in the page what keys meet.
pub(super) const TYPING: &str = include_str!("element/typing.js");

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

/// What the page says.
#[derive(Debug, Deserialize)]
#[serde(tag = "state", rename_all = "lowercase")]
enum Answer {
    Found(Found),
    Invalid {
        selector: String,
        /// What is wrong with it, where the page can tell.
        why: Option<String>,
    },
    Absent,
    Text {
        count: u64,
        says: String,
        /// The first character in which it differs from the wanted text that it looks like, and that one's own.
        #[serde(default)]
        has: Option<char>,
        #[serde(default)]
        wants: Option<char>,
    },
    Closest {
        closest: String,
    },
    Hidden {
        count: u64,
    },
    There {
        count: u64,
    },
    Disabled,
    Moving,
    Outside,
    Covered {
        by: String,
    },
    Readonly,
    Unfocused,
    /// The page has put it out of use.
    Inert,
    Untyped {
        what: String,
    },
    /// It takes a value by another step.
    Unfilled {
        what: String,
        step: String,
    },
    Refused {
        what: String,
        /// What it would take.
        wants: Option<String>,
    },
    Shut {
        part: String,
        frame: bool,
    },
    /// What is looked for may be in frames of other origins; `here` is what it lacks beside those.
    Far {
        frames: Vec<Far>,
        here: Option<Box<Self>>,
    },
    Unfit {
        what: String,
    },
    Radio,
    Turned,
    /// Only what is in it can be clicked.
    Nested {
        by: String,
    },
    /// The mouse passes through it.
    Passed,
    /// The click led to another page, where it is not as it should be.
    Left,
    Option {
        has: Vec<String>,
        count: u64,
    },
    Locked,
    /// Where only one may match.
    Several {
        count: usize,
        /// The first of them.
        like: Vec<String>,
    },
    /// The mouse has met something else; none when it went away under the mouse.
    Missed {
        by: Option<String>,
    },
    /// It was disabled when the mouse arrived.
    DisabledThen,
}

impl Answer {
    /// Whether more time changes nothing.
    fn is_end(&self) -> bool {
        matches!(
            self,
            Self::Found(_)
                | Self::Invalid { .. }
                | Self::Untyped { .. }
                | Self::Unfilled { .. }
                | Self::Refused { .. }
                | Self::Unfit { .. }
                | Self::Radio
                | Self::Several { .. }
        )
    }
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
                format!("`{selector}` is no valid selector{}", why.unwrap_or_default())
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

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("no element matches it"),
            Self::Shut { part, frame: true } => write!(f, "the frame `{part}` has no document that answers"),
            Self::Shut { part, .. } => write!(f, "`{part}` is no frame and has no open shadow root"),
            Self::Text { count, says, has, wants } => {
                match (count, has.zip(*wants)) {
                    (1, _) => write!(f, "the one that matches says `{says}`")?,
                    (_, None) => write!(f, "none of {count} that match has it, the first says `{says}`")?,
                    (_, Some(_)) => write!(f, "none of {count} that match has it, one says `{says}`")?,
                }
                match has.zip(*wants) {
                    Some((has, wants)) => write!(
                        f,
                        ", with `{has}` (U+{:04X}) where `{wants}` (U+{:04X}) is wanted",
                        u32::from(has),
                        u32::from(wants)
                    ),
                    None => Ok(()),
                }
            }
            Self::Closest { closest } => write!(f, "it is inside no `{closest}`"),
            Self::Hidden { count: 1 } => f.write_str("it is in the page but not visible"),
            Self::Hidden { count } => write!(f, "{count} are in the page, but none is visible"),
            Self::There { count: 1 } => f.write_str("it is still visible"),
            Self::There { count } => write!(f, "{count} are still visible"),
            Self::Disabled => f.write_str("it is disabled"),
            Self::Moving => f.write_str("it is moving"),
            Self::Outside => f.write_str("it is outside the window and cannot be scrolled into it"),
            Self::Covered { by } => write!(f, "`{by}` covers it"),
            Self::Readonly => f.write_str("it is read-only"),
            Self::Turned => f.write_str("the page turned it back after the click"),
            Self::Nested { by } => write!(f, "a click on it would hit `{by}` within"),
            Self::Passed => f.write_str("it takes no mouse: `pointer-events: none` or `inert` is set"),
            Self::Left => f.write_str("the click led to another page"),
            Self::Option { has, count } => {
                match has.as_slice() {
                    [] => return f.write_str("it has no options"),
                    has => {
                        let has: Vec<_> = has.iter().map(|label| format!("`{label}`")).collect();
                        write!(f, "no such option; it has {}", has.join(", "))?;
                    }
                }
                match count.saturating_sub(has.len() as u64) {
                    0 => Ok(()),
                    more => write!(f, " and {more} more"),
                }
            }
            Self::Locked => f.write_str("the option is disabled"),
            Self::Missed { by: Some(by) } => write!(f, "`{by}` was there instead when the mouse arrived"),
            Self::DisabledThen => f.write_str("it was disabled when the mouse arrived"),
            Self::Missed { by: None } => f.write_str("it moved away while the mouse was pressed on it"),
            Self::Unfocused => f.write_str("it does not take the focus"),
            Self::Inert => f.write_str("the page is inert there: `inert` is set, or a modal dialog is open"),
            Self::Found(_)
            | Self::Invalid { .. }
            | Self::Untyped { .. }
            | Self::Unfilled { .. }
            | Self::Refused { .. }
            | Self::Unfit { .. }
            | Self::Far { .. }
            | Self::Several { .. }
            | Self::Radio => Ok(()),
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
                        Err(error) if !is_stale(&error) || start.elapsed() >= limit => return Err(error),
                        _ => inside::pause().await,
                    }
                }
                answer => return Ok(answer),
            },
            // Once more than the call repeats itself.
            Err(error) if is_stale(&error) && start.elapsed() < limit => {}
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
