//! The handle that runs need: settings, pools of windows and secrets, cheap to clone.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::browser::{Browsers, Lease, Pool, PoolState};
use crate::fetch::Fetch;
use crate::files::Files;
use crate::meter::Meter;
use crate::secret::{Redactor, Secrets};
use crate::task::Dialogs;
use crate::{Error, ErrorKind};

/// Runs tasks: it holds the browser, its pools of windows and the secrets. A clone is another handle of the same.
///
/// The browser starts with the first run that needs a window, or with [`ready`](Self::ready). It ends with
/// [`close`](Self::close), or with the last handle.
///
/// ```no_run
/// use std::time::Duration;
/// use webtask::{Pool, Webtask};
///
/// # fn main() -> Result<(), webtask::Error> {
/// let webtask = Webtask::builder()
///     .pool(Pool::new("default").size(4).wait(Duration::from_secs(5)))
///     .build()?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Webtask {
    inner: Arc<Inner>,
}

struct Inner {
    browsers: Browsers,
    fetch: Fetch,
    files: Files,
    secrets: Secrets,
    meter: Arc<Meter>,
}

/// The settings of a [`Webtask`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    pub(crate) settings: Settings,
    secrets: Secrets,
}

/// What the browser side needs to know.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) pools: Vec<Pool>,
    /// The browser's program, when it is not to be searched for.
    pub(crate) browser: Option<PathBuf>,
    /// Whether Chromium's own sandbox is on.
    pub(crate) sandbox: Option<bool>,
    /// Whether Chromium runs with its own default flags.
    pub(crate) default_flags: bool,
    /// A directory or a HAR file that answers every request.
    pub(crate) replay: Option<PathBuf>,
    /// A HAR file that every request and answer is written to.
    pub(crate) record: Option<PathBuf>,
    /// The folder that the files of recipes are in.
    pub(crate) files: Option<PathBuf>,
}

impl Settings {
    /// Whether Chromium's own sandbox is on.
    pub(crate) fn sandbox(&self) -> bool {
        self.sandbox.unwrap_or(true)
    }

    /// Takes what the environment says and nobody set.
    fn read_environment(&mut self) -> Result<(), Error> {
        let path = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        self.replay = self.replay.take().or_else(|| path("WEBTASK_REPLAY"));
        self.files = self.files.take().or_else(|| path("WEBTASK_FILES"));
        if self.sandbox.is_none()
            && let Ok(value) = std::env::var("WEBTASK_NO_SANDBOX")
        {
            self.sandbox = Some(match value.as_str() {
                "1" | "true" => false,
                "" | "0" | "false" => true,
                other => {
                    let message = format!("`WEBTASK_NO_SANDBOX` is `{other}`; set it to `1` or `0`");
                    return Err(Error::new(ErrorKind::Config, message));
                }
            });
        }
        Ok(())
    }
}

impl Webtask {
    /// The settings, all at their defaults: a pool `default` of two windows.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Starts the browser now, so that the first run does not wait for it.
    ///
    /// # Errors
    ///
    /// [`BrowserLost`](ErrorKind::BrowserLost) when no browser is found or it does not start; the message says what to do.
    pub async fn ready(&self) -> Result<(), Error> {
        self.inner.browsers.ready().await
    }

    /// Ends the browser, waits until nothing of it is left, and writes what was [recorded](Builder::record). Runs that
    /// go on fail with [`BrowserLost`](ErrorKind::BrowserLost).
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config) when the recording cannot be written. The browser has ended all the same.
    pub async fn close(&self) -> Result<(), Error> {
        self.inner.browsers.close().await
    }

    /// How each pool stands, by its tag, in the order in which they were set.
    #[must_use]
    pub fn pools(&self) -> Vec<(String, PoolState)> {
        self.inner.browsers.pools()
    }

    pub(crate) async fn lease(&self, pool: &str, dialogs: Dialogs) -> Result<Lease, Error> {
        self.inner.browsers.lease(pool, dialogs).await
    }

    pub(crate) fn fetch(&self) -> &Fetch {
        &self.inner.fetch
    }

    pub(crate) fn files(&self) -> &Files {
        &self.inner.files
    }

    pub(crate) fn meter(&self) -> &Meter {
        &self.inner.meter
    }

    pub(crate) fn secret(&self, name: &str) -> Result<&str, Error> {
        self.inner.secrets.get(name)
    }

    /// What takes those secrets out of a run; an error when one of them is not set.
    pub(crate) fn redactor<'a>(&self, names: impl Iterator<Item = &'a str>) -> Result<Redactor, Error> {
        let values = names.map(|name| self.secret(name)).collect::<Result<Vec<_>, _>>()?;
        Ok(Redactor::new(values.into_iter()))
    }
}

