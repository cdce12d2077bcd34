//! The shapes of values, as far as a recipe tells them, and their JSON Schemas.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::RustId;

/// What a value looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// A text.
    String,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// `true` or `false`.
    Bool,
    /// Any JSON value.
    Json,
    /// A JSON object.
    Map,
    /// A list.
    List(Box<Shape>),
    /// A value that may be missing.
    Option(Box<Shape>),
    /// A struct that the recipe gives rise to.
    Record(Arc<RecordShape>),
    /// A struct of the run-time crate.
    Given(Given),
    /// A Rust type.
    Rust(RustId),
    /// What a Rust expression gives; only rustc knows.
    Opaque,
}

/// A struct that a recipe gives rise to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordShape {
    /// The function's name of the task whose module has it.
    pub task: String,
    /// Its name in that module, such as `RowsItems`.
    pub name: String,
    /// Its fields.
    pub fields: Vec<(String, Shape)>,
}

/// A struct in the `results` of the run-time crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Given {
    /// What was captured and written into a file.
    Capture,
    /// A message of a page's console.
    ConsoleMessage,
    /// A cookie.
    Cookie,
    /// What was downloaded.
    Download,
    /// What a `try` caught.
    Failure,
    /// The step at which it failed.
    FailedStep,
    /// A file that was written.
    File,
    /// What a server answered to a navigation.
    Navigation,
    /// A request of a page with its answer.
    NetworkEntry,
    /// The part of a browser's store that a cookie is kept in.
    PartitionKey,
    /// What a server answered.
    Response,
}

/// A field of a [`Given`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenField {
    /// Its name in JSON.
    pub json: &'static str,
    /// Its name in Rust.
    pub rust: &'static str,
    /// Its shape.
    pub shape: Shape,
    /// Whether JSON leaves it out where there is none.
    pub left_out: bool,
}

impl Shape {
    /// The same shape, possibly missing.
    #[must_use]
    pub fn optional(self) -> Self {
        match self {
            Self::Option(_) => self,
            other => Self::Option(Box::new(other)),
        }
    }

    /// Its JSON Schema.
    #[must_use]
    pub fn schema(&self) -> Schema {
        let mut rust = Vec::new();
        let text = self.write(&mut rust);
        Schema { text, rust }
    }

