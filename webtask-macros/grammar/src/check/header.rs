//! The rules for a task's header.

use std::collections::{HashMap, HashSet};

use proc_macro2::Span;

use super::literal::{check_keys, found, span};
use super::name::check_name;
use crate::ast::{Header, Input, InputType, Spanned, Task, Value};
use crate::place::place_path;
use crate::problem::Problems;
use crate::template;

/// No two tasks of a file have one slug, or one function.
pub(super) fn check_names(tasks: &[Task], problems: &mut Problems) {
    let mut slugs = HashSet::new();
    let mut names = HashSet::new();
    for task in tasks.iter().filter(|task| !task.slug.value.is_empty()) {
        let slug = &task.slug.value;
        if !slugs.insert(slug.as_str()) {
            problems.help(task.slug.span, format!("duplicate task `{slug}`"), "change one of the slugs");
            names.insert(task.name.text.as_str());
        } else if !names.insert(task.name.text.as_str()) {
            problems.help(
                task.name.span,
                format!("another task already becomes the function `{}`", task.name.text),
                format!("give it another name: `task \"{slug}\" as NAME`"),
            );
        }
    }
}

/// No two tasks of different files have one slug; `place` gives a place as `FILE:LINE:COLUMN`.
pub fn check_slugs(tasks: &[Task], place: &dyn Fn(Span) -> String, problems: &mut Problems) {
    let mut first: HashMap<&str, &Task> = HashMap::new();
    for task in tasks.iter().filter(|task| !task.slug.value.is_empty()) {
        let slug = task.slug.value.as_str();
        let known = *first.entry(slug).or_insert(task);
        let file = |task: &Task| task.slug.span.file();
        if file(known) != file(task) {
            let help = format!("change one of the slugs: the other is at {}", place(known.slug.span));
            problems.help(task.slug.span, format!("duplicate task `{slug}`"), help);
        }
    }
}

/// A slug has segments of `a-z 0-9 - _` with `/` between.
pub(super) fn check_slug(task: &Task, problems: &mut Problems) {
    check_name(&task.name, "a task", false, problems);
    let slug = &task.slug.value;
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    if slug.is_empty() || slug.split('/').all(|part| !part.is_empty() && part.chars().all(good)) {
        return;
    }
    let repaired: Vec<String> = slug
        .to_lowercase()
        .split('/')
        .map(|part| part.trim().chars().map(|c| if good(c) { c } else { '-' }).collect())
        .filter(|part: &String| !part.is_empty())
        .collect();
    let help = if repaired.is_empty() {
        "a slug has parts of `a-z 0-9 - _`, with `/` between".to_owned()
    } else {
        format!("a slug has parts of `a-z 0-9 - _`, with `/` between: write `\"{}\"`", repaired.join("/"))
    };
    problems.help(task.slug.span, format!("bad slug `{slug}`"), help);
}

/// Each input has a name of its own, and a default of its type.
pub(super) fn check_inputs(header: &mut Header, problems: &mut Problems) {
    let mut names = HashSet::new();
    header.inputs.retain_mut(|input| {
        check_name(&input.name, "an input", false, problems);
        read_number(input);
        check_default(input, problems);
        let new = names.insert(input.name.text.clone());
        if !new {
            let message = format!("duplicate input `{}`", input.name.text);
            problems.help(input.name.span, message, "choose another name");
        }
        new
    });
}

/// Each secret has a name of its own, and not an input's.
pub(super) fn check_secrets(header: &mut Header, problems: &mut Problems) {
    check_clashes(header, problems);
    let mut names = HashSet::new();
    header.secrets.retain(|secret| {
        check_name(secret, "a secret", false, problems);
        let new = names.insert(secret.text.clone());
        if !new {
            problems.help(secret.span, format!("duplicate secret `{}`", secret.text), "remove it");
        }
        new
    });
}

/// No secret has the name of an input.
pub(super) fn check_clashes(header: &mut Header, problems: &mut Problems) {
    let Header { inputs, secrets, .. } = header;
    secrets.retain(|secret| {
        let name = &secret.text;
        let input = inputs.iter().any(|input| input.name.text == *name);
        if input {
            problems.help(secret.span, format!("`{name}` is already an input"), "choose another name");
        }
        !input
    });
}

/// Each setting has a name of its own, and a default that is written out.
pub(super) fn check_settings(header: &mut Header, problems: &mut Problems) {
    let Header { inputs, secrets, settings, .. } = header;
    let mut names = HashSet::new();
    settings.retain(|setting| {
        let name = &setting.name;
        check_name(name, "a setting", false, problems);
        if let Some(default) = &setting.default
            && let Some(hole) = template::find(&default.value)
        {
            let message = format!("placeholder `{hole}` in a default");
            problems.help(default.span, message, "write the value itself");
        }
        let other = if inputs.iter().any(|input| input.name == *name) {
            Some("an input")
        } else if secrets.contains(name) {
            Some("a secret")
        } else {
            None
        };
        if let Some(other) = other {
            let message = format!("`{}` is already {other}", name.text);
            problems.help(name.span, message, "choose another name");
            return false;
        }
        let new = names.insert(name.text.clone());
        if !new {
            problems.help(name.span, format!("duplicate setting `{}`", name.text), "remove it");
        }
        new
    });
}

