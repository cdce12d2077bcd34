//! Turn a web page's workflow into a typed, streaming function.
//!
//! A recipe is written inline, checked while the crate compiles, and becomes a function that drives a window of headless
//! Chromium and gives a stream of events:
//!
//! ```no_run
//! use webtask::{Event, Webtask, webtask};
//!
//! webtask! {
//!     /// The first links of a page.
//!     pub task "page/links" {
//!         input limit int default 10;
//!
//!         status "reading";
//!         goto "https://example.com";
//!         extract links from "a" repeat limit (limit) {
//!             text text ".";
//!             url attr href on "." url;
//!         }
//!     }
//! }
//!
//! #[tokio::main]
//! async fn main() -> Result<(), webtask::Error> {
//!     let webtask = Webtask::builder().build()?;
//!
//!     // Await a run for its typed result,
//!     let output = page_links(&webtask, page_links::Input { limit: 3 }).await?;
//!     println!("{:?}", output.links.first().map(|link| &link.url));
//!
//!     // or read its events as they happen.
//!     let mut run = page_links(&webtask, page_links::Input::default());
//!     while let Some(event) = run.next().await {
//!         if let Event::Status { text, .. } = event {
//!             println!("{text}");
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! A function of one's own becomes a task by an attribute, with the language's words as methods of its context:
//! [`#[webtask]`](macro@attribute::webtask).
//!
//! The [`guide`] has a page for the [language](guide::language) and one for [each of its words](guide::reference), for
//! [functions](guide::functions), for [HTTP](guide::http), for the [browser and its pools](guide::browser), for [settings](guide::settings), for
//! [security](guide::security), for [tests with a replayed web](guide::replay) and
//! for those who [come from the Go service](guide::migrate).
//!
//! # In reading order
//!
//! | | |
//! |---|---|
//! | [`webtask!`], [`webtask_file!`], [`webtask_dir!`], [`tasks!`] | recipes, and lists of them |
//! | [`attribute`], [`extract!`] | functions as tasks, and what they read of a page |
//! | [`Webtask`], [`Builder`], [`Pool`] | the handle that runs need, with its settings |
//! | [`Run`], [`Event`], [`Error`] | what a recipe's function gives |
//! | [`results`] | what steps give that is no plain value |
//! | [`Task`] | what is known of a recipe without running it |
//! | [`Cx`], [`steps`] | what Rust code may touch: the words as methods |
//! | [`server`] | tasks over HTTP |
#![cfg_attr(feature = "client", doc = "| [`client`] | tasks of a remote server |")]
//!
//! # Features
//!
//! `server` (default): the warp filters and the server made of them. `client`: calls of a remote server's tasks. `cli`: the program `webtask`, whose `webtask fmt`
//! lays recipe files out and `webtask fmt --check` names those that are not.

#[doc(hidden)]
pub mod __rt;
mod action;
pub mod attribute;
mod browser;
#[cfg(feature = "client")]
pub mod client;
mod cx;
mod error;
mod event;
mod fetch;
mod ffmpeg;
mod files;
mod flow;
#[cfg(any(doc, doctest))]
pub mod guide;
mod input;
mod macros;
mod meter;
mod policy;
pub mod results;
mod run;
mod schema;
mod scope;
mod secret;
#[cfg(feature = "server")]
pub mod server;
mod settings;
pub mod steps;
mod task;
mod template;
mod value;
mod webtask;

pub use crate::browser::{Pool, PoolState};
pub use crate::cx::Cx;
pub use crate::error::{Error, ErrorKind, InputError, Step};
pub use crate::event::{Event, Json};
pub use crate::policy::Resolver;
pub use crate::run::Run;
pub use crate::task::{Dialogs, Input, Task, Transport};
pub use crate::webtask::{Builder, Webtask};
