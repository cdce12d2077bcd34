//! A value inside a URL.

use std::fmt::Write as _;

use url::{Host, Url};

use crate::ErrorKind;

/// A whole URL, as the browser would write it.
pub(super) fn whole(value: &str) -> Result<String, (ErrorKind, String)> {
    let url = Url::parse(value)
        .map_err(|error| (ErrorKind::StepFailed, format!("is `{value}`, which is not a URL: {error}")))?;
    match url.scheme() {
        "http" | "https" => Ok(url.into()),
        _ => {
            let why = format!("is `{value}`, which is not an http or https URL");
            Err((ErrorKind::UrlNotAllowed, why))
        }
    }
}

/// What a URL begins with, up to the end of a path.
pub(super) fn base(value: &str) -> Result<String, (ErrorKind, String)> {
    let url = whole(value)?;
    let end = if url.contains('#') {
        "a fragment"
    } else if url.contains('?') {
        "a query"
    } else {
        return Ok(url);
    };
    Err((ErrorKind::StepFailed, format!("is `{value}`, which ends in {end}, where more of a URL comes")))
}

/// A whole host, as the browser would write it, with its port where that may stand.
pub(super) fn host(value: &str, port: bool) -> Result<String, String> {
    if let Some((name, number)) = with_port(value) {
        return match port {
            true => Ok(format!("{}:{number}", host(name, false)?)),
            false => Err(format!("is `{value}`, whose port the recipe says already")),
        };
    }
    match Host::parse(value) {
        Ok(host) => Ok(host.to_string()),
        Err(_) if is_other_port(value) => {
            Err(format!("is `{value}`, which is not a host: its port is not a number from 0 to 65535"))
        }
        Err(error) => Err(format!("is `{value}`, which is not a host: {error}")),
    }
}

/// Whether it is a host whose port is not in range.
fn is_other_port(value: &str) -> bool {
    let digits = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    value.rsplit_once(':').is_some_and(|(name, port)| digits(port) && Host::parse(name).is_ok())
}

/// The host that a value is, with its port or without.
pub(crate) fn host_of(value: &str) -> Option<Host> {
    Host::parse(with_port(value).map_or(value, |(name, _)| name)).ok()
}

/// A host and its port, when there is one.
fn with_port(value: &str) -> Option<(&str, u16)> {
    let (name, digits) = value.rsplit_once(':')?;
    let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
    // An IPv6 address has its colons inside brackets.
    (!name.is_empty() && (!name.contains(':') || name.ends_with(']'))).then_some((name, number))
}

/// A value inside a path's segment, a query or a fragment: only what no URL gives a meaning stays as it is.
pub(super) fn component(value: &str, out: &mut String) {
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            _ => write!(out, "%{byte:02X}").expect("a string takes everything"),
        }
    }
}

/// Checks the segment of the path that has the position `at`: browsers resolve `.` and `..`, however they are spelt.
pub(super) fn check_segment(url: &str, at: usize) -> Result<(), String> {
    let start = url[..at].rfind(['/', '\\']).map_or(0, |slash| slash + 1);
    let end = url[at..].find(['/', '\\', '?', '#']).map_or(url.len(), |end| at + end);
    let segment = &url[start..end];
    // A browser drops these before it looks.
    let seen: String = segment.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    match seen.replace("%2e", ".").replace("%2E", ".").as_str() {
        "." | ".." => Err(format!("makes the path's segment `{segment}`, which leads out of its place")),
        _ => Ok(()),
    }
}
