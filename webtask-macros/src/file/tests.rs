//! What files become, and what is said of broken ones: compared with golden files.
//!
//! `WEBTASK_BLESS=1 cargo test -p webtask-macros` writes the files anew; read the diff.

use std::path::Path;

use proc_macro2::Span;
use quote::quote;

/// The items that a call of the macro gives, pretty-printed, without this folder's path.
fn expansion(given: &str, dir: bool) -> String {
    let expanded = super::webtask(quote! { webtask; #given }, dir);
    let file = syn::parse2(expanded).expect("an expansion is items");
    prettyplease::unparse(&file).replace(env!("CARGO_MANIFEST_DIR"), "$DIR")
}

fn golden(name: &str, found: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
    if std::env::var_os("WEBTASK_BLESS").is_some() {
        std::fs::write(&file, found).expect("the folder can be written");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(expected == found, "`{name}` is something else; bless it and read the diff:\n{found}");
}

#[test]
fn a_folder() {
    golden("recipes.rs", &expansion("tests/files/recipes", true));
}

#[test]
fn a_file() {
    golden("title.rs", &expansion("tests/files/recipes/title.webtask", false));
}

#[test]
fn every_problem_of_a_folder_is_reported_at_its_place() {
    let files = super::find::folder("tests/files/broken").expect("the folder is there");
    let read = super::read(&files, true);
    golden("broken.report", &(read.reports.join("\n\n") + "\n"));
}

#[test]
fn a_broken_folder_still_has_its_functions() {
    let expanded = expansion("tests/files/broken", true);
    assert!(expanded.contains("pub fn twice("));
    assert!(expanded.contains("pub mod sub {"));
    assert_eq!(expanded.matches("::core::compile_error!").count(), super::tests::problems());
}

fn problems() -> usize {
    let files = super::find::folder("tests/files/broken").expect("the folder is there");
    super::read(&files, true).reports.len()
}

#[test]
fn what_cannot_be_read_is_said() {
    let cases = [
        (r#""no.webtask""#, false, "cannot read `no.webtask`: No such file"),
        (r#""tests""#, false, "`tests` is a folder"),
        (r#""Cargo.toml""#, true, "`Cargo.toml` is a file"),
        (r#""nowhere""#, true, "cannot read the folder `nowhere`"),
        (r#""src""#, true, "no recipe in `src`"),
        ("", true, "expected a path in quotes"),
        ("recipes", false, "expected a path in quotes"),
        (r#""a", "b""#, false, "expected a path in quotes"),
    ];
    for (argument, dir, expected) in cases {
        let input = format!("webtask; {argument}").parse().expect("it is made of tokens");
        let expanded = super::webtask(input, dir).to_string();
        assert!(expanded.contains(expected), "{argument}: {expanded}");
        assert!(expanded.contains("help: "), "{argument}: {expanded}");
    }
}

#[test]
fn places_are_the_files_own() {
    let files = super::find::folder("tests/files/recipes").expect("the folder is there");
    let shown: Vec<_> = files.iter().map(|file| (file.shown.as_str(), file.folder.join("/"))).collect();
    let expected = [
        ("tests/files/recipes/crawl/deep-er/title.webtask", "crawl/deep-er"),
        ("tests/files/recipes/crawl/quotes.webtask", "crawl"),
        ("tests/files/recipes/session.webtask", ""),
        ("tests/files/recipes/title.webtask", ""),
    ];
    assert_eq!(shown, expected.map(|(shown, folder)| (shown, folder.to_owned())));
    let expanded = super::expansion(&quote! { webtask }, &files, true, Span::call_site()).to_string();
    assert!(expanded.contains(r#"at : "tests/files/recipes/crawl/quotes.webtask:7:5""#), "{expanded}");
}
