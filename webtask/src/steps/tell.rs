//! Steps that tell the run's reader something. They cannot fail.

use std::borrow::Cow;
use std::future::IntoFuture;

use futures::future::BoxFuture;
use serde_json::Value;

use super::Call;
use crate::{Cx, Event};

impl Cx {
    /// Emits a `status` event, and waits until the reader has received it.
    #[track_caller]
    pub fn status(&self, text: impl Into<String>) -> Status<'_> {
        Status { call: Call::new(self, "status"), text: text.into() }
    }

    /// Emits an event of that kind, and waits until the reader has received it.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// cx.emit("progress", "half").data(serde_json::json!({ "fraction": 0.5 })).await;
    /// # Ok(()) }
    /// ```
    ///
    /// A kind consists of letters, digits and `_ . -`; over HTTP any other character becomes `_`, and a kind that the
    /// [contract](crate::guide::http) reserves gets the prefix `_`.
    #[track_caller]
    pub fn emit(&self, kind: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Emit<'_> {
        Emit { call: Call::new(self, "emit"), kind: kind.into(), text: text.into(), data: Value::Null }
    }
}

/// [`Cx::status`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct Status<'a> {
    call: Call<'a>,
    text: String,
}

impl<'a> IntoFuture for Status<'a> {
    type Output = ();
    type IntoFuture = BoxFuture<'a, ()>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(tell(self.call, Event::Status { text: self.text, data: Value::Null }))
    }
}

/// [`Cx::emit`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct Emit<'a> {
    call: Call<'a>,
    kind: Cow<'static, str>,
    text: String,
    data: Value,
}

impl Emit<'_> {
    /// What it carries.
    pub fn data(mut self, data: Value) -> Self {
        self.data = data;
        self
    }
}

impl<'a> IntoFuture for Emit<'a> {
    type Output = ();
    type IntoFuture = BoxFuture<'a, ()>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(tell(self.call, Event::custom(self.kind, self.text, self.data)))
    }
}

async fn tell(call: Call<'_>, event: Event<()>) {
    call.cx.begin(call.word, call.at);
    call.cx.tell(event).await;
}
