//! A slow pool: who looks on sees each step.

use std::time::{Duration, Instant};

use webtask::__rt::{self, Cx, Html, Paper, Print, Request};
use webtask::{Error, Pool};

use crate::bench::{open, test};
use crate::support;

const PAUSE: Duration = Duration::from_millis(300);

/// The steps that have no page of their own to wait for.
async fn step(cx: &Cx, name: &str, url: &str) -> Result<(), Error> {
    match name {
        "html to pdf" => {
            let (header, footer) = (None, None);
            let (landscape, background, scale, pages, margins) = (false, false, 1.0, "", None);
            let print =
                Print { paper: Paper::A4, landscape, background, scale, pages, margins, header, footer };
            __rt::html_to_pdf(cx, None, Html::Content("<p>x"), "", &print).await.map(drop)
        }
        "snapshot" => __rt::snapshot(cx, None).await.map(drop),
        "get cookies" => __rt::get_cookies(cx, None, None).await.map(drop),
        "http" => {
            let request = Request {
                method: "GET",
                url: url.into(),
                headers: &[],
                body: None,
                expect: &[],
                timeout: None,
            };
            __rt::http(cx, request).await.map(drop)
        }
        "download each" => __rt::download_each(cx, "img", None).await.map(drop),
        "save html" => __rt::save_html(cx, None, "page.html").await,
        "wait network idle" => __rt::wait_network_idle(cx, Duration::ZERO, None, None).await,
        "click" => __rt::click(cx, "h1", None, None, None).await,
        other => panic!("{other}"),
    }
}

#[test]
fn every_step_waits_before_it_begins() {
    const NAMES: [&str; 8] = [
        "html to pdf",
        "snapshot",
        "get cookies",
        "http",
        "download each",
        "save html",
        "wait network idle",
        "click",
    ];
    test(|bench| async move {
        let folder = tempfile::tempdir().unwrap();
        let pool = Pool::new("default").allow_private(true).slow(PAUSE);
        let webtask = support::builder().files(folder.path()).pool(pool).build().unwrap();
        let run = support::steps(&webtask, bench.site.url("/plain"), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut took = Vec::new();
                for name in NAMES {
                    let start = Instant::now();
                    step(cx, name, &url).await?;
                    took.push((name, start.elapsed()));
                }
                Ok(took)
            })
        });
        for (name, took) in run.await.unwrap() {
            assert!(took >= PAUSE, "{name} {took:?}");
        }
        webtask.close().await.unwrap();
    });
}
