//! Shows a problem in a recipe's text as a compiler would: the place, what is wrong, the line and a caret.

use std::fmt::Write as _;

use proc_macro2::Span;

use super::Source;
use crate::problem::Problem;

/// How many characters of a line are shown.
const WIDE: usize = 160;

impl Source {
    /// `FILE:LINE:COLUMN`, both counted from one.
    #[must_use]
    pub fn place(&self, span: Span) -> String {
        let start = span.start();
        format!("{}:{}:{}", self.name, start.line, start.column + 1)
    }

    /// The problem as a person reads it: `FILE:LINE:COLUMN: message`, the line with a caret under the token, and what to
    /// write instead.
    #[must_use]
    pub fn report(&self, problem: &Problem) -> String {
        let head = match self.holds(problem.span) {
            true => format!("{}: {}\n", self.place(problem.span), problem.message),
            false => format!("{}: {}\n", self.name, problem.message),
        };
        self.told(head, problem)
    }

    /// The same as rustc shows its own: the message first, then `--> FILE:LINE:COLUMN`. The place that rustc adds, of the
    /// macro's call, comes after it.
    #[must_use]
    pub fn diagnostic(&self, problem: &Problem) -> String {
        let place = match self.holds(problem.span) {
            true => self.place(problem.span),
            false => self.name.clone(),
        };
        let gutter = " ".repeat(problem.span.start().line.to_string().len());
        self.told(format!("{}\n{gutter}--> {place}\n", problem.message), problem)
    }

    fn told(&self, mut out: String, Problem { span, help, .. }: &Problem) -> String {
        if self.holds(*span) {
            out.push_str(&self.shown(*span));
        }
        if let Some(help) = help {
            let _ = write!(out, "help: {help}");
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// The line, and a caret under the token.
    fn shown(&self, span: Span) -> String {
        let (start, end) = (span.start(), span.end());
        let line: Vec<char> =
            self.text.split(|c| *c == '\n').nth(start.line.saturating_sub(1)).unwrap_or_default().to_vec();
        let last = if end.line == start.line { end.column } else { line.len() };
        let last = last.clamp(start.column + 1, line.len().max(start.column + 1));
        // Of a very long line, what is around the token.
        let from = if line.len() <= WIDE { 0 } else { start.column.saturating_sub(WIDE / 2) };
        let till = line.len().min(from + WIDE);
        let number = start.line.to_string();
        let gutter = " ".repeat(number.len());
        let code: String = line[from.min(till)..till].iter().collect();
        let pad: String = (from..start.column)
            .map(|column| if line.get(column) == Some(&'\t') { '\t' } else { ' ' })
            .collect();
        let carets = "^".repeat(last.min(from + WIDE + 1).saturating_sub(start.column).max(1));
        let code = if code.trim().is_empty() { String::new() } else { format!(" {}", code.trim_end()) };
        format!("{gutter} |\n{number} |{code}\n{gutter} | {pad}{carets}\n")
    }
}
