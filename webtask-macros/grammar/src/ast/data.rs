//! What the steps hold that work on data and files.

use super::{Format, Name, Text, Value};

/// `read file NAME path "…" [optional]`
#[derive(Clone, Debug, PartialEq)]
pub struct ReadFile {
    /// The result's name.
    pub name: Name,
    /// The file.
    pub path: Text,
    /// Whether it may be missing.
    pub optional: bool,
}

/// `write files NAME root "…" files VALUE`
#[derive(Clone, Debug, PartialEq)]
pub struct WriteFiles {
    /// The result's name.
    pub name: Name,
    /// The folder that they are written into.
    pub root: Text,
    /// Their paths with what is to be in them.
    pub files: Value,
}

/// `save html path "…" [selector "SEL"]`
#[derive(Clone, Debug, PartialEq)]
pub struct SaveHtml {
    /// The file.
    pub path: Text,
    /// The element; without it, the whole page.
    pub selector: Option<Text>,
}

/// `export FORMAT [NAME] data VALUE [columns [..]] [path "…"]`
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// How it is written.
    pub format: Format,
    /// The result's name.
    pub name: Option<Name>,
    /// The rows.
    pub data: Value,
    /// The columns, in their order; without them, all.
    pub columns: Option<Vec<Value>>,
    /// The file.
    pub path: Option<Text>,
}
