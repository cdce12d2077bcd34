//! What the grammar says of selectors, which a test of the crate `webtask` compares with what Chromium says.
//!
//! `accepted.txt` has a selector a line. `refused.txt` and `stricter.txt` have what is told of each below it; Chromium
//! refuses the first ones too, and takes the others, which can never find an element or end too early.
//! `WEBTASK_BLESS=1 cargo test -p webtask-grammar` writes the reports anew; read the diff.

use std::fmt::Write as _;
use std::path::Path;

use crate::common;

fn file(name: &str) -> (std::path::PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/selectors").join(name);
    let text = std::fs::read_to_string(&path).expect("a file of selectors");
    (path, text)
}

/// The message and the help of what is wrong with a selector.
fn told(selector: &str) -> Vec<String> {
    let problems = common::problems(&format!("click r####\"{selector}\"####;"));
    problems.iter().map(|problem| problem.split_once("#### | ").expect("a message").1.to_owned()).collect()
}

#[test]
fn accepted_selectors_have_no_problem() {
    for selector in file("accepted.txt").1.lines() {
        assert_eq!(told(selector), Vec::<String>::new(), "{selector}");
    }
}

#[test]
fn each_refused_selector_is_told_where_it_is_wrong() {
    for name in ["refused.txt", "stricter.txt"] {
        let (path, text) = file(name);
        let mut report = String::new();
        for selector in text.lines().filter(|line| !line.starts_with("    ")) {
            let told = told(selector);
            assert_eq!(told.len(), 1, "{selector}: {told:?}");
            writeln!(report, "{selector}\n    {}", told[0].replacen(" | ", "\n    help: ", 1))
                .expect("a string takes everything");
        }
        if std::env::var_os("WEBTASK_BLESS").is_some() {
            std::fs::write(&path, &report).expect("a file");
        } else {
            assert_eq!(text, report, "{name}");
        }
    }
}
