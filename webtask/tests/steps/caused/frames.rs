//! Frames that go to another document, and the history that leads through them.

use std::time::Duration;

use serde_json::{Value, json};
use webtask::__rt::{self, Cx, back, click};
use webtask::Error;

use super::{WHEN, few_at_once, page};
use crate::bench::{Bench, open, read, test, told};

/// What holds a frame, with something around it that leads the frame elsewhere, and the script that tells what is in it.
fn around(frame: &str, when: &str, how: &str, to: &str) -> String {
    format!(
        "<title>Around</title><iframe name=inner src='{frame}'></iframe><form id=form target=inner></form>
        <a id=link target=inner>link</a><button id=go>go</button><script>
            const to = '{to}', go = () => {{ {how} }};
            document.querySelector('#go').onclick = () => {{ {when} }};
        </script>"
    )
}

/// What tells of its title to the page around it.
const TELL: &str =
    "<script>addEventListener('message', event => event.source.postMessage(document.title, '*'))</script>";

/// The title of the page in the frame.
const ASK: &str = "return await new Promise(done => {
    addEventListener('message', event => done(event.data), { once: true });
    frames[0].postMessage('', '*');
})";

async fn title_inside(cx: &Cx) -> Result<Value, Error> {
    __rt::js(cx, "title", ASK, &[], true).await
}

/// How often a frame still held its old document after a click around it, or in it.
async fn frame_seen_old(cx: &Cx, from: &str, button: &str, times: usize) -> Result<usize, Error> {
    let mut old = 0;
    for _ in 0..times {
        open(cx, from).await?;
        click(cx, button, None, None, None).await?;
        old += usize::from(title_inside(cx).await? != json!("New"));
    }
    Ok(old)
}

/// The frames of one bench: of the page's own site, and of another.
async fn frames_are_waited_for(bench: &Bench, times: usize) {
    bench.at("/new", &format!("<title>New</title>{TELL}"));
    let url_of = |path: &str, is_far: bool| {
        let url = bench.site.url(path);
        if is_far { url.replace("127.0.0.1", "localhost") } else { url }
    };
    let mut number = 0;
    let mut runs = Vec::new();
    for (from, to) in [(false, false), (true, true), (false, true), (true, false)] {
        for when in WHEN {
            for how in [
                "frames[0].location = to",
                "document.querySelector('iframe').src = to",
                "form.action = to; form.submit()",
                "link.href = to; link.click()",
            ] {
                number += 1;
                let target = url_of("/new", to);
                let path = format!("/inner/{number}");
                let inside = page(when, "location = to", &target);
                bench.at(&path, &format!("{inside}{TELL}"));
                let url =
                    bench.at(&format!("/around/{number}"), &around(&url_of(&path, from), when, how, &target));
                for button in ["#go", "iframe >> #go"] {
                    let run = bench.run((url.clone(), button, times), |cx, (url, button, times)| {
                        Box::pin(async move { Ok(frame_seen_old(cx, &url, button, times).await?) })
                    });
                    runs.push(async move { ((from, to, button, when, how), run.await) });
                }
            }
        }
    }
    for ((from, to, button, when, how), old) in few_at_once(runs).await {
        let old = old.map_err(|error| error.to_string());
        assert_eq!(old, Ok(0), "from far: {from}, to far: {to}, {button}: {when}: {how}");
    }
}

#[test]
fn a_frame_that_goes_on_is_waited_for() {
    test(|bench| async move { frames_are_waited_for(&bench, 3).await });
}

#[test]
fn a_frame_in_another_process_is_waited_for() {
    crate::far::isolating(|bench| async move { frames_are_waited_for(&bench, 3).await });
}

#[test]
fn a_frame_that_is_slow_or_cannot_be_reached() {
    test(|bench| async move {
        bench.at("/old", "<title>Old</title>");
        let held = bench.page(&around("/old", "go()", "frames[0].location = to", "/held/page"));
        let reset = bench.page(&around("/old", "go()", "frames[0].location = to", "/reset"));
        let empty = bench.page(&around("/old", "go()", "frames[0].location = to", "/empty"));
        let added = bench.page(&around(
            "/old",
            "go()",
            "document.body.append(Object.assign(document.createElement('iframe'), { src: to, id: 'added' }))",
            "/other",
        ));
        let run = bench.run([held, reset, empty, added], |cx, [held, reset, empty, added]| {
            Box::pin(async move {
                open(cx, &held).await?;
                let slow = told(click(cx, "#go", None, None, Some(Duration::from_millis(300))).await);
                for url in [reset, empty] {
                    open(cx, &url).await?;
                    click(cx, "#go", None, None, None).await?;
                }
                open(cx, &added).await?;
                click(cx, "#go", None, None, None).await?;
                let title = read(cx, "return document.querySelector('#added').contentDocument.title").await?;
                Ok((slow, title))
            })
        });
        let (slow, title) = run.await.unwrap();
        assert_eq!(slow, "a frame went to another document, which was not parsed within 300ms");
        assert_eq!(title, json!("Other"));
    });
}

/// An entry of the history may be a frame's alone.
#[test]
fn the_history_leads_through_frames() {
    test(|bench| async move {
        let far = |path: &str| bench.site.url(path).replace("127.0.0.1", "localhost");
        bench.at("/one", &format!("<title>One</title><a id=next href=/two>next</a>{TELL}"));
        bench.at("/two", &format!("<title>Two</title><a id=hash href=#part>part</a>{TELL}"));
        for frame in ["/one".to_owned(), far("/one")] {
            let url = bench.page(&format!("<title>Around</title><iframe src='{frame}'></iframe>"));
            let start = bench.site.url("/plain");
            let run = bench.run([start, url], |cx, [start, url]| {
                Box::pin(async move {
                    open(cx, &start).await?;
                    open(cx, &url).await?;
                    let mut seen = Vec::new();
                    for _ in 0..5 {
                        click(cx, "iframe >> #next", None, None, None).await?;
                        click(cx, "iframe >> #hash", None, None, None).await?;
                        back(cx).await?;
                        seen.push(title_inside(cx).await?);
                        back(cx).await?;
                        seen.push(title_inside(cx).await?);
                        __rt::forward(cx).await?;
                        seen.push(title_inside(cx).await?);
                        back(cx).await?;
                    }
                    back(cx).await?;
                    seen.push(read(cx, "return document.title").await?);
                    Ok(seen)
                })
            });
            let mut all: Vec<_> =
                ["Two", "One", "Two"].repeat(5).into_iter().map(|title| json!(title)).collect();
            all.push(json!("Plain"));
            assert_eq!(run.await.unwrap(), all, "{frame}");
        }
    });
}
