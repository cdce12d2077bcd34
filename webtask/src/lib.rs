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
//! The [`guide`] has a page for the [language](guide::language), for [HTTP](guide::http), for the
//! [browser and its pools](guide::browser) and for [tests with a replayed web](guide::replay).
//!
//! # In reading order
//!
//! | | |
//! |---|---|
//! | [`webtask!`], [`webtask_file!`], [`webtask_dir!`], [`tasks!`] | recipes, and lists of them |
//! | [`Webtask`], [`Builder`], [`Pool`] | the handle that runs need, with its settings |
//! | [`Run`], [`Event`], [`Error`] | what a recipe's function gives |
//! | [`results`] | what steps give that is no plain value |
//! | [`Task`] | what is known of a recipe without running it |
//! | [`Cx`] | what a recipe's Rust code may touch |
//! | [`server`] | tasks over HTTP |
//!
//! # Features
//!
//! `server` (default): the warp filters and the server made of them. `cli`: the program `webtask`, whose `webtask fmt`
//! lays recipe files out and `webtask fmt --check` names those that are not.

#[doc(hidden)]
pub mod __rt;
mod action;
mod browser;
mod cx;
mod error;
mod event;
mod fetch;
mod files;
mod flow;
#[cfg(any(doc, doctest))]
pub mod guide;
mod input;
mod macros;
mod meter;
pub mod results;
mod run;
mod schema;
mod secret;
#[cfg(feature = "server")]
pub mod server;
mod task;
mod template;
mod value;
mod webtask;

pub use crate::browser::{Pool, PoolState};
pub use crate::cx::Cx;
pub use crate::error::{Error, ErrorKind, InputError, Step};
pub use crate::event::{Event, Json};
pub use crate::run::Run;
pub use crate::task::{Dialogs, Task, Transport};
pub use crate::webtask::{Builder, Webtask};
