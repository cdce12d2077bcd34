//! Navigations that a step causes: what comes after the step sees the new document, each time.

mod broken;
mod frames;
mod tabs;
mod ways;

use std::time::Duration;

use futures::StreamExt as _;
use serde_json::{Value, json};
use webtask::__rt::{self, Cx, check, click, hover, press, select, sendkeys, uncheck};
use webtask::{Error, ErrorKind};

use crate::bench::{Bench, open, read, test};

/// How often each is tried: what is right by luck is not right so often.
const TIMES: usize = 10;

/// When a handler does it.
const WHEN: &[&str] =
    &["go()", "Promise.resolve().then(go)", "setTimeout(go, 0)", "queueMicrotask(() => setTimeout(go))"];

/// What it does, with the new document's URL in `to`.
const HOW: &[&str] = &[
    "location = to",
    "location.href = to",
    "location.replace(to)",
    "location.assign(to)",
    "navigation.navigate(to)",
    "location.reload()",
    "history.back()",
    "form.action = to; form.submit()",
    "form.action = to; form.requestSubmit()",
    "form.action = to; form.method = 'post'; form.submit()",
    "link.href = to; link.click()",
];

/// A page whose button goes to another document, and with keys and lists that do.
fn page(when: &str, how: &str, to: &str) -> String {
    format!(
        "<title>Old</title><form id=form></form><a id=link>link</a><button id=go>go</button>
        <input id=box type=checkbox><select id=list><option>a<option>b</select><input id=text>
        <script>
            const to = '{to}', go = () => {{ {how} }}, start = () => {{ {when} }};
            document.querySelector('#go').onclick = start;
            for (const field of [box, list]) field.onchange = start;
            text.onkeydown = event => event.key === 'Enter' && start();
        </script>"
    )
}

/// Marks the document as the old one.
const MARK: &str = "window.stale = true";

/// Whether the page is still the old one, or not yet there.
const OLD: &str =
    "return window.stale === true || document.readyState === 'loading' || document.title === ''";

impl Bench {
    /// Adds a page and gives its URL.
    fn at(&self, path: &str, html: &str) -> String {
        self.site.page(path, &format!("<!doctype html><meta charset=utf-8>{html}"));
        self.site.url(path)
    }
}

/// How often the step after a click still saw the old document, in the page.
async fn seen_old(cx: &Cx, from: &str, step: &str) -> Result<usize, Error> {
    let mut old = 0;
    for _ in 0..TIMES {
        open(cx, from).await?;
        read(cx, MARK).await?;
        match step {
            "click" => click(cx, "#go", None, None, None).await?,
            "check" => check(cx, "#box", None).await?,
            "select" => select(cx, "#list", "b", None).await?,
            "sendkeys" => sendkeys(cx, "#text", "ab\n", None).await?,
            "press" => {
                click(cx, "#text", None, None, None).await?;
                press(cx, "Enter").await?;
            }
            _ => __rt::js(cx, "go", "start(); return 1", &[], false).await.map(|_: Value| ())?,
        }
        old += usize::from(read(cx, OLD).await? == json!(true));
    }
    Ok(old)
}

/// The other tests need windows, too.
async fn few_at_once<F: Future>(runs: Vec<F>) -> Vec<F::Output> {
    futures::stream::iter(runs).buffered(3).collect().await
}

#[test]
fn a_click_is_over_when_the_document_is_there_that_it_leads_to() {
    test(|bench| async move {
        let mut runs = Vec::new();
        for (number, (when, how)) in
            WHEN.iter().flat_map(|when| HOW.iter().map(move |how| (when, how))).enumerate()
        {
            let url = bench.at(&format!("/how/{number}"), &page(when, how, "/other"));
            let run = bench.run(url, |cx, url| {
                Box::pin(async move {
                    // For those that go back.
                    open(cx, "data:text/html,<title>Before</title>").await?;
                    Ok(seen_old(cx, &url, "click").await?)
                })
            });
            runs.push(async move { ((when, how), run.await) });
        }
        for ((when, how), old) in few_at_once(runs).await {
            assert_eq!(old.map_err(|error| error.to_string()), Ok(0), "{when}: {how}");
        }
    });
}

#[test]
fn every_step_that_acts_on_the_page_waits_for_it() {
    test(|bench| async move {
        let mut runs = Vec::new();
        for step in ["check", "select", "sendkeys", "press", "js"] {
            for (number, when) in WHEN.iter().enumerate() {
                let how = if number % 2 == 0 { "location = to" } else { "form.action = to; form.submit()" };
                let url = bench.at(&format!("/step/{step}/{number}"), &page(when, how, "/other"));
                let run = bench.run((url, step), |cx, (url, step)| {
                    Box::pin(async move { Ok(seen_old(cx, &url, step).await?) })
                });
                runs.push(async move { ((when, step), run.await) });
            }
        }
        for ((when, step), old) in few_at_once(runs).await {
            assert_eq!(old.map_err(|error| error.to_string()), Ok(0), "{when}: {step}");
        }
    });
}

/// A search field that is sent with the Enter key, as a browser does it without any script.
#[test]
fn a_form_is_sent_with_a_key() {
    test(|bench| async move {
        let url = bench.page(
            "<title>Old</title><form action=/other><input name=q id=q></form><script>stale = true</script>",
        );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                let mut old = Vec::new();
                for turn in 0..3 * TIMES {
                    open(cx, &url).await?;
                    match turn % 3 {
                        0 => sendkeys(cx, "#q", "lamp\n", None).await?,
                        1 => {
                            sendkeys(cx, "#q", "lamp", None).await?;
                            press(cx, "Enter").await?;
                        }
                        _ => __rt::js(cx, "go", "document.forms[0].submit()", &[], false)
                            .await
                            .map(|_: Value| ())?,
                    }
                    if read(cx, OLD).await? == json!(true) {
                        old.push(turn);
                    }
                }
                Ok(old)
            })
        });
        assert_eq!(run.await.unwrap(), Vec::<usize>::new());
    });
}

