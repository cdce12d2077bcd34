//! Writes a logical line: one space between its tokens, and brackets over several lines indented.

use crate::text::Source;
use crate::text::dedent::{blank, dedent};
use crate::text::scan::{Kind, Token};
use crate::text::spell::bare_source;

/// The space before a line.
pub(super) fn indent(depth: usize) -> String {
    " ".repeat(4 * depth)
}

/// The line's tokens, indented so deep where it goes on.
pub(super) fn line(source: &Source, tokens: &[Token], depth: usize) -> String {
    if let Some(at) = bare_source(tokens) {
        let script = source.slice(tokens[at].start, tokens[tokens.len() - 1].end);
        return format!("{} {script}", line(source, &tokens[..at], depth));
    }
    let broken = broken(tokens);
    let mut out = String::new();
    // Of each open bracket, whether its text stands on lines of its own.
    let mut open: Vec<bool> = Vec::new();
    let mut breaks = 0;
    let mut before: Option<&Token> = None;
    for (index, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Break {
            breaks += 1;
            continue;
        }
        let opened = matches!(before, Some(Token { kind: Kind::Open(_), .. }));
        let first = opened && open.last() == Some(&true) && token.kind != Kind::Comment;
        let last = matches!(token.kind, Kind::Close(_)) && open.pop() == Some(true);
        let depth = depth + open.iter().filter(|broken| **broken).count();
        if breaks > 0 || first || last {
            out.push_str(if breaks > 1 && !opened && !last { "\n\n" } else { "\n" });
            out.push_str(&indent(depth));
        } else if let Some(before) = before {
            out.push_str(space(before, token, !open.is_empty()));
        }
        if matches!(token.kind, Kind::Open(_)) {
            open.push(broken[index]);
        }
        let text = source.slice(token.start, token.end);
        match token.kind {
            Kind::Text(_) if text.contains('\n') => out.push_str(&long(&text, depth)),
            Kind::Comment => out.push_str(text.trim_end()),
            _ => out.push_str(&text),
        }
        breaks = 0;
        before = Some(token);
    }
    out
}

/// Of each opening bracket, whether a line is broken right inside it, not just in a bracket of its own.
fn broken(tokens: &[Token]) -> Vec<bool> {
    let mut broken = vec![false; tokens.len()];
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open(_) => open.push(index),
            Kind::Close(_) => {
                open.pop();
            }
            Kind::Break => {
                if let Some(open) = open.last() {
                    broken[*open] = true;
                }
            }
            _ => {}
        }
    }
    broken
}

/// What stands between two tokens of one line.
fn space(before: &Token, token: &Token, inside: bool) -> &'static str {
    let adjacent = before.end == token.start;
    match (&before.kind, &token.kind) {
        (_, Kind::Comment) => "  ",
        (Kind::Open(_), Kind::Close(_)) | (_, Kind::Punct(',')) => "",
        (Kind::Open('{'), _) | (_, Kind::Close('}')) => " ",
        (Kind::Open(_), _) | (_, Kind::Close(_)) => "",
        (_, Kind::Open(_)) | (Kind::Punct(','), _) => " ",
        (Kind::Punct('=' | '!' | '<' | '>'), Kind::Punct('=')) if adjacent => "",
        // An operator stands apart from what it compares; a sign belongs to its number.
        (_, Kind::Punct('=' | '!' | '<' | '>')) | (Kind::Punct('=' | '<' | '>'), _) => " ",
        (_, Kind::Punct(':')) if inside => "",
        (Kind::Punct(':'), _) if inside => " ",
        _ if adjacent => "",
        _ => " ",
    }
}

/// A `"""` string over several lines, its text indented once more than the line.
fn long(text: &str, depth: usize) -> String {
    let inside = |text: &str| text.get(3..text.len().saturating_sub(3)).map(dedent);
    let Some(value) = inside(text) else { return text.to_owned() };
    let pad = indent(depth + 1);
    let lines =
        value.split('\n').map(|line| if blank(line) { "\n".to_owned() } else { format!("\n{pad}{line}") });
    let new = format!("\"\"\"{}\n{}\"\"\"", lines.collect::<String>(), indent(depth));
    // Where what stands on the first line would have to move, it stays as it is.
    if inside(&new).as_ref() == Some(&value) { new } else { text.to_owned() }
}
