//! `click`.

use serde_json::json;
use webtask::__rt::{Match, click};

use crate::bench::{SHORT, open, read, test, told};

#[test]
fn a_click_is_a_user_s() {
    test(|bench| async move {
        let url = bench.page(
        "<div style='height:3000px'></div><button id=go>Go</button><script>
            const log = [];
            for (const name of ['pointerdown', 'mousedown', 'focus', 'pointerup', 'mouseup', 'click'])
                go.addEventListener(name, event => log.push([name, event.isTrusted, event.button ?? 0, event.detail ?? 0]));
        </script>",
    );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                click(cx, "#go", None, None, None).await?;
                Ok(read(cx, "return log").await?)
            })
        });
        assert_eq!(
            run.await.unwrap(),
            json!([
                ["pointerdown", true, 0, 0],
                ["mousedown", true, 0, 1],
                ["focus", true, 0, 0],
                ["pointerup", true, 0, 0],
                ["mouseup", true, 0, 1],
                ["click", true, 0, 1]
            ])
        );
    });
}

#[test]
fn it_waits_for_what_is_not_ready() {
    test(|bench| async move {
        let log = "<script>const log = []; onclick = event => log.push(event.target.id)</script>";
        let cases = [
        // Not there yet.
        "<body><script>setTimeout(() => document.body.innerHTML = '<button id=go>Go</button>', 80)</script>",
        // Not visible yet.
        "<button id=go hidden>Go</button><script>setTimeout(() => go.hidden = false, 80)</script>",
        // Not enabled yet.
        "<button id=go disabled>Go</button><script>setTimeout(() => go.disabled = false, 80)</script>",
        "<button id=go aria-disabled=true>Go</button><script>setTimeout(() => go.ariaDisabled = null, 80)</script>",
        // Covered by something that goes.
        "<button id=go>Go</button><div id=cover style='position:fixed;inset:0'></div>
            <script>setTimeout(() => cover.remove(), 80)</script>",
        // On its way.
        "<style>@keyframes in { from { translate: 400px } }</style><button id=go style='animation: in .2s linear'>Go</button>",
        "<button id=go style='position:absolute;left:0'>Go</button>
            <script>let x = 0; const step = () => { go.style.left = (x += 30) + 'px'; if (x < 300) requestAnimationFrame(step) }; step()</script>",
        // Below a bar that stays: scrolled from under it.
        "<div style='position:fixed;top:0;left:0;right:0;height:55%;background:red'></div>
            <div style='height:2000px'></div><button id=go>Go</button><div style='height:2000px'></div>",
        // In a box of its own that must be scrolled.
        "<div style='height:100px;overflow:auto'><div style='height:2000px'></div><button id=go>Go</button></div>",
        // A link over two lines, whose box has its middle outside.
        "<div style='width:200px'>some words here and then <a id=go href='#'>link</a></div>",
    ];
        for case in cases {
            let url = bench.page(&format!("{log}{case}"));
            let run = bench.run(url, |cx, url| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    click(cx, "#go", None, None, None).await?;
                    Ok(read(cx, "return log").await?)
                })
            });
            assert_eq!(run.await.unwrap(), json!(["go"]), "{case}");
        }
    });
}

#[test]
fn a_text_and_an_ancestor_tell_which() {
    test(|bench| async move {
        let url = bench.page(
        "<style>.up { text-transform: uppercase }</style>
        <div id=outer><div id=row1>Save <b>all</b></div><div id=row2><span id=s>Save</span></div></div>
        <input type=submit id=submit value='Send it'><p id=up class=up>sign in</p><div id=hidden hidden>Twice</div><div id=shown>Twice</div>
        <label id=label for=box>Accept</label><input type=checkbox id=box>
        <script>const log = []; onclick = event => { event.preventDefault(); log.push(event.target.id) }</script>",
    );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let text = |text, exact| Some(Match { text, exact });
                click(cx, "div", text("Save all", false), None, None).await?;
                click(cx, "div", text("Save", true), None, None).await?;
                click(cx, "span", text(" Save\n", true), Some("div"), None).await?;
                click(cx, "input", text("Send", false), None, None).await?;
                click(cx, "p", text("SIGN IN", true), None, None).await?;
                click(cx, "div", text("Twice", true), None, None).await?;
                click(cx, "#box", None, None, None).await?;
                Ok(read(cx, "return log").await?)
            })
        });
        // The click on `row2` lands on the span inside, in both cases.
        assert_eq!(run.await.unwrap(), json!(["row1", "row2", "row2", "submit", "up", "shown", "box"]));
    });
}

