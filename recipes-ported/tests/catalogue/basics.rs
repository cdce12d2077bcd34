//! `basics/…` and `streaming/…`.

use serde_json::json;

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
