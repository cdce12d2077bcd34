//! The TextMate grammar of `.webtask` files, written from the table of words: `editor/webtask.tmLanguage.json`.
//!
//! `WEBTASK_BLESS=1 cargo test -p webtask-grammar` writes the file anew.

use std::path::Path;

use webtask_grammar::keyword::{Choice, Room, WORDS, Word};

/// Words as a regex, the longer before those that they begin with; a group may have hyphens.
fn regex<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut words: Vec<_> =
        words.filter(|word| word.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ')).collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    words.dedup();
    let words: Vec<_> = words.into_iter().map(|word| word.replace(' ', "(?: +|-)")).collect();
    format!("(?:{})", words.join("|"))
}

fn words(room: Room) -> impl Iterator<Item = &'static Word> {
    WORDS.iter().filter(move |word| word.room == room && !word.rust)
}

/// The words that stand for themselves among what must follow a word, as `on` in `ATTR on "SEL"`.
fn parts(parts: &'static str) -> impl Iterator<Item = &'static str> {
    parts
        .split([' ', '|', ',', '[', ']'])
        .filter(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase()))
}

/// A JSON string.
fn json(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A rule that matches a regex and gives names to what is in its parentheses.
fn rule(regex: &str, names: &[&str]) -> String {
    let captures: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(index, name)| format!("\"{}\": {{ \"name\": {} }}", index + 1, json(name)))
        .collect();
    format!("{{ \"match\": {}, \"captures\": {{ {} }} }}", json(regex), captures.join(", "))
}

/// A rule for what stands between two regexes.
fn between(name: &str, begin: &str, end: &str, includes: &[&str]) -> String {
    let includes: Vec<_> = includes.iter().map(|name| format!("{{ \"include\": \"#{name}\" }}")).collect();
    format!(
        "{{ \"name\": {}, \"begin\": {}, \"end\": {}, \"patterns\": [{}] }}",
        json(name),
        json(begin),
        json(end),
        includes.join(", ")
    )
}

fn grammar() -> String {
    let all = || [Room::Recipe, Room::Header, Room::Step, Room::Field].into_iter().flat_map(words);
    let options = || all().flat_map(|word| word.options).flat_map(Choice::words);
    let inner = all()
        .flat_map(|word| parts(word.parts))
        .chain(all().flat_map(|word| word.options).flat_map(|option| parts(option.parts)));
    let header = regex(words(Room::Header).map(|word| word.name));
    let steps = regex(words(Room::Step).filter(|word| word.block.is_empty()).map(|word| word.name));
    let blocks = regex(words(Room::Step).filter(|word| !word.block.is_empty()).map(|word| word.name));
    let begins = |word: &&Word| {
        let longer =
            |block: &Word| !block.block.is_empty() && word.name.starts_with(&format!("{} ", block.name));
        word.block.is_empty() && words(Room::Step).any(longer)
    };
    let longer = regex(words(Room::Step).filter(begins).map(|word| word.name));
    let fields = regex(words(Room::Field).map(|word| word.name));
    // After one of these stands a name of the recipe's own, which may be a field's word.
    let naming = regex(words(Room::Step).filter(|word| word.parts.contains("NAME")).map(|word| word.name));
    let rest = regex(options().chain(inner));
    let end = "(?![\\w-])";
    let name = "([A-Za-z_]\\w*)";
    let rules = [
        ("comment", r##"{ "name": "comment.line.number-sign.webtask", "match": "#.*$" }"##.to_owned()),
        ("long", between("string.quoted.triple.webtask", "\"\"\"", "\"\"\"", &["placeholder"])),
        ("raw", between("string.quoted.other.raw.webtask", "\\br(#*)\"", "\"\\1", &["placeholder"])),
        ("string", between("string.quoted.double.webtask", "\"", "\"", &["escape", "placeholder"])),
        (
            "escape",
            rule(
                r#"(\\(?:[nrt0'"\\]|x[0-7][0-9A-Fa-f]|u\{[0-9A-Fa-f_]+\}|$))"#,
                &["constant.character.escape.webtask"],
            ),
        ),
        (
            "placeholder",
            format!(
                "{{ \"patterns\": [{}, {}] }}",
                rule(r"(\{\{\{\{)", &["constant.character.escape.webtask"]),
                rule(
                    r"(\{\{)([A-Za-z_]\w*(?:\.[\w-]+)*)(?:(\|or:)([^}]*))?(\}\})",
                    &[
                        "punctuation.section.embedded.begin.webtask",
                        "variable.other.webtask",
                        "keyword.operator.webtask",
                        "string.unquoted.webtask",
                        "punctuation.section.embedded.end.webtask",
                    ],
                )
            ),
        ),
        (
            "number",
            rule(
                r"(?<![\w.-])(-?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?:ms|s|m|h)?)(?![\w.])",
                &["constant.numeric.webtask"],
            ),
        ),
        ("constant", rule(r"\b(true|false|null)\b", &["constant.language.webtask"])),
        ("task", rule("^\\s*(task)\\b", &["storage.type.task.webtask"])),
        (
            "block",
            rule(
                &format!("^\\s*(?!{longer}{end})({blocks}){end}(?:\\s+(?!js\\b){name})?"),
                &["keyword.control.webtask", "variable.other.webtask"],
            ),
        ),
        ("end", rule(r"^\s*(end|else(?:\s+if)?)(?=\s*(?:#|$|js\b|[\x22\[{]))", &["keyword.control.webtask"])),
        (
            "field",
            rule(
                &format!("^\\s*(?!{naming}\\s){name}\\s+({fields})(?=\\s)"),
                &["variable.other.member.webtask", "keyword.other.field.webtask"],
            ),
        ),
        ("header", rule(&format!("^\\s*({header}){end}"), &["storage.modifier.webtask"])),
        ("step", rule(&format!("^\\s*({steps}){end}"), &["support.function.webtask"])),
        ("key", rule(&format!("{name}\\s*(?=:)"), &["variable.other.member.webtask"])),
        ("option", rule(&format!("(?<![\\w-])({rest}){end}"), &["keyword.other.webtask"])),
    ];
    let order = [
        "comment", "long", "raw", "string", "task", "field", "block", "end", "header", "step", "key",
        "option", "constant", "number",
    ];
    let patterns: Vec<_> = order.iter().map(|name| format!("    {{ \"include\": \"#{name}\" }}")).collect();
    let rules: Vec<_> = rules.iter().map(|(name, rule)| format!("    \"{name}\": {rule}")).collect();
    format!(
        "{{\n  \"name\": \"webtask\",\n  \"scopeName\": \"source.webtask\",\n  \"fileTypes\": [\"webtask\"],\n  \
         \"patterns\": [\n{}\n  ],\n  \"repository\": {{\n{}\n  }}\n}}\n",
        patterns.join(",\n"),
        rules.join(",\n")
    )
}

#[test]
fn the_editor_s_grammar_is_the_table_s() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("editor/webtask.tmLanguage.json");
    if std::env::var_os("WEBTASK_BLESS").is_some() {
        std::fs::write(&file, grammar()).expect("the folder can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == grammar(), "the table of words has changed: bless the editor's grammar");
}
