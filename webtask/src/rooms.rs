//! Who may know whom: reads the `use` edges between the modules, and fails on one that makes a circle. And no file is long.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use regex::Regex;

/// How many lines a file may have.
const LINES: usize = 500;

type Edges = BTreeMap<String, BTreeMap<String, String>>;

/// What calls each other for good: a run calls tasks, whose runs have a context.
const RUNS: [&str; 5] = ["cx", "flow", "run", "task", "webtask"];

/// What a room must not know, not even by way of others.
const NEVER: [(&str, &[&str]); 9] = [
    ("browser", &["action", "cx", "run", "server", "settings", "task", "webtask"]),
    ("error", &["browser", "cx", "event", "run", "task"]),
    ("fetch", &["action", "cx", "run", "server", "task"]),
    ("meter", &["browser", "cx", "run", "task"]),
    ("net", &["browser", "fetch", "policy"]),
    ("policy", &["browser", "fetch", "run", "task"]),
    ("secret", &["browser", "run", "task"]),
    ("settings", &["action", "cx", "run", "server", "task", "webtask"]),
    ("value", &["cx", "run", "task"]),
];

#[test]
fn the_only_circle_is_that_of_runs() {
    let edges = edges();
    let mut circles = BTreeSet::new();
    for room in edges.keys() {
        let circle: Vec<_> = reached(&edges, room)
            .into_iter()
            .filter(|other| reached(&edges, other).contains(room.as_str()))
            .collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    let runs: BTreeSet<_> = [RUNS.to_vec()].into();
    assert_eq!(circles, runs, "modules use each other in a circle");
}

#[test]
fn no_room_knows_what_it_must_not() {
    let edges = edges();
    let mut wrong = Vec::new();
    for (room, never) in NEVER {
        assert!(edges.contains_key(room), "there is no `{room}`");
        let reached = reached(&edges, room);
        for other in never.iter().filter(|other| reached.contains(**other)) {
            wrong.push(format!("{room} → {other}, by {}", way(&edges, room, other).join(", ")));
        }
    }
    let direct = |from: &str, to: &str| edges.get(from).and_then(|edges| edges.get(to));
    for from in ["action", "cx", "flow", "run", "steps", "task"] {
        wrong.extend(direct(from, "server").map(|file| format!("{file}: {from} → server")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_longer_than_a_reader_takes_at_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // What the macros expand to is kept as it comes.
    let is_golden = |name: &str| name.starts_with("webtask-macros/tests/");
    let rooms = ["webtask", "webtask-macros", "examples", "recipes-ported"];
    let files: Vec<_> =
        rooms.iter().flat_map(|room| rust(&root, room)).filter(|(name, _)| !is_golden(name)).collect();
    let long =
        files.iter().map(|(name, text)| (name, text.lines().count())).filter(|(_, lines)| *lines > LINES);
    let long: Vec<_> = long.map(|(name, lines)| format!("{name} has {lines} lines")).collect();
    assert!(files.len() > 500, "only {} files were found", files.len());
    assert!(long.is_empty(), "{}\nhelp: give an idea of its own a file of its own", long.join("\n"));
}

/// Every room, with the rooms that it uses and a file that does.
fn edges() -> Edges {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let front = fs::read_to_string(root.join("lib.rs")).expect("a text");
    let own = own_names(&front);
    let used = Regex::new(r"\bcrate::(\{[^;]*?\};|\w+!?)").expect("a pattern");
    let mut edges = Edges::new();
    for (name, text) in rust(&root, "") {
        let room = name.split(['/', '.']).next().unwrap_or_default().to_owned();
        let is_front = ["lib", "__rt", "macros", "rooms", "guide"].contains(&room.as_str());
        if is_front || name.ends_with("tests.rs") {
            continue;
        }
        let text = code(&text);
        let uses = edges.entry(room.clone()).or_default();
        for word in used.captures_iter(&text).flat_map(|found| firsts(&found[1])) {
            let other = own.get(&word).cloned().unwrap_or(word);
            if other != room && root_has(&root, &other) {
                uses.entry(other).or_insert_with(|| name.clone());
            }
        }
    }
    edges
}

/// The names and texts of the Rust files below a folder of the root. What was built is left out.
fn rust(root: &Path, folder: &str) -> Vec<(String, String)> {
    let (mut folders, mut files) = (vec![root.join(folder)], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(root).expect("below").display().to_string();
            if path.is_dir() && !name.ends_with("/target") {
                folders.push(path);
            } else if name.ends_with(".rs") {
                files.push((name, fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    files
}

fn root_has(root: &Path, room: &str) -> bool {
    root.join(format!("{room}.rs")).exists()
}

/// What `lib.rs` exports under names of the crate itself, with the rooms that they come from.
fn own_names(front: &str) -> BTreeMap<String, String> {
    let exported = Regex::new(r"pub use crate::(\w+)(?:::\w+)*::(\{[^}]*\}|\w+);").expect("a pattern");
    let mut names = BTreeMap::new();
    for found in exported.captures_iter(front).filter(|found| &found[1] != "macros") {
        for name in found[2].split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty())
        {
            names.insert(name.to_owned(), found[1].to_owned());
        }
    }
    names
}

/// A file without its comments, and without its tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The first words of `a::b` or `{a::b, c}`.
fn firsts(path: &str) -> Vec<String> {
    let Some(list) = path.strip_prefix('{') else { return vec![path.to_owned()] };
    let (mut depth, mut words, mut word) = (0, Vec::new(), String::new());
    for c in list.trim_end_matches("};").chars().chain([',']) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    let first = |word: String| word.trim().split("::").next().unwrap_or_default().to_owned();
    words.into_iter().map(first).filter(|word| !word.is_empty()).collect()
}

/// The rooms that a room uses, by whatever way; itself only in a circle.
fn reached<'e>(edges: &'e Edges, from: &str) -> BTreeSet<&'e str> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(room) = next.pop() {
        for other in edges.get(room).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(other.as_str()) {
                next.push(other);
            }
        }
    }
    reached
}

/// A shortest way from a room to another, by the files that make it.
fn way(edges: &Edges, from: &str, to: &str) -> Vec<String> {
    let mut ways = vec![vec![from.to_owned()]];
    let mut seen = BTreeSet::from([from.to_owned()]);
    for at in 0.. {
        let Some(way) = ways.get(at).cloned() else { return Vec::new() };
        for (other, _) in way.last().and_then(|room| edges.get(room)).into_iter().flatten() {
            let longer = way.iter().cloned().chain([other.clone()]).collect::<Vec<_>>();
            if other == to {
                let steps = longer.iter().zip(longer.iter().skip(1));
                return steps.map(|(a, b)| edges[a][b].clone()).collect();
            }
            if seen.insert(other.clone()) {
                ways.push(longer);
            }
        }
    }
    Vec::new()
}
