//! Reads the steps that work on a page.

use std::time::Duration;

use super::super::reader::{Parsed, Reader};
use crate::ast::{
    Action, Arg, Awaited, Click, Goto, Reach, Scroll, Select, SendKeys, Until, Upload, WaitIdle, WaitUntil,
};

pub(super) fn goto(reader: &mut Reader<'_>) -> Parsed<Action> {
    let mut goto = Goto { url: reader.text("\"URL\"")?, until: Until::Load, timeout: None };
    reader.options(|reader, option| {
        match option {
            "until" => {
                goto.until = match reader.choice("word", "load|dom|idle")? {
                    "dom" => Until::Dom,
                    "idle" => Until::Idle,
                    _ => Until::Load,
                }
            }
            _ => goto.timeout = Some(reader.duration("D")?),
        }
        Ok(())
    });
    Ok(Action::Goto(goto))
}

pub(super) fn wait_until(reader: &mut Reader<'_>) -> Parsed<Action> {
    let selector = reader.text("\"SEL\"")?;
    let mut wait = WaitUntil { selector, state: Awaited::Present, text: None, timeout: None };
    reader.options(|reader, option| {
        match option {
            "visible" => wait.state = Awaited::Visible,
            "gone" => wait.state = Awaited::Gone,
            "text" => wait.text = Some(reader.text("\"…\"")?),
            _ => wait.timeout = Some(reader.duration("D")?),
        }
        Ok(())
    });
    Ok(Action::WaitUntil(wait))
}

pub(super) fn click(reader: &mut Reader<'_>) -> Parsed<Action> {
    let selector = reader.text("\"SEL\"")?;
    let mut click = Click { selector, text: None, exact: false, closest: None, tab: false, timeout: None };
    reader.options(|reader, option| {
        match option {
            "text" => click.text = Some(reader.text("\"…\"")?),
            "match" => click.exact = reader.choice("word", "exact|contains")? == "exact",
            "closest" => click.closest = Some(reader.text("\"SEL\"")?),
            "opens tab" => click.tab = true,
            _ => click.timeout = Some(reader.duration("D")?),
        }
        Ok(())
    });
    Ok(Action::Click(click))
}

pub(super) fn sendkeys(reader: &mut Reader<'_>) -> Parsed<Action> {
    let selector = reader.text("\"SEL\"")?;
    reader.expect_words("keys")?;
    let keys = reader.text("\"…\"")?;
    Ok(Action::SendKeys(SendKeys { selector, keys, timeout: timeout(reader) }))
}

pub(super) fn select(reader: &mut Reader<'_>) -> Parsed<Action> {
    let selector = reader.text("\"SEL\"")?;
    reader.expect_words("option")?;
    let option = reader.text("\"…\"")?;
    Ok(Action::Select(Select { selector, option, timeout: timeout(reader) }))
}

pub(super) fn reach(reader: &mut Reader<'_>) -> Parsed<Reach> {
    let selector = reader.text("\"SEL\"")?;
    Ok(Reach { selector, timeout: timeout(reader) })
}

/// Reads the one option that a step has.
fn timeout(reader: &mut Reader<'_>) -> Option<Arg<Duration>> {
    let mut timeout = None;
    reader.options(|reader, _| {
        timeout = Some(reader.duration("D")?);
        Ok(())
    });
    timeout
}

pub(super) fn wait_idle(reader: &mut Reader<'_>) -> Parsed<Action> {
    let mut wait = WaitIdle { quiet: reader.duration("D")?, max: None, timeout: None };
    reader.options(|reader, option| {
        match option {
            "max" => wait.max = Some(reader.count("N")?),
            _ => wait.timeout = Some(reader.duration("D")?),
        }
        Ok(())
    });
    Ok(Action::WaitIdle(wait))
}

pub(super) fn scroll(reader: &mut Reader<'_>) -> Parsed<Action> {
    let mut scroll = Scroll { selector: reader.text("\"SEL\"")?, up: false, stable: None, max: None };
    reader.options(|reader, option| {
        match option {
            "direction" => scroll.up = reader.choice("direction", "up|down")? == "up",
            "stable" => scroll.stable = Some(reader.duration("D")?),
            _ => scroll.max = Some(reader.count("N")?),
        }
        Ok(())
    });
    Ok(Action::Scroll(scroll))
}

pub(super) fn upload(reader: &mut Reader<'_>) -> Parsed<Action> {
    let selector = reader.text("\"SEL\"")?;
    reader.expect_words("files")?;
    let files = reader.texts("[\"path\", …]", "\"path\"")?;
    Ok(Action::Upload(Upload { selector, files, timeout: timeout(reader) }))
}
