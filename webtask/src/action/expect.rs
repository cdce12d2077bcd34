//! `expect`: the statuses of an answer that are not failures.

use http::StatusCode;

use crate::{Error, ErrorKind};

pub use webtask_program::Expected;

/// Whether a status is one of those that are expected; without any, every one is.
///
/// # Errors
///
/// [`NavigationFailed`](ErrorKind::NavigationFailed) when it is not.
pub(super) fn judge(expect: &[Expected], url: &str, status: u16) -> Result<(), Error> {
    if expect.is_empty() || expect.iter().any(|expected| expected.takes(status)) {
        return Ok(());
    }
    let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    let reason = reason.map(|reason| format!(" {reason}")).unwrap_or_default();
    let allowed: Vec<_> = expect
        .iter()
        .map(|expected| match expected {
            Expected::Ok => "`ok`".to_owned(),
            Expected::Any => "`any`".to_owned(),
            Expected::Code(code) => format!("`{code}`"),
        })
        .collect();
    let message = format!("`{url}` answered {status}{reason}; `expect` allows {}", allowed.join(", "));
    Err(Error::new(ErrorKind::NavigationFailed, message).with_retryable(is_passing(status)))
}

/// Whether a status is of the moment.
fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500..=599)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_judged() {
        use Expected::{Any, Code, Ok};
        for (expect, status, taken) in [
            (&[][..], 500, true),
            (&[Any], 404, true),
            (&[Ok], 200, true),
            (&[Ok], 299, true),
            (&[Ok], 300, false),
            (&[Ok], 199, false),
            (&[Ok, Code(404)], 404, true),
            (&[Code(404)], 200, false),
        ] {
            assert_eq!(judge(expect, "https://a/", status).is_ok(), taken, "{expect:?} {status}");
        }
    }

    #[test]
    fn a_refused_status_is_named() {
        let refused = |status| {
            judge(&[Expected::Ok, Expected::Code(410)], "https://a/", status).expect_err("it is none")
        };
        assert_eq!(
            refused(404).message(),
            "`https://a/` answered 404 Not Found; `expect` allows `ok`, `410`"
        );
        assert_eq!(refused(499).message(), "`https://a/` answered 499; `expect` allows `ok`, `410`");
        assert_eq!(refused(404).kind(), ErrorKind::NavigationFailed);
        for (status, retryable) in
            [(404, false), (401, false), (408, true), (429, true), (500, true), (503, true)]
        {
            assert_eq!(refused(status).retryable(), retryable, "{status}");
        }
    }
}
