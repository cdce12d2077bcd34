//! What a run of a program holds: its locals, its lists, and the values that operands come to.

use std::borrow::Cow;
use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Map, Value};
use webtask_program::{
    Arg, Expr, Found, Gives, Hole, Line, Part, Read, Script, Shape, Sink, Slot, Take, Template, Text, Url,
};

use super::{Programs, Recipe, shape};
use crate::policy::{Address, untrusted};
use crate::template::{self, Piece};
use crate::value::{self, Dig as _};
use crate::{Cx, Error};

/// How a block ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// At its end.
    Next,
    /// By `break`.
    Break,
    /// By `continue`.
    Continue,
    /// By `return`.
    Return(Value),
}

/// A task's steps, under way.
pub(super) struct Frame<'r> {
    pub(super) recipes: &'r Programs,
    pub(super) recipe: &'r Recipe,
    pub(super) cx: &'r Cx,
    /// What each local holds; nothing where it may be missing and is.
    locals: Vec<Option<Value>>,
    /// The lists that are given to.
    lists: HashMap<Sink, Vec<Value>>,
}

/// Where the way to a value ends.
enum Reached<'f> {
    Value(Option<&'f Value>),
    Owned(Option<Value>),
    Length(Option<i64>),
}

impl<'r> Frame<'r> {
    pub(super) fn new(
        recipes: &'r Programs,
        recipe: &'r Recipe,
        cx: &'r Cx,
        inputs: Vec<Option<Value>>,
    ) -> Result<Self, Error> {
        let mut locals = inputs;
        for setting in &recipe.task.settings {
            let value = cx.setting_or(&setting.name, setting.default.as_deref())?;
            locals.push(Some(Value::from(value)));
        }
        locals.resize(recipe.task.locals.len(), None);
        Ok(Self { recipes, recipe, cx, locals, lists: HashMap::new() })
    }

