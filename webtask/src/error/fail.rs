//! An application's own failures: a code and a status that it chooses.

use std::borrow::Cow;

use super::{Error, ErrorKind};

/// The HTTP statuses that a failure may have. The others say something of the exchange itself, and need headers.
const STATUSES: &[u16] =
    &[400, 402, 403, 404, 409, 410, 412, 418, 422, 423, 424, 428, 429, 451, 500, 501, 502, 503, 504];

/// The status of a failure that asks for none.
const STATUS: u16 = 422;

/// The codes of the server that are of no [`ErrorKind`].
const SERVER: &[&str] = &[
    "BAD_BODY",
    "BAD_REQUEST",
    "UNAUTHORIZED",
    "FORBIDDEN_HOST",
    "FORBIDDEN_ORIGIN",
    "NOT_FOUND",
    "METHOD_NOT_ALLOWED",
    "NOT_ACCEPTABLE",
    "IDEMPOTENCY_IN_FLIGHT",
    "IDEMPOTENCY_MISMATCH",
    "BODY_TIMEOUT",
    "BODY_TOO_LARGE",
    "UNSUPPORTED_ENCODING",
    "UPGRADE_REQUIRED",
];

/// The longest code.
const LONGEST: usize = 64;

/// What an application says of its own failure.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub(super) code: Cow<'static, str>,
    pub(super) status: u16,
}

/// Whether an application may use that code.
fn is_free(code: &str) -> bool {
    let is_code = code.len() <= LONGEST
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let taken = ErrorKind::from_code(code).is_some_and(|kind| kind != ErrorKind::Failed);
    is_code && !taken && !SERVER.contains(&code)
}

impl Error {
    /// A failure of the application's own, which its callers tell from others by its code. Over HTTP it is answered with
    /// 422, or the status that [`with_status`](Self::with_status) gives.
    ///
    /// ```
    /// use webtask::{Error, ErrorKind};
    ///
    /// let error = Error::fail("SOLD_OUT", "nothing is left of it").with_status(409);
    /// assert_eq!((error.kind(), error.code()), (ErrorKind::Failed, "SOLD_OUT"));
    /// ```
    ///
    /// A code has capital letters, digits and `_`, begins with a letter, and is none of [ours](ErrorKind::code). With any
    /// other code this gives a [`Config`](ErrorKind::Config) error that says so.
    pub fn fail(code: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        let (code, message) = (code.into(), message.into());
        if !is_free(&code) {
            let told = format!(
                "bad code `{code}` of a failure; write `A-Z`, `0-9` and `_`, and none of the library's codes: {message}"
            );
            return Self::new(ErrorKind::Config, told);
        }
        let mut error = Self::new(ErrorKind::Failed, message);
        error.inner.failure = Some(Failure { code, status: STATUS });
        error
    }

    /// The HTTP status of a [failure](Self::fail) of the application's own: one of 400, 402, 403, 404, 409, 410, 412, 418,
    /// 422, 423, 424, 428, 429, 451 and 500 to 504. With any other status this gives a [`Config`](ErrorKind::Config) error
    /// that says so. An error of another kind stays as it is.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        let Some(failure) = &mut self.inner.failure else { return self };
        if !STATUSES.contains(&status) {
            let (code, message) = (&failure.code, &self.inner.message);
            let told = format!("bad status {status} of the failure `{code}`: {message}");
            return Self::new(ErrorKind::Config, told);
        }
        failure.status = status;
        self
    }

    /// The code on the wire: the [kind](Self::kind)'s, or that of a [failure](Self::fail) of the application's own.
    #[must_use]
    pub fn code(&self) -> &str {
        match &self.inner.failure {
            Some(failure) => &failure.code,
            None => self.inner.kind.code(),
        }
    }

    /// The HTTP status that a [failure](Self::fail) of the application's own asks for; none of every other error.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self.inner.kind {
            ErrorKind::Failed => Some(self.inner.failure.as_ref().map_or(STATUS, |failure| failure.status)),
            _ => None,
        }
    }
}

/// A text as a failed step: `?` makes it one.
impl From<&str> for Error {
    fn from(message: &str) -> Self {
        Self::step_failed(message.to_owned())
    }
}

/// A text as a failed step: `?` makes it one.
impl From<String> for Error {
    fn from(message: String) -> Self {
        Self::step_failed(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_has_its_own_code_and_status() {
        let error = Error::fail("SOLD_OUT", "nothing is left");
        assert_eq!(
            (error.kind(), error.code(), error.status(), error.retryable()),
            (ErrorKind::Failed, "SOLD_OUT", Some(422), false)
        );
        let error = error.with_status(503);
        assert_eq!((error.status(), error.retryable()), (Some(503), true));
        assert_eq!(Error::fail("FAILED", "no").code(), "FAILED");
        assert_eq!(Error::new(ErrorKind::Failed, "no").status(), Some(422));
        assert_eq!(Error::step_failed("no").with_status(404).status(), None);
    }

    #[test]
    fn a_code_is_the_applications_own() {
        let long = "A".repeat(65);
        for code in ["", "sold_out", "1A", "_A", "SOLD-OUT", "É", "TIMEOUT", "INTERNAL", "NOT_FOUND", &long]
        {
            let error = Error::fail(code.to_owned(), "nothing is left");
            assert_eq!(error.kind(), ErrorKind::Config, "{code}");
            assert!(error.message().ends_with(": nothing is left"), "{error}");
        }
        // The language knows the same codes and statuses.
        let known: Vec<_> =
            ErrorKind::ALL.iter().map(|kind| kind.code()).chain(SERVER.iter().copied()).collect();
        let taken = webtask_grammar::ast::Fail::CODES;
        for code in known.iter().filter(|code| **code != "FAILED") {
            assert!(taken.contains(code), "add `{code}` to what `fail` refuses");
        }
        assert!(taken.iter().all(|code| known.contains(code)));
        assert_eq!(webtask_grammar::ast::Fail::STATUSES, STATUSES);
        for status in [0, 200, 302, 401, 406, 413, 426, 505, 600] {
            assert_eq!(Error::fail("A", "no").with_status(status).kind(), ErrorKind::Config, "{status}");
        }
    }
}
