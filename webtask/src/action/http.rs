//! `http`: asks a server without the browser.

use std::time::Duration;

use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use url::Url;

use super::expect::{Expected, judge};
use super::given::Response;
use crate::fetch::{Ask, Reply};
use crate::large::apart;
use crate::misfit::Misfit;
use crate::policy::Address;
use crate::{Cx, Error, surrogates};

/// How long it may take when nothing else is said.
const LIMIT: Duration = Duration::from_secs(30);

/// What an `http` step asks.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The method; those of HTTP are in capitals.
    pub method: &'a str,
    /// The address.
    pub url: Address<'a>,
    /// The headers.
    pub headers: &'a [(&'a str, &'a str)],
    /// What is sent: a text as it is, anything else as JSON.
    pub body: Option<Value>,
    /// The statuses that are not failures; without any, all.
    pub expect: &'a [Expected],
    /// How long it may take.
    pub timeout: Option<Duration>,
}

/// Asks, follows redirects, and gives the answer.
///
/// # Errors
///
/// [`NavigationFailed`](crate::ErrorKind::NavigationFailed) when the server cannot be reached, or its status is not
/// expected;
/// [`StepFailed`](crate::ErrorKind::StepFailed) when it does not answer in time (30 s);
/// [`UrlNotAllowed`](crate::ErrorKind::UrlNotAllowed) when a caller's URL leads where none may.
pub async fn http(cx: &Cx, request: Request<'_>) -> Result<Response, Error> {
    cx.pace().await;
    let limit = request.timeout.unwrap_or(LIMIT);
    let ask = ask(&request)?;
    // That of a caller alone: what else the run opened has nothing to do with it.
    let guarded = request.url.untrusted && cx.is_guarded(true)?;
    match tokio::time::timeout(limit, cx.ask(ask, guarded)).await {
        Ok(answer) => {
            let (url, reply) = answer?;
            judge(request.expect, url.as_str(), reply.status)?;
            cx.bounded(&format!("the answer of `{}`", request.url.url), reply.body.len())?;
            let read = apart(reply.body.len(), move || response(&reply)).await;
            read.map_err(|error| {
                let why = Misfit::of(&error);
                Error::step_failed(format!("the JSON of `{url}` cannot be read: {why}")).with_source(error)
            })
        }
        Err(_) => Err(Error::step_failed(format!("`{}` did not answer within {limit:?}", request.url.url))),
    }
}

fn ask(request: &Request<'_>) -> Result<Ask, Error> {
    let text = request.url.url;
    let url =
        Url::parse(text).map_err(|error| Error::step_failed(format!("`{text}` is not a URL: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Error::step_failed(format!("`{text}` is not an http or https URL")));
    }
    let method = Method::from_bytes(request.method.as_bytes())
        .map_err(|_| Error::step_failed(format!("`{}` is not an HTTP method", request.method)))?;
    let mut headers = HeaderMap::new();
    for (name, value) in request.headers {
        let key = name
            .parse::<HeaderName>()
            .map_err(|_| Error::step_failed(format!("`{name}` is not a header name")))?;
        // What is not ASCII goes as UTF-8.
        let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
            Error::step_failed(format!("the value of the header `{name}` is more than one line of text"))
        })?;
        headers.append(key, value);
    }
    let (kind, body) = match &request.body {
        None => ("", Vec::new()),
        Some(Value::String(text)) => ("text/plain; charset=utf-8", text.clone().into_bytes()),
        Some(other) => ("application/json", other.to_string().into_bytes()),
    };
    if !kind.is_empty() && !headers.contains_key(CONTENT_TYPE) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    Ok(Ask { method, url, headers, body })
}

