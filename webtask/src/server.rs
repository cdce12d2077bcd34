//! Tasks over HTTP: warp filters that stand beside the user's own, and a server made of them.
//!
//! ```no_run
//! use warp::Filter;
//! use webtask::{Webtask, server, tasks, webtask};
//!
//! webtask! {
//!     pub task "title" {
//!         transport rest, sse;
//!         goto "https://example.com";
//!         extract page from "html" { title text "title"; }
//!     }
//! }
//!
//! # async fn run() -> Result<(), webtask::Error> {
//! let webtask = Webtask::builder().build()?;
//!
//! // All of it, on 127.0.0.1:8765, until Ctrl-C:
//! server::serve(&webtask, tasks![title]).await?;
//!
//! // Or below a prefix, beside routes of one's own:
//! let own = warp::path!("hello").map(|| "hello");
//! let api = warp::path("api").and(server::routes(&webtask, tasks![title])?);
//! warp::serve(own.or(api)).run(([127, 0, 0, 1], 8080)).await;
//! # Ok(()) }
//! # fn main() {}
//! ```
//!
//! | request | answer |
//! |---|---|
//! | `POST /tasks/SLUG` | runs a task with a JSON object as its input: `application/json` when it is over, or `text/event-stream` or `application/x-ndjson` as it goes on, as `Accept` says |
//! | `GET /tasks/SLUG` as a WebSocket | runs a task with the first frame as its input, and gives an event a frame |
//! | `GET /runs/ID`, `DELETE /runs/ID` | how a run stands, its events from any one of them; ends it |
//! | `GET /tasks`, `GET /tasks/SLUG` | what tasks there are, with their inputs and outputs |
//! | `GET /health` | `{"ok":true,"taskCount":…,"pools":{…}}` |
//! | `GET /livez`, `GET /readyz` | whether the server is alive, and can take work |
//! | `GET /metrics` | counters in Prometheus's text format |
//! | `GET /openapi.json` | all of this in OpenAPI 3.1 |
//! | `GET` below a prefix of [`Server::files`] | files, and lists of them |
//!
//! A path that is none of these is rejected with not-found, so that an `.or(…)` goes on. On its own paths a filter
//! answers every method and every error itself, in JSON. It serves only requests whose `Host` is a loopback name or
//! [allowed](Server::allow_host), and none that a foreign web page sent.

mod answer;
mod body;
mod call;
mod caller;
mod catalog;
mod compose;
mod connect;
mod cors;
mod drain;
mod filters;
mod follow;
mod frame;
mod going;
mod guard;
mod header_timer;
mod idempotency;
mod listen;
mod metrics;
mod mount;
mod negotiate;
mod openapi;
mod path;
mod prefer;
mod range;
mod recover;
mod reject;
mod respond;
mod runs;
mod service;
mod settings;
mod socket;
mod start;
mod state;
mod stream;
mod tasks;
mod token;
mod trace;
mod zip;

use std::net::SocketAddr;

use warp::filters::BoxedFilter;

pub use self::listen::{Listening, Stop};
pub use self::recover::{Unauthorized, recover};
pub use self::respond::ResponseBody;
pub use self::runs::{MemoryRuns, RunEvent, RunId, RunKey, RunRecord, RunState, RunStore};
pub use self::service::{HttpService, service};
pub use self::settings::Server;
pub use self::tasks::Tasks;

use self::connect::Bounds;
use self::state::Service;
use crate::clock::at_most;
use crate::{Error, ErrorKind, Task, Webtask};

/// All endpoints for these tasks as one filter, with what the [settings](crate::guide::settings) say of a server.
///
/// # Errors
///
/// As [`Server::routes`].
pub fn routes(
    webtask: &Webtask,
    tasks: impl IntoIterator<Item = Task>,
) -> Result<BoxedFilter<(warp::reply::Response,)>, Error> {
    Server::new(webtask, tasks).routes()
}

/// Serves these tasks until the process is told to end, on `127.0.0.1:8765` unless the [settings](crate::guide::settings)
/// say another address.
///
/// # Errors
///
/// As [`Server::serve`].
pub async fn serve(webtask: &Webtask, tasks: impl IntoIterator<Item = Task>) -> Result<(), Error> {
    Server::new(webtask, tasks).serve().await
}

