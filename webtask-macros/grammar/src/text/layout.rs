//! Finds blocks: which line opens one, which `end` closes it, and what to think when they do not match.
//!
//! It knows which words have a block, and nothing else of them. Indentation means nothing unless an `end` is missing
//! or too much: then it tells which.

mod shape;

use std::ops::Range;

use self::shape::{Shape, names_fields};
use super::Source;
use super::bracket::Line;
use super::fault::Faults;
use super::scan::{Kind, Token};
use crate::keyword::{Room, WORDS, Word};
use crate::template::is_name;

/// A logical line with what it is among blocks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// Its tokens; none when it was not written.
    pub(crate) tokens: Range<usize>,
    pub(crate) role: Role,
    /// How many blocks are open around it.
    pub(crate) depth: usize,
}

/// What a line is among blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing.
    Plain,
    /// Outside every task, where statements have no end.
    Outside,
    /// It opens a block.
    Open,
    /// `else`: it closes a block and opens the next one.
    Else,
    /// `end`: it closes a block.
    Close,
    /// An `end` that closes nothing.
    Surplus,
}

/// The lines as rows, with every block closed.
pub(super) fn rows(source: &Source, tokens: &[Token], lines: &[Line], faults: &mut Faults<'_>) -> Vec<Row> {
    let shapes: Vec<_> = lines.iter().map(|line| Shape::of(source, &tokens[line.clone()])).collect();
    let attempt = |guess, indented, alone| Layout::new(&shapes, guess, indented, alone).all(lines);
    let mut layout = attempt(false, false, false);
    if layout.cost() > 0 {
        let mut tries =
            vec![attempt(true, false, false), attempt(false, true, false), attempt(true, true, false)];
        // Where an `end` is missing or too much, indentation knows better.
        if layout.wrong.is_empty() {
            tries.insert(0, layout);
        } else {
            tries.rotate_left(1);
            tries.push(layout);
        }
        // A `record` without an `end`: where every block is indented, that tells which one it is.
        if shapes.iter().any(Shape::may_be_alone) {
            tries.extend([attempt(false, true, true), attempt(true, true, true)]);
        }
        layout = tries.into_iter().min_by_key(Layout::cost).expect("there are several");
    }
    for wrong in &layout.wrong {
        wrong.tell(tokens, lines, &shapes, source, faults);
    }
    layout.rows
}

/// Whether a statement, or its end, begins with the word.
pub(super) fn begins(word: &str) -> bool {
    ["end", "else"].contains(&word)
        || WORDS.iter().any(|known| known.room != Room::Field && first(known) == word)
}

/// Whether the words at a line's beginning are of a statement with a block, wherever it stands.
pub(super) fn has_block(source: &Source, tokens: &[Token]) -> bool {
    let shape = Shape::of(source, tokens);
    shape.is_task() || shape.is("else") || shape.opens(Room::Step, false) || shape.opens(Room::Field, false)
}

/// Whether the braces at the end stand behind an operator, so that they are a map and not the steps.
fn ends_in_map(tokens: &[Token]) -> bool {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().rev() {
        match token.kind {
            Kind::Close(_) => depth += 1,
            Kind::Open(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return compares(&tokens[..at]);
        }
    }
    false
}

/// Whether what comes last is an operator between two values.
pub(super) fn compares(tokens: &[Token]) -> bool {
    let before = tokens.iter().rev().find(|token| !token.is_space());
    before.is_some_and(|token| match &token.kind {
        Kind::Punct(sign) => "=<>".contains(*sign),
        _ => token.is_word("contains"),
    })
}

fn first(word: &Word) -> &'static str {
    word.name.split(' ').next().unwrap_or_default()
}

/// An open block.
#[derive(Clone, Copy)]
struct Block {
    line: usize,
    room: Room,
    /// Whether an `else` may follow.
    branches: bool,
}

