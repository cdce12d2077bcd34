//! A page of the test's own, and a way to run steps without a recipe.

use std::time::Duration;

use serde_json::Value;
use webtask::__rt::{self, Body, Cx, Parts, Task, Until, goto, js};
use webtask::{Error, Run, Webtask};

use crate::support::site::Site;
use crate::support::{self, PARTS};

/// What is needed to run steps.
pub(crate) struct Bench {
    pub(crate) webtask: Webtask,
    pub(crate) site: Site,
}

/// A task whose budget is over soon.
static HASTY: Task = Task::new(&Parts { timeout: Duration::from_secs(2), ..PARTS });

/// Runs a test with the shared browser and a site of its own.
pub(crate) fn test<F: Future<Output = ()>>(test: impl FnOnce(Bench) -> F) {
    support::run(|webtask| async move { test(Bench { webtask, site: Site::start().await }).await });
}

impl Bench {
    /// Adds a page and gives its URL.
    pub(crate) fn page(&self, html: &str) -> String {
        let number = html.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        let path = format!("/page/{number:x}");
        self.site.page(&path, &format!("<!doctype html><meta charset=utf-8>{html}"));
        self.site.url(&path)
    }

    /// Runs steps in a window of their own.
    pub(crate) fn run<I, T>(&self, input: I, body: for<'a> fn(&'a Cx, I) -> Body<'a, T>) -> Run<T>
    where
        I: Send + 'static,
        T: Send + 'static,
    {
        support::steps(&self.webtask, input, body)
    }

    /// The same with two seconds for all of it.
    pub(crate) fn run_hastily<I, T>(&self, input: I, body: for<'a> fn(&'a Cx, I) -> Body<'a, T>) -> Run<T>
    where
        I: Send + 'static,
        T: Send + 'static,
    {
        __rt::run(&self.webtask, &HASTY, input, body)
    }
}

/// Opens a page and waits for all of it.
pub(crate) async fn open(cx: &Cx, url: &str) -> Result<(), Error> {
    goto(cx, url, Until::Load, None).await
}

/// What a script gives in the page.
pub(crate) async fn read(cx: &Cx, source: &'static str) -> Result<Value, Error> {
    js(cx, "read", source, &[], false).await
}

/// The time that a step waits in vain.
pub(crate) const SHORT: Option<Duration> = Some(Duration::from_millis(150));

/// The message of an error.
pub(crate) fn told<T>(result: Result<T, Error>) -> String {
    match result {
        Ok(_) => "no error".to_owned(),
        Err(error) => error.to_string(),
    }
}
