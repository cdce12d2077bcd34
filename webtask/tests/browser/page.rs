//! The window as a page of chromiumoxide, for what no step does.

use webtask::__rt::{self, Until};

use crate::support::site::Site;
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
