//! Steps that capture what a page shows: what is in their files, read by the libraries made for them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use webtask::{Webtask, webtask};

/// A page of 3000 pixels: blue, with a red box of 60 × 40 far down.
const TALL: &str = "data:text/html,<style>body{margin:0;height:3000px;background:rgb(0,0,255)}\
    div{position:absolute;top:2000px;left:30px;width:60px;height:40px;background:rgb(255,0,0)}</style><div id=box></div>";

/// A handle with a folder of files.
pub(crate) fn with_files() -> (Webtask, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let webtask = Webtask::builder().files(folder.path()).build().unwrap();
    (webtask, folder)
}

/// The size of a PNG, and the colour of its pixel there.
pub(crate) fn pixel(bytes: &[u8], x: usize, y: usize) -> ((u32, u32), [u8; 3]) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let at = y * info.line_size + x * info.color_type.samples();
    ((info.width, info.height), [pixels[at], pixels[at + 1], pixels[at + 2]])
}

webtask! {
    task "shot/all" {
        input page string required;
        input name string default "home";
        goto (page);
        screenshot window;
        screenshot whole full page path "shots/{{name}}.png";
        screenshot path "box.png" selector "#box";
        screenshot small format jpeg quality 10;
        screenshot large format jpeg quality 90;
        screenshot web format webp;
        set size "{{whole.size}}";
    }

    task "shot/none" {
        goto "about:blank";
        screenshot path "a.png" selector "#box";
    }

    task "shot/quality" {
        goto "about:blank";
        screenshot shot format webp quality (400);
    }
}

