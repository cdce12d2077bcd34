//! A page beside the run's, for what is shown once and then gone: with the run's cookies, or apart from all that it has.

use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use chromiumoxide::cdp::browser_protocol::target::{
    CloseTargetParams, CreateTargetParams, DisposeBrowserContextParams, TargetId,
};

use super::connection::Connection;
use super::session::Session;
use super::window::{LIMIT, Route, Window, new_context};
use crate::Error;
use crate::policy::Gate;

/// An empty page. It is closed when this is dropped.
pub(crate) struct Sheet {
    session: Session,
    _page: Page,
    /// What its context goes through.
    _gate: Option<Gate>,
}

/// What is closed: a page, or the context that it is alone in.
struct Page {
    connection: Connection,
    target: Option<TargetId>,
    context: Option<BrowserContextId>,
}

impl Sheet {
    /// Opens one in a context of its own.
    pub(super) async fn apart(window: &Window, route: Route) -> Result<Self, Error> {
        let connection = window.session().connection();
        let context = new_context(connection, &route).await?;
        let page = Page { connection: connection.clone(), target: None, context: Some(context.clone()) };
        Self::open(window, page, Some(context), route.gate()).await
    }

    async fn open(
        window: &Window,
        mut page: Page,
        context: Option<BrowserContextId>,
        gate: Option<Gate>,
    ) -> Result<Self, Error> {
        let connection = window.session().connection();
        let mut target = CreateTargetParams::new("about:blank");
        target.browser_context_id = context;
        // The run's page stays in front.
        target.new_window = connection.is_whole().then_some(true);
        let target = connection.call(None, target, LIMIT).await?.target_id;
        page.target = Some(target.clone());
        let session = Session::attach(connection, &target).await?;
        window.traffic.watch(connection, &target).await?;
        Ok(Self { session, _page: page, _gate: gate })
    }

    pub(crate) fn session(&self) -> &Session {
        &self.session
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // It is written now; nobody needs the reply.
        match (self.context.take(), self.target.take()) {
            (Some(context), _) => {
                drop(self.connection.send(None, DisposeBrowserContextParams::new(context), LIMIT));
            }
            (None, Some(target)) => {
                drop(self.connection.send(None, CloseTargetParams::new(target), LIMIT));
            }
            (None, None) => {}
        }
    }
}

impl Window {
    /// Opens an empty page in the window's context.
    pub(crate) async fn sheet(&self) -> Result<Sheet, Error> {
        let page = Page { connection: self.session().connection().clone(), target: None, context: None };
        Sheet::open(self, page, self.context().cloned(), None).await
    }
}
