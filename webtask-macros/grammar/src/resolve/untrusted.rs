//! Which URLs a recipe does not write itself: they come from a caller, or from a page that one led to.

use proc_macro2::{TokenStream, TokenTree};

use super::scope::{By, Scope};
use crate::ast::{Hole, Place, Text};

/// Whether where a URL leads is not written in the recipe, so that the settings must allow it.
///
/// A placeholder may be all of a URL, its beginning or its host; only a secret and a setting are then the operator's own. What Rust code reads nobody
/// sees here, so only constants count as written.
#[must_use]
pub fn is_untrusted(url: &Text, scope: &Scope) -> bool {
    match url {
        Text::Template(template) => template.holes().any(|hole| leads(hole) && !is_operator_s(hole, scope)),
        Text::Rust(rust) => !is_constant(&rust.tokens),
    }
}

/// The inputs that are a URL, or its host, as they come.
pub(super) fn inputs<'u>(url: &'u Text, scope: &Scope) -> Vec<&'u str> {
    let Text::Template(template) = url else { return Vec::new() };
    let is_input = |hole: &&Hole| {
        hole.path.is_empty() && scope.get(&hole.name).is_some_and(|bound| bound.by == By::Input)
    };
    template.holes().filter(|hole| leads(hole)).filter(is_input).map(|hole| hole.name.as_str()).collect()
}

/// Whether a placeholder says where a URL leads.
fn leads(hole: &Hole) -> bool {
    matches!(hole.place, Place::UrlWhole | Place::UrlBase | Place::UrlHost)
}

fn is_operator_s(hole: &Hole, scope: &Scope) -> bool {
    scope.get(&hole.name).is_some_and(|bound| matches!(bound.by, By::Secret | By::Setting))
}

/// Whether the tokens name nothing but constants, by the way in which these are written: `HOME`, `pages::HOME`,
/// `concat!("https://", HOST)`.
fn is_constant(tokens: &TokenStream) -> bool {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().all(|(index, token)| match token {
        TokenTree::Ident(ident) => {
            let name = ident.to_string();
            let leads_on = matches!(tokens.get(index + 1), Some(TokenTree::Punct(next)) if matches!(next.as_char(), ':' | '!'));
            leads_on || (name.starts_with(char::is_uppercase) && !name.contains(char::is_lowercase))
        }
        TokenTree::Group(group) => is_constant(&group.stream()),
        // `format!("{url}")` reads a name too.
        TokenTree::Literal(literal) => !literal.to_string().contains('{'),
        TokenTree::Punct(_) => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_constants_count_as_written() {
        for (rust, expected) in [
            ("HOME", true),
            ("&crate::pages::HOME_2", true),
            ("concat!(\"https://\", HOST)", true),
            ("\"https://a\"", true),
            ("url", false),
            ("&url", false),
            ("home()", false),
            ("format!(\"{HOME}\")", false),
            ("pages::home", false),
            ("HOME.to_owned()", false),
            ("Home", false),
        ] {
            let tokens: TokenStream = rust.parse().expect("these are tokens");
            assert_eq!(is_constant(&tokens), expected, "{rust}");
        }
    }
}
