//! Values that try to leave the place where a placeholder stands: in the browser they are what they were, and nothing else
//! has changed.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;
use webtask::__rt::{Hole, Piece, Place, text};
use webtask::{Event, webtask};

use crate::builder;
use crate::support::site::Site;

/// What means something at one place or another.
const HOSTILE: &[&str] = &[
    "\"",
    "'",
    "\\",
    "\\\"",
    "\\'",
    "`",
    "${x}",
    "{{",
    "}}",
    "{{v}}",
    "{{{{",
    "|or:",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\u{b}",
    "\u{c}",
    "\0",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{1f600}",
    "👩‍👩‍👧",
    "🇨🇭",
    "é",
    "e\u{301}",
    "ß",
    "ע",
    "\u{10ffff}",
    "\\ud83d",
    "\\uDC00",
    "\\u0000",
    "%",
    "%00",
    "%2f",
    "%2e%2e",
    "%zz",
    "..",
    ".",
    "/",
    "//",
    "?",
    "#",
    "&",
    "=",
    "+",
    ";",
    ":",
    "@",
    " ",
    "  ",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "<",
    ">",
    ">>",
    ",",
    "*",
    "|",
    "~",
    "^",
    "$",
    "!",
    "-",
    "--",
    "0",
    "9a",
    "-9",
    "_",
    "\\31 ",
    "\\0",
    "/*",
    "*/",
    "//x",
    "</p>",
    "</script>",
    "<script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#39;",
    "&quot",
    "&#0;",
    "javascript:",
    "data:,",
    "a",
    "Z",
    "text",
    "\"] , *, [x=\"",
    "') || (1",
    "');alert(1)//",
    "\u{0}\u{2028}",
];

/// Some hundred values: each hostile piece alone, and pieces and any characters together. Always the same ones.
fn values(count: usize) -> Vec<String> {
    let piece = prop_oneof![
        3 => proptest::sample::select(HOSTILE).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    let value = proptest::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat());
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    let made = (0..count).map(|_| value.new_tree(&mut runner).expect("a value").current());
    HOSTILE.iter().map(|piece| (*piece).to_owned()).chain(made).collect()
}

webtask! {
    task "places/page" {
        timeout 5m;
        input site string required;
        input values list required;
        goto "{{site}}";
        js _ "
            for (const [i, value] of arguments[0].entries()) {
                // What CSS cannot write is read as the character that says so.
                const read = value.replaceAll('\\0', '\\ufffd');
                const p = document.createElement('p');
                p.title = read; p.id = 'x' + read; p.textContent = i;
                document.body.append(p);
            }" args ["{{values}}"];
        for each v in "{{values}}" collect found {
            status "<{{v}}>";
            emit seen "{{v}}" data { value: "{{v}}", text: "<{{v}}>" };
            extract by from "html" {
                string text "p[title=\"{{v}}\"]" all;
                quote text "p[title='{{v}}']" all;
                start text "[title^='{{v}}'][title$=\"{{v}}\"]" all;
                name text "#x{{v}}" all;
                count count "body > *";
            }
            js back "return [arguments[0], arguments[1], arguments[2].in]" args ["{{v}}", "<{{v}}>", { in: ["{{v}}"] }];
            js index "return String(arguments[0])" args ["{{v_index}}"];
            yield { by: "{{by}}", back: "{{back}}", index: "{{index}}" };
        }
    }

    task "places/address" {
        input urls list required;
        js parsed "return arguments[0].map(text => {
            const url = new URL(text);
            const parts = url.pathname.split('/').map(decodeURIComponent);
            const query = [...url.searchParams];
            return [url.protocol, url.username, url.password, url.port, decodeURIComponent(url.host), parts, query, decodeURIComponent(url.hash.slice(1))];
        })" args ["{{urls}}"];
    }

    task "places/content" {
        timeout 5m;
        input values list required;
        for each v in "{{values}}" collect titles {
            html to pdf paper content "<body><p title=\"{{v}}\">{{v}}</p><i title='{{v}}'>{{v}}</i><script>
                const all = [...document.body.children].slice(0, 2).flatMap(each => [each.title, each.textContent]);
                document.title = [document.querySelectorAll('*').length, ...all.map(encodeURIComponent)].join(' ')</script>";
            yield "{{paper}}";
        }
    }
}

