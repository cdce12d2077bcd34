//! The HAR 1.2 format: what of it is read and written here. It knows no browser.
//!
//! Reading is lenient, for every tool leaves something else out: only what an answer cannot do without is required, and
//! an entry that lacks that is left out alone.

mod lenient;

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::misfit::Misfit;
use crate::{bom, surrogates};

/// Base64 as tools write it, with or without padding.
const UNPADDED: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A HAR file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Har<E = Entry> {
    pub(super) log: Log<E>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Log<E> {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) version: String,
    #[serde(default, deserialize_with = "lenient::part")]
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
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) started_date_time: String,
    /// Milliseconds.
    #[serde(default, deserialize_with = "lenient::number")]
    pub(super) time: f64,
    pub(super) request: Request,
    pub(super) response: Response,
    #[serde(default, deserialize_with = "lenient::part")]
    pub(super) cache: Cache,
    #[serde(default, deserialize_with = "lenient::part")]
    pub(super) timings: Timings,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) method: String,
    pub(super) url: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) http_version: String,
    #[serde(default, deserialize_with = "lenient::pairs")]
    pub(super) cookies: Vec<Pair>,
    #[serde(default, deserialize_with = "lenient::pairs")]
    pub(super) headers: Vec<Pair>,
    #[serde(default, deserialize_with = "lenient::pairs")]
    pub(super) query_string: Vec<Pair>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::some")]
    pub(super) post_data: Option<PostData>,
    #[serde(default = "unknown", deserialize_with = "lenient::size")]
    pub(super) headers_size: i64,
    #[serde(default = "unknown", deserialize_with = "lenient::size")]
    pub(super) body_size: i64,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PostData {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) mime_type: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) text: String,
    /// The fields of a form, in place of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::pairs")]
    pub(super) params: Vec<Pair>,
    /// What is missing of it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub(super) comment: Option<String>,
    /// `base64` when the text is; the format has no field of its own for it.
    #[serde(
        rename = "_encoding",
        alias = "encoding",
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub(super) encoding: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Response {
    /// 0 when there was no answer.
    #[serde(deserialize_with = "lenient::status")]
    pub(super) status: i64,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) status_text: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) http_version: String,
    #[serde(default, deserialize_with = "lenient::pairs")]
    pub(super) cookies: Vec<Pair>,
    #[serde(default, deserialize_with = "lenient::pairs")]
    pub(super) headers: Vec<Pair>,
    #[serde(default, deserialize_with = "lenient::part")]
    pub(super) content: Content,
    #[serde(rename = "redirectURL", default, deserialize_with = "lenient::text")]
    pub(super) redirect_url: String,
    #[serde(default = "unknown", deserialize_with = "lenient::size")]
    pub(super) headers_size: i64,
    #[serde(default = "unknown", deserialize_with = "lenient::size")]
    pub(super) body_size: i64,
    /// Why there was no answer.
    #[serde(
        rename = "_error",
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub(super) error: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Content {
    #[serde(default, deserialize_with = "lenient::size")]
    pub(super) size: i64,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) mime_type: String,
    /// None when the body was not kept, unless its size is 0.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub(super) text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub(super) encoding: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pair {
    pub(super) name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) value: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Cache {}

/// Milliseconds; -1 is unknown.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Timings {
    #[serde(default, deserialize_with = "lenient::number")]
    pub(super) send: f64,
    #[serde(default, deserialize_with = "lenient::number")]
    pub(super) wait: f64,
    #[serde(default, deserialize_with = "lenient::number")]
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

/// What was read of a file.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) har: Har,
    /// The entries that cannot be used: which they are, and why.
    pub(super) left_out: Vec<String>,
}

impl Har {
    /// Reads a file, or says what is wrong with it. An entry that cannot be used does not refuse the others.
    pub(super) fn read(bytes: &[u8]) -> Result<Reading, String> {
        // Some tools begin with a byte order mark, and some cut a text in the middle of a character.
        let bytes = surrogates::mended(&bom::utf8(bytes));
        let Har { log } =
            serde_json::from_slice::<Har<Value>>(&bytes).map_err(|error| first(&bytes, &error))?;
        // 1.2 only adds to what was before; an empty version means 1.1.
        if !log.version.is_empty() && log.version != "1" && !log.version.starts_with("1.") {
            return Err(format!("its version is `{}`", log.version));
        }
        let (mut entries, mut left_out) = (Vec::with_capacity(log.entries.len()), Vec::new());
        for (number, value) in log.entries.into_iter().enumerate() {
            let url = value.pointer("/request/url").and_then(Value::as_str).map(str::to_owned);
            match Entry::read(&value) {
                Ok(entry) => entries.push(entry),
                Err(reason) => {
                    let url = url.map(|url| format!(" of `{}`", url.chars().take(200).collect::<String>()));
                    left_out.push(format!("entry {number}{}: {reason}", url.unwrap_or_default()));
                }
            }
        }
        Ok(Reading {
            har: Har { log: Log { version: log.version, creator: log.creator, entries } },
            left_out,
        })
    }
}