/// What is wrong with blocks.
enum Wrong {
    /// The block that the line opens is not closed before the other line.
    Missing { opened: usize, before: usize },
    /// An `end` that closes nothing; the last block that was closed, by its first and its last line.
    Surplus { line: usize, closed: Option<(usize, usize)> },
    /// Something after `end` or `else`.
    Behind { line: usize, word: &'static str },
    /// A misspelt `end` or `else`.
    Meant { line: usize, word: &'static str },
}

/// A way through the lines.
struct Layout<'s> {
    shapes: &'s [Shape],
    /// Whether a misspelt word may open a block.
    guess: bool,
    /// Whether indentation is looked at.
    indented: bool,
    /// Whether a `record` is alone where no deeper line follows it.
    alone: bool,
    rows: Vec<Row>,
    open: Vec<Block>,
    closed: Option<(usize, usize)>,
    wrong: Vec<Wrong>,
    /// How many lines the parser will not understand.
    odd: usize,
}

impl<'s> Layout<'s> {
    fn new(shapes: &'s [Shape], guess: bool, indented: bool, alone: bool) -> Self {
        Layout {
            shapes,
            guess,
            indented,
            alone,
            rows: Vec::new(),
            open: Vec::new(),
            closed: None,
            wrong: Vec::new(),
            odd: 0,
        }
    }

    fn all(mut self, lines: &[Line]) -> Self {
        for (index, line) in lines.iter().enumerate() {
            self.line(index, line);
        }
        while !self.open.is_empty() {
            self.missing(lines.len());
        }
        self
    }

    /// How much is not understood.
    fn cost(&self) -> usize {
        self.wrong.len() + self.odd
    }

    fn line(&mut self, index: usize, line: &Line) {
        let shape = &self.shapes[index];
        let room = self.room();
        if shape.closes(room, self.guess) {
            self.end(index, line);
            return;
        }
        let misspelt = self.guess && shape.means("else");
        if (shape.is("else") || misspelt)
            && (room != Room::Field || shape.is_odd(room))
            && self.follows(index)
        {
            self.push(line.clone(), Role::Else, self.open.len() - 1);
            if misspelt {
                self.wrong.push(Wrong::Meant { line: index, word: "else" });
            } else if shape.words.get(1).is_none_or(|word| word != "if" && word != "as")
                && !(shape.only && shape.words.len() == 1)
            {
                self.wrong.push(Wrong::Behind { line: index, word: "else" });
            }
            return;
        }
        // No step is a `task`, and where indentation counts, no line of a block stands as far left as its first.
        let new = shape.is("task") && shape.is_odd(room);
        while let Some(block) = self.open.last()
            && (new || self.indented && shape.indent <= self.shapes[block.line].indent)
        {
            self.missing(index);
        }
        let room = self.room();
        self.odd += usize::from(shape.is_odd(room));
        if shape.opens(room, self.guess) && !(room == Room::Step && self.is_alone(index)) {
            let fields = room == Room::Field || room != Room::Recipe && names_fields(shape);
            self.push(line.clone(), Role::Open, self.open.len());
            let room = if fields { Room::Field } else { Room::Step };
            self.open.push(Block { line: index, room, branches: shape.is("if") || shape.is("try") });
        } else {
            let role = if room == Room::Recipe { Role::Outside } else { Role::Plain };
            self.push(line.clone(), role, self.open.len());
        }
    }

    /// Whether the line has no block though it could have one.
    fn is_alone(&self, index: usize) -> bool {
        let indent = self.shapes[index].indent;
        let in_block = |next: &Shape| next.indent > indent || next.indent == indent && next.is("end");
        self.alone && self.shapes[index].may_be_alone() && !self.shapes.get(index + 1).is_some_and(in_block)
    }

    /// What stands in the innermost block.
    fn room(&self) -> Room {
        self.open.last().map_or(Room::Recipe, |block| block.room)
    }

    fn push(&mut self, tokens: Range<usize>, role: Role, depth: usize) {
        self.rows.push(Row { tokens, role, depth });
    }

    fn end(&mut self, index: usize, line: &Line) {
        let indent = self.shapes[index].indent;
        if self.indented {
            let of = |block: &Block| self.shapes[block.line].indent;
            let inner = self.open.last().map(of);
            let next = self.shapes.get(index + 1).map_or(0, |shape| shape.indent);
            if inner.is_some_and(|inner| indent > inner && next > inner) {
                self.surplus(index, line);
                return;
            }
            if inner.is_some_and(|inner| indent < inner) {
                let outer = self.open.iter().rposition(|block| of(block) <= indent).unwrap_or(0);
                while self.open.len() > outer + 1 {
                    self.missing(index);
                }
            }
        }
        let Some(block) = self.open.pop() else {
            self.surplus(index, line);
            return;
        };
        self.closed = Some((block.line, index));
        if !self.shapes[index].is("end") {
            self.wrong.push(Wrong::Meant { line: index, word: "end" });
        } else if !self.shapes[index].only || self.shapes[index].words.len() > 1 {
            self.wrong.push(Wrong::Behind { line: index, word: "end" });
        }
        self.push(line.clone(), Role::Close, self.open.len());
    }

