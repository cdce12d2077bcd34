//! What an `if` or a `loop` asks.

use super::{Comparator, Script, Spanned, Str, Value};

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `js "…"`, `js fn "path"`: whether its value is truthy.
    Js(Script),
    /// `"{{name}}"`: whether the value holds; `(expr)`: a `bool` of Rust.
    Value(Value),
    /// `LEFT == RIGHT` and its like
    Compare(Box<Comparison>),
    /// `LEFT matches r"regex"`
    Matches(Matches),
    /// `not CONDITION`
    Not(Box<Condition>),
    /// `CONDITION and CONDITION`
    And(Vec<Condition>),
    /// `CONDITION or CONDITION`
    Or(Vec<Condition>),
}

/// Two values and how they are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What stands before the operator.
    pub left: Value,
    /// The operator.
    pub comparator: Spanned<Comparator>,
    /// What stands behind it.
    pub right: Value,
}

/// A text and the pattern that it is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Matches {
    /// The text.
    pub text: Value,
    /// The pattern, which is always written in the recipe.
    pub regex: Str,
}

impl Condition {
    /// Every script in it.
    pub fn scripts(&self) -> Vec<&Script> {
        match self {
            Self::Js(script) => vec![script],
            Self::Value(_) | Self::Compare(_) | Self::Matches(_) => Vec::new(),
            Self::Not(inner) => inner.scripts(),
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::scripts).collect(),
        }
    }
}
