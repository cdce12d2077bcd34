//! Selectors that enter frames of other sites, each step read back from the inner page.

use std::os::unix::fs::PermissionsExt as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use webtask::__rt::{
    Awaited, Field, Source, Spec, check, click, download_each, extract, hover, press, save_html, screenshot,
    scroll_until_stable, select, sendkeys, uncheck, upload, wait_until,
};
use webtask::__rt::{Image, Shot};
use webtask::Pool;

use crate::bench::{Bench, SHORT, open, read, told};
use crate::support;
use crate::support::site::Site;

impl Bench {
    /// A page's URL as another site has it, which gets a process of its own.
    fn elsewhere(&self, path: &str) -> String {
        self.site.url(path).replace("127.0.0.1", "localhost")
    }
}

/// What a page with the script of [`TELL`] holds, asked for through its own messages.
const ASK: &str = "return await new Promise(done => {
    addEventListener('message', event => done(event.data), { once: true });
    document.querySelector('iframe').contentWindow.postMessage('tell', '*');
})";

/// A page that tells what is in it, whoever asks.
const TELL: &str = "<script>addEventListener('message', event => event.source.postMessage({
    name: document.querySelector('#name').value,
    last: document.querySelector('#name').dataset.last ?? '',
    clicked: document.querySelector('button').dataset.clicked ?? '',
    hovered: document.querySelector('#menu').className,
    box: document.querySelector('#box').checked,
    off: document.querySelector('#off').checked,
    list: document.querySelector('select').value,
    file: document.querySelector('#file').files[0]?.name ?? '',
    scrolled: document.scrollingElement.scrollTop > 0,
    origin: location.hostname,
}, '*'))</script>";

const FORM: &str = "<input id=name onkeyup='this.dataset.last = event.key + event.isTrusted'>
    <p id=menu onmouseenter=\"this.className = 'hovered'\">menu</p><img src=/dot.png>
    <input type=checkbox id=box><input type=checkbox id=off checked>
    <select><option>a<option>b</select><input type=file id=file>
    <ul><li><a href=a>One</a><li><a href=b>Two</a></ul>
    <div style='height:400px'></div><button onclick='this.dataset.clicked = event.isTrusted'>Go</button>
    <x-card></x-card><div style='height:2000px'></div><script>
        customElements.define('x-card', class extends HTMLElement {
            constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<b>in the shadow</b>' }
        });
    </script>";

/// Runs a test twice: where the browser draws frames of other sites in the page's process, as it does by default, and
/// where each site has a process of its own.
pub(crate) fn both<F: Future<Output = ()>>(test: impl Fn(Bench) -> F) {
    run(test, &[false, true]);
}

/// Runs a test where each site has a process of its own.
pub(crate) fn isolating<F: Future<Output = ()>>(test: impl Fn(Bench) -> F) {
    run(test, &[true]);
}

fn run<F: Future<Output = ()>>(test: impl Fn(Bench) -> F, isolated: &[bool]) {
    let folder = tempfile::tempdir().unwrap();
    let isolating = folder.path().join("isolating");
    let script = std::fs::read_to_string(support::script(folder.path())).unwrap();
    assert!(script.contains("\"$@\""), "{script}");
    std::fs::write(&isolating, script.replace("\"$@\"", "--site-per-process \"$@\"")).unwrap();
    std::fs::set_permissions(&isolating, std::fs::Permissions::from_mode(0o755)).unwrap();
    let pool = || Pool::new("default").size(3).allow_private(true);
    crate::bench::test(|bench| async move {
        for isolated in isolated {
            let builder = support::builder().files(folder.path()).pool(pool());
            let builder = if *isolated { builder.browser(&isolating) } else { builder };
            test(Bench { webtask: builder.build().unwrap(), site: Site::start().await }).await;
        }
        drop(bench);
    });
}

