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
mod tests;
