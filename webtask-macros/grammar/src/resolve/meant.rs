//! Finds in a string's text what other languages write for a placeholder: `${name}`, `{name}`, `$name`, `%s`.
//!
//! Only a name that is in scope counts: any other `{…}` is text.

use super::scope::Scope;
use crate::template::is_name;

/// What stands in the text, and what is written here instead.
#[derive(Debug, PartialEq)]
pub(super) struct Meant {
    pub(super) written: String,
    pub(super) help: String,
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
    let right = lookup(inside.trim(), scope)?;
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
    Some(Meant { written: format!("%{letter}"), help })
}

/// `<%= name %>`
fn tag(text: &str, start: usize, scope: &Scope) -> Option<Meant> {
    let inner = text[start..].strip_prefix("<%")?;
    let inside = closed(inner, "%>")?;
    let right = lookup(inside.trim_start_matches(['=', '-']).trim(), scope)?;
    Some(meant(&text[start..start + inside.len() + 4], &right))
}

fn meant(written: &str, right: &str) -> Meant {
    Meant { written: written.to_owned(), help: format!("write `{{{{{right}}}}}`") }
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
        find(text, true, &scope)
            .into_iter()
            .map(|meant| format!("{} | {}", meant.written, meant.help))
            .collect()
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
