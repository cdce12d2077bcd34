//! Runs a recipe's program, with the same steps that its expansion would call.
//!
//! A program decides nothing any more: what each operation needs is looked up in a [`Frame`], where every local is JSON,
//! and handed to the step. What comes back is made to have its local's shape.

mod blocks;
mod files;
mod frame;
mod input;
mod mistake;
mod read;
mod recipes;
mod shape;
mod step;
mod task;
#[cfg(feature = "watch")]
mod watch;

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};
use webtask_program as program;

pub use self::mistake::{Location, Mistake, Mistakes};
pub use self::recipes::Recipes;
#[cfg(feature = "watch")]
pub use self::watch::Watch;

use self::frame::{Ended, Frame};
use crate::Error;
use crate::action;
use crate::cx::{Cx, Thrown};
use crate::error::Step;

/// The tasks of one folder or file, which may call each other.
#[derive(Debug)]
pub(crate) struct Programs {
    tasks: Vec<Recipe>,
    slugs: HashMap<String, usize>,
    /// The scripts in files, by their paths.
    scripts: BTreeMap<String, String>,
}

/// A task that can be run.
#[derive(Debug)]
pub(crate) struct Recipe {
    pub(crate) task: program::Task,
    /// Each step's word and place.
    steps: Vec<Step>,
}

impl Recipe {
    /// A task; `word` gives the word of a step that lasts as long as the program.
    pub(crate) fn new(task: program::Task, word: impl Fn(&str) -> &'static str) -> Self {
        let steps = task.steps.iter().enumerate();
        let steps =
            steps.map(|(index, step)| Step { index, name: word(&step.word), at: step.at.clone().into() });
        let steps = steps.collect();
        Self { task, steps }
    }
}

impl Programs {
    pub(crate) fn new(tasks: Vec<Recipe>, scripts: BTreeMap<String, String>) -> Self {
        let slugs =
            tasks.iter().enumerate().map(|(index, recipe)| (recipe.task.slug.clone(), index)).collect();
        Self { tasks, slugs, scripts }
    }

    pub(crate) fn tasks(&self) -> &[Recipe] {
        &self.tasks
    }

    /// The scripts in files, by their paths.
    pub(crate) fn scripts(&self) -> &BTreeMap<String, String> {
        &self.scripts
    }

    /// The task of that slug.
    pub(crate) fn get(&self, slug: &str) -> Option<&Recipe> {
        self.slugs.get(slug).map(|index| &self.tasks[*index])
    }

    /// Runs a task's steps; `inputs` are all of its inputs, in its order, of which those may be missing that may.
    pub(crate) async fn run(
        &self,
        recipe: &Recipe,
        cx: &Cx,
        inputs: Vec<Option<Value>>,
    ) -> Result<Value, Thrown> {
        let mut frame = Frame::new(self, recipe, cx, inputs)?;
        if recipe.task.network {
            action::watch_network(cx).await?;
        }
        let ended = frame.block(&recipe.task.body).await?;
        Ok(match (ended, &recipe.task.output) {
            (Ended::Return(value), _) => value,
            (_, program::Output::Fields(fields)) => {
                let field = |(name, slot): &(String, usize)| (name.clone(), frame.json_of(*slot));
                Value::Object(fields.iter().map(field).collect::<Map<_, _>>())
            }
            (_, program::Output::Value { .. }) => Value::Null,
        })
    }

    /// Makes the inputs of a task's setup, as JSON, of those of the task.
    pub(crate) fn setup_input(
        &self,
        recipe: &Recipe,
        cx: &Cx,
        inputs: &[Option<Value>],
    ) -> Result<Value, Error> {
        let Some(program::Setup { slug, inputs: Some(arguments) }) = &recipe.task.setup else {
            return Ok(Value::Null);
        };
        let Some(callee) = self.get(slug) else { return Ok(Value::Null) };
        let frame = Frame::new(self, recipe, cx, inputs.to_vec())?;
        let values = frame.arguments(callee, arguments)?;
        let names = callee.task.inputs.iter().map(|input| input.name.clone());
        Ok(Value::Object(names.zip(values).map(|(name, value)| (name, value.unwrap_or_default())).collect()))
    }

    /// Runs a setup with such inputs; `null` for its defaults.
    pub(crate) async fn prepare(&self, recipe: &Recipe, cx: &Cx, input: Value) -> Result<(), Thrown> {
        let inputs = recipe.task.inputs.iter();
        let inputs = match input {
            Value::Object(mut given) => {
                inputs.map(|input| given.remove(&input.name).filter(|value| !value.is_null())).collect()
            }
            _ => inputs.map(shape::default).collect(),
        };
        self.run(recipe, cx, inputs).await.map(drop)
    }
}
