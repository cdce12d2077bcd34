//! What every macro passes on its way in and out: one at a time, and shown when asked for.

use std::sync::{Mutex, MutexGuard, PoisonError};

use proc_macro2::TokenStream;
use proc_macro2::fallback;

/// Where tokens come from, rustc or proc-macro2 itself, is the same for all threads; so only one macro is inside.
static DOOR: Mutex<()> = Mutex::new(());

/// Waits until no other macro is inside.
pub(crate) fn enter() -> MutexGuard<'static, ()> {
    DOOR.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Prints the expansion when the environment asks for it.
pub(crate) fn show(expansion: &TokenStream) {
    if std::env::var_os("WEBTASK_EXPANSION").is_some() {
        eprintln!("{expansion}");
    }
}

/// While it lives, new tokens are proc-macro2's own, whose places are those of the text that they were read from.
///
/// rustc has no places in a file that it did not read itself.
pub(crate) struct Apart(());

impl Apart {
    pub(crate) fn new() -> Self {
        fallback::force();
        Apart(())
    }
}

impl Drop for Apart {
    fn drop(&mut self) {
        fallback::unforce();
    }
}
