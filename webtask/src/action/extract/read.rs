//! Makes values of the raw strings that an `extract` collected. It knows no page.

use regex::Regex;
use serde::Deserialize;
use serde_json::{Map, Value};

use tokio::task::yield_now;

use super::base::{Base, Resolver};
use super::{Cast, Field, Source, Spec};
use crate::Error;
use crate::browser::Far;

/// How many rows are read before others have their turn.
const TURN: usize = 200;

/// What the page found.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase", untagged)]
pub(super) enum Answer {
    /// A selector that is none.
    Invalid { invalid: String },
    /// A list of cells for each row, and what URLs are relative to.
    Rows {
        base: Base,
        rows: Value,
        /// The cells of which there is more in frames of other origins.
        #[serde(default)]
        late: Vec<Late>,
        /// The frames of other origins that have rows.
        #[serde(default)]
        far: Vec<Far>,
    },
}

/// A cell of which there is more in a frame: where it is, and what to read in the frame that has that number.
#[derive(Debug, Deserialize)]
pub(super) struct Late {
    pub(super) at: String,
    pub(super) pin: u32,
    pub(super) field: Value,
}

/// The fields of a row, made ready once for all rows.
pub(super) struct Columns<'a> {
    columns: Vec<Column<'a>>,
}

struct Column<'a> {
    field: &'a Field<'a>,
    regex: Option<Regex>,
    /// The fields of the rows within.
    nested: Columns<'a>,
}

/// What is wrong, and where: the field's path within the result.
struct Fault {
    path: String,
    why: String,
}

/// Why there is no value.
enum Lack {
    Element,
    Attribute,
    Match(String),
}

impl<'a> Columns<'a> {
    pub(super) fn new(fields: &'a [Field<'a>]) -> Result<Self, Error> {
        let columns = fields.iter().map(|field| {
            let regex = match field.matches {
                Some(text) => Some(Regex::new(text).map_err(|error| {
                    Error::step_failed(format!(
                        "field `{}`: `{text}` is not a regular expression",
                        field.name
                    ))
                    .with_source(error)
                })?),
                None => None,
            };
            let nested = match &field.source {
                Source::Nested { fields, .. } => Self::new(fields)?,
                _ => Self { columns: Vec::new() },
            };
            Ok(Column { field, regex, nested })
        });
        Ok(Self { columns: columns.collect::<Result<_, Error>>()? })
    }

    /// The result of an `extract`. Others have their turn between rows, of which there may be many.
    pub(super) async fn read(&self, spec: &Spec<'_>, answer: Answer) -> Result<Value, Error> {
        let (base, rows) = match answer {
            Answer::Invalid { invalid } => {
                return Err(Error::step_failed(format!("`{invalid}` is not a valid selector")));
            }
            Answer::Rows { base, rows: found, .. } => (Resolver::new(&base), rows(found)),
        };
        let failed =
            |fault: Fault| Error::step_failed(format!("`{}{}`: {}", spec.name, fault.path, fault.why));
        if spec.repeat {
            let mut list = Vec::with_capacity(rows.len());
            for (index, row) in rows.into_iter().enumerate() {
                if index % TURN == TURN - 1 {
                    yield_now().await;
                }
                let row =
                    self.row(row, &base).map_err(|fault| failed(fault.within(&format!("[{index}]"))))?;
                list.push(row);
            }
            return Ok(Value::Array(list));
        }
        match rows.into_iter().next() {
            Some(row) => self.row(row, &base).map_err(failed),
            None => Err(Error::step_failed(format!(
                "`{}`: no element matches `{}`; wait for it with `wait until`, or write `repeat` for a list that may be empty",
                spec.name, spec.from
            ))),
        }
    }

    fn rows(&self, rows: Vec<Vec<Value>>, base: &Resolver) -> Result<Value, Fault> {
        let rows = rows.into_iter().enumerate();
        rows.map(|(index, row)| self.row(row, base).map_err(|fault| fault.within(&format!("[{index}]"))))
            .collect()
    }

    fn row(&self, cells: Vec<Value>, base: &Resolver) -> Result<Value, Fault> {
        let mut cells = cells.into_iter();
        let mut row = Map::with_capacity(self.columns.len());
        for column in &self.columns {
            let field = column.field;
            let value = match &field.source {
                Source::Const(value) => value.clone(),
                _ => {
                    let cell = cells.next().unwrap_or_default();
                    column.read(cell, base).map_err(|fault| fault.within(&format!(".{}", field.name)))?
                }
            };
            row.insert(field.name.to_owned(), value);
        }
        Ok(Value::Object(row))
    }
}

