//! Halves of characters, which JSON may hold and no text of ours can.

/// JSON in which each half of a surrogate pair that stands alone is a replacement character.
pub(crate) fn mended(json: &[u8]) -> Vec<u8> {
    let mut json = json.to_vec();
    let unit = |json: &[u8], at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut at = 0;
    while let Some(next) = json[at..].iter().position(|byte| *byte == b'\\') {
        at += next;
        at += match (unit(&json, at), unit(&json, at + 6)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => 12,
            (Some(0xd800..0xe000), _) => {
                json[at + 2..at + 6].copy_from_slice(b"fffd");
                6
            }
            // Another escape, whose second letter may be a backslash.
            _ => 2,
        };
        at = at.min(json.len());
    }
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_alone_is_replaced_and_a_pair_stays() {
        for (json, text) in [
            (r#""a\ud83d""#, "a\u{fffd}"),
            (r#""\ude00\ud83d\ude00\ud83dx""#, "\u{fffd}\u{1f600}\u{fffd}x"),
            (r#""\\ud83d \\\ud83d""#, "\\ud83d \\\u{fffd}"),
            (r#""\u00e9\n""#, "é\n"),
        ] {
            assert_eq!(serde_json::from_slice::<String>(&mended(json.as_bytes())).expect("JSON"), text);
        }
        assert_eq!(mended(b"\\"), b"\\");
    }
}
