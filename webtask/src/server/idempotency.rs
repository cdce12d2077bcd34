//! `Idempotency-Key`: what the header says, and what call it stands for. It knows no store.

use http::header::{HeaderMap, HeaderName};
use sha2::{Digest as _, Sha256};

use super::reject::Refusal;
use super::runs::RunKey;
use crate::header::only;

/// How long a key may be.
const LENGTH: usize = 255;

/// The caller's key, if there is one: a quoted string, as the draft of the standard has it, or the bare text.
pub(super) fn key(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let wrong = |message: &str| Err(Refusal::Request(format!("`Idempotency-Key` {message}")));
    static NAME: HeaderName = HeaderName::from_static("idempotency-key");
    let line = match only(headers, &NAME) {
        Ok(Some(line)) => line,
        Ok(None) => return Ok(None),
        Err(_) => return wrong("stands there twice"),
    };
    let text = line.to_str().unwrap_or_default().trim();
    let key = match text.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').unwrap_or_default(),
        None => text,
    };
    match key.len() {
        0 => wrong("is not a key; send printable ASCII characters, such as a UUID"),
        length if length > LENGTH => wrong("has more than 255 characters"),
        _ if key.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\')) => {
            Ok(Some(key.to_owned()))
        }
        _ => wrong("has a space, a quote or a backslash in it"),
    }
}

/// The key as that caller's own, with a digest of what it is used for.
pub(super) fn bind(key: &str, caller: [u8; 32], slug: &str, body: &[u8]) -> RunKey {
    RunKey {
        key: hex(Sha256::new().chain_update(caller).chain_update(key)),
        call: hex(Sha256::new().chain_update(slug).chain_update([0]).chain_update(body)),
    }
}

fn hex(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Result<Option<String>, ()> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers
                .append("idempotency-key", http::HeaderValue::from_bytes(line.as_bytes()).expect("a value"));
        }
        key(&headers).map_err(|_| ())
    }

    #[test]
    fn a_key_is_printable_text() {
        assert_eq!(read(&[]), Ok(None));
        for line in ["abc", "\"abc\"", " abc "] {
            assert_eq!(read(&[line]), Ok(Some("abc".into())), "{line}");
        }
        assert!(read(&[&"k".repeat(255)]).is_ok());
        let long = "k".repeat(256);
        for lines in [&[""][..], &["\"\""], &["\"abc"], &["a b"], &["a\"b"], &["é"], &[&long], &["a", "b"]] {
            assert_eq!(read(lines), Err(()), "{lines:?}");
        }
    }

    #[test]
    fn a_call_is_a_task_and_a_body() {
        let call = |slug, body: &str| bind("k", [0; 32], slug, body.as_bytes()).call;
        assert_eq!(call("a", "{}"), call("a", "{}"));
        assert_ne!(call("a", "{}"), call("a", "{ }"));
        assert_ne!(call("a", "{}"), call("b", "{}"));
        assert_ne!(call("ab", "c"), call("a", "bc"));
        assert_eq!(call("a", "").len(), 64);
    }

    #[test]
    fn a_key_is_its_callers_own() {
        let key = |key, caller| bind(key, [caller; 32], "a", b"{}").key;
        assert_eq!(key("k", 1), key("k", 1));
        assert_ne!(key("k", 1), key("k", 2));
        assert_ne!(key("k", 1), key("l", 1));
    }
}
