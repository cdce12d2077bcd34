//! Mistakes in steps with values: `set`, `emit`, `js`, with what is said about them.

/// Lines, and what is said: `COLUMN token | message | help`.
pub(super) const CASES: &[(&str, &[&str])] = &[
    (r#"emit "x";"#, &[r#"6 "x" | missing `"…"` | write `emit KIND "…" [data {…}]`"#]),
    (r#"emit done "x";"#, &["6 done | the event kind `done` is reserved | choose another kind"]),
    (
        r#"emit "a b" "x";"#,
        &[r#"6 "a b" | bad event kind `a b` | a kind has letters `A-Za-z`, digits, `_`, `.` and `-`"#],
    ),
    (
        r#"emit a-b "x";"#,
        &["6 a | bad name `a-b` | a name has letters `A-Za-z`, digits and `_`: write `a_b`"],
    ),
    (
        r#"emit data "x";"#,
        &["6 data | `data` is an option of `emit` and cannot be a name there | choose another name"],
    ),
    (r#"emit a "x" data 5;"#, &["17 5 | expected a map, found a number | write `data { key: VALUE }`"]),
    (r#"emit a "x" data { b: 1, b: 2 };"#, &["25 b | duplicate key `b` | remove it"]),
    (
        r#"emit a "x" data { b 1, c: d };"#,
        &[
            "21 1 | expected `:`, found `1` | write `b: VALUE`",
            r#"27 d | expected `VALUE`, found `d` | write `"{{d}}"` for its value, or `"d"` for the text"#,
        ],
    ),
    (r#"emit a "x" data { b: 1 c: 2 };"#, &["24 c | missing `,` | write `,` before `c`"]),
    (r#"emit a "x" date { };"#, &["12 date | unknown option `date` of `emit` | did you mean `data`?"]),
    (
        r#"js "return 1";"#,
        &[
            r#"4 "return 1" | expected `NAME`, found `"return 1"` | give the result a name: write `js NAME[: TYPE] "source"|fn "path" [args […]] [await]`"#,
        ],
    ),
    (
        r#"js args "return 1";"#,
        &["4 args | `args` is an option of `js` and cannot be a name there | choose another name"],
    ),
    (
        r#"js x "f({{a}})";"#,
        &[
            r#"6 "f({{a}})" | placeholder `{{a}}` in JavaScript source | pass it: `args ["{{a}}"]`, and read `arguments[0]`"#,
        ],
    ),
    (
        r#"js x "";"#,
        &[r#"6 "" | empty script | write an expression, like `"document.title"`, or a body with `return`"#],
    ),
    (
        r#"js x "() => document.title";"#,
        &[
            r#"6 "() => document.title" | a function that nobody calls | call it, like `(() => document.title)()`, or write what it does alone"#,
        ],
    ),
    (
        r#"js _ "function () { f() }";"#,
        &[
            r#"6 "function () { f() }" | a function that nobody calls | call it, like `(function () { f() })()`, or write what it does alone"#,
        ],
    ),
    (
        r#"js x "const n = 1; n >= 3";"#,
        &[
            r#"6 "const n = 1; n >= 3" | statements without a value | write `return` before what it gives, or `js _ …` when that is nothing"#,
        ],
    ),
    (
        r#"js x "[1].map(n => { return n }); f()";"#,
        &[
            r#"6 "[1].map(n => { return n }); f()" | statements without a value | write `return` before what it gives, or `js _ …` when that is nothing"#,
        ],
    ),
    (
        r#"js x "await fetch('/')";"#,
        &[
            r#"6 "await fetch('/')" | `await` in a script that does not wait | write `await` behind the source too: `js NAME "…" await`"#,
        ],
    ),
    (r#"js _ "f(); g()"; js a: () "f(); g()"; js b "{ a: 'return' }"; js c "await f()" await;"#, &[]),
    (
        r#"js x fn "../a.js";"#,
        &[
            r#"9 "../a.js" | bad script path `../a.js` | write the path of a file below `scripts/`, like `"parse/rows.js"`"#,
        ],
    ),
    (
        r#"js x: "return 1";"#,
        &[
            r#"7 "return 1" | expected `TYPE`, found `"return 1"` | write `js NAME[: TYPE] "source"|fn "path" [args […]] [await]`"#,
        ],
    ),
    (
        r#"js x: 5 "return 1";"#,
        &[
            r#"7 5 | expected `TYPE`, found `5` | write `js NAME[: TYPE] "source"|fn "path" [args […]] [await]`"#,
        ],
    ),
    (
        r#"js x "return 1" args { };"#,
        &[
            r#"22 { | expected `[…]`, found `{ … }` | write `js NAME[: TYPE] "source"|fn "path" [args […]] [await]`"#,
        ],
    ),
    (r#"js x "return 1" await await;"#, &["23 await | duplicate `await` | remove it"]),
    ("set x;", &["5 x | missing `VALUE` | write `set NAME[: TYPE] VALUE`"]),
    (
        "set x y;",
        &[r#"7 y | expected `VALUE`, found `y` | write `"{{y}}"` for its value, or `"y"` for the text"#],
    ),
    ("set _ 5;", &["5 _ | `_` as the name of a value | write a name"]),
    (
        "set page-title 5;",
        &["5 page | bad name `page-title` | a name has letters `A-Za-z`, digits and `_`: write `page_title`"],
    ),
    ("set x 5u8;", &[r#"7 5u8 | bad number `5u8` | write a plain number, or `"5u8"` for the text"#]),
    (
        "set x 9223372036854775808;",
        &[
            "7 9223372036854775808 | bad number `9223372036854775808` | a whole number has 64 bits, like `-12`, any other is written as `0.5`",
        ],
    ),
    (
        "set x 1e999;",
        &[
            "7 1e999 | bad number `1e999` | a whole number has 64 bits, like `-12`, any other is written as `0.5`",
        ],
    ),
    ("set x [1 2];", &["10 2 | missing `,` | write `,` before `2`"]),
    ("set x [1, ;];", &["9 , | missing `VALUE` | write `set NAME[: TYPE] VALUE`"]),
    (
        r#"set x "a"b;"#,
        &[r#"7 "a"b | unexpected `b` at the end of a string | remove it, or put a space before `b`"#],
    ),
    (
        r#"emit a "x" data { 5: 1, "{{b}}": 2 };"#,
        &[
            "19 5 | expected `KEY`, found `5` | a key is a name or a string: `{ key: value }`",
            r#"25 "{{b}}" | placeholder `{{b}}` in a key | write the key itself"#,
        ],
    ),
    ("set x: (5);", &["8 ( | bad type `(5)` | write a Rust type"]),
    (r#"set x -"a";"#, &[r#"8 "a" | expected `VALUE`, found `"a"` | write `set NAME[: TYPE] VALUE`"#]),
    ("set x 5 6;", &["9 6 | unexpected `6` in `set` | write `set NAME[: TYPE] VALUE`"]),
    (
        "js x 5;",
        &[
            r#"6 5 | expected `"source"`, found `5` | write `js NAME[: TYPE] "source"|fn "path" [args […]] [await]`"#,
        ],
    ),
    (
        "js x fn y;",
        &[
            r#"9 y | expected `"path"`, found `y` | write `js NAME[: TYPE] "source"|fn "path" [args […]] [await]`"#,
        ],
    ),
    (
        r#"js x fn "";"#,
        &[r#"9 "" | empty script path | write the path of a file below `scripts/`, like `"parse/rows.js"`"#],
    ),
    (
        r"set
wait 0;",
        &["1 set | missing `NAME` | write `set NAME[: TYPE] VALUE`"],
    ),
    ("set x [1; 2];", &["9 ; | unexpected `;` | remove it"]),
    (
        r"set x {
 a: 1
 wait: 2 };",
        &["4:2 wait | missing `,` | write `,` before `wait`"],
    ),
    (
        "set x (1 2); status (format!); wait (+); set y ();",
        &[
            "10 2 | bad Rust: expected `,` | ",
            "29 ) | bad Rust: unexpected end of input, expected delimiter | ",
            "38 + | bad Rust: expected an expression | ",
            "48 ( | expected `VALUE`, found `()` | write a Rust expression between the parentheses",
        ],
    ),
    (
        "let a = ; let b 5; rust { c d; } rust { e. };",
        &[
            "7 = | bad Rust: expected an expression | ",
            "17 5 | bad Rust: expected `;` | ",
            "29 d | bad Rust: unexpected token, expected `;` | ",
            "42 . | bad Rust: unexpected end of input, expected identifier or integer | ",
            "45 ; | unexpected `;` | remove it",
        ],
    ),
];
