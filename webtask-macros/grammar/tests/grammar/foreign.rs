//! The words of other tools: none is one of ours, and what is written instead is a recipe's.

use std::collections::HashSet;

use webtask_grammar::foreign::{At, Foreign, Group, OPTIONS, STEPS};
use webtask_grammar::keyword::{Choice, MODIFIERS, Room, WORDS, Word};

use super::common::problems;

fn groups() -> impl Iterator<Item = &'static Group> {
    STEPS.iter().chain(OPTIONS)
}

fn rows(at: At) -> impl Iterator<Item = &'static Foreign> {
    groups().filter(move |group| group.at == at).flat_map(|group| group.rows)
}

/// The words of ours that stand there.
fn ours(at: At) -> Vec<&'static str> {
    match at {
        At::Step => Word::of(Room::Step).chain(Word::of(Room::Header)).map(|word| word.name).collect(),
        At::Option(name) => {
            WORDS.iter().filter(|word| word.name == name).flat_map(Word::option_words).collect()
        }
        At::Type => vec!["string", "int", "float", "bool", "list", "map"],
        At::Field => Word::of(Room::Field).map(|word| word.name).collect(),
        At::Modifier => MODIFIERS.iter().flat_map(Choice::words).collect(),
    }
}

#[test]
fn no_row_is_a_word_of_ours() {
    for group in groups() {
        let ours = ours(group.at);
        for word in group.rows.iter().flat_map(|row| row.words) {
            assert!(!ours.contains(word), "`{word}` of {:?} is one of ours now: take it out", group.at);
            assert_eq!(*word, word.to_ascii_lowercase(), "{:?}", group.at);
        }
    }
    for group in groups() {
        if let At::Option(name) = group.at {
            assert!(name.is_empty() || WORDS.iter().any(|word| word.name == name), "no word `{name}`");
        }
    }
}

/// `set value 1` sets a name: such a word counts only when it is joined, as `set-value`.
#[test]
fn no_row_hides_a_name() {
    for word in rows(At::Step).flat_map(|row| row.words) {
        let Some((first, _)) = word.split_once(' ') else { continue };
        let named =
            |word: &Word| word.name == first && word.parts.trim_start_matches('[').starts_with("NAME");
        assert!(!WORDS.iter().any(named), "`{word}` may be `{first}` with a name");
    }
}

#[test]
fn each_word_stands_once() {
    for at in groups().map(|group| group.at).collect::<Vec<_>>() {
        let mut seen = HashSet::new();
        for word in rows(at).flat_map(|row| row.words) {
            assert!(seen.insert(word.replace(['-', ' '], "")), "`{word}` stands twice in {at:?}");
        }
        for row in rows(at) {
            assert!(row.write.is_empty() != row.note.is_empty(), "{:?}", row.words);
        }
    }
}

/// What is written instead, with something good for what stands for the user's own.
fn good(write: &str) -> String {
    [
        ("\"SEL\"", "\"#a\""),
        ("\"URL\"", "\"https://a.example/\""),
        ("\"KEY\"", "\"Enter\""),
        ("\"SLUG\"", "\"b\""),
        ("{{LIST}}", "{{b}}"),
        ("\"…\"", "\"return 1\""),
        ("return …", "return 1"),
        ("CONDITION", "js \"return 1\""),
        ("{{NAME}}", "{{b}}"),
        ("ITEM", "item"),
        ("NAME", "a"),
    ]
    .into_iter()
    .fold(write.to_owned(), |all, (from, to)| all.replace(from, to))
}

#[test]
fn what_is_written_instead_is_a_step() {
    for write in rows(At::Step).flat_map(|row| row.write).filter(|write| **write != "end") {
        let step = good(write);
        let block = |body: &str| format!("{step} {{ {body} }}");
        let word = WORDS.iter().filter(|word| step.starts_with(word.name)).max_by_key(|word| word.name.len());
        let source = match word {
            _ if step.starts_with("else") => format!("if js \"return 1\" {{ back; }} {}", block("back;")),
            Some(word) if word.name == "extract" => block("a text \"b\";"),
            Some(word) if !word.block.is_empty() => block("back;"),
            _ => format!("{step};"),
        };
        assert_eq!(problems(&source), Vec::<String>::new(), "{write}");
    }
}

#[test]
fn what_is_written_instead_is_an_option() {
    for group in OPTIONS {
        for write in group.rows.iter().flat_map(|row| row.write) {
            let ours = ours(group.at);
            let word = WORDS.iter().find(|word| At::Option(word.name) == group.at);
            // What follows the step's own word belongs to its parts.
            let known = ours.iter().any(|option| write.split(' ').next() == option.split(' ').next())
                || word.is_some_and(|word| {
                    word.parts.split(' ').any(|part| write.split(' ').next() == Some(part))
                })
                || group.at == At::Option("") && write.starts_with("timeout")
                || group.at == At::Option("set cookies") && write.starts_with("file")
                || group.at == At::Option("js") && write.starts_with("fn");
            assert!(known, "`{write}` is none of {:?}", group.at);
        }
    }
    for write in rows(At::Field).flat_map(|row| row.write) {
        let source = format!(
            "extract a from \"b\" {{ c {}{} }}",
            good(write),
            if write.starts_with("from") { " { d text \"e\"; }" } else { ";" }
        );
        assert_eq!(problems(&source), Vec::<String>::new(), "{write}");
    }
    for write in rows(At::Modifier).flat_map(|row| row.write) {
        let source = format!("extract a from \"b\" {{ c text \"d\" {write}; }}");
        assert_eq!(problems(&source), Vec::<String>::new(), "{write}");
    }
    for write in rows(At::Type).flat_map(|row| row.write) {
        assert_eq!(problems(&format!("input a {write};")), Vec::<String>::new(), "{write}");
    }
}

/// Each word is told at its place, and nothing else with it.
#[test]
fn each_word_gets_the_right_one() {
    for row in rows(At::Step) {
        for word in row.words {
            let told = problems(&format!("{word} \"a\";"));
            let [one] = told.as_slice() else { panic!("{word}: {told:#?}") };
            assert!(one.contains(&format!("| unknown step `{word}` | ")), "{one}");
            let first =
                row.write.first().map_or(row.note, |write| write.split(['"', ' ']).next().unwrap_or(write));
            assert!(*row.write == ["end"] || one.contains(first), "{one}");
        }
    }
    for group in OPTIONS.iter().filter(|group| group.at == At::Type) {
        for word in group.rows.iter().flat_map(|row| row.words).filter(|word| !word.contains(' ')) {
            let told = problems(&format!("input a {word};"));
            let [one] = told.as_slice() else { panic!("{word}: {told:#?}") };
            assert!(one.contains(&format!("| unknown type `{word}` | write `")), "{one}");
        }
    }
}