    fn write(&self, rust: &mut Vec<RustId>) -> String {
        match self {
            Self::String => r#"{"type":"string"}"#.into(),
            Self::Int => r#"{"type":"integer"}"#.into(),
            Self::Float => r#"{"type":"number"}"#.into(),
            Self::Bool => r#"{"type":"boolean"}"#.into(),
            Self::Json | Self::Opaque => "{}".into(),
            Self::Map => r#"{"type":"object"}"#.into(),
            Self::List(item) => format!(r#"{{"type":"array","items":{}}}"#, item.write(rust)),
            Self::Option(item) => format!(r#"{{"anyOf":[{},{{"type":"null"}}]}}"#, item.write(rust)),
            Self::Record(record) => {
                object(record.fields.iter().map(|(name, shape)| (name.as_str(), shape, true)), rust)
            }
            Self::Given(given) => {
                let fields = given.fields();
                object(fields.iter().map(|field| (field.json, &field.shape, !field.left_out)), rust)
            }
            Self::Rust(id) => {
                rust.push(*id);
                format!(r#"{{"$rust":{}}}"#, rust.len() - 1)
            }
        }
    }
}

/// A JSON Schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The schema as JSON. A Rust type stands in it as `{"$rust":N}`.
    pub text: String,
    /// The Rust types, the Nth for each N.
    pub rust: Vec<RustId>,
}

impl Schema {
    /// The schema of an object: of each field its name, its shape, and whether it must be there. Names are identifiers.
    #[must_use]
    pub fn object<'t>(fields: impl Iterator<Item = (&'t str, &'t Shape, bool)>) -> Self {
        let mut rust = Vec::new();
        let text = object(fields, &mut rust);
        Self { text, rust }
    }
}

fn object<'t>(fields: impl Iterator<Item = (&'t str, &'t Shape, bool)>, rust: &mut Vec<RustId>) -> String {
    let (mut properties, mut names) = (Vec::new(), Vec::new());
    for (name, shape, required) in fields {
        properties.push(format!(r#""{name}":{}"#, shape.write(rust)));
        names.extend(required.then(|| format!(r#""{name}""#)));
    }
    format!(
        r#"{{"type":"object","properties":{{{}}},"required":[{}],"additionalProperties":false}}"#,
        properties.join(","),
        names.join(",")
    )
}

impl Given {
    /// Its name in Rust.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Capture => "Capture",
            Self::ConsoleMessage => "ConsoleMessage",
            Self::Cookie => "Cookie",
            Self::Download => "Download",
            Self::Failure => "Failure",
            Self::FailedStep => "FailedStep",
            Self::File => "File",
            Self::Navigation => "Navigation",
            Self::NetworkEntry => "NetworkEntry",
            Self::PartitionKey => "PartitionKey",
            Self::Response => "Response",
        }
    }

    /// Its fields.
    #[must_use]
    pub fn fields(self) -> Vec<GivenField> {
        match self {
            Self::ConsoleMessage => vec![
                same("level", Shape::String),
                same("text", Shape::String),
                same("url", Shape::String.optional()),
                same("line", Shape::Int.optional()),
                same("column", Shape::Int.optional()),
            ],
            Self::Capture => vec![
                same("path", Shape::String),
                same("size", Shape::Int),
                other("bytesB64", "bytes_b64", Shape::String),
            ],
            Self::Cookie => vec![
                same("name", Shape::String),
                same("value", Shape::String),
                same("domain", Shape::String),
                same("path", Shape::String),
                same("expires", Shape::Float.optional()),
                other("httpOnly", "http_only", Shape::Bool),
                same("secure", Shape::Bool),
                other("sameSite", "same_site", Shape::String.optional()),
                GivenField {
                    left_out: true,
                    ..other("partitionKey", "partition_key", Shape::Given(Self::PartitionKey).optional())
                },
            ],
            Self::Navigation => {
                vec![same("url", Shape::String), same("status", Shape::Int), same("headers", Shape::Map)]
            }
            Self::NetworkEntry => vec![
                same("method", Shape::String),
                same("url", Shape::String),
                other("requestHeaders", "request_headers", Shape::Map),
                other("requestBody", "request_body", Shape::String.optional()),
                same("status", Shape::Int),
                same("error", Shape::String.optional()),
                same("headers", Shape::Map),
                other("type", "media_type", Shape::String),
                same("size", Shape::Int),
                same("body", Shape::String.optional()),
                other("bytesB64", "bytes_b64", Shape::String.optional()),
                same("time", Shape::Float),
            ],
            Self::Response => vec![
                same("status", Shape::Int),
                same("headers", Shape::Map),
                same("body", Shape::String),
                same("json", Shape::Json),
            ],
            Self::Download => vec![
                same("url", Shape::String),
                same("name", Shape::String),
                other("type", "media_type", Shape::String),
                same("size", Shape::Int),
                other("bytesB64", "bytes_b64", Shape::String),
            ],
            Self::Failure => vec![
                same("code", Shape::String),
                same("message", Shape::String),
                same("step", Shape::Given(Self::FailedStep).optional()),
                same("retryable", Shape::Bool),
            ],
            Self::FailedStep => {
                vec![same("index", Shape::Int), same("name", Shape::String), same("at", Shape::String)]
            }
            Self::File => vec![same("path", Shape::String), same("size", Shape::Int)],
            Self::PartitionKey => vec![
                other("topLevelSite", "top_level_site", Shape::String),
                other("hasCrossSiteAncestor", "has_cross_site_ancestor", Shape::Bool),
            ],
        }
    }
}

/// A field with the same name in JSON and in Rust.
fn same(name: &'static str, shape: Shape) -> GivenField {
    other(name, name, shape)
}

/// A field with another name in Rust.
fn other(json: &'static str, rust: &'static str, shape: Shape) -> GivenField {
    GivenField { json, rust, shape, left_out: false }
}
