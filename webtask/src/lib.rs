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
//! What is wrong with a recipe is said by the compiler: an unknown word or field, a duration or a selector that is none, a
//! placeholder where none may stand. A result is typed: `output.links[0].url` is a `String`.
//!
//! # A function instead
//!
//! Where a recipe ends, Rust goes on: an attribute makes a task of a function, with the language's words as methods of its
//! context. Both kinds are called and mounted in the same way.
//!
//! ```no_run
//! use webtask::attribute::webtask;
//! use webtask::{Cx, Error};
//!
//! /// How many links a page has, in each of several languages.
//! #[webtask("page/count", transport = "rest, sse")]
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
//! Files in place of the web: `https://example.com/` is answered from `tests/web/example.com/index.html`.
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
//! Each run has a window for itself, from a pool that its task names. What a run leaves in one is removed before the next.
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
//! [`guide`] has a page for each: from the [language](guide::language) with [each of its words](guide::reference) to [pools and
//! sessions](guide::browser), [tests with a replayed web](guide::replay), [settings](guide::settings), [security](guide::security),
//! the way [from the Go service](guide::migrate), and a [comparison](guide::comparison) with the alternatives.
//!
//! | the items, in reading order | |
//! |---|---|
//! | [`webtask!`], [`webtask_file!`], [`webtask_dir!`], [`tasks!`] | recipes, and lists of them |
//! | [`attribute`], [`extract!`] | functions as tasks, and what they read of a page |
//! | [`Webtask`], [`Builder`], [`Pool`] | the handle that runs need, with its settings |
//! | [`Run`], [`Event`], [`Error`] | what a recipe's function gives |
//! | [`results`] | what steps give that is no plain value |
//! | [`Task`] | what is known of a recipe without running it |
//! | [`Cx`], [`steps`] | what Rust code may touch: the words as methods |
#![cfg_attr(feature = "server", doc = "| [`server`] | tasks over HTTP |")]
#![cfg_attr(feature = "client", doc = "| [`client`] | tasks of a remote server |")]
//!
//! # Features
//!
//! | | |
//! |---|---|
//! | `server` (default) | the warp filters and the server made of them |
//! | `client` | calls of a remote server's tasks |
//! | `cli` | the program `webtask`: `webtask fmt` lays recipe files out, `webtask fmt --check` names those that are not |
// The guide tells of every feature, those too that are not chosen.
#![cfg_attr(not(all(feature = "server", feature = "client")), allow(rustdoc::broken_intra_doc_links))]

#[doc(hidden)]
pub mod __rt;
mod access;
mod action;
pub mod attribute;
mod bom;
mod browser;
#[cfg(feature = "client")]
pub mod client;
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
mod macros;
mod meter;
mod policy;
mod report;
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
pub use crate::error::{Error, ErrorKind, InputError, PageInfo, Step};
pub use crate::event::{Event, Json};
pub use crate::policy::Resolver;
pub use crate::run::Run;
pub use crate::task::{Dialogs, Input, Task, Transport};
pub use crate::webtask::{Builder, Webtask};
