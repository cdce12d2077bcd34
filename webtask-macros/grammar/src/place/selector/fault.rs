//! Says what is wrong with a selector, and where. Whether something is, the grammar decides.

use super::grammar::{PLAIN, WITH, reads};
use super::piece::{Kind, Piece, pieces, solid, trimmed};
use crate::keyword::nearest;

/// What is wrong with a selector.
#[derive(Debug, PartialEq)]
pub(crate) struct Fault {
    /// The byte where it begins.
    pub(crate) at: usize,
    pub(crate) why: String,
    /// What to write instead, where more can be said than that it is a selector.
    pub(crate) help: Option<String>,
}

/// How a class is written.
const CLASS: &str = "write a class as `.name`; one that begins with a digit is `[class~=\"1a\"]`";

/// The first thing that is wrong with a selector; each `>>` in it enters what is before.
pub(super) fn find(selector: &str) -> Option<Fault> {
    if let Some(fault) = bad(selector, 0, selector.len()) {
        let is_path = selector.starts_with('/') && !selector.starts_with("/*");
        return Some(match is_path {
            true => Fault { help: Some("this is XPath: write it as `xpath=//main//a`".to_owned()), ..fault },
            false => fault,
        });
    }
    let pieces = pieces(selector, 0, selector.len());
    let (mut start, mut ends) = (0, Vec::new());
    for (at, pair) in pieces.windows(2).enumerate() {
        let enters = pair.iter().all(|piece| piece.kind == Kind::Sign('>')) && pair[0].end == pair[1].start;
        if enters && at >= start {
            ends.push((start, at));
            start = at + 2;
        }
    }
    let is_entering = !ends.is_empty();
    ends.push((start, pieces.len()));
    for (number, &(start, end)) in ends.iter().enumerate() {
        let part = trimmed(&pieces[start..end]);
        let (Some(first), Some(last)) = (part.first(), part.last()) else {
            let before = number + 1 < ends.len();
            let at = if before { pieces[end].start } else { pieces[start - 1].start - 1 };
            return Some(fault(at, if before { "nothing before `>>`" } else { "nothing after `>>`" }));
        };
        if &selector[first.start..last.end] == "." {
            match number {
                0 => continue,
                _ => return Some(fault(first.start, "`.` after `>>`")),
            }
        }
        if let Some(mut found) = list(selector, first.start, last.end, false, None) {
            if is_entering && found.help.is_none() {
                found.help =
                    Some("each part beside a `>>` is a CSS selector, like `\"iframe#a >> .b\"`".into());
            }
            return Some(found);
        }
    }
    None
}

fn fault(at: usize, why: impl Into<String>) -> Fault {
    Fault { at, why: why.into(), help: None }
}

pub(super) fn helped(at: usize, why: impl Into<String>, help: impl Into<String>) -> Fault {
    Fault { at, why: why.into(), help: Some(help.into()) }
}

/// The first thing that no selector contains, however it is read.
fn bad(text: &str, from: usize, to: usize) -> Option<Fault> {
    for piece in pieces(text, from, to) {
        if piece.kind == Kind::Bad {
            return Some(unexpected(text, &piece));
        }
        if let Some((start, end)) = piece.inner {
            if start > end {
                return Some(fault(piece.start, "nested too deep"));
            }
            let inner = pieces(text, start, end);
            if piece.kind == Kind::Square
                && let [.., value, flag] = solid(&inner).as_slice()
                && matches!(value.kind, Kind::Name | Kind::Text)
                && text[flag.start..flag.end].eq_ignore_ascii_case("s")
            {
                return Some(helped(
                    flag.start,
                    "unknown flag `s`",
                    "leave it out: capitals count without `i`",
                ));
            }
            if let Some(fault) = bad(text, start, end) {
                return Some(fault);
            }
        }
    }
    None
}

/// A piece where it may not stand.
fn unexpected(text: &str, piece: &Piece) -> Fault {
    let written = &text[piece.start..piece.end];
    let shown = match written.chars().next() {
        Some('"' | '\'') if piece.kind == Kind::Bad => {
            return fault(piece.start, "unexpected line end in a string");
        }
        // A bracket with all that it holds says less.
        Some(c @ ('{' | '(' | '[')) => c.to_string(),
        _ if piece.inner.is_some() || written.starts_with("url(") => {
            written.split_inclusive('(').next().unwrap_or(written).to_owned()
        }
        _ => written.to_owned(),
    };
    fault(piece.start, format!("unexpected `{shown}`"))
}

