//! A run on its way: advanced in a task of its own, its events stored, its end told. It knows no reader.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures::FutureExt as _;
use serde_json::value::to_raw_value;
use tokio::task::coop::consume_budget;
use tokio::task::yield_now;
use tokio::time::timeout;

use super::super::drain::Work;
use super::super::reject::shown;
use super::live::{Why, gone};
use super::{Call, Live, RunEvent, RunRecord, RunState, Runs, Way};
use crate::large::{LARGE, apart};
use crate::report::{Failed, report};
use crate::{Error, ErrorKind, Event, Json, Run};

/// How many bytes of events are told before others have their turn.
const TURN: usize = 32 * 1024;

/// How many bytes of events are held of a run whose only reader has read them: nobody is promised them again.
const READ: usize = 4 * 1024;

/// Advances a run to its end. It is not an `async fn`, which would keep all that it is given twice.
pub(super) fn drive(runs: Arc<Runs>, live: Arc<Live>, call: Call) -> impl Future<Output = ()> + Send {
    let Call { task, mut run, mut work, key, way } = call;
    let record = RunRecord::new(live.id, task, way == Way::Detached, key);
    async move {
        let mut drive = Drive { runs: &runs, live: &live, record, begun: false, told: 0 };
        let created = runs.store.create(drive.record.clone()).await;
        match created {
            Ok(None) => {
                let result = drive.advance(&mut run, &mut work).await;
                // Its window is given back before anybody hears of its end.
                drop(run);
                drive.close(result).await;
            }
            // When this fails, nobody is there to hear it.
            other => live.begin(other),
        }
    }
}

/// A run that is stored.
struct Drive<'a> {
    runs: &'a Runs,
    live: &'a Live,
    record: RunRecord,
    /// Whether the caller was told that it has begun.
    begun: bool,
    told: u64,
}

impl Drive<'_> {
    /// The run's result.
    async fn advance(&mut self, run: &mut Run<Json>, work: &mut Work) -> Result<Json, Error> {
        if self.record.detached {
            // What is known at once is refused at once; for the rest nobody waits.
            work.within(async { run.start().now_or_never().unwrap_or(Ok(())) }).await?;
            self.begin();
        }
        work.within(pin!(unless_ended(self.live, pin!(run.start())))).await?;
        self.record.state = RunState::Running;
        self.record.started = Some(SystemTime::now());
        if let Some(result) = run.end() {
            // It waits for nothing any more: its end is all that there is to store.
            self.begin();
            return result;
        }
        self.runs.store.update(Arc::new(self.record.clone())).await?;
        self.begin();
        // In a box, for most of what every run takes would be the room for it.
        let (live, telling) = (self.live, Box::pin(self.tell(run)));
        work.within(pin!(unless_ended(live, telling))).await
    }

    fn begin(&mut self) {
        if !std::mem::replace(&mut self.begun, true) {
            self.live.begin(Ok(None));
        }
    }

    /// Stores every event but the last, whose content it returns.
    async fn tell(&mut self, run: &mut Run<Json>) -> Result<Json, Error> {
        let mut ring = Ring { first: 1, sizes: VecDeque::new(), bytes: 0 };
        let mut turn = 0;
        while let Some(event) = run.next().await {
            match event {
                Event::Done(result) => return Ok(result),
                Event::Failed(error) => return Err(error),
                event => {
                    let size = if event.is_large() { LARGE } else { 0 };
                    let number = self.told + 1;
                    let event = apart(size, move || RunEvent::new(number, &event)).await;
                    let size = event.size();
                    self.make_room(&mut ring, size).await;
                    ring.push(size);
                    self.runs.store.append(self.live.id, event, ring.first).await?;
                    self.told += 1;
                    self.live.proceed(|progress| progress.told = self.told);
                    // A run that never waits is neither to be the only one nor to be past all ending.
                    turn += size;
                    if turn > TURN {
                        turn = 0;
                        yield_now().await;
                    } else {
                        consume_budget().await;
                    }
                }
            }
        }
        Err(gone())
    }

    /// Forgets old events, those that the owner has not read only when it took too long.
    async fn make_room(&self, ring: &mut Ring, size: usize) {
        // Who comes again asks for a run that goes on alone, or has a key; and guests read at their own pace.
        if !self.record.detached && self.record.key.is_none() && !self.live.has_guests() {
            let read = self.live.read();
            while ring.bytes + size > READ && ring.first <= read && !ring.sizes.is_empty() {
                ring.pop();
            }
        }
        while ring.bytes + size > self.runs.event_buffer && !ring.sizes.is_empty() {
            if timeout(self.runs.slow_reader_timeout, self.live.has_read(ring.first)).await.is_err() {
                let why = Why::Slow(self.runs.event_buffer, self.runs.slow_reader_timeout);
                self.live.proceed(|progress| progress.slow = Some(why));
                self.live.disown(why);
            }
            ring.pop();
        }
    }

    /// How long it took, if it began.
    fn took(&self) -> Option<Duration> {
        let (started, ended) = (self.record.started?, self.record.ended?);
        ended.duration_since(started).ok()
    }

    async fn close(mut self, result: Result<Json, Error>) {
        self.record.ended = Some(SystemTime::now());
        self.record.last = Some(self.told + 1);
        let mut refused = None;
        match result {
            Ok(result) => {
                self.record.state = RunState::Done;
                self.record.result = Some(result);
            }
            Err(error) => {
                // What ends a run from outside, the run itself does not tell.
                if !error.is_logged() {
                    let (task, run, took) = (&*self.record.task, &self.live.id, self.took());
                    report(&Failed { error: &error, task, run, took });
                }
                let error = shown(error.logged()).in_task(self.record.task.clone());
                let cancelled = error.kind() == ErrorKind::Cancelled;
                self.record.state = if cancelled { RunState::Cancelled } else { RunState::Failed };
                self.record.error = to_raw_value(&error).ok();
                refused = Some(error).filter(|_| !self.begun);
            }
        }
        let record = Arc::new(self.record);
        let stored = match self.begun {
            true => self.runs.store.update(record.clone()).await,
            false => self.runs.store.remove(self.live.id).await,
        };
        if let Err(error) = stored {
            tracing::error!(error = &error as &dyn std::error::Error, "the store of runs failed");
        }
        self.live.proceed(|progress| progress.over = Some(record));
        if let Some(error) = refused {
            self.live.begin(Err(error));
        }
    }
}

/// How large the events are that are not forgotten.
struct Ring {
    /// The number of the oldest of them.
    first: u64,
    sizes: VecDeque<usize>,
    bytes: usize,
}

impl Ring {
    fn push(&mut self, size: usize) {
        self.sizes.push_back(size);
        self.bytes += size;
    }

    fn pop(&mut self) {
        if let Some(size) = self.sizes.pop_front() {
            self.bytes -= size;
            self.first += 1;
        }
    }
}

/// What the future gives, unless the run is ended from outside. Whoever hands over the future itself, and not where it
/// stands, has it kept twice.
async fn unless_ended<T>(live: &Live, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    if let Some(error) = live.why() {
        return Err(error);
    }
    // The work first: most of what waits for nothing is over at once, and has nobody ring for it.
    tokio::select! {
        biased;
        result = work => result,
        error = live.ended() => Err(error),
    }
}
