//! Mistakes with names and types, within one task.

use super::problems;

fn each(cases: &[(&str, &[&str])]) {
    for (steps, expected) in cases {
        assert_eq!(problems(steps), *expected, "{steps}");
    }
}

#[test]
fn a_name_that_is_not_known() {
    each(&[
        (
            r#"status "{{a}}";"#,
            &[r#"8 "{{a}}" | unknown name `a` in a placeholder | declare it: `input a string`"#],
        ),
        (
            r#"input query string; status "{{qery}}";"#,
            &[r#"28 "{{qery}}" | unknown name `qery` in a placeholder | did you mean `query`?"#],
        ),
        (
            r#"input query string; set total 1; status "{{other}}";"#,
            &[r#"41 "{{other}}" | unknown name `other` in a placeholder | known here: `query`, `total`"#],
        ),
        // Each is told, in every place of a step.
        (
            r#"set a 1; emit x "{{b}}" data { c: ["{{d}}"] }; if "{{e}}" { }"#,
            &[
                r#"17 "{{b}}" | unknown name `b` in a placeholder | did you mean `a`?"#,
                r#"36 "{{d}}" | unknown name `d` in a placeholder | did you mean `a`?"#,
                r#"51 "{{e}}" | unknown name `e` in a placeholder | did you mean `a`?"#,
            ],
        ),
        // `let` binds for Rust alone; a step sees what comes before it.
        (
            r#"let a = 1; status "{{a}}"; set b "{{b}}";"#,
            &[
                r#"19 "{{a}}" | unknown name `a` in a placeholder | declare it: `input a string`"#,
                r#"34 "{{b}}" | unknown name `b` in a placeholder | declare it: `input b string`"#,
            ],
        ),
        (
            r#"for each row in [1] { set a 1; } status "{{row}} {{row_index}} {{a}}";"#,
            &[
                r#"41 "{{row}} {{row_index}} {{a}}" | unknown name `row` in a placeholder | `row` is known only in its loop"#,
                r#"41 "{{row}} {{row_index}} {{a}}" | unknown name `row_index` in a placeholder | `row_index` is known only in its loop"#,
                r#"41 "{{row}} {{row_index}} {{a}}" | unknown name `a` in a placeholder | `a` is bound in another block: write this there, or `set` it before the block"#,
            ],
        ),
        (
            r#"try { fail "x"; } else as e { set b 1; } status "{{e.message}} {{b}}";"#,
            &[
                r#"49 "{{e.message}} {{b}}" | unknown name `e` in a placeholder | `e` is known only in its `else`"#,
            ],
        ),
        (
            r#"try { set a 1; fail "x"; } status "{{a|or:none}}";"#,
            &[
                r#"35 "{{a|or:none}}" | unknown name `a` in a placeholder | `a` is bound in another block: write this there, or `set` it before the block"#,
            ],
        ),
        (
            r#"if (a) { set b 1; } else { status "{{b}}"; }"#,
            &[
                r#"35 "{{b}}" | unknown name `b` in a placeholder | `b` is bound in another block: write this there, or `set` it before the block"#,
            ],
        ),
    ]);
}

#[test]
fn every_part_of_a_step_is_looked_at() {
    let parts = [
        r#"goto "https://a/{{x}}";"#,
        r#"wait until "[a='{{x}}']";"#,
        r#"wait until "a" text "{{x}}";"#,
        r#"wait until url "/a/{{x}}";"#,
        r#"click ".{{x}}";"#,
        r#"click "a" text "{{x}}";"#,
        r#"click "a" closest ".{{x}}";"#,
        r#"sendkeys "a" keys "{{x}}";"#,
        r##"sendkeys "#{{x}}" keys "a";"##,
        r#"extract a from ".{{x}}" { b text "c"; }"#,
        r#"extract a from "b" { b text ".{{x}}"; }"#,
        r#"extract a from "b" { b attr c on ".{{x}}"; }"#,
        r#"extract a from "b" { b html ".{{x}}"; }"#,
        r#"extract a from "b" { b count ".{{x}}"; }"#,
        r#"extract a from "b" { b const "{{x}}"; }"#,
        r#"extract a from "b" { b from ".{{x}}" { c text "d"; } }"#,
        r#"js a "1" args [["{{x}}"]];"#,
        r#"set a { b: "{{x}}" };"#,
        r#"call a path::to::task with { b: "{{x}}" };"#,
        r#"for each a in "{{x}}" { }"#,
        r#"if "{{x}}" { }"#,
        r#"if (a) { } else if "{{x}}" { }"#,
        r#"retry 2 { status "{{x}}"; }"#,
        r#"for each a in [1] collect b { yield "{{x}}"; }"#,
        r#"return "{{x}}";"#,
    ];
    for part in parts {
        let told = problems(part);
        assert_eq!(told.len(), 1, "{part}: {told:?}");
        assert!(told[0].contains("| unknown name `x` in a placeholder |"), "{part}: {told:?}");
    }
}

#[test]
fn a_path_that_its_type_does_not_have() {
    let rows = r#"extract rows from "li" repeat { price text "b"; items from "c" { size text "d" int; } }"#;
    let cases = [
        ("rows.0.prise", "`rows.0` has no field `prise` | did you mean `price`?"),
        ("rows.0.length", "`rows.0` has no field `length` | it has `price`, `items`"),
        ("rows.0.items.sise", "`rows.0.items` has no field `sise` | did you mean `size`?"),
        (
            "rows.price",
            "`rows` is a list and has no `price` | write `{{rows.0}}`, `{{rows.length}}`, or loop over it with `for each`",
        ),
        ("rows.length.x", "`rows.length` is an int and has no `x` | write `{{rows.length}}`"),
        ("rows.0.price.x", "`rows.0.price` is a string and has no `x` | write `{{rows.0.price}}`"),
        (
            "rows.0.items.size.0",
            "`rows.0.items.size` is an int and has no `0` | write `{{rows.0.items.size}}`",
        ),
    ];
    for (path, expected) in cases {
        let told = problems(&format!("{rows}\nstatus \"{{{{{path}}}}}\";"));
        assert_eq!(told, [format!("3:8 \"{{{{{path}}}}}\" | {expected}")]);
    }
}

#[test]
fn a_secret_outside_of_its_places() {
    each(&[
        (
            r#"secret p; goto "https://a/{{p}}"; sendkeys "a" keys "{{p}}"; js _ "1" args ["{{p}}", { a: "{{p}}" }];"#,
            &[],
        ),
        (
            r#"secret p; status "{{p}}";"#,
            &[
                r#"18 "{{p}}" | secret `p` may not stand here | a secret goes only into `goto`, `sendkeys`, `fill`, `http`, `set cookies` and `args`"#,
            ],
        ),
        (
            r#"secret p; set a "{{p}}"; click ".{{p}}"; sendkeys ".{{p}}" keys "a"; if "{{p}}" { } return ["{{p}}"];"#,
            &[
                r#"17 "{{p}}" | secret `p` may not stand here | a secret goes only into `goto`, `sendkeys`, `fill`, `http`, `set cookies` and `args`"#,
                r#"32 ".{{p}}" | secret `p` may not stand here | a secret goes only into `goto`, `sendkeys`, `fill`, `http`, `set cookies` and `args`"#,
                r#"51 ".{{p}}" | secret `p` may not stand here | a secret goes only into `goto`, `sendkeys`, `fill`, `http`, `set cookies` and `args`"#,
                r#"73 "{{p}}" | secret `p` may not stand here | a secret goes only into `goto`, `sendkeys`, `fill`, `http`, `set cookies` and `args`"#,
                r#"93 "{{p}}" | secret `p` may not stand here | a secret goes only into `goto`, `sendkeys`, `fill`, `http`, `set cookies` and `args`"#,
            ],
        ),
        ("input p string; secret p;", &["24 p | `p` is already an input | choose another name"]),
    ]);
}

#[test]
fn a_second_binding() {
    each(&[
        (
            r#"set a [1]; extract rows from "li" repeat { b text "c"; } set a "{{rows}}";"#,
            &[
                "62 a | `a` is a list of which each is any JSON, not one of which each is a `Rows` | use another name for another type",
            ],
        ),
        (
            r#"input a int; set a 1; js a "1"; extract a from "b" { c text "d"; }"#,
            &[
                "18 a | `a` is already an input | give this one another name",
                "26 a | `a` is already an input | give this one another name",
                "41 a | `a` is already an input | give this one another name",
            ],
        ),
        ("secret a; set a 1;", &["15 a | `a` is already a secret | give this one another name"]),
        (
            r#"js a "1"; set a 1; js a "2";"#,
            &[
                "15 a | `a` is already bound | give this one another name",
                "23 a | `a` is already bound | give this one another name",
            ],
        ),
        (r#"set a 1; js a "1";"#, &["13 a | `a` is already bound | give this one another name"]),
        (
            "for each a in [1] { set a 1; set a_index 1; for each a in [1] { } }",
            &[
                "25 a | `a` is already a loop variable | give this one another name",
                "34 a_index | `a_index` is already a loop variable | give this one another name",
                "54 a | `a` is already a loop variable | give this one another name",
            ],
        ),
        ("set a 1; for each a in [1] { }", &["19 a | `a` is already bound | give this one another name"]),
        (
            "set a_index 1; for each a in [1] { }",
            &["25 a | `a_index` is already bound | give this one another name"],
        ),
        (
            "set b 1; for each a in [1] collect b { yield 1; }",
            &["36 b | `b` is already bound | give this one another name"],
        ),
        ("js a \"1\"; if (b) { js a \"1\"; }", &["23 a | `a` is already bound | give this one another name"]),
        ("if (b) { js a \"1\"; } js a \"1\";", &["25 a | `a` is already bound | give this one another name"]),
        (
            "retry 2 { js a \"1\"; } js a \"1\";",
            &["26 a | `a` is already bound | give this one another name"],
        ),
    ]);
}

#[test]
fn a_set_that_does_not_fit() {
    each(&[
        (
            "set a 1; set a \"b\";",
            &["14 a | `a` is an int, not a string | use another name for another type"],
        ),
        ("set a 1; set a 1.5;", &["14 a | `a` is an int, not a float | use another name for another type"]),
        (
            "set a [1]; set a { b: 1 };",
            &["16 a | `a` is a list, not a map | use another name for another type"],
        ),
        (
            "set a true; set a null;",
            &["17 a | `a` is a bool, not any JSON | use another name for another type"],
        ),
        (
            "set a: u8 (1); set a: u8 (2);",
            &["20 a | `a` already has a type | write the type only where it is first set"],
        ),
    ]);
}

#[test]
fn branches_with_different_types() {
    each(&[
        (
            "if (a) { set b 1; } else { set b \"c\"; }",
            &[
                "32 b | `b` is an int in one branch and a string here | give it the same type in every branch, or another name",
            ],
        ),
        (
            "if (a) { set b: Vec<u8> (c); } else if (d) { set b 1; } else { return 1; }",
            &[
                "50 b | `b` is a `Vec<u8>` in one branch and an int here | give it the same type in every branch, or another name",
            ],
        ),
    ]);
}

#[test]
fn loops_and_what_they_give() {
    each(&[
        (
            r#"set a 1; for each b in "{{a}}" { }"#,
            &[
                r#"24 "{{a}}" | `for each` needs a list, not an int | write a list, a placeholder that is one, or `(expr)`"#,
            ],
        ),
        (
            r#"input a map required; for each b in "{{a}}" collect c { yield each "{{a}}"; }"#,
            &[
                r#"37 "{{a}}" | `for each` needs a list, not a map | write a list, a placeholder that is one, or `(expr)`"#,
                r#"68 "{{a}}" | `yield each` needs a list, not a map | write a list, a placeholder that is one, or `(expr)`"#,
            ],
        ),
        // What the parser has told of a literal is not told again.
        (
            r#"for each b in "x" { }"#,
            &[r#"15 "x" | expected a list, found a string | write `"{{name}}"` or `[…]`"#],
        ),
        (
            "for each a in [1] collect b { status \"\"; }",
            &["27 b | `collect b` has nothing to collect | bind a name in the loop, or `yield` a value"],
        ),
        (
            "for each a in [1] { yield 1; }",
            &[
                "21 yield | this `yield` has no `collect` to go to | write `collect NAME` where its loop begins",
            ],
        ),
        (
            "for each a in [1] collect b { for each c in [1] { yield 1; } set d 1; }",
            &[
                "51 yield | this `yield` has no `collect` to go to | write `collect NAME` where its loop begins",
            ],
        ),
        (
            "yield 1; if (a) { yield each [1]; }",
            &[
                "1 yield | `yield` stands outside of a loop | put it into a `for each` or `loop` that has a `collect`, or write `return`",
                "19 yield | `yield` stands outside of a loop | put it into a `for each` or `loop` that has a `collect`, or write `return`",
            ],
        ),
    ]);
}

#[test]
fn what_leaves_a_loop_stands_in_one() {
    each(&[
        (
            "break; if (a) { continue; }",
            &[
                "1 break | `break` stands outside of a loop | put it into a `for each` or a `loop`, or write `return` to end the run",
                "8 if | `if` is never reached | remove it, or move the `break`",
                "17 continue | `continue` stands outside of a loop | put it into a `for each` or a `loop`, or write `return` to end the run",
            ],
        ),
        (
            "retry 2 { break; }",
            &[
                "11 break | `break` stands outside of a loop | put it into a `for each` or a `loop`, or write `return` to end the run",
            ],
        ),
        (
            "for each a in [1] { wait 0; } try { continue; } else { }",
            &[
                "37 continue | `continue` stands outside of a loop | put it into a `for each` or a `loop`, or write `return` to end the run",
            ],
        ),
        (
            "loop max 3 { break; wait 0; } loop max 3 { if (a) { continue; } else { break; } wait 0; }",
            &[
                "21 wait | `wait` is never reached | remove it, or move the `break`",
                "81 wait | `wait` is never reached | remove it, or move the `break`",
            ],
        ),
        (
            "loop { for each a in [1] { break; } }",
            &[
                "1 loop | this `loop` has no end | write `max N`, a condition as `while js \"…\"`, or a `break` in it",
            ],
        ),
        (
            "for each a in [1] collect all { set b 1; break; }",
            &[
                "27 all | `collect all` has nothing to collect | no iteration reaches its end: `yield` a value before that",
            ],
        ),
        (
            "try { status \"{{error}}\"; } else as error { } ",
            &["14 \"{{error}}\" | unknown name `error` in a placeholder | declare it: `input error string`"],
        ),
        ("set a 1; try { } else as a { }", &["26 a | `a` is already bound | give this one another name"]),
    ]);
}

#[test]
fn steps_after_a_return() {
    each(&[
        (
            "return 1; wait 0; wait 0;",
            &["11 wait | `wait` is never reached | remove it, or move the `return`"],
        ),
        (
            "if (a) { return 1; status \"\"; } wait 0;",
            &["20 status | `status` is never reached | remove it, or move the `return`"],
        ),
        (
            "if (a) { return 1; } else { return 2; } wait 0;",
            &["41 wait | `wait` is never reached | remove it, or move the `return`"],
        ),
        (
            "retry 2 { return 1; } wait until \"a\";",
            &["23 wait | `wait until` is never reached | remove it, or move the `return`"],
        ),
        ("for each a in [1] { return 1; } wait 0;", &[]),
        (
            "fail \"no\"; wait 0; wait 0;",
            &["12 wait | `wait` is never reached | remove it, or move the `fail`"],
        ),
        (
            "if (a) { fail \"no\"; } else { return 2; } wait 0;",
            &["42 wait | `wait` is never reached | remove it, or move the `return`"],
        ),
        ("if (a) { fail \"no\"; } wait 0;", &[]),
        ("for each a in [1] { fail \"no\"; } wait 0;", &[]),
        ("return 1; return 2;", &["11 return | `return` is never reached | remove it, or move the `return`"]),
    ]);
}

#[test]
fn a_type_that_only_rustc_knows() {
    each(&[
        ("set a (1);", &["5 a | the type of `a` is not known | write `set a: TYPE …`"]),
        (
            "set a (1); set b \"{{a}}\"; set c \"{{a}}!\";",
            &[
                "5 a | the type of `a` is not known | write `set a: TYPE …`",
                "16 b | the type of `b` is not known | write `set b: TYPE …`",
            ],
        ),
        (
            "for each a in (b) collect c { yield \"{{a}}\"; }",
            &["27 c | the type of `c` is not known | write `collect c: TYPE`"],
        ),
        (
            "for each a in (b) collect c { set d \"{{a}}\"; }",
            &["35 d | the type of `d` is not known | write `set d: TYPE …`"],
        ),
        ("if (a) { set b (1); }", &["14 b | the type of `b` is not known | write `set b: TYPE …`"]),
        (
            "return (1);",
            &["1 return | the type of this `return` is not known | write `-> TYPE` after the task's slug"],
        ),
    ]);
}

#[test]
fn two_types_of_one_name() {
    each(&[
        (
            "extract rows from \"a\" { items from \"b\" { c text \"d\"; } } extract rows_items from \"e\" { f text \"g\"; }",
            &[
                "66 rows_items | duplicate type `RowsItems` in this task | types are named after results: give this one another name",
            ],
        ),
        (
            "extract input from \"a\" { b text \"c\"; }",
            &[
                "9 input | duplicate type `Input` in this task | types are named after results: give this one another name",
            ],
        ),
        (
            "for each a in [1] collect output { set b 1; }",
            &[
                "27 output | duplicate type `Output` in this task | types are named after results: give this one another name",
            ],
        ),
        (
            "for each a in [1] { extract b from \"c\" { d text \"e\"; } } for each a in [1] { extract b from \"c\" { f text \"g\"; } }",
            &[
                "86 b | duplicate type `B` in this task | types are named after results: give this one another name",
            ],
        ),
    ]);
}

#[test]
fn a_placeholder_that_is_no_number_where_one_stands() {
    each(&[
        (
            "input a string; extract b from \"c\" repeat limit \"{{a}}\" { d text \".\"; }",
            &[r#"49 "{{a}}" | `{{a}}` is a string | a count's placeholder must be an int"#],
        ),
        (
            "input a float default 1.5; retry \"{{a}}\" { wait \"{{a}}\"; pdf _ scale \"{{a}}\"; }",
            &[
                r#"34 "{{a}}" | `{{a}}` is a float | a count's placeholder must be an int"#,
                r#"49 "{{a}}" | `{{a}}` is a float | a duration's placeholder must be an int of milliseconds"#,
            ],
        ),
        (
            "input a map; set b { c: 1 }; pdf _ scale \"{{b}}\"; retry \"{{b.c}}\" { wait \"{{x}}\"; }",
            &[
                r#"42 "{{b}}" | `{{b}}` is a map | a number's placeholder must be an int or a float"#,
                r#"74 "{{x}}" | unknown name `x` in a placeholder | did you mean `a`?"#,
            ],
        ),
        (
            "secret a; wait \"{{a}}\";",
            &[
                r#"16 "{{a}}" | secret `a` may not stand here | a secret goes only into `goto`, `sendkeys`, `fill`, `http`, `set cookies` and `args`"#,
            ],
        ),
    ]);
}
