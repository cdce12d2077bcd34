//! What the names of a recipe mean: the results of each task with their types, and every mistake with them.

mod accept;
mod calls;
mod conditions;
mod data;
mod reject;
mod rest;

use super::common::resolved;

/// Resolves steps without a mistake: what is known of the task.
fn plan(steps: &str) -> String {
    let (plans, problems) = resolved(&format!("task \"t\" {{ {steps} }}"));
    assert_eq!(problems, Vec::<String>::new(), "{steps}");
    plans.into_iter().next().expect("one task")
}

/// What is wrong with steps: `COLUMN token | message | help`.
fn problems(steps: &str) -> Vec<String> {
    // The line of its own keeps the columns those of the steps.
    let (_, problems) = resolved(&format!("task \"t\" {{\n{steps}\n}}"));
    problems
        .into_iter()
        .map(|problem| problem.strip_prefix("2:").map_or(problem.clone(), str::to_owned))
        .collect()
}
