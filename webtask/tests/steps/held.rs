//! `wait until url` and `wait until js`.

use std::time::Duration;

use webtask::__rt::{AwaitedUrl, Cx, UrlPart, js, wait_until_js, wait_until_url};
use webtask::webtask;

use crate::bench::{SHORT, open, read, test, told};

async fn comes_to(cx: &Cx, glob: &str) -> Result<(), webtask::Error> {
    wait_until_url(cx, AwaitedUrl::Glob(&[UrlPart::Pattern(glob)]), None).await
}

/// Does it in the page as soon as a step waits there: after it has said where it is.
async fn soon(cx: &Cx, script: &str) -> Result<(), webtask::Error> {
    js(
        cx,
        "soon",
        "const todo = arguments[0]; setTimeout(() => (0, eval)(todo), 60)",
        &[script.into()],
        false,
    )
    .await
}

#[test]
fn an_address_is_seen_whoever_changes_it() {
    test(|bench| async move {
        bench.site.page("/a", "<title>a</title><p>");
        bench.site.page("/b/7", "<title>b</title><p>");
        let url = bench.site.url("/a");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                // Where it is already.
                comes_to(cx, "/a").await?;
                comes_to(cx, &url).await?;
                soon(cx, "history.pushState({}, '', '/pushed?n=1')").await?;
                comes_to(cx, "/pushed?n=*").await?;
                soon(cx, "history.replaceState({}, '', '/replaced/x y')").await?;
                comes_to(cx, "/replaced/x y").await?;
                soon(cx, "location.hash = 'part'").await?;
                comes_to(cx, "**#part").await?;
                soon(cx, "history.back()").await?;
                comes_to(cx, "/replaced/*y").await?;
                soon(cx, "location = '/b/7'").await?;
                wait_until_url(cx, AwaitedUrl::Matches(r"/b/\d+$"), None).await?;
                // The document is parsed.
                assert_eq!(read(cx, "return document.title").await?, "b");
                soon(cx, "history.back()").await?;
                comes_to(cx, "/replaced/**").await?;
                // One that is left again at once counts as well, and a frame's does not.
                let leaves = "history.pushState({}, '', '/one'); history.pushState({}, '', '/two')";
                let leave = js::<()>(cx, "leave", leaves, &[], false);
                tokio::try_join!(comes_to(cx, "/one"), leave)?;
                comes_to(cx, "/two").await?;
                soon(
                    cx,
                    "const f = document.createElement('iframe'); f.src = '/b/7'; document.body.append(f)",
                )
                .await?;
                let parts = [UrlPart::Pattern("/b/7")];
                let error = told(wait_until_url(cx, AwaitedUrl::Glob(&parts), SHORT).await);
                let here = url.replace("/a", "/two");
                assert_eq!(error, format!("the page was not at `/b/7` within 150ms: it is at `{here}`"));
                Ok(())
            })
        });
        run.await.unwrap();
    });
}

#[test]
fn a_caller_s_text_is_no_pattern_of_an_address() {
    test(|bench| async move {
        bench.site.page("/a", "<p>");
        let url = bench.site.url("/a");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let parts = [UrlPart::Pattern("/"), UrlPart::Letters("*")];
                let error = told(wait_until_url(cx, AwaitedUrl::Glob(&parts), SHORT).await);
                assert!(error.starts_with("the page was not at `/*` within 150ms"), "{error}");
                soon(cx, "history.pushState({}, '', '/*')").await?;
                Ok(wait_until_url(cx, AwaitedUrl::Glob(&parts), None).await?)
            })
        });
        run.await.unwrap();
    });
}

