//! What steps give that is no plain value: the types of their names in a task's `Output`.

pub use crate::action::Capture;

use serde::{Deserialize, Serialize};

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its path below the [folder of files](crate::Builder::files).
    pub path: String,
    /// How many bytes it has.
    pub size: i64,
}
