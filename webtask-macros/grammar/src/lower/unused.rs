//! Inputs and secrets that nothing uses: rustc warns of none in what it did not read itself.

use super::Lowered;
use crate::ast::{Name, Task};
use crate::resolve::Plan;

/// The inputs and the secrets of a task that none of its steps uses, each with its word.
pub fn unused<'t>(
    task: &'t Task,
    plan: &'t Plan,
    lowered: &'t Lowered,
) -> impl Iterator<Item = (&'static str, &'t Name)> {
    let inputs = task.header.inputs.iter().enumerate();
    let inputs = inputs.filter(|(slot, _)| !lowered.side.reads.contains(slot)).map(|(_, input)| &input.name);
    // As in Rust, an underscore says that it is meant so.
    let inputs = inputs.filter(|name| !name.text.starts_with('_'));
    let secrets = task.header.secrets.iter().filter(|secret| !plan.used.contains(&secret.text));
    inputs.map(|name| ("input", name)).chain(secrets.map(|name| ("secret", name)))
}
