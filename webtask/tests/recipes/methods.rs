//! The words as methods of `Cx`: each with all its options, and what it does read back.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use webtask::steps::{Format, Paper};
use webtask::{Cx, Error, ErrorKind, Event, extract};
use webtask_grammar::keyword::{Room, WORDS, Word};

use crate::capture::{pixel, with_files};
use crate::support::site::{Answer, Site};
use crate::{builder, shop};

extract! {
    struct Field {
        kind attr type on ".";
    }

    /// What a test asks of a page.
    struct Page {
        title text "title";
        path attr data-path on "body" optional;
        boxes from "input" repeat { kind attr type on "."; }
    }
}

const SECOND: Duration = Duration::from_secs(1);

/// A page of the shop with another body.
async fn page(cx: &Cx, body: &str) -> Result<(), Error> {
    cx.goto("https://shop.example/").await?;
    cx.js("document.body.innerHTML = arguments[0]").arg(body).await
}

async fn text(cx: &Cx, selector: &str) -> Result<Value, Error> {
    cx.js("const found = document.querySelector(arguments[0]); return found.value ?? found.textContent")
        .arg(selector)
        .await
}

#[webtask::task]
async fn navigates(cx: &Cx) -> Result<Vec<String>, Error> {
    let mut seen = Vec::new();
    let here = async || cx.js::<String>("return location.pathname + location.hash").await;
    cx.goto("https://shop.example/").timeout(20 * SECOND).await?;
    cx.goto("https://shop.example/login.html").until_dom().await?;
    cx.goto("https://shop.example/login.html#a").until_idle().await?;
    seen.push(here().await?);
    cx.back().await?;
    cx.back().await?;
    seen.push(here().await?);
    cx.forward().await?;
    seen.push(here().await?);
    cx.js::<Value>("window.old = true").await?;
    cx.reload().await?;
    seen.push(cx.js::<bool>("return window.old === undefined").await?.to_string());
    Ok(seen)
}

#[webtask::task]
async fn waits(cx: &Cx) -> Result<(), Error> {
    page(cx, "<p id=a>one</p><p id=b hidden>two</p><ul id=list style='height:50px;overflow:auto'></ul>")
        .await?;
    let start = tokio::time::Instant::now();
    cx.wait(Duration::from_millis(20)).await?;
    assert!(start.elapsed() >= Duration::from_millis(20));
    cx.wait_until("#b").await?;
    cx.wait_until("#a").visible().text("one").timeout(SECOND).await?;
    let hidden = cx.wait_until("#b").visible().timeout(Duration::from_millis(1)).await.unwrap_err();
    assert!(hidden.to_string().contains("`#b` was not visible"), "{hidden}");
    assert_eq!(hidden.step().map(|step| step.name), Some("wait until"));
    cx.wait_until("#b").gone().await?;
    cx.wait_until_url("https://shop.example/**").timeout(SECOND).await?;
    cx.wait_until_url(r"^https://shop\.").matches().await?;
    cx.wait_until_js("document.title !== ''").timeout(SECOND).await?;
    cx.wait_network_idle(Duration::from_millis(10)).max(1).timeout(10 * SECOND).await?;
    cx.js::<()>(
        "const list = document.querySelector('#list'); let left = 3; const add = () => { \
         list.insertAdjacentHTML('beforeend', '<li>item</li>'.repeat(20)) }; add(); \
         list.onscroll = () => { if (left-- > 0) add() }",
    )
    .await?;
    cx.scroll_until_stable("#list li").stable(Duration::from_millis(200)).max(20).await?;
    assert_eq!(cx.js::<u64>("return document.querySelectorAll('#list li').length").await?, 80);
    cx.scroll_until_stable("#list li").direction_up().stable(Duration::from_millis(50)).await?;
    assert_eq!(cx.js::<u64>("return document.querySelector('#list').scrollTop").await?, 0);
    Ok(())
}

