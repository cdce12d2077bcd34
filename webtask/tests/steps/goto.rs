//! `goto`: what each outcome of a navigation is for a recipe. The outcomes themselves are tested with the browser.

use std::time::Duration;

use webtask::__rt::{Until, goto};
use webtask::{ErrorKind, webtask};

use crate::bench::{read, test};
use crate::support::site::Answer;

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
            (
                "/download",
                "`SITE/download` is a download and no page; write it in a `download NAME` block to get the file",
            ),
            ("/empty", "`SITE/empty` has no content: the page stays what it was"),
            ("/held/page", "`SITE/held/page` was not loaded within 200ms"),
        ] {
            // A whole browser takes its time for its first page.
            let limit = path.starts_with("/held").then_some(Duration::from_millis(200));
            let run = bench.run((bench.site.url(path), limit), |cx, (url, limit)| {
                Box::pin(async move { Ok(goto(cx, &url, Until::Load, limit).await?) })
            });
            let error = run.await.unwrap_err();
            assert_eq!(error.message(), expected.replace("SITE", &site));
            assert_eq!(error.kind(), ErrorKind::NavigationFailed);
        }
        for (url, kind, expected) in [
            ("http:/", ErrorKind::NavigationFailed, "`http:/` is not a URL: empty host"),
            (
                "file:///etc/hostname",
                ErrorKind::UrlNotAllowed,
                "`file:///etc/hostname` is not allowed; `goto` opens `http`, `https` and `data` URLs, and `about:blank`",
            ),
        ] {
            let run = bench
                .run(url, |cx, url| Box::pin(async move { Ok(goto(cx, url, Until::Load, None).await?) }));
            let error = run.await.unwrap_err();
            assert_eq!((error.message(), error.kind()), (expected, kind));
        }
    });
}

webtask! {
    task "goto/named" {
        input url string required;
        goto page "{{url}}";
        set code "{{page.status}}";
        set kind "{{page.headers.content-type|or:none}}";
    }

    task "goto/unasked" {
        goto blank "about:blank" expect ok;
        goto data "data:text/html,hello" expect ok;
    }

    task "goto/ok" {
        input url string required;
        goto "{{url}}" expect ok;
    }

    task "goto/listed" {
        input url string required;
        goto page "{{url}}" expect ok, 404, 204;
    }

    task "goto/any" {
        input url string required;
        goto "{{url}}" expect any;
        js here: String "return location.href";
        js text: String "return document.documentElement.textContent";
    }

    task "goto/ahead" {
        input url string required;
        goto "{{url}}" expect ok timeout 5s;
        extract page from "body" { said text "#said"; }
    }

    task "goto/twice" {
        input one string required;
        input two string required;
        goto "{{one}}";
        goto page "{{two}}" until idle;
    }
}

/// Answers with that status.
fn says(status: &str) -> Answer {
    Answer::new(status, "content-type: text/html\r\nX-A: 1\r\nx-a: 2\r\n", "<p id=said>it says")
}

#[test]
fn a_name_gives_where_it_arrived() {
    test(|bench| async move {
        let site = &bench.site;
        site.answer("/busy", says("503 Busy"));
        site.answer("/moved", Answer::new("302 Found", "location: /busy#there\r\n", ""));
        site.answer(
            "/on",
            Answer::new(
                "404 Not Found",
                "content-type: text/html\r\n",
                "<script>location = '/busy'</script>",
            ),
        );
        let named = async |url: String| goto_named(&bench.webtask, goto_named::Input { url }).await.unwrap();
        for path in ["/busy", "/moved", "/on"] {
            let output = named(site.url(path)).await;
            let end = site.url(if path == "/moved" { "/busy#there" } else { "/busy" });
            assert_eq!((output.page.url, output.code), (end, 503), "{path}");
            assert_eq!(output.page.headers["x-a"], "1, 2", "{path}");
            assert_eq!(output.kind, "text/html", "{path}");
        }
        let unasked = goto_unasked(&bench.webtask, goto_unasked::Input {}).await.unwrap();
        assert_eq!((unasked.blank.url.as_str(), unasked.blank.status), ("about:blank", 200));
        assert_eq!((unasked.data.url.as_str(), unasked.data.status), ("data:text/html,hello", 200));
        let twice = async |one: &str, two: &str| {
            let input = goto_twice::Input { one: site.url(one), two: site.url(two) };
            goto_twice(&bench.webtask, input).await.unwrap().page
        };
        let there = twice("/busy", "/busy#there").await;
        assert_eq!((there.url, there.status, there.headers.len()), (site.url("/busy#there"), 503, 0));
        assert_eq!(twice("/busy", "/plain").await.status, 200);
    });
}

