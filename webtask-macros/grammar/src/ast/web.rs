//! What the steps hold that work on cookies and on the web without a page.

use std::time::Duration;

use super::{Arg, Block, Entry, Expected, Hole, Name, Part, Place, Spanned, Template, Text, Value};

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

/// `http METHOD NAME url "…" [headers {..}] [body VALUE] [expect ok|any|CODE, …] [timeout D]`
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
    /// The statuses that are not failures; without any, all.
    pub expect: Vec<Spanned<Expected>>,
    /// How long it may take.
    pub timeout: Option<Arg<Duration>>,
}

/// `download NAME [path "…"] [timeout D] { steps }`
#[derive(Clone, Debug, PartialEq)]
pub struct Download {
    /// The result's name.
    pub name: Name,
    /// The file, or the folder.
    pub path: Option<Text>,
    /// How long the files may take after the steps.
    pub timeout: Option<Arg<Duration>>,
    /// The steps.
    pub body: Block,
}

/// `download each NAME selector "SEL" [timeout D]`
#[derive(Clone, Debug, PartialEq)]
pub struct DownloadEach {
    /// The result's name.
    pub name: Name,
    /// The elements.
    pub selector: Text,
    /// How long all of it may take.
    pub timeout: Option<Arg<Duration>>,
}

/// `save captures NAME dir "…" [from page] [naming "…"]`
#[derive(Clone, Debug, PartialEq)]
pub struct SaveCaptures {
    /// The name of what is saved; of the files, when it is the page's.
    pub name: Name,
    /// Whether the page's is saved.
    pub page: bool,
    /// The folder.
    pub dir: Text,
    /// How the files are called.
    pub naming: Option<Text>,
}

impl SaveCaptures {
    /// What is saved, as a placeholder.
    #[must_use]
    pub fn captures(&self) -> Value {
        let hole = Hole {
            name: self.name.text.clone(),
            path: Vec::new(),
            fallback: None,
            place: Place::Text,
            column: 0,
        };
        Value::Text(Template { parts: vec![Part::Hole(hole)], span: self.name.span, escaped: false })
    }
}
