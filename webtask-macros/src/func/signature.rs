//! The function's signature: what a task takes and gives, and what is wrong with it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{FnArg, GenericArgument, Pat, PatType, PathArguments, ReturnType, Type};
use webtask_grammar::Problems;
use webtask_grammar::ast::{Input, InputType, Name, Rust, Spanned, Str, Value};

use super::item::doc_line;

/// What a signature says of a task.
pub(super) struct Signature {
    /// Where the context's type is written.
    pub(super) context: Span,
    /// What it takes besides the context.
    pub(super) inputs: Vec<Input>,
    /// The type of what it gives.
    pub(super) output: TokenStream,
    /// Where its error's type is written.
    pub(super) error: Span,
}

const SHAPE: &str = "write `async fn NAME(cx: &Cx, INPUT: TYPE, …) -> Result<T, E>`";

impl Signature {
    /// Reads a signature.
    pub(super) fn read(signature: &syn::Signature, problems: &mut Problems) -> Self {
        let name = &signature.ident;
        if signature.asyncness.is_none() {
            let span = signature.fn_token.span;
            problems.help(span, format!("`{name}` is not async"), "write `async fn`: its steps are awaited");
        }
        let generics = &signature.generics;
        if let Some(first) = generics.params.first() {
            let message = match first {
                syn::GenericParam::Lifetime(_) => format!("lifetimes of `{name}`"),
                _ => format!("generics of `{name}`"),
            };
            problems.help(first.span(), message, "remove them: a task has one `Input` and one `Output`");
        } else if let Some(clause) = &generics.where_clause {
            problems.help(clause.where_token.span, format!("`where` of `{name}`"), "remove it");
        }
        let unexpected = [
            signature.constness.as_ref().map(|token| (token.span, "const")),
            signature.abi.as_ref().map(|abi| (abi.extern_token.span, "extern")),
        ];
        for (span, word) in unexpected.into_iter().flatten() {
            problems.help(span, format!("unexpected `{word}`"), "remove it");
        }
        if let Some(variadic) = &signature.variadic {
            problems.help(variadic.dots.span(), "unexpected `...`", "write a list: `items: Vec<T>`");
        }
        let context_at = match signature.inputs.first() {
            Some(FnArg::Typed(first)) => first.ty.span(),
            _ => name.span(),
        };
        let mut arguments = signature.inputs.iter().peekable();
        match arguments.next() {
            Some(first @ FnArg::Receiver(_)) => {
                receiver(first, problems);
                arguments.next_if(|next| is_context(next));
            }
            Some(FnArg::Typed(first)) => context(first, generics, problems),
            None => problems.help(name.span(), format!("`{name}` has no `cx`"), SHAPE),
        }
        let inputs = arguments.filter_map(|argument| input(argument, problems)).collect();
        let (output, error) = returned(signature, problems);
        Self { context: context_at, inputs, output, error }
    }
}

/// A name without `r#`.
pub(super) fn plain(name: &Ident) -> Ident {
    match name.unraw().to_string().as_str() {
        // The tokens of a recipe may hold every other keyword as it is.
        text @ ("self" | "super" | "crate" | "Self" | "_") => format_ident!("{text}_", span = name.span()),
        text => Ident::new(text, name.span()),
    }
}

/// The first argument must be the run's context.
fn context(typed: &PatType, generics: &syn::Generics, problems: &mut Problems) {
    attributes_of_context(typed, problems);
    match &*typed.ty {
        Type::Reference(reference) => {
            // One that is declared was told of there.
            let declared = |lifetime: &&syn::Lifetime| {
                generics.lifetimes().any(|known| known.lifetime.ident == lifetime.ident)
            };
            if let Some(lifetime) = reference.lifetime.as_ref().filter(|lifetime| !declared(lifetime)) {
                let message = format!("lifetime `{lifetime}` of `cx`");
                problems.help(lifetime.span(), message, "write `cx: &Cx`");
            }
            if let Some(mutability) = &reference.mutability {
                problems.help(mutability.span(), "`cx` is mutable", "write `cx: &Cx`");
            }
        }
        ty if is_cx(ty) => {
            problems.help(typed.ty.span(), "`cx` by value", "write `cx: &Cx`: the run keeps it");
        }
        other => problems.help(other.span(), "the first argument is not `cx: &Cx`", SHAPE),
    }
}

fn receiver(argument: &FnArg, problems: &mut Problems) {
    let help = "write a function outside of `impl`, whose first argument is `cx: &Cx`";
    problems.help(argument.span(), "`self` in a task", help);
}

/// Whether it is `cx: &Cx`, wherever it stands.
fn is_context(argument: &FnArg) -> bool {
    match argument {
        FnArg::Typed(typed) => {
            matches!(&*typed.ty, Type::Reference(reference) if is_cx(&reference.elem))
        }
        FnArg::Receiver(_) => false,
    }
}

