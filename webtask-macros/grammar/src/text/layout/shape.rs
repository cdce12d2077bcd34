//! What a line begins with, and what that says of blocks.

use super::super::Source;
use super::super::scan::{Kind, Token};
use super::{begins, ends_in_map, first};
use crate::foreign::{self, At, Foreign, Piece, squeezed};
use crate::keyword::{Room, WORDS, Word, nearest};

/// What is to be known of a line.
#[derive(Debug)]
pub(super) struct Shape {
    /// The words that it begins with, at most three.
    pub(super) words: Vec<String>,
    /// Whether there is nothing else.
    pub(super) only: bool,
    /// Whether it ends with a brace.
    pub(super) braced: bool,
    /// Whether its first word is called on, as in `console.log`.
    pub(super) dotted: bool,
    pub(super) indent: usize,
}

impl Shape {
    pub(super) fn of(source: &Source, tokens: &[Token]) -> Self {
        let mut words = Vec::new();
        let mut taken = 0;
        for token in tokens {
            match &token.kind {
                Kind::Word(word) => words.push(word.clone()),
                Kind::Punct('-') if !words.is_empty() => {}
                _ => break,
            }
            taken += 1;
            if words.len() == 3 {
                break;
            }
        }
        let start = tokens.first().map_or(0, |token| token.start);
        let indent = source.text[..start].iter().rev().take_while(|c| **c != '\n').count();
        let braced =
            matches!(tokens.last(), Some(Token { kind: Kind::Close('}'), .. })) && !ends_in_map(tokens);
        let dotted = matches!(tokens.get(1), Some(Token { kind: Kind::Punct('.'), .. }));
        Shape { words, only: taken == tokens.len(), braced, dotted, indent }
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.words.first().is_some_and(|first| first == word)
    }

    pub(super) fn is_task(&self) -> bool {
        self.is("task") || self.is("pub")
    }

    /// Whether it closes a block of that room.
    pub(super) fn closes(&self, room: Room, guess: bool) -> bool {
        let alone = self.words.len() == 1 && self.only;
        self.is("end") && (alone || room != Room::Field) || alone && guess && self.means("end")
    }

    /// Whether it is a misspelt `end` or `else`.
    pub(super) fn means(&self, meant: &str) -> bool {
        let Some(word) = self.words.first() else { return false };
        if meant == "end" && self.foreign().is_some_and(|row| row.write == ["end"]) {
            return true;
        }
        let blocks = ["end", "else"];
        if begins(word) || nearest(word, blocks) != Some(meant) {
            return false;
        }
        let names = WORDS.iter().filter(|known| known.room != Room::Field).map(first);
        nearest(word, names.chain(blocks)) == Some(meant)
    }

    /// The row of the word of another tool that it begins with.
    pub(super) fn foreign(&self) -> Option<&'static Foreign> {
        let word = self.words.first().filter(|word| !begins(word))?;
        foreign::find(At::Step, &[Piece { text: squeezed(word), hyphen: false, tokens: 1 }])
            .map(|(row, _)| row)
    }

    /// What is written here for the word of another tool that it begins with.
    pub(super) fn instead(&self) -> Option<&'static Word> {
        // `foreach`
        let joined = squeezed(self.words.first()?);
        let ours = Word::of(Room::Step).find(|word| word.name.contains(' ') && squeezed(word.name) == joined);
        let write = || self.foreign()?.write.first();
        ours.or_else(|| {
            let write = write()?;
            Word::of(Room::Step)
                .filter(|word| write.starts_with(word.name))
                .max_by_key(|word| word.name.len())
        })
    }

    /// Whether it opens a block in that room; a misspelt word may be taken for one that does.
    pub(super) fn opens(&self, room: Room, guess: bool) -> bool {
        let Some(word) = self.words.first().filter(|_| !self.braced && !self.dotted) else { return false };
        match room {
            Room::Recipe => self.is_task() || guess && nearest(word, ["task"]).is_some(),
            Room::Field => self.words.get(1).is_some_and(|word| blocks(Room::Field, word, guess)),
            Room::Header | Room::Step => {
                // Of words that begin alike, the longest that is there as a whole is the one.
                let group = || {
                    WORDS.iter().filter(|known| known.room != Room::Field && first(known) == word.as_str())
                };
                if group().any(|known| known.block.is_empty()) {
                    let whole = group().filter(|known| self.starts_with(known.name));
                    return whole
                        .max_by_key(|known| known.name.len())
                        .is_some_and(|known| !known.block.is_empty());
                }
                // An `else` that follows no `if` has lines and an `end` all the same.
                blocks(room, word, guess)
                    || guess && self.is("else")
                    || guess && self.instead().is_some_and(|known| !known.block.is_empty())
            }
        }
    }

    /// Whether the line after it may be its only step, without an `end`.
    pub(super) fn may_be_alone(&self) -> bool {
        self.is("record")
    }

    /// The word of the block that it opens.
    pub(super) fn name(&self) -> &str {
        let known = WORDS.iter().filter(|known| known.room == Room::Step && self.starts_with(known.name));
        match known.max_by_key(|known| known.name.len()) {
            _ if self.is_task() => "task",
            Some(known) => known.name,
            None => self.words.first().map_or("block", String::as_str),
        }
    }

    /// Whether it cannot be a statement of that room.
    pub(super) fn is_odd(&self, room: Room) -> bool {
        match room {
            Room::Recipe => !self.is_task(),
            Room::Field => self.words.get(1).is_none_or(|word| Word::find(Room::Field, word).is_none()),
            Room::Header | Room::Step => {
                self.is("else") || self.is("task") || self.words.first().is_none_or(|word| !begins(word))
            }
        }
    }

    pub(super) fn starts_with(&self, name: &str) -> bool {
        name.split(' ').eq(self.words.iter().map(String::as_str).take(name.split(' ').count()))
    }
}

/// Whether the word, or the known word nearest to it, has a block in that room. Rust's is not in a text.
fn blocks(room: Room, word: &str, guess: bool) -> bool {
    let of = |wanted: Room| WORDS.iter().filter(move |known| known.room == wanted && known.name != "rust");
    let has = |word: &str| of(room).any(|known| first(known) == word && !known.block.is_empty());
    let known = of(room).chain(of(Room::Header)).any(|known| first(known) == word);
    let near = || nearest(word, of(room).chain(of(Room::Header)).map(first));
    has(word) || guess && !known && near().is_some_and(has)
}

/// Whether the block of a step holds fields.
pub(super) fn names_fields(shape: &Shape) -> bool {
    let word = shape.words.first().map_or("", String::as_str);
    let fields = |known: &&Word| known.block.contains("fields");
    match Word::of(Room::Step).find(|known| first(known) == word) {
        Some(known) => fields(&known),
        None if shape.foreign().is_some() => shape.instead().is_some_and(|known| fields(&known)),
        None => nearest(word, Word::of(Room::Step).filter(fields).map(first)).is_some(),
    }
}
