//! Pools: how many windows may be used at once, and who waits for one. It knows no browser.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::outfit::Outfit;
use crate::secret::Redactor;
use crate::{Error, ErrorKind};

/// The settings of a pool of windows. Each run has a window to itself; the kind of the pool decides what the next run in it finds.
///
/// | kind | windows are reused | what the next run finds |
/// |---|---|---|
/// | [`clean`](Self::clean), the default | yes | nothing: everything that a run leaves behind is removed |
/// | [`fresh`](Self::fresh) | no | nothing: the window is new |
/// | [`keep_session`](Self::keep_session) | yes | cookies and storage |
/// | [`profile`](Self::profile) | yes | cookies and storage, also after a restart |
///
/// The [guide](crate::guide::browser#which-kind-of-pool) says when to use which.
///
/// ```
/// use std::time::Duration;
/// use webtask::Pool;
///
/// let pool = Pool::new("default").size(4).queue(100).wait(Duration::from_secs(5));
/// let strangers = Pool::new("strangers").fresh();
/// let account = Pool::new("account").profile("alice");
/// ```
#[derive(Clone, Debug)]
pub struct Pool {
    tag: String,
    size: Option<usize>,
    queue: usize,
    wait: Duration,
    kind: Kind,
    recycle_after: Option<usize>,
    recycle_above: Option<u64>,
    visible: bool,
    slow: Option<Duration>,
    pub(super) outfit: Arc<Outfit>,
    /// The settings that were given, by their keys.
    said: Vec<&'static str>,
}

/// What becomes of a window after a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is used again, with nothing of the run.
    #[default]
    Clean,
    /// It goes away.
    Fresh,
    /// It is used again, with its cookies and its storage.
    Session,
    /// The same, in a directory of that name.
    Profile(String),
}

/// What a browser process is started for: pools that agree in all of this share one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct House {
    /// The directory that the browser keeps its data in.
    pub(super) profile: Option<String>,
    /// How much memory its processes may use in all, in bytes.
    pub(super) bound: Option<u64>,
    /// Whether its windows are on a screen.
    pub(super) visible: bool,
    /// Switches that only this browser gets.
    pub(super) flags: Vec<String>,
}

/// How a pool stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PoolState {
    /// How many windows there may be at once.
    pub size: usize,
    /// How many of them a run could have now.
    pub free: usize,
    /// How many are in use, or are being cleaned up after it.
    pub busy: usize,
    /// How many runs wait for one.
    pub waiting: usize,
}

impl Pool {
    /// A pool that recipes refer to by its tag: two windows; 64 runs may wait, ten seconds each.
    pub fn new(tag: impl Into<String>) -> Self {
        Self {
            tag: tag.into(),
            size: None,
            queue: 64,
            wait: Duration::from_secs(10),
            kind: Kind::default(),
            recycle_after: None,
            recycle_above: None,
            visible: false,
            slow: None,
            outfit: Arc::default(),
            said: Vec::new(),
        }
    }

    /// The maximum number of windows in use at the same time: two by default; a [`profile`](Self::profile) has one.
    #[must_use]
    pub fn size(mut self, size: usize) -> Self {
        self.size = Some(size);
        self.say("size")
    }

    /// Windows are reused after everything that a run can leave behind is removed. This is the default.
    ///
    /// Removed are: cookies, every kind of storage and cache, workers, permissions, history, emulation, interception, the window's name,
    /// other tabs. The next run gets a new window instead if the page crashed or does not answer, if something is left, or if Rust code used
    /// the [`Page`](crate::Cx::page). A new window costs about twice as much processor time as a cleaned one. What the windows of a browser
    /// process share is not removed; the [guide](crate::guide::browser#what-clean-removes) lists it.
    #[must_use]
    pub fn clean(mut self) -> Self {
        self.kind = Kind::Clean;
        self.say("kind").say("profile")
    }

    /// Each run gets a new window in a new browser context, created in advance. The
    /// [guide](crate::guide::browser#what-a-fresh-window-has-done-before) says what such a window has done by then to make its first page
    /// faster; pages cannot detect it.
    #[must_use]
    pub fn fresh(mut self) -> Self {
        self.kind = Kind::Fresh;
        self.say("kind").say("profile")
    }

    /// A window keeps its cookies and its storage from run to run, as long as the browser lives. Only its page is replaced: it is
    /// `about:blank` again, without emulation.
    ///
    /// Each window has a session of its own, and a run gets the free window that was used last. For one session in all, use `size(1)`. A window
    /// whose page crashed keeps its session too.
    #[must_use]
    pub fn keep_session(mut self) -> Self {
        self.kind = Kind::Session;
        self.say("kind").say("profile")
    }

