//! Mistakes in the steps that work on a page by hand, with what is said about them.

/// Lines, and what is said: `COLUMN token | message | help`.
pub(super) const CASES: &[(&str, &[&str])] = &[
    ("back 2;", &["6 2 | unexpected `2` in `back` | write `back`"]),
    ("forward to x;", &["9 to | unexpected `to` in `forward` | write `forward`"]),
    (
        r#"reload "https://a/";"#,
        &[r#"8 "https://a/" | unexpected `"https://a/"` in `reload` | write `reload`"#],
    ),
    ("press;", &[r#"1 press | missing `"KEY"` | write `press "KEY"`"#]),
    ("press Enter;", &[r#"7 Enter | expected `"KEY"`, found `Enter` | put it in quotes: `"Enter"`"#]),
    (r#"press "";"#, &[r#"7 "" | empty key | write a key, like `"Enter"` or `"Control+a"`"#]),
    (r#"press "enter";"#, &[r#"7 "enter" | unknown key `enter` | did you mean `Enter`?"#]),
    (r#"press "Escpae";"#, &[r#"7 "Escpae" | unknown key `Escpae` | did you mean `Escape`?"#]),
    (r#"press "Return";"#, &[r#"7 "Return" | unknown key `Return` | did you mean `Enter`?"#]),
    (
        r#"press "Control+Foo";"#,
        &[
            r#"7 "Control+Foo" | unknown key `Foo` | a key is one character, or a name such as `Enter`, `Tab`, `Escape`, `ArrowDown`, `F5`"#,
        ],
    ),
    (r#"press "ctrl+a";"#, &[r#"7 "ctrl+a" | `ctrl` is not a modifier | did you mean `Ctrl`?"#]),
    (r#"press "f5";"#, &[r#"7 "f5" | unknown key `f5` | did you mean `F5`?"#]),
    (
        r#"press "numpadenter";"#,
        &[r#"7 "numpadenter" | unknown key `numpadenter` | did you mean `NumpadEnter`?"#],
    ),
    (
        r#"press "a+b";"#,
        &[
            r#"7 "a+b" | `a` is not a modifier | before `+` stands `Alt`, `Control`, `Meta`, `Shift`, `ControlOrMeta`, `Ctrl` or `Cmd`"#,
        ],
    ),
    (
        r#"press "+a";"#,
        &[
            r#"7 "+a" | bad keys `+a` | before `+` stands `Alt`, `Control`, `Meta`, `Shift`, `ControlOrMeta`, `Ctrl` or `Cmd`"#,
        ],
    ),
    (
        r##"select "#a" "b";"##,
        &[r##"13 "b" | expected `option`, found `"b"` | write `select "SEL" option "…" [timeout D]`"##],
    ),
    (
        r##"select "#a" option;"##,
        &[r##"13 option | missing `"…"` | write `select "SEL" option "…" [timeout D]`"##],
    ),
    (
        r#"select "" option "a";"#,
        &[r#"8 "" | empty selector | write a CSS selector, like `"main > a.next"`"#],
    ),
    ("check box;", &[r#"1 check | unknown step `check box` | write `check "SEL"`"#]),
    (
        r#"check "a[";"#,
        &[
            r#"7 "a[" | bad selector at character 2: unclosed `[` | write a CSS selector, like `"main > a.next"`"#,
        ],
    ),
    (r#"uncheck;"#, &[r#"1 uncheck | missing `"SEL"` | write `uncheck "SEL" [timeout D]`"#]),
    (
        r#"uncheck "{{a}}";"#,
        &[
            r#"9 "{{a}}" | placeholder `{{a}}` in the place of a selector | a placeholder goes inside a name, a string or a number: `.{{class}}`, `[data-id="{{id}}"]`, `:nth-child({{n}})`"#,
        ],
    ),
    (
        r#"hover "iframe >> ";"#,
        &[
            r#"7 "iframe >> " | bad selector at character 8: nothing after `>>` | each part beside a `>>` is CSS or a locator, like `"iframe#a >> role=button"`"#,
        ],
    ),
    (
        r#"upload "a" "b";"#,
        &[r#"12 "b" | expected `files`, found `"b"` | write `upload "SEL" files ["path", …] [timeout D]`"#],
    ),
    (
        r#"upload "a" files "b";"#,
        &[
            r#"18 "b" | expected `["path", …]`, found `"b"` | write `upload "SEL" files ["path", …] [timeout D]`"#,
        ],
    ),
    (
        r#"upload "a" files [1, "../b"];"#,
        &[
            r#"19 1 | expected `"path"`, found `1` | write `upload "SEL" files ["path", …] [timeout D]`"#,
            r#"22 "../b" | bad path: `.` and `..` are not names | write a path below the folder of files, like `"shots/home.png"`"#,
        ],
    ),
    (r#"hover "a" timeout;"#, &[r#"11 timeout | missing `D` | write `hover "SEL" [timeout D]`"#]),
    (r#"check "a" timeout 2s timeout 3s;"#, &[r#"22 timeout | duplicate `timeout` | remove it"#]),
    (r#"press "Enter" timeot 2s;"#, &[r#"15 timeot | unexpected `timeot` in `press` | write `press "KEY"`"#]),
    (
        r#"fill "a" with "b" timeout;"#,
        &[r#"19 timeout | missing `D` | write `fill "SEL" with "…" [timeout D]`"#],
    ),
    (
        r#"sendkeys "a" keys "b" timeout fast;"#,
        &[
            r#"31 fast | expected `D`, found `fast` | write `"{{fast}}"` for its value, or a duration, like `2s`"#,
        ],
    ),
    (
        r#"select "a" option "b" timeout "c";"#,
        &[
            r#"31 "c" | expected `D`, found `"c"` | write it as `800ms`, `30s`, `1.5s`, `2m`, `1h`, or in whole milliseconds"#,
        ],
    ),
    (r#"uncheck "a" timeout 1s timeout 2s;"#, &[r#"24 timeout | duplicate `timeout` | remove it"#]),
    (
        r#"upload "a" files ["b"] timeout;"#,
        &[r#"24 timeout | missing `D` | write `upload "SEL" files ["path", …] [timeout D]`"#],
    ),
    (r#"hover "a" now;"#, &[r#"11 now | unknown option `now` of `hover` | write `hover "SEL" [timeout D]`"#]),
    (r#"click "a" opens window;"#, &["11 opens | unknown option `opens` of `click` | write `opens tab`"]),
    (r#"click "a" opens tab opens tab;"#, &["21 opens | duplicate `opens tab` | remove it"]),
    (
        "wait network;",
        &["6 network | expected `D`, found `network` | write `wait network idle D [max N] [timeout D]`"],
    ),
    ("wait network idle;", &["14 idle | missing `D` | write `wait network idle D [max N] [timeout D]`"]),
    (
        "wait network idle 1s max many;",
        &[
            r#"26 many | expected `N`, found `many` | write `"{{many}}"` for its value, or a whole number, like `10`"#,
        ],
    ),
    (
        "wait network idle 1s timeout 5x;",
        &[
            "30 5x | bad duration `5x` | write it as `800ms`, `30s`, `1.5s`, `2m`, `1h`, or in whole milliseconds",
        ],
    ),
    (r#"scroll "a";"#, &[r#"1 scroll | unknown step `scroll` | write `scroll until stable "a"`"#]),
    (
        r#"scroll until stable "a" direction left;"#,
        &["35 left | unknown direction `left` | write `up` or `down`"],
    ),
    (
        r#"scroll until stable "a" max x;"#,
        &[r#"29 x | expected `N`, found `x` | write `"{{x}}"` for its value, or a whole number, like `10`"#],
    ),
    (
        r#"scroll until stable "a" stable;"#,
        &[
            r#"25 stable | missing `D` | write `scroll until stable "SEL" [direction up|down] [stable D] [max N]`"#,
        ],
    ),
    (
        r#"loop js "{{a}}" max 0 { wiat 1; }"#,
        &[
            r#"9 "{{a}}" | placeholder `{{a}}` in JavaScript source | put it into the page before: `js _ "window.name = arguments[0]" args ["{{a}}"]`"#,
            "25 wiat | unknown step `wiat` | did you mean `wait`?",
        ],
    ),
    (
        r#"loop js "return 1" pause fast { }"#,
        &[
            r#"26 fast | expected `D`, found `fast` | write `"{{fast}}"` for its value, or a duration, like `2s`"#,
        ],
    ),
    (
        r#"loop js "return 1" collect _ { yield 1; }"#,
        &["28 _ | `_` as the name of a collected list | write a name"],
    ),
];
