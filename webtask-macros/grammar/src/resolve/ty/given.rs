//! The structs of the run-time crate that steps give.

use super::Ty;

/// A struct in the `results` of the run-time crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// What was captured and written into a file.
    Capture,
    /// A file that was written.
    File,
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
            Self::File => "File",
        }
    }

    /// Its fields.
    #[must_use]
    pub fn fields(self) -> Vec<GivenField> {
        match self {
            Self::Capture => vec![
                same("path", Ty::String),
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
