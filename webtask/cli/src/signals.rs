//! The signals that tell the program to end.

use std::io;
use std::process::exit;

use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::{Outcome, out};

/// Does a command's work, which hears of signals.
pub(crate) fn block_on(work: impl AsyncFnOnce(Signals) -> Outcome) -> Outcome {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return out::wrong(&format!("cannot start: {error}"), Outcome::Failed),
    };
    runtime.block_on(async {
        match Signals::new() {
            Ok(signals) => work(signals).await,
            Err(error) => out::wrong(&format!("cannot wait for signals: {error}"), Outcome::Failed),
        }
    })
}

/// SIGINT, SIGTERM and SIGHUP.
pub(crate) struct Signals {
    signals: [Signal; 3],
}

impl Signals {
    fn new() -> io::Result<Self> {
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        let [interrupt, terminate, hangup] = kinds.map(signal);
        Ok(Self { signals: [interrupt?, terminate?, hangup?] })
    }

    /// The next of them.
    pub(crate) async fn next(&mut self) {
        let [interrupt, terminate, hangup] = &mut self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }

    /// Awaits what puts things in order, which the next signal cuts off together with the program.
    pub(crate) async fn unless<T>(&mut self, end: impl Future<Output = T>) -> T {
        tokio::select! {
            ended = end => ended,
            () = self.next() => exit(Outcome::Interrupted as i32),
        }
    }
}
