//! A value inside HTML: in a text, or in an attribute's value between quotes.

/// Writes a value so that it ends neither the text nor the attribute.
pub(super) fn text(value: &str, out: &mut String) {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A parser would make a line feed of it.
            '\r' => out.push_str("&#13;"),
            // HTML has no way to write it.
            '\0' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}
