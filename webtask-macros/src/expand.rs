//! What a task becomes: its types, its static description, its function, and its steps as straight-line Rust.
//!
//! A program is printed here; what it does was decided when it was lowered. Expansions hold what differs between tasks; what they share stands in the run-time crate's `__rt`.

mod condition;
mod extract;
mod flow;
mod func;
mod script;
mod setup;
mod site;
mod step;
mod task;
mod types;
mod value;

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use webtask_grammar::Problems;
use webtask_grammar::ast::{Input, Task};
use webtask_grammar::lower::{Lowered, lower};
use webtask_grammar::resolve::Plan;

pub(crate) use self::site::{Expanded, Site};
use crate::extract::Struct;
use crate::func::Func;

/// Expands all tasks of one macro call, and gives their programs too. It adds to the problems which script files are
/// missing.
pub(crate) fn tasks(
    krate: &TokenStream,
    tasks: &[Task],
    plans: &[Plan],
    place: &dyn Fn(Span) -> String,
    problems: &mut Problems,
) -> (TokenStream, Vec<Lowered>) {
    script::check(tasks, problems);
    let sites: Vec<_> = tasks.iter().map(Site::beside).collect();
    let lowered = lowered(tasks, plans, place, problems);
    let all = All { krate, tasks, plans, lowered, sites: &sites, func: None, broken: !problems.is_empty() };
    let mut names = HashSet::new();
    // Of tasks with the same function only the first is expanded: there is a problem with the others already.
    let first = (0..tasks.len()).filter(|index| names.insert(tasks[*index].name.text.as_str()));
    (first.map(|index| all.one(index).expand().together()).collect(), all.lowered)
}

/// Expands the tasks of a folder as [`tasks`] does, each with its function and its module where its site says.
pub(crate) fn folder(
    krate: &TokenStream,
    tasks: &[Task],
    plans: &[Plan],
    sites: &[Site],
    place: &dyn Fn(Span) -> String,
    problems: &mut Problems,
) -> (Vec<Expanded>, Vec<Lowered>) {
    script::check(tasks, problems);
    let lowered = lowered(tasks, plans, place, problems);
    let all = All { krate, tasks, plans, lowered, sites, func: None, broken: !problems.is_empty() };
    ((0..tasks.len()).map(|index| all.one(index).expand()).collect(), all.lowered)
}

/// Expands the task whose body is that function.
pub(crate) fn func(
    krate: &TokenStream,
    tasks: &[Task],
    plans: &[Plan],
    func: &Func,
    problems: &Problems,
) -> TokenStream {
    let sites: Vec<_> = tasks.iter().map(Site::beside).collect();
    let lowered = lowered(tasks, plans, &|_| String::new(), problems);
    let all =
        All { krate, tasks, plans, lowered, sites: &sites, func: Some(func), broken: !problems.is_empty() };
    (0..tasks.len()).map(|index| all.one(index).expand().together()).collect()
}

/// Expands the structs of the `extract` that is a task's only step.
pub(crate) fn extract(
    krate: &TokenStream,
    tasks: &[Task],
    plans: &[Plan],
    one: &Struct,
    problems: &Problems,
) -> TokenStream {
    // Its structs have no module.
    let sites: Vec<_> = tasks.iter().map(|_| Site::none()).collect();
    let lowered = lowered(tasks, plans, &|_| String::new(), problems);
    let all = All { krate, tasks, plans, lowered, sites: &sites, func: None, broken: !problems.is_empty() };
    (0..tasks.len()).map(|index| all.one(index).extracted(one)).collect()
}

/// The programs of all tasks; `place` gives a place in a recipe as `FILE:LINE:COLUMN`.
fn lowered(
    tasks: &[Task],
    plans: &[Plan],
    place: &dyn Fn(Span) -> String,
    problems: &Problems,
) -> Vec<Lowered> {
    (0..tasks.len()).map(|index| lower(tasks, plans, index, !problems.is_empty(), place)).collect()
}

/// All tasks of one macro call.
pub(crate) struct All<'a> {
    krate: &'a TokenStream,
    tasks: &'a [Task],
    plans: &'a [Plan],
    lowered: Vec<Lowered>,
    /// Where the function and the module of each task stand.
    sites: &'a [Site],
    /// The function that is the only task's body, when it has no steps of its own.
    func: Option<&'a Func>,
    /// Whether anything is wrong: then types and functions are all that is expanded.
    broken: bool,
}

impl All<'_> {
    fn one(&self, index: usize) -> One<'_> {
        One {
            all: self,
            task: &self.tasks[index],
            plan: &self.plans[index],
            lowered: &self.lowered[index],
            site: &self.sites[index],
        }
    }

    /// The tasks of the same call by slug.
    fn by_slug(&self, slug: &str) -> Option<One<'_>> {
        let index = self.tasks.iter().position(|task| task.slug.value == slug)?;
        Some(self.one(index))
    }
}

/// One task.
#[derive(Clone, Copy)]
pub(crate) struct One<'a> {
    all: &'a All<'a>,
    task: &'a Task,
    plan: &'a Plan,
    lowered: &'a Lowered,
    site: &'a Site,
}

impl One<'_> {
    /// The run-time crate's door for expansions.
    fn rt(&self) -> TokenStream {
        let krate = self.all.krate;
        quote! { #krate::__rt }
    }

    /// A helper of this task that stands apart from its module, such as `__wt_body_title`.
    fn item(&self, kind: &str) -> Ident {
        format_ident!("__wt_{kind}_{}", self.task.name.text, span = Span::call_site())
    }

    /// The function of an input's default.
    fn default_of(&self, input: &Input) -> Ident {
        let index = self.task.header.inputs.iter().position(|other| std::ptr::eq(other, input));
        self.item(&format!("default{}", index.unwrap_or_default()))
    }

    /// `cx`, as the user's own code sees it.
    fn cx(&self) -> Ident {
        Ident::new("cx", self.task.keyword)
    }
}

/// The name of a choice, which the run-time crate has too.
fn variant(choice: impl std::fmt::Debug) -> Ident {
    Ident::new(&format!("{choice:?}"), Span::call_site())
}

/// A local that no recipe can name.
fn local(name: &str) -> Ident {
    Ident::new(&format!("__{name}"), Span::mixed_site())
}
