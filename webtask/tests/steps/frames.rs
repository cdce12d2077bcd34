//! Selectors that enter frames and shadow roots, through the macro.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use webtask::webtask;

use crate::bench::{SHORT, open, test, told};

webtask! {
    task "frames/all" {
        input url string required;
        goto "{{url}}";
        wait until "iframe#one >> #name" visible;
        sendkeys "iframe#one >> #name" keys "hello";
        click "iframe#one >> iframe >> button";
        check "x-form >> #box";
        sendkeys "x-form >> x-field >> input" keys "deep";
        select "x-form >> select" option "b";
        hover "iframe#one >> #menu";
        press "Escape";
        screenshot shot selector "iframe#one >> #menu";
        js size "
            const { width, height } = document.querySelector('#one').contentDocument.querySelector('#menu').getBoundingClientRect();
            return [Math.ceil(width), Math.ceil(height)]";
        download each files selector "iframe#one >> img";
        scroll until stable "iframe#one >> html" stable 50ms;
        extract rows from "iframe#one >> li" repeat { text text "."; link attr href on "a" url; }
        extract host from "x-form" { label text ". >> label"; deep attr placeholder on ". >> x-field >> input"; many count ". >> option"; }
        js read "
            const form = document.querySelector('x-form').shadowRoot;
            const frame = document.querySelector('#one').contentDocument;
            const inner = frame.querySelector('iframe').contentDocument;
            return {
                name: frame.querySelector('#name').value,
                clicked: inner.title,
                box: form.querySelector('#box').checked,
                deep: form.querySelector('x-field').shadowRoot.querySelector('input').value,
                list: form.querySelector('select').value,
                hovered: frame.querySelector('#menu').className,
                scrolled: frame.scrollingElement.scrollTop > 0,
            }";
    }
}

#[test]
fn every_step_enters_frames_and_shadow_roots() {
    test(|bench| async move {
        bench.site.page(
            "/inner",
            "<body style='margin:0'><div style='height:300px'></div><button onclick=\"document.title = 'clicked ' + event.isTrusted\">Go</button>",
        );
        bench.site.page(
            "/one",
            "<base href=/base/><input id=name><p id=menu onmouseenter=\"this.className = 'hovered'\">menu</p><img src=/dot.png><ul><li><a href=a>One</a><li><a href=b>Two</a></ul>
            <iframe src=/inner style='border:7px solid;padding:5px;width:200px;height:100px;transform:scale(.5)'></iframe><div style='height:2000px'></div>",
        );
        let url = bench.page(
            "<div style='height:900px'></div><iframe id=one src=/one style='border:10px solid;height:200px'></iframe>
            <x-form></x-form><script>
                customElements.define('x-field', class extends HTMLElement {
                    constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<input placeholder=there>' }
                });
                customElements.define('x-form', class extends HTMLElement {
                    constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML =
                        '<label>Label</label><input type=checkbox id=box><x-field></x-field><select><option>a<option>b</select>' }
                });
            </script>",
        );
        let output = frames_all(&bench.webtask, frames_all::Input { url }).await.unwrap();
        let base = bench.site.url("/base/");
        assert_eq!(output.files[0].url, bench.site.url("/dot.png"));
        let shot = serde_json::to_value(&output.shot).unwrap();
        let bytes = STANDARD.decode(shot["bytesB64"].as_str().or(shot.as_str()).unwrap()).unwrap();
        let image = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let size = [image.info().width, image.info().height];
        assert_eq!(json!(size), json!(output.size));
        assert_eq!(
            json!({ "rows": output.rows, "host": output.host, "read": output.read }),
            json!({
                "rows": [{ "text": "One", "link": format!("{base}a") }, { "text": "Two", "link": format!("{base}b") }],
                "host": { "label": "Label", "deep": "there", "many": 2 },
                "read": {
                    "name": "hello", "clicked": "clicked true", "box": true, "deep": "deep", "list": "b",
                    "hovered": "hovered", "scrolled": true,
                },
            })
        );
    });
}

#[test]
fn what_cannot_be_entered_is_told() {
    test(|bench| async move {
        let other = bench.site.url("/other").replace("127.0.0.1", "localhost");
        let url = bench.page(&format!(
            "<p>text</p><iframe src='{other}'></iframe><x-shut></x-shut><iframe id=over src=/plain></iframe>
            <div id=cover style='position:fixed;inset:0'></div>
            <script>document.querySelector('x-shut').attachShadow({{ mode: 'closed' }}).innerHTML = '<b>in</b>'</script>"
        ));
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut all = Vec::new();
                for selector in [
                    "iframe:not([id]) >> h1",
                    "p >> b",
                    "x-shut >> b",
                    "iframe >> h2",
                    "#none >> b",
                    "p >> b[",
                    "#over >> h1",
                ] {
                    all.push(told(webtask::__rt::click(cx, selector, None, None, SHORT).await));
                }
                Ok(all)
            })
        });
        assert_eq!(
            json!(run.await.unwrap()),
            json!([
                "`iframe:not([id]) >> h1` could not be clicked within 150ms: `div#cover` covers it",
                "`p >> b` could not be clicked within 150ms: `p` is not a frame and has no open shadow root",
                "`x-shut >> b` could not be clicked within 150ms: `x-shut` is not a frame and has no open shadow root",
                "`iframe >> h2` could not be clicked within 150ms: no element matches it",
                "`#none >> b` could not be clicked within 150ms: no element matches it",
                "`p >> b[` is not a valid selector",
                "`#over >> h1` could not be clicked within 150ms: `div#cover` covers it",
            ])
        );
    });
}