/// The step ends with the new document, however slow its server is, and never before.
#[test]
fn a_slow_server_is_waited_for() {
    test(|bench| async move {
        for when in WHEN {
            let url = bench.page(&page(when, "location = to", "/held/page"));
            let run = bench.run(url, |cx, url| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    click(cx, "#go", None, None, None).await?;
                    cx.emit("clicked", "").await;
                    Ok(read(cx, "return document.title").await?)
                })
            });
            let mut run = run;
            // The click has not ended while the answer is held back.
            let early = tokio::select! {
                event = run.next() => event.map(|event| event.name().to_owned()),
                () = bench.site.wait_held(1) => None,
            };
            assert_eq!(early, None, "{when}");
            let early = tokio::time::timeout(Duration::from_millis(100), run.next()).await;
            assert!(early.is_err(), "{when}: {early:?}");
            bench.site.release();
            assert_eq!(run.await.unwrap(), json!("Plain"), "{when}");
            bench.site.hold();
        }
    });
}

#[test]
fn the_steps_time_bounds_it() {
    test(|bench| async move {
        let url = bench.page(&page("go()", "location = to", "/held/page"));
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let error = click(cx, "#go", None, None, Some(Duration::from_millis(300))).await.unwrap_err();
                // The page that did not come is given up.
                Ok((error.kind(), error.to_string(), read(cx, "return document.title").await?))
            })
        });
        let (kind, message, title) = run.await.unwrap();
        assert_eq!(kind, ErrorKind::NavigationFailed);
        let held = bench.site.url("/held/page");
        assert_eq!(message, format!("the page went on to `{held}`, which was not parsed within 300ms"));
        assert_eq!(title, json!("Old"));
    });
}

/// What leads to no other document is no reason to wait, and no error.
#[test]
fn what_leads_to_no_document_is_not_waited_for() {
    test(|bench| async move {
        for how in [
            "location = '/download'",
            "location = '/empty'",
            "location.hash = 'part'",
            "history.pushState(1, '', '?pushed')",
            "location = 'javascript:void 0'",
            "window.open('/other')",
            "link.href = '/other'; link.target = '_blank'; link.click()",
            "link.href = '/other'; link.download = 'file'; link.click()",
            "location = '/held/page'; window.stop()",
            "alert('stop')",
            "fetch('/held/late')",
        ] {
            for when in WHEN {
                let url = bench.page(&page(when, how, ""));
                let run = bench.run(url, |cx, url| {
                    Box::pin(async move {
                        open(cx, &url).await?;
                        click(cx, "#go", None, None, Some(Duration::from_secs(5))).await?;
                        Ok(read(cx, "return document.title").await?)
                    })
                });
                assert_eq!(run.await.map_err(|error| error.to_string()), Ok(json!("Old")), "{when}: {how}");
            }
        }
    });
}

/// The history can lead to another state of the same document, which the browser tells later than the call.
#[test]
fn a_state_of_the_history_is_waited_for() {
    test(|bench| async move {
        let url = bench.page(
            "<title>First</title><button onclick='history.back()'>back</button>
            <script>onpopstate = () => document.title = 'First'</script>",
        );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut old = 0;
                for _ in 0..2 * TIMES {
                    let push = "history.pushState(1, '', '?second'); document.title = 'Second'";
                    __rt::js(cx, "push", push, &[], false).await.map(|(): ()| ())?;
                    click(cx, "button", None, None, None).await?;
                    old += usize::from(read(cx, "return document.title").await? != json!("First"));
                }
                Ok(old)
            })
        });
        assert_eq!(run.await.unwrap(), 0);
    });
}

#[test]
fn a_page_that_cannot_be_reached_is_an_error() {
    test(|bench| async move {
        let url = bench.page(&page("go()", "location = to", "/reset"));
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let error = click(cx, "#go", None, None, None).await.unwrap_err();
                Ok((error.kind(), error.to_string()))
            })
        });
        let reset = bench.site.url("/reset");
        assert_eq!(run.await.unwrap(), (ErrorKind::NavigationFailed, format!("`{reset}` cannot be reached")));
    });
}

/// The mouse alone may lead elsewhere, and so may a box that is cleared.
#[test]
fn a_hover_and_an_uncheck_wait_too() {
    test(|bench| async move {
        let url = bench.page(
            "<title>Old</title><p id=away>away</p>
            <p id=over style='position:fixed;left:400px;top:300px'
                onmouseenter='setTimeout(() => location = \"/other\")'>over</p>
            <input id=box type=checkbox checked onchange='location = \"/other\"'>",
        );
        let away = bench.page("<p>away</p>");
        let run = bench.run([url, away], |cx, [url, away]| {
            Box::pin(async move {
                let mut old = 0;
                for turn in 0..2 * TIMES {
                    // Nothing is entered where the mouse is already.
                    open(cx, &away).await?;
                    hover(cx, "p", None).await?;
                    open(cx, &url).await?;
                    read(cx, MARK).await?;
                    match turn % 2 {
                        0 => uncheck(cx, "#box", None).await?,
                        _ => hover(cx, "#over", None).await?,
                    }
                    old += usize::from(read(cx, OLD).await? == json!(true));
                }
                Ok(old)
            })
        });
        assert_eq!(run.await.unwrap(), 0);
    });
}
