//! What a run leaves behind in a window, removed so that the next run finds nothing of it. It knows no pool.
//!
//! The page goes to `about:blank` with its scripts turned off, so that nothing of it works on while it leaves. Then every
//! origin's data in the context is removed by one command, and the page gets a new session: whatever was set through the
//! old one (emulation, interception, scripts, bindings) ends with that. Whatever fails here, or takes too long, means that
//! the window is not to be used again.

use std::collections::HashSet;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::emulation::SetScriptExecutionDisabledParams;
use chromiumoxide::cdp::browser_protocol::network::ClearBrowserCacheParams;
use chromiumoxide::cdp::browser_protocol::page::{ResetNavigationHistoryParams, StopLoadingParams};
use chromiumoxide::cdp::browser_protocol::storage::{ClearCookiesParams, ClearDataForOriginParams};
use chromiumoxide::cdp::browser_protocol::target::{
    CloseTargetParams, FilterEntry, GetTargetsParams, TargetFilter, TargetInfo,
};
use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use webtask_program::Dialogs;

use super::ahead::Ahead;
use super::connection::CLOSED;
use super::device::Device;
use super::navigate::{Outcome, Until};
use super::session::Session;
use super::tab::Tab;
use super::tally::Tally;
use super::window::{LIMIT, Window};
use crate::{Error, ErrorKind};

/// What a page can make, as the browser calls it. Everything else is the browser's own, such as the parts of its window
/// that are pages themselves (`browser_ui`), and cannot be closed.
const MADE: [&str; 9] = [
    "page",
    "iframe",
    "webview",
    "worker",
    "shared_worker",
    "service_worker",
    "worklet",
    "shared_storage_worklet",
    "auction_worklet",
];

/// How soon to look again for what has not gone yet.
const AGAIN: Duration = Duration::from_millis(2);

/// Says that the page is a new one.
const NEW: &str = "name = ''; location.href === 'about:blank' && history.length === 1 && !opener";

/// Empties the clipboard first.
const EMPTY_CLIPBOARD: &str = "addEventListener('copy', event => {
    event.clipboardData.setData('text/plain', '');
    event.preventDefault();
}, { once: true });
document.execCommand('copy');
";

/// What is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wipe {
    /// All that a run leaves in the window; also what it has in the clipboard, which every window of the browser has.
    Everything { clipboard: bool },
    /// All but cookies, storage and caches.
    Page,
}

impl Window {
    /// Removes what a run has left behind, and tells what the browser had counted by then. After a failure, something may
    /// still be there.
    pub(super) async fn clean(&mut self, wipe: Wipe) -> Result<Option<Tally>, Error> {
        self.first.cut();
        if let Some(end) = self.session().end() {
            return Err(end);
        }
        let (session, connection) = (self.session().clone(), self.session().connection().clone());
        let everything = wipe != Wipe::Page;
        // Pages that would write something as they leave do not get to it. A page that does not answer is found here.
        let disabled = session.send(SetScriptExecutionDisabledParams::new(everything));
        let stopped = session.send(StopLoadingParams::default());
        let others = self.others().await?;
        disabled.await?;
        stopped.await?;
        for page in others.iter().filter(|other| other.r#type == "page") {
            drop(connection.send(None, CloseTargetParams::new(page.target_id.clone()), LIMIT));
        }
        self.leave().await?;
        if !others.is_empty() {
            // Service workers go with their registration only.
            self.close_others(|kind| match everything {
                true => kind == "service_worker",
                false => kind != "page",
            })
            .await?;
        }
        self.attach_again().await?;

        let session = self.session().clone();
        let settled = self.outfit().settle(&connection, self.context(), self.kept());
        let history = session.send(ResetNavigationHistoryParams::default());
        let wiped = everything.then(|| wipe_storage(&session));
        history.await?;
        settled.await?;
        if let Some(wiped) = wiped {
            wiped.await?;
            if self.close_others(|_| false).await? {
                // What went just now may have written something meanwhile.
                wipe_storage(&session).await?;
            }
            self.forget_prepared();
        }
        let counted = everything.then(|| Tally::ask(&connection));
        self.unpoint().await?;
        self.blank(wipe).await?;
        self.set_dialogs(Dialogs::Dismiss);
        self.device = std::sync::Mutex::new(Device::default());
        self.dress().await?;
        match counted {
            Some(counted) => counted.await,
            None => Ok(None),
        }
    }

