//! How an expansion names the run-time crate: by the `$crate` that `webtask!` hands over, whatever its user calls it.

use proc_macro2::{TokenStream, TokenTree};

/// Takes the crate's path off the front of a macro's input: all before the first `;`.
pub(crate) fn split(input: TokenStream) -> (TokenStream, TokenStream) {
    let mut tokens = input.into_iter();
    let krate = tokens
        .by_ref()
        .take_while(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';'))
        .collect();
    (krate, tokens.collect())
}
