//! The types of a recipe's names, as far as the recipe alone tells them.

use std::rc::Rc;

use crate::ast::{Input, InputType, Name, Rust};

pub use webtask_program::Given;
use webtask_program::Shape;

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub enum Ty {
    /// A text.
    String,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// `true` or `false`.
    Bool,
    /// Any JSON value.
    Json,
    /// A JSON object.
    Map,
    /// A list.
    List(Box<Ty>),
    /// A value that may be missing.
    Option(Box<Ty>),
    /// A struct of ours.
    Record(Rc<Record>),
    /// A struct of the run-time crate.
    Given(Given),
    /// A Rust type as it was written.
    Rust(Rust),
    /// What an expression gives; only rustc knows.
    Opaque,
}

/// A struct that a recipe gives rise to.
#[derive(Clone, Debug)]
pub struct Record {
    /// The function's name of the task whose module has it.
    pub task: String,
    /// Its name in that module, such as `RowsItems`.
    pub name: String,
    /// Its fields.
    pub fields: Vec<(Name, Ty)>,
    /// What it holds, for its documentation.
    pub doc: String,
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        self.task == other.task && self.name == other.name && self.fields == other.fields
    }
}

impl Ty {
    /// The type of what the run-time crate gives; any JSON for what only a recipe has.
    pub(super) fn of_shape(shape: &Shape) -> Self {
        match shape {
            Shape::String => Self::String,
            Shape::Int => Self::Int,
            Shape::Float => Self::Float,
            Shape::Bool => Self::Bool,
            Shape::Map => Self::Map,
            Shape::List(item) => Self::List(Box::new(Self::of_shape(item))),
            Shape::Option(item) => Self::Option(Box::new(Self::of_shape(item))),
            Shape::Given(given) => Self::Given(*given),
            Shape::Json | Shape::Record(_) | Shape::Rust(_) | Shape::Opaque => Self::Json,
        }
    }

    /// The type of an input that is given.
    #[must_use]
    pub fn of_input(ty: &InputType) -> Self {
        match ty {
            InputType::String | InputType::Path => Self::String,
            InputType::Int => Self::Int,
            InputType::Float => Self::Float,
            InputType::Bool => Self::Bool,
            InputType::List => Self::List(Box::new(Self::Json)),
            InputType::Map => Self::Map,
            InputType::Rust(rust) => Self::Rust(rust.clone()),
        }
    }

    /// The type that an input's name has in the steps, and its field in `Input`: it may be missing when it is neither
    /// required nor has a default.
    #[must_use]
    pub fn within_steps(input: &Input) -> Self {
        let ty = Self::of_input(&input.ty);
        if input.is_required() || input.default.is_some() || matches!(ty, Self::Rust(_)) {
            ty
        } else {
            ty.optional()
        }
    }

    /// The same type, possibly missing.
    #[must_use]
    pub fn optional(self) -> Self {
        match self {
            Self::Option(_) => self,
            other => Self::Option(Box::new(other)),
        }
    }

    /// The type of all the values that have these types: theirs when they agree, else JSON.
    pub fn unify(types: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut types = types.into_iter();
        let first = types.next()?;
        Some(if types.all(|ty| ty == first) { first } else { Self::Json })
    }

    /// Two types in words that differ.
    #[must_use]
    pub fn apart(&self, other: &Self) -> (String, String) {
        match (self, other) {
            (Self::List(one), Self::List(two)) if one != two => {
                let (one, two) = one.apart(two);
                (format!("a list of which each is {one}"), format!("one of which each is {two}"))
            }
            _ => (self.words(), other.words()),
        }
    }

    /// Whether a result may have it: an expression's type must be written.
    #[must_use]
    pub fn is_known(&self) -> bool {
        match self {
            Self::Opaque => false,
            Self::List(ty) | Self::Option(ty) => ty.is_known(),
            _ => true,
        }
    }

    /// The same type, with any JSON for what only rustc knows.
    #[must_use]
    pub fn or_json(self) -> Self {
        match self {
            Self::Opaque => Self::Json,
            Self::List(ty) => Self::List(Box::new(ty.or_json())),
            Self::Option(ty) => ty.or_json().optional(),
            other => other,
        }
    }

    /// The type in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::String => "a string".into(),
            Self::Int => "an int".into(),
            Self::Float => "a float".into(),
            Self::Bool => "a bool".into(),
            Self::Json => "any JSON".into(),
            Self::Map => "a map".into(),
            Self::List(_) => "a list".into(),
            Self::Option(ty) => format!("{}, possibly missing", ty.words()),
            Self::Record(record) => format!("a `{}`", record.name),
            Self::Given(given) => format!("a `{}`", given.name()),
            Self::Rust(rust) => format!("a `{}`", written(rust)),
            Self::Opaque => "a Rust value".into(),
        }
    }
}

/// A Rust type as it was written, or nearly so.
pub(super) fn written(ty: &Rust) -> String {
    let text = ty.tokens.to_string();
    [(" :: ", "::"), (":: ", "::"), (" <", "<"), ("< ", "<"), (" >", ">"), (" ,", ",")]
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
}

/// `rows_items` as a type's name: `RowsItems`.
#[must_use]
pub fn camel(name: &str) -> String {
    let mut camel = String::new();
    for word in name.split('_') {
        let mut letters = word.chars();
        camel.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        camel.extend(letters);
    }
    match camel.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("_{camel}"),
        Some(_) => camel,
        None => "_".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_a_type() {
        for (name, ty) in [
            ("rows", "Rows"),
            ("rows_items", "RowsItems"),
            ("_x", "X"),
            ("_", "_"),
            ("aB", "AB"),
            ("_1", "_1"),
        ] {
            assert_eq!(camel(name), ty);
        }
    }

    #[test]
    fn types_that_differ_are_json() {
        assert_eq!(Ty::unify([Ty::Int, Ty::Int]), Some(Ty::Int));
        assert_eq!(Ty::unify([Ty::Int, Ty::Float]), Some(Ty::Json));
        assert_eq!(Ty::unify([]), None);
    }
}
