//! What the browser side is told.

use std::path::PathBuf;
use std::time::Duration;

use super::pool::Pool;
use super::remote::Endpoint;
use crate::large;
use crate::policy::Names;

/// What the browser side is told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) pools: Vec<Pool>,
    /// The browser's program, when it is not to be searched for.
    pub(crate) browser: Option<PathBuf>,
    /// Whether Chromium's own sandbox is on.
    pub(crate) sandbox: Option<bool>,
    /// Whether Chromium runs with its own default flags.
    pub(crate) default_flags: bool,
    /// What holds for the pools that do not say it.
    pub(crate) visible: Option<bool>,
    pub(crate) slow: Option<Duration>,
    /// How many bytes a page may give at once, and a run.
    pub(crate) results: Option<u64>,
    /// The directory that profiles are in.
    pub(crate) profiles: Option<PathBuf>,
    /// The browser to use, when it is started elsewhere.
    pub(crate) connect: Option<Endpoint>,
    /// A directory or a HAR file that answers every request.
    pub(crate) replay: Option<PathBuf>,
    /// A HAR file that every request and answer is written to.
    pub(crate) record: Option<PathBuf>,
    /// What a new window compiles before its first page: the function that pages are asked first.
    pub(crate) rehearsed: &'static str,
    /// Who knows the addresses of the names that callers give.
    pub(crate) names: Names,
}

impl Settings {
    /// Whether Chromium's own sandbox is on.
    pub(crate) fn sandbox(&self) -> bool {
        self.sandbox.unwrap_or(true)
    }

    /// How many bytes a page may give at once, and a run.
    pub(crate) fn results(&self) -> u64 {
        self.results.unwrap_or(large::RESULTS)
    }
}
