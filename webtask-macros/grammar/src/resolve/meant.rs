//! Finds in a string's text what other languages write for a placeholder: `${name}`, `{name}`, `$name`, `%s`.
//!
//! Only a name that is in scope counts, written exactly so: any other `{…}` is text, and source code is looked at by nobody.

use super::scope::Scope;
use crate::ast::{Part, Template};
use crate::template::is_name;

/// What stands in the text, and what is written here instead.
#[derive(Debug, PartialEq)]
pub(super) struct Meant {
    pub(super) written: String,
    pub(super) help: String,
}

/// Whether a string is source code of a kind in which `{name}` and `$name` have a meaning of their own: JavaScript, CSS,
/// JSON, GraphQL, LaTeX, a shell's.
pub(super) fn is_source(template: &Template) -> bool {
    let texts = template.parts.iter().filter_map(|part| match part {
        Part::Text(text) => Some(text.as_str()),
        Part::Hole(_) => None,
    });
    texts.into_iter().any(is_code)
}

fn is_code(text: &str) -> bool {
    const MARKS: &[&str] = &["`", "=>", "\\", "();", "$(", "<script", "<style", "<?"];
    const WORDS: &[&str] =
        &["return", "const", "let", "var", "import", "export", "function", "query", "mutation"];
    let begins = |word: &str| {
        text.trim_start().strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '{', '(']))
    };
    let ends = text.trim_end().ends_with(';');
    MARKS.iter().any(|mark| text.contains(mark))
        || WORDS.iter().any(|word| begins(word))
        || ends
        || other_braces(text)
}

/// Whether braces stand around something else than a name and what is taken of it.
fn other_braces(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        if rest.as_bytes()[at] == b'}' {
            return true;
        }
        let inner = &rest[at + 1..];
        let Some(end) = inner.find(['{', '}']) else { return true };
        let before = &rest[..at];
        let dollar = before.ends_with('$');
        let path = |c: char| c.is_alphanumeric() || "_.[]'\"-".contains(c);
        let named = inner[..end].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        // `${name || "x"}` has what it likes; elsewhere stands a name alone, and not after a call's `(`.
        let name = named && inner[..end].chars().all(path);
        let called =
            before.strip_suffix('(').is_some_and(|head| head.ends_with(|c: char| c.is_alphanumeric()));
        if inner.as_bytes()[end] == b'{' || called && !dollar || !(name || dollar || before.ends_with('%')) {
            return true;
        }
        rest = &inner[end + 1..];
    }
    false
}

/// Each placeholder of another language in a text; `alone` tells that the string has none of ours.
pub(super) fn find(text: &str, alone: bool, scope: &Scope) -> Vec<Meant> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['{', '$', '%', '<']) {
        let start = at + next;
        let meant = match text.as_bytes()[start] {
            b'{' => braced(text, start, scope),
            b'$' => dollar(text, start, scope),
            b'%' => percent(text, start, alone, scope),
            _ => tag(text, start, scope),
        };
        at = start + meant.as_ref().map_or(1, |meant| meant.written.len());
        found.extend(meant);
    }
    found
}

/// `{name}`, `{name.field}`, `{rows[0].title}`
fn braced(text: &str, start: usize, scope: &Scope) -> Option<Meant> {
    // `{{{{name}}` is the text `{{name}}`, as somebody has asked for it.
    if text[..start].ends_with('{') {
        return None;
    }
    let inside = closed(&text[start + 1..], "}")?;
    let right = lookup(inside, scope)?;
    Some(meant(&text[start..start + inside.len() + 2], &right))
}

/// `${name}`, `${name || "x"}`, `$name`
fn dollar(text: &str, start: usize, scope: &Scope) -> Option<Meant> {
    let rest = &text[start + 1..];
    if let Some(inner) = rest.strip_prefix('{') {
        let inside = closed(inner, "}")?;
        let right = lookup(inside.trim(), scope).or_else(|| named(inside.trim(), scope))?;
        return Some(meant(&text[start..start + inside.len() + 3], &right));
    }
    let name = named(rest, scope)?;
    let after_word = text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '$');
    (!after_word).then(|| meant(&text[start..start + 1 + name.len()], &name))
}

