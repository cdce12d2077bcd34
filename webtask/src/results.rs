//! What steps give that is not a plain value: the types of their names in a task's `Output`.

pub use crate::action::{
    Capture, Captured, Cookie, Download, FailedStep, Failure, File, Navigation, NetworkEntry, PartitionKey,
    Response,
};
pub use crate::browser::ConsoleMessage;
