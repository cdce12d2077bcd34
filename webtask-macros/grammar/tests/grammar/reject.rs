//! What the parser says: every mistake with its token, its message and its help.

mod capture;
mod condition;
mod data;
mod extract;
mod flow;
mod header;
mod input;
mod step;
mod value;

use webtask_grammar::keyword::{self, Room, Word};

use super::common::{body, problems, read};

/// The cases of all rooms.
fn cases() -> impl Iterator<Item = &'static (&'static str, &'static [&'static str])> {
    [
        data::CASES,
        capture::CASES,
        condition::CASES,
        header::CASES,
        input::CASES,
        step::CASES,
        value::CASES,
        extract::CASES,
        flow::CASES,
    ]
    .into_iter()
    .flatten()
}

#[test]
fn every_mistake_is_told_at_its_token() {
    let mut wrong = Vec::new();
    for (source, expected) in cases() {
        let told = problems(source);
        if told != *expected {
            wrong.push(format!("{source}\n  told {told:?}\n  not  {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_word_of_the_table_has_a_reject_case() {
    for word in Word::of(Room::Header).chain(Word::of(Room::Step)) {
        let found = cases().any(|(source, _)| source.starts_with(word.name));
        assert!(found, "no case of `{}`", word.name);
        for option in word.option_words() {
            let found = cases().any(|(source, _)| source.starts_with(word.name) && source.contains(option));
            assert!(found, "no case of `{option}` of `{}`", word.name);
        }
    }
    for word in Word::of(Room::Field) {
        let usage = format!("write `{}`", word.syntax());
        let found = extract::CASES.iter().any(|(_, told)| told.iter().any(|line| line.ends_with(&usage)));
        assert!(found, "no case of the field word `{}`", word.name);
    }
}

#[test]
fn every_mistake_in_what_stands_outside_a_task() {
    let cases: &[(&str, &[&str])] = &[
        ("tsk \"a\" { wait 0; }", &["1:1 tsk | expected `task`, found `tsk` | did you mean `task`?"]),
        (
            "\"a\" { wait 0; }",
            &["1:1 \"a\" | expected `task`, found `\"a\"` | write `task \"SLUG\" [as NAME] [-> TYPE] { … }`"],
        ),
        (
            "wait 0; task \"a\" { wait 0; }",
            &["1:1 wait | expected `task`, found `wait` | write `task \"SLUG\" [as NAME] [-> TYPE] { … }`"],
        ),
        ("task a { wait 0; }", &["1:6 a | expected `\"SLUG\"`, found `a` | write `task \"a\"`"]),
        (
            "task { wait 0; }",
            &["1:6 { | expected `\"SLUG\"`, found `{ … }` | write `task \"SLUG\" [as NAME] [-> TYPE] { … }`"],
        ),
        ("task \"\" { wait 0; }", &["1:6 \"\" | empty slug | write what the task is called by"]),
        (
            "task \"Shop//Price list\" { wait 0; }",
            &["1:6 \"Shop//Price list\" | bad slug `Shop//Price list` | \
               a slug has parts of `a-z 0-9 - _`, with `/` between: write `\"shop/price-list\"`"],
        ),
        ("task \"a\" az b { wait 0; }", &["1:10 az | unknown option `az` of `task` | did you mean `as`?"]),
        ("task \"a\" as b as c { wait 0; }", &["1:15 as | duplicate `as` | remove it"]),
        ("task \"a\" -> u8 -> u8 { wait 0; }", &["1:16 - | duplicate `->` | remove it"]),
        (
            "/// One.\ntask \"a\" { doc \"b\"; doc \"c\"; }",
            &["2:12 doc | duplicate `doc` | remove it", "2:21 doc | duplicate `doc` | remove it"],
        ),
        ("task \"a\" as cx { wait 0; }", &["1:13 cx | `cx` is reserved | choose another name"]),
        (
            "task \"a\" -> 5 { wait 0; }",
            &["1:13 5 | expected `TYPE`, found `5` | write `task \"SLUG\" [as NAME] [-> TYPE] { … }`"],
        ),
        ("task \"a\"", &["1:6 \"a\" | missing `{ … }` | write `task \"SLUG\" [as NAME] [-> TYPE] { … }`"]),
        (
            "#[] pub() task \"a\" { }",
            &[
                "1:3 ] | bad Rust: unexpected end of input, expected identifier | ",
                "1:8 () | bad Rust: unexpected token | ",
            ],
        ),
        ("task \"a\" { } task \"a\" { }", &["1:19 \"a\" | duplicate task `a` | change one of the slugs"]),
        (
            "task \"a-b\" { } task \"a/b\" { }",
            &["1:21 \"a/b\" | another task already becomes the function `a_b` | \
               give it another name: `task \"a/b\" as NAME`"],
        ),
    ];
    for (source, expected) in cases {
        let (tasks, told) = read(source);
        assert_eq!(told, *expected, "{source}");
        assert!(!tasks.is_empty(), "{source}");
    }
}

#[test]
fn three_mistakes_are_three_problems_and_the_rest_is_read() {
    let source = r##"
        task "shop/price" {
            timeout 5m30s;
            goto "https://shop.example/{{id}}" until doom;
            extract item from ".item" {
                price text ".price" float;
            }
            clik "a";
            wait 0;
        }
    "##;
    let (tasks, told) = read(source);
    assert_eq!(
        told,
        [
            "3:21 5m30s | bad duration `5m30s` | write `330s`",
            "4:54 doom | unknown word `doom` | did you mean `dom`?",
            "8:13 clik | unknown step `clik` | did you mean `click`?",
        ]
    );
    let expected = "goto \"https://shop.example/⟨id @UrlPath⟩\" Load\n\
                    extract item from \".item\"\n  price text \".price\" float\nwait 0ns";
    assert_eq!(body(&tasks[0].body), expected);
}

#[test]
fn a_missing_semicolon_loses_no_step() {
    let (tasks, told) =
        read("task \"t\" {\n wait 0\n goto \"https://a/\" until\n click \"a\";\n status 5\n wait 0; }");
    let expected = [
        "2:7 0 | missing `;` | end the `wait` with `;`",
        "3:20 until | missing `load|dom|idle` | write `goto [NAME] \"URL\" [expect ok|any|CODE, …] [until load|dom|idle] [timeout D]`",
        "5:9 5 | expected `\"…\"`, found `5` | write `status \"…\"`",
    ];
    assert_eq!(told, expected);
    assert_eq!(body(&tasks[0].body), "wait 0ns\ngoto \"https://a/\" Load\nclick \"a\"\nwait 0ns");
}

#[test]
fn the_names_of_a_broken_step_are_kept() {
    let (tasks, _) = read("task \"t\" { extrct page from \"a\" { b text \"c\"; } js info 5; wait 0; }");
    let lost: Vec<_> = tasks[0].lost.iter().map(|name| name.text.as_str()).collect();
    assert_eq!(lost, ["extrct", "page", "from", "a", "b", "text", "c", "js", "info"]);
}

#[test]
fn what_is_nested_too_deep_is_refused() {
    let deep = format!("set x {}1{};", "[".repeat(5000), "]".repeat(5000));
    let told = problems(&deep);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("nested deeper than 100"), "{told:?}");
    let deep = format!("set x: {}u8{} 1;", "(".repeat(100_000), ")".repeat(100_000));
    assert_eq!(problems(&deep).len(), 1);
    let long = format!("set x: {}u8{} 1;", "Vec<".repeat(5000), ">".repeat(5000));
    assert_eq!(problems(&long).len(), 0);
    let deep = format!("clik {}{};", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(problems(&deep).len(), 2);
    let deep = format!("{}{}", "retry 2 { ".repeat(1000), "}".repeat(1000));
    assert_eq!(problems(&deep).len(), 1);
}

#[test]
fn a_misspelt_word_has_a_nearest_one() {
    let cases = [
        ("clik", Some("click")),
        ("Goto", Some("goto")),
        ("foreach", Some("for each")),
        ("waituntil", Some("wait until")),
        ("retrn", Some("return")),
        ("colour", None),
        ("x", None),
        ("", None),
    ];
    for (word, expected) in cases {
        let words = Word::of(Room::Step).map(|word| word.name);
        assert_eq!(keyword::nearest(word, words), expected, "{word}");
    }
}
