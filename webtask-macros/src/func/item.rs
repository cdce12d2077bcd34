//! The function as it stands: what is before its body, and the body as the tokens that it is.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::parse::{Parse as _, ParseStream, Parser as _};
use syn::{Attribute, FnArg, Meta};
use webtask_grammar::Problems;

/// A function.
pub(super) struct Item {
    /// All its attributes.
    attributes: Vec<Attribute>,
    /// The doc comments among them.
    pub(super) doc: TokenStream,
    pub(super) visibility: TokenStream,
    pub(super) signature: syn::Signature,
    /// Its body, and whatever stands after it.
    body: TokenStream,
}

impl Item {
    /// Reads a function; none when it is something else, or something is missing before its body.
    pub(super) fn read(tokens: TokenStream, problems: &mut Problems) -> Option<Self> {
        match Self::parse.parse2(tokens) {
            Ok(item) => {
                item.check(problems);
                Some(item)
            }
            Err(error) => {
                let help = "`#[webtask::task]` stands before `async fn NAME(cx: &Cx, INPUT: TYPE, …) -> Result<T, E> { … }`";
                problems.help(error.span(), error.to_string(), help);
                None
            }
        }
    }

    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse::<syn::Visibility>()?.into_token_stream();
        let signature = syn::Signature::parse(input)?;
        let body: TokenStream = input.parse()?;
        let doc = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
        let doc = quote! { #(#doc)* };
        Ok(Self { attributes, doc, visibility, signature, body })
    }

    fn check(&self, problems: &mut Problems) {
        for attribute in &self.attributes {
            let segments: Vec<_> =
                attribute.path().segments.iter().map(|segment| segment.ident.to_string()).collect();
            let name = segments.join("::");
            let help = match name.as_str() {
                "cfg" | "cfg_attr" => {
                    "write it before `#[webtask::task]`, so that the task goes with the function"
                }
                "task" | "webtask::task" => "remove it",
                _ => continue,
            };
            let message = match name.as_str() {
                "task" | "webtask::task" => "a second `#[webtask::task]`".to_owned(),
                name => format!("`#[{name}]` after `#[webtask::task]`"),
            };
            problems.help(syn::spanned::Spanned::span(attribute.path()), message, help);
        }
        let body = matches!(self.body.clone().into_iter().next(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace);
        if !body {
            problems.help(
                self.signature.ident.span(),
                "a function without a body",
                "write its steps in `{ … }`",
            );
        }
    }

    /// The function itself, without what only we understand of its arguments.
    pub(super) fn function(&self) -> TokenStream {
        let Self { attributes, visibility, body, .. } = self;
        let mut signature = self.signature.clone();
        for argument in &mut signature.inputs {
            let attributes = match argument {
                FnArg::Receiver(receiver) => &mut receiver.attrs,
                FnArg::Typed(typed) => &mut typed.attrs,
            };
            attributes.retain(|attribute| !is_ours(attribute));
        }
        quote! { #(#attributes)* #visibility #signature #body }
    }

    /// Whether it stands in an `impl`.
    pub(super) fn is_method(&self) -> bool {
        matches!(self.signature.inputs.first(), Some(FnArg::Receiver(_)))
    }

    /// Whether its body has that word in it.
    pub(super) fn mentions(&self, word: &str) -> bool {
        fn within(tokens: TokenStream, word: &str) -> bool {
            tokens.into_iter().any(|token| match token {
                TokenTree::Ident(ident) => ident == word,
                TokenTree::Group(group) => within(Group::stream(&group), word),
                _ => false,
            })
        }
        within(self.body.clone(), word)
    }
}

/// Whether an argument's attribute is for us alone: rustc takes neither there.
pub(super) fn is_ours(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc") || attribute.path().is_ident("input")
}

/// A line of a doc comment.
pub(super) fn doc_line(attribute: &Attribute) -> Option<syn::LitStr> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}
