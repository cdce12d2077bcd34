//! What a step may touch: the run's window, its events, its secrets and the place where it is.

use std::fmt;
use std::panic::Location;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;
use tracing::Span;
use url::Url;

use crate::browser::{Answer, Lease, Served};
use crate::failures::Recorder;
use crate::fetch::{Ask, Reply, Route};
use crate::files::Files;
use crate::large::{LARGE, apart, too_large};
use crate::policy::{self, Gate};
use crate::run::Outbox;
use crate::secret::Redactor;
use crate::task::Task;
use crate::{Error, ErrorKind, Event, Step, Webtask, flow};

/// How many `call`s may be open at once.
const DEPTH: u32 = 32;

/// A run's context, in which every step works; `cx` in a recipe's Rust code.
pub struct Cx {
    webtask: Webtask,
    outbox: Arc<Outbox>,
    /// What is kept for the case that the run fails, when that is asked for. It lets go of the window before the window goes.
    recorder: Option<Box<Recorder>>,
    /// In a place of its own: most of what a run takes would be the room for it, with a browser or without.
    lease: Option<Box<Lease>>,
    redactor: Redactor,
    task: Task,
    place: Mutex<Place>,
    depth: AtomicU32,
    ahead: Mutex<Ahead>,
    /// How long it waits before each step.
    pause: Option<Duration>,
    /// What the run has had of a recording that is replayed.
    served: Arc<Served>,
}

/// What the step after a `goto` asks of the page, which it may ask before its turn.
#[derive(Default)]
enum Ahead {
    #[default]
    Nothing,
    Wanted(Value),
    /// Asked, and under way.
    Asked(Value, Answer),
}

/// Where a run is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// The step that goes on.
    step: Option<Step>,
    /// The number of the recipe's step in which its Rust code is.
    written: Option<usize>,
    /// How many steps a function has begun.
    begun: usize,
    /// The step's, when somebody listens.
    span: Option<Span>,
    /// Whether the step takes no selector that several visible elements match.
    is_strict: bool,
}

impl Cx {
    /// Takes what the task needs: its secrets, and a window when it has a step for one.
    pub(crate) async fn new(webtask: Webtask, task: &Task, outbox: Arc<Outbox>) -> Result<Self, Error> {
        webtask.wants(task)?;
        let redactor = webtask.redactor(task)?;
        let lease = match task.needs_browser() {
            // To have a window may take a browser's start: as a part of every run, it would be most of its size.
            true => Some(Box::new(Box::pin(webtask.lease(task)).await?)),
            false => None,
        };
        let recorder = match webtask.failures() {
            Some(failures) => {
                let window = lease.as_deref().map(|lease| &**lease);
                Some(Box::new(Box::pin(Recorder::start(failures, window, &redactor)).await?))
            }
            None => None,
        };
        outbox.start();
        let task = task.clone();
        let (place, depth) = (Mutex::default(), AtomicU32::new(0));
        let pause = if lease.is_some() { webtask.pause(&task) } else { None };
        let (ahead, served) = (Mutex::default(), Arc::default());
        if let Some(window) = &lease {
            window.begin(&served);
        }
        Ok(Self { webtask, outbox, recorder, lease, redactor, task, place, depth, ahead, pause, served })
    }

    /// The run's window as a [`chromiumoxide::Page`], for what no step does.
    ///
    /// It is attached at the first call, through a separate connection that sees no other run's pages.
    ///
    /// # Errors
    ///
    /// [`BrowserLost`](ErrorKind::BrowserLost) if the browser does not answer.
    pub async fn page(&self) -> Result<chromiumoxide::Page, Error> {
        self.window()?.page().await
    }

    /// When the run's time is over, which begins then.
    pub(crate) fn set_deadline(&self, since: Instant, limit: Duration) -> Instant {
        self.outbox.set_deadline(since, limit)
    }

