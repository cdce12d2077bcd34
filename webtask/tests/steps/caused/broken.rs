//! Documents that break off, or cannot be decoded, and those that stop themselves.

use serde_json::json;
use webtask::__rt::{self, Until, back, click, goto};
use webtask::ErrorKind;

use super::page;
use crate::bench::{open, read, test};
use crate::support::site::Answer;

/// A document that breaks off is not a page, and what it shows of it neither.
#[test]
fn a_document_that_breaks_off_is_an_error() {
    test(|bench| async move {
        let text = "<!doctype html><title>Part</title><h1>Part</h1>";
        let html = "content-type: text/html\r\n";
        let lies =
            |coding: &str| Answer::new("200 OK", &format!("{html}content-encoding: {coding}\r\n"), text);
        let cut = |body: &str| Answer::cut("200 OK", &format!("{html}content-length: 5000\r\n"), body);
        let chunks = Answer::cut(
            "200 OK",
            &format!("{html}transfer-encoding: chunked\r\n"),
            format!("{:x}\r\n{text}\r\n", text.len()),
        );
        let decoded = "cannot be decoded: its `content-encoding` is not what it says (net::ERR_CONTENT_DECODING_FAILED)";
        let broke = |code: &str| format!("broke off before its end (net::{code})");
        for (path, answer, what) in [
            ("/gzip", lies("gzip"), decoded.to_owned()),
            ("/br", lies("br"), decoded.to_owned()),
            ("/cut", cut(text), broke("ERR_CONTENT_LENGTH_MISMATCH")),
            ("/head", cut(""), broke("ERR_CONTENT_LENGTH_MISMATCH")),
            ("/chunks", chunks, broke("ERR_INCOMPLETE_CHUNKED_ENCODING")),
        ] {
            bench.at(path, "<title>Whole</title>");
            let from = bench.page(&page("go()", "location = to", path));
            let url = bench.site.url(path);
            let run = bench.run((from, url.clone()), |cx, (from, url)| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    open(cx, &from).await?;
                    cx.emit("opened", "").await;
                    cx.emit("answers", "").await;
                    let mut errors = vec![goto(cx, &*url, Until::Load, None).await.unwrap_err()];
                    errors.push(goto(cx, &*url, Until::Dom, None).await.unwrap_err());
                    errors.push(__rt::reload(cx).await.unwrap_err());
                    open(cx, &from).await?;
                    errors.push(click(cx, "#go", None, None, None).await.unwrap_err());
                    open(cx, &from).await?;
                    errors.push(back(cx).await.unwrap_err());
                    Ok(errors)
                })
            });
            let mut run = run;
            run.next().await.unwrap();
            bench.site.answer(path, answer);
            for error in run.await.unwrap() {
                assert_eq!(error.kind(), ErrorKind::NavigationFailed, "{path}: {error}");
                assert_eq!(error.to_string(), format!("the document of `{url}` {what}"), "{path}");
            }
        }
    });
}

/// A page that stops its own loading is what it wanted to be.
#[test]
fn a_page_that_stops_itself_is_there() {
    test(|bench| async move {
        let url = bench.page("<title>Stopped</title><h1>a</h1><script>window.stop()</script><p>b");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                Ok(read(cx, "return document.title").await?)
            })
        });
        assert_eq!(run.await.unwrap(), json!("Stopped"));
    });
}
