//! What a single token is, wherever it stands.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use crate::problem::Problems;

/// How deep groups may be nested, so that going through them by recursion has an end.
const DEPTH: usize = 100;

/// The tokens without what is nested too deep, which is told.
pub(super) fn shallow(tokens: TokenStream, problems: &mut Problems) -> TokenStream {
    let mut levels = vec![tokens.clone().into_iter()];
    while let Some(level) = levels.last_mut() {
        match level.next() {
            Some(TokenTree::Group(group)) if levels.len() > DEPTH => {
                problems.help(
                    group.span_open(),
                    format!("nested deeper than {DEPTH}"),
                    "move the inner part to a task or a function of its own",
                );
                return cut(tokens, 0);
            }
            Some(TokenTree::Group(group)) => levels.push(group.stream().into_iter()),
            Some(_) => {}
            None => {
                levels.pop();
            }
        }
    }
    tokens
}

fn cut(tokens: TokenStream, depth: usize) -> TokenStream {
    let shallow = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => {
            let stream = if depth == DEPTH { TokenStream::new() } else { cut(group.stream(), depth + 1) };
            let mut new = Group::new(group.delimiter(), stream);
            new.set_span(group.span());
            TokenTree::Group(new)
        }
        token => token,
    });
    shallow.collect()
}

/// How many tokens there are, wherever they are nested.
pub(super) fn size(tokens: &TokenStream) -> usize {
    let sizes = tokens.clone().into_iter().map(|token| match token {
        TokenTree::Group(group) => 1 + size(&group.stream()),
        _ => 1,
    });
    sizes.sum()
}

/// The tokens of a stream, those that a `macro_rules!` macro has wrapped made plain again.
pub(super) fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    let mut out = Vec::new();
    for token in tokens {
        match &token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                let inner = flat(group.stream());
                let plain = match inner.as_slice() {
                    [] | [_] => true,
                    [first, TokenTree::Literal(_)] => is_punct(Some(first), '-'),
                    [first, TokenTree::Group(_)] => ident_text(Some(first)).as_deref() == Some("pub"),
                    _ => false,
                };
                if plain { out.extend(inner) } else { out.push(token) }
            }
            _ => out.push(token),
        }
    }
    out
}

/// An identifier without `r#`.
pub(super) fn ident_text(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(ident)) => Some(plain(ident)),
        _ => None,
    }
}

fn plain(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or(text.clone(), ToOwned::to_owned)
}

/// Whether a token is that punctuation.
pub(super) fn is_punct(token: Option<&TokenTree>, char: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == char)
}

/// A token as a message shows it.
pub(super) fn shown(token: Option<&TokenTree>) -> String {
    const LONG: usize = 40;
    match token {
        None => String::new(),
        Some(TokenTree::Group(group)) => match group.delimiter() {
            Delimiter::Parenthesis => "( … )".to_owned(),
            Delimiter::Brace => "{ … }".to_owned(),
            Delimiter::Bracket => "[ … ]".to_owned(),
            Delimiter::None => shown(group.stream().into_iter().next().as_ref()),
        },
        Some(token) => {
            let text = token.to_string();
            if text.chars().count() > LONG { text.chars().take(LONG).chain(['…']).collect() } else { text }
        }
    }
}
