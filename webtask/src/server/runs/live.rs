//! A run that goes on, as it is seen from outside: how far it is, who reads it, and whether it is to end. It knows no
//! store, and nothing of how the run is advanced.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use super::{RunId, RunRecord, Way};
use crate::{Error, ErrorKind};

/// A run that goes on.
#[derive(Debug)]
pub(in super::super) struct Live {
    pub(in super::super) id: RunId,
    /// Whether it goes on when nobody reads it.
    detached: bool,
    standing: Mutex<Standing>,
    /// Rings when those who read it, or wait for it, have something to see.
    outside: Notify,
    /// Rings when the run itself has: it is to end, or its owner has read on.
    inside: Notify,
}

/// What is known of it now.
#[derive(Debug)]
struct Standing {
    progress: Progress,
    begun: Option<Beginning>,
    cancel: Option<Why>,
    readers: usize,
    /// Whether the reader that it was begun for is still there.
    owned: bool,
    /// The number of the event that this one has read last.
    read: u64,
}

/// That a run has begun, or which run has its key already, or why it does not begin.
pub(super) type Beginning = Result<Option<Arc<RunRecord>>, Error>;

/// How far a run is.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress {
    /// How many events it has told, without the last one.
    pub(super) told: u64,
    /// Set when its owner did not keep up.
    pub(super) slow: Option<Why>,
    pub(super) over: Option<Arc<RunRecord>>,
    /// Whether nobody advances it any more.
    pub(super) gone: bool,
}

/// Why a run is ended from outside.
#[derive(Clone, Copy, Debug)]
pub(super) enum Why {
    Asked,
    Left,
    Slow(usize, Duration),
    Behind,
}

impl Live {
    pub(super) fn new(id: RunId, way: Way) -> Self {
        let standing = Standing {
            progress: Progress::default(),
            begun: None,
            cancel: None,
            readers: 0,
            owned: false,
            read: if way == Way::Events { 0 } else { u64::MAX },
        };
        Self {
            id,
            detached: way == Way::Detached,
            standing: Mutex::new(standing),
            outside: Notify::new(),
            inside: Notify::new(),
        }
    }

    /// Waits for the run's end.
    pub(in super::super) async fn over(&self) -> Result<Arc<RunRecord>, Error> {
        let over = |now: &mut Standing| match &now.progress.over {
            Some(record) => Some(Ok(record.clone())),
            None => now.progress.gone.then(|| Err(gone())),
        };
        self.wait(&self.outside, over).await
    }

    /// Ends the run, wherever it is.
    pub(in super::super) fn cancel(&self) {
        self.end(Why::Asked);
    }

    /// Waits until it has begun, or does not.
    pub(super) async fn begun(&self) -> Beginning {
        let broken = || Err(Error::new(ErrorKind::Internal, "a run ended before it began"));
        let begun = |now: &mut Standing| now.begun.take().or_else(|| now.progress.gone.then(broken));
        self.wait(&self.outside, begun).await
    }

    pub(super) fn begin(&self, begun: Beginning) {
        self.standing().begun = Some(begun);
        self.outside.notify_waiters();
    }

    /// How far it is.
    pub(super) fn progress(&self) -> Progress {
        self.standing().progress.clone()
    }

    /// It is further.
    pub(super) fn proceed(&self, further: impl FnOnce(&mut Progress)) {
        further(&mut self.standing().progress);
        self.outside.notify_waiters();
    }

    /// Waits until there is more to tell whoever has heard so much.
    pub(super) async fn more(&self, after: u64, owner: bool) {
        let more = |now: &mut Standing| {
            let Progress { told, slow, over, gone } = &now.progress;
            (*told > after || over.is_some() || *gone || (owner && slow.is_some())).then_some(())
        };
        self.wait(&self.outside, more).await;
    }

    /// Why it is to end, if it is.
    pub(super) fn why(&self) -> Option<Error> {
        self.standing().cancel.map(Why::error)
    }

