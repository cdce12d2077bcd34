//! Says what is written here for a word of another tool.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::reader::{Reader, Spelling};
use super::token::{ident_text, is_punct};
use crate::foreign::{self, At, Piece, squeezed};

/// How many words one of the table has at most.
const WORDS: usize = 5;
/// What other tools call their steps on.
const OBJECTS: &[&str] = &[
    "await", "browser", "console", "context", "cy", "driver", "expect", "frame", "locator", "page", "self",
    "tab", "this", "window",
];

/// A word of another tool.
pub(super) struct Meant {
    /// As it was written.
    pub(super) written: String,
    /// How many tokens it takes.
    pub(super) tokens: usize,
    /// What to write instead.
    pub(super) help: String,
}

impl Reader<'_> {
    /// The word of another tool that comes next where a step begins, unless as many tokens are a word of ours.
    pub(super) fn foreign_step(&self, known: usize) -> Option<Meant> {
        let skipped = self.objects();
        let found = foreign::find(At::Step, &self.pieces(skipped));
        let (row, tokens) = found.filter(|(_, tokens)| skipped + tokens > known)?;
        let help = row.help(&self.strings(), self.spelling == Spelling::Text);
        let tokens = skipped + tokens;
        Some(Meant { written: self.written(tokens), tokens, help })
    }

    /// How many tokens at a step's beginning are what another tool calls it on: `page.`, `await page.`.
    pub(super) fn objects(&self) -> usize {
        let mut taken = 0;
        while let Some(word) = ident_text(self.peek_at(taken)) {
            let object = OBJECTS.contains(&word.as_str());
            match object && is_punct(self.peek_at(taken + 1), '.') {
                true => taken += 2,
                false if word == "await" && ident_text(self.peek_at(taken + 1)).is_some() => taken += 1,
                false => break,
            }
        }
        taken
    }

    /// What is written here for the word of another tool that comes next, in the current statement.
    pub(super) fn foreign_help(&self, at: At) -> Option<String> {
        let pieces = self.pieces(0);
        // What is said of every step is said of those that have a name or take a time.
        let any = matches!(at, At::Option(_))
            && (self.word.parts.contains("NAME") || self.word.option_words().any(|word| word == "timeout"));
        let general = if any { foreign::find(At::Option(""), &pieces) } else { None };
        let (row, _) = foreign::find(at, &pieces).or(general)?;
        Some(row.help(&[], self.spelling == Spelling::Text))
    }

    /// The identifiers from there on, as long as only hyphens part them and they stand on one line.
    fn pieces(&self, from: usize) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let (mut at, mut line) = (from, None);
        while pieces.len() < WORDS {
            let hyphen = !pieces.is_empty() && is_punct(self.peek_at(at), '-');
            let token = self.peek_at(at + usize::from(hyphen));
            let Some(text) = ident_text(token) else { break };
            let here = token.map(|token| token.span().start().line);
            if *line.get_or_insert(here) != here {
                break;
            }
            pieces.push(Piece { text: squeezed(&text), hyphen, tokens: 1 + usize::from(hyphen) });
            at += 1 + usize::from(hyphen);
        }
        pieces
    }

    /// The next tokens as they were written.
    pub(super) fn written(&self, tokens: usize) -> String {
        let mut out = String::new();
        let mut word = false;
        for token in (0..tokens).filter_map(|ahead| self.peek_at(ahead)) {
            let is_word = matches!(token, TokenTree::Ident(_));
            if word && is_word {
                out.push(' ');
            }
            out.push_str(&token.to_string());
            word = is_word;
        }
        out
    }

    /// The string literals of the statement, as they were written.
    fn strings(&self) -> Vec<String> {
        let line = self.here().start().line;
        let rest = (0..).map_while(|ahead| self.peek_at(ahead));
        let rest = rest.take_while(|token| !is_punct(Some(token), ';') && token.span().start().line == line);
        strings(rest.cloned().collect())
    }
}

fn strings(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Literal(literal) if literal.to_string().ends_with(['"', '#']) => {
                found.push(literal.to_string());
            }
            TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => {
                found.extend(strings(group.stream()));
            }
            _ => {}
        }
    }
    found
}
