//! The catalogue of recipes: those of the service that webtask follows, each under its slug.
//!
//! `web/` beside this crate's `Cargo.toml` is the replayed web that answers them without a network:
//!
//! ```
//! let webtask = webtask::Webtask::builder().replay(recipes_ported::WEB).build()?;
//! assert_eq!(recipes_ported::tasks()[0].slug(), "streaming/progress");
//! # Ok::<(), webtask::Error>(())
//! ```

use webtask::{Task, tasks, webtask};

/// The directory of the replayed web.
pub const WEB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/web");

webtask! {
    /// A four-step flow that reports its progress as it runs.
    pub task "streaming/progress" {
        pool default;
        timeout 30s;
        transport rest;
        transport sse;

        status "Step 1 of 4 — navigate";
        goto "https://example.com";
        emit progress "navigation complete" data { fraction: 0.25 };

        status "Step 2 of 4 — pause briefly";
        wait 1000;
        emit progress "pause finished" data { fraction: 0.5 };

        status "Step 3 of 4 — read title";
        extract page from "html" {
            title text "title";
        }
        emit progress "extracted title" data { fraction: 0.75 };

        status "Step 4 of 4 — done";
    }
}

/// All tasks of the catalogue.
#[must_use]
pub fn tasks() -> Vec<&'static Task> {
    tasks![streaming_progress].to_vec()
}
