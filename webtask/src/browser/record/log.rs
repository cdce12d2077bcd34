//! What was recorded so far, as HAR entries without secrets. It knows no browser.

use std::borrow::Cow;
use std::collections::HashMap;
use std::time::{Instant, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use super::super::har::{self, Content, Entry, Har, Pair, PostData, millis, timestamp};
use crate::secret::Redactor;

/// Media types of answers that do not end by themselves.
const STREAMS: [&str; 4] =
    ["text/event-stream", "multipart/x-mixed-replace", "application/x-ndjson", "application/stream+json"];

/// What is not told here.
const UNKNOWN: &str = "unknown";

/// What is said of a body whose files the browser does not tell.
const LEFT_OUT: &str = "the content of files is left out";

/// Requests with their answers, in the order in which they began.
pub(super) struct Log {
    redactor: Redactor,
    exchanges: Vec<Exchange>,
    /// What the network tells besides, by its name of a request.
    network: HashMap<String, Hops>,
    /// Whether there is something that was not written yet.
    is_changed: bool,
}

/// A request with its redirects: one for each time that it is asked.
#[derive(Default)]
struct Hops {
    /// How many have begun.
    begun: usize,
    /// The cookies that each answer sets.
    cookies: Vec<Vec<String>>,
}

struct Exchange {
    entry: Entry,
    started: Instant,
    /// The network's name of the request, and which of its hops it is.
    hop: Option<(String, usize)>,
    /// Whether the answer is there, or will not come.
    is_over: bool,
}

/// A request as it begins.
#[derive(Default, Deserialize)]
pub(super) struct Request {
    method: String,
    url: String,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(rename = "postDataEntries", default)]
    body: Vec<Part>,
    #[serde(rename = "hasPostData", default)]
    has_body: bool,
}

#[derive(Deserialize)]
struct Part {
    /// None for a file.
    bytes: Option<String>,
}

/// The head of an answer.
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) status_text: String,
    pub(super) headers: Vec<Pair>,
    pub(super) at: Instant,
}

impl Log {
    pub(super) fn new(redactor: Redactor) -> Self {
        Self { redactor, exchanges: Vec::new(), network: HashMap::new(), is_changed: false }
    }

    /// Notes a request, and gives its number.
    pub(super) fn begin(&mut self, request: Request, network: Option<String>) -> usize {
        let mut entry = Entry { started_date_time: timestamp(SystemTime::now()), ..Entry::default() };
        entry.request = request.entry(&self.redactor);
        let hop = network.map(|name| {
            let hops = self.network.entry(name.clone()).or_default();
            hops.begun += 1;
            (name, hops.begun - 1)
        });
        self.exchanges.push(Exchange { entry, started: Instant::now(), hop, is_over: false });
        self.exchanges.len() - 1
    }

    /// Notes the answer to a request; no body when it was not kept.
    pub(super) fn end(&mut self, number: usize, head: Head, body: Option<Vec<u8>>) {
        let Self { redactor, exchanges, .. } = self;
        let Some(Exchange { entry, started, is_over, .. }) = exchanges.get_mut(number) else { return };
        entry.timings.wait = millis(head.at.duration_since(*started));
        entry.timings.receive = millis(head.at.elapsed());
        entry.time = entry.timings.wait + entry.timings.receive;
        entry.response = head.entry(body, redactor);
        *is_over = true;
        self.is_changed = true;
    }

    /// Notes what a request sends, where its beginning did not say it.
    pub(super) fn set_sent(&mut self, number: usize, body: Vec<u8>) {
        let Some(Exchange { entry, .. }) = self.exchanges.get_mut(number) else { return };
        if !body.is_empty() {
            let is_whole = !lacks_file(&body);
            let mut post = sent(&entry.request.headers, body, &self.redactor);
            post.comment = (!is_whole).then(|| LEFT_OUT.into());
            entry.request.post_data = Some(post);
            self.is_changed = true;
        }
    }

