//! What the words of a recipe do at run time: one function for each, called by the recipe's expansion.
//!
//! They know the run's [`Cx`](crate::Cx) and through it its window. They know nothing of how a recipe is written, nor
//! of who called it. Each may be dropped half-way, and each ends by its own deadline or by the run's budget.

mod call;
mod click;
mod element;
mod emit;
mod extract;
mod goto;
mod js;
mod sendkeys;
mod skipped;
mod wait;

use std::time::Duration;

pub use self::call::call;
pub use self::click::{Match, click};
pub use self::emit::{emit, status};
pub use self::extract::{Cast, Field, Source, Spec, extract};
pub use self::goto::goto;
pub use self::js::{js, js_test};
pub use self::sendkeys::sendkeys;
pub use self::skipped::skipped;
pub use self::wait::{Awaited, wait, wait_until};
pub use crate::browser::Until;

/// How long a page may take to answer what waits for nothing.
const ANSWER: Duration = Duration::from_secs(30);
