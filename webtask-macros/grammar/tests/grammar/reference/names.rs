//! What the guide's pages link to by name, and the address that each reader needs for it: rustdoc a path of Rust, a reader
//! of Markdown, as on a code host, a file.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use pulldown_cmark::{BrokenLink, CowStr, Event, Parser, Tag};

use super::entry::{Entry, entries};
use super::{files, guide};

/// A name that a page may link to.
pub(in super::super) struct Name {
    pub(in super::super) label: String,
    /// What rustdoc resolves.
    pub(in super::super) path: String,
    /// Its file, below the guide; with a heading after `#`.
    pub(in super::super) file: String,
}

/// The words, and what `guide/links.md` lists besides.
pub(in super::super) fn names() -> Vec<Name> {
    let mut names = Vec::new();
    for entry in entries() {
        for name in entry.names() {
            names.push(Name {
                label: format!("`{name}`"),
                path: path(&entry),
                file: format!("reference/{}", entry.file()),
            });
        }
    }
    let sources = Sources::read();
    let list = fs::read_to_string(guide().join("links.md")).expect("it is there");
    for line in list.lines() {
        let (label, path) = line
            .strip_prefix('[')
            .and_then(|line| line.split_once("]: "))
            .filter(|(label, _)| !label.contains(['[', ']']))
            .unwrap_or_else(|| panic!("no definition of a link in `links.md`: {line}"));
        let file = sources.file(path).unwrap_or_else(|| panic!("nothing is called `{path}`"));
        names.push(Name { label: label.to_owned(), path: path.to_owned(), file });
    }
    let mut labels = BTreeSet::new();
    for name in &names {
        let label = name.label.to_lowercase();
        assert!(labels.insert(label), "Markdown takes `{}` and another name as one", name.label);
    }
    names
}

fn path(entry: &Entry) -> String {
    // Rustdoc would take a raw name's `#` for a fragment.
    format!("mod@crate::guide::reference::{}::{}", entry.room(), entry.slug())
}

/// The definitions that rustdoc needs; it takes the first that it meets, so these stand before a page's own.
pub(super) fn for_rustdoc(names: &[Name]) -> String {
    names.iter().fold(String::new(), |mut out, name| {
        let _ = writeln!(out, "[{}]: {}", name.label, name.path);
        out
    })
}

/// The definitions that a reader of Markdown needs for the names in a page, which lies so many folders below the guide.
pub(super) fn for_readers(page: &str, names: &[Name], depth: usize) -> String {
    let used = undefined(page);
    let mut out = String::new();
    for name in names.iter().filter(|name| used.contains(&name.label.to_lowercase())) {
        let _ = writeln!(out, "[{}]: {}{}", name.label, "../".repeat(depth), name.file);
    }
    out
}

/// The names that a page links to and does not define, in small letters.
pub(in super::super) fn undefined(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut note = |link: BrokenLink<'_>| {
        let words: Vec<_> = link.reference.split_whitespace().collect();
        found.insert(words.join(" ").to_lowercase());
        Some((CowStr::from("#"), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(page, options(), Some(&mut note));
    parser.for_each(drop);
    found
}

/// The addresses that a page links to.
pub(in super::super) fn addresses(page: &str) -> BTreeSet<String> {
    Parser::new_ext(page, options())
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.into_string())
            }
            _ => None,
        })
        .collect()
}

/// The names of a page's headings, as rustdoc and code hosts make them.
pub(in super::super) fn anchors(page: &str) -> BTreeSet<String> {
    let (mut found, mut heading) = (BTreeSet::new(), None::<String>);
    for event in Parser::new_ext(page, options()) {
        match (event, &mut heading) {
            (Event::Start(Tag::Heading { .. }), _) => heading = Some(String::new()),
            (Event::End(pulldown_cmark::TagEnd::Heading(_)), Some(text)) => {
                found.insert(anchor(text));
                heading = None;
            }
            (Event::Text(part) | Event::Code(part), Some(text)) => text.push_str(&part),
            _ => {}
        }
    }
    found
}

fn anchor(heading: &str) -> String {
    let letters = heading.trim().chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c.to_ascii_lowercase()),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    letters.collect()
}

fn options() -> pulldown_cmark::Options {
    pulldown_cmark::Options::ENABLE_TABLES
}

/// The run-time crate's source files.
struct Sources(Vec<(String, String)>);

impl Sources {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../webtask/src");
        let rust = files(&root).into_iter().filter(|file| file.ends_with(".rs"));
        Self(rust.map(|file| (file.clone(), fs::read_to_string(root.join(&file)).expect("a text"))).collect())
    }

    /// The file that an item is in, or a page of the guide, seen from the guide.
    fn file(&self, path: &str) -> Option<String> {
        let path = path.split_once('@').map_or(path, |(_, path)| path);
        if let Some(page) = path.strip_prefix("crate::guide::") {
            let (page, heading) = page
                .split_once('#')
                .map_or((page, String::new()), |(page, heading)| (page, format!("#{heading}")));
            let page = if page == "reference" { "reference/words" } else { page };
            return Some(format!("{}.md{heading}", page.replace("::", "/")));
        }
        let parts: Vec<_> = path.split("::").skip(1).collect();
        let (name, owner) = match parts[..] {
            [.., owner, name] if owner.starts_with(char::is_uppercase) => (name, Some(owner)),
            [.., name] => (name, None),
            [] => return None,
        };
        let holds = |text: &str| match owner {
            Some(owner) if name.starts_with(char::is_uppercase) => {
                defines(text, owner) && variant(text, name)
            }
            Some(owner) => starts(text, "impl ", owner) && defines(text, name),
            None => defines(text, name),
        };
        let is_macro = |text: &str| {
            let words = ["macro_rules! ", "pub use webtask_macros::"];
            owner.is_none() && words.iter().any(|word| starts(text, word, name))
        };
        let found = self
            .0
            .iter()
            .find(|(_, text)| is_macro(text))
            .or_else(|| self.0.iter().find(|(_, text)| holds(text)));
        // What a macro writes is told of where its type is; and a module is its file.
        let found =
            found.or_else(|| self.0.iter().find(|(_, text)| owner.is_some_and(|owner| defines(text, owner))));
        let module = || self.0.iter().find(|(file, _)| *file == format!("{name}.rs"));
        found.or_else(module).map(|(file, _)| format!("../{file}"))
    }
}

/// Whether a text defines an item of that name.
fn defines(text: &str, name: &str) -> bool {
    let words = ["pub fn ", "pub async fn ", "pub const fn ", "pub struct ", "pub enum ", "pub trait "];
    words.iter().any(|word| starts(text, word, name))
}

/// Whether a text has a variant of that name.
fn variant(text: &str, name: &str) -> bool {
    text.contains(&format!("\n    {name},"))
}

/// Whether that word stands before that name, as a whole.
fn starts(text: &str, word: &str, name: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    text.split(word).skip(1).any(|rest| rest.strip_prefix(name).is_some_and(ends))
}
