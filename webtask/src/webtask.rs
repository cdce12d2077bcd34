//! The handle that runs need: settings, pools of windows and secrets, cheap to clone.

mod builder;

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::Extensions;

pub use self::builder::Builder;

use crate::Error;
use crate::access::{Access, Login};
use crate::browser::{Browsers, Lease, PoolState};
use crate::failures::Failures;
use crate::fetch::Fetch;
use crate::ffmpeg;
use crate::files::Files;
use crate::meter::{Meter, PoolCounts};
use crate::policy::Proxy;
use crate::secret::{Redactor, Secrets};
use crate::setting::{Values, Wanted};
#[cfg(feature = "server")]
use crate::settings::Terms;
use crate::task::Task;

/// Runs tasks. It owns the browser, its pools of windows and the secrets; a clone is another handle of the same.
///
/// The browser starts with the first run that needs a window, or with [`ready`](Self::ready). It stops with [`close`](Self::close), or
/// when the last handle is dropped.
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
    /// What its runs find by [`Cx::extension`](crate::Cx::extension).
    extensions: Option<Arc<Extensions>>,
}

struct Inner {
    browsers: Browsers,
    fetch: Fetch,
    files: Files,
    failures: Option<Failures>,
    ffmpeg: Option<PathBuf>,
    results: u64,
    /// Whether a step takes no selector that several visible elements match.
    strict: bool,
    secrets: Secrets,
    values: Values,
    /// What takes them out of the runs of a task, by its address.
    redactors: Mutex<HashMap<Vec<String>, Redactor>>,
    meter: Arc<Meter>,
    /// What a server begins with.
    #[cfg(feature = "server")]
    terms: Terms,
}

impl Webtask {
    /// The default settings: a pool `default` of two windows.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Uses a browser that runs elsewhere, with all other settings at their defaults; see [`Builder::connect`].
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if the URL is not that of a browser.
    pub fn connect(url: impl Into<String>) -> Result<Self, Error> {
        Self::builder().connect(url).build()
    }

    /// Starts the browser now, so that the first run does not wait for it.
    ///
    /// # Errors
    ///
    /// [`BrowserLost`](crate::ErrorKind::BrowserLost) if no browser is found or it does not start; the message says what to do.
    pub async fn ready(&self) -> Result<(), Error> {
        self.inner.browsers.ready().await
    }

    /// Stops the browser, waits until all its processes are gone, and writes the [recording](Builder::record). Runs in progress fail with
    /// [`BrowserLost`](crate::ErrorKind::BrowserLost).
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if the recording cannot be written. The browser is stopped all the same.
    pub async fn close(&self) -> Result<(), Error> {
        self.inner.browsers.close().await
    }

    /// Metrics of runs, steps, browsers and pools in Prometheus's text format, as a [server](crate::guide::operation) answers them at
    /// `/metrics`: for programs that serve them on their own.
    ///
    /// ```
    /// use webtask::Webtask;
    ///
    /// let text = Webtask::builder().build()?.metrics()?;
    /// assert!(text.contains("webtask_pool_free{pool=\"default\"} 2\n"));
    /// # Ok::<(), webtask::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Internal`](crate::ErrorKind::Internal) if they cannot be written.
    pub fn metrics(&self) -> Result<String, Error> {
        let pools = self.pools();
        let counts: Vec<_> = pools
            .iter()
            .map(|(tag, state)| PoolCounts {
                tag,
                size: state.size,
                free: state.free,
                busy: state.busy,
                waiting: state.waiting,
            })
            .collect();
        self.inner.meter.text(&counts)
    }

    /// Why runs cannot get a window now, for a readiness probe: a browser repeatedly failed to start. `None` if there is no such reason, also
    /// before the first start.
    ///
    /// Until then, runs that need that browser fail at once with [`BrowserLost`](crate::ErrorKind::BrowserLost). New attempts are made in the
    /// background, at least every 30 s. The browser of a [profile](crate::Pool::profile) counts only if there is no other.
    #[must_use]
    pub fn unready(&self) -> Option<String> {
        self.inner.browsers.unready()
    }

    /// The state of each pool, by its tag, in the order in which they were defined.
    #[must_use]
    pub fn pools(&self) -> Vec<(String, PoolState)> {
        self.inner.browsers.pools()
    }

