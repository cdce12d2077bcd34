//! How a body goes from step to step: blocks that may end early, tries, and the place where it is.

use std::error::Error as StdError;
use std::future::Future;
use std::ops::Deref;
use std::time::Duration;

use crate::Error;
use crate::cx::{Cx, Thrown, ends_run};
use crate::run::Body;

/// A step of a recipe, as its expansion says it.
#[derive(Debug)]
pub struct Step {
    /// Its number.
    pub index: usize,
    /// Its word.
    pub name: &'static str,
    /// Its place.
    pub at: &'static str,
}

/// How a block of its own ended.
#[derive(Debug)]
pub enum Flow<R, N> {
    /// By `return`.
    Return(R),
    /// At its end, with the names that it leaves.
    Next(N),
}

/// How a block of its own was left before its end, when a loop is around it.
#[derive(Debug)]
pub enum Exit<R> {
    /// By `return`.
    Return(R),
    /// By `break`.
    Break,
    /// By `continue`.
    Continue,
}

/// A block of its own, with the types that its `?` and its end need. However deep blocks stand in each other, none is
/// part of the other's future, which would have to fit on a stack.
pub fn block<'a, R, N, F>(steps: F) -> Body<'a, Flow<R, N>>
where
    F: Future<Output = Result<Flow<R, N>, Thrown>> + Send + 'a,
{
    Box::pin(steps)
}

/// A task's whole body.
pub fn body<'a, T>(steps: impl Future<Output = Result<T, Thrown>> + Send + 'a) -> Body<'a, T> {
    Box::pin(steps)
}

/// What a function of the user's own gave, whatever its error is.
///
/// # Errors
///
/// The function's.
pub fn ended<T, E>(result: Result<T, E>) -> Result<T, Thrown>
where
    E: Into<Box<dyn std::error::Error + Send + Sync + 'static>>,
{
    result.map_err(Into::into)
}

/// What a function of the user's own gave, before its error is looked into.
#[derive(Debug)]
pub struct Given<T, E>(pub Result<T, E>);

impl<T, E> Given<T, E>
where
    E: Deref<Target = dyn StdError + Send + Sync> + Into<Box<dyn StdError + Send + Sync>>,
{
    /// The error of an error that is none itself, such as `anyhow`'s: as a box it would not tell its type any more.
    ///
    /// # Errors
    ///
    /// The function's: as one of ours, if it is one or came from one.
    pub fn opened(self) -> Result<T, Box<dyn StdError + Send + Sync>> {
        self.0.map_err(|error| match Error::within(&*error) {
            Some(ours) => Box::new(ours.with_source(error)),
            None => error.into(),
        })
    }
}

/// What [`Given::opened`] is for every other error: a method of the type comes before one of a trait.
pub trait Opened {
    /// What it gives.
    type Result;

    /// The same.
    fn opened(self) -> Self::Result;
}

impl<T, E> Opened for Given<T, E> {
    type Result = Result<T, E>;

    fn opened(self) -> Result<T, E> {
        self.0
    }
}

/// A body whose result nobody wants.
pub fn prelude<'a, T: Send + 'a>(steps: Body<'a, T>) -> Body<'a, ()> {
    Box::pin(async move { steps.await.map(drop) })
}

/// The user's own Rust between steps.
///
/// # Errors
///
/// Whatever its `?` throws.
pub async fn rust(code: impl Future<Output = Result<(), Thrown>>) -> Result<(), Thrown> {
    code.await
}

/// What `for each` goes through, and `yield each` appends.
#[diagnostic::on_unimplemented(
    message = "expected a list, found `{Self}`",
    label = "this is not a list",
    note = "write an expression that gives a `Vec`, a slice's reference, or anything that can be iterated over"
)]
pub trait List {
    /// An element.
    type Item;
    /// All of them.
    type Items: Iterator<Item = Self::Item>;

    /// Its elements.
    fn items(self) -> Self::Items;
}

#[diagnostic::do_not_recommend]
impl<I: IntoIterator> List for I {
    type Item = I::Item;
    type Items = I::IntoIter;

    fn items(self) -> I::IntoIter {
        self.into_iter()
    }
}

/// The elements of a list with their numbers. An opaque type: a named one would have rustc tell of iterators instead.
pub fn turns<L: List>(list: L) -> impl Iterator<Item = (usize, L::Item)> {
    list.items().enumerate()
}

/// The elements of a list.
pub fn each<L: List>(list: L) -> impl Iterator<Item = L::Item> {
    list.items()
}

/// The context, at that step from now on.
pub fn at<'a>(cx: &'a Cx, step: &Step) -> &'a Cx {
    cx.at(step);
    cx
}

/// The context, whose step takes no selector that several visible elements match.
pub fn strict(cx: &Cx) -> &Cx {
    cx.set_strict();
    cx
}

/// The value of a declared secret.
///
/// # Errors
///
/// When it is not set.
pub fn secret(cx: &Cx, name: &str) -> Result<String, Error> {
    cx.secret(name).map(str::to_owned)
}

/// The value of a declared setting.
///
/// # Errors
///
/// When the operator does not say it, and the recipe has no default.
pub fn setting(cx: &Cx, name: &str, default: Option<&str>) -> Result<String, Error> {
    cx.setting_or(name, default).map(str::to_owned)
}

/// What a `retry` has left.
#[derive(Debug)]
pub struct Retry {
    left: u64,
    pause: Duration,
}

impl Retry {
    /// So many tries, with a pause before each but the first. None is one.
    #[must_use]
    pub fn new(times: u64, pause: Duration) -> Self {
        Self { left: times.max(1), pause }
    }

    /// Says that a try failed: pauses before the next one, or gives the error back when there is none.
    ///
    /// # Errors
    ///
    /// The try's own.
    pub async fn failed(&mut self, error: Thrown) -> Result<(), Thrown> {
        self.left -= 1;
        if self.left == 0 || ends_run(&error) {
            return Err(error);
        }
        tokio::time::sleep(self.pause).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    fn thrown(kind: ErrorKind) -> Thrown {
        Error::new(kind, "no").into()
    }

    #[tokio::test(start_paused = true)]
    async fn tries_so_often_and_pauses_between() {
        let start = tokio::time::Instant::now();
        let mut retry = Retry::new(3, Duration::from_secs(2));
        assert!(retry.failed(thrown(ErrorKind::StepFailed)).await.is_ok());
        assert!(retry.failed(thrown(ErrorKind::StepFailed)).await.is_ok());
        assert!(retry.failed(thrown(ErrorKind::StepFailed)).await.is_err());
        assert_eq!(start.elapsed(), Duration::from_secs(4));
    }

    #[tokio::test]
    async fn does_not_try_again_what_ends_the_run() {
        assert!(Retry::new(3, Duration::ZERO).failed(thrown(ErrorKind::Cancelled)).await.is_err());
    }
}
