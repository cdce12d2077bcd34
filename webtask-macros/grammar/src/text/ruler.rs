//! Gives places in a text to tokens that were not made by lexing it.

use proc_macro2::{Literal, Span, TokenStream, TokenTree};

/// Spans for every character of a text.
///
/// A text's own tokens are not Rust's, so what is given to the lexer is one string literal in the text's shape: lines
/// and columns are the text's, and every place in it is a part of that literal.
#[derive(Debug)]
pub(super) struct Ruler {
    /// The literal.
    whole: Literal,
    /// How many characters, all of them line breaks, stand before it.
    before: usize,
    /// How many characters the text has.
    length: usize,
}

impl Ruler {
    pub(super) fn new(text: &[char]) -> Self {
        let before = text.iter().take_while(|c| **c == '\n').count();
        let mut shape: String = "\n".repeat(before);
        shape.push('"');
        shape.extend(text.iter().skip(before + 1).map(|c| if *c == '\n' { '\n' } else { 'x' }));
        shape.push('"');
        let stream: TokenStream = shape.parse().expect("a string of `x` and line breaks is a token");
        let Some(TokenTree::Literal(whole)) = stream.into_iter().next() else {
            unreachable!("a string literal is one token");
        };
        Ruler { whole, before, length: text.len() }
    }

    /// The place from one character to before another; never empty.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let start = start.clamp(self.before, self.length.max(self.before));
        let end = end.clamp(start + 1, self.length.max(start) + 1);
        self.whole.subspan(start - self.before..end - self.before).unwrap_or_else(|| self.whole.span())
    }

    /// What the places in this text call its file.
    pub(super) fn file(&self) -> String {
        self.whole.span().file()
    }

    /// Whether the place is in this text.
    pub(super) fn holds(&self, span: Span) -> bool {
        span.file() == self.file()
    }
}