    /// Another handle of the same, which passes a value to its runs: [`Cx::extension`](crate::Cx::extension) returns it to functions and to
    /// `rust { … }` in recipes. There is one value per type.
    ///
    /// ```no_run
    /// use webtask::{Cx, Error, Webtask};
    ///
    /// /// Who calls.
    /// #[derive(Clone)]
    /// struct User(String);
    ///
    /// #[webtask::task(browser = false)]
    /// async fn greet(cx: &Cx) -> Result<String, Error> {
    ///     Ok(cx.extension::<User>().map_or("who is it?".to_owned(), |user| format!("hello {}", user.0)))
    /// }
    ///
    /// # async fn run(webtask: &Webtask) -> Result<(), Error> {
    /// let text = greet::run(&webtask.with(User("Ann".into())), greet::Input {}).await?;
    /// assert_eq!(text, "hello Ann");
    /// # Ok(()) }
    /// # fn main() {}
    /// ```
    #[must_use]
    pub fn with<T: Clone + Send + Sync + 'static>(&self, value: T) -> Self {
        let mut extensions = self.extensions.as_deref().cloned().unwrap_or_default();
        extensions.insert(value);
        Self { inner: self.inner.clone(), extensions: Some(Arc::new(extensions)) }
    }

    /// Another handle of the same, whose runs are handed these values too.
    #[cfg(feature = "server")]
    pub(crate) fn with_all(&self, values: Extensions) -> Self {
        let mut extensions = self.extensions.as_deref().cloned().unwrap_or_default();
        extensions.extend(values);
        Self { inner: self.inner.clone(), extensions: Some(Arc::new(extensions)) }
    }

    /// What a server begins with.
    #[cfg(feature = "server")]
    pub(crate) fn terms(&self) -> &Terms {
        &self.inner.terms
    }

    /// Whether its runs are handed anything.
    #[cfg(feature = "server")]
    pub(crate) fn is_handed(&self) -> bool {
        self.extensions.is_some()
    }

    /// The value of that type that its runs are handed.
    pub(crate) fn extension<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.extensions.as_ref()?.get()
    }

    pub(crate) async fn lease(&self, task: &Task) -> Result<Lease, Error> {
        self.inner.browsers.lease(task.pool(), task.dialogs(), task.opens_untrusted()).await
    }

    /// Whether the URLs of callers may lead anywhere in the pool of that task.
    pub(crate) fn allows_private(&self, task: &Task) -> Result<bool, Error> {
        self.inner.browsers.allows_private(task.pool())
    }

    /// How long runs of that task wait before each step.
    pub(crate) fn pause(&self, task: &Task) -> Option<Duration> {
        self.inner.browsers.pause(task.pool())
    }

    /// The proxy of that task's pool.
    pub(crate) fn proxy(&self, task: &Task) -> Option<&Proxy> {
        self.inner.browsers.proxy(task.pool())
    }

    /// What that task's pool has for some servers alone.
    pub(crate) fn access(&self, task: &Task) -> Option<&Access> {
        self.inner.browsers.access(task.pool())
    }

    pub(crate) fn fetch(&self) -> &Fetch {
        &self.inner.fetch
    }

    pub(crate) fn files(&self) -> &Files {
        &self.inner.files
    }

    /// Where failed runs are kept, when that is asked for.
    pub(crate) fn failures(&self) -> Option<&Failures> {
        self.inner.failures.as_ref()
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.inner.strict
    }

    pub(crate) fn ffmpeg(&self) -> Result<PathBuf, Error> {
        ffmpeg::find(self.inner.ffmpeg.as_deref(), std::env::var_os("PATH").as_deref())
    }

    /// How many bytes a page may give at once, and a run.
    pub(crate) fn results(&self) -> u64 {
        self.inner.results
    }

    pub(crate) fn meter(&self) -> &Meter {
        &self.inner.meter
    }

    pub(crate) fn secret(&self, name: &str) -> Result<&str, Error> {
        self.inner.secrets.get(name)
    }

    pub(crate) fn setting<'v>(&'v self, name: &str, default: Option<&'v str>) -> Result<&'v str, Error> {
        self.inner.values.value(name, default)
    }

    /// Whether every setting of that task has a value.
    pub(crate) fn wants(&self, task: &Task) -> Result<(), Error> {
        self.inner.values.need(settings_of([task]))
    }

    /// Whether every secret, every setting and every pool of these tasks is set.
    #[cfg(feature = "server")]
    pub(crate) fn need(&self, tasks: &[Task]) -> Result<(), Error> {
        self.inner.values.need(settings_of(tasks))?;
        self.inner.secrets.need(secrets_of(tasks))?;
        self.inner.browsers.need(pools_of(tasks))
    }

    /// What takes the secrets of a task, and of its pool, out of its runs; an error when one of them is not set.
    pub(crate) fn redactor(&self, task: &Task) -> Result<Redactor, Error> {
        let mut values = Vec::new();
        for name in task.every_secret() {
            values.push(self.secret(name)?);
        }
        // A server may say back who has logged in there.
        let logins = self.access(task).map(Access::logins).unwrap_or_default();
        values.extend(logins.iter().map(Login::password));
        if values.is_empty() {
            return Ok(Redactor::default());
        }
        let mut redactors = self.inner.redactors.lock().unwrap_or_else(PoisonError::into_inner);
        // Tasks of other lists may have the same secrets, and those of one that is gone may not be another's.
        let names = std::iter::once(task.pool()).chain(task.every_secret()).map(str::to_owned).collect();
        Ok(redactors.entry(names).or_insert_with(|| Redactor::new(values.into_iter())).clone())
    }
}

impl fmt::Debug for Webtask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webtask").field("pools", &self.pools()).finish_non_exhaustive()
    }
}

/// The settings that tasks want, with the slug of each task.
fn settings_of<'t>(tasks: impl IntoIterator<Item = &'t Task>) -> impl Iterator<Item = (&'t str, Wanted<'t>)> {
    tasks.into_iter().flat_map(|task| task.every_setting().map(|wanted| (task.slug(), wanted)))
}

/// The secrets that tasks want, with the slug of each task.
fn secrets_of(tasks: &[Task]) -> impl Iterator<Item = (&str, &str)> {
    tasks.iter().flat_map(|task| task.every_secret().map(|name| (task.slug(), name)))
}

/// The pools of which tasks need a window, with the slug of each task.
fn pools_of(tasks: &[Task]) -> impl Iterator<Item = (&str, &str)> {
    tasks.iter().filter(|task| task.needs_browser()).map(|task| (task.slug(), task.pool()))
}
