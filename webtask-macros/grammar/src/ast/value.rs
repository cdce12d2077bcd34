//! Values, and strings with their placeholders found.

use proc_macro2::Span;

use super::{Place, Rust, Spanned, Str};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string, with or without placeholders.
    Text(Template),
    /// A whole number.
    Int(Spanned<i64>),
    /// A number.
    Float(Spanned<f64>),
    /// `true` or `false`.
    Bool(Spanned<bool>),
    /// `null`.
    Null(Spanned<()>),
    /// `[a, b]`
    List(Spanned<Vec<Value>>),
    /// `{ key: value }`
    Map(Spanned<Vec<Entry>>),
    /// `(expr)`
    Rust(Rust),
}

impl Value {
    /// What a message calls it: as it is written, or by its kind where that would be long.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Text(template) => match (template.single(), template.literal()) {
                (Some(hole), _) => format!("`{{{{{}}}}}`", hole.lookup()),
                (None, Some(text)) => format!("`{text:?}`"),
                (None, None) => "the text".to_owned(),
            },
            Self::Int(number) => format!("`{}`", number.value),
            Self::Float(number) => format!("`{:?}`", number.value),
            Self::Bool(bool) => format!("`{}`", bool.value),
            Self::Null(_) => "`null`".to_owned(),
            Self::List(_) => "the list".to_owned(),
            Self::Map(_) => "the map".to_owned(),
            Self::Rust(_) => "the expression".to_owned(),
        }
    }
}

/// A `key: value` of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Str,
    /// The value.
    pub value: Value,
}

/// A text where nothing else may stand: a string, or Rust that gives one.
#[derive(Clone, Debug, PartialEq)]
pub enum Text {
    /// A string, with or without placeholders.
    Template(Template),
    /// `(expr)`
    Rust(Rust),
}

/// A number or a duration, or what gives one.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg<T> {
    /// Written in the recipe.
    Literal(Spanned<T>),
    /// `"{{name}}"`
    Hole(Held<T>),
    /// `(expr)`
    Rust(Rust),
}

/// A string that is exactly one placeholder, where a number or a duration stands.
#[derive(Clone, Debug)]
pub struct Held<T> {
    /// The placeholder.
    pub hole: Hole,
    /// What its fallback means there.
    pub fallback: Option<T>,
    /// The string literal.
    pub span: Span,
}

impl<T: PartialEq> PartialEq for Held<T> {
    fn eq(&self, other: &Self) -> bool {
        self.hole == other.hole && self.fallback == other.fallback
    }
}

/// A string with its placeholders found.
#[derive(Clone, Debug)]
pub struct Template {
    /// The string's parts; no two texts follow each other.
    pub parts: Vec<Part>,
    /// The string literal.
    pub span: Span,
    /// Whether a `{`, `$` or `%` is written as an escape, so that what follows it is text beyond doubt.
    pub escaped: bool,
}

impl PartialEq for Template {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

/// A part of a [`Template`].
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Text as it is.
    Text(String),
    /// A placeholder.
    Hole(Hole),
}

/// `{{name.path|or:fallback}}`
#[derive(Clone, Debug)]
pub struct Hole {
    /// The name looked up.
    pub name: String,
    /// What is taken of it.
    pub path: Vec<String>,
    /// What stands in for a missing, null or empty value.
    pub fallback: Option<String>,
    /// How its value is encoded.
    pub place: Place,
    /// Where it stands in the string, in characters from the literal's first one after the quote.
    pub column: usize,
}

impl PartialEq for Hole {
    /// Where it stands does not count, as with all that has a place in its source.
    fn eq(&self, other: &Self) -> bool {
        let Self { name, path, fallback, place, column: _ } = self;
        (name, path, fallback, place) == (&other.name, &other.path, &other.fallback, &other.place)
    }
}

impl Hole {
    /// What it looks up, as written: `name.path`.
    #[must_use]
    pub fn lookup(&self) -> String {
        std::iter::once(&self.name).chain(&self.path).map(String::as_str).collect::<Vec<_>>().join(".")
    }
}

impl Template {
    /// The string when it has no placeholder.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The placeholder when the string is exactly one.
    #[must_use]
    pub fn single(&self) -> Option<&Hole> {
        match self.parts.as_slice() {
            [Part::Hole(hole)] => Some(hole),
            _ => None,
        }
    }

    /// Every placeholder.
    pub fn holes(&self) -> impl Iterator<Item = &Hole> {
        self.parts.iter().filter_map(|part| match part {
            Part::Hole(hole) => Some(hole),
            Part::Text(_) => None,
        })
    }
}
