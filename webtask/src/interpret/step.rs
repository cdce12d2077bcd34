//! Each operation: its operands' values, handed to the step.

mod act;
mod capture;
mod data;
mod extract;

use std::future::ready;

use futures::future::BoxFuture;
use serde_json::Value;
use webtask_program::{Argument, Call, Goto, Into as Where, Op, Slot, Spec, Step};

use super::frame::{Ended, Frame, rust};
use super::{Recipe, shape};
use crate::action;
use crate::cx::{Cx, Thrown};
use crate::{Error, ErrorKind};

impl<'r> Frame<'r> {
    /// Runs one step; `known` is what the `goto` before it has said of its `extract`.
    ///
    /// Each kind of step is a future of its own, so that blocks within blocks take little of the stack.
    pub(super) fn step<'f>(
        &'f mut self,
        step: &'r Step,
        known: Option<&'r Spec>,
    ) -> BoxFuture<'f, Result<Ended, Thrown>> {
        if let Op::Goto(Goto { ahead: Some(spec), .. }) = &step.op
            && let Err(error) = self.ahead(spec)
        {
            return Box::pin(ready(Err(error.into())));
        }
        // A block notes its step where it asks something.
        let cx = match &step.op {
            Op::If { .. } => self.cx,
            _ => self.at(step),
        };
        match &step.op {
            Op::Set { .. }
            | Op::Assign { .. }
            | Op::Yield { .. }
            | Op::YieldEach { .. }
            | Op::Break
            | Op::Continue
            | Op::Return { .. }
            | Op::Fail { .. }
            | Op::CallPath { .. }
            | Op::Let { .. }
            | Op::Rust { .. } => Box::pin(ready(self.now(cx, &step.op))),
            Op::Status { .. } | Op::Emit { .. } => Box::pin(self.tell(cx, &step.op)),
            Op::Goto(_)
            | Op::Back
            | Op::Forward
            | Op::Reload
            | Op::Wait { .. }
            | Op::WaitUntil { .. }
            | Op::WaitUrl { .. }
            | Op::WaitJs { .. }
            | Op::WaitIdle { .. }
            | Op::Click { .. }
            | Op::SendKeys { .. }
            | Op::Fill { .. }
            | Op::Select { .. }
            | Op::Press { .. }
            | Op::Check { .. }
            | Op::Uncheck { .. }
            | Op::Hover { .. }
            | Op::Upload { .. }
            | Op::Scroll { .. }
            | Op::Extract { .. }
            | Op::Js(_) => Box::pin(self.act(cx, &step.op, known)),
            Op::Screenshot { .. }
            | Op::Pdf { .. }
            | Op::HtmlToPdf { .. }
            | Op::Snapshot { .. }
            | Op::Emulate(_) => Box::pin(self.capture(cx, &step.op)),
            Op::ReadFile { .. }
            | Op::WriteFiles { .. }
            | Op::SaveHtml { .. }
            | Op::Export { .. }
            | Op::GetCookies { .. }
            | Op::SetCookies { .. }
            | Op::SetCookiesFile { .. }
            | Op::ClearCookies
            | Op::Http(_)
            | Op::DownloadEach { .. }
            | Op::SaveCaptures { .. }
            | Op::SavePageCaptures { .. } => Box::pin(self.data(cx, &step.op)),
            Op::Call(call) => Box::pin(self.call(cx, call)),
            Op::Console(_) | Op::Network { .. } | Op::Record(_) | Op::Download { .. } => {
                Box::pin(self.watch(cx, &step.op))
            }
            Op::ForEach(each) => Box::pin(self.for_each(step, each)),
            Op::Loop(turns) => Box::pin(self.turns(step, turns)),
            Op::If { branches, otherwise, binds } => {
                Box::pin(self.branch(step, branches, otherwise.as_ref(), binds))
            }
            Op::Retry { times, pause, body, tried, binds } => {
                Box::pin(self.retry((times, pause.as_ref()), (body, *tried), binds))
            }
            Op::Try(attempt) => Box::pin(self.attempt(attempt)),
        }
    }

    /// Runs a step that waits for nothing.
    fn now(&mut self, cx: &Cx, op: &Op) -> Result<Ended, Thrown> {
        match op {
            Op::Set { into, value } => {
                let value = self.eval(value)?;
                self.keep_in(*into, value);
            }
            Op::Assign { slot, value } => {
                let value = self.eval(value)?;
                self.set(*slot, value);
            }
            Op::Yield { list, value } => {
                let value = self.json(value)?;
                self.give(*list, [value]);
            }
            Op::YieldEach { list, values } => {
                let values = self.items("yield each", values)?;
                self.give(*list, values);
            }
            Op::Break => return Ok(Ended::Break),
            Op::Continue => return Ok(Ended::Continue),
            Op::Return { value } => return Ok(Ended::Return(self.json(value)?)),
            Op::Fail { message, code, status } => {
                let message = self.text(message)?;
                let status = self.counts(status.as_ref())?.unwrap_or(422);
                return Err(action::fail(cx, &message, code.clone(), status));
            }
            Op::CallPath { .. } | Op::Let { .. } | Op::Rust { .. } => return Err(rust().into()),
            other => unreachable!("{other:?} waits for something"),
        }
        Ok(Ended::Next)
    }

    /// Runs a step that tells the reader something.
    async fn tell(&mut self, cx: &Cx, op: &Op) -> Result<Ended, Thrown> {
        match op {
            Op::Status { text } => action::status(cx, &self.text(text)?).await?,
            Op::Emit { kind, text, data } => {
                let text = self.text(text)?;
                let data = data.as_ref().map(|data| self.json(data)).transpose()?.unwrap_or_default();
                action::emit(cx, kind.clone(), &text, data).await?;
            }
            other => unreachable!("{other:?} tells nothing"),
        }
        Ok(Ended::Next)
    }

    /// Binds what a step gives to its local, if it has one.
    pub(super) fn keep_in(&mut self, into: Option<Slot>, value: Option<Value>) {
        if let Some(slot) = into {
            self.set(slot, value);
        }
    }

    async fn call(&mut self, cx: &Cx, call: &Call) -> Result<Ended, Thrown> {
        let Some(callee) = self.recipes.get(&call.slug) else {
            let message = format!("there is no task `{}` to call", call.slug);
            return Err(Error::new(ErrorKind::Internal, message).into());
        };
        let inputs = self.arguments(callee, &call.inputs)?;
        let body = Box::pin(self.recipes.run(callee, cx, inputs));
        let output = action::call(cx, body).await?;
        match &call.into {
            Where::Nothing => {}
            Where::Local(slot) => self.bind(*slot, output),
            Where::Fields(slots) => {
                for slot in slots {
                    let name = &self.recipe.task.locals[*slot].name;
                    let field = output.get(name).cloned().unwrap_or_default();
                    self.bind(*slot, field);
                }
            }
        }
        Ok(Ended::Next)
    }

    /// The inputs of another task, of what is given to it.
    pub(in crate::interpret) fn arguments(
        &self,
        callee: &Recipe,
        arguments: &[(String, Argument)],
    ) -> Result<Vec<Option<Value>>, Error> {
        let inputs = callee.task.inputs.iter().zip(arguments);
        let inputs = inputs.map(|(input, (_, argument))| match argument {
            Argument::Value(value) => self.eval(value),
            Argument::Default => Ok(shape::default(input)),
            Argument::Missing => Ok(None),
        });
        inputs.collect()
    }
}
