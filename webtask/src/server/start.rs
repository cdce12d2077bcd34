//! The one start of a run: whatever a call came by, it is let in here, and its input becomes a run. It knows no header and
//! no frame.

use std::pin::pin;

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;

use super::drain::Work;
use super::reject::Refusal;
use super::runs::{Begun, Call, RunKey, Way};
use super::{Service, body};
use crate::Task;
use crate::large::apart;

/// A call that is let in.
pub(super) struct Admission {
    /// The server waits for it.
    pub(super) work: Work,
    /// Its place among the streams, if its events are followed.
    pub(super) place: Option<OwnedSemaphorePermit>,
}

/// What a run is started with.
pub(super) struct Start<'a> {
    pub(super) task: &'a Task,
    /// The bytes of a JSON object.
    pub(super) input: Bytes,
    pub(super) way: Way,
    pub(super) key: Option<RunKey>,
    pub(super) work: Work,
}

impl Service {
    /// Lets a call in, before its input comes.
    pub(super) fn admit(&self, way: Way) -> Result<Admission, Refusal> {
        let work = self.drain.enter()?;
        let place = if way == Way::Events { Some(self.place()?) } else { None };
        Ok(Admission { work, place })
    }

    /// Starts a run. Dropping the future ends it.
    pub(super) async fn start(&self, start: Start<'_>) -> Result<Begun, Refusal> {
        let Start { task, input, way, key, mut work } = start;
        let read = async {
            let input = apart(input.len(), move || body::parse(&input)).await?;
            Ok::<_, Refusal>(task.start(&self.webtask, input)?)
        };
        let run = work.within(pin!(read)).await?;
        self.runs.begin(Call { task: task.name(), run, work, key, way }).await.map_err(Refusal::Run)
    }
}
