//! Runs kept in memory: the latest ones, within bounds of time, number and size. It knows no request.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures::FutureExt as _;
use futures::future::{BoxFuture, ready};

use super::id::ById;
use super::{RunEvent, RunId, RunRecord, RunStore};
use crate::{Error, ErrorKind};

/// Keeps runs in memory, where they end with the process.
///
/// ```
/// use std::time::Duration;
/// use webtask::{Webtask, server::{MemoryRuns, Server}};
///
/// # fn main() -> Result<(), webtask::Error> {
/// let webtask = Webtask::builder().build()?;
/// let runs = MemoryRuns::new().for_time(Duration::from_secs(3600)).at_most(10_000).within_bytes(256 << 20);
/// let server = Server::new(&webtask, []).store(runs);
/// # Ok(()) }
/// ```
///
/// A run that is over is forgotten after ten minutes, or before when there is no room for another one: the oldest first.
/// One that goes on alone, or that has an `Idempotency-Key`, keeps its place, for a key is worth something only while it
/// lives. When such runs take all the room, new ones of these two kinds are refused with
/// [`Overloaded`](ErrorKind::Overloaded).
///
/// A run that its caller attends is kept from when it begins. It takes no room before it is over, and is never refused
/// here: it is bounded by the connections of its readers, and what it holds for them by the server's
/// [event_buffer](super::super::Server::event_buffer).
pub struct MemoryRuns {
    keep: Duration,
    count: usize,
    bytes: usize,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    runs: ById<Kept>,
    keys: HashMap<String, RunId>,
    /// Those that are over, the oldest first.
    over: VecDeque<(Instant, RunId)>,
    /// Those of them that have a key.
    keyed: VecDeque<(Instant, RunId)>,
    /// How many runs take room, and how much.
    count: usize,
    bytes: usize,
}

struct Kept {
    record: Arc<RunRecord>,
    events: VecDeque<Arc<RunEvent>>,
    bytes: usize,
    /// Whether it takes room: one that is attended does not.
    counts: bool,
}

impl MemoryRuns {
    pub(crate) const TIME: Duration = Duration::from_secs(600);
    pub(crate) const COUNT: usize = 1000;
    pub(crate) const BYTES: usize = 64 << 20;

    /// Keeps a thousand runs, each for ten minutes after its end, in 64 MiB.
    #[must_use]
    pub fn new() -> Self {
        Self { keep: Self::TIME, count: Self::COUNT, bytes: Self::BYTES, inner: Mutex::default() }
    }

    /// For how long a run is kept when it is over, and how long an `Idempotency-Key` lives: ten minutes by default.
    #[must_use]
    pub fn for_time(mut self, time: Duration) -> Self {
        self.keep = time;
        self
    }

    /// How many runs are kept, with those that go on alone: 1000 by default.
    #[must_use]
    pub fn at_most(mut self, runs: usize) -> Self {
        self.count = runs;
        self
    }

    /// How many bytes the runs may take, with their results and events, about: 64 MiB by default. The run that ended last
    /// is kept however large it is.
    #[must_use]
    pub fn within_bytes(mut self, bytes: usize) -> Self {
        self.bytes = bytes;
        self
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what is too old.
    fn current(&self) -> MutexGuard<'_, Inner> {
        let mut inner = self.inner();
        inner.expire(self.keep, Instant::now());
        inner
    }

    fn take_in(&self, run: RunRecord) -> Result<Option<Arc<RunRecord>>, Error> {
        if is_attended(&run) {
            // Nobody knows it before it has begun, and then it is put here.
            return Ok(None);
        }
        let run = Arc::new(run);
        let mut inner = self.current();
        if let Some(key) = &run.key
            && let Some(known) = inner.keys.get(&key.key).and_then(|id| inner.runs.get(id))
        {
            return Ok(Some(known.record.clone()));
        }
        while inner.count >= self.count || inner.bytes > self.bytes {
            let Some((_, oldest)) = inner.over.pop_front() else {
                let message = format!("the server keeps {} runs, and has no room for more", inner.count);
                return Err(Error::new(ErrorKind::Overloaded, message));
            };
            inner.forget(oldest);
        }
        if let Some(key) = &run.key {
            inner.keys.insert(key.key.clone(), run.id);
        }
        let id = run.id;
        inner.runs.insert(id, Kept::new(run));
        inner.count(id);
        Ok(None)
    }

