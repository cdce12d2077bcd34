//! Reads what stands in a step besides words and names: strings, numbers, durations, lists, maps, Rust.

use std::time::Duration;

use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream, TokenTree};

use super::duration;
use super::reader::{Parsed, Reader, Told};
use super::token::shown;
use crate::ast::{Arg, Entry, Held, Spanned, Str, Template, Text, Value};
use crate::template;

/// A string literal, with how it was written.
struct Quoted {
    value: String,
    repr: String,
    span: Span,
}

impl Reader<'_> {
    /// Reads a string without placeholders.
    pub(super) fn str(&mut self, part: &str) -> Parsed<Str> {
        let Quoted { value, span, .. } = self.quoted(part)?;
        Ok(Str { value, span })
    }

    /// Reads a string with placeholders, or Rust that gives one.
    pub(super) fn text(&mut self, part: &str) -> Parsed<Text> {
        if let Some(rust) = self.rust(part)? {
            return Ok(Text::Rust(rust));
        }
        if !self.is_string() {
            return Err(self.expected_text(part));
        }
        Ok(Text::Template(self.template(part)?))
    }

    /// Reads a duration, or what gives one.
    pub(super) fn duration(&mut self, part: &str) -> Parsed<Arg<Duration>> {
        let Some(given) = self.given(part, duration::read, duration::HELP)? else {
            return self.plain_duration(part).map(Arg::Literal);
        };
        if let Arg::Hole(held) = &given
            && let Some(text) = &held.hole.fallback
            && let Some(help) = duration::ask(text)
        {
            self.problems.help(held.span, format!("fallback `{text}` without a unit"), help);
        }
        Ok(given)
    }

    /// Reads a duration that is written in the recipe.
    pub(super) fn plain_duration(&mut self, part: &str) -> Parsed<Spanned<Duration>> {
        let span = self.here();
        if (self.peek_punct('-') || self.peek_punct('+') || self.peek_punct('.'))
            && matches!(self.peek_at(1), Some(TokenTree::Literal(_)))
        {
            let sign = self.next().map(|token| token.to_string()).unwrap_or_default();
            let rest = self.eat_literal().map(|literal| literal.to_string()).unwrap_or_default();
            self.problems.help(span, format!("bad duration `{sign}{rest}`"), duration::HELP);
            return Err(Told);
        }
        if self.is_string() {
            return Err(self.quoted_duration(part));
        }
        let Some(literal) = self.eat_literal() else {
            let help = self.usage();
            return Err(self.expected_value(part, "a duration, like `2s`", &help));
        };
        let repr = literal.to_string();
        if let Some(word) = self.peek_ident().filter(|word| duration::unit(word).is_some()) {
            let written = format!("{repr} {word}");
            self.problems.help(span, format!("bad duration `{written}`"), duration::help(&written));
            self.next();
            return Err(Told);
        }
        let Some(value) = duration::read(&repr) else {
            self.problems.help(span, format!("bad duration `{repr}`"), duration::help(&repr));
            return Err(Told);
        };
        if let Some(help) = duration::ask(&repr) {
            self.problems.help(span, format!("`{repr}` without a unit"), help);
        }
        Ok(Spanned { value, span })
    }

    /// Says what to write instead of a string where a duration stands.
    fn quoted_duration(&mut self, part: &str) -> Told {
        let literal = self.peek().cloned().into_iter().collect::<TokenStream>();
        let text = syn::parse2::<syn::LitStr>(literal).map(|text| text.value()).unwrap_or_default();
        let help = if duration::read(&text).is_some() {
            duration::ask(&text).unwrap_or_else(|| format!("write `{text}`, without quotes"))
        } else if self.word.name == "wait" && !text.starts_with(|c: char| c.is_ascii_digit()) {
            format!("write `wait until {}` for an element, or `wait 2s` for a time", shown(self.peek()))
        } else {
            duration::help(&text)
        };
        self.expected_or(part, help)
    }

    /// Reads a number of things, or what gives one.
    pub(super) fn count(&mut self, part: &str) -> Parsed<Arg<u64>> {
        let help = format!("write `{part}` as a whole number, like `10`");
        let whole = |repr: &str| {
            let number = syn::parse_str::<syn::LitInt>(repr).ok().filter(|int| int.suffix().is_empty());
            number.and_then(|int| int.base10_parse().ok())
        };
        if let Some(given) = self.given(part, whole, &help)? {
            return Ok(given);
        }
        let span = self.here();
        if matches!(self.peek(), Some(TokenTree::Literal(_))) && !self.is_string() {
            let repr = self.next().map(|token| token.to_string()).unwrap_or_default();
            return match whole(&repr) {
                Some(value) => Ok(Arg::Literal(Spanned { value, span })),
                None => {
                    self.problems.help(span, format!("bad number `{repr}`"), help);
                    Err(Told)
                }
            };
        }
        Err(self.expected_value(part, "a whole number, like `10`", &help))
    }

    /// Reads a status of HTTP.
    pub(super) fn status(&mut self, part: &str) -> Parsed<u16> {
        let span = self.here();
        if self.is_string() {
            return Err(self.expected(part));
        }
        let Some(literal) = self.eat_literal() else {
            return Err(self.expected(part));
        };
        let repr = literal.to_string();
        match repr.parse() {
            Ok(status @ 100..=599) => Ok(status),
            _ => {
                let help = "a status is a number from 100 to 599, like `404`";
                self.problems.help(span, format!("bad status `{repr}`"), help);
                Err(Told)
            }
        }
    }

    /// Reads what gives a number or a duration, when it comes next: Rust, or a string that is one placeholder. `read`
    /// reads its fallback.
    pub(super) fn given<T>(
        &mut self,
        part: &str,
        read: impl Fn(&str) -> Option<T>,
        help: &str,
    ) -> Parsed<Option<Arg<T>>> {
        if let Some(rust) = self.rust(part)? {
            return Ok(Some(Arg::Rust(rust)));
        }
        if !self.is_string() || !self.peek().is_some_and(|token| token.to_string().contains("{{")) {
            return Ok(None);
        }
        let before = self.problems.len();
        let template = self.template(part)?;
        let span = template.span;
        let Some(hole) = template.single() else {
            if self.problems.len() == before {
                let help = "write the placeholder alone, like `\"{{name}}\"`";
                self.problems.help(span, format!("expected `{part}`, found a string"), help);
            }
            return Err(Told);
        };
        let fallback = match &hole.fallback {
            None => None,
            Some(text) => match read(text) {
                Some(value) => Some(value),
                None => {
                    self.problems.help(span, format!("bad fallback `{text}` for `{part}`"), help);
                    return Err(Told);
                }
            },
        };
        Ok(Some(Arg::Hole(Held { hole: hole.clone(), fallback, span })))
    }

    /// Reads any value.
    pub(super) fn value(&mut self, part: &str) -> Parsed<Value> {
        if let Some(rust) = self.rust(part)? {
            return Ok(Value::Rust(rust));
        }
        if self.block_follows() {
            return Err(self.expected(part));
        }
        let span = self.here();
        if let Some(group) = self.eat_group(Delimiter::Bracket) {
            return Ok(Value::List(Spanned { value: self.elements(&group), span }));
        }
        if self.bare_placeholder().is_some() {
            return Err(self.expected_text(part));
        }
        if self.peek_group(Delimiter::Brace).is_some() {
            return self.map(part).map(Value::Map);
        }
        if let Some(word) = self.peek_ident() {
            let value = match word.as_str() {
                "true" => Value::Bool(Spanned { value: true, span }),
                "false" => Value::Bool(Spanned { value: false, span }),
                "null" => Value::Null(Spanned { value: (), span }),
                _ => {
                    let keyed = self.values && super::token::is_punct(self.peek_at(1), ':');
                    let help = match keyed {
                        true => format!("write a map in braces, like `{{ {word}: VALUE }}`"),
                        false => {
                            format!("write `\"{{{{{word}}}}}\"` for its value, or `\"{word}\"` for the text")
                        }
                    };
                    return Err(self.expected_or(part, help));
                }
            };
            self.next();
            return Ok(value);
        }
        if self.is_string() {
            return self.template(part).map(Value::Text);
        }
        self.number(part)
    }

    /// Reads the elements of a list that must come next.
    pub(super) fn list(&mut self, part: &str) -> Parsed<Vec<Value>> {
        match self.eat_group(Delimiter::Bracket) {
            Some(group) => Ok(self.elements(&group)),
            None => Err(self.expected(part)),
        }
    }

    /// Reads a list of texts that must come next.
    pub(super) fn texts(&mut self, part: &str, element: &str) -> Parsed<Vec<Text>> {
        let Some(group) = self.eat_group(Delimiter::Bracket) else {
            return Err(self.expected(part));
        };
        let mut texts = Vec::new();
        self.separated(&group, |inner| {
            texts.push(inner.text(element)?);
            Ok(())
        });
        Ok(texts)
    }

    /// Reads a map that must come next.
    pub(super) fn map(&mut self, part: &str) -> Parsed<Spanned<Vec<Entry>>> {
        let span = self.here();
        let Some(group) = self.eat_group(Delimiter::Brace) else {
            return Err(self.expected(part));
        };
        let mut entries = Vec::new();
        self.separated(&group, |inner| {
            let key = inner.key()?;
            if !inner.eat_punct(':') {
                let help = format!("write `{}: VALUE`", key.value);
                return Err(inner.expected_or(":", help));
            }
            let value = inner.value("VALUE")?;
            entries.push(Entry { key, value });
            Ok(())
        });
        Ok(Spanned { value: entries, span })
    }

    /// Whether a string literal, of any kind, comes next.
    pub(super) fn is_string(&self) -> bool {
        matches!(self.peek(), Some(TokenTree::Literal(literal)) if Kind::of(literal) != Kind::Number)
    }

    /// Reads a string with its placeholders.
    fn template(&mut self, part: &str) -> Parsed<Template> {
        let Quoted { value, repr, span } = self.quoted(part)?;
        Ok(template::parse(&value, &repr, span, self.problems))
    }

    /// Reads a string literal in any of Rust's forms.
    fn quoted(&mut self, part: &str) -> Parsed<Quoted> {
        let Some(TokenTree::Literal(literal)) = self.peek() else {
            return Err(self.expected(part));
        };
        let literal = literal.clone();
        let span = literal.span();
        let repr = literal.to_string();
        match Kind::of(&literal) {
            Kind::Number => return Err(self.expected(part)),
            Kind::Str => {}
            Kind::Other(what) => {
                self.problems.help(
                    span,
                    format!("expected `{part}`, found a {what}"),
                    "write a string, like `\"…\"`",
                );
                self.next();
                return Err(Told);
            }
        }
        self.next();
        let Ok(string) = syn::parse2::<syn::LitStr>(TokenStream::from(TokenTree::from(literal))) else {
            self.problems.help(span, format!("bad string `{repr}`"), "write a string, like `\"…\"`");
            return Err(Told);
        };
        if !string.suffix().is_empty() {
            let suffix = string.suffix().to_owned();
            self.problems.help(
                span,
                format!("unexpected `{suffix}` at the end of a string"),
                format!("remove it, or put a space before `{suffix}`"),
            );
        }
        Ok(Quoted { value: string.value(), repr, span })
    }

    /// Reads a number.
    fn number(&mut self, part: &str) -> Parsed<Value> {
        let span = self.here();
        let negative = self.peek_punct('-') && matches!(self.peek_at(1), Some(TokenTree::Literal(_)));
        if negative {
            self.next();
            if self.is_string() {
                return Err(self.expected(part));
            }
        }
        let Some(literal) = self.eat_literal() else {
            return Err(self.expected(part));
        };
        let written = literal.to_string();
        let digits = written.strip_prefix('-').unwrap_or(&written);
        let sign = if negative != written.starts_with('-') { "-" } else { "" };
        let mut help = "a whole number has 64 bits, like `-12`, any other is written as `0.5`".to_owned();
        let value = match syn::parse_str::<syn::Lit>(digits) {
            Ok(syn::Lit::Int(int)) if int.suffix().is_empty() => format!("{sign}{}", int.base10_digits())
                .parse()
                .ok()
                .map(|value| Value::Int(Spanned { value, span })),
            Ok(syn::Lit::Float(float)) if float.suffix().is_empty() => {
                format!("{sign}{}", float.base10_digits())
                    .parse()
                    .ok()
                    .filter(|value: &f64| value.is_finite())
                    .map(|value| Value::Float(Spanned { value, span }))
            }
            Ok(syn::Lit::Int(_) | syn::Lit::Float(_)) => {
                help = format!("write a plain number, or `\"{sign}{digits}\"` for the text");
                None
            }
            _ => None,
        };
        value.ok_or_else(|| {
            self.problems.help(span, format!("bad number `{sign}{digits}`"), help);
            Told
        })
    }

    /// Reads the key of a map.
    fn key(&mut self) -> Parsed<Str> {
        if self.is_string() {
            return self.str("KEY");
        }
        if self.peek_ident().is_none() {
            return Err(self.expected_or("KEY", "a key is a name or a string: `{ key: value }`"));
        }
        let name = self.name("KEY")?;
        Ok(Str { value: name.text, span: name.span })
    }

    fn elements(&mut self, group: &Group) -> Vec<Value> {
        let mut values = Vec::new();
        self.separated(group, |inner| {
            values.push(inner.value("VALUE")?);
            Ok(())
        });
        values
    }

    /// Reads what stands in a group with commas between, each for itself.
    fn separated(&mut self, group: &Group, mut read: impl FnMut(&mut Reader<'_>) -> Parsed<()>) {
        let room = self.word.room;
        let mut inner = self.inside(group, room);
        inner.values = true;
        while !inner.done() {
            let start = inner.position();
            let mut failed = read(&mut inner).is_err();
            if !failed && !inner.done() && !inner.peek_punct(',') {
                let follows = !matches!(inner.peek(), Some(TokenTree::Punct(_)));
                let token = shown(inner.peek());
                let (message, help) = if follows {
                    ("missing `,`".to_owned(), format!("write `,` before `{token}`"))
                } else {
                    (format!("unexpected `{token}`"), "remove it".to_owned())
                };
                let span = inner.peek().map_or(inner.behind(), TokenTree::span);
                inner.problems.help(span, message, help);
                failed = true;
            }
            if failed {
                while !inner.done() && !inner.peek_punct(',') {
                    inner.next();
                }
                let lost = inner.rust_since(start).tokens.into_iter().collect::<Vec<_>>();
                inner.lose(&lost);
            }
            inner.eat_punct(',');
        }
    }
}

/// What a literal is.
#[derive(PartialEq)]
enum Kind {
    Str,
    Number,
    Other(&'static str),
}

impl Kind {
    fn of(literal: &Literal) -> Self {
        let repr = literal.to_string();
        match repr.as_bytes() {
            [b'"', ..] | [b'r', b'"' | b'#', ..] => Kind::Str,
            [b'b', b'\'', ..] => Kind::Other("byte"),
            [b'b', ..] => Kind::Other("byte string"),
            [b'c', ..] => Kind::Other("C string"),
            [b'\'', ..] => Kind::Other("character"),
            _ => Kind::Number,
        }
    }
}