#[test]
fn every_step_enters_a_frame_of_another_site() {
    both(|bench| async move {
        bench.site.page("/far", &format!("<!doctype html><base href=/base/>{FORM}{TELL}"));
        let url = bench.page(&format!(
            "<div style='height:900px'></div><iframe id=far src='{}' style='border:9px solid;padding:4px;margin:20px;width:300px;height:200px'></iframe>
            <div style='height:900px'></div>",
            bench.elsewhere("/far")
        ));
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let far: Value =
                    read(cx, "return document.querySelector('#far').contentDocument === null").await?;
                wait_until(cx, "#far >> #menu", Awaited::Visible, Some("menu"), None).await?;
                wait_until(cx, "#far >> x-card >> b", Awaited::Present, Some("shadow"), None).await?;
                sendkeys(cx, "#far >> #name", "grüße 😀!", None).await?;
                press(cx, "End").await?;
                click(cx, "#far >> button", None, None, None).await?;
                check(cx, "#far >> #box", None).await?;
                uncheck(cx, "#far >> #off", None).await?;
                select(cx, "#far >> select", "b", None).await?;
                hover(cx, "#far >> #menu", None).await?;
                webtask::__rt::write_files(cx, ".", json!({ "far.txt": "hello" })).await?;
                upload(cx, "#far >> #file", &["far.txt"], None).await?;
                let shot =
                    Shot { selector: Some("#far >> #menu"), full: false, format: Image::Png, quality: None };
                let shot = screenshot(cx, None, &shot).await?.base64();
                save_html(cx, Some("#far >> x-card"), "far.html").await?;
                let html = webtask::__rt::read_file(cx, "far.html").await?;
                let files = download_each(cx, "#far >> img", None).await?;
                let fields = [
                    Field::new("text", Source::Text(".")),
                    Field { url: true, ..Field::new("link", Source::Attr("href", "a")) },
                ];
                let spec =
                    Spec { name: "rows", from: "#far >> li", repeat: true, limit: None, fields: &fields };
                let rows: Value = extract(cx, &spec).await?;
                let nested = [Field { url: true, ..Field::new("link", Source::Attr("href", "a")) }];
                let fields = [
                    Field::new("card", Source::Text("#far >> x-card >> b")),
                    Field { all: true, ..Field::new("all", Source::Text("#far >> li")) },
                    Field::new("count", Source::Count("#far >> li")),
                    Field::new("rows", Source::Nested { from: "#far >> li", repeat: true, fields: &nested }),
                    Field { url: true, ..Field::new("link", Source::Attr("href", "#far >> a")) },
                    Field { optional: true, ..Field::new("none", Source::Text("#far >> h6")) },
                ];
                let spec = Spec { name: "page", from: "body", repeat: false, limit: None, fields: &fields };
                let page: Value = extract(cx, &spec).await?;
                scroll_until_stable(
                    cx,
                    "#far >> html",
                    false,
                    Some(std::time::Duration::from_millis(30)),
                    None,
                )
                .await?;
                let told: Value = webtask::__rt::js(cx, "told", ASK, &[], true).await?;
                Ok((
                    far,
                    json!({ "rows": rows, "page": page, "told": told, "html": html, "files": files }),
                    shot,
                ))
            })
        });
        let (far, value, shot) = run.await.unwrap();
        let base = bench.elsewhere("/base/");
        let rows = json!([
            { "text": "One", "link": format!("{base}a") },
            { "text": "Two", "link": format!("{base}b") },
        ]);
        assert_eq!(far, true);
        assert_eq!(value["rows"], rows);
        assert_eq!(
            value["page"],
            json!({
                "card": "in the shadow", "all": ["One", "Two"], "count": 2, "none": null,
                "rows": [{ "link": format!("{base}a") }, { "link": format!("{base}b") }],
                "link": format!("{base}a"),
            })
        );
        assert_eq!(
            value["told"],
            json!({
                "name": "grüße 😀!", "last": "Endtrue", "clicked": "true", "hovered": "hovered", "box": true,
                "off": false, "list": "b", "file": "far.txt", "scrolled": true, "origin": "localhost",
            })
        );
        assert_eq!(value["html"], "<x-card></x-card>");
        assert_eq!(value["files"][0]["url"], json!(bench.elsewhere("/dot.png")));
        let bytes = STANDARD.decode(shot).unwrap();
        let image = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        assert_eq!((image.info().width, image.info().height > 10), (284, true));
    });
}