    fn put(&self, run: Arc<RunRecord>) {
        let (id, over, keyed, now) = (run.id, run.state.is_over(), run.key.is_some(), Instant::now());
        // What goes is dropped when others may have their turn again: most of the time one run, for the one that comes.
        let mut _oldest;
        let mut inner = self.inner();
        let was_over = match inner.runs.get_mut(&id) {
            Some(kept) => {
                let (size, before) = (run.size(), kept.record.size());
                let was_over = kept.record.state.is_over();
                kept.bytes = kept.bytes + size - before;
                kept.record = run;
                if kept.counts {
                    inner.bytes = inner.bytes + size - before;
                }
                was_over
            }
            None if is_attended(&run) => {
                inner.runs.insert(id, Kept::new(run));
                false
            }
            None => return,
        };
        if over && !was_over {
            inner.count(id);
            let line = if keyed { &mut inner.keyed } else { &mut inner.over };
            line.push_back((now, id));
        }
        while (inner.bytes > self.bytes || inner.count > self.count)
            && let Some((_, oldest)) = inner.over.pop_front_if(|(_, oldest)| *oldest != id)
        {
            _oldest = inner.forget(oldest);
        }
        inner.expire(self.keep, now);
    }

    fn add(&self, id: RunId, event: RunEvent, first: u64) {
        let mut inner = self.inner();
        let Some(kept) = inner.runs.get_mut(&id) else { return };
        let before = kept.bytes;
        while let Some(old) = kept.events.pop_front_if(|event| event.number < first) {
            kept.bytes -= old.size();
        }
        kept.bytes += event.size();
        kept.events.push_back(Arc::new(event));
        let after = kept.bytes;
        if kept.counts {
            inner.bytes = inner.bytes + after - before;
        }
    }

    fn list(&self, id: RunId, after: u64, limit: usize) -> Vec<Arc<RunEvent>> {
        let inner = self.current();
        let Some(kept) = inner.runs.get(&id) else { return Vec::new() };
        // Each has the number after the last one's.
        let first = kept.events.front().map_or(0, |event| event.number);
        let begin = usize::try_from(after.saturating_add(1).saturating_sub(first)).unwrap_or(usize::MAX);
        kept.events.range(begin.min(kept.events.len())..).take(limit).cloned().collect()
    }
}

/// Whether somebody waits for it, or reads it, and nobody may ask for it by a key.
fn is_attended(run: &RunRecord) -> bool {
    !run.detached && run.key.is_none()
}

impl Kept {
    fn new(record: Arc<RunRecord>) -> Self {
        let bytes = record.size();
        Self { record, events: VecDeque::new(), bytes, counts: false }
    }
}

impl Default for MemoryRuns {
    fn default() -> Self {
        Self::new()
    }
}

impl Inner {
    fn expire(&mut self, keep: Duration, now: Instant) {
        let old = |(ended, _): &mut (Instant, RunId)| now.saturating_duration_since(*ended) >= keep;
        while let Some((_, id)) = self.over.pop_front_if(old) {
            self.forget(id);
        }
        while let Some((_, id)) = self.keyed.pop_front_if(old) {
            self.forget(id);
        }
    }

    /// From now on the run takes room.
    fn count(&mut self, id: RunId) {
        if let Some(kept) = self.runs.get_mut(&id).filter(|kept| !kept.counts) {
            kept.counts = true;
            self.count += 1;
            self.bytes += kept.bytes;
        }
    }

    fn forget(&mut self, id: RunId) -> Option<Kept> {
        let kept = self.runs.remove(&id)?;
        if kept.counts {
            self.count -= 1;
            self.bytes -= kept.bytes;
        }
        if let Some(key) = &kept.record.key {
            self.keys.remove(&key.key);
        }
        Some(kept)
    }
}

impl RunStore for MemoryRuns {
    fn create(&self, run: RunRecord) -> BoxFuture<'_, Result<Option<Arc<RunRecord>>, Error>> {
        ready(self.take_in(run)).boxed()
    }

    fn update(&self, run: Arc<RunRecord>) -> BoxFuture<'_, Result<(), Error>> {
        self.put(run);
        ready(Ok(())).boxed()
    }

    fn append(&self, id: RunId, event: RunEvent, first: u64) -> BoxFuture<'_, Result<(), Error>> {
        self.add(id, event, first);
        ready(Ok(())).boxed()
    }

    fn load(&self, id: RunId) -> BoxFuture<'_, Result<Option<Arc<RunRecord>>, Error>> {
        ready(Ok(self.current().runs.get(&id).map(|kept| kept.record.clone()))).boxed()
    }

    fn events(
        &self,
        id: RunId,
        after: u64,
        limit: usize,
    ) -> BoxFuture<'_, Result<Vec<Arc<RunEvent>>, Error>> {
        ready(Ok(self.list(id, after, limit))).boxed()
    }

    fn remove(&self, id: RunId) -> BoxFuture<'_, Result<(), Error>> {
        self.inner().forget(id);
        ready(Ok(())).boxed()
    }

    fn keep(&self) -> Duration {
        self.keep
    }
}

impl fmt::Debug for MemoryRuns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryRuns")
            .field("keep", &self.keep)
            .field("count", &self.count)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
