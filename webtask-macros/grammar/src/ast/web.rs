//! What the steps hold that work on cookies and on the web without a page.

use std::time::Duration;

use super::{Arg, Entry, Name, Spanned, Text, Value};

/// `get cookies NAME [urls [..]] [path "…"]`
#[derive(Clone, Debug, PartialEq)]
pub struct GetCookies {
    /// The result's name.
    pub name: Name,
    /// The addresses that they would be sent to; without them, all.
    pub urls: Option<Vec<Value>>,
    /// The file.
    pub path: Option<Text>,
}

/// `set cookies [..]`, `set cookies file "…"`
#[derive(Clone, Debug, PartialEq)]
pub enum SetCookies {
    /// A list of maps.
    Value(Value),
    /// A file that `get cookies` wrote.
    File(Text),
}

/// `http METHOD NAME url "…" [headers {..}] [body VALUE] [timeout D]`
#[derive(Clone, Debug, PartialEq)]
pub struct Http {
    /// The method, in capitals.
    pub method: &'static str,
    /// The result's name.
    pub name: Name,
    /// The address.
    pub url: Text,
    /// The headers.
    pub headers: Option<Spanned<Vec<Entry>>>,
    /// What is sent.
    pub body: Option<Value>,
    /// How long it may take.
    pub timeout: Option<Arg<Duration>>,
}