#[tokio::test]
async fn a_screenshot_shows_the_window_the_page_or_an_element() {
    let (webtask, folder) = with_files();
    let input = shot_all::Input { page: TALL.into(), name: "one".into() };
    let output = shot_all(&webtask, input).await.unwrap();

    let (size, colour) = pixel(&STANDARD.decode(&output.window).unwrap(), 5, 5);
    assert_eq!((size, colour), ((1280, 720), [0, 0, 255]));

    let written = std::fs::read(folder.path().join("shots/one.png")).unwrap();
    assert_eq!(pixel(&written, 60, 2020), ((1280, 3000), [255, 0, 0]));
    assert_eq!(pixel(&written, 60, 2045).1, [0, 0, 255]);
    assert_eq!(output.whole.path, "shots/one.png");
    assert_eq!(output.whole.size, i64::try_from(written.len()).unwrap());
    assert_eq!(output.size, output.whole.size);
    assert_eq!(output.whole.bytes().unwrap(), written);
    let json = serde_json::to_value(&output.whole).unwrap();
    assert_eq!(json.as_object().unwrap().keys().collect::<Vec<_>>(), ["path", "size", "bytesB64"]);

    let boxed = std::fs::read(folder.path().join("box.png")).unwrap();
    assert_eq!(pixel(&boxed, 0, 0), ((60, 40), [255, 0, 0]));
    assert_eq!(pixel(&boxed, 59, 39).1, [255, 0, 0]);

    let (small, large) = (STANDARD.decode(&output.small).unwrap(), STANDARD.decode(&output.large).unwrap());
    assert!(small.starts_with(b"\xff\xd8\xff") && small.len() < large.len());
    let web = STANDARD.decode(&output.web).unwrap();
    assert_eq!((&web[..4], &web[8..12]), (&b"RIFF"[..], &b"WEBP"[..]));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_screenshot_that_fails_writes_nothing() {
    let (webtask, folder) = with_files();
    let error = shot_none(&webtask, shot_none::Input {}).await.unwrap_err();
    assert_eq!(error.message(), "`#box` could not be shown within 10s: no element matches it");
    let error = shot_quality(&webtask, shot_quality::Input {}).await.unwrap_err();
    assert_eq!(error.message(), "bad quality `400`; it is from 0 to 100");
    let input = shot_all::Input { page: TALL.into(), name: "../../up".into() };
    let error = shot_all(&webtask, input).await.unwrap_err();
    assert!(error.message().starts_with("placeholder `{{name}}` "), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    webtask.close().await.unwrap();
}

/// Two pages, and a background that can be left out.
const PRINTED: &str = "data:text/html,<title>t</title><style>body{background:rgb(0,255,0)}h2{break-before:page}</style>\
    <h1>First sheet</h1><h2>Second sheet</h2>";

webtask! {
    task "paper/all" {
        input name string required;
        goto (PRINTED);
        pdf plain;
        pdf path "{{name}}.pdf" format Letter landscape pages "2-" margin "0cm" scale 0.5;
        pdf bare background false format A3 path "bare.pdf";
        html to pdf label
            content "<img src='data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22/>'><p title=\"{{name}}\" id=p>[{{name}}]</p>
                <script>document.body.append(p.title === p.textContent.slice(1, -1) ? ' same' : ' other', document.scripts.length)</script>"
            css "p { break-after: page }"
            format Legal;
        html to pdf path "from-file.pdf" file "in/{{name}}.html";
        js still "return document.title";
    }

    task "paper/pages" {
        goto (PRINTED);
        pdf path "none.pdf" pages "3";
    }

    task "paper/file" {
        html to pdf path "none.pdf" file "in/absent.html";
    }

    task "snap/all" {
        goto (PRINTED);
        snapshot page;
        snapshot path "page.mhtml";
    }
}

/// The texts of a PDF's pages, and the size of the first in points.
fn read_pdf(bytes: &[u8]) -> (Vec<String>, (i64, i64)) {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages = document.get_pages();
    let texts = pages.keys().map(|page| {
        document.extract_text(&[*page]).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let first = document.get_dictionary(pages[&1]).unwrap();
    let side = |at: usize| {
        let side = &first.get(b"MediaBox").unwrap().as_array().unwrap()[at];
        side.as_float().unwrap().round() as i64
    };
    (texts.collect(), (side(2), side(3)))
}

#[tokio::test]
async fn a_pdf_is_the_page_on_paper() {
    let (webtask, folder) = with_files();
    let name = "it's <b>\"x\"</b> & {{y}} é";
    std::fs::create_dir(folder.path().join("in")).unwrap();
    std::fs::write(
        folder.path().join(format!("in/{}.html", name.replace('/', "_"))),
        "\u{feff}<h1>Out of it</h1>",
    )
    .unwrap();
    let name = name.replace('/', "_");
    let output = paper_all(&webtask, paper_all::Input { name: name.clone() }).await.unwrap();

    let (texts, size) = read_pdf(&STANDARD.decode(&output.plain).unwrap());
    assert_eq!((texts, size), (vec!["First sheet".into(), "Second sheet".into()], (596, 842)));
    let (texts, size) = read_pdf(&std::fs::read(folder.path().join(format!("{name}.pdf"))).unwrap());
    assert_eq!((texts, size), (vec!["Second sheet".into()], (792, 612)));
    let (_, size) = read_pdf(&std::fs::read(folder.path().join("bare.pdf")).unwrap());
    assert_eq!(size, (842, 1191));
    assert_eq!(output.bare.path, "bare.pdf");

    // The value stands in a text and in an attribute, and in neither is it anything else.
    let (texts, size) = read_pdf(&STANDARD.decode(&output.label).unwrap());
    assert_eq!(size, (612, 1008));
    assert_eq!(texts, [format!("[{name}]"), "same 1".into()]);
    let (texts, _) = read_pdf(&std::fs::read(folder.path().join("from-file.pdf")).unwrap());
    assert_eq!(texts, ["Out of it"]);
    assert_eq!(output.still, serde_json::json!("t"));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_pdf_without_its_pages_or_its_source_is_an_error() {
    let (webtask, folder) = with_files();
    let error = paper_pages(&webtask, paper_pages::Input {}).await.unwrap_err();
    assert_eq!(error.message(), "`Page.printToPDF` failed: Page range exceeds page count");
    let error = paper_file(&webtask, paper_file::Input {}).await.unwrap_err();
    assert_eq!(error.message(), "file `in/absent.html` is missing");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_snapshot_is_one_mhtml_file() {
    let (webtask, folder) = with_files();
    let output = snap_all(&webtask, snap_all::Input {}).await.unwrap();
    for bytes in
        [STANDARD.decode(&output.page).unwrap(), std::fs::read(folder.path().join("page.mhtml")).unwrap()]
    {
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("Content-Type: multipart/related;"), "{head}");
        let boundary = head.split_once("boundary=\"").unwrap().1.split('"').next().unwrap();
        let parts: Vec<_> = body.split(&format!("--{boundary}")).collect();
        assert!(
            parts.iter().any(|part| part.contains("Content-Type: text/html") && part.contains("First sheet"))
        );
        assert!(parts.last().unwrap().starts_with("--"));
    }
    webtask.close().await.unwrap();
}

webtask! {
    task "device/all" {
        goto "data:text/html,<meta name=viewport content='width=device-width'>";
        js before "return [innerWidth, innerHeight, devicePixelRatio, matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('(pointer: coarse)').matches, navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone, (1234.5).toLocaleString(), navigator.userAgent]";
        emulate dark;
        emulate width 400 height 300;
        emulate scale 2;
        js some "return [innerWidth, innerHeight, devicePixelRatio, matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('(pointer: coarse)').matches, navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone, (1234.5).toLocaleString(), navigator.userAgent]";
        emulate light mobile locale "de-DE" timezone "Asia/Tokyo" user agent "me/1";
        goto "data:text/html,<meta name=viewport content='width=device-width'>again";
        js all "return [innerWidth, innerHeight, devicePixelRatio, matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('(pointer: coarse)').matches, navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone, (1234.5).toLocaleString(), navigator.userAgent]";
        screenshot shot;
        emulate reset width 500 height 200;
        js after "return [innerWidth, innerHeight, devicePixelRatio, matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('(pointer: coarse)').matches, navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone, (1234.5).toLocaleString(), navigator.userAgent]";
    }

    task "device/bad" {
        input zone string default "Asia/Tokyo";
        input locale string default "de";
        input agent string default "me";
        input side int default 100;
        emulate timezone "{{zone}}" locale "{{locale}}" user agent "{{agent}}" width (side as u64) height 100;
    }
}

#[tokio::test]
async fn a_device_is_what_the_page_sees() {
    let (webtask, _folder) = with_files();
    let output = device_all(&webtask, device_all::Input {}).await.unwrap();
    let agent = output.before[8].clone();
    let zone = output.before[6].clone();
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(
        output.before,
        json(&format!(r#"[1280, 720, 1, false, false, "en-US", {zone}, "1,234.5", {agent}]"#))
    );
    assert_eq!(
        output.some,
        json(&format!(r#"[400, 300, 2, true, false, "en-US", {zone}, "1,234.5", {agent}]"#))
    );
    let all = r#"[400, 300, 2, false, true, "de-DE", "Asia/Tokyo", "1.234,5", "me/1"]"#;
    assert_eq!(output.all, json(all));
    assert_eq!(pixel(&STANDARD.decode(&output.shot).unwrap(), 0, 0).0, (800, 600));
    assert_eq!(
        output.after,
        json(&format!(r#"[500, 200, 1, false, false, "en-US", {zone}, "1,234.5", {agent}]"#))
    );
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_device_that_is_none_is_an_error() {
    let (webtask, _folder) = with_files();
    let good = device_bad::Input::default();
    for (input, message) in [
        (
            device_bad::Input { zone: "Asia/Tokio".into(), ..good.clone() },
            "no timezone is called `Asia/Tokio`",
        ),
        (
            device_bad::Input { locale: "xx-invalid-1".into(), ..good.clone() },
            "locale `xx-invalid-1` cannot be set: Invalid locale name",
        ),
        (
            device_bad::Input { agent: "a\nb".into(), ..good.clone() },
            "placeholder `{{agent}}` is `a\\nb`, which leads out of one line of a header",
        ),
        (device_bad::Input { side: 0, ..good.clone() }, "bad size `0 × 100`; each side is from 1 to 16384"),
    ] {
        assert_eq!(device_bad(&webtask, input).await.unwrap_err().message(), message);
    }
    device_bad(&webtask, good).await.unwrap();
    webtask.close().await.unwrap();
}
