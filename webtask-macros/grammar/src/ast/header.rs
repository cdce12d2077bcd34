//! What the lines of a header hold.

use super::{Entry, Name, Str};

/// `setup "SLUG" [with {…}]`
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// The other task.
    pub slug: Str,
    /// Its inputs.
    pub with: Vec<Entry>,
}

/// `setting NAME [default "…"]`
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Its name.
    pub name: Name,
    /// What it is when the operator says nothing.
    pub default: Option<Str>,
}
