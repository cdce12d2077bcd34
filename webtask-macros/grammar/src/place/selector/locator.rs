//! Selectors with locators, as `role=button[name="Send"]`: their parts, and where a placeholder may stand in them.
//!
//! What an element must be to be meant, the page knows. Here is what can be known of it beforehand.

mod path;
mod role;
mod text;

use super::fault::{self, Fault, helped};
use super::{Scanner, SelectorProblem, column, fill};
use crate::ast::{Part, Template};
use crate::keyword::nearest;
use crate::place::{Placed, Refused, holes, written};

/// The locators.
const KINDS: &[&str] = &["role", "label", "placeholder", "text", "alt", "title", "testid", "xpath", "css"];

/// A character of a selector, or a placeholder in it.
#[derive(Clone, Copy)]
struct Item {
    /// The character; of a placeholder, what no locator begins with or ends at.
    c: char,
    /// The number of the placeholder.
    hole: Option<usize>,
    /// The byte where it stands when each placeholder is one.
    at: usize,
}

/// Goes through a selector.
struct Reader<'a> {
    items: &'a [Item],
    /// Where it is.
    next: usize,
    /// The places of the placeholders, in their order.
    placed: Vec<Placed>,
}

/// What was read, or what is wrong with it.
type Read<T> = Result<T, Fault>;

/// Places the placeholders of a selector with locators, and says what is wrong with it; none without any.
pub(super) fn place(template: &mut Template) -> Option<Vec<SelectorProblem>> {
    let items = items(template);
    let mut reader = Reader { items: &items, next: 0, placed: Vec::new() };
    let mut css = Vec::new();
    let (mut fault, mut located) = (None, false);
    loop {
        match reader.part(&mut css) {
            Ok(is_locator) => located |= is_locator,
            Err(found) => {
                (fault, located) = (Some(found), true);
                break;
            }
        }
        if !reader.enters() {
            break;
        }
    }
    if !located {
        return None;
    }
    let mut problems = Vec::new();
    for (hole, place) in holes(template).zip(reader.placed) {
        match place {
            Ok(place) => hole.place = place,
            Err(place) => problems.push(SelectorProblem::Refused(Refused { hole: written(hole), place })),
        }
    }
    if !problems.is_empty() {
        return Some(problems);
    }
    let filled = fill(template);
    let fault = fault.or_else(|| {
        css.into_iter().find_map(|(start, end)| {
            let found = fault::find(&filled[start..end])?;
            Some(Fault { at: start + found.at, ..found })
        })
    });
    Some(
        fault
            .map(|Fault { at, why, help }| SelectorProblem::Bad(column(template, at), why, help))
            .into_iter()
            .collect(),
    )
}

fn items(template: &Template) -> Vec<Item> {
    let (mut items, mut at, mut number) = (Vec::new(), 0, 0);
    for part in &template.parts {
        match part {
            Part::Text(text) => {
                for c in text.chars() {
                    items.push(Item { c, hole: None, at });
                    at += c.len_utf8();
                }
            }
            Part::Hole(_) => {
                items.push(Item { c: 'x', hole: Some(number), at });
                (at, number) = (at + 1, number + 1);
            }
        }
    }
    items
}

