//! A proxy of ours on the loopback interface, one for each window that needs it: it resolves, decides and dials.
//!
//! All that the window's pages ask for comes through it: documents, redirects, images, scripts' requests, frames, workers
//! and WebSockets. What is asked without a page comes through one, too, when the pool has a proxy. It knows no page and no
//! recipe.

mod serve;

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::future::BoxFuture;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinSet};
use url::{Host, Url};

use super::dial::{Wire, dial, wire};
use super::{Failure, Names, Proxy, addresses, not_allowed, not_public};
use crate::clock::Seldom;
use crate::{Error, ErrorKind};

/// How many connections it holds at once; Chromium opens 32 to one proxy.
const MOST: usize = 256;

/// How many failures are kept in mind.
const FAILURES: usize = 64;

/// What a window's pages go through. Dropping it ends every connection.
pub(crate) struct Gate {
    inner: Arc<Inner>,
    port: u16,
    accepting: AbortHandle,
}

/// A moment in the life of a gate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark(u64);

struct Inner {
    names: Names,
    proxy: Option<Proxy>,
    rules: watch::Sender<Rules>,
    failures: Mutex<Failures>,
    /// What is to run until the gate is dropped.
    work: mpsc::UnboundedSender<BoxFuture<'static, ()>>,
}

/// What may be reached now.
#[derive(Clone, Default)]
struct Rules {
    /// Changes with each URL of a caller and with each run; what was reached before may be none of the next one's.
    epoch: u64,
    /// Whether only public addresses may be reached.
    guarded: bool,
    /// And these, since the recipe says so.
    written: HashSet<(Host<String>, u16)>,
}

#[derive(Default)]
struct Failures {
    count: u64,
    last: VecDeque<(u64, Host<String>, u16, Failure)>,
}

impl Failures {
    /// The new ones, the last first.
    fn since(&self, mark: Mark) -> impl Iterator<Item = &(u64, Host<String>, u16, Failure)> {
        self.last.iter().rev().take_while(move |(number, ..)| *number > mark.0)
    }
}

/// A connection to a server.
struct Reached {
    wire: Wire,
    /// Until when it may be used, when the next rules may forbid it.
    until: Option<u64>,
}

