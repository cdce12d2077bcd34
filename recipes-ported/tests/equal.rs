//! Compiled and interpreted recipes are equal: recipes of control flow, written by chance, are called by both ways over
//! HTTP with inputs by chance, and answer alike.
//!
//! `equal/flow` has the recipes, as `WEBTASK_BLESS=1` writes them. `WEBTASK_SEED=NUMBER` with it writes others, for a look
//! further than the tests go.

#[path = "equal/generate.rs"]
mod generate;

use std::collections::BTreeSet;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use futures::StreamExt as _;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use webtask::server::{Server, Stop};
use webtask::{Recipes, Task, Webtask};

use generate::{Chance, Recipe};

/// The same recipes, compiled.
#[allow(
    unreachable_pub,
    dead_code,
    unused_variables,
    unused_assignments,
    deprecated,
    reason = "recipes by chance"
)]
mod compiled {
    webtask::webtask_dir!("tests/equal/flow");
}

/// How many files there are, and how many tasks in each.
const FILES: usize = 20;
const TASKS: usize = 5;

/// What makes the committed recipes.
const SEED: u64 = 1;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/equal/flow")
}

/// The recipes of a file.
fn write(seed: u64, number: usize) -> String {
    let mut chance = Chance(seed << 32 | number as u64);
    let (mut text, mut slugs) = (String::new(), Vec::new());
    while slugs.len() < TASKS {
        let slug = format!("flow/{number}-{}", slugs.len());
        let task = Recipe::write(&mut chance, &slug, &slugs);
        let longer = if text.is_empty() { task } else { format!("{text}\n{task}") };
        if Recipes::parse("flow", longer.as_str()).is_ok() {
            text = longer;
            slugs.push(slug);
        }
    }
    text
}

#[test]
fn the_recipes_are_those_of_their_number() {
    let seed = std::env::var("WEBTASK_SEED").map_or(SEED, |seed| seed.parse().expect("a number"));
    let bless = std::env::var_os("WEBTASK_BLESS").is_some();
    // They are written by the same code, so a few tell of all.
    for number in 0..if bless { FILES } else { 2 } {
        let (file, text) = (folder().join(format!("{number}.webtask")), write(seed, number));
        if bless {
            fs::write(file, text).expect("the file can be written");
        } else {
            let there = fs::read_to_string(file).unwrap_or_default();
            assert_eq!(there, text, "{number}.webtask: bless the recipes, and build again");
        }
    }
}

/// A server of tasks.
struct Service {
    address: SocketAddr,
    stop: Stop,
}

impl Service {
    async fn start(tasks: Vec<Task>) -> Self {
        let webtask = Webtask::builder().build().expect("good settings");
        let server = Server::new(&webtask, tasks).address(([127, 0, 0, 1], 0).into());
        let listening = server.bind().await.expect("a free port");
        let (address, stop) = (listening.address(), listening.stop());
        tokio::spawn(listening.run());
        Self { address, stop }
    }

    /// The whole answer, but for what no two answers share: the date and the run's address.
    async fn ask(&self, method_and_path: &str, accept: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address).await.expect("the server listens");
        let request = format!(
            "{method_and_path} HTTP/1.0\r\nHost: {}\r\nAccept: {accept}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(request.as_bytes()).await.expect("written");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("UTF-8");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let own = |line: &&str| line.starts_with("date: ") || line.starts_with("location: /runs/");
        let head: Vec<_> = head.lines().filter(|line| !own(line)).collect();
        format!("{}\n\n{body}", head.join("\n"))
    }
}

