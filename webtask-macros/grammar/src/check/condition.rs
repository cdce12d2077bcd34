//! The rules for what an `if` or a `loop` asks, as far as the text alone tells.

mod suggest;

use self::suggest::suggest;
use super::literal::{check_regex, check_script, found, span};
use super::value;
use crate::ast::{Condition, Template, Value};
use crate::problem::Problems;
use crate::script::Wanted;

/// Rejects a condition that can only hold or only fail, and parts that mean nothing. `word` is the keyword that asks,
/// such as `else if`.
pub(super) fn check_condition(condition: &Condition, word: &str, problems: &mut Problems) {
    match condition {
        Condition::Js(script) => {
            let help = match word.starts_with("loop") {
                true => {
                    "put it into the page before: `js _ \"window.name = arguments[0]\" args [\"{{name}}\"]`"
                }
                false => {
                    "bind what it asks before, with `js NAME \"…\" args [..]`, and ask `if \"{{NAME}}\"`"
                }
            };
            check_script(script, help, Wanted::CONDITION, problems);
        }
        Condition::Value(asked) => check_asked(asked, word, problems),
        Condition::Compare(compared) => {
            value(&compared.left, problems);
            value(&compared.right, problems);
            if is_fixed(&compared.left) && is_fixed(&compared.right) {
                let help = "write a placeholder on one side, like `\"{{name}}\"`";
                problems.help(span(&compared.left), "both sides are always the same", help);
            }
        }
        Condition::Matches(matches) => {
            value(&matches.text, problems);
            check_regex(&matches.regex, problems);
            if is_fixed(&matches.text) {
                let help = "write a placeholder, like `\"{{name}}\" matches r\"…\"`";
                problems.help(span(&matches.text), "the text is always the same", help);
            }
        }
        Condition::Not(inner) => check_condition(inner, word, problems),
        Condition::And(parts) | Condition::Or(parts) => {
            parts.iter().for_each(|part| check_condition(part, word, problems));
        }
    }
}

/// What stands alone is one placeholder, or Rust.
fn check_asked(asked: &Value, word: &str, problems: &mut Problems) {
    match asked {
        Value::Rust(_) => {}
        Value::Text(template) => check_text(template, word, problems),
        other => {
            let written = match other {
                Value::Bool(bool) => format!("`{}`", bool.value),
                other => found(other).to_owned(),
            };
            let help = match word.starts_with("loop") {
                true => "write `loop` without a condition, with `max N` or a `break` in it".to_owned(),
                false => format!("write a placeholder, like `{word} \"{{{{name}}}}\"`, or a comparison"),
            };
            problems.help(span(other), format!("{written} is the same each time it is asked"), help);
        }
    }
}

fn check_text(template: &Template, word: &str, problems: &mut Problems) {
    if template.single().is_some() {
        return;
    }
    let message = match template.literal() {
        Some("") => "an empty text never holds",
        Some(_) => "a text without a placeholder always holds",
        None => "a text around a placeholder always holds",
    };
    let help = match (suggest(template), template.holes().next(), template.literal()) {
        (Some(comparison), _, _) => format!("write `{word} {comparison}`"),
        (None, Some(hole), _) => {
            let hole = hole.lookup();
            format!("write the placeholder alone, like `{word} \"{{{{{hole}}}}}\"`, or a comparison")
        }
        (None, None, Some(text)) if !text.is_empty() && !text.contains(['"', '\\']) => {
            format!(
                "write a placeholder, like `{word} \"{{{{name}}}}\"`, or `{word} \"{{{{name}}}}\" == \"{text}\"`"
            )
        }
        (None, None, _) => format!("write a placeholder, like `{word} \"{{{{name}}}}\"`, or a comparison"),
    };
    problems.help(template.span, message, help);
}

/// Whether the value is written in the recipe as a whole.
fn is_fixed(value: &Value) -> bool {
    match value {
        Value::Text(template) => template.literal().is_some(),
        Value::List(list) => list.value.iter().all(is_fixed),
        Value::Map(map) => map.value.iter().all(|entry| is_fixed(&entry.value)),
        Value::Rust(_) => false,
        Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Null(_) => true,
    }
}
