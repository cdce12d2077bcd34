//! The rows of the table, by what they need.

pub(crate) mod build;
pub(crate) mod pages;
pub(crate) mod served;
#[cfg(feature = "text")]
pub(crate) mod text;
pub(crate) mod throughput;
pub(crate) mod whole;
