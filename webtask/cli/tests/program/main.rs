//! The program `webtask`, as its users call it.

#![allow(clippy::unwrap_used)]

mod begin;
mod check;
mod fmt;
mod help;
mod list;
mod readme;
mod run;
mod serve;
mod support;