/// What is wrong with a list of selectors; `inside` names the pseudo-class in whose brackets it stands.
fn list(text: &str, from: usize, to: usize, has: bool, inside: Option<&str>) -> Option<Fault> {
    if reads(&text[from..to], has) {
        return None;
    }
    let pieces = pieces(text, from, to);
    for (number, part) in pieces.split(|piece| piece.kind == Kind::Comma).enumerate() {
        let part = trimmed(part);
        let (Some(first), Some(last)) = (part.first(), part.last()) else {
            let commas: Vec<_> = pieces.iter().filter(|piece| piece.kind == Kind::Comma).collect();
            return Some(match (commas.get(number), inside) {
                (Some(comma), _) => fault(comma.start, "nothing before `,`"),
                (None, Some("of")) if commas.is_empty() => fault(from, "nothing after `of`"),
                (None, Some(name)) if commas.is_empty() => fault(from, format!("nothing in `:{name}()`")),
                (None, _) => fault(commas.last().map_or(from, |comma| comma.start), "nothing after `,`"),
            });
        };
        if !reads(&text[first.start..last.end], has) {
            return Some(complex(text, part, has));
        }
    }
    Some(fault(from, "this is not a CSS selector"))
}

/// What is wrong with selectors that combinators join.
fn complex(text: &str, pieces: &[Piece], has: bool) -> Fault {
    let mut compounds: Vec<(usize, usize)> = Vec::new();
    let mut joint: Option<&Piece> = None;
    let mut is_new = true;
    for (index, piece) in pieces.iter().enumerate() {
        match piece.kind {
            Kind::Space => is_new = true,
            Kind::Sign(c @ ('>' | '+' | '~')) => {
                if joint.is_some() {
                    return fault(piece.start, format!("two combinators in a row: unexpected `{c}`"));
                }
                if compounds.is_empty() && !has {
                    return fault(piece.start, format!("nothing before `{c}`"));
                }
                (joint, is_new) = (Some(piece), true);
            }
            _ => {
                match compounds.last_mut() {
                    Some((_, end)) if !is_new => *end = index + 1,
                    _ => compounds.push((index, index + 1)),
                }
                (joint, is_new) = (None, false);
            }
        }
    }
    for &(start, end) in &compounds {
        let all = &pieces[start..end];
        if !reads(&text[pieces[start].start..pieces[end - 1].end], false) {
            return compound(text, all);
        }
    }
    match joint {
        Some(joint) => fault(joint.start, format!("nothing after `{}`", &text[joint.start..joint.end])),
        None => fault(pieces[0].start, "this is not a CSS selector"),
    }
}

