//! A value inside a URL.

use std::fmt::Write as _;

use url::{Host, Url};

use crate::ErrorKind;

/// A whole URL, as the browser would write it.
pub(super) fn whole(value: &str) -> Result<String, (ErrorKind, String)> {
    let url = Url::parse(value)
        .map_err(|error| (ErrorKind::StepFailed, format!("is `{value}`, which is no URL: {error}")))?;
    match url.scheme() {
        "http" | "https" => Ok(url.into()),
        _ => {
            let why = format!("is `{value}`, which is no http or https URL");
            Err((ErrorKind::UrlNotAllowed, why))
        }
    }
}

/// A whole host, as the browser would write it.
pub(super) fn host(value: &str) -> Result<String, String> {
    match Host::parse(value) {
        Ok(host) => Ok(host.to_string()),
        Err(error) => Err(format!("is `{value}`, which is no host: {error}")),
    }
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
