//! Mistakes in the lines of the header, with what is said about them.

/// Lines, and what is said: `COLUMN token | message | help`.
pub(super) const CASES: &[(&str, &[&str])] = &[
    (
        "timeout 5x;",
        &[
            "9 5x | bad duration `5x` | write it as `800ms`, `30s`, `1.5s`, `2m`, `1h`, or in whole milliseconds",
        ],
    ),
    (
        "transport rest, ftp, rest, sse ws;",
        &[
            "17 ftp | unknown transport `ftp` | write `rest`, `sse`, `websocket` or `async`",
            "22 rest | duplicate transport `rest` | remove it",
            "32 ws | unexpected `ws` in `transport` | write `transport rest|sse|websocket|async, …`",
        ],
    ),
    ("pool 5;", &["6 5 | expected `TAG`, found `5` | write `pool TAG`"]),
    ("pool a; pool b;", &["9 pool | duplicate `pool` | remove it"]),
    ("doc x;", &[r#"5 x | expected `"…"`, found `x` | write `doc "…"`"#]),
    ("setup a;", &[r#"7 a | expected `"SLUG"`, found `a` | write `setup "SLUG" [with {…}]`"#]),
    ("strict 5;", &["8 5 | unexpected `5` in `strict` | write `strict`"]),
    ("strict; strict;", &["9 strict | duplicate `strict` | remove it"]),
    ("dialogs acept;", &["9 acept | unknown word `acept` | did you mean `accept`?"]),
    (
        "input;",
        &[
            r#"1 input | missing `NAME` | write `input NAME string|int|float|bool|list|map|path [required] [default LIT] [doc "…"]`"#,
        ],
    ),
    (
        "input a;",
        &[
            r#"7 a | missing `string|int|float|bool|list|map|path` | write `input NAME string|int|float|bool|list|map|path [required] [default LIT] [doc "…"]`"#,
        ],
    ),
    ("input a strin;", &["9 strin | unknown type `strin` | did you mean `string`?"]),
    (
        "input required string;",
        &["7 required | `required` is an option of `input` and cannot be a name there | choose another name"],
    ),
    (
        r#"input a string required default "x";"#,
        &["25 default | `default` excludes `required` | write one of them"],
    ),
    (
        r#"input a string default "x" required;"#,
        &["28 required | `required` excludes `default` | write one of them"],
    ),
    (
        "input a int default 1.5;",
        &["21 1.5 | expected a default of type `int`, found a number | write `float default 1.5`"],
    ),
    (
        r#"input a int default "x"; input a int; input b list default ["{{x}}"]; input cx bool default (x);"#,
        &[
            r#"21 "x" | expected a default of type `int`, found a string | write it as `default 10`, or another type for the input"#,
            "32 a | duplicate input `a` | choose another name",
            r#"61 "{{x}}" | placeholder `{{x}}` in a default | write the value itself, and `{{{{` for a literal `{{`"#,
            "77 cx | `cx` is reserved | choose another name",
            "93 (x) | Rust in the default of a plain input | write `input cx: TYPE = EXPR`",
        ],
    ),
    (
        "input a: = 5;",
        &[
            r#"10 = | expected `TYPE`, found `=` | remove the `=`: write `input NAME string|int|float|bool|list|map|path [required] [default LIT] [doc "…"]`"#,
        ],
    ),
    (
        "input a: u8 = ;",
        &["13 = | missing `EXPR` | write `input NAME: TYPE [= EXPR]`, with a doc comment before it"],
    ),
    (
        "input a: u8 required;",
        &[
            "13 required | expected `=`, found `required` | write `input NAME: TYPE [= EXPR]`, with a doc comment before it",
        ],
    ),
    (
        r#"/// x
input a string doc "b";"#,
        &[r#"3:20 "b" | duplicate `doc` | write the doc comment or `doc`"#],
    ),
    (
        "secret a; secret a; input b int; secret b; secret _;",
        &[
            "18 a | duplicate secret `a` | remove it",
            "41 b | `b` is already an input | choose another name",
            "51 _ | `_` as the name of a secret | write a name",
        ],
    ),
    ("secret 5;", &["8 5 | expected `NAME`, found `5` | write `secret NAME`"]),
    ("timeout;", &["1 timeout | missing `DURATION` | write `timeout DURATION`"]),
    ("timeout (a);", &["9 ( | expected `DURATION`, found `( … )` | write `timeout DURATION`"]),
    (
        "transport;",
        &["1 transport | missing `rest|sse|websocket|async` | write `transport rest|sse|websocket|async, …`"],
    ),
    ("setup \"a\" with [];", &[r#"16 [ | expected `{…}`, found `[ … ]` | write `setup "SLUG" [with {…}]`"#]),
    (
        r#"input a path default "/etc/hosts"; input b path default "a/../b"; input c path default 5;"#,
        &[
            r#"22 "/etc/hosts" | bad path: it is absolute | write a path below the folder of files, like `"shots/home.png"`"#,
            r#"57 "a/../b" | bad path: `.` and `..` are not names | write a path below the folder of files, like `"shots/home.png"`"#,
            r#"88 5 | expected a default of type `path`, found a number | write it as `default "shots/home.png"`, or another type for the input"#,
        ],
    ),
    (
        r#"input a int default "ten"; input b float default "1e999";"#,
        &[
            r#"21 "ten" | expected a default of type `int`, found a string | write it as `default 10`, or another type for the input"#,
            r#"50 "1e999" | expected a default of type `float`, found a string | write it as `default 0.5`, or another type for the input"#,
        ],
    ),
    ("setting;", &[r#"1 setting | missing `NAME` | write `setting NAME [default "…"]`"#]),
    (
        "setting base string;",
        &[r#"14 string | unknown option `string` of `setting` | write `setting NAME [default "…"]`"#],
    ),
    (
        "setting base default 5;",
        &[r#"22 5 | expected `"…"`, found `5` | write `setting NAME [default "…"]`"#],
    ),
    (
        r#"setting base default "{{x}}"; setting _; setting base;"#,
        &[
            r#"22 "{{x}}" | placeholder `{{x}}` in a default | write the value itself"#,
            "39 _ | `_` as the name of a setting | write a name",
            "50 base | duplicate setting `base` | remove it",
        ],
    ),
    (
        "input a string; secret b; setting a; setting b;",
        &[
            "35 a | `a` is already an input | choose another name",
            "46 b | `b` is already a secret | choose another name",
        ],
    ),
    ("setup;", &[r#"1 setup | missing `"SLUG"` | write `setup "SLUG" [with {…}]`"#]),
    ("dialogs 5;", &["9 5 | expected `dismiss|accept`, found `5` | write `dialogs dismiss|accept`"]),
    (r#"doc "a" "b";"#, &[r#"9 "b" | unexpected `"b"` in `doc` | write `doc "…"`"#]),
    (r#"pool "a" b;"#, &["10 b | unexpected `b` in `pool` | write `pool TAG`"]),
    (
        "input a string doc 5;",
        &[
            r#"20 5 | expected `"…"`, found `5` | write `input NAME string|int|float|bool|list|map|path [required] [default LIT] [doc "…"]`"#,
        ],
    ),
    ("input a: u8 = 1 +;", &["17 + | bad Rust: unexpected end of input, expected an expression | "]),
];
