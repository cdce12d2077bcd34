//! What a subscriber of `tracing` sees of a run: its span, its steps' and the calls of the protocol, each in the other.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use webtask::__rt::{self, Step, Until};

use crate::support::site::Site;
use crate::support::{self, Browser};

/// A span as it is written, with its parent's number.
type Known = (String, Option<u64>);

/// Every span, written as `TARGET NAME FIELD=VALUE …` with its parent's number.
#[derive(Clone, Default)]
struct Spans {
    known: Arc<Mutex<Vec<Known>>>,
    inside: Arc<Mutex<Vec<u64>>>,
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.target().starts_with("webtask::")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut text = format!("{} {}", span.metadata().target(), span.metadata().name());
        span.record(&mut Fields(&mut text));
        let parent = match span.is_contextual() {
            true => self.inside.lock().unwrap().last().copied(),
            false => span.parent().map(Id::into_u64),
        };
        let mut known = self.known.lock().unwrap();
        known.push((text, parent));
        Id::from_u64(known.len() as u64)
    }

    fn record(&self, id: &Id, record: &Record<'_>) {
        record.record(&mut Fields(&mut self.known.lock().unwrap()[id.into_u64() as usize - 1].0));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, id: &Id) {
        self.inside.lock().unwrap().push(id.into_u64());
    }

    fn exit(&self, id: &Id) {
        let mut inside = self.inside.lock().unwrap();
        let place = inside.iter().rposition(|inside| *inside == id.into_u64()).expect("it was entered");
        inside.remove(place);
    }
}

impl Spans {
    fn parent(&self, parent: Option<u64>) -> Option<String> {
        Some(self.known.lock().unwrap()[parent? as usize - 1].0.clone())
    }
}

#[tokio::test]
async fn a_call_is_in_its_step_and_that_in_its_run() {
    let site = Site::start().await;
    let browser = Browser::start(support::builder().build().unwrap()).await;
    let spans = Spans::default();
    let listening = tracing::subscriber::set_default(spans.clone());
    support::steps(&browser.webtask, site.url("/plain"), |cx, url| {
        Box::pin(async move {
            let cx = __rt::at(cx, &Step { index: 0, name: "goto", at: "here:1" });
            __rt::goto(cx, &url, Until::Load, None).await?;
            let cx = __rt::at(cx, &Step { index: 1, name: "js", at: "here:2" });
            Ok(__rt::js::<String>(cx, "title", "return document.title", &[], false).await?)
        })
    })
    .await
    .unwrap();
    drop(listening);
    let known = spans.known.lock().unwrap().clone();
    let find = |start: &str| known.iter().find(|(text, _)| text.starts_with(start)).cloned().unwrap();
    let (run, _) = find("webtask::run run");
    assert!(run.contains(" task=\"test\"") && run.contains(" id="), "{run}");
    let (goto, parent) = find("webtask::step step index=0");
    assert_eq!(goto, "webtask::step step index=0 name=\"goto\" at=here:1");
    assert_eq!(spans.parent(parent).as_ref(), Some(&run));
    let (js, parent) = find("webtask::step step index=1");
    assert_eq!(spans.parent(parent).as_ref(), Some(&run));
    let (navigate, parent) = find("webtask::protocol call method=\"Page.navigate\"");
    assert!(navigate.contains(" session=") && navigate.contains(" id="), "{navigate}");
    assert_eq!(spans.parent(parent), Some(goto));
    assert!(
        known.iter().any(|(text, parent)| text.starts_with("webtask::protocol")
            && spans.parent(*parent).as_ref() == Some(&js)),
        "{known:?}"
    );
    assert!(spans.inside.lock().unwrap().is_empty());
}
