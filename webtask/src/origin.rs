//! Hosts and origins as a setting or a header writes them.

use http::uri::Authority;
use url::Url;

use crate::{Error, ErrorKind};

/// A host, with or without a port.
///
/// # Errors
///
/// [`Config`](ErrorKind::Config) if it is not a host.
pub(crate) fn host(text: &str) -> Result<Authority, Error> {
    text.parse().ok().filter(|host: &Authority| parts(host.as_str()).is_some()).ok_or_else(|| {
        let message = format!("`{text}` is not a host; write `example.com` or `example.com:8080`");
        Error::new(ErrorKind::Config, message)
    })
}

/// A web origin, written as browsers write it.
///
/// # Errors
///
/// [`Config`](ErrorKind::Config) if it is not such an origin.
pub(crate) fn origin(text: &str) -> Result<Url, Error> {
    let is_web =
        |url: &Url| matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == text;
    Url::parse(text).ok().filter(is_web).ok_or_else(|| {
        Error::new(ErrorKind::Config, format!("`{text}` is not an origin; write `https://example.com`"))
    })
}

/// The host and the port of an authority. It must not have a user, and its port must be a number without leading zeros.
pub(crate) fn parts(text: &str) -> Option<(&str, Option<u16>)> {
    let end = match text.starts_with('[') {
        true => text.find(']')? + 1,
        false => text.bytes().position(|byte| byte == b':').unwrap_or(text.len()),
    };
    let (host, rest) = text.split_at(end);
    if host.is_empty() || host.bytes().any(|byte| byte == b'@') {
        return None;
    }
    if rest.is_empty() {
        return Some((host, None));
    }
    let digits = rest.strip_prefix(':')?;
    let plain =
        digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    Some((host, Some(digits.parse().ok().filter(|_| plain)?)))
}
