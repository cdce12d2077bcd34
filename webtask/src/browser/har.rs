//! The HAR 1.2 format: what of it is read and written here. It knows no browser.
//!
//! Reading is lenient, for every tool leaves something else out: only what an answer cannot do without is required.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// A HAR file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Har<E = Entry> {
    pub(super) log: Log<E>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Log<E> {
    pub(super) version: String,
    #[serde(default)]
    pub(super) creator: Creator,
    pub(super) entries: Vec<E>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Creator {
    pub(super) name: String,
    pub(super) version: String,
}

/// A request with its answer.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    #[serde(default)]
    pub(super) started_date_time: String,
    /// Milliseconds.
    #[serde(default)]
    pub(super) time: f64,
    pub(super) request: Request,
    pub(super) response: Response,
    #[serde(default)]
    pub(super) cache: Cache,
    #[serde(default)]
    pub(super) timings: Timings,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: String,
    #[serde(default)]
    pub(super) http_version: String,
    #[serde(default)]
    pub(super) cookies: Vec<Pair>,
    #[serde(default)]
    pub(super) headers: Vec<Pair>,
    #[serde(default)]
    pub(super) query_string: Vec<Pair>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) post_data: Option<PostData>,
    #[serde(default = "unknown")]
    pub(super) headers_size: i64,
    #[serde(default = "unknown")]
    pub(super) body_size: i64,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PostData {
    #[serde(default)]
    pub(super) mime_type: String,
    #[serde(default)]
    pub(super) text: String,
    /// `base64` when the text is; the format has no field of its own for it.
    #[serde(rename = "_encoding", default, skip_serializing_if = "Option::is_none")]
    pub(super) encoding: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Response {
    /// 0 when there was no answer.
    pub(super) status: i64,
    #[serde(default)]
    pub(super) status_text: String,
    #[serde(default)]
    pub(super) http_version: String,
    #[serde(default)]
    pub(super) cookies: Vec<Pair>,
    #[serde(default)]
    pub(super) headers: Vec<Pair>,
    #[serde(default)]
    pub(super) content: Content,
    #[serde(rename = "redirectURL", default)]
    pub(super) redirect_url: String,
    #[serde(default = "unknown")]
    pub(super) headers_size: i64,
    #[serde(default = "unknown")]
    pub(super) body_size: i64,
    /// Why there was no answer.
    #[serde(rename = "_error", default, skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Content {
    #[serde(default)]
    pub(super) size: i64,
    #[serde(default)]
    pub(super) mime_type: String,
    /// None when the body was not kept, unless its size is 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) encoding: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pair {
    pub(super) name: String,
    #[serde(default)]
    pub(super) value: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Cache {}

/// Milliseconds; -1 is unknown.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Timings {
    #[serde(default)]
    pub(super) send: f64,
    #[serde(default)]
    pub(super) wait: f64,
    #[serde(default)]
    pub(super) receive: f64,
}

fn unknown() -> i64 {
    -1
}

impl<'a> Har<&'a Entry> {
    /// A file of our own making.
    pub(super) fn new(entries: impl Iterator<Item = &'a Entry>) -> Self {
        let creator =
            Creator { name: env!("CARGO_PKG_NAME").into(), version: env!("CARGO_PKG_VERSION").into() };
        Self { log: Log { version: "1.2".into(), creator, entries: entries.collect() } }
    }
}

impl Har {
    /// Reads a file, or says what is wrong with it.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        // Some tools begin with a byte order mark.
        let har: Self = serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
            .map_err(|error| error.to_string())?;
        match har.log.version.as_str() {
            // 1.2 only adds to 1.1, which an empty version means.
            "1.2" | "1.1" | "" => Ok(har),
            other => Err(format!("its version is `{other}`")),
        }
    }
}

impl Request {
    /// Every text that a page or a server gave, but for the body: for redaction.
    pub(super) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let pairs = self.cookies.iter_mut().chain(&mut self.headers).chain(&mut self.query_string);
        [&mut self.url].into_iter().chain(pairs.flat_map(|pair| [&mut pair.name, &mut pair.value]))
    }
}

impl Response {
    /// Every text that a server gave, but for the body: for redaction.
    pub(super) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let pairs = self.cookies.iter_mut().chain(&mut self.headers);
        [&mut self.status_text, &mut self.redirect_url, &mut self.content.mime_type]
            .into_iter()
            .chain(pairs.flat_map(|pair| [&mut pair.name, &mut pair.value]))
    }
}

