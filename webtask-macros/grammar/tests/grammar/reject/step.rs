//! Mistakes in the other steps, and in what is no step, with what is said about them.

/// Lines, and what is said: `COLUMN token | message | help`.
pub(super) const CASES: &[(&str, &[&str])] = &[
    (r#"clik "a";"#, &["1 clik | unknown step `clik` | did you mean `click`?"]),
    (
        "frobnicate x;",
        &["1 frobnicate | unknown step `frobnicate` | the steps are listed in `webtask::guide::language`"],
    ),
    (
        r#""a";"#,
        &[r#"1 "a" | expected a step, found `"a"` | a step begins with its keyword, like `goto "URL"`"#],
    ),
    ("status;", &[r#"1 status | missing `"…"` | write `status "…"`"#]),
    ("status 5;", &[r#"8 5 | expected `"…"`, found `5` | write `status "…"`"#]),
    (r#"status b"x";"#, &[r#"8 b"x" | expected `"…"`, found a byte string | write a string, like `"…"`"#]),
    (r#"status c"x";"#, &[r#"8 c"x" | expected `"…"`, found a C string | write a string, like `"…"`"#]),
    ("status 'x';", &[r#"8 'x' | expected `"…"`, found a character | write a string, like `"…"`"#]),
    (
        "status title;",
        &[
            r#"8 title | expected `"…"`, found `title` | write `"{{title}}"` for its value, or `"title"` for the text"#,
        ],
    ),
    (r#"status "a" "b";"#, &[r#"12 "b" | unexpected `"b"` in `status` | write `status "…"`"#]),
    (r#"status "{{ a }}";"#, &[r#"8 "{{ a }}" | bad placeholder `{{ a }}` at character 1 | write `{{a}}`"#]),
    (
        r#"status "{{a";"#,
        &[
            r#"8 "{{a" | unclosed `{{` at character 1 | close it with `}}`, or write `{{{{` for a literal `{{`"#,
        ],
    ),
    (
        "goto example;",
        &[
            r#"6 example | expected `"URL"`, found `example` | write `"{{example}}"` for its value, or the whole address in quotes"#,
        ],
    ),
    (
        r#"goto "example.com";"#,
        &[
            r#"6 "example.com" | bad URL: relative URL without a base | write the whole address, like `"https://example.com"`"#,
        ],
    ),
    (
        r#"goto "https://{{a}}.com";"#,
        &[
            r#"6 "https://{{a}}.com" | placeholder `{{a}}` in a part of a URL's host | a placeholder is a whole URL, a whole host, or inside a path, query or fragment"#,
        ],
    ),
    (r#"goto "https://a/" until laod;"#, &["25 laod | unknown word `laod` | did you mean `load`?"]),
    (
        r#"goto "https://a/" until 5;"#,
        &[
            r#"25 5 | expected `load|dom|idle`, found `5` | write `goto [NAME] "URL" [expect ok|any|CODE, …] [until load|dom|idle] [timeout D]`"#,
        ],
    ),
    (
        r#"goto "https://a/" until;"#,
        &[
            r#"19 until | missing `load|dom|idle` | write `goto [NAME] "URL" [expect ok|any|CODE, …] [until load|dom|idle] [timeout D]`"#,
        ],
    ),
    (
        r#"goto "https://a/" untl load;"#,
        &["19 untl | unknown option `untl` of `goto` | did you mean `until`?"],
    ),
    (
        r#"goto "https://a/" foo load;"#,
        &[
            r#"19 foo | unknown option `foo` of `goto` | write `goto [NAME] "URL" [expect ok|any|CODE, …] [until load|dom|idle] [timeout D]`"#,
        ],
    ),
    (r#"goto "https://a/" timeout 1s timeout 2s;"#, &["30 timeout | duplicate `timeout` | remove it"]),
    (r#"goto "https://a/" wait 0;"#, &[r#"6 "https://a/" | missing `;` | end the `goto` with `;`"#]),
    (r#"goto "https://a/""#, &[r#"6 "https://a/" | missing `;` | end the `goto` with `;`"#]),
    (
        r#"goto "https://a/" expect;"#,
        &[
            r#"19 expect | missing `ok|any|CODE, …` | write `goto [NAME] "URL" [expect ok|any|CODE, …] [until load|dom|idle] [timeout D]`"#,
        ],
    ),
    (
        r#"goto "https://a/" expect ok,;"#,
        &[
            r#"28 , | missing `ok|any|CODE, …` | write `goto [NAME] "URL" [expect ok|any|CODE, …] [until load|dom|idle] [timeout D]`"#,
        ],
    ),
    (
        r#"goto "https://a/" expect "ok";"#,
        &[
            r#"26 "ok" | expected `ok|any|CODE, …`, found `"ok"` | write `goto [NAME] "URL" [expect ok|any|CODE, …] [until load|dom|idle] [timeout D]`"#,
        ],
    ),
    (r#"goto "https://a/" expect fine;"#, &["26 fine | unknown status `fine` | write `ok` or `any`"]),
    (
        r#"goto "https://a/" expect 4xx;"#,
        &["26 4xx | bad status `4xx` | a status is a number from 100 to 599, like `404`"],
    ),
    (
        r#"goto "https://a/" expect 200, 700;"#,
        &["31 700 | bad status `700` | a status is a number from 100 to 599, like `404`"],
    ),
    (r#"goto "https://a/" expect 404, ok, 404;"#, &["35 404 | duplicate `404` | remove it"]),
    (
        r#"goto "https://a/" expect ok, any;"#,
        &["30 any | `any` excludes `ok` | write `any` alone: it allows every status"],
    ),
    (
        r#"goto until "https://a/";"#,
        &["6 until | `until` is an option of `goto` and cannot be a name there | choose another name"],
    ),
    ("wait;", &["1 wait | missing `D` | write `wait D`"]),
    ("wait 5m30s;", &["6 5m30s | bad duration `5m30s` | write `330s`"]),
    (
        "wait -5;",
        &[
            "6 - | bad duration `-5` | write it as `800ms`, `30s`, `1.5s`, `2m`, `1h`, or in whole milliseconds",
        ],
    ),
    ("wait 5 s;", &["6 5 | bad duration `5 s` | write `5s`"]),
    (r#"wait "5s";"#, &[r#"6 "5s" | expected `D`, found `"5s"` | write `5s`, without quotes"#]),
    (
        "wait 0x10ms;",
        &[
            "6 0x10ms | bad duration `0x10ms` | write it as `800ms`, `30s`, `1.5s`, `2m`, `1h`, or in whole milliseconds",
        ],
    ),
    ("wait 1.5;", &["6 1.5 | bad duration `1.5` | write `1.5s`"]),
    ("wait ();", &["6 ( | expected `D`, found `()` | write a Rust expression between the parentheses"]),
    (
        "wait until;",
        &[r#"6 until | missing `"SEL"` | write `wait until "SEL" [visible|gone] [text "…"] [timeout D]`"#],
    ),
    (
        r#"click "role=buton";"#,
        &[r#"7 "role=buton" | bad selector at character 6: unknown role `buton` | did you mean `button`?"#],
    ),
    (
        r#"wait until "tex=a" visible;"#,
        &[r#"12 "tex=a" | bad selector at character 1: unknown locator `tex=` | did you mean `text=`?"#],
    ),
    (r#"wait until "";"#, &[r#"12 "" | empty selector | write a CSS selector, like `"main > a.next"`"#]),
    (
        r#"wait until "." visible;"#,
        &[
            r#"12 "." | bad selector: no row here | `"."` is the row itself, in a field of an `extract`; write a CSS selector"#,
        ],
    ),
    (r#"wait until "a" visible gone;"#, &["24 gone | `gone` excludes `visible` | write one of them"]),
    (r#"wait until "a" gone gone;"#, &["21 gone | duplicate `gone` | remove it"]),
    (
        r#"click "{{a}}";"#,
        &[
            r#"7 "{{a}}" | placeholder `{{a}}` in the place of a selector | a placeholder goes inside a name, a string or a number: `.{{class}}`, `[data-id="{{id}}"]`, `:nth-child({{n}})`"#,
        ],
    ),
    (
        r#"click "a[b" timeout 1s;"#,
        &[
            r#"7 "a[b" | bad selector at character 2: unclosed `[` | write a CSS selector, like `"main > a.next"`"#,
        ],
    ),
    (
        r#"click "a" match exact;"#,
        &[
            r#"11 match | `match` belongs to `text` | write `click "SEL" [text "…" [match exact|contains]] [closest "SEL"] [opens tab] [timeout D]`"#,
        ],
    ),
    (
        r#"click "a" text "b" match exactly;"#,
        &["26 exactly | unknown word `exactly` | write `exact` or `contains`"],
    ),
    (r#"fill "a";"#, &[r#"6 "a" | missing `with` | write `fill "SEL" with "…" [timeout D]`"#]),
    (r#"fill "a" keys "b";"#, &[r#"10 keys | expected `with`, found `keys` | write `with "…"`"#]),
    (
        r#"fill "a" with 5;"#,
        &[r#"15 5 | expected `"…"`, found `5` | write `fill "SEL" with "…" [timeout D]`"#],
    ),
    (
        r#"fill "a" with "b" timeout fast;"#,
        &[
            r#"27 fast | expected `D`, found `fast` | write `"{{fast}}"` for its value, or a duration, like `2s`"#,
        ],
    ),
    (r#"sendkeys "a";"#, &[r#"10 "a" | missing `keys` | write `sendkeys "SEL" keys "…" [timeout D]`"#]),
    (
        r#"sendkeys "a" "b";"#,
        &[r#"14 "b" | expected `keys`, found `"b"` | write `sendkeys "SEL" keys "…" [timeout D]`"#],
    ),
    (
        r"/// doc
wait 0;",
        &[
            "1 /// doc | unexpected doc comment | doc comments stand before `task` and `input`; elsewhere write `//`",
        ],
    ),
    ("#[x] wait 0;", &["1 # | unexpected attribute | attributes stand before `task`"]),
    ("wait 0;;", &["8 ; | unexpected `;` | remove it"]),
    ("wait 0; pool x;", &["9 pool | `pool` after a step | move it before the first step"]),
    ("goto (a) until dom until load;", &["20 until | duplicate `until` | remove it"]),
    (
        r#"goto "https://a/" "b" 5;"#,
        &[
            r#"19 "b" | unexpected `"b"` in `goto` | write `goto [NAME] "URL" [expect ok|any|CODE, …] [until load|dom|idle] [timeout D]`"#,
        ],
    ),
    (
        "click 5;",
        &[
            r#"7 5 | expected `"SEL"`, found `5` | write `click "SEL" [text "…" [match exact|contains]] [closest "SEL"] [opens tab] [timeout D]`"#,
        ],
    ),
    (
        r#"sendkeys 5 keys "a";"#,
        &[r#"10 5 | expected `"SEL"`, found `5` | write `sendkeys "SEL" keys "…" [timeout D]`"#],
    ),
    (
        r#"sendkeys "a" keys 5;"#,
        &[r#"19 5 | expected `"…"`, found `5` | write `sendkeys "SEL" keys "…" [timeout D]`"#],
    ),
    (
        r#"status "a";
#"#,
        &["3:1 # | unexpected `#` | write a comment as `// …`; an attribute is written `#[…]`"],
    ),
    (
        "wait 18446744073709551616;",
        &[
            "6 18446744073709551616 | bad duration `18446744073709551616` | write it as `800ms`, `30s`, `1.5s`, `2m`, `1h`, or in whole milliseconds",
        ],
    ),
    (
        r#"wait until "a" text 5 timeout 1s;"#,
        &[
            r#"21 5 | expected `"…"`, found `5` | write `wait until "SEL" [visible|gone] [text "…"] [timeout D]`"#,
        ],
    ),
    (
        r#"wait until "a" timeout 5x;"#,
        &[
            "24 5x | bad duration `5x` | write it as `800ms`, `30s`, `1.5s`, `2m`, `1h`, or in whole milliseconds",
        ],
    ),
    (
        r#"click "a" closest "" timeout b;"#,
        &[
            r#"19 "" | empty selector | write a CSS selector, like `"main > a.next"`"#,
            r#"30 b | expected `D`, found `b` | write `"{{b}}"` for its value, or a duration, like `2s`"#,
        ],
    ),
];
