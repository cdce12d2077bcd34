//! The pages as Markdown, which rustdoc reads as well: a link says a word's name, and each reader has its own address
//! for it.

use std::fmt::Write as _;

use super::entry::{Entry, Hand};
use super::names::{self, Name};

/// The rooms, with what is said of them.
const ROOMS: &[(&str, &str, &str)] = &[
    ("header", "Header", "Lines at the beginning of a task"),
    ("step", "Steps", "What a task does, one after the other"),
    ("field", "Fields", "What an `extract` reads, each after the field's name"),
    ("modifier", "Modifiers", "What is made of a field's text, in this order whatever the order written"),
];

/// What the capitals in a form stand for.
const PARTS: &[(&str, &str)] = &[
    ("SLUG", "`SLUG`: segments of `a-z 0-9 - _` with `/` between"),
    ("NAME", "`NAME`: a name; `_` drops the value where a step gives one"),
    ("GLOB", "`GLOB`: an address, in which `*` stands for anything without a `/` and `**` for anything"),
    ("ITEM", "`ITEM`: a name"),
    (
        "SEL",
        "`SEL`: a CSS selector, or a locator as `role=button[name=\"Send\"]`; `>>` enters frames and open shadow roots",
    ),
    (
        "D",
        "`D`: a duration, like `800ms`, `30s`, `1.5s`, `2m`, `1h`, or whole milliseconds from 50 on; `\"{{name}}\"` takes an int of milliseconds",
    ),
    ("DURATION", "`DURATION`: `800ms`, `30s`, `1.5s`, `2m`, `1h`, or whole milliseconds from 50 on"),
    ("N", "`N`: a number, or `\"{{name}}\"`"),
    ("CODE", "`CODE`: a status of HTTP, like `404`"),
    ("VALUE", "`VALUE`: any value of the language"),
    ("LIST", "`LIST`: a list, or `\"{{name}}\"`"),
    ("TYPE", "`TYPE`: a Rust type, inline only"),
    ("LIT", "`LIT`: a value without placeholders"),
];

/// What the list begins with.
const LIST: &str = "\
The reference: a page for each word of the language.

Each says how the word is written, with its options and what holds when one is left out, what it gives, how it fails, and
has an example in both spellings. What they have in common, as values, placeholders and names, stands in [the language].
Words of other tools, and what is written here for them, are listed in [coming from other tools].

Besides what a page names, every step that works on a page may end with `BROWSER_LOST`, when the page or the browser went
away, and every run with `TIMEOUT` or `CANCELLED`. A placeholder without a value and without `|or:` is `STEP_FAILED`, and so
is a path that leaves the folder of files.

";

/// A word's page.
pub(super) fn page(entry: &Entry, names: &[Name]) -> String {
    let hand = entry.hand();
    let mut out = format!("{}\n\n{}\n\n# Form\n\n", sentence(entry.doc()), hand.prose);
    form(entry, &mut out);
    for title in ["Result", "Errors", "Events"] {
        if let Some(text) = hand.section(title) {
            let _ = write!(out, "# {title}\n\n{text}\n\n");
        }
    }
    examples(&hand, &mut out);
    if let Some(text) = hand.section("See also") {
        let _ = write!(out, "# See also\n\n{text}\n\n");
    }
    define(&mut out, names, 2);
    let _ = writeln!(
        out,
        "<!-- Written from the table of words and `../../words/{}`: edit those. -->",
        entry.file()
    );
    out
}

