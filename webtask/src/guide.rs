//! A guide in pages: the language with a reference of its words, functions as tasks, HTTP, composition with
//! other servers, the client, the browser and its pools, settings, security, tests with a replayed web, and the way here from the Go service.

#[doc = include_str!("guide/language.md")]
pub mod language {}

pub mod reference;

#[doc = include_str!("guide/migrate.md")]
pub mod migrate {}
#[doc = include_str!("guide/functions.md")]
pub mod functions {}

#[cfg(feature = "server")]
#[doc = include_str!("guide/compose.md")]
pub mod compose {}

#[cfg(feature = "client")]
#[doc = include_str!("guide/client.md")]
pub mod client {}

#[doc = include_str!("guide/http.md")]
pub mod http {}

#[doc = include_str!("guide/browser.md")]
pub mod browser {}

#[doc = include_str!("guide/settings.md")]
pub mod settings {}

#[doc = include_str!("guide/security.md")]
pub mod security {}

#[doc = include_str!("guide/replay.md")]
#[doc = include_str!("browser/replay/rules.md")]
#[doc = include_str!("guide/record.md")]
#[doc = include_str!("browser/record/rules.md")]
pub mod replay {}

/// The README's programs are compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
