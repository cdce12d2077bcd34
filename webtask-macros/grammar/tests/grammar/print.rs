//! The printer: what it writes is read as the tree that it was given, in both spellings.

use std::fs;
use std::path::{Path, PathBuf};

use webtask_grammar::ast::Task;
use webtask_grammar::{Problems, Source, format, parse, parse_text, print, print_inline};

use super::accept::STEPS;
use super::common;
use super::text::both::BOTH;

/// Reads what was written of a tree; it is that tree.
fn written(name: &str, tasks: &[Task]) {
    let inline = print_inline(tasks);
    let mut problems = Problems::new();
    let tokens = inline.parse().unwrap_or_else(|error| panic!("{name}: {error}\n{inline}"));
    let again = parse(tokens, &mut problems);
    let told: Vec<_> = problems.take().into_iter().map(|problem| problem.message).collect();
    assert_eq!(told, Vec::<String>::new(), "{name}\n{inline}");
    same(name, &again, tasks, &inline);
    let Ok(text) = print(tasks) else {
        let rust =
            ["(", "rust {", "let ", ": ", "call ", "->", "= "].iter().any(|rust| inline.contains(rust));
        assert!(rust, "{name} has no text:\n{inline}");
        return;
    };
    let source = Source::new("a.webtask", &text);
    let again = parse_text(&source, &mut problems);
    let told: Vec<_> = problems.take().iter().map(|problem| source.report(problem)).collect();
    assert_eq!(told, Vec::<String>::new(), "{name}\n{text}");
    same(name, &again, tasks, &text);
    assert_eq!(format(&source).ok().as_deref(), Some(text.as_str()), "{name} has another layout");
}

fn same(name: &str, again: &[Task], tasks: &[Task], text: &str) {
    for (again, task) in again.iter().zip(tasks) {
        assert_eq!(common::body(&again.body), common::body(&task.body), "{name}\n{text}");
        assert!(again == task, "{name} is another tree:\n{text}");
    }
    assert_eq!(again.len(), tasks.len(), "{name}");
}

#[test]
fn every_step_is_written() {
    for (source, _) in STEPS {
        let (tasks, problems) = common::read(&format!("task \"t\" {{ {source} }}"));
        assert_eq!(problems, Vec::<String>::new());
        written(source, &tasks);
    }
    for (inline, _) in BOTH {
        written("both", &common::read(inline).0);
    }
}

/// Every file with that ending below a folder.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
}

#[test]
fn the_whole_catalogue_is_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in ["recipes-ported/recipes", "webtask-macros/tests/files/recipes"] {
        files(&root.join(folder), "webtask", &mut found);
    }
    assert!(found.len() > 40, "there are but {}", found.len());
    for path in found {
        let source =
            Source::new(path.display().to_string(), &fs::read_to_string(&path).expect("it can be read"));
        let mut problems = Problems::new();
        let tasks = parse_text(&source, &mut problems);
        assert!(problems.is_empty(), "{}", path.display());
        written(&path.display().to_string(), &tasks);
    }
    for recipe in ["steps", "progress"] {
        let path = root.join(format!("webtask-macros/tests/expand/{recipe}.recipe"));
        let (tasks, problems) = common::read(&fs::read_to_string(path).expect("it can be read"));
        assert_eq!(problems, Vec::<String>::new());
        written(recipe, &tasks);
    }
}

#[test]
fn what_it_writes() {
    let inline = r##"
        /// Signs in.
        #[deprecated]
        pub task "shop/login" as sign_in {
            timeout 90s; pool "big one"; transport rest, sse;
            setup "other" with { user: "{{user}}" };
            input user string required doc "who";
            input n int default 3;
            secret pw;
            setting base default "https://a.example";
            goto page "{{base}}/x" expect ok, 404 until dom;
            status "\u{7b}user} {{user}} \u{7b}{{{x";
            js found "return document.querySelectorAll(\"a\")\n    .length" args ["{{{{x}}"] await;
            extract rows from "li" repeat limit "{{n|or:5}}" { a text "b"; }
        }
    "##;
    let (tasks, problems) = common::read(inline);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(
        print(&tasks).expect("there is no Rust in it"),
        r##"task "shop/login" as sign_in
    doc "Signs in."
    pool "big one"
    timeout 90s
    transport rest, sse
    setup "other" with { user: "{{user}}" }
    input user string required doc "who"
    input n int default 3
    secret pw
    setting base default "https://a.example"

    goto page "{{base}}/x" expect ok, 404 until dom
    status "\u{7b}user} {{user}} \u{7b}\u{7b}\u{7b}\u{7b}x"
    js found """
        return document.querySelectorAll("a")
            .length
    """ args ["{{{{x}}"] await
    extract rows from "li" repeat limit "{{n|or:5}}"
        a text "b"
    end
end
"##
    );
    assert!(print_inline(&tasks).starts_with("# [deprecated]\npub task \"shop/login\" as sign_in {\n"));
}

#[test]
fn rust_has_no_text() {
    let (tasks, _) = common::read("task \"t\" {\nset a 1; wait (2);\nlet b = 1; }");
    let problems = print(&tasks).expect_err("there is Rust in it");
    let told: Vec<_> =
        problems.iter().map(|problem| (problem.span.start().line, problem.message.as_str())).collect();
    let message = "Rust has no spelling in a recipe file";
    assert_eq!(told, [(2, message), (3, message)]);
}

#[test]
fn texts_of_every_kind_are_written() {
    let texts = [
        "",
        "a",
        "a \"b\"",
        "a\\b",
        "\t",
        "\r",
        "\n",
        "a\n",
        "\na",
        "a\n\n  b\n",
        "  a\n  b",
        "a\n \nb",
        "\u{1}\u{7f}\u{85}",
        "{{",
        "{{{",
        "}}",
        "a{b}",
        "\"\"\"",
        "a\n\"\"\"",
        "a\nb\"",
        "\"#",
        "é😀\u{a0}",
        "\u{feff}x",
        "#",
        "a\\\n",
        "\u{2028}",
    ];
    for text in texts {
        let inline = format!(
            "task \"t\" {{ status {:?}; html to pdf _ content \"a\" css {text:?}; }}",
            text.replace("{{", "{{{{")
        );
        let (tasks, problems) = common::read(&inline);
        assert_eq!(problems, Vec::<String>::new(), "{text:?}");
        written(text, &tasks);
    }
}
