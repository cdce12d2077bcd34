//! `pdf` and `html to pdf` against the page's own rules for sheets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use webtask::webtask;

use crate::support::site::Site;

/// Two sheets; a link where the first one's content begins.
const BODY: &str = "<title>Report</title><style>body{margin:0}.s{break-after:page;height:20px}</style>\
    <div class=s><a href='https://example.com/'>one</a></div><div>two</div>";

webtask! {
    task "paper/rules" {
        input css string required;
        goto (format!("data:text/html,<!doctype html><style>{css}</style>{BODY}"));
        js before "return [...document.styleSheets].map(sheet => [...sheet.cssRules].map(rule => rule.cssText))";
        pdf plain;
        pdf lies landscape;
        pdf letter format Letter;
        pdf wide margin "2cm 1cm 1cm 3cm";
        pdf large scale 2;
        js after "return [...document.styleSheets].map(sheet => [...sheet.cssRules].map(rule => rule.cssText))";
        js left "return document.adoptedStyleSheets.length";
    }

    task "paper/given" {
        html to pdf given
            content "<style>@page { size: A5 landscape; margin: 0 }</style><p>text"
            css "@page :first { margin: 0 !important }" margin "1in" format Legal;
    }

    task "paper/decorated" {
        input name string required;
        goto (format!("data:text/html,<!doctype html>{BODY}"));
        pdf both margin "2cm" header "<b title=\"{{name}}\">For {{name}}: <i class=title></i></b>" footer "<span class=pageNumber></span>/<span class=totalPages></span>";
        pdf foot footer "only below";
        html to pdf given content "<p>text" header "above";
    }
}

/// A printed document.
struct Printed {
    document: lopdf::Document,
}

impl Printed {
    fn new(base64: &str) -> Self {
        Self { document: lopdf::Document::load_mem(&STANDARD.decode(base64).unwrap()).unwrap() }
    }

    fn numbers(array: &lopdf::Object) -> Vec<i64> {
        array.as_array().unwrap().iter().map(|side| side.as_float().unwrap().round() as i64).collect()
    }

    /// The sizes of the sheets in points.
    fn sheets(&self) -> Vec<(i64, i64)> {
        let pages = self.document.get_pages();
        let size = |page: &lopdf::ObjectId| {
            let sides = Self::numbers(self.document.get_dictionary(*page).unwrap().get(b"MediaBox").unwrap());
            (sides[2], sides[3])
        };
        pages.values().map(size).collect()
    }

    /// How far the link is from the left and the upper edge of the first sheet, in points.
    fn corner(&self) -> (i64, i64) {
        let first = self.document.get_pages()[&1];
        let links = self.document.get_page_annotations(first).unwrap();
        let rect = Self::numbers(links[0].get(b"Rect").unwrap());
        (rect[0], self.sheets()[0].1 - rect[3])
    }

