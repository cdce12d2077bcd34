//! What operations work on: texts, numbers, values, and the ways to what a placeholder means.

use serde::{Deserialize, Serialize};

use crate::{Place, RustId, Shape, Slot};

/// A text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Text {
    /// As it is written.
    Literal(String),
    /// With placeholders.
    Template(Template),
    /// What a Rust expression gives.
    Rust(RustId),
}

/// The address of a page or of a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Url {
    /// The address.
    pub text: Text,
    /// Whether where it leads comes from outside of the recipe, so that the settings must allow it.
    pub untrusted: bool,
}

/// A string with placeholders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// Its parts, in their order.
    pub parts: Vec<Part>,
}

/// A part of a [`Template`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Part {
    /// Text as it is.
    Text(String),
    /// A placeholder.
    Hole(Hole),
}

/// A placeholder: `{{name.path|or:fallback}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hole {
    /// What it looks up, as it is written: `name.path`.
    pub name: String,
    /// The way to its value.
    pub found: Found,
    /// What stands in for a missing, null or empty value.
    pub fallback: Option<String>,
    /// How its value is encoded.
    pub place: Place,
}

/// The way to a value that may be missing, as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Found {
    /// A secret, by its name.
    Secret(String),
    /// What a local holds.
    Local(Read),
}

/// The way from a local to what is in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Read {
    /// The local.
    pub slot: Slot,
    /// What is taken, one after the other.
    pub takes: Vec<Take>,
}

/// A piece of a [`Read`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Take {
    /// What is in an option.
    Some,
    /// A field of a struct.
    Field {
        /// Its name in JSON.
        json: String,
        /// Its name in Rust.
        rust: String,
    },
    /// An element of a list.
    Index(usize),
    /// The length of a list; always the last.
    Length,
    /// The path into JSON; always the last.
    Json(Vec<String>),
    /// The path into the JSON of a Rust value; always the last.
    Rust(Vec<String>),
}

/// A number or a duration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Arg<T> {
    /// As it is written.
    Literal(T),
    /// What a placeholder finds.
    Hole {
        /// What it looks up, as it is written.
        name: String,
        /// The way to its value.
        found: Found,
        /// What stands in for a missing, null or empty value.
        fallback: Option<T>,
    },
    /// What a Rust expression gives.
    Rust(RustId),
}

/// A value, with every conversion that it needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Expr {
    /// A text.
    String(String),
    /// A text with placeholders.
    Template(Template),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// A list of JSON values.
    List(Vec<Expr>),
    /// A map of JSON values.
    Map(Vec<(String, Expr)>),
    /// What a Rust expression gives.
    Rust(RustId),
    /// A secret, by its name.
    Secret(String),
    /// What a local holds, with its own shape; an error when there is nothing.
    There {
        /// What is looked up, as it is written.
        name: String,
        /// The way to it.
        read: Read,
    },
    /// A text that a local holds, or another.
    Or {
        /// The way to it.
        read: Read,
        /// What stands in for a missing or empty text.
        fallback: String,
    },
    /// What a placeholder finds, as JSON; an error when there is nothing.
    Given {
        /// What is looked up, as it is written.
        name: String,
        /// The way to it.
        found: Found,
    },
    /// What a placeholder finds, as JSON, or a text.
    OrJson {
        /// The way to it.
        found: Found,
        /// What stands in for a missing, null or empty value.
        fallback: String,
    },
    /// A text as JSON.
    JsonText(String),
    /// A number, a `bool`, a text with placeholders, or `null`, as JSON.
    Json(Box<Expr>),
    /// A map as JSON.
    Object(Box<Expr>),
    /// A list as JSON.
    Array(Box<Expr>),
    /// What a Rust expression gives, as JSON.
    RustJson(RustId),
    /// Nothing, where a value may be missing.
    Missing,
    /// A value, where it may be missing.
    Present(Box<Expr>),
    /// A whole number, where any is taken.
    AsFloat(Box<Expr>),
    /// JSON read as a shape; an error that names `label` when it does not fit.
    Decode {
        /// What the error calls it.
        label: String,
        /// The JSON.
        value: Box<Expr>,
        /// The shape.
        shape: Shape,
    },
}

/// What a [`Found`] or a [`Read`] comes to at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// JSON.
    Json,
    /// The length of a list.
    Length,
    /// A value with a shape of its own.
    Shaped,
}

impl Read {
    /// What it comes to.
    #[must_use]
    pub fn gives(&self) -> Gives {
        match self.takes.last() {
            Some(Take::Json(_) | Take::Rust(_)) => Gives::Json,
            Some(Take::Length) => Gives::Length,
            Some(Take::Some | Take::Field { .. } | Take::Index(_)) | None => Gives::Shaped,
        }
    }
}
