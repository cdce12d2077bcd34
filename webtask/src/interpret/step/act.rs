//! Steps that act on a page or look at it.

use serde_json::Value;
use webtask_program::{Address, GlobPart, Goto, Js, Op, Spec, Time};

use super::{Ended, Frame, rust};
use crate::action::{self, AwaitedUrl, Match, UrlPart};
use crate::cx::{Cx, Thrown};
use crate::{Error, value};

impl<'r> Frame<'r> {
    /// Runs a step on a page; `known` is what the `goto` before it has said of its `extract`.
    pub(super) async fn act(&mut self, cx: &Cx, op: &'r Op, known: Option<&Spec>) -> Result<Ended, Thrown> {
        match op {
            Op::Goto(goto) => self.goto(cx, goto).await?,
            Op::Back => action::back(cx).await?,
            Op::Forward => action::forward(cx).await?,
            Op::Reload => action::reload(cx).await?,
            Op::Wait { time } => action::wait(cx, self.time(time)?).await?,
            Op::WaitUntil { selector, state, text, timeout } => {
                let (selector, text) = (self.text(selector)?, self.texts(text.as_ref())?);
                let timeout = self.times(timeout.as_ref())?;
                action::wait_until(cx, &selector, *state, text.as_deref(), timeout).await?;
            }
            Op::WaitUrl { address, timeout } => self.wait_url(cx, address, timeout.as_ref()).await?,
            Op::WaitJs { script, timeout } => {
                let (source, timeout) = (self.script(script)?, self.times(timeout.as_ref())?);
                action::wait_until_js(cx, source, timeout).await?;
            }
            Op::WaitIdle { quiet, max, timeout } => {
                let (quiet, max) = (self.time(quiet)?, self.counts(max.as_ref())?);
                action::wait_network_idle(cx, quiet, max, self.times(timeout.as_ref())?).await?;
            }
            Op::Click { selector, text, closest, tab, timeout } => {
                let selector = self.text(selector)?;
                let wanted = self.texts(text.as_ref().map(|text| &text.text))?;
                let exact = text.as_ref().is_some_and(|text| text.exact);
                let wanted = wanted.as_deref().map(|text| Match { text, exact });
                let closest = self.texts(closest.as_ref())?;
                let (closest, timeout) = (closest.as_deref(), self.times(timeout.as_ref())?);
                match tab {
                    true => action::click_opens_tab(cx, &selector, wanted, closest, timeout).await?,
                    false => action::click(cx, &selector, wanted, closest, timeout).await?,
                }
            }
            Op::SendKeys { selector, keys, timeout } => {
                let (selector, keys) = (self.text(selector)?, self.text(keys)?);
                action::sendkeys(cx, &selector, &keys, self.times(timeout.as_ref())?).await?;
            }
            Op::Fill { selector, value, timeout } => {
                let (selector, value) = (self.text(selector)?, self.text(value)?);
                action::fill(cx, &selector, &value, self.times(timeout.as_ref())?).await?;
            }
            Op::Select { selector, option, timeout } => {
                let (selector, option) = (self.text(selector)?, self.text(option)?);
                action::select(cx, &selector, &option, self.times(timeout.as_ref())?).await?;
            }
            Op::Press { keys } => action::press(cx, &self.text(keys)?).await?,
            Op::Check { selector, timeout } => {
                action::check(cx, &self.text(selector)?, self.times(timeout.as_ref())?).await?;
            }
            Op::Uncheck { selector, timeout } => {
                action::uncheck(cx, &self.text(selector)?, self.times(timeout.as_ref())?).await?;
            }
            Op::Hover { selector, timeout } => {
                action::hover(cx, &self.text(selector)?, self.times(timeout.as_ref())?).await?;
            }
            Op::Upload { selector, files, timeout } => {
                let selector = self.text(selector)?;
                let files = files.iter().map(|file| self.text(file)).collect::<Result<Vec<_>, _>>()?;
                let files: Vec<_> = files.iter().map(AsRef::as_ref).collect();
                action::upload(cx, &selector, &files, self.times(timeout.as_ref())?).await?;
            }
            Op::Scroll { selector, up, stable, max } => {
                let selector = self.text(selector)?;
                let (stable, max) = (self.times(stable.as_ref())?, self.counts(max.as_ref())?);
                action::scroll_until_stable(cx, &selector, *up, stable, max).await?;
            }
            Op::Extract { spec, into } => self.extract(cx, spec.as_ref().or(known), *into).await?,
            Op::Js(js) => self.js(cx, js).await?,
            other => unreachable!("{other:?} does nothing to a page"),
        }
        Ok(Ended::Next)
    }

    async fn goto(&mut self, cx: &Cx, goto: &Goto) -> Result<(), Error> {
        let text = self.text(&goto.url.text)?;
        let (address, timeout) = (self.address(&goto.url, &text), self.times(goto.timeout.as_ref())?);
        if goto.named {
            let answer = action::goto_named(cx, address, goto.until, timeout, &goto.expect).await?;
            self.keep_in(goto.into, Some(value::plain(&answer)));
        } else {
            action::goto_expecting(cx, address, goto.until, timeout, &goto.expect).await?;
        }
        Ok(())
    }

    async fn wait_url(&self, cx: &Cx, address: &Address, timeout: Option<&Time>) -> Result<(), Error> {
        let timeout = self.times(timeout)?;
        let parts = match address {
            Address::Matches(regex) => {
                return action::wait_until_url(cx, AwaitedUrl::Matches(regex), timeout).await;
            }
            Address::Rust(_) => return Err(rust()),
            Address::Glob(parts) => parts,
        };
        let letters = |part: &GlobPart| match part {
            GlobPart::Pattern(_) => Ok(None),
            GlobPart::Letters(text) => self.text(text).map(|text| Some(text.into_owned())),
        };
        let letters = parts.iter().map(letters).collect::<Result<Vec<_>, _>>()?;
        let parts = parts.iter().zip(&letters).map(|(part, letters)| match (part, letters) {
            (GlobPart::Pattern(pattern), _) => UrlPart::Pattern(pattern),
            (GlobPart::Letters(_), letters) => UrlPart::Letters(letters.as_deref().unwrap_or_default()),
        });
        let parts: Vec<_> = parts.collect();
        action::wait_until_url(cx, AwaitedUrl::Glob(&parts), timeout).await
    }

    async fn js(&mut self, cx: &Cx, js: &'r Js) -> Result<(), Error> {
        let (source, args) = (self.script(&js.script)?, self.list(&js.args)?);
        match js.into {
            Some(slot) => {
                let value: Value = action::js(cx, &js.name, source, &args, js.awaits).await?;
                self.bind(slot, value);
            }
            // A value that nobody wants may be any, also one that is not JSON.
            None => action::js::<()>(cx, &js.name, source, &args, js.awaits).await?,
        }
        Ok(())
    }
}
