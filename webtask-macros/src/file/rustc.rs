//! Makes tokens of proc-macro2's own into rustc's.

use proc_macro2::{Group, Ident, Literal, Punct, Span, TokenStream, TokenTree};

/// The same tokens as rustc's, with the run-time crate's path for its stand-in.
///
/// What came from a recipe is as if written where the macro is called; everything else sees only itself. All of it
/// stands at `at`.
pub(super) fn tokens(tokens: TokenStream, krate: &TokenStream, at: Span) -> TokenStream {
    let mut out = Vec::new();
    for token in tokens {
        let ours = token.span().byte_range().is_empty();
        let span = if ours { Span::mixed_site() } else { Span::call_site() }.located_at(at);
        let mut token: TokenTree = match token {
            TokenTree::Ident(ident) if ident == "__webtask" => {
                out.extend(krate.clone());
                continue;
            }
            TokenTree::Ident(ident) => {
                let text = ident.to_string();
                match text.strip_prefix("r#") {
                    Some(text) => Ident::new_raw(text, span).into(),
                    None => Ident::new(&text, span).into(),
                }
            }
            TokenTree::Literal(literal) => {
                literal.to_string().parse::<Literal>().expect("a literal can be read again").into()
            }
            TokenTree::Punct(punct) => Punct::new(punct.as_char(), punct.spacing()).into(),
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), self::tokens(group.stream(), krate, at)).into()
            }
        };
        token.set_span(span);
        out.push(token);
    }
    out.into_iter().collect()
}