/// What a task is called with: its defaults, inputs that fit, and some that do not.
fn inputs(chance: &mut Chance) -> Value {
    let mut given = serde_json::Map::new();
    let wrong = chance.below(8) == 0;
    for name in ["n", "name", "flag", "items", "maybe", "rows"] {
        if chance.below(2) == 0 {
            continue;
        }
        let value = match (name, wrong && chance.below(3) == 0) {
            ("n", false) => json!(chance.below(5)),
            ("name" | "maybe", false) => json!(["", "b", "Zoë & co", "a/b?c", "{{n}}"][chance.below(5)]),
            ("flag", false) => json!(chance.below(2) == 0),
            ("items", false) => [json!([]), json!(["b"]), json!(["a", "b", "c", "d"]), json!([1, null, "b"])]
                [chance.below(4)]
            .clone(),
            ("rows", false) => [json!([]), json!([{ "key": "b", "size": 9 }]), json!([{ "key": "" }, {}])]
                [chance.below(3)]
            .clone(),
            (_, true) => {
                [json!(null), json!("x"), json!([1]), json!({ "a": 1 }), json!(1.5)][chance.below(5)].clone()
            }
            (other, false) => unreachable!("{other}"),
        };
        given.insert(name.to_owned(), value);
    }
    Value::Object(given)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flows_answer_alike() {
    // As rustc sees them, which begins at the workspace: errors name their places in the same words.
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).expect("the workspace is there");
    let read =
        Recipes::load("recipes-ported/tests/equal/flow").unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let slugs: Vec<_> = read.tasks().iter().map(|task| task.slug().to_owned()).collect();
    assert_eq!(slugs.len(), FILES * TASKS);
    let compiled = Service::start(compiled::tasks()).await;
    let interpreted = Service::start(read.tasks().to_vec()).await;
    let [one, other] = [
        compiled.ask("GET /openapi.json", "*/*", "").await,
        interpreted.ask("GET /openapi.json", "*/*", "").await,
    ];
    assert!(one.starts_with("HTTP/1.0 200"), "{one}");
    assert_eq!(
        one.replace(&compiled.address.to_string(), ""),
        other.replace(&interpreted.address.to_string(), "")
    );
    let mut chance = Chance(SEED);
    let mut calls = Vec::new();
    for slug in &slugs {
        let known = read.get(slug).expect("it is there").input();
        for turn in 0..4 {
            let Value::Object(mut input) = inputs(&mut chance) else { unreachable!("an object") };
            // The defaults first, and inputs that it does not have in the end.
            input.retain(|name, _| turn > 0 && (turn == 3 || known.get(name).is_some()));
            let body = Value::Object(input).to_string();
            calls
                .extend(["application/json", "text/event-stream"].map(|accept| (slug, body.clone(), accept)));
        }
    }
    let alike = calls.iter().map(async |(slug, body, accept)| {
        let call = format!("POST /tasks/{slug}");
        let (one, other) =
            tokio::join!(compiled.ask(&call, accept, body), interpreted.ask(&call, accept, body));
        assert_eq!(one, other, "{slug} with {body}");
        one.lines().next().unwrap_or_default().to_owned()
    });
    let statuses: BTreeSet<_> = futures::stream::iter(alike).buffer_unordered(8).collect().await;
    compiled.stop.now();
    interpreted.stop.now();
    for status in ["200", "409", "422"] {
        assert!(statuses.iter().any(|line| line.contains(status)), "no call answered {status}: {statuses:?}");
    }
}

/// The names of all operations that a program's JSON has.
fn operations(program: &Value, seen: &mut BTreeSet<String>) {
    match program {
        Value::Array(list) => list.iter().for_each(|value| operations(value, seen)),
        Value::Object(map) => {
            match map.get("op") {
                Some(Value::String(name)) => drop(seen.insert(name.clone())),
                Some(Value::Object(op)) => seen.extend(op.keys().cloned()),
                _ => {}
            }
            map.values().for_each(|value| operations(value, seen));
        }
        _ => {}
    }
}

/// What is compared are the catalogue, the guide's examples and these flows: together they have every operation.
#[test]
fn every_operation_is_compared() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = BTreeSet::new();
    let mut lower = |tasks: &[webtask_grammar::ast::Task]| {
        let plans = webtask_grammar::resolve(tasks, &mut webtask_grammar::Problems::new());
        for index in 0..tasks.len() {
            let lowered = webtask_grammar::lower::lower(tasks, &plans, index, false, &|_| String::new());
            operations(&serde_json::to_value(lowered.task.body).expect("JSON"), &mut seen);
        }
    };
    for folder in [root.join("recipes"), folder()] {
        for path in files(&folder) {
            let text = fs::read_to_string(&path).expect("a recipe");
            let source = webtask_grammar::Source::new("", &text);
            lower(&webtask_grammar::parse_text(&source, &mut webtask_grammar::Problems::new()));
        }
    }
    for path in files(&root.join("../webtask/src/guide/words")) {
        let page = fs::read_to_string(path).expect("a page");
        for block in page.split("```recipe\n").skip(1) {
            let (recipe, _) = block.split_once("\n```").expect("the block is closed");
            let tokens = recipe.parse().expect("Rust's tokens");
            lower(&webtask_grammar::parse(tokens, &mut webtask_grammar::Problems::new()));
        }
    }
    // serde's own list of the names, so that a new operation is in it.
    let error = serde_json::from_value::<webtask_program::Op>(json!("none of them")).unwrap_err().to_string();
    let (_, names) = error.split_once("expected one of ").expect("serde names them");
    let mut names: BTreeSet<_> = names.split(", ").map(|name| name.trim_matches('`').to_owned()).collect();
    // Rust code is compiled alone.
    for rust in ["CallPath", "Let", "Rust"] {
        assert!(names.remove(rust), "{rust}");
    }
    let missing: Vec<_> = names.difference(&seen).collect();
    assert!(names.len() > 50 && missing.is_empty(), "operations that nothing compares: {missing:?}");
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
