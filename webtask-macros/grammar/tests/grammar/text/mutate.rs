//! Recipe files broken in every place: nothing panics, and every problem has its place in the text.

use std::path::Path;

use webtask_grammar::{Problems, Source, parse_text};

/// Reads a text, and looks at every problem's place.
fn survives(text: &str) {
    let source = Source::new("a.webtask", text);
    let mut problems = Problems::new();
    let tasks = parse_text(&source, &mut problems);
    let lines = text.lines().count().max(1);
    for problem in problems.take() {
        assert!(source.holds(problem.span), "{}: {text}", problem.message);
        assert!((1..=lines + 1).contains(&problem.span.start().line), "{}: {text}", problem.message);
        assert!(source.report(&problem).contains('^'), "{text}");
    }
    for step in tasks.iter().flat_map(|task| &task.body.steps) {
        assert!(source.holds(step.span), "{text}");
    }
}

#[test]
fn broken_files_are_survived() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports");
    for name in ["quote-unclosed", "rust-parts", "spelt-inline", "blocks-on-one-line"] {
        let text = std::fs::read_to_string(folder.join(name).with_extension("webtask")).expect("it is there");
        let chars: Vec<char> = text.chars().collect();
        for at in (0..chars.len()).step_by(2) {
            let (before, after): (String, String) =
                (chars[..at].iter().collect(), chars[at + 1..].iter().collect());
            survives(&before);
            survives(&format!("{before}{after}"));
            let insert =
                ["\"", "{", "]", "\n", "'", "#", "\\", "é", "\"\"\"", "end\n", "r#\"", ";", "/*", "\r"];
            survives(&format!("{before}{}{}{after}", insert[at % insert.len()], chars[at]));
        }
    }
}

#[test]
fn what_the_fuzzer_found() {
    for text in [
        "",
        "\n",
        "\n\n",
        "\r",
        "\u{feff}",
        "\u{feff}\u{feff}",
        "\"",
        "\"\"\"",
        "\"\"\"\n",
        "\\",
        "r#",
        "r#\"",
        "{",
        "}",
        "]",
        "end",
        "else",
        "end end",
        "task",
        "pub",
        "pub task",
        "task \"",
        "task \"a\"\nend x",
        "task \"a\"\nif\nelse\nelse if\nend\nend",
        "task \"a\"\n    r\"a\n r\"b\n\"",
        "'",
        "’’",
        "1e",
        "1.",
        "0x",
        "1_",
        "#",
        "//",
        "/*",
        "/**/ task \"a\"\nend",
        "\0",
        "a\u{301}",
        "task \"a\"\nend\nend\nend",
        "end\ntask \"a\"",
        "}\n}\n{",
        "task \"a\" {",
        "\u{2028}task \"a\"\u{2028}end",
        "x://",
        "://",
    ] {
        survives(text);
    }
}

#[test]
fn deep_nesting_ends() {
    for text in [
        "[".repeat(5000),
        "{[".repeat(3000) + &"]}".repeat(3000),
        format!("task \"a\"\n{}", "retry 2\n".repeat(3000)),
        format!("task \"a\"\nset x {}{}\nend", "[".repeat(3000), "]".repeat(3000)),
        format!("task \"a\"\nextract a from \"b\"\n{}", "c from \"d\"\n".repeat(3000)),
        format!("task \"a\"\n{}", "if js \"\"\nelse\n".repeat(2000)),
        "\" x\n".repeat(3000),
        "a \"\"\"\n".repeat(3000),
        "args [1\n".repeat(3000),
        "'".repeat(5000),
    ] {
        survives(&text);
    }
}
