//! One task's steps, walked in the order of the text: each sees what was bound before it.

mod blocks;
mod called;
mod records;
mod values;

use proc_macro2::Span;

use crate::ast::{Action, Block, Input, Name, Set, Task, Value};

use super::calls::Calls;
use super::scope::{Bound, By, Scope};
use super::ty::Ty;
use super::{Info, Plan};

/// The walk through one task.
pub(super) struct Walk<'w, 't> {
    calls: &'w mut Calls<'t>,
    task: &'t Task,
    plan: Plan,
    scope: Scope,
    /// What each `return` gives.
    returned: Vec<Ty>,
    /// What the `yield`s of each open loop give.
    loops: Vec<Option<Vec<Ty>>>,
}

/// How a block went.
struct Walked {
    /// What it binds.
    binds: Vec<Bound>,
    /// Whether its end can be reached.
    falls: bool,
    /// Whether there is a `return` in it.
    returns: bool,
}

impl<'w, 't> Walk<'w, 't> {
    pub(super) fn task(calls: &'w mut Calls<'t>, task: &'t Task) -> Plan {
        let mut walk = Self {
            calls,
            task,
            plan: Plan::default(),
            scope: Scope::default(),
            returned: Vec::new(),
            loops: Vec::new(),
        };
        walk.header();
        let walked = walk.block(&task.body);
        walk.end(walked);
        walk.plan
    }

    fn header(&mut self) {
        for input in &self.task.header.inputs {
            self.scope.add(Bound { name: input.name.clone(), ty: input_type(input), by: By::Input });
            if let Some(Value::Rust(rust)) = &input.default {
                self.rust(rust);
            }
        }
        for secret in &self.task.header.secrets {
            if let Some(other) = self.scope.get(&secret.text)
                && other.by == By::Input
            {
                let message = format!("`{}` is an input and a secret", secret.text);
                self.calls.problems.help(secret.span, message, "give one of them another name");
            }
            self.plan.secrets.insert(secret.text.clone());
            self.scope.add(Bound { name: secret.clone(), ty: Ty::String, by: By::Secret });
        }
        if let Some(setup) = &self.task.header.setup
            && let Some((task, plan)) = self.calls.callee(setup, "setup")
        {
            self.plan.secrets.extend(plan.secrets);
            let needed: Vec<_> = task.header.inputs.iter().filter(|input| input.is_required()).collect();
            if let Some(input) = needed.first() {
                let message = format!("setup `{}` needs input `{}`", setup.value, input.name.text);
                self.calls.problems.help(setup.span, message, "a setup's inputs must all have defaults");
            }
            self.plan.browser |= plan.browser;
        }
    }

    /// The results, and the type of what the task gives.
    fn end(&mut self, walked: Walked) {
        self.plan.falls = walked.falls;
        let explicit = self.task.returns.clone().map(Ty::Rust);
        match (explicit, self.returned.is_empty()) {
            (Some(ty), false) => {
                if walked.falls {
                    let message = "the end of the steps can be reached without a `return`";
                    let help = "every way through a task with `-> TYPE` must end in a `return`";
                    self.calls.problems.help(self.task.slug.span, message, help);
                }
                self.plan.returns = Some(ty);
            }
            (Some(Ty::Rust(ty)), true) => {
                let message = format!("the task gives `{}` but no step is a `return`", ty.tokens);
                self.calls.problems.help(
                    ty.span,
                    message,
                    "end it with `return VALUE`, or leave out `-> TYPE`",
                );
            }
            (None, false) => {
                let ty = Ty::unify(std::mem::take(&mut self.returned)).unwrap_or(Ty::Json);
                self.plan.returns = Some(if walked.falls { ty.optional() } else { ty });
            }
            _ => {
                for bound in &walked.binds {
                    if !bound.ty.is_known() {
                        let message = format!("the type of `{}` is not known", bound.name.text);
                        let help = match bound.by {
                            By::Set => format!("write `set {}: TYPE …`", bound.name.text),
                            _ => format!("write `{}: TYPE`", bound.name.text),
                        };
                        self.calls.problems.help(bound.name.span, message, help);
                    }
                }
                self.plan.results = walked.binds;
            }
        }
    }

    fn block(&mut self, block: &'t Block) -> Walked {
        let mut walked = Walked { binds: Vec::new(), falls: true, returns: false };
        let mut told = false;
        for step in &block.steps {
            if !walked.falls && !told {
                told = true;
                let help = "take it out, or move the `return`";
                self.calls.problems.help(step.span, format!("`{}` is never reached", step.word), help);
            }
            let index = self.plan.steps.len();
            self.plan.steps.push(Info { scope: self.scope.clone(), ..Info::default() });
            let (falls, returns) = self.step(index, &step.action, step.span);
            walked.falls &= falls;
            walked.returns |= returns;
            self.plan.steps[index].returns = returns;
            for bound in &self.plan.steps[index].binds {
                walked.binds.push(bound.clone());
            }
        }
        walked
    }

