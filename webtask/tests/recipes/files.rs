//! Files: read, written, exported, and kept below their folder.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;
use webtask::results::File;
use webtask::{ErrorKind, Webtask, webtask};

use crate::builder;

webtask! {
    task "files/round" {
        input name string default "a";
        input text string default "one";
        write files written root "out/{{name}}" files { "x.txt": "{{text}}", "deep/y.json": { a: [1, "{{text}}"] } };
        read file back path "out/{{name}}/x.txt";
        read file none path "out/{{name}}/none" optional;
        read file some path "out/{{name}}/deep/y.json" optional;
    }

    task "files/list" {
        input files list default [];
        write files written root "." files "{{files}}";
    }

    task "files/reads" {
        input name string required;
        read file text path "{{name}}";
    }

    task "files/exports" {
        input rows list default [];
        export csv csv data "{{rows}}" path "rows.csv";
        export ndjson lines data "{{rows}}" columns ["a"];
        export json data "{{rows}}" path "deep/{{rows.length}}.json";
        export md table data [{ a: "x|y", b: null }] columns ["b", "a"];
    }

    task "files/page" {
        input wanted string default "Apple";
        goto "https://shop.example/";
        js _ "document.body.insertAdjacentHTML('beforeend', '<p id=\"new\">a &amp; <b>é\\u2028😀</b></p>')";
        save html path "pages/whole.html";
        save html selector "#new" path "pages/{{wanted}}.html";
    }

    task "files/nothing" {
        goto "https://shop.example/";
        save html path "nothing.html" selector "#none";
    }
}

/// A folder of files, in a folder with something that nobody may touch.
fn bench() -> (TempDir, Webtask) {
    let outer = tempfile::tempdir().unwrap();
    fs::write(outer.path().join("secret"), "untouched").unwrap();
    let webtask = builder().files(outer.path().join("root")).build().unwrap();
    (outer, webtask)
}

#[tokio::test]
async fn files_are_written_and_read() {
    let (outer, webtask) = bench();
    let text = "\"quoted\" {{x}}\r\n\u{2028}😀";
    let input = files_round::Input { name: "ä b".into(), text: text.into() };
    let output = files_round(&webtask, input).await.unwrap();
    let file = |path: &str, size| File { path: path.into(), size };
    let json = format!("{:#}\n", json!({ "a": [1, text] }));
    assert_eq!(
        output.written,
        [file("out/ä b/x.txt", text.len() as i64), file("out/ä b/deep/y.json", json.len() as i64)]
    );
    assert_eq!((output.back.as_str(), output.none, output.some), (text, None, Some(json)));
    let on_disk = fs::read_to_string(outer.path().join("root/out/ä b/x.txt")).unwrap();
    assert_eq!(on_disk, text);
}

#[tokio::test]
async fn a_list_of_files_is_written_whole_or_not_at_all() {
    let (outer, webtask) = bench();
    let list = |files: Value| files_list::Input { files: serde_json::from_value(files).unwrap() };
    let good = json!([{ "path": "a/b.bin", "bytesB64": "AP8=" }, { "path": "c", "content": [1] }]);
    files_list(&webtask, list(good)).await.unwrap();
    assert_eq!(fs::read(outer.path().join("root/a/b.bin")).unwrap(), [0, 255]);
    assert_eq!(fs::read_to_string(outer.path().join("root/c")).unwrap(), "[\n  1\n]\n");
    for (file, why) in [
        (json!({ "path": "../secret", "content": "" }), "bad path `../secret`: `.` and `..` are not names"),
        (
            json!({ "path": "/tmp/x", "content": "" }),
            "bad path `/tmp/x`: it is absolute; a path begins in the folder of files",
        ),
        (json!({ "path": "x" }), "a file of `files` has no `content`: `x`"),
        (json!({ "content": "x" }), "a file of `files` has no `path`"),
        (json!("x"), "a file of `files` must be a map, not a string"),
        (json!({ "path": "x", "bytesB64": "?" }), "`bytesB64` is not base64: Invalid symbol 63, offset 0."),
    ] {
        let error =
            files_list(&webtask, list(json!([{ "path": "new", "content": "" }, file]))).await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::StepFailed, why));
        assert!(!outer.path().join("root/new").exists());
    }
    assert_eq!(fs::read_to_string(outer.path().join("secret")).unwrap(), "untouched");
}

