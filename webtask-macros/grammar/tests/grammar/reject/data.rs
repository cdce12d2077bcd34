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
            r#"18 "../b" | bad path: `.` and `..` are not names | write a path below the folder of files, like `"shots/home.png"`"#,
        ],
    ),
    (
        r#"read file a path "/etc/passwd";"#,
        &[
            r#"18 "/etc/passwd" | bad path: it is absolute | write a path below the folder of files, like `"shots/home.png"`"#,
        ],
    ),
    (
        r#"read file a path "x/{{b}}\\c";"#,
        &[
            r#"18 "x/{{b}}\\c" | bad path: it has a `\` or a NUL in it | write a path below the folder of files, like `"shots/home.png"`"#,
        ],
    ),
    (
        r#"read file a path "";"#,
        &[
            r#"18 "" | bad path: it is empty | write a path below the folder of files, like `"shots/home.png"`"#,
        ],
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
            r#"20 "a/.." | bad path: `.` and `..` are not names | write a folder below the folder of files, like `"reports/daily"`, or `"."`"#,
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
        &[
            r#"29 "a[" | bad selector at character 2: unclosed `[` | write a CSS selector, like `"main > a.next"`"#,
        ],
    ),
    (r#"save html selector "a" path "b" selector "c";"#, &["33 selector | duplicate `selector` | remove it"]),
    (
        r#"save html path "a" path "b";"#,
        &[r#"20 path | unknown option `path` of `save html` | write `save html path "…" [selector "SEL"]`"#],
    ),
    (
        r#"save htm path "a";"#,
        &[r#"6 htm | expected `html|captures`, found `htm` | write `save html path "…" [selector "SEL"]`"#],
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
        &["1 export | this `export` goes nowhere | give it a name before `data`, or write `path \"…\"`"],
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
            r#"30 "b//c" | bad path: a name in it is empty | write a path below the folder of files, like `"shots/home.png"`"#,
        ],
    ),
    (r#"export ndjson a data [] path "b" path "c";"#, &["34 path | duplicate `path` | remove it"]),
    (r#"export ndjson a path "b" data [] path "c";"#, &["34 path | duplicate `path` | remove it"]),
    (
        r#"export ndjson a path 5 data [];"#,
        &[
            r#"22 5 | expected `"…"`, found `5` | write `export csv|ndjson|json|md [NAME] data VALUE [columns […]] [path "…"]`"#,
        ],
    ),
    (r#"js a args [1] "return 1" args [2];"#, &["26 args | duplicate `args` | remove it"]),
    (
        "js a args [1] await;",
        &[r#"15 await | missing `"source"` | write `js NAME[: TYPE] "source"|fn "path" [args […]] [await]`"#],
    ),
    ("get cookies;", &[r#"5 cookies | missing `NAME` | write `get cookies NAME [urls […]] [path "…"]`"#]),
    (
        r#"get cookies urls ["a"];"#,
        &[
            r#"13 urls | `urls` before the name in `get cookies` | write `get cookies NAME [urls […]] [path "…"]`"#,
        ],
    ),
    (
        r#"get cookies a urls "https://a/";"#,
        &[
            r#"20 "https://a/" | expected `[…]`, found `"https://a/"` | write `get cookies NAME [urls […]] [path "…"]`"#,
        ],
    ),
    (
        r#"get cookies a urls ["b", 1];"#,
        &[
            r#"21 "b" | bad URL: relative URL without a base | write the whole address, like `"https://example.com/path"`"#,
            r#"26 1 | expected a URL, found a number | write `urls ["https://example.com/"]`"#,
        ],
    ),
    (
        r#"get cookies a path "/b";"#,
        &[
            r#"20 "/b" | bad path: it is absolute | write a path below the folder of files, like `"shots/home.png"`"#,
        ],
    ),
    (r#"get cookies a path "b" path "c";"#, &["24 path | duplicate `path` | remove it"]),
    ("get a;", &[r#"5 a | expected `cookies`, found `a` | write `get cookies NAME [urls […]] [path "…"]`"#]),
    ("set cookies;", &[r#"5 cookies | missing `LIST|file "…"` | write `set cookies LIST|file "…"`"#]),
    ("set cookies 5;", &[r#"13 5 | expected a list, found a number | write `"{{name}}"` or `[…]`"#]),
    (
        "set cookies jar;",
        &[r#"13 jar | expected `LIST|file "…"`, found `jar` | write `set cookies LIST|file "…"`"#],
    ),
    ("set cookies file;", &[r#"13 file | missing `"…"` | write `set cookies LIST|file "…"`"#]),
    (
        r#"set cookies file "../a";"#,
        &[
            r#"18 "../a" | bad path: `.` and `..` are not names | write a path below the folder of files, like `"shots/home.png"`"#,
        ],
    ),
    (r#"set cookies [{ name: "a", name: "b" }];"#, &["27 name | duplicate key `name` | remove it"]),
    ("clear cookies all;", &["15 all | unexpected `all` in `clear cookies` | write `clear cookies`"]),
    ("clear all;", &["7 all | expected `cookies`, found `all` | write `clear cookies`"]),
    (
        "http;",
        &[
            r#"1 http | missing `GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS` | write `http METHOD NAME url "…" [headers {…}] [body VALUE] [expect ok|any|CODE, …] [timeout D]`"#,
        ],
    ),
    (r#"http gett a url "https://b/";"#, &["6 gett | unknown method `gett` | did you mean `GET`?"]),
    (
        r#"http get url "https://b/";"#,
        &[
            r#"14 "https://b/" | expected `url`, found `"https://b/"` | write `http METHOD NAME url "…" [headers {…}] [body VALUE] [expect ok|any|CODE, …] [timeout D]`"#,
        ],
    ),
    (
        r#"http get a "https://b/";"#,
        &[
            r#"12 "https://b/" | expected `url`, found `"https://b/"` | write `http METHOD NAME url "…" [headers {…}] [body VALUE] [expect ok|any|CODE, …] [timeout D]`"#,
        ],
    ),
    (
        r#"http get headers url "https://b/";"#,
        &["10 headers | `headers` is an option of `http` and cannot be a name there | choose another name"],
    ),
    (
        r#"http get a url "b";"#,
        &[
            r#"16 "b" | bad URL: relative URL without a base | write the whole address, like `"https://example.com/path"`"#,
        ],
    ),
    (
        r#"http get a url "https://{{x}}.b/";"#,
        &[
            r#"16 "https://{{x}}.b/" | placeholder `{{x}}` in a part of a URL's host | a placeholder is a whole URL, a whole host, or inside a path, query or fragment"#,
        ],
    ),
    (
        r#"http get a url "https://b/" expect 1;"#,
        &["36 1 | bad status `1` | a status is a number from 100 to 599, like `404`"],
    ),
    (
        r#"http get a url "https://b/" body "x";"#,
        &[r#"34 "x" | `GET` with a `body` | remove it, or write another method, like `POST`"#],
    ),
    (
        r#"http put a url "https://b/" timeout fast;"#,
        &[
            r#"37 fast | expected `D`, found `fast` | write `"{{fast}}"` for its value, or a duration, like `2s`"#,
        ],
    ),
    (
        r#"http put a url "https://b/" headers [];"#,
        &[
            r#"37 [ | expected `{…}`, found `[ … ]` | write `http METHOD NAME url "…" [headers {…}] [body VALUE] [expect ok|any|CODE, …] [timeout D]`"#,
        ],
    ),
    (
        r#"http put a url "https://b/" headers { "a b": "x" };"#,
        &[r#"39 "a b" | bad header name `a b` | write it as `accept`"#],
    ),
    (
        r#"http put a url "https://b/" headers { a: "x\r\nb: y", Host: "c", d: [] };"#,
        &[
            r#"42 "x\r\nb: y" | line break in a header | a header's value is one line"#,
            "55 Host | header `Host` cannot be set | it follows from the rest: remove it",
            r#"69 [ | expected a header's value, found a list | write a string, like `{ accept: "text/html" }`"#,
        ],
    ),
    (
        r#"http put a url "https://b/" headers { a: "1", a: "2" } body { b: 1, b: 2 };"#,
        &["47 a | duplicate key `a` | remove it", "69 b | duplicate key `b` | remove it"],
    ),
    (
        r#"http put a url "https://b/" timeout 1s timeout 2s;"#,
        &["40 timeout | duplicate `timeout` | remove it"],
    ),
    (
        r#"download each selector "a";"#,
        &[
            r#"24 "a" | expected `selector`, found `"a"` | write `download each NAME selector "SEL" [timeout D]`"#,
        ],
    ),
    (
        r#"download each timeout selector "a";"#,
        &[
            "15 timeout | `timeout` is an option of `download each` and cannot be a name there | choose another name",
        ],
    ),
    (
        r#"download each a "b";"#,
        &[
            r#"17 "b" | expected `selector`, found `"b"` | write `download each NAME selector "SEL" [timeout D]`"#,
        ],
    ),
    (
        r#"download each a selector "b[";"#,
        &[
            r#"26 "b[" | bad selector at character 2: unclosed `[` | write a CSS selector, like `"main > a.next"`"#,
        ],
    ),
    (r#"download each a selector "b" timeout 5 s;"#, &["38 5 | bad duration `5 s` | write `5s`"]),
    (
        r#"download a selector "b";"#,
        &[
            r#"12 selector | unknown option `selector` of `download` | write `download NAME [path "…"] [timeout D] { steps }`"#,
        ],
    ),
    (
        r#"save captures dir "a";"#,
        &[
            r#"19 "a" | expected `dir`, found `"a"` | write `save captures NAME dir "…" [from page] [naming "…"]`"#,
        ],
    ),
    (
        "save captures a;",
        &[r#"15 a | missing `dir` | write `save captures NAME dir "…" [from page] [naming "…"]`"#],
    ),
    (
        r#"save captures a dir "b" from pag;"#,
        &[r#"25 from | unknown option `from` of `save captures` | did you mean `from page`?"#],
    ),
    (r#"save captures a dir "b" from page from page;"#, &[r#"35 from | duplicate `from page` | remove it"#]),
    (
        r#"save captures a dir "/b";"#,
        &[
            r#"21 "/b" | bad path: it is absolute | write a folder below the folder of files, like `"reports/daily"`, or `"."`"#,
        ],
    ),
    (
        r#"save captures a dir "b" naming "{nam}";"#,
        &[
            r#"32 "{nam}" | unknown `{nam}` in `naming` | it may have `{index}`, `{name}`, `{stem}` and `{ext}` in it"#,
        ],
    ),
    (
        r#"save captures a dir "b" naming "../{name}";"#,
        &[
            r#"32 "../{name}" | bad path: `.` and `..` are not names | write a path below the folder of files, like `"shots/home.png"`"#,
        ],
    ),
    (
        r#"save it dir "b";"#,
        &[r#"6 it | expected `html|captures`, found `it` | write `save html path "…" [selector "SEL"]`"#],
    ),
];
