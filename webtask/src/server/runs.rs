//! The runs of a server: begun, found, followed and ended by their ids. It knows no request and no answer.

mod drive;
mod id;
mod live;
mod memory;
mod reader;
mod store;

use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::FutureExt as _;
use tracing::Instrument as _;

pub use self::id::RunId;
pub(super) use self::live::{Attendance, Live};
pub use self::memory::MemoryRuns;
pub(super) use self::reader::{Reader, Told};
pub use self::store::{RunEvent, RunKey, RunRecord, RunState, RunStore};

use self::id::ById;
use super::drain::Work;
use crate::{Error, ErrorKind, Json, Run};

/// The runs that go on here, by their ids.
pub(super) type Going = Arc<Mutex<ById<Arc<Live>>>>;

/// All runs that may be asked for.
#[derive(Clone, Debug)]
pub(super) struct Runs {
    pub(super) store: Arc<dyn RunStore>,
    pub(super) going: Going,
    /// How many bytes of a run's events are held for its readers.
    pub(super) event_buffer: usize,
    /// How long a run waits for the reader that it was begun for.
    pub(super) slow_reader_timeout: Duration,
}

/// How a run is to be begun.
pub(super) struct Call {
    /// The slug of its task.
    pub(super) task: Cow<'static, str>,
    pub(super) run: Run<Json>,
    pub(super) work: Work,
    pub(super) key: Option<RunKey>,
    pub(super) way: Way,
}

/// What a run is begun for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Whoever waits for its result.
    Result,
    /// The readers of its events, which hold it back when they do not keep up.
    Events,
    /// Nobody: it goes on alone.
    Detached,
}

/// What came of a call.
pub(super) enum Begun {
    /// A run goes on, and the caller is counted as its reader.
    New(Attendance),
    /// The key is that of another run.
    Known(Arc<RunRecord>),
}

/// A run that may be asked for.
pub(super) enum Found {
    /// It goes on here.
    Going(Arc<Live>),
    /// It is over.
    Over(Arc<RunRecord>),
}

impl Runs {
    /// Begins a run. Unless it is detached, it ends with the last [`Attendance`]; dropping the future ends it, too.
    ///
    /// # Errors
    ///
    /// Why it could not begin: it leaves no trace.
    pub(super) async fn begin(self: &Arc<Self>, call: Call) -> Result<Begun, Error> {
        let live = Arc::new(Live::new(RunId::random(), call.way));
        call.run.name(live.id.bits());
        // For the log of requests.
        tracing::Span::current().record("run", tracing::field::display(live.id));
        let attendance = Attendance::owner(live.clone());
        // Whoever has the key may find the run at once. Nobody else knows it before it has begun.
        let place = call.key.is_some().then(|| Place::new(self, live.clone()));
        let mut drive = Box::pin(drive::drive(self.clone(), live.clone(), call));
        // A run that waits for nothing is over now, and needs no task of its own.
        if drive.as_mut().now_or_never().is_none() {
            let place = place.unwrap_or_else(|| Place::new(self, live.clone()));
            let going = async move {
                drive.await;
                drop(place);
            };
            tokio::spawn(going.in_current_span());
        }
        Ok(match live.begun().await? {
            Some(known) => Begun::Known(known),
            None => Begun::New(attendance),
        })
    }

    /// The run of that id.
    ///
    /// # Errors
    ///
    /// [`UnknownRun`](ErrorKind::UnknownRun), when none is kept.
    pub(super) async fn find(&self, id: &str) -> Result<Found, Error> {
        let unknown = || {
            Error::new(ErrorKind::UnknownRun, "no run has this id; a finished run is kept only for a while")
        };
        let id = id.parse().map_err(|_| unknown())?;
        if let Some(live) = self.going(id) {
            return Ok(Found::Going(live));
        }
        let record = self.load(id).await?.ok_or_else(unknown)?;
        if record.state.is_over() {
            return Ok(Found::Over(record));
        }
        // It may have begun, or ended, meanwhile.
        if let Some(live) = self.going(id) {
            return Ok(Found::Going(live));
        }
        let record = self.load(id).await?.ok_or_else(unknown)?;
        if record.state.is_over() {
            return Ok(Found::Over(record));
        }
        let told = self.store.events(id, 0, usize::MAX).await?.last().map_or(0, |event| event.number);
        Ok(Found::Over(Arc::new(lost(&record, told))))
    }

    async fn load(&self, id: RunId) -> Result<Option<Arc<RunRecord>>, Error> {
        self.store.load(id).await
    }

    /// What is known of a run that was found.
    pub(super) async fn record(&self, found: &Found) -> Result<Arc<RunRecord>, Error> {
        match found {
            Found::Going(live) => match self.load(live.id).await? {
                Some(record) => Ok(record),
                None => live.over().await,
            },
            Found::Over(record) => Ok(record.clone()),
        }
    }

    /// Follows a run from the event after that number.
    pub(super) fn follow(&self, found: Found, after: u64) -> Reader {
        match found {
            Found::Going(live) => Reader::joining(self.store.clone(), Attendance::guest(live), after),
            Found::Over(record) => Reader::late(self.store.clone(), record, after),
        }
    }

    /// Follows a run that was begun for this reader.
    pub(super) fn own(&self, attendance: Attendance) -> Reader {
        Reader::joining(self.store.clone(), attendance, 0)
    }

    fn going(&self, id: RunId) -> Option<Arc<Live>> {
        self.table().get(&id).cloned()
    }

    fn table(&self) -> MutexGuard<'_, ById<Arc<Live>>> {
        self.going.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A run's place among those that go on, until it is dropped.
struct Place {
    runs: Arc<Runs>,
    live: Arc<Live>,
}

impl Place {
    fn new(runs: &Arc<Runs>, live: Arc<Live>) -> Self {
        runs.table().insert(live.id, live.clone());
        Self { runs: runs.clone(), live }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.runs.table().remove(&self.live.id);
        self.live.proceed(|progress| progress.gone = true);
    }
}

/// The record of a run that ended with its server.
fn lost(record: &RunRecord, told: u64) -> RunRecord {
    let error =
        Error::new(ErrorKind::Internal, "the server ended before the run did").in_task(record.task.clone());
    RunRecord {
        state: RunState::Failed,
        error: serde_json::value::to_raw_value(&error).ok(),
        last: Some(told + 1),
        ..record.clone()
    }
}
