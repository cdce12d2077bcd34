//! Steps that run other steps: another task's, and one's own again.

use std::future::Future;
use std::time::Duration;

use super::{Act, Call};
use crate::action;
use crate::flow;
use crate::task::Input;
use crate::{Cx, Error, ErrorKind};

impl Cx {
    /// Runs the steps of another task in this window, with its input, which says which task it is. Its pool, budget and
    /// transports do not count, and its events pass through.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error, webtask};
    /// webtask! {
    ///     pub task "shop/login" {
    ///         input user string required;
    ///         goto "https://shop.example/login?user={{user}}";
    ///         extract page from "html" { title text "title"; }
    ///     }
    /// }
    ///
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// let output = cx.call(shop_login::Input { user: "me".into() }).await?;
    /// println!("{}", output.page.title);
    /// # Ok(()) }
    /// # fn main() {}
    /// ```
    ///
    /// A function with `#[webtask::task]` needs no `call`: it is called as the function that it is.
    ///
    /// # Errors
    ///
    /// The task's, with the step at which it happened; [`Config`](ErrorKind::Config) when it declares a secret that this
    /// one does not.
    #[track_caller]
    pub fn call<I: Input>(&self, input: I) -> Act<'_, I::Output> {
        let call = Call::new(self, "call");
        call.act(async move {
            let task = I::task();
            if let Some(secret) = task.secrets().find(|secret| !self.declares(secret)) {
                let slug = task.slug();
                let message = format!("`{slug}` declares the secret `{secret}`, so what calls it must too");
                return Err(Error::new(ErrorKind::Config, message));
            }
            let ended = action::call(self, input.steps(self)).await;
            ended.map_err(|thrown| Error::from_any(thrown).at_step(self.step()))
        })
    }

    /// Runs steps again when they fail, so many times in all.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// let title: String = cx.retry(3).pause(Duration::from_secs(1)).run(|| async {
    ///     cx.goto("https://example.com").await?;
    ///     cx.js("return document.title").await
    /// }).await?;
    /// # Ok(()) }
    /// ```
    pub fn retry(&self, times: u64) -> Retry<'_> {
        Retry { cx: self, times, pause: Duration::ZERO }
    }
}

/// [`Cx::retry`].
#[derive(Debug)]
#[must_use = "it does nothing until its `run` is awaited"]
pub struct Retry<'a> {
    cx: &'a Cx,
    times: u64,
    pause: Duration,
}

impl<'a> Retry<'a> {
    /// How long it waits before each further try, instead of not at all.
    pub fn pause(mut self, time: Duration) -> Self {
        self.pause = time;
        self
    }

    /// Runs the steps.
    ///
    /// # Errors
    ///
    /// Those of the last try; at once those that end the run.
    #[track_caller]
    pub fn run<T, F>(self, mut steps: impl FnMut() -> F + Send + 'a) -> Act<'a, T>
    where
        T: Send + 'a,
        F: Future<Output = Result<T, Error>> + Send + 'a,
    {
        let Self { cx, times, pause } = self;
        Call::new(cx, "retry").act(async move {
            let mut left = flow::Retry::new(times, pause);
            loop {
                match steps().await {
                    Ok(value) => return Ok(value),
                    Err(error) => {
                        left.failed(error.into()).await.map_err(Error::from_any)?;
                    }
                }
            }
        })
    }
}
