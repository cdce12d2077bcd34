//! The window as a page of chromiumoxide, for what no step does.

use webtask::__rt::{self, Dialogs, Parts, Task, Until};

use crate::support::site::{Answer, Site};
use crate::support::{self, steps};

#[test]
fn a_run_has_its_window_as_a_page_of_chromiumoxide() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let (content, title, url) = steps(&webtask, site.url("/plain"), |cx, url| {
            Box::pin(async move {
                __rt::goto(cx, &url, Until::Load, None).await?;
                let page = cx.page().await?;
                page.evaluate("document.title = 'Changed'").await?;
                let title: String = __rt::js(cx, "title", "return document.title", &[], false).await?;
                let again = cx.page().await?;
                Ok((page.content().await?, title, again.url().await?))
            })
        })
        .await
        .unwrap();
        assert!(content.contains("<h1>Plain</h1>"), "{content}");
        assert_eq!(title, "Changed");
        assert_eq!(url, Some(site.url("/plain")));
    });
}

#[test]
fn two_runs_may_have_their_pages_at_once() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let run = |path: &str| {
            steps(&webtask, site.url(path), |cx, url| {
                Box::pin(async move {
                    let page = cx.page().await?;
                    __rt::goto(cx, &url, Until::Load, None).await?;
                    Ok(page.get_title().await?)
                })
            })
            .into_future()
        };
        let (plain, other) = tokio::join!(run("/plain"), run("/other"));
        assert_eq!(plain.unwrap().as_deref(), Some("Plain"));
        assert_eq!(other.unwrap().as_deref(), Some("Other"));
    });
}

/// chromiumoxide attaches every page that it learns of, and what it has set in one ends with its connection.
#[test]
fn the_pages_of_other_runs_are_left_alone() {
    static ACCEPTING: Task = Task::new(&Parts { dialogs: Dialogs::Accept, ..support::PARTS });
    support::run(async |webtask| {
        let site = Site::start().await;
        let url = site.url("/plain");
        let state = |state: &str| {
            let headers = "content-type: text/plain\r\ncache-control: no-store\r\n";
            site.answer("/state", Answer::new("200 OK", headers, state));
        };
        state("on");
        let dialogs = __rt::run(&webtask, &ACCEPTING, url.clone(), |cx, url| {
            Box::pin(async move {
                __rt::goto(cx, &url, Until::Load, None).await?;
                // As long as the others go on, and no dialog more: a whole browser takes its time for each.
                let ask = "let refused = 0; const goesOn = () => { const asks = new XMLHttpRequest(); \
                           asks.open('GET', '/state', false); asks.send(); return asks.responseText === 'on' }; \
                           do { for (let i = 0; i < 50; i++) refused += !confirm('sure?') } while (goesOn()); return refused";
                Ok(__rt::js::<u32>(cx, "refused", ask, &[], false).await?)
            })
        });
        let others = async {
            for _ in 0..8 {
                let run = steps(&webtask, url.clone(), |cx, url| {
                    Box::pin(async move {
                        __rt::goto(cx, &url, Until::Load, None).await?;
                        Ok(cx.page().await?.get_title().await?)
                    })
                });
                run.await.unwrap();
            }
            state("off");
        };
        let (refused, ()) = tokio::join!(dialogs, others);
        assert_eq!(refused.unwrap(), 0);
    });
}
