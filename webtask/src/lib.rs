//! Turn a web page's workflow into a typed, streaming function.
//!
//! You write a recipe inline; it is checked at compile time and becomes a function that drives a window of headless Chromium
//! and returns a stream of events:
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
//! The compiler reports mistakes in a recipe: an unknown keyword or field, an invalid duration or selector, a placeholder
//! where none is allowed. Results are typed: `output.links[0].url` is a `String`.
//!
//! # A function instead
//!
//! If a recipe is not enough, write Rust: an attribute turns a function into a task, with the language's keywords as methods
//! of its context. Both kinds are called and mounted in the same way.
//!
//! ```no_run
//! use webtask::{Cx, Error};
//!
//! /// How many links a page has, in each of several languages.
//! #[webtask::task("page/count", transport = "rest, sse")]
//! async fn count(cx: &Cx, languages: Vec<String>) -> Result<Vec<u64>, Error> {
//!     let mut counts = Vec::new();
//!     for language in languages {
//!         cx.status(format!("reading {language}")).await;
//!         cx.emulate().locale(&language).await?;
//!         cx.goto("https://example.com").until_dom().await?;
//!         counts.push(cx.js("return document.links.length").await?);
//!     }
//!     Ok(counts)
//! }
//! # fn main() {}
//! ```
//!
//! # In a test
//!
//! Files replace the web: `tests/web/example.com/index.html` answers `https://example.com/`.
//!
//! ```no_run
//! # use webtask::{Webtask, webtask};
//! # webtask! { pub task "page/title" { goto "https://example.com"; extract page from "html" { title text "title"; } } }
//! # #[tokio::main]
//! # async fn main() -> Result<(), webtask::Error> {
//! let webtask = Webtask::builder().replay("tests/web").build()?;
//! assert_eq!(page_title(&webtask, page_title::Input {}).await?.page.title, "Example Domain");
//! # Ok(()) }
//! ```
//!
//! # Windows
//!
//! Each run has a window to itself, from the pool that its task names. Whatever a run leaves in the window is removed before
//! the next run.
//!
//! ```
//! use std::time::Duration;
//! use webtask::{Pool, Webtask};
//!
//! let webtask = Webtask::builder()
//!     .pool(Pool::new("default").size(4).wait(Duration::from_secs(30)))
//!     // One login for all runs of a task that says `pool member;`.
//!     .pool(Pool::new("member").size(1).keep_session())
//!     .build()?;
//! # Ok::<(), webtask::Error>(())
//! ```
#![cfg_attr(all(feature = "server", any(doc, doctest)), doc = include_str!("guide/reference/links.md"))]
#![cfg_attr(feature = "server", doc = include_str!("guide/serving.md"))]
//!
//! # The guide
//!
//! The [`guide`] covers the [language](guide::language) with [each of its keywords](guide::reference), [pools and
//! sessions](guide::browser), [tests with a replayed web](guide::replay), [settings](guide::settings),
//! [security](guide::security), [moving from the Go service](guide::migrate), and a [comparison](guide::comparison) with the
//! alternatives.
//!
//! | the items, in reading order | |
//! |---|---|
//! | [`webtask!`], [`webtask_file!`], [`webtask_dir!`], [`tasks!`] | recipes, and lists of them |
//! | [`#[task]`](macro@task), [`extract!`] | functions as tasks, and what they read from a page |
//! | [`Webtask`], [`Builder`], [`Pool`] | the handle that runs need, with its settings |
//! | [`Run`], [`Event`], [`Error`] | what a recipe's function returns |
//! | [`results`] | the types of steps' results |
//! | [`Task`] | a recipe's description: slug, inputs, output, transports |
//! | [`Cx`], [`steps`] | a run's context in Rust code: the keywords as methods |
#![cfg_attr(feature = "text", doc = "| [`Recipes`] | recipes from files, read at run time |")]
#![cfg_attr(feature = "server", doc = "| [`server`] | tasks over HTTP |")]
#![cfg_attr(feature = "client", doc = "| [`client`] | tasks of a remote server |")]
//!
//! # Features
//!
//! | | |
//! |---|---|
//! | `server` (default) | the warp filters, and the server built from them |
//! | `client` | calls tasks of a remote server |
//! | `text` | reads recipe files at run time: [`Recipes`](https://docs.rs/webtask/latest/webtask/struct.Recipes.html) |
//! | `watch` | notices that recipe files were saved: [`Recipes::watch`](https://docs.rs/webtask/latest/webtask/struct.Recipes.html#method.watch) |
// The guide tells of every feature, those too that are not chosen.
#![cfg_attr(not(all(feature = "server", feature = "client")), allow(rustdoc::broken_intra_doc_links))]

#[doc(hidden)]
pub mod __rt;
mod access;
mod action;
mod bom;
mod browser;
#[cfg(feature = "client")]
pub mod client;
mod clock;
mod collect;
mod cx;
mod error;
mod event;
mod failures;
mod fetch;
mod ffmpeg;
mod files;
mod flow;
mod folder;
#[cfg(any(doc, doctest))]
pub mod guide;
mod header;
mod input;
#[cfg(feature = "text")]
mod interpret;
mod large;
mod macros;
mod meter;
mod misfit;
mod net;
#[cfg(feature = "server")]
mod origin;
#[doc(hidden)]
pub mod own;
mod policy;
mod program;
mod regular;
mod report;
pub mod results;
#[cfg(test)]
mod rooms;
mod run;
mod schema;
mod scope;
mod secret;
#[cfg(feature = "server")]
pub mod server;
mod setting;
mod settings;
pub mod steps;
mod surrogates;
mod task;
mod template;
mod unset;
mod value;
mod webtask;

pub use crate::browser::{Pool, PoolState};
pub use crate::cx::Cx;
pub use crate::error::{Error, ErrorKind, InputError, PageInfo, Step};
pub use crate::event::{Event, Json};
#[cfg(feature = "watch")]
pub use crate::interpret::Watch;
#[cfg(feature = "text")]
pub use crate::interpret::{Location, Mistake, Mistakes, Recipes};
pub use crate::macros::task;
pub use crate::policy::Resolver;
pub use crate::run::Run;
pub use crate::task::{Dialogs, Input, Task, Transport};
pub use crate::webtask::{Builder, Webtask};
