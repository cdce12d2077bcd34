//! Mistakes in the steps that work on data and files.

/// Steps, and what is wrong with each: `COLUMN token | message | help`.
pub(super) const CASES: &[(&str, &[&str])] = &[
    ("read file;", &[r#"6 file | missing `NAME` | write `read file NAME path "…" [optional]`"#]),
    ("read file a;", &[r#"11 a | missing `path` | write `read file NAME path "…" [optional]`"#]),
    (
        r#"read file optional path "a";"#,
        &[
            "11 optional | `optional` is an option of `read file` and cannot be a name there | choose another name",
        ],
    ),
    (
        r#"read file a "b";"#,
        &[r#"13 "b" | expected `path`, found `"b"` | write `read file NAME path "…" [optional]`"#],
    ),
    (r#"read file a path "b" optional optional;"#, &["31 optional | duplicate `optional` | remove it"]),
    (
        r#"read file a path "../b";"#,
        &[
            r#"18 "../b" | bad path: `.` and `..` are no names | write a path below the folder of files, as `"shots/home.png"`"#,
        ],
    ),
    (
        r#"read file a path "/etc/passwd";"#,
        &[
            r#"18 "/etc/passwd" | bad path: it is absolute | write a path below the folder of files, as `"shots/home.png"`"#,
        ],
    ),
    (
        r#"read file a path "x/{{b}}\\c";"#,
        &[
            r#"18 "x/{{b}}\\c" | bad path: it has a `\` or a NUL in it | write a path below the folder of files, as `"shots/home.png"`"#,
        ],
    ),
    (
        r#"read file a path "";"#,
        &[r#"18 "" | bad path: it is empty | write a path below the folder of files, as `"shots/home.png"`"#],
    ),
    ("read x;", &[r#"6 x | expected `file`, found `x` | write `read file NAME path "…" [optional]`"#]),
    (
        "write files w files {};",
        &[r#"15 files | expected `root`, found `files` | write `write files NAME root "…" files VALUE`"#],
    ),
    (
        r#"write files w root "a";"#,
        &[r#"20 "a" | missing `files` | write `write files NAME root "…" files VALUE`"#],
    ),
    (
        r#"write files w root "a/.." files {};"#,
        &[
            r#"20 "a/.." | bad path: `.` and `..` are no names | write a folder below the folder of files, as `"reports/daily"`, or `"."`"#,
        ],
    ),
    (r#"write files w root "a" files { x: 1, x: 2 };"#, &["38 x | duplicate key `x` | remove it"]),
    (
        r#"write files w root "a" files x;"#,
        &[r#"30 x | expected `VALUE`, found `x` | write `"{{x}}"` for its value, or `"x"` for the text"#],
    ),
    ("save html;", &[r#"6 html | missing `path` | write `save html path "…" [selector "SEL"]`"#]),
    (
        r#"save html path "a" selector "a[";"#,
        &[r#"29 "a[" | bad selector: unclosed `[` | write a CSS selector, as `"main > a.next"`"#],
    ),
    (r#"save html selector "a" path "b" selector "c";"#, &["33 selector | duplicate `selector` | remove it"]),
    (
        r#"save html path "a" path "b";"#,
        &[r#"20 path | unknown option `path` of `save html` | write `save html path "…" [selector "SEL"]`"#],
    ),
    (
        r#"save htm path "a";"#,
        &[r#"6 htm | expected `html`, found `htm` | write `save html path "…" [selector "SEL"]`"#],
    ),
    (
        "export;",
        &[
            r#"1 export | missing `csv|ndjson|json|md` | write `export csv|ndjson|json|md [NAME] data VALUE [columns […]] [path "…"]`"#,
        ],
    ),
    ("export xml data [];", &["8 xml | unknown format `xml` | write `csv`, `ndjson`, `json` or `md`"]),
    (
        r#"export csv data "{{rows}}";"#,
        &[r#"1 export | this `export` goes nowhere | give it a name before `data`, or write `path "…"`"#],
    ),
    (
        "export csv columns [] data [];",
        &["12 columns | `columns` is an option of `export` and cannot be a name there | choose another name"],
    ),
    (
        "export csv a;",
        &[
            r#"12 a | missing `data` | write `export csv|ndjson|json|md [NAME] data VALUE [columns […]] [path "…"]`"#,
        ],
    ),
    (
        r#"export json a data [] columns "x";"#,
        &[
            r#"31 "x" | expected `[…]`, found `"x"` | write `export csv|ndjson|json|md [NAME] data VALUE [columns […]] [path "…"]`"#,
        ],
    ),
    (
        r#"export md a data [] columns [1, "b"];"#,
        &[r#"30 1 | expected a column's name, found a number | write `columns ["name", "price"]`"#],
    ),
    (
        r#"export ndjson a data [] path "b//c";"#,
        &[
            r#"30 "b//c" | bad path: a name in it is empty | write a path below the folder of files, as `"shots/home.png"`"#,
        ],
    ),
    (r#"export ndjson a data [] path "b" path "c";"#, &["34 path | duplicate `path` | remove it"]),
];
