//! The macros of webtask, for its own use: `webtask` re-exports what is public and documents it.
//!
//! In reading order: `block` is the door of `webtask!`; `expand` writes the Rust that a task becomes; `path` knows
//! how that Rust names the run-time crate.

mod block;
mod expand;
mod path;

use proc_macro::TokenStream;

/// Expands the tasks after the crate's path: `$crate task "…" { … }`.
#[doc(hidden)]
#[proc_macro]
pub fn expand(input: TokenStream) -> TokenStream {
    block::webtask(input.into()).into()
}
