//! Collects what is wrong with a text's tokens, lines and blocks, and joins it with what the parser says.

use std::collections::BTreeSet;

use super::Source;
use crate::problem::{Problem, Problems};

/// What is wrong so far.
pub(crate) struct Faults<'s> {
    source: &'s Source,
    list: Vec<Fault>,
    /// Where lines have lost their meaning, with the place in the list.
    breaks: BTreeSet<(usize, usize)>,
    /// The lines of which nothing more is to be said: the first and the last of each, in their order.
    broken: Vec<(usize, usize)>,
}

/// Something wrong at a place.
struct Fault {
    start: usize,
    problem: Problem,
}

impl<'s> Faults<'s> {
    pub(crate) fn new(source: &'s Source) -> Self {
        Faults { source, list: Vec::new(), breaks: BTreeSet::new(), broken: Vec::new() }
    }

    /// Adds what is wrong; its line is understood all the same.
    pub(super) fn add(&mut self, place: (usize, usize), message: impl Into<String>, help: impl Into<String>) {
        let span = self.source.ruler.span(place.0, place.1);
        let problem = Problem { span, message: message.into(), help: Some(help.into()) };
        self.list.push(Fault { start: place.0, problem });
    }

    /// Adds what is wrong; what else would be said of its line is a consequence of it.
    pub(super) fn breaks(
        &mut self,
        place: (usize, usize),
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.breaks.insert((place.0, self.list.len()));
        self.add(place, message, help);
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Takes back what was added since there were so many.
    pub(super) fn truncate(&mut self, length: usize) {
        for (index, fault) in self.list.iter().enumerate().skip(length) {
            self.breaks.remove(&(fault.start, index));
        }
        self.list.truncate(length);
    }

    /// Says that a logical line goes from one character to another.
    pub(super) fn line(&mut self, start: usize, end: usize) {
        if self.breaks.range((start, 0)..=(end, usize::MAX)).next().is_some() {
            let ruler = &self.source.ruler;
            let first = ruler.span(start, start).start().line;
            self.broken.push((first, ruler.span(end, end).start().line));
        }
    }

    /// Adds all to the problems, and what the parser has told of lines that are not broken.
    pub(super) fn join(self, told: Vec<Problem>, problems: &mut Problems) {
        let broken = |problem: &Problem| {
            let line = problem.span.start().line;
            let behind = self.broken.partition_point(|(first, _)| *first <= line);
            behind > 0 && self.broken[behind - 1].1 >= line
        };
        let told = told.into_iter().filter(|problem| !broken(problem));
        for problem in told.chain(self.list.iter().map(|fault| fault.problem.clone())) {
            match problem.help {
                Some(help) => problems.help(problem.span, problem.message, help),
                None => problems.add(problem.span, problem.message),
            }
        }
    }
}
