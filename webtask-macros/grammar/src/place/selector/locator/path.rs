//! What can be said of XPath without reading all of it: brackets, quotes, functions, and that it may give elements.

use super::{Read, Reader};
use crate::ast::Place;
use crate::keyword::nearest;
use crate::place::selector::fault::{Fault, helped};

const HELP: &str = "write an XPath of elements, like `xpath=//main//a[@rel=\"next\"]`";

/// The functions of XPath 1.0 whose value is not an element.
const FUNCTIONS: &[&str] = &[
    "boolean",
    "ceiling",
    "concat",
    "contains",
    "count",
    "false",
    "floor",
    "lang",
    "last",
    "local-name",
    "name",
    "namespace-uri",
    "normalize-space",
    "not",
    "number",
    "position",
    "round",
    "starts-with",
    "string",
    "string-length",
    "substring",
    "substring-after",
    "substring-before",
    "sum",
    "translate",
    "true",
];

/// What else may stand before a bracket.
const NODES: &[&str] =
    &["id", "node", "text", "comment", "processing-instruction", "and", "or", "div", "mod"];

impl Reader<'_> {
    /// Reads what follows `xpath=`.
    pub(super) fn path(&mut self) -> Read<()> {
        let empty_at = self.at().saturating_sub(1);
        self.skip();
        let begin = self.next;
        let mut open: Vec<(char, usize)> = Vec::new();
        // The last character that is not a space, and the last word with its position.
        let (mut solid, mut word, mut word_at) = (' ', String::new(), 0);
        while let Some(c) = self.peek() {
            if self.at_enter() {
                break;
            }
            let at = self.at();
            if self.at_hole() {
                let is_value = !open.is_empty() && "[(=<>+*,".contains(solid);
                self.take(if is_value { Ok(Place::CssNumber) } else { Err("the steps of an XPath") });
                solid = '1';
                continue;
            }
            match c {
                '"' | '\'' => {
                    self.literal(c)?;
                    (solid, word) = (c, String::new());
                    continue;
                }
                '[' | '(' => {
                    if c == '(' && !word.is_empty() {
                        known(&word, word_at)?;
                    }
                    open.push((c, at));
                }
                ']' | ')' => {
                    let is_pair = matches!((open.pop(), c), (Some(('[', _)), ']') | (Some(('(', _)), ')'));
                    if !is_pair {
                        return Err(helped(at, format!("unexpected `{c}`"), HELP));
                    }
                    if c == ']' && solid == '[' {
                        return Err(helped(at, "nothing in `[]`", HELP));
                    }
                }
                '/' if solid == '/' && self.follows("//", at) => {
                    return Err(helped(at, "unexpected `/`", HELP));
                }
                '{' | '}' | ';' | '#' | '%' | '^' | '&' | '?' | '\\' | '`' | '~' => {
                    return Err(helped(at, format!("unexpected `{c}`"), HELP));
                }
                _ => {}
            }
            if c.is_alphanumeric() || c == '-' || c == '_' {
                if word.is_empty() {
                    word_at = at;
                }
                word.push(c);
            } else {
                word.clear();
            }
            if !c.is_whitespace() {
                solid = c;
            }
            self.next += 1;
        }
        let text: String = self.items[begin..self.next].iter().map(|item| item.c).collect();
        let start = self.items.get(begin).map_or(0, |item| item.at);
        if text.trim().is_empty() {
            return Err(helped(empty_at, "nothing after `xpath=`", HELP));
        }
        if let Some((bracket, at)) = open.pop() {
            return Err(helped(at, format!("unclosed `{bracket}`"), HELP));
        }
        ends(text.trim_end(), start)
    }

    /// Reads a text in quotes, which knows no escapes.
    fn literal(&mut self, quote: char) -> Read<()> {
        let begin = self.at();
        self.next += 1;
        while let Some(c) = self.peek() {
            let closes = c == quote && !self.at_hole();
            self.take(Ok(Place::XPathString));
            if closes {
                return Ok(());
            }
        }
        Err(helped(begin, format!("unclosed `{quote}`"), HELP))
    }

    /// Whether that stands right before here.
    fn follows(&self, text: &str, at: usize) -> bool {
        let count = text.chars().count();
        let before: String =
            self.items[self.next.saturating_sub(count)..self.next].iter().map(|item| item.c).collect();
        before == text && at >= text.len()
    }
}

/// A function that XPath 1.0 has.
fn known(word: &str, at: usize) -> Read<()> {
    if FUNCTIONS.contains(&word) || NODES.contains(&word) {
        return Ok(());
    }
    let help = match (word, nearest(word, FUNCTIONS.iter().copied())) {
        ("matches" | "ends-with" | "lower-case" | "upper-case" | "replace" | "tokenize", _) => {
            "browsers have XPath 1.0: write `contains(…)` or `starts-with(…)`".to_owned()
        }
        (_, Some(known)) => format!("did you mean `{known}`?"),
        (_, None) => HELP.to_owned(),
    };
    Err(helped(at, format!("unknown function `{word}()`"), help))
}

/// How a path may not end or begin, and whether it gives elements.
fn ends(text: &str, start: usize) -> Read<()> {
    let last = text.chars().next_back().unwrap_or(' ');
    if "/|=<>+-,:@(!".contains(last) && text != "/" {
        return Err(helped(start + text.len() - last.len_utf8(), format!("nothing after `{last}`"), HELP));
    }
    let first = text.chars().next().unwrap_or(' ');
    if "|=<>+,:)]!".contains(first) {
        return Err(helped(start, format!("unexpected `{first}`"), HELP));
    }
    let word = text.split('(').next().unwrap_or_default().trim();
    if text.contains('(') && FUNCTIONS.contains(&word) {
        return Err(helped(start, format!("`{word}()` does not select an element"), HELP));
    }
    if let Some(found) = not_element(text, start) {
        return Err(found);
    }
    Ok(())
}

/// The last step of a path, when it is an attribute or a text.
fn not_element(text: &str, start: usize) -> Option<Fault> {
    let at = text.rfind('/').map_or(0, |at| at + 1);
    let step = &text[at..];
    if step.contains([']', '"', '\'', '|', ')']) && step != "text()" && step != "comment()" {
        return None;
    }
    let is =
        step.starts_with('@') || step.starts_with("attribute::") || ["text()", "comment()"].contains(&step);
    is.then(|| {
        let help = "write the path of the element, and read it by `text` or `attr`";
        helped(start + at, format!("`{step}` is not an element"), help)
    })
}
