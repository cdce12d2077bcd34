//! Finds logical lines: a line goes on inside brackets; it repairs brackets that do not match.

use std::ops::Range;

use super::Source;
use super::fault::Faults;
use super::layout;
use super::scan::{Kind, Token};

/// How deep brackets are kept; the parser says that this is too deep.
const DEPTH: usize = 110;

/// A logical line: its tokens, without comments around it.
pub(super) type Line = Range<usize>;

/// The tokens with brackets that match, and their logical lines.
pub(super) fn lines(source: &Source, tokens: Vec<Token>, faults: &mut Faults<'_>) -> (Vec<Token>, Vec<Line>) {
    let mut pass =
        Pass { source, tokens, at: 0, out: Vec::new(), open: Vec::new(), begin: None, strict: false, faults };
    let mut lines = Vec::new();
    loop {
        if pass.at >= pass.tokens.len() && !pass.unclosed() {
            break;
        }
        if let Some(line) = pass.token() {
            lines.push(line);
        }
    }
    lines.extend(pass.ended());
    (pass.out, lines)
}

/// A way through the tokens.
struct Pass<'s, 'f, 'p> {
    source: &'s Source,
    tokens: Vec<Token>,
    at: usize,
    out: Vec<Token>,
    open: Vec<Open>,
    /// Where this logical line begins.
    begin: Option<usize>,
    /// Whether brackets are closed where a statement seems to begin.
    strict: bool,
    faults: &'f mut Faults<'p>,
}

/// An open bracket.
#[derive(Clone, Copy)]
struct Open {
    char: char,
    token: usize,
    out: usize,
    faults: usize,
}

