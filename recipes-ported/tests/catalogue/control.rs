//! `control/…`.

use std::fs;

use serde_json::json;

use crate::picture::gif;
use crate::recording::{AMBER, GREEN, RED};
use crate::service::run;

#[test]
fn call() {
    run(async |service| {
        let answer = service.call("control/call", json!({})).await;
        answer
            .is(json!({
                "first": { "page": { "heading": "Example Domain" } },
                "page": { "heading": "Notes from a lighthouse" },
            }))
            .says(&[
                "for its value",
                "the first heading is Example Domain",
                "for its results",
                "the second heading is Notes from a lighthouse",
            ]);
        let heading =
            service.call("control/heading", json!({ "url": "https://shop.example/products/lamp" })).await;
        heading.is(json!({ "page": { "heading": "Lamp" } }));
    });
}

#[test]
fn set_return() {
    run(async |service| {
        let expected =
            json!({ "verdict": "2 kinds of things in the cart", "total": 124.1, "currency": "CHF" });
        service.call("control/set-return", json!({ "currency": "CHF" })).await.is(expected);
    });
}

#[test]
fn await_js() {
    run(async |service| {
        let answer = service.call("control/await-js", json!({})).await;
        answer
            .is(json!({ "stock": [
                { "id": "a1", "name": "Lamp", "price": 49.5 },
                { "id": "b2", "name": "Kettle", "price": 25 },
                { "id": "c3", "name": "Ladder", "price": null },
            ] }))
            .says(&["3 items"]);
    });
}

#[test]
fn for_each() {
    run(async |service| {
        let answer = service.call("control/for-each", json!({})).await;
        answer
            .is(json!({ "products": [
                { "page": "lamp", "name": "Lamp", "price": 49.5 },
                { "page": "kettle", "name": "Kettle", "price": 25.0 },
                { "page": "ladder", "name": "Ladder", "price": 120.0 },
            ] }))
            .says(&["page 0: lamp", "page 1: kettle", "page 2: nothing-here", "page 3: ladder"]);
        let (name, _, data) = &answer.events[3];
        assert_eq!(
            (name.as_str(), &data["index"], &data["step"]["name"]),
            ("skipped", &json!(2), &json!("goto"))
        );
        let (name, text, data) = &answer.events[5];
        assert_eq!((name.as_str(), text.as_str()), ("visited", "3 of 4 pages"));
        assert_eq!(*data, json!({ "wanted": 4, "read": 3 }));
        assert_eq!(answer.events.len(), 6);

        service.call("control/for-each", json!({ "pages": [] })).await.is(json!({ "products": [] }));
    });
}

#[test]
fn retry() {
    run(async |service| {
        let answer = service.call("control/retry", json!({})).await;
        answer
            .is(json!({
                "timetable": { "trains": [
                    { "time": "08:04", "to": "Harbour" },
                    { "time": "08:19", "to": "Old Town" },
                ] },
                "tries": 3,
            }))
            .says(&["asking for the timetable"; 3]);
    });
}

#[test]
fn turns() {
    run(async |service| {
        let answer = service.call("control/loop", json!({})).await;
        answer.is(json!({ "job": { "state": "done", "percent": 100 } })).tells(&[
            ("progress", "25 %", json!({ "turn": 0, "percent": 25 })),
            ("progress", "50 %", json!({ "turn": 1, "percent": 50 })),
            ("progress", "75 %", json!({ "turn": 2, "percent": 75 })),
            ("progress", "100 %", json!({ "turn": 3, "percent": 100 })),
        ]);
    });
}

#[test]
fn turns_by_a_script() {
    run(async |service| {
        service.call("control/loop-fn", json!({})).await.is(json!({
            "sizes": [4, 6, 7],
            "all": { "items": ["Aland", "Brest", "Cork", "Dover", "Emden", "Faro", "Genoa"] },
        }));
    });
}

#[test]
fn record_step() {
    run(async |service| {
        let answer = service.call("control/record-step", json!({})).await;
        let file = fs::read(service.files().join("recordings/change.gif")).expect("a file");
        let told = json!({ "name": "change", "path": "recordings/change.gif", "size": file.len() });
        answer.is(json!({ "path": "recordings/change.gif", "colour": "green" })).tells(&[(
            "recording",
            "",
            told,
        )]);
        // The second click is not in it.
        let (pictures, _) = gif(&file);
        assert_eq!((pictures[0].at(70, 110), pictures[pictures.len() - 1].at(70, 110)), (RED, AMBER));
        assert!(pictures.iter().all(|picture| picture.at(70, 110) != GREEN));
    });
}