#[webtask::task]
async fn types(cx: &Cx) -> Result<(), Error> {
    page(
        cx,
        "<input id=name onkeydown='if (event.key === `Enter`) out.value = `entered`'><output id=out></output>\
         <select id=pick><option value=1>One<option value=2>Two</select><input type=checkbox id=box>\
         <input type=file id=file multiple><div id=over onmouseenter='this.textContent = `over`'>here</div>\
         <ul><li onclick='out.value = `li`'><b onclick='out.value = `b`; event.stopPropagation()'>More</b></li></ul>\
         <button onclick='out.value = `More than`'>More than</button>\
         <a target=_blank href='/login.html'>tab</a>",
    )
    .await?;
    cx.sendkeys("#name", "an é 😀").await?;
    assert_eq!(text(cx, "#name").await?, "an é 😀");
    cx.fill("#name", "ß").timeout(5 * SECOND).await?;
    assert_eq!(text(cx, "#name").await?, "ß");
    cx.press("Enter").await?;
    assert_eq!(text(cx, "#out").await?, "entered");
    cx.select("#pick", "Two").await?;
    assert_eq!(text(cx, "#pick").await?, "2");
    let checked = async || cx.js::<bool>("return document.querySelector('#box').checked").await;
    cx.check("#box").await?;
    assert!(checked().await?);
    cx.uncheck("#box").await?;
    assert!(!checked().await?);
    cx.hover("#over").await?;
    assert_eq!(text(cx, "#over").await?, "over");
    cx.write_files(".", json!({ "one.txt": "1", "two.txt": "22" })).await?;
    cx.upload("#file", &["one.txt", "two.txt"]).await?;
    let sizes = "return [...document.querySelector('#file').files].map(file => file.size)";
    assert_eq!(cx.js::<Vec<u64>>(sizes).await?, [1, 2]);
    cx.click("b, button").text("than").await?;
    assert_eq!(text(cx, "#out").await?, "More than");
    cx.click("b, button").text_exact("More").await?;
    assert_eq!(text(cx, "#out").await?, "b");
    cx.js::<Value>("document.querySelector('b').style.pointerEvents = 'none'").await?;
    cx.click("b").closest("li").timeout(5 * SECOND).await?;
    assert_eq!(text(cx, "#out").await?, "li");
    cx.click("a").opens_tab().await?;
    let page: Page = cx.extract("html").await?;
    assert_eq!(page.title, "Sign in");
    Ok(())
}

#[webtask::task]
async fn reads(cx: &Cx) -> Result<(), Error> {
    page(cx, "<input type=text><input type=checkbox>").await?;
    let page: Page = cx.extract("html").await?;
    assert_eq!(page.boxes.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["text", "checkbox"]);
    assert_eq!(page.path, None);
    assert_eq!(cx.extract::<Field>("input").repeat().limit(5).await?.len(), 2);
    let error = cx.extract::<Page>("#none").await.unwrap_err();
    assert!(error.to_string().starts_with("`Page`: no element matches `#none`"), "{error}");
    assert_eq!(error.step().map(|step| step.name), Some("extract"));
    let error = cx.extract::<Page>("a[").await.unwrap_err();
    assert_eq!(error.message(), "`a[` is not a valid selector");
    let later: (u8, String) = cx
        .js("return await new Promise(done => setTimeout(() => done([...arguments]), 1))")
        .arg(1)
        .arg("two")
        .awaited()
        .await?;
    assert_eq!(later, (1, "two".to_owned()));
    let error = cx.js::<u8>("throw new Error('no')").await.unwrap_err();
    assert_eq!(error.message(), "`js` threw at line 1: no");
    let error = cx.js::<u8>("return 'a'").await.unwrap_err();
    assert!(error.to_string().starts_with("`js` does not fit its type"), "{error}");
    Ok(())
}

