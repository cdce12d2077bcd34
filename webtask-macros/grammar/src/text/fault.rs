//! Collects what is wrong with a text's tokens, lines and blocks, and joins it with what the parser says.

use super::Source;
use crate::problem::{Problem, Problems};

/// What is wrong so far.
pub(crate) struct Faults<'s> {
    source: &'s Source,
    list: Vec<Fault>,
    /// The lines of which nothing more is to be said: the first and the last of each.
    broken: Vec<(usize, usize)>,
}

/// Something wrong at a place.
struct Fault {
    start: usize,
    problem: Problem,
    /// Whether the rest of its line has lost its meaning.
    breaks: bool,
}

impl<'s> Faults<'s> {
    pub(crate) fn new(source: &'s Source) -> Self {
        Faults { source, list: Vec::new(), broken: Vec::new() }
    }

    /// Adds what is wrong; its line is understood all the same.
    pub(super) fn add(&mut self, place: (usize, usize), message: impl Into<String>, help: impl Into<String>) {
        let span = self.source.ruler.span(place.0, place.1);
        let problem = Problem { span, message: message.into(), help: Some(help.into()) };
        self.list.push(Fault { start: place.0, problem, breaks: false });
    }

    /// Adds what is wrong; what else would be said of its line is a consequence of it.
    pub(super) fn breaks(
        &mut self,
        place: (usize, usize),
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(place, message, help);
        if let Some(last) = self.list.last_mut() {
            last.breaks = true;
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Takes back what was added since there were so many.
    pub(super) fn truncate(&mut self, length: usize) {
        self.list.truncate(length);
    }

    /// Says that a logical line goes from one character to another.
    pub(super) fn line(&mut self, start: usize, end: usize) {
        if self.list.iter().any(|fault| fault.breaks && (start..=end).contains(&fault.start)) {
            let ruler = &self.source.ruler;
            let first = ruler.span(start, start).start().line;
            self.broken.push((first, ruler.span(end, end).start().line));
        }
    }

    /// Adds all to the problems, and what the parser has told of lines that are not broken.
    pub(super) fn join(self, told: Vec<Problem>, problems: &mut Problems) {
        let broken = |problem: &Problem| {
            let line = problem.span.start().line;
            self.broken.iter().any(|(first, last)| (*first..=*last).contains(&line))
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
