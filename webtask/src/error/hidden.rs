//! One of our errors in another that does not give it as its `source()`, as `#[error(transparent)]` of `thiserror` does.
//!
//! Such an error hands its [`Formatter`](fmt::Formatter) through to ours. So it is asked to print itself with a fill that
//! nobody else uses, and ours, when it sees that, tells what it is.

use std::cell::RefCell;
use std::fmt::{self, Write as _};

use super::Error;

/// The fill that asks: it is not a character of any text.
const ASKS: char = '\u{10ffff}';

thread_local! {
    /// What has answered.
    static FOUND: RefCell<Option<Error>> = const { RefCell::new(None) };
}

/// A place where no text is kept.
struct Nowhere;

impl fmt::Write for Nowhere {
    fn write_str(&mut self, _: &str) -> fmt::Result {
        Ok(())
    }
}

/// The error of ours that prints itself as this one.
pub(super) fn hidden(error: &(dyn std::error::Error + 'static)) -> Option<Error> {
    FOUND.take();
    let _ = write!(Nowhere, "{error:\u{10ffff}<1}");
    FOUND.take()
}

/// Whether our error is asked what it is; if it is, it has answered.
pub(super) fn answers(error: &Error, f: &fmt::Formatter<'_>) -> bool {
    let asked = f.fill() == ASKS;
    if asked {
        FOUND.set(Some(error.about()));
    }
    asked
}
