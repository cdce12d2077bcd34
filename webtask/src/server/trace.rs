//! The access log: a span for each request, joined to the caller's trace, and a line when it is answered.

use std::time::Instant;

use http::{HeaderMap, Method};
use tracing::{Level, Span};

use super::respond::Response;
use crate::header::only;

/// A trace that a caller is in, as `traceparent` of W3C's Trace Context names it.
struct Parent<'a> {
    trace: &'a str,
    span: &'a str,
}

/// The span of a request.
pub(super) fn span(method: &Method, path: &str, headers: &HeaderMap) -> Span {
    let span = tracing::info_span!(
        target: "webtask::request",
        "request",
        %method,
        path,
        trace_id = tracing::field::Empty,
        parent_id = tracing::field::Empty,
        run = tracing::field::Empty,
    );
    if span.is_disabled() {
        return span;
    }
    if let Ok(Some(line)) = only(headers, "traceparent")
        && let Some(parent) = line.to_str().ok().and_then(read)
    {
        span.record("trace_id", parent.trace);
        span.record("parent_id", parent.span);
    }
    span
}

/// When a request came, if anybody listens.
pub(super) fn begin() -> Option<Instant> {
    tracing::enabled!(target: "webtask::request", Level::INFO).then(Instant::now)
}

/// Says, within the span, how the request was answered.
pub(super) fn answered(response: &Response, since: Option<Instant>) {
    let Some(since) = since else { return };
    let status = response.status().as_u16();
    tracing::info!(target: "webtask::request", status, ms = since.elapsed().as_millis() as u64, "answered");
}

fn read(line: &str) -> Option<Parent<'_>> {
    let hex = |text: &str, length| {
        text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let mut parts = line.trim().split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let known =
        hex(version, 2) && version != "ff" && hex(flags, 2) && (version != "00" || parts.next().is_none());
    let named = |id: &str, length| hex(id, length) && id.bytes().any(|byte| byte != b'0');
    (known && named(trace, 32) && named(span, 16)).then_some(Parent { trace, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_is_read_as_the_standard_says() {
        let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let parent = read(good).expect("good");
        assert_eq!((parent.trace, parent.span), ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"));
        assert!(read("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more").is_some());
        for bad in [
            "",
            "00",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        ] {
            assert!(read(bad).is_none(), "{bad}");
        }
    }
}
