//! Reads Rust that a recipe carries as it is: types, paths, expressions.

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};

use super::reader::{Parsed, Reader, Spelling, Told};
use super::token::{ident_text, is_punct, size};
use crate::ast::Rust;

/// How many tokens a type may have to be looked at here.
const LONG: usize = 60;
/// How many tokens an expression or a block may have.
const LONG_CODE: usize = 1000;

impl Reader<'_> {
    /// Reads a Rust type, which ends where it is complete.
    pub(super) fn rust_type(&mut self) -> Parsed<Rust> {
        let start = self.position();
        let span = self.here();
        let mut depth = 0_usize;
        let mut before: Option<TokenTree> = None;
        let lifetimes = self.peek_words("for") > 0;
        while let Some(token) = self.peek() {
            let function = lifetimes && is_punct(before.as_ref(), '>') && self.peek_words("fn") > 0;
            if depth == 0 && (self.at_end() || !function && !continues(before.as_ref(), token)) {
                break;
            }
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ';' => break,
                TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
                TokenTree::Punct(punct) if punct.as_char() == '>' => depth = depth.saturating_sub(1),
                _ => {}
            }
            before = self.next();
            // `->` and `'a` are one each, and a type goes on after them.
            if is_punct(before.as_ref(), '\'') || is_punct(before.as_ref(), '-') && self.peek_punct('>') {
                self.next();
            }
        }
        let ty = self.rust_since(start);
        if ty.tokens.is_empty() {
            return Err(self.expected("TYPE"));
        }
        // A parser by recursion is not given what is long enough to be nested deep; rustc will look at it.
        if size(&ty.tokens) <= LONG && syn::parse2::<syn::Type>(ty.tokens.clone()).is_err() {
            self.problems.help(span, format!("bad type `{}`", ty.tokens), "write a Rust type");
            return Err(Told);
        }
        Ok(ty)
    }

    /// Refuses Rust in a recipe that is a file of its own; `what` comes next.
    pub(super) fn no_rust(&mut self, what: &str, help: &str) -> Parsed<()> {
        if self.spelling == Spelling::Inline {
            return Ok(());
        }
        self.problems.help(self.here(), format!("{what} in a recipe file"), help);
        Err(Told)
    }

    /// Reads `: TYPE` if it comes next.
    pub(super) fn annotation(&mut self) -> Parsed<Option<Rust>> {
        if !self.peek_punct(':') {
            return Ok(None);
        }
        self.no_rust("`: TYPE`", "remove it: only a recipe in Rust source has Rust's types")?;
        self.next();
        self.rust_type().map(Some)
    }

    /// Reads `(expr)` if it comes next, or an expression that a `macro_rules!` macro has passed on.
    pub(super) fn rust(&mut self, part: &str) -> Parsed<Option<Rust>> {
        if self.peek_group(Delimiter::Parenthesis).is_some() {
            let help = match self.called() {
                true => format!("a step has no parentheses: {}", self.usage()),
                false => "write the value itself, or `\"{{NAME}}\"` for a named one".to_owned(),
            };
            self.no_rust("`( … )`", &help)?;
        }
        if self.called() && self.spelling == Spelling::Inline && self.arguments() {
            let help = format!("a step has no parentheses: {}", self.usage());
            self.problems.help(self.here(), "unexpected `( … )`", help);
            return Err(Told);
        }
        let group = self.eat_group(Delimiter::Parenthesis).or_else(|| self.eat_group(Delimiter::None));
        let Some(group) = group else {
            return Ok(None);
        };
        if group.stream().is_empty() {
            self.problems.help(
                group.span_open(),
                format!("expected `{part}`, found `()`"),
                "write a Rust expression between the parentheses",
            );
            return Err(Told);
        }
        let tokens = match group.delimiter() {
            Delimiter::None => TokenStream::from(TokenTree::Group(group.clone())),
            _ => group.stream(),
        };
        self.syntax(&TokenTree::Group(group.clone()).into(), syn::Expr::parse);
        Ok(Some(Rust { tokens, span: group.span() }))
    }

    /// Whether the step is written as a call, whose first argument is a string.
    fn called(&self) -> bool {
        let group = self.peek_group(Delimiter::Parenthesis).map(|group| group.stream().into_iter().next());
        matches!(group, Some(Some(TokenTree::Literal(literal))) if literal.to_string().ends_with(['"', '#']))
    }

    /// Whether that call has more than one argument.
    fn arguments(&self) -> bool {
        let group = self.peek_group(Delimiter::Parenthesis);
        group.is_some_and(|group| group.stream().into_iter().any(|token| is_punct(Some(&token), ',')))
    }

    /// Whether it is Rust at all, and says so when it is not: in an expansion it would take all of it along, the task's types too.
    pub(super) fn syntax<T>(
        &mut self,
        tokens: &TokenStream,
        parser: fn(ParseStream<'_>) -> syn::Result<T>,
    ) -> bool {
        // As with types, what is long is left to rustc.
        if size(tokens) > LONG_CODE {
            return true;
        }
        let Err(error) = parser.parse2(tokens.clone()) else { return true };
        let text = error.to_string();
        let ended = text.starts_with("unexpected end of input");
        let span = match tokens.clone().into_iter().last() {
            Some(TokenTree::Group(group)) if ended => group.span_close(),
            Some(last) if ended => last.span(),
            _ => error.span(),
        };
        self.problems.add(span, format!("bad Rust: {text}"));
        false
    }

    /// Takes the Rust up to the statement's end as it is.
    pub(super) fn rest(&mut self) -> Rust {
        let start = self.at;
        while !(self.at_end() || self.known() && self.operand(start)) {
            self.next();
        }
        self.rust_since(start)
    }

    /// Whether a Rust operand has just ended, after which no name can follow: where a `;` is missing.
    fn operand(&self, start: usize) -> bool {
        match &self.tokens[start..self.at] {
            [.., TokenTree::Punct(quote), TokenTree::Ident(_)] if quote.as_char() == '\'' => false,
            [.., TokenTree::Ident(ident)] => syn::parse_str::<Ident>(&ident.to_string()).is_ok(),
            [.., TokenTree::Punct(punct)] => punct.as_char() == '?',
            [.., _] => true,
            [] => false,
        }
    }

    /// The tokens read since then, as Rust.
    pub(super) fn rust_since(&self, start: usize) -> Rust {
        let tokens = &self.tokens[start..self.at];
        let first = tokens.first().map_or(self.last, TokenTree::span);
        let last = tokens.last().map_or(first, TokenTree::span);
        Rust { tokens: tokens.iter().cloned().collect(), span: first.join(last).unwrap_or(first) }
    }

    /// Whether a Rust path begins here.
    pub(super) fn path_begins(&self) -> bool {
        self.peek_ident().is_some() || self.peek_group(Delimiter::None).is_some()
    }

    /// Takes a Rust path.
    pub(super) fn path(&mut self) -> Rust {
        let start = self.at;
        self.eat_group(Delimiter::None);
        loop {
            let colons = self.peek_punct(':');
            if !colons && self.at > start {
                break;
            }
            while self.eat_punct(':') {}
            if self.peek_ident().is_none() {
                break;
            }
            self.next();
        }
        self.rust_since(start)
    }
}

/// Whether a type goes on with `token` after `before`, outside angle brackets.
fn continues(before: Option<&TokenTree>, token: &TokenTree) -> bool {
    let Some(before) = before else {
        return matches!(token, TokenTree::Ident(_) | TokenTree::Group(_))
            || "&*!<".chars().any(|c| is_punct(Some(token), c));
    };
    let open = match before {
        TokenTree::Ident(_) => {
            let inner = ["fn", "dyn", "impl", "mut", "const", "unsafe", "extern", "for"];
            ident_text(Some(before)).is_some_and(|word| inner.contains(&word.as_str()))
        }
        TokenTree::Punct(punct) => punct.as_char() != '>' && punct.as_char() != '!',
        TokenTree::Literal(_) | TokenTree::Group(_) => false,
    };
    open || match token {
        TokenTree::Punct(punct) => match punct.as_char() {
            '<' | '+' | '!' => true,
            ':' => punct.spacing() == Spacing::Joint,
            '-' => punct.spacing() == Spacing::Joint && matches!(before, TokenTree::Group(_)),
            _ => false,
        },
        TokenTree::Group(_) => is_punct(Some(before), '!'),
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    }
}