    /// The shape of a local.
    pub(super) fn shape(&self, slot: Slot) -> &'r Shape {
        &self.recipe.task.locals[slot].shape
    }

    /// What a local holds.
    pub(super) fn get(&self, slot: Slot) -> Option<&Value> {
        self.locals[slot].as_ref()
    }

    /// What a local holds, as JSON.
    pub(super) fn json_of(&self, slot: Slot) -> Value {
        self.locals[slot].clone().unwrap_or_default()
    }

    pub(super) fn set(&mut self, slot: Slot, value: Option<Value>) {
        self.locals[slot] = value;
    }

    /// Binds JSON: `null` is nothing where the local may be missing.
    pub(super) fn bind(&mut self, slot: Slot, value: Value) {
        let missing = value.is_null() && matches!(self.shape(slot), Shape::Option(_));
        self.set(slot, (!missing).then_some(value));
    }

    /// Begins a list.
    pub(super) fn open(&mut self, list: Sink) {
        self.lists.insert(list, Vec::new());
    }

    /// Adds to a list.
    pub(super) fn give(&mut self, list: Sink, values: impl IntoIterator<Item = Value>) {
        self.lists.entry(list).or_default().extend(values);
    }

    /// Takes a list that is complete.
    pub(super) fn close(&mut self, list: Sink) -> Vec<Value> {
        self.lists.remove(&list).unwrap_or_default()
    }

    pub(super) fn text<'t>(&self, text: &'t Text) -> Result<Cow<'t, str>, Error> {
        match text {
            Text::Literal(text) => Ok(Cow::Borrowed(text)),
            Text::Template(template) => self.template(template).map(Cow::Owned),
            Text::Rust(_) => Err(rust()),
        }
    }

    pub(super) fn texts<'t>(&self, text: Option<&'t Text>) -> Result<Option<Cow<'t, str>>, Error> {
        text.map(|text| self.text(text)).transpose()
    }

    /// The address, and whether it comes from outside of the recipe.
    pub(super) fn address<'t>(&self, url: &Url, text: &'t str) -> Address<'t> {
        if url.untrusted { untrusted(text) } else { Address::from(text) }
    }

    fn template<'t>(&self, template: &'t Template) -> Result<String, Error> {
        let piece = |part: &'t Part| {
            Ok(match part {
                Part::Text(text) => Piece::Text(text),
                Part::Hole(Hole { name, found, fallback, place }) => Piece::Hole(template::Hole {
                    name,
                    value: self.found(found)?,
                    fallback: fallback.as_deref(),
                    place: *place,
                }),
            })
        };
        let pieces = template.parts.iter().map(piece).collect::<Result<Vec<_>, Error>>()?;
        template::text(&pieces)
    }

    pub(super) fn time(&self, time: &Arg<Duration>) -> Result<Duration, Error> {
        self.arg(time, value::held_time)
    }

    pub(super) fn times(&self, time: Option<&Arg<Duration>>) -> Result<Option<Duration>, Error> {
        time.map(|time| self.time(time)).transpose()
    }

    pub(super) fn count(&self, count: &Arg<u64>) -> Result<u64, Error> {
        self.arg(count, value::held_count)
    }

    pub(super) fn counts(&self, count: Option<&Arg<u64>>) -> Result<Option<u64>, Error> {
        count.map(|count| self.count(count)).transpose()
    }

    pub(super) fn decimal(&self, number: &Arg<f64>) -> Result<f64, Error> {
        self.arg(number, value::held_number)
    }

    fn arg<T: Copy>(
        &self,
        arg: &Arg<T>,
        held: impl FnOnce(&str, Option<Value>, Option<T>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match arg {
            Arg::Literal(value) => Ok(*value),
            Arg::Hole { name, found, fallback } => held(name, self.found(found)?, *fallback),
            Arg::Rust(_) => Err(rust()),
        }
    }

    /// The source of a script.
    pub(super) fn script(&self, script: &'r Script) -> Result<&'r str, Error> {
        match script {
            Script::Inline(source) => Ok(source),
            Script::File(path) => match self.recipes.scripts().get(path) {
                Some(source) => Ok(source),
                None => Err(Error::step_failed(format!("there is no script `{path}`"))),
            },
        }
    }

    /// A value as JSON; `null` for nothing.
    pub(super) fn json(&self, expr: &Expr) -> Result<Value, Error> {
        Ok(self.eval(expr)?.unwrap_or_default())
    }

    pub(super) fn list(&self, exprs: &[Expr]) -> Result<Vec<Value>, Error> {
        exprs.iter().map(|expr| self.json(expr)).collect()
    }

    pub(super) fn map(&self, entries: &[(String, Expr)]) -> Result<Map<String, Value>, Error> {
        entries.iter().map(|(key, value)| Ok((key.clone(), self.json(value)?))).collect()
    }

    /// A value; nothing where it may be missing and is.
    pub(super) fn eval(&self, expr: &Expr) -> Result<Option<Value>, Error> {
        Ok(Some(match expr {
            Expr::String(text) | Expr::JsonText(text) => Value::from(text.as_str()),
            Expr::Template(template) => Value::from(self.template(template)?),
            Expr::Int(number) => Value::from(*number),
            Expr::Float(number) => Value::from(*number),
            Expr::Bool(value) => Value::from(*value),
            Expr::Null => Value::Null,
            Expr::List(items) => Value::Array(self.list(items)?),
            Expr::Map(entries) => Value::Object(self.map(entries)?),
            Expr::Json(inner) | Expr::Object(inner) | Expr::Array(inner) => self.json(inner)?,
            Expr::Rust(_) | Expr::RustJson(_) => return Err(rust()),
            Expr::Secret(name) => Value::from(self.cx.secret(name)?),
            Expr::There { name, read } => value::there(name, self.read(read))?,
            Expr::Or { read, fallback } => match self.read(read) {
                Some(Value::String(text)) if !text.is_empty() => Value::String(text),
                _ => Value::from(fallback.as_str()),
            },
            Expr::Given { name, found } => value::given(name, self.found(found)?)?,
            Expr::OrJson { found, fallback } => value::or_json(self.found(found)?, fallback),
            Expr::Missing => return Ok(None),
            Expr::Present(inner) => return self.eval(inner),
            Expr::AsFloat(inner) => match self.json(inner)? {
                Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
                other => other,
            },
            Expr::Decode { label, value, shape } => shape::decode(label, shape, self.json(value)?)?,
        }))
    }

    /// A value as a text within its place.
    pub(super) fn line<'t>(&self, line: &'t Line) -> Result<Cow<'t, str>, Error> {
        match line {
            Line::Text(text) => self.text(text),
            Line::Json(expr) => Ok(Cow::Owned(value::shown_text(self.json(expr)?))),
        }
    }

    /// What a placeholder finds.
    pub(super) fn found(&self, found: &Found) -> Result<Option<Value>, Error> {
        match found {
            Found::Secret(name) => Ok(Some(Value::from(self.cx.secret(name)?))),
            Found::Local(read) => Ok(self.read(read)),
        }
    }

    fn read(&self, read: &Read) -> Option<Value> {
        match self.reach(read) {
            Reached::Value(value) => value.cloned(),
            Reached::Owned(value) => value,
            Reached::Length(length) => length.map(Value::from),
        }
    }

    fn reach(&self, read: &Read) -> Reached<'_> {
        let mut at = self.get(read.slot);
        for (number, take) in read.takes.iter().enumerate() {
            at = match take {
                // What is missing in a local is nothing, in what a local holds it is null.
                Take::Some if number == 0 => at,
                Take::Some => at.filter(|value| !value.is_null()),
                Take::Field { json, .. } => at.and_then(|value| value.get(json)),
                Take::Index(index) => at.and_then(|value| value.get(index)),
                Take::Length => {
                    return Reached::Length(at.and_then(Value::as_array).map(|list| value::length(list)));
                }
                Take::Json(path) | Take::Rust(path) => {
                    let path: Vec<_> = path.iter().map(String::as_str).collect();
                    return Reached::Owned(at.and_then(|value| value.dig(&path)));
                }
            };
        }
        debug_assert!(read.gives() == Gives::Shaped);
        Reached::Value(at)
    }
}

/// What a program of a file has none of.
pub(super) fn rust() -> Error {
    Error::new(crate::ErrorKind::Internal, "Rust code in a recipe that is not compiled")
}
