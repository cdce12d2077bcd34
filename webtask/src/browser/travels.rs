//! Which frames of a page go to another document, as the browser's events tell it. It calls nobody.

use std::collections::HashMap;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::network::LoaderId;
use serde::Deserialize;
use tokio::time::Instant;

use super::connection::RawEvent;
use super::history::WithinDocument;
use super::navigate::{Navigated, StartedNavigating};
use crate::Error;

/// The events that tell of navigations.
pub(super) const EVENTS: &[&str] = &[
    "Page.frameRequestedNavigation",
    "Page.frameStartedNavigating",
    "Page.frameNavigated",
    "Page.frameStoppedLoading",
    "Page.frameAttached",
    "Page.frameDetached",
    "Page.navigatedWithinDocument",
    "Page.domContentEventFired",
    "Page.loadEventFired",
];

/// How long the document of a frame may still come after the frame has stopped loading: it may be the one before that
/// has.
const LATE: Duration = Duration::from_millis(150);

/// The frames of a page that are on their way.
#[derive(Debug)]
pub(super) struct Travels {
    main: String,
    /// Whether only what the history leads to counts.
    history: bool,
    /// The navigation of the page itself, once it has begun.
    page: Option<Begun>,
    frames: HashMap<String, Going>,
    /// The frames whose new document is there, be it empty still.
    came: Vec<String>,
    /// The frames that are new in the page.
    added: Vec<String>,
}

/// A navigation of the page itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Begun {
    /// The document that it asks for; none for another state of the same one.
    pub(super) loader: Option<LoaderId>,
    pub(super) url: String,
    /// Whether the page asked for it, and not its history.
    pub(super) was_asked: bool,
}

/// How far the navigation of a frame is.
#[derive(Debug)]
enum Going {
    /// The page has asked for it.
    Asked,
    Begun(LoaderId),
    /// The history leads to another state of the same document.
    Within,
    /// It ended without a document, unless that comes late.
    Stopped(Instant),
}

/// A navigation that the page asks for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Requested {
    frame_id: String,
    #[serde(default)]
    disposition: String,
}

/// A frame that comes into the page, or leaves it or its process.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changed {
    frame_id: String,
    #[serde(default)]
    reason: String,
}

impl Travels {
    pub(super) fn new(main: &str) -> Self {
        Self {
            main: main.to_owned(),
            history: false,
            page: None,
            frames: HashMap::new(),
            came: Vec::new(),
            added: Vec::new(),
        }
    }

    /// Those that the page's history leads to.
    pub(super) fn of_history(main: &str) -> Self {
        Self { history: true, ..Self::new(main) }
    }

    /// The navigation of the page itself, once it has begun.
    pub(super) fn page(&self) -> Option<&Begun> {
        self.page.as_ref()
    }

    /// Whether a navigation was asked for that has not begun.
    pub(super) fn is_asked(&self) -> bool {
        self.frames.values().any(|going| matches!(going, Going::Asked))
    }

    /// Forgets what was asked for and has not begun: the page has forbidden it.
    pub(super) fn forget_asked(&mut self) {
        self.frames.retain(|_, going| !matches!(going, Going::Asked));
    }

    /// Forgets the frames that are new in the page.
    pub(super) fn forget_added(&mut self) {
        self.frames.retain(|id, _| !self.added.contains(id));
        self.came.retain(|id| !self.added.contains(id));
    }

    /// Whether a frame is on its way, or has come and nobody has taken note of it.
    pub(super) fn is_going(&self) -> bool {
        !self.came.is_empty() || self.frames.values().any(|going| !matches!(going, Going::Asked))
    }

    /// The frames whose document has come, with whether they are new in the page; none while one is on its way.
    pub(super) fn take_came(&mut self) -> Option<Vec<(String, bool)>> {
        if self.frames.values().any(|going| !matches!(going, Going::Asked)) {
            return None;
        }
        let came = std::mem::take(&mut self.came);
        Some(
            came.into_iter()
                .map(|id| (self.added.contains(&id), id))
                .map(|(added, id)| (id, added))
                .collect(),
        )
    }

