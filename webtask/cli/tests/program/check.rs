//! `webtask check`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{call, folder, program};

const GOOD: &str = "task \"a\"\n    status \"hello\"\nend\n";
const UNUSED: &str = "task \"b\"\n    input name string\n    status \"hello\"\nend\n";
const BROKEN: &str = "task \"c\"\n    clik \"a\"\n    goto \"https://exämple.com/{{nam}}\"\nend\n";

#[test]
fn recipes_without_mistakes_are_counted_and_warnings_told() {
    let folder = folder(&[("recipes/a.webtask", GOOD), ("recipes/b.webtask", UNUSED)]);
    let (code, out, errors) = call(folder.path(), &["check"]);
    assert_eq!((code, out.as_str()), (0, ""));
    let warning = "warning: recipes/b.webtask:2:11: input `name` is never used\n";
    assert_eq!(errors, format!("{warning}2 tasks without mistakes\n"));
    assert_eq!(call(folder.path(), &["check", "--quiet"]), (0, String::new(), String::new()));
}

#[test]
fn all_mistakes_are_told_at_their_places() {
    let folder = folder(&[("a.webtask", GOOD), ("größe 1.webtask", &BROKEN.replace('\n', "\r\n"))]);
    let (code, out, errors) = call(folder.path(), &["check", "."]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(
        errors,
        "\
./größe 1.webtask:2:5: unknown step `clik`
  |
2 |     clik \"a\"
  |     ^^^^
help: did you mean `click`?

./größe 1.webtask:3:10: unknown name `nam` in a placeholder
  |
3 |     goto \"https://exämple.com/{{nam}}\"
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: declare it: `input nam string`

2 mistakes
"
    );
    let (code, _, colored) = call(folder.path(), &["check", ".", "--color", "always"]);
    assert_eq!(code, 1);
    assert!(colored.contains("\x1b[36mhelp: did you mean `click`?\x1b[0m"), "{colored:?}");
}

#[test]
fn programs_read_the_mistakes_too() {
    let folder = folder(&[("recipes/größe 1.webtask", BROKEN)]);
    let (code, out, errors) = call(folder.path(), &["check", "--format", "json"]);
    assert_eq!((code, errors.as_str()), (1, ""));
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found[0]["file"], "recipes/größe 1.webtask");
    assert_eq!(found[0]["severity"], "error");
    assert_eq!(found[0]["help"], "did you mean `click`?");
    let place = |key: &str| found[0][key].as_u64().unwrap();
    assert_eq!([place("line"), place("column"), place("endLine"), place("endColumn")], [2, 5, 2, 9]);

    let (code, out, _) = call(folder.path(), &["check", "--format", "sarif"]);
    assert_eq!(code, 1);
    let log: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["message"]["text"], "unknown step `clik`; did you mean `click`?");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "recipes/gr%C3%B6%C3%9Fe%201.webtask");
    assert_eq!(place["region"]["startColumn"], 5);

    let (code, out, _) = call(folder.path(), &["check", "--format", "github"]);
    assert_eq!(code, 1);
    let first = "::error file=recipes/größe 1.webtask,line=2,endLine=2,col=5,endColumn=8::";
    assert!(out.starts_with(&format!("{first}unknown step `clik`; did you mean `click`?\n")), "{out}");
}

#[test]
fn a_file_may_call_tasks_of_others_beside_it() {
    let call_a = "task \"b\"\n    call \"a\"\nend\n";
    let folder = folder(&[("recipes/a.webtask", GOOD), ("recipes/b.webtask", call_a)]);
    let (code, _, errors) = call(folder.path(), &["check", "recipes/b.webtask"]);
    assert_eq!((code, errors.as_str()), (0, "1 task without mistakes\n"));
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = folder(&[("locked.webtask", GOOD)]);
    let (code, _, errors) = call(folder.path(), &["check", "no.webtask"]);
    assert_eq!((code, errors.as_str()), (2, "cannot read `no.webtask`: no such file or folder\n"));
    let locked = folder.path().join("locked.webtask");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    // Root reads everything.
    if fs::read(&locked).is_err() {
        let (code, _, errors) = call(folder.path(), &["check", "locked.webtask"]);
        assert_eq!(code, 1);
        assert!(errors.starts_with("cannot read `locked.webtask`: Permission denied"), "{errors}");
    }
}

#[test]
fn a_reader_that_leaves_early_does_no_harm() {
    let files: Vec<_> =
        (0..500).map(|n| (format!("{n}.webtask"), BROKEN.replace("\"c\"", &format!("\"c/{n}\"")))).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let mut child = program(folder.path(), &["check", ".", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), &b""[..]));
}
