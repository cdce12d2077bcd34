//! The recipe language of webtask: its tree, its parser and what can be wrong with a recipe.
//!
//! An ordinary library without I/O: the macros expand what it reads, and a formatter, an editor or a loader can
//! use it as well. It knows nothing of browsers, and names nothing of the run-time crate.
//!
//! ```
//! use webtask_grammar::{Problems, ast::Action, parse};
//!
//! let tokens = r#"
//!     task "shop/price" {
//!         goto "https://shop.example/item";
//!         extract item from ".item" {
//!             price text ".price" float;
//!         }
//!         clik "a";
//!     }
//! "#;
//! let mut problems = Problems::new();
//! let tasks = parse(tokens.parse().unwrap(), &mut problems);
//!
//! assert_eq!(tasks[0].name.text, "shop_price");
//! assert!(matches!(tasks[0].body.steps[1].action, Action::Extract(_)));
//!
//! // Everything that is wrong is told; the rest is read all the same.
//! let problems = problems.take();
//! assert_eq!(problems[0].message, "unknown step `clik`");
//! assert_eq!(problems[0].help.as_deref(), Some("did you mean `click`?"));
//! ```
//!
//! In reading order: [`ast`] is the tree, [`keyword`] the table of words, `parse` reads tokens with it, `text` lays
//! out the lines of a file for it, `template` finds the placeholders in a string, `place` finds what each of them
//! stands in, `check` looks at what is written, each rule for itself, [`script`] at JavaScript, `resolve` at what the names mean,
//! [`lower`] makes the program of it, and [`problem`] holds what was found. `format` writes a file anew, `print` a tree.

pub mod ast;
mod check;
pub mod foreign;
mod format;
pub mod keyword;
pub mod lower;
mod parse;
mod place;
mod print;
pub mod problem;
pub mod resolve;
pub mod script;
mod scripts;
mod template;
mod text;

pub use check::{add_inputs, check_slugs};
pub use format::format;
pub use parse::{function_name, parse};
pub use print::{print, print_inline};
pub use problem::{Problem, Problems};
pub use resolve::resolve;
pub use scripts::each_script;
pub use text::{Source, Sources, parse_text};
