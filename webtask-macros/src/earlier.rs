//! Finds tasks of the same name that an earlier `webtask!` of the same module has.
//!
//! Each call is expanded by itself, so rustc would tell of every item that comes twice. The source file says it better:
//! its tokens are read once more, and only if its text has such a name twice.

use proc_macro2::{Delimiter, LineColumn, TokenStream, TokenTree};
use webtask_grammar::ast::Task;
use webtask_grammar::{Problems, function_name, parse};

use crate::door::Apart;

/// The macro whose calls are looked for.
const MACRO: &str = "webtask";

/// Adds a problem at each task whose function an earlier call in the same module has, and says which these are.
pub(crate) fn check(tasks: &[Task], problems: &mut Problems) -> Vec<String> {
    let Some(first) = tasks.first() else { return Vec::new() };
    let span = first.slug.span;
    let Some(text) = span.local_file().and_then(|path| std::fs::read_to_string(path).ok()) else {
        return Vec::new();
    };
    if !tasks.iter().any(|task| stands_twice(&text, &task.name.text)) {
        return Vec::new();
    }
    let earlier = find(&text, span.start());
    let mut twice = Vec::new();
    for task in tasks {
        let name = &task.name.text;
        let Some(other) = earlier.iter().find(|other| other.function == *name) else { continue };
        let slug = &task.slug.value;
        let place = format!("{}:{}:{}", span.file(), other.place.line, other.place.column + 1);
        let (message, help) = match other.slug == *slug {
            true => (
                format!("duplicate task `{slug}`: the first is at {place}"),
                format!("change one of the slugs, or name the function: `task \"{slug}\" as NAME`"),
            ),
            false => (
                format!("task `{slug}` has the function `{name}` of task `{}` at {place}", other.slug),
                format!("give it another name: `task \"{slug}\" as NAME`"),
            ),
        };
        problems.help(task.slug.span, message, help);
        twice.push(name.clone());
    }
    twice
}

/// A task of an earlier call.
#[derive(Debug, PartialEq)]
struct Earlier {
    function: String,
    slug: String,
    place: LineColumn,
}

/// Whether a text names the function of several tasks so, by their slugs or by `as NAME`. To read its tokens costs more.
fn stands_twice(text: &str, name: &str) -> bool {
    let is_named = |(at, word): (usize, &str)| {
        let rest = text[at + word.len()..].trim_start().trim_start_matches(['r', '#']);
        let Some((slug, rest)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) else {
            return false;
        };
        let named = rest.trim_start_matches('#').trim_start().strip_prefix("as ");
        let named = named
            .and_then(|rest| rest.trim_start().split(|c: char| !(c.is_alphanumeric() || c == '_')).next());
        named.map_or_else(|| function_name(slug) == name, |named| named == name)
    };
    text.match_indices("task").filter(|found| is_named(*found)).nth(1).is_some()
}

/// The tasks of the calls that stand before the one around that place, in the same module.
fn find(text: &str, place: LineColumn) -> Vec<Earlier> {
    let _apart = Apart::new();
    let Ok(tokens) = text.parse::<TokenStream>() else { return Vec::new() };
    within(tokens, place).unwrap_or_default()
}

/// The same in one module's tokens; none when the call is not there.
fn within(tokens: TokenStream, place: LineColumn) -> Option<Vec<Earlier>> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let here = (group.span_open().start()..group.span_close().end()).contains(&place);
        match is_call(&tokens[..index]) {
            true if here => return Some(if is_conditional(&tokens[..index]) { Vec::new() } else { found }),
            true if !is_conditional(&tokens[..index]) => found.extend(tasks(group.stream())),
            false if here && group.delimiter() == Delimiter::Brace => return within(group.stream(), place),
            _ => {}
        }
    }
    None
}

/// Whether the tokens end with `webtask !`.
fn is_call(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Ident(name), TokenTree::Punct(bang)] if name == MACRO && bang.as_char() == '!')
}

