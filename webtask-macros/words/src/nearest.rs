//! "Did you mean": the known word that is most like a misspelt one.

use strsim::{jaro_winkler, osa_distance};

/// The known word nearest to a misspelt one, if one is near enough. In words of more than two letters, case makes no
/// difference.
///
/// A known word may be a phrase: its first word alone can be what was meant.
#[must_use]
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if word.is_empty() {
        return None;
    }
    let (word, length) = (word.to_lowercase(), word.chars().count());
    let limit = |known: &str| (length.min(known.chars().count()) / 3).max(1);
    known
        .into_iter()
        // Comparing costs the product of both lengths, and a caller's word may be as long as a body.
        .filter(|known| {
            let first = known.split(' ').next().unwrap_or(known);
            [*known, first].iter().any(|like| length.abs_diff(like.chars().count()) <= limit(known))
        })
        .map(|known| {
            // Of names as short as `A4`, one letter is too much of them.
            let lower = if known.len() > 2 { known.to_lowercase() } else { known.to_owned() };
            let first = lower.split(' ').next().unwrap_or(&lower);
            let whole = osa_distance(&word, &lower);
            (whole.min(osa_distance(&word, first)), whole, 1.0 - jaro_winkler(&word, &lower), known)
        })
        .filter(|(distance, .., known)| {
            *distance <= limit(known) && *distance < length.min(known.chars().count()).max(2)
        })
        // Of two that are equally near, the one that is more alike as a whole.
        .min_by(|(one, one_whole, one_unlike, _), (two, two_whole, two_unlike, _)| {
            one.cmp(two).then(one_whole.cmp(two_whole)).then(one_unlike.total_cmp(two_unlike))
        })
        .map(|(.., known)| known)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    const KNOWN: [&str; 5] = ["click", "for each", "goto", "maxItems", "A4"];

    #[test]
    fn a_misspelt_word_has_a_nearest_one() {
        for (word, expected) in [
            ("clik", Some("click")),
            ("lcick", Some("click")),
            ("Goto", Some("goto")),
            ("foreach", Some("for each")),
            ("fro", Some("for each")),
            ("maxitms", Some("maxItems")),
            ("maxItem", Some("maxItems")),
            ("A5", None),
            ("colour", None),
            ("xyz", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, KNOWN), expected, "{word}");
        }
    }

    #[test]
    fn a_word_that_is_much_longer_is_not_compared() {
        // Comparing these two would take hours.
        let (long, longer) = ("click".repeat(100_000), "click".repeat(1_000_000));
        assert_eq!(nearest(&longer, [long.as_str(), "click"]), None);
    }
}
