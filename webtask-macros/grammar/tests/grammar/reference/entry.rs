//! The words that have a page, and what is written by hand of each.

use std::fs;

use webtask_grammar::keyword::{Choice, MODIFIERS, Room, WORDS, Word};

use super::example::Example;
use super::guide;

/// A word that has a page.
pub(super) enum Entry {
    Word(&'static Word),
    /// A modifier of a field, or several of which one may be taken.
    Modifier(&'static Choice),
}

/// What is written of it by hand.
pub(super) struct Hand {
    /// What stands before the first heading.
    pub(super) prose: String,
    /// Each heading with what is below it.
    pub(super) sections: Vec<(String, String)>,
}

/// All of them, in the order of the reference.
pub(super) fn entries() -> Vec<Entry> {
    WORDS.iter().map(Entry::Word).chain(MODIFIERS.iter().map(Entry::Modifier)).collect()
}

impl Entry {
    /// The word, or the words.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Word(word) => word.name,
            Self::Modifier(modifier) => modifier.name,
        }
    }

    /// The names that a link may have.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.name().split('|')
    }

    /// What an example of it has in it.
    pub(super) fn first_word(&self) -> &'static str {
        self.names().next().expect("it has a name")
    }

    /// The folder of its page, which is its module's name too.
    pub(super) fn room(&self) -> &'static str {
        match self {
            Self::Word(word) => match word.room {
                Room::Recipe | Room::Header => "header",
                Room::Step => "step",
                Room::Field => "field",
            },
            Self::Modifier(_) => "modifier",
        }
    }

    /// The name of its page, and of its module: `wait_until`.
    pub(super) fn slug(&self) -> String {
        self.first_word().replace(' ', "_")
    }

    /// Its page, below the reference; the same file below `words` is written by hand.
    pub(super) fn file(&self) -> String {
        format!("{}/{}.md", self.room(), self.slug())
    }

    /// One line of what it does.
    pub(super) fn doc(&self) -> &'static str {
        match self {
            Self::Word(word) => word.doc,
            Self::Modifier(modifier) => modifier.doc,
        }
    }

    /// How it is written inline, and in a file when that differs by more than the layout.
    pub(super) fn syntax(&self) -> (String, Option<String>) {
        match self {
            Self::Word(word) if word.rust => (word.syntax(), None),
            Self::Word(word) => (word.syntax(), Some(word.text_syntax())),
            Self::Modifier(modifier) => (modifier.syntax(), Some(modifier.syntax())),
        }
    }

    pub(super) fn options(&self) -> &'static [Choice] {
        match self {
            // A field's modifiers have pages of their own.
            Self::Word(word) if word.options == MODIFIERS => &[],
            Self::Word(word) => word.options,
            Self::Modifier(_) => &[],
        }
    }

    pub(super) fn takes_modifiers(&self) -> bool {
        matches!(self, Self::Word(word) if word.options == MODIFIERS)
    }

    /// The headings that there must be.
    pub(super) fn wanted(&self) -> &'static [&'static str] {
        match self.room() {
            "step" => &["Result", "Errors", "Example", "See also"],
            _ => &["Example", "See also"],
        }
    }

    /// What is written of it by hand.
    pub(super) fn hand(&self) -> Hand {
        let file = guide().join("words").join(self.file());
        let text = fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("`{}` cannot be read: {error}", self.file()));
        let (prose, rest) = text.split_once("\n# ").unwrap_or((&text, ""));
        let sections = rest.split("\n# ").filter(|section| !section.is_empty()).map(|section| {
            let (title, below) = section.split_once('\n').unwrap_or((section, ""));
            (title.trim().to_owned(), below.trim().to_owned())
        });
        Hand { prose: prose.trim().to_owned(), sections: sections.collect() }
    }
}

impl Hand {
    pub(super) fn section(&self, title: &str) -> Option<&str> {
        self.sections.iter().find(|section| section.0 == title).map(|section| section.1.as_str())
    }

    /// The recipes under `# Example`: each between lines of "```recipe" and "```".
    pub(super) fn examples(&self) -> Vec<Example> {
        let text = self.section("Example").unwrap_or_default();
        let blocks = text.split("```recipe").skip(1);
        blocks
            .map(|block| {
                let (mark, rest) = block.split_once('\n').expect("a line ends");
                let (recipe, _) = rest.split_once("```").expect("the block is closed");
                Example { inline: recipe.trim_end().to_owned(), rust: mark.trim() == "rust" }
            })
            .collect()
    }
}
