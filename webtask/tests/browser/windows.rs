//! Windows: each run has one of its own, and none sees anything of another.

use std::sync::Arc;

use tokio::sync::Barrier;
use webtask::__rt::{self, Until};

use crate::support::site::Site;
use crate::support::{self, steps};

/// What a page knows of an earlier visit.
const KNOWN: &str = "return [document.cookie, localStorage.length]";

#[test]
fn two_runs_at_once_see_nothing_of_each_other() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let both = Arc::new(Barrier::new(2));
        let visitor = steps(&webtask, (site.url("/cookies"), both.clone()), |cx, (url, both)| {
            Box::pin(async move {
                __rt::goto(cx, &url, Until::Load, None).await?;
                let known: (String, u32) = __rt::js(cx, "known", KNOWN, &[], false).await?;
                // It stays until the other has looked.
                both.wait().await;
                both.wait().await;
                Ok(known)
            })
        });
        let stranger = steps(&webtask, (site.url("/plain"), both), |cx, (url, both)| {
            Box::pin(async move {
                both.wait().await;
                __rt::goto(cx, &url, Until::Load, None).await?;
                let known: (String, u32) = __rt::js(cx, "known", KNOWN, &[], false).await?;
                both.wait().await;
                Ok(known)
            })
        });
        let (visitor, stranger) = tokio::join!(visitor.into_future(), stranger.into_future());
        assert_eq!(visitor.unwrap(), ("visitor=known".to_owned(), 1));
        assert_eq!(stranger.unwrap(), (String::new(), 0));
    });
}

#[test]
fn a_later_run_sees_nothing_of_an_earlier_one() {
    support::run(async |webtask| {
        let site = Site::start().await;
        for _ in 0..2 {
            let known =
                steps(&webtask, (site.url("/plain"), site.url("/cookies")), |cx, (plain, cookies)| {
                    Box::pin(async move {
                        __rt::goto(cx, &plain, Until::Load, None).await?;
                        let known: (String, u32) = __rt::js(cx, "known", KNOWN, &[], false).await?;
                        __rt::goto(cx, &cookies, Until::Load, None).await?;
                        Ok(known)
                    })
                });
            assert_eq!(known.await.unwrap(), (String::new(), 0));
        }
    });
}

#[test]
fn what_a_page_opens_goes_with_its_window() {
    support::run(async |webtask| {
        let site = Arc::new(Site::start().await);
        site.page("/opens", "<title>Opens</title><script>open('/held/popup')</script>");
        let run = steps(&webtask, site.clone(), |cx, site| {
            Box::pin(async move {
                __rt::goto(cx, &site.url("/opens"), Until::Load, None).await?;
                site.wait_held(1).await;
                Ok(())
            })
        });
        run.await.unwrap();
        // The popup still waited for its page; with the window it gave up.
        site.wait_held(0).await;
    });
}

#[test]
fn text_that_is_no_unicode_is_made_well_formed() {
    support::run(async |webtask| {
        let site = Site::start().await;
        site.page(
            "/broken",
            r"<title>x</title><script>document.title = 'a\ud800b \\ud800 \ud83d\ude00'</script>",
        );
        let title = steps(&webtask, site.url("/broken"), |cx, url| {
            Box::pin(async move {
                __rt::goto(cx, &url, Until::Load, None).await?;
                Ok(__rt::js::<String>(cx, "title", "return document.title", &[], false).await?)
            })
        });
        assert_eq!(title.await.unwrap(), "a\u{fffd}b \\ud800 \u{1f600}");
    });
}

#[test]
fn a_dialog_of_a_popup_stops_nothing() {
    support::run(async |webtask| {
        let site = Site::start().await;
        site.page("/opens", "<title>Opens</title><script>open('/alert')</script>");
        let title = steps(&webtask, site.url("/opens"), |cx, url| {
            Box::pin(async move {
                __rt::goto(cx, &url, Until::Load, None).await?;
                let source = "const popup = open('/alert'); \
                              await new Promise(done => popup.onload = done); return popup.document.title";
                Ok(__rt::js::<String>(cx, "title", source, &[], true).await?)
            })
        });
        assert_eq!(title.await.unwrap(), "After");
    });
}
