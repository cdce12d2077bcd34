//! One page's line to the browser: calls and events of a session, ended at once by a crash, a detach or a disconnect.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chromiumoxide::Command;
use chromiumoxide::cdp::browser_protocol::inspector;
use chromiumoxide::cdp::browser_protocol::target::{
    AttachToTargetParams, DetachFromTargetParams, DetachFromTargetReturns, SessionId, TargetId,
};

use super::connection::{CLOSED, Connection, Events};
use super::window;
use crate::{Error, ErrorKind};

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
}

impl Session {
    pub(super) fn new(connection: &Connection, id: SessionId) -> Self {
        connection.watch(&id);
        Self { inner: Arc::new(Inner { connection: connection.clone(), id }) }
    }

    /// Begins a session with a page, a frame or a worker.
    pub(super) async fn attach(connection: &Connection, target: &TargetId) -> Result<Self, Error> {
        let attach = AttachToTargetParams { target_id: target.clone(), flatten: Some(true) };
        let session = Self::new(connection, connection.call(None, attach, window::LIMIT).await?.session_id);
        // A process that has crashed before answers nothing, and only who asks this is told of it. The reply tells nothing.
        drop(session.send(inspector::EnableParams::default()));
        Ok(session)
    }

    /// Ends it, and with it all that it has set. It is written now; not everybody needs the reply.
    pub(super) fn detach(
        &self,
    ) -> impl Future<Output = Result<DetachFromTargetReturns, Error>> + Send + use<> {
        let detach = DetachFromTargetParams { session_id: Some(self.inner.id.clone()) };
        self.inner.connection.send(None, detach, window::LIMIT)
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
        self.inner.connection.call(Some(&self.inner.id), command, limit).await
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
        self.inner.connection.send(Some(&self.inner.id), command, limit)
    }

    /// The events with one of those names, from now on.
    pub(crate) fn events(&self, methods: &'static [&'static str]) -> Events {
        self.inner.connection.events(Some(&self.inner.id), methods)
    }

    /// Why it ended; none while it stands.
    pub(crate) fn end(&self) -> Option<Error> {
        self.inner.connection.end_of(&self.inner.id)
    }

    /// Waits for its end.
    pub(super) async fn ended(&self) {
        let mut none = self.events(&[]);
        while none.next().await.is_some() {}
    }

    /// Why it tells nothing any more.
    pub(super) fn silence(&self) -> Error {
        self.end().unwrap_or_else(|| Error::new(ErrorKind::BrowserLost, CLOSED))
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
