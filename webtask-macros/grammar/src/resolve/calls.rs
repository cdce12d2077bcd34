//! The tasks of one expansion among themselves: a task is resolved after those that it calls.

use proc_macro2::Span;

use crate::ast::{Entry, Str, Task};
use crate::keyword::nearest;
use crate::problem::Problems;

use super::steps::{Walk, span};
use super::{Plan, Ty};

/// All tasks of an expansion and what is known of them so far.
pub(super) struct Calls<'t> {
    pub(super) tasks: &'t [Task],
    plans: Vec<State>,
    pub(super) problems: &'t mut Problems,
}

enum State {
    Waiting,
    Open,
    Done(Box<Plan>),
}

impl<'t> Calls<'t> {
    pub(super) fn new(tasks: &'t [Task], problems: &'t mut Problems) -> Self {
        Self { tasks, plans: tasks.iter().map(|_| State::Waiting).collect(), problems }
    }

    pub(super) fn plans(mut self) -> Vec<Plan> {
        for index in 0..self.tasks.len() {
            self.visit(index);
        }
        self.plans
            .into_iter()
            .map(|state| match state {
                State::Done(plan) => *plan,
                State::Waiting | State::Open => Plan::default(),
            })
            .collect()
    }

    fn visit(&mut self, index: usize) {
        if !matches!(self.plans[index], State::Waiting) {
            return;
        }
        self.plans[index] = State::Open;
        let tasks = self.tasks;
        let plan = Walk::task(self, &tasks[index]);
        self.plans[index] = State::Done(Box::new(plan));
    }

    /// The task that a `call` or `setup` names, resolved; none when that is a mistake, which is then reported.
    pub(super) fn callee(&mut self, caller: &Task, slug: &Str, word: &str) -> Option<(&'t Task, Plan)> {
        let Some(index) = self.tasks.iter().position(|task| task.slug == *slug) else {
            let known = self.tasks.iter().map(|task| task.slug.value.as_str());
            let help = match nearest(&slug.value, known) {
                Some(known) => format!("did you mean `{known}`?"),
                None if caller.in_file => {
                    "name a task of this file, or of its folder if `webtask_dir!` takes in the whole folder"
                        .into()
                }
                None if word == "call" => {
                    "only tasks of the same `webtask!` have slugs here; write `call NAME path::to::task`"
                        .into()
                }
                None => "only tasks of the same `webtask!` can be named here".into(),
            };
            self.problems.help(slug.span, format!("unknown task `{}`", slug.value), help);
            return None;
        };
        self.visit(index);
        match &self.plans[index] {
            State::Done(plan) => Some((&self.tasks[index], (**plan).clone())),
            State::Waiting | State::Open => {
                self.problems
                    .add(slug.span, format!("`{}` calls itself, directly or through others", slug.value));
                None
            }
        }
    }

    /// Checks the inputs that a `call` gives against those of the task.
    pub(super) fn check_inputs(&mut self, task: &Task, with: &[(&Entry, Ty)], call: Span) {
        let mut meant = Vec::new();
        for (entry, ty) in with {
            let Some(input) = task.header.inputs.iter().find(|input| input.name.text == entry.key.value)
            else {
                let known = || task.header.inputs.iter().map(|input| input.name.text.as_str());
                let help = match nearest(&entry.key.value, known()) {
                    Some(known) => {
                        meant.push(known);
                        format!("did you mean `{known}`?")
                    }
                    None => match known().map(|name| format!("`{name}`")).collect::<Vec<_>>() {
                        none if none.is_empty() => "it takes no inputs".into(),
                        names => format!("it takes {}", names.join(", ")),
                    },
                };
                let message = format!("`{}` has no input `{}`", task.slug.value, entry.key.value);
                self.problems.help(entry.key.span, message, help);
                continue;
            };
            let wanted = Ty::of_input(&input.ty);
            if !fits(ty, &wanted) {
                let message =
                    format!("input `{}` is {}, not {}", input.name.text, wanted.words(), ty.words());
                self.problems.add(span(&entry.value), message);
            }
        }
        let missing: Vec<_> = task
            .header
            .inputs
            .iter()
            .filter(|input| input.is_required())
            .map(|input| input.name.text.as_str())
            .filter(|name| !meant.contains(name) && !with.iter().any(|(entry, _)| entry.key.value == **name))
            .map(|name| format!("`{name}`"))
            .collect();
        if !missing.is_empty() {
            let message = format!("`{}` needs {}", task.slug.value, missing.join(", "));
            self.problems.help(call, message, "pass it in `with { NAME: VALUE }`");
        }
    }
}

/// Whether a value of one type can be turned into the other, at run time at the latest.
fn fits(from: &Ty, to: &Ty) -> bool {
    match (from, to) {
        (from, to) if from == to => true,
        (Ty::Json | Ty::Opaque | Ty::Rust(_), _) | (_, Ty::Json | Ty::Rust(_)) | (Ty::Int, Ty::Float) => true,
        (Ty::List(from), Ty::List(to)) => fits(from, to),
        (Ty::Option(from), to) => fits(from, to),
        (Ty::Record(_) | Ty::Given(_), Ty::Map) => true,
        _ => false,
    }
}
