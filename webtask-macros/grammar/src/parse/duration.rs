//! What is said of a duration that is not one, or that lacks its unit.

use std::time::Duration;

pub(super) use webtask_words::duration as read;

/// What to write.
pub(super) const HELP: &str = "write it as `800ms`, `30s`, `1.5s`, `2m`, `1h`, or in whole milliseconds";

/// The least number of milliseconds that may stand without its unit: below it, seconds are meant as often.
const BARE: u64 = 50;

/// The names of units, as other tools and people have them.
const NAMES: &[(&str, &[&str])] = &[
    ("ms", &["ms", "msec", "msecs", "millis", "millisecond", "milliseconds"]),
    ("s", &["s", "sec", "secs", "second", "seconds"]),
    ("m", &["m", "min", "mins", "minute", "minutes"]),
    ("h", &["h", "hr", "hrs", "hour", "hours"]),
];

/// The unit that a word means.
pub(super) fn unit(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&word.as_str())).map(|(unit, _)| *unit)
}

/// Asks for the unit of a number that may mean seconds or milliseconds: what to write.
pub(super) fn ask(repr: &str) -> Option<String> {
    let number = repr.replace('_', "").parse::<u64>().ok()?;
    (1..BARE).contains(&number).then(|| format!("write `{number}s` or `{number}ms`"))
}

/// What to write instead of a duration that cannot be read.
pub(super) fn help(repr: &str) -> String {
    let repr = repr.trim().replace([' ', '_'], "");
    let end = repr.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(repr.len());
    let (number, word) = repr.split_at(end);
    let unit = if word.is_empty() { Some("s").filter(|_| number.contains('.')) } else { unit(word) };
    let written = unit.map(|unit| format!("{number}{unit}")).filter(|written| read(written).is_some());
    written.or_else(|| several(&repr)).map_or_else(|| HELP.to_owned(), |written| format!("write `{written}`"))
}

/// `5m30s` in its smallest unit.
fn several(repr: &str) -> Option<String> {
    let mut rest = repr;
    let (mut total, mut smallest) = (Duration::ZERO, "h");
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let letters = rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |at| digits + at);
        smallest = unit(&rest[digits..letters])?;
        total = total.checked_add(read(&format!("{}{smallest}", &rest[..digits]))?)?;
        rest = &rest[letters..];
    }
    let one = read(&format!("1{smallest}"))?.as_millis();
    (total.as_millis() % one == 0).then(|| format!("{}{smallest}", total.as_millis() / one))
}

#[cfg(test)]
mod tests {
    use super::{HELP, ask, help};

    #[test]
    fn a_small_number_is_asked_for_its_unit() {
        assert_eq!(ask("5").as_deref(), Some("write `5s` or `5ms`"));
        assert_eq!(ask("4_9").as_deref(), Some("write `49s` or `49ms`"));
        for repr in ["0", "50", "1000", "5ms", "5s", "1.5", "x"] {
            assert_eq!(ask(repr), None, "{repr}");
        }
    }

    #[test]
    fn what_was_meant_is_said() {
        let cases = [
            ("1.5", "1.5s"),
            ("10min", "10m"),
            ("5sec", "5s"),
            ("5 Seconds", "5s"),
            ("300 millis", "300ms"),
            ("5m30s", "330s"),
            ("1h30m", "90m"),
            ("1s500ms", "1500ms"),
        ];
        for (repr, written) in cases {
            assert_eq!(help(repr), format!("write `{written}`"), "{repr}");
        }
        for repr in ["soon", "5x", "0x10", "1e3", "s", "-5s", "99999999999999999999h1m", "5u64"] {
            assert_eq!(help(repr), HELP, "{repr}");
        }
    }
}
