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
    /// A file that was written.
    File,
    /// What a server answered to a navigation.
    Navigation,
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
            Self::File => "File",
            Self::Navigation => "Navigation",
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
                GivenField { json: "bytesB64", rust: "bytes_b64", ty: Ty::String },
            ],
            Self::Cookie => vec![
                same("name", Ty::String),
                same("value", Ty::String),
                same("domain", Ty::String),
                same("path", Ty::String),
                same("expires", Ty::Float.optional()),
                GivenField { json: "httpOnly", rust: "http_only", ty: Ty::Bool },
                same("secure", Ty::Bool),
                GivenField { json: "sameSite", rust: "same_site", ty: Ty::String.optional() },
            ],
            Self::Navigation => {
                vec![same("url", Ty::String), same("status", Ty::Int), same("headers", Ty::Map)]
            }
            Self::Response => vec![
                same("status", Ty::Int),
                same("headers", Ty::Map),
                same("body", Ty::String),
                same("json", Ty::Json),
            ],
            Self::Download => vec![
                same("url", Ty::String),
                same("name", Ty::String),
                GivenField { json: "type", rust: "media_type", ty: Ty::String },
                same("size", Ty::Int),
                GivenField { json: "bytesB64", rust: "bytes_b64", ty: Ty::String },
            ],
            Self::File => vec![same("path", Ty::String), same("size", Ty::Int)],
        }
    }
}

/// A field with the same name in JSON and in Rust.
fn same(name: &'static str, ty: Ty) -> GivenField {
    GivenField { json: name, rust: name, ty }
}