impl Entry {
    fn read(value: &Value) -> Result<Self, String> {
        for part in ["request", "response"] {
            if value.get(part).is_none_or(Value::is_null) {
                return Err(format!("it has no `{part}`"));
            }
        }
        let mut entry =
            Self::deserialize(value).map_err(|error| Misfit::of_value::<Self>(value, &error).to_string())?;
        if entry.request.method.is_empty() {
            entry.request.method = "GET".into();
        }
        let scheme = entry.request.url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("http" | "https") => Ok(entry),
            _ => Err("it is not an HTTP request".into()),
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
            _ if self.is_text() => Ok(Some(text.clone().into_bytes())),
            Some(base64) if base64.eq_ignore_ascii_case("base64") => {
                unbase64(text).map(Some).map_err(|error| format!("its `content.text` is not base64: {error}"))
            }
            other => Err(format!("its `content.encoding` is `{}`, not `base64`", other.unwrap_or_default())),
        }
    }

    /// Whether the text is the body decoded, and so has no other charset any more.
    pub(super) fn is_text(&self) -> bool {
        // Some tools name the character set of their own file.
        let is_text =
            |encoding: &str| ["", "utf-8", "utf8"].iter().any(|name| name.eq_ignore_ascii_case(encoding));
        self.text.is_some() && is_text(self.encoding.as_deref().unwrap_or_default())
    }
}

impl PostData {
    pub(super) fn of(body: &[u8], mime_type: String) -> Self {
        let (text, encoding) = text_or_base64(body, &mime_type);
        Self { mime_type, text, encoding, ..Self::default() }
    }

    /// What was sent; of a form whose text was not kept, its fields.
    pub(super) fn body(&self) -> Vec<u8> {
        let is_base64 = self.encoding.as_deref().is_some_and(|name| name.eq_ignore_ascii_case("base64"));
        if is_base64 && let Ok(body) = unbase64(&self.text) {
            return body;
        }
        if self.text.is_empty() && !self.params.is_empty() && !is_multipart(&self.mime_type) {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            // Some tools keep them as they were sent.
            let plain = |text: &str| {
                let text = text.replace('+', " ");
                percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned()
            };
            form.extend_pairs(self.params.iter().map(|pair| (plain(&pair.name), plain(&pair.value))));
            return form.finish().into_bytes();
        }
        self.text.clone().into_bytes()
    }
}

/// Whether a body of that type has parts, which a random boundary is between.
pub(super) fn is_multipart(mime_type: &str) -> bool {
    mime_type.trim_start().get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
}

/// What is wrong with a file that cannot be read: the first thing that is odd, though it alone would not matter.
fn first(bytes: &[u8], error: &serde_json::Error) -> String {
    #[derive(Deserialize)]
    struct Strict {
        #[serde(rename = "log")]
        _log: StrictLog,
    }
    #[derive(Deserialize)]
    struct StrictLog {
        #[serde(rename = "version", default)]
        _version: String,
    }
    let place = |error: &serde_json::Error| (error.line(), error.column());
    let strict = serde_json::from_slice::<Strict>(bytes).err();
    match strict.filter(|strict| place(strict) < place(error)) {
        Some(strict) => Misfit::of_text::<Strict>(bytes, &strict).to_string(),
        None => Misfit::of_text::<Har<Value>>(bytes, error).to_string(),
    }
}

fn unbase64(text: &str) -> Result<Vec<u8>, base64::DecodeError> {
    if text.contains(|c: char| c.is_ascii_whitespace()) {
        return UNPADDED.decode(text.split_ascii_whitespace().collect::<String>());
    }
    UNPADDED.decode(text)
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

/// Whether a media type names a character set in which not even ASCII is written as it is.
pub(super) fn is_wide(mime_type: &str) -> bool {
    charset(mime_type).is_some_and(|charset| {
        let name = charset.get(..6).unwrap_or_default();
        name.eq_ignore_ascii_case("utf-16") || name.eq_ignore_ascii_case("utf-32")
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
    let time = Timestamp::try_from(time).unwrap_or_default().max(Timestamp::UNIX_EPOCH);
    format!("{time:.3}")
}

/// A duration as the format writes it: milliseconds.
pub(super) fn millis(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests;
