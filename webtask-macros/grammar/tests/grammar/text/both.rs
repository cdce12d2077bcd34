//! Recipes in both spellings, whose trees are equal.

mod recipes;

use webtask_grammar::keyword::WORDS;

pub(crate) use self::recipes::BOTH;
use super::read;
use crate::common;

#[test]
fn both_spellings_give_equal_trees() {
    for (inline, text) in BOTH {
        let (inline, problems) = common::read(inline);
        assert_eq!(problems, Vec::<String>::new());
        for text in [(*text).to_owned(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
            let (tasks, reports) = read("a.webtask", &text);
            assert_eq!(reports, Vec::<String>::new());
            for (task, expected) in tasks.iter().zip(&inline) {
                assert_eq!(common::body(&task.body), common::body(&expected.body));
                assert_eq!(task.header, expected.header);
            }
            assert_eq!(tasks.len(), inline.len());
            assert_eq!(common::written(&tasks), common::written(&inline));
        }
    }
}

#[test]
fn every_word_is_in_both() {
    let all: String = BOTH.iter().map(|(_, text)| *text).collect();
    for word in WORDS.iter().filter(|word| !word.rust) {
        assert!(
            all.contains(&format!("{} ", word.name)) || all.contains(&word.name.replace(' ', "-")),
            "{}",
            word.name
        );
        for option in word.option_words().filter(|option| *option != "->") {
            assert!(all.contains(option) || all.contains(&option.replace(' ', "-")), "{option}");
        }
    }
}

#[test]
fn the_example_of_the_language() {
    let text = r#"task "streaming/progress"
    pool default
    timeout 30000
    transport rest
    transport sse

    status "Step 1 of 4 — navigate"
    goto "https://example.com"
    emit progress "navigation complete" data { fraction: 0.25 }

    status "Step 2 of 4 — pause briefly"
    wait 1000
    emit progress "pause finished" data { fraction: 0.5 }

    status "Step 3 of 4 — read title"
    extract page from "html"
        title text "title"
    end
    emit progress "extracted title" data { fraction: 0.75 }

    status "Step 4 of 4 — done"
end
"#;
    let inline = r#"task "streaming/progress" {
        pool default; timeout 30s; transport rest; transport sse;
        status "Step 1 of 4 — navigate";
        goto "https://example.com";
        emit progress "navigation complete" data { fraction: 0.25 };
        status "Step 2 of 4 — pause briefly";
        wait 1000;
        emit progress "pause finished" data { fraction: 0.5 };
        status "Step 3 of 4 — read title";
        extract page from "html" { title text "title"; }
        emit progress "extracted title" data { fraction: 0.75 };
        status "Step 4 of 4 — done";
    }"#;
    let (tasks, reports) = read("a.webtask", text);
    assert_eq!(reports, Vec::<String>::new());
    assert_eq!(common::written(&tasks), common::written(&common::read(inline).0));
}

#[test]
fn places_are_the_text_s() {
    let text = "\u{feff}\r\n\r\n# é\r\ntask \"a\"\r\n\tstatus \"é\"\r\n  wait 0  # é\r\nend";
    let source = webtask_grammar::Source::new("a.webtask", text);
    let mut problems = webtask_grammar::Problems::new();
    let tasks = webtask_grammar::parse_text(&source, &mut problems);
    assert!(problems.is_empty());
    let places: Vec<_> = tasks[0].body.steps.iter().map(|step| source.place(step.span)).collect();
    assert_eq!(places, ["a.webtask:5:2", "a.webtask:6:3"]);
    assert_eq!(source.place(tasks[0].slug.span), "a.webtask:4:6");
}