fn form(entry: &Entry, out: &mut String) {
    let (inline, text) = entry.syntax();
    match &text {
        None => {
            let _ = write!(out, "```text\n{inline}\n```\n\nInline only: a file of recipes has no Rust.\n\n");
        }
        Some(text) if *text == inline => {
            let _ = write!(out, "```text\n{inline}\n```\n\n");
        }
        Some(text) => {
            let _ =
                write!(out, "```text\n{inline}\n```\n\nIn a file of its own:\n\n```text\n{text}\n```\n\n");
        }
    }
    if !entry.options().is_empty() {
        out.push_str("| option | | when left out |\n|---|---|---|\n");
        for option in entry.options() {
            let written = option.syntax().replace('|', "\\|");
            let after =
                if option.after.is_empty() { String::new() } else { format!(" (after `{}`)", option.after) };
            let _ = writeln!(out, "| `{written}` | {}{after} | {} |", option.doc, option.default);
        }
        out.push('\n');
    }
    if entry.takes_modifiers() {
        out.push_str("Modifiers may follow: [`match`], [`trim`], [`lower`] or [`upper`], [`url`], [`int`], [`float`] or ");
        out.push_str("[`bool`], [`all`], [`optional`] or [`required`].\n\n");
    }
    let mentioned = |part: &str| inline.split(|c: char| !c.is_ascii_uppercase()).any(|word| word == part);
    let parts: Vec<_> = PARTS.iter().filter(|part| mentioned(part.0)).map(|part| part.1).collect();
    if !parts.is_empty() {
        let _ = write!(out, "{}.\n\n", parts.join(". "));
    }
}

fn examples(hand: &Hand, out: &mut String) {
    out.push_str("# Example\n\n");
    for example in hand.examples() {
        let _ = write!(out, "```rust\n{}\n```\n\n", example.rust_source());
        if let Some(text) = example.text() {
            let _ = write!(out, "In a file of its own:\n\n```text\n{text}```\n\n");
        }
    }
}

/// Adds the addresses that a reader of Markdown needs.
fn define(out: &mut String, names: &[Name], depth: usize) {
    let lines = names::for_readers(out, names, depth);
    if !lines.is_empty() {
        let _ = writeln!(out, "{lines}");
    }
}

/// What stands before the addresses in a page that is written by hand.
const ADDRESSES: &str = "<!-- Written from `links.md` and the table of words: edit those. -->\n";

/// A page that is written by hand, with the addresses of what it links to.
pub(super) fn by_hand(page: &str, names: &[Name]) -> String {
    let text = page.split(ADDRESSES).next().unwrap_or_default().trim_end();
    let lines = names::for_readers(text, names, 0);
    if lines.is_empty() { format!("{text}\n") } else { format!("{text}\n\n{ADDRESSES}\n{lines}") }
}

/// The list of all pages.
pub(super) fn list(entries: &[Entry], names: &[Name]) -> String {
    let mut out = LIST.to_owned();
    for (room, title, about) in ROOMS {
        let _ = write!(out, "# {title}\n\n{about}.\n\n| | |\n|---|---|\n");
        for entry in entries.iter().filter(|entry| entry.room() == *room) {
            let names: Vec<_> = entry.names().map(|name| format!("[`{name}`]")).collect();
            let _ = writeln!(out, "| {} | {} |", names.join(", "), entry.doc());
        }
        out.push('\n');
    }
    // The list lies in a folder of the guide, as the words' own folders do in it.
    define(&mut out, names, 1);
    out + "<!-- Written from the table of words: edit that. -->\n"
}

fn module(entry: &Entry) -> String {
    let slug = entry.slug();
    if syn::parse_str::<syn::Ident>(&slug).is_ok() { slug } else { format!("r#{slug}") }
}

/// The modules that hold the pages.
pub(super) fn modules(entries: &[Entry]) -> String {
    let mut out = "// Written from the table of words: edit that.\n\n".to_owned();
    out.push_str(
        "#![doc = include_str!(\"reference/links.md\")]\n#![doc = include_str!(\"reference/words.md\")]\n",
    );
    out.push_str("\n#[doc = include_str!(\"reference/tools.md\")]\npub mod tools {}\n");
    for (room, _, about) in ROOMS {
        let _ = write!(out, "\n/// {about}.\npub mod {room} {{\n");
        let rooms: Vec<_> = entries.iter().filter(|entry| entry.room() == *room).collect();
        for (index, entry) in rooms.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            let _ = write!(
                out,
                "{gap}    #[doc = include_str!(\"reference/links.md\")]\n    #[doc = include_str!(\"reference/{}\")]\n    pub mod {} {{}}\n",
                entry.file(),
                module(entry)
            );
        }
        out.push_str("}\n");
    }
    out
}

fn sentence(doc: &str) -> String {
    let mut letters = doc.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}
