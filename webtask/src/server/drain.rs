//! The end of a server: whether it takes work, what still goes on, and when that must end. It knows no socket.

use std::future::{Future, pending};
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt as _;
use tokio::sync::watch;

use crate::{Error, ErrorKind};

/// One server's state, seen from outside and from each of its runs.
#[derive(Debug)]
pub(super) struct Drain {
    /// As the server itself waits for it.
    phase: watch::Sender<Phase>,
    /// The same for each run, which holds a receiver: it is closed when nothing goes on.
    busy: watch::Sender<Phase>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
enum Phase {
    Open,
    Draining,
    Over,
}

impl Default for Drain {
    fn default() -> Self {
        Self { phase: watch::Sender::new(Phase::Open), busy: watch::Sender::new(Phase::Open) }
    }
}

impl Drain {
    /// Lets a piece of work in, unless the server is about to end.
    pub(super) fn enter(&self) -> Result<Work, Error> {
        let work = Work { phase: self.busy.subscribe() };
        if self.is_open() { Ok(work) } else { Err(draining()) }
    }

    /// Something that the server waits for, until it is dropped.
    pub(super) fn hold(&self) -> Held {
        Held { _busy: self.busy.subscribe() }
    }

    /// Waits until nothing is held, and no work goes on.
    pub(super) async fn idle(&self) {
        self.busy.closed().await;
    }

    /// Whether work is let in.
    pub(super) fn is_open(&self) -> bool {
        *self.busy.borrow() == Phase::Open
    }

    /// No new work; what goes on may end by itself.
    pub(super) fn start(&self) {
        for side in [&self.busy, &self.phase] {
            side.send_if_modified(|phase| {
                let open = *phase == Phase::Open;
                if open {
                    *phase = Phase::Draining;
                }
                open
            });
        }
    }

    /// What goes on ends now.
    pub(super) fn end(&self) {
        for side in [&self.busy, &self.phase] {
            side.send_replace(Phase::Over);
        }
    }

    /// Waits until no new work is let in.
    pub(super) async fn started(&self) {
        reached(&mut self.phase.subscribe(), Phase::Draining).await;
    }

    /// Waits, once started, until nothing goes on, until the limit, or until it was ended; false when it was ended.
    pub(super) async fn finished(&self, limit: Duration) -> bool {
        tokio::select! {
            () = self.busy.closed() => true,
            () = tokio::time::sleep(limit) => true,
            () = async { reached(&mut self.phase.subscribe(), Phase::Over).await } => false,
        }
    }
}

/// What the server waits for.
#[derive(Debug)]
pub(super) struct Held {
    _busy: watch::Receiver<Phase>,
}

/// A piece of work that the server waits for.
#[derive(Debug)]
pub(super) struct Work {
    phase: watch::Receiver<Phase>,
}

impl Work {
    /// What the future gives, or an error when the server ends before, or when a recipe's own Rust panics in it. Whoever
    /// hands over the future itself, and not where it stands, has it kept twice.
    pub(super) async fn within<T, E: From<Error>>(
        &mut self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        tokio::select! {
            biased;
            result = AssertUnwindSafe(work).catch_unwind() => result.unwrap_or_else(|_| Err(panicked().into())),
            () = reached(&mut self.phase, Phase::Over) => Err(draining().into()),
        }
    }
}

/// Waits for a phase, for ever when the server was dropped without it.
async fn reached(receiver: &mut watch::Receiver<Phase>, phase: Phase) {
    if receiver.wait_for(|now| *now >= phase).await.is_err() {
        pending::<()>().await;
    }
}

pub(super) fn draining() -> Error {
    Error::new(ErrorKind::Draining, "the server is shutting down")
}

/// The panic itself was reported by its hook; what it left half done is dropped here.
fn panicked() -> Error {
    Error::new(ErrorKind::Internal, "the run panicked")
}
