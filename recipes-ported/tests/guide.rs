//! Every example of the guide's pages of words, run on a small web: once with several pages and rows, once with none; and
//! what the README's programs run, on the catalogue's web. With the feature `text` each example is read at run time too,
//! and gives the same.
//!
//! `build.rs` takes the examples out of `webtask/src/guide/words`. What each of them gives stands in
//! `tests/guide/expected`, a file for each page; `WEBTASK_BLESS=1` writes these anew: read the diff.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::StreamExt as _;
use serde_json::{Value, json};
use webtask::{Event, Pool, Task, Webtask};

#[allow(unreachable_pub, dead_code, reason = "examples are made to be shown")]
mod examples {
    include!(concat!(env!("OUT_DIR"), "/guide.rs"));

    /// Each task with the page that it stands on.
    pub(super) fn all() -> Vec<(&'static str, webtask::Task)> {
        examples()
    }
}

#[allow(unreachable_pub, dead_code, reason = "examples are made to be shown")]
mod readme {
    include!(concat!(env!("OUT_DIR"), "/readme.rs"));
}

/// The inputs that examples require.
fn value(name: &str) -> Value {
    match name {
        "query" | "item" | "id" => json!("lamp"),
        "product" => json!("Lamp"),
        "user" => json!("robin"),
        "day" => json!("monday"),
        "street" => json!("Lamp Street 7"),
        "name" => json!("Robin & Co"),
        "photo" => json!("lamp.png"),
        "prices" => json!([1.5, 2.5]),
        _ => panic!("say here what the required input `{name}` is"),
    }
}

/// The examples that need something on the page, and so fail, as they should, where there is nothing.
const NEED_SOMETHING: &[&str] = &["shop/buy", "shop/picture", "shop/stock"];

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/guide")
}

/// What all examples give, by page and task, and the files that they leave.
async fn run_all(
    empty: bool,
    examples: Vec<(&'static str, Task)>,
) -> BTreeMap<String, BTreeMap<String, Value>> {
    let folder = tempfile::tempdir().expect("a folder");
    let (web, files) = (folder.path().join("web"), folder.path().join("files"));
    copy(&here().join("several"), &web);
    if empty {
        copy(&here().join("none"), &web);
    }
    copy(&here().join("several/shop.example/Lamp.png"), &files.join("photos/lamp.png"));
    copy(&here().join("several/shop.example/Lamp.png"), &files.join("photos/box.png"));
    copy(&here().join("seen.txt"), &files.join("seen/robin.txt"));

    let pools: BTreeSet<_> = examples.iter().map(|(_, task)| task.pool()).collect();
    let secrets: BTreeSet<_> = examples.iter().flat_map(|(_, task)| task.secrets()).collect();
    let mut builder = Webtask::builder().replay(&web).files(&files);
    for pool in pools {
        builder = builder.pool(Pool::new(pool).size(3).wait(std::time::Duration::from_secs(300)));
    }
    for secret in secrets {
        builder = builder.secret(secret, "correct horse");
    }
    let webtask = builder.build().expect("good settings");
    let runs = examples.iter().map(|(page, task)| {
        let webtask = &webtask;
        async move { (*page, task.slug(), run(webtask, task).await) }
    });
    let mut given: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    let mut runs = futures::stream::iter(runs).buffer_unordered(3);
    let mut wrong = Vec::new();
    while let Some((page, slug, ends)) = runs.next().await {
        let failed = ends.last().is_some_and(|last| last.get("error").is_some());
        let meant = empty && NEED_SOMETHING.contains(&slug);
        if failed != meant {
            wrong.push(format!("`{slug}` of `{page}`: {:#}", json!(ends)));
        }
        given.entry(page.to_owned()).or_default().insert(slug.to_owned(), json!(ends));
    }
    drop(runs);
    assert!(wrong.is_empty(), "examples that fail, or succeed without what they need:\n{}", wrong.join("\n"));
    webtask.close().await.expect("it closes");
    let mut kept = BTreeMap::new();
    list(&files, &files, &mut kept);
    given.insert("files".to_owned(), kept);
    given
}

/// The events of a run, with what differs from run to run taken out.
async fn run(webtask: &Webtask, task: &Task) -> Vec<Value> {
    let inputs = task.input();
    let required = inputs.as_object().into_iter().flatten().filter(|(_, input)| input["required"] == true);
    let inputs = required.map(|(name, _)| (name.clone(), value(name))).collect();
    let mut run = task.start(webtask, inputs).expect("good inputs");
    let mut told = Vec::new();
    while let Some(event) = run.next().await {
        let name = event.name().to_owned();
        let data: Value = serde_json::from_str(&event.data()).expect("an event is JSON");
        let data = match event {
            Event::Failed(_) => json!({ "code": data["code"], "message": data["message"] }),
            _ => data,
        };
        told.push(json!({ name: plain(data) }));
    }
    told
}

/// A value in which pictures, prints and archives are named, not shown.
fn plain(value: Value) -> Value {
    match value {
        Value::String(text) if text.len() > 80 => match STANDARD.decode(&text) {
            Ok(bytes) => json!(format!("<{}>", kind(&bytes))),
            Err(_) => Value::String(text),
        },
        Value::String(text) => {
            match text.strip_suffix(" bytes").and_then(|text| text.rsplit_once(' ').or(Some(("", text)))) {
                Some((before, count)) if count.parse::<u64>().is_ok() => {
                    json!(format!("{before} <size> bytes").trim_start())
                }
                _ => Value::String(text),
            }
        }
        Value::Array(list) => list.into_iter().map(plain).collect(),
        Value::Object(map) => {
            let binary = map.contains_key("bytesB64") || map.contains_key("path");
            let plain = |(name, value): (String, Value)| match value {
                Value::Number(_) if binary && name == "size" => (name, json!("<size>")),
                value => (name, plain(value)),
            };
            Value::Object(map.into_iter().map(plain).collect())
        }
        other => other,
    }
}

fn kind(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xff, 0xd8, ..] => "jpeg",
        [b'G', b'I', b'F', ..] => "gif",
        [b'%', b'P', b'D', b'F', ..] => "pdf",
        [b'F', b'r', b'o', b'm', b':', ..] => "mhtml",
        bytes if bytes.starts_with(b"{\"log\":") || bytes.starts_with(b"{\n  \"log\":") => "har",
        _ => "other",
    }
}

