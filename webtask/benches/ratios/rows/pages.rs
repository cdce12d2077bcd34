//! One window: pages opened, read, waited for and filled in.

use std::net::SocketAddr;

use futures::lock::Mutex;
use serde::Deserialize;
use serde_json::{Value, json};
use webtask::{Event, server::Server, tasks};

use crate::bare::Page;
use crate::measure::{Bound, Row, interleave, side};
use crate::recipes::{dom, form, form_filled, late, rows, small, small_fresh};
use crate::setting::{Ours, Setting, pool, timed};
use crate::wire::Client;

/// What the small recipe reads, by hand.
#[derive(Deserialize)]
struct Small {
    title: String,
    lead: String,
    link: String,
}

const SMALL: &str = "JSON.stringify({ title: document.querySelector('title').textContent.trim(), \
    lead: document.querySelector('.lead').textContent.trim(), link: document.querySelector('a').getAttribute('href') })";

/// What the recipe of the rows reads, by hand.
#[derive(Deserialize)]
struct Line {
    name: String,
    price: String,
    stock: String,
    link: String,
}

const ROWS: &str = "JSON.stringify([...document.querySelectorAll('.row')].map(row => ({ \
    name: row.querySelector('.name').textContent.trim(), price: row.querySelector('.price').textContent.trim(), \
    stock: row.querySelector('.stock').textContent.trim(), link: row.querySelector('a').getAttribute('href') })))";

const LATE: &str = "new Promise(found => { \
    const look = () => document.querySelector('#late') !== null && found(JSON.stringify(document.querySelector('#late').textContent)); \
    new MutationObserver(look).observe(document, { childList: true, subtree: true }); look(); })";

/// By hand: a small page and three of its fields.
pub(crate) async fn bare_small(page: &mut Page, url: &str) {
    page.goto(url).await;
    let small: Small = page.evaluate(SMALL).await;
    assert!(small.title == "Small" && small.lead.starts_with("With") && small.link == "/rows");
}

/// A small page and three of its fields: in process and over HTTP, with our flags and with Chromium's.
pub(crate) async fn small_page(setting: &Setting) -> Vec<Row> {
    let browser = setting.floor();
    let ours = Ours::start(|builder| builder).await;
    let same = Ours::start(|builder| builder.default_flags(true)).await;
    let address = serve(&ours).await;
    let url = &setting.site.url("small");
    let (page, client) = (Mutex::new(browser.page().await), Mutex::new(Client::connect(address).await));
    let (page, client, ours, same) = (&page, &client, &ours, &same);
    let body = &json!({ "url": url }).to_string();
    // With default flags a run's window is replaced after it.
    let rest = move || async move {
        ours.rest().await;
        same.rest().await;
        quiet(&[ours.group, same.group]).await;
    };

    let run = |of: &'static str| {
        side(move || async move {
            let ours = if of == "same" { same } else { ours };
            let took = timed(async {
                let output = small(&ours.webtask, small::Input { url: url.clone() }).await.unwrap();
                assert_eq!(output.page.title, "Small");
            });
            let took = took.await;
            rest().await;
            took
        })
    };
    let request = |accept: &'static str| {
        side(move || async move {
            let mut client = client.lock().await;
            let took = timed(async {
                let answer = client.post("/tasks/small", accept, body).await;
                assert!(answer.contains(r#""lead":"With a paragraph.""#), "{answer}");
            });
            let took = took.await;
            rest().await;
            took
        })
    };
    let floor = side(|| async { timed(bare_small(&mut *page.lock().await, url)).await });
    let mut sides =
        [floor, run("ours"), run("same"), request("application/json"), request("text/event-stream")];
    let samples = interleave(setting.rounds(60), 5, &mut sides).await;
    vec![
        samples.row("goto + 3 fields, in process", "ms", 0, 1, Bound::AtMost(0.80)),
        samples.row("… with default flags on both sides", "ms", 0, 2, Bound::AtMost(1.05)),
        samples.row("… over HTTP, as JSON", "ms", 0, 3, Bound::AtMost(0.90)),
        samples.row("… over HTTP, as SSE", "ms", 0, 4, Bound::AtMost(0.90)),
    ]
}

