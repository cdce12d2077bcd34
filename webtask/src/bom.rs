//! Byte order marks: what other programs put before a text to say how it is encoded.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

/// The bytes as UTF-8 without a byte order mark. UTF-16 is known by its mark; what has none stays as it is.
pub(crate) fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match Encoding::for_bom(bytes) {
        Some((encoding, length)) if encoding == UTF_8 => Cow::Borrowed(&bytes[length..]),
        Some((encoding, length)) => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
            Cow::Owned(text.into_owned().into_bytes())
        }
        None => Cow::Borrowed(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_the_encoding_and_is_no_text() {
        for (bytes, text) in [
            (&b"\xef\xbb\xbf{\"a\":1}"[..], "{\"a\":1}"),
            (b"\xff\xfe\xe9\0!\0", "é!"),
            (b"\xfe\xff\0\xe9\0!", "é!"),
            (b"plain", "plain"),
            (b"", ""),
        ] {
            assert_eq!(utf8(bytes), text.as_bytes());
        }
        assert_eq!(utf8(b"caf\xe9"), &b"caf\xe9"[..]);
    }
}