impl Column<'_> {
    fn read(&self, cell: Value, base: &Resolver) -> Result<Value, Fault> {
        let (cell, own) = unbased(cell);
        let base = own.as_ref().unwrap_or(base);
        match &self.field.source {
            Source::Const(_) | Source::Count(_) => Ok(cell),
            Source::Nested { repeat, .. } => self.nested(rows(cell), *repeat, base),
            Source::Text(_) | Source::Attr(..) | Source::Html(_) => match cell {
                Value::Array(cells) if self.field.all => self.list(cells, base),
                cell => match self.text(cell) {
                    Ok(text) => self.value(text, base),
                    Err(lack) => self.lacking(&lack),
                },
            },
        }
    }

    fn nested(&self, rows: Vec<Vec<Value>>, repeat: bool, base: &Resolver) -> Result<Value, Fault> {
        if repeat {
            return match rows.is_empty() {
                true => self.empty(),
                false => self.nested.rows(rows, base),
            };
        }
        match rows.into_iter().next() {
            Some(row) => self.nested.row(row, base),
            None if self.field.optional => Ok(Value::Null),
            None => Err(self.fault(format!("no element matches `{}`", self.selector()))),
        }
    }

    fn list(&self, cells: Vec<Value>, base: &Resolver) -> Result<Value, Fault> {
        let mut list = Vec::with_capacity(cells.len());
        for cell in cells {
            let (cell, own) = unbased(cell);
            let Ok(text) = self.text(cell) else { continue };
            let index = list.len();
            match self.value(text, own.as_ref().unwrap_or(base)) {
                Ok(Value::Null) => {}
                Ok(value) => list.push(value),
                Err(fault) => return Err(fault.within(&format!("[{index}]"))),
            }
        }
        if list.is_empty() { self.empty() } else { Ok(Value::Array(list)) }
    }

    /// A list without elements.
    fn empty(&self) -> Result<Value, Fault> {
        match self.field {
            Field { required: true, .. } => {
                Err(self.fault(format!("nothing is found at `{}`", self.selector())))
            }
            Field { optional: true, .. } => Ok(Value::Null),
            _ => Ok(Value::Array(Vec::new())),
        }
    }

    /// The raw string of a cell, or what of it `match` takes.
    fn text(&self, cell: Value) -> Result<String, Lack> {
        let text = match cell {
            Value::String(text) => text,
            Value::Bool(_) => return Err(Lack::Attribute),
            _ => return Err(Lack::Element),
        };
        let Some(regex) = &self.regex else { return Ok(text) };
        match regex.captures(&text) {
            Some(groups) => {
                let group = groups.get(1).or_else(|| groups.get(0));
                Ok(group.map(|group| group.as_str().to_owned()).unwrap_or_default())
            }
            None => Err(Lack::Match(text)),
        }
    }

    /// What a field is that has no value.
    fn lacking(&self, lack: &Lack) -> Result<Value, Fault> {
        let field = self.field;
        if field.optional && !field.required {
            return Ok(Value::Null);
        }
        if !field.required && field.cast.is_none() {
            return Ok(Value::String(String::new()));
        }
        let selector = self.selector();
        Err(self.fault(match lack {
            Lack::Element => format!("no element matches `{selector}`"),
            Lack::Attribute => match &field.source {
                Source::Attr(name, _) => format!("the element at `{selector}` has no attribute `{name}`"),
                _ => format!("nothing is found at `{selector}`"),
            },
            Lack::Match(text) => {
                format!(
                    "`{}` at `{selector}` does not match `{}`",
                    short(text),
                    field.matches.unwrap_or_default()
                )
            }
        }))
    }

    /// What the modifiers after `match` make of a string.
    fn value(&self, mut text: String, base: &Resolver) -> Result<Value, Fault> {
        let field = self.field;
        if field.trim || matches!(field.source, Source::Text(_)) {
            let trimmed = text.trim();
            if trimmed.len() < text.len() {
                text = trimmed.to_owned();
            }
        }
        if field.lower {
            text = text.to_lowercase();
        } else if field.upper {
            text = text.to_uppercase();
        }
        if field.url && !text.is_empty() {
            text = if self.is_srcset() { base.absolute_each(&text) } else { base.absolute(&text) };
        }
        let Some(cast) = field.cast else { return Ok(Value::String(text)) };
        let read = match cast {
            Cast::Int => text.trim().parse::<i64>().ok().map(Value::from),
            // What is not a JSON number (`inf`, `nan`) gives none.
            Cast::Float => {
                text.trim().parse::<f64>().ok().and_then(serde_json::Number::from_f64).map(Value::Number)
            }
            Cast::Bool => bool(text.trim()).map(Value::Bool),
        };
        match read {
            Some(value) => Ok(value),
            None if field.optional => Ok(Value::Null),
            None => {
                let cast = match cast {
                    Cast::Int => "int",
                    Cast::Float => "float",
                    Cast::Bool => "bool",
                };
                let mut why = format!("`{}` at `{}` is not a valid {cast}", short(&text), self.selector());
                if let Some(range) = outside(field.cast, text.trim()) {
                    why.push_str(": ");
                    why.push_str(&range);
                }
                Err(self.fault(why))
            }
        }
    }

    /// Whether it holds several addresses, with what is said of each.
    fn is_srcset(&self) -> bool {
        let names = ["srcset", "imagesrcset"];
        matches!(self.field.source, Source::Attr(name, _) if names.iter().any(|own| own.eq_ignore_ascii_case(name)))
            && self.regex.is_none()
    }

    fn selector(&self) -> &str {
        match &self.field.source {
            Source::Text(from) | Source::Attr(_, from) | Source::Html(from) | Source::Count(from) => from,
            Source::Nested { from, .. } => from,
            Source::Const(_) => "",
        }
    }

    fn fault(&self, mut why: String) -> Fault {
        if !self.field.required {
            why.push_str("; write `optional` to take null");
        }
        Fault { path: String::new(), why }
    }
}