    /// The one window keeps its cookies and its storage in a directory of that name, also across restarts of the program. It has a browser
    /// process of its own.
    ///
    /// The directory is created below [`Builder::profiles`](crate::Builder::profiles), and only one program at a time can use it. Chromium
    /// writes its data when it ends, with [`close`](crate::Webtask::close) or with the last handle, and periodically before that: a program
    /// that is killed may lose the last half minute. Session cookies, without an expiry, end with the browser, as usual.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.kind = Kind::Profile(name.into());
        self.say("kind").say("profile")
    }

    /// Replaces a window after that many runs. With [`keep_session`](Self::keep_session) and [`profile`](Self::profile) this replaces only the
    /// page and its process: the session is kept. A [`fresh`](Self::fresh) pool has a new window each time anyway.
    #[must_use]
    pub fn recycle_after(mut self, runs: usize) -> Self {
        self.recycle_after = Some(runs);
        self.say("recycle_after")
    }

    /// Replaces the browser when all its processes together use more memory than that, in bytes.
    ///
    /// Memory is measured after a run, at most once a second, as the proportional set size (PSS; Linux only). Current runs finish in the old
    /// browser, new ones begin in the new one. Pools with the same limit share a browser; windows that [keep a session](Self::keep_session)
    /// lose it with their browser, a [`profile`](Self::profile) does not.
    #[must_use]
    pub fn recycle_above(mut self, bytes: u64) -> Self {
        self.recycle_above = Some(bytes);
        self.say("recycle_above")
    }

    /// Whether its windows are on the screen, for people to watch. Off by default.
    ///
    /// This needs a full Chromium or Chrome, because headless shell has no windows, and a display. Such a pool has a browser of its own.
    /// Windows have the browser's default size unless [`window_size`](Self::window_size) sets one. If a site requires a login, the browser asks
    /// the person in front of it.
    ///
    /// With [`profile`](Self::profile), a person logs in once by hand, and later runs have that login, hidden ones too:
    ///
    /// ```
    /// use std::time::Duration;
    /// use webtask::Pool;
    ///
    /// let owner = Pool::new("owner").profile("owner").visible(true);
    /// let demo = Pool::new("demo").size(1).visible(true).slow(Duration::from_millis(500));
    /// ```
    #[must_use]
    pub fn visible(mut self, visible: bool) -> Self {
        self.visible = visible;
        self.say("visible")
    }

    /// How long a run waits before each step that works on a page, so that a person can follow it. The task's `timeout` includes these pauses; a
    /// step's own `timeout` does not.
    #[must_use]
    pub fn slow(mut self, pause: Duration) -> Self {
        self.slow = Some(pause);
        self.say("slow")
    }

    /// How many runs may wait for a window (64). One more is refused at once with [`PoolBusy`](crate::ErrorKind::PoolBusy).
    #[must_use]
    pub fn queue(mut self, runs: usize) -> Self {
        self.queue = runs;
        self.say("queue")
    }

    /// How long a run may wait for a window (10 s) before it fails with [`PoolBusy`](crate::ErrorKind::PoolBusy).
    #[must_use]
    pub fn wait(mut self, limit: Duration) -> Self {
        self.wait = limit;
        self.say("wait")
    }

    /// Notes that a setting was given, so that no file and no variable gives it as well.
    pub(super) fn say(mut self, key: &'static str) -> Self {
        self.said.push(key);
        self
    }

    /// What holds for all pools, unless this one says something else.
    pub(crate) fn or(mut self, visible: Option<bool>, slow: Option<Duration>) -> Self {
        if !self.said.contains(&"visible") {
            self.visible = visible.unwrap_or_default();
        }
        if !self.said.contains(&"slow") {
            self.slow = slow;
        }
        self
    }

    /// How long a run waits before each step.
    pub(crate) fn pause(&self) -> Option<Duration> {
        self.slow.filter(|pause| !pause.is_zero())
    }

    /// Fetches the passwords of its logins, and says who it is and whom it trusts.
    pub(crate) fn log_in<'s>(
        &mut self,
        secret: impl Fn(&str) -> Result<&'s str, Error>,
    ) -> Result<(), Error> {
        if self.outfit.access().is_empty() {
            return Ok(());
        }
        let resolved = Arc::make_mut(&mut self.outfit).access_mut().resolve(secret);
        resolved.map_err(|error| {
            let message = format!("`credentials` of pool `{}`: {}", self.tag, error.message());
            Error::new(error.kind(), message)
        })?;
        let access = self.outfit.access();
        for login in access.logins() {
            tracing::info!(pool = self.tag, origin = login.origin(), user = login.user(), "a pool logs in");
        }
        for host in access.unchecked() {
            tracing::warn!(pool = self.tag, host, "a pool does not check the certificates of a host");
        }
        Ok(())
    }

    /// Says what takes every secret out of what its browser says and of the names of its downloads.
    pub(crate) fn hide(&mut self, redactor: &Redactor) {
        if !redactor.is_empty() {
            Arc::make_mut(&mut self.outfit).redactor = redactor.clone();
        }
    }

    /// The settings that were given.
    pub(crate) fn said(&self) -> &[&'static str] {
        &self.said
    }

    pub(crate) fn tag(&self) -> &str {
        &self.tag
    }

    pub(super) fn outfit(&self) -> &Arc<Outfit> {
        &self.outfit
    }

    /// Whether its windows reach the network through a proxy of ours, when a run opens the URLs of callers or not.
    pub(super) fn is_gated(&self, untrusted: bool) -> bool {
        // A session always gets the same window, whatever it opens.
        let any = untrusted || matches!(self.kind, Kind::Session | Kind::Profile(_));
        self.outfit.has_proxy() || (any && !self.outfit.allows_private())
    }

    pub(super) fn kind(&self) -> &Kind {
        &self.kind
    }

    /// After how many runs a window is replaced.
    pub(super) fn runs(&self) -> usize {
        self.recycle_after.unwrap_or(usize::MAX)
    }

    /// The browser that it needs.
    pub(super) fn house(&self) -> House {
        let profile = match &self.kind {
            Kind::Profile(name) => Some(name.clone()),
            _ => None,
        };
        House { profile, bound: self.recycle_above, visible: self.visible, flags: Vec::new() }
    }

    /// How many windows there may be at once.
    fn windows(&self) -> usize {
        self.size.unwrap_or(if matches!(self.kind, Kind::Profile(_)) { 1 } else { 2 })
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let wrong = |what: &str| Err(Error::new(ErrorKind::Config, format!("pool `{}` {what}", self.tag)));
        match (&self.kind, self.windows()) {
            (_, 0) => return wrong("has no window; give it a `size` of at least 1"),
            (_, size) if size > Semaphore::MAX_PERMITS => return wrong("is too large"),
            (Kind::Profile(name), 2..) => {
                return wrong(&format!(
                    "has the profile `{name}`, which has one window; leave its `size` out"
                ));
            }
            (Kind::Profile(name), _) if !is_name(name) => {
                return wrong(&format!(
                    "has the profile `{name}`, which is not a name; use letters, digits, `-` and `_`, 64 at most"
                ));
            }
            _ => {}
        }
        if self.recycle_after == Some(0) {
            return wrong("is recycled after 0 runs; give `recycle_after` at least 1");
        }
        if self.recycle_above == Some(0) {
            return wrong("is recycled above 0 bytes; give `recycle_above` more");
        }
        self.outfit.check().or_else(|(key, why)| wrong(&format!("has a wrong `{key}`: {why}")))
    }
}

