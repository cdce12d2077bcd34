//! `network/…`.

use std::fs;

use serde_json::{Value, json};

use crate::service::{Answer, run};

#[test]
fn idle() {
    run(async |service| {
        let answer = service.call("network/idle", json!({})).await;
        answer.is(json!({ "page": { "parts": ["hull", "mast", "sail"] } })).says(&["waiting for silence"]);
    });
}

#[test]
fn cookies() {
    run(async |service| {
        let visit = json!({
            "name": "visit", "value": "1", "domain": "demo.example", "path": "/", "expires": null,
            "httpOnly": false, "secure": false, "sameSite": "Lax",
        });
        let session = json!({
            "name": "session", "value": "abc", "domain": "demo.example", "path": "/", "expires": null,
            "httpOnly": true, "secure": true, "sameSite": "Strict",
        });
        let theme = json!({
            "name": "theme", "value": "dark", "domain": "demo.example", "path": "/", "expires": null,
            "httpOnly": false, "secure": true, "sameSite": "Lax",
        });
        for Answer { mut data, .. } in service.twice("network/cookies", json!({})).await {
            // Chromium gives cookies in any order.
            for cookies in ["first", "saved", "restored", "names"] {
                let cookies = data[cookies].as_array_mut().expect("a list");
                cookies.sort_by_key(|cookie| cookie["name"].as_str().or(cookie.as_str()).map(str::to_owned));
            }
            let expected = json!({
                "first": [session, visit],
                "page": { "seen": "theme=dark; visit=1" },
                "saved": [session, theme, visit],
                "cleared": [],
                "restored": [session, theme, visit],
                "names": ["session", "theme", "visit"],
            });
            assert_eq!(data.to_string(), expected.to_string());
        }
        let file = fs::read_to_string(service.files().join("cookies/demo.json")).expect("a file");
        let file: Value = serde_json::from_str(&file).expect("JSON");
        assert_eq!(file.as_array().map(Vec::len), Some(3));
    });
}

#[test]
fn capture() {
    run(async |service| {
        let answer = service.call("network/capture", json!({})).await;
        let request = json!({
            "method": "GET", "url": "https://shop.example/api/search.json?q=lamps", "status": 200, "items": 5,
        });
        answer.is(json!({ "file": "hars/shop.har", "requests": [request] }));
        // What was captured is a replay of its own.
        let file = service.files().join("hars/shop.har");
        webtask::Webtask::builder().replay(file).build().expect("a HAR file that can be replayed");
    });
}

#[test]
fn console() {
    run(async |service| {
        let answer = service.call("network/console", json!({})).await;
        let message = |level: &str, text: &str, line: u8, column: u8| {
            let url = "https://demo.example/noisy.js";
            json!({ "level": level, "text": text, "url": url, "line": line, "column": column })
        };
        answer
            .is(json!({ "messages": [
                message("log", "clicked 1 {deep: Array(1)}", 2, 11),
                message("warning", "the battery is low", 3, 11),
                message("error", "no answer", 4, 11),
                message(
                    "exception",
                    "Uncaught: TypeError: nobody catches this\n    at https://demo.example/noisy.js:5:28",
                    5,
                    28,
                ),
            ] }))
            .says(&["4 messages"]);
    });
}
