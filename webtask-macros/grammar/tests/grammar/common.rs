//! Reads recipes for the tests, and writes trees and problems as text.

mod plan;
mod render;

use proc_macro2::TokenStream;
use webtask_grammar::ast::{Block, Task};
use webtask_grammar::{Problems, parse, resolve};

/// Reads a recipe: its tasks, and its problems as `LINE:COLUMN token | message | help`.
pub(crate) fn read(source: &str) -> (Vec<Task>, Vec<String>) {
    let tokens: TokenStream = source.parse().expect("tokens");
    let mut problems = Problems::new();
    let tasks = parse(tokens, &mut problems);
    (tasks, tell(&mut problems))
}

/// Reads and resolves a recipe: what is known of each task, a line each, and its problems.
pub(crate) fn resolved(source: &str) -> (Vec<String>, Vec<String>) {
    let tokens: TokenStream = source.parse().expect("tokens");
    let mut problems = Problems::new();
    let tasks = parse(tokens, &mut problems);
    let plans = resolve(&tasks, &mut problems);
    let lines = tasks.iter().zip(&plans).map(|(task, plan)| plan::line(task, plan)).collect();
    (lines, tell(&mut problems))
}

/// Problems as `LINE:COLUMN token | message | help`.
fn tell(problems: &mut Problems) -> Vec<String> {
    problems
        .take()
        .into_iter()
        .map(|problem| {
            let start = problem.span.start();
            let token = problem.span.source_text().unwrap_or_default();
            let help = problem.help.unwrap_or_default();
            format!("{}:{} {token} | {} | {help}", start.line, start.column + 1, problem.message)
        })
        .collect()
}

/// Reads a recipe that has no problem, and writes it.
pub(crate) fn tree(source: &str) -> String {
    let (tasks, problems) = read(source);
    assert_eq!(problems, Vec::<String>::new(), "{source}");
    tasks.iter().map(render::task).collect()
}

/// Reads steps that have no problem, and writes them.
pub(crate) fn steps(source: &str) -> String {
    let (tasks, problems) = read(&format!("task \"t\" {{ {source} }}"));
    assert_eq!(problems, Vec::<String>::new(), "{source}");
    body(&tasks[0].body)
}

/// Writes the steps of a block.
pub(crate) fn body(block: &Block) -> String {
    render::block(block)
}

/// Reads steps, and gives what is wrong with them without the line: `COLUMN token | message | help`.
pub(crate) fn problems(source: &str) -> Vec<String> {
    // The line of its own keeps the columns those of `source`.
    let (_, problems) = read(&format!("task \"t\" {{\n{source}\n}}"));
    problems
        .into_iter()
        .map(|problem| match problem.strip_prefix("2:") {
            Some(rest) => rest.to_owned(),
            None => problem,
        })
        .collect()
}

/// Writes tasks.
pub(crate) fn written(tasks: &[Task]) -> String {
    tasks.iter().map(render::task).collect()
}
