//! rustc, with the library as the workspace's tests have built it: nothing is built a second time for the cases.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use regex::bytes::Regex;
use serde_json::Value;

pub(crate) const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

/// The folder of the workspace.
pub(crate) fn workspace() -> &'static Path {
    Path::new(PACKAGE).parent().expect("this package is in a workspace")
}

/// The crates that cases name.
const CRATES: [&str; 3] = ["webtask", "serde", "serde_json"];

/// Compiles a case; its messages are JSON.
pub(crate) fn compile(case: &Path, emit: &str, output: &Path) -> Output {
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.arg(case).arg("-o").arg(output).arg(format!("--emit={emit}"));
    rustc.args(["--crate-name=case", "--edition=2024", "--error-format=json", "--diagnostic-width=140"]);
    rustc.args(["-Adead_code", "-Cdebuginfo=0"]).args(&*EXTERNS);
    // As cargo calls it: where it finds the lines of other files, and how it speaks of crates that are missing.
    rustc.current_dir(workspace()).env("CARGO_MANIFEST_DIR", PACKAGE).env("CARGO_CRATE_NAME", "case");
    rustc.output().expect("rustc starts")
}

/// What names the crates to rustc. Cargo says where they are, by the command that has built this test.
static EXTERNS: LazyLock<Vec<OsString>> = LazyLock::new(|| {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace());
    cargo.args(["test", "--no-run", "--workspace", "--all-features", "--locked", "--test", "ui"]);
    cargo.arg("--message-format=json");
    // What cargo tells a test of its package would look like a change to build scripts that ask for it.
    for (name, _) in std::env::vars_os() {
        let told =
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_", "OUT_DIR"];
        if told.iter().any(|told| name.to_string_lossy().starts_with(told)) {
            cargo.env_remove(name);
        }
    }
    let built = cargo.output().expect("cargo starts");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let libraries: Vec<_> = String::from_utf8_lossy(&built.stdout).lines().filter_map(library).collect();
    let of = |name| libraries.iter().filter(move |(krate, _)| krate == name).map(|(_, path)| path);

    let ours = of("webtask").next().expect("the library is built");
    let folder = ours.parent().expect("it is in a folder");
    let metadata = std::fs::read(ours.with_extension("rmeta")).expect("its metadata is there");
    // What build scripts use too may be built twice. Our metadata names the one that our library uses.
    let used = |path: &&PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let hash = &name[name.rfind('-').unwrap_or_default()..];
        *path == ours || Regex::new(hash).expect("letters and digits").is_match(&metadata)
    };
    let mut externs =
        vec![OsString::from("-L"), [OsString::from("dependency="), folder.into()].into_iter().collect()];
    for name in CRATES {
        let path = of(name).find(used).expect("a crate that the library uses");
        externs.push("--extern".into());
        externs.push([OsString::from(name), "=".into(), path.into()].into_iter().collect());
    }
    externs
});

/// The crate and the file of a message of cargo's, if it is about a library.
fn library(message: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(message).ok()?;
    let name = message["target"]["name"].as_str()?.to_owned();
    let files = message["filenames"].as_array()?.iter().filter_map(Value::as_str);
    let mut libraries =
        files.map(PathBuf::from).filter(|file| file.extension().is_some_and(|is| is == "rlib"));
    Some((name, libraries.next()?))
}