#[test]
fn frames_are_entered_within_frames() {
    both(|bench| async move {
        let script = "<script>addEventListener('click', event => document.title = event.target.id + event.isTrusted)</script>";
        bench
            .site
            .page("/own", &format!("<p style='height:300px'>own</p><button id=own>Own</button>{script}"));
        let style = "style='border:3px solid;width:200px;height:120px;transform:scale(.8)'";
        bench.site.page(
            "/middle",
            &format!("<p style='height:200px'>middle</p><x-box></x-box><script>
                document.querySelector('x-box').attachShadow({{ mode: 'open' }}).innerHTML = `<iframe src='{}' {style}></iframe>`
            </script>", bench.site.url("/own")),
        );
        let url = bench.page(&format!(
            "<iframe class=a srcdoc='<p>nothing'></iframe>
            <iframe class=a src='{}' style='width:300px;height:300px'></iframe>
            <iframe class=a sandbox='allow-scripts' srcdoc=\"<button id=boxed>Boxed</button>
                <input oninput='this.title = this.value'>\"></iframe>",
            bench.elsewhere("/middle")
        ));
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                // Of several frames, the one that has it.
                click(cx, ".a >> x-box >> iframe >> button", None, None, None).await?;
                click(
                    cx,
                    ".a >> #boxed",
                    Some(webtask::__rt::Match { text: "Boxed", exact: true }),
                    None,
                    None,
                )
                .await?;
                sendkeys(cx, ".a >> input", "in the box", None).await?;
                wait_until(cx, ".a >> input[title='in the box']", Awaited::Present, None, None).await?;
                let fields = [
                    Field { all: true, ..Field::new("all", Source::Text(".a >> p")) },
                    Field::new("own", Source::Text(".a >> x-box >> iframe >> p")),
                    Field::new("none", Source::Count(".a >> h6")),
                    Field::new("titles", Source::Text(".a >> x-box >> iframe >> title")),
                ];
                let spec = Spec { name: "page", from: "html", repeat: false, limit: None, fields: &fields };
                let page: Value = extract(cx, &spec).await?;
                let row = [Field::new("text", Source::Text("."))];
                let rows = Spec { name: "rows", from: ".a >> p", repeat: true, limit: Some(1), fields: &row };
                let rows: Value = extract(cx, &rows).await?;
                Ok(json!({ "page": page, "rows": rows }))
            })
        });
        assert_eq!(
            run.await.unwrap(),
            json!({
                "page": { "all": ["nothing", "middle"], "own": "own", "none": 0, "titles": "owntrue" },
                "rows": [{ "text": "nothing" }],
            })
        );
    });
}