    /// Notes that a request had no answer. One that its page gave up says nothing of the web, and is left out.
    pub(super) fn fail(&mut self, number: usize, reason: String) {
        let Some(Exchange { entry, started, is_over, .. }) = self.exchanges.get_mut(number) else { return };
        if reason == "Aborted" {
            return;
        }
        entry.timings.wait = millis(started.elapsed());
        entry.time = entry.timings.wait;
        entry.response =
            har::Response { http_version: UNKNOWN.into(), error: Some(reason), ..Default::default() };
        *is_over = true;
        self.is_changed = true;
    }

    /// Notes the cookies that the next answer to a request of that name sets. They may come before it or after it.
    pub(super) fn set_cookies(&mut self, network: &str, cookies: Vec<String>) {
        let clean = |text: String| self.redactor.text(&text).unwrap_or(text);
        let cookies = cookies.into_iter().map(clean).collect();
        self.network.entry(network.to_owned()).or_default().cookies.push(cookies);
    }

    /// The file, when there is something new since the last time.
    pub(super) fn changed(&mut self) -> Option<Vec<u8>> {
        if !std::mem::take(&mut self.is_changed) {
            return None;
        }
        for Exchange { entry, hop, is_over, .. } in &mut self.exchanges {
            if let Some((name, number)) = hop
                && *is_over
                && let Some(cookies) =
                    self.network.get_mut(name).and_then(|hops| hops.cookies.get_mut(*number))
            {
                set_cookies(&mut entry.response, std::mem::take(cookies));
            }
        }
        let entries =
            self.exchanges.iter().filter(|exchange| exchange.is_over).map(|exchange| &exchange.entry);
        Some(
            serde_json::to_vec_pretty(&Har::new(entries)).expect("texts, numbers and lists of them are JSON"),
        )
    }

    /// Says that the file could not be written.
    pub(super) fn set_changed(&mut self) {
        self.is_changed = true;
    }
}

impl Request {
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Whether it sends something that it does not say here: a `Blob`, the body of a clone, or what is very long.
    pub(super) fn hides_body(&self) -> bool {
        self.has_body && (self.body.is_empty() || self.body.iter().any(|part| part.bytes.is_none()))
    }

    /// A request that no browser asks.
    pub(super) fn of(method: &str, url: &str, headers: &[(String, String)], body: &[u8]) -> Self {
        Self {
            method: method.to_owned(),
            url: url.to_owned(),
            headers: headers.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect(),
            body: vec![Part { bytes: Some(STANDARD.encode(body)) }],
            has_body: !body.is_empty(),
        }
    }

    fn entry(self, redactor: &Redactor) -> har::Request {
        let headers: Vec<Pair> = (self.headers.into_iter())
            .filter_map(|(name, value)| Some(Pair { name, value: value.as_str()?.to_owned() }))
            .collect();
        let parts: Vec<Option<Vec<u8>>> =
            self.body.iter().map(|part| STANDARD.decode(part.bytes.as_ref()?).ok()).collect();
        let is_whole = parts.iter().all(Option::is_some);
        let body: Vec<u8> = parts.into_iter().flatten().flatten().collect();
        let post = (!body.is_empty()).then(|| {
            let mut post = sent(&headers, body, redactor);
            post.comment = (!is_whole).then(|| LEFT_OUT.into());
            post
        });
        let query =
            Url::parse(&self.url).map(|url| url.query_pairs().map(pair).collect()).unwrap_or_default();
        let mut request = har::Request {
            method: self.method,
            url: self.url.split('#').next().unwrap_or_default().to_owned(),
            http_version: UNKNOWN.into(),
            headers,
            query_string: query,
            post_data: post,
            headers_size: -1,
            body_size: -1,
            ..Default::default()
        };
        clean(request.texts(), redactor);
        request
    }
}

impl Head {
    /// Whether the browser goes elsewhere with it: then there is no body to be had.
    pub(super) fn is_redirect(&self) -> bool {
        (300..400).contains(&self.status) && header(&self.headers, "location").is_some()
    }

