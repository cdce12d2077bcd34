//! From the checked tree to the program: every decision about a recipe is taken here.
//!
//! What it makes is plain data. The Rust code of a recipe and the places of its names stay beside it, in [`Side`], for
//! whoever writes Rust.

mod blocks;
mod condition;
mod extract;
mod step;
mod unused;
mod value;
mod watch;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use proc_macro2::Span;
use webtask_program::{self as program, Output, Slot, StepInfo};

use crate::ast::{self, InputType, Name, Rust, Task, Value};
use crate::resolve::{Bound, By, Info, Plan, Record, Ty};

pub use self::unused::unused;

/// The time limit of a run when the recipe sets none.
const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(60);

/// A task's program, and what only Rust needs of it.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The program.
    pub task: program::Task,
    /// The tokens and places.
    pub side: Side,
}

/// The tokens and places that a program leaves out.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// Each piece of Rust code, by its number.
    pub rust: Vec<Rust>,
    /// Each local's name, by its number.
    pub names: Vec<Name>,
    /// Where each step's word stands, by its number.
    pub spans: Vec<Span>,
    /// The locals that something reads.
    pub reads: BTreeSet<Slot>,
}

/// Lowers a task; `place` gives a place as `FILE:LINE:COLUMN`. The steps of one with mistakes are left out.
#[must_use]
pub fn lower(
    tasks: &[Task],
    plans: &[Plan],
    index: usize,
    broken: bool,
    place: &dyn Fn(Span) -> String,
) -> Lowered {
    let (task, plan) = (&tasks[index], &plans[index]);
    let side = Side::default();
    let mut lower = Lower {
        tasks,
        task,
        plan,
        place,
        side,
        reads: RefCell::default(),
        locals: Vec::new(),
        scope: Vec::new(),
        steps: Vec::new(),
    };
    let program = lower.task(broken);
    Lowered { task: program, side: Side { reads: lower.reads.into_inner(), ..lower.side } }
}

/// One task on its way.
struct Lower<'a> {
    tasks: &'a [Task],
    task: &'a Task,
    plan: &'a Plan,
    place: &'a dyn Fn(Span) -> String,
    side: Side,
    reads: RefCell<BTreeSet<Slot>>,
    locals: Vec<program::Local>,
    /// The names that are seen, the innermost last.
    scope: Vec<(String, Slot)>,
    steps: Vec<StepInfo>,
}

impl<'a> Lower<'a> {
    fn task(&mut self, broken: bool) -> program::Task {
        let (header, plan) = (&self.task.header, self.plan);
        let inputs = header.inputs.iter().map(|input| self.input(input, broken)).collect();
        let settings = header.settings.iter().map(|setting| self.setting(setting)).collect();
        let setup = self.setup(broken);
        let body = if broken {
            program::Block::default()
        } else {
            self.block(&self.task.body, &blocks::Flow::default())
        };
        let output = match &plan.returns {
            Some(ty) => Output::Value { shape: self.shape(ty), falls: plan.falls },
            None => {
                let fields = plan.results.iter().map(|bound| {
                    let slot = if broken { self.local(bound) } else { self.slot(&bound.name.text) };
                    (bound.name.text.clone(), slot)
                });
                Output::Fields(fields.collect())
            }
        };
        let records = plan.records.iter().map(|record| self.record(record)).collect();
        let paths = plan.paths.iter().map(|path| self.rust(path)).collect();
        let transports: Vec<_> = header.transports.iter().map(|transport| transport.value).collect();
        let wanted = plan.settings.iter().map(|(name, wanted)| program::Wanted {
            setting: program::Setting { name: name.clone(), default: wanted.default.clone() },
            url: wanted.url,
        });
        program::Task {
            slug: self.task.slug.value.clone(),
            name: self.task.name.text.clone(),
            doc: header.doc.as_ref().map_or_else(String::new, |doc| doc.value.clone()),
            pool: header.pool.as_ref().map_or("default", |pool| pool.value.as_str()).to_owned(),
            timeout: header.timeout.as_ref().map_or(TIMEOUT, |timeout| timeout.value),
            transports: if transports.is_empty() { vec![program::Transport::Rest] } else { transports },
            dialogs: header.dialogs.as_ref().map_or_else(Default::default, |dialogs| dialogs.value),
            setup,
            browser: plan.browser,
            network: plan.network,
            untrusted: plan.untrusted,
            urls: plan.urls.iter().cloned().collect(),
            secrets: plan.secrets.iter().cloned().collect(),
            wanted: wanted.collect(),
            settings,
            paths,
            inputs,
            records,
            body,
            output,
            locals: std::mem::take(&mut self.locals),
            steps: std::mem::take(&mut self.steps),
        }
    }