    /// Waits before a step in a pool that is slow, for whoever looks on.
    pub(crate) async fn pace(&self) {
        if let Some(pause) = self.pause {
            tokio::time::sleep(pause).await;
        }
    }

    pub(crate) async fn tell(&self, event: Event<()>) {
        let event = match !self.redactor.is_empty() && event.is_large() {
            true => {
                let redactor = self.redactor.clone();
                apart(LARGE, move || redactor.event(event)).await
            }
            false => self.redactor.event(event),
        };
        self.outbox.tell(event).await;
    }

    /// Whether a page, or a server, may give that many bytes at once; `what` says of what they are.
    pub(crate) fn bounded(&self, what: &str, bytes: usize) -> Result<(), Error> {
        let limit = self.webtask.results();
        if bytes as u64 > limit { Err(too_large(what, limit)) } else { Ok(()) }
    }

    /// How many bytes a page may give at once, and a run.
    pub(crate) fn results(&self) -> u64 {
        self.webtask.results()
    }

    /// The task that runs.
    pub(crate) fn task(&self) -> &Task {
        &self.task
    }

    /// The run's window.
    pub(crate) fn window(&self) -> Result<&Lease, Error> {
        self.lease.as_deref().ok_or_else(|| {
            Error::new(ErrorKind::Internal, "this run has no window: none of its steps was known to need one")
        })
    }

    pub(crate) fn lease(&self) -> Option<&Lease> {
        self.lease.as_deref()
    }

    /// Whether that address may be opened, as far as it is known before anybody is asked. One of a caller closes what is
    /// not public to the run from now on.
    pub(crate) fn admit(&self, url: &Url, untrusted: bool) -> Result<(), Error> {
        let gate = self.lease().and_then(|window| window.gate());
        if !untrusted {
            if let Some(gate) = gate {
                gate.trust(url);
            }
            return Ok(());
        }
        if self.webtask.allows_private(&self.task)? {
            return Ok(());
        }
        policy::check(url)?;
        match gate {
            Some(gate) => gate.guard(),
            None if self.webtask.fetch().is_replayed() => {}
            None => {
                let message = "the URL of a caller is opened in a window that is not prepared for one; write \
                               `untrusted = true` in `#[webtask::task]`, or in a recipe `goto (url)` outside of Rust code";
                return Err(Error::new(ErrorKind::Config, message));
            }
        }
        Ok(())
    }

    /// Whether what is fetched for the run must be public.
    pub(crate) fn is_guarded(&self, untrusted: bool) -> Result<bool, Error> {
        let guarded = self.lease().and_then(|window| window.gate()).is_some_and(Gate::is_guarded);
        Ok(guarded || (untrusted && !self.webtask.allows_private(&self.task)?))
    }

    /// Asks a server without a page: through the pool's proxy, if it has one. What is guarded reaches public addresses only.
    pub(crate) async fn ask(&self, ask: Ask, guarded: bool) -> Result<(Url, Reply), Error> {
        let (proxy, access) = (self.webtask.proxy(&self.task), self.webtask.access(&self.task));
        let route = Route { proxy, guarded, served: &self.served, access };
        self.webtask.fetch().ask(ask, route).await
    }

    /// The files that the run may read and write.
    pub(crate) fn files(&self) -> &Files {
        self.webtask.files()
    }

    /// Writes a file. No secret is in its name, wherever that came from.
    pub(crate) async fn write(&self, path: &str, bytes: impl Into<Vec<u8>>) -> Result<(), Error> {
        let clean = self.redactor.text(path);
        self.files().write(clean.as_deref().unwrap_or(path), bytes).await
    }

    /// Writes files: all of them or none. No secret is in their names.
    pub(crate) async fn write_all(&self, mut files: Vec<(String, Vec<u8>)>) -> Result<(), Error> {
        for (path, _) in &mut files {
            if let Some(clean) = self.redactor.text(path) {
                *path = clean;
            }
        }
        self.files().write_all(files).await
    }

