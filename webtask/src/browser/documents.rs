//! What servers answer to the documents of a page's main frame, while somebody listens. It judges nothing.

use std::collections::BTreeMap;

use chromiumoxide::cdp::browser_protocol::network;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::connection::{Events, RawEvent};
use super::navigate::Navigated;
use super::session::Session;
use super::window::Window;
use crate::Error;

const EVENTS: &[&str] = &["Network.responseReceived", "Page.frameNavigated"];

/// Listens until it is dropped.
pub(crate) struct Documents<'a> {
    session: &'a Session,
    frame: &'a str,
    events: Events,
}

/// The answer to a document.
pub(crate) struct DocumentResponse {
    /// The address after redirects, without a fragment.
    pub(crate) url: String,
    pub(crate) status: u16,
    /// By their names in small letters.
    pub(crate) headers: Map<String, Value>,
}

/// An answer as the browser tells it. The protocol's own type would refuse what a newer browser adds to it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Received {
    request_id: String,
    loader_id: String,
    #[serde(default)]
    frame_id: String,
    response: Response,
}

#[derive(Deserialize)]
struct Response {
    url: String,
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

impl Window {
    /// Listens to the answers for the page's documents from now on.
    pub(crate) async fn hear_documents(&self) -> Result<Documents<'_>, Error> {
        let session = self.session();
        let events = session.events(EVENTS);
        let documents = Documents { session, frame: self.target().inner(), events };
        let without_bodies = network::EnableParams {
            max_total_buffer_size: Some(0),
            max_resource_buffer_size: Some(0),
            ..Default::default()
        };
        session.call(without_bodies).await?;
        Ok(documents)
    }
}

impl Documents<'_> {
    /// The answer to the document that is there now, or to the navigation when no document came of it. None when nobody
    /// was asked, as for a fragment.
    pub(crate) fn newest(&mut self) -> Option<DocumentResponse> {
        let (mut received, mut came) = (Vec::new(), None);
        while let Some(event) = self.events.now() {
            // What cannot be read is as if it had not been told.
            match event.method {
                "Page.frameNavigated" => came = self.came(&event).or(came),
                _ => received.extend(self.received(&event)),
            }
        }
        let answer = match came {
            Some(loader) => received.into_iter().rfind(|answer| answer.loader_id == loader)?,
            None => received.pop()?,
        };
        let Response { url, status, headers } = answer.response;
        let mut joined = BTreeMap::<String, String>::new();
        for (name, value) in headers {
            let value = value.replace('\n', ", ");
            // One name may be told in several spellings.
            joined
                .entry(name.to_ascii_lowercase())
                .and_modify(|before| *before = format!("{before}, {value}"))
                .or_insert(value);
        }
        let headers = joined.into_iter().map(|(name, value)| (name, value.into())).collect();
        Some(DocumentResponse { url, status, headers })
    }

    fn came(&self, event: &RawEvent) -> Option<String> {
        let Navigated { frame, .. } = event.parse().ok()?;
        (frame.id == self.frame).then(|| frame.loader_id.into())
    }

    fn received(&self, event: &RawEvent) -> Option<Received> {
        let received: Received = event.parse().ok()?;
        let is_document = received.request_id == received.loader_id && received.frame_id == self.frame;
        is_document.then_some(received)
    }
}

impl Drop for Documents<'_> {
    fn drop(&mut self) {
        // Nobody needs the reply.
        drop(self.session.send(network::DisableParams::default()));
    }
}
