//! What the fuzzer kept (`fuzz/corpus.tar.gz`), asked again without it: no text makes the grammar panic, and what has no problem
//! is laid out in one way.

use std::io::Read as _;

use flate2::read::GzDecoder;
use proc_macro2::TokenStream;
use tar::Archive;
use webtask_grammar::{Problems, Source, format, parse, parse_text, resolve};

/// The texts that were kept for a target; what is no UTF-8 is none for it either.
fn texts(target: &str) -> Vec<String> {
    let packed = &include_bytes!("../../fuzz/corpus.tar.gz")[..];
    let mut archive = Archive::new(GzDecoder::new(packed));
    let mut texts = Vec::new();
    for entry in archive.entries().expect("an archive") {
        let mut entry = entry.expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its content");
        let is_file = entry.header().entry_type().is_file();
        if is_file && entry.path().expect("a path").starts_with(target) {
            texts.extend(String::from_utf8(bytes));
        }
    }
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
