//! What is read, what is refused, and what is written.

use std::time::UNIX_EPOCH;

use serde_json::json;

use super::*;

#[test]
fn writes_times_in_utc() {
    let at =
        |seconds: u64, millis: u64| timestamp(UNIX_EPOCH + Duration::from_millis(seconds * 1_000 + millis));
    assert_eq!(at(0, 0), "1970-01-01T00:00:00.000Z");
    assert_eq!(at(951_782_399, 999), "2000-02-28T23:59:59.999Z");
    assert_eq!(at(951_782_400, 0), "2000-02-29T00:00:00.000Z");
    assert_eq!(at(1_735_689_599, 5), "2024-12-31T23:59:59.005Z");
    assert_eq!(at(4_107_542_400, 0), "2100-03-01T00:00:00.000Z");
    assert_eq!(timestamp(UNIX_EPOCH - Duration::from_secs(1)), "1970-01-01T00:00:00.000Z");
    assert_eq!(millis(Duration::from_micros(1_500)), 1.5);
}

#[test]
fn a_body_comes_back_as_it_was() {
    for (body, mime, encoding) in [
        (&b"<p>\xc3\xa9"[..], "text/html; charset=utf-8", None),
        (b"plain", "text/plain; charset=iso-8859-1", None),
        (b"\xc3\xa9", "text/plain; charset=iso-8859-1", Some("base64")),
        (b"\xe9", "text/plain", Some("base64")),
        (b"a\0b", "application/octet-stream", Some("base64")),
        (b"", "", None),
    ] {
        let content = Content::of(body, mime.into());
        assert_eq!(content.encoding.as_deref(), encoding, "{mime}");
        assert_eq!(content.body(), Ok(Some(body.to_vec())));
    }
}

#[test]
fn a_body_that_was_not_kept_is_none() {
    assert_eq!(Content { size: 5, ..Content::default() }.body(), Ok(None));
    assert_eq!(Content::default().body(), Ok(Some(Vec::new())));
    let wrong = Content { text: Some("?".into()), encoding: Some("base64".into()), ..Content::default() };
    assert!(wrong.body().unwrap_err().starts_with("its `content.text` is not base64"));
    let other = Content { text: Some("?".into()), encoding: Some("gzip".into()), ..Content::default() };
    assert_eq!(other.body().unwrap_err(), "its `content.encoding` is `gzip`, not `base64`");
}

#[test]
fn replaces_a_charset() {
    assert_eq!(as_utf8("text/html"), "text/html; charset=utf-8");
    assert_eq!(as_utf8("text/html;charset=ISO-8859-1; x=1"), "text/html; x=1; charset=utf-8");
    assert_eq!(charset("text/html; Charset=\"utf-8\""), Some("utf-8"));
}

#[test]
fn reads_what_other_tools_write() {
    let text = "\u{feff}{\"log\": {\"version\": \"1.2\", \"pages\": [], \"_x\": {}, \"entries\": [{
        \"_initiator\": {\"type\": \"script\"}, \"request\": {\"method\": \"GET\", \"url\": \"https://a.test/\"},
        \"response\": {\"status\": 200, \"_transferSize\": 1}}]}}";
    let har = Har::read(text.as_bytes()).unwrap().har;
    assert_eq!(har.log.entries[0].request.url, "https://a.test/");
    assert_eq!(har.log.entries[0].response.status, 200);
}

