//! The catalogue of recipes: those of the service that webtask follows, each in a file under its slug.
//!
//! Some of them stand in `examples/examples/inline.rs` as well, in the inline spelling: a test sees that both are the same.
//!
//! `recipes/` has the recipes, `scripts/` what they run in pages, and `web/` the replayed web that answers them without
//! a network:
//!
//! ```
//! let webtask = webtask::Webtask::builder().replay(recipes_ported::WEB).build()?;
//! let run = recipes_ported::basics::title(&webtask, recipes_ported::basics::title::Input::default());
//! assert!(recipes_ported::tasks().iter().any(|task| task.slug() == "basics/title"));
//! # drop(run);
//! # Ok::<(), webtask::Error>(())
//! ```

use webtask::webtask_dir;

/// The directory of the replayed web.
pub const WEB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/web");

webtask_dir!("recipes");
