//! Has Cargo look at the recipes' folder, so that a new file is seen, and takes the examples out of the guide and the
//! README, so that `tests/guide.rs` runs each of them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=recipes");
    let words = Path::new(env!("CARGO_MANIFEST_DIR")).join("../webtask/src/guide/words");
    println!("cargo::rerun-if-changed={}", words.display());
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("Cargo names it"));
    fs::write(out.join("guide.rs"), examples(&words)).expect("Cargo's folder can be written");
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    println!("cargo::rerun-if-changed={}", readme.display());
    let readme = fs::read_to_string(readme).expect("it can be read");
    fs::write(out.join("readme.rs"), programs(&readme)).expect("Cargo's folder can be written");
}

/// The recipes of the README's programs.
fn programs(readme: &str) -> String {
    let blocks = readme.split("```rust,no_run\n").skip(1);
    let recipes = blocks.filter_map(|block| block.split("webtask! {\n").nth(1)?.split("\n}\n").next());
    recipes.fold(String::new(), |mut out, recipe| {
        let _ = writeln!(out, "webtask::webtask! {{\n{recipe}\n}}");
        out
    })
}

/// A module for each recipe in the guide's pages of words, a list of all their tasks, and one of their texts, by page.
fn examples(words: &Path) -> String {
    let (mut modules, mut list, mut texts) = (String::new(), String::new(), String::new());
    for page in pages(words) {
        let name = page.strip_prefix(words).expect("it is below").with_extension("").display().to_string();
        let text = fs::read_to_string(&page).expect("a page can be read");
        for (index, block) in text.split("```recipe").skip(1).enumerate() {
            let (_, recipe) = block.split_once('\n').expect("the mark ends its line");
            let (recipe, _) = recipe.split_once("\n```").expect("the block is closed");
            let _ = writeln!(texts, "    ({name:?}, {recipe:?}),");
            let module = format!("{}_{index}", name.replace(['/', '\\'], "_"));
            let recipe: String = recipe.lines().map(public).collect();
            let _ = write!(modules, "mod {module} {{\n    webtask::webtask! {{\n{recipe}}}\n}}\n");
            for line in recipe.lines().filter_map(|line| line.strip_prefix("pub task ")) {
                let _ = writeln!(
                    list,
                    "    (\"{name}\", webtask::tasks![{module}::{}][0].clone()),",
                    function(line)
                );
            }
        }
    }
    format!(
        "{modules}
fn examples() -> Vec<(&'static str, webtask::Task)> {{\n    vec![\n{list}    ]\n}}
pub(super) const TEXTS: &[(&str, &str)] = &[\n{texts}];\n"
    )
}

/// The pages, in the order of their names.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the guide's folder can be read");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { pages(&path) } else { vec![path] }).collect()
}

fn public(line: &str) -> String {
    if line.starts_with("task ") { format!("pub {line}\n") } else { format!("{line}\n") }
}

/// The name of a task's function, from what follows the word `task`.
fn function(line: &str) -> String {
    let mut words = line.split_whitespace();
    let slug = words.next().expect("a task has a slug").trim_matches('"');
    match (words.next(), words.next()) {
        (Some("as"), Some(name)) => name.to_owned(),
        _ => slug.replace(['/', '-'], "_"),
    }
}
