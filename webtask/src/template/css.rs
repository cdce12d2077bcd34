//! A value inside a selector.

use std::fmt::Write as _;

/// Inside a string: nothing that could end it.
pub(super) fn string(value: &str, out: &mut String) {
    for c in value.chars() {
        match c {
            // CSS has no way to write it.
            '\0' => out.push(char::REPLACEMENT_CHARACTER),
            '"' | '\'' | '\\' => out.extend(['\\', c]),
            '\u{1}'..='\u{1f}' | '\u{7f}' | '\u{2028}' | '\u{2029}' => code(c, out),
            _ => out.push(c),
        }
    }
}

/// Inside an identifier: as `CSS.escape` does it.
pub(super) fn ident(value: &str, out: &mut String) {
    let alone = value == "-";
    let mut dash = false;
    for (index, c) in value.chars().enumerate() {
        match c {
            '\0' => out.push(char::REPLACEMENT_CHARACTER),
            '\u{1}'..='\u{1f}' | '\u{7f}' => code(c, out),
            '0'..='9' if index == 0 || (index == 1 && dash) => code(c, out),
            '-' if alone => out.push_str("\\-"),
            '-' | '_' | '0'..='9' | 'a'..='z' | 'A'..='Z' | '\u{80}'.. => out.push(c),
            _ => out.extend(['\\', c]),
        }
        dash = index == 0 && c == '-';
    }
}

/// A character by its number; the space ends the number.
fn code(c: char, out: &mut String) {
    write!(out, "\\{:x} ", u32::from(c)).expect("a string takes everything");
}
