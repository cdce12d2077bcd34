//! `strict`: a step on an element takes no selector that several visible ones match.

use serde_json::json;
use webtask::__rt::{Match, check, click, fill, hover, select, sendkeys, strict, upload};
use webtask::{Pool, webtask};

use crate::bench::{Bench, SHORT, open, read, test, told};
use crate::support;

const PAGE: &str = "<button id=a class=b>Send</button><button class='b c'>Send later</button><button class=b hidden>Hidden</button>
    <input id=x><input id=y><select id=s><option>1</select><select id=t><option>1</select>
    <label class=l><input type=checkbox id=one>One</label><label class=m>Two <input type=checkbox id=two></label>
    <input type=file hidden id=f><input type=file hidden id=g><ul><li>a<button class=d>1</button><button class=d>2</button></ul>
    <i class=n>1</i><i class=n>2</i><i class=n>3</i><i class=n>4</i><i class=n>5</i><i class=n>6</i>";

#[test]
fn several_visible_elements_are_listed() {
    test(|bench| async move {
        let run = bench.run(bench.page(PAGE), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let at = strict;
                let text = Some(Match { text: "later", exact: false });
                Ok([
                    told(click(at(cx), ".b", None, None, None).await),
                    told(hover(at(cx), "role=button[name=send]", None).await),
                    told(fill(at(cx), "input:not([type])", "x", None).await),
                    told(sendkeys(at(cx), "input:not([type])", "x", None).await),
                    told(select(at(cx), "select", "1", None).await),
                    told(check(at(cx), "[type=checkbox]", None).await),
                    told(upload(at(cx), "[type=file]", &[], None).await),
                    told(hover(at(cx), ".n", None).await),
                    // One is meant.
                    told(click(at(cx), ".b", text, None, None).await),
                    told(click(at(cx), ".c", None, None, None).await),
                    told(click(at(cx), ".d", None, Some("li"), None).await),
                    told(check(at(cx), ".l, #one", None).await),
                ])
            })
        });
        assert_eq!(
            run.await.unwrap(),
            [
                "`.b` is 2 visible elements where one is meant: `button#a.b \"Send\"`, `button.b.c \"Send later\"`",
                "`role=button[name=send]` is 2 visible elements where one is meant: `button#a.b \"Send\"`, `button.b.c \"Send later\"`",
                "`input:not([type])` is 2 visible elements where one is meant: `input#x`, `input#y`",
                "`input:not([type])` is 2 visible elements where one is meant: `input#x`, `input#y`",
                "`select`: the option `1` is 2 visible elements where one is meant: `select#s \"1\"`, `select#t \"1\"`",
                "`[type=checkbox]` is 2 visible elements where one is meant: `input#one`, `input#two`",
                "`[type=file]` is 2 visible elements where one is meant: `input#f`, `input#g`",
                "`.n` is 6 visible elements where one is meant: `i.n \"1\"`, `i.n \"2\"`, `i.n \"3\"`, `i.n \"4\"`, `i.n \"5\"` and 1 more",
                "no error",
                "no error",
                "no error",
                "no error",
            ]
        );
    });
}

#[test]
fn without_it_the_first_visible_one_is_meant() {
    test(|bench| async move {
        let run = bench.run(bench.page(PAGE), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                strict(cx);
                let strict = told(cx.click(".b").timeout(SHORT.unwrap()).await);
                let loose = told(cx.click(".b").await);
                let again = told(cx.click(".b").strict().await);
                let filled = told(cx.fill("input:not([type])", "x").strict().await);
                Ok((strict, loose, again, filled))
            })
        });
        let (first, loose, again, filled) = run.await.unwrap();
        // A method is a step of its own.
        assert_eq!((first.as_str(), loose.as_str()), ("no error", "no error"));
        assert!(again.starts_with("`.b` is 2 visible elements where one is meant"), "{again}");
        assert!(filled.starts_with("`input:not([type])` is 2 visible elements"), "{filled}");
    });
}

#[test]
fn a_frame_of_another_origin_counts_as_an_element() {
    test(|bench| async move {
        bench.site.page("/inner", "<!doctype html><button onclick=\"this.id = 'clicked'\">Pay</button>");
        let far = bench.site.url("/inner").replace("127.0.0.1", "localhost");
        let frame = |id: &str| format!("<iframe id={id} src='{far}'></iframe>");
        let one = bench.page(&frame("one"));
        let two = bench.page(&(frame("one") + &frame("two")));
        for (url, expected) in [
            (one, "no error"),
            (
                two,
                "`iframe >> role=button` is 2 visible elements where one is meant: `iframe#one`, `iframe#two`",
            ),
        ] {
            let run = bench.run(url, |cx, url| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    Ok(told(click(strict(cx), "iframe >> role=button", None, None, None).await))
                })
            });
            assert_eq!(run.await.unwrap(), expected);
        }
    });
}

webtask! {
    task "strict/header" {
        strict;
        input url string required;
        goto "{{url}}";
        click "#a";
        click "button" text "Send" match exact;
        click ".b";
    }

    task "strict/setting" {
        input url string required;
        goto "{{url}}";
        click ".b";
        js said "return 1";
    }
}

#[test]
fn a_header_or_a_setting_makes_every_step_strict() {
    test(|shared| async move {
        let url = shared.page(PAGE);
        let error =
            strict_header(&shared.webtask, strict_header::Input { url: url.clone() }).await.unwrap_err();
        assert!(error.message().starts_with("`.b` is 2 visible elements where one is meant"), "{error}");
        assert!(error.to_string().contains("step `click`"), "{error}");
        let output =
            strict_setting(&shared.webtask, strict_setting::Input { url: url.clone() }).await.unwrap();
        assert_eq!(json!(output.said), json!(1));
        let pool = Pool::new("default").allow_private(true);
        let webtask = support::builder().pool(pool).strict(true).build().unwrap();
        let bench = Bench { webtask, ..shared };
        let error = strict_setting(&bench.webtask, strict_setting::Input { url }).await.unwrap_err();
        assert!(error.message().starts_with("`.b` is 2 visible elements where one is meant"), "{error}");
        let run = bench.run(bench.page("<button>a</button>"), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                cx.click("button").await?;
                Ok(read(cx, "return document.activeElement.localName").await?)
            })
        });
        assert_eq!(run.await.unwrap(), "button");
    });
}
