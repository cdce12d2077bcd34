//! `webtask!`: tasks written inline.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use webtask_grammar::ast::Task;
use webtask_grammar::{Problem, Problems, parse, resolve};

use crate::{door, earlier, expand, path};

/// Expands the input of `webtask!`, the crate's path and a `;` before it.
pub(crate) fn webtask(input: TokenStream) -> TokenStream {
    let _door = door::enter();
    let (krate, recipe) = path::split(input);
    let mut problems = Problems::new();
    let tasks = parse(recipe, &mut problems);
    let plans = resolve(&tasks, &mut problems);
    let twice = earlier::check(&tasks, &mut problems);
    // The first is expanded where it stands.
    let own = |task: &Task| !twice.contains(&task.name.text);
    let (tasks, plans): (Vec<_>, Vec<_>) = tasks.into_iter().zip(plans).filter(|(task, _)| own(task)).unzip();
    let (tasks, _) = expand::tasks(&krate, &tasks, &plans, &place, &mut problems);
    let problems = problems.take();
    let errors = problems.iter().map(error);
    let expansion = quote! { #tasks #(#errors)* };
    door::show(&expansion);
    expansion
}

/// `FILE:LINE:COLUMN`.
fn place(span: Span) -> String {
    let start = span.start();
    format!("{}:{}:{}", span.file(), start.line, start.column + 1)
}

/// A problem as rustc shows it: at its token, with its help.
pub(crate) fn error(problem: &Problem) -> TokenStream {
    let text = match &problem.help {
        Some(help) => format!("{}\nhelp: {help}", problem.message),
        None => problem.message.clone(),
    };
    quote_spanned! { problem.span => ::core::compile_error! { #text } }
}

#[cfg(test)]
mod tests;