/// A number in quotes is a number where one is asked for.
fn read_number(input: &mut Input) {
    let Some(Value::Text(template)) = &input.default else { return };
    let (Some(text), span) = (template.literal(), template.span) else { return };
    let number = match input.ty {
        InputType::Int => text.parse().ok().map(|value| Value::Int(Spanned { value, span })),
        InputType::Float => {
            let float = text.parse().ok().filter(|value: &f64| value.is_finite());
            float.map(|value| Value::Float(Spanned { value, span }))
        }
        _ => None,
    };
    if number.is_some() {
        input.default = number;
    }
}

/// A default is written out, and of the input's type.
fn check_default(input: &Input, problems: &mut Problems) {
    let Some(default) = &input.default else {
        return;
    };
    let (word, example) = match (&input.ty, default) {
        (InputType::Rust(_), _) => return,
        (InputType::String, Value::Text(_))
        | (InputType::Int, Value::Int(_))
        | (InputType::Float, Value::Float(_) | Value::Int(_))
        | (InputType::Bool, Value::Bool(_))
        | (InputType::List, Value::List(_))
        | (InputType::Map, Value::Map(_)) => return check_plain(default, problems),
        (InputType::Path, Value::Text(template)) => {
            if let Err(why) = place_path(&mut template.clone()) {
                let help = "write a path below the folder of files, like `\"shots/home.png\"`";
                problems.help(template.span, format!("bad path: {why}"), help);
            }
            return check_plain(default, problems);
        }
        (_, Value::Rust(rust)) => {
            let help = format!("write `input {}: TYPE = EXPR`", input.name.text);
            problems.help(rust.span, "Rust in the default of a plain input", help);
            return;
        }
        (InputType::String, _) => ("string", "\"…\""),
        (InputType::Int, _) => ("int", "10"),
        (InputType::Float, _) => ("float", "0.5"),
        (InputType::Bool, _) => ("bool", "true"),
        (InputType::List, _) => ("list", "[…]"),
        (InputType::Map, _) => ("map", "{…}"),
        (InputType::Path, _) => ("path", "\"shots/home.png\""),
    };
    let help = match (default, meant(&input.ty, default)) {
        (Value::Null(_), _) => "remove it: an input that a caller leaves out is missing".to_owned(),
        (_, Some(meant)) => format!("write `default {meant}`"),
        (Value::Float(number), None) if word == "int" => format!("write `float default {}`", number.value),
        (_, None) => format!("write it as `default {example}`, or another type for the input"),
    };
    let message = format!("expected a default of type `{word}`, found {}", found(default));
    problems.help(span(default), message, help);
}

/// The default that was meant by a value of another type.
fn meant(ty: &InputType, default: &Value) -> Option<String> {
    let text = match default {
        Value::Text(template) => template.literal()?.trim().to_owned(),
        Value::Int(number) => number.value.to_string(),
        Value::Float(number) => number.value.to_string(),
        Value::Bool(value) => value.value.to_string(),
        _ => return None,
    };
    match ty {
        InputType::String => Some(format!("{text:?}")),
        InputType::Int => text.parse::<i64>().ok().map(|number| number.to_string()),
        InputType::Float => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(|_| text),
        InputType::Bool => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Some("true".to_owned()),
            "false" | "no" | "off" | "0" => Some("false".to_owned()),
            _ => None,
        },
        InputType::List if !text.is_empty() => Some(format!("[{text:?}]")),
        _ => None,
    }
}

/// Nothing in a default is looked up or computed.
fn check_plain(value: &Value, problems: &mut Problems) {
    match value {
        Value::Text(template) => {
            if let Some(hole) = template.holes().next() {
                problems.help(
                    template.span,
                    format!("placeholder `{{{{{}}}}}` in a default", hole.name),
                    "write the value itself, and `{{{{` for a literal `{{`",
                );
            }
        }
        Value::Rust(rust) => {
            problems.help(rust.span, "Rust in the default of a plain input", "write the value itself");
        }
        Value::List(list) => list.value.iter().for_each(|value| check_plain(value, problems)),
        Value::Map(map) => {
            check_keys(&map.value, problems);
            map.value.iter().for_each(|entry| check_plain(&entry.value, problems));
        }
        Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Null(_) => {}
    }
}
