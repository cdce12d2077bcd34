//! A page beside the run's, for what is shown once and then gone. It has the same cookies.

use chromiumoxide::cdp::browser_protocol::target::{CloseTargetParams, CreateTargetParams, TargetId};

use super::session::Session;
use super::window::{LIMIT, Window};
use crate::Error;

/// An empty page. It is closed when this is dropped.
pub(crate) struct Sheet {
    session: Session,
    target: TargetId,
}

impl Sheet {
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        // It is written now; nobody needs the reply.
        drop(self.session.connection().send(None, CloseTargetParams::new(self.target.clone()), LIMIT));
    }
}

impl Window {
    /// Opens an empty page in the window's context.
    pub(crate) async fn sheet(&self) -> Result<Sheet, Error> {
        let connection = self.session().connection();
        let mut target = CreateTargetParams::new("about:blank");
        target.browser_context_id = self.context().cloned();
        // The run's page stays in front.
        target.new_window = connection.is_whole().then_some(true);
        let target = connection.call(None, target, LIMIT).await?.target_id;
        let session = Session::attach(connection, &target).await?;
        let sheet = Sheet { session, target };
        self.traffic.watch(connection, &sheet.target).await?;
        Ok(sheet)
    }
}
