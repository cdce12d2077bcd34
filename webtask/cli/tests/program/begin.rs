//! `webtask new`, `webtask test` and `webtask doctor`.

use std::fs;

use serde_json::Value;

use crate::support::{call, folder, program, told};

#[test]
fn a_new_folder_works_offline_at_once() {
    let folder = folder(&[]);
    let (code, out, errors) = call(folder.path(), &["new", "mein größter"]);
    assert_eq!((code, out.as_str()), (0, ""), "{errors}");
    assert!(errors.contains("created mein größter/recipes/quotes.webtask\n"), "{errors}");
    let inside = folder.path().join("mein größter");
    let (code, _, errors) = call(&inside, &["check"]);
    assert_eq!((code, errors.as_str()), (0, "2 tasks without mistakes\n"));
    assert_eq!(call(&inside, &["fmt", "--check"]), (0, String::new(), String::new()));

    let (code, out, errors) = call(&inside, &["run", "quotes/tagged", "-i", "limit=1", "--quiet"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let result: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(result["quotes"][0]["author"], "A Passenger");
    assert_eq!(result["quotes"].as_array().unwrap().len(), 1);

    let (code, out, errors) = call(&inside, &["test"]);
    assert_eq!(code, 0, "{out}{errors}");
    assert_eq!(out, "ok quotes/tagged {\"limit\":1}\nok page/title\n2 of 2 as expected\n");

    // A page that has changed.
    fs::write(inside.join("web/example.com/index.html"), "<title>Another</title>").unwrap();
    let (code, out, _) = call(&inside, &["test", "recipes/title.webtask"]);
    assert_eq!(code, 1);
    assert_eq!(
        out,
        "FAILED page/title\n  /page/title: expected \"Example Domain\", found \"Another\"\n0 of 1 as expected\n"
    );
    let (code, out, _) = call(&inside, &["test", "recipes/title.webtask", "--bless"]);
    assert_eq!((code, out.as_str()), (0, "blessed page/title\n"));
    let blessed = fs::read_to_string(inside.join("recipes/title.expected.json")).unwrap();
    assert!(blessed.contains("\"title\": \"Another\""), "{blessed}");
}

#[test]
fn a_folder_with_content_is_refused() {
    let folder = folder(&[("mine.txt", "mine")]);
    let (code, _, errors) = call(folder.path(), &["new"]);
    assert_eq!(code, 2);
    assert_eq!(errors, "error: `.` has files already; name a new folder: `webtask new NAME`\n");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let (code, _, errors) = call(folder.path(), &["new", "mine.txt/a"]);
    assert_eq!(code, 1);
    assert!(errors.starts_with("error: cannot "), "{errors}");
}

#[test]
fn cases_may_expect_errors_and_are_checked_themselves() {
    let recipe = "task \"half\"\n    input n int required\n    fail \"no\" code ODD status 422\nend\n";
    let case = r#"[{ "task": "half", "input": { "n": 1 }, "error": "ODD" }, { "task": "half", "error": "INVALID_INPUT" }]"#;
    let folder = folder(&[("a.webtask", recipe), ("a.expected.json", case)]);
    let (code, out, errors) = call(folder.path(), &["test", "--quiet"]);
    assert_eq!((code, errors.as_str()), (0, ""), "{out}");
    assert_eq!(out, "ok half {\"n\":1}\nok half\n2 of 2 as expected\n");
    fs::write(folder.path().join("a.expected.json"), "[{ \"taks\": 1 }]").unwrap();
    let (code, _, errors) = call(folder.path(), &["test"]);
    assert_eq!(code, 2);
    assert!(errors.contains("`./a.expected.json`: case 1: unknown key `taks`"), "{errors}");
    fs::remove_file(folder.path().join("a.expected.json")).unwrap();
    let (code, _, errors) = call(folder.path(), &["test"]);
    assert_eq!(code, 2);
    assert!(errors.contains("no cases in `.`"), "{errors}");
}

#[test]
fn the_doctor_says_what_is_there_and_what_is_missing() {
    let folder = folder(&[("recipes/a.webtask", "task \"a\"\n    status \"x\"\nend\n")]);
    let (code, out, errors) = call(folder.path(), &["doctor"]);
    assert_eq!((code, errors.as_str()), (0, ""), "{out}");
    assert!(out.contains("ok  browser") && out.contains("Chrome "), "{out}");
    for name in ["settings", "sandbox", "fonts", "ffmpeg", "shared memory", "open files", "port 8765"] {
        assert!(out.contains(name), "{name}: {out}");
    }
    let nowhere = folder.path().join("nowhere");
    let mut doctor = program(folder.path(), &["doctor"]);
    let (code, out, _) = told(&doctor.env("WEBTASK_BROWSER", &nowhere).output().unwrap());
    assert_eq!(code, 1);
    assert!(out.contains("NO  browser") && out.contains("nowhere"), "{out}");
}
