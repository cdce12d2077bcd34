//! The choices that the language offers, each a closed set of words.

use serde::{Deserialize, Serialize};

/// How a task may be called over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Transport {
    /// Waits, then answers.
    Rest,
    /// Events as they happen.
    Sse,
    /// Both ways over one connection.
    WebSocket,
    /// Answers at once, goes on alone.
    Async,
}

impl Transport {
    /// The word of the language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::Sse => "sse",
            Self::WebSocket => "websocket",
            Self::Async => "async",
        }
    }
}

/// How page dialogs are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Dialogs {
    /// As with the Escape key.
    #[default]
    Dismiss,
    /// As with the Enter key.
    Accept,
}

impl Dialogs {
    /// The word of the language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dismiss => "dismiss",
            Self::Accept => "accept",
        }
    }
}

/// A status of an answer that is not a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Expected {
    /// From 200 to 299.
    Ok,
    /// Every one.
    Any,
    /// That one.
    Code(u16),
}

impl Expected {
    /// Whether that status is not a failure.
    #[must_use]
    pub fn takes(self, status: u16) -> bool {
        match self {
            Self::Ok => (200..300).contains(&status),
            Self::Any => true,
            Self::Code(code) => code == status,
        }
    }
}

/// What a navigation waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Until {
    /// The document and all that it loads are there.
    #[default]
    Load,
    /// The document is parsed.
    Dom,
    /// Loaded, and no request has been under way for half a second.
    Idle,
}

/// The state of an element that is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Awaited {
    /// In the page.
    #[default]
    Present,
    /// In the page and to be seen: it or what it shows takes up room, and is neither hidden nor faded to opacity 0.
    Visible,
    /// Not to be seen, be it in the page or not.
    Gone,
}

/// `lower` or `upper`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Case {
    /// `lower`
    Lower,
    /// `upper`
    Upper,
}

/// What a field's text is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cast {
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// `true/false/1/0/yes/no/on/off`
    Bool,
}

/// The format of an image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Image {
    /// `png`
    #[default]
    Png,
    /// `jpeg`
    Jpeg,
    /// `webp`
    Webp,
}

/// The format of a sheet of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Paper {
    /// `A4`
    #[default]
    A4,
    /// `A3`
    A3,
    /// `Letter`
    Letter,
    /// `Legal`
    Legal,
}

/// The format of a film.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Film {
    /// `gif`
    #[default]
    Gif,
    /// `mp4`
    Mp4,
    /// `webm`
    Webm,
}

/// `dark` or `light`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scheme {
    /// `dark`
    Dark,
    /// `light`
    Light,
}

/// The format of an `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Comma-separated values, with a line of names.
    Csv,
    /// A JSON value a line.
    Ndjson,
    /// A JSON list.
    Json,
    /// A table in Markdown.
    Md,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Comparator {
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `contains`
    Contains,
}

impl Comparator {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Equal,
        Self::Unequal,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::Contains,
    ];

    /// How it is written.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Contains => "contains",
        }
    }

    /// Whether it asks which of two numbers is larger.
    #[must_use]
    pub fn orders(self) -> bool {
        !matches!(self, Self::Equal | Self::Unequal | Self::Contains)
    }
}

/// The place of a placeholder, which decides how its value is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
    /// Text: as it is.
    #[default]
    Text,
    /// The whole of a URL: parsed and checked.
    UrlWhole,
    /// What a URL begins with, up to its path: only a setting may stand there.
    UrlBase,
    /// The whole host of a URL, with its port or without.
    UrlHost,
    /// Inside a path's segment: percent-encoded.
    UrlPath,
    /// Inside a query: percent-encoded.
    UrlQuery,
    /// Inside a fragment: percent-encoded.
    UrlFragment,
    /// Inside a CSS string: escaped.
    CssString,
    /// Inside a CSS identifier: escaped.
    CssIdent,
    /// A CSS number, as in `:nth-child({{n}})`: an int's digits.
    CssNumber,
    /// Inside a text of a locator without quotes: escaped.
    LocatorText,
    /// Inside a string of an XPath: its quotes are written otherwise.
    XPathString,
    /// Inside a name of a file's path: checked.
    Path,
    /// Several names of a file's path, one below the other: checked.
    Below,
    /// Inside an HTTP header: checked.
    Header,
    /// Inside HTML, in a text or in a quoted attribute: escaped.
    Html,
}