impl Gate {
    /// Opens one; everything may be reached through it until [`guard`](Self::guard).
    pub(crate) async fn open(names: &Names, proxy: Option<&Proxy>) -> Result<Self, Error> {
        let lost = |error: std::io::Error| {
            Error::new(ErrorKind::BrowserLost, format!("no port is left for the window's proxy: {error}"))
                .with_source(error)
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(lost)?;
        let port = listener.local_addr().map_err(lost)?.port();
        let (work, queue) = mpsc::unbounded_channel();
        let inner = Arc::new(Inner {
            names: names.clone(),
            proxy: proxy.cloned(),
            rules: watch::Sender::default(),
            failures: Mutex::default(),
            work,
        });
        let accepting = tokio::spawn(accept(inner.clone(), listener, queue)).abort_handle();
        Ok(Self { inner, port, accepting })
    }

    /// Whether the runtime that it was opened in is gone, and it with that.
    pub(crate) fn is_over(&self) -> bool {
        self.accepting.is_finished()
    }

    /// Where it is, as Chromium wants to know it.
    pub(crate) fn server(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Forgets what the run before was allowed.
    pub(crate) fn reset(&self) {
        self.inner.rules.send_modify(|rules| *rules = Rules { epoch: rules.epoch + 1, ..Rules::default() });
        self.inner.failures().last.clear();
    }

    /// From now on only public addresses are reached; what is open to others is closed.
    pub(crate) fn guard(&self) {
        self.inner.rules.send_modify(|rules| {
            *rules = Rules { epoch: rules.epoch + 1, guarded: true, written: HashSet::new() };
        });
    }

    /// The recipe itself goes there.
    pub(crate) fn trust(&self, url: &Url) {
        let Some(host) = url.host() else { return };
        let (host, port) = (host.to_owned(), url.port_or_known_default().unwrap_or_default());
        self.inner.rules.send_if_modified(|rules| rules.guarded && rules.written.insert((host, port)));
    }

    /// Whether only public addresses are reached.
    pub(crate) fn is_guarded(&self) -> bool {
        self.inner.rules.borrow().guarded
    }

    /// This moment.
    pub(crate) fn mark(&self) -> Mark {
        Mark(self.inner.failures().count)
    }

    /// Why a document did not come, as far as it is known here: another server may have been asked for it, too.
    pub(crate) fn why(&self, since: Mark, url: &Url) -> Option<Error> {
        self.why_not(since, url).or_else(|| {
            self.inner.failures().since(since).find_map(|(.., failure)| match failure {
                Failure::Denied(denied) => Some(denied.error(url)),
                Failure::Unreachable(_) => None,
            })
        })
    }

    /// What was refused since then, whoever asked for it.
    pub(crate) fn denied(&self, since: Mark) -> Option<Error> {
        self.inner.failures().since(since).find_map(|(.., failure)| match failure {
            Failure::Denied(denied) => Some(not_allowed(&denied.host, denied)),
            Failure::Unreachable(_) => None,
        })
    }

    /// Why that URL's own server was not reached.
    pub(crate) fn why_not(&self, since: Mark, url: &Url) -> Option<Error> {
        let (host, port) = (url.host()?.to_owned(), url.port_or_known_default()?);
        let failures = self.inner.failures();
        let (.., failure) = failures.since(since).find(|(_, other, at, _)| (other, *at) == (&host, port))?;
        Some(match failure {
            Failure::Denied(denied) => denied.error(url),
            Failure::Unreachable(reason) => {
                Error::new(ErrorKind::NavigationFailed, format!("`{url}` cannot be reached: {reason}"))
            }
        })
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate")
            .field("port", &self.port)
            .field("guarded", &self.is_guarded())
            .finish_non_exhaustive()
    }
}

impl Inner {
    fn failures(&self) -> MutexGuard<'_, Failures> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a failure, for who waits for the document.
    fn failed(&self, host: Host<String>, port: u16, failure: Failure) {
        // Without the host: it may be a secret.
        match &failure {
            Failure::Denied(denied) => {
                tracing::warn!(port, "a page asks for what it may not reach: it {}", denied.why());
            }
            Failure::Unreachable(_) => tracing::debug!(port, "a page's server is not reached"),
        }
        let mut failures = self.failures();
        failures.count += 1;
        let number = failures.count;
        if failures.last.len() == FAILURES {
            failures.last.pop_front();
        }
        failures.last.push_back((number, host, port, failure));
    }

    /// The rules for a server: which ones they are, and whether it must be public.
    fn rule(&self, host: &Host<String>, port: u16) -> (u64, bool) {
        let rules = self.rules.borrow();
        (rules.epoch, rules.guarded && !rules.written.contains(&(host.clone(), port)))
    }

    /// Connects to a server.
    async fn reach(&self, host: &Host<String>, port: u16) -> Result<Reached, Failure> {
        let (epoch, public) = self.rule(host, port);
        match &self.proxy {
            None => {
                let found = addresses(&self.names, host, port, public).await?;
                let stream = dial(&found).await.map_err(|error| Failure::Unreachable(error.to_string()))?;
                let is_public = stream.peer_addr().is_ok_and(|peer| not_public(peer.ip()).is_none());
                Ok(Reached { wire: wire(stream), until: (!is_public).then_some(epoch) })
            }
            Some(proxy) if public => {
                // The proxy gets the address that was judged, for it may find another one.
                let found = addresses(&self.names, host, port, true).await?;
                let wire = proxy.tunnel(&self.names, host, port, found.first().copied()).await?;
                Ok(Reached { wire, until: None })
            }
            Some(proxy) => {
                let wire = proxy.tunnel(&self.names, host, port, None).await?;
                Ok(Reached { wire, until: Some(epoch) })
            }
        }
    }

    /// Ends when the rules of that epoch do.
    async fn end_of(&self, epoch: Option<u64>) {
        match epoch {
            Some(epoch) => {
                // The sender is in `self`.
                let _ = self.rules.subscribe().wait_for(|rules| rules.epoch != epoch).await;
            }
            None => std::future::pending().await,
        }
    }
}

/// Takes connections, and does what they leave to be done, until it is dropped.
async fn accept(
    inner: Arc<Inner>,
    listener: TcpListener,
    mut queue: mpsc::UnboundedReceiver<BoxFuture<'static, ()>>,
) {
    let (mut work, mut refusals) = (JoinSet::new(), Seldom::default());
    loop {
        tokio::select! {
            stream = listener.accept(), if work.len() < MOST => match stream {
                Ok((stream, _)) => {
                    let _ = stream.set_nodelay(true);
                    work.spawn(serve::connection(inner.clone(), stream));
                }
                // Out of descriptors, mostly: some will be given back.
                Err(error) => {
                    if let Some(times) = refusals.is_due() {
                        tracing::warn!(%error, times, "a window's proxy takes no connection");
                    }
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                }
            },
            Some(task) = queue.recv() => {
                work.spawn(task);
            }
            Some(_) = work.join_next() => {}
        }
    }
}