#[tokio::test]
async fn values_stay_in_selectors_arguments_and_texts() {
    let site = Site::start().await;
    site.page("/empty", "<!doctype html><title>Empty</title><body>");
    let pool = webtask::Pool::new("default").allow_private(true);
    let webtask = crate::support::builder().pool(pool).build().unwrap();
    let mut values = values(120);
    values.sort_unstable();
    // An empty name is none, and an empty beginning is found nowhere.
    values.retain(|value| !value.is_empty());
    values.dedup();
    let input =
        places_page::Input { site: site.url("/empty"), values: values.iter().map(|v| json!(v)).collect() };
    let mut run = places_page(&webtask, input);
    let (mut told, mut found) = (Vec::new(), None);
    while let Some(event) = run.next().await {
        match event {
            Event::Status { text, .. } => told.push(json!(text)),
            Event::Custom { text, data, .. } => told.push(json!([text, data])),
            Event::Done(output) => found = Some(serde_json::to_value(output.found).unwrap()),
            Event::Failed(error) => panic!("{error}"),
            _ => {}
        }
    }
    let expected: Vec<_> = values
        .iter()
        .flat_map(|v| [json!(format!("<{v}>")), json!([v, { "value": v, "text": format!("<{v}>") }])])
        .collect();
    for (at, (told, expected)) in told.iter().zip(&expected).enumerate() {
        assert_eq!(told, expected, "{:?}", values[at / 2]);
    }
    assert_eq!(told.len(), expected.len());
    let found = found.expect("an end");
    let read: Vec<String> = values.iter().map(|value| value.replace('\0', "\u{fffd}")).collect();
    for (at, value) in values.iter().enumerate() {
        let row = &found[at];
        let same: Vec<_> =
            (0..read.len()).filter(|i| read[*i] == read[at]).map(|i| json!(i.to_string())).collect();
        for how in ["string", "quote", "name"] {
            assert_eq!(row["by"][how], json!(same), "{how} of {value:?}");
        }
        assert!(
            row["by"]["start"].as_array().unwrap().iter().any(|i| same.contains(i)),
            "start of {value:?}"
        );
        assert_eq!(row["by"]["count"], values.len(), "{value:?}");
        assert_eq!(row["back"], json!([value, format!("<{value}>"), [value]]), "{value:?}");
        assert_eq!(row["index"], json!(at.to_string()));
    }
}

#[tokio::test]
async fn values_stay_in_their_part_of_an_address() {
    let webtask = builder().build().unwrap();
    let values = values(200);
    let hole = |place, value: &str| {
        Piece::Hole(Hole { name: "v", value: Some(json!(value)), fallback: None, place })
    };
    let (mut urls, mut expected) = (Vec::new(), Vec::new());
    for value in &values {
        let path = text(&[
            Piece::Text("https://places.example/a/"),
            hole(Place::UrlPath, value),
            Piece::Text("/b-"),
            hole(Place::UrlPath, value),
            Piece::Text("?x="),
            hole(Place::UrlQuery, value),
            Piece::Text("&y=1#z"),
            hole(Place::UrlFragment, value),
        ]);
        match path {
            Ok(url) => {
                urls.push(json!(url));
                let path = json!(["", "a", value, format!("b-{value}")]);
                let (query, fragment) = (json!([["x", value], ["y", "1"]]), format!("z{value}"));
                expected.push(json!(["https:", "", "", "", "places.example", path, query, fragment]));
            }
            Err(error) => assert_eq!(
                (error.message().contains("which leads out of its place"), value == "." || value == ".."),
                (true, true),
                "{value:?}: {error}"
            ),
        }
        // What is not a host is refused; what is one is a host and nothing besides.
        let host = text(&[Piece::Text("https://"), hole(Place::UrlHost, value), Piece::Text("/a?b=c#d")]);
        if let Ok(url) = host {
            let host =
                url.strip_prefix("https://").and_then(|url| url.strip_suffix("/a?b=c#d")).unwrap().to_owned();
            assert!(!host.is_empty(), "{value:?}");
            urls.push(json!(url));
            expected.push(json!(["https:", "", "", "", host, ["", "a"], [["b", "c"]], "d"]));
        }
    }
    let output = places_address(&webtask, places_address::Input { urls: urls.clone() }).await.unwrap();
    let parsed = output.parsed.as_array().unwrap();
    assert_eq!(parsed.len(), expected.len());
    for ((parsed, expected), url) in parsed.iter().zip(&expected).zip(&urls) {
        assert_eq!(parsed, expected, "{url}");
    }
}

#[tokio::test]
async fn values_stay_in_texts_and_attributes_of_html() {
    let webtask = builder().build().unwrap();
    let mut values = vec![HOSTILE.concat()];
    values.extend(HOSTILE.chunks(12).map(|pieces| pieces.join("x")));
    values.extend(self::values(8).split_off(HOSTILE.len()));
    let input = places_content::Input { values: values.iter().map(|v| json!(v)).collect() };
    let output = places_content(&webtask, input).await.unwrap();
    for (value, paper) in values.iter().zip(&output.titles) {
        let paper = serde_json::to_value(paper).unwrap();
        let title = title(paper.as_str().unwrap_or_else(|| paper["bytesB64"].as_str().unwrap()));
        let mut parts = title.split(' ');
        // html, head, body, p, i, script
        assert_eq!(parts.next(), Some("6"), "{value:?}: {title}");
        for part in parts {
            let part = percent_encoding::percent_decode_str(part).decode_utf8().unwrap();
            assert_eq!(part, value.replace('\0', "\u{fffd}"));
        }
    }
}

/// The title of a PDF.
fn title(base64: &str) -> String {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(base64).unwrap();
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let title = document.get_dictionary(info).unwrap().get(b"Title").unwrap();
    lopdf::decode_text_string(title).unwrap()
}
