//! What the steps give that work on data and files, and which of them need a window.

use super::{plan, problems, resolved};

#[test]
fn a_file_is_a_text_that_may_be_missing() {
    let source = r#"read file a path "a"; read file b path "b" optional; read file _ path "c";"#;
    assert_eq!(plan(source), "t {a: string, b: string?}");
}

#[test]
fn written_files_have_fields() {
    let source = r#"
        write files w root "." files { a: "x" };
        set path "{{w.0.path}}";
        set size "{{w.0.size}}";
        export csv data "{{w}}" path "{{path}}.csv";
        export md table data "{{w}}";"#;
    assert_eq!(plan(source), "t {w: [File], path: string, size: int, table: string}");
    let source = "write files w root \".\" files {}; status \"{{w.0.name}}\";";
    assert_eq!(problems(source), ["41 \"{{w.0.name}}\" | `w.0` has no field `name` | it has `path`, `size`"]);
}

#[test]
fn only_the_page_needs_a_window() {
    assert_eq!(plan(r#"save html path "a";"#), "t {} browser");
    assert_eq!(plan(r#"export json data (rows) path (p);"#), "t {}");
}

#[test]
fn no_secret_is_written() {
    for step in [
        r#"read file a path "{{s}}";"#,
        r#"write files a root "{{s}}" files {};"#,
        r#"write files a root "." files { a: "{{s}}" };"#,
        r#"save html path "{{s}}";"#,
        r#"export csv a data ["{{s}}"];"#,
        r#"export csv a data [] columns ["{{s}}"];"#,
        r#"export csv a data [] path "{{s}}";"#,
    ] {
        let told = resolved(&format!("task \"a\" {{ secret s; {step} }}")).1;
        assert!(told[0].contains("| secret `s` may not stand here |"), "{step}: {told:?}");
    }
}

#[test]
fn what_is_fetched_has_fields() {
    let source = r#"
        http GET page url "https://a/";
        get cookies jar;
        download each files selector "img";
        save captures files dir "{{page.status}}" naming "{index}";
        set kind "{{files.0.type}}";
        set only "{{jar.0.httpOnly}}";
        set ends "{{jar.0.expires|or:never}}";
        set row "{{page.json.rows.0}}""#;
    assert_eq!(
        plan(&format!("{source};")),
        "t {page: Response, jar: [Cookie], files: [Download], kind: string, only: bool, ends: json, row: json} browser"
    );
    assert_eq!(plan(r#"http GET page url "https://a/";"#), "t {page: Response}");
    assert_eq!(
        plan(
            r#"goto page "https://a/"; goto _ "https://a/"; set end "{{page.url}}"; set code "{{page.status}}";"#
        ),
        "t {page: Navigation, end: string, code: int} browser"
    );
    assert_eq!(
        problems(r#"goto page "https://a/"; status "{{page.body}}";"#),
        ["32 \"{{page.body}}\" | `page` has no field `body` | it has `url`, `status`, `headers`"]
    );
    assert_eq!(plan(r#"set a "x"; save captures a dir "b";"#), "t {a: string}");
    assert_eq!(
        problems(r#"http GET page url "https://a/"; status "{{page.code}}";"#),
        ["40 \"{{page.code}}\" | `page` has no field `code` | it has `status`, `headers`, `body`, `json`"]
    );
    assert_eq!(
        problems(r#"save captures files dir "a";"#),
        ["15 files | unknown name `files` in a placeholder | declare it: `input files string`"]
    );
}

#[test]
fn a_secret_goes_to_servers_and_into_cookies() {
    for step in [
        r#"http GET _ url "https://a/?{{s}}" headers { a: "{{s}}" };"#,
        r#"http POST _ url "https://a/" body ["{{s}}"];"#,
        r#"set cookies [{ name: "a", value: "{{s}}" }];"#,
    ] {
        let told = resolved(&format!("task \"a\" {{ secret s; {step} }}")).1;
        assert_eq!(told, Vec::<String>::new(), "{step}");
    }
    for step in [
        r#"set cookies file "{{s}}";"#,
        r#"get cookies a urls ["{{s}}"];"#,
        r#"get cookies a path "{{s}}";"#,
        r#"download each a selector ".{{s}}";"#,
        "save captures s dir \"a\";",
        r#"set a "x"; save captures a dir "{{s}}";"#,
        r#"set a "x"; save captures a dir "b" naming "{{s}}";"#,
    ] {
        let told = resolved(&format!("task \"a\" {{ secret s; {step} }}")).1;
        assert!(told[0].contains("| secret `s` may not stand here |"), "{step}: {told:?}");
    }
}
