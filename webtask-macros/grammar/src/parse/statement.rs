//! Reads statements: where they begin and end, and how to go on after a problem.
//!
//! This file alone knows that a statement ends with `;` and that a block is `{ … }`; it knows no word's parts.

use proc_macro2::{Delimiter, TokenTree};

use super::reader::{Parsed, Reader, Spelling};
use super::token::{ident_text, is_punct, shown};
use crate::ast::Name;
use crate::foreign::At;
use crate::keyword::{self, Room, Word};

impl Reader<'_> {
    /// Whether the statement's tokens are all read.
    pub(super) fn at_end(&self) -> bool {
        self.peek().is_none_or(|token| is_punct(Some(token), ';'))
    }

    /// Reads one statement to its end. What stood in it is lost when it could not be read.
    pub(super) fn statement<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Option<T> {
        let start = self.at;
        self.failed = false;
        self.doubtful = false;
        self.closed = false;
        let result = read(self);
        if result.is_err() {
            self.abandon();
        }
        self.finish();
        if self.at == start {
            self.next();
        }
        let mut tokens = self.tokens[start..self.at].to_vec();
        if result.is_err() {
            self.lose(&tokens);
        } else if self.doubtful {
            // What is wrong with the use of its names may follow from that.
            tokens.retain(|token| !matches!(token, TokenTree::Group(_)));
            self.lose(&tokens);
        }
        result.ok()
    }

    /// Reads the block that ends the current statement; `read` reads what is inside.
    pub(super) fn block<T>(&mut self, room: Room, read: impl FnOnce(&mut Reader<'_>) -> T) -> Option<T> {
        if self.peek_group(Delimiter::Brace).is_none() {
            self.unexpected(true);
        }
        let group = self.eat_group(Delimiter::Brace)?;
        let mut inside = self.inside(&group, room);
        let value = read(&mut inside);
        self.failed = false;
        self.closed = true;
        Some(value)
    }

    /// Goes on to the end of the statement's head, after a problem in it.
    pub(super) fn skip(&mut self) {
        (self.failed, self.doubtful) = (true, true);
        while !self.at_end() && !self.at_block() && !self.new_statement() {
            self.next();
        }
    }

    /// Gives the statement up: goes to its end, past a block that belongs to it.
    fn abandon(&mut self) {
        if self.closed && (self.done() || self.known()) {
            return;
        }
        self.failed = true;
        while !self.at_end() && !self.new_statement() {
            let group = self.peek_group(Delimiter::Brace).is_some();
            self.next();
            if group && (self.known() || self.begins_line()) {
                self.closed = true;
                return;
            }
        }
    }

    /// Reads the statement's end, whatever stands before it.
    fn finish(&mut self) {
        if self.closed {
            if self.peek_punct(';') {
                let span = self.peek().map_or(self.last, TokenTree::span);
                if !self.failed {
                    self.problems.help(span, "unexpected `;`", "remove it");
                }
                self.next();
            }
            return;
        }
        self.unexpected(false);
        if self.eat_punct(';') || self.failed {
            return;
        }
        if self.spelling == Spelling::Text {
            let found = shown(self.peek());
            let message = format!("unexpected `{found}` in `{}`", self.word.name);
            self.problems.help(self.here(), message, format!("write `{found}` on a line of its own"));
            return;
        }
        self.problems.help(self.last, "missing `;`", format!("end the `{}` with `;`", self.word.name));
    }

    /// Says what is wrong with a token that does not belong to the statement, and passes over it.
    fn unexpected(&mut self, block: bool) {
        if self.failed || (!block && (self.at_end() || self.known())) {
            return;
        }
        // `continue` is a word of its own, and begins `continue on error`.
        let option = self.peek_ident().is_some_and(|found| {
            self.word.option_words().any(|word| word.split(' ').next() == Some(&found)) && !self.begins_line()
        });
        let step = block && self.known() && !option;
        if step && self.spelling == Spelling::Text && !self.new_statement() {
            let found = shown(self.peek());
            let message = format!("unexpected `{found}` in `{}`", self.word.name);
            self.problems.help(self.here(), message, format!("write `{found}` on a line of its own"));
            self.failed = true;
            while !self.at_end() && self.peek_group(Delimiter::Brace).is_none() {
                self.next();
            }
            return;
        }
        if self.at_end() || step {
            let part = self.word.block.split(" [").next().unwrap_or_default();
            self.problems.help(self.last, format!("missing `{part}`"), self.usage());
            (self.failed, self.doubtful) = (true, true);
            return;
        }
        let span = self.here();
        let found = shown(self.peek());
        match self.peek_ident() {
            Some(found) if !self.word.options.is_empty() => {
                let foreign = self.foreign_option();
                let help = match keyword::nearest(&found, self.word.option_words()) {
                    _ if foreign.is_some() => foreign.unwrap_or_default(),
                    Some(near) => format!("did you mean `{near}`?"),
                    None => self.usage(),
                };
                self.problems.help(span, format!("unknown option `{found}` of `{}`", self.word.name), help);
            }
            _ => {
                let message = format!("unexpected `{found}` in `{}`", self.word.name);
                let help = if self.is_file() && self.word.option_words().any(|word| word == "path") {
                    format!("write `path {found}` for a file")
                } else if found == "=" && self.word.option_words().any(|word| word == "default") {
                    "write `default VALUE`".to_owned()
                } else if self.word.option_words().any(|word| word == "timeout") && is_duration(&found) {
                    format!("write `timeout {found}`")
                } else if let Some(option) = self.option_of_group() {
                    format!("write `{option}` before it")
                } else if found == "," {
                    format!("remove it: {}", self.usage())
                } else if found == "+" {
                    "write a placeholder in the string, like `\"page {{name}}\"`".to_owned()
                } else {
                    self.foreign_option().unwrap_or_else(|| self.usage())
                };
                self.problems.help(span, message, help);
            }
        }
        self.next();
        self.skip();
        if !block {
            // A group in braces is then part of what is wrong.
            while !self.at_end() && !self.new_statement() {
                self.next();
            }
        }
    }

    /// Goes on with the statement after a block in it.
    pub(super) fn reopen(&mut self) {
        self.closed = false;
    }

    /// The option that the list or the map that comes next belongs to.
    fn option_of_group(&self) -> Option<&'static str> {
        let open = match self.peek()? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => "{",
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => "[",
            _ => return None,
        };
        self.word.options.iter().find(|option| option.parts.starts_with(open)).map(|option| option.name)
    }

    /// Whether a string comes next that looks like the name of a file.
    fn is_file(&self) -> bool {
        let text = if self.is_string() { shown(self.peek()) } else { String::new() };
        let name = text.trim_matches('"');
        let plain = |c: char| c.is_ascii_alphanumeric() || "/_-.{}".contains(c);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        name.chars().all(plain)
            && name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/' || c == '{')
            && (2..=5).contains(&ending.len())
    }

    /// What is written here for the option of another tool that comes next.
    fn foreign_option(&self) -> Option<String> {
        let modified = self.word.room == Room::Field && self.word.name != "from";
        self.foreign_help(if modified { At::Modifier } else { At::Option(self.word.name) })
    }

    /// Keeps the names in tokens that were not understood.
    pub(super) fn lose(&mut self, tokens: &[TokenTree]) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    let text = ident_text(Some(token)).unwrap_or_default();
                    self.lost.push(Name { text, span: ident.span() });
                }
                TokenTree::Group(group) => {
                    self.lose(&group.stream().into_iter().collect::<Vec<_>>());
                }
                // A name in quotes.
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    let text = text.trim_start_matches(['r', '#']).trim_end_matches('#').trim_matches('"');
                    if syn::parse_str::<proc_macro2::Ident>(text).is_ok() {
                        self.lost.push(Name { text: text.to_owned(), span: literal.span() });
                    }
                }
                TokenTree::Punct(_) => {}
            }
        }
    }

    /// Whether the block of the current statement comes next.
    fn at_block(&self) -> bool {
        !self.word.block.is_empty() && self.peek_group(Delimiter::Brace).is_some()
    }

    /// Whether the lines of the current statement's block come next, in a file of its own, where maps alone have braces.
    pub(super) fn block_follows(&self) -> bool {
        self.spelling == Spelling::Text && !self.values && self.at_block()
    }

    /// Whether a statement certainly begins here: a known word, on a line of its own.
    pub(super) fn new_statement(&self) -> bool {
        self.begins_line() && self.known()
    }

    /// Whether the next token stands on a later line than the one before it.
    fn begins_line(&self) -> bool {
        self.peek().is_none_or(|token| token.span().start().line > self.last.end().line)
    }

    /// Whether a known statement of this block comes next.
    pub(super) fn known(&self) -> bool {
        let Some(first) = self.peek_ident() else {
            return false;
        };
        match self.room {
            Room::Field => {
                ident_text(self.peek_at(1)).is_some_and(|word| Word::find(Room::Field, &word).is_some())
            }
            Room::Recipe => ["task", "pub"].contains(&first.as_str()),
            Room::Header | Room::Step => [Room::Header, Room::Step]
                .into_iter()
                .flat_map(Word::of)
                .any(|word| word.name.split(' ').next() == Some(first.as_str())),
        }
    }
}

/// Whether a token is a duration with its unit.
fn is_duration(token: &str) -> bool {
    token.ends_with(['s', 'm', 'h']) && super::duration::read(token).is_some()
}
