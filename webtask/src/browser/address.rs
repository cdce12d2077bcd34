//! Where a window's page is, and its coming to an address.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::connection::RawEvent;
use super::probe::is_stale;
use super::window::Window;
use crate::Error;

/// What tells of a new address: another document, or another state of the same one.
const EVENTS: &[&str] = &["Page.frameNavigated", "Page.navigatedWithinDocument"];

/// No limit of its own: whoever waits has one.
const UNLIMITED: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Where the page is.
const HERE: &str = "() => location.href";

/// Waits until the document is parsed.
const PARSED: &str = "() => document.readyState !== 'loading' ||
    new Promise((done) => document.addEventListener('DOMContentLoaded', () => done(true), { once: true }))";

/// A document that a frame shows.
#[derive(Deserialize)]
struct Shown {
    frame: Frame,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Frame {
    id: String,
    url: String,
    #[serde(default)]
    url_fragment: String,
}

/// Another state of a frame's document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Within {
    frame_id: String,
    url: String,
}

impl Window {
    /// Waits until the page is at an address that is wanted, or has been meanwhile, and its document is parsed.
    pub(crate) async fn come_to(&self, mut is_wanted: impl FnMut(&str) -> bool) -> Result<(), Error> {
        let session = self.session();
        // From here on nothing is missed; what was before, the page tells itself.
        let mut events = session.events(EVENTS);
        let here: String = loop {
            match self.probe(HERE, &Value::Null, UNLIMITED).await {
                Ok(text) => break serde_json::from_str(&text).unwrap_or_default(),
                Err(error) if is_stale(&error) => {}
                Err(error) => return Err(error),
            }
        };
        if !is_wanted(&here) {
            loop {
                let event = events.next().await.ok_or_else(|| session.silence())?;
                if self.address(&event)?.is_some_and(|url| is_wanted(&url)) {
                    break;
                }
            }
        }
        loop {
            match self.probe(PARSED, &Value::Null, UNLIMITED).await {
                Err(error) if is_stale(&error) => {}
                result => return result.map(drop),
            }
        }
    }

    /// The page's new address; none when the event is of a frame in it.
    fn address(&self, event: &RawEvent) -> Result<Option<String>, Error> {
        let main = self.target().inner();
        Ok(match event.method {
            "Page.frameNavigated" => {
                let Shown { frame: Frame { id, url, url_fragment } } = event.parse()?;
                (id == *main).then(|| format!("{url}{url_fragment}"))
            }
            _ => {
                let Within { frame_id, url } = event.parse()?;
                (frame_id == *main).then_some(url)
            }
        })
    }
}
