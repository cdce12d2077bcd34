//! What the page says of an element that a step waits for, in words.

use std::fmt;

use serde::Deserialize;

use super::Found;
use crate::browser::{Far, Miss, Missed};

/// What the page says.
#[derive(Debug, Deserialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub(super) enum Answer {
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
    /// The mouse has missed it.
    #[serde(skip)]
    Missed(Missed),
}

impl Answer {
    /// Whether more time changes nothing.
    pub(super) fn is_end(&self) -> bool {
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

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("no element matches it"),
            Self::Shut { part, frame: true } => write!(f, "the frame `{part}` has no document that answers"),
            Self::Shut { part, .. } => write!(f, "`{part}` is not a frame and has no open shadow root"),
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
            Self::Closest { closest } => write!(f, "it is not inside a `{closest}`"),
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
            Self::Passed => f.write_str("it ignores the mouse: `pointer-events: none` or `inert` is set"),
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
            Self::Missed(missed) => missed.fmt(f),
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

impl fmt::Display for Missed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by = self.by.as_deref().unwrap_or("something else");
        match self.why {
            Miss::Instead => write!(f, "`{by}` was there instead when the mouse arrived"),
            Miss::Disabled => f.write_str("it was disabled when the mouse arrived"),
            Miss::Flees => f.write_str(
                "it goes away when the mouse comes: look for `:hover`, `:active` or `mouseenter` in the page",
            ),
            Miss::Moved => f.write_str("it moved away while the mouse was pressed on it"),
            Miss::Gone | Miss::Late => f.write_str("it went away while the mouse was pressed on it"),
            Miss::Over => write!(f, "`{by}` came over it while the mouse was pressed on it"),
        }
    }
}
