//! A value inside a locator: what it says is looked for, and never how.

/// Inside a text without quotes, which ends at `>>` and is none when it begins with a quote or `/`.
pub(super) fn text(value: &str, out: &mut String) {
    for c in value.chars() {
        if matches!(c, '\\' | '"' | '\'' | '/' | '>') {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Inside a string of an XPath, which has no escapes: quotes are characters that no text has, which the page knows.
pub(super) fn xpath(value: &str, out: &mut String) {
    out.extend(value.chars().map(|c| match c {
        '\'' => '\u{fdd0}',
        '"' => '\u{fdd1}',
        '\u{fdd0}' | '\u{fdd1}' | '\0' => char::REPLACEMENT_CHARACTER,
        other => other,
    }));
}
