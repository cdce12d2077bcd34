//! Every way in which a navigation ends: in time, and with the right outcome.

use std::time::Duration;

use webtask::__rt::{self, Cx, Thrown, Until};
use webtask::{Dialogs, Error, ErrorKind, Task, Webtask};

use crate::support::site::Site;
use crate::support::{self, steps};

/// Nothing here takes that long, unless a test says so.
const LIMIT: Option<Duration> = Some(Duration::from_secs(10));

/// What the page is after the navigation: its title and URL, and whether it still is the document from before.
async fn page(cx: &Cx) -> Result<(String, String, bool), Thrown> {
    Ok(__rt::js(cx, "page", "return [document.title, location.href, !!window.before]", &[], false).await?)
}

/// Opens a page, marks it, goes on to another and says what then is.
async fn go_on(
    webtask: &Webtask,
    first: String,
    second: String,
    until: Until,
) -> (Option<Error>, (String, String, bool)) {
    steps(webtask, (first, second, until), |cx, (first, second, until)| {
        Box::pin(async move {
            __rt::goto(cx, &first, Until::Load, LIMIT).await?;
            __rt::js::<bool>(cx, "mark", "return window.before = true", &[], false).await?;
            let error = __rt::goto(cx, &second, until, LIMIT).await.err();
            Ok((error, page(cx).await?))
        })
    })
    .await
    .unwrap()
}

#[test]
fn a_page_is_loaded() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let (error, page) = go_on(&webtask, site.url("/other"), site.url("/plain"), Until::Load).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(page, ("Plain".into(), site.url("/plain"), false));
    });
}

#[test]
fn a_fragment_stays_in_the_document() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let (error, page) = go_on(&webtask, site.url("/plain"), site.url("/plain#here"), Until::Load).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(page, ("Plain".into(), site.url("/plain#here"), true));
        assert_eq!(site.asked("/plain"), 1);
    });
}

#[test]
fn no_content_stays_in_the_document_and_is_told() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let (error, page) = go_on(&webtask, site.url("/plain"), site.url("/empty"), Until::Load).await;
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::NavigationFailed);
        assert!(error.message().contains("no content"), "{error}");
        assert_eq!(page, ("Plain".into(), site.url("/plain"), true));
    });
}

#[test]
fn a_download_stays_in_the_document_and_is_told() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let (error, page) = go_on(&webtask, site.url("/plain"), site.url("/download"), Until::Load).await;
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::NavigationFailed);
        assert!(error.message().contains("download"), "{error}");
        assert_eq!(page, ("Plain".into(), site.url("/plain"), true));
    });
}

#[test]
fn a_dialog_does_not_stop_a_page() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let (error, page) = go_on(&webtask, site.url("/plain"), site.url("/alert"), Until::Load).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(page.0, "After");
        let (_, page) = go_on(&webtask, site.url("/plain"), site.url("/confirm"), Until::Load).await;
        assert_eq!(page.0, "false");
    });
}

#[test]
fn a_task_may_accept_dialogs() {
    static ACCEPTING: Task = Task::new(&__rt::Parts { dialogs: Dialogs::Accept, ..support::PARTS });
    support::run(async |webtask| {
        let site = Site::start().await;
        let title = __rt::run(&webtask, &ACCEPTING, site.url("/confirm"), |cx, url| {
            Box::pin(async move {
                __rt::goto(cx, &url, Until::Load, LIMIT).await?;
                Ok(page(cx).await?.0)
            })
        });
        assert_eq!(title.await.unwrap(), "true");
    });
}

#[test]
fn a_page_that_asks_to_stay_is_left() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let (error, page) = go_on(&webtask, site.url("/leave"), site.url("/plain"), Until::Load).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(page.0, "Plain");
    });
}

#[test]
fn a_wrong_url_fails_at_once() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let (error, page) = go_on(&webtask, site.url("/plain"), "nonsense".into(), Until::Load).await;
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::NavigationFailed);
        assert!(error.message().contains("`nonsense`"), "{error}");
        assert!(page.2);
    });
}

#[test]
fn an_error_of_the_network_is_told_with_its_url() {
    support::run(async |webtask| {
        let site = Site::start().await;
        for (url, text) in [
            (site.url("/reset"), "net::ERR_EMPTY_RESPONSE"),
            ("http://no-such-host.invalid/".to_owned(), "net::ERR_NAME_NOT_RESOLVED"),
        ] {
            let (error, _) = go_on(&webtask, site.url("/plain"), url.clone(), Until::Load).await;
            let error = error.unwrap();
            assert_eq!(error.kind(), ErrorKind::NavigationFailed);
            assert_eq!(error.message(), format!("`{url}` cannot be reached: {text}"));
        }
    });
}

