//! Finds where a number ends, with its unit.

/// How many characters of the text, which begins with a digit, are one number.
pub(super) fn length(text: &[char]) -> usize {
    let word = |from: usize| {
        text[from..].iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '_').count() + from
    };
    let signed = |at: usize| {
        // `1e-3`: the sign belongs to the exponent.
        let exponent = text[..at].last().is_some_and(|c| "eE".contains(*c)) && decimal(&text[..at - 1]);
        let sign = text.get(at).is_some_and(|c| "+-".contains(*c));
        if exponent && sign && digit(text, at + 1) { word(at + 1) } else { at }
    };
    let whole = signed(word(0));
    if text.get(whole) == Some(&'.') && digit(text, whole + 1) && decimal(&text[..whole]) {
        signed(word(whole + 1))
    } else {
        whole
    }
}

fn digit(text: &[char], at: usize) -> bool {
    text.get(at).is_some_and(char::is_ascii_digit)
}

/// Whether it is written with decimal digits alone.
fn decimal(text: &[char]) -> bool {
    text.iter().all(|c| c.is_ascii_digit() || "_.".contains(*c))
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn numbers_end_after_their_unit() {
        let cases = [
            ("1000", 4),
            ("800ms ", 5),
            ("1.5s,", 4),
            ("1_000ms", 7),
            ("0.25]", 4),
            ("1e3", 3),
            ("1e-3s", 5),
            ("2.5e+3", 6),
            ("0x1e-3", 4),
            ("1.x", 1),
            ("1..2", 1),
            ("5m30s", 5),
            ("3d-x", 2),
        ];
        for (text, expected) in cases {
            assert_eq!(length(&text.chars().collect::<Vec<_>>()), expected, "{text}");
        }
    }
}
