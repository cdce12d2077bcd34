//! What is wrong with a recipe: said once, at the smallest wrong token, with what to write instead.

use proc_macro2::Span;

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The token at fault.
    pub span: Span,
    /// What is wrong: lower case, the thing in backticks, no full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

/// The problems found so far. They must be drained: dropping some unseen is a fault of ours.
#[derive(Debug, Default)]
#[must_use = "problems must be reported"]
pub struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem.
    pub fn add(&mut self, span: Span, message: impl Into<String>) {
        self.list.push(Problem { span, message: message.into(), help: None });
    }

    /// Adds a problem and what to write instead.
    pub fn help(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.list.push(Problem { span, message: message.into(), help: Some(help.into()) });
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether there is one on the line of that place, of which what is missing there may be a consequence.
    pub(crate) fn told_on_line_of(&self, span: Span) -> bool {
        let line = span.start().line;
        self.list.iter().any(|problem| problem.span.start().line == line)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Takes them all, in the order of the text.
    #[must_use]
    pub fn take(&mut self) -> Vec<Problem> {
        // Several passes go through a recipe from its beginning; a reader wants one list.
        self.list.sort_by_key(|problem| {
            let start = problem.span.start();
            (start.line, start.column)
        });
        std::mem::take(&mut self.list)
    }
}
