//! What the steps hold that hold others, and what leaves them.

use std::time::Duration;

use super::{Arg, Block, Name, Rust, Script, Value};

/// `for each ITEM in LIST [collect NAME[: TYPE]] [continue on error] { steps }`
#[derive(Clone, Debug, PartialEq)]
pub struct ForEach {
    /// The loop's variable.
    pub item: Name,
    /// What it goes through.
    pub list: Value,
    /// Where the turns' values go.
    pub collect: Option<Collect>,
    /// Whether a turn that fails is skipped.
    pub continues: bool,
    /// The steps of a turn.
    pub body: Block,
}

/// `collect NAME[: TYPE]`
#[derive(Clone, Debug, PartialEq)]
pub struct Collect {
    /// The list's name.
    pub name: Name,
    /// Its Rust type (of the whole list).
    pub ty: Option<Rust>,
}

/// `if … { } else if … { } else { }`
#[derive(Clone, Debug, PartialEq)]
pub struct If {
    /// The conditions and their blocks, in their order.
    pub branches: Vec<(Condition, Block)>,
    /// The block when none holds.
    pub otherwise: Option<Block>,
}

/// What an `if` asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `js "…"`, `js fn "path"`
    Js(Script),
    /// Any value: a string with placeholders, `(expr)`. Truthy as in JavaScript.
    Value(Value),
}

/// `retry N [pause D] { steps }`
#[derive(Clone, Debug, PartialEq)]
pub struct Retry {
    /// How often the block runs at most.
    pub times: Arg<u64>,
    /// How long it pauses before each further try.
    pub pause: Option<Arg<Duration>>,
    /// The steps.
    pub body: Block,
}

/// `yield VALUE`, `yield each LIST`
#[derive(Clone, Debug, PartialEq)]
pub struct Yield {
    /// Whether the value's elements are taken one by one.
    pub each: bool,
    /// The value.
    pub value: Value,
}
