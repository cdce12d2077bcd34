//! `click … opens tab`, through the macro.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use webtask::webtask;

use crate::bench::test;

webtask! {
    task "tab/opens" {
        input url string required;
        input link string required;
        dialogs accept;
        goto "{{url}}";
        js _ "window.one = 1";
        click "#{{link}}" opens tab timeout 5s;
        js title "return document.title";
        js first "return window.one ?? null";
        wait network idle 20ms;
        js sure "return confirm('sure?')";
        rust {
            let page = cx.page().await?;
            let url = page.url().await?;
            cx.status(url.unwrap_or_default()).await;
        }
    }

    task "tab/twice" {
        input url string required;
        input one string required;
        goto "{{url}}";
        click "#plain" opens tab;
        goto "{{one}}";
        click "a" opens tab;
        js title "return document.title";
    }

    task "tab/watched" {
        input url string required;
        goto "{{url}}";
        console said {
            capture network asked bodies {
                record film {
                    click "#watched" opens tab;
                    js _ "console.log('later'); await fetch('/plain')" await;
                }
            }
            js _ "console.log('after')";
        }
        js _ "console.log('unheard')";
        js opened "return opener.console.log('unheard') ?? 1";
    }

    task "tab/noticed" {
        input url string required;
        goto "{{url}}";
        console said { click "#watched" opens tab; }
    }

    task "tab/many" {
        input url string required;
        goto "{{url}}";
        js opened "
            let opened = 0;
            for (; opened < 60; opened++) {
                const tab = open('about:blank');
                await new Promise(done => setTimeout(done, 2));
                tab.close();
            }
            return opened
        " await;
    }

    task "tab/none" {
        input url string required;
        goto "{{url}}";
        retry 1 { click "#here" opens tab timeout 300ms; }
    }
}

const PAGE: &str = "<title>Begin</title>
    <a id=plain target=_blank href=/plain>blank</a>
    <a id=image target=_blank href=/image>held image</a>
    <a id=opener target=named rel=opener href=/other>named</a>
    <button id=script onclick=\"window.open('/plain')\">script</button>
    <button id=late onclick=\"setTimeout(() => window.open('/other'), 100)\">late</button>
    <button id=written onclick=\"window.open('').document.title = 'Written'\">written</button>
    <a id=watched target=_blank rel=opener href=/loud>watched</a>
    <button id=here>nothing</button>";

#[test]
fn later_steps_work_in_the_tab_that_was_opened() {
    test(|bench| async move {
        let url = bench.page(PAGE);
        for (link, title, path) in [
            ("plain", "Plain", "/plain"),
            ("opener", "Other", "/other"),
            ("script", "Plain", "/plain"),
            ("late", "Other", "/other"),
            ("written", "Written", ""),
        ] {
            let mut run = tab_opens(&bench.webtask, tab_opens::Input { url: url.clone(), link: link.into() });
            let told = run.next().await.unwrap();
            assert_eq!(told.name(), "status", "{link}: {told:?}");
            let output = run.await.unwrap();
            assert_eq!(json!(output), json!({ "title": title, "first": null, "sure": true }), "{link}");
            let here = if path.is_empty() { "about:blank".to_owned() } else { bench.site.url(path) };
            assert_eq!(told.data(), json!({ "text": here, "data": null }).to_string(), "{link}");
        }
    });
}

#[test]
fn it_waits_until_the_tab_is_loaded() {
    test(|bench| async move {
        let url = bench.page(PAGE);
        let run = tab_opens(&bench.webtask, tab_opens::Input { url, link: "image".into() });
        let release = async {
            bench.site.wait_held(1).await;
            bench.site.release();
        };
        let (output, ()) = tokio::join!(run, release);
        assert_eq!(output.unwrap().title, "Image");
    });
}

#[test]
fn a_tab_opens_another() {
    test(|bench| async move {
        let (url, one) = (bench.page(PAGE), bench.page("<a target=_blank href=/other>other</a>"));
        let output = tab_twice(&bench.webtask, tab_twice::Input { url, one }).await.unwrap();
        assert_eq!(output.title, "Other");
    });
}

