//! `check` and `uncheck`: the box is as it should be after them, or they fail; no link in a label is followed.

use std::time::Duration;

use serde_json::json;
use webtask::__rt::{check, uncheck};

use crate::bench::{Bench, open, read, test, told};

/// Checks what a selector means in a page, and gives how that ended, what the box `#c` says then, and whether the page
/// is still there.
async fn checked(
    bench: &Bench,
    selector: &'static str,
    page: &str,
    limit: Option<Duration>,
) -> (String, String) {
    let run = bench.run((selector, bench.page(page), limit), |cx, (selector, url, limit)| {
        Box::pin(async move {
            open(cx, &url).await?;
            let ended = told(check(cx, selector, limit).await);
            let is = "const box = (document.querySelector('x-h')?.shadowRoot ?? document).querySelector('#c');
                const here = location.pathname.startsWith('/page/') ? 'here' : location.pathname + location.search;
                return `${box ? (box.localName === 'input' ? box.checked : box.ariaChecked) : null} ${here}`";
            Ok((ended, read(cx, is).await?))
        })
    });
    let (ended, is) = run.await.unwrap();
    (ended, is.as_str().unwrap_or_default().to_owned())
}

const TERMS: &str = "<a href=/other>the general terms and conditions of sale</a>";
const TURN: &str =
    "role=checkbox aria-checked=false onclick=\"this.ariaChecked = String(this.ariaChecked !== 'true')\"";

#[test]
fn a_box_is_checked_and_nothing_else() {
    test(|bench| async move {
        for (selector, page) in [
            // Hidden, and drawn by a label that is mostly a link.
            (
                "#c",
                "<style>#c { position: absolute; opacity: 0; width: 0; height: 0 } label { padding-left: 28px }</style><input type=checkbox id=c><label for=c>I have read TERMS of this shop</label>",
            ),
            (
                "label",
                "<style>#c { position: absolute; opacity: 0; width: 0; height: 0 }</style><input type=checkbox id=c><label for=c>I TERMS</label>",
            ),
            (
                "label",
                "<style>label { margin-left: 50px; position: relative } label::before { content: ''; position: absolute; left: -30px; top: 2px; width: 18px; height: 18px; border: 1px solid }</style><input hidden type=checkbox id=c><label for=c>TERMS</label>",
            ),
            (
                "label",
                "<style>label::before { content: ''; display: inline-block; width: 18px; height: 18px; border: 1px solid }</style><input hidden type=checkbox id=c><label for=c>TERMS</label>",
            ),
            ("label", "<label><input type=checkbox id=c style='opacity:0;position:absolute'>TERMS</label>"),
            ("#c", "<input type=checkbox hidden id=c><label for=c>TERMS</label><p><label for=c>y</label>"),
            (
                "#c",
                "<style>#c { position: absolute; width: 1px; height: 1px; clip: rect(0 0 0 0); overflow: hidden }</style><label><input type=checkbox id=c><i>box</i> text</label>",
            ),
            ("#c", "<label for=c>Text</label><input type=checkbox id=c style='display:none'>"),
            (
                "#c",
                "<input type=radio name=a checked><label><input style='opacity:0;position:absolute' type=radio name=a id=c>b</label>",
            ),
            // Other things in a label.
            (
                "label",
                "<label><input hidden type=checkbox id=c><button type=button onclick='location = \"/other\"' style='width:150px'>what is that</button>a</label>",
            ),
            (
                "label",
                "<label><input hidden type=checkbox id=c>ab <svg width=100 height=20><a href=/other><rect width=100 height=20 /></a></svg></label>",
            ),
            ("label", "<label><input hidden type=checkbox id=c><img width=50 height=50 alt=x></label>"),
            (
                "label",
                "<label><input hidden type=checkbox id=c>a<iframe width=100 height=20></iframe></label>",
            ),
            (
                "label",
                "<label><input hidden type=checkbox id=c>a<x-link><template shadowrootmode=open>TERMS</template></x-link></label>",
            ),
            (
                "x-h >> #c",
                "<x-h>TERMS<template shadowrootmode=open><label><input id=c type=checkbox style='position:absolute;opacity:0;width:0;height:0'>a<slot></slot></label></template></x-h>",
            ),
            // Below its label.
            (
                "#c",
                "<div style='position:relative;height:30px'><input type=checkbox id=c><label for=c style='position:absolute;inset:0'></label></div>",
            ),
            // A box of the page's own making.
            ("#c", "<div id=c TURN>text</div>"),
            ("#c", "<div id=c TURN>a TERMS</div>"),
            ("#c", "<div id=c TURN><label>text</label></div>"),
            (
                "#c",
                "<div id=c role=switch aria-checked=false onclick='setTimeout(() => this.ariaChecked = \"true\", 50)'>text</div>",
            ),
            (
                "#c",
                "<div><input type=checkbox id=c onclick='setTimeout(() => this.outerHTML = \"<input type=checkbox id=c checked>\")'></div>",
            ),
        ] {
            let page = page.replace("TERMS", TERMS).replace("TURN", TURN);
            assert_eq!(
                checked(&bench, selector, &page, None).await,
                ("no error".into(), "true here".into()),
                "{page}"
            );
        }
    });
}