/// What is wrong with what stands together without a space.
fn compound(text: &str, pieces: &[Piece]) -> Fault {
    let written = |from: &Piece, to: &Piece| &text[from.start..to.end];
    let is_name = |index: usize| {
        pieces.get(index).is_some_and(|piece| matches!(piece.kind, Kind::Name | Kind::Sign('*')))
    };
    let is_bar = |index: usize| pieces.get(index).is_some_and(|piece| piece.kind == Kind::Sign('|'));
    let mut at = 0;
    if is_bar(0) || (is_name(0) && is_bar(1)) {
        let bar = if is_bar(0) { 0 } else { 1 };
        if bar == 1 && pieces[0].kind == Kind::Name {
            return namespace(pieces[0].start, written(&pieces[0], &pieces[0]));
        }
        if !is_name(bar + 1) {
            return fault(pieces[bar].start, "no name after `|`");
        }
        at = bar + 2;
    } else if is_name(0) {
        at = 1;
    }
    while let Some(piece) = pieces.get(at) {
        let next = pieces.get(at + 1);
        let length = match piece.kind {
            Kind::Sign('.') => match next {
                Some(name) if name.kind == Kind::Name => 2,
                _ => return helped(piece.start, "no name after `.`", CLASS),
            },
            Kind::Hash => {
                let id = &text[piece.start + 1..piece.end];
                let help = format!("an id that begins with a digit is `[id=\"{id}\"]`");
                return helped(piece.start, format!("`#{id}` is not an id that CSS can read"), help);
            }
            Kind::Sign('#') => return helped(piece.start, "no name after `#`", "write an id as `#name`"),
            Kind::Id | Kind::Sign('&') | Kind::Square => 1,
            Kind::Colon => 2,
            Kind::Name | Kind::Sign('*') => {
                let name = written(piece, piece);
                let help = format!(
                    "an element's name comes first, like `{name}.a`; with a space before it, it is one inside"
                );
                return helped(piece.start, format!("unexpected `{name}`"), help);
            }
            _ if written(piece, piece).starts_with('.') => {
                return helped(piece.start, "no name after `.`", CLASS);
            }
            _ => return unexpected(text, piece),
        };
        let last = pieces.get(at + length - 1).unwrap_or(piece);
        let is_readable = reads(written(piece, last), false);
        match piece.kind {
            Kind::Colon => match pseudo(text, piece, next, pieces.get(at + 2)) {
                Some(fault) => return fault,
                None if !is_readable => return fault(piece.start, "this is not a pseudo-class"),
                None => {}
            },
            Kind::Square if !is_readable => return attribute(text, piece),
            _ if !is_readable => return unexpected(text, piece),
            _ => {}
        }
        at += length;
    }
    fault(pieces[0].start, "this is not a CSS selector")
}

fn namespace(at: usize, name: &str) -> Fault {
    let help = "a recipe declares no namespaces: leave it out, or write `*|` for any";
    helped(at, format!("unknown namespace `{name}`"), help)
}

/// What is wrong with a pseudo-class.
fn pseudo(text: &str, colon: &Piece, next: Option<&Piece>, after: Option<&Piece>) -> Option<Fault> {
    let name = |piece: &Piece| text[piece.start..piece.end].split('(').next().unwrap_or_default().to_owned();
    let is_named = |piece: &&Piece| matches!(piece.kind, Kind::Name | Kind::Function);
    let at = colon.start;
    if next.is_some_and(|next| next.kind == Kind::Colon) {
        return Some(match after.filter(is_named) {
            Some(piece) => element(at, &name(piece)),
            None => fault(at, "no name after `::`"),
        });
    }
    let Some(piece) = next.filter(is_named) else { return Some(fault(at, "no name after `:`")) };
    let name = name(piece);
    let known = name.to_ascii_lowercase();
    let known = known.as_str();
    if ["before", "after", "first-line", "first-letter"].contains(&known) {
        return Some(element(at, &name));
    }
    let (plain, with) = (PLAIN.contains(&known), WITH.contains(&known));
    match piece.inner {
        _ if !plain && !with => {
            let help = match nearest(known, PLAIN.iter().chain(WITH).copied()) {
                Some(near) if WITH.contains(&near) => format!("did you mean `:{near}(…)`?"),
                Some(near) => format!("did you mean `:{near}`?"),
                None => foreign(known).to_owned(),
            };
            Some(helped(at, format!("unknown pseudo-class `:{name}`"), help))
        }
        None if plain => None,
        None => Some(helped(at, format!("`:{name}` without an argument"), as_in(known))),
        Some(_) if !with => {
            Some(helped(at, format!("`:{name}` takes no argument"), format!("write it as `:{name}`")))
        }
        Some((start, end)) if !reads(&text[at..piece.end], false) => {
            Some(argument(text, known, start, end).unwrap_or_else(|| match known {
                "has" => helped(start, "`:has()` inside `:has()`", "browsers do not support it: remove one"),
                _ => helped(start, format!("`:{name}` does not take this"), as_in(known)),
            }))
        }
        Some(_) => None,
    }
}

fn element(at: usize, name: &str) -> Fault {
    let help = "a step cannot find it: write the selector of the element that has it";
    helped(at, format!("`::{name}` is a pseudo-element"), help)
}

/// What to write in place of a word that other tools add to CSS.
fn foreign(name: &str) -> &'static str {
    match name {
        "contains" | "has-text" | "text" | "text-is" => {
            "CSS cannot match text: write `text=…`, or `text \"…\"` after the selector of a `click` or `wait until`"
        }
        "visible" | "hidden" => "the steps wait by themselves until an element is visible",
        "eq" | "first" | "last" | "nth" | "even" | "odd" => {
            "count as `:nth-child(2)`, `:nth-of-type(odd)` or `:last-child`"
        }
        _ => "write one that Chromium knows, like `:checked` or `:not(.a)`",
    }
}