/// Whether an attribute stands before the call, which may leave it out.
fn is_conditional(before: &[TokenTree]) -> bool {
    let path = |token: &&TokenTree| match token {
        TokenTree::Ident(ident) => ident == MACRO || ident == "crate",
        TokenTree::Punct(punct) => matches!(punct.as_char(), ':' | '!'),
        _ => false,
    };
    let rest = before.len() - before.iter().rev().take_while(path).count();
    // One of the module around it is `#![…]`.
    matches!(&before[..rest], [.., TokenTree::Punct(sign), TokenTree::Group(group)]
        if sign.as_char() == '#' && group.delimiter() == Delimiter::Bracket)
}

/// The tasks of a call, but for those with an attribute.
fn tasks(recipe: TokenStream) -> Vec<Earlier> {
    let tasks = parse(recipe, &mut Problems::new());
    let plain = tasks.into_iter().filter(|task| task.attrs.is_empty());
    plain
        .map(|task| Earlier {
            function: task.name.text,
            place: task.slug.span.start(),
            slug: task.slug.value,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found for the call with the mark.
    fn found(text: &str) -> Vec<String> {
        let at = text.find('@').expect("there is a mark");
        let line = text[..at].matches('\n').count() + 1;
        let column = text[..at].rsplit('\n').next().unwrap_or_default().chars().count();
        let text = text.replace('@', " ");
        find(&text, LineColumn { line, column })
            .into_iter()
            .map(|earlier| format!("{} {} {}", earlier.function, earlier.slug, earlier.place.line))
            .collect()
    }

    #[test]
    fn a_name_that_stands_twice() {
        for (text, expected) in [
            ("task \"a/b\" {} task \"a/b\" {}", true),
            ("task \"a/b\" {} task r#\"a-b\"# {}", true),
            ("task \"x\" as a_b {} pub task\n\"a/b\" {}", true),
            ("task \"a/b\" {} task \"a/b\" as c {}", false),
            ("task \"a/b\" {} call \"a/b\"", false),
            ("webtask! { task \"a/b\" {} } webtask!", false),
        ] {
            assert_eq!(stands_twice(text, "a_b"), expected, "{text}");
        }
    }

    #[test]
    fn calls_of_the_same_module() {
        let two = "webtask! { task \"a/b\" { wait 0; } }\nwebtask::webtask! { @task \"a/b\" { wait 0; } }";
        assert_eq!(found(two), ["a_b a/b 1"]);
        assert_eq!(found(&format!("//! Prices.\n#![deny(warnings)]\n{two}")), ["a_b a/b 3"]);
        assert_eq!(found(&format!("mod x {{ {two} }}")), ["a_b a/b 1"]);
        assert_eq!(
            found("webtask! { task \"a\" as b { } task \"c\" { } }\nfn f() {}\nwebtask! { @ }"),
            ["b a 1", "c c 1"]
        );
    }

    #[test]
    fn calls_of_other_modules_later_ones_and_such_as_may_be_left_out() {
        for text in [
            "webtask! { @task \"a\" { } }\nwebtask! { task \"a\" { } }",
            "mod x { webtask! { task \"a\" { } } }\nmod y { webtask! { @task \"a\" { } } }",
            "webtask! { task \"a\" { } }\nmod y { use webtask::webtask; webtask! { @task \"a\" { } } }",
            "#[cfg(x)] webtask! { task \"a\" { } }\nwebtask! { @task \"a\" { } }",
            "webtask! { task \"a\" { } }\n#[cfg(x)]\nwebtask::webtask! { @task \"a\" { } }",
            "webtask! { #[cfg(x)] task \"a\" { } }\nwebtask! { @task \"a\" { } }",
            "webtask! { task \"a\" { } }\nother! { @task \"a\" { } }",
            "webtask! { task \"a\" { }\nwebtask! { @task \"a\" { } }",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