impl Fault {
    fn within(mut self, outer: &str) -> Self {
        self.path.insert_str(0, outer);
        self
    }
}

/// A cell, and what its URLs are relative to when it is of a frame.
fn unbased(cell: Value) -> (Value, Option<Resolver>) {
    let (mut cell, mut base) = (cell, None::<Base>);
    // The innermost frame is the one that has it.
    while let Value::Object(map) = &mut cell {
        base = map.get_mut("base").map(Value::take).and_then(|base| serde_json::from_value(base).ok());
        cell = map.get_mut("cell").map(Value::take).unwrap_or_default();
    }
    (cell, base.as_ref().map(Resolver::new))
}

/// The rows within a cell.
fn rows(cell: Value) -> Vec<Vec<Value>> {
    let list = |value| match value {
        Value::Array(list) => list,
        _ => Vec::new(),
    };
    list(cell).into_iter().map(list).collect()
}

/// The range of a kind of number, when the text is a number outside of it.
fn outside(cast: Option<Cast>, text: &str) -> Option<String> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_infinite = |text: &str| text.parse::<f64>().is_ok_and(f64::is_infinite);
    match cast {
        Some(Cast::Int) if is_whole => Some(format!("an int is from {} to {}", i64::MIN, i64::MAX)),
        Some(Cast::Float)
            if digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') && is_infinite(text) =>
        {
            Some(format!("a float is from {:e} to {:e}", f64::MIN, f64::MAX))
        }
        _ => None,
    }
}

fn bool(text: &str) -> Option<bool> {
    let is = |words: [&str; 4]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["true", "1", "yes", "on"]) {
        Some(true)
    } else if is(["false", "0", "no", "off"]) {
        Some(false)
    } else {
        None
    }
}

/// The beginning of a text that may be long.
fn short(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