    fn surplus(&mut self, index: usize, line: &Line) {
        self.wrong.push(Wrong::Surplus { line: index, closed: self.closed });
        self.push(line.clone(), Role::Surplus, self.open.len());
    }

    /// Whether an `else` on that line follows a block of an `if`.
    fn follows(&mut self, index: usize) -> bool {
        if self.open.last().is_some_and(|block| block.branches) {
            return true;
        }
        let indent = self.shapes[index].indent;
        let outer = self
            .open
            .iter()
            .rposition(|block| block.branches && self.shapes[block.line].indent == indent)
            .filter(|_| self.indented);
        let Some(outer) = outer else { return false };
        while self.open.len() > outer + 1 {
            self.missing(index);
        }
        true
    }

    /// Closes the innermost block though no `end` does.
    fn missing(&mut self, before: usize) {
        if let Some(block) = self.open.pop() {
            self.wrong.push(Wrong::Missing { opened: block.line, before });
            let at = self.rows.last().map_or(0, |row| row.tokens.end);
            self.push(at..at, Role::Close, self.open.len());
        }
    }
}

impl Wrong {
    fn tell(
        &self,
        tokens: &[Token],
        lines: &[Line],
        shapes: &[Shape],
        source: &Source,
        faults: &mut Faults<'_>,
    ) {
        let number = |line: usize| source.ruler.span(tokens[lines[line].start].start, 0).start().line;
        let last = |line: usize| {
            let end = tokens[lines[line].end - 1].end;
            source.ruler.span(end.saturating_sub(1), end).start().line
        };
        let word = |line: usize| shapes[line].name();
        let place = |line: usize| {
            let token = &tokens[lines[line].start];
            (token.start, token.end)
        };
        match *self {
            Wrong::Missing { opened, before } => {
                // Nothing is in it yet.
                if before == opened + 1 && names_fields(&shapes[opened]) {
                    let help = "write its fields on the next lines, like `name text \"SEL\"`, then `end`";
                    faults.add(place(opened), format!("`{}` has no fields and no `end`", word(opened)), help);
                    return;
                }
                let behind = last(before.saturating_sub(1).max(opened));
                let mut help = format!("write `end` on a line of its own after line {behind}");
                if shapes[opened..before].iter().any(Shape::may_be_alone) {
                    help.push_str(
                        "; a `record` that films just the next step needs every block of the file indented",
                    );
                }
                faults.add(place(opened), format!("`{}` has no `end`", word(opened)), help);
            }
            Wrong::Surplus { line, closed } => {
                let help = match closed {
                    Some((opened, closed)) => format!(
                        "remove it: the `{}` of line {} has its `end` on line {}",
                        word(opened),
                        number(opened),
                        number(closed)
                    ),
                    None => "remove it: no block is open here".to_owned(),
                };
                faults.add(place(line), "unexpected `end`", help);
            }
            Wrong::Meant { line, word } => {
                let found = shapes[line].words.first().map_or("", String::as_str);
                faults.add(place(line), format!("unknown word `{found}`"), format!("did you mean `{word}`?"));
            }
            Wrong::Behind { line, word } => {
                let behind = tokens[lines[line].clone()].get(1).unwrap_or(&tokens[lines[line].start]);
                let found = source.slice(behind.start, behind.end);
                let block = |known: &Word| !known.block.is_empty() && first(known) == found;
                let help = if word == "end" && (WORDS.iter().any(block) || found == "each") {
                    "remove it: `end` alone closes every block"
                } else if word == "else"
                    && is_name(&found)
                    && !WORDS.iter().any(|known| first(known) == found)
                {
                    "name the error of a `try` by `else as NAME`; steps stand on lines of their own"
                } else {
                    "write it on a line of its own"
                };
                faults.add((behind.start, behind.end), format!("unexpected `{found}` after `{word}`"), help);
            }
        }
    }
}