    /// Waits until it is to end.
    pub(super) async fn ended(&self) -> Error {
        self.wait(&self.inside, |now| now.cancel).await.error()
    }

    /// Waits until its owner has read that event.
    pub(super) async fn has_read(&self, number: u64) {
        self.wait(&self.inside, |now| (now.read >= number).then_some(())).await;
    }

    /// The number of the event that its owner has read last.
    pub(super) fn read(&self) -> u64 {
        self.standing().read
    }

    /// Whether anybody reads it whom it was not begun for.
    pub(super) fn has_guests(&self) -> bool {
        let standing = self.standing();
        standing.readers > usize::from(standing.owned)
    }

    /// The owner has left, or is asked to leave; it is counted once.
    pub(super) fn disown(&self, why: Why) {
        let mut standing = self.standing();
        if !std::mem::take(&mut standing.owned) {
            return;
        }
        standing.read = u64::MAX;
        let goes_on = standing.progress.over.is_none();
        drop(standing);
        if goes_on {
            self.inside.notify_waiters();
        }
        self.leave(why);
    }

    fn leave(&self, why: Why) {
        let mut standing = self.standing();
        standing.readers -= 1;
        let last = standing.readers == 0 && !self.detached && standing.progress.over.is_none();
        drop(standing);
        if last {
            self.end(why);
        }
    }

    fn end(&self, why: Why) {
        self.standing().cancel.get_or_insert(why);
        self.inside.notify_waiters();
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn wait<T>(&self, bell: &Notify, mut look: impl FnMut(&mut Standing) -> Option<T>) -> T {
        loop {
            // It hears what rings from here on, so nothing is missed between the look and the wait.
            let rung = bell.notified();
            if let Some(seen) = look(&mut self.standing()) {
                return seen;
            }
            rung.await;
        }
    }
}

/// The presence of somebody who reads a run, or waits for it: a run that nobody attends ends, unless it is detached.
#[derive(Debug)]
pub(in super::super) struct Attendance {
    live: Arc<Live>,
    pub(super) owner: bool,
}

impl Attendance {
    pub(super) fn owner(live: Arc<Live>) -> Self {
        {
            let mut standing = live.standing();
            standing.owned = true;
            standing.readers += 1;
        }
        Self { live, owner: true }
    }

    pub(super) fn guest(live: Arc<Live>) -> Self {
        live.standing().readers += 1;
        Self { live, owner: false }
    }

    /// The run.
    pub(in super::super) fn live(&self) -> &Live {
        &self.live
    }

    /// The run, without a presence.
    pub(in super::super) fn share(&self) -> Arc<Live> {
        self.live.clone()
    }

    /// Its reader has read that event.
    pub(super) fn reads(&self, number: u64) {
        if !self.owner {
            return;
        }
        let mut standing = self.live.standing();
        // Only ever forward: whoever was disowned does not hold the run back again.
        if standing.read < number {
            standing.read = number;
            drop(standing);
            self.live.inside.notify_waiters();
        }
    }
}

impl Drop for Attendance {
    fn drop(&mut self) {
        if self.owner {
            self.live.disown(Why::Left);
        } else {
            self.live.leave(Why::Left);
        }
    }
}

impl Why {
    pub(super) fn error(self) -> Error {
        match self {
            Self::Asked => Error::new(ErrorKind::Cancelled, "the run was cancelled"),
            Self::Left => Error::new(ErrorKind::Cancelled, "the last reader of the run left"),
            Self::Slow(event_buffer, slow_reader_timeout) => Error::new(
                ErrorKind::SlowReader,
                format!(
                    "the reader did not keep up: {} KiB of events were unread for {slow_reader_timeout:?}",
                    event_buffer / 1024
                ),
            ),
            Self::Behind => Error::new(
                ErrorKind::SlowReader,
                "the reader did not keep up: what it has not read is no longer held; ask again with `?after=N`",
            ),
        }
    }
}

pub(super) fn gone() -> Error {
    Error::new(ErrorKind::Internal, "a run ended without a word")
}
