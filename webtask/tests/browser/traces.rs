//! What a subscriber of `tracing` sees of a run: its span, its steps' and the calls of the protocol, each in the other.

use webtask::__rt::{self, Step, Until};

use crate::spans::Spans;
use crate::support::site::Site;
use crate::support::{self, Browser};

#[tokio::test]
async fn a_call_is_in_its_step_and_that_in_its_run() {
    let site = Site::start().await;
    let browser = Browser::start(support::builder().build().unwrap()).await;
    let spans = Spans::default();
    let listening = spans.listen();
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
    let known = spans.known();
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
    assert!(spans.are_left());
}
