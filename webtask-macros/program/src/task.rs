//! A task as a whole.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Argument, Block, Dialogs, Expr, RecordShape, RustId, Schema, Shape, Slot, Transport};

/// One task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// What it is called from outside.
    pub slug: String,
    /// Its function's name.
    pub name: String,
    /// What it does, in its author's words.
    pub doc: String,
    /// The pool whose windows it uses.
    pub pool: String,
    /// How long a run may take.
    pub timeout: Duration,
    /// How it may be called; never empty.
    pub transports: Vec<Transport>,
    /// How dialogs of pages are answered.
    pub dialogs: Dialogs,
    /// The task that prepares a new window.
    pub setup: Option<Setup>,
    /// Whether a run needs a window.
    pub browser: bool,
    /// Whether it waits for the network, whose requests must be counted from the start.
    pub network: bool,
    /// Whether it opens a page whose address comes from outside of the recipe.
    pub untrusted: bool,
    /// The inputs that are used as a URL, or as the host of one.
    pub urls: Vec<String>,
    /// The secrets that it, or a task that it calls, declares.
    pub secrets: Vec<String>,
    /// The settings that it, its setup, or a task that it calls, declares.
    pub wanted: Vec<Wanted>,
    /// The settings that it declares. Their locals come after those of the inputs, in the same order.
    pub settings: Vec<Setting>,
    /// The tasks elsewhere that it calls, as Rust paths.
    pub paths: Vec<RustId>,
    /// The inputs. Their locals are the first ones, in the same order.
    pub inputs: Vec<Input>,
    /// The structs of its module, each once, besides those of its inputs and its output.
    pub records: Vec<Arc<RecordShape>>,
    /// The locals.
    pub locals: Vec<Local>,
    /// Of each step its word and its place, in the order of the text.
    pub steps: Vec<StepInfo>,
    /// The steps.
    pub body: Block,
    /// What it gives.
    pub output: Output,
}

/// An input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// Its type in the words of the recipe.
    pub type_name: String,
    /// Its shape in the steps.
    pub shape: Shape,
    /// Whether a caller must give it.
    pub required: bool,
    /// What it is when a caller leaves it out.
    pub default: Option<Expr>,
    /// What it means.
    pub doc: String,
}

/// The task that prepares a new window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// Its slug.
    pub slug: String,
    /// Its inputs, in its order, all of them; none when it runs with its defaults.
    pub inputs: Option<Vec<(String, Argument)>>,
}

/// A value of the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// What it is when the operator says nothing.
    pub default: Option<String>,
}

/// A value of the operator that must be there when a program starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The setting.
    pub setting: Setting,
    /// Whether it is a URL, or the beginning of one.
    pub url: bool,
}

/// A local.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Local {
    /// Its name.
    pub name: String,
    /// Its shape.
    pub shape: Shape,
    /// Whether it may be assigned to.
    pub mutable: bool,
}

/// A step's word and place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepInfo {
    /// Its word, such as `wait until`.
    pub word: String,
    /// Its place as `FILE:LINE:COLUMN`.
    pub at: String,
}

/// What a task gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Output {
    /// An object with these fields.
    Fields(Vec<(String, Slot)>),
    /// What `return` gives.
    Value {
        /// Its shape.
        shape: Shape,
        /// Whether the end of the steps can be reached, where nothing is given.
        falls: bool,
    },
}

impl Task {
    /// The JSON Schema of the inputs.
    #[must_use]
    pub fn accepts(&self) -> Schema {
        Schema::object(self.inputs.iter().map(|input| (input.name.as_str(), &input.shape, input.required)))
    }

    /// The JSON Schema of the result.
    #[must_use]
    pub fn gives(&self) -> Schema {
        match &self.output {
            Output::Fields(fields) => Schema::object(
                fields.iter().map(|(name, slot)| (name.as_str(), &self.locals[*slot].shape, true)),
            ),
            Output::Value { shape, .. } => shape.schema(),
        }
    }
}