    /// Whether it does not end by itself.
    pub(super) fn is_stream(&self) -> bool {
        let mime =
            header(&self.headers, "content-type").and_then(|mime| mime.split(';').next()).unwrap_or_default();
        STREAMS.iter().any(|stream| mime.trim().eq_ignore_ascii_case(stream))
    }

    fn entry(self, body: Option<Vec<u8>>, redactor: &Redactor) -> har::Response {
        let mime_type = header(&self.headers, "content-type").unwrap_or_default().to_owned();
        let redirect_url = match self.is_redirect() {
            true => header(&self.headers, "location").unwrap_or_default().to_owned(),
            false => String::new(),
        };
        let content = match body {
            Some(body) => Content::of(&redactor.bytes(body), mime_type),
            // A redirect's is never shown; any other was not kept.
            None => Content {
                mime_type,
                size: if redirect_url.is_empty() { -1 } else { 0 },
                ..Content::default()
            },
        };
        let mut response = har::Response {
            status: self.status.into(),
            status_text: self.status_text,
            http_version: UNKNOWN.into(),
            headers: self.headers,
            content,
            redirect_url,
            headers_size: -1,
            body_size: -1,
            ..Default::default()
        };
        clean(response.texts(), redactor);
        response
    }
}

/// What is sent, without secrets.
fn sent(headers: &[Pair], body: Vec<u8>, redactor: &Redactor) -> PostData {
    let mime_type = header(headers, "content-type").unwrap_or_default().to_owned();
    PostData::of(&redactor.bytes(body), mime_type)
}

/// Whether a form with parts has a file of which nothing is there.
fn lacks_file(body: &[u8]) -> bool {
    const NAME: &[u8] = b"; filename=\"";
    let mut rest = if body.starts_with(b"--") { body } else { &[] };
    while let Some(at) = rest.windows(NAME.len()).position(|bytes| bytes == NAME) {
        rest = &rest[at + NAME.len()..];
        let end = rest.windows(4).position(|bytes| bytes == b"\r\n\r\n");
        // Without a name none was chosen.
        if !rest.starts_with(b"\"") && end.is_some_and(|end| rest[end + 4..].starts_with(b"\r\n--")) {
            return true;
        }
    }
    false
}

fn header<'a>(headers: &'a [Pair], name: &str) -> Option<&'a str> {
    headers.iter().find(|pair| pair.name.eq_ignore_ascii_case(name)).map(|pair| pair.value.as_str())
}

fn pair((name, value): (Cow<'_, str>, Cow<'_, str>)) -> Pair {
    Pair { name: name.into_owned(), value: value.into_owned() }
}

/// The cookies of an answer, which its head does not show.
fn set_cookies(response: &mut har::Response, cookies: Vec<String>) {
    for value in cookies {
        let bare = value.split(';').next().unwrap_or_default();
        response.cookies.push(pair(
            bare.split_once('=')
                .map_or(("".into(), bare.into()), |(name, value)| (name.into(), value.into())),
        ));
        response.headers.push(Pair { name: "set-cookie".into(), value });
    }
}

/// Takes secrets out of texts.
fn clean<'a>(texts: impl Iterator<Item = &'a mut String>, redactor: &Redactor) {
    for text in texts {
        if let Some(clean) = redactor.text(text) {
            *text = clean;
        }
    }
}

#[cfg(test)]
mod tests {
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
        assert_eq!(
            response(0)["cookies"],
            json!([{ "name": "a", "value": "1" }, { "name": "b", "value": "2" }])
        );
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
        let number = log.begin(
            request(json!({ "method": "PUT", "url": "https://a.test/", "postDataEntries": body })),
            None,
        );
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
        let parts =
            json!([{ "bytes": STANDARD.encode("--x\r\n") }, {}, { "bytes": STANDARD.encode("--x--") }]);
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
}
