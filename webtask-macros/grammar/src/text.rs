//! Reads a recipe's text spelling, lines and `end`, onto the tree of the inline one, by the same parser.
//!
//! On the way: [`scan`] finds tokens, [`bracket`] logical lines, [`layout`] blocks, and [`spell`] writes them as the
//! inline spelling has them. None of them knows what a statement says.

mod bracket;
pub(crate) mod dedent;
pub(crate) mod fault;
pub(crate) mod layout;
mod number;
mod report;
mod ruler;
pub(crate) mod scan;
mod sources;
pub(crate) mod spell;
mod string;

use proc_macro2::Span;

pub use self::sources::Sources;

use self::fault::Faults;
use self::layout::Row;
use self::ruler::Ruler;
use self::scan::Token;
use crate::ast::Task;
use crate::parse::{Spelling, parse_as};
use crate::problem::Problems;

/// A recipe file: its name and its text, to which the places of its tasks and problems belong.
///
/// A place is good in the thread that made the source.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: Vec<char>,
    ruler: Ruler,
}

impl Source {
    /// A file of that name, with that text: a mark at its beginning is ignored, and so is CR before LF.
    #[must_use]
    pub fn new(name: impl Into<String>, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let text: Vec<char> = text.chars().collect();
        Source { name: name.into(), ruler: Ruler::new(&text), text }
    }

    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the place is one of this file.
    #[must_use]
    pub fn holds(&self, span: Span) -> bool {
        self.ruler.holds(span)
    }

    /// The characters between two places.
    pub(crate) fn slice(&self, start: usize, end: usize) -> String {
        self.text.get(start..end).unwrap_or_default().iter().collect()
    }
}

/// A recipe's text, taken apart.
pub(crate) struct Parts {
    /// Its tokens, with comments and line breaks.
    pub(crate) tokens: Vec<Token>,
    /// Its logical lines, in blocks.
    pub(crate) rows: Vec<Row>,
}

/// Reads the tasks of a recipe file and checks what is written in them, each for itself.
///
/// It gives whatever it understood; everything else is among the problems, which [`Source::report`] shows. What the
/// names in a recipe mean is not looked at.
///
/// ```
/// use webtask_grammar::{Problems, Source, parse_text};
///
/// let source = Source::new("price.webtask", "task \"shop/price\"\n    clik \"a\"\nend\n");
/// let mut problems = Problems::new();
/// let tasks = parse_text(&source, &mut problems);
///
/// assert_eq!(tasks[0].name.text, "shop_price");
/// assert_eq!(source.report(&problems.take()[0]), "\
/// price.webtask:2:5: unknown step `clik`
///   |
/// 2 |     clik \"a\"
///   |     ^^^^
/// help: did you mean `click`?");
/// ```
pub fn parse_text(source: &Source, problems: &mut Problems) -> Vec<Task> {
    let mut faults = Faults::new(source);
    let parts = take_apart(source, &mut faults);
    let stream = spell::stream(source, &parts.tokens, &parts.rows);
    let mut told = Problems::new();
    let tasks = parse_as(stream, Spelling::Text, &mut told);
    faults.join(told.take(), problems);
    tasks
}

/// Takes the text apart, as far as it can be.
pub(crate) fn take_apart(source: &Source, faults: &mut Faults<'_>) -> Parts {
    let tokens = scan::tokens(source, faults);
    let (tokens, lines) = bracket::lines(source, tokens, faults);
    let rows = layout::rows(source, &tokens, &lines, faults);
    Parts { tokens, rows }
}
