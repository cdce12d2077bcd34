//! A window that cannot be cleaned for sure is replaced.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use webtask::__rt::{self, Until};
use webtask::{ErrorKind, Pool, Run};

use super::{Lab, visit};
use crate::support::raw::Raw;
use crate::support::site::Answer;
use crate::support::{self, Browser, steps};

/// Runs something after which the window is in doubt: the next run has another one.
async fn replaced(lab: &Lab, run: Run<()>) {
    lab.ask("/plain", "return 0").await.unwrap();
    lab.settled().await;
    let page = lab.page().await;
    run.await.unwrap();
    lab.settled().await;
    let title = lab.ask("/plain", "return document.title").await.unwrap();
    assert_eq!(title, "Plain");
    lab.settled().await;
    let mut raw = Raw::of(&lab.data).await;
    let start = Instant::now();
    // One that was made in advance may be there too.
    while raw.pages().await.iter().any(|(other, _)| *other == page) {
        assert!(start.elapsed() < Duration::from_secs(20), "the window is still there");
    }
}

#[test]
fn a_window_that_rust_code_has_had_is_replaced() {
    Lab::run(async |lab| {
        let run = steps(&lab.webtask, (), |cx, ()| {
            Box::pin(async move {
                cx.page().await?;
                Ok(())
            })
        });
        replaced(&lab, run).await;
    });
}

#[test]
fn a_window_that_has_logged_in_by_a_url_is_replaced() {
    Lab::run(async |lab| {
        let asks = "content-type: text/html\r\nwww-authenticate: Basic realm=x\r\n";
        lab.site.answer("/login", Answer::new("401 Unauthorized", asks, "<title>Out</title>"));
        let url = lab.site.url("/login").replace("//", "//user:secret@");
        let run = steps(&lab.webtask, url, |cx, url| {
            Box::pin(async move { Ok(__rt::goto(cx, &url, Until::Load, None).await.map(drop)?) })
        });
        replaced(&lab, run).await;
    });
}

#[test]
fn a_window_whose_page_does_not_answer_is_replaced() {
    Lab::run(async |lab| {
        let run = steps(&lab.webtask, lab.site.clone(), |cx, site| {
            Box::pin(async move {
                // Nothing comes between the request and the loop.
                let source = "setTimeout(() => { const asks = new XMLHttpRequest(); \
                              asks.open('GET', '/stuck', false); asks.send(); for (;;); }); return 0";
                visit(cx, &site.url("/plain"), source).await?;
                site.wait_asked("/stuck", 1).await;
                Ok(())
            })
        });
        replaced(&lab, run).await;
    });
}

#[test]
fn a_window_whose_page_crashed_is_replaced() {
    Lab::run(async |lab| {
        let run = steps(&lab.webtask, lab.data.clone(), |cx, data| {
            Box::pin(async move {
                let mut raw = Raw::of(&data).await;
                let page = raw.page().await.0;
                raw.crash(&page).await;
                let never = "return new Promise(() => {})";
                let error = __rt::js::<Value>(cx, "never", never, &[], true).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::BrowserLost);
                Ok(())
            })
        });
        replaced(&lab, run).await;
    });
}

#[test]
fn a_window_whose_page_was_closed_is_replaced() {
    Lab::run(async |lab| {
        let run = steps(&lab.webtask, lab.data.clone(), |_, data| {
            Box::pin(async move {
                let mut raw = Raw::of(&data).await;
                let page = raw.page().await.0;
                raw.call("Target.closeTarget", json!({ "targetId": page })).await;
                Ok(())
            })
        });
        replaced(&lab, run).await;
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_pool_has_a_new_window_each_time() {
    let pool = Pool::new("default").size(1).fresh();
    let Browser { webtask, profile } = Browser::start(support::builder().pool(pool).build().unwrap()).await;
    let mut pages = Vec::new();
    for _ in 0..3 {
        let run = steps(&webtask, profile.clone(), |cx, data| {
            Box::pin(async move {
                __rt::js::<Value>(cx, "name", "name = 'mine'; return 0", &[], false).await?;
                let mut raw = Raw::of(&data).await;
                let mut mine = Vec::new();
                for (page, _) in raw.pages().await {
                    let attach = json!({ "targetId": page, "flatten": true });
                    let session = raw.call("Target.attachToTarget", attach).await["sessionId"].clone();
                    let ask = json!({ "expression": "name" });
                    let name = raw.call_in(session.as_str(), "Runtime.evaluate", ask).await;
                    if name["result"]["value"] == "mine" {
                        mine.push(page);
                    }
                }
                Ok(mine)
            })
        });
        let mine = run.await.unwrap();
        assert_eq!(mine.len(), 1);
        assert!(!pages.contains(&mine[0]));
        pages.extend(mine);
    }
}
