//! What an `if` or a `loop` asks, in a file of its own.

use super::read;

#[test]
fn mistakes_are_told_as_inline() {
    let cases = [
        (
            r#"if "{{rows.length}} == 0""#,
            "a text around a placeholder always holds",
            r#"write `if "{{rows.length}}" == 0`"#,
        ),
        (
            r#"if "no""#,
            "a text without a placeholder always holds",
            r#"write a placeholder, like `if "{{name}}"`, or `if "{{name}}" == "no"`"#,
        ),
        (
            r#"loop until "{{n}} >= 3""#,
            "a text around a placeholder always holds",
            r#"write `loop until "{{n}}" >= 3`"#,
        ),
        (r#"if "{{a}}" = 1"#, "unknown operator `=`", "write `==`"),
        (r#"if "{{a}}":"#, "unknown operator `:`", "leave it out"),
        (r#"if "{{a}}" is not null"#, "unknown operator `is not`", "write `!=`"),
        (
            r#"if "{{a}}" not contains "b""#,
            "unknown operator `not contains`",
            r#"write `not` before the value: `not "{{name}}" contains …`"#,
        ),
        (
            r#"if "{{a}}" == "b" or == "c""#,
            "missing value before `==`",
            r#"write the value again, like `"{{name}}" == …`"#,
        ),
        (
            r#"if "{{a}}" == { b: 1 }"#,
            "map in a condition",
            r#"bind it before, by `set NAME { … }`, and compare with `"{{NAME}}"`"#,
        ),
        (
            r#"if "{{a}}" contains { b: 1 }"#,
            "map in a condition",
            r#"bind it before, by `set NAME { … }`, and compare with `"{{NAME}}"`"#,
        ),
        ("loop 3 times", "a number is not a condition", "write `loop max 3`"),
        (r#"if "{{a}}" && "{{b}}""#, "unknown operator `&&`", "write `and`"),
        (r#"if !"{{a}}""#, "unknown operator `!`", "write `not`"),
        (
            r#"if true"#,
            "`true` is the same each time it is asked",
            "write a placeholder, like `if \"{{name}}\"`, or a comparison",
        ),
        (
            r#"if 1 == 1"#,
            "both sides are always the same",
            "write a placeholder on one side, like `\"{{name}}\"`",
        ),
        (r#"if "{{a}}" matches "{{b}}""#, "placeholder `{{b}}` in a regex", "write the regex itself"),
        (r#"if ()"#, "`( … )` in a recipe file", "write the value itself, or `\"{{NAME}}\"` for a named one"),
        (
            r#"if (rows.length > 0)"#,
            "expected `\"{{name}}\"|js \"…\"`, found `rows`",
            "write `\"{{rows}}\"` for its value, or `\"rows\"` for the text",
        ),
        (
            r#"if "{{a}}" =="#,
            "missing `VALUE`",
            "write a value: a text, a number, `true`, `false`, `null`, `\"{{name}}\"`",
        ),
        (
            r#"if "{{a}}" and"#,
            "missing condition",
            "write `if \"{{name}}\" [== VALUE]|js \"…\"`, then lines, then `end`",
        ),
        (
            r#"loop until js "n = 1; n >= 3""#,
            "statements without a value",
            "write one expression, or `return` before what it gives",
        ),
        (
            r#"if js "() => true""#,
            "a function that nobody calls",
            "call it, like `(() => true)()`, or write what it does alone",
        ),
    ];
    for (line, message, help) in cases {
        let (_, reports) = read("a.webtask", &format!("task \"a\"\n{line}\nwait 1s\nend\nend"));
        let [report] = reports.as_slice() else { panic!("{line}: {reports:#?}") };
        let found =
            report.lines().next().and_then(|first| first.split_once(": ")).map(|(_, message)| message);
        assert_eq!(found, Some(message), "{line}");
        assert_eq!(report.split_once("help: ").map(|(_, help)| help), Some(help), "{line}");
    }
}
