//! A task as a whole: its type, its window, its secrets, and what follows from a mistake of the parser's.

use super::{plan, problems, resolved};

#[test]
fn a_written_type_wants_a_return_on_every_way() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("u8", "return (1);", &[]),
        ("u8", "if (a) { return 1; } else { return (2); }", &[]),
        ("u8", "retry 2 { return (1); }", &[]),
        (
            "Vec<u8>",
            "wait 0;",
            &[
                "1:13 Vec<u8> | the task returns `Vec<u8>` but has no `return` step | end it with `return VALUE`, or leave out `-> TYPE`",
            ],
        ),
        (
            "u8",
            "if (a) { return 1; }",
            &[
                "1:13 u8 | the end of the steps can be reached without a `return` | every way through a task with `-> TYPE` must end in a `return`",
            ],
        ),
        (
            "u8",
            "for each a in [1] { return 1; }",
            &[
                "1:13 u8 | the end of the steps can be reached without a `return` | every way through a task with `-> TYPE` must end in a `return`",
            ],
        ),
        // The `return` may be what could not be read.
        ("u8", "retrn 1;", &["1:18 retrn | unknown step `retrn` | did you mean `return`?"]),
    ];
    for (ty, steps, expected) in cases {
        let (plans, problems) = resolved(&format!("task \"t\" -> {ty} {{ {steps} }}"));
        assert_eq!(problems, *expected, "{steps}");
        assert!(plans[0].starts_with(&format!("t -> `{ty}`")), "{}", plans[0]);
    }
}

#[test]
fn only_what_touches_a_page_needs_a_browser() {
    let without = [
        "status \"a\";",
        "emit a \"b\";",
        "wait 0;",
        "set a 1;",
        "let a = 1;",
        "rust { a(); }",
        "for each a in [1] { wait 0; }",
        "retry 2 { wait 0; }",
        "if (a) { wait 0; }",
        "return 1;",
    ];
    for steps in without {
        assert!(!plan(steps).contains("browser"), "{steps}");
    }
    let with = [
        "goto \"https://a/\";",
        "wait until \"a\";",
        "wait until url \"/a\";",
        "wait until js \"a\";",
        "click \"a\";",
        "sendkeys \"a\" keys \"b\";",
        "extract _ from \"a\" { b text \"c\"; }",
        "js _ \"1\";",
        "if js \"1\" { wait 0; }",
        "retry 2 { if (a) { for each a in [1] { js _ \"1\"; } } }",
        // Rust code may ask `cx` for it.
        "rust { cx.page().await?; }",
        "let a = cx.page().await?;",
        "set a: u8 ({ f(cx) });",
        "status (f(cx));",
        "wait (f(cx));",
        "if (f(cx)) { }",
        "retry (f(cx)) { wait 0; }",
    ];
    for steps in with {
        assert!(plan(steps).contains("browser"), "{steps}");
    }
}

#[test]
fn what_was_lost_is_not_missed() {
    let cases: &[(&str, &[&str])] = &[
        ("jss a \"1\"; status \"{{a.b}}\";", &["1 jss | unknown step `jss` | did you mean `js`?"]),
        (
            "set a 1; clik b; status \"{{c}}\";",
            &[
                "10 clik | unknown step `clik` | did you mean `click`?",
                r#"25 "{{c}}" | unknown name `c` in a placeholder | did you mean `a`?"#,
            ],
        ),
        (
            "extract a from \"b\" { c txt \"d\"; e text \"f\"; } status \"{{a.c}}\";",
            &["24 txt | unknown field keyword `txt` | did you mean `text`?"],
        ),
        ("for each a in [1] collect b { st c 1; }", &["31 st | unknown step `st` | did you mean `set`?"]),
    ];
    for (steps, expected) in cases {
        assert_eq!(problems(steps), *expected, "{steps}");
    }
}