/// The files below a folder: each with its kind, or its text.
fn list(root: &Path, folder: &Path, found: &mut BTreeMap<String, Value>) {
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            list(root, &path, found);
            continue;
        }
        let bytes = fs::read(&path).expect("a file");
        let told = match kind(&bytes) {
            "other" => String::from_utf8_lossy(&bytes).into_owned(),
            kind => format!("<{kind}>"),
        };
        found.insert(path.strip_prefix(root).expect("below").display().to_string(), json!(told));
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("it can be made");
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().expect("it is in a folder")).expect("it can be made");
        fs::copy(from, to).expect("it can be copied");
    }
}

/// Holds what was given against what is expected, or writes that anew.
fn compare(web: &str, given: &BTreeMap<String, BTreeMap<String, Value>>) {
    let folder = here().join("expected").join(web);
    if std::env::var_os("WEBTASK_BLESS").is_some() {
        fs::remove_dir_all(&folder).ok();
        for (page, ends) in given {
            let path = folder.join(format!("{page}.json"));
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
            fs::write(path, format!("{:#}\n", json!(ends))).expect("it can be written");
        }
    }
    let mut expected = BTreeMap::new();
    list(&folder, &folder, &mut expected);
    let names: BTreeSet<_> = given.keys().map(|page| format!("{page}.json")).collect();
    assert_eq!(names, expected.keys().cloned().collect(), "other pages than results: bless them");
    for (page, ends) in given {
        let kept = expected[&format!("{page}.json")].as_str().expect("a text");
        let found = format!("{:#}\n", json!(ends));
        assert!(kept == found, "`{page}` with {web}:\n{found}\nexpected:\n{kept}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_runs_on_several_pages() {
    compare("several", &run_all(false, examples::all()).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_runs_where_there_is_nothing() {
    compare("none", &run_all(true, examples::all()).await);
}

/// The examples without Rust, read at run time; and those that are compiled, with Rust in them alone.
#[cfg(feature = "text")]
fn read() -> Vec<(&'static str, Task)> {
    let mut tasks = Vec::new();
    for (page, text) in examples::TEXTS {
        let mut problems = webtask_grammar::Problems::new();
        let trees = webtask_grammar::parse(text.parse().expect("Rust's tokens"), &mut problems);
        assert!(problems.take().is_empty(), "{page}");
        if let Ok(text) = webtask_grammar::print(&trees) {
            let recipes =
                webtask::Recipes::parse(*page, text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
            tasks.extend(recipes.tasks().iter().map(|task| (*page, task.clone())));
        }
    }
    let is_read = |page: &str, task: &Task| {
        tasks.iter().any(|(known, other)| *known == page && other.slug() == task.slug())
    };
    let rust: Vec<_> = examples::all().into_iter().filter(|(page, task)| !is_read(page, task)).collect();
    assert!(rust.len() * 5 < tasks.len(), "too few examples are read: {} of {}", tasks.len(), rust.len());
    tasks.into_iter().chain(rust).collect()
}

#[cfg(feature = "text")]
#[tokio::test(flavor = "multi_thread")]
async fn every_example_is_interpreted_alike_on_several_pages() {
    compare("several", &run_all(false, read()).await);
}

#[cfg(feature = "text")]
#[tokio::test(flavor = "multi_thread")]
async fn every_example_is_interpreted_alike_where_there_is_nothing() {
    compare("none", &run_all(true, read()).await);
}

#[tokio::test]
async fn the_readme_s_programs_run() {
    let webtask = Webtask::builder().replay(recipes_ported::WEB).build().expect("good settings");
    let input = readme::quotes_tagged::Input { tag: "humor".into(), limit: 3 };
    let output = readme::quotes_tagged(&webtask, input).await.expect("it runs");
    assert_eq!(
        json!(output),
        json!({ "quotes": [
            {
                "text": "“I would walk a mile for a bus.”",
                "author": "P. Tarmac",
                "about": "https://quotes.toscrape.com/author/P-Tarmac",
                "tags": ["humor", "travel"],
            },
            {
                "text": "“A short ladder has a long opinion.”",
                "author": "Old saying",
                "about": "https://quotes.toscrape.com/author/Old-saying",
                "tags": ["humor"],
            },
        ] })
    );
    let output = readme::page_title(&webtask, readme::page_title::Input {}).await.expect("it runs");
    assert_eq!(output.page.title, "Example Domain");
    webtask.close().await.expect("it closes");
}