    /// Removes the cookies that came since the last look, with answers that had begun to come by then. It is written now,
    /// and done before any later command.
    pub(super) fn drop_late_cookies(&self) {
        let clear = ClearCookiesParams { browser_context_id: self.context().cloned() };
        drop(self.session().connection().send(None, clear, LIMIT));
    }

    /// Closes what else there is in the window, but for those kinds that are kept, and waits until it is gone. Tells
    /// whether there was any.
    pub(super) async fn close_others(&self, is_kept: impl Fn(&str) -> bool) -> Result<bool, Error> {
        let connection = self.session().connection();
        let mut closed = HashSet::new();
        loop {
            let mut others = self.others().await?;
            others.retain(|other| !is_kept(&other.r#type));
            if others.is_empty() {
                return Ok(!closed.is_empty());
            }
            for other in others {
                // Frames, workers and worklets of a page go with it.
                let closes = matches!(other.r#type.as_str(), "page" | "shared_worker" | "service_worker");
                if closed.insert(other.target_id.inner().clone()) && closes {
                    drop(connection.send(None, CloseTargetParams::new(other.target_id), LIMIT));
                }
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// What pages have made in the window's context: pages, frames of other processes and workers, but for its own page.
    async fn others(&self) -> Result<Vec<TargetInfo>, Error> {
        let made = MADE.map(|kind| FilterEntry { exclude: None, r#type: Some(kind.to_owned()) });
        let filter = TargetFilter::new(made.to_vec());
        let all = GetTargetsParams { filter: Some(filter) };
        let mut targets = self.session().connection().call(None, all, LIMIT).await?.target_infos;
        let own = targets.iter().find(|target| target.target_id == self.first.target);
        let Some(context) = own.map(|own| own.browser_context_id.clone()) else {
            return Err(unclean(CLOSED));
        };
        targets
            .retain(|target| target.browser_context_id == context && target.target_id != self.first.target);
        Ok(targets)
    }

    /// Gives the page a new session in the place of the old one.
    async fn attach_again(&mut self) -> Result<(), Error> {
        let connection = self.session().connection().clone();
        let detached = self.first.detach();
        self.first = Tab::attach_again(&connection, self.first.target.clone(), self.manner()).await?;
        detached.await
    }

    /// Goes to a new blank page.
    pub(super) async fn leave(&self) -> Result<(), Error> {
        match self.navigate("about:blank", Until::Load, LIMIT, Ahead::Nothing).await? {
            (Outcome::Loaded, _) => Ok(()),
            _ => Err(unclean("the page cannot be left")),
        }
    }

    /// Sees that the page is a new one, without a name.
    pub(super) async fn blank(&self, wipe: Wipe) -> Result<(), Error> {
        let clipboard = wipe == Wipe::Everything { clipboard: true };
        let source = if clipboard { format!("{EMPTY_CLIPBOARD}{NEW}") } else { NEW.to_owned() };
        let mut look = EvaluateParams::new(source);
        // The page's own world is not asked: once it is there, each later document of the window pays for one.
        look.context_id = Some(self.first.root.make_world().await?.id());
        look.user_gesture = Some(clipboard);
        let reply = self.session().call(look).await?;
        match reply.result.value.and_then(|value| value.as_bool()) {
            Some(true) => Ok(()),
            _ => Err(unclean("the page is not empty")),
        }
    }
}

/// Removes everything that pages keep in the session's context, of all origins. It is written now.
fn wipe_storage(session: &Session) -> impl Future<Output = Result<(), Error>> + Send + use<> {
    let storage = session.send(ClearDataForOriginParams::new("*", "all"));
    let cache = session.send(ClearBrowserCacheParams::default());
    async move {
        storage.await?;
        cache.await?;
        Ok(())
    }
}

fn unclean(why: &'static str) -> Error {
    Error::new(ErrorKind::BrowserLost, why)
}
