//! The rules for what is written out in a step: URLs, selectors, regexes, scripts, kinds, keys, numbers.

use std::collections::HashSet;

use proc_macro2::{Span, TokenStream, TokenTree};

use crate::ast::{Arg, Entry, Extract, Field, Part, Place, Script, Str, Template, Text, Value};
use crate::keyword::{nearest, one_of};
use crate::place::{
    Refused, SelectorProblem, UrlProblem, address, place_path, place_selector, place_url, scheme,
};
use crate::problem::Problems;
use crate::script::{Wanted, fault, is_path};
use crate::template;

/// What opens a URL.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Opener {
    /// `goto`, which shows a page.
    Page,
    /// What asks a server.
    Web(&'static str),
}

/// A URL can be read and opened, and its placeholders stand where they may.
pub(super) fn check_url(url: &mut Template, opener: Opener, problems: &mut Problems) {
    let told = place_url(url);
    if told.is_empty() {
        check_scheme(url, opener, problems);
    }
    for problem in told {
        match problem {
            UrlProblem::Refused(Refused { hole, place }) => problems.help(
                url.span,
                format!("placeholder `{hole}` in {place}"),
                "a placeholder is a whole URL, a whole host, or inside a path, query or fragment",
            ),
            UrlProblem::Bad(why) => {
                problems.help(
                    url.span,
                    format!("bad URL: {why}"),
                    address(url.literal().unwrap_or_default()),
                );
            }
        }
    }
}

/// The scheme is one that the step can open.
fn check_scheme(url: &Template, opener: Opener, problems: &mut Problems) {
    let Some(scheme) = scheme(url) else { return };
    let (step, known) = match opener {
        Opener::Page => ("goto", ["http", "https", "data", "about:blank"].as_slice()),
        Opener::Web(step) => (step, ["http", "https"].as_slice()),
    };
    if known.contains(&scheme.as_str()) {
        return;
    }
    let written = url.literal().unwrap_or_default();
    let help = match (scheme.as_str(), nearest(&scheme, ["http", "https"])) {
        ("javascript", _) => "write the script as a step: `js _ \"…\"`".to_owned(),
        ("file", _) => "serve the file, and open it as `\"http://localhost:8000/page.html\"`".to_owned(),
        (_, Some(near)) => format!("did you mean `{near}:`?"),
        // A host with its port.
        (host, None) if host == "localhost" || host.contains('.') => address(written),
        _ => format!("it opens {}", one_of(known.iter().copied())),
    };
    problems.help(url.span, format!("bad URL: `{step}` does not open `{scheme}:`"), help);
}

/// A selector can be read, and its placeholders stand where they may.
///
/// `row` tells whether it stands in a row, where `"."` is the row itself.
pub(super) fn check_selector(selector: &mut Template, row: bool, problems: &mut Problems) {
    if !row && selector.literal().is_some_and(|text| text.trim() == ".") {
        let help = "`\".\"` is the row itself, in a field of an `extract`; write a CSS selector";
        problems.help(selector.span, "bad selector: no row here", help);
        return;
    }
    for problem in place_selector(selector) {
        match problem {
            SelectorProblem::Refused(Refused { hole, place }) => {
                let help = match place {
                    "a regex" => {
                        "write the text itself, as `text=…` for a part of it or `text='…'` for all of it"
                    }
                    _ => {
                        "a placeholder goes inside a name, a string or a number: \
                         `.{{class}}`, `[data-id=\"{{id}}\"]`, `:nth-child({{n}})`"
                    }
                };
                problems.help(selector.span, format!("placeholder `{hole}` in {place}"), help);
            }
            SelectorProblem::Bad(at, why, help) => {
                let help =
                    help.unwrap_or_else(|| "write a CSS selector, like `\"main > a.next\"`".to_owned());
                problems.help(selector.span, format!("bad selector at character {at}: {why}"), help);
            }
            SelectorProblem::Empty => {
                let help = if row {
                    "write a CSS selector, or `\".\"` for the row itself"
                } else {
                    "write a CSS selector, like `\"main > a.next\"`"
                };
                problems.help(selector.span, "empty selector", help);
            }
        }
    }
}

/// Where no row is around it, `"."` means all of the page: its outermost element.
pub(super) fn read_whole(from: &mut Text) {
    if let Text::Template(template) = from
        && template.literal().is_some_and(|text| text.trim() == ".")
    {
        template.parts = vec![Part::Text(":root".to_owned())];
    }
}

/// A file's path goes down from the folder of files, by names alone.
pub(super) fn check_path(path: &mut Template, problems: &mut Problems) {
    if let Err(why) = place_path(path) {
        let help = "write a path below the folder of files, like `\"shots/home.png\"`";
        problems.help(path.span, format!("bad path: {why}"), help);
    }
}

