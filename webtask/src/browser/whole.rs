//! What a whole browser does for a person that headless shell does not, undone where pages would see it: its own window
//! takes part of their size, a tab in the background stands still, and logins are asked for. It knows no pool.

use std::sync::OnceLock;

use chromiumoxide::cdp::browser_protocol::browser::GetVersionParams;
use chromiumoxide::cdp::browser_protocol::emulation::SetFocusEmulationEnabledParams;
use chromiumoxide::cdp::browser_protocol::fetch::{
    AuthChallengeResponse, AuthChallengeResponseResponse, ContinueRequestParams, ContinueWithAuthParams,
    EnableParams,
};
use chromiumoxide::cdp::browser_protocol::target::AttachToBrowserTargetParams;
use serde::Deserialize;

use super::connection::{Connection, Events};
use super::session::Session;
use super::window::LIMIT;
use crate::Error;

/// How the product calls itself that has no window of its own.
const SHELL: &str = "HeadlessChrome/";

/// What is known of the browser.
#[derive(Debug, Default)]
pub(super) struct Whole(OnceLock<Known>);

#[derive(Debug)]
struct Known {
    /// The size of pages for which nobody has said one.
    page_size: Option<(u32, u32)>,
}

impl Connection {
    /// Finds out whether it is a whole browser. One of ours that nobody sees is made to be as headless shell is: its pages
    /// have that size, and where it `declines`, it asks nobody for a login.
    pub(super) async fn be_like_shell(
        &self,
        hidden: Option<(u32, u32)>,
        declines: bool,
    ) -> Result<(), Error> {
        let version = self.call(None, GetVersionParams::default(), LIMIT).await?;
        if version.product.starts_with(SHELL) {
            return Ok(());
        }
        let _ = self.whole().0.set(Known { page_size: hidden });
        match hidden {
            Some(_) if declines => decline_logins(self).await,
            _ => Ok(()),
        }
    }

    /// Whether it is a whole browser. Each page needs a window of its own there, and to be told that it has the focus.
    pub(super) fn is_whole(&self) -> bool {
        self.whole().0.get().is_some()
    }

    /// The size that pages are given when nobody says one; none where the browser's own is the right one.
    pub(super) fn page_size(&self) -> Option<(u32, u32)> {
        self.whole().0.get()?.page_size
    }
}

impl Session {
    /// Lets a page of a whole browser work on while another one is in front. It is written now.
    pub(super) fn keep_awake(&self) {
        if self.connection().is_whole() {
            // Nobody needs the reply.
            drop(self.send(SetFocusEmulationEnabledParams::new(true)));
        }
    }
}

/// Either event.
#[derive(Deserialize)]
struct Paused {
    #[serde(rename = "requestId")]
    id: String,
}

/// Declines every login that a server asks for and no URL gives, until the browser ends: then its answer is shown. The
/// browser itself would wait for its user, and a page's request with it.
async fn decline_logins(connection: &Connection) -> Result<(), Error> {
    let id = connection.call(None, AttachToBrowserTargetParams::default(), LIMIT).await?.session_id;
    let session = Session::new(connection, id);
    let events = session.events(&["Fetch.requestPaused", "Fetch.authRequired"]);
    let enable = EnableParams { handle_auth_requests: Some(true), ..Default::default() };
    session.call_within(enable, LIMIT).await?;
    tokio::spawn(decline(session, events));
    Ok(())
}

async fn decline(session: Session, mut events: Events) {
    while let Some(event) = events.next().await {
        let Ok(Paused { id }) = event.parse() else { continue };
        // Nobody needs the replies.
        if event.method == "Fetch.requestPaused" {
            drop(session.send(ContinueRequestParams::new(id)));
        } else {
            let declined = AuthChallengeResponse::new(AuthChallengeResponseResponse::CancelAuth);
            drop(session.send(ContinueWithAuthParams::new(id, declined)));
        }
    }
}