#[test]
fn a_status_that_is_not_expected_fails() {
    test(|bench| async move {
        let site = &bench.site;
        for (path, status) in [("/gone", "410 Gone"), ("/busy", "503 Busy"), ("/denied", "401 Unauthorized")]
        {
            site.answer(path, says(status));
        }
        site.answer("/moved", Answer::new("302 Found", "location: /gone\r\n", ""));
        site.answer("/bare", Answer::new("500 Oops", "", ""));
        for (path, told, retryable) in [
            ("/gone", "410 Gone", false),
            ("/moved", "410 Gone", false),
            ("/busy", "503 Service Unavailable", true),
            ("/denied", "401 Unauthorized", false),
            ("/bare", "500 Internal Server Error", true),
        ] {
            let url = site.url(path);
            let error = goto_ok(&bench.webtask, goto_ok::Input { url: url.clone() }).await.unwrap_err();
            assert_eq!(error.message(), format!("`{url}` answered {told}; `expect` allows `ok`"));
            assert_eq!((error.kind(), error.retryable()), (ErrorKind::NavigationFailed, retryable), "{path}");
            let input = goto_any::Input { url: url.clone() };
            assert!(goto_any(&bench.webtask, input).await.is_ok(), "{path}");
        }
        let ok = async |url: &str| goto_ok(&bench.webtask, goto_ok::Input { url: url.into() }).await;
        for path in ["/plain", "/plain#here"] {
            assert!(ok(&site.url(path)).await.is_ok(), "{path}");
        }
        assert!(
            ok(&site.url("/empty"))
                .await
                .unwrap_err()
                .message()
                .ends_with("has no content: the page stays what it was")
        );
        let error = ok(&site.url("/download")).await.unwrap_err();
        assert!(error.message().contains("is a download and no page"), "{error}");
    });
}

#[test]
fn the_statuses_in_the_list_are_taken() {
    test(|bench| async move {
        let site = &bench.site;
        site.answer("/gone", says("410 Gone"));
        let listed = async |path: &str| {
            let input = goto_listed::Input { url: site.url(path) };
            goto_listed(&bench.webtask, input).await.map(|output| output.page)
        };
        assert_eq!(listed("/plain").await.unwrap().status, 200);
        assert_eq!(listed("/missing").await.unwrap().status, 404);
        let empty = listed("/empty").await.unwrap();
        assert_eq!((empty.status, empty.url), (204, site.url("/empty")));
        let message = listed("/gone").await.unwrap_err().message().to_owned();
        assert!(message.ends_with("answered 410 Gone; `expect` allows `ok`, `404`, `204`"), "{message}");
        let any = async |path: &str| {
            goto_any(&bench.webtask, goto_any::Input { url: site.url(path) }).await.unwrap()
        };
        assert_eq!(any("/empty").await.here, "about:blank");
        site.answer("/bare", Answer::new("404 Not Found", "", ""));
        assert_eq!(any("/bare").await.text, "", "nothing of the browser's own");
    });
}

#[test]
fn what_was_asked_ahead_counts_only_with_the_right_status() {
    test(|bench| async move {
        let site = &bench.site;
        site.answer("/busy", says("503 Busy"));
        site.answer("/good", says("200 OK"));
        let ahead =
            async |path: &str| goto_ahead(&bench.webtask, goto_ahead::Input { url: site.url(path) }).await;
        assert_eq!(ahead("/good").await.unwrap().page.said, "it says");
        let error = ahead("/busy").await.unwrap_err();
        assert_eq!(error.step().map(|step| step.name), Some("goto"));
    });
}

#[test]
fn a_function_expects_too() {
    test(|bench| async move {
        bench.site.answer("/gone", says("410 Gone"));
        let run = bench.run(bench.site.url("/gone"), |cx, url| {
            Box::pin(async move {
                let refused = cx.goto(&url).expect_ok().await.unwrap_err();
                cx.goto(&url).expect_ok().expect(410).await?;
                cx.goto(&url).expect_any().until_dom().await?;
                let page = cx.goto(&url).expect(410).named().await?;
                let refused_too = cx.http("GET", &url).expect_ok().await.unwrap_err();
                let answer = cx.http("GET", &url).expect_ok().expect(410).await?;
                assert_eq!(refused.message(), refused_too.message());
                Ok(page.status + answer.status)
            })
        });
        assert_eq!(run.await.unwrap(), 820);
    });
}
