//! The settings of a `Webtask`, as code gives them.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Inner, Webtask, pools_of, secrets_of, settings_of};
use crate::browser::{Browsers, Endpoint, Pool, Settings};
use crate::collect::COLLECT;
use crate::failures::Failures;
use crate::fetch::Fetch;
use crate::files::Files;
use crate::meter::Meter;
use crate::policy::{Names, Resolver};
use crate::secret::Secrets;
use crate::setting::Values;
#[cfg(feature = "server")]
use crate::settings::Terms;
use crate::settings::{self, Environment, Options};
use crate::task::Task;
use crate::{Error, ffmpeg};

/// The settings of a [`Webtask`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    settings: Settings,
    /// The folder that the files of recipes are in.
    files: Option<PathBuf>,
    /// The folder that failed runs leave theirs in.
    failures: Option<PathBuf>,
    /// The program that makes films, when it is not to be searched for.
    ffmpeg: Option<PathBuf>,
    /// Whether a step takes no selector that several visible elements match.
    strict: Option<bool>,
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
        self.strict = Some(strict);
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
        self.files = Some(root.into());
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
        self.failures = Some(root.into());
        self
    }

    /// The program with which `record` makes MP4 and WebM films. Without it, `WEBTASK_FFMPEG` is used, or else `ffmpeg` is searched for in
    /// `PATH`, each time a recipe needs it. If there is none, the step fails with [`StepFailed`](crate::ErrorKind::StepFailed).
    #[must_use]
    pub fn ffmpeg(mut self, program: impl Into<PathBuf>) -> Self {
        self.ffmpeg = Some(program.into());
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
        self = self.or(settings::options(environment, &environment.options()?)?);
        if let Some(file) = &file {
            self = self.or(settings::options(file, &file.options)?);
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
        self.values.need(settings_of(&self.tasks))?;
        self.secrets.read_environment();
        if let Some(path) = self.secret_file.take() {
            self.secrets.read_from(&path)?;
        }
        if self.asks {
            self.secrets.ask(secrets_of(&self.tasks))?;
        }
        self.secrets.need(secrets_of(&self.tasks))?;
        let redactor = self.secrets.every();
        for pool in &mut self.settings.pools {
            pool.log_in(|name| self.secrets.get(name))?;
            pool.hide(&redactor);
        }
        let files = Files::new(self.files.take())?;
        let failures = self.failures.take().map(|root| Failures::new(&root)).transpose()?;
        let ffmpeg = self.ffmpeg.take();
        let results = self.settings.results();
        let strict = self.strict.unwrap_or_default();
        ffmpeg::check(ffmpeg.as_deref())?;
        let (names, meter) = (self.settings.names.clone(), Arc::new(Meter::new()));
        self.settings.rehearsed = COLLECT;
        let browsers = Browsers::new(self.settings, redactor, &meter)?;
        browsers.need(pools_of(&self.tasks))?;
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

impl Builder {
    /// Takes what files and variables give. What stands already stays.
    fn or(mut self, given: Options) -> Self {
        let settings = &mut self.settings;
        settings.browser = settings.browser.take().or(given.browser);
        settings.connect = settings.connect.take().or(given.connect.map(Endpoint));
        settings.profiles = settings.profiles.take().or(given.profiles);
        // A browser that is started elsewhere has its own.
        if settings.connect.is_none() {
            settings.sandbox = settings.sandbox.or(given.sandbox);
        }
        settings.visible = settings.visible.or(given.visible);
        settings.slow = settings.slow.or(given.slow);
        settings.results = settings.results.or(given.results);
        settings.replay = settings.replay.take().or(given.replay);
        settings.record = settings.record.take().or(given.record);
        self.failures = self.failures.or(given.failures);
        self.ffmpeg = self.ffmpeg.or(given.ffmpeg);
        self.files = self.files.or(given.files);
        self.strict = self.strict.or(given.strict);
        self.secret_file = self.secret_file.or(given.secrets);
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