/// What a step gives of an answer, or why its JSON has no place in a value though it is JSON.
fn response(reply: &Reply) -> Result<Response, serde_json::Error> {
    let media = reply.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_json = media.split(';').next().is_some_and(|media| {
        let media = media.trim().to_ascii_lowercase();
        media.ends_with("/json") || media.ends_with("+json")
    });
    let body = decoded(media, &reply.body);
    let looks = body.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    let json = match is_json || looks {
        true => json(body.trim_start_matches('\u{feff}'))?,
        false => Value::Null,
    };
    Ok(Response { status: reply.status.into(), headers: said(&reply.headers), body, json })
}

/// A text as JSON; null when it is none. A number beyond what a value can hold is an error, as is nesting without end.
fn json(text: &str) -> Result<Value, serde_json::Error> {
    match serde_json::from_slice(&surrogates::mended(text.as_bytes())) {
        Err(error) if serde_json::from_str::<IgnoredAny>(text).is_ok() => Err(error),
        read => Ok(read.unwrap_or_default()),
    }
}

/// The body as text, in the character set that it says, else UTF-8.
fn decoded(media: &str, body: &[u8]) -> String {
    let charset = media.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    });
    let encoding = charset
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .unwrap_or(encoding_rs::UTF_8);
    encoding.decode(body).0.into_owned()
}

/// The headers by their names in small letters; of several with one name a text with commas, of cookies a list.
fn said(headers: &HeaderMap) -> Map<String, Value> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let mut said = Map::new();
    for name in headers.keys() {
        let values: Vec<_> = headers.get_all(name).iter().map(text).collect();
        let value = match *name == SET_COOKIE {
            true => Value::from(values),
            false => values.join(", ").into(),
        };
        said.insert(name.as_str().to_owned(), value);
    }
    said
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answer(headers: &[(&str, &str)], body: &[u8]) -> Response {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name.parse::<HeaderName>().expect("a name"), value.parse().expect("a value"));
        }
        response(&Reply { status: 200, headers: map, body: body.to_vec() }).expect("it can be read")
    }

    #[test]
    fn json_is_read_when_it_is_said_or_seen() {
        let json = |kind, body: &str| answer(&[("content-type", kind)], body.as_bytes()).json;
        assert_eq!(json("application/json; charset=utf-8", "1"), json!(1));
        assert_eq!(json("application/problem+JSON", "\u{feff}{\"a\":1}"), json!({ "a": 1 }));
        assert_eq!(json("text/plain", " [1]"), json!([1]));
        assert_eq!(json("text/plain", "1"), Value::Null);
        assert_eq!(json("application/json", "{"), Value::Null);
        assert_eq!(json("application/json", &"[".repeat(100_000)), Value::Null);
    }

    #[test]
    fn json_that_no_value_holds_is_an_error() {
        let read = |body: &str| {
            let mut headers = HeaderMap::new();
            headers.append(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response(&Reply { status: 200, headers, body: body.into() }).map(|response| response.json)
        };
        let error = read(r#"{"mass":1e400}"#).expect_err("too large").to_string();
        assert_eq!(error, "number out of range at line 1 column 13");
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        assert!(read(&deep).expect_err("too deep").to_string().starts_with("recursion limit exceeded"));
        // Half of a character, where a server has cut a text.
        assert_eq!(read(r#"["a\ud83d"]"#).expect("JSON"), json!(["a\u{fffd}"]));
        assert_eq!(read(r#"["\ud83d\ude00", 1e-400]"#).expect("JSON"), json!(["\u{1f600}", 0.0]));
    }

    #[test]
    fn a_body_is_decoded_and_headers_are_joined() {
        let answer = answer(
            &[
                ("Content-Type", "text/html; Charset=\"ISO-8859-1\""),
                ("vary", "a"),
                ("set-cookie", "a=1"),
                ("Vary", "b"),
                ("set-cookie", "b=2, c"),
            ],
            b"caf\xe9",
        );
        assert_eq!(answer.body, "caf\u{e9}");
        assert_eq!(
            Value::Object(answer.headers),
            json!({
                "content-type": "text/html; Charset=\"ISO-8859-1\"", "vary": "a, b", "set-cookie": ["a=1", "b=2, c"]
            })
        );
    }
}
