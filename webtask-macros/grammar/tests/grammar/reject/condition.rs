//! Mistakes in what an `if` or a `loop` asks, with what is said about them.

/// Lines, and what is said: `COLUMN token | message | help`.
pub(super) const CASES: &[(&str, &[&str])] = &[
    (
        r#"if "{{rows.length}} == 0" { }"#,
        &[
            r#"4 "{{rows.length}} == 0" | a text around a placeholder always holds | write `if "{{rows.length}}" == 0`"#,
        ],
    ),
    (
        r#"if "no" { }"#,
        &[
            r#"4 "no" | a text without a placeholder always holds | write a placeholder, like `if "{{name}}"`, or `if "{{name}}" == "no"`"#,
        ],
    ),
    (
        r#"if (a) { } else if "{{state}} != done && !{{late}}" { }"#,
        &[
            r#"20 "{{state}} != done && !{{late}}" | a text around a placeholder always holds | write `else if "{{state}}" != "done" and not "{{late}}"`"#,
        ],
    ),
    (
        r#"if "{{a}}{{b}}" { }"#,
        &[
            r#"4 "{{a}}{{b}}" | a text around a placeholder always holds | write the placeholder alone, like `if "{{a}}"`, or a comparison"#,
        ],
    ),
    (
        r#"loop until "rows.length >= 3" { }"#,
        &[
            r#"12 "rows.length >= 3" | a text without a placeholder always holds | write `loop until "{{rows.length}}" >= 3`"#,
        ],
    ),
    (
        r#"if "" { }"#,
        &[r#"4 "" | an empty text never holds | write a placeholder, like `if "{{name}}"`, or a comparison"#],
    ),
    (
        "if true { } else if [] { }",
        &[
            r#"4 true | `true` is the same each time it is asked | write a placeholder, like `if "{{name}}"`, or a comparison"#,
            r#"21 [ | a list is the same each time it is asked | write a placeholder, like `else if "{{name}}"`, or a comparison"#,
        ],
    ),
    (
        "loop while true max 3 { wait 1s; }",
        &[
            "12 true | `true` is the same each time it is asked | write `loop` without a condition, with `max N` or a `break` in it",
        ],
    ),
    (
        r#"loop while 1 == 1 { wait 1s; }"#,
        &[r#"12 1 | both sides are always the same | write a placeholder on one side, like `"{{name}}"`"#],
    ),
    (
        r#"if "a" matches r"a" { }"#,
        &[r#"4 "a" | the text is always the same | write a placeholder, like `"{{name}}" matches r"…"`"#],
    ),
    (r#"if "{{a}}" is not null { }"#, &["12 is | unknown operator `is not` | write `!=`"]),
    (
        r#"if "{{a}}" not contains "b" { } else if "{{a}}" not matches r"b" { }"#,
        &[
            r#"12 not | unknown operator `not contains` | write `not` before the value: `not "{{name}}" contains …`"#,
            r#"49 not | unknown operator `not matches` | write `not` before the value: `not "{{name}}" matches …`"#,
        ],
    ),
    (
        r#"if "{{a}}" == "b" or == "c" { }"#,
        &[r#"22 = | missing value before `==` | write the value again, like `"{{name}}" == …`"#],
    ),
    (
        r#"if "{{a}}" == { b: 1 } { }"#,
        &[
            r#"13 = | missing `VALUE` | bind the map before, by `set NAME { … }`, and compare with `"{{NAME}}"`"#,
        ],
    ),
    ("loop 3 { wait 1s; }", &["6 3 | a number is not a condition | write `loop max 3`"]),
    ("loop 3 times { wait 1s; }", &["6 3 | a number is not a condition | write `loop max 3`"]),
    (r#"if "{{a}}" = 1 { }"#, &[r#"12 = | unknown operator `=` | write `==`"#]),
    (r#"if "{{a}}" === 1 { }"#, &[r#"12 = | unknown operator `===` | write `==`"#]),
    (r#"if "{{a}}" <> 1 { }"#, &[r#"12 < | unknown operator `<>` | write `!=`"#]),
    (r#"if "{{a}}" && "{{b}}" { }"#, &[r#"12 & | unknown operator `&&` | write `and`"#]),
    (r#"if "{{a}}" == 1 || "{{b}}" { }"#, &[r#"17 | | unknown operator `||` | write `or`"#]),
    (r#"if !"{{a}}" { }"#, &[r#"4 ! | unknown operator `!` | write `not`"#]),
    (r#"if "{{a}}" is 1 { }"#, &[r#"12 is | unknown operator `is` | write `==`"#]),
    (
        r#"if "{{a}}" in ["b"] { }"#,
        &[r#"12 in | unknown operator `in` | write the list first: `[…] contains "{{name}}"`"#],
    ),
    (
        r#"if "{{a}}" startsWith "b" { }"#,
        &[r#"12 startsWith | unknown operator `startsWith` | write `matches r"^…"`"#],
    ),
    (
        r#"if "{{a}}" + 1 == 2 { }"#,
        &[
            "12 + | unknown operator `+` | the operators are `==`, `!=`, `<`, `<=`, `>`, `>=`, `contains` and `matches`",
        ],
    ),
    (
        r#"if 1 < "{{a}}" < 3 { }"#,
        &["16 < | `<` after a comparison | write two comparisons, with `and` between them"],
    ),
    (
        r#"if "{{a}}" == { }"#,
        &[
            "13 = | missing `VALUE` | write a value: a text, a number, `true`, `false`, `null`, `\"{{name}}\"`",
        ],
    ),
    (
        r#"if "{{a}}" == b { }"#,
        &[r#"15 b | expected `VALUE`, found `b` | write `"{{b}}"` for its value, or `"b"` for the text"#],
    ),
    (
        r#"if "{{a}}" matches "{{b}}" { }"#,
        &[r#"20 "{{b}}" | placeholder `{{b}}` in a regex | write the regex itself"#],
    ),
    (
        r#"if "{{a}}" matches r"(" { }"#,
        &[r#"20 r"(" | bad regex at character 1: unclosed group | write a regex, like `match r"(\d+)"`"#],
    ),
    (
        r#"if "{{a}}" matches 5 { }"#,
        &[
            r#"20 5 | expected `r"regex"`, found `5` | write `if "{{name}}" [== VALUE]|js "…"|(expr) { steps } [else if … { steps }] [else { steps }]`"#,
        ],
    ),
    (
        r#"if ("{{a}}" and) { }"#,
        &[
            r#"13 and | missing condition | write `if "{{name}}" [== VALUE]|js "…"|(expr) { steps } [else if … { steps }] [else { steps }]`"#,
        ],
    ),
    (
        r#"if ("{{a}}" or "{{b}}" c) { }"#,
        &[
            r#"24 c | unexpected `c` in a condition | a condition is `"{{name}}"`, a comparison or a script, with `and`, `or` between"#,
        ],
    ),
    (
        r#"if (not "{{a}}") == true { }"#,
        &["18 = | `==` after a condition | a condition is not a value: compare what is in it"],
    ),
    (
        r#"if js "n" >= 3 { }"#,
        &[r#"11 > | `>=` after a script | compare in the script, like `js "items.length >= 3"`"#],
    ),
    (
        r#"if "{{a}}" and { }"#,
        &[
            r#"16 { | missing condition | write `if "{{name}}" [== VALUE]|js "…"|(expr) { steps } [else if … { steps }] [else { steps }]`"#,
        ],
    ),
    (
        r#"loop until { wait 1s; }"#,
        &[
            r#"12 { | missing condition | write `loop [[while|until] "{{name}}" [== VALUE]|js "…"|(expr)] [pause D] [max N] [collect NAME[: TYPE]] { steps }`"#,
        ],
    ),
    (
        r#"if js "const n = f(); n > 1" { }"#,
        &[
            r#"7 "const n = f(); n > 1" | statements without a value | write one expression, or `return` before what it gives"#,
        ],
    ),
    (
        r#"loop until js "() => done" { }"#,
        &[
            r#"15 "() => done" | a function that nobody calls | call it, like `(() => done)()`, or write what it does alone"#,
        ],
    ),
    (
        r#"if js "await f()" { }"#,
        &[
            r#"7 "await f()" | `await` in a script that does not wait | write a step before it that waits, `js NAME "…" await`; a condition asks `"{{NAME}}"`"#,
        ],
    ),
    (
        r#"wait until url "done";"#,
        &[
            r#"16 "done" | no address begins like that | write the whole address, a path like `"/orders/*"`, or what it ends with, like `"**/done"`"#,
        ],
    ),
    (
        r#"wait until url "";"#,
        &[
            r#"16 "" | empty address | write the whole address, a path like `"/orders/*"`, or what it ends with, like `"**/done"`"#,
        ],
    ),
    (
        r#"wait until url "/{a,b";"#,
        &[r#"16 "/{a,b" | unclosed `{` in an address | write alternatives as `{a,b}`"#],
    ),
    (
        r#"wait until url matches r"(" timeout 5s;"#,
        &[r#"24 r"(" | bad regex at character 1: unclosed group | write a regex, like `match r"(\d+)"`"#],
    ),
    (
        r#"wait until url matches "{{a}}";"#,
        &[r#"24 "{{a}}" | placeholder `{{a}}` in a regex | write the regex itself"#],
    ),
    (
        r#"wait until url;"#,
        &[
            r#"12 url | missing `"GLOB"|matches r"regex"` | write `wait until url "GLOB"|matches r"regex" [timeout D]`"#,
        ],
    ),
    (
        r#"wait until url "/a" timeot 5s;"#,
        &["21 timeot | unknown option `timeot` of `wait until url` | did you mean `timeout`?"],
    ),
    (
        r#"wait until js "const n = 1";"#,
        &[
            r#"15 "const n = 1" | statements without a value | write one expression, or `return` before what it gives"#,
        ],
    ),
    (
        r#"wait until js "a === '{{b}}'" timeout 1s;"#,
        &[
            r#"15 "a === '{{b}}'" | placeholder `{{b}}` in JavaScript source | put it into the page before: `js _ "window.name = arguments[0]" args ["{{b}}"]`"#,
        ],
    ),
    (
        "wait until js;",
        &[r#"12 js | missing `"source"` | write `wait until js "source"|fn "path" [timeout D]`"#],
    ),
];
