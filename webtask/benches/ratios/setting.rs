//! What the rows need: the site, the browsers of both sides, and where the browser's program is.

use std::path::{Path, PathBuf};
use std::time::Duration;

use webtask::{Builder, Pool, Webtask};

use crate::bare;
use crate::proc;
use crate::site::Site;

/// The setting of a bench.
pub(crate) struct Setting {
    pub(crate) site: Site,
    /// How many samples a row takes, as a multiple of what it takes by itself.
    pub(crate) scale: f64,
}

/// A browser of ours, with the number of its process group.
pub(crate) struct Ours {
    pub(crate) webtask: Webtask,
    pub(crate) group: u32,
}

impl Setting {
    pub(crate) fn rounds(&self, usual: usize) -> usize {
        ((usual as f64 * self.scale) as usize).max(4)
    }

    pub(crate) fn floor(&self) -> bare::Browser {
        bare::Browser::start(program())
    }
}

impl Ours {
    pub(crate) async fn start(settings: impl FnOnce(Builder) -> Builder) -> Self {
        let before = proc::children();
        let webtask = settings(builder()).build().unwrap();
        webtask.ready().await.unwrap();
        let group = proc::children().into_iter().find(|group| !before.contains(group)).unwrap();
        Self { webtask, group }
    }

    /// Waits until no window is in use and none is being made, as far as can be seen from here.
    pub(crate) async fn rest(&self) {
        while self.webtask.pools().iter().any(|(_, state)| state.busy > 0) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    pub(crate) async fn end(self) {
        self.webtask.close().await.unwrap();
    }
}

/// The settings that all rows share: windows that are cleaned and used again.
pub(crate) fn builder() -> Builder {
    let sandbox = !rustix::process::geteuid().is_root() && std::env::var_os("WEBTASK_NO_SANDBOX").is_none();
    Webtask::builder().browser(program()).sandbox(sandbox).pool(Pool::new("default").size(1))
}

/// The browser of both sides.
pub(crate) fn program() -> &'static str {
    static PROGRAM: std::sync::OnceLock<PathBuf> = std::sync::OnceLock::new();
    let find = || {
        if let Some(program) = std::env::var_os("WEBTASK_BROWSER") {
            return PathBuf::from(program);
        }
        ["/usr/lib/chromium/chromium-headless-shell", "/usr/lib/chromium/chromium"]
            .into_iter()
            .map(PathBuf::from)
            .find(|program| program.exists())
            .expect("no Chromium is found; set WEBTASK_BROWSER")
    };
    let program: &Path = PROGRAM.get_or_init(find);
    program.to_str().expect("a path of text")
}

/// Milliseconds that a work takes.
pub(crate) async fn timed(work: impl Future<Output = ()>) -> f64 {
    let start = std::time::Instant::now();
    work.await;
    start.elapsed().as_secs_f64() * 1000.0
}
