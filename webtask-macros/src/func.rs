//! `#[webtask::task]`: a function of the user's own becomes a task. Its signature is read, its body never.
//!
//! What the attribute and the signature say is written as a recipe's header and read by the grammar, so that it has the
//! header's rules and the header's errors.

mod header;
mod item;
mod signature;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use webtask_grammar::{Problems, add_inputs, parse, resolve};

use self::header::Header;
use self::item::Item;
use self::signature::Signature;
use crate::{block, door, expand};

/// What is known of the function that a task calls.
pub(crate) struct Func {
    /// Its name.
    pub(crate) name: Ident,
    /// The type at which rustc says that it is not the context's.
    pub(crate) context: proc_macro2::Span,
    /// The tokens at which rustc says that its future is none, or its error.
    pub(crate) error: proc_macro2::Span,
    /// The task that prepares a new window.
    pub(crate) setup: Option<TokenStream>,
    /// Whether a run needs a window.
    pub(crate) browser: bool,
    /// Whether it waits for the network, whose requests must be counted from the start.
    pub(crate) network: bool,
}

/// Expands a function with the attribute's options.
pub(crate) fn attribute(options: TokenStream, item: TokenStream) -> TokenStream {
    let _door = door::enter();
    let mut problems = Problems::new();
    let header = Header::read(options, &mut problems);
    let expansion = match Item::read(item.clone(), &mut problems) {
        Some(item) => {
            let task = task(&header, &item, &mut problems);
            let function = item.function();
            // Nothing can stand beside a method.
            let task = (!item.is_method()).then_some(task);
            quote! { #function #task }
        }
        // Whatever it is, an editor wants to see it.
        None => item,
    };
    let problems = problems.take();
    let errors = problems.iter().map(block::error);
    let expansion = quote! { #expansion #(#errors)* };
    door::show(&expansion);
    expansion
}

/// What stands beside the function.
fn task(header: &Header, item: &Item, problems: &mut Problems) -> TokenStream {
    let signature = Signature::read(&item.signature, problems);
    let func = Func {
        name: item.signature.ident.clone(),
        context: signature.context,
        error: signature.error,
        setup: header.setup.clone(),
        browser: header.browser,
        network: item.mentions("wait_network_idle"),
    };
    let (doc, vis) = (&item.doc, &item.visibility);
    let slug = header.slug(&func.name);
    let name = signature::plain(&func.name);
    let (lines, output) = (&header.lines, &signature.output);
    let recipe = quote! { #doc #vis task #slug as #name -> #output { #lines return (()); } };
    let mut tasks = parse(recipe, problems);
    if let Some(task) = tasks.first_mut() {
        add_inputs(task, signature.inputs, problems);
    }
    let mut plans = resolve(&tasks, problems);
    plans.iter_mut().for_each(|plan| plan.untrusted |= header.untrusted);
    expand::func(&header.krate, &tasks, &plans, &func, problems)
}

#[cfg(test)]
mod tests;