/// A folder below the folder of files, or that folder itself: `.`.
pub(super) fn check_folder(folder: &mut Template, problems: &mut Problems) {
    if folder.literal() == Some(".") {
        return;
    }
    if let Err(why) = place_path(folder) {
        let help = "write a folder below the folder of files, like `\"reports/daily\"`, or `\".\"`";
        problems.help(folder.span, format!("bad path: {why}"), help);
    }
}

/// The columns of rows are names.
pub(super) fn check_columns(columns: &[Value], problems: &mut Problems) {
    for column in columns {
        if !matches!(column, Value::Text(_) | Value::Rust(_)) {
            let message = format!("expected a column's name, found {}", found(column));
            problems.help(span(column), message, "write `columns [\"name\", \"price\"]`");
        }
    }
}

/// A header has a name that HTTP can have, and a value of one line. What follows from the body is not said twice.
pub(super) fn check_header(header: &mut Entry, problems: &mut Problems) {
    let name = &header.key.value;
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(token) {
        problems.help(header.key.span, format!("bad header name `{name}`"), "write it as `accept`");
    } else if ["content-length", "transfer-encoding", "connection", "host"]
        .contains(&name.to_ascii_lowercase().as_str())
    {
        let help = "it follows from the rest: remove it";
        problems.help(header.key.span, format!("header `{name}` cannot be set"), help);
    }
    match &mut header.value {
        Value::Text(template) => {
            for part in &mut template.parts {
                match part {
                    Part::Hole(hole) => hole.place = Place::Header,
                    Part::Text(text) if text.contains(['\r', '\n', '\0']) => {
                        let help = "a header's value is one line";
                        problems.help(template.span, "line break in a header", help);
                    }
                    Part::Text(_) => {}
                }
            }
        }
        value @ (Value::List(_) | Value::Map(_) | Value::Null(_)) => {
            let message = format!("expected a header's value, found {}", found(value));
            problems.help(span(value), message, "write a string, like `{ accept: \"text/html\" }`");
        }
        Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Rust(_) => {}
    }
}

/// A regex can be read, and has no placeholder.
pub(super) fn check_regex(regex: &Str, problems: &mut Problems) {
    if let Some(hole) = template::find(&regex.value) {
        let message = format!("placeholder `{hole}` in a regex");
        problems.help(regex.span, message, "write the regex itself");
        return;
    }
    let Err(error) = regex_syntax::parse(&regex.value) else {
        return;
    };
    let (why, at) = match &error {
        regex_syntax::Error::Parse(error) => (error.kind().to_string(), error.span().start.offset),
        regex_syntax::Error::Translate(error) => (error.kind().to_string(), error.span().start.offset),
        other => (other.to_string(), 0),
    };
    let column = regex.value.get(..at).unwrap_or_default().chars().count() + 1;
    problems.help(
        regex.span,
        format!("bad regex at character {column}: {why}"),
        "write a regex, like `match r\"(\\d+)\"`",
    );
}

/// JavaScript source has no placeholder, and gives what its place wants; a script file stays below `scripts/`.
pub(super) fn check_script(script: &Script, help: &str, wanted: Wanted, problems: &mut Problems) {
    match script {
        Script::Inline(source) => {
            if let Some(hole) = template::find(&source.value) {
                let help = help.replace("{{name}}", hole);
                problems.help(source.span, format!("placeholder `{hole}` in JavaScript source"), help);
            } else if let Some((message, help)) = fault(&source.value, wanted) {
                problems.help(source.span, message, help);
            }
        }
        Script::File(path) => {
            if !is_path(&path.value) {
                let message = match path.value.as_str() {
                    "" => "empty script path".to_owned(),
                    path => format!("bad script path `{path}`"),
                };
                problems.help(
                    path.span,
                    message,
                    "write the path of a file below `scripts/`, like `\"parse/rows.js\"`",
                );
            }
        }
    }
}

/// An event's kind is a plain word that means nothing else.
pub(super) fn check_kind(kind: &Str, problems: &mut Problems) {
    let name = &kind.value;
    if ["done", "error", "recording", "skipped", "gap", "message"].contains(&name.as_str()) {
        problems.help(kind.span, format!("the event kind `{name}` is reserved"), "choose another kind");
    } else if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c)) {
        let help = "a kind has letters `A-Za-z`, digits, `_`, `.` and `-`";
        problems.help(kind.span, format!("bad event kind `{name}`"), help);
    }
}

/// An attribute's name is one that HTML can have.
pub(super) fn check_attribute(attribute: &Str, problems: &mut Problems) {
    let name = &attribute.value;
    if let Some(hole) = template::find(name) {
        let message = format!("placeholder `{hole}` in an attribute's name");
        problems.help(attribute.span, message, "write the name itself");
    } else if name.is_empty() || name.contains(|c: char| c.is_whitespace() || "\"'<>/=\0".contains(c)) {
        problems.help(attribute.span, format!("bad attribute name `{name}`"), "write it as `href`");
    }
}

