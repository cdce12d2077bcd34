//! What the steps are given: their texts, values and placeholders, each checked against the names in scope.

use std::time::Duration;

use proc_macro2::{Span, TokenStream, TokenTree};

use crate::ast::{Arg, Hole, Rust, Template, Text, Value};

use super::Walk;
use crate::resolve::scope::{Access, By};
use crate::resolve::supplied;
use crate::resolve::ty::Ty;

impl<'t> Walk<'_, 't> {
    pub(super) fn browser(&mut self) {
        self.plan.browser = true;
    }

    /// Rust code may ask `cx` for the window.
    pub(super) fn rust(&mut self, rust: &Rust) {
        self.plan.browser |= mentions(&rust.tokens, "cx");
    }

    pub(super) fn time(&mut self, time: Option<&Arg<Duration>>) {
        self.arg(time, &[Ty::Int], "a duration's placeholder must be an int of milliseconds");
    }

    pub(super) fn count(&mut self, count: Option<&Arg<u64>>) {
        self.arg(count, &[Ty::Int], "a count's placeholder must be an int");
    }

    pub(super) fn number(&mut self, number: Option<&Arg<f64>>) {
        self.arg(number, &[Ty::Int, Ty::Float], "a number's placeholder must be an int or a float");
    }

    /// A number or a duration; a placeholder's type is one of these, as far as it is known.
    fn arg<T>(&mut self, arg: Option<&Arg<T>>, types: &[Ty], help: &str) {
        match arg {
            None | Some(Arg::Literal(_)) => {}
            Some(Arg::Rust(rust)) => self.rust(rust),
            Some(Arg::Hole(held)) => {
                self.hole(&held.hole, held.span, false);
                let Ok(Access { root, ty, .. }) = self.scope.find(&held.hole) else { return };
                let open = matches!(ty, Ty::Json | Ty::Rust(_) | Ty::Opaque);
                if !open && root.by != By::Secret && !types.contains(&ty) {
                    let message = format!("`{{{{{}}}}}` is {}", held.hole.lookup(), ty.words());
                    self.calls.problems.help(held.span, message, help);
                }
            }
        }
    }

    pub(super) fn texts(&mut self, text: Option<&'t Text>) {
        if let Some(text) = text {
            self.text(text);
        }
    }

    pub(super) fn values(&mut self, value: &'t Option<Value>) {
        if let Some(value) = value {
            self.value(value);
        }
    }

    pub(super) fn text(&mut self, text: &Text) {
        self.any_text(text, false);
    }

    pub(super) fn text_or_secret(&mut self, text: &Text) {
        self.any_text(text, true);
    }

    /// The address of a page or a server.
    pub(super) fn url(&mut self, url: &Text) {
        self.text_or_secret(url);
        let inputs = supplied::inputs(url, &self.scope).into_iter().map(str::to_owned);
        self.plan.urls.extend(inputs);
    }

    pub(super) fn any_text(&mut self, text: &Text, secrets: bool) {
        match text {
            Text::Template(template) => self.template(template, secrets),
            Text::Rust(rust) => self.rust(rust),
        }
    }

    pub(super) fn value(&mut self, value: &Value) -> Ty {
        self.any_value(value, false)
    }

    pub(super) fn value_or_secret(&mut self, value: &Value) -> Ty {
        self.any_value(value, true)
    }

    /// Checks a value's placeholders and gives its type.
    pub(super) fn any_value(&mut self, value: &Value, secrets: bool) -> Ty {
        match value {
            Value::Text(template) => self.template(template, secrets),
            Value::List(items) => {
                for item in &items.value {
                    self.any_value(item, secrets);
                }
            }
            Value::Map(entries) => {
                for entry in &entries.value {
                    self.any_value(&entry.value, secrets);
                }
            }
            Value::Rust(rust) => self.rust(rust),
            Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Null(_) => {}
        }
        self.scope.type_of(value)
    }

    pub(super) fn template(&mut self, template: &Template, secrets: bool) {
        for hole in template.holes() {
            self.hole(hole, template.span, secrets);
        }
    }

    /// Whether what could not be read or found may bind what the placeholder means.
    fn is_lost(&self, hole: &Hole) -> bool {
        let lost = |name: &String| self.task.lost.iter().any(|lost| lost.text == *name);
        (self.plan.partial && self.scope.get(&hole.name).is_none())
            || lost(&hole.name)
            || hole.path.iter().any(lost)
    }

    pub(super) fn hole(&mut self, hole: &Hole, span: Span, secrets: bool) {
        match self.scope.find(hole) {
            Ok(access) => {
                if access.root.by == By::Secret {
                    self.plan.used.insert(hole.name.clone());
                    if !secrets {
                        let help = "a secret goes only into `goto`, `sendkeys`, `fill`, `http`, `set cookies` and `args`";
                        self.calls.problems.help(
                            span,
                            format!("secret `{}` may not stand here", hole.name),
                            help,
                        );
                    }
                }
            }
            Err(_) if self.is_lost(hole) => {}
            Err((message, Some(help))) => self.calls.problems.help(span, message, help),
            Err((message, None)) => self.calls.problems.add(span, message),
        }
    }
}

/// Where a value stands.
pub(in crate::resolve) fn span(value: &Value) -> Span {
    match value {
        Value::Text(template) => template.span,
        Value::Int(number) => number.span,
        Value::Float(number) => number.span,
        Value::Bool(value) => value.span,
        Value::Null(null) => null.span,
        Value::List(items) => items.span,
        Value::Map(entries) => entries.span,
        Value::Rust(rust) => rust.span,
    }
}

/// Whether the value is a string with one placeholder and nothing else; what a literal is, is checked elsewhere.
pub(super) fn is_placeholder(value: &Value) -> bool {
    matches!(value, Value::Text(template) if template.single().is_some())
}

/// Whether the tokens name an identifier.
fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