#[tokio::test]
async fn files_that_cannot_all_be_written_are_none_of_them() {
    let (outer, webtask) = bench();
    let root = outer.path().join("root");
    fs::create_dir_all(root.join("taken")).unwrap();
    fs::write(root.join("old"), "old").unwrap();
    let names = || {
        let mut names: Vec<_> = fs::read_dir(&root)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    for (files, why) in [
        // A folder has the name of the last one; a file is where a folder should be; one is above another.
        (
            json!({ "old": "new", "new/deep/file": "1", "taken": "2" }),
            "file `taken` cannot be written: is a directory",
        ),
        (json!({ "old": "new", "new": "1", "old/file": "2" }), "file `old/file` cannot be written: "),
        (json!({ "a": "1", "a/b": "2" }), "file `a` cannot be written: is a directory"),
    ] {
        let files = files
            .as_object()
            .unwrap()
            .iter()
            .map(|(path, content)| json!({ "path": path, "content": content }));
        let error = files_list(&webtask, files_list::Input { files: files.collect() }).await.unwrap_err();
        assert!(error.message().starts_with(why), "{error}");
        assert_eq!(names(), ["old", "taken"], "{why}");
        assert_eq!(fs::read_to_string(root.join("old")).unwrap(), "old");
    }
    let good = vec![json!({ "path": "old", "content": "new" }), json!({ "path": "old", "content": "newer" })];
    files_list(&webtask, files_list::Input { files: good }).await.unwrap();
    assert_eq!(
        (names(), fs::read_to_string(root.join("old")).unwrap()),
        (vec!["old".into(), "taken".into()], "newer".into())
    );
}

#[tokio::test]
async fn no_value_leads_out_of_the_folder() {
    let (outer, webtask) = bench();
    fs::create_dir(outer.path().join("root")).unwrap();
    std::os::unix::fs::symlink("../secret", outer.path().join("root/link")).unwrap();
    for name in ["..", ".", "../secret", "/etc/passwd", "a\\b", "a\0b", "link", "a/../../secret"] {
        let error = files_reads(&webtask, files_reads::Input { name: name.into() }).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StepFailed, "{name:?}");
        assert_eq!(error.step().map(|step| step.name), Some("read file"));
        let input = files_round::Input { name: name.into(), text: "bad".into() };
        if name != "link" {
            files_round(&webtask, input).await.unwrap_err();
        }
    }
    assert_eq!(fs::read_to_string(outer.path().join("secret")).unwrap(), "untouched");
    let names: Vec<_> = fs::read_dir(outer.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[tokio::test]
async fn what_cannot_be_read_says_why() {
    let (outer, webtask) = bench();
    fs::create_dir(outer.path().join("root")).unwrap();
    fs::write(outer.path().join("root/latin"), b"caf\xe9").unwrap();
    for (name, why) in [
        ("none", "there is no file `none`; `optional` makes it null when it is missing"),
        ("latin", "file `latin` is not text: incomplete utf-8 byte sequence from index 3"),
    ] {
        let error = files_reads(&webtask, files_reads::Input { name: name.into() }).await.unwrap_err();
        assert_eq!(error.message(), why);
    }
    let bare = Webtask::builder().build().unwrap();
    let error = files_reads(&bare, files_reads::Input { name: "a".into() }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.message().contains("`WEBTASK_FILES`"), "{error}");
}

#[tokio::test]
async fn rows_are_exported() {
    let (outer, webtask) = bench();
    let rows = json!([{ "a": "x,\"y\"\n", "b": 1 }, { "a": null, "c": [true] }]);
    let input = files_exports::Input { rows: serde_json::from_value(rows.clone()).unwrap() };
    let output = files_exports(&webtask, input).await.unwrap();
    assert_eq!(output.csv, "a,b,c\n\"x,\"\"y\"\"\n\",1,\n,,[true]\n");
    assert_eq!(fs::read_to_string(outer.path().join("root/rows.csv")).unwrap(), output.csv);
    assert_eq!(output.lines, "{\"a\":\"x,\\\"y\\\"\\n\"}\n{\"a\":null}\n");
    let json: Value =
        serde_json::from_slice(&fs::read(outer.path().join("root/deep/2.json")).unwrap()).unwrap();
    assert_eq!(json, rows);
    assert_eq!(output.table, "| b | a |\n| --- | --- |\n|  | x\\|y |\n");
}

#[tokio::test]
async fn a_page_is_saved_as_it_is_now() {
    let (outer, webtask) = bench();
    files_page(&webtask, files_page::Input::default()).await.unwrap();
    let whole = fs::read_to_string(outer.path().join("root/pages/whole.html")).unwrap();
    let element = "<p id=\"new\">a &amp; <b>é\u{2028}😀</b></p>";
    assert!(whole.starts_with("<!DOCTYPE html>\n<html") && whole.contains(element), "{whole}");
    assert_eq!(fs::read_to_string(outer.path().join("root/pages/Apple.html")).unwrap(), element);
    let error = files_nothing(&webtask, files_nothing::Input {}).await.unwrap_err();
    assert_eq!(error.message(), "no element matches `#none`");
    assert!(!outer.path().join("root/nothing.html").exists());
}
