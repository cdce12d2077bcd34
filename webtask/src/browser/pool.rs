//! Pools: how many windows may be used at once, and who waits for one. It knows no browser.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::outfit::Outfit;
use crate::{Error, ErrorKind};

/// The settings of a pool of windows. Each run has a window of its own, in a context that nothing else sees.
///
/// ```
/// use std::time::Duration;
/// use webtask::Pool;
///
/// let pool = Pool::new("default").size(4).queue(100).wait(Duration::from_secs(5));
/// ```
#[derive(Clone, Debug)]
pub struct Pool {
    tag: String,
    size: usize,
    queue: usize,
    wait: Duration,
    pub(super) outfit: Arc<Outfit>,
    /// The settings that were given, by their keys.
    said: Vec<&'static str>,
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
    /// A pool that recipes name by that tag: two windows, 64 runs may wait, each for ten seconds.
    pub fn new(tag: impl Into<String>) -> Self {
        Self {
            tag: tag.into(),
            size: 2,
            queue: 64,
            wait: Duration::from_secs(10),
            outfit: Arc::default(),
            said: Vec::new(),
        }
    }

    /// How many windows may be used at once.
    #[must_use]
    pub fn size(mut self, size: usize) -> Self {
        self.size = size;
        self.say("size")
    }

    /// How many runs may wait for a window. One more is refused at once, with
    /// [`PoolBusy`](crate::ErrorKind::PoolBusy).
    #[must_use]
    pub fn queue(mut self, runs: usize) -> Self {
        self.queue = runs;
        self.say("queue")
    }

    /// How long a run may wait for a window, before it is refused with [`PoolBusy`](crate::ErrorKind::PoolBusy).
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

    /// The settings that were given.
    pub(crate) fn said(&self) -> &[&'static str] {
        &self.said
    }

    pub(crate) fn tag(&self) -> &str {
        &self.tag
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let wrong = |what: &str| Err(Error::new(ErrorKind::Config, format!("pool `{}` {what}", self.tag)));
        match self.size {
            0 => wrong("has no window; give it a `size` of at least 1"),
            size if size > Semaphore::MAX_PERMITS => wrong("is too large"),
            _ => self.outfit.check().or_else(|(key, why)| wrong(&format!("has a wrong `{key}`: {why}"))),
        }
    }
}

/// The slots of a pool: the right to have a window.
pub(super) struct Slots {
    pool: Pool,
    free: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// One slot, until it is dropped.
#[derive(Debug)]
pub(super) struct Slot {
    _permit: OwnedSemaphorePermit,
}

impl Slots {
    pub(super) fn new(pool: Pool) -> Self {
        let free = Arc::new(Semaphore::new(pool.size));
        Self { pool, free, waiting: AtomicUsize::new(0) }
    }

    pub(super) fn tag(&self) -> &str {
        self.pool.tag()
    }

    pub(super) fn outfit(&self) -> &Arc<Outfit> {
        &self.pool.outfit
    }

    pub(super) fn state(&self) -> PoolState {
        let free = self.free.available_permits();
        let waiting = self.waiting.load(Ordering::SeqCst);
        PoolState { size: self.pool.size, free, busy: self.pool.size - free, waiting }
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