    /// A block whose names do not stay: the scope is as before after it.
    fn inner(&mut self, block: &'t Block) -> Walked {
        let scope = self.scope.clone();
        let walked = self.block(block);
        self.scope = scope;
        walked
    }

    /// Walks one step; whether what follows it can be reached, and whether it holds a `return`.
    fn step(&mut self, index: usize, action: &'t Action, span: Span) -> (bool, bool) {
        match action {
            Action::Status(text) => self.text(text),
            Action::Emit(emit) => {
                self.text(&emit.text);
                self.values(&emit.data);
            }
            Action::Goto(goto) => {
                self.browser();
                self.text_or_secret(&goto.url);
                self.time(goto.timeout.as_ref());
            }
            Action::Wait(time) => self.time(Some(time)),
            Action::WaitUntil(wait) => {
                self.browser();
                self.text(&wait.selector);
                self.texts(wait.text.as_ref());
                self.time(wait.timeout.as_ref());
            }
            Action::Click(click) => {
                self.browser();
                self.text(&click.selector);
                self.texts(click.text.as_ref());
                self.texts(click.closest.as_ref());
                self.time(click.timeout.as_ref());
            }
            Action::SendKeys(keys) => {
                self.browser();
                self.text(&keys.selector);
                self.text_or_secret(&keys.keys);
            }
            Action::Extract(extract) => self.extract(index, extract),
            Action::Js(js) => {
                self.browser();
                for arg in &js.args {
                    self.value_or_secret(arg);
                }
                let ty = js.ty.clone().map_or(Ty::Json, Ty::Rust);
                self.bind(index, &js.name, ty, By::Step);
            }
            Action::Set(set) => self.set(index, set),
            Action::Call(call) => self.call(index, call, span),
            Action::ForEach(each) => return (true, self.for_each(index, each)),
            Action::If(branch) => return self.branch(index, branch),
            Action::Retry(retry) => return self.retry(index, retry),
            Action::Yield(give) => self.give(give, span),
            Action::Return(value) => {
                let ty = self.value(value);
                if self.task.returns.is_none() && !ty.is_known() {
                    let help = "write `-> TYPE` after the task's slug";
                    self.calls.problems.help(span, "the type of what this `return` gives is not known", help);
                }
                self.returned.push(ty);
                return (false, true);
            }
            Action::Let(rust) | Action::Rust(rust) => self.rust(rust),
        }
        (true, false)
    }

    fn set(&mut self, index: usize, set: &'t Set) {
        let found = self.value(&set.value);
        let ty = set.ty.clone().map_or(found, Ty::Rust);
        match self.scope.get(&set.name.text).cloned() {
            Some(bound) if bound.by == By::Set => {
                self.plan.steps[index].assigns = true;
                let same = bound.ty == ty || bound.ty == ty.clone().optional();
                if set.ty.is_some() {
                    let help = "its type is written where it is first set";
                    self.calls.problems.help(
                        set.name.span,
                        format!("`{}` has its type already", set.name.text),
                        help,
                    );
                } else if !same
                    && !matches!((&bound.ty, &ty), (Ty::Json | Ty::Opaque | Ty::Rust(_), _) | (_, Ty::Opaque))
                {
                    let message = format!("`{}` is {}, not {}", set.name.text, bound.ty.words(), ty.words());
                    self.calls.problems.help(set.name.span, message, "use another name for another type");
                }
            }
            _ => self.bind(index, &set.name, ty, By::Set),
        }
    }

    /// Binds a name, unless it is bound already or `_`.
    fn bind(&mut self, index: usize, name: &Name, ty: Ty, by: By) {
        if name.text == "_" || !self.is_free(name) {
            return;
        }
        let bound = Bound { name: name.clone(), ty, by };
        self.scope.add(bound.clone());
        self.plan.steps[index].binds.push(bound);
    }

    /// Whether the name is not bound yet; says so when it is.
    fn is_free(&mut self, name: &Name) -> bool {
        let Some(bound) = self.scope.get(&name.text) else { return true };
        let what = match bound.by {
            By::Input => "is an input already",
            By::Secret => "is a secret already",
            By::Loop => "is a loop's variable already",
            By::Set | By::Step => "is bound already",
        };
        self.calls.problems.help(name.span, format!("`{}` {what}", name.text), "give this one another name");
        false
    }
}

/// The type of an input within the steps.
fn input_type(input: &Input) -> Ty {
    let ty = Ty::of_input(&input.ty);
    if input.is_required() || input.default.is_some() || matches!(ty, Ty::Rust(_)) {
        ty
    } else {
        ty.optional()
    }
}
