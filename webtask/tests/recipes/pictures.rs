//! `screenshot`: pictures that the browser refuses to make, and elements that are larger than what is around them.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use webtask::{ErrorKind, Webtask, webtask};

use crate::support::builder;
use crate::support::site::Site;

webtask! {
    task "pictures/webp" {
        input url string required;
        emulate width 200 height 600;
        goto "{{url}}";
        screenshot shot full page format webp path "page.webp";
    }

    task "pictures/jpeg" {
        input url string required;
        emulate width 200 height 600;
        goto "{{url}}";
        screenshot shot full page format jpeg;
    }

    task "pictures/png" {
        input url string required;
        emulate width 200 height 600;
        goto "{{url}}";
        screenshot shot full page;
    }

    task "pictures/twice" {
        input url string required;
        emulate width 200 height 600 scale 2;
        goto "{{url}}";
        screenshot shot full page format webp;
    }

    task "pictures/element" {
        input url string required;
        input selector string required;
        emulate width 400 height 300;
        goto "{{url}}";
        js before "document.querySelectorAll('.box').forEach(box => box.scrollTop = 30); return document.body.outerHTML";
        screenshot shot selector (selector);
        js after "return document.body.outerHTML";
        js scrolled "return [...document.querySelectorAll('.box')].map(box => box.scrollTop)";
    }
}

fn live() -> (tempfile::TempDir, Webtask) {
    let folder = tempfile::tempdir().unwrap();
    let pool = webtask::Pool::new("default").allow_private(true);
    let webtask = builder().pool(pool).files(folder.path()).build().unwrap();
    (folder, webtask)
}

/// A picture's size, and its pixels with three bytes each.
fn pixels(base64: &str) -> (u32, u32, Vec<[u8; 3]>) {
    let png = STANDARD.decode(base64).unwrap();
    let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    let step = info.color_type.samples();
    let pixels = bytes[..info.buffer_size()].chunks_exact(step).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
    (info.width, info.height, pixels.collect())
}

