//! The text spelling: the same trees as inline, and reports that a person reads.

pub(super) mod both;
mod condition;
mod format;
mod mutate;
mod refuse;
mod report;

use webtask_grammar::ast::Task;
use webtask_grammar::{Problems, Source, parse_text};

/// Reads a recipe file: its tasks, and the reports of its problems.
pub(crate) fn read(name: &str, text: &str) -> (Vec<Task>, Vec<String>) {
    let source = Source::new(name, text);
    let mut problems = Problems::new();
    let tasks = parse_text(&source, &mut problems);
    let reports = problems.take().iter().map(|problem| source.report(problem)).collect();
    (tasks, reports)
}
