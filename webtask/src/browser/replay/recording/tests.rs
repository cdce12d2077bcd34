use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::*;

fn recording(entries: &[(&str, &str, Value)]) -> Recording {
    let entries: Vec<Value> = entries
        .iter()
        .map(|(method, url, response)| json!({ "request": { "method": method, "url": url }, "response": response }))
        .collect();
    let har = json!({ "log": { "version": "1.2", "entries": entries } }).to_string();
    Recording::new(Har::read(har.as_bytes()).unwrap().har)
}

fn ask(recording: &Recording, method: &str, url: &str, redactor: &Redactor) -> String {
    let request = Request { method: method.into(), url: url.into(), ..Request::default() };
    told(recording, &request, redactor, &Served::default())
}

fn told(recording: &Recording, request: &Request, redactor: &Redactor, served: &Served) -> String {
    match recording.find(request, redactor, served) {
        Found::Answer(Answer { status, headers, body }) => {
            format!("{status} {headers:?} {}", String::from_utf8_lossy(&body))
        }
        Found::Failure => "failure".into(),
        Found::Missing(reason) => reason,
    }
}

fn get(recording: &Recording, url: &str) -> String {
    ask(recording, "GET", url, &Redactor::default())
}

fn text(text: &str) -> Value {
    json!({ "status": 200, "content": { "size": text.len(), "text": text } })
}

#[test]
fn the_same_request_gets_its_answers_in_order_and_then_the_last() {
    let recording = recording(&[
        ("GET", "https://a.test/n", text("1")),
        ("POST", "https://a.test/n", text("post")),
        ("GET", "https://a.test/n#x", text("2")),
    ]);
    let request = Request { method: "GET".into(), url: "https://a.test/n".into(), ..Request::default() };
    let served = Served::default();
    let answers: Vec<String> =
        (0..4).map(|_| told(&recording, &request, &Redactor::default(), &served)).collect();
    assert_eq!(answers, ["200 [] 1", "200 [] 2", "200 [] 2", "200 [] 2"]);
    assert_eq!(ask(&recording, "POST", "https://a.test/n", &Redactor::default()), "200 [] post");
    assert_eq!(ask(&recording, "HEAD", "https://a.test/n", &Redactor::default()), "200 [] 1");
    assert_eq!(get(&recording, "https://a.test/m"), "the HAR file has no GET request for it");
}

