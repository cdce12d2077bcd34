//! Goes through a block token by token; it knows no word and no statement.

use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream, TokenTree};

use super::token::{flat, ident_text, is_punct, shallow};
use crate::ast::Name;
use crate::keyword::{Room, Word};
use crate::problem::Problems;

/// What could not be read; the problem has been told.
#[derive(Debug)]
pub(super) struct Told;

/// A part of a recipe, or a problem that has been told.
pub(super) type Parsed<T> = Result<T, Told>;

/// How a recipe is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// In Rust source: statements end in `;`, blocks are `{ … }`, Rust may stand in it.
    Inline,
    /// In a file of its own: lines and `end`, without Rust.
    Text,
}

/// The tokens of one block, and the place reached in them.
pub(super) struct Reader<'p> {
    pub(super) tokens: Vec<TokenTree>,
    pub(super) at: usize,
    /// The end of the token before.
    pub(super) last: Span,
    /// The word whose statement is being read.
    pub(super) word: &'static Word,
    /// Where that word was written.
    pub(super) word_span: Span,
    /// How the recipe is written.
    pub(super) spelling: Spelling,
    /// What stands in this block.
    pub(super) room: Room,
    /// Whether this statement has had a problem from which it was not read on.
    pub(super) failed: bool,
    /// Whether what this statement binds is in doubt, since not all of its head was understood.
    pub(super) doubtful: bool,
    /// Whether this statement has ended with a block.
    pub(super) closed: bool,
    /// Whether these tokens are inside a list or a map.
    pub(super) values: bool,
    /// What is wrong so far.
    pub(super) problems: &'p mut Problems,
    /// The names in what was not understood.
    pub(super) lost: &'p mut Vec<Name>,
}

impl<'p> Reader<'p> {
    /// The tokens of a whole recipe.
    pub(super) fn new(
        tokens: TokenStream,
        spelling: Spelling,
        problems: &'p mut Problems,
        lost: &'p mut Vec<Name>,
    ) -> Self {
        Reader {
            tokens: flat(shallow(tokens, problems)),
            at: 0,
            last: Span::call_site(),
            word: Word::find(Room::Recipe, "task").expect("it is in the table"),
            word_span: Span::call_site(),
            spelling,
            room: Room::Recipe,
            failed: false,
            doubtful: false,
            closed: false,
            values: false,
            problems,
            lost,
        }
    }

    /// The tokens inside a group, where what belongs to `room` stands.
    pub(super) fn inside(&mut self, group: &Group, room: Room) -> Reader<'_> {
        Reader {
            tokens: flat(group.stream()),
            at: 0,
            last: group.span_open(),
            word: self.word,
            word_span: self.word_span,
            spelling: self.spelling,
            room,
            failed: false,
            doubtful: false,
            closed: false,
            values: false,
            problems: self.problems,
            lost: self.lost,
        }
    }

    /// The next token.
    pub(super) fn peek(&self) -> Option<&TokenTree> {
        self.tokens.get(self.at)
    }

    /// The token after the next ones.
    pub(super) fn peek_at(&self, ahead: usize) -> Option<&TokenTree> {
        self.tokens.get(self.at + ahead)
    }

    /// Takes the next token.
    pub(super) fn next(&mut self) -> Option<TokenTree> {
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        self.last = match &token {
            TokenTree::Group(group) => group.span_close(),
            token => token.span(),
        };
        Some(token)
    }

    /// The place where the next token stands, or where one is missing.
    pub(super) fn here(&self) -> Span {
        match self.peek() {
            Some(TokenTree::Group(group)) => group.span_open(),
            Some(token) if !is_punct(Some(token), ';') => token.span(),
            _ => self.last,
        }
    }

    /// The place of the token before.
    pub(super) fn behind(&self) -> Span {
        self.last
    }

    /// Whether the block's tokens are all read.
    pub(super) fn done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The next token when it is an identifier, as it is written in the language.
    pub(super) fn peek_ident(&self) -> Option<String> {
        ident_text(self.peek())
    }

    /// Whether the next token is that punctuation.
    pub(super) fn peek_punct(&self, char: char) -> bool {
        is_punct(self.peek(), char)
    }

    /// Takes that punctuation if it comes next.
    pub(super) fn eat_punct(&mut self, char: char) -> bool {
        let found = self.peek_punct(char);
        if found {
            self.next();
        }
        found
    }

    /// The next token when it is a group in these delimiters.
    pub(super) fn peek_group(&self, delimiter: Delimiter) -> Option<&Group> {
        match self.peek() {
            Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
            _ => None,
        }
    }

    /// Takes a group in these delimiters if it comes next.
    pub(super) fn eat_group(&mut self, delimiter: Delimiter) -> Option<Group> {
        let group = self.peek_group(delimiter)?.clone();
        self.next();
        Some(group)
    }

    /// Takes a literal if it comes next.
    pub(super) fn eat_literal(&mut self) -> Option<Literal> {
        match self.peek() {
            Some(TokenTree::Literal(literal)) => {
                let literal = literal.clone();
                self.next();
                Some(literal)
            }
            _ => None,
        }
    }

    /// How many tokens that word or group of words takes here, with spaces or hyphens between; 0 when it is not there.
    pub(super) fn peek_words(&self, words: &str) -> usize {
        let mut taken = 0;
        for (index, word) in words.split(' ').enumerate() {
            if index > 0 && is_punct(self.peek_at(taken), '-') {
                taken += 1;
            }
            if ident_text(self.peek_at(taken)).as_deref() != Some(word) {
                return 0;
            }
            taken += 1;
        }
        taken
    }

    /// Takes that word or group of words if it comes next.
    pub(super) fn eat_words(&mut self, words: &str) -> bool {
        let taken = self.peek_words(words);
        self.pass(taken);
        taken > 0
    }

    /// Passes over so many tokens.
    pub(super) fn pass(&mut self, tokens: usize) {
        for _ in 0..tokens {
            self.next();
        }
    }

    /// How many tokens are read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Whether a string follows the next token.
    pub(super) fn string_follows(&self) -> bool {
        matches!(self.peek_at(1), Some(TokenTree::Literal(literal)) if literal.to_string().ends_with(['"', '#']))
    }
}
