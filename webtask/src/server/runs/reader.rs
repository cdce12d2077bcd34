//! One reader of a run's events: where it stands among them, and what it is told next. It knows no bytes.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::{Value, json};

use super::live::{Progress, Why, gone};
use super::store::one_line;
use super::{Attendance, RunEvent, RunRecord, RunStore};
use crate::event::{done, failure, unsplit};
use crate::large::apart;
use crate::{Error, Json};

/// How many events are taken from the store at once.
const BATCH: usize = 32;

/// A reader. A run that goes on counts it until it is dropped, or has heard the end.
pub(in super::super) struct Reader {
    store: Arc<dyn RunStore>,
    id: super::RunId,
    /// None when the run was over before, and when nothing is to come.
    attendance: Option<Attendance>,
    /// The run, when it was over before.
    record: Option<Arc<RunRecord>>,
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
    pub(in super::super) event: Arc<RunEvent>,
}

impl Told {
    fn new(number: Option<u64>, name: &str, data: String) -> Self {
        let event = RunEvent { number: number.unwrap_or_default(), name: name.to_owned(), data };
        Self { number, event: Arc::new(event) }
    }
}

impl Reader {
    /// A reader of a run that goes on, or went on until now.
    pub(super) fn joining(store: Arc<dyn RunStore>, attendance: Attendance, after: u64) -> Self {
        Self::new(store, attendance.live().id, Some(attendance), None, after)
    }

    /// A reader of a run that is over.
    pub(super) fn late(store: Arc<dyn RunStore>, record: Arc<RunRecord>, after: u64) -> Self {
        Self::new(store, record.id, None, Some(record), after)
    }

    fn new(
        store: Arc<dyn RunStore>,
        id: super::RunId,
        attendance: Option<Attendance>,
        record: Option<Arc<RunRecord>>,
        after: u64,
    ) -> Self {
        Self { store, id, attendance, record, after, batch: VecDeque::new(), begun: false, over: false }
    }

    /// Whether it has heard all already, the end too.
    pub(in super::super) fn is_over(&self) -> bool {
        self.over || self.has_heard(&self.progress())
    }

    fn has_heard(&self, progress: &Progress) -> bool {
        progress.over.as_ref().and_then(|record| record.last).is_some_and(|last| self.after >= last)
    }

    /// How far the run is.
    fn progress(&self) -> Progress {
        match (&self.attendance, &self.record) {
            (Some(attendance), _) => attendance.live().progress(),
            (None, Some(record)) => Progress {
                told: record.last.map_or(0, |last| last.saturating_sub(1)),
                over: Some(record.clone()),
                ..Progress::default()
            },
            (None, None) => Progress { gone: true, ..Progress::default() },
        }
    }

    /// What comes next, none after the end. It may be dropped and asked again: nothing is lost.
    pub(in super::super) async fn next(&mut self) -> Option<Told> {
        loop {
            let progress = self.progress();
            if self.over || self.has_heard(&progress) {
                self.over = true;
                self.attendance = None;
                return None;
            }
            let owner = self.attendance.as_ref().is_some_and(|attendance| attendance.owner);
            if let (true, Some(why), None) = (owner, progress.slow, &progress.over) {
                return Some(self.fail(&why.error()));
            }
            if let Some(event) = self.batch.pop_front() {
                return Some(self.take(event));
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
                return Some(apart(record.size(), move || last(&record)).await);
            }
            match &self.attendance {
                Some(attendance) if !progress.gone => attendance.live().more(self.after, owner).await,
                _ => return Some(self.fail(&gone())),
            }
        }
    }

    fn take(&mut self, event: Arc<RunEvent>) -> Told {
        self.after = event.number;
        if let Some(attendance) = &self.attendance {
            attendance.reads(event.number);
        }
        Told { number: Some(event.number), event }
    }

    /// Says that events are lost.
    fn gap(&mut self, next: u64) -> Told {
        let data = json!({ "after": self.after, "next": next }).to_string();
        self.after = next - 1;
        Told::new(Some(self.after), "gap", data)
    }

    fn fail(&mut self, error: &Error) -> Told {
        self.over = true;
        self.attendance = None;
        Told::new(None, "error", failure(error))
    }
}

/// The last event of a run.
fn last(record: &RunRecord) -> Told {
    let (name, data) = match (&record.result, &record.error) {
        (Some(result), _) => ("done", done(result.get())),
        (None, Some(error)) => ("error", stored_failure(error)),
        (None, None) => ("error", failure(&gone())),
    };
    Told::new(record.last, name, one_line(data))
}

/// A stored error as the data of an `error` event, which does not name the task.
fn stored_failure(error: &Json) -> String {
    let error: Value = serde_json::from_str(error.get()).unwrap_or_default();
    let mut data = json!({
        "message": error["message"],
        "code": error["code"],
        "step": error["step"],
        "retryable": error["retryable"],
    });
    for name in ["page", "status", "failure"] {
        if let Some(value) = error.get(name) {
            data[name] = value.clone();
        }
    }
    unsplit(data.to_string())
}
