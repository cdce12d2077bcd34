//! `extract`: reads rows and fields of a page, all in one round trip.
//!
//! The page gives raw strings; what the modifiers make of them is decided in [`read`], where it can be tested.
//!
//! * `text` is the text as the page lays it out: white space counts as one space (where a style keeps it, it stays),
//!   blocks and `br` are lines, cells are apart by a tab; an element is a block by its style or, when it is not shown, by
//!   its tag. What a style hides or capitalizes does not matter; scripts and styles inside are not text, but one that is
//!   asked for itself is read as it stands. A style is asked for only where an element has others inside, or uneven white
//!   space: plain cells cost no layout.
//! * `html` is what is inside the element.
//! * `attr` is the attribute as it is written, not the property of the same name.
//! * `int` is an optional sign and digits, `float` a decimal number that may have an exponent; both within white space,
//!   neither with separators. `bool` does not look at capitals.
//! * `all` is a list of all values that there are: an element without the attribute, or one that `match` does not fit,
//!   adds none. `optional` makes an empty list null, and leaves out what is no number or bool; `required` refuses an
//!   empty one. The same holds for rows within rows.

mod base;
mod inside;
mod read;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use self::read::Columns;
use crate::browser::{Answer, LEFT};
use crate::large::apart;
use crate::{Cx, Error};

pub use webtask_program::Cast;

/// What an `extract` reads.
#[derive(Clone, Debug)]
pub struct Spec<'a> {
    /// The result's name.
    pub name: &'a str,
    /// The selector of the row or rows.
    pub from: &'a str,
    /// Whether there are many rows, and the result is a list.
    pub repeat: bool,
    /// At most so many rows.
    pub limit: Option<u64>,
    /// What is read of each row.
    pub fields: &'a [Field<'a>],
}

/// A field of a row.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it reads.
    pub source: Source<'a>,
    /// A regular expression: its first group, or else all that it matches.
    pub matches: Option<&'a str>,
    /// Whether white space at both ends goes; that of a text always does.
    pub trim: bool,
    /// Whether it is made lower case.
    pub lower: bool,
    /// Whether it is made upper case.
    pub upper: bool,
    /// Whether it is made an absolute URL.
    pub url: bool,
    /// What it is read as.
    pub cast: Option<Cast>,
    /// Whether it is a list of every match.
    pub all: bool,
    /// Whether it is null when missing.
    pub optional: bool,
    /// Whether it is an error when missing.
    pub required: bool,
}

/// What a field reads. The selector `.` is the row itself.
#[derive(Clone, Debug)]
pub enum Source<'a> {
    /// The text of an element.
    Text(&'a str),
    /// An attribute of an element: its name, then the selector.
    Attr(&'a str, &'a str),
    /// What is inside an element, as HTML.
    Html(&'a str),
    /// A value that is known before.
    Const(Value),
    /// How many elements match.
    Count(&'a str),
    /// A row or rows within the row.
    Nested {
        /// Their selector.
        from: &'a str,
        /// Whether there are many.
        repeat: bool,
        /// What is read of each.
        fields: &'a [Field<'a>],
    },
}

impl<'a> Field<'a> {
    /// A field without modifiers.
    #[must_use]
    pub const fn new(name: &'a str, source: Source<'a>) -> Self {
        Self {
            name,
            source,
            matches: None,
            trim: false,
            lower: false,
            upper: false,
            url: false,
            cast: None,
            all: false,
            optional: false,
            required: false,
        }
    }
}

/// Reads one object, or a list of them.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed): one object where no element is, a selector that is none, or a field that is
/// missing or cannot be read, with its row, its name and its selector.
pub async fn extract<T: DeserializeOwned + Send + 'static>(cx: &Cx, spec: &Spec<'_>) -> Result<T, Error> {
    let (size, value) = collect(cx, spec).await?;
    let name = spec.name.to_owned();
    apart(size, move || crate::value::decode(&name, value)).await
}

/// What the page has, with its size.
async fn collect(cx: &Cx, spec: &Spec<'_>) -> Result<(usize, Value), Error> {
    cx.pace().await;
    let window = cx.window()?;
    let plan = plan(spec);
    let answer = cx.take_answer(&plan);
    let columns = Columns::new(spec.fields)?;
    let named = |error: Error| match error.message() == LEFT {
        true => Error::step_failed(format!(
            "`{}`: {LEFT}; wait for what is to be read with `wait until` before",
            spec.name
        ))
        .with_source(error),
        false => error,
    };
    let found = inside::collect(window, None, &plan, early(answer).await).await.map_err(named)?;
    cx.bounded(&format!("what `{}` read", spec.name), found.size)?;
    match columns.read(spec, found.answer).await {
        Ok(value) => Ok((found.size, value)),
        Err(error) if found.went_on => {
            let message = format!("{error}; the page had gone on to another document by itself");
            Err(Error::step_failed(message).with_source(error))
        }
        Err(error) => Err(error),
    }
}

/// Says before a `goto` what the step after it extracts, so that the page collects it as soon as it is there.
pub fn ahead(cx: &Cx, spec: &Spec<'_>) {
    cx.set_wanted(plan(spec));
}

/// What the page collected by itself. Where that failed it is collected anew, which tells why.
async fn early(answer: Option<Answer>) -> Option<String> {
    tokio::time::timeout(super::ANSWER, answer?).await.ok()?.ok()
}

fn plan(spec: &Spec<'_>) -> Value {
    let limit = if spec.repeat { spec.limit } else { Some(1) };
    rows(spec.from, limit, spec.fields)
}

/// What the page needs to know of rows.
fn rows(from: &str, limit: Option<u64>, fields: &[Field<'_>]) -> Value {
    let fields: Vec<Value> = fields.iter().filter_map(field).collect();
    json!({ "kind": "rows", "from": from, "limit": limit, "fields": fields })
}

/// What the page needs to know of a field; nothing of one that it does not read.
fn field(field: &Field<'_>) -> Option<Value> {
    Some(match &field.source {
        Source::Const(_) => return None,
        Source::Text(from) => json!({ "kind": "text", "from": from, "all": field.all, "url": field.url }),
        Source::Attr(attr, from) => {
            json!({ "kind": "attr", "attr": attr, "from": from, "all": field.all, "url": field.url })
        }
        Source::Html(from) => json!({ "kind": "html", "from": from, "all": field.all, "url": field.url }),
        Source::Count(from) => json!({ "kind": "count", "from": from }),
        Source::Nested { from, repeat, fields } => rows(from, (!repeat).then_some(1), fields),
    })
}
