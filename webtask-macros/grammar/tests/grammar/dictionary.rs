//! The fuzzer's dictionary, written from the table of words: `fuzz/webtask.dict`.
//!
//! `WEBTASK_BLESS=1 cargo test -p webtask-grammar` writes it anew.

use std::collections::BTreeSet;
use std::path::Path;

use webtask_grammar::keyword::{Choice, WORDS};

/// What belongs to the language and is not a word of the table.
const MARKS: &[&str] = &[
    "\"\"\"", "->", "100ms", "1.5s", "_", "else", "else if", "end", "false", "null", "r#\"", "r\"", "true",
    "{{", "{{{{", "}}", ".length", "|or:",
];

/// The words that stand for themselves among what follows a word.
fn parts(parts: &'static str) -> impl Iterator<Item = &'static str> {
    parts.split([' ', '|', ',', '[', ']']).filter(|part| {
        part.starts_with(|c: char| c.is_ascii_lowercase()) && part.chars().all(char::is_alphanumeric)
    })
}

fn dictionary() -> String {
    let options = || WORDS.iter().flat_map(|word| word.options);
    let words: BTreeSet<_> = WORDS
        .iter()
        .map(|word| word.name)
        .chain(WORDS.iter().flat_map(|word| parts(word.parts)))
        .chain(options().flat_map(Choice::words))
        .chain(options().flat_map(|option| parts(option.parts)))
        .chain(MARKS.iter().copied())
        .collect();
    let lines: String = words
        .iter()
        .map(|word| format!("\"{}\"\n", word.replace('\\', "\\\\").replace('"', "\\\"")))
        .collect();
    format!(
        "# The words and marks of the language, for the fuzzer: written from the table of words.\n{lines}"
    )
}

#[test]
fn the_fuzzer_s_words_are_the_table_s() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/webtask.dict");
    if std::env::var_os("WEBTASK_BLESS").is_some() {
        std::fs::write(&file, dictionary()).expect("the folder can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == dictionary(), "the table of words has changed: bless the fuzzer's dictionary");
}
