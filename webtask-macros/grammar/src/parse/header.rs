//! Reads the lines of a task's header.

use proc_macro2::TokenTree;
use syn::parse::Parse;

use super::reader::{Parsed, Reader, Told};
use super::task::{attributes, misplaced};
use crate::ast::{Dialogs, Header, Input, InputType, Setting, Setup, Spanned, Str, Transport, Value};
use crate::keyword::{Room, Word};

/// Reads a line of the header into `header`; `false` when something else comes next.
///
/// `early` is false after the first step.
pub(super) fn line(reader: &mut Reader<'_>, header: &mut Header, early: bool) -> bool {
    let attributes = attributes(reader);
    let word = reader.peek_ident().and_then(|word| Word::find(Room::Header, &word));
    misplaced(reader, &attributes, word.is_some_and(|word| word.name == "input"));
    let Some(word) = word else {
        return reader.done();
    };
    let span = reader.here();
    reader.word = word;
    reader.word_span = span;
    if !early {
        reader.problems.help(span, format!("`{}` after a step", word.name), "move it before the first step");
    }
    reader.statement(|reader| {
        reader.next();
        read(reader, header, attributes.doc)
    });
    true
}

/// Reads what follows the line's word.
fn read(reader: &mut Reader<'_>, header: &mut Header, doc: Option<Str>) -> Parsed<()> {
    match reader.word.name {
        "doc" => {
            let value = reader.str("\"…\"")?;
            once(reader, &mut header.doc, value);
        }
        "pool" => {
            let value = tag(reader)?;
            once(reader, &mut header.pool, value);
        }
        "timeout" => {
            let value = reader.plain_duration("DURATION")?;
            once(reader, &mut header.timeout, value);
        }
        "transport" => transports(reader, header)?,
        "setup" => {
            let mut value = Setup { slug: reader.str("\"SLUG\"")?, with: Vec::new() };
            reader.options(|reader, _| {
                value.with = reader.map("{…}")?.value;
                Ok(())
            });
            once(reader, &mut header.setup, value);
        }
        "dialogs" => {
            let span = reader.here();
            let value = match reader.choice("word", "dismiss|accept")? {
                "accept" => Dialogs::Accept,
                _ => Dialogs::Dismiss,
            };
            once(reader, &mut header.dialogs, Spanned { value, span });
        }
        "strict" => {
            let span = reader.word_span;
            once(reader, &mut header.strict, Spanned { value: (), span });
        }
        "input" => header.inputs.push(input(reader, doc)?),
        "setting" => {
            let mut setting = Setting { name: reader.free_name("NAME")?, default: None };
            reader.options(|reader, _| {
                setting.default = Some(reader.str("\"…\"")?);
                Ok(())
            });
            header.settings.push(setting);
        }
        _ => header.secrets.push(reader.name("NAME")?),
    }
    Ok(())
}

/// Keeps what a line says, which may be said once.
fn once<T>(reader: &mut Reader<'_>, kept: &mut Option<T>, value: T) {
    if kept.is_none() {
        *kept = Some(value);
        return;
    }
    let message = format!("duplicate `{}`", reader.word.name);
    reader.problems.help(reader.word_span, message, "remove it");
}

/// Reads the name of a pool.
fn tag(reader: &mut Reader<'_>) -> Parsed<Str> {
    if reader.is_string() {
        return reader.str("TAG");
    }
    let name = reader.name("TAG")?;
    Ok(Str { value: name.text, span: name.span })
}

/// Reads the words of `transport`.
fn transports(reader: &mut Reader<'_>, header: &mut Header) -> Parsed<()> {
    loop {
        let span = reader.here();
        match reader.choice("transport", "rest|sse|websocket|async") {
            Ok(word) => {
                let value = match word {
                    "rest" => Transport::Rest,
                    "sse" => Transport::Sse,
                    "websocket" => Transport::WebSocket,
                    _ => Transport::Async,
                };
                if header.transports.iter().any(|known| known.value == value) {
                    reader.problems.help(span, format!("duplicate transport `{word}`"), "remove it");
                } else {
                    header.transports.push(Spanned { value, span });
                }
            }
            // The words after an unknown one still count.
            Err(Told) if reader.peek_punct(',') || reader.at_end() => {}
            Err(Told) => return Err(Told),
        }
        if !reader.eat_punct(',') {
            return Ok(());
        }
    }
}

/// Reads what follows `input`.
fn input(reader: &mut Reader<'_>, doc: Option<Str>) -> Parsed<Input> {
    let name = reader.free_name("NAME")?;
    if TYPES.split('|').any(|ty| ty == name.text)
        && reader.peek_ident().is_some_and(|word| !TYPES.split('|').any(|ty| ty == word))
    {
        let other = reader.peek_ident().unwrap_or_default();
        let help = format!("the name comes first: write `input {other} {}`", name.text);
        reader.problems.help(name.span, format!("type `{}` before the name of an input", name.text), help);
        reader.next();
        return Err(Told);
    }
    if reader.peek_punct(':') {
        let help =
            format!("write `input {} string`, or another of `int float bool list map path`", name.text);
        reader.no_rust("`: TYPE`", &help)?;
        reader.next();
        let ty = reader.rust_type()?;
        let plain = ty.tokens.to_string();
        if TYPES.split('|').any(|word| word == plain && word != "bool") {
            let help = format!("write `input {} {plain}`, or a type of Rust after the `:`", name.text);
            reader.problems.help(ty.span, format!("`{plain}` is not a Rust type"), help);
            return Err(Told);
        }
        let ty = InputType::Rust(ty);
        let default = if reader.eat_punct('=') {
            if reader.at_end() {
                return Err(reader.expected_or("EXPR", RUST));
            }
            let rust = reader.rest();
            Some(match reader.syntax(&rust.tokens, syn::Expr::parse) {
                true => Value::Rust(rust),
                false => Value::Null(Spanned { value: (), span: rust.span }),
            })
        } else if reader.at_end() || matches!(reader.peek(), Some(TokenTree::Ident(_))) && reader.known() {
            None
        } else {
            return Err(reader.expected_or("=", RUST));
        };
        return Ok(Input { name, ty, required: default.is_none(), default, doc });
    }
    let ty = match reader.choice("type", TYPES) {
        Ok("string") => InputType::String,
        Ok("int") => InputType::Int,
        Ok("float") => InputType::Float,
        Ok("bool") => InputType::Bool,
        Ok("list") => InputType::List,
        Ok("path") => InputType::Path,
        Ok(_) => InputType::Map,
        Err(Told) => return Err(Told),
    };
    let mut input = Input { name, ty, required: false, default: None, doc };
    reader.options(|reader, option| {
        let other = match option {
            "required" if input.default.is_some() => Some("default"),
            "default" if input.required => Some("required"),
            _ => None,
        };
        if let Some(other) = other {
            let message = format!("`{option}` excludes `{other}`");
            reader.problems.help(reader.behind(), message, "write one of them");
        }
        match option {
            "required" => input.required = true,
            "default" => input.default = Some(reader.value("LIT")?),
            _ => {
                let span = reader.here();
                let doc = reader.str("\"…\"")?;
                if input.doc.replace(doc).is_some() {
                    let help = "write the doc comment or `doc`";
                    reader.problems.help(span, "duplicate `doc`", help);
                }
            }
        }
        Ok(())
    });
    Ok(input)
}

/// The types of inputs.
const TYPES: &str = "string|int|float|bool|list|map|path";

/// What to write for an input with a Rust type.
const RUST: &str = "write `input NAME: TYPE [= EXPR]`, with a doc comment before it";