#[webtask::task]
async fn captures(cx: &Cx) -> Result<(), Error> {
    cx.emulate().size(400, 300).scale(2.0).mobile().locale("de-CH").timezone("Asia/Tokyo").dark().await?;
    cx.emulate().user_agent("probe/1").await?;
    page(cx, "<div style='height:2000px;background:rgb(0,0,255)' id=box></div>").await?;
    let seen: Value = cx
        .js(
            "return [screen.width, devicePixelRatio, navigator.language, navigator.userAgent, \
             Intl.DateTimeFormat().resolvedOptions().timeZone, matchMedia('(prefers-color-scheme: dark)').matches]",
        )
        .await?;
    assert_eq!(seen, json!([400, 2, "de-CH", "probe/1", "Asia/Tokyo", true]));
    let image = cx.screenshot().await?;
    assert_eq!(pixel(image.bytes(), 50, 50), ((800, 600), [0, 0, 255]));
    cx.emulate().reset().light().await?;
    let whole = cx.screenshot().full_page().path("shots/whole.png").await?;
    assert!(pixel(whole.bytes(), 50, 50).0.1 >= 2000);
    let (path, size) = (whole.clone().capture().path, whole.bytes().len());
    assert_eq!((path.as_str(), whole.clone().capture().size), ("shots/whole.png", size as i64));
    assert!(!whole.base64().is_empty());
    assert!(cx.screenshot().selector("#box").jpeg(10).await?.into_bytes().starts_with(b"\xff\xd8"));
    assert_eq!(&cx.screenshot().webp(50).await?.bytes()[8..12], b"WEBP");
    let print = cx.pdf().format(Paper::A3).landscape().background(false).scale(0.5).pages("1").margin(0.5);
    let print = print.header("Top").footer("<i class=pageNumber></i>");
    let paper = lopdf::Document::load_mem(print.path("out/page.pdf").await?.bytes()).unwrap();
    assert_eq!(paper.get_pages().len(), 1);
    let print =
        cx.html_to_pdf("<h1>One</h1>").css("h1 { break-after: page }").format(Paper::Letter).landscape();
    let print = print
        .background(true)
        .scale(1.0)
        .pages("1-9")
        .margins(1.0, 0.5, 1.0, 0.5)
        .path("out/given.pdf")
        .await?;
    assert!(print.bytes().starts_with(b"%PDF"));
    cx.write_files("in", json!([{ "path": "a.html", "content": "<p>file" }])).await?;
    assert!(cx.html_file_to_pdf("in/a.html").await?.bytes().starts_with(b"%PDF"));
    let snapshot = cx.snapshot().path("page.mhtml").await?;
    assert!(String::from_utf8_lossy(snapshot.bytes()).contains("multipart/related"));
    let error = cx.screenshot().jpeg(400).await.unwrap_err();
    assert_eq!(error.message(), "bad quality `400`; it is from 0 to 100");
    Ok(())
}

#[webtask::task]
async fn files(cx: &Cx) -> Result<(), Error> {
    let written = cx.write_files("deep", json!({ "a.txt": "one", "b.json": [1] })).await?;
    assert_eq!(
        written.iter().map(|file| (file.path.as_str(), file.size)).collect::<Vec<_>>(),
        [("deep/a.txt", 3), ("deep/b.json", 8)]
    );
    assert_eq!(cx.read_file("deep/a.txt").await?, "one");
    assert_eq!(cx.read_file("none").optional().await?, None);
    let error = cx.read_file("none").await.unwrap_err();
    assert_eq!(error.step().map(|step| (step.index, step.name)), Some((3, "read file")));
    assert!(cx.read_file("../out").await.is_err());
    let rows = json!([{ "a": 1, "b": "x" }, { "a": 2 }]);
    assert_eq!(cx.export(Format::Csv, &rows).path("rows.csv").await?, "a,b\n1,x\n2,\n");
    assert_eq!(cx.export(Format::Ndjson, &rows).columns(["b"]).await?.lines().count(), 2);
    page(cx, "<i id=some>é</i>").await?;
    cx.save_html("page.html").await?;
    cx.save_html("some.html").selector("#some").await
}

