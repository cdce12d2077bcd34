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
    assert_eq!(STANDARD.decode(&output.whole.bytes_b64).unwrap(), written);
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