    fn input(&mut self, input: &ast::Input, broken: bool) -> program::Input {
        let bound = Bound { name: input.name.clone(), ty: Ty::within_steps(input), by: By::Input };
        // Of another type it may be a mistake, which rustc tells of Rust code.
        let default = input.default.as_ref().filter(|value| !broken || matches!(value, Value::Rust(_)));
        self.bind(&bound);
        program::Input {
            name: input.name.text.clone(),
            type_name: type_name(&input.ty),
            shape: self.shape(&bound.ty),
            required: input.is_required(),
            default: default.map(|value| self.typed(&Info::default(), value)),
            doc: input.doc.as_ref().map_or_else(String::new, |doc| doc.value.clone()),
        }
    }

    fn setting(&mut self, setting: &ast::Setting) -> program::Setting {
        self.bind(&Bound { name: setting.name.clone(), ty: Ty::String, by: By::Setting });
        let default = setting.default.as_ref().map(|default| default.value.clone());
        program::Setting { name: setting.name.text.clone(), default }
    }

    /// The task that prepares a new window, with what it is given of this one's inputs and settings.
    fn setup(&mut self, broken: bool) -> Option<program::Setup> {
        let setup = self.task.header.setup.as_ref()?;
        let callee = self.tasks.iter().find(|task| task.slug == setup.slug)?;
        let given = !(setup.with.is_empty() || broken);
        let inputs = given.then(|| self.arguments(&self.plan.header, callee, &setup.with));
        Some(program::Setup { slug: setup.slug.value.clone(), inputs })
    }

    /// The number of a piece of Rust code.
    fn rust(&mut self, rust: &Rust) -> program::RustId {
        self.side.rust.push(rust.clone());
        self.side.rust.len() - 1
    }

    /// A new local.
    fn local(&mut self, bound: &Bound) -> Slot {
        let shape = self.shape(&bound.ty);
        let local = program::Local { name: bound.name.text.clone(), shape, mutable: bound.by == By::Set };
        self.locals.push(local);
        self.side.names.push(bound.name.clone());
        self.locals.len() - 1
    }

    /// A new local, which the steps after it see.
    fn bind(&mut self, bound: &Bound) -> Slot {
        let slot = self.local(bound);
        self.scope.push((bound.name.text.clone(), slot));
        slot
    }

    /// The local that a name means here.
    ///
    /// # Panics
    ///
    /// If there is none, which no recipe without mistakes has.
    fn slot(&self, name: &str) -> Slot {
        let found = self.scope.iter().rev().find(|(other, _)| other == name);
        found.unwrap_or_else(|| panic!("`{name}` is bound where it is read")).1
    }

    /// What is known of a step.
    fn info(&self, index: usize) -> &'a Info {
        &self.plan.steps[index]
    }

    /// A type's shape.
    fn shape(&mut self, ty: &Ty) -> program::Shape {
        match ty {
            Ty::String => program::Shape::String,
            Ty::Int => program::Shape::Int,
            Ty::Float => program::Shape::Float,
            Ty::Bool => program::Shape::Bool,
            Ty::Json => program::Shape::Json,
            Ty::Map => program::Shape::Map,
            Ty::List(item) => program::Shape::List(Box::new(self.shape(item))),
            Ty::Option(item) => program::Shape::Option(Box::new(self.shape(item))),
            Ty::Record(record) => program::Shape::Record(self.record(record)),
            Ty::Given(given) => program::Shape::Given(*given),
            Ty::Rust(rust) => program::Shape::Rust(self.rust(rust)),
            Ty::Opaque => program::Shape::Opaque,
        }
    }

    fn record(&mut self, record: &Record) -> Arc<program::RecordShape> {
        let fields = record.fields.iter().map(|(name, ty)| (name.text.clone(), self.shape(ty))).collect();
        Arc::new(program::RecordShape { task: record.task.clone(), name: record.name.clone(), fields })
    }
}

/// The type of an input in the words of the recipe.
fn type_name(ty: &InputType) -> String {
    match ty {
        InputType::String => "string".into(),
        InputType::Int => "int".into(),
        InputType::Float => "float".into(),
        InputType::Bool => "bool".into(),
        InputType::List => "list".into(),
        InputType::Map => "map".into(),
        InputType::Path => "path".into(),
        InputType::Rust(rust) => rust.tokens.to_string().replace(' ', ""),
    }
}