impl fmt::Debug for Webtask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webtask").field("pools", &self.pools()).finish_non_exhaustive()
    }
}

impl Builder {
    /// Adds a pool of windows. Without any there is one, `Pool::new("default")`.
    #[must_use]
    pub fn pool(mut self, pool: Pool) -> Self {
        self.settings.pools.push(pool);
        self
    }

    /// The browser's program. Without it, `WEBTASK_BROWSER` is asked, then Chromium is searched for.
    #[must_use]
    pub fn browser(mut self, program: impl Into<PathBuf>) -> Self {
        self.settings.browser = Some(program.into());
        self
    }

    /// Whether Chromium's own sandbox is on, as it is by default. Chromium refuses to run as root with it.
    #[must_use]
    pub fn sandbox(mut self, on: bool) -> Self {
        self.settings.sandbox = Some(on);
        self
    }

    /// Whether Chromium runs with its own default flags, but for the few without which it cannot be driven. It does not
    /// by default: with [less of it switched on](crate::guide::browser), pages load in less time.
    #[must_use]
    pub fn default_flags(mut self, on: bool) -> Self {
        self.settings.default_flags = on;
        self
    }

    /// Answers every request of every page from files: a directory, or a HAR 1.2 file. Nothing goes to the network.
    #[must_use]
    pub fn replay(mut self, source: impl Into<PathBuf>) -> Self {
        self.settings.replay = Some(source.into());
        self
    }

    /// Writes every request of every page, with its answer, to a HAR 1.2 file that [`replay`](Self::replay) reads.
    #[must_use]
    pub fn record(mut self, file: impl Into<PathBuf>) -> Self {
        self.settings.record = Some(file.into());
        self
    }

    /// The folder that every file is in which a recipe reads or writes. Paths in recipes begin there, and neither `..` nor
    /// a symbolic link leads out of it. It is made when the first file is written. Without it, a step that needs a file
    /// fails.
    #[must_use]
    pub fn files(mut self, root: impl Into<PathBuf>) -> Self {
        self.settings.files = Some(root.into());
        self
    }

    /// The value of a secret that recipes declare. One that is not set here is read from `WEBTASK_SECRET_NAME`.
    #[must_use]
    pub fn secret(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.secrets.set(name.into(), value.into());
        self
    }

    /// Checks the settings. Nothing starts yet.
    ///
    /// What was not set is read from the environment: `WEBTASK_BROWSER` (a program), `WEBTASK_NO_SANDBOX` (`1` turns
    /// Chromium's sandbox off), `WEBTASK_REPLAY` (a directory or HAR file), `WEBTASK_FILES` (a folder) and
    /// `WEBTASK_SECRET_NAME`.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config), naming the setting that is wrong.
    pub fn build(mut self) -> Result<Webtask, Error> {
        self.secrets.read_environment();
        self.settings.read_environment()?;
        let files = Files::new(self.settings.files.take())?;
        let meter = Arc::new(Meter::new());
        let browsers = Browsers::new(self.settings, self.secrets.every(), meter.clone())?;
        Ok(Webtask {
            inner: Arc::new(Inner {
                fetch: Fetch::new(browsers.traffic()),
                browsers,
                files,
                secrets: self.secrets,
                meter,
            }),
        })
    }
}