/// Each key of a map stands there once, and is what it says.
pub(super) fn check_keys(entries: &[Entry], problems: &mut Problems) {
    let mut keys = HashSet::new();
    for Entry { key, .. } in entries {
        if let Some(hole) = template::find(&key.value) {
            problems.help(key.span, format!("placeholder `{hole}` in a key"), "write the key itself");
        } else if !keys.insert(key.value.as_str()) {
            problems.help(key.span, format!("duplicate key `{}`", key.value), "remove it");
        }
    }
}

/// Each field of an `extract` has a name of its own.
pub(super) fn check_fields(fields: &mut Vec<Field>, problems: &mut Problems) {
    let mut names = HashSet::new();
    fields.retain(|Field { name, .. }| {
        let new = names.insert(name.text.clone());
        if !new {
            let message = format!("duplicate field `{}`", name.text);
            problems.help(name.span, message, "choose another name");
        }
        new
    });
}

/// What is gone through is a list, or may be one.
pub(super) fn check_list(list: &Value, problems: &mut Problems) {
    let maybe = match list {
        Value::List(_) | Value::Rust(_) => true,
        Value::Text(template) => template.single().is_some(),
        _ => false,
    };
    if !maybe {
        let help = match list {
            Value::Map(_) => "write it in a list: `[{ … }]`",
            _ => "write `\"{{name}}\"` or `[…]`",
        };
        problems.help(span(list), format!("expected a list, found {}", found(list)), help);
    }
}

/// What an event carries is a map, or may be one.
pub(super) fn check_data(data: &Value, problems: &mut Problems) {
    let maybe = match data {
        Value::Map(_) | Value::Rust(_) => true,
        Value::Text(template) => template.single().is_some(),
        _ => false,
    };
    if !maybe {
        let message = format!("expected a map, found {}", found(data));
        problems.help(span(data), message, "write `data { key: VALUE }`");
    }
}

/// Only a list can be cut.
pub(super) fn check_limit(extract: &Extract, problems: &mut Problems) {
    let span = match &extract.limit {
        Some(Arg::Literal(limit)) => limit.span,
        Some(Arg::Rust(rust)) => rust.span,
        Some(Arg::Hole(held)) => held.span,
        None => return,
    };
    if !extract.repeat {
        let help = "write `repeat limit N` for a list, or remove it: one object is read from the first match";
        problems.help(span, "`limit` without `repeat`", help);
    }
}

/// What is tried is tried at least once.
pub(super) fn check_times(times: &Arg<u64>, problems: &mut Problems) {
    if let Arg::Literal(times) = times
        && times.value == 0
    {
        problems.help(times.span, "`retry 0` would run nothing", "write 1 or more");
    }
}

/// What is bounded may happen once at least.
pub(super) fn check_some(count: Option<&Arg<u64>>, word: &str, problems: &mut Problems) {
    if let Some(Arg::Literal(count)) = count
        && count.value == 0
    {
        problems.help(count.span, format!("`{word} 0` would run nothing"), "write 1 or more");
    }
}

/// Rust code does not leave its step. Where it has functions of its own, rustc says it.
pub(super) fn check_rust(tokens: &TokenStream, word: &str, problems: &mut Problems) {
    let (mut found, mut nested) = (Vec::new(), false);
    each_token(tokens, &mut |token| match token {
        TokenTree::Ident(ident) if ident == "return" => found.push(ident.span()),
        TokenTree::Ident(ident) => nested |= ident == "fn" || ident == "async",
        TokenTree::Punct(punct) => nested |= punct.as_char() == '|',
        TokenTree::Group(_) | TokenTree::Literal(_) => {}
    });
    if nested {
        return;
    }
    for span in found {
        let help = "a step `return VALUE` ends the run with a value, and `?` with an error";
        problems.help(span, format!("`return` in `{word}`"), help);
    }
}

fn each_token(tokens: &TokenStream, see: &mut impl FnMut(&TokenTree)) {
    for token in tokens.clone() {
        see(&token);
        if let TokenTree::Group(group) = &token {
            each_token(&group.stream(), see);
        }
    }
}

/// What a value is, in a message.
pub(super) fn found(value: &Value) -> &'static str {
    match value {
        Value::Text(_) => "a string",
        Value::Int(_) | Value::Float(_) => "a number",
        Value::Bool(_) => "a bool",
        Value::Null(_) => "`null`",
        Value::List(_) => "a list",
        Value::Map(_) => "a map",
        Value::Rust(_) => "Rust",
    }
}

/// Where a value stands.
pub(super) fn span(value: &Value) -> Span {
    match value {
        Value::Text(template) => template.span,
        Value::Int(number) => number.span,
        Value::Float(number) => number.span,
        Value::Bool(bool) => bool.span,
        Value::Null(null) => null.span,
        Value::List(list) => list.span,
        Value::Map(map) => map.span,
        Value::Rust(rust) => rust.span,
    }
}
