//! Steps that read the page: `extract` and `js`.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use futures::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Call;
use crate::action;
use crate::{Cx, Error};

/// What [`Cx::extract`] reads of an element: a struct that [`extract!`](crate::extract) declares.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a page",
    label = "not declared by `extract!`",
    note = "write `webtask::extract! {{ struct {Self} {{ … }} }}`"
)]
pub trait Fields: DeserializeOwned + Send + 'static {
    #[doc(hidden)]
    fn extract<'a, R>(cx: &'a Cx, from: &'a str, repeat: bool, limit: Option<u64>) -> Extracted<'a, R>
    where
        R: DeserializeOwned + Send + 'static;
}

/// An object, or a list of them, that is being read.
#[doc(hidden)]
pub type Extracted<'a, R> = BoxFuture<'a, Result<R, Error>>;

impl Cx {
    /// Reads an object from the page, or with [`repeat`](Extract::repeat) a list of them, in one round trip.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// webtask::extract! {
    ///     /// A row of the list.
    ///     pub struct Row {
    ///         title text "h2";
    ///         link attr href on "a" url optional;
    ///     }
    /// }
    ///
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// let first: Row = cx.extract("li").await?;
    /// let rows: Vec<Row> = cx.extract("li").repeat().limit(10).await?;
    /// # Ok(()) }
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if a single object is wanted and nothing matches, if the selector is invalid, or if a field is
    /// missing or cannot be read, with its row, its name and its selector.
    #[track_caller]
    pub fn extract<'a, T: Fields>(&'a self, selector: &'a str) -> Extract<'a, T> {
        Extract { call: Call::new(self, "extract"), selector, read: PhantomData }
    }

    /// Runs a script in the page, and returns its value: of one expression its own, of a function's body what it returns.
    /// Statements without a `return` give `()`.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// let sum: u64 = cx.js("arguments[0] + arguments[1]").arg(1).arg(2).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if the script throws, with its line, if its value is not JSON or does not fit the
    /// type, and if statements give none.
    #[track_caller]
    pub fn js<'a, T: DeserializeOwned + Send + 'static>(&'a self, source: &'a str) -> Js<'a, T> {
        Js { call: Call::new(self, "js"), source, args: Ok(Vec::new()), awaited: false, read: PhantomData }
    }
}

/// [`Cx::extract`] of one object.
#[must_use = "a step does nothing until it is awaited"]
pub struct Extract<'a, T> {
    call: Call<'a>,
    selector: &'a str,
    read: PhantomData<fn() -> T>,
}

impl<'a, T: Fields> Extract<'a, T> {
    /// A list with an object for each element, however many there are.
    pub fn repeat(self) -> ExtractAll<'a, T> {
        ExtractAll { call: self.call, selector: self.selector, limit: None, read: PhantomData }
    }
}

/// [`Cx::extract`] of a list.
#[must_use = "a step does nothing until it is awaited"]
pub struct ExtractAll<'a, T> {
    call: Call<'a>,
    selector: &'a str,
    limit: Option<u64>,
    read: PhantomData<fn() -> T>,
}

impl<T> ExtractAll<'_, T> {
    /// At most this many.
    pub fn limit(mut self, rows: u64) -> Self {
        self.limit = Some(rows);
        self
    }
}

impl<'a, T: Fields + 'a> IntoFuture for Extract<'a, T> {
    type Output = Result<T, Error>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.call.run(T::extract::<T>(self.call.cx, self.selector, false, None)))
    }
}

impl<'a, T: Fields + 'a> IntoFuture for ExtractAll<'a, T> {
    type Output = Result<Vec<T>, Error>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.call.run(T::extract::<Vec<T>>(self.call.cx, self.selector, true, self.limit)))
    }
}

/// [`Cx::js`].
#[must_use = "a step does nothing until it is awaited"]
pub struct Js<'a, T> {
    call: Call<'a>,
    source: &'a str,
    args: Result<Vec<Value>, Error>,
    awaited: bool,
    read: PhantomData<fn() -> T>,
}

impl<T> Js<'_, T> {
    /// Adds a value to `arguments`.
    pub fn arg(mut self, value: impl Serialize) -> Self {
        if let Ok(args) = &mut self.args {
            match crate::value::value(&value) {
                Ok(value) => args.push(value),
                Err(error) => self.args = Err(error),
            }
        }
        self
    }

    /// Makes the function asynchronous, and awaits it.
    pub fn awaited(mut self) -> Self {
        self.awaited = true;
        self
    }
}

impl<'a, T: DeserializeOwned + Send + 'static> IntoFuture for Js<'a, T> {
    type Output = Result<T, Error>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(
            self.call.run(async move {
                action::js(self.call.cx, "js", self.source, &self.args?, self.awaited).await
            }),
        )
    }
}

impl<T> fmt::Debug for Extract<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extract").field("selector", &self.selector).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for ExtractAll<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtractAll").field("selector", &self.selector).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Js<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Js").field("source", &self.source).finish_non_exhaustive()
    }
}
