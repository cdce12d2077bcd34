//! Finds where a string ends; it knows nothing of what stands before or after it.

/// A string's beginning: its prefix, and how it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    /// How many characters it has, with the quote.
    pub(super) length: usize,
    /// How many `#` close it.
    pub(super) hashes: usize,
    /// Whether a backslash escapes.
    pub(super) escapes: bool,
}

/// The opening of a Rust string at the beginning of the text: `"`, `r"`, `r#"`, `b"`, `br"`, `c"`, `cr"`.
pub(super) fn opening(text: &[char]) -> Option<Opening> {
    let mut at = usize::from(text.first().is_some_and(|c| "bc".contains(*c)));
    let raw = text.get(at) == Some(&'r');
    at += usize::from(raw);
    let hashes = if raw { text[at..].iter().take_while(|c| **c == '#').count() } else { 0 };
    at += hashes;
    (text.get(at) == Some(&'"')).then_some(Opening { length: at + 1, hashes, escapes: !raw })
}

impl Opening {
    /// How many characters the string has that begins the text; none when it is not closed.
    pub(super) fn end(self, text: &[char]) -> Option<usize> {
        let mut at = self.length;
        while at < text.len() {
            match text[at] {
                '\\' if self.escapes => at += 2,
                '"' if text[at + 1..].iter().take_while(|c| **c == '#').count() >= self.hashes => {
                    return Some(at + 1 + self.hashes);
                }
                _ => at += 1,
            }
        }
        None
    }

    /// What closes it.
    pub(super) fn closing(self) -> String {
        format!("\"{}", "#".repeat(self.hashes))
    }
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn strings_end_where_rust_ends_them() {
        let cases = [
            (r#""a" b"#, Some(3)),
            (r#""a\" b" c"#, Some(7)),
            (r#""a\\" b""#, Some(5)),
            (r#"r"\" b"#, Some(4)),
            (r##"r#"a" "# b"##, Some(8)),
            (r#"b"a" "#, Some(4)),
            (r#"cr"\""#, Some(5)),
            (r#""a\"#, None),
            (r##"r#"a""##, None),
        ];
        for (text, expected) in cases {
            let text: Vec<char> = text.chars().collect();
            let end = opening(&text).expect("it opens").end(&text);
            assert_eq!(end, expected, "{text:?}");
        }
        for text in ["", "r", "r#", "r#x", "bx\"", "rb\"\""] {
            assert_eq!(opening(&text.chars().collect::<Vec<_>>()), None, "{text}");
        }
    }
}
