//! `extract!`: structs that a function's `extract` reads, by the lines of a recipe's.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::Attribute;
use syn::parse::{ParseStream, Parser as _};
use webtask_grammar::{Problems, parse, resolve};

use crate::{block, door, expand, path};

/// A struct as it is written.
pub(crate) struct Struct {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) vis: TokenStream,
    pub(crate) name: Ident,
    fields: Group,
}

/// Expands the structs, the crate's path and a `;` before them.
pub(crate) fn extract(input: TokenStream) -> TokenStream {
    let _door = door::enter();
    let (krate, input) = path::split(input);
    let mut problems = Problems::new();
    let mut structs = Vec::new();
    if let Err(error) = (|input: ParseStream<'_>| read(input, &mut structs)).parse2(input) {
        problems.help(error.span(), error.to_string(), "write `struct NAME { FIELD text \"SEL\"; … }`");
    }
    // What stands before a mistake still counts.
    let expansion: TokenStream = structs.iter().map(|one| one.expand(&krate, &mut problems)).collect();
    let problems = problems.take();
    let errors = problems.iter().map(block::error);
    let expansion = quote! { #expansion #(#errors)* };
    door::show(&expansion);
    expansion
}

fn read(input: ParseStream<'_>, structs: &mut Vec<Struct>) -> syn::Result<()> {
    while !input.is_empty() {
        let attributes = input.call(Attribute::parse_outer)?;
        let vis = input.parse::<syn::Visibility>()?.into_token_stream();
        input.parse::<syn::Token![struct]>()?;
        let name = input.parse()?;
        let fields = match input.parse()? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => group,
            other => return Err(syn::Error::new(other.span(), "expected `{ … }`")),
        };
        structs.push(Struct { attributes, vis, name, fields });
    }
    Ok(())
}

impl Struct {
    /// Read as the `extract` of a task that has nothing else.
    fn expand(&self, krate: &TokenStream, problems: &mut Problems) -> TokenStream {
        let Struct { vis, name, fields, .. } = self;
        let word = Ident::new("extract", Span::call_site());
        let recipe = quote! { #vis task "extract" { #word #name from "html" #fields } };
        let mut tasks = parse(recipe, problems);
        // Its structs have their own names, not those of a task's module.
        tasks.iter_mut().for_each(|task| task.name.text.clear());
        let plans = resolve(&tasks, problems);
        expand::extract(krate, &tasks, &plans, self, problems)
    }
}

#[cfg(test)]
mod tests;
