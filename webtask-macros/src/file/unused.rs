//! Finds inputs and secrets that nothing uses, for a warning: rustc gives none in what it did not read itself.

use proc_macro2::{Ident, TokenStream, TokenTree};
use webtask_grammar::ast::{Name, Task};
use webtask_grammar::resolve::Plan;

/// The inputs whose names stand in the expanded body of their task only where they are bound: as the field and as the
/// local.
pub(super) fn inputs<'t>(expanded: &TokenStream, tasks: &'t [Task]) -> Vec<&'t Name> {
    let mut unused = Vec::new();
    for task in tasks.iter().filter(|task| !task.header.inputs.is_empty()) {
        let Some(body) = body(expanded, &task.name.text) else { continue };
        let mut words = Vec::new();
        collect(body, &mut words);
        unused.extend(task.header.inputs.iter().map(|input| &input.name).filter(|name| {
            let range = name.span.byte_range();
            words.iter().filter(|word| word.span().byte_range() == range).count() == 2
        }));
    }
    unused
}

/// The secrets that no step of their task uses.
pub(super) fn secrets<'t>(tasks: &'t [Task], plans: &[Plan]) -> Vec<&'t Name> {
    let of = |(task, plan): (&'t Task, &Plan)| {
        let used = plan.used.clone();
        task.header.secrets.iter().filter(move |secret| !used.contains(&secret.text))
    };
    tasks.iter().zip(plans).flat_map(of).collect()
}

/// What stands in the function of the task's steps.
fn body(expanded: &TokenStream, task: &str) -> Option<TokenStream> {
    let name = format!("__{task}_body");
    let mut tokens = expanded.clone().into_iter();
    let mut before = None;
    loop {
        let token = tokens.next()?;
        if matches!((&before, &token), (Some(TokenTree::Ident(word)), TokenTree::Ident(found)) if word == "fn" && *found == name)
        {
            break;
        }
        before = Some(token);
    }
    tokens.find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace => Some(group.stream()),
        _ => None,
    })
}

fn collect(tokens: TokenStream, words: &mut Vec<Ident>) {
    for token in tokens {
        match token {
            TokenTree::Ident(word) => words.push(word),
            TokenTree::Group(group) => collect(group.stream(), words),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
