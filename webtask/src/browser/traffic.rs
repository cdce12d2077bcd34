//! Where the requests of a browser go: to the network, to files in its place, or to the network and into a file.

use std::sync::Arc;

use chromiumoxide::cdp::browser_protocol::target::TargetId;

use super::connection::Connection;
use super::record::{Note, Record};
use super::replay::Replay;
pub(crate) use super::replay::Served;
use super::settings::Settings;
use crate::secret::Redactor;
use crate::{Error, ErrorKind};

/// WebRTC sends datagrams without asking for a name; through a proxy they do not go.
pub(super) const DATAGRAMS: &str = "--force-webrtc-ip-handling-policy=disable_non_proxied_udp";

/// What answers the requests, and what becomes of the answers. A clone is another handle of the same.
#[derive(Clone, Debug)]
pub(crate) enum Traffic {
    /// The network does, and nobody looks on.
    Live,
    /// Files do.
    Replayed(Replay),
    /// The network does, and a file keeps all of it.
    Recorded(Record),
}

/// A request that no browser asks.
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a str,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: &'a [u8],
    /// What its run has had of a recording.
    pub(crate) served: &'a Arc<Served>,
}

/// The answer to it.
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// A request that may be recorded, until its answer is there.
pub(crate) struct Noted(Option<Note>);

impl Noted {
    pub(crate) fn end(self, status: u16, headers: Vec<(String, String)>, body: &[u8]) {
        if let Some(note) = self.0 {
            note.end(status, headers, body);
        }
    }

    pub(crate) fn fail(self, reason: &str) {
        if let Some(note) = self.0 {
            note.fail(reason);
        }
    }
}

impl Traffic {
    /// As the settings say. The redactor knows every secret that is set.
    pub(crate) fn open(settings: &Settings, redactor: Redactor) -> Result<Self, Error> {
        match (&settings.replay, &settings.record) {
            (None, None) => Ok(Self::Live),
            (Some(source), None) => Replay::open(source, redactor).map(Self::Replayed),
            (None, Some(file)) => Record::open(file, redactor).map(Self::Recorded),
            (Some(_), Some(_)) => Err(Error::new(
                ErrorKind::Config,
                "`replay` and `record` are both set; a recording is of live pages, so leave one of them out",
            )),
        }
    }

    /// Whether nothing goes to the network.
    pub(crate) fn is_replayed(&self) -> bool {
        matches!(self, Self::Replayed(_))
    }

    /// Switches that the browser must be started with.
    pub(super) fn flags(&self) -> Vec<String> {
        match self {
            Self::Replayed(replay) => replay.flags(),
            // A datagram would go past the proxy that a caller's page goes through.
            Self::Live | Self::Recorded(_) => vec![DATAGRAMS.into()],
        }
    }

    /// Takes over the requests of a browser that has just started, until it ends.
    pub(super) async fn start(&self, connection: &Connection) -> Result<(), Error> {
        match self {
            Self::Live => {}
            Self::Replayed(replay) => drop(tokio::spawn(replay.start(connection).await?.run())),
            Self::Recorded(record) => drop(tokio::spawn(record.start(connection).await?.run())),
        }
        Ok(())
    }

    /// Looks on at a new page, before it navigates and until it is closed.
    pub(super) async fn watch(&self, connection: &Connection, page: &TargetId) -> Result<(), Error> {
        match self {
            Self::Recorded(record) => record.watch(connection, page).await,
            Self::Replayed(replay) => replay.watch(connection, page).await,
            Self::Live => Ok(()),
        }
    }

    /// Says that a run begins in a page. What it has had of a recording is its own.
    pub(super) fn begin_run(&self, page: &TargetId, served: &Arc<Served>) {
        if let Self::Replayed(replay) = self {
            replay.begin(page, served);
        }
    }

    /// The answer to a request that no browser asks, when files answer.
    pub(crate) async fn answer(&self, asked: &Asked<'_>) -> Result<Option<Answered>, Error> {
        match self {
            Self::Replayed(replay) => replay.ask(asked).await.map(Some),
            Self::Live | Self::Recorded(_) => Ok(None),
        }
    }

    /// Notes a request that no browser asks, when there is a recording.
    pub(crate) fn begin(&self, asked: &Asked<'_>) -> Noted {
        match self {
            Self::Recorded(record) => Noted(Some(record.begin(asked))),
            Self::Live | Self::Replayed(_) => Noted(None),
        }
    }

    /// Why the newest document of a frame had no answer, when no file had one; told once. A `Page.navigate` that
    /// failed asks it.
    pub(super) fn miss(&self, frame: &str) -> Option<String> {
        match self {
            Self::Replayed(replay) => replay.miss(frame),
            Self::Live | Self::Recorded(_) => None,
        }
    }

    /// Writes what is to be written, after the browser has ended. What is not saved here is written with the last handle.
    pub(super) async fn save(&self) -> Result<(), Error> {
        match self {
            Self::Recorded(record) => record.save().await,
            Self::Live | Self::Replayed(_) => Ok(()),
        }
    }
}