#[webtask::task]
async fn asks(cx: &Cx, site: String) -> Result<(), Error> {
    let answer = cx.http("GET", &format!("{site}/json")).header("x-a", "b").timeout(5 * SECOND).await?;
    assert_eq!((answer.status, answer.json), (200, json!({ "a": 1 })));
    let answer = cx.http("POST", &format!("{site}/echo")).body(json!({ "b": 2 })).await?;
    assert!(answer.body.contains("{\"b\":2}"), "{}", answer.body);
    assert_eq!(cx.http("NO METHOD", &site).await.unwrap_err().message(), "`NO METHOD` is not an HTTP method");
    let answer = cx.http("GET", &format!("{site}/json")).expect_ok().expect(404).await?;
    assert_eq!(answer.status, 200);
    let page = cx.goto(&format!("{site}/page")).expect_ok().expect(404).named().await?;
    assert_eq!(page.status, 200);
    cx.set_cookies(json!([{ "name": "one", "value": "1" }])).await?;
    let cookies = cx.get_cookies().urls(&[&site]).path("cookies.json").await?;
    assert_eq!(cookies.iter().map(|cookie| cookie.value.as_str()).collect::<Vec<_>>(), ["1"]);
    cx.clear_cookies().await?;
    assert!(cx.get_cookies().await?.is_empty());
    cx.set_cookies_file("cookies.json").await?;
    assert_eq!(cx.get_cookies().await?.len(), 1);
    cx.set_cookies(&cookies).await?;
    let files = cx.download_each(".it").timeout(10 * SECOND).await?;
    assert_eq!(files.iter().map(|file| file.size).collect::<Vec<_>>(), [4]);
    cx.save_captures("files", &files, "got").naming("{index}.{ext}").await
}

#[webtask::task]
async fn watches(cx: &Cx) -> Result<(), Error> {
    cx.goto("https://shop.example/").await?;
    let (sum, said) = cx
        .console(async {
            cx.js::<Value>("console.warn('from', arguments[0])").arg("inside").await?;
            Ok(3)
        })
        .await?;
    assert_eq!((sum, said.len(), said[0].text.as_str()), (3, 1, "from inside"));
    let error = cx.console(async { cx.press("Nokey").await }).await.unwrap_err();
    assert_eq!(error.step().map(|step| step.name), Some("press"));
    let network = cx.capture_network().bodies().max_bytes(100).url("login").path("login.har");
    let ((), har) = network.run(async { cx.goto("https://shop.example/login.html").await }).await?;
    assert_eq!(har.entries()?.iter().map(|entry| entry.status).collect::<Vec<_>>(), [200]);
    let har: Value = serde_json::from_slice(har.bytes()).unwrap();
    assert_eq!(har["log"]["entries"].as_array().unwrap().len(), 1);
    let blob = "const link = document.createElement('a');
        link.download = 'a.txt';
        link.href = URL.createObjectURL(new Blob(['got']));
        link.click()";
    let clicked = cx.download().path("clicked").timeout(10 * SECOND);
    let ((), files) = clicked.run(async { cx.js::<()>(blob).await }).await?;
    assert_eq!(files.iter().map(|file| (&*file.name, file.size)).collect::<Vec<_>>(), [("a.txt", 3)]);
    cx.js::<Value>("window.__webtasks_captures = [{ name: 'k.txt', bytesB64: btoa('k') }]").await?;
    let kept = cx.save_page_captures("kept", Some("{name}")).await?;
    assert_eq!(kept.iter().map(|file| (&*file.path, file.size)).collect::<Vec<_>>(), [("kept/k.txt", 1)]);
    let film = cx.record().name("film").quality(80).fps(5).frames(3).limit(SECOND).path("film.gif");
    let (five, film) = film.run(async { Ok(5) }).await?;
    assert_eq!((five, &film.bytes()[..4]), (5, &b"GIF8"[..]));
    // Where there is no ffmpeg, no step begins.
    for record in [cx.record().mp4(), cx.record().webm()] {
        assert!(
            record.fps(0).run(async { Ok(()) }).await.unwrap_err().to_string().starts_with("bad fps `0`")
        );
    }
    let mut tries = 0;
    let third = cx
        .retry(3)
        .pause(Duration::from_millis(1))
        .run(|| {
            tries += 1;
            let good = tries == 3;
            async move { if good { Ok("third") } else { cx.press("Nokey").await.map(|()| "no") } }
        })
        .await?;
    assert_eq!(third, "third");
    let error = cx.retry(2).run(|| async { cx.press("Nokey").await }).await.unwrap_err();
    assert_eq!(error.step().map(|step| step.name), Some("press"));
    cx.status("said").await;
    cx.emit("progress", "half").data(json!({ "fraction": 0.5 })).await;
    Ok(())
}

