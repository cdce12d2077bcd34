//! What rustc says of recipes: every mistake at its token and nothing else, and recipes that it takes without a word.
//!
//! A case of `tests/ui` does not compile, and its `.stderr` file has all that rustc says of it. A case of `tests/ui/pass`
//! compiles in silence, and runs. `WEBTASK_BLESS=1 cargo test --workspace --all-features --test ui` writes the files anew; read
//! the diff.

#[path = "ui/harness/rustc.rs"]
mod rustc;
#[path = "ui/harness/shown.rs"]
mod shown;

use std::path::{Path, PathBuf};
use std::process::Command;

/// A test for each case, and one that no file of the folder was left out.
macro_rules! cases {
    ($check:ident in $folder:literal: $($case:ident)*) => {
        mod $check {
            use super::{cases_of, file};

            $(
                #[test]
                fn $case() {
                    super::$check(&file($folder, stringify!($case)));
                }
            )*

            #[test]
            fn every_file_is_a_case() {
                let cases = [$(stringify!($case)),*].map(|case| file($folder, case));
                assert_eq!(cases_of($folder), cases);
            }
        }
    };
}

cases! {
    refused in "tests/ui":
    call calls click dir duplicates duration emit extract for_each func func_body give goto header r#if input js js_fn_missing loops
    names not_serde own_names own_names_func own_names_moved places retry returned returns rust rust_syntax rust_types secret secrets selectors set status step strings struct_of_fields task
    template three_mistakes twice types unused wait_until
}

cases! {
    accepted in "tests/ui/pass":
    equal_names every_step func keyword_names own_types returns visibility
}

fn file(folder: &str, case: &str) -> PathBuf {
    let name = case.trim_start_matches("r#");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(name).with_extension("rs")
}

/// The cases that a folder has, in the order of their names.
fn cases_of(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let files = entries.map(|entry| entry.expect("the folder can be read").path());
    let mut cases: Vec<_> = files.filter(|file| file.extension().is_some_and(|is| is == "rs")).collect();
    cases.sort();
    cases
}

/// The case does not compile, and rustc says what is expected of it.
fn refused(case: &Path) {
    let folder = tempfile::tempdir().expect("a folder");
    let compiled = rustc::compile(case, "metadata", &folder.path().join("case.rmeta"));
    let found = shown::shown(&compiled, case);
    assert!(!compiled.status.success(), "rustc takes it, and says:\n{found}");
    let file = case.with_extension("stderr");
    if std::env::var_os("WEBTASK_BLESS").is_some() {
        std::fs::write(&file, &found).expect("the folder can be written");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == expected,
        "rustc says something else; bless it and read the diff:\n{found}\nexpected was:\n{expected}"
    );
}

/// The case compiles, rustc says nothing, and the program ends well.
fn accepted(case: &Path) {
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("case");
    let compiled = rustc::compile(case, "link", &program);
    let found = shown::shown(&compiled, case);
    assert!(compiled.status.success() && found.is_empty(), "rustc says:\n{found}");
    let run = Command::new(&program).output().expect("it can be started");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}
