//! Placeholders where they may stand, with values that try to leave their place.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use webtask::webtask;

use crate::shop;

/// What a page knows of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Info {
    title: String,
    rows: usize,
}

/// A user's own type as an input.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
struct Filter {
    kind: String,
}

webtask! {
    task "values/places" {
        input text string required;
        goto "https://shop.example/?q={{text}}#{{text}}";
        js url "const url = new URL(location.href); return [url.searchParams.get('q'), url.pathname, [...url.searchParams].length]";
        js same "return arguments[0].deep[0] === arguments[1]" args [{ deep: ["{{text}}"] }, "{{text}}"];
        sendkeys "#name" keys "{{text}}";
        click "button" text "Go";
        extract out from "#out" { text text "."; }
        status "{{text}}";
        set map { text: "{{text}}", "a b": ["{{text}}!"] };
    }

    task "values/selectors" {
        input kind string required;
        input nth int default 2;
        goto "https://shop.example/";
        extract row from ".row[data-kind=\"{{kind}}\"]" { name text "a"; }
        extract second from ".row:nth-child({{nth}})" { name text "a"; }
    }

    task "values/types" {
        input number int default 3;
        input ratio float;
        input list list default [1, "a"];
        input map map default { a: { b: [true] } };
        input filter: Filter = Filter { kind: "plain".into() };
        input limit: Option<u32>;
        goto "https://shop.example/";
        extract rows from ".row[data-kind=\"{{filter.kind}}\"]" repeat limit (limit.unwrap_or(9)) { name text "a"; }
        js info: Info "return { title: document.title, rows: document.querySelectorAll('.row').length }";
        set same_list "{{list}}";
        set first "{{list.0}}";
        set deep "{{map.a.b.0}}";
        set none "{{map.x.y|or:nothing}}";
        set literal "{{{{number}}";
        set shown "{{number}} {{ratio|or:none}} {{list}} {{info.title}}";
        set sum: i64 (number + 1);
    }

    task "values/numbers" {
        input limit int default 2;
        input tries int;
        input scale float default 0.5;
        input pause map default { ms: 1 };
        input width: u32 = 300;
        goto "https://shop.example/";
        extract rows from ".row" repeat limit "{{limit}}" { name text "a"; }
        wait "{{pause.ms|or:1m}}";
        js _ "window.tries = 0";
        retry "{{tries|or:2}}" {
            js tried "return ++window.tries";
            if js "return window.tries < 2" { wait until "#nowhere" timeout "{{pause.ms}}"; }
        }
        emulate width "{{width}}" height 200 scale "{{scale}}";
        js seen "return [innerWidth, devicePixelRatio]";
    }
}

/// Texts that would end a string, a selector, a URL's part or a script, were they not encoded.
const HOSTILE: &[&str] = &[
    "plain",
    "a\"b",
    "it's",
    "back\\slash",
    "{{name}} {{{{",
    "a&b=c#d?e/f",
    "%41 + %",
    "</script><b>",
    "emoji 🦀 é",
    "`${1}`",
    "\u{2028}\u{2029}\u{85}",
    "].x, [",
];

#[tokio::test]
async fn hostile_values_stay_in_their_places() {
    let webtask = shop();
    for text in HOSTILE {
        let output = values_places(&webtask, values_places::Input { text: (*text).into() }).await.unwrap();
        assert_eq!(output.url, json!([text, "/", 1]), "{text:?}");
        assert_eq!(output.same, json!(true), "{text:?}");
        // An input drops line ends, and white space at both ends is trimmed from a text.
        let typed: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
        assert_eq!(output.out.text, format!("hello {typed} true"), "{text:?}");
        assert_eq!(Value::from(output.map), json!({ "text": text, "a b": [format!("{text}!")] }));
    }
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_selector_takes_values_but_no_selectors() {
    let webtask = shop();
    let select =
        |kind: &str| values_selectors(&webtask, values_selectors::Input { kind: kind.into(), nth: 2 });
    let output = select("a\"b").await.unwrap();
    assert_eq!((output.row.name.as_str(), output.second.name.as_str()), ("Apple", "Bread"));
    let error = select("\"], .row[data-kind=\"plain").await.unwrap_err();
    assert_eq!(error.step().map(|step| step.name), Some("extract"));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn values_keep_their_types() {
    let webtask = shop();
    let output = values_types(&webtask, values_types::Input::default()).await.unwrap();
    assert_eq!(output.rows.len(), 2);
    assert_eq!(output.info, Info { title: "The \"Shop\" — <b>&</b>".into(), rows: 3 });
    assert_eq!(output.same_list, [json!(1), json!("a")]);
    assert_eq!((output.first, output.deep, output.none), (json!(1), json!(true), json!("nothing")));
    assert_eq!(output.literal, "{{number}}");
    assert_eq!(output.shown, "3 none [1,\"a\"] The \"Shop\" — <b>&</b>");
    assert_eq!(output.sum, 4);

    let input: Map<String, Value> =
        serde_json::from_value(json!({ "filter": { "kind": "x" }, "limit": 1 })).unwrap();
    let output = values_types::TASK.start(&webtask, input).unwrap().await.unwrap();
    assert!(output.get().starts_with(r#"{"rows":[],"info":{"title""#), "{output}");

    let input: Map<String, Value> =
        serde_json::from_value(json!({ "filter": 1, "number": "x", "nmber": 1 })).unwrap();
    let error = values_types::TASK.start(&webtask, input).unwrap_err();
    let faults: Vec<_> = error.inputs().iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(faults, ["/number", "/filter", "/nmber"]);
    assert_eq!(values_types::TASK.input()["filter"]["default"], json!({ "kind": "plain" }));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_placeholder_gives_a_number_or_a_duration() {
    let webtask = shop();
    let default = values_numbers::Input::default;
    let output = values_numbers(&webtask, default()).await.unwrap();
    assert_eq!(output.rows.len(), 2);
    assert_eq!(output.tried, json!(2));
    assert_eq!(output.seen, json!([300, 0.5]));

    let one = values_numbers::Input { tries: Some(1), limit: 1, ..default() };
    let error = values_numbers(&webtask, one).await.unwrap_err();
    assert_eq!(error.step().map(|step| step.name), Some("wait until"));

    let wrong = [
        (-1, json!(1), "`{{limit}}` must be a whole number from 0 there, not -1"),
        (1, json!("1s"), "`{{pause.ms}}` must be a whole number of milliseconds there, not a string"),
    ];
    for (limit, ms, expected) in wrong {
        let pause = serde_json::from_value(json!({ "ms": ms })).unwrap();
        let input = values_numbers::Input { limit, pause, ..default() };
        assert_eq!(values_numbers(&webtask, input).await.unwrap_err().message(), expected);
    }
    webtask.close().await.unwrap();
}
