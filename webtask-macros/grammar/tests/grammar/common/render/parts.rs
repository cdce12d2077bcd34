//! What statements are made of.

use std::fmt::{Debug, Write as _};
use std::time::Duration;

use webtask_grammar::ast::*;

use super::indented;

pub(super) fn decimal(arg: &Arg<f64>) -> String {
    match arg {
        Arg::Literal(number) => number.value.to_string(),
        Arg::Hole(held) => hole(&held.hole, held.fallback.map(|number| number.to_string())),
        Arg::Rust(tokens) => format!("({})", rust(tokens)),
    }
}

/// The name and the path of a capture.
pub(super) fn kept(kept: &Kept) -> String {
    let name = kept.name.as_ref().map_or(String::new(), |name| format!(" {}", name.text));
    format!("{name}{}", option("path", &kept.path, text))
}

pub(super) fn fields(fields: &[Field]) -> String {
    let lines: Vec<_> = fields.iter().map(field).collect();
    indented(&lines.join("\n"))
}

pub(super) fn field(field: &Field) -> String {
    let (source, inner) = match &field.source {
        Source::Text(from) => (format!("text {}", text(from)), String::new()),
        Source::Attr(attribute, from) => {
            (format!("attr {} on {}", attribute.value, text(from)), String::new())
        }
        Source::Html(from) => (format!("html {}", text(from)), String::new()),
        Source::Const(constant) => (format!("const {}", value(constant)), String::new()),
        Source::Count(from) => (format!("count {}", text(from)), String::new()),
        Source::Nested { from, repeat, fields: inner } => {
            (format!("from {}{}", text(from), flag(*repeat, "repeat")), fields(inner))
        }
    };
    let lower = |what: &dyn Debug| format!(" {what:?}").to_lowercase();
    format!(
        "{} {source}{}{}{}{}{}{}{}{}{inner}",
        field.name.text,
        field.matches.as_ref().map_or(String::new(), |regex| format!(" match {:?}", regex.value)),
        flag(field.trim, "trim"),
        field.case.map_or(String::new(), |case| lower(&case)),
        flag(field.url, "url"),
        field.cast.map_or(String::new(), |cast| lower(&cast)),
        flag(field.all, "all"),
        flag(field.optional, "optional"),
        flag(field.required, "required"),
    )
}

pub(super) fn reach(word: &str, reach: &Reach) -> String {
    format!("{word} {}{}", text(&reach.selector), option("timeout", &reach.timeout, time))
}

pub(super) fn option<T>(word: &str, option: &Option<T>, write: impl Fn(&T) -> String) -> String {
    option.as_ref().map_or(String::new(), |part| format!(" {word} {}", write(part)))
}

pub(super) fn flag(set: bool, word: &str) -> String {
    if set { format!(" {word}") } else { String::new() }
}

pub(super) fn typed(ty: &Option<Rust>) -> String {
    ty.as_ref().map_or(String::new(), |ty| format!(": {}", rust(ty)))
}

pub(super) fn rust(rust: &Rust) -> String {
    rust.tokens.to_string()
}

pub(super) fn script(script: &Script) -> String {
    match script {
        Script::Inline(source) => format!("{:?}", source.value),
        Script::File(path) => format!("fn {:?}", path.value),
    }
}

pub(super) fn hole(hole: &Hole, fallback: Option<String>) -> String {
    format!("{{{{{}}}}}{}", hole.lookup(), fallback.map_or(String::new(), |value| format!(" or {value}")))
}

pub(super) fn time(arg: &Arg<Duration>) -> String {
    match arg {
        Arg::Literal(duration) => format!("{:?}", duration.value),
        Arg::Hole(held) => hole(&held.hole, held.fallback.map(|time| format!("{time:?}"))),
        Arg::Rust(tokens) => format!("({})", rust(tokens)),
    }
}

pub(super) fn count(arg: &Arg<u64>) -> String {
    match arg {
        Arg::Literal(number) => number.value.to_string(),
        Arg::Hole(held) => hole(&held.hole, held.fallback.map(|number| number.to_string())),
        Arg::Rust(tokens) => format!("({})", rust(tokens)),
    }
}

pub(super) fn text(text: &Text) -> String {
    match text {
        Text::Template(text) => template(text),
        Text::Rust(tokens) => format!("({})", rust(tokens)),
    }
}

pub(super) fn values(values: &[Value]) -> String {
    values.iter().map(value).collect::<Vec<_>>().join(", ")
}

pub(super) fn map(entries: &[Entry]) -> String {
    let entries: Vec<_> = entries.iter().map(|e| format!("{}: {}", e.key.value, value(&e.value))).collect();
    format!("{{{}}}", entries.join(", "))
}

pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => template(text),
        Value::Int(number) => number.value.to_string(),
        Value::Float(number) => format!("{:?}", number.value),
        Value::Bool(bool) => bool.value.to_string(),
        Value::Null(_) => "null".to_owned(),
        Value::List(list) => format!("[{}]", values(&list.value)),
        Value::Map(entries) => map(&entries.value),
        Value::Rust(tokens) => format!("({})", rust(tokens)),
    }
}

/// `"text"`, with a placeholder as `⟨name.path|fallback @place⟩`.
pub(super) fn template(template: &Template) -> String {
    let mut out = "\"".to_owned();
    for part in &template.parts {
        match part {
            Part::Text(text) => {
                let quoted = format!("{text:?}");
                out.push_str(&quoted[1..quoted.len() - 1]);
            }
            Part::Hole(hole) => {
                let path: String = hole.path.iter().map(|segment| format!(".{segment}")).collect();
                let fallback = hole.fallback.as_ref().map_or(String::new(), |text| format!("|{text}"));
                let place =
                    if hole.place == Place::Text { String::new() } else { format!(" @{:?}", hole.place) };
                let _ = write!(out, "⟨{}{path}{fallback}{place}⟩", hole.name);
            }
        }
    }
    out + "\""
}