#[test]
fn a_box_that_cannot_be_checked_fails_and_follows_no_link() {
    test(|bench| async move {
        let limit = Some(Duration::from_millis(1500));
        let full = "could not be checked within 1.5s: a click on it would hit `a` within";
        let led = "was not checked within 1.5s: the click led to another page";
        for (selector, page, ended, is) in [
            ("label", "<input hidden type=checkbox id=c><label for=c>TERMS</label>", full, "false here"),
            // The link is named, not what is in it.
            (
                "#c",
                "<input type=checkbox id=c style='display:none'><label for=c><a href=/other><b>the</b><i> terms</i></a></label>",
                full,
                "false here",
            ),
            (
                "#c",
                "<div style='position:relative;height:30px'><input type=checkbox id=c><label for=c style='position:absolute;inset:0'><a href=/other style='display:block;height:30px'>x</a></label></div>",
                full,
                "false here",
            ),
            (
                "#c",
                "<div style='position:relative;height:30px;width:30px'><input type=checkbox id=c><span style='position:absolute;inset:0'></span></div>",
                "could not be checked within 1.5s: `span` covers it",
                "false here",
            ),
            (
                "#c",
                "<input type=checkbox id=c style='display:none'><span>x</span>",
                "could not be checked within 1.5s: it is in the page but not visible",
                "false here",
            ),
            (
                "#c",
                "<input type=checkbox id=c><script>onclick = event => event.preventDefault()</script>",
                "was not checked within 1.5s: the page turned it back after the click",
                "false here",
            ),
            // In a task of its own, too.
            (
                "#c",
                "<input type=checkbox id=c onchange='setTimeout(() => this.checked = false)'>",
                "was not checked within 1.5s: the page turned it back after the click",
                "false here",
            ),
            (
                "#c",
                "<div id=c role=switch aria-checked=false>text</div>",
                "was not checked within 1.5s: the page turned it back after the click",
                "false here",
            ),
            // The page goes away, and the box was never checked.
            ("#c", "<a id=c role=checkbox aria-checked=false href=/other>text</a>", led, "null /other"),
            (
                "#c",
                "<input hidden type=checkbox id=c><label for=c onclick=\"location = '/other'; return false\">x</label>",
                led,
                "null /other",
            ),
        ] {
            let page = page.replace("TERMS", TERMS);
            let expected = (format!("`{selector}` {ended}"), is.to_owned());
            assert_eq!(checked(&bench, selector, &page, limit).await, expected, "{page}");
        }
    });
}

#[test]
fn a_box_that_was_checked_may_go_with_its_page() {
    test(|bench| async move {
        for (page, is) in [
            (
                "<form action=/echo><input type=checkbox name=a id=c onchange='this.form.submit()'></form>",
                "null /echo?a=on",
            ),
            ("<input type=checkbox id=c onclick=\"location = '/other'\">", "null /other"),
            ("<input type=checkbox id=c onclick='this.remove()'>", "null here"),
            (
                "<div id=c role=menuitemcheckbox aria-checked=false onclick='this.remove()'>text</div>",
                "null here",
            ),
        ] {
            let run = bench.run(bench.page(page), |cx, url| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    check(cx, "#c", None).await?;
                    webtask::__rt::wait_until(cx, "#c", webtask::__rt::Awaited::Gone, None, None).await?;
                    let is = "return 'null ' + (location.pathname.startsWith('/page/') ? 'here' : location.pathname + location.search)";
                    Ok(read(cx, is).await?)
                })
            });
            assert_eq!(run.await.unwrap(), json!(is), "{page}");
        }
    });
}

#[test]
fn a_box_in_a_frame_is_watched_there() {
    test(|bench| async move {
        bench.site.page(
            "/inner",
            &format!(
                "<label><input hidden type=checkbox id=c>I {TERMS}</label><input type=checkbox id=d checked>"
            ),
        );
        for host in ["127.0.0.1", "localhost"] {
            let url = bench.page(&format!(
                "<iframe src='{}'></iframe>",
                bench.site.url("/inner").replace("127.0.0.1", host)
            ));
            let run = bench.run(url, |cx, url| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    check(cx, "iframe >> #c", None).await?;
                    uncheck(cx, "iframe >> #d", None).await?;
                    webtask::__rt::wait_until(
                        cx,
                        "iframe >> #c:checked",
                        webtask::__rt::Awaited::Present,
                        None,
                        None,
                    )
                    .await?;
                    Ok(webtask::__rt::wait_until(
                        cx,
                        "iframe >> #d:not(:checked)",
                        webtask::__rt::Awaited::Present,
                        None,
                        None,
                    )
                    .await?)
                })
            });
            run.await.unwrap();
        }
    });
}
