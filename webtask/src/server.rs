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
//! | `POST /tasks/SLUG` | runs a task with a JSON object as its input: `application/json` when it is over, or `text/event-stream` as it goes on, as `Accept` says |
//! | `GET /tasks`, `GET /tasks/SLUG` | what tasks there are, with their inputs and outputs |
//! | `GET /health` | `{"ok":true,"taskCount":…,"pools":{…}}` |
//!
//! A path that is none of these is rejected with not-found, so that an `.or(…)` goes on. On its own paths a filter
//! answers every method and every error itself, in JSON. It serves only requests whose `Host` is a loopback name or
//! [allowed](Server::allow_host), and none that a foreign web page sent.

mod body;
mod call;
mod catalog;
mod drain;
mod filters;
mod guard;
mod listen;
mod negotiate;
mod reject;
mod respond;
mod sse;
mod stream;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use warp::filters::BoxedFilter;
use warp::reply::Response;

pub use self::listen::{Listening, Stop};

use self::catalog::Catalog;
use self::drain::Drain;
use self::guard::Guard;
use crate::{Error, ErrorKind, Task, Webtask};

/// All endpoints for these tasks, with the default settings, as one filter.
///
/// # Errors
///
/// As [`Server::routes`].
pub fn routes(
    webtask: &Webtask,
    tasks: impl IntoIterator<Item = &'static Task>,
) -> Result<BoxedFilter<(Response,)>, Error> {
    Server::new(webtask, tasks).routes()
}

/// Serves these tasks on `127.0.0.1:8765` until the process is told to end.
///
/// # Errors
///
/// As [`Server::serve`].
pub async fn serve(webtask: &Webtask, tasks: impl IntoIterator<Item = &'static Task>) -> Result<(), Error> {
    Server::new(webtask, tasks).serve().await
}

/// The endpoints and their settings: gives [filters](Self::routes), or [listens](Self::serve) itself.
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
    webtask: Webtask,
    tasks: Vec<&'static Task>,
    address: SocketAddr,
    hosts: Vec<String>,
    origins: Vec<String>,
    body_limit: u64,
    heartbeat: Duration,
    patience: Duration,
    grace: Duration,
}

/// What a filter of [`Server::only`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Endpoint {
    /// `POST /tasks/SLUG`.
    Run,
    /// `GET /tasks`.
    List,
    /// `GET /tasks/SLUG`.
    Describe,
    /// `GET /health`.
    Health,
}

impl Endpoint {
    const ALL: [Self; 4] = [Self::Run, Self::List, Self::Describe, Self::Health];
}

/// What every request needs.
struct Service {
    webtask: Webtask,
    catalog: Catalog,
    guard: Guard,
    body_limit: u64,
    heartbeat: Duration,
    patience: Duration,
    drain: Drain,
}

impl Server {
    /// The endpoints for these tasks, with the default settings.
    pub fn new(webtask: &Webtask, tasks: impl IntoIterator<Item = &'static Task>) -> Self {
        Self {
            webtask: webtask.clone(),
            tasks: tasks.into_iter().collect(),
            address: (Ipv4Addr::LOCALHOST, 8765).into(),
            hosts: Vec::new(),
            origins: Vec::new(),
            body_limit: 1024 * 1024,
            heartbeat: Duration::from_secs(15),
            patience: Duration::from_secs(5),
            grace: Duration::from_secs(30),
        }
    }

    /// Where to listen: `127.0.0.1:8765` by default; port 0 is any free one. It must be a loopback address.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// A host by which the server may be called, such as `tasks.example.com` or, for one port only,
    /// `tasks.example.com:8080`. `localhost`, `127.0.0.0/8` and `[::1]` always are.
    ///
    /// The list keeps a foreign web page from reaching the server by a name that it lets point here (DNS rebinding).
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.hosts.push(host.into());
        self
    }

    /// An origin, such as `https://example.com`, whose pages may call although the server is not called by that name:
    /// behind a proxy that rewrites `Host`.
    pub fn allow_origin(mut self, origin: impl Into<String>) -> Self {
        self.origins.push(origin.into());
        self
    }

    /// How many bytes a request's body may have: 1 MiB by default.
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.body_limit = bytes;
        self
    }

    /// After how much silence an event stream tells that it lives: 15 seconds by default.
    pub fn heartbeat(mut self, interval: Duration) -> Self {
        self.heartbeat = interval;
        self
    }

    /// How long a run waits for the reader of its events when too many of them are unread: 5 seconds by default. Then it
    /// ends with [`SlowReader`](ErrorKind::SlowReader).
    pub fn patience(mut self, limit: Duration) -> Self {
        self.patience = limit;
        self
    }

    /// How long runs may go on once the server was told to stop: 30 seconds by default.
    pub fn grace(mut self, limit: Duration) -> Self {
        self.grace = limit;
        self
    }

    /// All endpoints as one filter.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config), when two tasks have the same slug, or a setting is wrong.
    pub fn routes(&self) -> Result<BoxedFilter<(Response,)>, Error> {
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
    ) -> Result<BoxedFilter<(Response,)>, Error> {
        Ok(filters::filter(self.service()?, endpoints.into_iter().collect()))
    }

    /// Takes the address, so that nobody else can, and answers nothing yet.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config), when the address is taken or no loopback address, and as [`routes`](Self::routes).
    pub async fn bind(self) -> Result<Listening, Error> {
        Listening::bind(self.service()?, self.address, self.grace)
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

    fn service(&self) -> Result<Arc<Service>, Error> {
        if self.heartbeat.is_zero() {
            return Err(Error::new(ErrorKind::Config, "`heartbeat` is zero; leave it out for 15 seconds"));
        }
        self.webtask.need_secrets(&self.tasks)?;
        Ok(Arc::new(Service {
            webtask: self.webtask.clone(),
            catalog: Catalog::new(&self.tasks)?,
            guard: Guard::new(&self.hosts, &self.origins)?,
            body_limit: self.body_limit,
            heartbeat: self.heartbeat,
            patience: self.patience,
            drain: Drain::default(),
        }))
    }
}
