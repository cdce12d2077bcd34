//! What a checked recipe is: operations with their operands, and the shapes of what they give. Plain data.
//!
//! Every decision about a recipe is taken before its program exists: which conversion a value needs, what the branches
//! of an `if` leave, what a loop collects, what a `goto` already knows of the `extract` after it. A macro prints a
//! program as Rust and an interpreter runs it; neither of them decides anything.
//!
//! A program knows no tokens, no files and no browser. Rust code in a recipe stands in it as a number, a [`RustId`]: only the
//! macros hold the tokens.
//!
//! ```
//! use webtask_program::{Op, Shape, Step, Text};
//!
//! let step = Step { index: 0, strict: false, op: Op::Status { text: Text::Literal("hello".into()) } };
//! assert!(matches!(step.op, Op::Status { .. }));
//! assert_eq!(Shape::List(Box::new(Shape::Int)).schema().text, r#"{"type":"array","items":{"type":"integer"}}"#);
//! ```

mod capture;
mod expr;
mod flow;
mod op;
mod shape;
mod task;
mod words;

pub use self::capture::*;
pub use self::expr::*;
pub use self::flow::*;
pub use self::op::*;
pub use self::shape::*;
pub use self::task::*;
pub use self::words::*;

/// The number of a piece of Rust code: an expression, a type, a path. A recipe in a file has none.
pub type RustId = usize;

/// The number of a local: an input, a result, a loop's variable.
pub type Slot = usize;