    /// Writes a file where none is, with a number in its name when there is one, and gives its path. No secret is in
    /// that, wherever it came from.
    pub(crate) async fn write_new(&self, path: &str, bytes: impl Into<Vec<u8>>) -> Result<String, Error> {
        let clean = self.redactor.text(path);
        self.files().write_new(clean.as_deref().unwrap_or(path), bytes).await
    }

    /// The program that makes films other than GIFs.
    pub(crate) fn ffmpeg(&self) -> Result<PathBuf, Error> {
        self.webtask.ffmpeg()
    }

    /// The value of that type that was passed to the run: with [`Webtask::with`], or over HTTP by a filter in front of the
    /// endpoints or a tower middleware.
    #[must_use]
    pub fn extension<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.webtask.extension()
    }

    /// The value of a secret that the task declares.
    ///
    /// It is removed from everything that the run emits and returns.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config) if the task does not declare it, or it is not set.
    pub fn secret(&self, name: &str) -> Result<&str, Error> {
        if !self.declares(name) {
            let message = format!(
                "secret `{name}` is not declared; write `#[webtask::task(secret = \"{name}\")]`, or `secret {name}` in a recipe"
            );
            return Err(Error::new(ErrorKind::Config, message));
        }
        self.webtask.secret(name)
    }

    /// The value of a setting: what the operator says, by [`Builder::setting`](crate::Builder::setting), by
    /// `WEBTASK_SETTING_NAME` or below `[settings]` in the file of settings, else the default with which the task
    /// declares it.
    ///
    /// A function may ask for one that it does not declare; `#[webtask::task(setting = "NAME")]` declares one, and then it must
    /// be there when the program starts.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config) when nobody says it.
    pub fn setting(&self, name: &str) -> Result<&str, Error> {
        let declared = self.task.every_setting().find(|wanted| wanted.name == name);
        self.webtask.setting(name, declared.and_then(|wanted| wanted.default))
    }

    /// The same for a recipe, with the default that is written there.
    pub(crate) fn setting_or<'v>(&'v self, name: &str, default: Option<&'v str>) -> Result<&'v str, Error> {
        self.webtask.setting(name, default)
    }

    /// Whether the task, or its setup, declares that secret.
    pub(crate) fn declares(&self, name: &str) -> bool {
        self.task.every_secret().any(|known| known == name)
    }

    fn lock(&self) -> MutexGuard<'_, Place> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says which step of a recipe goes on, so that an error can name it.
    pub(crate) fn at(&self, step: &flow::Step) {
        self.goes_on(Step { index: step.index, name: step.name, at: step.at.into() });
    }

    /// Says which step of a recipe goes on.
    pub(crate) fn goes_on(&self, step: Step) {
        self.webtask.meter().step(step.name);
        self.outbox.scope().begin(step.index, step.name, &step.at);
        let mut place = self.lock();
        place.written = Some(step.index);
        place.is_strict = false;
        if let Some(recorder) = &self.recorder {
            recorder.begins(&step);
        }
        place.step = Some(step);
    }

    /// Says which step of Rust code goes on, and which it is.
    pub(crate) fn begin(&self, name: &'static str, at: &Location<'_>) -> Step {
        self.webtask.meter().step(name);
        let mut place = self.lock();
        place.is_strict = false;
        let index = place.written.unwrap_or_else(|| {
            place.begun += 1;
            place.begun - 1
        });
        self.outbox.scope().begin(index, name, at);
        let step = Step { index, name, at: at.to_string().into() };
        if let Some(recorder) = &self.recorder {
            recorder.begins(&step);
        }
        place.step = Some(step.clone());
        step
    }

    /// Says that the step takes no selector that several visible elements match.
    pub(crate) fn set_strict(&self) {
        self.lock().is_strict = true;
    }

    /// Whether the step takes none, by itself or by the [setting](crate::Builder::strict).
    pub(crate) fn is_strict(&self) -> bool {
        self.webtask.is_strict() || self.lock().is_strict
    }

    /// Where the run is.
    pub(crate) fn place(&self) -> Place {
        Place { span: self.outbox.scope().step(), ..self.lock().clone() }
    }

    /// Says that the run is back there.
    pub(crate) fn set_place(&self, mut place: Place) {
        self.outbox.scope().set_step(place.span.take());
        *self.lock() = place;
    }

    /// The step that goes on.
    pub(crate) fn step(&self) -> Option<Step> {
        self.lock().step.clone()
    }

    /// Adds to an error what the run knows of it, and takes the secrets out.
    pub(crate) fn known(&self, error: Error) -> Error {
        self.redactor.error(error.at_step(self.step()))
    }

    /// The same with the page that the run is on.
    pub(crate) async fn failed(&self, error: Error) -> Error {
        let error = self.on_page(error).await;
        self.known(error)
    }

    /// Adds to a step's error the page that the run is on, which is asked only now.
    pub(crate) async fn on_page(&self, error: Error) -> Error {
        match &self.lease {
            // In a box: as a part of every step, it would be most of its size.
            Some(window) if error.page().is_none() => {
                error.on_page(Box::pin(window.page_info(&self.redactor)).await)
            }
            _ => error,
        }
    }

    /// Leaves a folder of the run, which failed by that error, when that is asked for.
    pub(crate) async fn keep(&self, error: Error) -> Error {
        let Some(recorder) = &self.recorder else { return error };
        let error = error.in_task(self.task.name());
        let run = (self.outbox.scope().id().to_string(), self.task.slug());
        let window = self.lease().map(|lease| &**lease);
        let folder = Box::pin(recorder.keep(run, &error, window)).await;
        error.in_folder(folder)
    }

    /// What is kept for the case that the run fails, when that is asked for.
    pub(crate) fn recorder(&self) -> Option<&Recorder> {
        self.recorder.as_deref()
    }

    /// Says what the step after a `goto` asks.
    pub(crate) fn set_wanted(&self, plan: Value) {
        *self.ahead() = Ahead::Wanted(plan);
    }

    pub(crate) fn take_wanted(&self) -> Option<Value> {
        match std::mem::take(&mut *self.ahead()) {
            Ahead::Wanted(plan) => Some(plan),
            Ahead::Nothing | Ahead::Asked(..) => None,
        }
    }

    pub(crate) fn set_answer(&self, plan: Value, answer: Answer) {
        *self.ahead() = Ahead::Asked(plan, answer);
    }

    /// The answer to that, when it was asked before.
    pub(crate) fn take_answer(&self, plan: &Value) -> Option<Answer> {
        match std::mem::take(&mut *self.ahead()) {
            Ahead::Asked(asked, answer) if asked == *plan => Some(answer),
            _ => None,
        }
    }

    fn ahead(&self) -> MutexGuard<'_, Ahead> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// Opens a `call`, unless too many are open.
    pub(crate) fn enter(&self) -> Result<Entered<'_>, Error> {
        let entered = Entered { cx: self };
        if self.depth.fetch_add(1, Ordering::Relaxed) >= DEPTH {
            return Err(Error::step_failed(format!("`call` is nested deeper than {DEPTH}")));
        }
        Ok(entered)
    }
}

impl fmt::Debug for Cx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cx").field("step", &self.step()).finish_non_exhaustive()
    }
}

/// An open `call`.
pub(crate) struct Entered<'a> {
    cx: &'a Cx,
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.cx.depth.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What a body throws: any error, so that `?` takes them all, and texts too.
pub type Thrown = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Whether it is one of ours, of a kind that no step may swallow.
pub(crate) fn ends_run(thrown: &Thrown) -> bool {
    Error::within(&**thrown).is_some_and(|error| {
        matches!(
            error.kind(),
            // Without its window a run cannot go on.
            ErrorKind::Cancelled | ErrorKind::Timeout | ErrorKind::Draining | ErrorKind::BrowserLost
        )
    })
}
