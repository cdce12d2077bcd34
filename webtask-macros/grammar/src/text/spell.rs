//! Writes a text's rows as the inline spelling has them: a `;` after each statement, braces around each block.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, TokenStream, TokenTree};

use super::Source;
use super::layout::{Role, Row};
use super::scan::{Kind, Token};

/// The tokens of all rows.
pub(super) fn stream(source: &Source, tokens: &[Token], rows: &[Row]) -> TokenStream {
    let mut spell = Spell { source, out: vec![Vec::new()], opened: Vec::new() };
    for row in rows {
        spell.row(tokens, row);
    }
    spell.out.pop().unwrap_or_default().into_iter().collect()
}

/// The blocks that are being written.
struct Spell<'s> {
    source: &'s Source,
    /// The tokens of each open block, outside them all first.
    out: Vec<Vec<TokenTree>>,
    /// Where each block begins.
    opened: Vec<usize>,
}

impl Spell<'_> {
    fn row(&mut self, tokens: &[Token], row: &Row) {
        let line = &tokens[row.tokens.clone()];
        let end = match line {
            [.., last] => last.end,
            // It was not written: it stands where the line before it ends.
            [] => row.tokens.end.checked_sub(1).map_or(0, |last| tokens[last].end),
        };
        match row.role {
            Role::Plain | Role::Outside => {
                let line = self.line(line);
                self.top().extend(line);
                if row.role == Role::Plain {
                    let mut semicolon = Punct::new(';', Spacing::Alone);
                    semicolon.set_span(self.source.ruler.span(end, end));
                    self.top().push(semicolon.into());
                }
            }
            Role::Open => self.open(line, end),
            Role::Else => {
                let start = line.first().map_or(end, |token| token.start);
                self.close(start);
                // What stands behind `else` without an `if` has been told.
                let kept = if line.is_empty()
                    || line.get(1).is_some_and(|token| token.is_word("if") || token.is_word("as"))
                {
                    line
                } else {
                    &line[..1]
                };
                self.open(kept, end);
            }
            Role::Close => self.close(end),
            Role::Surplus => {}
        }
    }

    fn top(&mut self) -> &mut Vec<TokenTree> {
        self.out.last_mut().expect("there is always the outermost")
    }

    fn open(&mut self, line: &[Token], end: usize) {
        let line = self.line(line);
        self.top().extend(line);
        self.out.push(Vec::new());
        self.opened.push(end);
    }

    fn close(&mut self, end: usize) {
        let Some(start) = self.opened.pop() else { return };
        let inside = self.out.pop().unwrap_or_default();
        let group = self.group('{', inside, start, end);
        self.top().push(group);
    }

    fn group(&self, open: char, inside: Vec<TokenTree>, start: usize, end: usize) -> TokenTree {
        let delimiter = match open {
            '(' => Delimiter::Parenthesis,
            '[' => Delimiter::Bracket,
            _ => Delimiter::Brace,
        };
        let mut group = Group::new(delimiter, inside.into_iter().collect());
        group.set_span(self.source.ruler.span(start, end));
        group.into()
    }

    /// The tokens of a line, whose brackets match.
    fn line(&self, line: &[Token]) -> Vec<TokenTree> {
        if let Some(at) = bare_source(line) {
            let (start, end) = (line[at].start, line[line.len() - 1].end);
            let mut source = TokenTree::from(literal(&self.source.slice(start, end)));
            source.set_span(self.source.ruler.span(start, end));
            let mut trees = self.line(&line[..at]);
            trees.push(source);
            return trees;
        }
        let mut levels = vec![Vec::new()];
        let mut opened = Vec::new();
        for (index, token) in line.iter().enumerate() {
            let tree = match &token.kind {
                Kind::Open(char) => {
                    opened.push((*char, token.start));
                    levels.push(Vec::new());
                    continue;
                }
                Kind::Close(_) => match (levels.pop(), opened.pop()) {
                    (Some(inside), Some((char, start))) => self.group(char, inside, start, token.end),
                    _ => continue,
                },
                _ => match self.tree(token, line.get(index + 1)) {
                    Some(tree) => tree,
                    None => continue,
                },
            };
            levels.last_mut().expect("every closing bracket has its opening one").push(tree);
        }
        levels.into_iter().flatten().collect()
    }

    fn tree(&self, token: &Token, next: Option<&Token>) -> Option<TokenTree> {
        let span = self.source.ruler.span(token.start, token.end);
        let mut tree: TokenTree = match &token.kind {
            Kind::Word(word) => Ident::new(word, span).into(),
            Kind::Literal(text) => text.parse::<Literal>().ok()?.into(),
            Kind::Text(value) => literal(value).into(),
            Kind::Punct(char) => {
                let joint =
                    matches!(next, Some(Token { kind: Kind::Punct(_), start, .. }) if *start == token.end);
                Punct::new(*char, if joint { Spacing::Joint } else { Spacing::Alone }).into()
            }
            Kind::Open(_) | Kind::Close(_) | Kind::Comment | Kind::Break => return None,
        };
        tree.set_span(span);
        Some(tree)
    }
}

/// Where a script without quotes begins in a line: `js NAME [args […]] return …`, to the line's end.
pub(crate) fn bare_source(line: &[Token]) -> Option<usize> {
    let [first, name, ..] = line else { return None };
    if !first.is_word("js") || !matches!(name.kind, Kind::Word(_)) {
        return None;
    }
    let mut depth = 0_usize;
    for (index, token) in line.iter().enumerate().skip(2) {
        match &token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            Kind::Word(word) if depth == 0 && word == "return" => return Some(index),
            // A script in quotes, or the name of its file.
            Kind::Text(_) | Kind::Literal(_) if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// The value as a literal without escapes, where places in it are those of the value.
fn literal(value: &str) -> Literal {
    let mut hashes = String::new();
    while value.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{value}\"{hashes}").parse().unwrap_or_else(|_| Literal::string(value))
}
