//! Recipes as somebody new writes them, with the habits of other tools and languages: what is said of each, in both spellings.
//!
//! `tests/newcomer/recipes.txt` has them, `tests/newcomer/told.txt` what is said; `WEBTASK_BLESS=1` writes the latter anew.
//! Whoever reads it asks of each line: does it name the mistake, can its help be pasted, and is it the only one?

use std::fmt::Write as _;
use std::path::Path;

use webtask_grammar::{Problems, Source, parse, parse_text, resolve};

/// What stands between two recipes, and between the two spellings of one.
const NEXT: &str = "\n====\n";
const TEXT: &str = "\n----\n";

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/newcomer")
}

/// The recipe inline and as text. Where only one is written, a line of the other has no `;`.
fn spellings(recipe: &str) -> (String, String) {
    match recipe.split_once(TEXT) {
        Some((inline, text)) => (inline.to_owned(), text.to_owned()),
        None => {
            let lines: Vec<_> = recipe.lines().map(|line| line.trim_end_matches(';')).collect();
            (recipe.to_owned(), lines.join("\n"))
        }
    }
}

fn told(mut problems: Problems) -> Vec<String> {
    let told = problems.take().into_iter().map(|problem| {
        let start = problem.span.start();
        // The steps begin on the task's second line.
        let place = format!("{}:{}", start.line - 1, start.column + 1);
        format!("{place} {}\n      help: {}", problem.message, problem.help.unwrap_or_default())
    });
    told.collect()
}

fn inline(steps: &str) -> Vec<String> {
    let tokens = format!("task \"shop/list\" {{\n{steps}\n}}").parse().expect(steps);
    let mut problems = Problems::new();
    let tasks = parse(tokens, &mut problems);
    resolve(&tasks, &mut problems);
    told(problems)
}

fn text(steps: &str) -> Vec<String> {
    let source = Source::new("list.webtask", &format!("task \"shop/list\"\n{steps}\nend\n"));
    let mut problems = Problems::new();
    let tasks = parse_text(&source, &mut problems);
    resolve(&tasks, &mut problems);
    told(problems)
}

#[test]
fn each_mistake_is_told_once_and_well() {
    let recipes = std::fs::read_to_string(folder().join("recipes.txt")).expect("it is there");
    let mut out = String::new();
    for recipe in recipes.trim().split(NEXT) {
        let (one, other) = spellings(recipe);
        let (one_told, other_told) = (inline(&one), text(&other));
        assert!(!one_told.is_empty(), "nothing is said of this:\n{one}");
        assert!(!other_told.is_empty(), "nothing is said of this:\n{other}");
        let _ = writeln!(out, "{one}\n    {}", one_told.join("\n    "));
        if one_told != other_told {
            let _ = writeln!(out, "{other}\n    {}", other_told.join("\n    "));
        }
        out.push('\n');
    }
    let path = folder().join("told.txt");
    if std::env::var_os("WEBTASK_BLESS").is_some() {
        std::fs::write(&path, &out).expect("it can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("it is there");
    assert!(kept == out, "other messages than expected; bless them and read the diff");
}

#[test]
fn what_is_right_is_taken() {
    let recipes = std::fs::read_to_string(folder().join("right.txt")).expect("it is there");
    for recipe in recipes.trim().split(NEXT) {
        let (one, other) = spellings(recipe);
        assert_eq!(inline(&one), [""; 0], "{one}");
        assert_eq!(text(&other), [""; 0], "{other}");
    }
}
