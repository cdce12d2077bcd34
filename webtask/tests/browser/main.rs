//! The browser: navigation and its outcomes, windows and pools, and what is left when something goes away.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../support/spans.rs"]
mod spans;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/tls.rs"]
mod tls;

mod clean;
mod connect;
mod flags;
mod leftovers;
mod loss;
mod navigate;
mod network;
mod page;
mod pools;
mod profile;
mod recycle;
mod rehearsal;
mod session;
mod share;
mod start;
mod traces;
mod visible;
mod whole;
mod windows;
