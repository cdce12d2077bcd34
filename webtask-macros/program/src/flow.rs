//! What holds operations together: blocks, what they leave, conditions and lists that loops collect.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Comparator, Expr, Found, RecordShape, RustId, Script, Shape, Slot, Step};

/// Steps that run one after the other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// The steps.
    pub steps: Vec<Step>,
}

/// Steps that may fail, return or leave a loop without leaving what is around them at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Apart {
    /// The steps.
    pub block: Block,
    /// How they may be left.
    pub exits: Exits,
    /// The locals that they leave; none when their end cannot be reached.
    pub names: Option<Vec<Slot>>,
}

/// How steps may be left before their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exits {
    /// By `return`.
    pub returns: bool,
    /// By `break` or `continue` of a loop around them.
    pub turns: bool,
}

/// One of several ways through a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// The steps.
    pub block: Block,
    /// What it leaves for each local that the whole step binds; none when its end cannot be reached or nothing is bound.
    pub leaves: Option<Vec<Leave>>,
}

/// What a [`Way`] leaves for a local.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Leave {
    /// A local as it is.
    Local(Slot),
    /// A local, where other ways leave nothing.
    Present(Slot),
    /// Nothing.
    Missing,
}

/// A list that `yield`s and the ends of iterations give to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sink {
    /// What a loop collects.
    Collected(usize),
    /// What one iteration of a loop gives that skips those that fail.
    Gathered(usize),
    /// What one try gives.
    Tried(usize),
}

/// Where the values of a loop go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Collect {
    /// The list.
    pub list: Sink,
    /// The list's shape; none when it is dropped at the end.
    pub shape: Option<Shape>,
    /// The local that it is bound to after the loop.
    pub into: Option<Slot>,
}

/// What an iteration gives at its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// The list that it goes to.
    pub list: Sink,
    /// What it is.
    pub record: Arc<RecordShape>,
    /// The locals that its fields hold, in the order of the fields.
    pub fields: Vec<Slot>,
}

/// What tries do with what their steps yield: it is kept when they do not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// The list of one try.
    pub list: Sink,
    /// The list that it goes to.
    pub to: Sink,
}

/// What an `if` or a loop asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Condition {
    /// Whether the value of a script is truthy.
    Js(Script),
    /// A `bool` of Rust.
    Rust(RustId),
    /// Whether a value holds.
    Holds {
        /// What messages call it.
        name: String,
        /// The value.
        value: Operand,
    },
    /// Whether two values compare as said.
    Compare {
        /// What messages call the left one.
        left_name: String,
        /// What stands left.
        left: Operand,
        /// The operator.
        comparator: Comparator,
        /// What messages call the right one.
        right_name: String,
        /// What stands right.
        right: Operand,
    },
    /// Whether a text matches a pattern.
    Matches {
        /// What messages call the text.
        name: String,
        /// The text.
        text: Operand,
        /// The pattern.
        regex: String,
    },
    /// Whether another does not hold.
    Not(Box<Condition>),
    /// Whether all hold, asked in their order.
    And(Vec<Condition>),
    /// Whether one holds, asked in their order.
    Or(Vec<Condition>),
}

/// A value that is asked or compared; it may be missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Operand {
    /// What a placeholder finds.
    Found(Found),
    /// What a placeholder finds, or another value.
    Or {
        /// The way to it.
        found: Found,
        /// What stands in for a missing, null or empty value, as JSON.
        fallback: Expr,
    },
    /// A value, as JSON.
    Value(Expr),
}

/// The list that a loop goes through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Items {
    /// What a Rust expression gives.
    Rust(RustId),
    /// A list.
    List(Expr),
    /// JSON that must be a list.
    Json(Expr),
}
