//! One reader of a run's events: where it stands among them, and what it is told next. It knows no bytes.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::watch;

use super::store::one_line;
use super::{Attendance, Progress, RunEvent, RunRecord, RunStore, Why};
use crate::event::{failure, success, unsplit};
use crate::{Error, Json};

/// How many events are taken from the store at once.
const BATCH: usize = 32;

/// A reader. A run that goes on counts it until it is dropped, or has heard the end.
pub(in super::super) struct Reader {
    store: Arc<dyn RunStore>,
    id: super::RunId,
    progress: watch::Receiver<Progress>,
    attendance: Option<Attendance>,
    /// The number of the last event that it was told.
    after: u64,
    batch: VecDeque<Arc<RunEvent>>,
    /// Whether it has looked for events before.
    begun: bool,
    over: bool,
}

/// What a reader is told.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Told {
    /// The number in the run; none when it is said to this reader alone.
    pub(in super::super) number: Option<u64>,
    pub(in super::super) name: String,
    pub(in super::super) data: String,
}

impl Reader {
    /// A reader of a run that goes on, or went on until now.
    pub(super) fn joining(store: Arc<dyn RunStore>, attendance: Attendance, after: u64) -> Self {
        let progress = attendance.live().progress.subscribe();
        Self::new(store, attendance.live().id, progress, Some(attendance), after)
    }

    /// A reader of a run that is over.
    pub(super) fn late(store: Arc<dyn RunStore>, record: Arc<RunRecord>, after: u64) -> Self {
        let id = record.id;
        let told = record.last.map_or(0, |last| last.saturating_sub(1));
        let (_, progress) = watch::channel(Progress { told, over: Some(record), ..Progress::default() });
        Self::new(store, id, progress, None, after)
    }

    fn new(
        store: Arc<dyn RunStore>,
        id: super::RunId,
        progress: watch::Receiver<Progress>,
        attendance: Option<Attendance>,
        after: u64,
    ) -> Self {
        Self { store, id, progress, attendance, after, batch: VecDeque::new(), begun: false, over: false }
    }

    /// Whether it has heard all already, the end too.
    pub(in super::super) fn is_over(&self) -> bool {
        let over = &self.progress.borrow().over;
        self.over || over.as_ref().is_some_and(|record| record.last.is_some_and(|last| self.after >= last))
    }

    /// What comes next, none after the end. It may be dropped and asked again: nothing is lost.
    pub(in super::super) async fn next(&mut self) -> Option<Told> {
        loop {
            if self.is_over() {
                self.attendance = None;
                return None;
            }
            let progress = self.progress.borrow_and_update().clone();
            let owner = self.attendance.as_ref().is_some_and(|attendance| attendance.owner);
            if let (true, Some(why), None) = (owner, progress.slow, &progress.over) {
                return Some(self.fail(&why.error()));
            }
            if let Some(event) = self.batch.pop_front() {
                return Some(self.take(&event));
            }
            if self.after < progress.told {
                match self.store.events(self.id, self.after, BATCH).await {
                    Ok(events) => self.batch = events.into(),
                    Err(error) => return Some(self.fail(&super::super::reject::shown(error))),
                }
                let next = self.batch.front().map_or(progress.told + 1, |event| event.number);
                let fresh = !std::mem::replace(&mut self.begun, true);
                if next > self.after + 1 {
                    return Some(match fresh || progress.over.is_some() {
                        true => self.gap(next),
                        false => self.fail(&Why::Behind.error()),
                    });
                }
                continue;
            }
            self.begun = true;
            if let Some(record) = progress.over {
                self.over = true;
                self.attendance = None;
                return Some(last(&record));
            }
            if progress.gone || self.progress.changed().await.is_err() {
                return Some(self.fail(&super::gone()));
            }
        }
    }

    fn take(&mut self, event: &RunEvent) -> Told {
        self.after = event.number;
        if let Some(attendance) = self.attendance.as_ref().filter(|attendance| attendance.owner) {
            // Only ever forward: whoever was disowned does not hold the run back again.
            attendance.live().read.send_if_modified(|read| {
                let forward = *read < event.number;
                *read = event.number.max(*read);
                forward
            });
        }
        Told { number: Some(event.number), name: event.name.clone(), data: event.data.clone() }
    }

    /// Says that events are lost.
    fn gap(&mut self, next: u64) -> Told {
        let data = json!({ "after": self.after, "next": next }).to_string();
        self.after = next - 1;
        Told { number: Some(self.after), name: "gap".into(), data }
    }

    fn fail(&mut self, error: &Error) -> Told {
        self.over = true;
        self.attendance = None;
        Told { number: None, name: "error".into(), data: failure(error) }
    }
}

/// The last event of a run.
fn last(record: &RunRecord) -> Told {
    let (name, data) = match (&record.result, &record.error) {
        (Some(result), _) => ("done", success(result)),
        (None, Some(error)) => ("error", stored_failure(error)),
        (None, None) => ("error", failure(&super::gone())),
    };
    Told { number: record.last, name: name.into(), data: one_line(data) }
}

/// A stored error as the data of an `error` event.
fn stored_failure(error: &Json) -> String {
    let error: Value = serde_json::from_str(error.get()).unwrap_or_default();
    unsplit(
        json!({
            "message": error["message"],
            "code": error["code"],
            "step": error["step"],
            "retryable": error["retryable"],
        })
        .to_string(),
    )
}
