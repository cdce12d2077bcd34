//! What is wrong with recipes.

use std::fmt;

use proc_macro2::Span;
use webtask_grammar::ast::Name;
use webtask_grammar::{Problem, Sources};

/// What is wrong with recipes: all of it at once, each mistake at its place.
///
/// ```
/// let mistakes = webtask::Recipes::parse("price.webtask", "\
/// task \"price\"
///     clik \"a\"
/// end
/// ").unwrap_err();
///
/// assert_eq!(mistakes.to_string(), "\
/// price.webtask:2:5: unknown step `clik`
///   |
/// 2 |     clik \"a\"
///   |     ^^^^
/// help: did you mean `click`?");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

/// One mistake in a recipe. Its `Display` is the whole report: place, message, line with a caret, and help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    location: Option<Location>,
    message: String,
    help: Option<String>,
    report: String,
}

/// Where in a file a mistake is. Lines and columns count characters from one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location {
    /// The file's name, as it was given.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column of the first character at fault.
    pub column: usize,
    /// The line of the last character at fault.
    pub end_line: usize,
    /// The column behind the last character at fault.
    pub end_column: usize,
}

impl Mistakes {
    /// The mistakes, in the order of their files and of the text.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Mistake> {
        self.0.iter()
    }

    /// Those in these sources, which are in the order of their files.
    pub(super) fn of(sources: &Sources, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| sources.position(problem.span));
        let mistake = |problem: Problem| match sources.of(problem.span) {
            Some(source) => Mistake {
                location: Location::of(sources, problem.span),
                report: source.report(&problem),
                message: problem.message,
                help: problem.help,
            },
            None => Mistake::plain(problem.message, problem.help),
        };
        Self(problems.into_iter().map(mistake).collect())
    }

    /// One without a place.
    pub(super) fn plain(message: impl Into<String>) -> Self {
        let message = message.into();
        let (message, help) = match message.split_once("\nhelp: ") {
            Some((message, help)) => (message.to_owned(), Some(help.to_owned())),
            None => (message, None),
        };
        Self(vec![Mistake::plain(message, help)])
    }
}

impl Location {
    /// Where that is; none when it is in none of the sources.
    fn of(sources: &Sources, span: Span) -> Option<Self> {
        let (start, end) = (span.start(), span.end());
        sources.of(span).map(|source| Self {
            file: source.name().to_owned(),
            line: start.line,
            column: start.column + 1,
            end_line: end.line,
            end_column: end.column + 1,
        })
    }
}

impl Mistake {
    /// What may be a mistake, at that name.
    pub(super) fn warning(sources: &Sources, name: &Name, message: String) -> Self {
        let report = format!("{}: {message}", sources.place(name.span));
        Self { location: Location::of(sources, name.span), message, help: None, report }
    }

    fn plain(message: String, help: Option<String>) -> Self {
        let report = match &help {
            Some(help) => format!("{message}\nhelp: {help}"),
            None => message.clone(),
        };
        Self { location: None, message, help, report }
    }

    /// Where it is; none when it is not in a file's text.
    #[must_use]
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    /// What is wrong, in a line.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, mistake) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str("\n\n")?;
            }
            mistake.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}
