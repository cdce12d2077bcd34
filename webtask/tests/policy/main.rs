//! Which URLs of callers are opened, the settings of pools, and secrets.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[allow(unreachable_pub, reason = "shared by path")]
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/tls.rs"]
mod tls;

mod guide;
mod logins;
mod outfits;
mod outside;
mod proxies;
mod requests;
mod secrets;
mod settings;
mod urls;