async fn tall(height: u32) -> Site {
    let site = Site::start().await;
    let style = format!("height: {height}px; background: linear-gradient(rgb(255, 0, 0), rgb(0, 0, 255))");
    site.page("/tall", &format!("<style>body {{ margin: 0 }}</style><div style='{style}'></div>"));
    site
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_too_large_for_its_format_is_an_error_and_no_file() {
    let site = tall(66_000).await;
    let (folder, webtask) = live();
    let url = || site.url("/tall");
    let error = pictures_webp(&webtask, pictures_webp::Input { url: url() }).await.unwrap_err();
    let help = "write `format png`, or show a part by `selector`";
    let expected = format!(
        "the browser cannot make a webp of 200×66000 pixels: a webp has at most 16383 pixels a side; {help}"
    );
    assert_eq!((error.kind(), error.message()), (ErrorKind::StepFailed, expected.as_str()));
    assert!(!folder.path().join("page.webp").exists());
    let error = pictures_jpeg(&webtask, pictures_jpeg::Input { url: url() }).await.unwrap_err();
    let expected = format!(
        "the browser cannot make a jpeg of 200×66000 pixels: a jpeg has at most 65500 pixels a side; {help}"
    );
    assert_eq!(error.message(), expected);
    let shot = pictures_png(&webtask, pictures_png::Input { url: url() }).await.unwrap().shot;
    let (width, height, pixels) = pixels(&shot);
    assert_eq!((width, height), (200, 66_000));
    assert!(pixels[100][0] > 250 && pixels[200 * 65_999 + 100][2] > 250);
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_at_the_limit_is_made_and_a_scale_counts() {
    let site = tall(16_383).await;
    let (folder, webtask) = live();
    let url = || site.url("/tall");
    pictures_webp(&webtask, pictures_webp::Input { url: url() }).await.unwrap();
    assert!(std::fs::read(folder.path().join("page.webp")).unwrap().starts_with(b"RIFF"));
    let error = pictures_twice(&webtask, pictures_twice::Input { url: url() }).await.unwrap_err();
    assert!(error.message().starts_with("the browser cannot make a webp of 400×32766 pixels: "), "{error}");
    webtask.close().await.unwrap();
}

/// A long element in boxes that scroll, with a bar that sticks and things around it. All but the element is red.
const BOXES: &str = "<!doctype html><style>
    body { margin: 0; background: red } * { box-sizing: border-box }
    .box { overflow: auto; width: 300px; height: 120px; background: red; position: relative }
    .bar { position: sticky; top: 0; height: 30px; background: red; z-index: 2 }
    .long { width: 250px; height: 900px; background: linear-gradient(rgb(0, 255, 0), rgb(0, 0, 255)) }
    .wide { width: 700px; height: 40px; background: rgb(0, 255, 0) }
    .top { position: fixed; top: 0; left: 0; right: 0; height: 40px; background: red; z-index: 9 }
    .after { position: relative; height: 400px; background: red; z-index: 3 }
    </style>
    <div class=top></div>
    <div class=box><div class=bar></div><p>before</p><div class='long one'></div><p>after</p></div>
    <div class=box><div class=wide></div></div>
    <div class=box><div class=box style='height: 300px'><div class='long two'></div></div></div>
    <div class=after></div><div class='long page'></div><div class=after></div>";

#[tokio::test(flavor = "multi_thread")]
async fn an_element_larger_than_what_scrolls_around_it_is_shown_alone_and_whole() {
    let site = Site::start().await;
    site.page("/boxes", BOXES);
    site.page(
        "/framed",
        "<body style='margin: 0; background: red'><iframe src=/boxes width=350 height=200></iframe>",
    );
    let (_folder, webtask) = live();
    for (path, selector, size) in [
        ("/boxes", ".one", (250, 900)),
        ("/boxes", ".wide", (700, 40)),
        ("/boxes", ".two", (250, 900)),
        ("/boxes", ".page", (250, 900)),
        ("/framed", "iframe >> .one", (250, 900)),
    ] {
        let input = pictures_element::Input { url: site.url(path), selector: selector.into() };
        let output = pictures_element(&webtask, input).await.unwrap();
        let (width, height, pixels) = pixels(&output.shot);
        assert_eq!((width, height), size, "{path} {selector}");
        let red = pixels.iter().filter(|[red, green, blue]| *red > 100 && *green < 50 && *blue < 50).count();
        assert_eq!(red, 0, "{path} {selector}");
        let last = pixels[pixels.len() - 1];
        assert!(selector == ".wide" || last[2] > 250, "{path} {selector} {last:?}");
        // The page is as it was.
        assert_eq!(output.before, output.after, "{path} {selector}");
        if path == "/boxes" && selector != ".page" {
            let scrolled = output.scrolled.as_array().unwrap();
            assert!(scrolled.iter().any(|top| top.as_f64().unwrap() > 0.0), "{scrolled:?}");
        }
    }
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_before_the_pages_beginning_is_shown_as_far_as_it_is_on_the_page() {
    let site = Site::start().await;
    let box_at = |style: &str| {
        format!(
            "<body style='margin:0'><div id=a style='width:60px;height:50px;background:blue;{style}'></div>"
        )
    };
    site.page("/part", &box_at("position:absolute;left:-20px;top:-10px"));
    site.page("/grown", &box_at("transform:scale(2)"));
    site.page("/off", &box_at("position:absolute;left:-500px"));
    site.page("/above", &box_at("position:absolute;bottom:5000px"));
    let (_folder, webtask) = live();
    for (path, size) in [("/part", (40, 40)), ("/grown", (90, 75))] {
        let input = pictures_element::Input { url: site.url(path), selector: "#a".into() };
        let (width, height, pixels) = pixels(&pictures_element(&webtask, input).await.unwrap().shot);
        assert_eq!((width, height), size, "{path}");
        assert!(pixels.iter().all(|pixel| *pixel == [0, 0, 255]), "{path}");
    }
    for path in ["/off", "/above"] {
        let input = pictures_element::Input { url: site.url(path), selector: "#a".into() };
        let error = pictures_element(&webtask, input).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StepFailed);
        assert_eq!(
            error.message(),
            "`#a` could not be shown: it lies outside the page, before its beginning, where nobody can scroll"
        );
    }
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_goes_on_to_the_left_is_shown_wherever_it_is() {
    let site = Site::start().await;
    let blue = "position:absolute;top:30px;width:60px;height:50px;background:blue";
    let page = |html: &str, body: &str, style: &str| {
        format!(
            "<!doctype html><html {html}><body {body} style='margin:0'><div style='width:1500px;height:900px'></div>
            <div id=a style='{blue};{style}'></div><script>scrollTo(-100, 200)</script>"
        )
    };
    let (_folder, webtask) = live();
    let shot = async |path: &str, page: String| {
        site.page(path, &page);
        let input = pictures_element::Input { url: site.url(path), selector: "#a".into() };
        pictures_element(&webtask, input).await.map(|output| pixels(&output.shot))
    };
    for (path, html, body, style, width) in [
        // Left of the first screen, on it, and half beyond its right end.
        ("/left", "dir=rtl", "", "left:-700px", 60),
        ("/edge", "dir=rtl", "", "right:1440px", 60),
        ("/first", "dir=rtl", "", "right:10px", 60),
        ("/part", "dir=rtl", "", "right:-20px", 40),
        ("/body", "", "dir=rtl", "left:-700px", 60),
        ("/style", "style='direction:rtl'", "", "left:-700px;top:600px", 60),
        ("/lines", "style='writing-mode:vertical-rl'", "", "left:-700px", 60),
        ("/hidden", "dir=rtl style='overflow:hidden'", "", "left:-700px", 60),
        // One that only has a word of such a language.
        ("/word", "", "", "left:700px", 60),
    ] {
        let (wide, high, pixels) = shot(path, page(html, body, style)).await.unwrap();
        assert_eq!((wide, high), (width, 50), "{path}");
        assert!(pixels.iter().all(|pixel| *pixel == [0, 0, 255]), "{path}");
    }
    // In a frame of it.
    let frame = format!(
        "<iframe id=f srcdoc='<body style=margin:0;background:blue>' style='border:0;{blue};left:-700px'></iframe><p id=a>a</p>"
    );
    site.page("/frame", &format!("<html dir=rtl><body><div style='width:1500px'></div>{frame}"));
    let input = pictures_element::Input { url: site.url("/frame"), selector: "#f".into() };
    let (wide, high, pixels) = pixels(&pictures_element(&webtask, input).await.unwrap().shot);
    assert_eq!((wide, high), (60, 50));
    assert!(pixels.iter().all(|pixel| *pixel == [0, 0, 255]));
    // Beyond its beginning.
    let error = shot("/off", page("dir=rtl", "", "right:-500px")).await.unwrap_err();
    assert_eq!(
        error.message(),
        "`#a` could not be shown: it lies outside the page, before its beginning, where nobody can scroll"
    );
    webtask.close().await.unwrap();
}