/// `%s`, `%d`, `%{name}`, `%(name)s`
fn percent(text: &str, start: usize, alone: bool, scope: &Scope) -> Option<Meant> {
    let rest = &text[start + 1..];
    if let Some(inner) = rest.strip_prefix('{') {
        let inside = closed(inner, "}")?;
        let right = lookup(inside.trim(), scope)?;
        return Some(meant(&text[start..start + inside.len() + 3], &right));
    }
    if let Some(inner) = rest.strip_prefix('(') {
        let inside = closed(inner, ")")?;
        let right = lookup(inside, scope)?;
        let letter = inner[inside.len() + 1..].chars().next().filter(char::is_ascii_alphabetic);
        let length = inside.len() + 3 + letter.map_or(0, char::len_utf8);
        return Some(meant(&text[start..start + length], &right));
    }
    let letter = rest.chars().next().filter(|c| matches!(c, 's' | 'd'))?;
    let ends = !rest[1..].starts_with(|c: char| c.is_alphanumeric() || c == '%');
    // `100%`, `%%s`, and `%d/%m/%Y`, which is a date.
    let begins = !text[..start].ends_with(|c: char| c.is_ascii_digit() || c == '%');
    let other = text.match_indices('%').any(|(at, _)| {
        text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() && !matches!(c, 's' | 'd'))
    });
    let names: Vec<_> = scope.names().map(|name| format!("`{{{{{name}}}}}`")).collect();
    if !(alone && ends && begins) || other || names.is_empty() {
        return None;
    }
    let help = match names.as_slice() {
        [one] => format!("write {one}"),
        _ => format!("write the value's name: {}", names.join(", ")),
    };
    let written = format!("%{letter}");
    let help = format!("{help}, or `\\u{{25}}{letter}` for the text");
    Some(Meant { written, help })
}

/// `<%= name %>`
fn tag(text: &str, start: usize, scope: &Scope) -> Option<Meant> {
    let inner = text[start..].strip_prefix("<%")?;
    let inside = closed(inner, "%>")?;
    let right = lookup(inside.trim_start_matches(['=', '-']).trim(), scope)?;
    Some(meant(&text[start..start + inside.len() + 4], &right))
}

fn meant(written: &str, right: &str) -> Meant {
    let help = match as_text(written) {
        Some(text) => format!("write `{{{{{right}}}}}`, or `{text}` for the text"),
        None => format!("write `{{{{{right}}}}}`"),
    };
    Meant { written: written.to_owned(), help }
}

/// How it is written where it is meant as text.
fn as_text(written: &str) -> Option<String> {
    let rest = written.get(1..)?;
    let code = match written.as_bytes()[0] {
        b'{' => "7b",
        b'$' => "24",
        b'%' => "25",
        _ => return None,
    };
    (!rest.contains(['"', '\\'])).then(|| format!("\\u{{{code}}}{rest}"))
}

/// The text up to its end, on one line.
fn closed<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let inside = &text[..text.find(end)?];
    (!inside.contains(['{', '\n'])).then_some(inside)
}

/// A name in scope with what is taken of it, in the spelling of a placeholder.
fn lookup(inside: &str, scope: &Scope) -> Option<String> {
    let name = named(inside, scope)?;
    let path = inside[name.len()..].replace(['[', '.'], "\u{0}").replace([']', '\'', '"'], "");
    if path.is_empty() {
        return Some(name);
    }
    let segments = path.strip_prefix('\u{0}')?.split('\u{0}').collect::<Vec<_>>();
    let good = |s: &&str| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    segments.iter().all(good).then(|| format!("{name}.{}", segments.join(".")))
}

