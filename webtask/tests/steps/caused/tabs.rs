//! Tabs that a step opens: what they do themselves, and what their opener does with them later.

use std::time::Duration;

use serde_json::json;
use webtask::__rt::{back, click, click_opens_tab};

use super::{MARK, OLD, TIMES, page};
use crate::bench::{open, read, test, told};

/// What a tab that a step opened does itself, and what is written into it later.
#[test]
fn tabs_are_waited_for() {
    test(|bench| async move {
        let tab = bench.at("/tab", &page("setTimeout(go, 0)", "form.action = to; form.submit()", "/other"));
        let url = bench.page(&format!("<a target=_blank href='{tab}'>tab</a>"));
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                let mut old = 0;
                for _ in 0..3 {
                    open(cx, &url).await?;
                    click_opens_tab(cx, "a", None, None, None).await?;
                    for _ in 0..TIMES {
                        read(cx, MARK).await?;
                        click(cx, "#go", None, None, None).await?;
                        old += usize::from(read(cx, OLD).await? == json!(true));
                        back(cx).await?;
                    }
                }
                Ok(old)
            })
        });
        assert_eq!(run.await.unwrap(), 0);
    });
}

#[test]
fn a_tab_that_is_filled_later_is_waited_for() {
    test(|bench| async move {
        for (fill, title) in [
            ("tab.location = text", "Other"),
            (
                "tab.document.write('<title>Written</title><h1>all of it</h1>'); tab.document.close()",
                "Written",
            ),
            ("tab.document.write('<title>Open</title><h1>never closed</h1>')", "Open"),
            ("tab.document.body.innerHTML = '<h1>set</h1>'; tab.document.title = 'Set'", "Set"),
            (
                "tab.location = window.URL.createObjectURL(new Blob(['<title>Blob</title>'], { type: 'text/html' }))",
                "Blob",
            ),
        ] {
            for opened in ["''", "'about:blank'"] {
                let url = bench.page(&format!(
                    "<title>Opener</title><button onclick=\"const tab = window.open({opened}, 'tab' + Math.random());
                    fetch('/held/late').then(async () => {{ const text = '/other'; {fill} }})\">go</button>"
                ));
                let run = bench.run(url, |cx, url| {
                    Box::pin(async move {
                        open(cx, &url).await?;
                        click_opens_tab(cx, "button", None, None, None).await?;
                        Ok(read(cx, "return [document.title, document.body.children.length > 0]").await?)
                    })
                });
                let release = async {
                    bench.site.wait_held(1).await;
                    bench.site.release();
                };
                let (seen, ()) = tokio::join!(run, release);
                assert_eq!(seen.unwrap()[0], json!(title), "{opened}: {fill}");
                bench.site.hold();
            }
        }
        let url = bench.page("<button onclick=\"window.open('')\">never</button>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                Ok(told(click_opens_tab(cx, "button", None, None, Some(Duration::from_millis(500))).await))
            })
        });
        assert_eq!(run.await.unwrap(), "the tab that it opened stayed empty for 500ms");
    });
}

#[test]
fn what_closes_its_tab_or_hangs_is_no_trap() {
    test(|bench| async move {
        let tab = bench.at("/closes", "<title>Closes</title><button onclick='window.close()'>close</button>");
        let opener = bench.page(&format!("<a target=_blank href='{tab}' rel=opener>tab</a>"));
        let busy = bench.page("<button onclick='setTimeout(() => { for (;;); })'>busy</button>");
        let run = bench.run([opener, busy], |cx, [opener, _]| {
            Box::pin(async move {
                open(cx, &opener).await?;
                click_opens_tab(cx, "a", None, None, None).await?;
                click(cx, "button", None, None, None).await?;
                Ok(told(read(cx, "return 1").await))
            })
        });
        assert_eq!(run.await.unwrap(), "the page was closed");
        let busy = bench.page("<button onclick='setTimeout(() => { for (;;); })'>busy</button>");
        let run = bench.run(busy, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let started = std::time::Instant::now();
                let told = told(click(cx, "button", None, None, Some(Duration::from_millis(500))).await);
                Ok((told, started.elapsed() < Duration::from_secs(8)))
            })
        });
        assert_eq!(run.await.unwrap(), ("the page did not answer within 500ms".to_owned(), true));
    });
}
