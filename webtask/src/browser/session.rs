//! One page's line to the browser: calls and events of a session, ended at once by a crash, a detach or a disconnect.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chromiumoxide::Command;
use chromiumoxide::cdp::browser_protocol::target::SessionId;

use super::connection::{Connection, Events};
use crate::Error;

/// How long a call may take that says nothing else.
const LIMIT: Duration = Duration::from_secs(30);

/// A session of a page. A clone is another handle of the same.
#[derive(Clone)]
pub(crate) struct Session {
    inner: Arc<Inner>,
}

struct Inner {
    connection: Connection,
    id: SessionId,
    /// Whether something was set through it that ends with it.
    is_set: AtomicBool,
    /// Whether the page was given input, or a script.
    is_touched: AtomicBool,
}

/// What sets nothing that outlives the page, or is set back in the same place.
const PASSING: &[&str] = &[
    "DOM.describeNode",
    "Emulation.setScriptExecutionDisabled",
    "Network.clearBrowserCache",
    "Page.captureSnapshot",
    "Page.createIsolatedWorld",
    "Page.enable",
    "Page.getNavigationHistory",
    "Page.getResourceContent",
    "Page.handleJavaScriptDialog",
    "Page.navigate",
    "Page.navigateToHistoryEntry",
    "Page.reload",
    "Page.resetNavigationHistory",
    "Page.setLifecycleEventsEnabled",
    "Page.stopLoading",
    "Runtime.callFunctionOn",
    "Runtime.releaseObject",
    "Storage.clearDataForOrigin",
];

impl Session {
    pub(super) fn new(connection: &Connection, id: SessionId) -> Self {
        connection.watch(&id);
        let (is_set, is_touched) = (AtomicBool::new(false), AtomicBool::new(false));
        Self { inner: Arc::new(Inner { connection: connection.clone(), id, is_set, is_touched }) }
    }

    /// Calls a command and waits for its reply.
    pub(crate) async fn call<C: Command>(&self, command: C) -> Result<C::Response, Error> {
        self.call_within(command, LIMIT).await
    }

    /// Calls a command and waits for its reply, at most that long.
    pub(crate) async fn call_within<C: Command>(
        &self,
        command: C,
        limit: Duration,
    ) -> Result<C::Response, Error> {
        self.send_within(command, limit).await
    }

    /// Writes a command now and gives its reply as a future; dropping that forgets the reply.
    pub(crate) fn send<C: Command>(
        &self,
        command: C,
    ) -> impl Future<Output = Result<C::Response, Error>> + Send + use<C> {
        self.send_within(command, LIMIT)
    }

    /// The same, for a reply that may take that long.
    pub(crate) fn send_within<C: Command>(
        &self,
        command: C,
        limit: Duration,
    ) -> impl Future<Output = Result<C::Response, Error>> + Send + use<C> {
        let method = command.identifier();
        if method.starts_with("Input.") || method == "Runtime.evaluate" {
            self.inner.is_touched.store(true, Ordering::Relaxed);
        } else if !PASSING.contains(&&*method) {
            self.inner.is_set.store(true, Ordering::Relaxed);
        }
        self.inner.connection.send(Some(&self.inner.id), command, limit)
    }

    /// Whether something was set through it that ends with it, since the last [`settle`](Self::settle).
    pub(super) fn is_set(&self) -> bool {
        self.inner.is_set.load(Ordering::Relaxed)
    }

    /// Whether the page was given input or a script through it, since the last [`settle`](Self::settle).
    pub(super) fn is_touched(&self) -> bool {
        self.inner.is_touched.load(Ordering::Relaxed)
    }

    /// Takes what was set so far as what shall be.
    pub(super) fn settle(&self) {
        self.inner.is_set.store(false, Ordering::Relaxed);
        self.inner.is_touched.store(false, Ordering::Relaxed);
    }

    /// The events with one of those names, from now on.
    pub(crate) fn events(&self, methods: &'static [&'static str]) -> Events {
        self.inner.connection.events(Some(&self.inner.id), methods)
    }

    /// Why it ended; none while it stands.
    pub(crate) fn end(&self) -> Option<Error> {
        self.inner.connection.end_of(&self.inner.id)
    }

    pub(super) fn id(&self) -> &SessionId {
        &self.inner.id
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.inner.connection
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.connection.forget(&self.id);
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("id", &self.inner.id).finish_non_exhaustive()
    }
}
