//! The handle that runs need: settings, pools of windows and secrets, cheap to clone.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::Extensions;

use crate::Error;
use crate::access::{Access, Login};
use crate::browser::{Browsers, Endpoint, Lease, Pool, PoolState};
use crate::failures::Failures;
use crate::fetch::Fetch;
use crate::ffmpeg;
use crate::files::Files;
use crate::large;
use crate::meter::Meter;
use crate::policy::{Names, Proxy, Resolver};
use crate::secret::{Redactor, Secrets};
#[cfg(feature = "server")]
use crate::server::Terms;
use crate::setting::Values;
use crate::settings::{self, Environment};
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

/// The settings of a [`Webtask`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    pub(crate) settings: Settings,
    secrets: Secrets,
    /// What recipes declare by `setting`.
    values: Values,
    /// A file with more settings.
    file: Option<PathBuf>,
    /// A file or a folder with secrets.
    secret_file: Option<PathBuf>,
    /// Whether secrets that are missing are asked for.
    asks: bool,
    /// The tasks whose secrets must be there.
    tasks: Vec<Task>,
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
    /// What holds for the pools that do not say it.
    pub(crate) visible: Option<bool>,
    pub(crate) slow: Option<Duration>,
    /// How many bytes a page may give at once, and a run.
    pub(crate) results: Option<u64>,
    /// Whether a step takes no selector that several visible elements match.
    pub(crate) strict: Option<bool>,
    /// The directory that profiles are in.
    pub(crate) profiles: Option<PathBuf>,
    /// The browser to use, when it is started elsewhere.
    pub(crate) connect: Option<Endpoint>,
    /// A directory or a HAR file that answers every request.
    pub(crate) replay: Option<PathBuf>,
    /// A HAR file that every request and answer is written to.
    pub(crate) record: Option<PathBuf>,
    /// The folder that the files of recipes are in.
    pub(crate) files: Option<PathBuf>,
    /// The folder that failed runs leave theirs in.
    pub(crate) failures: Option<PathBuf>,
    /// The program that makes films, when it is not to be searched for.
    pub(crate) ffmpeg: Option<PathBuf>,
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
        self.inner.meter.text(&self.pools())
    }

    /// Why runs cannot get a window now, for a readiness probe: a browser repeatedly failed to start. `None` if there is no such reason, also
    /// before the first start.
    ///
    /// Until then, runs that need that browser fail at once with [`BrowserLost`](crate::ErrorKind::BrowserLost). New attempts are made in the
    /// background, at least every 30 s. The browser of a [profile](Pool::profile) counts only if there is no other.
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
        self.inner.values.need([task])
    }

    /// Whether every secret, every setting and every pool of these tasks is set.
    #[cfg(feature = "server")]
    pub(crate) fn need(&self, tasks: &[Task]) -> Result<(), Error> {
        self.inner.values.need(tasks)?;
        self.inner.secrets.need(tasks)?;
        self.inner.browsers.need(tasks)
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

impl Builder {
    /// Adds a pool of windows. If none is added, there is one: `Pool::new("default")`.
    #[must_use]
    pub fn pool(mut self, pool: Pool) -> Self {
        self.settings.pools.push(pool);
        self
    }

    /// The browser's program. Without it, `WEBTASK_BROWSER` is used, or else Chromium is searched for.
    #[must_use]
    pub fn browser(mut self, program: impl Into<PathBuf>) -> Self {
        self.settings.browser = Some(program.into());
        self
    }

    /// Whether Chromium's own sandbox is on (the default). Chromium cannot run as root with it.
    #[must_use]
    pub fn sandbox(mut self, on: bool) -> Self {
        self.settings.sandbox = Some(on);
        self
    }

    /// Whether Chromium runs with its default flags, except the few without which it cannot be driven. Off by default: with
    /// [fewer features](crate::guide::browser#what-is-switched-off), pages load faster.
    #[must_use]
    pub fn default_flags(mut self, on: bool) -> Self {
        self.settings.default_flags = on;
        self
    }

    /// Whether the windows of all pools are on the screen, except pools that [set it themselves](Pool::visible).
    #[must_use]
    pub fn visible(mut self, visible: bool) -> Self {
        self.settings.visible = Some(visible);
        self
    }

    /// How long every run waits before each step, except in pools that [set it themselves](Pool::slow).
    #[must_use]
    pub fn slow(mut self, pause: Duration) -> Self {
        self.settings.slow = Some(pause);
        self
    }

    /// The maximum size of a run's result, and of what one step reads from a page, in bytes as JSON: 64 MiB by default. More is
    /// [`StepFailed`](crate::ErrorKind::StepFailed), so that no page takes the memory of all runs.
    ///
    /// ```
    /// let webtask = webtask::Webtask::builder().results(8 << 20).build()?;
    /// # Ok::<(), webtask::Error>(())
    /// ```
    #[must_use]
    pub fn results(mut self, bytes: u64) -> Self {
        self.settings.results = Some(bytes);
        self
    }

    /// Whether every step that acts on an element fails if several visible elements match its selector, as with `strict`
    /// in a recipe. By default, the first visible one is used.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.settings.strict = Some(strict);
        self
    }

    /// The directory of the pools' [profiles](Pool::profile), with one directory for each. It is created on demand, readable by the current
    /// user only.
    #[must_use]
    pub fn profiles(mut self, folder: impl Into<PathBuf>) -> Self {
        self.settings.profiles = Some(folder.into());
        self
    }

    /// Uses a browser that runs elsewhere, instead of starting one: its endpoint, `ws://HOST:PORT/devtools/browser/ID`, or its server,
    /// `http://HOST:PORT`, which is asked for the endpoint. Both can use TLS, `wss` and `https`, with a certificate that the system trusts. A
    /// token in the URL is never shown.
    ///
    /// Runs get windows in browser contexts of their own, next to whatever else is in that browser. The contexts are removed with
    /// [`close`](Webtask::close), with the last handle, or when the connection ends; the browser itself is left alone. When the connection is
    /// lost, runs fail with [`BrowserLost`](crate::ErrorKind::BrowserLost), and the next one connects again.
    ///
    /// Files are read and written where the program runs, not where the browser does: those of `upload`, of `download each` and of every
    /// capture. Downloads that a page begins are refused.
    ///
    /// Settings that need a browser of webtask's own are refused together with it: [`browser`](Self::browser), [`sandbox`](Self::sandbox),
    /// [`default_flags`](Self::default_flags), [`replay`](Self::replay), [`record`](Self::record), [`Pool::profile`] and
    /// [`Pool::recycle_above`].
    ///
    /// ```
    /// use webtask::Webtask;
    ///
    /// let webtask = Webtask::builder().connect("http://127.0.0.1:9222").build()?;
    /// # Ok::<(), webtask::Error>(())
    /// ```
    #[must_use]
    pub fn connect(mut self, url: impl Into<String>) -> Self {
        self.settings.connect = Some(Endpoint(url.into()));
        self
    }

    /// Answers every request of every page from files: a directory, or a HAR 1.2 file. Nothing goes to the network. The guide has the
    /// [rules for file names](crate::guide::replay#from-a-directory).
    #[must_use]
    pub fn replay(mut self, source: impl Into<PathBuf>) -> Self {
        self.settings.replay = Some(source.into());
        self
    }

    /// Writes every request of every page, with its answer, to a HAR 1.2 file that [`replay`](Self::replay) reads. The guide says
    /// [what is in it](crate::guide::replay#record).
    #[must_use]
    pub fn record(mut self, file: impl Into<PathBuf>) -> Self {
        self.settings.record = Some(file.into());
        self
    }

    /// The folder of all files that recipes read and write. Paths in recipes are relative to it, and neither `..` nor a symbolic link leads
    /// out of it. It is created when the first file is written. Without it, steps that need a file fail.
    #[must_use]
    pub fn files(mut self, root: impl Into<PathBuf>) -> Self {
        self.settings.files = Some(root.into());
        self
    }

    /// The folder in which each failed run leaves a folder of its own: a picture and the HTML of its page, its console, its last requests, and
    /// its steps with their times, without secrets. [`Error::failure`] returns its name. The newest hundred are kept, up to 256 MiB. The
    /// [guide](crate::guide::operation#what-a-failed-run-leaves) describes the files.
    ///
    /// [`build`](Self::build) creates the folder, and fails if it is not writable. Without the setting, nothing is kept and nothing is
    /// observed; with it, every run observes the console and the requests of its page.
    #[must_use]
    pub fn failures(mut self, root: impl Into<PathBuf>) -> Self {
        self.settings.failures = Some(root.into());
        self
    }

    /// The program with which `record` makes MP4 and WebM films. Without it, `WEBTASK_FFMPEG` is used, or else `ffmpeg` is searched for in
    /// `PATH`, each time a recipe needs it. If there is none, the step fails with [`StepFailed`](crate::ErrorKind::StepFailed).
    #[must_use]
    pub fn ffmpeg(mut self, program: impl Into<PathBuf>) -> Self {
        self.settings.ffmpeg = Some(program.into());
        self
    }

    /// Resolves the host names in callers' URLs, instead of the system.
    #[must_use]
    pub fn resolver(mut self, resolver: impl Resolver) -> Self {
        self.settings.names = Names::new(resolver);
        self
    }

    /// The value of a secret that recipes declare. Secrets that are not set here are read from `WEBTASK_SECRET_NAME`.
    #[must_use]
    pub fn secret(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.secrets.set(name.into(), value.into());
        self
    }

    /// A file of settings in TOML, for whatever neither code nor environment variables set. Its [keys](crate::guide::settings) are the names of
    /// the settings of this type, of [`Pool`] and of a server. Without it, `WEBTASK_SETTINGS` may name one.
    ///
    /// ```
    /// # fn main() -> Result<(), webtask::Error> {
    /// # let folder = tempfile::tempdir().expect("a folder");
    /// # let path = folder.path().join("webtask.toml");
    /// std::fs::write(&path, r#"
    ///     files = "data"
    ///
    ///     [pools.default]
    ///     size = 4
    ///     wait = "30s"
    /// "#).expect("it can be written");
    /// let webtask = webtask::Webtask::builder().settings(&path).build()?;
    /// assert_eq!(webtask.pools()[0].1.size, 4);
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn settings(mut self, file: impl Into<PathBuf>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// The value of a setting that recipes declare by `setting NAME`: an address, a tenant, or whatever else differs between
    /// installations and is not the caller's choice. Settings that are not set here are read from `WEBTASK_SETTING_NAME`, with NAME as
    /// written or in capital letters, then from `[settings]` in the [file of settings](Self::settings).
    ///
    /// ```
    /// use webtask::{Webtask, webtask};
    ///
    /// webtask! {
    ///     pub task "shop/title" {
    ///         setting base default "https://shop.example";
    ///         goto "{{base}}/login";
    ///         extract page from "html" { title text "title"; }
    ///     }
    /// }
    ///
    /// # fn main() -> Result<(), webtask::Error> {
    /// let webtask = Webtask::builder().setting("base", "http://localhost:8080").build()?;
    /// # Ok(()) }
    /// ```
    ///
    /// Use a [`secret`](Self::secret) for what must not be told, such as a password.
    #[must_use]
    pub fn setting(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.set(name.into(), value.into());
        self
    }

    /// A file with one secret per line, `NAME=value`, or a folder with one file per secret, as containers mount them. Without it,
    /// `WEBTASK_SECRETS` may name one. Secrets from code or `WEBTASK_SECRET_NAME` take precedence. A file that everybody may read is refused.
    #[must_use]
    pub fn secrets(mut self, path: impl Into<PathBuf>) -> Self {
        self.secret_file = Some(path.into());
        self
    }

    /// The tasks that will run: [`build`](Self::build) fails if one of their secrets or settings is not set, or their pool is not defined.
    #[must_use]
    pub fn require(mut self, tasks: impl IntoIterator<Item = Task>) -> Self {
        self.tasks.extend(tasks);
        self
    }

    /// Whether [`build`](Self::build) asks at the terminal for secrets of the [required](Self::require) tasks that are not set. The input is
    /// not echoed. Without a terminal, they are missing.
    #[must_use]
    pub fn ask_secrets(mut self, asks: bool) -> Self {
        self.asks = asks;
        self
    }

    /// Checks the settings. Nothing starts yet: only if a setting names the [browser](Self::browser), it is asked for its `--version`.
    ///
    /// Settings that code does not set come from environment variables, and then from the [file](Self::settings). The
    /// [guide](crate::guide::settings) lists them.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config), naming the setting that is wrong and where it is.
    pub fn build(self) -> Result<Webtask, Error> {
        self.build_with(&Environment::read())
    }

    fn build_with(mut self, environment: &Environment) -> Result<Webtask, Error> {
        let mut file = match self.file.take().or_else(|| environment.settings().map(PathBuf::from)) {
            Some(path) => Some(settings::read(&path)?),
            None => None,
        };
        self = settings::builder(self, environment, &environment.builder()?)?;
        if let Some(file) = &file {
            self = settings::builder(self, file, &file.builder)?;
        }
        #[cfg(feature = "server")]
        let terms = terms(environment, file.as_ref())?;
        let Settings { visible, slow, .. } = self.settings;
        let pools = pools(self.settings.pools, environment, file.as_ref())?;
        self.settings.pools = pools.into_iter().map(|pool| pool.or(visible, slow)).collect();
        self.values.set_environment(environment.values());
        if let Some(file) = &mut file {
            self.values.set_in_file(std::mem::take(&mut file.values));
        }
        self.values.need(&self.tasks)?;
        self.secrets.read_environment();
        if let Some(path) = self.secret_file.take() {
            self.secrets.read_from(&path)?;
        }
        if self.asks {
            self.secrets.ask(&self.tasks)?;
        }
        self.secrets.need(&self.tasks)?;
        let redactor = self.secrets.every();
        for pool in &mut self.settings.pools {
            pool.log_in(|name| self.secrets.get(name))?;
            pool.hide(&redactor);
        }
        let files = Files::new(self.settings.files.take())?;
        let failures = self.settings.failures.take().map(|root| Failures::new(&root)).transpose()?;
        let ffmpeg = self.settings.ffmpeg.take();
        let results = self.settings.results();
        let strict = self.settings.strict.unwrap_or_default();
        ffmpeg::check(ffmpeg.as_deref())?;
        let (names, meter) = (self.settings.names.clone(), Arc::new(Meter::new()));
        let browsers = Browsers::new(self.settings, redactor, &meter)?;
        browsers.need(&self.tasks)?;
        Ok(Webtask {
            extensions: None,
            inner: Arc::new(Inner {
                fetch: Fetch::new(browsers.traffic(), names),
                browsers,
                files,
                failures,
                ffmpeg,
                results,
                strict,
                secrets: self.secrets,
                values: self.values,
                redactors: Mutex::default(),
                meter,
                #[cfg(feature = "server")]
                terms,
            }),
        })
    }
}

/// What files and variables may give, and code gave not. What stands already stays.
impl Builder {
    pub(crate) fn or_browser(mut self, program: PathBuf) -> Self {
        self.settings.browser.get_or_insert(program);
        self
    }

    pub(crate) fn or_connect(mut self, url: String) -> Self {
        self.settings.connect.get_or_insert(Endpoint(url));
        self
    }

    pub(crate) fn or_failures(mut self, root: PathBuf) -> Self {
        self.settings.failures.get_or_insert(root);
        self
    }

    pub(crate) fn or_ffmpeg(mut self, program: PathBuf) -> Self {
        self.settings.ffmpeg.get_or_insert(program);
        self
    }

    pub(crate) fn or_profiles(mut self, folder: PathBuf) -> Self {
        self.settings.profiles.get_or_insert(folder);
        self
    }

    pub(crate) fn or_sandbox(mut self, on: bool) -> Self {
        // A browser that is started elsewhere has its own.
        if self.settings.connect.is_none() {
            self.settings.sandbox.get_or_insert(on);
        }
        self
    }

    pub(crate) fn or_visible(mut self, visible: bool) -> Self {
        self.settings.visible.get_or_insert(visible);
        self
    }

    pub(crate) fn or_slow(mut self, pause: Duration) -> Self {
        self.settings.slow.get_or_insert(pause);
        self
    }

    pub(crate) fn or_results(mut self, bytes: u64) -> Self {
        self.settings.results.get_or_insert(bytes);
        self
    }

    pub(crate) fn or_strict(mut self, strict: bool) -> Self {
        self.settings.strict.get_or_insert(strict);
        self
    }

    pub(crate) fn or_replay(mut self, source: PathBuf) -> Self {
        self.settings.replay.get_or_insert(source);
        self
    }

    pub(crate) fn or_record(mut self, file: PathBuf) -> Self {
        self.settings.record.get_or_insert(file);
        self
    }

    pub(crate) fn or_files(mut self, root: PathBuf) -> Self {
        self.settings.files.get_or_insert(root);
        self
    }

    pub(crate) fn or_secrets(mut self, path: PathBuf) -> Self {
        self.secret_file.get_or_insert(path);
        self
    }
}

/// What a server begins with: what the file says, and in its place what the environment says.
#[cfg(feature = "server")]
fn terms(environment: &Environment, file: Option<&settings::File>) -> Result<Terms, Error> {
    let mut terms = Terms::default();
    if let Some(file) = file {
        terms = settings::server(terms, file, &file.server)?;
    }
    settings::server(terms, environment, &environment.server()?)
}

/// The pools of code, then those of the file; each with what the environment and the file say of it.
fn pools(
    mut pools: Vec<Pool>,
    environment: &Environment,
    file: Option<&settings::File>,
) -> Result<Vec<Pool>, Error> {
    let in_file = file.map_or(&[][..], |file| &file.pools);
    for (tag, _) in in_file {
        if !pools.iter().any(|pool| pool.tag() == tag) {
            pools.push(Pool::new(tag));
        }
    }
    if pools.is_empty() {
        pools.push(Pool::new("default"));
    }
    let tags: Vec<_> = pools.iter().map(|pool| pool.tag().to_owned()).collect();
    let given = environment.pools(&tags)?;
    pools
        .into_iter()
        .zip(given)
        .map(|(pool, given)| {
            let pool = settings::pool(pool, environment, &given)?;
            let tag = pool.tag().to_owned();
            match (file, in_file.iter().find(|(other, _)| *other == tag)) {
                (Some(file), Some((_, given))) => settings::pool(pool, file, given),
                _ => Ok(pool),
            }
        })
        .collect()
}
