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
        &["23 \"\" | empty selector | write a CSS selector, as `\"main > a.next\"`"],
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
            "19 \"../b.png\" | bad path: `.` and `..` are no names | write a path below the folder of files, as `\"shots/home.png\"`",
        ],
    ),
    (
        "screenshot path;",
        &[
            "12 path | missing `\"…\"` | write `screenshot [NAME] [selector \"SEL\"] [full page] [format png|jpeg|webp] [quality N] [path \"…\"]`",
        ],
    ),
];
