//! What a server is told: its tasks, where it listens, who may call, and its bounds. It makes no endpoint.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::caller::Callers;
use super::compose::Front;
use super::runs::{MemoryRuns, RunStore, Runs};
use super::tasks::Tasks;
use crate::settings::{Terms, Token};
use crate::{Task, Webtask};

/// The endpoints and their settings: returns [filters](Self::routes), or [listens](Self::serve) itself.
///
/// ```no_run
/// use std::time::Duration;
/// use webtask::{Webtask, server::Server, tasks, webtask};
///
/// webtask! {
///     pub task "title" {
///         goto "https://example.com";
///         extract page from "html" { title text "title"; }
///     }
/// }
///
/// # async fn run() -> Result<(), webtask::Error> {
/// let webtask = Webtask::builder().build()?;
/// Server::new(&webtask, tasks![title])
///     .address(([127, 0, 0, 1], 9000).into())
///     .allow_host("tasks.example.com")
///     .grace(Duration::from_secs(60))
///     .serve()
///     .await
/// # }
/// # fn main() {}
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Server {
    pub(super) webtask: Webtask,
    pub(super) tasks: Tasks,
    pub(super) terms: Terms,
    pub(super) runs: Runs,
    pub(super) front: Front,
    pub(super) callers: Callers,
}

impl Server {
    /// The endpoints for these tasks, with the [settings](crate::guide::settings) of a server from variables and the file. Code takes
    /// precedence over those; a list in code replaces theirs.
    pub fn new(webtask: &Webtask, tasks: impl IntoIterator<Item = Task>) -> Self {
        let terms = webtask.terms().clone();
        let store = MemoryRuns::new()
            .for_time(terms.keep_time)
            .at_most(terms.keep_runs)
            .within_bytes(terms.keep_bytes);
        Self {
            webtask: webtask.clone(),
            tasks: Tasks::new(webtask, tasks),
            runs: Runs {
                store: Arc::new(store),
                going: Default::default(),
                event_buffer: terms.event_buffer,
                slow_reader_timeout: terms.slow_reader_timeout,
            },
            terms,
            front: Front::default(),
            callers: Callers::default(),
        }
    }

    /// A handle of the tasks, by which they are exchanged while the server runs. Clones of the server and its filters share
    /// them.
    #[must_use]
    pub fn tasks(&self) -> Tasks {
        self.tasks.clone()
    }

    /// The address to listen on: `127.0.0.1:8765` by default; port 0 is any free one. An address that other machines reach requires a
    /// [token](Self::token).
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.terms.address = address;
        self
    }

    /// A host name of the server, such as `tasks.example.com` or, for one port only, `tasks.example.com:8080`. `localhost`, `127.0.0.0/8` and
    /// `[::1]` are always allowed.
    ///
    /// The list prevents a foreign web page from reaching the server through a name that it points here (DNS rebinding).
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.terms.hosts.push(host.into());
        self
    }

    /// An origin, such as `https://example.com`, whose pages may call and read the answers (CORS). Other pages may not, except those on the
    /// server's own host names. Behind a proxy that rewrites `Host`, name the origin that browsers see.
    pub fn allow_origin(mut self, origin: impl Into<String>) -> Self {
        self.terms.origins.push(origin.into());
        self
    }

    /// A token for the server: `Authorization: Bearer TOKEN` is then required everywhere except `/livez` and `/readyz`. If it is set several
    /// times, each token works, so that one can be replaced by another.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.terms.tokens.push(Token::Plain(token.into()));
        self
    }

    /// Serves the files of a directory below a prefix such as `/files`, and lists its folders as JSON: an array of
    /// `{"name","type","size","modified"}`, sizes in bytes, times in seconds since 1970. Ranges and conditional requests are
    /// answered. Hidden files are not, and no link leads out of the directory.
    pub fn files(mut self, prefix: impl Into<String>, directory: impl Into<PathBuf>) -> Self {
        self.terms.mounts.push((prefix.into(), directory.into()));
        self
    }

    /// Whether JSON answers of a kilobyte or more are compressed for clients that accept gzip; off by default. Streams never are.
    pub fn compress(mut self, on: bool) -> Self {
        self.terms.compress = on;
        self
    }

    /// How long a request's headers may take to arrive: 10 seconds by default. A connection that is slower, or silent for that long, is
    /// closed. Applies only to a server that [listens](Self::bind) itself.
    pub fn header_limit(mut self, limit: Duration) -> Self {
        self.terms.header_limit = limit;
        self
    }

    /// How long an HTTP/2 connection may stay open without a request: 60 seconds by default. Before the first request, and between
    /// two requests over HTTP/1, the [`header_limit`](Self::header_limit) applies. It never ends an answer in progress: an event
    /// stream may last for hours. Applies only to a server that [listens](Self::bind) itself.
    pub fn idle_limit(mut self, limit: Duration) -> Self {
        self.terms.idle_limit = limit;
        self
    }

    /// The maximum number of open connections: 8192 by default. Further ones wait until one ends. Applies only to a server that
    /// [listens](Self::bind) itself.
    pub fn connections(mut self, count: usize) -> Self {
        self.terms.connections = count;
        self
    }

    /// The maximum size of a request's body in bytes: 1 MiB by default.
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.terms.body_limit = bytes;
        self
    }

    /// The minimum average rate of a request's body, in bytes per second, after its first ten seconds: 1 KiB by default. A
    /// slower one is refused with 408. Zero turns this off.
    pub fn body_rate(mut self, bytes: u64) -> Self {
        self.terms.body_rate = bytes;
        self
    }

    /// The maximum time to receive a request's body, however large it is: five minutes by default. One that takes longer is
    /// refused with 408.
    pub fn body_time(mut self, limit: Duration) -> Self {
        self.terms.body_time = limit;
        self
    }

    /// After how much silence an event stream sends a sign of life: 15 seconds by default.
    pub fn heartbeat(mut self, interval: Duration) -> Self {
        self.terms.heartbeat = interval;
        self
    }

    /// How many bytes of a run's events are kept for readers that are late or resume: 256 KiB by default. If a run's only reader is its caller
    /// and it has no `Idempotency-Key`, nearly everything that the caller has read is dropped.
    pub fn event_buffer(mut self, bytes: usize) -> Self {
        self.terms.event_buffer = bytes;
        self
    }

    /// How long a run waits for the reader that it was started for, when more than the [event_buffer](Self::event_buffer) is unread: 5 seconds by default.
    /// Then that stream ends with [`SlowReader`](crate::ErrorKind::SlowReader), and the run with it unless it has other readers. Readers that
    /// joined later never hold a run back.
    pub fn slow_reader_timeout(mut self, limit: Duration) -> Self {
        self.terms.slow_reader_timeout = limit;
        self
    }

    /// The maximum number of open event streams and WebSockets: 4096 by default. One more is refused with
    /// [`Overloaded`](crate::ErrorKind::Overloaded).
    pub fn streams(mut self, count: usize) -> Self {
        self.terms.streams = count;
        self
    }

    /// Who keeps the runs, so that `GET /runs/ID` knows them: [`MemoryRuns`] with its defaults, unless another is given.
    ///
    /// Every filter that is made of this value, or of a clone of it, has the same runs.
    pub fn store(mut self, store: impl RunStore) -> Self {
        self.runs.store = Arc::new(store);
        self
    }

    /// How long runs may continue after the server was told to stop: 30 seconds by default.
    pub fn grace(mut self, limit: Duration) -> Self {
        self.terms.grace = limit;
        self
    }
}
