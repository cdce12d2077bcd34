//! The browser's names of what went wrong on the network: which of them a later try cannot mend.

/// Names that say it, and beginnings of such.
const PERMANENT: &[&str] = &[
    "ACCESS_DENIED",
    "BAD_SSL_CLIENT_AUTH_CERT",
    "BLOCKED_BY_",
    "CERT_",
    "CERTIFICATE_TRANSPARENCY_REQUIRED",
    "CLEARTEXT_NOT_PERMITTED",
    "DISALLOWED_URL_SCHEME",
    "FILE_",
    "ICANN_NAME_COLLISION",
    "INVALID_",
    "NOT_IMPLEMENTED",
    "PROXY_CERTIFICATE_INVALID",
    "RESPONSE_HEADERS_MULTIPLE_",
    "SSL_",
    "TOO_MANY_REDIRECTS",
    "UNKNOWN_URL_SCHEME",
    "UNSAFE_REDIRECT",
    "UNSUPPORTED_AUTH_SCHEME",
];

/// Those among them that a server in trouble causes as well.
const PASSING: &[&str] = &["INVALID_CHUNKED_ENCODING", "INVALID_HTTP_RESPONSE", "INVALID_RESPONSE"];

/// What whole Chromium says of an answer whose body is empty or that it keeps for itself, in place of which it shows a
/// page of its own. The headless shell shows the empty page.
const ANSWERED: &[&str] = &["net::ERR_HTTP_RESPONSE_CODE_FAILURE", "net::ERR_INVALID_AUTH_CREDENTIALS"];

/// Whether the same request fails again. A name that was not found may be: no resolver tells that apart from its own
/// failure.
pub(super) fn is_permanent(error: &str) -> bool {
    let Some(name) = error.strip_prefix("net::ERR_") else { return false };
    !PASSING.contains(&name) && PERMANENT.iter().any(|known| name.starts_with(known))
}

/// Whether a server has answered all the same, with a status of 400 or more.
pub(super) fn is_answered(error: &str) -> bool {
    ANSWERED.contains(&error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_later_try_cannot_mend_is_permanent() {
        for name in [
            "CERT_AUTHORITY_INVALID",
            "CERT_COMMON_NAME_INVALID",
            "CERT_DATE_INVALID",
            "SSL_VERSION_OR_CIPHER_MISMATCH",
            "UNSAFE_REDIRECT",
            "TOO_MANY_REDIRECTS",
            "BLOCKED_BY_CLIENT",
            "BLOCKED_BY_RESPONSE",
            "INVALID_URL",
            "INVALID_REDIRECT",
            "DISALLOWED_URL_SCHEME",
        ] {
            assert!(is_permanent(&format!("net::ERR_{name}")), "{name}");
        }
        for name in [
            "NAME_NOT_RESOLVED",
            "CONNECTION_REFUSED",
            "CONNECTION_RESET",
            "CONNECTION_TIMED_OUT",
            "EMPTY_RESPONSE",
            "INTERNET_DISCONNECTED",
            "NETWORK_CHANGED",
            "PROXY_CONNECTION_FAILED",
            "INVALID_CHUNKED_ENCODING",
            "HTTP2_PROTOCOL_ERROR",
            "INSUFFICIENT_RESOURCES",
        ] {
            assert!(!is_permanent(&format!("net::ERR_{name}")), "{name}");
        }
        assert!(!is_permanent("CERT_DATE_INVALID"));
    }
}
