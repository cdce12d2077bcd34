//! What an `extract` holds: its rows and their fields.

use super::{Arg, Case, Cast, Name, Str, Text, Value};

/// `extract NAME from "SEL" [repeat] [limit N] { fields }`
#[derive(Clone, Debug, PartialEq)]
pub struct Extract {
    /// The result's name.
    pub name: Name,
    /// The row or rows.
    pub from: Text,
    /// A list of objects instead of one.
    pub repeat: bool,
    /// At most so many rows.
    pub limit: Option<Arg<u64>>,
    /// What is read of each row.
    pub fields: Vec<Field>,
}

/// A field of an `extract`.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// What it reads.
    pub source: Source,
    /// `match r"…"`.
    pub matches: Option<Str>,
    /// `trim` as written (text is trimmed without it too).
    pub trim: bool,
    /// `lower` or `upper`.
    pub case: Option<Case>,
    /// `url`.
    pub url: bool,
    /// `int`, `float` or `bool`.
    pub cast: Option<Cast>,
    /// `all`.
    pub all: bool,
    /// `optional`.
    pub optional: bool,
    /// `required`.
    pub required: bool,
}

/// What a field reads.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// `text "SEL"`
    Text(Text),
    /// `attr ATTR on "SEL"`
    Attr(Str, Text),
    /// `html "SEL"`
    Html(Text),
    /// `const VALUE`
    Const(Value),
    /// `count "SEL"`
    Count(Text),
    /// `from "SEL" [repeat] { fields }`
    Nested {
        /// The row or rows within the outer row.
        from: Text,
        /// A list of objects instead of one.
        repeat: bool,
        /// What is read of each.
        fields: Vec<Field>,
    },
}
