//! What people write in recipes, settings and requests: durations, paths below a folder, and the word that a misspelt one was meant to be. The
//! grammar and the library below it share this, so that both read and suggest alike.
//!
//! ```
//! use std::time::Duration;
//!
//! assert_eq!(webtask_words::duration("1.5s"), Some(Duration::from_millis(1500)));
//! assert_eq!(webtask_words::nearest("clik", ["goto", "click"]), Some("click"));
//! ```

mod duration;
mod nearest;
mod path;

pub use duration::{UNITS, duration};
pub use nearest::nearest;
pub use path::way_down;
