//! Steps that hold others.

use std::time::Duration;

use futures::future::BoxFuture;
use serde_json::Value;
use webtask_program::{
    Apart, Arg, Block, Collect, Condition, ForEach, Items, Leave, Loop, Op, Operand, Slot, Spec, Step, Tried,
    Try, Turn, Way,
};

use super::frame::{Ended, Frame, rust};
use crate::action::{self, Turns};
use crate::cx::Thrown;
use crate::flow::Retry;
use crate::value;
use crate::{Cx, Error};

impl<'r> Frame<'r> {
    pub(super) fn block<'f>(&'f mut self, block: &'r Block) -> BoxFuture<'f, Result<Ended, Thrown>> {
        Box::pin(async move {
            // What a `goto` has of the `extract` after it.
            let mut known: Option<&Spec> = None;
            for step in &block.steps {
                let ended = self.step(step, known).await?;
                if !matches!(ended, Ended::Next) {
                    return Ok(ended);
                }
                known = match &step.op {
                    Op::Goto(goto) => goto.ahead.as_ref(),
                    _ => None,
                };
            }
            Ok(Ended::Next)
        })
    }

    /// The context, at that step from now on.
    pub(super) fn at(&self, step: &Step) -> &'r Cx {
        self.cx.goes_on(self.recipe.steps[step.index].clone());
        if step.strict {
            self.cx.set_strict();
        }
        self.cx
    }

    pub(super) async fn for_each(&mut self, step: &Step, each: &'r ForEach) -> Result<Ended, Thrown> {
        self.collects(each.collect.as_ref());
        let items = self.items("for each", &each.items)?;
        for (number, item) in items.into_iter().enumerate() {
            if let Some((local, counter)) = each.item {
                self.bind(local, item);
                self.set(counter, Some(Value::from(number)));
            }
            if !each.continues {
                match self.turn(&each.body, each.turn.as_ref()).await? {
                    Ended::Next | Ended::Continue => {}
                    Ended::Break => break,
                    Ended::Return(value) => return Ok(Ended::Return(value)),
                }
                continue;
            }
            let gathered = webtask_program::Sink::Gathered(step.index + 1);
            self.open(gathered);
            let ended = self.turn(&each.body, each.turn.as_ref()).await;
            let given = self.close(gathered);
            match ended {
                Ok(ended) => {
                    if let Some(collect) = &each.collect {
                        self.give(collect.list, given);
                    }
                    match ended {
                        Ended::Next | Ended::Continue => {}
                        Ended::Break => break,
                        Ended::Return(value) => return Ok(Ended::Return(value)),
                    }
                }
                Err(error) => action::skipped(self.cx, number as u64, error).await?,
            }
        }
        self.collected(each.collect.as_ref());
        Ok(Ended::Next)
    }

    pub(super) async fn turns(&mut self, step: &Step, turns: &'r Loop) -> Result<Ended, Thrown> {
        self.collects(turns.collect.as_ref());
        let max = self.counts(turns.max.as_ref())?;
        let pause = self.pause(turns.pause.as_ref())?;
        let mut taken = Turns::new(max, pause);
        while let Some(number) = taken.next(self.at(step)).await? {
            self.set(turns.counter, Some(Value::from(number)));
            if let Some(condition) = &turns.condition
                && self.condition(step, condition).await? == turns.until
            {
                break;
            }
            taken.begin()?;
            match self.turn(&turns.body, turns.turn.as_ref()).await? {
                Ended::Next | Ended::Continue => {}
                Ended::Break => break,
                Ended::Return(value) => return Ok(Ended::Return(value)),
            }
        }
        self.collected(turns.collect.as_ref());
        Ok(Ended::Next)
    }

    /// One iteration, and what it gives at its end.
    async fn turn(&mut self, body: &'r Block, turn: Option<&Turn>) -> Result<Ended, Thrown> {
        let ended = self.block(body).await?;
        if let (Ended::Next, Some(Turn { list, record, fields })) = (&ended, turn) {
            let fields = record.fields.iter().zip(fields);
            let row = fields.map(|((name, _), slot)| (name.clone(), self.json_of(*slot))).collect();
            self.give(*list, [Value::Object(row)]);
        }
        Ok(ended)
    }

    fn collects(&mut self, collect: Option<&Collect>) {
        if let Some(collect) = collect {
            self.open(collect.list);
        }
    }

    fn collected(&mut self, collect: Option<&Collect>) {
        let Some(collect) = collect else { return };
        let list = self.close(collect.list);
        if let Some(slot) = collect.into {
            self.bind(slot, Value::Array(list));
        }
    }

    /// The list that a loop goes through.
    pub(super) fn items(&self, word: &str, items: &Items) -> Result<Vec<Value>, Error> {
        match items {
            Items::Rust(_) => Err(rust()),
            Items::List(list) | Items::Json(list) => value::items(word, self.json(list)?),
        }
    }

    pub(super) async fn branch(
        &mut self,
        step: &Step,
        branches: &'r [(Condition, Way)],
        otherwise: Option<&'r Way>,
        binds: &[Slot],
    ) -> Result<Ended, Thrown> {
        for (condition, way) in branches {
            if self.condition(step, condition).await? {
                return self.way(way, binds).await;
            }
        }
        match otherwise {
            Some(way) => self.way(way, binds).await,
            None => Ok(Ended::Next),
        }
    }

    /// A way, and what it leaves.
    async fn way(&mut self, way: &'r Way, binds: &[Slot]) -> Result<Ended, Thrown> {
        let ended = self.block(&way.block).await?;
        if matches!(ended, Ended::Next) {
            self.leave(way.leaves.as_deref(), binds);
        }
        Ok(ended)
    }

    fn leave(&mut self, leaves: Option<&[Leave]>, binds: &[Slot]) {
        let left: Vec<_> = leaves
            .unwrap_or_default()
            .iter()
            .map(|leave| match leave {
                Leave::Local(slot) | Leave::Present(slot) => self.get(*slot).cloned(),
                Leave::Missing => None,
            })
            .collect();
        for (slot, value) in binds.iter().zip(left) {
            self.set(*slot, value);
        }
    }

    /// Steps that stand by themselves; what they leave goes into `binds`.
    pub(super) async fn apart(&mut self, apart: &'r Apart, binds: &[Slot]) -> Result<Ended, Thrown> {
        let ended = self.block(&apart.block).await?;
        if let (Ended::Next, Some(names)) = (&ended, &apart.names) {
            self.copy(names, binds);
        }
        Ok(ended)
    }

    /// Binds anew what steps have left.
    pub(super) fn copy(&mut self, names: &[Slot], binds: &[Slot]) {
        let left: Vec<_> = names.iter().map(|slot| self.get(*slot).cloned()).collect();
        for (slot, value) in binds.iter().zip(left) {
            self.set(*slot, value);
        }
    }

    pub(super) async fn retry(
        &mut self,
        (times, pause): (&Arg<u64>, Option<&Arg<Duration>>),
        (body, tried): (&'r Apart, Option<Tried>),
        binds: &[Slot],
    ) -> Result<Ended, Thrown> {
        let (times, pause) = (self.count(times)?, self.pause(pause)?);
        let mut retry = Retry::new(times, pause);
        loop {
            self.tries(tried);
            match self.apart(body, binds).await {
                Ok(ended) => {
                    self.keep(tried);
                    return Ok(ended);
                }
                Err(error) => retry.failed(error).await?,
            }
        }
    }

    pub(super) async fn attempt(&mut self, attempt: &'r Try) -> Result<Ended, Thrown> {
        self.tries(attempt.tried);
        match self.block(&attempt.body.block).await {
            Ok(ended) => {
                self.keep(attempt.tried);
                if matches!(ended, Ended::Next) {
                    self.leave(attempt.leaves.as_deref(), &attempt.binds);
                }
                Ok(ended)
            }
            Err(error) => {
                let failure = action::caught(self.cx, error)?;
                if let Some(slot) = attempt.error {
                    self.bind(slot, value::plain(&failure));
                }
                self.way(&attempt.otherwise, &attempt.binds).await
            }
        }
    }

    fn tries(&mut self, tried: Option<Tried>) {
        if let Some(tried) = tried {
            self.open(tried.list);
        }
    }

    fn keep(&mut self, tried: Option<Tried>) {
        if let Some(Tried { list, to }) = tried {
            let given = self.close(list);
            self.give(to, given);
        }
    }

    fn pause(&self, pause: Option<&Arg<Duration>>) -> Result<Duration, Error> {
        Ok(self.times(pause)?.unwrap_or_default())
    }

    /// Whether a condition holds; the step that asks it is noted.
    async fn condition(&mut self, step: &Step, condition: &'r Condition) -> Result<bool, Thrown> {
        if !matches!(condition, Condition::Js(_)) {
            self.at(step);
        }
        Ok(self.asked(step, condition).await?)
    }

    fn asked<'f>(&'f self, step: &'f Step, condition: &'r Condition) -> BoxFuture<'f, Result<bool, Error>> {
        Box::pin(async move {
            Ok(match condition {
                Condition::Js(script) => {
                    let source = self.script(script)?;
                    action::js_test(self.at(step), source).await?
                }
                Condition::Rust(_) => return Err(rust()),
                Condition::Holds { name, value } => value::holds(name, self.operand(value)?)?,
                Condition::Compare { left_name, left, comparator, right_name, right } => value::compare(
                    left_name,
                    self.operand(left)?,
                    *comparator,
                    right_name,
                    self.operand(right)?,
                )?,
                Condition::Matches { name, text, regex } => value::matches(name, self.operand(text)?, regex)?,
                Condition::Not(inner) => !self.asked(step, inner).await?,
                Condition::And(parts) => {
                    for part in parts {
                        if !self.asked(step, part).await? {
                            return Ok(false);
                        }
                    }
                    true
                }
                Condition::Or(parts) => {
                    for part in parts {
                        if self.asked(step, part).await? {
                            return Ok(true);
                        }
                    }
                    false
                }
            })
        })
    }

    fn operand(&self, operand: &Operand) -> Result<Option<Value>, Error> {
        match operand {
            Operand::Found(found) => self.found(found),
            Operand::Or { found, fallback } => Ok(value::or_value(self.found(found)?, self.json(fallback)?)),
            Operand::Value(value) => self.json(value).map(Some),
        }
    }
}
