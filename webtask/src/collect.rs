//! The function that an `extract` asks a page with, for those who compile it in advance too.

/// Collects the raw strings.
pub(crate) const COLLECT: &str = include_str!("action/extract/page.js");
