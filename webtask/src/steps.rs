//! The words of the language as methods of [`Cx`], for functions of one's own and for `rust { … }` in a recipe.
//!
//! A method is called like its word, with `_` for the spaces in it. What the word needs are its arguments, each option is
//! a method of what it gives, with the same default, and it runs when it is awaited:
//!
//! ```no_run
//! # use webtask::{Cx, Error};
//! # async fn run(cx: &Cx) -> Result<(), Error> {
//! use std::time::Duration;
//!
//! cx.goto("https://example.com").await?;
//! cx.click("button").text("More").timeout(Duration::from_secs(3)).await?;
//! cx.wait_until("#list").visible().await?;
//! let count: u64 = cx.js("return document.links.length").await?;
//! let image = cx.screenshot().full_page().path("page.png").await?;
//! # Ok(()) }
//! ```
//!
//! An error names the step, and the line of the call: `click` at `src/main.rs:7:4`. What a step was given is checked when
//! it runs. The types here are what the methods give before they are awaited; nobody needs to write their names.
//!
//! What Rust has itself is not a method: `for` and `while` are loops, `if` is a condition, `let` binds, and `return` returns.

mod capture;
mod data;
mod flow;
mod input;
mod page;
mod read;
mod tell;
mod watch;
mod web;

use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::future::BoxFuture;

use crate::{Cx, Error};

pub use self::capture::{HtmlToPdf, Pdf, Screenshot, Snapshot};
pub use self::data::{Export, Format, ReadFile, SaveHtml};
pub use self::flow::Retry;
pub use self::input::{Click, Reach};
pub use self::page::{
    Emulate, Goto, NamedGoto, ScrollUntilStable, WaitNetworkIdle, WaitUntil, WaitUntilJs, WaitUntilUrl,
};
#[doc(hidden)]
pub use self::read::Extracted;
pub use self::read::{Extract, ExtractAll, Fields, Js};
pub use self::tell::{Emit, Status};
pub use self::watch::{CaptureNetwork, DownloadFiles, Record};
pub use self::web::{DownloadEach, GetCookies, Http, SaveCaptures};
pub use crate::action::Paper;

/// A step without options: await it.
#[must_use = "a step does nothing until it is awaited"]
pub struct Act<'a, T = ()> {
    future: BoxFuture<'a, Result<T, Error>>,
}

impl<T> Future for Act<'_, T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.future.as_mut().poll(cx)
    }
}

impl<T> fmt::Debug for Act<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Act").finish_non_exhaustive()
    }
}

/// A step that was called: in which run, which word, and where.
#[derive(Clone, Copy, Debug)]
struct Call<'a> {
    cx: &'a Cx,
    word: &'static str,
    at: &'static Location<'static>,
}

impl<'a> Call<'a> {
    #[track_caller]
    fn new(cx: &'a Cx, word: &'static str) -> Self {
        Self { cx, word, at: Location::caller() }
    }

    /// Does it: from now on the run is at this step, and so is what fails.
    async fn run<T>(self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let step = self.cx.begin(self.word, self.at);
        let error = match work.await {
            Ok(value) => return Ok(value),
            Err(error) => error.at_step(Some(step)),
        };
        Err(self.cx.on_page(error).await)
    }

    /// The same, later.
    fn act<T: 'a>(self, work: impl Future<Output = Result<T, Error>> + Send + 'a) -> Act<'a, T> {
        Act { future: Box::pin(self.run(work)) }
    }
}

/// What a step with options does when it is awaited.
macro_rules! awaits {
    ($step:ident, $output:ty, |$this:ident| $work:expr) => {
        impl<'a> std::future::IntoFuture for $step<'a> {
            type Output = Result<$output, $crate::Error>;
            type IntoFuture = futures::future::BoxFuture<'a, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                let $this = self;
                Box::pin($this.call.run(async move { $work }))
            }
        }
    };
}
use awaits;
