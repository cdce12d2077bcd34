//! Recipes as their users write them: through the macro, against real Chromium and a replayed web.

#![allow(clippy::unwrap_used)]

mod capture;
#[allow(unreachable_pub, reason = "shared by path")]
#[path = "../support/mod.rs"]
mod support;

mod clicked;
mod conditions;
mod cookies;
mod downloads;
mod files;
mod flow;
mod func;
mod habits;
mod http;
mod kept;
mod methods;
mod names;
mod paper;
mod pictures;
mod places;
mod record;
mod results;
mod saved;
mod secrets;
mod settings;
mod setups;
mod stream;
mod told;
mod values;
mod watch;

use webtask::Webtask;

/// A handle whose browser sees only the shop.
fn shop() -> Webtask {
    builder().build().unwrap()
}

fn builder() -> webtask::Builder {
    Webtask::builder().replay(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recipes/web"))
}
