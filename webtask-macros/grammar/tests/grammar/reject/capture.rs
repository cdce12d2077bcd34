//! Mistakes in the steps that capture.

/// A step, and what is wrong with it.
pub(super) const CASES: &[(&str, &[&str])] = &[
    (
        "screenshot;",
        &[
            "1 screenshot | this `screenshot` goes nowhere | give it a name, a file, or both: `screenshot NAME path \"…\"`",
        ],
    ),
    (
        "screenshot full page;",
        &[
            "1 screenshot | this `screenshot` goes nowhere | give it a name, a file, or both: `screenshot NAME path \"…\"`",
        ],
    ),
    (
        "screenshot a selector \"b\" full page;",
        &[
            "1 screenshot | `full page` excludes `selector` | write one of them: an element, or the whole page",
        ],
    ),
    (
        "screenshot a selector \"\";",
        &["23 \"\" | empty selector | write a CSS selector, like `\"main > a.next\"`"],
    ),
    ("screenshot a format jpg;", &["21 jpg | unknown format `jpg` | did you mean `jpeg`?"]),
    (
        "screenshot a quality 50;",
        &["22 50 | a png has no quality | write `format jpeg` or `format webp`, or remove it"],
    ),
    ("screenshot a format jpeg quality 101;", &["34 101 | bad quality `101` | write a number from 0 to 100"]),
    (
        "screenshot a path \"../b.png\";",
        &[
            "19 \"../b.png\" | bad path: `.` and `..` are not names | write a path below the folder of files, like `\"shots/home.png\"`",
        ],
    ),
    (
        "screenshot path;",
        &[
            "12 path | missing `\"…\"` | write `screenshot [NAME] [selector \"SEL\"] [full page] [format png|jpeg|webp] [quality N] [path \"…\"]`",
        ],
    ),
    (
        r##"pdf landscape;"##,
        &[r##"1 pdf | this `pdf` goes nowhere | give it a name, a file, or both: `pdf NAME path "…"`"##],
    ),
    (r##"pdf a format A5;"##, &[r##"14 A5 | unknown format `A5` | write `A4`, `A3`, `Letter` or `Legal`"##]),
    (r##"pdf a background no;"##, &[r##"18 no | unknown word `no` | write `true` or `false`"##]),
    (r##"pdf a scale 3;"##, &[r##"13 3 | bad scale `3` | write a number from 0.1 to 2"##]),
    (r##"pdf a scale 1x;"##, &[r##"13 1x | bad number `1x` | write a number, like `0.5`"##]),
    (
        r##"pdf a scale "1";"##,
        &[r##"13 "1" | expected `N`, found `"1"` | write `N` as a number, like `0.5`"##],
    ),
    (
        r##"pdf a pages "";"##,
        &[r##"13 "" | bad page range `` | write pages from 1 on, like `"1-3"`, `"2"` or `"1, 4-6, 9-"`"##],
    ),
    (
        r##"pdf a pages "0";"##,
        &[r##"13 "0" | bad page range `0` | write pages from 1 on, like `"1-3"`, `"2"` or `"1, 4-6, 9-"`"##],
    ),
    (
        r##"pdf a pages "3-1";"##,
        &[
            r##"13 "3-1" | bad page range `3-1` | write pages from 1 on, like `"1-3"`, `"2"` or `"1, 4-6, 9-"`"##,
        ],
    ),
    (
        r##"pdf a pages "1,";"##,
        &[
            r##"13 "1," | bad page range `1,` | write pages from 1 on, like `"1-3"`, `"2"` or `"1, 4-6, 9-"`"##,
        ],
    ),
    (
        r##"pdf a pages "a";"##,
        &[r##"13 "a" | bad page range `a` | write pages from 1 on, like `"1-3"`, `"2"` or `"1, 4-6, 9-"`"##],
    ),
    (
        r##"pdf a pages "-";"##,
        &[r##"13 "-" | bad page range `-` | write pages from 1 on, like `"1-3"`, `"2"` or `"1, 4-6, 9-"`"##],
    ),
    (
        r##"pdf a pages "1-2-3";"##,
        &[
            r##"13 "1-2-3" | bad page range `1-2-3` | write pages from 1 on, like `"1-3"`, `"2"` or `"1, 4-6, 9-"`"##,
        ],
    ),
    (
        r##"pdf a margin "1cm 2cm 3cm 4cm 5cm";"##,
        &[
            r##"14 "1cm 2cm 3cm 4cm 5cm" | bad margin `1cm 2cm 3cm 4cm 5cm` | write a length in `cm`, `mm`, `in`, `pt` or `px`, like `"1.5cm"`, or one for each side, like `"1cm 2cm 1cm 2cm"`"##,
        ],
    ),
    (
        r##"pdf a margin "1cm auto";"##,
        &[
            r##"14 "1cm auto" | bad margin `1cm auto` | write a length in `cm`, `mm`, `in`, `pt` or `px`, like `"1.5cm"`, or one for each side, like `"1cm 2cm 1cm 2cm"`"##,
        ],
    ),
    (
        r##"pdf a header "<script>{{b}}</script>" footer "<b onclick='{{c}}'>";"##,
        &[
            r##"14 "<script>{{b}}</script>" | placeholder `{{b}}` in a script of HTML | a placeholder goes into text, or into an attribute's value between quotes"##,
            r##"46 "<b onclick='{{c}}'>" | placeholder `{{c}}` in a script of HTML | a placeholder goes into text, or into an attribute's value between quotes"##,
        ],
    ),
    (
        r##"html to pdf a content "b" header 5 footer;"##,
        &[
            r##"34 5 | expected `"…"`, found `5` | write `html to pdf [NAME] [content|file "…"] [css "…"] [path "…"] [format A4|A3|Letter|Legal] [landscape] [background true|false] [scale N] [pages "1-3"] [margin "1cm"] [header "…"] [footer "…"]`"##,
        ],
    ),
    (
        r##"pdf a header 5;"##,
        &[
            r##"14 5 | expected `"…"`, found `5` | write `pdf [NAME] [path "…"] [format A4|A3|Letter|Legal] [landscape] [background true|false] [scale N] [pages "1-3"] [margin "1cm"] [header "…"] [footer "…"]`"##,
        ],
    ),
    (
        r##"pdf a footer;"##,
        &[
            r##"7 footer | missing `"…"` | write `pdf [NAME] [path "…"] [format A4|A3|Letter|Legal] [landscape] [background true|false] [scale N] [pages "1-3"] [margin "1cm"] [header "…"] [footer "…"]`"##,
        ],
    ),
    (
        r##"pdf a margin "1";"##,
        &[
            r##"14 "1" | bad margin `1` | write a length in `cm`, `mm`, `in`, `pt` or `px`, like `"1.5cm"`, or one for each side, like `"1cm 2cm 1cm 2cm"`"##,
        ],
    ),
    (
        r##"pdf a margin "cm";"##,
        &[
            r##"14 "cm" | bad margin `cm` | write a length in `cm`, `mm`, `in`, `pt` or `px`, like `"1.5cm"`, or one for each side, like `"1cm 2cm 1cm 2cm"`"##,
        ],
    ),
    (
        r##"pdf a margin "-1cm";"##,
        &[
            r##"14 "-1cm" | bad margin `-1cm` | write a length in `cm`, `mm`, `in`, `pt` or `px`, like `"1.5cm"`, or one for each side, like `"1cm 2cm 1cm 2cm"`"##,
        ],
    ),
    (
        r##"pdf a margin "1 cm";"##,
        &[
            r##"14 "1 cm" | bad margin `1 cm` | write a length in `cm`, `mm`, `in`, `pt` or `px`, like `"1.5cm"`, or one for each side, like `"1cm 2cm 1cm 2cm"`"##,
        ],
    ),
    (
        r##"pdf a margin "1em";"##,
        &[
            r##"14 "1em" | bad margin `1em` | write a length in `cm`, `mm`, `in`, `pt` or `px`, like `"1.5cm"`, or one for each side, like `"1cm 2cm 1cm 2cm"`"##,
        ],
    ),
    (
        r##"pdf a margin "99in";"##,
        &[
            r##"14 "99in" | bad margin `99in` | write a length in `cm`, `mm`, `in`, `pt` or `px`, like `"1.5cm"`, or one for each side, like `"1cm 2cm 1cm 2cm"`"##,
        ],
    ),
    (
        r##"pdf a path 5;"##,
        &[
            r##"12 5 | expected `"…"`, found `5` | write `pdf [NAME] [path "…"] [format A4|A3|Letter|Legal] [landscape] [background true|false] [scale N] [pages "1-3"] [margin "1cm"] [header "…"] [footer "…"]`"##,
        ],
    ),
    (
        r##"html to pdf a;"##,
        &[
            r##"1 html | this `html to pdf` has no source | write `content "<h1>…</h1>"`, or `file "…"` for a file in the folder of files"##,
        ],
    ),
    (
        r##"html to pdf content "a";"##,
        &[
            r##"1 html | this `html to pdf` goes nowhere | give it a name, a file, or both: `html to pdf NAME path "…"`"##,
        ],
    ),
    (
        r##"html to pdf a content "b" file "c";"##,
        &[r##"27 file | `file` excludes `content` | write one of them"##],
    ),
    (
        r##"html to pdf a file "/b";"##,
        &[
            r##"20 "/b" | bad path: it is absolute | write a path below the folder of files, like `"shots/home.png"`"##,
        ],
    ),
    (
        r##"html to pdf a content "<p {{b}}>";"##,
        &[
            r##"23 "<p {{b}}>" | placeholder `{{b}}` in a tag of HTML, outside of quotes | a placeholder goes into text, or into an attribute's value between quotes"##,
        ],
    ),
    (
        r##"html to pdf a content "<script>{{b}}</script>" path "c";"##,
        &[
            r##"23 "<script>{{b}}</script>" | placeholder `{{b}}` in a script of HTML | a placeholder goes into text, or into an attribute's value between quotes"##,
        ],
    ),
    (
        r##"html to pdf a content "b" css "p { color: {{c}} }";"##,
        &[
            r##"31 "p { color: {{c}} }" | placeholder `{{c}}` in `css` | write the style itself; a class or a style attribute in `content` may have a placeholder"##,
        ],
    ),
    (
        r##"html to pdf a content "b" format A4 landscape background false scale 0 pages "x" margin "y";"##,
        &[
            r##"70 0 | bad scale `0` | write a number from 0.1 to 2"##,
            r##"78 "x" | bad page range `x` | write pages from 1 on, like `"1-3"`, `"2"` or `"1, 4-6, 9-"`"##,
            r##"89 "y" | bad margin `y` | write a length in `cm`, `mm`, `in`, `pt` or `px`, like `"1.5cm"`, or one for each side, like `"1cm 2cm 1cm 2cm"`"##,
        ],
    ),
    (
        r##"html to;"##,
        &[
            r#"6 to | expected `to pdf`, found `to` | write `html to pdf [NAME] [content|file "…"] [css "…"] [path "…"] [format A4|A3|Letter|Legal] [landscape] [background true|false] [scale N] [pages "1-3"] [margin "1cm"] [header "…"] [footer "…"]`"#,
        ],
    ),
    (
        r##"snapshot;"##,
        &[
            r##"1 snapshot | this `snapshot` goes nowhere | give it a name, a file, or both: `snapshot NAME path "…"`"##,
        ],
    ),
    (
        r##"snapshot a path "";"##,
        &[
            r##"17 "" | bad path: it is empty | write a path below the folder of files, like `"shots/home.png"`"##,
        ],
    ),
    (
        r##"emulate;"##,
        &[
            r##"1 emulate | this `emulate` changes nothing | write what is emulated, like `emulate dark` or `emulate width 390 height 844 mobile`"##,
        ],
    ),
    (r##"emulate dark light;"##, &[r##"14 light | `light` excludes `dark` | write one of them"##]),
    (
        r##"emulate width 390 mobile;"##,
        &[
            r##"19 mobile | expected `height`, found `mobile` | write `emulate [dark|light] [width N height N] [scale N] [mobile] [locale "…"] [timezone "…"] [user agent "…"] [reset]`"##,
        ],
    ),
    (
        r##"emulate width 0 height 99999;"##,
        &[
            r##"15 0 | bad width `0` | write a number of pixels from 1 to 16384"##,
            r##"24 99999 | bad height `99999` | write a number of pixels from 1 to 16384"##,
        ],
    ),
    (r##"emulate scale 0.01 reset;"##, &[r##"15 0.01 | bad scale `0.01` | write a number from 0.1 to 10"##]),
    (
        r##"emulate locale "german!";"##,
        &[r##"16 "german!" | bad locale `german!` | write a language, like `"de"` or `"de-CH"`"##],
    ),
    (
        r##"emulate timezone "Berlin Time";"##,
        &[r##"18 "Berlin Time" | bad timezone `Berlin Time` | write its name, like `"Europe/Berlin"`"##],
    ),
    (r##"emulate user agent "a\nb";"##, &[r##"20 "a\nb" | bad user agent | write it on one line"##]),
    (r##"console { }"##, &[r##"9 { | expected `NAME`, found `{ … }` | write `console NAME { steps }`"##]),
    (r##"console a;"##, &[r##"9 a | missing `{ steps }` | write `console NAME { steps }`"##]),
    (
        r##"console cx { clik; }"##,
        &[
            r##"9 cx | `cx` is reserved | choose another name"##,
            r##"14 clik | unknown step `clik` | did you mean `click`?"##,
        ],
    ),
    (
        r##"capture network { }"##,
        &[
            r##"1 capture | this `capture network` goes nowhere | give it a name, a file, or both: `capture network NAME path "…"`"##,
        ],
    ),
    (
        r##"capture network a max bytes 5 { }"##,
        &[r##"29 5 | `max bytes` without `bodies` | write `bodies` too, or remove it"##],
    ),
    (
        r##"capture network a bodies max bytes x url 5 path "/" { }"##,
        &[r#"36 x | expected `N`, found `x` | write `"{{x}}"` for its value, or a whole number, like `10`"#],
    ),
    (
        r##"capture network a url 5 { clik; }"##,
        &[
            r##"23 5 | expected `"…"`, found `5` | write `capture network [NAME] [bodies] [max bytes N] [url "…"] [as list] [path "…"] { steps }`"##,
            r##"27 clik | unknown step `clik` | did you mean `click`?"##,
        ],
    ),
    (
        r##"download { wait 0; }"##,
        &[
            r##"10 { | expected `NAME`, found `{ … }` | write `download NAME [path "…"] [timeout D] { steps }`"##,
        ],
    ),
    (
        r##"download files path "../a" timeout 5x { clik; }"##,
        &[
            r##"21 "../a" | bad path: `.` and `..` are not names | write a folder below the folder of files, like `"reports/daily"`, or `"."`"##,
            r##"36 5x | bad duration `5x` | write it as `800ms`, `30s`, `1.5s`, `2m`, `1h`, or in whole milliseconds"##,
            r##"41 clik | unknown step `clik` | did you mean `click`?"##,
        ],
    ),
    (
        r##"record a fps 0 frames 0 for 0 { }"##,
        &[
            r##"14 0 | bad fps `0` | write a number from 1 to 30"##,
            r##"23 0 | `frames 0` would run nothing | write 1 or more"##,
            r##"29 0 | `for 0` would film nothing | write how long it films, like `for 5s`"##,
        ],
    ),
    (
        r##"record a fps 31 format avi { clik; }"##,
        &[
            r##"14 31 | bad fps `31` | write a number from 1 to 30"##,
            r##"24 avi | unknown format `avi` | write `gif`, `mp4` or `webm`"##,
            r##"30 clik | unknown step `clik` | did you mean `click`?"##,
        ],
    ),
    (
        r##"record a fps x { clik; }"##,
        &[
            r#"14 x | expected `N`, found `x` | write `"{{x}}"` for its value, or a whole number, like `10`"#,
            r##"18 clik | unknown step `clik` | did you mean `click`?"##,
        ],
    ),
    (
        r##"record fps { }"##,
        &[r##"12 { | expected `N`, found `{ … }` | write `N` as a whole number, like `10`"##],
    ),
    (
        r##"record a path "../b" { }"##,
        &[
            r##"15 "../b" | bad path: `.` and `..` are not names | write a path below the folder of files, like `"shots/home.png"`"##,
        ],
    ),
    (
        r##"record a quality 101 { wait 0; }"##,
        &[r##"18 101 | bad quality `101` | write a number from 0 to 100"##],
    ),
    (
        r##"capture network as list path "a" { wait 0; }"##,
        &[r##"1 capture | `as list` without a name | give the list a name: `capture network NAME as list`"##],
    ),
    (
        r##"record a full { wait 0; }"##,
        &[
            r##"10 full | unknown option `full` of `record` | write `record [NAME] [format gif|mp4|webm] [fps N] [frames N] [for D] [quality N] [path "…"] { steps }`"##,
        ],
    ),
    (
        r##"record a wait 0;"##,
        &[
            r##"8 a | missing end of `record` | end it with `;` to film the next step alone, or write its steps in `{ … }`"##,
        ],
    ),
    (
        r##"record click "#a";"##,
        &[
            r##"14 "#a" | unexpected `"#a"` in `record` | write `record [NAME] [format gif|mp4|webm] [fps N] [frames N] [for D] [quality N] [path "…"] { steps }`"##,
        ],
    ),
    (
        r##"record a;"##,
        &[
            r##"1 record | no step follows this `record` | write the step that it films after it, or its steps in `{ … }`"##,
        ],
    ),
    (
        r##"retry 2 { record a; }"##,
        &[
            r##"11 record | no step follows this `record` | write the step that it films after it, or its steps in `{ … }`"##,
        ],
    ),
    (
        r##"record a; record b; wait 0;"##,
        &[
            r##"11 record | `record` right after a `record` without a block | such a `record` films the next step alone: write its steps in `{ … }`"##,
        ],
    ),
    (
        r##"record a; let b = 1;"##,
        &[
            r##"11 let | `let` right after a `record` without a block | such a `record` films the next step alone: write its steps in `{ … }`"##,
        ],
    ),
    (r##"record a; clik;"##, &[r##"11 clik | unknown step `clik` | did you mean `click`?"##]),
    (
        r##"capture a { }"##,
        &[
            r##"9 a | expected `network`, found `a` | write `capture network [NAME] [bodies] [max bytes N] [url "…"] [as list] [path "…"] { steps }`"##,
        ],
    ),
];
