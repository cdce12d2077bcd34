//! The requests of a page that are under way. It counts them, and knows nothing of what they are for.

use std::collections::HashMap;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::network::{
    self, EventLoadingFailed, EventLoadingFinished, EventRequestWillBeSent, ResourceType,
};
use serde::Deserialize;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::connection::{Connection, Events, RawEvent};
use super::session::Session;
use crate::Error;
use chromiumoxide::cdp::browser_protocol::page;
use chromiumoxide::cdp::browser_protocol::target::TargetId;

const EVENTS: &[&str] =
    &["Page.frameNavigated", "Network.requestWillBeSent", "Network.loadingFinished", "Network.loadingFailed"];

/// What counts the requests of a page, in a session of its own until it is dropped.
#[derive(Debug)]
pub(crate) struct Requests {
    session: Session,
    under_way: watch::Receiver<UnderWay>,
    counting: AbortHandle,
}

/// Each request with its document and its URL.
type UnderWay = HashMap<String, (String, String)>;

/// A document that came, in any frame.
#[derive(Deserialize)]
struct Navigated {
    frame: Frame,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Frame {
    parent_id: Option<String>,
    loader_id: String,
}

impl Requests {
    /// Begins to count the requests of a page; those that are under way already are not known.
    pub(super) async fn of(connection: &Connection, page: &TargetId) -> Result<Self, Error> {
        let session = Session::attach(connection, page).await?;
        let events = session.events(EVENTS);
        let documents = session.send(page::EnableParams::default());
        let buffers = network::EnableParams {
            max_total_buffer_size: Some(0),
            max_resource_buffer_size: Some(0),
            ..Default::default()
        };
        let requests = session.send(buffers);
        documents.await?;
        requests.await?;
        let (sender, under_way) = watch::channel(UnderWay::new());
        let counting = tokio::spawn(count(events, sender)).abort_handle();
        Ok(Self { session, under_way, counting })
    }

    /// Waits until no more than so many have been under way for that long; false when the page is gone.
    pub(crate) async fn idle(&self, quiet: Duration, max: usize) -> bool {
        let mut under_way = self.under_way.clone();
        loop {
            if under_way.wait_for(|now| now.len() <= max).await.is_err() {
                return false;
            }
            let busy = under_way.wait_for(|now| now.len() > max);
            match tokio::time::timeout(quiet, busy).await {
                Err(_) => return true,
                Ok(Err(_)) => return false,
                Ok(Ok(_)) => {}
            }
        }
    }

    /// The URLs of those that are under way.
    pub(crate) fn under_way(&self) -> Vec<String> {
        let mut urls: Vec<_> = self.under_way.borrow().values().map(|(_, url)| url.clone()).collect();
        urls.sort_unstable();
        urls
    }
}

impl Drop for Requests {
    fn drop(&mut self) {
        self.counting.abort();
        drop(self.session.detach());
    }
}

async fn count(mut events: Events, under_way: watch::Sender<UnderWay>) {
    while let Some(event) = events.next().await {
        under_way.send_modify(|now| {
            // What cannot be read is counted as nothing.
            let _ = take(&event, now);
        });
    }
}

fn take(event: &RawEvent, now: &mut UnderWay) -> Result<(), Error> {
    match event.method {
        "Network.requestWillBeSent" => {
            let event: EventRequestWillBeSent = event.parse()?;
            // These stay open as long as the page likes.
            if !matches!(event.r#type, Some(ResourceType::EventSource | ResourceType::WebSocket)) {
                let document = event.loader_id.inner().clone();
                now.insert(event.request_id.inner().clone(), (document, event.request.url));
            }
        }
        "Network.loadingFinished" => {
            now.remove(event.parse::<EventLoadingFinished>()?.request_id.inner());
        }
        "Network.loadingFailed" => {
            now.remove(event.parse::<EventLoadingFailed>()?.request_id.inner());
        }
        _ => {
            let Navigated { frame } = event.parse()?;
            if frame.parent_id.is_none() {
                // Those of the document before have ended with it; of some nobody tells.
                now.retain(|_, (document, _)| *document == frame.loader_id);
            }
        }
    }
    Ok(())
}
