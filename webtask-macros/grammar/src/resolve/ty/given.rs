//! The structs of the run-time crate that steps give.

use super::Ty;

/// A struct in the `results` of the run-time crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct GivenField {
    /// Its name in JSON.
    pub json: &'static str,
    /// Its name in Rust.
    pub rust: &'static str,
    /// Its type.
    pub ty: Ty,
    /// Whether JSON leaves it out where there is none.
    pub left_out: bool,
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
                same("level", Ty::String),
                same("text", Ty::String),
                same("url", Ty::String.optional()),
                same("line", Ty::Int.optional()),
                same("column", Ty::Int.optional()),
            ],
            Self::Capture => vec![
                same("path", Ty::String),
                same("size", Ty::Int),
                other("bytesB64", "bytes_b64", Ty::String),
            ],
            Self::Cookie => vec![
                same("name", Ty::String),
                same("value", Ty::String),
                same("domain", Ty::String),
                same("path", Ty::String),
                same("expires", Ty::Float.optional()),
                other("httpOnly", "http_only", Ty::Bool),
                same("secure", Ty::Bool),
                other("sameSite", "same_site", Ty::String.optional()),
                GivenField {
                    left_out: true,
                    ..other("partitionKey", "partition_key", Ty::Given(Self::PartitionKey).optional())
                },
            ],
            Self::Navigation => {
                vec![same("url", Ty::String), same("status", Ty::Int), same("headers", Ty::Map)]
            }
            Self::NetworkEntry => vec![
                same("method", Ty::String),
                same("url", Ty::String),
                other("requestHeaders", "request_headers", Ty::Map),
                other("requestBody", "request_body", Ty::String.optional()),
                same("status", Ty::Int),
                same("error", Ty::String.optional()),
                same("headers", Ty::Map),
                other("type", "media_type", Ty::String),
                same("size", Ty::Int),
                same("body", Ty::String.optional()),
                other("bytesB64", "bytes_b64", Ty::String.optional()),
                same("time", Ty::Float),
            ],
            Self::Response => vec![
                same("status", Ty::Int),
                same("headers", Ty::Map),
                same("body", Ty::String),
                same("json", Ty::Json),
            ],
            Self::Download => vec![
                same("url", Ty::String),
                same("name", Ty::String),
                other("type", "media_type", Ty::String),
                same("size", Ty::Int),
                other("bytesB64", "bytes_b64", Ty::String),
            ],
            Self::Failure => vec![
                same("code", Ty::String),
                same("message", Ty::String),
                same("step", Ty::Given(Self::FailedStep).optional()),
                same("retryable", Ty::Bool),
            ],
            Self::FailedStep => {
                vec![same("index", Ty::Int), same("name", Ty::String), same("at", Ty::String)]
            }
            Self::File => vec![same("path", Ty::String), same("size", Ty::Int)],
            Self::PartitionKey => vec![
                other("topLevelSite", "top_level_site", Ty::String),
                other("hasCrossSiteAncestor", "has_cross_site_ancestor", Ty::Bool),
            ],
        }
    }
}

/// A field with the same name in JSON and in Rust.
fn same(name: &'static str, ty: Ty) -> GivenField {
    other(name, name, ty)
}

/// A field with another name in Rust.
fn other(json: &'static str, rust: &'static str, ty: Ty) -> GivenField {
    GivenField { json, rust, ty, left_out: false }
}
