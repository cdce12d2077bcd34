//! Reads words, names and options, and says what is expected instead of something else.

use proc_macro2::TokenTree;

use super::reader::{Parsed, Reader, Spelling, Told};
use super::token::shown;
use crate::ast::Name;
use crate::keyword;

impl Reader<'_> {
    /// Reads a word that must come next.
    pub(super) fn expect_words(&mut self, words: &str) -> Parsed<()> {
        if self.eat_words(words) { Ok(()) } else { Err(self.expected(words)) }
    }

    /// Reads one of the words in `words`, which stand there with `|` between.
    pub(super) fn choice(&mut self, noun: &str, words: &'static str) -> Parsed<&'static str> {
        let Some(found) = self.peek_ident().filter(|_| !self.new_statement()) else {
            return Err(self.expected(words));
        };
        if let Some(word) = words.split('|').find(|word| *word == found) {
            self.next();
            return Ok(word);
        }
        let help = match keyword::nearest(&found, words.split('|')) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}", keyword::one_of(words.split('|'))),
        };
        self.problems.help(self.here(), format!("unknown {noun} `{found}`"), help);
        self.next();
        Err(Told)
    }

    /// Reads a name.
    pub(super) fn name(&mut self, part: &str) -> Parsed<Name> {
        let Some(text) = self.peek_ident() else {
            return Err(self.expected(part));
        };
        let span = self.here();
        let start = self.at;
        self.next();
        // A hyphenated name is one mistake, and not a name followed by something odd.
        while self.peek_punct('-') && matches!(self.peek_at(1), Some(TokenTree::Ident(_))) {
            self.next();
            self.next();
        }
        let written: String = self.tokens[start..self.at].iter().map(ToString::to_string).collect();
        if self.at - start > 1 || !text.is_ascii() {
            let name: String =
                written.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
            self.problems.help(
                span,
                format!("bad name `{written}`"),
                format!("a name has letters `A-Za-z`, digits and `_`: write `{name}`"),
            );
            return Ok(Name { text: name, span });
        }
        Ok(Name { text, span })
    }

    /// Reads the name right after a step's words, where the step's options are not names.
    pub(super) fn free_name(&mut self, part: &str) -> Parsed<Name> {
        if self.word.option_words().any(|word| self.peek_words(word) > 0) {
            let found = self.peek_ident().unwrap_or_default();
            let message =
                format!("`{found}` is an option of `{}` and cannot be a name there", self.word.name);
            self.problems.help(self.here(), message, "choose another name");
            self.next();
            return Err(Told);
        }
        if self.new_statement() {
            return Err(self.expected(part));
        }
        self.name(part)
    }

    /// Reads the options of the current word, in any order, each once; `read` reads what follows one.
    ///
    /// After a problem it goes to the end of the options, so that what was understood is kept.
    pub(super) fn options(&mut self, mut read: impl FnMut(&mut Self, &'static str) -> Parsed<()>) {
        let options = self.word.options;
        let mut seen: Vec<Option<&'static str>> = vec![None; options.len()];
        let mut before = "";
        loop {
            let found = options.iter().enumerate().find_map(|(index, option)| {
                option.words().find(|word| self.peek_words(word) > 0).map(|word| (index, option, word))
            });
            let Some((index, option, word)) = found else {
                return;
            };
            let span = self.here();
            match seen[index] {
                Some(first) if first == word => {
                    self.problems.help(span, format!("duplicate `{word}`"), "remove it");
                }
                Some(first) => {
                    self.problems.help(span, format!("`{word}` excludes `{first}`"), "write one of them");
                }
                None if option.after != before && !option.after.is_empty() => {
                    self.problems.help(span, format!("`{word}` belongs to `{}`", option.after), self.usage());
                }
                None => {}
            }
            seen[index].get_or_insert(word);
            before = word;
            self.eat_words(word);
            let kept = read(self, word);
            if kept.is_err() {
                self.skip();
                return;
            }
        }
    }

    /// Says that a part of the current word is missing, or that something else stands there.
    pub(super) fn expected(&mut self, part: &str) -> Told {
        let help = self.usage();
        self.expected_or(part, help)
    }

    /// Says the same with a help of its own.
    pub(super) fn expected_or(&mut self, part: &str, help: impl Into<String>) -> Told {
        if self.at_end() || self.new_statement() || self.block_follows() {
            self.problems.help(self.behind(), format!("missing `{}`", self.spelt(part)), help);
        } else {
            let message = format!("expected `{}`, found `{}`", self.spelt(part), shown(self.peek()));
            self.problems.help(self.here(), message, help);
        }
        Told
    }

    /// A part as the spelling has it.
    fn spelt(&self, part: &str) -> String {
        match self.spelling {
            Spelling::Inline => part.to_owned(),
            Spelling::Text => keyword::without_rust(part),
        }
    }

    /// How the current word is used.
    pub(super) fn usage(&self) -> String {
        match self.spelling {
            Spelling::Inline => format!("write `{}`", self.word.syntax()),
            Spelling::Text if self.word.block.is_empty() => format!("write `{}`", self.word.text_syntax()),
            Spelling::Text => format!("write `{}`, then lines, then `end`", self.word.text_syntax()),
        }
    }
}
