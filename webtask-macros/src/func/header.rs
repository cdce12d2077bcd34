//! The attribute's options: the slug, and what a recipe says in its header.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{ParseStream, Parser as _};
use webtask_grammar::{Problems, keyword};

/// Every option, as an unknown one is compared with.
const OPTIONS: &[&str] = &[
    "pool",
    "timeout",
    "transport",
    "dialogs",
    "secret",
    "setting",
    "setup",
    "browser",
    "untrusted",
    "crate",
];

/// What the attribute says.
pub(super) struct Header {
    slug: Option<syn::LitStr>,
    /// The lines of a recipe's header that mean the same.
    pub(super) lines: TokenStream,
    /// The path of the task that prepares a window.
    pub(super) setup: Option<TokenStream>,
    pub(super) browser: bool,
    /// Whether it opens URLs of its callers.
    pub(super) untrusted: bool,
    /// The path of the run-time crate.
    pub(super) krate: TokenStream,
}

/// `NAME = VALUE`, the value as its tokens.
struct Pair {
    name: Ident,
    value: TokenStream,
}

impl Header {
    /// Reads the options.
    pub(super) fn read(options: TokenStream, problems: &mut Problems) -> Self {
        let mut header = Self {
            slug: None,
            lines: TokenStream::new(),
            setup: None,
            browser: true,
            untrusted: false,
            krate: quote! { ::webtask },
        };
        let pairs = match (|input: ParseStream<'_>| header.slug_and_pairs(input)).parse2(options) {
            Ok(pairs) => pairs,
            Err(error) => {
                problems.help(error.span(), error.to_string(), HELP);
                return header;
            }
        };
        let mut said: Vec<String> = Vec::new();
        for pair in pairs {
            let name = pair.name.to_string();
            if !matches!(name.as_str(), "secret" | "setting") && said.contains(&name) {
                problems.help(pair.name.span(), format!("duplicate `{name}`"), "remove it");
                continue;
            }
            header.option(&name, &pair, problems);
            said.push(name);
        }
        header
    }

    /// The slug as the recipe's token: as written, else the function's name.
    pub(super) fn slug(&self, function: &Ident) -> TokenStream {
        match &self.slug {
            Some(slug) => slug.to_token_stream(),
            None => {
                let name = super::signature::plain(function).to_string();
                let mut literal = proc_macro2::Literal::string(&name);
                literal.set_span(function.span());
                literal.to_token_stream()
            }
        }
    }

    fn slug_and_pairs(&mut self, input: ParseStream<'_>) -> syn::Result<Vec<Pair>> {
        if input.peek(syn::LitStr) {
            self.slug = Some(input.parse()?);
            if !input.is_empty() {
                input.parse::<syn::Token![,]>()?;
            }
        }
        let mut pairs = Vec::new();
        while !input.is_empty() {
            let name = input.call(<Ident as syn::ext::IdentExt>::parse_any)?;
            input.parse::<syn::Token![=]>()?;
            let mut value = TokenStream::new();
            while !input.is_empty() && !input.peek(syn::Token![,]) {
                value.extend([input.parse::<TokenTree>()?]);
            }
            if value.is_empty() {
                return Err(syn::Error::new(name.span(), format!("`{name}` without a value")));
            }
            pairs.push(Pair { name, value });
            if !input.is_empty() {
                input.parse::<syn::Token![,]>()?;
            }
        }
        Ok(pairs)
    }

    fn option(&mut self, name: &str, pair: &Pair, problems: &mut Problems) {
        match name {
            "pool" => self.line(pair, false, problems),
            "timeout" | "transport" | "dialogs" | "secret" | "setting" => self.line(pair, true, problems),
            "setup" => self.setup = path(pair, "path::to::task", problems),
            "crate" => self.krate = path(pair, "path::to::webtask", problems).unwrap_or(self.krate.clone()),
            "browser" => {
                let help = "write `browser = false` when no step needs a window";
                self.browser = truth(pair, help, problems).unwrap_or(self.browser);
            }
            "untrusted" => {
                let help = "write `untrusted = true` when a step opens a URL of the caller's";
                self.untrusted = truth(pair, help, problems).unwrap_or(self.untrusted);
            }
            unknown => {
                let help = match keyword::nearest(unknown, OPTIONS.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => HELP.to_owned(),
                };
                problems.help(
                    pair.name.span(),
                    format!("unknown option `{unknown}` of `#[webtask::task]`"),
                    help,
                );
            }
        }
    }

    /// Adds the header's line of that name: the text as it is written, or what is inside of it.
    fn line(&mut self, pair: &Pair, inside: bool, problems: &mut Problems) {
        let name = &pair.name;
        let text = match syn::parse2::<syn::LitStr>(pair.value.clone()) {
            Ok(text) => text,
            Err(error) => {
                let help = format!("write it in quotes: `{name} = \"…\"`");
                return problems.help(error.span(), format!("`{name}` needs a text"), help);
            }
        };
        let value = match inside {
            true => match words(&text) {
                Some(words) => words,
                None => {
                    let example = match name.to_string().as_str() {
                        "timeout" => "30s",
                        "transport" => "rest, sse",
                        "dialogs" => "accept",
                        _ => "token",
                    };
                    let message = format!("`{}` cannot be read", text.value());
                    return problems.help(text.span(), message, format!("write `{name} = \"{example}\"`"));
                }
            },
            false => text.to_token_stream(),
        };
        self.lines.extend(quote_spanned! { text.span() => #name #value; });
    }
}

/// What to write.
const HELP: &str = "write `#[webtask::task(\"SLUG\", pool = \"TAG\", timeout = \"30s\", transport = \"rest, sse\", \
                    dialogs = \"accept\", secret = \"NAME\", setting = \"NAME\", setup = path::to::task, browser = false, untrusted = true, crate = path)]`, \
                    of which each may be left out";

/// `true` or `false`.
fn truth(pair: &Pair, help: &str, problems: &mut Problems) -> Option<bool> {
    match syn::parse2::<syn::LitBool>(pair.value.clone()) {
        Ok(literal) => Some(literal.value),
        Err(error) => {
            problems.help(error.span(), "expected `true` or `false`", help);
            None
        }
    }
}

/// A path.
fn path(pair: &Pair, example: &str, problems: &mut Problems) -> Option<TokenStream> {
    match (|input: ParseStream<'_>| syn::Path::parse_mod_style(input)).parse2(pair.value.clone()) {
        Ok(path) => Some(path.to_token_stream()),
        Err(error) => {
            let (name, span) = (&pair.name, error.span());
            problems.help(span, format!("`{name}` needs a path"), format!("write `{name} = {example}`"));
            None
        }
    }
}

/// The words in a text, each with the text's place; none when they are not words of a line.
fn words(text: &syn::LitStr) -> Option<TokenStream> {
    let words: TokenStream = text.value().parse().ok()?;
    let ends = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == ';' || punct.as_char() == '#',
        TokenTree::Group(_) => true,
        _ => false,
    };
    let good = !words.clone().into_iter().any(|token| ends(&token));
    good.then(|| placed(words, text.span()))
}

fn placed(tokens: TokenStream, span: Span) -> TokenStream {
    let place = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &mut token {
            *group = Group::new(group.delimiter(), placed(group.stream(), span));
        }
        token.set_span(span);
        token
    };
    tokens.into_iter().map(place).collect()
}