#[test]
fn a_body_is_decoded_and_its_headers_fit_it() {
    let recording = recording(&[
        (
            "GET",
            "https://a.test",
            json!({
                "status": 200,
                "headers": [
                    { "name": ":status", "value": "200" },
                    { "name": "Content-Type", "value": "text/html; charset=iso-8859-1" },
                    { "name": "Content-Encoding", "value": "br" },
                    { "name": "content-length", "value": "1" },
                    { "name": "set-cookie", "value": "a=1\nb=2" },
                ],
                "content": { "size": 2, "text": "é" }
            }),
        ),
        (
            "GET",
            "https://a.test/b",
            json!({ "status": 200, "content": { "mimeType": "image/gif", "text": "R0k=", "encoding": "base64" } }),
        ),
    ]);
    assert_eq!(
        get(&recording, "https://a.test/"),
        r#"200 [("Content-Type", "text/html; charset=utf-8"), ("set-cookie", "a=1"), ("set-cookie", "b=2")] é"#
    );
    assert_eq!(get(&recording, "https://a.test/b"), r#"200 [("content-type", "image/gif")] GI"#);
}

#[test]
fn text_of_a_wide_character_set_is_decoded_though_it_is_ascii() {
    let recording = recording(&[(
        "GET",
        "https://a.test/",
        json!({ "status": 200, "content": { "mimeType": "text/html; charset=UTF-16LE", "text": "a" } }),
    )]);
    assert_eq!(get(&recording, "https://a.test/"), r#"200 [("content-type", "text/html; charset=utf-8")] a"#);
}

#[test]
fn a_body_that_is_still_compressed_is_no_answer() {
    let packed = |mime: &str| {
        json!({
            "status": 200, "headers": [{ "name": "Content-Encoding", "value": "GZIP" }],
            "content": { "mimeType": mime, "text": STANDARD.encode(b"\x1f\x8b\x08\0"), "encoding": "base64" },
        })
    };
    let recording = recording(&[
        ("GET", "https://a.test/", packed("text/html")),
        ("GET", "https://a.test/f", packed("application/gzip")),
    ]);
    assert_eq!(
        get(&recording, "https://a.test/"),
        "the HAR file has it as it was sent, still in `gzip`; save it with decoded content"
    );
    assert!(get(&recording, "https://a.test/f").starts_with("200 "));
}

#[test]
fn a_body_in_deflate_or_brotli_is_no_answer() {
    // "Köln, Köln, Köln" as zlib, bare deflate and Brotli have it.
    let zlib = [
        0x78, 0x9c, 0xf3, 0x3e, 0xbc, 0x2d, 0x27, 0x4f, 0x47, 0xc1, 0x1b, 0x89, 0x02, 0x00, 0x54, 0xc6, 0x08,
        0x73,
    ];
    let brotli = STANDARD.decode("GxIA+I2Uq6NbDbLEZitZ3IYjnkggvwA=").unwrap();
    let entry = |coding: &str, body: &[u8]| {
        json!({
            "status": 200, "headers": [{ "name": "content-encoding", "value": coding }],
            "content": { "mimeType": "text/html", "text": STANDARD.encode(body), "encoding": "base64" },
        })
    };
    let recording = recording(&[
        ("GET", "https://a.test/z", entry("deflate", &zlib)),
        ("GET", "https://a.test/r", entry("deflate", &zlib[2..zlib.len() - 4])),
        ("GET", "https://a.test/b", entry("br", &brotli)),
        ("GET", "https://a.test/t", entry("br", "Köln".as_bytes())),
        ("GET", "https://a.test/l", entry("deflate", b"K\xf6ln")),
    ]);
    for (path, coding) in [("z", "deflate"), ("r", "deflate"), ("b", "br")] {
        assert_eq!(
            get(&recording, &format!("https://a.test/{path}")),
            format!("the HAR file has it as it was sent, still in `{coding}`; save it with decoded content")
        );
    }
    assert!(get(&recording, "https://a.test/t").starts_with("200 "));
    assert!(get(&recording, "https://a.test/l").starts_with("200 "));
}

#[test]
fn parts_of_one_file_are_told_apart() {
    let part = |range: Option<&str>, text: &str| {
        let headers = range.map(|range| json!([{ "name": "Range", "value": range }]));
        json!({
            "request": { "method": "GET", "url": "https://a.test/f", "headers": headers.unwrap_or_else(|| json!([])) },
            "response": { "status": 206, "content": { "text": text } },
        })
    };
    let got = json!({
        "request": { "method": "GET", "url": "https://a.test/f" },
        "response": {
            "status": 206, "headers": [{ "name": "Content-Range", "value": "bytes 8-9/10" }], "content": { "text": "end" },
        },
    });
    let whole = json!({
        "request": { "method": "GET", "url": "https://a.test/w" }, "response": text("whole"),
    });
    let entries = json!([part(Some("bytes=4-7"), "second"), part(Some("bytes=0-3"), "first"), got, whole]);
    let har = json!({ "log": { "version": "1.2", "entries": entries } }).to_string();
    let recording = Recording::new(Har::read(har.as_bytes()).unwrap().har);
    let served = Served::default();
    let ask = |path: &str, range: Option<&str>| {
        let headers = range.map_or_else(|| json!({}), |range| json!({ "range": range }));
        let request = json!({ "method": "GET", "url": format!("https://a.test/{path}"), "headers": headers });
        told(&recording, &serde_json::from_value(request).unwrap(), &Redactor::default(), &served)
    };
    for _ in 0..2 {
        assert_eq!(ask("f", Some("bytes=0-3")), "206 [] first");
        assert_eq!(ask("f", Some("bytes=4-7")), "206 [] second");
    }
    assert!(ask("f", Some("Bytes=8-9")).ends_with(" end"));
    assert_eq!(
        ask("f", Some("bytes=1-2")),
        "its method and URL fit 3 requests of the HAR file, but none asks for `bytes=1-2`"
    );
    assert_eq!(
        ask("f", None),
        "its method and URL fit 3 requests of the HAR file, but they all ask for a part of it (`Range`)"
    );
    assert_eq!(ask("w", Some("bytes=1-2")), "200 [] whole");
}

#[test]
fn fields_that_were_kept_without_their_bytes_are_compared() {
    let entry = |file: &str, answer: &str| {
        json!({
            "request": { "method": "POST", "url": "https://a.test/up", "postData": {
                "mimeType": "multipart/form-data; boundary=X",
                "params": [{ "name": "kind", "value": file }, { "name": "file", "fileName": "a.txt", "contentType": "text/plain" }],
            } },
            "response": text(answer),
        })
    };
    let har =
        json!({ "log": { "version": "1.2", "entries": [entry("old", "1"), entry("new", "2")] } }).to_string();
    let recording = Recording::new(Har::read(har.as_bytes()).unwrap().har);
    let ask = |kind: &str, name: &str| {
        let body = format!(
            "--Y\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{kind}\r\n--Y\r\nContent-Disposition: form-data; \
             name=\"file\"; filename=\"b.txt\"\r\nContent-Type: text/plain\r\n\r\nsome bytes\r\n--Y--\r\n"
        );
        let request = json!({
            "method": "POST", "url": "https://a.test/up", "hasPostData": true,
            "headers": { "content-type": "multipart/form-data; boundary=Y" },
            "postDataEntries": [{ "bytes": STANDARD.encode(body) }],
        });
        told(&recording, &serde_json::from_value(request).unwrap(), &Redactor::default(), &Served::default())
    };
    assert_eq!(ask("new", "kind"), "200 [] 2");
    assert_eq!(ask("old", "kind"), "200 [] 1");
    for (kind, name) in [("other", "kind"), ("new", "sort")] {
        let told = ask(kind, name);
        assert!(
            told.starts_with("its method and URL fit 2 requests of the HAR file, but none sends `--Y "),
            "{told}"
        );
    }
}

#[test]
fn a_head_takes_no_answer_from_a_get() {
    let recording =
        recording(&[("GET", "https://a.test/", text("1")), ("GET", "https://a.test/", text("2"))]);
    let served = Served::default();
    let answers = ["HEAD", "GET", "HEAD", "GET"].map(|method| {
        let request = Request { method: method.into(), url: "https://a.test/".into(), ..Request::default() };
        told(&recording, &request, &Redactor::default(), &served)
    });
    assert_eq!(answers, ["200 [] 1", "200 [] 1", "200 [] 2", "200 [] 2"]);
}

#[test]
fn a_redirect_needs_no_body() {
    let recording = recording(&[
        ("GET", "https://a.test/", json!({ "status": 302, "redirectURL": "/x", "content": { "size": 9 } })),
        ("GET", "https://a.test/c", json!({ "status": 304, "content": { "text": "kept" } })),
    ]);
    assert_eq!(get(&recording, "https://a.test/"), r#"302 [("location", "/x")] "#);
    assert_eq!(get(&recording, "https://a.test/c"), "200 [] kept");
}

#[test]
fn what_the_file_does_not_hold_is_no_answer() {
    let recording = recording(&[
        ("GET", "https://a.test/", json!({ "status": 200, "content": { "size": 9 } })),
        ("GET", "https://a.test/f", json!({ "status": 0, "_error": "net::ERR_FAILED" })),
        (
            "GET",
            "https://a.test/b",
            json!({ "status": 200, "content": { "text": "?", "encoding": "base64" } }),
        ),
        ("GET", "https://a.test/s", json!({ "status": 101 })),
    ]);
    assert_eq!(
        get(&recording, "https://a.test/"),
        "the HAR file has it without its body; save it with content"
    );
    assert_eq!(get(&recording, "https://a.test/f"), "failure");
    assert!(get(&recording, "https://a.test/b").contains("not base64"));
    assert_eq!(get(&recording, "https://a.test/s"), "the HAR file has it with the status 101");
}

#[test]
fn a_url_with_a_secret_is_found_without_it() {
    let recording = recording(&[("GET", "https://a.test/?key=[redacted]&x=1", text("in"))]);
    let redactor = Redactor::new(["hunter2"].into_iter());
    assert_eq!(ask(&recording, "GET", "https://a.test/?key=hunter2&x=1", &redactor), "200 [] in");
    assert!(get(&recording, "https://a.test/?key=hunter2&x=1").contains("no GET request"));
}

/// A recording of what was sent to one URL, and what came; null was not kept.
fn posts(entries: &[(Value, &str)]) -> Recording {
    let entries: Vec<Value> = (entries.iter())
        .map(|(sent, answer)| {
            let post = json!({ "mimeType": "application/json", "text": sent });
            let post = if sent.is_null() { Value::Null } else { post };
            json!({
                "request": { "method": "POST", "url": "https://a.test/graphql", "postData": post },
                "response": text(answer),
            })
        })
        .collect();
    let har = json!({ "log": { "version": "1.2", "entries": entries } }).to_string();
    Recording::new(Har::read(har.as_bytes()).unwrap().har)
}

fn post(body: Option<&str>) -> Request {
    let parts = json!([body.map_or_else(|| json!({}), |body| json!({ "bytes": STANDARD.encode(body) }))]);
    serde_json::from_value(json!({
        "method": "POST", "url": "https://a.test/graphql", "headers": { "Content-Type": "application/json" },
        "postDataEntries": parts, "hasPostData": true,
    }))
    .unwrap()
}

#[test]
fn requests_of_one_url_are_told_apart_by_what_they_send() {
    let recording = posts(&[
        (json!(r#"{"q":"user"}"#), "user"),
        (json!(r#"{"q":"cart","n":1}"#), "cart 1"),
        (json!(r#"{"n":1,"q":"cart"}"#), "cart 2"),
        (json!(r#"{"q":"key [redacted]"}"#), "private"),
    ]);
    let (served, redactor) = (Served::default(), Redactor::new(["hunter2"].into_iter()));
    let ask = |body| told(&recording, &post(body), &redactor, &served);
    // Byte for byte first, then by its meaning.
    assert_eq!(ask(Some(r#"{"n":1,"q":"cart"}"#)), "200 [] cart 2");
    assert_eq!(ask(Some(r#"{ "q": "cart", "n": 1 }"#)), "200 [] cart 1");
    assert_eq!(ask(Some(r#"{ "q": "cart", "n": 1 }"#)), "200 [] cart 2");
    assert_eq!(ask(Some(r#"{"q":"user"}"#)), "200 [] user");
    assert_eq!(ask(Some(r#"{"q":"user"}"#)), "200 [] user");
    assert_eq!(ask(Some(r#"{"q":"key hunter2"}"#)), "200 [] private");
    assert_eq!(
        ask(Some(r#"{"q":"hunter2"}"#)),
        r#"its method and URL fit 4 requests of the HAR file, but none sends `{"q":"[redacted]"}`"#
    );
    assert_eq!(
        ask(Some("")),
        "its method and URL fit 4 requests of the HAR file, but they all send something"
    );
}

#[test]
fn what_nobody_knows_is_sent_is_answered_in_order() {
    let recording = posts(&[(json!("a"), "first"), (json!(null), "second"), (json!("b"), "third")]);
    let served = Served::default();
    let ask = |body| told(&recording, &post(body), &Redactor::default(), &served);
    assert_eq!(ask(Some("other")), "200 [] second");
    assert_eq!(ask(Some("b")), "200 [] third");
    assert_eq!(ask(None), "200 [] first");
}
