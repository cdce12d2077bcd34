//! A guide in pages: the language, HTTP, the browser and its pools, settings, security, and tests with a replayed web.

#[doc = include_str!("guide/language.md")]
pub mod language {}

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
