//! Finds the placeholders in a string; it knows nothing of what they name, nor of where the string stands.

use proc_macro2::Span;

use crate::ast::{Hole, Part, Place, Template};
use crate::problem::Problems;

/// Finds the placeholders of the string that a literal, written as `repr`, stands for.
///
/// One that is badly written is told and stands as `x` in the template.
pub(crate) fn parse(value: &str, repr: &str, span: Span, problems: &mut Problems) -> Template {
    let columns = Columns::of(repr);
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut at = 0;
    while let Some(found) = value[at..].find("{{") {
        let open = at + found;
        text.push_str(&value[at..open]);
        let rest = &value[open..];
        if rest.starts_with("{{{{") {
            text.push_str("{{");
            at = open + 4;
            continue;
        }
        let column = columns.get(value[..open].chars().count());
        let Some(length) = rest[2..].find("}}") else {
            problems.help(
                span,
                format!("unclosed `{{{{` at character {}", column + 1),
                "close it with `}}`, or write `{{{{` for a literal `{{`",
            );
            text.push('x');
            at = value.len();
            break;
        };
        let inside = &rest[2..2 + length];
        match hole(inside, column) {
            Some(hole) => {
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                parts.push(Part::Hole(hole));
            }
            None => {
                problems.help(
                    span,
                    format!("bad placeholder `{{{{{inside}}}}}` at character {}", column + 1),
                    advice(inside),
                );
                text.push('x');
            }
        }
        at = open + 2 + length + 2;
    }
    text.push_str(&value[at..]);
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Template { parts, span, escaped: escaped(repr) }
}

/// Whether a literal has what begins a placeholder, here or elsewhere, as an escape.
fn escaped(repr: &str) -> bool {
    const ESCAPES: &[&str] = &["\\u{7b}", "\\u{24}", "\\u{25}", "\\x7b", "\\x24", "\\x25"];
    repr.contains('\\') && ESCAPES.iter().any(|escape| repr.to_ascii_lowercase().contains(escape))
}

/// The first placeholder in a text that may have none, and in which `{{` alone means nothing: source code, a regex.
pub(crate) fn find(value: &str) -> Option<&str> {
    let opens = (0..value.len()).filter(|at| value.is_char_boundary(*at) && value[*at..].starts_with("{{"));
    opens.into_iter().find_map(|open| {
        let length = value[open + 2..].find("}}")?;
        hole(&value[open + 2..open + 2 + length], 0)?;
        Some(&value[open..open + 2 + length + 2])
    })
}

/// Whether it is a name: `[A-Za-z_][A-Za-z0-9_]*`.
pub(crate) fn is_name(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_digit())
        && !text.is_empty()
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Reads what stands between `{{` and `}}`.
fn hole(inside: &str, column: usize) -> Option<Hole> {
    let (lookup, fallback) = match inside.split_once('|') {
        Some((lookup, rest)) => (lookup, Some(rest.strip_prefix("or:")?.to_owned())),
        None => (inside, None),
    };
    let mut segments = lookup.split('.');
    let name = segments.next().filter(|name| is_name(name))?.to_owned();
    let path: Vec<_> = segments.map(ToOwned::to_owned).collect();
    let good = |s: &String| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    path.iter().all(good).then_some(Hole { name, path, fallback, place: Place::Text, column })
}

/// What to write instead of a bad placeholder.
fn advice(inside: &str) -> String {
    const GENERAL: &str =
        "write `{{name}}`, `{{name.field}}` or `{{name|or:text}}`, and `{{{{` for a literal `{{`";
    let (lookup, rest) = match inside.find(['|', '?']) {
        Some(at) => (&inside[..at], Some(&inside[at..])),
        None => (inside, None),
    };
    // `{name`, `$name`, `rows[0].title`: as other languages write them.
    let lookup = lookup.trim().trim_start_matches(['{', '$', '=', '-', '#']).trim_start_matches("this.");
    let lookup = lookup.replace("['", ".").replace("[\"", ".").replace('[', ".");
    let lookup: String = lookup.replace(['\'', '"', ']', ' ', '}'], "");
    let written = match rest {
        None => lookup,
        Some(rest) => match otherwise(rest) {
            Some(text) => format!("{lookup}|or:{text}"),
            None if hole(&lookup, 0).is_some() => {
                return format!("write `{{{{{lookup}}}}}`: a placeholder has no filters, only `|or:text`");
            }
            None => lookup,
        },
    };
    if written != inside && hole(&written, 0).is_some() {
        format!("write `{{{{{written}}}}}`")
    } else {
        GENERAL.to_owned()
    }
}

/// The fallback that was meant by what follows a placeholder's name; none for a filter.
fn otherwise(rest: &str) -> Option<String> {
    const FILTERS: &[&str] = &[
        "upper",
        "uppercase",
        "lower",
        "lowercase",
        "trim",
        "strip",
        "json",
        "urlencode",
        "escape",
        "e",
        "safe",
        "raw",
        "int",
        "string",
        "length",
        "first",
        "last",
    ];
    let plain = rest.trim_start_matches(['|', '?']).trim_start();
    let double = rest.starts_with("||") || rest.starts_with("??");
    let text = ["or", "default", "else"].into_iter().find_map(|word| {
        let text = plain.strip_prefix(word)?.trim_start();
        text.strip_prefix([':', '(']).or_else(|| text.is_empty().then_some(""))
    });
    let bare = double || word_is_quoted(plain);
    match text {
        Some(text) if bare || plain.starts_with("default") => {
            Some(unquoted(text.trim_end_matches(')')).to_owned())
        }
        Some(text) => Some(text.to_owned()),
        None if bare => Some(unquoted(plain).to_owned()),
        None if FILTERS.contains(&plain.trim().split(['(', ':', ' ']).next().unwrap_or_default()) => None,
        None => Some(plain.to_owned()),
    }
}