#[test]
fn a_parsed_document_does_not_wait_for_an_image() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let (error, page) = go_on(&webtask, site.url("/plain"), site.url("/image"), Until::Dom).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(page.0, "Image");
    });
}

#[test]
fn an_image_that_never_comes_ends_with_the_time_and_the_next_page_works() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let urls = (site.url("/image"), site.url("/plain"));
        let (error, page) = steps(&webtask, urls.clone(), |cx, (image, plain)| {
            Box::pin(async move {
                let limit = Some(Duration::from_millis(300));
                let error = __rt::goto(cx, &image, Until::Load, limit).await.expect_err("the image is held");
                __rt::goto(cx, &plain, Until::Load, LIMIT).await?;
                Ok((error, page(cx).await?))
            })
        })
        .await
        .unwrap();
        assert_eq!(error.kind(), ErrorKind::NavigationFailed);
        assert_eq!(error.message(), format!("`{}` was not loaded within 300ms", urls.0));
        assert_eq!(page, ("Plain".into(), urls.1, false));
    });
}

#[test]
fn a_redirect_by_script_is_followed() {
    support::run(async |webtask| {
        let site = Site::start().await;
        site.page("/onload", "<title>First</title><body onload=\"location.href = '/plain'\">");
        site.page("/held", "<title>First</title><script>location = '/plain'</script><img src=/held/x.png>");
        for path in ["/redirect", "/twice", "/onload", "/held", "/moved"] {
            for _ in 0..5 {
                let (error, page) = go_on(&webtask, site.url("/other"), site.url(path), Until::Load).await;
                assert!(error.is_none(), "{path}: {error:?}");
                assert_eq!(page, ("Plain".into(), site.url("/plain"), false), "{path}");
            }
        }
    });
}

#[test]
fn a_redirect_by_script_to_nothing_ends() {
    support::run(async |webtask| {
        let site = Site::start().await;
        site.page("/nothing", "<title>First</title><script>location = '/empty'</script>");
        let (error, page) = go_on(&webtask, site.url("/other"), site.url("/nothing"), Until::Load).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(page, ("First".into(), site.url("/nothing"), false));
    });
}

#[test]
fn a_navigation_that_was_given_up_does_not_hinder_the_next() {
    support::run(async |webtask| {
        let site = Site::start().await;
        // The site must be watched while the step runs, so it is shared with it.
        let site = std::sync::Arc::new(site);
        let page = steps(&webtask, site.clone(), |cx, site| {
            Box::pin(async move {
                for round in 1..=3 {
                    let held = site.url("/held/page");
                    tokio::select! {
                        result = __rt::goto(cx, &held, Until::Load, LIMIT) => panic!("it is held, but: {result:?}"),
                        () = site.wait_asked("/held/page", round) => {}
                    }
                    __rt::goto(cx, &site.url("/plain"), Until::Load, LIMIT).await?;
                }
                page(cx).await
            })
        })
        .await
        .unwrap();
        assert_eq!(page, ("Plain".into(), site.url("/plain"), false));
        site.wait_held(0).await;
    });
}

#[test]
fn idle_waits_for_what_the_page_asks_for_after_its_load() {
    support::run(async |webtask| {
        let site = std::sync::Arc::new(Site::start().await);
        let title = steps(&webtask, site.clone(), |cx, site| {
            Box::pin(async move {
                let late = site.url("/late");
                let (result, ()) = tokio::join!(__rt::goto(cx, &late, Until::Idle, LIMIT), async {
                    site.wait_held(1).await;
                    site.release();
                });
                result?;
                Ok(page(cx).await?.0)
            })
        });
        assert_eq!(title.await.unwrap(), "Done");
    });
}

#[test]
fn a_page_that_never_rests_ends_with_the_time() {
    support::run(async |webtask| {
        let site = Site::start().await;
        let url = site.url("/ticks");
        let error = steps(&webtask, url.clone(), |cx, url| {
            Box::pin(async move {
                let limit = Some(Duration::from_secs(1));
                Ok(__rt::goto(cx, &url, Until::Idle, limit).await.expect_err("it never rests"))
            })
        });
        assert_eq!(error.await.unwrap().message(), format!("`{url}` was not loaded and idle within 1s"));
    });
}