impl Reader<'_> {
    /// The character that comes next; none at the end.
    fn peek(&self) -> Option<char> {
        self.items.get(self.next).map(|item| item.c)
    }

    /// The byte where it is.
    fn at(&self) -> usize {
        let end = self.items.last().map_or(0, |item| item.at + item.c.len_utf8());
        self.items.get(self.next).map_or(end, |item| item.at)
    }

    fn skip(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.next += 1;
        }
    }

    /// Whether `>>` comes next.
    fn at_enter(&self) -> bool {
        let is = |index: usize| self.items.get(index).is_some_and(|item| item.c == '>');
        is(self.next) && is(self.next + 1)
    }

    /// Whether the part ends here.
    fn at_end(&self) -> bool {
        self.peek().is_none() || self.at_enter()
    }

    /// Goes past a `>>`.
    fn enters(&mut self) -> bool {
        let enters = self.at_enter();
        self.next += if enters { 2 } else { 0 };
        enters
    }

    /// Goes past a character, and places a placeholder.
    fn take(&mut self, place: Placed) {
        if self.items[self.next].hole.is_some() {
            self.placed.push(place);
        }
        self.next += 1;
    }

    /// Whether a placeholder comes next.
    fn at_hole(&self) -> bool {
        self.items.get(self.next).is_some_and(|item| item.hole.is_some())
    }

    /// The word that comes next, with nothing but letters, digits, `_` and `-`.
    fn word(&self) -> String {
        let is_word = |item: &&Item| {
            item.hole.is_none() && (item.c.is_ascii_alphanumeric() || item.c == '-' || item.c == '_')
        };
        self.items[self.next..].iter().take_while(is_word).map(|item| item.c).collect()
    }

    /// Reads a part, up to the `>>` after it; tells whether it is a locator. Parts of CSS are kept with their places.
    fn part(&mut self, css: &mut Vec<(usize, usize)>) -> Read<bool> {
        let is_first = self.next == 0;
        self.skip();
        let begin = self.at();
        if self.at_end() {
            return match (is_first, self.at_enter()) {
                // That is for CSS to say.
                (true, false) => Ok(false),
                (_, true) => Err(helped(begin, "nothing before `>>`", PART)),
                (false, false) => Err(helped(self.entered(), "nothing after `>>`", PART)),
            };
        }
        let name = self.word();
        let after = self.items[self.next + name.len()..].iter();
        let spaces = after.clone().take_while(|item| item.hole.is_none() && item.c.is_whitespace()).count();
        let is_locator = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && after.clone().nth(spaces).is_some_and(|item| item.c == '=');
        if !is_locator {
            self.css(is_first, css)?;
            return Ok(false);
        }
        let lower = name.to_ascii_lowercase();
        if !KINDS.contains(&lower.as_str()) {
            let why = format!("unknown locator `{name}=`");
            return Err(helped(begin, why, instead(&lower)));
        }
        if lower != name || spaces > 0 {
            let why = format!("`{name}{}=` is not a locator", " ".repeat(spaces));
            return Err(helped(begin, why, format!("write `{lower}=`")));
        }
        self.next += name.len() + 1;
        match name.as_str() {
            "role" => self.role()?,
            "xpath" => self.path()?,
            "css" => {
                self.skip();
                if self.at_end() {
                    return Err(helped(
                        begin,
                        "nothing after `css=`",
                        "write a CSS selector, like `css=main > a`",
                    ));
                }
                self.css(false, css)?;
            }
            _ => self.text(&name)?,
        }
        Ok(true)
    }

    /// Where the `>>` stands that was gone past last.
    fn entered(&self) -> usize {
        let before = self.items[..self.next].iter().rposition(|item| item.c == '>');
        before.map_or(0, |index| self.items[index].at - 1)
    }

    /// Reads a part of CSS.
    fn css(&mut self, is_first: bool, css: &mut Vec<(usize, usize)>) -> Read<()> {
        let begin = self.at();
        let mut scanner = Scanner::default();
        while let Some(item) = self.items.get(self.next).copied() {
            if self.at_enter() && scanner.is_outside() {
                break;
            }
            match item.hole {
                Some(_) => {
                    let place = scanner.hole();
                    self.take(place);
                }
                None => {
                    scanner.char(item.c);
                    self.next += 1;
                }
            }
        }
        let end = self.items[..self.next]
            .iter()
            .rfind(|item| !item.c.is_whitespace())
            .map_or(begin, |item| item.at + item.c.len_utf8());
        if let Some(fault) = scanner.unclosed(end - begin) {
            return Err(Fault { at: begin + fault.at, ..fault });
        }
        if end - begin == 1 && self.items.iter().any(|item| item.at == begin && item.c == '.') && !is_first {
            return Err(helped(begin, "`.` after `>>`", "`.` is the row itself, and comes first"));
        }
        css.push((begin, end));
        Ok(())
    }
}

/// How a selector's parts are joined.
const PART: &str = "each part beside a `>>` is CSS or a locator, like `\"iframe#a >> role=button\"`";

/// What to write instead of an invalid locator.
fn instead(name: &str) -> String {
    match name {
        "id" | "class" | "data-testid" | "data-test" | "data-test-id" => {
            return match name {
                "id" => "write an id as `#name`".to_owned(),
                "class" => "write a class as `.name`".to_owned(),
                "data-testid" => "write `testid=`".to_owned(),
                other => format!("write `[{other}=\"…\"]`"),
            };
        }
        "name" => return "write `role=button[name=\"…\"]`, or `[name=\"…\"]` for the attribute".to_owned(),
        _ => {}
    }
    match nearest(name, KINDS.iter().copied()) {
        Some(known) => format!("did you mean `{known}=`?"),
        None => {
            let known: Vec<_> = KINDS.iter().map(|kind| format!("`{kind}=`")).collect();
            format!("write CSS, with an attribute as `[name=\"value\"]`, or one of {}", known.join(" "))
        }
    }
}
