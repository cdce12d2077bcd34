//! Which bytes of a file a request asks for, as RFC 9110 reads `Range`. It knows no file.

/// What of a file is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    /// From one byte up to another, which is not part of it.
    Some(u64, u64),
    /// Nothing that the file has.
    None,
}

/// One range is served; several would need a body of many parts, so they get the whole, as does what cannot be read.
pub(super) fn part(range: &str, length: u64) -> Part {
    let Some((unit, ranges)) = range.split_once('=') else { return Part::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Part::Whole;
    }
    let mut found = None;
    for range in ranges.split(',').map(str::trim).filter(|range| !range.is_empty()) {
        match one(range, length) {
            Err(Unreadable) => return Part::Whole,
            Ok(None) => {}
            Ok(Some(_)) if found.is_some() => return Part::Whole,
            Ok(part) => found = part,
        }
    }
    found.map_or(Part::None, |(start, end)| Part::Some(start, end))
}

struct Unreadable;

/// The bytes that one range has of a file of that length, if it has any.
fn one(range: &str, length: u64) -> Result<Option<(u64, u64)>, Unreadable> {
    let (first, last) = range.split_once('-').ok_or(Unreadable)?;
    let (start, end) = match (first.trim_end(), last.trim_start()) {
        ("", last) => (length.saturating_sub(number(last)?), length),
        (first, "") => (number(first)?, length),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if first > last {
                return Err(Unreadable);
            }
            (first, last.saturating_add(1).min(length))
        }
    };
    Ok((start < end).then_some((start, end)))
}

/// A number, however large: past 64 bits there is no file.
fn number(digits: &str) -> Result<u64, Unreadable> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Unreadable);
    }
    Ok(digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_rfc_says() {
        for (range, expected) in [
            ("bytes=2-4", Part::Some(2, 5)),
            ("Bytes = 2 - 4", Part::Some(2, 5)),
            ("bytes=0-0", Part::Some(0, 1)),
            ("bytes=7-", Part::Some(7, 10)),
            ("bytes=-3", Part::Some(7, 10)),
            ("bytes=-30", Part::Some(0, 10)),
            ("bytes=0-99", Part::Some(0, 10)),
            ("bytes=,3-4,", Part::Some(3, 5)),
            ("bytes=3-4,20-", Part::Some(3, 5)),
            ("bytes=10-", Part::None),
            ("bytes=-0", Part::None),
            ("bytes=", Part::None),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=4-2", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=--1", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=1", Part::Whole),
            ("lines=1-2", Part::Whole),
            ("bytes", Part::Whole),
            ("", Part::Whole),
        ] {
            assert_eq!(part(range, 10), expected, "{range}");
        }
    }

    #[test]
    fn no_number_is_too_large() {
        const MOST: &str = "18446744073709551615";
        for (range, expected) in [
            (format!("bytes=0-{MOST}"), Part::Some(0, 10)),
            (format!("bytes={MOST}-{MOST}"), Part::None),
            (format!("bytes={MOST}-"), Part::None),
            (format!("bytes=-{MOST}"), Part::Some(0, 10)),
            (format!("bytes=9-{MOST}{MOST}"), Part::Some(9, 10)),
            (format!("bytes={MOST}{MOST}-"), Part::None),
        ] {
            assert_eq!(part(&range, 10), expected, "{range}");
        }
        assert_eq!(part(&format!("bytes=0-{MOST}"), u64::MAX), Part::Some(0, u64::MAX));
        assert_eq!(part("bytes=0-", 0), Part::None);
    }
}
