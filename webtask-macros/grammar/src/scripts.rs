//! Finds the scripts of a recipe.

use crate::ast::{Action, Block, Condition, Script, Task};
use crate::script::Wanted;

/// Sees every script of these tasks, in the order of the text, with what its place asks of it.
pub fn each_script(tasks: &[Task], see: &mut impl FnMut(&Script, Wanted)) {
    tasks.iter().for_each(|task| visit(&task.body, see));
}

fn visit(block: &Block, see: &mut impl FnMut(&Script, Wanted)) {
    for step in &block.steps {
        let mut asks = |condition: &Condition| {
            condition.scripts().into_iter().for_each(|script| see(script, Wanted::CONDITION));
        };
        match &step.action {
            Action::Js(js) => see(&js.script, js.wanted()),
            Action::WaitJs(wait) => see(&wait.script, Wanted::CONDITION),
            Action::Loop(turns) => turns.condition.iter().for_each(asks),
            Action::If(branch) => branch.branches.iter().for_each(|(condition, _)| asks(condition)),
            _ => {}
        }
        for block in step.action.blocks() {
            visit(block, see);
        }
    }
}