webtask::webtask! {
    task "methods/title" {
        goto "https://shop.example/login.html";
        extract page from "html" { title text "title"; }
    }

    task "methods/secret" {
        secret password;
        goto "https://shop.example/?{{password}}";
    }

    // In a recipe's own Rust the methods are the same, and an error names their line.
    task "methods/rust" {
        status "before";
        rust {
            let found = cx.call(methods_title::Input {}).await?;
            assert_eq!(found.page.title, "Sign in");
            cx.click("#none").timeout(Duration::ZERO).await?;
        }
    }
}

#[webtask::task]
async fn calls(cx: &Cx) -> Result<String, Error> {
    let error = cx.call(methods_secret::Input {}).await.unwrap_err();
    assert_eq!(error.message(), "`methods/secret` declares the secret `password`, so what calls it must too");
    Ok(cx.call(methods_title::Input {}).await?.page.title)
}

#[tokio::test]
async fn the_page_goes_where_it_is_told() {
    let webtask = shop();
    let seen = navigates::run(&webtask, navigates::Input {}).await.unwrap();
    assert_eq!(seen, ["/login.html#a", "/", "/login.html", "true"]);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn waits_end_when_they_should() {
    let webtask = shop();
    waits::run(&webtask, waits::Input {}).await.unwrap();
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_mouse_and_a_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let webtask = builder().files(folder.path()).build().unwrap();
    types::run(&webtask, types::Input {}).await.unwrap();
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn what_a_page_holds_has_a_type() {
    let webtask = shop();
    reads::run(&webtask, reads::Input {}).await.unwrap();
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn captures_are_bytes_and_files() {
    let folder = tempfile::tempdir().unwrap();
    let webtask = builder().files(folder.path()).build().unwrap();
    captures::run(&webtask, captures::Input {}).await.unwrap();
    for file in ["shots/whole.png", "out/page.pdf", "out/given.pdf", "page.mhtml"] {
        assert!(folder.path().join(file).is_file(), "{file}");
    }
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn files_are_below_their_folder() {
    let folder = tempfile::tempdir().unwrap();
    let webtask = builder().files(folder.path()).build().unwrap();
    files::run(&webtask, files::Input {}).await.unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("rows.csv"), "a,b\n1,x\n2,\n");
    assert!(read("page.html").contains("<body><i id=\"some\">é</i></body>"));
    assert_eq!(read("some.html"), "<i id=\"some\">é</i>");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn the_web_without_a_page() {
    let (site, (webtask, folder)) = (Site::start().await, with_files());
    site.answer("/json", Answer::new("200 OK", "content-type: application/json\r\n", r#"{"a":1}"#));
    site.answer("/report", Answer::new("200 OK", "content-type: text/csv\r\n", "a,b\n"));
    site.page("/page", "<a class=it href=/report>report</a>");
    asks::run(&webtask, asks::Input { site: site.url("") }).await.unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("got/0.csv")).unwrap(), "a,b\n");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn steps_stand_inside_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let webtask = builder().files(folder.path()).build().unwrap();
    let mut run = watches::run(&webtask, watches::Input {});
    let mut told = Vec::new();
    while let Some(event) = run.next().await {
        match event {
            Event::Failed(error) => panic!("{error:?}"),
            event => told.push(event.name().to_owned()),
        }
    }
    assert_eq!(told, ["recording", "status", "progress", "done"]);
    assert!(folder.path().join("login.har").is_file());
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_recipe_is_called_and_calls() {
    let webtask = builder().secret("password", "x").build().unwrap();
    assert_eq!(calls::run(&webtask, calls::Input {}).await.unwrap(), "Sign in");
    let error = methods_rust(&webtask, methods_rust::Input {}).await.unwrap_err();
    let step = error.step().unwrap();
    assert_eq!((error.kind(), step.index, step.name), (ErrorKind::StepFailed, 1, "click"));
    let line = include_str!("methods.rs").lines().position(|line| line.contains("timeout(Duration::ZERO)"));
    assert!(step.at.starts_with(&format!("{}:{}:", file!(), line.unwrap() + 1)), "{}", step.at);
    webtask.close().await.unwrap();
}

/// The words that are not methods, because Rust has them itself.
const RUSTS: &[&str] = &[
    "set",
    "for each",
    "loop",
    "if",
    "try",
    "break",
    "continue",
    "yield",
    "yield each",
    "return",
    "fail",
    "let",
    "rust",
];

/// The options whose method is called otherwise, or is none.
const OTHERWISE: &[(&str, &str, &[&str])] = &[
    ("goto", "until", &["until_dom", "until_idle"]),
    ("click", "match", &["text", "text_exact"]),
    ("scroll until stable", "direction", &["direction_up"]),
    ("js", "args", &["arg"]),
    ("js", "await", &["awaited"]),
    ("screenshot", "format", &["jpeg", "webp"]),
    ("screenshot", "quality", &["jpeg", "webp"]),
    ("html to pdf", "content|file", &["html_to_pdf", "html_file_to_pdf"]),
    ("emulate", "width", &["size"]),
    ("http", "headers", &["header"]),
    ("record", "format", &["mp4", "webm"]),
    ("record", "for", &["limit"]),
    ("capture network", "as list", &["entries"]),
    ("save captures", "from page", &["save_page_captures"]),
    ("call", "with", &[]),
];

/// This file calls each method, so one that it does not name is missing.
#[test]
fn every_word_and_every_option_has_its_method() {
    let called = |method: &str| {
        let plain = format!(".{method}(");
        let typed = format!(".{method}::<");
        include_str!("methods.rs").lines().any(|line| line.contains(&plain) || line.contains(&typed))
    };
    let steps: Vec<&Word> = WORDS.iter().filter(|word| word.room == Room::Step).collect();
    assert!(steps.len() > 40, "the table has all steps");
    for word in steps.iter().filter(|word| !RUSTS.contains(&word.name)) {
        let method = word.name.replace(' ', "_");
        assert!(called(&method), "`{}` has no method `Cx::{method}` that is tested here", word.name);
        for option in word.options {
            let other = OTHERWISE.iter().find(|(step, name, _)| (*step, *name) == (word.name, option.name));
            let methods: Vec<String> = match other {
                Some((_, _, methods)) => methods.iter().map(|method| (*method).to_owned()).collect(),
                None => option.name.split('|').map(|name| name.replace(' ', "_")).collect(),
            };
            for method in methods {
                assert!(called(&method), "`{}` of `{}` has no method `{method}`", option.name, word.name);
            }
        }
    }
    for name in RUSTS {
        assert!(steps.iter().any(|word| word.name == *name), "`{name}` is not a word");
    }
    for (step, option, _) in OTHERWISE {
        let word = steps.iter().find(|word| word.name == *step).unwrap();
        assert!(word.options.iter().any(|known| known.name == *option), "`{step}` has no `{option}`");
    }
}
