//! Reads words, names and options, and says what is expected instead of something else.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::reader::{Parsed, Reader, Spelling, Told};
use super::token::{ident_text, shown};
use crate::ast::Name;
use crate::foreign::At;
use crate::keyword::{self, Room, Word};

impl Reader<'_> {
    /// Reads a word that must come next.
    pub(super) fn expect_words(&mut self, words: &str) -> Parsed<()> {
        if self.eat_words(words) { Ok(()) } else { Err(self.expected(words)) }
    }

    /// Reads one of the words in `words`, which stand there with `|` between.
    pub(super) fn choice(&mut self, noun: &str, words: &'static str) -> Parsed<&'static str> {
        let quoted =
            if self.is_string() { shown(self.peek()).trim_matches('"').to_owned() } else { String::new() };
        if let Some(word) = words.split('|').find(|word| word.eq_ignore_ascii_case(&quoted)) {
            return Err(self.expected_or(words, format!("write `{word}`, without quotes")));
        }
        let Some(found) = self.peek_ident().filter(|_| !self.new_statement()) else {
            return Err(self.expected(words));
        };
        if let Some(word) = words.split('|').find(|word| *word == found) {
            self.next();
            return Ok(word);
        }
        let foreign = if noun == "type" { self.foreign_help(At::Type) } else { None };
        let help = match (foreign, keyword::nearest(&found, words.split('|'))) {
            (Some(help), _) => help,
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => format!("write {}", keyword::one_of(words.split('|'))),
        };
        self.problems.help(self.here(), format!("unknown {noun} `{found}`"), help);
        self.next();
        Err(Told)
    }

    /// The same, in small letters and in capitals.
    pub(super) fn choice_of_any_case(&mut self, noun: &str, words: &'static str) -> Parsed<&'static str> {
        let found = self.peek_ident().filter(|_| !self.new_statement()).unwrap_or_default();
        match words.split('|').find(|word| word.eq_ignore_ascii_case(&found)) {
            Some(word) => {
                self.next();
                Ok(word)
            }
            None => self.choice(noun, words),
        }
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
        if let Some(option) = self.word.option_words().find(|word| self.peek_words(word) > 0) {
            let (message, help) = if self.names(self.peek_words(option)) {
                let message =
                    format!("`{option}` is an option of `{}` and cannot be a name there", self.word.name);
                (message, "choose another name".to_owned())
            } else {
                (format!("`{option}` before the name in `{}`", self.word.name), self.usage())
            };
            self.problems.help(self.here(), message, help);
            self.next();
            return Err(Told);
        }
        if self.new_statement() {
            return Err(self.expected(part));
        }
        if self.is_string() && part == "NAME" && self.word.room == Room::Step && self.word.name != "set" {
            let help = format!("give the result a name: {}", self.usage());
            return Err(self.expected_or(part, help));
        }
        self.name(part)
    }

    /// Whether what follows the next tokens would follow a name, so that they are one, and no option that came too early.
    fn names(&self, taken: usize) -> bool {
        let parts = keyword::without_rust(self.word.parts);
        let after = parts.split_once(' ').map_or("", |(_, after)| after);
        match self.peek_at(taken) {
            None => true,
            Some(TokenTree::Punct(_)) => true,
            Some(TokenTree::Ident(ident)) => {
                let word = ident.to_string();
                after.split(|c: char| !c.is_alphanumeric()).any(|known| known == word)
            }
            Some(TokenTree::Literal(literal)) => {
                literal.to_string().ends_with(['"', '#']) && after.starts_with('"')
            }
            Some(TokenTree::Group(group)) => {
                group.delimiter() == Delimiter::Parenthesis
                    || group.delimiter() == Delimiter::Brace && !self.word.block.is_empty()
            }
        }
    }

    /// Reads the options of the current word, in any order, each once; `read` reads what follows one.
    ///
    /// After a problem it goes to the end of the options, so that what was understood is kept.
    pub(super) fn options(&mut self, read: impl FnMut(&mut Self, &'static str) -> Parsed<()>) {
        self.more_options(&mut Vec::new(), read);
    }

    /// The same for a word whose options stand in two places; `seen` are those that were there already.
    pub(super) fn more_options(
        &mut self,
        seen: &mut Vec<Option<&'static str>>,
        mut read: impl FnMut(&mut Self, &'static str) -> Parsed<()>,
    ) {
        let options = self.word.options;
        seen.resize(options.len(), None);
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
        let is_word = part.starts_with(|c: char| c.is_ascii_lowercase());
        let foreign = if is_word { self.foreign_help(At::Option(self.word.name)) } else { None };
        let surplus = ['=', ':'].into_iter().find(|char| self.peek_punct(*char));
        let help = match (foreign, surplus) {
            (Some(help), _) => help,
            (None, Some(char)) => format!("remove the `{char}`: {}", self.usage()),
            (None, None) => self.usage(),
        };
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

    /// Says that something else stands where a text is written: a name, or what lacks its quotes.
    pub(super) fn expected_text(&mut self, part: &str) -> Told {
        if let Some(written) = self.bare_placeholder() {
            return self.expected_or(part, format!("put it in quotes: `\"{written}\"`"));
        }
        if self.peek_punct('#') && ident_text(self.peek_at(1)).is_some() || self.peek_punct('.') {
            return self.expected_or(part, format!("put it in quotes, like `{part}`"));
        }
        let known = self.new_statement() || self.begins_option() || self.string_follows();
        let Some(word) = self.peek_ident().filter(|_| !known) else {
            return self.expected(part);
        };
        let more =
            matches!(self.peek_at(1), Some(TokenTree::Punct(punct)) if ".:/-#".contains(punct.as_char()));
        let help = if more && part == "\"URL\"" {
            "write the whole address in quotes, like `\"https://example.com/path\"`".to_owned()
        } else if more {
            format!("put it in quotes, like `{part}`")
        } else if part == "\"KEY\"" {
            format!("put it in quotes: `\"{word}\"`")
        } else if part == "\"URL\"" {
            format!("write `\"{{{{{word}}}}}\"` for its value, or the whole address in quotes")
        } else {
            format!("write `\"{{{{{word}}}}}\"` for its value, or `\"{word}\"` for the text")
        };
        self.expected_or(part, help)
    }

    /// Says that something else stands where a number is written, as `plain` says: a name, whose value may have been meant.
    pub(super) fn expected_value(&mut self, part: &str, plain: &str, help: &str) -> Told {
        if let Some(written) = self.bare_placeholder() {
            return self.expected_or(part, format!("put it in quotes: `\"{written}\"`"));
        }
        match self.peek_ident().filter(|_| !self.new_statement()) {
            // `wait network`: the first words of a group of ours.
            Some(word) if self.longer(&word).is_some() => {
                let longer = self.longer(&word).map(Word::syntax).unwrap_or_default();
                self.expected_or(part, format!("write `{longer}`"))
            }
            Some(word) => {
                self.expected_or(part, format!("write `\"{{{{{word}}}}}\"` for its value, or {plain}"))
            }
            None => self.expected_or(part, help),
        }
    }

    /// The word of ours that begins with the current one and that next one.
    fn longer(&self, next: &str) -> Option<&'static Word> {
        let begins = |word: &&Word| {
            let rest = word.name.strip_prefix(self.word.name).map(|rest| rest.split(' '));
            rest.is_some_and(|mut rest| rest.next() == Some("") && rest.next() == Some(next))
        };
        Word::of(self.word.room).find(begins)
    }

    /// Whether an option of the current word comes next.
    fn begins_option(&self) -> bool {
        self.word.option_words().any(|word| self.peek_words(word) > 0)
    }

    /// A placeholder without its quotes, when it comes next.
    pub(super) fn bare_placeholder(&self) -> Option<String> {
        let inner = |group: &Group| match group.stream().into_iter().collect::<Vec<_>>().as_slice() {
            [TokenTree::Group(inner)] if inner.delimiter() == Delimiter::Brace => Some(inner.stream()),
            _ => None,
        };
        let name = inner(self.peek_group(Delimiter::Brace)?)?;
        let plain = name
            .clone()
            .into_iter()
            .all(|token| matches!(token, TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_)));
        let name = name.to_string().replace(' ', "");
        (plain && !name.is_empty() && !name.contains('"')).then(|| format!("{{{{{name}}}}}"))
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
