//! The text spelling: every text is read without a panic, and one without problems is laid out in one way.

#![no_main]

use libfuzzer_sys::fuzz_target;
use webtask_grammar::{Problems, Source, format, parse_text, resolve};

fuzz_target!(|text: &str| {
    let source = Source::new("a.webtask", text);
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
        let twice = format(&again).unwrap_or_else(|_| panic!("laid out, it cannot be read:\n{once}"));
        assert_eq!(once, twice, "another layout at the second time");
        let other = parse_text(&again, &mut problems);
        assert!(problems.is_empty());
        assert_eq!(tasks.len(), other.len());
        for (task, other) in tasks.iter().zip(&other) {
            assert!(task.body == other.body && task.header == other.header, "another tree:\n{once}");
        }
    }
});
