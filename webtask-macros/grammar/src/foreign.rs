//! The words that other tools have, and what is written here instead: one table, beside that of our own words.
//!
//! The parser takes its help from it, and the page "Coming from other tools" is written from it.

mod options;
mod steps;

use crate::keyword::one_of;

pub use self::options::OPTIONS;
pub use self::steps::STEPS;

/// Words that belong together.
#[derive(Debug)]
pub struct Group {
    /// What they are about.
    pub title: &'static str,
    /// Where they would stand.
    pub at: At,
    /// The words.
    pub rows: &'static [Foreign],
}

/// Words of other tools that mean the same.
#[derive(Debug)]
pub struct Foreign {
    /// The words, in lower case. A space may be written as a hyphen, as `_`, or not at all; a hyphen may not be a space.
    pub words: &'static [&'static str],
    /// What is written here; several when it depends on what is wanted. `"SEL"`, `"URL"`, `"KEY"` and `"…"` stand for
    /// what the user has written.
    pub write: &'static [&'static str],
    /// What there is to say when nothing is written in its stead.
    pub note: &'static str,
}

/// Where a [`Foreign`] word would stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Where a step, or a line of the header, begins.
    Step,
    /// After that step or line's word; after any when it is empty.
    Option(&'static str),
    /// After the name of an input.
    Type,
    /// After the name of a field.
    Field,
    /// After a field's selector.
    Modifier,
}

/// An identifier of the source, as it is compared with the table.
#[derive(Debug)]
pub(crate) struct Piece {
    /// In lower case, without `_`.
    pub(crate) text: String,
    /// Whether a hyphen stands before it.
    pub(crate) hyphen: bool,
    /// How many tokens it and what is before it take.
    pub(crate) tokens: usize,
}

/// The row whose word is the longest that the pieces begin with, and how many tokens that takes.
pub(crate) fn find(at: At, pieces: &[Piece]) -> Option<(&'static Foreign, usize)> {
    let groups = STEPS.iter().chain(OPTIONS).filter(|group| group.at == at);
    let rows = groups.flat_map(|group| group.rows);
    rows.flat_map(|row| row.words.iter().map(move |word| (row, *word)))
        .filter_map(|(row, word)| Some((row, taken(word, pieces)?)))
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// How many tokens a word takes of the pieces; none when it is not there. The whole table is asked for a word, so nothing is
/// made of what does not even begin like it.
fn taken(word: &str, pieces: &[Piece]) -> Option<usize> {
    let mut letters = word.bytes().filter(|byte| !PARTING.contains(&char::from(*byte)));
    let mut tokens = 0;
    for (index, piece) in pieces.iter().enumerate() {
        let begins =
            piece.text.bytes().all(|byte| letters.next().is_some_and(|own| own.eq_ignore_ascii_case(&byte)));
        if !begins || index > 0 && !piece.hyphen && word.contains('-') {
            return None;
        }
        tokens += piece.tokens;
        if letters.clone().next().is_none() {
            return Some(tokens);
        }
    }
    None
}

/// What parts a word, and counts for nothing.
const PARTING: [char; 3] = [' ', '-', '_'];

/// A word as it is compared: in lower case, without what parts it.
pub(crate) fn squeezed(word: &str) -> String {
    word.to_ascii_lowercase().replace(PARTING, "")
}

impl Foreign {
    /// What to write instead, with the user's own strings where their number fits.
    pub(crate) fn help(&self, strings: &[String], text: bool) -> String {
        if self.write == ["end"] && !text {
            return "a block ends with `}`: write that, or remove this".to_owned();
        }
        let written: Vec<_> = self.write.iter().map(|write| filled(write, strings)).collect();
        let written = one_of(written.iter().map(String::as_str));
        match (written.as_str(), self.note) {
            ("", note) => note.to_owned(),
            (written, "") => format!("write {written}"),
            (written, note) => format!("write {written}: {note}"),
        }
    }
}

/// What is written here, with the user's strings for what stands for them.
fn filled(write: &str, strings: &[String]) -> String {
    const MARKS: &[&str] = &["\"SEL\"", "\"URL\"", "\"KEY\"", "\"…\""];
    let mut marks: Vec<_> = MARKS.iter().flat_map(|mark| write.match_indices(mark)).collect();
    marks.sort_unstable();
    let fits = |(mark, string): (&(usize, &str), &String)| {
        !string.contains(['`', '\n'])
            && (mark.1 != "\"URL\"" || string.contains("://") || string.contains("{{"))
    };
    if marks.len() != strings.len() || !marks.iter().zip(strings).all(fits) {
        return write.to_owned();
    }
    let mut out = String::new();
    let mut at = 0;
    for ((start, mark), string) in marks.into_iter().zip(strings) {
        out.push_str(&write[at..start]);
        out.push_str(string);
        at = start + mark.len();
    }
    out + &write[at..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(words: &[(&str, bool)]) -> Vec<Piece> {
        let piece = |(text, hyphen): &(&str, bool)| Piece {
            text: squeezed(text),
            hyphen: *hyphen,
            tokens: 1 + usize::from(*hyphen),
        };
        words.iter().map(piece).collect()
    }

    fn help(words: &[(&str, bool)], strings: &[&str]) -> Option<(String, usize)> {
        let strings: Vec<_> = strings.iter().map(|string| (*string).to_owned()).collect();
        find(At::Step, &pieces(words)).map(|(row, tokens)| (row.help(&strings, true), tokens))
    }

    #[test]
    fn a_word_is_found_however_it_is_parted() {
        let expected = Some("write `wait until \"SEL\" visible`");
        for words in [
            &[("waitForSelector", false)][..],
            &[("wait_for_selector", false)],
            &[("wait", false), ("for", false), ("selector", false)],
            &[("wait", false), ("for", true), ("selector", true)],
        ] {
            let found = help(words, &[]);
            assert_eq!(found.as_ref().map(|(help, _)| help.as_str()), expected, "{words:?}");
        }
        // The longest counts, and what follows it is left.
        let (_, tokens) = help(&[("wait", false), ("for", false), ("item", false)], &[]).expect("`wait for`");
        assert_eq!(tokens, 2);
        // `http get x` is our own.
        assert_eq!(help(&[("http", false), ("get", false)], &[]), None);
        assert_eq!(help(&[("http", false), ("get", true)], &[]).map(|(_, tokens)| tokens), Some(3));
        assert_eq!(help(&[("frobnicate", false)], &[]), None);
    }

    #[test]
    fn the_help_has_the_users_own_strings() {
        let told = |word, strings: &[&str]| help(&[(word, false)], strings).expect("a row").0;
        assert_eq!(told("visit", &["\"https://a.example\""]), "write `goto \"https://a.example\"`");
        assert_eq!(told("visit", &["\"/login\""]), "write `goto \"URL\"`");
        assert_eq!(
            told("type", &["\"#q\"", "\"tea\""]),
            "write `sendkeys \"#q\" keys \"tea\"` or `fill \"#q\" with \"tea\"`"
        );
        assert_eq!(
            told("type", &["\"tea\""]),
            "write `sendkeys \"SEL\" keys \"…\"` or `fill \"SEL\" with \"…\"`"
        );
    }
}
