//! The names of a recipe: what each one is, where it is seen, and what a task gives back.
//!
//! It knows the tree, not how it was parsed nor what it expands to.

mod calls;
mod kind;
mod meant;
mod scope;
mod steps;
mod ty;
mod untrusted;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::ast::{Rust, Task};
use crate::problem::Problems;

pub use kind::Kind;
pub use scope::{Access, Bound, By, Scope, Take};
pub use ty::{Given, Record, Ty, camel};
pub use untrusted::is_untrusted;

/// What is known of a task beyond its tree.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Of each step, in the order of the text, outer before inner.
    pub steps: Vec<Info>,
    /// The results, in the order of their first binding.
    pub results: Vec<Bound>,
    /// The result's type when `return` gives it, not the names.
    pub returns: Option<Ty>,
    /// Whether the end of the steps can be reached.
    pub falls: bool,
    /// The structs of its module, each once, besides `Input` and `Output`.
    pub records: Vec<Rc<Record>>,
    /// Whether a step needs a window.
    pub browser: bool,
    /// Whether a step waits for the network, whose requests must be counted from the start.
    pub network: bool,
    /// Whether a page is opened, by it or by a task that it calls, whose URL the recipe does not write itself.
    pub untrusted: bool,
    /// The inputs that are used as a URL or as the host of one.
    pub urls: BTreeSet<String>,
    /// The secrets that it, or a task that it calls, declares.
    pub secrets: BTreeSet<String>,
    /// The settings that it, its setup, or a task that it calls, declares, by their names.
    pub settings: BTreeMap<String, Wanted>,
    /// The names that its header sees.
    pub header: Info,
    /// The declared secrets that a step of its own uses.
    pub used: BTreeSet<String>,
    /// Whether it may have results that are not known, since something in it could not be read or found.
    pub partial: bool,
    /// The tasks elsewhere that it calls.
    pub paths: Vec<Rust>,
}

/// A setting as those tasks want it that declare it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What it is when the operator says nothing; none where one of them gives no default.
    pub default: Option<String>,
    /// Whether it is a URL, or the beginning of one.
    pub url: bool,
}

/// What is known of a step.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// The names that it sees.
    pub scope: Scope,
    /// The names that are bound after it because of it.
    pub binds: Vec<Bound>,
    /// Whether a `set` assigns to a name that is there already.
    pub assigns: bool,
    /// How each of its blocks ends.
    pub blocks: Vec<End>,
    /// The variable of a loop.
    pub item: Option<Ty>,
    /// What a turn of a collecting loop gives without a `yield`.
    pub turn: Option<Rc<Record>>,
    /// Whether its blocks have a `return` in them.
    pub returns: bool,
}

/// How a block ends.
#[derive(Clone, Debug, Default)]
pub struct End {
    /// What it binds.
    pub binds: Vec<Bound>,
    /// Whether its end can be reached.
    pub falls: bool,
    /// Whether there is a `return` in it.
    pub returns: bool,
}

/// The plans of tasks of one expansion, in their order.
pub fn resolve(tasks: &[Task], problems: &mut Problems) -> Vec<Plan> {
    calls::Calls::new(tasks, problems).plans()
}
