//! What a page does once the mouse arrives: a click lands on what was meant, or nowhere and says so.

use std::time::Duration;

use serde_json::{Value, json};
use webtask::__rt::{check, click, click_opens_tab, hover, js, sendkeys, uncheck};

use crate::bench::{Bench, SHORT, open, read, test, told};
use crate::far::both;

/// Hears what a click ends on, in the page and in what is in it.
const LOG: &str = "<style>* { margin: 0; padding: 0 } body { min-height: 400px } #b { position: absolute; left: 20px; top: 20px }</style>
    <script>const log = []; addEventListener('click', event => log.push(event.composedPath()[0].id || event.target.localName))</script>";

/// Clicks on `#b` in a page, and gives how that ended and what heard of a click.
async fn clicked(bench: &Bench, page: &str, limit: Option<Duration>) -> (String, Value) {
    let run = bench.run((bench.page(&format!("{LOG}{page}")), limit), |cx, (url, limit)| {
        Box::pin(async move {
            open(cx, &url).await?;
            let ended = told(click(cx, "#b", None, None, limit).await);
            Ok((ended, read(cx, "return [location.pathname.startsWith('/page/'), log]").await?))
        })
    });
    run.await.unwrap()
}

#[test]
fn a_click_follows_what_the_mouse_moves() {
    test(|bench| async move {
        for page in [
            // It goes elsewhere and stays there.
            "<button id=b>go</button><script>b.onmouseenter = () => b.style.left = '300px'</script>",
            "<button id=b>go</button><script>b.onpointerenter = () => b.style.top = '200px'</script>",
            "<button id=b>go</button><script>document.addEventListener('mousemove', () => b.style.left = '300px', { once: true })</script>",
            // What is over it leaves a part of it free.
            "<button id=b style='width:200px'>go</button><div id=tip style='position:absolute;left:100px;top:10px;width:90px;height:60px' hidden>tip</div>
                <script>b.onmouseover = () => tip.hidden = false</script>",
            // What covers it goes away soon.
            "<button id=b>go</button><div id=tip style='position:fixed;inset:0' hidden>tip</div>
                <script>b.addEventListener('mouseover', () => { tip.hidden = false; setTimeout(() => tip.remove(), 100) }, { once: true })</script>",
            // It is out of use for a moment.
            "<button id=b>go</button><script>b.onmouseenter = () => { b.disabled = true; setTimeout(() => b.disabled = false, 100) }</script>",
            // It is drawn anew elsewhere.
            "<button id=b>go</button><script>b.onmouseenter = () => { b.outerHTML = '<button id=b style=\"left:200px\">go</button>' }</script>",
        ] {
            let (ended, seen) = clicked(&bench, page, None).await;
            assert_eq!((ended.as_str(), seen), ("no error", json!([true, ["b"]])), "{page}");
        }
    });
}

#[test]
fn a_click_that_would_land_elsewhere_is_none() {
    test(|bench| async move {
        for (page, by) in [
            (
                "<style>#m { display: none; position: fixed; inset: 0 } #b:hover + #m, #m:hover { display: block }</style>
                    <button id=b>go</button><a id=m href=/other>all of it</a>",
                "a#m",
            ),
            (
                "<a id=m href=/other style='position:fixed;inset:0' hidden>all of it</a><button id=b>go</button>
                    <script>b.onmouseenter = () => m.hidden = false; m.style.zIndex = 2</script>",
                "a#m",
            ),
            // In front of it comes a frame, which has a document of its own.
            (
                "<button id=b>go</button><iframe id=ad style='position:fixed;inset:0;width:100%;height:100%' hidden srcdoc='<p id=inside>ad</p>'></iframe>
                    <script>b.onmouseenter = () => ad.hidden = false</script>",
                "p#inside",
            ),
        ] {
            let (ended, seen) = clicked(&bench, page, Some(Duration::from_secs(1))).await;
            let message = format!(
                "`#b` could not be clicked within 1s: `{by}` was there instead when the mouse arrived"
            );
            assert_eq!((ended, seen), (message, json!([true, []])), "{page}");
        }
    });
}