#[test]
fn a_frame_may_come_late_go_on_and_go_away() {
    both(|bench| async move {
        bench.site.page("/first", "<p id=first>first</p>");
        bench.site.page(
            "/second",
            "<p id=second>second</p><button onclick='this.textContent = \"clicked\"'>Go</button>",
        );
        let url = bench.page("<h1>late</h1>");
        let far = [bench.elsewhere("/first"), bench.elsewhere("/second"), bench.site.url("/first")];
        let run = bench.run((url, far), |cx, (url, far)| {
            Box::pin(async move {
                open(cx, &url).await?;
                let script = |name: &'static str, source: &'static str, url: &str| {
                    let args = [json!(url)];
                    async move { webtask::__rt::js::<Value>(cx, name, source, &args, false).await }
                };
                let later = "setTimeout(() => {
                    const frame = document.createElement('iframe'); frame.src = arguments[0]; document.body.append(frame) }, 80)";
                script("late", later, &far[0]).await?;
                wait_until(cx, "iframe >> #first", Awaited::Visible, None, None).await?;
                // To another document, which is waited for in the old one.
                let go = "setTimeout(() => document.querySelector('iframe').src = arguments[0], 80)";
                script("go", go, &far[1]).await?;
                click(cx, "iframe >> button", None, None, None).await?;
                wait_until(cx, "iframe >> button", Awaited::Visible, Some("clicked"), None).await?;
                // To a document of the page's own site, and back.
                script("home", go, &far[2]).await?;
                wait_until(cx, "iframe >> #first", Awaited::Visible, None, None).await?;
                script("back", go, &far[1]).await?;
                wait_until(cx, "iframe >> #second", Awaited::Visible, None, None).await?;
                // Replaced by another element of the same look.
                let replace = "setTimeout(() => {
                    const old = document.querySelector('iframe'), frame = document.createElement('iframe');
                    frame.src = arguments[0]; old.replaceWith(frame) }, 80)";
                script("replace", replace, &far[0]).await?;
                wait_until(cx, "iframe >> #first", Awaited::Present, None, None).await?;
                let hide = "setTimeout(() => document.querySelector('iframe').style.display = 'none', 80)";
                script("hide", hide, "").await?;
                wait_until(cx, "iframe >> #first", Awaited::Gone, None, None).await?;
                wait_until(cx, "iframe >> #first", Awaited::Present, None, None).await?;
                let hidden = told(wait_until(cx, "iframe >> #first", Awaited::Visible, None, SHORT).await);
                script("remove", "setTimeout(() => document.querySelector('iframe').remove(), 80)", "").await?;
                wait_until(cx, "iframe >> #first", Awaited::Gone, None, None).await?;
                Ok(hidden)
            })
        });
        assert_eq!(
            run.await.unwrap(),
            "`iframe >> #first` was not visible within 150ms: it is in the page but not visible"
        );
    });
}

#[test]
fn what_is_missing_in_a_frame_of_another_site_is_told() {
    both(|bench| async move {
        bench.site.page(
            "/far",
            "<button disabled>Off</button><p>text</p><input readonly><select><option>a</select>",
        );
        let url = bench.page(&format!(
            "<iframe id=far src='{0}'></iframe><iframe id=over src='{0}'></iframe>
            <div id=cover style='position:absolute;background:red'></div>
            <script>const r = over.getBoundingClientRect();
                Object.assign(cover.style, {{ left: r.x + 'px', top: r.y + 'px', width: r.width + 'px', height: r.height + 'px' }})</script>",
            bench.elsewhere("/far")
        ));
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                wait_until(cx, "#far >> p", Awaited::Visible, None, None).await?;
                wait_until(cx, "#over >> p", Awaited::Visible, None, None).await?;
                let limit = Some(std::time::Duration::from_millis(400));
                let mut all = Vec::new();
                for selector in ["#far >> h1", "#far >> button", "#far >> p >> b", "#over >> p", "#far >> p["]
                {
                    all.push(told(click(cx, selector, None, None, limit).await));
                }
                all.push(told(check(cx, "#far >> p", None).await));
                all.push(told(wait_until(cx, "#far >> p", Awaited::Present, Some("other"), limit).await));
                all.push(told(wait_until(cx, "#far >> p", Awaited::Gone, None, limit).await));
                all.push(told(save_html(cx, Some("#far >> h1"), "x.html").await));
                let spec = Spec { name: "page", from: "#far >> h1", repeat: false, limit: None, fields: &[] };
                all.push(told(extract::<Value>(cx, &spec).await));
                Ok(all)
            })
        });
        assert_eq!(
            json!(run.await.unwrap()),
            json!([
                "`#far >> h1` could not be clicked within 400ms: no element matches it",
                "`#far >> button` could not be clicked within 400ms: it is disabled",
                "`#far >> p >> b` could not be clicked within 400ms: `p` is not a frame and has no open shadow root",
                "`#over >> p` could not be clicked within 400ms: `div#cover` covers it",
                "`#far >> p[` is not a valid selector",
                "`#far >> p` cannot be checked: it is a `p`",
                "`#far >> p` with the text `other` was not there within 400ms: the one that matches says `text`",
                "`#far >> p` was not gone within 400ms: it is still visible",
                "no element matches `#far >> h1`",
                "`page`: no element matches `#far >> h1`; wait for it with `wait until`, or write `repeat` for a list that may be empty",
            ])
        );
    });
}