#[test]
fn an_error_says_what_was_missing() {
    test(|bench| async move {
        let url = bench.page(
            "<button id=off disabled>Off</button><button id=hidden hidden>Hidden</button>
        <div style='position:relative;width:100px;height:30px'><button id=under>Under</button>
            <div id=cover class='a b' style='position:absolute;inset:0'></div></div>
        <button id=away style='position:fixed;left:-500px'>Away</button>
        <style>@keyframes run { to { translate: 300px } }</style>
        <button id=runs style='animation: run 1s linear infinite alternate'>Runs</button><p>text</p>",
        );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut all = Vec::new();
                for selector in ["#none", "#off", "#hidden", "#under", "#away", "#runs", "#"] {
                    all.push(told(click(cx, selector, None, None, SHORT).await));
                }
                all.push(told(click(cx, "p", Some(Match { text: "tex", exact: true }), None, SHORT).await));
                all.push(told(click(cx, "p", None, Some("form"), SHORT).await));
                all.push(told(click(cx, "p", None, Some("form("), SHORT).await));
                Ok(all)
            })
        });
        assert_eq!(
            json!(run.await.unwrap()),
            json!([
                "`#none` could not be clicked within 150ms: no element matches it",
                "`#off` could not be clicked within 150ms: it is disabled",
                "`#hidden` could not be clicked within 150ms: it is in the page but not visible",
                "`#under` could not be clicked within 150ms: `div#cover.a.b` covers it",
                "`#away` could not be clicked within 150ms: it is outside the window and cannot be scrolled into it",
                "`#runs` could not be clicked within 150ms: it is moving",
                "`#` is not a valid selector",
                "`p` with exactly the text `tex` could not be clicked within 150ms: the one that matches says `text`",
                "`p` could not be clicked within 150ms: it is not inside a `form`",
                "`form(` is not a valid selector",
            ])
        );
    });
}

#[test]
fn a_click_that_navigates_or_asks_does_not_hang() {
    test(|bench| async move {
        let url = bench.page("<button id=ask onclick=\"document.title = confirm('sure?')\">Ask</button>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                click(cx, "#ask", None, None, None).await?;
                Ok(read(cx, "return document.title").await?)
            })
        });
        assert_eq!(run.await.unwrap(), "false");
        // To another site, which takes another process.
        let other = bench.site.url("/other").replace("127.0.0.1", "localhost");
        let url = bench.page(&format!("<a href='{other}'>away</a>"));
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                click(cx, "a", None, None, None).await?;
                webtask::__rt::wait_until(cx, "h1", webtask::__rt::Awaited::Visible, Some("Other"), None)
                    .await?;
                Ok(read(cx, "return location.hostname").await?)
            })
        });
        assert_eq!(run.await.unwrap(), "localhost");
    });
}

#[test]
fn a_page_that_patches_the_dom_is_clicked_all_the_same() {
    test(|bench| async move {
        let url = bench.page(
        "<button id=go>Go</button><script>
            const log = []; go.onclick = () => log.push('go');
            Document.prototype.querySelectorAll = () => [];
            Element.prototype.checkVisibility = () => false;
            Element.prototype.getClientRects = () => { throw 1 };
            Document.prototype.elementFromPoint = () => null;
            window.MutationObserver = null; window.requestAnimationFrame = () => {}; Date.now = () => 0; JSON.stringify = () => '';
        </script>",
    );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                click(cx, "#go", None, None, None).await?;
                Ok(read(cx, "return log").await?)
            })
        });
        assert_eq!(run.await.unwrap(), json!(["go"]));
    });
}