#[test]
fn a_click_that_opens_none_is_an_error() {
    test(|bench| async move {
        let url = bench.page(PAGE);
        let error = tab_none(&bench.webtask, tab_none::Input { url }).await.unwrap_err();
        assert_eq!(error.message(), "no tab was opened within 300ms");
    });
}

/// The colour in the middle of the last picture of a film, of which each shows what changed.
fn last_colour(film: &str) -> Vec<u8> {
    let film = STANDARD.decode(film).unwrap();
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(film.as_slice()).unwrap();
    let (x, y) = (decoder.width() / 2, decoder.height() / 2);
    let mut colour = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        if (frame.left..frame.left + frame.width).contains(&x)
            && (frame.top..frame.top + frame.height).contains(&y)
        {
            let at = usize::from(y - frame.top) * usize::from(frame.width) + usize::from(x - frame.left);
            colour = frame.buffer[at * 4..at * 4 + 3].to_vec();
        }
    }
    colour
}

#[test]
fn what_watches_goes_on_in_the_tab() {
    test(|bench| async move {
        let url = bench.page(PAGE);
        bench.site.page(
            "/loud",
            "<style>body{background:rgb(0,128,0)}</style><script>console.log('first', opener.name); opener.console.log('of the opener')</script>
             <script>fetch('/other')</script>",
        );
        let output = tab_watched(&bench.webtask, tab_watched::Input { url }).await.unwrap();
        let mut said: Vec<_> = output.said.iter().map(|message| message.text.as_str()).collect();
        said.sort_unstable();
        assert_eq!(said, ["after", "first ", "later", "of the opener"]);

        let har: Value = serde_json::from_slice(&STANDARD.decode(output.asked).unwrap()).unwrap();
        let asked = |path: &str| {
            let url = bench.site.url(path);
            let entries = har["log"]["entries"].as_array().unwrap();
            entries
                .iter()
                .filter(|entry| entry["request"]["url"] == url.as_str())
                .cloned()
                .collect::<Vec<_>>()
        };
        for path in ["/loud", "/other", "/plain"] {
            let entries = asked(path);
            assert_eq!(entries.len(), 1, "{path}");
            assert_eq!(entries[0]["response"]["status"], 200, "{path}");
            let text = entries[0]["response"]["content"]["text"].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{path}");
        }
        assert_eq!(last_colour(&output.film), [0, 128, 0]);
    });
}

/// While a run that watches looks for its tab, every new tab of the browser waits; none does so for ever, and each for
/// its own.
#[test]
fn tabs_of_others_are_let_go() {
    test(|bench| async move {
        let url = bench.page(PAGE);
        bench.site.page("/loud", "<script>console.log('first')</script>");
        let many = tab_many(&bench.webtask, tab_many::Input { url: url.clone() });
        let noticed = || async {
            for _ in 0..5 {
                let run = tab_noticed(&bench.webtask, tab_noticed::Input { url: url.clone() });
                let said = run.await.unwrap().said;
                let said: Vec<_> = said.iter().map(|message| message.text.as_str()).collect();
                assert_eq!(said, ["first"]);
            }
        };
        let (many, (), ()) = tokio::join!(many, noticed(), noticed());
        assert_eq!(many.unwrap().opened, 60);
    });
}

#[test]
fn a_tab_whose_page_does_not_come_is_an_error() {
    test(|bench| async move {
        // Nobody listens there any more.
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let link = format!("<a id=dead target=_blank href=http://{closed}/>dead</a>");
        let url = bench.page(&link);
        let error =
            tab_opens(&bench.webtask, tab_opens::Input { url, link: "dead".into() }).await.unwrap_err();
        assert_eq!(error.kind(), webtask::ErrorKind::NavigationFailed, "{error}");
        assert!(error.message().starts_with(&format!("`http://{closed}/` cannot be reached")), "{error}");
    });
}
