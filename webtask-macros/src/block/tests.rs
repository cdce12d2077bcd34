//! Expansions as a reader would see them: pretty-printed, compared with golden files.
//!
//! `WEBTASK_BLESS=1 cargo test -p webtask-macros` writes the files anew; read the diff.

use std::path::Path;

/// What `webtask!` makes of a recipe, pretty-printed.
fn expansion(recipe: &str) -> String {
    let tokens = format!("webtask; {recipe}").parse().expect("the recipe is made of tokens");
    let expanded = super::webtask(tokens);
    let file = syn::parse2(expanded).expect("an expansion is items");
    prettyplease::unparse(&file)
}

fn golden(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expand");
    let recipe = std::fs::read_to_string(folder.join(format!("{name}.recipe"))).expect("the recipe is there");
    let expanded = expansion(&recipe);
    let file = folder.join(format!("{name}.rs"));
    if std::env::var_os("WEBTASK_BLESS").is_some() {
        std::fs::write(&file, &expanded).expect("the folder can be written");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        expanded == expected,
        "`{name}` expands to something else; bless it and read the diff:\n{expanded}"
    );
}

#[test]
fn the_example_of_the_readme() {
    golden("progress");
}

#[test]
fn every_step() {
    golden("steps");
}