#[test]
fn a_button_that_is_disabled_once_the_mouse_arrives_says_so() {
    test(|bench| async move {
        let page = "<button id=b onmouseenter='this.disabled = true'>go</button>";
        let (ended, seen) = clicked(&bench, page, Some(Duration::from_millis(700))).await;
        assert_eq!(ended, "`#b` could not be clicked within 700ms: it was disabled when the mouse arrived");
        assert_eq!(seen, json!([true, []]));
    });
}

#[test]
fn a_press_that_moves_the_button_is_made_anew() {
    test(|bench| async move {
        // The check of a field that loses the focus moves what is below.
        let page = "<input id=name><p id=bad hidden style='height:60px'>not a name</p><button id=b style='position:static;display:block'>go</button>
            <script>document.querySelector('#name').onblur = () => bad.hidden = false</script>";
        let run = bench.run(bench.page(&format!("{LOG}{page}")), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                sendkeys(cx, "#name", "x", None).await?;
                click(cx, "#b", None, None, None).await?;
                Ok(read(cx, "return log.filter(id => id === 'b')").await?)
            })
        });
        assert_eq!(run.await.unwrap(), json!(["b"]));
    });
}

#[test]
fn a_page_that_handles_the_press_hears_of_one() {
    test(|bench| async move {
        let count = "let presses = 0; const pressed = event => { presses++; log.push('press'); ";
        for (page, log) in [
            // Chosen from a list that closes.
            ("<div id=list><p id=b>one</p></div><script>COUNT list.remove() }; b.onmousedown = pressed</script>", json!(["press"])),
            ("<p id=b>one</p><script>COUNT b.hidden = true }; b.onpointerdown = pressed</script>", json!(["press"])),
            // A thing that moves itself.
            ("<p id=b>one</p><script>COUNT event.preventDefault(); b.style.left = '300px' }; b.onmousedown = pressed</script>", json!(["press"])),
            ("<p id=b>one</p><script>COUNT event.stopPropagation(); b.style.left = '300px' }; b.onmousedown = pressed</script>", json!(["press"])),
            // A list that opens over the button.
            ("<button id=b>one</button><div id=m hidden style='position:fixed;inset:0'>menu</div><script>COUNT m.hidden = false }; b.onmousedown = pressed</script>", json!(["press"])),
            // A page that keeps all events of the mouse to itself.
            (
                "<button id=b>one</button><script>COUNT event.stopImmediatePropagation() };
                    for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup']) addEventListener(name, pressed, true)</script>",
                json!(["press", "press", "press", "press", "b"]),
            ),
            (
                "<button id=b>one</button><script>COUNT event.stopImmediatePropagation() };
                    for (const name of ['pointerdown', 'mousedown', 'click']) document.addEventListener(name, pressed, true)</script>",
                json!(["press", "press", "press"]),
            ),
        ] {
            let page = page.replace("COUNT", count);
            let (ended, seen) = clicked(&bench, &page, None).await;
            let seen: Vec<_> = seen[1].as_array().unwrap().iter().filter(|what| *what != "body" && *what != "html").collect();
            assert_eq!((ended.as_str(), json!(seen)), ("no error", log), "{page}");
        }
    });
}

#[test]
fn a_page_may_leave_when_it_is_pressed() {
    test(|bench| async move {
        bench.site.page("/next", "<title>Next</title><a id=a target=_blank href=/closes>open</a>");
        bench
            .site
            .page("/closes", "<title>Closes</title><button id=b onmousedown='window.close()'>close</button>");
        let page = "<button id=b onmousedown=\"location = '/next'\">go</button>";
        let run = bench.run(bench.page(page), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                click(cx, "#b", None, None, None).await?;
                let title = read(cx, "return document.title").await?;
                click_opens_tab(cx, "#a", None, None, None).await?;
                let closes = read(cx, "return document.title").await?;
                Ok((title, closes, told(click(cx, "#b", None, None, None).await)))
            })
        });
        assert_eq!(run.await.unwrap(), (json!("Next"), json!("Closes"), "no error".to_owned()));
    });
}

