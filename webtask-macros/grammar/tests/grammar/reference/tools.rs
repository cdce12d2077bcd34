//! The page "Coming from other tools", from the table of their words.

use std::fmt::Write as _;

use webtask_grammar::foreign::{At, Foreign, Group, OPTIONS, STEPS};

const HEAD: &str = "\
Coming from other tools: the words that Playwright, Puppeteer, Selenium, Cypress, Hurl and others have, and what is
written here instead.

A recipe with one of them does not compile, and the compiler says what this page says. However a tool writes such a word,
as `waitForSelector`, `wait_for_selector`, `wait-for-selector` or `page.waitForSelector(…)`, it is the same row. `SEL`,
`URL`, `KEY`, `NAME` and `…` stand for what you have there.

";

/// The page.
pub(super) fn page() -> String {
    let mut out = HEAD.to_owned();
    for group in STEPS {
        let _ = write!(out, "# {}\n\n| there | here |\n|---|---|\n", group.title);
        for row in group.rows {
            let _ = writeln!(out, "| {} | {} |", words(row), here(row));
        }
        out.push('\n');
    }
    out.push_str("# Options\n\n| of | there | here |\n|---|---|---|\n");
    for group in OPTIONS {
        if let At::Option(step) = group.at {
            let step = if step.is_empty() { "any step".to_owned() } else { format!("`{step}`") };
            for row in group.rows {
                let _ = writeln!(out, "| {step} | {} | {} |", words(row), here(row));
            }
        }
    }
    out.push('\n');
    for Group { title, rows, .. } in OPTIONS.iter().filter(|group| !matches!(group.at, At::Option(_))) {
        let _ = write!(out, "# {title}\n\n| there | here |\n|---|---|\n");
        for row in *rows {
            let _ = writeln!(out, "| {} | {} |", words(row), here(row));
        }
        out.push('\n');
    }
    out + "<!-- Written from the table of other tools' words: edit that. -->\n"
}

fn words(row: &Foreign) -> String {
    row.words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn here(row: &Foreign) -> String {
    let write = |write: &&str| match *write {
        "end" => "`}`, or `end` in a file of its own".to_owned(),
        write => format!("`{}`", write.replace('|', "\\|")),
    };
    let written: Vec<_> = row.write.iter().map(write).collect();
    match row.note {
        "" => written.join(" or "),
        note => [written, vec![note.to_owned()]].concat().join(": "),
    }
}
