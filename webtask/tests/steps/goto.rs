//! `goto`: what each outcome of a navigation is for a recipe. The outcomes themselves are tested with the browser.

use std::time::Duration;

use webtask::__rt::{Until, goto};
use webtask::ErrorKind;

use crate::bench::{read, test};

#[test]
fn a_page_or_a_place_in_it_is_reached() {
    test(|bench| async move {
        let run = bench.run(bench.site.url("/plain"), |cx, url| {
            Box::pin(async move {
                goto(cx, &url, Until::Load, None).await?;
                goto(cx, &format!("{url}#here"), Until::Load, None).await?;
                goto(cx, &format!("{url}?q=1"), Until::Dom, None).await?;
                goto(cx, &url.replace("/plain", "/missing"), Until::Idle, None).await?;
                Ok(read(cx, "return document.title").await?)
            })
        });
        assert_eq!(run.await.unwrap(), "Missing");
    });
}

#[test]
fn what_gives_no_page_is_an_error_that_names_the_url() {
    test(|bench| async move {
        let site = bench.site.url("");
        for (path, expected) in [
            ("/download", "`SITE/download` is a download and no page"),
            ("/empty", "`SITE/empty` has no content: the page stays what it was"),
            ("/held/page", "`SITE/held/page` was not loaded within 200ms"),
        ] {
            let run = bench.run(bench.site.url(path), |cx, url| {
                Box::pin(
                    async move { Ok(goto(cx, &url, Until::Load, Some(Duration::from_millis(200))).await?) },
                )
            });
            let error = run.await.unwrap_err();
            assert_eq!(error.to_string(), expected.replace("SITE", &site));
            assert_eq!(error.kind(), ErrorKind::NavigationFailed);
        }
        for (url, kind, expected) in [
            ("http:/", ErrorKind::NavigationFailed, "`http:/` is no URL: empty host"),
            (
                "file:///etc/hostname",
                ErrorKind::UrlNotAllowed,
                "`file:///etc/hostname` is not allowed; `goto` opens `http`, `https` and `data` URLs, and `about:blank`",
            ),
        ] {
            let run = bench
                .run(url, |cx, url| Box::pin(async move { Ok(goto(cx, url, Until::Load, None).await?) }));
            let error = run.await.unwrap_err();
            assert_eq!((error.to_string().as_str(), error.kind()), (expected, kind));
        }
    });
}