#[test]
fn a_field_that_is_null_or_of_another_type_refuses_nothing() {
    let whole = json!({
        "startedDateTime": "2024-01-01T00:00:00Z", "time": 1, "cache": {}, "timings": { "send": 1, "wait": 1 },
        "request": {
            "method": "POST", "url": "https://a.test/", "httpVersion": "h2", "cookies": [], "headers": [],
            "queryString": [{ "name": "a", "value": "1" }], "headersSize": -1, "bodySize": 3,
            "postData": { "mimeType": "text/plain", "text": "abc", "params": [] },
        },
        "response": {
            "status": 200, "statusText": "OK", "httpVersion": "h2", "cookies": [], "redirectURL": "",
            "headers": [{ "name": "x", "value": "1" }], "headersSize": -1, "bodySize": 2,
            "content": { "size": 2, "mimeType": "text/plain", "text": "ok", "encoding": "", "compression": 0 },
        },
    });
    let kept = [
        "/request",
        "/request/url",
        "/response",
        "/response/status",
        "/response/content",
        "/response/content/text",
        "/response/content/size",
    ];
    let mut paths = vec![String::new()];
    let mut next = 0;
    while let Some(path) = paths.get(next).cloned() {
        next += 1;
        match whole.pointer(&path).unwrap() {
            Value::Object(map) => paths.extend(map.keys().map(|key| format!("{path}/{key}"))),
            Value::Array(list) => paths.extend((0..list.len()).map(|index| format!("{path}/{index}"))),
            _ => {}
        }
    }
    let mut tried = 0;
    for path in paths.iter().filter(|path| !path.is_empty() && !kept.contains(&path.as_str())) {
        for other in [json!(null), json!(0.5), json!("12.5"), json!([]), json!({}), json!(true)] {
            let mut entry = whole.clone();
            *entry.pointer_mut(path).unwrap() = other.clone();
            let file = json!({ "log": { "entries": [entry] } }).to_string();
            let read = Har::read(file.as_bytes()).unwrap();
            assert!(read.left_out.is_empty(), "{path} {other}: {:?}", read.left_out);
            let response = &read.har.log.entries[0].response;
            let body = if path.ends_with("content/encoding") {
                Ok(Some(b"ok".to_vec()))
            } else {
                response.content.body()
            };
            assert_eq!((response.status, body), (200, Ok(Some(b"ok".to_vec()))), "{path} {other}");
            tried += 1;
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn an_entry_that_cannot_be_used_is_named_and_left_out() {
    let good = json!({ "request": { "url": "https://a.test/" }, "response": { "status": "200" } });
    let with = |request: Value, response: Value| json!({ "request": request, "response": response });
    let file = json!({ "log": { "version": 1.2, "creator": null, "entries": [
        with(json!({ "method": "GET", "url": "https://a.test/1" }), json!(null)),
        good,
        with(json!(null), json!({ "status": 200 })),
        with(json!({ "url": "wss://a.test/" }), json!({ "status": 101 })),
        with(json!({ "url": "/relative" }), json!({ "status": 200 })),
        null,
        with(json!({ "url": "https://a.test/2" }), json!({})),
    ] } });
    let read = Har::read(file.to_string().as_bytes()).unwrap();
    assert_eq!(read.har.log.entries.len(), 1);
    assert_eq!(read.har.log.entries[0].request.method, "GET");
    assert_eq!(read.har.log.entries[0].response.status, 200);
    assert_eq!(
        read.left_out,
        [
            "entry 0 of `https://a.test/1`: it has no `response`",
            "entry 2: it has no `request`",
            "entry 3 of `wss://a.test/`: it is not an HTTP request",
            "entry 4 of `/relative`: it is not an HTTP request",
            "entry 5: it has no `request`",
            "entry 6 of `https://a.test/2`: `response.status` is missing",
        ]
    );
}

#[test]
fn a_file_in_utf_16_is_read() {
    let text = "{\"log\":{\"entries\":[]}}";
    let bytes: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(Har::read(&bytes).unwrap().har.log.entries.is_empty());
}

#[test]
fn what_was_sent_is_text_base64_or_fields() {
    let body = |value: Value| serde_json::from_value::<PostData>(value).unwrap().body();
    assert_eq!(body(json!({ "text": "a=1" })), b"a=1");
    assert_eq!(body(json!({ "text": "AP8=", "encoding": "base64" })), [0, 255]);
    assert_eq!(body(json!({ "text": "AP8", "_encoding": "Base64" })), [0, 255]);
    let params = json!([{ "name": "a", "value": "x+y%26" }, { "name": "b", "value": "é" }]);
    assert_eq!(
        body(json!({ "mimeType": "application/x-www-form-urlencoded", "params": params })),
        b"a=x+y%26&b=%C3%A9"
    );
}

#[test]
fn says_what_is_wrong_with_a_file() {
    assert_eq!(Har::read(b"{\n oh }").unwrap_err(), "a name is not in double quotes at line 2 column 2");
    assert_eq!(Har::read(b"{}").unwrap_err(), "`log` is missing at line 1 column 2");
    let wrong = |text: &str| Har::read(text.as_bytes()).unwrap_err();
    assert_eq!(wrong("[]"), "it must be an object, not a list at line 1 column 2");
    assert_eq!(wrong(r#"{"log":"x"}"#), "`log` must be an object, not a string at line 1 column 10");
    assert_eq!(
        wrong(r#"{"log":{"entries":{}}}"#),
        "`log.entries` must be a list, not an object at line 1 column 18"
    );
    assert_eq!(wrong("<html>"), "a value is missing at line 1 column 1");
    assert_eq!(Har::read(br#"{"log":{"version":"2.0","entries":[]}}"#).unwrap_err(), "its version is `2.0`");
}

#[test]
fn writes_all_that_the_format_requires() {
    let request = Request { method: "GET".into(), url: "https://a.test/".into(), ..Request::default() };
    let entry = Entry { request, ..Entry::default() };
    let json = serde_json::to_value(Har::new([entry].iter())).unwrap();
    assert_eq!(json["log"]["version"], "1.2");
    assert_eq!(json["log"]["creator"]["name"], "webtask");
    let keys = |pointer: &str| -> Vec<String> {
        json.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(
        keys("/log/entries/0"),
        ["startedDateTime", "time", "request", "response", "cache", "timings"]
    );
    assert_eq!(
        keys("/log/entries/0/request"),
        ["method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"]
    );
    assert_eq!(
        keys("/log/entries/0/response"),
        [
            "status",
            "statusText",
            "httpVersion",
            "cookies",
            "headers",
            "content",
            "redirectURL",
            "headersSize",
            "bodySize"
        ]
    );
    assert_eq!(keys("/log/entries/0/timings"), ["send", "wait", "receive"]);
}
