//! Reads the steps that hold others, and those that give values.

use proc_macro2::{Delimiter, TokenTree};

use super::super::reader::{Parsed, Reader, Spelling, Told};
use super::block;
use crate::ast::{
    Action, Block, Collect, Condition, Fail, ForEach, If, Loop, Name, Otherwise, Retry, Rust, Try, Value,
    Yield,
};

pub(super) fn for_each(reader: &mut Reader<'_>) -> Parsed<Action> {
    let head = for_head(reader);
    let mut collect = None;
    let mut continues = false;
    if head.is_err() {
        reader.skip();
    } else {
        reader.options(|reader, option| {
            match option {
                "collect" => {
                    let name = reader.name("NAME")?;
                    collect = Some(Collect { name, ty: reader.annotation()? });
                }
                _ => continues = true,
            }
            Ok(())
        });
    }
    let body = block(reader).unwrap_or_default();
    let (item, list) = head?;
    Ok(Action::ForEach(ForEach { item, list, collect, continues, body }))
}

fn for_head(reader: &mut Reader<'_>) -> Parsed<(Name, Value)> {
    let item = reader.free_name("ITEM")?;
    reader.expect_words("in")?;
    Ok((item, reader.value("LIST")?))
}

pub(super) fn turns(reader: &mut Reader<'_>) -> Parsed<Action> {
    let head = asked(reader);
    let (mut pause, mut max, mut collect) = (None, None, None);
    if head.is_err() {
        reader.skip();
    } else {
        reader.options(|reader, option| {
            match option {
                "pause" => pause = Some(reader.duration("D")?),
                "max" => max = Some(reader.count("N")?),
                _ => {
                    let name = reader.name("NAME")?;
                    collect = Some(Collect { name, ty: reader.annotation()? });
                }
            }
            Ok(())
        });
    }
    let body = block(reader).unwrap_or_default();
    let (until, condition) = head?;
    Ok(Action::Loop(Loop { until, condition, pause, max, collect, body }))
}

/// Reads what a loop asks, if it asks anything; without a word it is `while`.
fn asked(reader: &mut Reader<'_>) -> Parsed<(bool, Option<Condition>)> {
    let until = reader.eat_words("until");
    let asks = until || reader.eat_words("while");
    let option = reader.word.option_words().any(|word| reader.peek_words(word) > 0);
    if !asks && (option || reader.peek_group(Delimiter::Brace).is_some()) {
        return Ok((until, None));
    }
    let condition = reader.condition()?;
    if let (false, Condition::Value(Value::Int(times))) = (asks, &condition) {
        let help = format!("write `loop max {}`", times.value);
        reader.problems.help(times.span, "a number is not a condition", help);
        return Err(Told);
    }
    Ok((until, Some(condition)))
}

pub(super) fn retry(reader: &mut Reader<'_>) -> Parsed<Action> {
    let times = reader.count("N");
    let mut pause = None;
    if times.is_err() {
        reader.skip();
    } else {
        reader.options(|reader, _| {
            pause = Some(reader.duration("D")?);
            Ok(())
        });
    }
    let body = block(reader).unwrap_or_default();
    Ok(Action::Retry(Retry { times: times?, pause, body }))
}

pub(super) fn attempt(reader: &mut Reader<'_>) -> Parsed<Action> {
    let body = block(reader);
    let missing = body.is_none();
    let mut attempt = Try { body: body.unwrap_or_default(), otherwise: None };
    if missing || !reader.eat_words("else") {
        return Ok(Action::Try(attempt));
    }
    reader.reopen();
    let before = reader.problems.len();
    let error = match reader.eat_words("as") {
        true => reader.name("NAME").map(Some),
        false => match reader.peek_ident().filter(|_| {
            matches!(reader.peek_at(1), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
        }) {
            Some(name) => {
                let help = format!("write `else as {name}`");
                reader.problems.help(reader.here(), format!("unexpected `{name}` after `else`"), help);
                Err(Told)
            }
            None => Ok(None),
        },
    };
    if error.is_err() {
        reader.skip();
    }
    let body = block(reader).unwrap_or_default();
    surplus(reader, before, "a `try` has one `else`, as the last of its blocks");
    attempt.otherwise = Some(Otherwise { error: error?, body });
    Ok(Action::Try(attempt))
}

pub(super) fn branches(reader: &mut Reader<'_>) -> Parsed<Action> {
    let mut branches = Vec::new();
    let mut failed = false;
    let mut otherwise = None;
    loop {
        let condition = reader.condition();
        if condition.is_err() {
            reader.skip();
        }
        let found = block(reader);
        failed |= found.is_none() && condition.is_err();
        let missing = found.is_none();
        match condition {
            Ok(condition) => branches.push((condition, found.unwrap_or_default())),
            Err(Told) => failed = true,
        }
        if missing || !reader.eat_words("else") {
            break;
        }
        reader.reopen();
        if !reader.eat_words("if") {
            let before = reader.problems.len();
            otherwise = Some(block(reader).unwrap_or_default());
            surplus(reader, before, "an `if` has one `else`, as the last of its blocks");
            break;
        }
    }
    if branches.is_empty() && failed {
        return Err(Told);
    }
    Ok(Action::If(If { branches, otherwise }))
}

/// Passes over what follows the last `else`; that is a mistake of its own unless that `else` was one.
fn surplus(reader: &mut Reader<'_>, before: usize, help: &str) {
    while reader.peek_words("else") > 0 {
        if reader.problems.len() == before {
            reader.problems.help(reader.here(), "unexpected `else`", help);
        }
        reader.next();
        reader.reopen();
        reader.skip();
        let _: Option<Block> = block(reader);
    }
}

/// Reads `continue`, which is not the option that begins with that word.
pub(super) fn goes_on(reader: &mut Reader<'_>) -> Parsed<Action> {
    if reader.peek_words("on error") > 0 {
        let help = match reader.spelling {
            Spelling::Inline => "write it before the block of its loop",
            Spelling::Text => "write it on the line of its `for each`",
        };
        let message = "`continue on error` is an option of `for each`";
        reader.problems.help(reader.word_span, message, help);
        return Err(Told);
    }
    Ok(Action::Continue)
}

pub(super) fn yields(reader: &mut Reader<'_>, each: bool) -> Parsed<Action> {
    let value = reader.value(if each { "LIST" } else { "VALUE" })?;
    Ok(Action::Yield(Yield { each, value }))
}

pub(super) fn fail(reader: &mut Reader<'_>) -> Parsed<Action> {
    let mut fail = Fail { message: reader.text("\"…\"")?, code: None, status: None };
    reader.options(|reader, option| {
        match option {
            "code" if matches!(reader.peek(), Some(TokenTree::Literal(_))) => {
                return Err(reader.expected_or("NAME", "write the code itself, like `code SOLD_OUT`"));
            }
            "code" => fail.code = Some(reader.free_name("NAME")?),
            _ => fail.status = Some(reader.count("N")?),
        }
        Ok(())
    });
    Ok(Action::Fail(fail))
}

pub(super) fn rust(reader: &mut Reader<'_>) -> Parsed<Action> {
    let Some(group) = reader.peek_group(Delimiter::Brace).cloned() else {
        return Err(reader.expected("{ … }"));
    };
    let rust = Rust { tokens: group.stream(), span: group.span() };
    reader.block(crate::keyword::Room::Step, |_| ());
    reader.syntax(&rust.tokens, syn::Block::parse_within);
    Ok(Action::Rust(rust))
}
