//! The macros of webtask, for its own use: `webtask` re-exports what is public and documents it.
//!
//! In reading order: `block` is the door of `webtask!`, `file` of `webtask_file!` and `webtask_dir!`, `func`
//! of `#[webtask::task]`, `extract` of `extract!`; `door` is what all
//! of them pass; `earlier` finds what another call has already; `expand` writes the Rust that a task becomes; `path` knows
//! how that Rust names the run-time crate.

mod block;
mod door;
mod earlier;
mod expand;
mod extract;
mod file;
mod func;
mod path;

use proc_macro::TokenStream;

/// Expands the tasks after the crate's path: `$crate task "…" { … }`.
#[doc(hidden)]
#[proc_macro]
pub fn expand(input: TokenStream) -> TokenStream {
    block::webtask(input.into()).into()
}

/// Expands the structs after the crate's path: `$crate; struct Row { … }`.
#[doc(hidden)]
#[proc_macro]
pub fn expand_extract(input: TokenStream) -> TokenStream {
    extract::extract(input.into()).into()
}

/// Makes a task of a function: `#[webtask::task("slug", pool = "default", …)]`.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn task(options: TokenStream, item: TokenStream) -> TokenStream {
    func::attribute(options.into(), item.into()).into()
}

/// Expands the tasks of the file after the crate's path: `$crate; "recipes/a.webtask"`.
#[doc(hidden)]
#[proc_macro]
pub fn expand_file(input: TokenStream) -> TokenStream {
    file::webtask_file(input.into()).into()
}

/// Expands the tasks of all files below the folder after the crate's path: `$crate; "recipes"`.
#[doc(hidden)]
#[proc_macro]
pub fn expand_dir(input: TokenStream) -> TokenStream {
    file::webtask_dir(input.into()).into()
}
