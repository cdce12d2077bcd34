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
    ("press Enter;", &[r#"7 Enter | expected `"KEY"`, found `Enter` | write `press "KEY"`"#]),
    (r#"press "";"#, &[r#"7 "" | empty key | write a key, as `"Enter"` or `"Control+a"`"#]),
    (r#"press "enter";"#, &[r#"7 "enter" | unknown key `enter` | did you mean `Enter`?"#]),
    (r#"press "Escpae";"#, &[r#"7 "Escpae" | unknown key `Escpae` | did you mean `Escape`?"#]),
    (r#"press "Return";"#, &[r#"7 "Return" | unknown key `Return` | did you mean `Enter`?"#]),
    (
        r#"press "Control+Foo";"#,
        &[
            r#"7 "Control+Foo" | unknown key `Foo` | a key is one character, or a name as `Enter`, `Tab`, `Escape`, `ArrowDown`, `F5`"#,
        ],
    ),
    (r#"press "Ctrl+a";"#, &[r#"7 "Ctrl+a" | `Ctrl` is no modifier | did you mean `Control`?"#]),
    (
        r#"press "a+b";"#,
        &[r#"7 "a+b" | `a` is no modifier | before `+` stands `Alt`, `Control`, `Meta` or `Shift`"#],
    ),
    (
        r#"press "+a";"#,
        &[r#"7 "+a" | bad keys `+a` | before `+` stands `Alt`, `Control`, `Meta` or `Shift`"#],
    ),
    (
        r##"select "#a" "b";"##,
        &[r##"13 "b" | expected `option`, found `"b"` | write `select "SEL" option "…"`"##],
    ),
    (r##"select "#a" option;"##, &[r##"13 option | missing `"…"` | write `select "SEL" option "…"`"##]),
    (r#"select "" option "a";"#, &[r#"8 "" | empty selector | write a CSS selector, as `"main > a.next"`"#]),
    ("check box;", &[r#"7 box | expected `"SEL"`, found `box` | write `check "SEL"`"#]),
    (
        r#"check "a[";"#,
        &[r#"7 "a[" | bad selector: unclosed `[` | write a CSS selector, as `"main > a.next"`"#],
    ),
    (r#"uncheck;"#, &[r#"1 uncheck | missing `"SEL"` | write `uncheck "SEL"`"#]),
    (
        r#"uncheck "{{a}}";"#,
        &[
            r#"9 "{{a}}" | placeholder `{{a}}` in the place of a selector | a placeholder goes inside a name, a string or a number: `.{{class}}`, `[data-id="{{id}}"]`, `:nth-child({{n}})`"#,
        ],
    ),
    (r#"hover "a" now;"#, &[r#"11 now | unexpected `now` in `hover` | write `hover "SEL"`"#]),
];
