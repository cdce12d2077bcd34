//! The commands, one file each: its options, and what it does.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod doctor;
pub(crate) mod fmt;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod run;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod test;
