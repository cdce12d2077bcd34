//! A duration as people write it: `800ms`, `1.5s`, or whole milliseconds.

use std::time::Duration;

/// The units of a [`duration`].
pub const UNITS: &[&str] = &["ms", "s", "m", "h"];

/// The duration that a text means: `800ms`, `30s`, `1.5m`, `1h`, or whole milliseconds without a unit. Underscores may
/// stand between the digits.
#[must_use]
pub fn duration(text: &str) -> Option<Duration> {
    let text = text.replace('_', "");
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let nanos: u128 = match unit {
        "" | "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    };
    let (whole, fraction) = match number.split_once('.') {
        Some(_) if unit.is_empty() => return None,
        Some((_, "")) => return None,
        Some(split) => split,
        None => (number, ""),
    };
    let mut total = whole.parse::<u128>().ok()?.checked_mul(nanos)?;
    let mut scale = nanos;
    for digit in fraction.chars() {
        scale /= 10;
        total = total.checked_add(u128::from(digit.to_digit(10)?) * scale)?;
    }
    // A time limit is counted in milliseconds of 64 bits.
    let millis = u64::try_from(total / 1_000_000).ok()?;
    let rest = u32::try_from(total % 1_000_000).ok()?;
    Some(Duration::from_millis(millis) + Duration::from_nanos(u64::from(rest)))
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations() {
        let cases = [
            ("0", 0.0),
            ("1000", 1.0),
            ("800ms", 0.8),
            ("1_000ms", 1.0),
            ("30s", 30.0),
            ("1.5s", 1.5),
            ("0.25ms", 0.000_25),
            ("2m", 120.0),
            ("0.5m", 30.0),
            ("1h", 3600.0),
            ("18446744073709551615", 18_446_744_073_709_551.615),
        ];
        for (text, seconds) in cases {
            assert_eq!(duration(text).map(|d| d.as_secs_f64()), Some(seconds), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration() {
        for text in [
            "1.5",
            "5m30s",
            "0x10ms",
            "0x10",
            "1e3",
            "1e3ms",
            "-5ms",
            "10min",
            "10S",
            "1.",
            "1.s",
            "",
            "ms",
            "0b1s",
            "18446744073709551616",
            "340282366920938463463374607431768211456h",
            "9999999999999999999h",
            "1.5.5s",
            "5u64",
            "'s'",
        ] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
