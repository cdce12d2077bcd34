//! The tokens of a selector with their places, which the parser of CSS itself keeps to itself.

use cssparser::{Parser, Token};

/// A token of a selector, with the place of what stands in its brackets.
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) inner: Option<(usize, usize)>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Space,
    Name,
    Function,
    Text,
    /// `#name`
    Id,
    /// `#1a`
    Hash,
    /// `[…]`
    Square,
    Comma,
    Colon,
    /// `=`, `^=` and their like.
    Match,
    Sign(char),
    Other,
    /// What no selector contains.
    Bad,
}

/// The pieces of a text, without what stands in their brackets.
pub(super) fn pieces(text: &str, from: usize, to: usize) -> Vec<Piece> {
    let mut parser = Parser::new(&text[from..to]);
    let mut all = Vec::new();
    loop {
        let start = from + parser.position().byte_index();
        let Ok(token) = parser.next_including_whitespace_and_comments() else { return all };
        let (kind, opens) = match token {
            Token::Comment(_) => continue,
            Token::WhiteSpace(_) => (Kind::Space, false),
            Token::Ident(_) => (Kind::Name, false),
            Token::Function(_) => (Kind::Function, true),
            Token::QuotedString(_) => (Kind::Text, false),
            Token::IDHash(_) => (Kind::Id, false),
            Token::Hash(_) => (Kind::Hash, false),
            Token::SquareBracketBlock => (Kind::Square, true),
            Token::ParenthesisBlock => (Kind::Other, true),
            Token::CurlyBracketBlock => (Kind::Bad, true),
            Token::Comma => (Kind::Comma, false),
            Token::Colon => (Kind::Colon, false),
            Token::Delim('=')
            | Token::IncludeMatch
            | Token::DashMatch
            | Token::PrefixMatch
            | Token::SuffixMatch
            | Token::SubstringMatch => (Kind::Match, false),
            Token::Delim('!' | '/' | '\\' | '%' | '<' | '?' | '@' | '`' | '$' | '^')
            | Token::BadString(_)
            | Token::BadUrl(_)
            | Token::UnquotedUrl(_)
            | Token::CloseParenthesis
            | Token::CloseSquareBracket
            | Token::CloseCurlyBracket
            | Token::Semicolon
            | Token::AtKeyword(_)
            | Token::CDO
            | Token::CDC => (Kind::Bad, false),
            Token::Delim(c) => (Kind::Sign(*c), false),
            _ => (Kind::Other, false),
        };
        let mut inner = None;
        if opens {
            let read = parser.parse_nested_block(|nested| {
                let start = from + nested.position().byte_index();
                while nested.next_including_whitespace_and_comments().is_ok() {}
                inner = Some((start, from + nested.position().byte_index()));
                Ok::<_, cssparser::ParseError<()>>(())
            });
            if read.is_err() {
                inner = Some((to, from));
            }
        }
        all.push(Piece { kind, start, end: from + parser.position().byte_index(), inner });
    }
}

/// Without the spaces at both ends.
pub(super) fn trimmed(pieces: &[Piece]) -> &[Piece] {
    let is_solid = |piece: &Piece| piece.kind != Kind::Space;
    let start = pieces.iter().position(is_solid).unwrap_or(pieces.len());
    let end = pieces.iter().rposition(is_solid).map_or(start, |last| last + 1);
    &pieces[start..end]
}

/// Without spaces at all.
pub(super) fn solid(pieces: &[Piece]) -> Vec<&Piece> {
    pieces.iter().filter(|piece| piece.kind != Kind::Space).collect()
}
