//! Takes the common indentation out of a `"""` string.

/// The value of what stands between `"""` and `"""`, where nothing is escaped.
///
/// A first line without text, right after the opening quotes, does not count, nor does a last one before the closing
/// quotes. The indentation that all other lines with text have in common is removed.
pub(crate) fn dedent(inside: &str) -> String {
    let mut lines: Vec<&str> = inside.split('\n').collect();
    let opened = lines.len() > 1 && blank(lines[0]);
    if opened {
        lines.remove(0);
    }
    if lines.len() > 1 || opened {
        lines.pop_if(|last| blank(last));
    }
    // A line that begins after the quotes has no indentation that could be seen.
    let seen = usize::from(!opened);
    let common = common(lines.iter().skip(seen).copied());
    let cut = lines.iter().enumerate().map(|(index, line)| match line.strip_prefix(common.as_str()) {
        Some(rest) if index >= seen => rest,
        None if index >= seen && blank(line) => "",
        _ => line,
    });
    let cut: Vec<_> = cut.map(|line| if blank(line) { "" } else { line }).collect();
    cut.join("\n")
}

/// Whether nothing is to be seen in a line.
pub(crate) fn blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// The indentation that all lines with text have in common.
fn common<'l>(lines: impl Iterator<Item = &'l str>) -> String {
    let mut common: Option<&str> = None;
    for line in lines.filter(|line| !blank(line)) {
        let indent = &line[..line.len() - line.trim_start().len()];
        common = Some(match common {
            None => indent,
            Some(known) => {
                let same = known.char_indices().zip(indent.chars()).find(|((_, one), two)| one != two);
                let length = same.map_or(known.len().min(indent.len()), |((at, _), _)| at);
                &known[..length]
            }
        });
    }
    common.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::dedent;

    #[test]
    fn what_is_common_is_removed() {
        let cases = [
            ("", ""),
            ("a", "a"),
            ("  a ", "  a "),
            ("\n  a\n    b\n  ", "a\n  b"),
            ("\n  a\n\n  b\n\n  ", "a\n\nb\n"),
            ("\n    a\n  b", "  a\nb"),
            ("a\n    b\n      c\n    ", "a\nb\n  c"),
            ("\n\ta\n  b\n", "\ta\n  b"),
            ("\n\t a\n\t  b\n", "a\n b"),
            ("\n", ""),
            (" \n \n ", ""),
            ("  \n  a  \n   \n", "a  \n"),
            ("\n\u{3000}a\n\u{a0}b", "\u{3000}a\n\u{a0}b"),
        ];
        for (inside, value) in cases {
            assert_eq!(dedent(inside), value, "{inside:?}");
        }
    }
}
