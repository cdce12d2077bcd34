//! What becomes of an element between the mouse's coming and the click: a step that says it clicked did.

use std::time::Duration;

use serde_json::{Value, json};
use webtask::__rt::{check, click, hover, sendkeys};

use crate::bench::{Bench, open, read, test, told};
use crate::far::both;

/// Hears what presses and clicks end on.
const LOG: &str = "<style>* { margin: 0; padding: 0 } body { min-height: 400px } #b { position: absolute; left: 20px; top: 20px }</style>
    <script>
        const log = [];
        for (const name of ['mousedown', 'click']) {
            addEventListener(name, event => log.push(`${name} ${event.composedPath()[0].id || event.target.localName}`), true);
        }
    </script>";

/// What is said of an element that is not there whenever the mouse is.
const FLEES: &str =
    "it goes away when the mouse comes: look for `:hover`, `:active` or `mouseenter` in the page";

/// Types into `#name` where there is one, clicks on `#b`, and gives how that ended and what was pressed and clicked.
async fn clicked(bench: &Bench, page: &str, limit: Option<Duration>) -> (String, Value) {
    let has_name = page.contains("id=name");
    let run = bench.run((bench.page(&format!("{LOG}{page}")), has_name, limit), |cx, input| {
        Box::pin(async move {
            let (url, has_name, limit) = input;
            open(cx, &url).await?;
            if has_name {
                sendkeys(cx, "#name", "x", None).await?;
            }
            let ended = told(click(cx, "#b", None, None, limit).await);
            Ok((ended, read(cx, "return log.filter(what => / (b|new)$/.test(what))").await?))
        })
    });
    run.await.unwrap()
}

#[test]
fn what_flees_the_mouse_is_not_clicked() {
    test(|bench| async move {
        for page in [
            "<style>#b:hover { visibility: hidden }</style><button id=b>go</button>",
            "<style>#b:hover { display: none }</style><button id=b>go</button>",
            "<style>#b:hover { pointer-events: none }</style><button id=b>go</button>",
            "<style>#b:hover { clip-path: inset(50%) }</style><button id=b>go</button>",
            "<style>#b:hover { left: 300px }</style><button id=b>go</button>",
            "<style>#b:hover { width: 0; overflow: hidden; border: 0 }</style><button id=b>go</button>",
            "<style>#b:active { transform: translateY(300px) }</style><button id=b>go</button>",
            "<style>#b:active { display: none }</style><a id=b href=#there>go</a>",
            // By what is around it, which stays.
            "<style>#box { height: 60px } #box:hover #b { visibility: hidden }</style><div id=box><button id=b>go</button></div>",
            // By scripts.
            "<button id=b>go</button><script>onmousemove = event => b.style.visibility = event.target === b ? 'hidden' : ''</script>",
            "<button id=b>go</button><script>b.onpointerenter = () => b.hidden = true; document.body.onpointermove = event => event.target !== b && (b.hidden = false)</script>",
            // The page leaves the focus where it is, or keeps presses to itself, and waits for the click.
            "<style>#b:hover { visibility: hidden }</style><button id=b onmousedown='event.preventDefault()'>go</button>",
            "<style>#b:hover { display: none }</style><button id=b onmousedown='event.stopPropagation()'>go</button>",
        ] {
            let (ended, seen) = clicked(&bench, page, Some(Duration::from_millis(700))).await;
            assert_eq!(ended, format!("`#b` could not be clicked within 700ms: {FLEES}"), "{page}");
            assert!(!seen.as_array().unwrap().contains(&json!("click b")), "{page}: {seen}");
        }
    });
}

#[test]
fn what_only_changes_under_the_mouse_is_clicked_once() {
    test(|bench| async move {
        for page in [
            "<style>#b:hover { opacity: 0 }</style><button id=b>go</button>",
            "<style>#b:hover { transform: translate(3px, 3px) } #b:active { transform: translate(3px, 5px) }</style><button id=b>go</button>",
            // For a moment.
            "<style>.first:hover { visibility: hidden }</style><button id=b class=first>go</button><script>
                setTimeout(() => b.classList.remove('first'), 400)</script>",
        ] {
            let (ended, seen) = clicked(&bench, page, None).await;
            let clicks = seen.as_array().unwrap().iter().filter(|what| **what == "click b").count();
            assert_eq!((ended.as_str(), clicks), ("no error", 1), "{page}: {seen}");
        }
    });
}

#[test]
fn what_flees_in_a_frame_or_a_shadow_tree_is_not_clicked() {
    both(|bench| async move {
        let flees = "<style>#b:hover { display: none }</style><button id=b onclick='parent.postMessage(1, `*`)'>go</button>";
        bench.site.page("/inner", flees);
        let far = bench.site.url("/inner").replace("127.0.0.1", "localhost");
        let page = format!(
            "<script>const log = []; onmessage = event => log.push(event.data)</script>
            <iframe id=near srcdoc=\"{}\"></iframe><iframe id=far src='{far}'></iframe><x-b></x-b><script>
                const root = document.querySelector('x-b').attachShadow({{ mode: 'open' }});
                root.innerHTML = '<style>#b:hover {{ display: none }}</style><button id=b>go</button>';
                root.querySelector('button').onclick = () => log.push(2);
            </script>",
            flees.replace('"', "&quot;")
        );
        let run = bench.run(bench.page(&page), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut all = Vec::new();
                for selector in ["#near >> #b", "#far >> #b", "x-b >> #b"] {
                    let limit = Some(Duration::from_millis(700));
                    all.push(told(click(cx, selector, None, None, limit).await));
                }
                Ok((all, read(cx, "return log").await?))
            })
        });
        let (all, log) = run.await.unwrap();
        for (ended, selector) in all.iter().zip(["#near >> #b", "#far >> #b", "x-b >> #b"]) {
            assert_eq!(*ended, format!("`{selector}` could not be clicked within 700ms: {FLEES}"));
        }
        assert_eq!(log, json!([]));
    });
}