/// The name at the beginning of a text, when it is in scope.
fn named(text: &str, scope: &Scope) -> Option<String> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    let name = &text[..end];
    (is_name(name) && scope.get(name).is_some()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;
    use crate::ast::Name;
    use crate::resolve::{Bound, By, Ty};

    fn told(text: &str, names: &[&str]) -> Vec<String> {
        let mut scope = Scope::default();
        for name in names {
            let name = Name { text: (*name).to_owned(), span: Span::call_site() };
            scope.add(Bound { name, ty: Ty::String, by: By::Input });
        }
        if is_code(text) {
            return Vec::new();
        }
        find(text, true, &scope)
            .into_iter()
            .map(|meant| {
                format!("{} | {}", meant.written, meant.help.split(", or `\\u").next().unwrap_or_default())
            })
            .collect()
    }

    #[test]
    fn what_is_meant_as_text_is_written_with_an_escape() {
        for (written, text) in
            [("{q}", "\\u{7b}q}"), ("${q}", "\\u{24}{q}"), ("$q", "\\u{24}q"), ("%(q)s", "\\u{25}(q)s")]
        {
            assert_eq!(meant(written, "q").help, format!("write `{{{{q}}}}`, or `{text}` for the text"));
        }
        assert_eq!(meant("<%= q %>", "q").help, "write `{{q}}`");
    }

    #[test]
    fn source_code_is_left_alone() {
        for text in [
            "const {q} = page",
            "import {q} from 'x'",
            "return {q}",
            "f({q})",
            "({q}) => q",
            "`for ${q}`",
            "a { color: red } b{q}",
            "@media{q{color:red}}",
            "{\"a\": {q}}",
            "query{q}",
            "{viewer{q}}",
            "{ q }",
            "query($q: ID!) { item(id: $q) { rows } }",
            "\\frac{q}{rows}",
            "^\\d{2}{q}",
            "x{2,3}{q}",
            "$(echo $q)",
            "<script>let a = {q}</script>",
            "p{q}; x;",
            "{% if q %}{q}{% endif %}",
        ] {
            assert_eq!(told(text, &["q", "rows"]), [""; 0], "{text}");
        }
        for text in
            ["a ({q}) b", "{q}\n{rows.0}", "<b>{q}</b>", "q={q}&rows={rows}", "{q}; {rows}", "item{q}"]
        {
            assert!(!told(text, &["q", "rows"]).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_placeholders_of_other_languages() {
        for (text, expected) in [
            ("a ${q} b", "${q} | write `{{q}}`"),
            ("${ q }", "${ q } | write `{{q}}`"),
            ("${q || 'x'}", "${q || 'x'} | write `{{q}}`"),
            ("{q}", "{q} | write `{{q}}`"),
            ("#{q}", "{q} | write `{{q}}`"),
            ("{rows[0].title}", "{rows[0].title} | write `{{rows.0.title}}`"),
            ("{rows.length}", "{rows.length} | write `{{rows.length}}`"),
            ("{rows[0]['a-b']}", "{rows[0]['a-b']} | write `{{rows.0.a-b}}`"),
            ("for $q.", "$q | write `{{q}}`"),
            ("%{q}", "%{q} | write `{{q}}`"),
            ("%(q)s", "%(q)s | write `{{q}}`"),
            ("<%= q %>", "<%= q %> | write `{{q}}`"),
            ("found %s", "%s | write the value's name: `{{q}}`, `{{rows}}`"),
            ("%d rows", "%d | write the value's name: `{{q}}`, `{{rows}}`"),
        ] {
            assert_eq!(told(text, &["q", "rows"]), [expected], "{text}");
        }
        assert_eq!(told("%s", &["q"]), ["%s | write `{{q}}`"]);
        assert_eq!(told("${q} {q}", &["q"]).len(), 2);
    }

    #[test]
    fn what_is_text() {
        for text in [
            "${x}",
            "{x}",
            "$x",
            "{}",
            "{ }",
            "{0}",
            "US$q",
            "$qq",
            "{q: 1}",
            "a{color:red}",
            "{\"q\": 1}",
            "{q",
            "q}",
            "{ q and }",
            "100%s",
            "%%s",
            "%d/%m/%Y",
            "%s%20",
            "%size",
            "$",
            "%",
            "<q>",
            "<%",
            "{q\n}",
            "$$q",
            "é{é}",
            "{{q}}",
        ] {
            assert_eq!(told(text, &["q", "rows"]), [""; 0], "{text}");
        }
        assert_eq!(told("%s", &[]), [""; 0]);
    }
}