/// What a filter of [`Server::only`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Endpoint {
    /// `POST /tasks/SLUG`, and `GET /tasks/SLUG` as a WebSocket.
    Run,
    /// `GET /tasks`.
    List,
    /// `GET /tasks/SLUG`.
    Describe,
    /// `GET /runs/ID`. Without it no answer has a `Location`.
    Runs,
    /// `DELETE /runs/ID`.
    Cancel,
    /// `GET /health`.
    Health,
    /// `GET /livez`: whether the server is alive. It requires no authentication.
    Live,
    /// `GET /readyz`: whether the server can take work. It requires no authentication.
    Ready,
    /// `GET /metrics`: counters for Prometheus.
    Metrics,
    /// `GET /openapi.json`: all of this in OpenAPI 3.1.
    OpenApi,
    /// The directories of [`Server::files`].
    Files,
}

impl Endpoint {
    const ALL: [Self; 11] = [
        Self::Run,
        Self::List,
        Self::Describe,
        Self::Runs,
        Self::Cancel,
        Self::Health,
        Self::Live,
        Self::Ready,
        Self::Metrics,
        Self::OpenApi,
        Self::Files,
    ];
}

impl Server {
    /// All endpoints as one filter.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config), when two tasks have the same slug, or a setting is wrong.
    pub fn routes(&self) -> Result<BoxedFilter<(warp::reply::Response,)>, Error> {
        self.only(Endpoint::ALL)
    }

    /// Some of the endpoints as one filter. [`Endpoint::Run`] and [`Endpoint::Describe`] share a path: to have both, name
    /// both here, since either alone answers the other's method with 405.
    ///
    /// ```
    /// use webtask::{Webtask, server::{Endpoint, Server}};
    ///
    /// # fn main() -> Result<(), webtask::Error> {
    /// let webtask = Webtask::builder().build()?;
    /// let health = Server::new(&webtask, []).only([Endpoint::Health])?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`routes`](Self::routes).
    pub fn only(
        &self,
        endpoints: impl IntoIterator<Item = Endpoint>,
    ) -> Result<BoxedFilter<(warp::reply::Response,)>, Error> {
        Ok(filters::filter(self.state()?, endpoints.into_iter().collect(), self.front.clone()))
    }

    /// Takes the address, so that nobody else can, and answers nothing yet.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config), when the address is taken, or others reach it and there is no [token](Self::token), and as [`routes`](Self::routes).
    pub async fn bind(mut self) -> Result<Listening, Error> {
        let ip = self.terms.address.ip().to_canonical();
        if !ip.is_loopback() {
            if self.terms.tokens.is_empty() {
                let message = format!(
                    "`{}` can be reached from other machines; give the server a `token`, or listen on a loopback address",
                    self.terms.address
                );
                return Err(Error::new(ErrorKind::Config, message));
            }
            if !ip.is_unspecified() {
                self.terms.hosts.add(match self.terms.address {
                    SocketAddr::V4(address) => address.ip().to_string(),
                    SocketAddr::V6(address) => format!("[{}]", address.ip()),
                });
            }
        }
        let bounds = Bounds {
            headers: at_most(self.terms.header_limit),
            idle: at_most(self.terms.idle_limit),
            connections: self.terms.connections,
        };
        Listening::bind(self.state()?, self.terms.address, self.terms.grace, bounds, self.front.clone())
    }

    /// Listens, starts the browser when a task needs one, and serves until SIGTERM or SIGINT.
    ///
    /// New calls are then refused as [`Draining`](ErrorKind::Draining), and runs go on for the [grace](Self::grace). What
    /// still runs after it ends with an error. A second signal ends everything at once. The browser is ended at last.
    ///
    /// # Errors
    ///
    /// As [`bind`](Self::bind), and [`BrowserLost`](ErrorKind::BrowserLost) when the browser does not start.
    pub async fn serve(self) -> Result<(), Error> {
        self.bind().await?.run_until_signal().await
    }
}
