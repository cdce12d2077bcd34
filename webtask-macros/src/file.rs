//! `webtask_file!` and `webtask_dir!`: tasks written in files of their own.

mod find;
mod rustc;
mod tree;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use webtask_grammar::ast::{Name, Task};
use webtask_grammar::lower::unused;
use webtask_grammar::{Problem, Problems, Source, Sources, parse_text, resolve};

use self::find::Found;
use self::tree::Tree;
use crate::door::{self, Apart};
use crate::{expand, path};

/// Expands the input of `webtask_file!`, the crate's path and a `;` before it.
pub(crate) fn webtask_file(input: TokenStream) -> TokenStream {
    webtask(input, false)
}

/// Expands the input of `webtask_dir!`, the crate's path and a `;` before it.
pub(crate) fn webtask_dir(input: TokenStream) -> TokenStream {
    webtask(input, true)
}

fn webtask(input: TokenStream, dir: bool) -> TokenStream {
    let _door = door::enter();
    let (krate, argument) = path::split(input);
    let example = if dir { "recipes" } else { "recipes/page.webtask" };
    let (given, at) = match syn::parse2::<syn::LitStr>(argument) {
        Ok(text) => (text.value(), text.span()),
        Err(error) => {
            let text = format!(
                "expected a path in quotes\nhelp: write it from the folder of `Cargo.toml`, like `\"{example}\"`"
            );
            return quote_spanned! { error.span() => ::core::compile_error! { #text } };
        }
    };
    let found = if dir { find::folder(&given) } else { find::file(&given) };
    let files = match found {
        Ok(files) => files,
        Err(message) => return quote_spanned! { at => ::core::compile_error! { #message } },
    };
    let expansion = expansion(&krate, &files, dir, at);
    door::show(&expansion);
    expansion
}

/// What the files become.
fn expansion(krate: &TokenStream, files: &[Found], dir: bool, at: Span) -> TokenStream {
    let apart = Apart::new();
    let Read { items, reports, warnings } = read(files, dir);
    drop(apart);
    let items = rustc::tokens(items, krate, at);
    let tracked = files.iter().map(|file| {
        let path = file.path.display().to_string();
        quote! { const _: &[::core::primitive::u8] = ::core::include_bytes!(#path); }
    });
    let errors = reports.iter().map(|report| quote_spanned! { at => ::core::compile_error! { #report } });
    let warnings = warnings.iter().map(|warning| {
        // What is deprecated is the one thing of which a macro can make rustc warn.
        let name = Ident::new("UNUSED", at);
        quote_spanned! { at =>
            const _: () = {
                #[deprecated = #warning]
                const #name: () = ();
                #name
            };
        }
    });
    quote! { #items #(#tracked)* #(#warnings)* #(#errors)* }
}

/// What was read from files, in tokens that are not rustc's.
struct Read {
    /// The tasks, in the modules that follow the folders.
    items: TokenStream,
    /// What is wrong.
    reports: Vec<String>,
    /// What may be wrong.
    warnings: Vec<String>,
}

fn read(files: &[Found], dir: bool) -> Read {
    let source = |file: &Found| Source::new(file.shown.as_str(), &file.text);
    let sources = Sources::new(files.iter().map(source).collect());
    let mut problems = Problems::new();
    let mut tasks: Vec<Task> = Vec::new();
    let mut folders: Vec<&[String]> = Vec::new();
    for (file, source) in files.iter().zip(sources.iter()) {
        tasks.extend(parse_text(source, &mut problems));
        folders.resize(tasks.len(), &file.folder);
    }
    for task in &mut tasks {
        task.vis = quote! { pub };
    }
    let place = |span: Span| sources.place(span);
    let tree = dir.then(|| Tree::new(&mut tasks, &folders, &place, &mut problems));
    let plans = resolve(&tasks, &mut problems);
    let krate = quote! { __webtask };
    let (items, lowered) = match tree {
        Some(tree) => {
            let sites = tree.sites(&tasks);
            let (expanded, lowered) = expand::folder(&krate, &tasks, &plans, &sites, &place, &mut problems);
            (tree.modules(&sites, &expanded), lowered)
        }
        None => expand::tasks(&krate, &tasks, &plans, &place, &mut problems),
    };
    let mut told = problems.take();
    told.sort_by_key(|problem| sources.position(problem.span));
    let report = |problem: &Problem| match sources.of(problem.span) {
        Some(source) => source.diagnostic(problem),
        None => match &problem.help {
            Some(help) => format!("{}\nhelp: {help}", problem.message),
            None => problem.message.clone(),
        },
    };
    let reports: Vec<_> = told.iter().map(report).collect();
    let mut warnings = Vec::new();
    if reports.is_empty() {
        for ((task, plan), lowered) in tasks.iter().zip(&plans).zip(&lowered) {
            let warn = |(word, name): (&str, &Name)| {
                format!("{}: {word} `{}` is never used", place(name.span), name.text)
            };
            warnings.extend(unused(task, plan, lowered).map(warn));
        }
    }
    Read { items, reports, warnings }
}

#[cfg(test)]
mod tests;