/// How a pseudo-class with an argument is written.
fn as_in(name: &str) -> String {
    let argument = match name {
        "dir" => "ltr",
        "lang" => "en",
        "state" | "active-view-transition-type" => "name",
        "has" => "> .a",
        name if name.starts_with("nth-") => "2n+1",
        _ => ".a",
    };
    format!("write it as `:{name}({argument})`")
}

/// What is wrong with the argument of a pseudo-class; none when it is not by itself.
fn argument(text: &str, name: &str, start: usize, end: usize) -> Option<Fault> {
    if !name.starts_with("nth-") {
        return match name {
            "is" | "where" | "not" | "has" | "host" | "host-context" | "-webkit-any" => {
                list(text, start, end, name == "has", Some(name))
            }
            _ => None,
        };
    }
    let pieces = pieces(text, start, end);
    let of = pieces.iter().find(|piece| text[piece.start..piece.end].eq_ignore_ascii_case("of"));
    let counted = text[start..of.map_or(end, |of| of.start)].trim();
    if !reads(&format!(":nth-child({counted})"), false) {
        let help = "count as `2`, `odd`, `even`, `3n` or `2n+1`";
        return Some(match counted {
            "" => helped(start, format!("nothing in `:{name}()`"), help),
            _ => helped(start, format!("`{counted}` counts nothing"), help),
        });
    }
    let of = of?;
    match name.ends_with("of-type") {
        true => {
            let help = "`of` belongs in `:nth-child(1 of .a)` or `:nth-last-child(1 of .a)`";
            Some(helped(of.start, format!("`:{name}` takes no `of`"), help))
        }
        false => list(text, of.end, end, false, Some("of")),
    }
}

/// What is wrong with what stands in `[…]`.
fn attribute(text: &str, square: &Piece) -> Fault {
    let (start, end) = square.inner.unwrap_or((square.start, square.end));
    let inner = pieces(text, start, end);
    let all = solid(&inner);
    let written = |piece: &Piece| &text[piece.start..piece.end];
    let mut rest = all.as_slice();
    match rest {
        [] => {
            return helped(
                square.start,
                "no name in `[]`",
                "write an attribute as `[name]` or `[name=\"value\"]`",
            );
        }
        [name, bar, ..] if name.kind == Kind::Name && bar.kind == Kind::Sign('|') => {
            return namespace(name.start, written(name));
        }
        [star, bar, tail @ ..] if star.kind == Kind::Sign('*') && bar.kind == Kind::Sign('|') => rest = tail,
        [bar, tail @ ..] if bar.kind == Kind::Sign('|') => rest = tail,
        _ => {}
    }
    let help = "write an attribute as `[name]` or `[name=\"value\"]`";
    let [name, rest @ ..] = rest else { return helped(square.start, "no name in `[]`", help) };
    if name.kind != Kind::Name {
        return helped(name.start, format!("expected an attribute's name, found `{}`", written(name)), help);
    }
    let [sign, rest @ ..] = rest else { return helped(name.start, "this is not an attribute", help) };
    if sign.kind != Kind::Match {
        return helped(sign.start, format!("expected `=`, found `{}`", written(sign)), help);
    }
    let [value, rest @ ..] = rest else {
        return helped(sign.start, format!("no value after `{}`", written(sign)), help);
    };
    if !matches!(value.kind, Kind::Name | Kind::Text) {
        let value = &text[value.start..end];
        return helped(
            all[all.len() - rest.len() - 1].start,
            format!("the value `{}` needs quotes", value.trim()),
            help,
        );
    }
    match rest {
        [flag, ..] if flag.kind == Kind::Name && !written(flag).eq_ignore_ascii_case("i") => helped(
            flag.start,
            format!("unknown flag `{}`", written(flag)),
            "the only flag is `i`, for any capitals",
        ),
        [_, more, ..] => unexpected(text, more),
        [more] => unexpected(text, more),
        [] => helped(name.start, "this is not an attribute", help),
    }
}
