//! The rows of the table, by what they need.

pub(crate) mod build;
pub(crate) mod pages;
pub(crate) mod served;
pub(crate) mod throughput;
pub(crate) mod whole;