#[test]
fn a_script_is_asked_until_it_holds() {
    test(|bench| async move {
        bench.site.page("/next", "<script>setTimeout(() => window.ready = 'next', 60)</script><p>");
        let next = bench.site.url("/next");
        let url = bench.page("<script>let n = 0; setInterval(() => n++, 10)</script><p id=p>a</p>");
        let run = bench.run((url, next), |cx, (url, next)| {
            Box::pin(async move {
                open(cx, &url).await?;
                wait_until_js(cx, "n >= 3", None).await?;
                wait_until_js(cx, "const now = n; return now > 5", None).await?;
                soon(cx, "p.textContent = 'b'").await?;
                wait_until_js(cx, "document.querySelector('#p').textContent === 'b';", None).await?;
                // What is not there yet, and what throws for it.
                soon(cx, "const i = document.createElement('i'); i.id = 'late'; i.textContent = 'x'; document.body.append(i)")
                    .await?;
                wait_until_js(cx, "document.querySelector('#late').textContent === 'x'", None).await?;
                // Over a navigation.
                soon(cx, &format!("location = {next:?}")).await?;
                wait_until_js(cx, "window.ready === 'next'", None).await?;
                assert_eq!(read(cx, "return location.pathname").await?, "/next");
                for (script, expected) in [
                    ("document.title === 'x'", "the script did not hold within 150ms: its value was not truthy"),
                    (
                        "document.querySelector('#x').id",
                        "the script did not hold within 150ms: it threw at line 1: TypeError: Cannot read properties of null (reading 'id')",
                    ),
                    (
                        "fetch('/')",
                        "`wait until js` returned a promise; write `js _ \"…\" await`, which waits for it",
                    ),
                    (
                        "const n = 1; n > 0",
                        "`wait until js` returned nothing; write `return` before what it gives",
                    ),
                    ("return {", "`wait until js` failed: SyntaxError: Unexpected token ')'"),
                ] {
                    assert_eq!(told(wait_until_js(cx, script, SHORT).await), expected, "{script}");
                }
                // Nothing goes on being asked.
                js::<()>(cx, "count", "window.asked = 0", &[], false).await?;
                assert!(wait_until_js(cx, "window.asked++ < 0", SHORT).await.is_err());
                let before = read(cx, "return window.asked").await?;
                js::<()>(cx, "pause", "await new Promise(done => setTimeout(done, 250))", &[], true).await?;
                assert_eq!(read(cx, "return window.asked").await?, before);
                Ok(())
            })
        });
        run.await.unwrap();
    });
}

webtask! {
    task "held/both" {
        input url string required;
        input id string required;
        goto "{{url}}";
        js _ "setTimeout(() => history.pushState({}, '', '/orders/' + encodeURIComponent(arguments[0]) + '/paid'), 60)" args ["{{id}}"];
        wait until url "/orders/{{id}}/{open,paid}" timeout 8s;
        wait until url matches r"/paid$";
        wait until js "location.pathname.endsWith('paid')" timeout 5s;
        js at "location.pathname";
    }

    task "held/late" {
        input url string required;
        goto "{{url}}";
        wait until url "/nowhere" timeout 100ms;
    }
}

#[test]
fn both_stand_in_recipes() {
    test(|bench| async move {
        bench.site.page("/a", "<p>");
        let url = bench.site.url("/a");
        for (id, at) in [("a b", "/orders/a%20b/paid"), ("*{x}", "/orders/*%7Bx%7D/paid")] {
            let input = held_both::Input { url: url.clone(), id: id.into() };
            assert_eq!(held_both(&bench.webtask, input).await.unwrap().at, at);
        }
        let error = held_late(&bench.webtask, held_late::Input { url: url.clone() }).await.unwrap_err();
        assert_eq!(error.step().map(|step| step.name), Some("wait until url"));
        assert!(error.message().ends_with(&format!("it is at `{url}`")), "{error}");
    });
}

#[test]
fn both_are_methods() {
    test(|bench| async move {
        bench.site.page("/a", "<p>");
        let run = bench.run(bench.site.url("/a"), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                cx.wait_until_url("/a").timeout(Duration::from_secs(5)).await?;
                cx.wait_until_url(r"/[a-c]$").matches().await?;
                cx.wait_until_js("document.body !== null").timeout(Duration::from_secs(5)).await?;
                Ok(told(cx.wait_until_js("false").timeout(Duration::from_millis(80)).await))
            })
        });
        let told = run.await.unwrap();
        assert!(told.contains("the script did not hold within 80ms: its value was not truthy"), "{told}");
    });
}
