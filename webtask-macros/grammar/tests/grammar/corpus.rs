//! What the fuzzer kept (`fuzz/corpus`), asked again without it: no text makes the grammar panic, and what has no problem
//! is laid out in one way.

use std::fs;
use std::path::Path;

use proc_macro2::TokenStream;
use webtask_grammar::{Problems, Source, format, parse, parse_text, resolve};

/// The texts that were kept for a target; what is no UTF-8 is none for it either.
fn texts(target: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = fs::read_dir(folder).expect("the corpus is there");
    let texts: Vec<_> = files
        .filter_map(|file| fs::read_to_string(file.expect("the folder can be read").path()).ok())
        .collect();
    assert!(texts.len() > 100, "`{target}` has but {} texts", texts.len());
    texts
}

#[test]
fn every_inline_text_is_survived() {
    for text in texts("inline") {
        if let Ok(tokens) = text.parse::<TokenStream>() {
            let mut problems = Problems::new();
            let tasks = parse(tokens, &mut problems);
            resolve(&tasks, &mut problems);
            let _ = problems.take();
        }
    }
}

#[test]
fn every_file_is_survived_and_laid_out_in_one_way() {
    for text in texts("text") {
        let source = Source::new("a.webtask", &text);
        let mut problems = Problems::new();
        let tasks = parse_text(&source, &mut problems);
        let good = problems.is_empty();
        resolve(&tasks, &mut problems);
        for problem in problems.take() {
            let _ = source.report(&problem);
        }
        if good {
            let once = format(&source).expect("it has no problem");
            let again = Source::new("a.webtask", &once);
            assert_eq!(format(&again).expect("it was laid out"), once);
            assert!(parse_text(&again, &mut problems) == tasks, "another tree:\n{once}");
        }
    }
}
