//! What rustc says of recipes: every mistake at its token and nothing else, and recipes that it takes without a word.
//!
//! `TRYBUILD=overwrite cargo test -p webtask --test ui` writes the `.stderr` files anew; read the diff.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.compile_fail("tests/ui/*.rs");
}
