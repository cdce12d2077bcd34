//! Steps that hold others: what their ways leave, and where what they yield goes.

use webtask_program::{
    Apart, Block, Collect, Exits, Expr, ForEach, Items, Leave, Loop, Op, Sink, Slot, Tried, Try, Turn, Way,
};

use crate::ast::{self, Name, Value};
use crate::resolve::{Bound, By, End, Info, Ty};

use super::Lower;

/// What is around a step.
#[derive(Clone, Default)]
pub(super) struct Flow {
    /// Where the innermost loop's `yield`s go, and the element's type; none when only rustc knows.
    pub(super) sink: Option<(Sink, Option<Ty>)>,
}

impl Lower<'_> {
    pub(super) fn block(&mut self, block: &ast::Block, flow: &Flow) -> Block {
        let next = block.steps.iter().skip(1).map(Some).chain([None]);
        let mut ahead = false;
        let steps = block.steps.iter().zip(next).map(|(step, next)| self.step(step, next, &mut ahead, flow));
        Block { steps: steps.collect() }
    }

    /// A block whose names are seen no more after `end` has looked at them.
    fn scoped<T>(&mut self, block: &ast::Block, flow: &Flow, end: impl FnOnce(&mut Self) -> T) -> (Block, T) {
        let seen = self.scope.len();
        let block = self.block(block, flow);
        let end = end(self);
        self.scope.truncate(seen);
        (block, end)
    }

    /// A way through a step, with what it leaves for each of `binds`.
    fn way(&mut self, block: &ast::Block, flow: &Flow, end: &End, binds: &[Bound]) -> Way {
        let (block, leaves) = self.scoped(block, flow, |lower| lower.leaves(end, binds));
        Way { block, leaves }
    }

    /// What is left at the end of a block for each of `binds`.
    fn leaves(&self, end: &End, binds: &[Bound]) -> Option<Vec<Leave>> {
        if binds.is_empty() || !end.falls {
            return None;
        }
        let leave = |after: &Bound| match end.binds.iter().find(|bound| bound.name == after.name) {
            Some(bound) if bound.ty == after.ty => Leave::Local(self.slot(&bound.name.text)),
            Some(bound) => Leave::Present(self.slot(&bound.name.text)),
            None => Leave::Missing,
        };
        Some(binds.iter().map(leave).collect())
    }

    /// Steps that may fail by themselves; they leave those names, unless their end cannot be reached.
    pub(super) fn apart<'n>(
        &mut self,
        block: &ast::Block,
        flow: &Flow,
        exits: Exits,
        names: Option<impl Iterator<Item = &'n Name>>,
    ) -> Apart {
        let (block, names) = self.scoped(block, flow, |lower| {
            names.map(|names| names.map(|name| lower.slot(&name.text)).collect())
        });
        Apart { block, exits, names }
    }

    /// The locals that a step binds.
    pub(super) fn binds(&mut self, binds: &[Bound]) -> Vec<Slot> {
        binds.iter().map(|bound| self.bind(bound)).collect()
    }

    /// The local of the one name that a step binds.
    pub(super) fn into(&mut self, info: &Info) -> Option<Slot> {
        info.binds.first().map(|bound| self.bind(bound))
    }

    pub(super) fn for_each(&mut self, index: usize, each: &ast::ForEach) -> Op {
        let info = self.info(index);
        let items = match (&each.list, info.scope.type_of(&each.list)) {
            (Value::Rust(rust), _) => Items::Rust(self.rust(rust)),
            (value, Ty::List(_)) => Items::List(self.typed(info, value)),
            (value, _) => Items::Json(self.json(info, value)),
        };
        let seen = self.scope.len();
        let item = (each.item.text != "_").then(|| {
            let ty = info.item.clone().unwrap_or(Ty::Json);
            let counter = Name { text: format!("{}_index", each.item.text), span: each.item.span };
            let item = self.bind(&Bound { name: each.item.clone(), ty, by: By::Loop });
            (item, self.bind(&Bound { name: counter, ty: Ty::Int, by: By::Loop }))
        });
        let number = index + 1;
        let list = Sink::Collected(number);
        let target = if each.continues { Sink::Gathered(number) } else { list };
        let sink = each.collect.as_ref().map(|collect| (target, element(collect, info)));
        let (body, turn) = self.scoped(&each.body, &Flow { sink }, |lower| lower.turn(info, target));
        self.scope.truncate(seen);
        let collect = each.collect.as_ref().map(|_| self.collect(info, list));
        let exits = Exits { returns: info.returns, turns: each.body.exits() };
        Op::ForEach(Box::new(ForEach { items, item, collect, continues: each.continues, body, exits, turn }))
    }

    pub(super) fn turns(&mut self, step: &ast::Step, index: usize, turns: &ast::Loop) -> Op {
        let info = self.info(index);
        let max = self.counts(info, turns.max.as_ref());
        let pause = self.times(info, turns.pause.as_ref());
        let seen = self.scope.len();
        let counter = Name { text: "loop_index".to_owned(), span: step.span };
        let counter = self.bind(&Bound { name: counter, ty: Ty::Int, by: By::Loop });
        let condition = turns.condition.as_ref().map(|condition| self.condition(info, condition));
        let list = Sink::Collected(index + 1);
        let sink = turns.collect.as_ref().map(|collect| (list, element(collect, info)));
        let (body, turn) = self.scoped(&turns.body, &Flow { sink }, |lower| lower.turn(info, list));
        self.scope.truncate(seen);
        let collect = turns.collect.as_ref().map(|_| self.collect(info, list));
        let (until, leaves) = (turns.until, turns.body.exits());
        Op::Loop(Box::new(Loop { counter, condition, until, pause, max, collect, body, leaves, turn }))
    }

    /// What an iteration gives at its end.
    fn turn(&mut self, info: &Info, list: Sink) -> Option<Turn> {
        let record = info.turn.as_ref()?;
        let fields = record.fields.iter().map(|(name, _)| self.slot(&name.text)).collect();
        let record = self.record(record);
        Some(Turn { list, record, fields })
    }

    /// The list that a loop gives, bound after it.
    fn collect(&mut self, info: &Info, list: Sink) -> Collect {
        let into = self.into(info);
        let shape = into.map(|slot| self.locals[slot].shape.clone());
        Collect { list, shape, into }
    }

    pub(super) fn branch(&mut self, index: usize, branch: &ast::If, flow: &Flow) -> Op {
        let info = self.info(index);
        let mut branches = Vec::new();
        for (number, (condition, block)) in branch.branches.iter().enumerate() {
            let condition = self.condition(info, condition);
            branches.push((condition, self.way(block, flow, &info.blocks[number], &info.binds)));
        }
        let end = &info.blocks[branch.branches.len()];
        let otherwise = match &branch.otherwise {
            Some(block) => Some(self.way(block, flow, end, &info.binds)),
            None => self
                .leaves(end, &info.binds)
                .map(|leaves| Way { block: Block::default(), leaves: Some(leaves) }),
        };
        Op::If { branches, otherwise, binds: self.binds(&info.binds) }
    }

    /// What is around the steps of a try: what it yields is kept only when it does not fail.
    fn tried(&self, index: usize, body: &ast::Block, flow: &Flow) -> (Option<Tried>, Flow) {
        match &flow.sink {
            Some((to, element)) if body.yields() => {
                let list = Sink::Tried(index + 1);
                let tried = Tried { list, to: *to };
                (Some(tried), Flow { sink: Some((list, element.clone())) })
            }
            _ => (None, flow.clone()),
        }
    }

    pub(super) fn retry(&mut self, index: usize, retry: &ast::Retry, flow: &Flow) -> Op {
        let info = self.info(index);
        let times = self.arg(info, &retry.times);
        let pause = self.times(info, retry.pause.as_ref());
        let exits = Exits { returns: info.returns, turns: retry.body.exits() };
        let (tried, inner) = self.tried(index, &retry.body, flow);
        let falls = info.blocks.iter().all(|block| block.falls);
        let names = falls.then(|| info.binds.iter().map(|bound| &bound.name));
        let body = self.apart(&retry.body, &inner, exits, names);
        Op::Retry { times, pause, body, tried, binds: self.binds(&info.binds) }
    }

    pub(super) fn attempt(&mut self, index: usize, attempt: &ast::Try, flow: &Flow) -> Op {
        let info = self.info(index);
        let end = &info.blocks[0];
        let exits = Exits { returns: end.returns, turns: attempt.body.exits() };
        let (tried, inner) = self.tried(index, &attempt.body, flow);
        let kept =
            info.binds.iter().filter_map(|after| end.binds.iter().find(|bound| bound.name == after.name));
        let names: Vec<_> = kept.map(|bound| bound.name.clone()).collect();
        let seen = self.scope.len();
        let (block, (slots, leaves)) = self.scoped(&attempt.body, &inner, |lower| {
            let slots = end.falls.then(|| names.iter().map(|name| lower.slot(&name.text)).collect());
            (slots, lower.leaves(end, &info.binds))
        });
        let body = Apart { block, exits, names: slots };
        let (error, otherwise) = match &attempt.otherwise {
            Some(otherwise) => {
                let error = otherwise.error.as_ref().map(|name| {
                    let ty = Ty::Given(webtask_program::Given::Failure);
                    self.bind(&Bound { name: name.clone(), ty, by: By::Step })
                });
                (error, self.way(&otherwise.body, flow, &info.blocks[1], &info.binds))
            }
            None => {
                (None, Way { block: Block::default(), leaves: self.leaves(&info.blocks[1], &info.binds) })
            }
        };
        self.scope.truncate(seen);
        Op::Try(Box::new(Try { body, tried, leaves, error, otherwise, binds: self.binds(&info.binds) }))
    }

    /// Where a `yield` goes, with its value.
    pub(super) fn give(&mut self, info: &Info, give: &ast::Yield, flow: &Flow) -> Op {
        let (list, element) = flow.sink.clone().expect("a recipe without mistakes yields to a loop");
        if !give.each {
            let ty = element.unwrap_or(Ty::Opaque);
            return Op::Yield { list, value: self.convert(info, &give.value, &ty, "yield") };
        }
        let values = match (&give.value, &element) {
            (value, Some(Ty::Json)) => Items::Json(self.json(info, value)),
            (Value::Rust(rust), _) => Items::Rust(self.rust(rust)),
            (value, _) => {
                let ty = Ty::List(Box::new(element.unwrap_or(Ty::Opaque)));
                Items::List(self.convert(info, value, &ty, "yield each"))
            }
        };
        Op::YieldEach { list, values }
    }

    /// What `return` gives.
    pub(super) fn returned(&mut self, info: &Info, value: &Value) -> Expr {
        let ty = self.plan.returns.clone().unwrap_or(Ty::Json);
        self.convert(info, value, &ty, "return")
    }
}

/// The type of what a loop collects; none when only rustc knows.
fn element(collect: &ast::Collect, info: &Info) -> Option<Ty> {
    match info.binds.first().map(|bound| &bound.ty) {
        Some(Ty::List(item)) if collect.ty.is_none() => Some((**item).clone()),
        _ => None,
    }
}