#[test]
fn the_mouse_finds_what_moves_in_frames_and_shadow_trees() {
    both(|bench| async move {
        let tell = "<script>onclick = event => parent.postMessage(event.target.id || event.target.localName, '*')</script>";
        let button =
            "<style>#b { position: absolute; left: 20px; top: 20px }</style><button id=b>go</button>";
        let moves = "<script>b.onmouseenter = () => b.style.left = '150px'</script>";
        let moving = format!("{button}{moves}{tell}");
        bench.site.page("/inner", &moving);
        let escaped = moving.replace('"', "&quot;");
        let far = bench.site.url("/inner").replace("127.0.0.1", "localhost");
        let page = format!(
            "<script>const log = []; onmessage = event => log.push(event.data)</script>
            <iframe id=near srcdoc=\"{escaped}\"></iframe><iframe id=far src='{far}'></iframe>
            <x-b style='position:relative;display:block;height:50px'></x-b><script>
                const root = document.querySelector('x-b').attachShadow({{ mode: 'open' }});
                root.innerHTML = '<p id=b style=\"position:absolute;left:0;width:60px\">go</p>';
                const inner = root.querySelector('p');
                inner.onmouseenter = () => inner.style.left = '200px'; inner.onclick = () => log.push('shadow');
            </script>"
        );
        let run = bench.run(bench.page(&page), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                click(cx, "#near >> #b", None, None, None).await?;
                click(cx, "x-b >> #b", None, None, None).await?;
                click(cx, "#far >> #b", None, None, None).await?;
                // A frame is hit by what its document gets.
                click(cx, "#near", None, None, None).await?;
                let log = "await new Promise(done => setTimeout(done, 50)); return log";
                Ok(js::<Value>(cx, "log", log, &[], true).await?)
            })
        });
        assert_eq!(run.await.unwrap(), json!(["b", "shadow", "b", "html"]));
    });
}

#[test]
fn boxes_and_tabs_are_clicked_where_they_went() {
    test(|bench| async move {
        bench.site.page("/right", "<title>Right</title>");
        bench.site.page("/wrong", "<title>Wrong</title>");
        let page = format!(
            "{LOG}<style>input, #b {{ position: absolute; left: 10px; width: 30px; height: 30px }}</style>
            <input type=checkbox id=on style='top:100px'><input type=checkbox id=off checked style='top:150px'>
            <input type=checkbox id=flees style='top:200px'><style>#flees:hover {{ left: 300px }}</style>
            <a id=wrong href=/wrong style='position:absolute;left:0;top:0;right:0;height:90px'></a>
            <a id=b target=_blank href=/right style='top:20px'>x</a>
            <script>for (const one of [on, off, b]) one.onmouseenter = () => one.style.left = '300px'</script>"
        );
        let run = bench.run(bench.page(&page), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                check(cx, "#on", None).await?;
                uncheck(cx, "#off", None).await?;
                let ended = told(check(cx, "#flees", Some(Duration::from_millis(600))).await);
                let boxes = read(cx, "return [on.checked, off.checked, flees.checked]").await?;
                click_opens_tab(cx, "#b", None, None, None).await?;
                Ok((ended, boxes, read(cx, "return document.title").await?))
            })
        });
        let (ended, boxes, title) = run.await.unwrap();
        assert_eq!(
            ended,
            "`#flees` could not be checked within 600ms: it goes away when the mouse comes: look for `:hover`, `:active` or `mouseenter` in the page"
        );
        assert_eq!((boxes, title), (json!([true, false, false]), json!("Right")));
    });
}

#[test]
fn the_mouse_rests_on_what_was_meant() {
    test(|bench| async move {
        let page = "<style>#menu { display: none; position: absolute; left: 0; top: 0; width: 300px; height: 200px } #b:hover + #menu, #menu:hover { display: block }</style>
            <button id=b>open</button><div id=menu>menu</div>";
        let run = bench.run(bench.page(&format!("{LOG}{page}")), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                // What opens upon that may cover it.
                let ended = told(hover(cx, "#b", SHORT).await);
                Ok((ended, read(cx, "return getComputedStyle(menu).display").await?))
            })
        });
        assert_eq!(run.await.unwrap(), ("no error".to_owned(), json!("block")));
    });
}