fn is_cx(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Cx"))
}

fn attributes_of_context(typed: &PatType, problems: &mut Problems) {
    if let Some(attribute) = typed.attrs.iter().find(|attribute| attribute.path().is_ident("input")) {
        problems.help(attribute.path().span(), "`#[input]` at `cx`", "move it to an input");
    }
}

/// An argument as an input.
fn input(argument: &FnArg, problems: &mut Problems) -> Option<Input> {
    let FnArg::Typed(typed) = argument else {
        receiver(argument, problems);
        return None;
    };
    let name = match &*typed.pat {
        Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => plain(&pattern.ident),
        pattern => {
            let help = "write a name, by which callers give it, and take it apart inside";
            problems.help(pattern.span(), "a pattern instead of an input's name", help);
            return None;
        }
    };
    let ty = &typed.ty;
    match &**ty {
        Type::Reference(_) => {
            let help = "write the type itself, like `String`: what a caller sends is given away";
            problems.help(ty.span(), format!("input `{name}` is a reference"), help);
            return None;
        }
        Type::ImplTrait(_) => {
            let help = "write one type: callers send JSON for it";
            problems.help(ty.span(), format!("input `{name}` has no type of its own"), help);
            return None;
        }
        _ => {}
    }
    let mut default = None;
    for attribute in typed.attrs.iter().filter(|attribute| attribute.path().is_ident("input")) {
        default = read_default(attribute, problems).or(default);
    }
    if default.is_none() && is_option(ty) {
        default = Some(quote! { ::core::option::Option::None });
    }
    let span = name.span();
    let default = default.map(|tokens| Value::Rust(Rust { span: tokens.span(), tokens }));
    Some(Input {
        name: Name { text: name.to_string(), span },
        ty: InputType::Rust(Rust { tokens: ty.to_token_stream(), span: ty.span() }),
        required: default.is_none(),
        default,
        doc: doc(&typed.attrs),
    })
}

/// The doc comments, a line each.
fn doc(attributes: &[syn::Attribute]) -> Option<Str> {
    let lines: Vec<_> = attributes.iter().filter_map(doc_line).collect();
    let span = lines.first()?.span();
    let text = |line: &syn::LitStr| {
        let text = line.value();
        text.strip_prefix(' ').map_or(text.clone(), ToOwned::to_owned)
    };
    let value = lines.iter().map(text).collect::<Vec<_>>().join("\n");
    Some(Spanned { value, span })
}

/// `#[input(default = EXPR)]`, or `#[input(default)]`.
fn read_default(attribute: &syn::Attribute, problems: &mut Problems) -> Option<TokenStream> {
    let mut default = None;
    let read = attribute.parse_nested_meta(|meta| {
        if !meta.path.is_ident("default") {
            return Err(meta.error("unknown option of `#[input]`"));
        }
        default = Some(match meta.input.peek(syn::Token![=]) {
            true => meta.value()?.parse::<syn::Expr>()?.into_token_stream(),
            false => quote! { ::core::default::Default::default() },
        });
        Ok(())
    });
    if let Err(error) = read {
        let help = "write `#[input(default = EXPR)]`, or `#[input(default)]`; docs are doc comments";
        problems.help(error.span(), error.to_string(), help);
    }
    default
}

/// The type that the function gives when all goes well, and where the type of its error stands.
fn returned(signature: &syn::Signature, problems: &mut Problems) -> (TokenStream, Span) {
    let unit = quote! { () };
    let ty = match &signature.output {
        ReturnType::Type(_, ty) => ty,
        ReturnType::Default => {
            let message = format!("`{}` does not return a `Result`", signature.ident);
            problems.help(signature.paren_token.span.close(), message, "write `-> Result<T, E>`");
            return (unit, signature.ident.span());
        }
    };
    let last = match &**ty {
        Type::Path(path) => path.path.segments.last(),
        Type::Group(group) => match &*group.elem {
            Type::Path(path) => path.path.segments.last(),
            _ => None,
        },
        _ => None,
    };
    let Some(last) = last.filter(|last| last.ident == "Result") else {
        let message = format!("`{}` does not return a `Result`", signature.ident);
        problems.help(ty.span(), message, "write `-> Result<T, E>`: a step may fail");
        return (unit, ty.span());
    };
    let mut types = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect::<Vec<_>>(),
        _ => Vec::new(),
    }
    .into_iter()
    .filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    let Some(output) = types.next() else {
        problems.help(ty.span(), "`Result` without a type", "write `-> Result<T, E>`");
        return (unit, ty.span());
    };
    let error = types.next().map_or(last.ident.span(), syn::spanned::Spanned::span);
    (output.to_token_stream(), error)
}

fn is_option(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Option"),
        Type::Group(group) => is_option(&group.elem),
        Type::Paren(paren) => is_option(&paren.elem),
        _ => false,
    }
}
