//! The table of words: what each is followed by, its options, and what it does.
//!
//! The parser takes what it expects, and what it says about it, from here; it knows nothing of tokens.

mod words;

use std::fmt::Write as _;

pub use webtask_words::nearest;

pub use self::words::{MODIFIERS, WORDS};

/// A word of the language, or a group of words.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// The word, or the words with a space between.
    pub name: &'static str,
    /// Where it stands.
    pub room: Room,
    /// What must follow it, as it is written in the reference.
    pub parts: &'static str,
    /// What may follow that, in any order, each once.
    pub options: &'static [Choice],
    /// The block at its end, with what follows that; empty without one.
    pub block: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// Whether it is Rust, which only the inline spelling has.
    pub rust: bool,
}

/// An option of a [`Word`], or several of which one may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The option's word; several that exclude each other with `|` between.
    pub name: &'static str,
    /// What follows it.
    pub parts: &'static str,
    /// The option after whose parts alone it may stand; empty when it stands by itself.
    pub after: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// What holds when it is left out, where that is not just its absence; empty otherwise.
    pub default: &'static str,
}

/// Where a [`Word`] stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Outside everything.
    Recipe,
    /// At the beginning of a task.
    Header,
    /// Among the steps.
    Step,
    /// After the name of a field of an `extract`.
    Field,
}

impl Word {
    /// The word with that name in that room.
    #[must_use]
    pub fn find(room: Room, name: &str) -> Option<&'static Self> {
        WORDS.iter().find(|word| word.room == room && word.name == name)
    }

    /// The words of a room.
    pub fn of(room: Room) -> impl Iterator<Item = &'static Self> {
        WORDS.iter().filter(move |word| word.room == room)
    }

    /// How it is written, with all that belongs to it.
    #[must_use]
    pub fn syntax(&self) -> String {
        let mut out = String::new();
        if self.room == Room::Field {
            out.push_str("NAME ");
        }
        out.push_str(self.name);
        if !self.parts.is_empty() {
            let _ = write!(out, " {}", self.parts);
        }
        for option in self.options.iter().filter(|option| option.after.is_empty()) {
            let _ = write!(out, " [{}", option.syntax());
            for inner in self.options.iter().filter(|inner| inner.after == option.name) {
                let _ = write!(out, " [{}]", inner.syntax());
            }
            out.push(']');
        }
        if !self.block.is_empty() {
            let _ = write!(out, " {}", self.block);
        }
        out
    }

    /// How its first line is written in a file of its own, without what is Rust.
    #[must_use]
    pub fn text_syntax(&self) -> String {
        let inline = self.syntax();
        let line = inline.strip_suffix(self.block).unwrap_or(&inline).trim_end();
        without_rust(&line.replace(" [-> TYPE]", ""))
    }

    /// The words of its options, each for itself.
    pub fn option_words(&self) -> impl Iterator<Item = &'static str> {
        self.options.iter().flat_map(Choice::words)
    }
}

impl Choice {
    /// The same with what holds when it is left out.
    const fn or(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    /// How it is written, with what follows it.
    #[must_use]
    pub fn syntax(&self) -> String {
        if self.parts.is_empty() { self.name.to_owned() } else { format!("{} {}", self.name, self.parts) }
    }

    /// The words of which one is taken; mostly just one.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.name.split('|')
    }
}

/// What may be written, without what is Rust.
pub(crate) fn without_rust(parts: &str) -> String {
    let alternatives = |word: &str| {
        let kept: Vec<_> = word.split('|').filter(|part| *part != "(expr)").collect();
        kept.join("|")
    };
    let plain = parts.replace("[: TYPE]", "").replace("|NAME path::to::task", "");
    plain.split(' ').map(alternatives).collect::<Vec<_>>().join(" ")
}

/// Words in a sentence: `` `a`, `b` or `c` ``.
pub(crate) fn one_of<'k>(words: impl IntoIterator<Item = &'k str>) -> String {
    let words: Vec<_> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}
