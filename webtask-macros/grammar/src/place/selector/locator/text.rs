//! What a text is matched with: in quotes, a regex, or as it is.

use super::{Read, Reader};
use crate::ast::Place;
use crate::place::selector::fault::{Fault, helped};

/// How the three are written.
pub(super) const HELP: &str =
    "write `text=Send` for a part of a text, `text=\"Send\"` for all of it, or `text=/^Send/i`";

impl Reader<'_> {
    /// Reads what follows `text=` and its like.
    pub(super) fn text(&mut self, kind: &str) -> Read<()> {
        let begin = self.at();
        self.skip();
        let help = HELP.replace("text=", &format!("{kind}="));
        if self.at_end() {
            return Err(helped(begin.saturating_sub(1), format!("empty text after `{kind}=`"), help));
        }
        self.wanted(false, &help)?;
        self.skip();
        match self.at_end() {
            true => Ok(()),
            false => Err(self.unexpected(&help)),
        }
    }

    /// Reads the three, in brackets up to the `]`.
    pub(super) fn wanted(&mut self, in_brackets: bool, help: &str) -> Read<()> {
        match self.peek().filter(|_| !self.at_hole()) {
            Some(quote @ ('"' | '\'')) => self.quoted(quote, help),
            Some('/') => self.regex(help),
            _ => self.plain(in_brackets, help),
        }
    }

    fn quoted(&mut self, quote: char, help: &str) -> Read<()> {
        let begin = self.at();
        self.next += 1;
        let start = self.next;
        while let Some(c) = self.peek() {
            if c == quote && !self.at_hole() {
                if self.items[start..self.next]
                    .iter()
                    .all(|item| item.hole.is_none() && item.c.is_whitespace())
                {
                    return Err(helped(begin, "empty text", help));
                }
                self.next += 1;
                self.skip();
                // Whether capitals count.
                if matches!(self.peek(), Some('i' | 's')) && !self.at_hole() && self.word().len() == 1 {
                    self.next += 1;
                }
                return Ok(());
            }
            let escapes = c == '\\' && !self.at_hole();
            self.take(Ok(Place::CssString));
            if escapes && self.peek().is_some() {
                self.take(Err("an escape of a selector"));
            }
        }
        Err(helped(begin, format!("unclosed `{quote}`"), help))
    }

    fn regex(&mut self, help: &str) -> Read<()> {
        let begin = self.at();
        self.next += 1;
        let (mut source, mut in_class) = (String::new(), false);
        while let Some(c) = self.peek() {
            self.take(Err("a regex"));
            match c {
                '/' if !in_class => return self.checked(begin, &source, help),
                '[' => in_class = true,
                ']' => in_class = false,
                '\\' => {
                    source.push(c);
                    if let Some(c) = self.peek() {
                        source.push(c);
                        self.take(Err("a regex"));
                    }
                    continue;
                }
                _ => {}
            }
            source.push(c);
        }
        let help = "a text that begins with `/` is a regex: close it, or put the text in quotes";
        Err(helped(begin, "unclosed `/`", help))
    }

    /// Checks a regex and the flags after it.
    fn checked(&mut self, begin: usize, source: &str, help: &str) -> Read<()> {
        if source.is_empty() {
            return Err(helped(begin, "empty regex", help));
        }
        if let Some((at, why)) = bad_regex(source) {
            return Err(helped(begin + 1 + at, why, "write a regex of JavaScript, like `/^Send\\b/i`"));
        }
        let flags = self.word();
        let is_good = |(index, flag): (usize, char)| "imsuv".contains(flag) && !flags[..index].contains(flag);
        if !flags.char_indices().all(is_good) || (flags.contains('u') && flags.contains('v')) {
            return Err(helped(
                self.at(),
                format!("bad flags `{flags}`"),
                "the flags are `i`, `m`, `s`, `u` and `v`",
            ));
        }
        self.next += flags.len();
        Ok(())
    }

    fn plain(&mut self, in_brackets: bool, help: &str) -> Read<()> {
        let (begin, start) = (self.at(), self.next);
        let place = if in_brackets { Place::CssIdent } else { Place::LocatorText };
        while let Some(c) = self.peek() {
            if !self.at_hole() && if in_brackets { c == ']' } else { self.at_enter() } {
                break;
            }
            let escapes = c == '\\' && !self.at_hole();
            let at = self.at();
            self.take(Ok(place));
            if !escapes {
                continue;
            }
            match self.peek() {
                Some(c) if c.is_alphanumeric() && !self.at_hole() => {
                    let help = "write a backslash twice for one, or put the text in quotes";
                    return Err(helped(at, format!("`\\{c}` is not an escape"), help));
                }
                Some(_) => self.take(Err("an escape of a selector")),
                None => return Err(helped(at, "nothing after `\\`", help)),
            }
        }
        let is_empty =
            self.items[start..self.next].iter().all(|item| item.hole.is_none() && item.c.is_whitespace());
        if is_empty { Err(helped(begin, "empty text", help)) } else { Ok(()) }
    }

    /// What comes next and may not.
    pub(super) fn unexpected(&self, help: &str) -> Fault {
        let word = self.word();
        let found = if word.is_empty() { self.peek().map(String::from).unwrap_or_default() } else { word };
        helped(self.at(), format!("unexpected `{found}`"), help)
    }
}

/// What no regex of JavaScript has, and where. What only JavaScript has is taken as it is.
fn bad_regex(source: &str) -> Option<(usize, String)> {
    use regex_syntax::ast::ErrorKind as Kind;
    if source.contains("[^]") || source.contains("[]") {
        return None;
    }
    let error = regex_syntax::ast::parse::Parser::new().parse(source).err()?;
    let is_sure = matches!(
        error.kind(),
        Kind::GroupUnclosed
            | Kind::GroupUnopened
            | Kind::ClassUnclosed
            | Kind::RepetitionMissing
            | Kind::EscapeUnexpectedEof
            | Kind::ClassRangeInvalid
    );
    is_sure.then(|| (error.span().start.offset, error.kind().to_string()))
}
