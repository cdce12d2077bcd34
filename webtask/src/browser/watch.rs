//! A second session of the window's page, for what is watched in it: all that it enables ends with it.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::target::{AttachToTargetParams, DetachFromTargetParams};
use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use futures::future::{Either, select};

use super::session::Session;
use super::window::{LIMIT, Window};
use crate::Error;

/// How long a page may take to tell what it still has to tell.
const REST: Duration = Duration::from_secs(2);

/// A session that is detached when this is dropped.
pub(crate) struct Watch {
    session: Session,
}

impl Watch {
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// Waits until every event that the page has caused is there. A page that does not answer has no more to tell.
    pub(crate) async fn settle(&self) {
        let _ = self.session.call_within(EvaluateParams::new("0"), REST).await;
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let detach = DetachFromTargetParams { session_id: Some(self.session.id().clone()) };
        // It is written now; nobody needs the reply.
        drop(self.session.connection().send(None, detach, LIMIT));
    }
}

impl Window {
    /// Attaches a second session to the page.
    pub(crate) async fn watch(&self) -> Result<Watch, Error> {
        let connection = self.session().connection();
        let attach = AttachToTargetParams { target_id: self.target().clone(), flatten: Some(true) };
        let id = connection.call(None, attach, LIMIT).await?.session_id;
        Ok(Watch { session: Session::new(connection, id) })
    }
}

/// Runs steps to their end, and beside them what watches.
pub(crate) async fn beside<T>(steps: impl Future<Output = T>, watching: impl Future<Output = ()>) -> T {
    let (steps, watching) = (pin!(steps), pin!(watching));
    match select(steps, watching).await {
        Either::Left((ended, _)) => ended,
        // The page is gone; the steps will see it too.
        Either::Right(((), steps)) => steps.await,
    }
}