fn word_is_quoted(text: &str) -> bool {
    text.starts_with(['\'', '"'])
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['\'', '"'])
}

/// Where each character of a string stands in its literal.
struct Columns {
    /// The place of each character; empty for a raw string, where they are the same.
    escaped: Vec<usize>,
}

impl Columns {
    fn of(repr: &str) -> Self {
        if !repr.starts_with('"') || !repr.contains('\\') {
            return Columns { escaped: Vec::new() };
        }
        let source: Vec<char> = repr.chars().skip(1).collect();
        let mut escaped = Vec::new();
        let mut at = 0;
        while at < source.len() {
            let length = match (source[at], source.get(at + 1)) {
                ('\\', Some('\n' | '\r')) => {
                    at += 1;
                    while source.get(at).is_some_and(|c| " \n\r\t".contains(*c)) {
                        at += 1;
                    }
                    continue;
                }
                ('\\', Some('x')) => 4,
                ('\\', Some('u')) => source[at..].iter().position(|c| *c == '}').map_or(2, |close| close + 1),
                ('\\', Some(_)) => 2,
                _ => 1,
            };
            escaped.push(at);
            at += length;
        }
        Columns { escaped }
    }

    fn get(&self, index: usize) -> usize {
        self.escaped.get(index).copied().unwrap_or(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let mut problems = Problems::new();
        let repr = format!("{text:?}");
        let template = parse(text, &repr, Span::call_site(), &mut problems);
        let parts = template
            .parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => format!("'{text}'"),
                Part::Hole(hole) => {
                    let path = hole.path.iter().fold(hole.name.clone(), |all, s| format!("{all}.{s}"));
                    match &hole.fallback {
                        Some(text) => format!("{path} or '{text}' @{}", hole.column),
                        None => format!("{path} @{}", hole.column),
                    }
                }
            })
            .collect();
        let told = problems
            .take()
            .into_iter()
            .map(|p| format!("{} / {}", p.message, p.help.unwrap_or_default()))
            .collect();
        (parts, told)
    }

    fn parts(text: &str) -> Vec<String> {
        let (parts, told) = read(text);
        assert_eq!(told, Vec::<String>::new());
        parts
    }

    #[test]
    fn texts_and_placeholders_alternate() {
        assert_eq!(parts(""), Vec::<String>::new());
        assert_eq!(parts("plain } }} {"), ["'plain } }} {'"]);
        assert_eq!(parts("{{a}}"), ["a @0"]);
        assert_eq!(parts("a {{b.c-d.0}} e{{_f}}"), ["'a '", "b.c-d.0 @2", "' e'", "_f @15"]);
        assert_eq!(parts("{{a}}{{b}}"), ["a @0", "b @5"]);
    }

    #[test]
    fn a_fallback_runs_to_the_first_closing_braces() {
        assert_eq!(parts("{{a|or:}}"), ["a or '' @0"]);
        assert_eq!(parts("{{a.b|or: x|or:{{ y }}z"), ["a.b or ' x|or:{{ y ' @0", "'z'"]);
        assert_eq!(parts("{{a|or:}}}"), ["a or '' @0", "'}'"]);
    }

    #[test]
    fn four_braces_are_two() {
        assert_eq!(parts("{{{{a}}"), ["'{{a}}'"]);
        assert_eq!(parts("{{{{{{a}}"), ["'{{'", "a @4"]);
        assert_eq!(parts("{{{{{{{{"), ["'{{{{'"]);
    }

    #[test]
    fn columns_count_the_literal_s_characters() {
        assert_eq!(parts("\n\"é{{a}}"), ["'\n\"é'", "a @5"]);
        assert_eq!(parts("\u{200b}{{a}}"), ["'\u{200b}'", "a @8"]);
    }

    #[test]
    fn bad_placeholders_are_told_once() {
        let cases = [
            ("{{ a }}", "bad placeholder `{{ a }}` at character 1", "write `{{a}}`"),
            ("{{a | or: b}}", "bad placeholder `{{a | or: b}}` at character 1", "write `{{a|or: b}}`"),
            ("{{a|b}}", "bad placeholder `{{a|b}}` at character 1", "write `{{a|or:b}}`"),
            (
                "x{{1}}",
                "bad placeholder `{{1}}` at character 2",
                "write `{{name}}`, `{{name.field}}` or `{{name|or:text}}`, and `{{{{` for a literal `{{`",
            ),
            (
                "\n{{a",
                "unclosed `{{` at character 3",
                "close it with `}}`, or write `{{{{` for a literal `{{`",
            ),
        ];
        for (text, message, help) in cases {
            assert_eq!(read(text).1, [format!("{message} / {help}")], "{text}");
        }
        for text in
            ["{{}}", "{{a.}}", "{{a..b}}", "{{.a}}", "{{a|}}", "{{a b}}", "{{é}}", "{{a.é}}", "{{{a}}}"]
        {
            assert_eq!(read(text).1.len(), 1, "{text}");
        }
    }

    #[test]
    fn source_code_has_placeholders_only_of_names() {
        assert_eq!(find("f({{a:1}})"), None);
        assert_eq!(find("{{ a }}"), None);
        assert_eq!(find("{{"), None);
        assert_eq!(find("let x = '{{a.b|or:c}}'"), Some("{{a.b|or:c}}"));
        assert_eq!(find("{{{a}}}"), Some("{{a}}"));
    }
}
