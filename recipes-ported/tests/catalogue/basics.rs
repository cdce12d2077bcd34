//! `basics/…` and `streaming/…`.

use std::fs;

use serde_json::json;

use crate::picture::{bytes, png};
use crate::service::run;

#[test]
fn title() {
    run(async |service| {
        let example =
            json!({ "page": { "title": "Example Domain", "heading": "Example Domain", "language": "en" } });
        service.call("basics/title", json!({})).await.is(example);
        let blog = json!({ "page": {
            "title": "Notes from a lighthouse", "heading": "Notes from a lighthouse", "language": "en"
        } });
        service.call("basics/title", json!({ "url": "https://blog.example/" })).await.is(blog);
    });
}

#[test]
fn wait_then_click() {
    run(async |service| {
        let answer = service.call("basics/wait-then-click", json!({})).await;
        answer
            .is(json!({ "answer": {
                "headline": "In stock today",
                "items": ["12 lamps", "3 kettles", "1 ladder"],
            } }))
            .says(&["waiting for the button", "waiting for the answer"]);
    });
}

#[test]
fn inline_js() {
    run(async |service| {
        let answer = service.call("basics/inline-js", json!({ "selector": "h1" })).await;
        answer
            .is(json!({ "facts": { "host": "example.com", "secure": true, "words": 2, "longest": "Example" } }))
            .says(&["2 words, the longest is Example"]);
    });
}

#[test]
fn screenshot() {
    run(async |service| {
        let answer =
            service.call("basics/screenshot", json!({ "url": "https://demo.example/picture" })).await;
        let names: Vec<_> = answer.data.as_object().expect("an object").keys().collect();
        assert_eq!(names, ["window", "heading"]);
        let window = png(&answer.data["window"]);
        assert_eq!(window.size, (1280, 720));
        // The page is blue, its heading is a red box of 300 × 60 that begins at (40, 50).
        assert_eq!(window.at(39, 50), [0, 0, 255]);
        assert_eq!((window.at(40, 50), window.at(339, 109)), ([255, 0, 0], [255, 0, 0]));
        assert_eq!(window.at(340, 110), [0, 0, 255]);
        assert!(bytes(&answer.data["heading"]).starts_with(b"\xff\xd8\xff"));
    });
}

#[test]
fn save_html() {
    run(async |service| {
        let answer = service.call("basics/save-html", json!({ "name": "a b" })).await;
        let inside = "<h2>In stock today</h2><ul><li>12 lamps</li><li>3 kettles</li><li>1 ladder</li></ul>";
        let section = format!("<section id=\"answer\">{inside}</section>");
        answer.is(json!({ "answer": section }));
        let page = fs::read_to_string(service.files().join("pages/a b.html")).expect("a file");
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">") && page.contains(&section), "{page}");
        let part = fs::read_to_string(service.files().join("pages/a b-answer.html")).expect("a file");
        assert_eq!(part, section);
    });
}

#[test]
fn progress() {
    run(async |service| {
        let answer = service.call("streaming/progress", json!({})).await;
        answer
            .is(json!({ "page": { "title": "Example Domain" } }))
            .says(&[
                "Step 1 of 4 — navigate",
                "Step 2 of 4 — pause briefly",
                "Step 3 of 4 — read title",
                "Step 4 of 4 — done",
            ])
            .tells(&[
                ("progress", "navigation complete", json!({ "fraction": 0.25 })),
                ("progress", "pause finished", json!({ "fraction": 0.5 })),
                ("progress", "extracted title", json!({ "fraction": 0.75 })),
            ]);
    });
}
