//! What a caller would like, by RFC 7240's `Prefer`: an answer at once, or after a while. It knows no task.

use std::time::Duration;

use http::header::{HeaderMap, HeaderName};

use crate::header::split;

/// The preferences that mean something here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Prefer {
    pub(super) respond_async: bool,
    /// How long the caller would wait for the result.
    pub(super) wait: Option<Duration>,
}

impl Prefer {
    /// Reads every `Prefer` line. What cannot be read is as if it were not there, and the first of two counts.
    pub(super) fn read(headers: &HeaderMap) -> Self {
        static NAME: HeaderName = HeaderName::from_static("prefer");
        let mut prefer = Self::default();
        for line in headers.get_all(&NAME) {
            for element in split(&String::from_utf8_lossy(line.as_bytes())) {
                // Parameters would follow a semicolon; neither preference has one.
                let preference = element.split(';').next().unwrap_or_default();
                let (name, value) = match preference.split_once('=') {
                    Some((name, value)) => (name.trim(), value.trim().trim_matches('"')),
                    None => (preference.trim(), ""),
                };
                if name.eq_ignore_ascii_case("respond-async") && value.is_empty() {
                    prefer.respond_async = true;
                } else if name.eq_ignore_ascii_case("wait") && value.bytes().all(|byte| byte.is_ascii_digit())
                {
                    let seconds =
                        value.parse::<u32>().ok().map(|seconds| Duration::from_secs(seconds.into()));
                    prefer.wait = prefer.wait.or(seconds);
                }
            }
        }
        prefer
    }

    /// What `Preference-Applied` says when the run goes on alone.
    pub(super) fn applied(self) -> String {
        match self.wait {
            Some(wait) => format!("respond-async, wait={}", wait.as_secs()),
            None => "respond-async".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_clients_send() {
        for (lines, respond_async, wait) in [
            (&[][..], false, None),
            (&["respond-async"], true, None),
            (&["Respond-Async"], true, None),
            (&["respond-async, wait=10"], true, Some(10)),
            (&["wait=10", "respond-async"], true, Some(10)),
            (&["respond-async; foo=\"a, wait=3\", WAIT = \"5\""], true, Some(5)),
            (&["return=minimal, wait=1, wait=2"], false, Some(1)),
            (&["respond-async=\"\""], true, None),
            (&["respond-async=no"], false, None),
            (&["respond-asynchronously, wait"], false, None),
            (&["wait=soon, wait=-1, wait=1.5, wait=99999999999"], false, None),
            (&["wait=0"], false, Some(0)),
            (&["", ",,", "="], false, None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("prefer", line.parse().expect("a value"));
            }
            let expected = Prefer { respond_async, wait: wait.map(Duration::from_secs) };
            assert_eq!(Prefer::read(&headers), expected, "{lines:?}");
        }
    }
}
