//! What the steps are given: their texts, values and placeholders, each checked against the names in scope.

use std::time::Duration;

use proc_macro2::{Literal, Span, TokenStream, TokenTree};

use crate::ast::{Arg, Hole, Part, Place, Rust, Template, Text, Value};
use crate::place::{Unfit, fit};

use super::Walk;
use crate::resolve::meant::{self, Meant};
use crate::resolve::scope::{Access, By};
use crate::resolve::ty::Ty;
use crate::resolve::untrusted;
use crate::template;

impl<'t> Walk<'_, 't> {
    pub(super) fn browser(&mut self) {
        self.plan.browser = true;
    }

    /// Rust code may ask `cx` for the window.
    pub(super) fn rust(&mut self, rust: &Rust) {
        self.plan.browser |= mentions(&rust.tokens, "cx");
    }

    /// A Rust expression in place of a value. Its literals are Rust's: a placeholder in one is text.
    fn expression(&mut self, rust: &Rust) {
        self.rust(rust);
        let literals = literals(&rust.tokens);
        for literal in &literals {
            let Ok(text) = syn::parse2::<syn::LitStr>(TokenTree::from(literal.clone()).into()) else {
                continue;
            };
            let value = text.value();
            let Some(written) = template::find(&value) else { continue };
            let name = written.trim_matches(['{', '}']).split(['.', '|']).next().unwrap_or_default();
            if self.scope.get(name).is_none() {
                continue;
            }
            let help = match rust.tokens.clone().into_iter().count() {
                1 => format!("write the string without parentheses: `{literal}`"),
                _ => format!("write it in Rust: `format!(\"… {{{name}}}\")`"),
            };
            let message = format!("placeholder `{written}` in a Rust string, where it is text");
            self.calls.problems.help(text.span(), message, help);
        }
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
            Some(Arg::Rust(rust)) => self.expression(rust),
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
        if let Text::Template(template) = url {
            for hole in template.holes().filter(|hole| matches!(hole.place, Place::UrlWhole | Place::UrlBase))
            {
                if let Some(wanted) = self.plan.settings.get_mut(&hole.name)
                    && self.scope.get(&hole.name).is_some_and(|bound| bound.by == By::Setting)
                {
                    wanted.url = true;
                }
            }
        }
        let inputs = untrusted::inputs(url, &self.scope).into_iter().map(str::to_owned);
        self.plan.urls.extend(inputs);
    }

    pub(super) fn any_text(&mut self, text: &Text, secrets: bool) {
        match text {
            Text::Template(template) => self.template(template, secrets),
            Text::Rust(rust) => self.expression(rust),
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
            Value::Rust(rust) => self.expression(rust),
            Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Null(_) => {}
        }
        self.scope.type_of(value)
    }

    pub(super) fn template(&mut self, template: &Template, secrets: bool) {
        self.placeholders(template, secrets);
        if template.escaped || meant::is_source(template) {
            return;
        }
        let alone = template.holes().next().is_none();
        for part in &template.parts {
            let Part::Text(text) = part else { continue };
            for Meant { written, help } in meant::find(text, alone, &self.scope) {
                self.calls.problems.help(template.span, format!("`{written}` is not a placeholder"), help);
            }
        }
    }

    /// The placeholders alone, of a string in which `{…}` has a meaning of its own.
    pub(super) fn placeholders(&mut self, template: &Template, secrets: bool) {
        for hole in template.holes() {
            self.hole(hole, template.span, secrets);
            self.fits(hole, template);
        }
    }

    /// What the recipe itself writes for a placeholder is taken at its place: its fallback, and its input's default.
    fn fits(&mut self, hole: &Hole, template: &Template) {
        let lookup = hole.lookup();
        if let Some(text) = &hole.fallback
            && let Err(Unfit { why, help }) = fit(hole.place, text)
        {
            let message = format!("the fallback of `{{{{{lookup}}}}}` never fits there: `{text}` {why}");
            self.calls.problems.help(
                template.span,
                message,
                help.replace("{{name}}", &format!("{{{{{lookup}}}}}")),
            );
        }
        let is_input = self.scope.get(&hole.name).is_some_and(|bound| bound.by == By::Input);
        let input = self.task.header.inputs.iter().find(|input| input.name.text == hole.name);
        let Some(default) =
            input.filter(|_| is_input && hole.path.is_empty()).and_then(|input| input.default.as_ref())
        else {
            return;
        };
        let (text, span) = match default {
            Value::Text(text) => (text.literal().unwrap_or_default().to_owned(), text.span),
            Value::Float(number) => (number.value.to_string(), number.span),
            Value::Bool(value) => (value.value.to_string(), value.span),
            _ => return,
        };
        // What is empty stands for none, which a recipe asks for before it uses it.
        if text.is_empty() || !self.refused.insert((hole.name.clone(), hole.place)) {
            return;
        }
        if let Err(Unfit { why, help }) = fit(hole.place, &text) {
            let message = format!("the default of `{lookup}` never fits its placeholder: `{text}` {why}");
            self.calls.problems.help(span, message, help.replace("{{name}}", &format!("{{{{{lookup}}}}}")));
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
                if hole.place == Place::UrlBase && access.root.by != By::Setting {
                    let message =
                        format!("placeholder `{{{{{}}}}}` at the beginning of a URL", hole.lookup());
                    let help = "a placeholder is a whole URL, a whole host, or inside a path, query or fragment; \
                                what the operator says may begin one: declare it by `setting NAME`";
                    self.calls.problems.help(span, message, help);
                }
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

/// The literals of an expression, but for those that a macro takes, where `{{` may be an escape.
fn literals(tokens: &TokenStream) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut called = false;
    for token in tokens.clone() {
        match &token {
            TokenTree::Literal(literal) => found.push(literal.clone()),
            TokenTree::Group(group) if !called => found.extend(literals(&group.stream())),
            _ => {}
        }
        called = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '!');
    }
    found
}

/// Whether the tokens name an identifier.
fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
