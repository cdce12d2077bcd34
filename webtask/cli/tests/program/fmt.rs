//! `webtask fmt`.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use crate::support::{self, program, webtask};

const MESSY: &str = "task \"a\"\n  retry 3 # often\nwait   1s\nend\nend";
const NEAT: &str = "task \"a\"\n    retry 3  # often\n        wait 1s\n    end\nend\n";

fn folder() -> tempfile::TempDir {
    support::folder(&[("deep/messy.webtask", MESSY), ("neat.webtask", NEAT), ("other.txt", MESSY)])
}

#[test]
fn fmt_lays_out_every_recipe_below_a_folder() {
    let folder = folder();
    let output = webtask(folder.path(), &["fmt"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(fs::read_to_string(folder.path().join("deep/messy.webtask")).unwrap(), NEAT);
    assert_eq!(fs::read_to_string(folder.path().join("other.txt")).unwrap(), MESSY);
    assert!(webtask(folder.path(), &["fmt", "--check", "."]).status.success());
}

#[test]
fn check_names_what_would_change_and_changes_nothing() {
    let folder = folder();
    let output = webtask(folder.path(), &["fmt", "--check", "deep", "neat.webtask"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "deep/messy.webtask\n");
    assert_eq!(fs::read_to_string(folder.path().join("deep/messy.webtask")).unwrap(), MESSY);
}

#[test]
fn a_mistake_is_told_with_its_place_and_the_file_stays() {
    let folder = folder();
    let broken = "task \"a\"\n  clik \"b\"\nend\n";
    fs::write(folder.path().join("broken.webtask"), broken).unwrap();
    let output = webtask(folder.path(), &["fmt", "broken.webtask", "no.webtask"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("broken.webtask:2:3: unknown step `clik`\n"), "{told}");
    assert!(told.contains("help: did you mean `click`?"), "{told}");
    assert!(told.contains("`no.webtask`: No such file"), "{told}");
    assert_eq!(fs::read_to_string(folder.path().join("broken.webtask")).unwrap(), broken);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = folder();
    let mut child =
        program(folder.path(), &["fmt", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(MESSY.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stdout).unwrap()), (Some(0), NEAT.to_owned()));
}