impl Content {
    /// A body, as text where it is some.
    pub(super) fn of(body: &[u8], mime_type: String) -> Self {
        let (text, encoding) = text_or_base64(body, &mime_type);
        Self { size: body.len() as i64, mime_type, text: Some(text), encoding }
    }

    /// The body; none when it was not kept.
    pub(super) fn body(&self) -> Result<Option<Vec<u8>>, String> {
        let Some(text) = &self.text else { return Ok((self.size == 0).then(Vec::new)) };
        match self.encoding.as_deref() {
            None | Some("") => Ok(Some(text.clone().into_bytes())),
            Some("base64") => STANDARD
                .decode(text)
                .map(Some)
                .map_err(|error| format!("its `content.text` is no base64: {error}")),
            Some(other) => Err(format!("its `content.encoding` is `{other}`, not `base64`")),
        }
    }

    /// Whether the text is the body decoded, and so has no other charset any more.
    pub(super) fn is_text(&self) -> bool {
        self.text.is_some() && self.encoding.as_deref().unwrap_or_default().is_empty()
    }
}

impl PostData {
    pub(super) fn of(body: &[u8], mime_type: String) -> Self {
        let (text, encoding) = text_or_base64(body, &mime_type);
        Self { mime_type, text, encoding }
    }
}

/// Bytes as text when reading that as UTF-8 gives the same bytes and the same characters again, else as base64.
fn text_or_base64(body: &[u8], mime_type: &str) -> (String, Option<String>) {
    let charset = charset(mime_type);
    let utf8 = charset.is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8"));
    let readable = |text: &&str| {
        !text.chars().any(|char| char.is_control() && !matches!(char, '\t' | '\n' | '\r' | '\u{c}'))
    };
    match std::str::from_utf8(body).ok().filter(readable) {
        Some(text) if utf8 || text.is_ascii() => (text.to_owned(), None),
        _ => (STANDARD.encode(body), Some("base64".into())),
    }
}

/// The charset that a media type names.
fn charset(mime_type: &str) -> Option<&str> {
    mime_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

/// A media type whose charset is UTF-8.
pub(super) fn as_utf8(mime_type: &str) -> String {
    let others = mime_type.split(';').skip(1).map(str::trim).filter(|parameter| {
        !parameter.is_empty() && !parameter.get(..8).is_some_and(|name| name.eq_ignore_ascii_case("charset="))
    });
    let mut text = mime_type.split(';').next().unwrap_or_default().trim().to_owned();
    for parameter in others.chain(["charset=utf-8"]) {
        text.push_str("; ");
        text.push_str(parameter);
    }
    text
}

/// A time as the format writes it: ISO 8601, in UTC.
pub(crate) fn timestamp(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (days, second) = (since.as_secs() / 86_400, since.as_secs() % 86_400);
    // Years are counted from March, so that the leap day is the last one: days from 0000-03-01, in eras of 400 years.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", since.subsec_millis())
}

/// A duration as the format writes it: milliseconds.
pub(super) fn millis(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_times_in_utc() {
        let at = |seconds: u64, millis: u64| {
            timestamp(UNIX_EPOCH + Duration::from_millis(seconds * 1_000 + millis))
        };
        assert_eq!(at(0, 0), "1970-01-01T00:00:00.000Z");
        assert_eq!(at(951_782_399, 999), "2000-02-28T23:59:59.999Z");
        assert_eq!(at(951_782_400, 0), "2000-02-29T00:00:00.000Z");
        assert_eq!(at(1_735_689_599, 5), "2024-12-31T23:59:59.005Z");
        assert_eq!(at(4_107_542_400, 0), "2100-03-01T00:00:00.000Z");
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
        assert!(wrong.body().unwrap_err().starts_with("its `content.text` is no base64"));
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
        let har = Har::read(text.as_bytes()).unwrap();
        assert_eq!(har.log.entries[0].request.url, "https://a.test/");
        assert_eq!(har.log.entries[0].response.status, 200);
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        assert_eq!(Har::read(b"{\n oh }").unwrap_err(), "key must be a string at line 2 column 2");
        assert_eq!(Har::read(b"{}").unwrap_err(), "missing field `log` at line 1 column 2");
        assert_eq!(
            Har::read(br#"{"log":{"version":"2.0","entries":[]}}"#).unwrap_err(),
            "its version is `2.0`"
        );
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
}
