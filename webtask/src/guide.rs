//! The guide, in the order in which a program grows.
//!
//! | page | what it covers |
//! |---|---|
//! | [`language`] | recipes: inputs, steps, values, results |
//! | [`mod@reference`] | each keyword with its options, defaults, errors and an example |
//! | [`functions`] | your own functions as tasks |
//! | [`browser`] | the browser, pools, sessions, profiles |
//! | [`replay`] | tests without the web |
//! | [`settings`] | variables and `webtask.toml` |
#![cfg_attr(
    feature = "server",
    doc = "| [`program`] | the program `webtask`: recipes in files, without Rust |"
)]
#![cfg_attr(
    feature = "server",
    doc = "| [`http`] | calling tasks: JSON, streams, WebSockets, runs that go on alone, errors, limits |"
)]
#![cfg_attr(feature = "client", doc = "| [`client`] | calling tasks from Rust |")]
#![cfg_attr(feature = "server", doc = "| [`compose`] | warp, axum and hyper; authentication |")]
//! | [`security`] | what callers and pages may reach, and what stays secret |
#![cfg_attr(
    feature = "server",
    doc = "| [`deployment`] | services and containers, the sandbox, fonts, memory, TLS in front |"
)]
#![cfg_attr(feature = "server", doc = "| [`operation`] | probes, metrics, logs, and the shutdown |")]
//! | [`comparison`] | the alternatives, and what webtask does not do |
//! | [`migrate`] | moving from the Go service |

#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/language.md")]
pub mod language {}

pub mod reference;

#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/migrate.md")]
pub mod migrate {}
#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/functions.md")]
pub mod functions {}

#[cfg(feature = "server")]
#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/compose.md")]
pub mod compose {}

#[cfg(feature = "server")]
#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/program.md")]
pub mod program {}

#[cfg(feature = "client")]
#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/client.md")]
pub mod client {}

#[cfg(feature = "server")]
#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/http.md")]
pub mod http {}

#[cfg(feature = "server")]
#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/deployment.md")]
pub mod deployment {}

#[cfg(feature = "server")]
#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/operation.md")]
pub mod operation {}

#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/comparison.md")]
pub mod comparison {}

#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/browser.md")]
pub mod browser {}

#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/settings.md")]
pub mod settings {}

#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/security.md")]
pub mod security {}

#[doc = include_str!("guide/reference/links.md")]
#[doc = include_str!("guide/replay.md")]
pub mod replay {}

/// The README's programs are compiled.
#[cfg(all(doctest, feature = "server"))]
#[doc = include_str!("../../README.md")]
struct Readme;
