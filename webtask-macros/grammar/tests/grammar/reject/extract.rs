//! Mistakes in `extract` and its fields, with what is said about them.

/// Lines, and what is said: `COLUMN token | message | help`.
pub(super) const CASES: &[(&str, &[&str])] = &[
    (
        r#"extract from "a" { b text "c"; }"#,
        &[
            r#"9 from | expected `NAME`, found `from` | write `extract NAME from "SEL" [repeat] [limit N] { fields }`"#,
        ],
    ),
    (
        r#"extract page { b text "c"; }"#,
        &[
            r#"14 { | expected `from`, found `{ … }` | write `extract NAME from "SEL" [repeat] [limit N] { fields }`"#,
        ],
    ),
    (
        r#"extract repeat from "a" { b text "c"; }"#,
        &["9 repeat | `repeat` is an option of `extract` and cannot be a name there | choose another name"],
    ),
    (r#"extract cx from "a" { b text "c"; }"#, &["9 cx | `cx` is reserved | choose another name"]),
    (
        r#"extract page from "a";"#,
        &[r#"19 "a" | missing `{ fields }` | write `extract NAME from "SEL" [repeat] [limit N] { fields }`"#],
    ),
    (
        r#"extract page from "a" { };"#,
        &[
            r#"23 { | no fields in `extract` | write at least one, like `name text "SEL"`"#,
            "26 ; | unexpected `;` | remove it",
        ],
    ),
    (
        r#"extract page from "a" limit 3 { b text "c"; }"#,
        &[
            r#"29 3 | `limit` without `repeat` | write `repeat limit N` for a list, or remove it: one object is read from the first match"#,
        ],
    ),
    (
        r#"extract page from "a" limit (n) { b text "c"; }"#,
        &[
            r#"29 (n) | `limit` without `repeat` | write `repeat limit N` for a list, or remove it: one object is read from the first match"#,
        ],
    ),
    (
        r#"extract page from "a" limit { b text "c"; }"#,
        &["29 { | expected `N`, found `{ … }` | write `N` as a whole number, like `10`"],
    ),
    (
        r#"extract page from "a" limit 5s { b text "c"; }"#,
        &["29 5s | bad number `5s` | write `N` as a whole number, like `10`"],
    ),
    (
        r#"extract page from "a" reapeat { b text "c"; }"#,
        &["23 reapeat | unknown option `reapeat` of `extract` | did you mean `repeat`?"],
    ),
    (
        r#"extract page from "a" { b; c txt "d"; e text; }"#,
        &[
            "25 b | missing keyword after the field name `b` | write `text`, `attr`, `html`, `const`, `count` or `from` after the name",
            "30 txt | unknown field keyword `txt` | did you mean `text`?",
            r#"41 text | missing `"SEL"` | write `NAME text "SEL" [match r"regex"] [trim] [lower|upper] [url] [int|float|bool] [all] [optional|required]`"#,
        ],
    ),
    (
        r#"extract page from "a" { b text "c" b text "d"; }"#,
        &[
            r#"32 "c" | missing `;` | end the `text` with `;`"#,
            "36 b | duplicate field `b` | choose another name",
        ],
    ),
    (
        r#"extract page from "a" { "b" text "c"; _ text "d"; }"#,
        &[
            r#"25 "b" | expected `NAME`, found `"b"` | a field begins with its name, like `title text "h1"`"#,
            "39 _ | `_` as the name of a field | write a name",
        ],
    ),
    (
        r#"extract page from "a" { a attr on "c"; b attr href "c"; }"#,
        &[
            r#"32 on | expected `ATTR`, found `on` | write `NAME attr ATTR on "SEL" [match r"regex"] [trim] [lower|upper] [url] [int|float|bool] [all] [optional|required]`"#,
            r#"52 "c" | expected `on`, found `"c"` | write `NAME attr ATTR on "SEL" [match r"regex"] [trim] [lower|upper] [url] [int|float|bool] [all] [optional|required]`"#,
        ],
    ),
    (
        r#"extract page from "a" { a text "b" lower upper; b text "b" int int; c text "b" required optional; }"#,
        &[
            "42 upper | `upper` excludes `lower` | write one of them",
            "64 int | duplicate `int` | remove it",
            "89 optional | `optional` excludes `required` | write one of them",
        ],
    ),
    (
        r#"extract page from "a" { a const 1 int; b count "x" all; c from "x" all { d text "e"; } }"#,
        &[
            "35 int | unexpected `int` in `const` | write `NAME const VALUE`",
            r#"52 all | unexpected `all` in `count` | write `NAME count "SEL"`"#,
            r#"68 all | unknown option `all` of `from` | write `NAME from "SEL" [repeat] [optional|required] { fields }`"#,
        ],
    ),
    (
        r#"extract page from "a" { a text "b" match r"(" lower; b text "x" match "{{a}}"; }"#,
        &[
            r#"42 r"(" | bad regex at character 1: unclosed group | write a regex, like `match r"(\d+)"`"#,
            r#"71 "{{a}}" | placeholder `{{a}}` in a regex | write the regex itself"#,
        ],
    ),
    (
        r#"extract page from "a" { a from "b"; }"#,
        &[
            r#"32 "b" | missing `{ fields }` | write `NAME from "SEL" [repeat] [optional|required] { fields }`"#,
        ],
    ),
    (
        r#"extract page from "a" { a attr "x y" on "c"; }"#,
        &[r#"32 "x y" | bad attribute name `x y` | write it as `href`"#],
    ),
    (
        r#"extract page from "a" { a attr href on "{{c}}"; b html ""; }"#,
        &[
            r#"40 "{{c}}" | placeholder `{{c}}` in the place of a selector | a placeholder goes inside a name, a string or a number: `.{{class}}`, `[data-id="{{id}}"]`, `:nth-child({{n}})`"#,
            r#"56 "" | empty selector | write a CSS selector, or `"."` for the row itself"#,
        ],
    ),
    (
        r#"extract page from "a" { a attr on; }"#,
        &[
            r#"32 on | missing `on` | write `NAME attr ATTR on "SEL" [match r"regex"] [trim] [lower|upper] [url] [int|float|bool] [all] [optional|required]`"#,
        ],
    ),
    (
        "extract page from 5 { a text 5; }",
        &[
            r#"19 5 | expected `"SEL"`, found `5` | write `extract NAME from "SEL" [repeat] [limit N] { fields }`"#,
            r#"30 5 | expected `"SEL"`, found `5` | write `NAME text "SEL" [match r"regex"] [trim] [lower|upper] [url] [int|float|bool] [all] [optional|required]`"#,
        ],
    ),
    (
        r#"extract page from "a" { a html 5; b count 5; c from 5 { d text "e"; } }"#,
        &[
            r#"32 5 | expected `"SEL"`, found `5` | write `NAME html "SEL" [match r"regex"] [trim] [lower|upper] [url] [int|float|bool] [all] [optional|required]`"#,
            r#"43 5 | expected `"SEL"`, found `5` | write `NAME count "SEL"`"#,
            r#"53 5 | expected `"SEL"`, found `5` | write `NAME from "SEL" [repeat] [optional|required] { fields }`"#,
        ],
    ),
    (r#"extract page from "a" { a const; }"#, &["27 const | missing `VALUE` | write `NAME const VALUE`"]),
    (
        r#"extract page from "a" { b text
 c html "d"; }"#,
        &[
            r#"27 text | missing `"SEL"` | write `NAME text "SEL" [match r"regex"] [trim] [lower|upper] [url] [int|float|bool] [all] [optional|required]`"#,
        ],
    ),
];
