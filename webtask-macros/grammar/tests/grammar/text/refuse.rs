//! What only a laxer lexer would take, and what is Rust: each with its own message.

use super::read;

/// Steps with one mistake each: what is said of it, and what to write.
const REFUSED: &[(&str, &str, &str)] = &[
    ("set r#in 1", "unexpected `r#` before `in`", "write `in`: every word can be a name here"),
    ("wait 1s // soon", "unexpected `//`", "write a comment as `# …`, to the line's end"),
    ("wait /* soon */ 1s", "unexpected `/*`", "write a comment as `# …`, to the line's end"),
    (r#"status b"a""#, "expected `\"…\"`, found a byte string", "write a string, like `\"…\"`"),
    (r#"status br"a""#, "expected `\"…\"`, found a byte string", "write a string, like `\"…\"`"),
    (r#"status c"a""#, "expected `\"…\"`, found a C string", "write a string, like `\"…\"`"),
    (r#"status"a""#, "missing space after `status`", "write `status \"…\"`"),
    (r#"status "a"b"#, "missing space after a string", "put a space after the string's `\"`"),
    ("status don't", "unexpected `'`", "put text in quotes, like `\"…\"`"),
    ("status 'a b'", "string in single quotes", "write `\"a b\"`"),
    ("goto https://a.example/b?c=d#e", "URL without quotes", "write `\"https://a.example/b?c=d#e\"`"),
    (
        r#"status "\d""#,
        "unknown escape `\\d`",
        "write `\\\\` for a backslash, or a raw string, like `r\"\\d\"`",
    ),
    (
        r#"status "\u{110000}""#,
        "bad string",
        "write `\\\\` for a backslash, or a raw string, like `r\"\\d\"`",
    ),
    ("status €", "unexpected `€`", "put text in quotes, like `\"…\"`"),
    ("status \u{7}", "unexpected `\\u{7}`", "put text in quotes, like `\"…\"`"),
    ("wait 1s;", "unexpected `;`", "a statement ends where its line ends"),
    ("wait 1s)", "unexpected `)`", "remove it: no bracket is open here"),
    ("set x [1, [2]", "unclosed `[`", "close it with `]`"),
    ("set x { a: [1, 2 }", "unclosed `[`", "close it with `]`, before `}`"),
    ("set x [1, 2}", "expected `]`, found `}`", "write `]`, which closes the `[`"),
    ("wait (1)", "`( … )` in a recipe file", "write the value itself, or `\"{{NAME}}\"` for a named one"),
    ("let x = 1", "`let` in a recipe file", "use `set` or `js`: Rust stands only in recipes in Rust source"),
    ("set x: u8 1", "`: TYPE` in a recipe file", "remove it: only a recipe in Rust source has Rust's types"),
    ("call x a::b", "a Rust path in a recipe file", "write the other task's slug, like `call NAME \"SLUG\"`"),
    ("wait 1s click \"a\"", "unexpected `click` in `wait`", "write `click` on a line of its own"),
    ("end wait 1s", "unexpected `wait` after `end`", "write it on a line of its own"),
    (
        "else",
        "unknown step `else`",
        "`else` stands on a line of its own, between an `if` or a `try` and its `end`",
    ),
    (
        "until load",
        "unknown step `until`",
        "write it on the line of its `goto`: a line goes on only inside brackets",
    ),
    (
        "extract a \"b\"\nc text \"d\"\nend",
        "expected `from`, found `\"b\"`",
        "write `extract NAME from \"SEL\" [repeat] [limit N]`, then lines, then `end`",
    ),
    (
        "for each x in\nend",
        "missing `LIST`",
        "write `for each ITEM in LIST [collect NAME] [continue on error]`, then lines, then `end`",
    ),
    ("retry\nend", "missing `N`", "write `N` as a whole number, like `10`"),
    ("try\nelse as\nend", "missing `NAME`", "write `try`, then lines, then `end`"),
    (
        "try\nelse error\nend",
        "unexpected `error` after `else`",
        "name the error of a `try` by `else as NAME`; steps stand on lines of their own",
    ),
    (
        "if \"{{a}}\"\nelse as b\nend",
        "unexpected `as` in `if`",
        "write `if \"{{name}}\" [== VALUE]|js \"…\"`, then lines, then `end`",
    ),
    ("if \"{{a}}\"\nelse wait 1s\nend", "unexpected `wait` after `else`", "write it on a line of its own"),
    ("loop max 3\nbreak 2\nend", "unexpected `2` in `break`", "write `break`"),
    (
        "js n \"f(); g()\"",
        "statements without a value",
        "write `return` before what it gives, or `js _ …` when that is nothing",
    ),
    (
        "js n \"x => x\"",
        "a function that nobody calls",
        "call it, like `(x => x)()`, or write what it does alone",
    ),
    (
        "js n \"await f()\"",
        "`await` in a script that does not wait",
        "write `await` behind the source too: `js NAME \"…\" await`",
    ),
    (
        "wait until url \"done\"",
        "no address begins like that",
        "write the whole address, a path like `\"/orders/*\"`, or what it ends with, like `\"**/done\"`",
    ),
    (
        "wait until js \"() => done\"",
        "a function that nobody calls",
        "call it, like `(() => done)()`, or write what it does alone",
    ),
    ("if\nend", "missing condition", "write `if \"{{name}}\" [== VALUE]|js \"…\"`, then lines, then `end`"),
];

#[test]
fn what_a_text_does_not_have_is_refused() {
    for (step, message, help) in REFUSED {
        // An `end` of its own would close the task.
        let open = if step.starts_with("end ") { "" } else { "end" };
        let (_, reports) = read("a.webtask", &format!("task \"a\"\n{step}\n{open}"));
        let [report] = reports.as_slice() else { panic!("{step}: {reports:#?}") };
        let lines: Vec<_> = report.lines().collect();
        assert_eq!(lines[0].split_once(": ").map(|(_, message)| message), Some(*message), "{step}");
        assert_eq!(report.split_once("help: ").map(|(_, help)| help), Some(*help), "{step}");
    }
}

#[test]
fn a_report_points_at_its_token() {
    let cases = [
        (
            "task \"a\"\n\tstatus  5",
            "a.webtask:2:10: expected `\"…\"`, found `5`\n  |\n2 | \tstatus  5\n  | \t        ^",
        ),
        (
            "task \"é\u{1f980}\" x\nend",
            "a.webtask:1:11: unknown option `x` of `task`\n  |\n1 | task \"é\u{1f980}\" x\n  |           ^",
        ),
        ("task\nend", "a.webtask:1:1: missing `\"SLUG\"`\n  |\n1 | task\n  | ^^^^"),
    ];
    for (text, expected) in cases {
        let (_, reports) = read("a.webtask", text);
        assert!(reports.iter().any(|report| report.starts_with(expected)), "{reports:#?}");
    }
    // Of a long line, what is around the token.
    let (_, reports) = read("a.webtask", &format!("task \"a\"\nset x [{}y]\nend", "1, ".repeat(200)));
    let lines: Vec<_> = reports[0].lines().collect();
    assert!(lines[2].len() < 180, "{}", lines[2]);
    assert_eq!(lines[2].chars().nth(lines[3].find('^').unwrap()), Some('y'));
}
