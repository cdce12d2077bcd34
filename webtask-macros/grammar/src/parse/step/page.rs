//! Reads the steps that work on a page.

use std::time::Duration;

use proc_macro2::{Delimiter, TokenTree};

use super::super::reader::{Parsed, Reader};
use super::web::expect;
use crate::ast::{
    Action, Address, Arg, Awaited, Click, Fill, Goto, Reach, Scroll, Select, SendKeys, Until, Upload,
    WaitIdle, WaitUntil, WaitUrl,
};

pub(super) fn goto(reader: &mut Reader<'_>) -> Parsed<Action> {
    let name = if url_follows(reader) { Some(reader.free_name("NAME")?) } else { None };
    let url = reader.text("\"URL\"")?;
    let mut goto = Goto { name, url, expect: Vec::new(), until: Until::Load, timeout: None };
    reader.options(|reader, option| {
        match option {
            "expect" => goto.expect = expect(reader)?,
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

/// Whether a name comes next, and then what may be a URL.
fn url_follows(reader: &Reader<'_>) -> bool {
    let is_rust = || matches!(reader.peek_at(1), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
    reader.peek_ident().is_some() && (reader.string_follows() || is_rust())
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

pub(super) fn wait_url(reader: &mut Reader<'_>) -> Parsed<Action> {
    let address = match reader.eat_words("matches") {
        true => Address::Matches(reader.str("r\"regex\"")?),
        false => Address::Glob(reader.text("\"GLOB\"|matches r\"regex\"")?),
    };
    Ok(Action::WaitUrl(WaitUrl { address, timeout: timeout(reader) }))
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

pub(super) fn fill(reader: &mut Reader<'_>) -> Parsed<Action> {
    let selector = reader.text("\"SEL\"")?;
    reader.expect_words("with")?;
    let value = reader.text("\"…\"")?;
    Ok(Action::Fill(Fill { selector, value, timeout: timeout(reader) }))
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
pub(super) fn timeout(reader: &mut Reader<'_>) -> Option<Arg<Duration>> {
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