    /// Until when to wait for the next event, if every frame that is on its way is new or has stopped.
    pub(super) fn patience(&self, added: Instant) -> Option<Instant> {
        let until = self.frames.iter().filter_map(|(id, going)| match going {
            Going::Asked => None,
            Going::Stopped(since) => Some(Some(*since + LATE)),
            Going::Begun(_) | Going::Within => Some(self.added.contains(id).then_some(added)),
        });
        until.collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// Gives up the frames that are on their way.
    pub(super) fn give_up(&mut self) {
        self.frames.clear();
    }

    pub(super) fn take(&mut self, event: &RawEvent) -> Result<(), Error> {
        match event.method {
            "Page.frameRequestedNavigation" => {
                let Requested { frame_id, disposition } = event.parse()?;
                if disposition == "currentTab"
                    && !matches!(self.frames.get(&frame_id), Some(Going::Begun(_) | Going::Within))
                {
                    self.frames.insert(frame_id, Going::Asked);
                }
            }
            "Page.frameStartedNavigating" => self.begin(event.parse()?),
            "Page.frameNavigated" => {
                let Navigated { frame, .. } = event.parse()?;
                let is_it = match self.frames.get(&frame.id) {
                    None => false,
                    Some(Going::Begun(loader)) => *loader == frame.loader_id,
                    Some(_) => true,
                };
                if is_it {
                    self.frames.remove(&frame.id);
                    // A frame that cannot be reached is no more than a part of a page that failed.
                    if frame.unreachable_url.is_none() {
                        self.come(frame.id);
                    }
                }
            }
            "Page.navigatedWithinDocument" => {
                let WithinDocument { frame_id } = event.parse()?;
                if matches!(self.frames.get(&frame_id), Some(Going::Within)) {
                    self.frames.remove(&frame_id);
                }
                if frame_id == self.main && self.page.as_ref().is_some_and(|page| page.loader.is_none()) {
                    self.page = None;
                }
            }
            "Page.frameStoppedLoading" => {
                let WithinDocument { frame_id } = event.parse()?;
                if let Some(going @ (Going::Begun(_) | Going::Within)) = self.frames.get_mut(&frame_id) {
                    *going = Going::Stopped(Instant::now());
                }
            }
            "Page.frameAttached" => {
                let Changed { frame_id, .. } = event.parse()?;
                // One that comes back from another process is not new.
                if !self.frames.contains_key(&frame_id) && !self.came.contains(&frame_id) {
                    self.added.push(frame_id);
                }
            }
            "Page.frameDetached" => {
                let Changed { frame_id, reason } = event.parse()?;
                let was_going = matches!(self.frames.remove(&frame_id), Some(Going::Begun(_)));
                match reason.as_str() {
                    "swap" if was_going => self.come(frame_id),
                    "swap" => {}
                    _ => self.came.retain(|came| *came != frame_id),
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, event: StartedNavigating) {
        let kind = event.navigation_type.to_lowercase();
        let (stays, is_history) = (kind.contains("samedocument"), kind.starts_with("history"));
        // A step to a fragment is done by the page itself, at once.
        if (stays || self.history) && !is_history {
            return;
        }
        let was_asked = matches!(self.frames.get(&event.frame_id), Some(Going::Asked));
        if event.frame_id == self.main {
            self.frames.remove(&self.main);
            let loader = (!stays).then_some(event.loader_id);
            self.page = Some(Begun { loader, url: event.url, was_asked });
        } else {
            let going = if stays { Going::Within } else { Going::Begun(event.loader_id) };
            self.frames.insert(event.frame_id, going);
        }
    }

    fn come(&mut self, frame: String) {
        if frame != self.main && !self.came.contains(&frame) {
            self.came.push(frame);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use serde_json::value::{RawValue, to_raw_value};

    use super::*;

    fn event(method: &'static str, params: &serde_json::Value) -> RawEvent {
        let params: Box<RawValue> = to_raw_value(params).expect("JSON");
        RawEvent { method, params }
    }

    fn requested(frame: &str, disposition: &str) -> RawEvent {
        let params =
            json!({ "frameId": frame, "reason": "anchorClick", "url": "u", "disposition": disposition });
        event("Page.frameRequestedNavigation", &params)
    }

    fn started(frame: &str, loader: &str, kind: &str) -> RawEvent {
        let params = json!({ "frameId": frame, "loaderId": loader, "navigationType": kind, "url": "u" });
        event("Page.frameStartedNavigating", &params)
    }

    fn navigated(frame: &str, loader: &str) -> RawEvent {
        event(
            "Page.frameNavigated",
            &json!({ "frame": { "id": frame, "loaderId": loader }, "type": "Navigation" }),
        )
    }

    fn of(method: &'static str, frame: &str) -> RawEvent {
        event(method, &json!({ "frameId": frame }))
    }

    fn after(events: &[RawEvent]) -> Travels {
        let mut travels = Travels::new("main");
        for event in events {
            travels.take(event).expect("it is read");
        }
        travels
    }

    #[test]
    fn a_page_that_goes_on_is_told_from_one_that_stays() {
        let begun = after(&[requested("main", "currentTab"), started("main", "1", "differentDocument")]);
        let page = begun.page().expect("it has begun");
        assert_eq!((page.loader.clone(), page.was_asked), (Some("1".to_owned().into()), true));
        let back = after(&[started("main", "1", "historyDifferentDocument")]);
        assert!(!back.page().expect("it has begun").was_asked);

        assert!(after(&[requested("main", "currentTab")]).is_asked());
        for stays in [
            requested("main", "newTab"),
            requested("main", "download"),
            started("main", "1", "sameDocument"),
            of("Page.navigatedWithinDocument", "main"),
            of("Page.frameStoppedLoading", "main"),
        ] {
            let travels = after(&[stays]);
            assert!(travels.page().is_none() && !travels.is_asked() && !travels.is_going());
        }
        let state = [started("main", "1", "historySameDocument"), of("Page.navigatedWithinDocument", "main")];
        assert!(after(&state[..1]).page().is_some());
        assert!(after(&state).page().is_none());
    }

    #[test]
    fn a_frame_is_on_its_way_until_its_document_came() {
        let begun = started("a", "1", "differentDocument");
        let mut travels = after(&[requested("a", "currentTab"), begun, navigated("a", "0")]);
        assert!(travels.is_going() && travels.take_came().is_none());
        travels.take(&navigated("a", "1")).expect("it is read");
        assert_eq!(travels.take_came(), Some(vec![("a".to_owned(), false)]));
        assert!(!travels.is_going());
    }

    #[test]
    fn a_frame_may_move_to_another_process_or_leave() {
        let begun = || started("a", "1", "differentDocument");
        let gone = |reason| event("Page.frameDetached", &json!({ "frameId": "a", "reason": reason }));
        assert_eq!(after(&[begun(), gone("swap")]).take_came(), Some(vec![("a".to_owned(), false)]));
        assert_eq!(after(&[begun(), gone("remove")]).take_came(), Some(vec![]));
        assert_eq!(after(&[begun(), navigated("a", "1"), gone("remove")]).take_came(), Some(vec![]));
        let unreachable = json!({ "frame": { "id": "a", "loaderId": "1", "unreachableUrl": "u" } });
        assert!(!after(&[begun(), event("Page.frameNavigated", &unreachable)]).is_going());
    }

    #[test]
    fn only_what_may_never_come_is_waited_for_with_an_end() {
        let added = Instant::now();
        let begun = |frame| started(frame, "1", "differentDocument");
        assert_eq!(after(&[begun("a")]).patience(added), None);
        assert_eq!(after(&[of("Page.frameAttached", "b"), begun("b")]).patience(added), Some(added));
        assert_eq!(after(&[of("Page.frameAttached", "b"), begun("b"), begun("a")]).patience(added), None);
        assert!(after(&[begun("a"), of("Page.frameStoppedLoading", "a")]).patience(added) > Some(added));
        let mut ignoring = after(&[of("Page.frameAttached", "b"), begun("b")]);
        ignoring.forget_added();
        assert!(!ignoring.is_going());
    }

    #[test]
    fn the_history_leads_only_where_it_says() {
        let mut travels = Travels::of_history("main");
        travels.take(&started("a", "1", "differentDocument")).expect("it is read");
        assert!(!travels.is_going());
        travels.take(&started("a", "2", "historyDifferentDocument")).expect("it is read");
        assert!(travels.is_going());
    }
}
