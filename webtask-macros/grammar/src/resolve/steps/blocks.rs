//! Steps that hold others: what their blocks bind, and what leaves them.

use proc_macro2::Span;

use crate::ast::{Action, Arg, Block, Collect, ForEach, If, Loop, Name, Retry, Value, Yield};

use super::values::{is_placeholder, span};
use super::{Walk, Walked};
use crate::resolve::scope::{Bound, By};
use crate::resolve::ty::{Record, Ty, camel};

impl<'t> Walk<'_, 't> {
    pub(super) fn for_each(&mut self, index: usize, each: &'t ForEach) -> bool {
        let list = self.value(&each.list);
        let item = match list {
            Ty::List(item) => *item,
            Ty::Json | Ty::Rust(_) if !matches!(each.list, Value::Rust(_)) => Ty::Json,
            Ty::Opaque | Ty::Rust(_) => Ty::Opaque,
            other => {
                self.no_list(&each.list, "for each", &other);
                Ty::Json
            }
        };
        let outer = self.scope.clone();
        self.plan.steps[index].item = Some(item.clone());
        let counter = Name { text: format!("{}_index", each.item.text), span: each.item.span };
        for (name, ty) in [(each.item.clone(), item), (counter, Ty::Int)] {
            // Its counter has its name, so that one mistake is told once.
            if each.item.text == "_" || !self.is_free(&name, "give this one another name") {
                break;
            }
            self.scope.add(Bound { name, ty, by: By::Loop });
        }
        self.loops.push(each.collect.as_ref().map(|_| Vec::new()));
        let walked = self.block(&each.body);
        let yielded = self.loops.pop().flatten();
        self.scope.leave(outer);
        self.plan.steps[index].blocks = vec![walked.end()];
        self.collected(index, each.collect.as_ref(), yielded, walked.binds, walked.falls);
        walked.returns
    }

    pub(super) fn turns(&mut self, index: usize, turns: &'t Loop, at: Span) -> bool {
        if turns.condition.is_none()
            && is_endless(turns.max.as_ref())
            && !ends(&turns.body, false)
            && self.task.lost.is_empty()
        {
            let help = "write `max N`, a condition as `while js \"…\"`, or a `break` in it";
            self.calls.problems.help(at, "this `loop` has no end", help);
        }
        self.time(turns.pause.as_ref());
        self.count(turns.max.as_ref());
        let outer = self.scope.clone();
        let counter = Name { text: "loop_index".to_owned(), span: at };
        // A loop inside another has a counter of its own, which hides the outer one.
        match self.scope.get(&counter.text) {
            Some(bound) if bound.by != By::Loop => {
                let message = "`loop_index` is the counter of a `loop`";
                self.calls.problems.help(bound.name.span, message, "choose another name");
            }
            _ => self.scope.add(Bound { name: counter, ty: Ty::Int, by: By::Loop }),
        }
        // What is asked before each turn knows its number.
        self.plan.steps[index].scope = self.scope.clone();
        if let Some(condition) = &turns.condition {
            self.condition(condition, if turns.until { "loop until" } else { "loop while" });
        }
        self.loops.push(turns.collect.as_ref().map(|_| Vec::new()));
        let walked = self.block(&turns.body);
        let yielded = self.loops.pop().flatten();
        self.scope.leave(outer);
        self.plan.steps[index].blocks = vec![walked.end()];
        self.collected(index, turns.collect.as_ref(), yielded, walked.binds, walked.falls);
        walked.returns
    }

    /// Binds the list of what the turns of a loop give.
    fn collected(
        &mut self,
        index: usize,
        collect: Option<&'t Collect>,
        yielded: Option<Vec<Ty>>,
        binds: Vec<Bound>,
        falls: bool,
    ) {
        if let (Some(collect), Some(yielded)) = (collect, yielded) {
            let element = match Ty::unify(yielded) {
                Some(ty) => ty,
                None => {
                    if (binds.is_empty() || !falls) && self.task.lost.is_empty() && !self.plan.partial {
                        let help = match falls {
                            true => "bind a name in the loop, or `yield` a value",
                            false => "no iteration reaches its end: `yield` a value before that",
                        };
                        let message = format!("`collect {}` has nothing to collect", collect.name.text);
                        self.calls.problems.help(collect.name.span, message, help);
                    }
                    let known = binds.into_iter().map(|bound| self.known(bound));
                    let fields = known.map(|bound| (bound.name, bound.ty)).collect();
                    let doc =
                        format!("The results of one iteration, gathered by `collect {}`.", collect.name.text);
                    let task = self.task.name.text.clone();
                    let record = Record { task, name: camel(&collect.name.text), fields, doc };
                    let record = self.add_record(record, collect.name.span);
                    self.plan.steps[index].turn = Some(record.clone());
                    Ty::Record(record)
                }
            };
            let ty = collect.ty.clone().map_or(Ty::List(Box::new(element)), Ty::Rust);
            self.bind(index, &collect.name, ty, By::Step);
        }
    }

    /// Says that a value is not a list; a literal's place in the text has told that already.
    fn no_list(&mut self, value: &Value, word: &str, ty: &Ty) {
        if is_placeholder(value) {
            let help = "write a list, a placeholder that is one, or `(expr)`";
            self.calls.problems.help(span(value), format!("`{word}` needs a list, not {}", ty.words()), help);
        }
    }

    pub(super) fn branch(&mut self, index: usize, branch: &'t If) -> (bool, bool) {
        let mut ways = Vec::new();
        for (number, (condition, block)) in branch.branches.iter().enumerate() {
            self.condition(condition, if number == 0 { "if" } else { "else if" });
            ways.push(self.inner(block));
        }
        match &branch.otherwise {
            Some(block) => ways.push(self.inner(block)),
            None => ways.push(Walked::nothing()),
        }
        self.merged(index, &ways)
    }

    /// Binds what several ways leave: a name of each that reaches its end, optional where one does without it.
    pub(super) fn merged(&mut self, index: usize, ways: &[Walked]) -> (bool, bool) {
        let reached: Vec<_> = ways.iter().filter(|way| way.falls).collect();
        let mut merged: Vec<Bound> = Vec::new();
        for bound in reached.iter().flat_map(|way| &way.binds) {
            if merged.iter().any(|other| other.name == bound.name) {
                continue;
            }
            let found: Vec<_> = reached
                .iter()
                .filter_map(|way| way.binds.iter().find(|other| other.name == bound.name))
                .collect();
            let mut ty = bound.ty.clone();
            if let Some(other) = found.iter().find(|other| other.ty != ty) {
                let (name, (one, here)) = (&bound.name.text, ty.apart(&other.ty));
                let message = format!("`{name}` is {one} in one branch and {here} here");
                let help = "give it the same type in every branch, or another name";
                self.calls.problems.help(other.name.span, message, help);
                ty = Ty::Json;
            }
            if found.len() < reached.len() {
                ty = ty.optional();
            }
            merged.push(Bound { name: bound.name.clone(), ty, by: bound.by });
        }
        let (falls, returns) = (!reached.is_empty(), ways.iter().any(|way| way.returns));
        self.plan.steps[index].blocks = ways.iter().map(Walked::end).collect();
        for bound in merged {
            self.scope.add(bound.clone());
            self.plan.steps[index].binds.push(bound);
        }
        (falls, returns)
    }

    pub(super) fn retry(&mut self, index: usize, retry: &'t Retry) -> (bool, bool) {
        self.count(Some(&retry.times));
        self.time(retry.pause.as_ref());
        let walked = self.inner(&retry.body);
        for bound in &walked.binds {
            self.scope.add(bound.clone());
        }
        self.plan.steps[index].blocks = vec![walked.end()];
        self.plan.steps[index].binds = walked.binds;
        (walked.falls, walked.returns)
    }

    /// Looks at a `break` or a `continue`, which belongs to the innermost loop of its task.
    pub(super) fn exit(&mut self, word: &str, at: Span) {
        if self.loops.is_empty() {
            let help = "put it into a `for each` or a `loop`, or write `return` to end the run";
            self.calls.problems.help(at, format!("`{word}` stands outside of a loop"), help);
        }
    }

    pub(super) fn give(&mut self, give: &'t Yield, at: Span) {
        let ty = self.value(&give.value);
        let ty = match ty {
            ty if !give.each => ty,
            Ty::List(item) => *item,
            Ty::Json => Ty::Json,
            Ty::Opaque | Ty::Rust(_) => Ty::Opaque,
            other => {
                self.no_list(&give.value, "yield each", &other);
                Ty::Json
            }
        };
        match self.loops.last_mut() {
            Some(Some(yielded)) => yielded.push(ty),
            // The `collect` may be in what could not be read.
            Some(None) if !self.task.lost.is_empty() => {}
            Some(None) => {
                let help = "write `collect NAME` where its loop begins";
                self.calls.problems.help(at, "this `yield` has no `collect` to go to", help);
            }
            None => {
                let help = "put it into a `for each` or `loop` that has a `collect`, or write `return`";
                self.calls.problems.help(at, "`yield` stands outside of a loop", help);
            }
        }
    }
}

/// Whether a step in the block ends the loop whose block it is, or the run; `inner` in the block of another loop.
fn ends(block: &Block, inner: bool) -> bool {
    block.steps.iter().any(|step| match &step.action {
        Action::Return(_) | Action::Fail(_) => true,
        Action::Break => !inner,
        action => action.blocks().into_iter().any(|block| ends(block, inner || action.is_loop())),
    })
}

/// Whether a loop has no limit of its own: `max 0` takes away the one that it has otherwise.
fn is_endless(max: Option<&Arg<u64>>) -> bool {
    match max {
        None => true,
        Some(Arg::Literal(max)) => max.value == 0,
        Some(Arg::Hole(_) | Arg::Rust(_)) => false,
    }
}