#[test]
fn a_box_whose_label_flees_is_not_checked_and_the_mouse_may_rest_on_what_flees() {
    test(|bench| async move {
        let page = "<style>input { display: none } label:hover { visibility: hidden } #b:hover { visibility: hidden }</style>
            <input type=checkbox id=box><label for=box>all of it</label><p id=b>b</p><script>let came = 0; b.onmouseenter = () => came++</script>";
        let run = bench.run(bench.page(page), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let ended = told(check(cx, "#box", Some(Duration::from_millis(600))).await);
                hover(cx, "#b", None).await?;
                Ok((ended, read(cx, "return [document.querySelector('#box').checked, came > 0]").await?))
            })
        });
        let (ended, seen) = run.await.unwrap();
        assert_eq!(ended, format!("`#box` could not be checked within 600ms: {FLEES}"));
        assert_eq!(seen, json!([false, true]));
    });
}

#[test]
fn a_press_that_the_page_makes_something_of_is_one() {
    test(|bench| async move {
        for page in [
            // In its own time.
            "<div id=list><p id=b>one</p></div><script>b.onmousedown = () => setTimeout(() => list.remove())</script>",
            "<p id=b>one</p><script>const { port1, port2 } = new MessageChannel(); port1.onmessage = () => b.hidden = true;
                b.onpointerdown = () => port2.postMessage(1)</script>",
            "<p id=b>one</p><script>b.onmousedown = () => Promise.resolve().then(() => b.remove())</script>",
            // It opens something over it.
            "<p id=b>one</p><dialog id=d>menu</dialog><script>b.onmousedown = () => d.showModal()</script>",
            // It puts the button out of use, or moves it.
            "<button id=b onmousedown='this.disabled = true'>one</button>",
            "<p id=b onmousedown='this.style.left = `300px`'>one</p>",
            // It drags from then on.
            "<div id=track><p id=b>one</p></div><script>b.onpointerdown = event => track.setPointerCapture(event.pointerId)</script>",
        ] {
            let (ended, seen) = clicked(&bench, page, None).await;
            let presses = seen.as_array().unwrap().iter().filter(|what| **what == "mousedown b").count();
            assert_eq!((ended.as_str(), presses), ("no error", 1), "{page}: {seen}");
        }
    });
}

#[test]
fn a_field_may_open_something_over_itself_when_it_gets_the_focus() {
    test(|bench| async move {
        for page in [
            "<input id=b onfocus='d.showModal()'><dialog id=d><input></dialog>",
            "<input id=b onfocus='m.hidden = false'><div id=m hidden style='position:fixed;inset:0'>search</div>",
            "<style>#m { display: none; position: fixed; inset: 0 } #b:focus + #m { display: block }</style><input id=b><div id=m>menu</div>",
            "<input id=b onfocus='this.outerHTML = `<input id=new style=\"position:absolute;left:300px\">`'>",
            "<input id=b readonly onfocus='this.removeAttribute(`readonly`)'>",
        ] {
            let (ended, seen) = clicked(&bench, page, None).await;
            let presses = seen.as_array().unwrap().iter().filter(|what| **what == "mousedown b").count();
            assert_eq!((ended.as_str(), presses), ("no error", 1), "{page}: {seen}");
        }
    });
}

#[test]
fn a_click_that_got_lost_under_the_press_is_made_anew_or_fails() {
    test(|bench| async move {
        // What is drawn anew meanwhile, by the field that loses the focus or in a task of its own.
        for page in [
            "<input id=name onblur='b.outerHTML = `<button id=b>go</button>`'><button id=b>go</button>",
            "<div id=list><button id=b>go</button></div><script>
                addEventListener('pointerdown', () => setTimeout(() => list.innerHTML = list.innerHTML), { once: true, capture: true })</script>",
            "<input id=name onblur='m.hidden = false; setTimeout(() => m.hidden = true, 150)'><button id=b>go</button>
                <div id=m hidden style='position:fixed;inset:0'>checking</div>",
            "<input id=name onblur='b.disabled = true; setTimeout(() => b.disabled = false, 150)'><button id=b>go</button>",
        ] {
            let (ended, seen) = clicked(&bench, page, None).await;
            let clicks = seen.as_array().unwrap().iter().filter(|what| **what == "click b").count();
            assert_eq!((ended.as_str(), clicks), ("no error", 1), "{page}: {seen}");
        }
        for (page, why) in [
            (
                "<input id=name onblur='b.hidden = true'><button id=b>go</button>",
                "it went away while the mouse was pressed on it",
            ),
            (
                "<input id=name onblur='b.remove()'><button id=b>go</button>",
                "it went away while the mouse was pressed on it",
            ),
            (
                "<input id=name onblur='b.disabled = true'><button id=b>go</button>",
                "it was disabled when the mouse arrived",
            ),
            (
                "<input id=name onblur='m.hidden = false'><button id=b>go</button><div id=m hidden style='position:fixed;inset:0'>no</div>",
                "`div#m` came over it while the mouse was pressed on it",
            ),
        ] {
            let (ended, seen) = clicked(&bench, page, Some(Duration::from_millis(700))).await;
            assert_eq!(ended, format!("`#b` could not be clicked within 700ms: {why}"), "{page}");
            assert!(!seen.as_array().unwrap().contains(&json!("click b")), "{page}: {seen}");
        }
    });
}
