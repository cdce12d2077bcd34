//! JSON answers, compressed for who takes them so. Streams and files it leaves alone.

use std::io::Write as _;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, VARY,
};
use http_body::Body as _;
use http_body_util::{BodyExt as _, Collected};

use super::respond::Response;
use crate::header::split;
use crate::large::apart;

/// From how many bytes on it is worth the while.
const WORTH: u64 = 1024;

/// The same response, compressed when the request takes that and the response is worth it.
pub(super) async fn zip(wanted: bool, mut response: Response) -> Response {
    let headers = response.headers_mut();
    // A file, which may be JSON too, can be had in parts.
    if headers.get(CONTENT_TYPE).is_none_or(|kind| kind != "application/json")
        || headers.contains_key(ACCEPT_RANGES)
    {
        return response;
    }
    headers.append(VARY, HeaderValue::from_static("Accept-Encoding"));
    if !wanted || response.body().size_hint().exact().is_none_or(|length| length < WORTH) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let text = body.collect().await.map(Collected::to_bytes).unwrap_or_default();
    let whole = text.clone();
    let zipped = apart(text.len(), move || {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&whole).and_then(|()| encoder.finish())
    });
    let body = match zipped.await {
        Ok(zipped) => {
            head.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            Bytes::from(zipped)
        }
        Err(_) => text,
    };
    Response::from_parts(head, body.into())
}

/// Whether a request takes gzip: named with a weight above zero, or covered by `*`.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let (mut named, mut any) = (None, None);
    for element in lines.flat_map(split) {
        let (name, parameters) = element.split_once(';').unwrap_or((element, ""));
        let weight =
            parameters.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse::<f32>().ok());
        let taken = weight.unwrap_or(1.0) > 0.0;
        match name.trim() {
            name if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => {
                named = Some(taken);
            }
            "*" => any = Some(taken),
            _ => {}
        }
    }
    named.or(any).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_taken_as_the_header_says() {
        for (header, expected) in [
            ("gzip", true),
            ("GZIP", true),
            ("br, gzip", true),
            ("gzip;q=0.1", true),
            ("gzip; q=0", false),
            ("gzip;q=0, *", false),
            ("*", true),
            ("*;q=0", false),
            ("br", false),
            ("identity", false),
            ("br;note=\"a, gzip\"", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, header.parse().expect("a value"));
            assert_eq!(is_wanted(&headers), expected, "{header}");
        }
        assert!(!is_wanted(&HeaderMap::new()));
    }
}
