//! Mistakes in steps that hold others, and in those that give values, with what is said about them.

/// Lines, and what is said: `COLUMN token | message | help`.
pub(super) const CASES: &[(&str, &[&str])] = &[
    ("for x in [1] { wait 0; }", &[r#"1 for | unknown step `for` | write `for each ITEM in "{{LIST}}"`"#]),
    ("else { }", &["1 else | unknown step `else` | `else` follows the `}` of an `if` or a `try`"]),
    ("call;", &[r#"1 call | missing `"SLUG"` | write `call [NAME] "SLUG"|NAME path::to::task [with {…}]`"#]),
    (
        "call x;",
        &[r#"6 x | missing `"SLUG"` | write `call "SLUG"`, or a name before the path: `call NAME x`"#],
    ),
    (
        "call a::b;",
        &[
            r#"7 : | expected `"SLUG"`, found `:` | write `call "SLUG"`, or a name before the path: `call NAME a`"#,
        ],
    ),
    (
        r#"call "a" with [];"#,
        &[
            r#"15 [ | expected `{…}`, found `[ … ]` | write `call [NAME] "SLUG"|NAME path::to::task [with {…}]`"#,
        ],
    ),
    (r#"call "a" wiht {};"#, &["10 wiht | unknown option `wiht` of `call` | did you mean `with`?"]),
    ("for each x of [1] { wait 0; }", &[r#"12 of | expected `in`, found `of` | write `in "{{LIST}}"`"#]),
    (
        "for each x in rows { wait 0; }",
        &[
            r#"15 rows | expected `LIST`, found `rows` | write `"{{rows}}"` for its value, or `"rows"` for the text"#,
        ],
    ),
    (
        r#"for each _ in "a" { wait 0; }"#,
        &[
            "10 _ | `_` as the name of an item | write a name",
            r#"15 "a" | expected a list, found a string | write `"{{name}}"` or `[…]`"#,
        ],
    ),
    (
        "for each x in [1] colect y { wait 0; }",
        &["19 colect | unknown option `colect` of `for each` | did you mean `collect`?"],
    ),
    (
        "for each x in [1] collect { wait 0; }",
        &[
            "27 { | expected `NAME`, found `{ … }` | write `for each ITEM in LIST [collect NAME[: TYPE]] [continue on error] { steps }`",
        ],
    ),
    (
        "for each x in [1] continue { wait 0; }",
        &["19 continue | unknown option `continue` of `for each` | write `continue on error`"],
    ),
    (
        "for each x in [1];",
        &[
            "17 ] | missing `{ steps }` | write `for each ITEM in LIST [collect NAME[: TYPE]] [continue on error] { steps }`",
        ],
    ),
    (
        "for each x on [1] { wiat 1; }",
        &[
            r#"12 on | expected `in`, found `on` | write `in "{{LIST}}"`"#,
            "21 wiat | unknown step `wiat` | did you mean `wait`?",
        ],
    ),
    (
        "if { wait 0; }",
        &[
            r#"4 { | missing condition | write `if "{{name}}" [== VALUE]|js "…"|(expr) { steps } [else if … { steps }] [else { steps }]`"#,
        ],
    ),
    (
        "if foo { wait 0; }",
        &[
            r#"4 foo | expected `"{{name}}"|js "…"|(expr)`, found `foo` | write `"{{foo}}"` for its value, or `"foo"` for the text"#,
        ],
    ),
    (
        r#"if js "{{a}}" { wait 0; }"#,
        &[
            r#"7 "{{a}}" | placeholder `{{a}}` in JavaScript source | bind what it asks before, with `js NAME "…" args [..]`, and ask `if "{{NAME}}"`"#,
        ],
    ),
    (
        "if (a) { wait 0; } else wait 0;",
        &[
            r#"20 else | missing `{ steps }` | write `if "{{name}}" [== VALUE]|js "…"|(expr) { steps } [else if … { steps }] [else { steps }]`"#,
        ],
    ),
    (
        "if (a) wait 0;",
        &[
            r#"6 ) | missing `{ steps }` | write `if "{{name}}" [== VALUE]|js "…"|(expr) { steps } [else if … { steps }] [else { steps }]`"#,
        ],
    ),
    ("if (a) { wait 0; } elze { wait 0; }", &["20 elze | unknown step `elze` | did you mean `else`?"]),
    ("retry { wait 0; }", &["7 { | expected `N`, found `{ … }` | write `N` as a whole number, like `10`"]),
    ("retry 0 { wait 0; }", &["7 0 | `retry 0` would run nothing | write 1 or more"]),
    ("retry 3 { wait 0; };", &["20 ; | unexpected `;` | remove it"]),
    ("retry -3 { wait 0; }", &["7 - | expected `N`, found `-` | write `N` as a whole number, like `10`"]),
    (
        "retry 3 pause { wait 0; }",
        &["15 { | expected `D`, found `{ … }` | write `retry N [pause D] { steps }`"],
    ),
    (
        "retry \"3\" { wait 0; }",
        &[r#"7 "3" | expected `N`, found `"3"` | write `N` as a whole number, like `10`"#],
    ),
    (
        "retry \"{{n}} times\" { wait 0; }",
        &[
            r#"7 "{{n}} times" | expected `N`, found a string | write the placeholder alone, like `"{{name}}"`"#,
        ],
    ),
    (
        "retry \"{{n|or:many}}\" { wait 0; }",
        &[r#"7 "{{n|or:many}}" | bad fallback `many` for `N` | write `N` as a whole number, like `10`"#],
    ),
    (
        "retry \"{{ n }}\" { wait 0; }",
        &[r#"7 "{{ n }}" | bad placeholder `{{ n }}` at character 1 | write `{{n}}`"#],
    ),
    (
        "wait \"{{n|or:5m30s}}\";",
        &[
            r#"6 "{{n|or:5m30s}}" | bad fallback `5m30s` for `D` | write it as `800ms`, `30s`, `1.5s`, `2m`, `1h`, or in whole milliseconds"#,
        ],
    ),
    ("retry 3 { pool x; }", &["11 pool | `pool` inside a block | move it before the first step"]),
    ("yield;", &["1 yield | missing `VALUE` | write `yield VALUE`"]),
    ("yield each 5;", &[r#"12 5 | expected a list, found a number | write `"{{name}}"` or `[…]`"#]),
    ("return;", &["1 return | missing `VALUE` | write `return VALUE`"]),
    ("return 1, 2;", &["9 , | unexpected `,` in `return` | remove it: write `return VALUE`"]),
    ("let;", &["1 let | missing `PATTERN = EXPR` | write `let PATTERN = EXPR`"]),
    (
        "rust { if a { return; } } let Some(b) = c else { return };",
        &[
            "15 return | `return` in `rust` | a step `return VALUE` ends the run with a value, and `?` with an error",
            "50 return | `return` in `let` | a step `return VALUE` ends the run with a value, and `?` with an error",
        ],
    ),
    ("rust { let a = |b| return b; fn c() { return; } }", &[]),
    ("rust;", &["1 rust | missing `{ … }` | write `rust { … }`"]),
    (
        "rust { a } wait x;",
        &[r#"17 x | expected `D`, found `x` | write `"{{x}}"` for its value, or a duration, like `2s`"#],
    ),
    (
        "if (a) { } else { } else { }",
        &["21 else | unexpected `else` | an `if` has one `else`, as the last of its blocks"],
    ),
    (
        r#"if "a" wait 0;"#,
        &[
            r#"4 "a" | missing `{ steps }` | write `if "{{name}}" [== VALUE]|js "…"|(expr) { steps } [else if … { steps }] [else { steps }]`"#,
            r#"4 "a" | a text without a placeholder always holds | write a placeholder, like `if "{{name}}"`, or `if "{{name}}" == "a"`"#,
        ],
    ),
    (
        r#"yield each "a{{b}}";"#,
        &[r#"12 "a{{b}}" | expected a list, found a string | write `"{{name}}"` or `[…]`"#],
    ),
    (
        "return x;",
        &[r#"8 x | expected `VALUE`, found `x` | write `"{{x}}"` for its value, or `"x"` for the text"#],
    ),
    (r#"let x = 5 goto "https://a/";"#, &["9 5 | missing `;` | end the `let` with `;`"]),
    ("retry 3;", &["7 3 | missing `{ steps }` | write `retry N [pause D] { steps }`"]),
    ("retry 1.5 { }", &["7 1.5 | bad number `1.5` | write `N` as a whole number, like `10`"]),
    (
        r#"call x "a" with { a: };"#,
        &[r#"20 : | missing `VALUE` | write `call [NAME] "SLUG"|NAME path::to::task [with {…}]`"#],
    ),
    ("for each x in [1] collect a collect b { }", &["29 collect | duplicate `collect` | remove it"]),
    (
        "for each cx in [1] collect _ { }",
        &[
            "10 cx | `cx` is reserved | choose another name",
            "28 _ | `_` as the name of a collected list | write a name",
        ],
    ),
    (r#"call cx "a";"#, &["6 cx | `cx` is reserved | choose another name"]),
    (
        "call 5;",
        &[
            r#"6 5 | expected `"SLUG"`, found `5` | write `call [NAME] "SLUG"|NAME path::to::task [with {…}]`"#,
        ],
    ),
    ("rust 5;", &["6 5 | expected `{ … }`, found `5` | write `rust { … }`"]),
    ("let", &["1 let | missing `PATTERN = EXPR` | write `let PATTERN = EXPR`"]),
    (
        r"call x
wait 0;",
        &[r#"6 x | missing `"SLUG"` | write `call "SLUG"`, or a name before the path: `call NAME x`"#],
    ),
    (
        "for each x in [1] continue on error continue-on-error { wait 0; }",
        &["37 continue | duplicate `continue on error` | remove it"],
    ),
    ("try;", &["1 try | missing `{ steps }` | write `try { steps } [else [as NAME] { steps }]`"]),
    (
        "try 3 { wait 0; }",
        &["5 3 | unexpected `3` in `try` | write `try { steps } [else [as NAME] { steps }]`"],
    ),
    (
        "try { } catch { }",
        &["9 catch | unknown step `catch` | write `else as error` after the block of the `try`"],
    ),
    (
        "try { } else error { wait 0; }",
        &["14 error | unexpected `error` after `else` | write `else as error`"],
    ),
    (
        "try { } else as { wait 0; }",
        &["17 { | expected `NAME`, found `{ … }` | write `try { steps } [else [as NAME] { steps }]`"],
    ),
    (
        "try { } else if (a) { wait 0; }",
        &["9 else | missing `{ steps }` | write `try { steps } [else [as NAME] { steps }]`"],
    ),
    (
        "try { } else as a { } else { }",
        &["23 else | unexpected `else` | a `try` has one `else`, as the last of its blocks"],
    ),
    (
        "try { } else as _ { } try { } else as cx { }",
        &[
            "17 _ | `_` as the name of an error | write a name",
            "39 cx | `cx` is reserved | choose another name",
        ],
    ),
    ("break 2;", &["7 2 | unexpected `2` in `break` | write `break`"]),
    (
        "continue on error;",
        &[
            "1 continue | `continue on error` is an option of `for each` | write it before the block of its loop",
        ],
    ),
    (
        "loop js { }",
        &[
            r#"9 { | expected `"source"`, found `{ … }` | write `loop [[while|until] "{{name}}" [== VALUE]|js "…"|(expr)] [pause D] [max N] [collect NAME[: TYPE]] { steps }`"#,
        ],
    ),
    (
        "loop while max 3 { }",
        &[
            r#"12 max | missing condition | write `loop [[while|until] "{{name}}" [== VALUE]|js "…"|(expr)] [pause D] [max N] [collect NAME[: TYPE]] { steps }`"#,
        ],
    ),
    ("fail;", &[r#"1 fail | missing `"…"` | write `fail "…" [code NAME] [status N]`"#]),
    (
        "fail SOLD_OUT;",
        &[
            r#"6 SOLD_OUT | expected `"…"`, found `SOLD_OUT` | write `"{{SOLD_OUT}}"` for its value, or `"SOLD_OUT"` for the text"#,
        ],
    ),
    (r#"fail "a" code;"#, &[r#"10 code | missing `NAME` | write `fail "…" [code NAME] [status N]`"#]),
    (
        r#"fail "a" code sold_out;"#,
        &["15 sold_out | bad code `sold_out` | a code has letters `A-Z`, digits and `_`, like `SOLD_OUT`"],
    ),
    (
        r#"fail "a" code TIMEOUT;"#,
        &[
            "15 TIMEOUT | the code `TIMEOUT` is reserved | choose another: this one is told of failures that are not the recipe's",
        ],
    ),
    (
        r#"fail "a" code "SOLD_OUT";"#,
        &[
            r#"15 "SOLD_OUT" | expected `NAME`, found `"SOLD_OUT"` | write the code itself, like `code SOLD_OUT`"#,
        ],
    ),
    (
        r#"fail "a" status 200;"#,
        &[
            "17 200 | bad status `200` of a failure | write `400`, `402`, `403`, `404`, `409`, `410`, `412`, `418`, `422`, `423`, `424`, `428`, `429`, `451`, `500`, `501`, `502`, `503` or `504`",
        ],
    ),
    (
        r#"fail "a" status soon;"#,
        &[
            r#"17 soon | expected `N`, found `soon` | write `"{{soon}}"` for its value, or a whole number, like `10`"#,
        ],
    ),
    ("retry 3 pause 1s pause 2s { }", &["18 pause | duplicate `pause` | remove it"]),
];