    fn text(&self, page: u32) -> String {
        let text = self.document.extract_text(&[page]).unwrap();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

const A4: (i64, i64) = (596, 842);
const LYING: (i64, i64) = (842, 596);

fn is_near(found: (i64, i64), wanted: (i64, i64)) -> bool {
    (found.0 - wanted.0).abs() <= 2 && (found.1 - wanted.1).abs() <= 3
}

#[tokio::test]
async fn what_the_step_says_wins_over_the_page_s_rules() {
    let webtask = crate::builder().build().unwrap();
    // What the page says, its sheets where the step says nothing of them, and the margins where it says none.
    for (css, sheets, margin) in [
        ("", [A4, A4], (28, 28)),
        ("@page{size:A4 portrait}", [A4, A4], (28, 28)),
        ("@page{size:A5}", [A4, A4], (28, 28)),
        ("@page{size:A5 landscape;margin:0}", [LYING, LYING], (0, 0)),
        ("@page{size:100mm 50mm !important}", [LYING, LYING], (28, 28)),
        ("@page{margin:0 !important}", [A4, A4], (0, 0)),
        ("@page{margin:10mm 0 0 20mm}", [A4, A4], (57, 28)),
        ("@page{margin-left:0 !important}", [A4, A4], (0, 28)),
        ("@page :first{margin:0 !important;size:A3}", [A4, A4], (0, 0)),
        ("@page wide{size:A3 landscape;margin:0}.s{page:wide}", [LYING, A4], (0, 0)),
        ("@media print{@page{size:A5 landscape !important;margin:0}}", [LYING, LYING], (0, 0)),
        ("@media screen{@page{size:A5 landscape}}", [A4, A4], (28, 28)),
        ("@layer base{@page{margin:0 !important;size:landscape}}", [LYING, LYING], (0, 0)),
        ("@supports (color:red){@page{size:landscape}}", [LYING, LYING], (28, 28)),
    ] {
        let output = paper_rules(&webtask, paper_rules::Input { css: css.into() }).await.unwrap();
        let plain = Printed::new(&output.plain);
        assert_eq!(plain.sheets(), sheets, "{css}");
        assert!(is_near(plain.corner(), margin), "{css}: {:?}", plain.corner());
        let large = Printed::new(&output.large);
        assert_eq!(large.sheets()[0], sheets[0], "{css}");
        let lies = Printed::new(&output.lies);
        assert_eq!(lies.sheets(), [LYING, LYING], "{css}");
        assert!(is_near(lies.corner(), margin), "{css}: {:?}", lies.corner());
        let letter = Printed::new(&output.letter).sheets();
        assert!(letter.iter().all(|sheet| [(612, 792), (792, 612)].contains(sheet)), "{css}: {letter:?}");
        let margin = Printed::new(&output.wide);
        assert_eq!(margin.sheets(), sheets, "{css}");
        assert!(is_near(margin.corner(), (85, 57)), "{css}: {:?}", margin.corner());
        // The page has its rules again, and nothing of ours.
        assert_eq!((output.after, output.left), (output.before, json!(0)), "{css}");
    }
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_sheet_that_the_page_turns_lies_as_the_step_says() {
    let webtask = crate::builder().build().unwrap();
    let css = "@page{page-orientation:rotate-left}".to_owned();
    let output = paper_rules(&webtask, paper_rules::Input { css }).await.unwrap();
    assert_eq!(Printed::new(&output.plain).sheets(), [LYING, LYING]);
    assert_eq!(Printed::new(&output.lies).sheets(), [LYING, LYING]);
    assert!(is_near(Printed::new(&output.lies).corner(), (28, 28)));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn given_html_is_printed_on_the_step_s_paper() {
    let webtask = crate::builder().build().unwrap();
    let output = paper_given(&webtask, paper_given::Input {}).await.unwrap();
    assert_eq!(Printed::new(&output.given).sheets(), [(1008, 612)]);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_header_and_a_footer_are_on_each_sheet() {
    let webtask = crate::builder().build().unwrap();
    let name = "<b>A & \"B\" {{c}}</b>";
    let output = paper_decorated(&webtask, paper_decorated::Input { name: name.into() }).await.unwrap();
    let both = Printed::new(&output.both);
    for (page, text) in [(1, "one"), (2, "two")] {
        // Where one run of glyphs ends and the next begins, the reader may see a space.
        let found = both.text(page).replace(' ', "");
        for part in [text, &format!("For {name}: Report"), &format!("{page}/2")] {
            assert!(found.contains(&part.replace(' ', "")), "{part}: {found}");
        }
    }
    let foot = Printed::new(&output.foot).text(1);
    // The other one is not Chromium's own, which has the title and the date.
    assert!(foot.contains("only below") && !foot.contains("Report"), "{foot}");
    assert!(Printed::new(&output.given).text(1).contains("above"));
    webtask.close().await.unwrap();
}

/// HTML of somebody who wants more than to be printed.
const STRANGE: &str = "<!doctype html><p id=text>as it is</p><p><script>text.textContent = 'changed'</script>\
    <img src=SITE/strange.png onload='text.textContent = \"loaded\"' onerror='text.textContent = \"failed\"'>\
    <svg onload='text.textContent = \"svg\"'></svg><iframe src=SITE/framed></iframe>\
    <iframe srcdoc='<script>parent.text.remove()</script>'></iframe><object data=SITE/object></object>\
    <link rel=stylesheet href=SITE/style.css>";

#[tokio::test]
async fn html_of_others_runs_nothing_and_reaches_what_is_public_alone() {
    let site = Site::start().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("strange.html"), STRANGE.replace("SITE", &site.url(""))).unwrap();
    for allows in [false, true] {
        // The recipe's own page is on this machine all the same.
        let pool = webtask::Pool::new("default").size(1).allow_private(allows);
        let webtask = crate::support::builder().files(folder.path()).pool(pool).build().unwrap();
        let run = crate::support::steps(&webtask, site.url(""), |cx, site| {
            Box::pin(async move {
                cx.goto(&format!("{site}/cookies")).await?;
                let strange = cx.html_file_to_pdf("strange.html").await?;
                cx.html_to_pdf(&format!("<p>own</p><img src='{site}/own.png'>")).await?;
                Ok(STANDARD.encode(strange.bytes()))
            })
        });
        let printed = Printed::new(&run.await.unwrap());
        assert_eq!(printed.text(1), "as it is");
        let asked = usize::from(allows);
        assert_eq!((site.asked("/strange.png"), site.asked("/style.css")), (asked, asked));
        assert_eq!((site.asked("/framed"), site.asked("/object")), (0, 0));
        webtask.close().await.unwrap();
    }
    assert!(!site.heads("/strange.png").concat().to_ascii_lowercase().contains("cookie:"));
    assert_eq!(site.asked("/own.png"), 2);
}