async fn serve(ours: &Ours) -> SocketAddr {
    let server = Server::new(&ours.webtask, tasks![small]).address(([127, 0, 0, 1], 0).into());
    let listening = server.bind().await.unwrap();
    let address = listening.address();
    tokio::spawn(listening.run());
    address
}

/// A page of 1000 rows, four fields of each.
pub(crate) async fn thousand_rows(setting: &Setting) -> Vec<Row> {
    let browser = setting.floor();
    let ours = &Ours::start(|builder| builder).await;
    let page = &Mutex::new(browser.page().await);
    let url = &setting.site.url("rows");
    let floor = side(|| async {
        let page = &mut *page.lock().await;
        timed(async {
            page.goto(url).await;
            let lines: Vec<Line> = page.evaluate(ROWS).await;
            let last = &lines[999];
            assert!(last.name == "Item 999" && last.price == "999.50" && last.stock == "5");
            assert_eq!(last.link, "/item/999");
        })
        .await
    });
    let run = side(|| async {
        let took = timed(async {
            let output = rows(&ours.webtask, rows::Input { url: url.clone() }).await.unwrap();
            assert_eq!(output.rows[999].name, "Item 999");
        });
        let took = took.await;
        ours.rest().await;
        took
    });
    let samples = interleave(setting.rounds(20), 3, &mut [floor, run]).await;
    vec![samples.row("goto + 1000 rows of 4 fields", "ms", 0, 1, Bound::AtMost(0.95))]
}

/// Four fields of twelve characters, typed or filled, a click, and what comes of it.
pub(crate) async fn filled_form(setting: &Setting) -> Vec<Row> {
    const TEXT: &str = "hello, world";
    let browser = setting.floor();
    let ours = &Ours::start(|builder| builder).await;
    let page = &Mutex::new(browser.page().await);
    let url = &setting.site.url("form");
    let expected = &[TEXT; 4].join("|");
    let floor = side(|| async {
        let page = &mut *page.lock().await;
        timed(async {
            page.goto(url).await;
            for field in ["#a", "#b", "#c", "#d"] {
                let focus = format!("document.querySelector('{field}').focus(); 'null'");
                page.evaluate::<Value>(&focus).await;
                for key in TEXT.chars() {
                    let down = json!({ "type": "keyDown", "key": key, "text": key, "unmodifiedText": key });
                    page.call::<Value>("Input.dispatchKeyEvent", &down).await;
                    page.call::<Value>("Input.dispatchKeyEvent", &json!({ "type": "keyUp", "key": key }))
                        .await;
                }
            }
            let (x, y): (f64, f64) = page
                .evaluate(
                    "(box => JSON.stringify([box.x + box.width / 2, box.y + box.height / 2]))\
                     (document.querySelector('#send').getBoundingClientRect())",
                )
                .await;
            for kind in ["mousePressed", "mouseReleased"] {
                let mouse = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
                page.call::<Value>("Input.dispatchMouseEvent", &mouse).await;
            }
            let result: String =
                page.evaluate("JSON.stringify(document.querySelector('#result').textContent)").await;
            assert_eq!(&result, expected);
        })
        .await
    });
    let typed = side(|| async {
        let took = timed(async {
            let input = form::Input { url: url.clone(), text: TEXT.to_owned() };
            let output = form(&ours.webtask, input).await.unwrap();
            assert_eq!(&output.result.text, expected);
        });
        let took = took.await;
        ours.rest().await;
        took
    });
    let filled = side(|| async {
        let took = timed(async {
            let input = form_filled::Input { url: url.clone(), text: TEXT.to_owned() };
            let output = form_filled(&ours.webtask, input).await.unwrap();
            assert_eq!(&output.result.text, expected);
        });
        let took = took.await;
        ours.rest().await;
        took
    });
    let samples = interleave(setting.rounds(20), 3, &mut [floor, typed, filled]).await;
    vec![
        samples.row("form: 4 × 12 characters typed, click, result", "ms", 0, 1, Bound::AtMost(0.60)),
        samples.row("… filled", "ms", 0, 2, Bound::AtMost(0.40)),
    ]
}

