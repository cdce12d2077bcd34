//! `wait until`.

use std::time::{Duration, Instant};

use serde_json::json;
use webtask::__rt::{Awaited, wait_until};

use crate::bench::{SHORT, open, read, test, told};

#[test]
fn it_sees_an_element_come_show_itself_and_go() {
    test(|bench| async move {
        let url = bench.page(
        "<body><script>
            const add = () => { const div = document.createElement('div'); div.id = 'late'; div.textContent = 'one  two';
                div.style.display = 'none'; document.body.append(div); };
            setTimeout(add, 60);
            setTimeout(() => { late.style.display = 'block'; late.firstChild.data = 'two three' }, 120);
            setTimeout(() => late.remove(), 240);
        </script>",
    );
        let seen = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                wait_until(cx, "#late", Awaited::Present, None, None).await?;
                wait_until(cx, "#late", Awaited::Visible, Some("two three"), None).await?;
                wait_until(cx, "#late", Awaited::Gone, None, None).await?;
                Ok(read(cx, "return document.getElementById('late') === null").await?)
            })
        });
        assert_eq!(seen.await.unwrap(), true);
    });
}

#[test]
fn what_no_mutation_tells_is_seen_too() {
    test(|bench| async move {
        // A rule put into an existing style sheet changes no node, nor does a box that is ticked by a script.
        let url = bench.page(
            "<style>#a { display: none }</style><p id=a>a</p><input type=checkbox id=b><script>
            setTimeout(() => document.styleSheets[0].deleteRule(0), 60);
            setTimeout(() => b.checked = true, 60);
        </script>",
        );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                wait_until(cx, "#a", Awaited::Visible, None, None).await?;
                Ok(wait_until(cx, "#b:checked", Awaited::Present, None, None).await?)
            })
        });
        run.await.unwrap();
    });
}

#[test]
fn a_document_that_is_written_anew_is_followed() {
    test(|bench| async move {
        let url = bench.page(
            "<script>onload = () => setTimeout(() => { document.open(); document.write('<p>'); }, 40);
        setTimeout(() => document.querySelector('p').id = 'late', 120)</script>",
        );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                Ok(wait_until(cx, "#late", Awaited::Present, None, None).await?)
            })
        });
        run.await.unwrap();
    });
}

#[test]
fn gone_is_also_what_is_hidden_or_was_never_there() {
    test(|bench| async move {
        let url = bench.page("<p hidden>a</p><i style='visibility:hidden'>b</i><div></div>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                for selector in ["p", "i", "div", "#never"] {
                    wait_until(cx, selector, Awaited::Gone, None, SHORT).await?;
                }
                Ok(())
            })
        });
        run.await.unwrap();
    });
}

#[test]
fn it_goes_on_in_the_documents_that_come_meanwhile() {
    test(|bench| async move {
        let last = bench.page(
            "<title>Last</title><body><script>setTimeout(() => document.body.append('x'), 30);
        setTimeout(() => document.body.innerHTML = '<p id=end>end', 60)</script>",
        );
        bench
            .site
            .page("/step/2", &format!("<script>setTimeout(() => location.href = '{last}', 40)</script>"));
        bench.site.page("/step/1", "<script>setTimeout(() => location.href = '/step/2', 40)</script>");
        bench.site.page("/step/0", "<script>setTimeout(() => location.href = '/step/1', 40)</script>");
        let run = bench.run(bench.site.url("/step/0"), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                wait_until(cx, "#end", Awaited::Visible, None, None).await?;
                Ok(read(cx, "return document.title").await?)
            })
        });
        assert_eq!(run.await.unwrap(), "Last");
    });
}

#[test]
fn a_navigation_does_not_start_its_time_anew() {
    test(|bench| async move {
        bench.site.page("/again", "<script>setTimeout(() => location.reload(), 250)</script>");
        let run = bench.run(bench.site.url("/again"), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let start = Instant::now();
                let error = told(
                    wait_until(cx, "#never", Awaited::Present, None, Some(Duration::from_millis(600))).await,
                );
                Ok((error, start.elapsed()))
            })
        });
        let (error, time) = run.await.unwrap();
        assert_eq!(error, "`#never` was not there within 600ms: no element matches it");
        // Were it started anew with each of the reloads, no page would ever have answered.
        assert!(time >= Duration::from_millis(600), "{time:?}");
    });
}

#[test]
fn an_error_says_what_was_there_instead() {
    test(|bench| async move {
        let url = bench.page("<ul><li>First\n item<li>Second</ul><p hidden>a</p><p hidden>b</p><b>Bold</b>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut all = Vec::new();
                for (selector, state, text) in [
                    ("#x", Awaited::Present, None),
                    ("li", Awaited::Present, Some("Third")),
                    ("b", Awaited::Visible, Some("bold type")),
                    ("p", Awaited::Visible, None),
                    ("b", Awaited::Gone, None),
                    ("li", Awaited::Gone, None),
                    ("li[", Awaited::Gone, None),
                ] {
                    all.push(told(wait_until(cx, selector, state, text, SHORT).await));
                }
                Ok(all)
            })
        });
        assert_eq!(
            json!(run.await.unwrap()),
            json!([
                "`#x` was not there within 150ms: no element matches it",
                "`li` with the text `Third` was not there within 150ms: none of 2 that match has it, the first says `First item`",
                "`b` with the text `bold type` was not visible within 150ms: the one that matches says `Bold`",
                "`p` was not visible within 150ms: 2 are in the page, but none is visible",
                "`b` was not gone within 150ms: it is still visible",
                "`li` was not gone within 150ms: 2 are still visible",
                "`li[` is not a valid selector",
            ])
        );
    });
}

#[test]
fn a_page_that_hangs_is_said_to() {
    test(|bench| async move {
        let run = bench.run(bench.page("<h1 hidden>a</h1>"), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                read(cx, "setTimeout(() => { for (;;); }, 0)").await?;
                Ok(told(wait_until(cx, "h1", Awaited::Visible, None, SHORT).await))
            })
        });
        assert_eq!(run.await.unwrap(), "the page did not answer while `h1` was waited for 150ms");
    });
}
