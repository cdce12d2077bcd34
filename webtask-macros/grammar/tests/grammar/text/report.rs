//! Recipes with a mistake in each, and the reports that a person reads: golden files under `tests/reports`.
//!
//! `WEBTASK_BLESS=1 cargo test -p webtask-grammar` writes the reports anew; read the diff.

use std::path::Path;

use super::read;

#[test]
fn mistakes_are_reported_as_the_golden_files_have_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports");
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "webtask"))
        .collect();
    names.sort();
    assert!(names.len() > 20);
    let mut wrong = Vec::new();
    for path in names {
        let text = std::fs::read_to_string(&path).expect("the recipe can be read");
        let name = path.file_name().expect("it is a file").to_string_lossy();
        let (_, reports) = read(&name, &text);
        let found: String = reports.iter().map(|report| format!("{report}\n\n")).collect();
        let golden = path.with_extension("report");
        if std::env::var_os("WEBTASK_BLESS").is_some() {
            std::fs::write(&golden, &found).expect("the folder can be written");
        }
        if std::fs::read_to_string(&golden).unwrap_or_default() != found {
            wrong.push(format!("{name}:\n{found}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "other reports than expected; bless them and read the diff\n{}",
        wrong.join("\n")
    );
}