/// Whether that can be a directory's name everywhere.
fn is_name(name: &str) -> bool {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=64).contains(&name.len()) && name.bytes().all(is_known)
}

/// The slots of a pool: the right to have a window.
pub(super) struct Slots {
    pool: Pool,
    free: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// Somebody has been warned that its windows cannot be cleaned.
    warned: AtomicBool,
}

/// One slot, until it is dropped.
#[derive(Debug)]
pub(super) struct Slot {
    _permit: OwnedSemaphorePermit,
}

impl Slots {
    pub(super) fn new(pool: Pool) -> Self {
        let free = Arc::new(Semaphore::new(pool.windows()));
        Self { pool, free, waiting: AtomicUsize::new(0), warned: AtomicBool::new(false) }
    }

    /// Whether nobody has been warned of its windows yet.
    pub(super) fn warn(&self) -> bool {
        !self.warned.swap(true, Ordering::Relaxed)
    }

    pub(super) fn tag(&self) -> &str {
        self.pool.tag()
    }

    pub(super) fn pool(&self) -> &Pool {
        &self.pool
    }

    pub(super) fn state(&self) -> PoolState {
        let free = self.free.available_permits();
        let waiting = self.waiting.load(Ordering::SeqCst);
        let size = self.pool.windows();
        PoolState { size, free, busy: size - free, waiting }
    }

    /// Takes a slot, in the order in which it is asked for.
    pub(super) async fn take(&self) -> Result<Slot, Error> {
        if let Ok(permit) = self.free.clone().try_acquire_owned() {
            return Ok(Slot { _permit: permit });
        }
        let Pool { tag, queue, wait, .. } = &self.pool;
        let busy = |why: String| Error::new(ErrorKind::PoolBusy, format!("pool `{tag}` is busy: {why}"));
        let _waiting = Waiting::new(self).ok_or_else(|| busy(format!("{queue} runs wait already")))?;
        match tokio::time::timeout(*wait, self.free.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Slot { _permit: permit }),
            Ok(Err(_)) => Err(closed()),
            Err(_) => Err(busy(format!("no window became free within {wait:?}"))),
        }
    }

    /// Takes a slot that is free now.
    pub(super) fn try_take(&self) -> Option<Slot> {
        Some(Slot { _permit: self.free.clone().try_acquire_owned().ok()? })
    }

    /// Refuses all who wait or will ask.
    pub(super) fn close(&self) {
        self.free.close();
    }
}

impl fmt::Debug for Slots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slots").field("tag", &self.tag()).field("state", &self.state()).finish()
    }
}

/// What a run gets that comes after the end.
pub(super) fn closed() -> Error {
    Error::new(ErrorKind::Draining, "this `Webtask` was closed")
}

/// A place in the queue.
struct Waiting<'a>(&'a Slots);

impl<'a> Waiting<'a> {
    fn new(slots: &'a Slots) -> Option<Self> {
        let one_more = |waiting| (waiting < slots.pool.queue).then_some(waiting + 1);
        slots.waiting.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_more).ok()?;
        Some(Self(slots))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}
