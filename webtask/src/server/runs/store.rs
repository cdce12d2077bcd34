//! What is kept of runs, and what whoever keeps it must do. It knows no request, and nothing of how a run goes on.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::RunId;
use crate::{Error, Event, Json};

/// Keeps what is known of runs: [`MemoryRuns`](super::MemoryRuns) does so in memory; another one may write it to a database.
///
/// One server uses it at a time. It gives each run in once, changes it while it goes on, and asks for it until the store
/// has forgotten it, which the store decides alone. A run whose record says that it is not over, but that this server does
/// not run, was lost with the server that ran it, and is told so to whoever asks.
///
/// Every call is awaited before the run goes on, so a slow store makes slow runs. One that fails ends the run with
/// [`Internal`](crate::ErrorKind::Internal).
///
/// A store need not understand what it keeps: all of it can be written as JSON by serde and read again.
pub trait RunStore: fmt::Debug + Send + Sync + 'static {
    /// Takes a new run in, unless its [key](RunRecord::key) is that of a run which is still kept: then nothing is taken in,
    /// and that one is given. Of two calls with one key at the same time, one takes its run in and the other gets it.
    ///
    /// # Errors
    ///
    /// [`Overloaded`](crate::ErrorKind::Overloaded) when there is no room; the caller is told to come again.
    fn create(&self, run: RunRecord) -> BoxFuture<'_, Result<Option<Arc<RunRecord>>, Error>>;

    /// Puts the record in the place of the one with its id: when the run begins, unless it is over at once, and when it is over.
    fn update(&self, run: Arc<RunRecord>) -> BoxFuture<'_, Result<(), Error>>;

    /// Adds an event, whose number is one more than that of the last. Those with a number below `first` may be forgotten;
    /// the later ones are at most the server's [event_buffer](super::super::Server::event_buffer).
    fn append(&self, id: RunId, event: RunEvent, first: u64) -> BoxFuture<'_, Result<(), Error>>;

    /// The run as it stands, if it is kept.
    fn load(&self, id: RunId) -> BoxFuture<'_, Result<Option<Arc<RunRecord>>, Error>>;

    /// The first events, at most `limit` of them, whose number is more than `after`, in their order.
    fn events(&self, id: RunId, after: u64, limit: usize)
    -> BoxFuture<'_, Result<Vec<Arc<RunEvent>>, Error>>;

    /// Forgets the run, and its key: it was refused before it began.
    fn remove(&self, id: RunId) -> BoxFuture<'_, Result<(), Error>>;

    /// For how long a run is kept when it is over, and with it its key.
    fn keep(&self) -> Duration;
}

/// How a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RunState {
    /// It waits for its window.
    Queued,
    /// It goes on.
    Running,
    /// It has its result.
    Done,
    /// It ended with an error.
    Failed,
    /// It was ended from outside: its reader left, or somebody cancelled it.
    Cancelled,
}

impl RunState {
    /// Whether it changes no more.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// What is known of a run, but for its events.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RunRecord {
    /// Its name.
    pub id: RunId,
    /// The slug of its task.
    pub task: Cow<'static, str>,
    /// How it stands.
    pub state: RunState,
    /// When it had its window.
    pub started: Option<SystemTime>,
    /// When it was over.
    pub ended: Option<SystemTime>,
    /// What it gave.
    pub result: Option<Json>,
    /// Why it gave nothing: the error object of the wire.
    pub error: Option<Json>,
    /// The number of its last event, once it is over. That event is made from the record, and never appended.
    pub last: Option<u64>,
    /// Whether it goes on when nobody reads it.
    pub detached: bool,
    /// The `Idempotency-Key` that it was called with.
    pub key: Option<RunKey>,
}

/// An `Idempotency-Key`, and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RunKey {
    /// A digest of what the caller chose, and of [its identity](super::super::Server::caller).
    pub key: String,
    /// A digest of the task and the body, by which a key that is used for something else is known.
    pub call: String,
}

/// An event that a run has told, as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RunEvent {
    /// Its number in the run: 1, 2, 3, …
    pub number: u64,
    /// Its name, which breaks no line and is never that of another kind of event.
    pub name: String,
    /// Its data: one line of JSON.
    pub data: String,
}

impl RunRecord {
    pub(super) fn new(
        id: RunId,
        task: impl Into<Cow<'static, str>>,
        detached: bool,
        key: Option<RunKey>,
    ) -> Self {
        Self {
            id,
            task: task.into(),
            state: RunState::Queued,
            started: None,
            ended: None,
            result: None,
            error: None,
            last: None,
            detached,
            key,
        }
    }

    /// How many bytes it takes, about.
    pub(in super::super) fn size(&self) -> usize {
        let json = |json: &Option<Json>| json.as_ref().map_or(0, |json| json.get().len());
        let key = self.key.as_ref().map_or(0, |key| key.key.len() + key.call.len());
        size_of::<Self>() + self.task.len() + key + json(&self.result) + json(&self.error)
    }
}

/// Names that an `emit` may not take for itself: ours, and those that mean something to an `EventSource`.
const TAKEN: [&str; 9] = ["", "done", "error", "open", "message", "recording", "skipped", "gap", "ping"];

impl RunEvent {
    pub(in super::super) fn new(number: u64, event: &Event<Json>) -> Self {
        let data = one_line(event.data());
        Self { number, name: name(event), data }
    }

    /// How many bytes it takes, about, with what its places in memory cost.
    pub(super) fn size(&self) -> usize {
        size_of::<Self>() + 48 + self.name.len() + self.data.len()
    }
}

/// JSON on one line: it holds line ends only between its tokens, where a space is as good.
pub(super) fn one_line(json: String) -> String {
    if json.bytes().any(|byte| matches!(byte, b'\r' | b'\n')) {
        json.replace(['\r', '\n'], " ")
    } else {
        json
    }
}

/// The event's name, in letters that cannot end a line; one that Rust code chose is none of ours.
fn name(event: &Event<Json>) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-') { c } else { '_' };
    let name: String = event.name().chars().map(plain).collect();
    let taken = matches!(event, Event::Custom { .. }) && TAKEN.contains(&name.as_str());
    if taken { format!("_{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_kind_of_ones_own_is_never_taken_for_ours() {
        for (kind, name) in [
            ("done", "_done"),
            ("error", "_error"),
            ("ping", "_ping"),
            ("", "_"),
            ("naïve kind", "na_ve_kind"),
            ("a.b-c_1", "a.b-c_1"),
        ] {
            let event = Event::Custom { kind: kind.into(), text: String::new(), data: Value::Null };
            assert_eq!(RunEvent::new(1, &event).name, name, "{kind}");
        }
    }

    #[test]
    fn all_of_it_survives_a_database() {
        let id = RunId::random();
        let key = RunKey { key: "k".into(), call: "c".into() };
        let record = RunRecord {
            state: RunState::Done,
            started: Some(SystemTime::UNIX_EPOCH),
            result: Some(serde_json::value::to_raw_value(&json!({ "a": [1, "\u{2028}"] })).expect("JSON")),
            last: Some(3),
            ..RunRecord::new(id, "a/b", true, Some(key))
        };
        let text = serde_json::to_string(&record).expect("JSON");
        let again: RunRecord = serde_json::from_str(&text).expect("a record");
        assert_eq!(format!("{again:?}"), format!("{record:?}"));
        let event = RunEvent::new(2, &Event::Status { text: "a\r\nb".into(), data: json!(1) });
        let text = serde_json::to_string(&event).expect("JSON");
        assert_eq!(serde_json::from_str::<RunEvent>(&text).expect("an event"), event);
    }
}
