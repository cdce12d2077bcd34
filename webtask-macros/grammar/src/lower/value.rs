//! Values: which conversions they need, and the ways to what placeholders mean.

use std::time::Duration;

use webtask_program::{self as program, Arg as ProgramArg};
use webtask_program::{Expr, Found, Line, Read, Url};

use crate::ast::{Arg, Entry, Held, Hole, Part, Place, Template, Text, Value};
use crate::resolve::{Access, By, Info, Ty, is_untrusted};

use super::Lower;

impl Lower<'_> {
    pub(super) fn text(&mut self, info: &Info, text: &Text) -> program::Text {
        match text {
            Text::Template(template) => match template.literal() {
                Some(text) => program::Text::Literal(text.to_owned()),
                None => program::Text::Template(self.template(info, template)),
            },
            Text::Rust(rust) => program::Text::Rust(self.rust(rust)),
        }
    }

    pub(super) fn texts(&mut self, info: &Info, text: Option<&Text>) -> Option<program::Text> {
        text.map(|text| self.text(info, text))
    }

    pub(super) fn url(&mut self, info: &Info, url: &Text) -> Url {
        Url { text: self.text(info, url), untrusted: is_untrusted(url, &info.scope) }
    }

    /// A string with placeholders.
    pub(super) fn template(&mut self, info: &Info, template: &Template) -> program::Template {
        let parts = template.parts.iter().map(|part| match part {
            Part::Text(text) => program::Part::Text(text.clone()),
            Part::Hole(hole) => {
                // What a caller names by an input of type `path` may be several names.
                let several = info.scope.get(&hole.name).is_some_and(|bound| bound.by == By::Path);
                let place = match hole.place {
                    Place::Path if several => Place::Below,
                    place => place,
                };
                let (found, fallback) = (self.found(info, hole), hole.fallback.clone());
                program::Part::Hole(program::Hole { name: hole.lookup(), found, fallback, place })
            }
        });
        program::Template { parts: parts.collect() }
    }

    pub(super) fn time(&mut self, info: &Info, time: &Arg<Duration>) -> program::Time {
        self.arg(info, time)
    }

    pub(super) fn times(&mut self, info: &Info, time: Option<&Arg<Duration>>) -> Option<program::Time> {
        time.map(|time| self.arg(info, time))
    }

    pub(super) fn counts(&mut self, info: &Info, count: Option<&Arg<u64>>) -> Option<program::Count> {
        count.map(|count| self.arg(info, count))
    }

    /// A number or a duration.
    pub(super) fn arg<T: Copy>(&mut self, info: &Info, arg: &Arg<T>) -> ProgramArg<T> {
        match arg {
            Arg::Literal(value) => ProgramArg::Literal(value.value),
            Arg::Hole(Held { hole, fallback, .. }) => {
                ProgramArg::Hole { name: hole.lookup(), found: self.found(info, hole), fallback: *fallback }
            }
            Arg::Rust(rust) => ProgramArg::Rust(self.rust(rust)),
        }
    }

    /// A value with the type that [`Scope::type_of`](crate::resolve::Scope::type_of) gives it.
    pub(super) fn typed(&mut self, info: &Info, value: &Value) -> Expr {
        match value {
            Value::Text(template) => match (template.literal(), template.single()) {
                (Some(text), _) => Expr::String(text.to_owned()),
                (None, Some(hole)) => self.single(info, hole),
                (None, None) => Expr::Template(self.template(info, template)),
            },
            Value::Int(number) => Expr::Int(number.value),
            Value::Float(number) => Expr::Float(number.value),
            Value::Bool(value) => Expr::Bool(value.value),
            Value::Null(_) => Expr::Null,
            Value::List(items) => Expr::List(items.value.iter().map(|item| self.json(info, item)).collect()),
            Value::Map(entries) => Expr::Map(self.entries(info, &entries.value)),
            Value::Rust(rust) => Expr::Rust(self.rust(rust)),
        }
    }

    /// A value as JSON.
    pub(super) fn json(&mut self, info: &Info, value: &Value) -> Expr {
        match value {
            Value::Text(template) => match (template.literal(), template.single()) {
                (Some(text), _) => Expr::JsonText(text.to_owned()),
                (None, Some(hole)) => {
                    let found = self.found(info, hole);
                    match &hole.fallback {
                        Some(fallback) => Expr::OrJson { found, fallback: fallback.clone() },
                        None => Expr::Given { name: hole.lookup(), found },
                    }
                }
                (None, None) => Expr::Json(Box::new(Expr::Template(self.template(info, template)))),
            },
            Value::Map(_) => Expr::Object(Box::new(self.typed(info, value))),
            Value::List(_) => Expr::Array(Box::new(self.typed(info, value))),
            Value::Rust(rust) => Expr::RustJson(self.rust(rust)),
            Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Null(_) => {
                Expr::Json(Box::new(self.typed(info, value)))
            }
        }
    }

    pub(super) fn entries(&mut self, info: &Info, entries: &[Entry]) -> Vec<(String, Expr)> {
        entries.iter().map(|entry| (entry.key.value.clone(), self.json(info, &entry.value))).collect()
    }

    /// A value as that type; at run time an error that names `label` when it does not fit.
    pub(super) fn convert(&mut self, info: &Info, value: &Value, to: &Ty, label: &str) -> Expr {
        let from = info.scope.type_of(value);
        match (value, &from, to) {
            (_, from, to) if from == to => self.typed(info, value),
            (Value::Null(_), _, Ty::Option(_)) => Expr::Missing,
            (_, _, Ty::Option(inner)) => Expr::Present(Box::new(self.convert(info, value, inner, label))),
            (_, _, Ty::Json) => self.json(info, value),
            (Value::Rust(_), _, _) | (_, _, Ty::Opaque) => self.typed(info, value),
            (_, Ty::Int, Ty::Float) => Expr::AsFloat(Box::new(self.typed(info, value))),
            _ => Expr::Decode {
                label: label.to_owned(),
                value: Box::new(self.json(info, value)),
                shape: self.shape(to),
            },
        }
    }

    /// A value as a text within its place: a string as it is, anything else as JSON.
    pub(super) fn line(&mut self, info: &Info, value: &Value) -> Line {
        match value {
            Value::Text(template) => Line::Text(self.text(info, &Text::Template(template.clone()))),
            other => Line::Json(self.json(info, other)),
        }
    }

    /// The way to what a placeholder finds.
    pub(super) fn found(&self, info: &Info, hole: &Hole) -> Found {
        let access = access(info, hole);
        match access.root.by {
            By::Secret => Found::Secret(access.root.name.text),
            _ => Found::Local(self.read(access)),
        }
    }

    /// A string that is exactly one placeholder: the value with its own type.
    fn single(&self, info: &Info, hole: &Hole) -> Expr {
        let (name, access) = (hole.lookup(), access(info, hole));
        let secret = access.root.by == By::Secret;
        match (&hole.fallback, &access.ty) {
            (Some(fallback), Ty::String) if !secret => {
                Expr::Or { read: self.read(access), fallback: fallback.clone() }
            }
            (Some(fallback), _) => Expr::OrJson { found: self.found(info, hole), fallback: fallback.clone() },
            (None, Ty::Json) => Expr::Given { name, found: self.found(info, hole) },
            (None, _) if secret => Expr::Secret(access.root.name.text),
            (None, _) => Expr::There { name, read: self.read(access) },
        }
    }

    fn read(&self, access: Access) -> Read {
        let slot = self.slot(&access.root.name.text);
        self.reads.borrow_mut().insert(slot);
        Read { slot, takes: access.takes }
    }
}

/// What a placeholder means here.
fn access(info: &Info, hole: &Hole) -> Access {
    info.scope.find(hole).unwrap_or_else(|(message, _)| panic!("{message}"))
}
