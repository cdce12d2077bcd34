//! Tasks among themselves: `call` and `setup`.

use super::resolved;

const HELPER: &str = r#"
task "helper" {
    input name string required;
    input size float default 1;
    input deep bool;
    secret token;
    goto "https://a/{{token}}/{{name}}";
    set helped "{{name}}";
    extract rows from "li" repeat { a text "b"; }
}"#;

/// Resolves a task of these steps with the one above after it.
fn caller(steps: &str) -> (String, Vec<String>) {
    let (plans, problems) = resolved(&format!("task \"t\" {{\n{steps}\n}}{HELPER}"));
    (plans.into_iter().next().expect("the first task"), problems)
}

fn good(steps: &str) -> String {
    let (plan, problems) = caller(steps);
    assert_eq!(problems, Vec::<String>::new(), "{steps}");
    plan
}

#[test]
fn a_named_call_binds_the_output() {
    assert_eq!(
        good(
            r#"call other "helper" with { name: "x" }; set a "{{other.helped}}"; set b "{{other.rows.0.a}}";"#
        ),
        "t {other: helper::Output, a: string, b: string} browser secret token?"
    );
}

#[test]
fn a_call_without_a_name_joins_the_results() {
    assert_eq!(
        good(r#"set a 1; call "helper" with { name: "x", deep: null }; set b "{{rows.0.a}} {{helped}}";"#),
        "t {a: int, helped: string, rows: [helper::Rows], b: string} browser secret token?"
    );
}

#[test]
fn a_call_by_path_gives_the_other_ones_output() {
    assert_eq!(
        good("call far elsewhere::far_task with { a: 1 }; set b \"{{far.x}}\";"),
        "t {far: `elsewhere::far_task::Output`, b: json} path elsewhere::far_task"
    );
}

#[test]
fn a_task_that_returns_needs_a_name() {
    let other = r#"task "o" { return 1; }"#;
    let (plans, problems) = resolved(&format!(r#"task "t" {{ call a "o"; set b "{{{{a}}}}"; }} {other}"#));
    assert_eq!((plans[0].as_str(), problems), ("t {a: int, b: int}", Vec::new()));
    let (_, problems) = resolved(&format!(r#"task "t" {{ call "o"; }} {other}"#));
    assert_eq!(problems, [r#"1:17 "o" | `o` returns a value, which needs a name | write `call NAME "o"`"#]);
}

#[test]
fn what_a_call_gives_must_fit() {
    let cases: &[(&str, &[&str])] = &[
        (
            r#"call "helper";"#,
            &[r#"2:6 "helper" | `helper` needs `name` | pass it in `with { NAME: VALUE }`"#],
        ),
        (
            r#"call "helper" with { nam: "x" };"#,
            &["2:22 nam | `helper` has no input `nam` | did you mean `name`?"],
        ),
        (
            r#"call "helper" with { name: "x", colour: 1 };"#,
            &["2:33 colour | `helper` has no input `colour` | it takes `name`, `size`, `deep`"],
        ),
        (
            r#"set n 1; call "helper" with { name: "{{n}}", size: "big", deep: 1 };"#,
            &[
                r#"2:37 "{{n}}" | input `name` is a string, not an int | "#,
                r#"2:52 "big" | input `size` is a float, not a string | "#,
                "2:65 1 | input `deep` is a bool, not an int | ",
            ],
        ),
        // An int is a float too, and of JSON and Rust nothing is known before the run.
        (r#"js j "1"; call "helper" with { name: "{{j}}", size: 1, deep: (x) };"#, &[]),
        (
            r#"secret p; call "helper" with { name: "{{p}}" };"#,
            &[
                r#"2:38 "{{p}}" | secret `p` may not stand here | a secret goes only into `goto`, `sendkeys`, `fill`, `http`, `set cookies` and `args`"#,
            ],
        ),
    ];
    for (steps, expected) in cases {
        assert_eq!(caller(steps).1, *expected, "{steps}");
    }
    let (_, problems) = resolved(r#"task "t" { call "o" with { a: 1 }; } task "o" { wait 0; }"#);
    assert_eq!(problems, ["1:28 a | `o` has no input `a` | it takes no inputs"]);
}

#[test]
fn joined_results_must_be_new() {
    let (_, problems) = caller(r#"set helped 1; call "helper" with { name: "x" };"#);
    assert_eq!(
        problems,
        [r#"2:20 "helper" | `helped` is already bound | give its output a name: `call NAME "helper"`"#]
    );
    let (_, problems) = caller(r#"call "helper" with { name: "x" }; js rows "1";"#);
    assert_eq!(problems, ["2:38 rows | `rows` is already bound | give this one another name"]);
}

#[test]
fn a_task_that_is_not_there() {
    let cases: &[(&str, &[&str])] = &[
        (r#"call "helpr";"#, &[r#"2:6 "helpr" | unknown task `helpr` | did you mean `helper`?"#]),
        // What it might have given is not missed.
        (
            r#"call "far"; status "{{rows}}";"#,
            &[
                r#"2:6 "far" | unknown task `far` | only tasks of the same `webtask!` have slugs here; write `call NAME path::to::task`"#,
            ],
        ),
        (
            r#"call a "helpr"; status "{{a.b.c}}";"#,
            &[r#"2:8 "helpr" | unknown task `helpr` | did you mean `helper`?"#],
        ),
        (
            r#"setup "far"; wait 0;"#,
            &[r#"2:7 "far" | unknown task `far` | only tasks of the same `webtask!` can be named here"#],
        ),
        (r#"setup "helpr"; wait 0;"#, &[r#"2:7 "helpr" | unknown task `helpr` | did you mean `helper`?"#]),
    ];
    for (steps, expected) in cases {
        assert_eq!(caller(steps).1, *expected, "{steps}");
    }
}

#[test]
fn a_cycle_is_told_where_it_closes() {
    let itself = "1:18 \"t\" | `t` calls itself, directly or through others | ";
    let (_, problems) = resolved(r#"task "t" { call  "t"; }"#);
    assert_eq!(problems, [itself]);
    let (_, problems) = resolved(
        "task \"a\" { call \"b\"; }\ntask \"b\" { retry 2 { call \"c\"; } }\ntask \"c\" { call x \"a\"; }\ntask \"d\" { call \"a\"; }",
    );
    assert_eq!(problems, ["3:19 \"a\" | `a` calls itself, directly or through others | "]);
    let (_, problems) = resolved(r#"task "t" { setup "t"; }"#);
    assert_eq!(problems, [itself]);
}

#[test]
fn a_setup_takes_inputs() {
    let (_, problems) = caller("setup \"helper\";");
    assert_eq!(problems, ["2:7 \"helper\" | `helper` needs `name` | pass it in `with { NAME: VALUE }`"]);
    let (_, problems) = caller("input who string required; setup \"helper\" with { name: \"{{who}}\" };");
    assert_eq!(problems, Vec::<String>::new());
    let (_, problems) = caller("set late 1; setup \"helper\" with { name: \"{{late}}\" };");
    assert_eq!(
        problems,
        [
            "2:13 setup | `setup` after a step | move it before the first step",
            "2:41 \"{{late}}\" | unknown name `late` in a placeholder | declare it: `input late string`",
        ]
    );
    let (_, problems) = caller("secret pw; setup \"helper\" with { nam: \"{{pw}}\" };");
    assert_eq!(
        problems,
        [
            "2:34 nam | `helper` has no input `nam` | did you mean `name`?",
            "2:39 \"{{pw}}\" | secret `pw` may not stand here | a secret goes only into `goto`, `sendkeys`, `fill`, `http`, `set cookies` and `args`",
        ]
    );
    let login = r#"task "in" { input user string default "a"; secret pw; sendkeys "a" keys "{{pw}}"; set x "{{user}}"; }"#;
    let (plans, problems) = resolved(&format!("task \"t\" {{ setup \"in\"; set x 1; }} {login}"));
    assert_eq!(problems, Vec::<String>::new());
    // Its results are dropped, its window and its secrets are needed.
    assert_eq!(plans[0], "t {x: int} browser secret pw?");
    assert_eq!(plans[1], "in {x: string} browser secret pw");
}

#[test]
fn secrets_and_windows_come_from_callees() {
    let (plans, problems) = resolved(
        r#"
        task "a" { call "b"; }
        task "b" { secret one; call "c"; js _ "1" args ["{{one}}"]; }
        task "c" { secret two; goto "https://a/{{two}}"; }
        task "d" { call "e"; }
        task "e" { status "x"; }
        "#,
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(
        plans,
        [
            "a {} browser secret one? secret two?",
            "b {} browser secret one secret two?",
            "c {} browser secret two",
            "d {}",
            "e {}"
        ]
    );
}

#[test]
fn what_a_callee_lost_is_not_missed() {
    let broken = r#"task "o" { set a 1; jss b "1"; }"#;
    let (_, problems) = resolved(&format!(r#"task "t" {{ call "o"; status "{{{{b}}}}"; }} {broken}"#));
    assert_eq!(problems.len(), 1, "{problems:?}");
    let (_, problems) = resolved(&format!(r#"task "t" {{ call x "o"; status "{{{{x.b}}}}"; }} {broken}"#));
    assert_eq!(problems.len(), 1, "{problems:?}");
    // Through two calls as well.
    let (_, problems) = resolved(&format!(
        r#"task "t" {{ call "m"; status "{{{{b}}}}"; }} task "m" {{ call "o"; }} {broken}"#
    ));
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn a_setting_is_wanted_of_all_that_a_task_runs() {
    let (plans, problems) = resolved(
        r#"task "t" { setting base default "https://a.example"; setup "in"; goto "{{base}}/x"; call "other"; }
           task "in" { setting user; status "{{user}}"; }
           task "other" { setting base; setting tenant default "one"; goto "{{tenant}}"; status "{{base}}"; }"#,
    );
    assert_eq!(
        problems,
        [
            "3:64 \"one\" | the default of `tenant` is used as a URL, and is not an http or https URL | write it as `\"https://one\"`"
        ]
    );
    assert_eq!(plans[0], "t {} browser setting base (url) setting tenant=one (url) setting user");
}

#[test]
fn only_a_setting_begins_a_url() {
    let (plans, problems) = resolved(
        r#"task "t" { setting base; input path string required; goto "{{base}}/{{path}}"; goto "https://{{base}}/"; goto "{{base}}"; }"#,
    );
    assert_eq!((plans[0].as_str(), problems), ("t {} browser setting base (url)", Vec::new()));
    let (_, problems) = resolved(
        "task \"t\" { input a string; secret b;\ngoto \"{{a}}/x\";\nhttp GET c url \"{{b}}/x\";\nget cookies d urls [\"{{a|or:b}}/x\"]; }",
    );
    let help = "a placeholder is a whole URL, a whole host, or inside a path, query or fragment; what the operator says may begin one: declare it by `setting NAME`";
    assert_eq!(
        problems,
        [
            format!("2:6 \"{{{{a}}}}/x\" | placeholder `{{{{a}}}}` at the beginning of a URL | {help}"),
            format!("3:16 \"{{{{b}}}}/x\" | placeholder `{{{{b}}}}` at the beginning of a URL | {help}"),
            format!("4:21 \"{{{{a|or:b}}}}/x\" | placeholder `{{{{a}}}}` at the beginning of a URL | {help}"),
        ]
    );
}
