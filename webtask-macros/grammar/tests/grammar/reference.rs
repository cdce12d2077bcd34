//! The pages of the reference: of each word one, from the table of words and from what is written by hand of it.
//!
//! By hand: `webtask/src/guide/words/ROOM/WORD.md`. Written from it: `webtask/src/guide/reference/ROOM/WORD.md`, the
//! list of them, and the modules that hold them; and at the end of each page of the guide the addresses of what it links
//! to. `WEBTASK_BLESS=1 cargo test -p webtask-grammar` writes them anew.

mod entry;
mod example;
pub(crate) mod names;
mod page;
mod tools;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use self::entry::{Entry, entries};

/// Where the guide is: the pages are the run-time crate's documentation.
pub(crate) fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../webtask/src/guide")
}

/// Every file below a folder, with `/` in its path.
pub(crate) fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().expect("it has one").to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|inner| format!("{name}/{inner}")));
        } else {
            found.insert(name);
        }
    }
    found
}

/// The pages that are written by hand.
fn by_hand() -> BTreeSet<String> {
    let page = |file: &String| file.ends_with(".md") && !file.contains('/') && file != "links.md";
    files(&guide()).into_iter().filter(page).collect()
}

/// Every page with its path below the guide.
fn pages() -> BTreeMap<String, String> {
    let (entries, names) = (entries(), names::names());
    let mut pages = BTreeMap::new();
    for entry in &entries {
        pages.insert(format!("reference/{}", entry.file()), page::page(entry, &names));
    }
    pages.insert("reference/tools.md".into(), tools::page());
    pages.insert("reference/words.md".into(), page::list(&entries, &names));
    pages.insert("reference/links.md".into(), names::for_rustdoc(&names));
    pages.insert("reference.rs".into(), page::modules(&entries));
    for file in by_hand() {
        let page = fs::read_to_string(guide().join(&file)).expect("it is there");
        pages.insert(file, page::by_hand(&page, &names));
    }
    pages
}

#[test]
fn every_word_has_an_entry() {
    let wanted: BTreeSet<_> = entries().iter().map(Entry::file).collect();
    let found = files(&guide().join("words"));
    let missing: Vec<_> = wanted.difference(&found).collect();
    assert!(missing.is_empty(), "write what there is to say of these words: {missing:?}");
    let stale: Vec<_> = found.difference(&wanted).collect();
    assert!(stale.is_empty(), "there are no such words: {stale:?}");
}

#[test]
fn every_entry_says_what_a_reader_wants_to_know() {
    for entry in entries() {
        let hand = entry.hand();
        for wanted in entry.wanted() {
            assert!(hand.section(wanted).is_some(), "`{}` has no `# {wanted}`", entry.file());
        }
        assert!(!hand.prose.is_empty(), "`{}` says nothing", entry.file());
        for title in hand.sections.iter().map(|(title, _)| title.as_str()) {
            let known = ["Result", "Errors", "Events", "Example", "See also"];
            assert!(known.contains(&title), "`# {title}` in `{}`", entry.file());
        }
    }
}

#[test]
fn the_examples_are_the_same_in_both_spellings() {
    for entry in entries() {
        let hand = entry.hand();
        let examples = hand.examples();
        assert!(!examples.is_empty(), "`{}` has no example", entry.file());
        let shown = examples.iter().any(|example| example.inline.contains(entry.first_word()));
        assert!(shown, "the example of `{}` does without it", entry.file());
        for example in examples {
            example.check(&entry.file());
        }
    }
}

#[test]
fn the_pages_are_the_table_s() {
    let (guide, pages) = (guide(), pages());
    let written = by_hand();
    let here =
        |file: &str| file == "reference.rs" || file.starts_with("reference/") || written.contains(file);
    if std::env::var_os("WEBTASK_BLESS").is_some() {
        for file in files(&guide).into_iter().filter(|file| here(file) && !pages.contains_key(file)) {
            fs::remove_file(guide.join(file)).expect("it can be removed");
        }
        for (file, page) in &pages {
            let path = guide.join(file);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
            fs::write(path, page).expect("the folder can be written");
        }
    }
    let found: BTreeSet<_> = files(&guide).into_iter().filter(|file| here(file)).collect();
    assert_eq!(found, pages.keys().cloned().collect(), "other pages than words: bless them");
    for (file, page) in &pages {
        let kept = fs::read_to_string(guide.join(file)).expect("it is there");
        assert!(kept == *page, "`{file}` is not what its word says now: bless it and read the diff");
    }
}
