use serde_json::json;

use super::*;

fn log(secret: &str) -> Log {
    Log::new(Redactor::new([secret].into_iter()))
}

fn request(value: Value) -> Request {
    serde_json::from_value(value).unwrap()
}

fn get(url: &str) -> Request {
    request(json!({ "method": "GET", "url": url }))
}

fn head(status: u16, headers: &[(&str, &str)]) -> Head {
    let headers = headers.iter().map(|(name, value)| pair(((*name).into(), (*value).into()))).collect();
    Head { status, status_text: "Some".into(), headers, at: Instant::now() }
}

fn file(log: &mut Log) -> Value {
    serde_json::from_slice(&log.changed().unwrap()).unwrap()
}

#[test]
fn entries_stand_in_the_order_of_their_requests() {
    let mut log = log("");
    let first = log.begin(get("https://a.test/1#part"), None);
    let second = log.begin(get("https://a.test/2?q=a+b"), None);
    log.begin(get("https://a.test/never"), None);
    log.end(second, head(200, &[("Content-Type", "text/plain")]), Some(b"two".to_vec()));
    log.end(first, head(404, &[]), Some(b"\xff".to_vec()));
    let har = file(&mut log);
    let entries = har["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0]["request"]["url"], "https://a.test/1");
    assert_eq!(entries[0]["response"]["status"], 404);
    assert_eq!(
        entries[0]["response"]["content"],
        json!({ "size": 1, "mimeType": "", "text": "/w==", "encoding": "base64" })
    );
    assert_eq!(entries[1]["request"]["queryString"], json!([{ "name": "q", "value": "a b" }]));
    assert_eq!(
        entries[1]["response"]["content"],
        json!({ "size": 3, "mimeType": "text/plain", "text": "two" })
    );
    let started = |entry: &Value| entry["startedDateTime"].as_str().unwrap().to_owned();
    assert!(started(&entries[0]) <= started(&entries[1]));
    assert!(log.changed().is_none());
}

#[test]
fn each_redirect_has_its_own_cookies() {
    let mut log = log("");
    let first = log.begin(get("https://a.test/1"), Some("n".into()));
    log.set_cookies("n", vec!["a=1; HttpOnly".into(), "b=2".into()]);
    log.end(first, head(302, &[("Location", "/2")]), None);
    let second = log.begin(get("https://a.test/2"), Some("n".into()));
    log.end(second, head(200, &[]), Some(Vec::new()));
    log.set_cookies("n", vec!["c=3".into()]);
    let har = file(&mut log);
    let response = |number: usize| har["log"]["entries"][number]["response"].clone();
    assert_eq!(response(0)["redirectURL"], "/2");
    assert_eq!(
        response(0)["headers"],
        json!([
            { "name": "Location", "value": "/2" },
            { "name": "set-cookie", "value": "a=1; HttpOnly" },
            { "name": "set-cookie", "value": "b=2" },
        ])
    );
    assert_eq!(response(0)["cookies"], json!([{ "name": "a", "value": "1" }, { "name": "b", "value": "2" }]));
    assert_eq!(response(1)["headers"], json!([{ "name": "set-cookie", "value": "c=3" }]));
}

#[test]
fn no_secret_stands_in_the_file() {
    let mut log = log("hun/ter2");
    let number = log.begin(
        request(json!({
            "method": "POST", "url": "https://a.test/hun/ter2?key=hun%2Fter2",
            "headers": { "Authorization": "Bearer hun/ter2", "content-type": "text/plain" },
            "postDataEntries": [{ "bytes": STANDARD.encode("pass=hun") }, { "bytes": STANDARD.encode("/ter2") }],
        })),
        Some("n".into()),
    );
    log.set_cookies("n", vec!["token=hun/ter2".into()]);
    let body = [&b"\xff\xfehun/ter2\xff"[..], b"hun%2Fter2"].concat();
    log.end(number, head(302, &[("location", "/?hun/ter2"), ("x", "hun/ter2")]), Some(body));
    let bytes = log.changed().unwrap();
    let har: Value = serde_json::from_slice(&bytes).unwrap();
    let entry = &har["log"]["entries"][0];
    assert_eq!(entry["request"]["url"], "https://a.test/[redacted]?key=[redacted]");
    assert_eq!(entry["request"]["postData"]["text"], "pass=[redacted]");
    assert_eq!(entry["response"]["redirectURL"], "/?[redacted]");
    let body = STANDARD.decode(entry["response"]["content"]["text"].as_str().unwrap()).unwrap();
    assert_eq!(body, b"\xff\xfe[redacted]\xff[redacted]");
    let text = String::from_utf8(bytes).unwrap();
    assert!(!text.contains("ter2"), "{text}");
}

#[test]
fn a_request_without_an_answer_failed_or_was_given_up() {
    let mut log = log("");
    let failed = log.begin(get("https://a.test/1"), None);
    let aborted = log.begin(get("https://a.test/2"), None);
    log.fail(failed, "ConnectionRefused".into());
    log.fail(aborted, "Aborted".into());
    let har = file(&mut log);
    assert_eq!(har["log"]["entries"].as_array().unwrap().len(), 1);
    assert_eq!(har["log"]["entries"][0]["response"]["status"], 0);
    assert_eq!(har["log"]["entries"][0]["response"]["_error"], "ConnectionRefused");
}

#[test]
fn a_binary_request_is_kept_as_base64() {
    let mut log = log("");
    let body = json!([{ "bytes": "/wA=" }]);
    let number = log
        .begin(request(json!({ "method": "PUT", "url": "https://a.test/", "postDataEntries": body })), None);
    log.end(number, head(204, &[]), Some(Vec::new()));
    let har = file(&mut log);
    let post = &har["log"]["entries"][0]["request"]["postData"];
    assert_eq!(*post, json!({ "mimeType": "", "text": "/wA=", "_encoding": "base64" }));
}

#[test]
fn a_body_is_kept_though_its_request_did_not_say_it() {
    let mut log = log("hunter2");
    let hidden = request(json!({ "method": "POST", "url": "https://a.test/", "hasPostData": true }));
    assert!(hidden.hides_body() && !get("https://a.test/").hides_body());
    let number = log.begin(hidden, None);
    log.set_sent(number, b"pass=hunter2".to_vec());
    log.end(number, head(204, &[]), Some(Vec::new()));
    let har = file(&mut log);
    assert_eq!(har["log"]["entries"][0]["request"]["postData"]["text"], "pass=[redacted]");
}

#[test]
fn of_an_upload_all_but_the_file_is_kept() {
    let mut log = log("");
    let parts = json!([{ "bytes": STANDARD.encode("--x\r\n") }, {}, { "bytes": STANDARD.encode("--x--") }]);
    let upload = request(json!({ "method": "POST", "url": "https://a.test/", "postDataEntries": parts }));
    let number = log.begin(upload, None);
    log.end(number, head(204, &[]), Some(Vec::new()));
    let har = file(&mut log);
    assert_eq!(
        har["log"]["entries"][0]["request"]["postData"],
        json!({ "mimeType": "", "text": "--x\r\n--x--", "comment": "the content of files is left out" })
    );
}

#[test]
fn knows_streams_by_their_type() {
    assert!(head(200, &[("Content-Type", "Text/Event-Stream; charset=utf-8")]).is_stream());
    assert!(!head(200, &[("content-type", "text/html")]).is_stream());
    assert!(head(301, &[("location", "/")]).is_redirect());
    assert!(!head(304, &[]).is_redirect());
}

#[test]
fn a_file_that_the_browser_does_not_tell_is_noted() {
    let part = |file: &str, body: &str| {
        format!(
            "--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"{file}\"\r\nContent-Type: a/b\r\n\r\n{body}\r\n"
        )
    };
    for (body, lacks) in [
        (part("a.txt", ""), true),
        (part("a.txt", "inside"), false),
        (part("", ""), false),
        (part("a.txt", "inside") + &part("b.txt", ""), true),
        ("a; filename=\"x\"\r\n\r\n\r\n--".to_owned(), false),
    ] {
        assert_eq!(lacks_file(format!("{body}--X--\r\n").as_bytes()), lacks, "{body}");
    }
}
