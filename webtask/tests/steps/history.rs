//! `back`, `forward` and `reload`, through the macro.

use serde_json::json;
use webtask::{ErrorKind, webtask};

use crate::bench::test;
use crate::support::site::Answer;

webtask! {
    task "history/there_and_back" {
        input one string required;
        input two string required;
        goto "{{one}}";
        js _ "history.pushState({ n: 1 }, '', '?pushed'); window.kept = 'kept'";
        goto "{{two}}";
        back;
        js first "return [document.title, location.search]";
        back;
        js second "return [document.title, location.search]";
        forward;
        js third "return location.search";
        forward;
        js last "return document.title";
    }

    task "history/reload" {
        input one string required;
        goto "{{one}}";
        js _ "document.title = 'changed'";
        reload;
        js title "return document.title";
    }

    task "history/begins" { input one string required; goto "{{one}}"; back; }
    task "history/ends" { input one string required; goto "{{one}}"; forward; }
    task "history/nothing" { back; }
}

#[test]
fn it_goes_through_the_history_and_waits() {
    test(|bench| async move {
        let (one, two) = (bench.page("<title>One</title>"), bench.page("<title>Two</title><img src=/a.png>"));
        let input = history_there_and_back::Input { one, two };
        let output = history_there_and_back(&bench.webtask, input).await.unwrap();
        assert_eq!(
            json!(output),
            json!({
                "first": ["One", "?pushed"], "second": ["One", ""], "third": "?pushed", "last": "Two"
            })
        );
    });
}

#[test]
fn reload_asks_the_server_again() {
    test(|bench| async move {
        let one = bench.page("<title>One</title>");
        let path = one.strip_prefix(&bench.site.url("")).unwrap().to_owned();
        let output =
            history_reload(&bench.webtask, history_reload::Input { one: one.clone() }).await.unwrap();
        assert_eq!(output.title, "One");
        assert_eq!(bench.site.asked(&path), 2);
    });
}

#[test]
fn where_the_history_ends_is_an_error() {
    test(|bench| async move {
        let one = bench.page("<title>One</title>");
        let before = "the history begins here: there is no page to go back to";
        let error =
            history_begins(&bench.webtask, history_begins::Input { one: one.clone() }).await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::NavigationFailed, before));
        let error = history_nothing(&bench.webtask, history_nothing::Input {}).await.unwrap_err();
        assert_eq!(error.message(), before);
        let error = history_ends(&bench.webtask, history_ends::Input { one }).await.unwrap_err();
        assert_eq!(error.message(), "the history ends here: there is no page to go forward to");
    });
}

#[test]
fn a_page_that_is_gone_is_told() {
    test(|bench| async move {
        let run = bench.run(bench.site.url("/plain"), |cx, url| {
            Box::pin(async move {
                crate::bench::open(cx, &url).await?;
                cx.emit("opened", "").await;
                Ok(webtask::__rt::reload(cx).await?)
            })
        });
        let mut run = run;
        run.next().await.unwrap();
        bench.site.answer("/plain", Answer::new("204 No Content", "", ""));
        let error = run.await.unwrap_err();
        assert_eq!(error.message(), "the page has no content now, and stays what it was");
        assert_eq!(error.kind(), ErrorKind::NavigationFailed);
    });
}
