//! Reads tasks from tokens; it knows nothing of what names mean, nor of what a step does.

mod condition;
mod duration;
mod extract;
mod foreign;
mod header;
mod reader;
mod rust;
mod statement;
mod step;
mod task;
mod token;
mod value;
mod word;

use proc_macro2::TokenStream;

use crate::ast::Task;
use crate::check;
use crate::problem::Problems;

pub(crate) use self::reader::Spelling;
pub use self::task::function_name;

/// Reads the tasks of a recipe and checks what is written in them, each for itself.
///
/// It gives whatever it understood; everything else is among the problems. What the names in a recipe mean is
/// not looked at.
pub fn parse(tokens: TokenStream, problems: &mut Problems) -> Vec<Task> {
    parse_as(tokens, Spelling::Inline, problems)
}

/// Reads the tasks of a recipe in that spelling, whose tokens are the inline one's.
pub(crate) fn parse_as(tokens: TokenStream, spelling: Spelling, problems: &mut Problems) -> Vec<Task> {
    let mut tasks = task::tasks(tokens, spelling, problems);
    check::tasks(&mut tasks, problems);
    tasks
}
