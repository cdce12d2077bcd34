//! Runs of every kind of step, for the tests that disturb them and count what they leave.

use std::time::Duration;

use serde_json::{Value, json};
use webtask::__rt::{self, Body, Cx, Film, FilmFormat, Task, Thrown};
use webtask::{Run, Webtask};

use crate::support::site::{Answer, Site};

pub(crate) type Steps = for<'a> fn(&'a Cx, String) -> Body<'a, ()>;

const PAGE: &str = "<title>All</title><style>body { height: 3000px }</style><p id=text>Text</p>\
    <form><input id=field><input id=box type=checkbox><select id=list><option>one<option>two</select></form>\
    <button onclick=\"document.title = 'clicked'\">Press</button><a class=tab target=_blank href=/plain>Tab</a>\
    <a class=file href=/file>File</a><table></table>\
    <script>setTimeout(() => document.body.append(Object.assign(document.createElement('i'), { id: 'late' })), 40);\
    document.querySelector('table').innerHTML = Array(200).fill('<tr><td class=c>cell</td></tr>').join('')</script>";

/// The pages that they open.
pub(crate) async fn site() -> Site {
    let site = Site::start().await;
    site.page("/all", PAGE);
    let file = "content-type: text/csv\r\ncontent-disposition: attachment; filename=file.csv\r\n";
    site.answer("/file", Answer::new("200 OK", file, vec![b'x'; 100_000]));
    site
}

macro_rules! kinds {
    ($($name:literal, |$cx:ident| $work:block)*) => {
        /// Every kind, by its name. Each is handed the URL of a page.
        pub(crate) const KINDS: &[(&str, Steps)] = &[$(
            ($name, |cx, url| Box::pin(async move {
                cx.goto(&url).await?;
                let $cx = cx;
                $work
                Ok(())
            })),
        )*];
    };
}

kinds! {
    "goto", |cx| { cx.reload().await?; }
    "history", |cx| { cx.goto("about:blank").await?; cx.back().await?; cx.forward().await?; }
    "js", |cx| { cx.js::<Value>("await new Promise(done => setTimeout(done, 50))").awaited().await?; }
    "wait", |cx| { cx.wait_until("#late").await?; cx.wait(Duration::from_millis(30)).await?; }
    "idle", |cx| { cx.wait_network_idle(Duration::from_millis(50)).await?; }
    "keys", |cx| { cx.sendkeys("#field", "a long text, key by key").await?; cx.fill("#field", "at once").await?; cx.press("Tab").await?; }
    "click", |cx| { cx.hover("#text").await?; cx.click("button").await?; cx.check("#box").await?; cx.select("#list", "two").await?; }
    "tab", |cx| { cx.click(".tab").opens_tab().await?; cx.wait_until("body").await?; }
    "scroll", |cx| { cx.scroll_until_stable("table").stable(Duration::from_millis(50)).await?; }
    "emulate", |cx| { cx.emulate().size(400, 300).mobile().locale("de-CH").await?; cx.js::<f64>("return innerWidth").await?; }
    "rows", |cx| { cx.js::<Value>("return [...document.querySelectorAll('td')].map(cell => cell.textContent)").await?; }
    "cookies", |cx| { cx.get_cookies().await?; cx.clear_cookies().await?; }
    "screenshot", |cx| { cx.screenshot().await?; cx.screenshot().full_page().jpeg(50).await?; }
    "pdf", |cx| { cx.pdf().await?; }
    "html to pdf", |cx| { cx.html_to_pdf("<h1>Paper</h1>").await?; }
    "snapshot", |cx| { cx.snapshot().await?; }
    "network", |cx| {
        let steps = async { cx.reload().await };
        cx.capture_network().bodies().run(steps).await?;
    }
    "console", |cx| { cx.console(async { cx.js::<Value>("console.log('x')").await }).await?; }
    "clicked", |cx| { cx.download().run(async { cx.click(".file").await }).await?; }
    "download", |cx| {
        let files = cx.download_each(".file").await?;
        let files: Vec<Value> = files.iter().map(|file| json!(file)).collect();
        cx.save_captures("file", files, "out").await?;
    }
    "http", |cx| { let url = cx.js::<String>("return location.origin + '/plain'").await?; cx.http("GET", &url).await?; }
    "film", |cx| {
        cx.emulate().size(160, 120).await?;
        let film = Film { name: None, format: FilmFormat::Gif, fps: Some(10), frames: None, time: None };
        let steps = async { cx.wait(Duration::from_millis(150)).await?; Ok::<(), Thrown>(()) };
        let (steps, _) = __rt::record(cx, None, &film, steps).await?;
        steps?;
    }
}

/// A run of that kind.
pub(crate) fn run(webtask: &Webtask, task: &Task, site: &Site, kind: usize) -> Run<()> {
    __rt::run(webtask, task, site.url("/all"), KINDS[kind % KINDS.len()].1)
}