/// A context of its own for each run: made in the run, or before it.
pub(crate) async fn fresh_context(setting: &Setting) -> Vec<Row> {
    let browser = &setting.floor();
    let ours = &Ours::start(|builder| builder.pool(pool("fresh", 1).fresh())).await;
    let root = &Mutex::new(browser.connect().await);
    let url = &setting.site.url("small");
    let floor = side(|| async {
        let root = &mut *root.lock().await;
        let mut made = None;
        let took = timed(async {
            let context: Value = root.call("Target.createBrowserContext", &json!({})).await;
            let context = context["browserContextId"].as_str().unwrap().to_owned();
            let mut page = browser.page_in(root, Some(&context)).await;
            bare_small(&mut page, url).await;
            made = Some(context);
        });
        let took = took.await;
        let context = json!({ "browserContextId": made });
        root.call::<Value>("Target.disposeBrowserContext", &context).await;
        quiet(&[browser.group(), ours.group]).await;
        took
    });
    let run = side(|| async {
        let took = timed(async {
            small_fresh(&ours.webtask, small_fresh::Input { url: url.clone() }).await.unwrap();
        });
        let took = took.await;
        ours.rest().await;
        quiet(&[browser.group(), ours.group]).await;
        took
    });
    let samples = interleave(setting.rounds(30), 3, &mut [floor, run]).await;
    vec![samples.row("a fresh context each time", "ms", 0, 1, Bound::AtMost(0.45))]
}

/// Waits until those browsers do nothing: what one side leaves to be done is not the other's.
async fn quiet(groups: &[u32]) {
    let now = || groups.iter().map(|group| crate::proc::cpu(*group)).sum::<f64>();
    let mut before = now();
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(60)).await;
        let after = now();
        if after - before < 10.0 {
            return;
        }
        before = after;
    }
}

/// An element that comes after 37 ms: how much later a step knows.
pub(crate) async fn late_element(setting: &Setting) -> Vec<Row> {
    let browser = setting.floor();
    let ours = &Ours::start(|builder| builder).await;
    let page = &Mutex::new(browser.page().await);
    let url = &setting.site.url("late");
    let floor = side(|| async {
        let page = &mut *page.lock().await;
        page.goto(url).await;
        let at: String = page.evaluate(LATE).await;
        now() - at.parse::<f64>().unwrap()
    });
    let run = side(|| async {
        let mut run = late(&ours.webtask, late::Input { url: url.clone() });
        let (mut there, mut at) = (0.0, 0.0);
        while let Some(event) = run.next().await {
            match event {
                Event::Status { .. } => there = now(),
                Event::Done(output) => at = output.late.at,
                Event::Failed(error) => panic!("{error}"),
                _ => {}
            }
        }
        ours.rest().await;
        there - at
    });
    let samples = interleave(setting.rounds(30), 3, &mut [floor, run]).await;
    vec![samples.row("how late an element of 37 ms is seen", "ms", 0, 1, Bound::OursAtMost(3.0))]
}

fn now() -> f64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    now.as_secs_f64() * 1000.0
}

/// A page whose text is there long before its image.
pub(crate) async fn until_dom(setting: &Setting) -> Vec<Row> {
    let browser = setting.floor();
    let ours = &Ours::start(|builder| builder).await;
    let page = &Mutex::new(browser.page().await);
    let url = &setting.site.url("image");
    let floor = side(|| async {
        let page = &mut *page.lock().await;
        timed(async {
            page.goto(url).await;
            let small: Small = page.evaluate(SMALL).await;
            assert_eq!(small.title, "Image");
        })
        .await
    });
    let run = side(|| async {
        let took = timed(async {
            let output = dom(&ours.webtask, dom::Input { url: url.clone() }).await.unwrap();
            assert_eq!(output.page.title, "Image");
        });
        let took = took.await;
        ours.rest().await;
        took
    });
    let samples = interleave(setting.rounds(20), 3, &mut [floor, run]).await;
    vec![samples.row("an image of 300 ms: `until dom`, or load", "ms", 0, 1, Bound::AtMost(0.15))]
}