impl Pass<'_, '_, '_> {
    /// Takes a token; gives a line when it is the end of one.
    fn token(&mut self) -> Option<Line> {
        let token = self.tokens.get(self.at)?.clone();
        match token.kind {
            Kind::Break => {
                if self.strict && !self.open.is_empty() && self.statement(self.at + 1) {
                    self.close_all();
                }
                let ended = if self.open.is_empty() { self.ended() } else { None };
                self.keep(token);
                return ended;
            }
            Kind::Comment => self.keep(token),
            Kind::Punct(';') if self.open.is_empty() => {
                self.faults.add(
                    (token.start, token.end),
                    "unexpected `;`",
                    "a statement ends where its line ends",
                );
                self.at += 1;
                return self.ended();
            }
            Kind::Open(char) => self.open(char, token),
            Kind::Close(char) => self.close(char, token),
            _ => self.keep(token),
        }
        None
    }

    fn keep(&mut self, token: Token) {
        if self.begin.is_none() && !token.is_space() {
            self.begin = Some(self.out.len());
        }
        self.out.push(token);
        self.at += 1;
    }

    /// The logical line that ends here, if there is one.
    fn ended(&mut self) -> Option<Line> {
        let begin = self.begin.take()?;
        let mut end = self.out.len();
        while self.out[..end].last().is_some_and(Token::is_space) && end > begin {
            end -= 1;
        }
        // What was no token belongs to the line as well.
        let text = &self.source.text;
        let start = self.out[begin].start;
        let start = text[..start].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
        let behind = self.tokens.get(self.at).map_or(text.len(), |token| token.start);
        self.faults.line(start, behind.max(self.out[end - 1].end));
        Some(begin..end)
    }

    fn open(&mut self, char: char, token: Token) {
        if char == '{' && self.open.is_empty() && self.heads_block() {
            let help = "remove it: a block begins on the next line and ends with `end`";
            self.faults.add((token.start, token.end), "unexpected `{`", help);
            self.at += 1;
            return;
        }
        // `{{name}}` without its quotes is not a block.
        let doubled = matches!(self.tokens.get(self.at + 1).map(|next| &next.kind), Some(Kind::Open('{')));
        if char == '{' && self.open.is_empty() && !doubled && self.has_block() {
            // The parser takes the braces; whatever it says of them follows from this.
            let (message, help) = match layout::compares(&self.out) {
                true => (
                    "map in a condition",
                    "bind it before, by `set NAME { … }`, and compare with `\"{{NAME}}\"`",
                ),
                false => ("block in braces", "write its lines below, and `end` on a line of its own"),
            };
            self.faults.breaks((token.start, token.end), message, help);
        }
        if self.open.len() >= DEPTH {
            // Kept open so that its closing bracket is found, but not handed on.
            self.open.push(Open { char, token: self.at, out: self.out.len(), faults: self.faults.len() });
            self.at += 1;
            return;
        }
        self.open.push(Open { char, token: self.at, out: self.out.len(), faults: self.faults.len() });
        self.keep(token);
    }

    fn close(&mut self, char: char, token: Token) {
        let Some(top) = self.open.last().copied() else {
            let place = (token.start, token.end);
            if char == '}' && self.begin.is_none() {
                self.faults.add(place, "unexpected `}`", "write `end` instead: a block ends with it");
                let next = self.tokens.get(self.at + 1);
                if next.is_none_or(|next| !next.is_word("else")) {
                    self.keep(Token { kind: Kind::Word("end".to_owned()), ..token });
                    return;
                }
            } else {
                self.faults.breaks(
                    place,
                    format!("unexpected `{char}`"),
                    "remove it: no bracket is open here",
                );
            }
            self.at += 1;
            return;
        };
        if matching(top.char) == char {
            self.pop(token);
            return;
        }
        let same = self.tokens[top.token..self.at].iter().all(|token| token.kind != Kind::Break);
        let outer = self.open.len().checked_sub(2).map(|index| self.open[index]);
        if outer.is_some_and(|outer| matching(outer.char) == char) {
            let opened = &self.tokens[top.token];
            let message = format!("unclosed `{}`", top.char);
            let help = format!("close it with `{}`, before `{char}`", matching(top.char));
            self.faults.breaks((opened.start, opened.end), message, help);
            self.virtual_close(token.start);
            self.pop(token);
        } else if same || self.strict {
            let message = format!("expected `{}`, found `{char}`", matching(top.char));
            let help = format!("write `{}`, which closes the `{}`", matching(top.char), top.char);
            self.faults.breaks((token.start, token.end), message, help);
            self.pop(Token { kind: Kind::Close(matching(top.char)), ..token });
        } else {
            self.back();
        }
    }

    /// Takes the closing bracket of the innermost open one.
    fn pop(&mut self, token: Token) {
        self.open.pop();
        if self.open.len() >= DEPTH {
            self.at += 1;
        } else {
            self.keep(token);
        }
    }

    /// Closes the innermost open bracket though nothing in the text does.
    fn virtual_close(&mut self, at: usize) {
        if let Some(open) = self.open.pop()
            && self.open.len() < DEPTH
        {
            let end = self.out.iter().rev().find(|token| !token.is_space()).map_or(at, |token| token.end);
            let kind = Kind::Close(matching(open.char));
            let mut behind = self.out.len();
            while behind > 0 && self.out[behind - 1].is_space() {
                behind -= 1;
            }
            self.out.insert(behind, Token { kind, start: end, end });
        }
    }

    /// Goes back to the outermost bracket, which is not closed, to close it where a statement seems to begin.
    fn back(&mut self) {
        let Some(first) = self.open.first().copied() else { return };
        self.strict = true;
        self.at = first.token + 1;
        self.out.truncate(first.out + 1);
        self.faults.truncate(first.faults);
        self.open.truncate(1);
    }

    /// At the text's end: whether it went back because of an open bracket.
    fn unclosed(&mut self) -> bool {
        if self.open.is_empty() {
            return false;
        }
        if self.strict {
            self.close_all();
            return false;
        }
        self.back();
        true
    }

    /// Says that the outermost bracket is not closed, and closes all.
    fn close_all(&mut self) {
        if let Some(first) = self.open.first() {
            let token = &self.tokens[first.token];
            let message = format!("unclosed `{}`", first.char);
            let help = format!("close it with `{}`", matching(first.char));
            self.faults.breaks((token.start, token.end), message, help);
        }
        let at = self.tokens.get(self.at).or(self.tokens.last()).map_or(0, |token| token.start);
        while !self.open.is_empty() {
            self.virtual_close(at);
        }
    }

    /// Whether a statement seems to begin with that token.
    fn statement(&self, at: usize) -> bool {
        let mut rest = self.tokens[at..].iter().filter(|token| token.kind != Kind::Comment);
        let Some(Kind::Word(word)) = rest.next().map(|token| &token.kind) else { return false };
        let goes_on =
            matches!(rest.next().map(|token| &token.kind), Some(Kind::Punct(':' | ',') | Kind::Close(_)));
        !goes_on && layout::begins(word)
    }

    /// Whether the `{` here ends the physical line of a statement that has a block.
    fn heads_block(&self) -> bool {
        let last = self.tokens[self.at + 1..].iter().find(|token| token.kind != Kind::Comment);
        last.is_none_or(|token| token.kind == Kind::Break) && self.has_block()
    }

    /// Whether this line is of a statement that has a block.
    fn has_block(&self) -> bool {
        self.begin.is_some_and(|begin| layout::has_block(self.source, &self.out[begin..]))
    }
}

fn matching(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}
