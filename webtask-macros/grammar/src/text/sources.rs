//! Several recipe files that are read together.

use std::collections::HashMap;
use std::slice::Iter;

use proc_macro2::Span;

use super::Source;

/// The sources of several files, which are found by the places in them without looking at each.
#[derive(Debug)]
pub struct Sources {
    list: Vec<Source>,
    /// Where in the list each is, by what a place calls its file.
    files: HashMap<String, usize>,
}

impl Sources {
    /// Those sources, in their order.
    #[must_use]
    pub fn new(list: Vec<Source>) -> Self {
        let files = list.iter().enumerate().map(|(index, source)| (source.ruler.file(), index)).collect();
        Self { list, files }
    }

    /// The sources, in their order.
    pub fn iter(&self) -> Iter<'_, Source> {
        self.list.iter()
    }

    /// The number of the source that a place is in.
    #[must_use]
    pub fn position(&self, span: Span) -> Option<usize> {
        self.files.get(&span.file()).copied()
    }

    /// The source that a place is in.
    #[must_use]
    pub fn of(&self, span: Span) -> Option<&Source> {
        self.position(span).map(|index| &self.list[index])
    }

    /// A place as `FILE:LINE:COLUMN`; empty when it is in none of the sources.
    #[must_use]
    pub fn place(&self, span: Span) -> String {
        self.of(span).map_or_else(String::new, |source| source.place(span))
    }
}
