//! Recipes that are read at run time, beside the same ones compiled: what a run costs, and what reading costs.

use std::fs;

use serde_json::{Map, Value, json};
use webtask::{Recipes, Task, Webtask};

use crate::measure::{Bound, Row, Samples, interleave, side};
use crate::proc;
use crate::recipes::{plain, small};
use crate::setting::{Ours, Setting, timed};

/// The same recipes as `recipes.rs` has.
const TEXT: &str = r#"
task "small"
    input url string required
    goto "{{url}}"
    extract page from "html"
        title text "title"
        lead text ".lead"
        link attr href on "a"
    end
end

task "plain"
    input name string required
    set greeting "hello {{name}}"
end
"#;

/// How many files are read anew.
const FILES: usize = 500;

/// Runs by both ways, and reading anew.
pub(crate) async fn text(setting: &Setting) -> Vec<Row> {
    let recipes = Recipes::parse("text", TEXT).unwrap();
    let mut rows = vec![page(setting, recipes.get("small").unwrap()).await];
    rows.push(no_browser(setting, recipes.get("plain").unwrap()).await);
    rows.extend(reading(setting).await);
    rows
}

async fn page(setting: &Setting, task: &Task) -> Row {
    let ours = &Ours::start(|builder| builder).await;
    let url = &setting.site.url("small");
    let compiled = side(|| async {
        let took = timed(async {
            let output = small(&ours.webtask, small::Input { url: url.clone() }).await.unwrap();
            assert_eq!(output.page.title, "Small");
        });
        let took = took.await;
        ours.rest().await;
        took
    });
    let interpreted = side(|| async {
        let took = timed(async {
            let output = task.start(&ours.webtask, object(json!({ "url": url }))).unwrap().await.unwrap();
            assert!(output.to_string().contains(r#""title":"Small""#));
        });
        let took = took.await;
        ours.rest().await;
        took
    });
    let samples = interleave(setting.rounds(60), 5, &mut [compiled, interpreted]).await;
    samples.row("small page: compiled, interpreted", "ms", 0, 1, Bound::AtMost(1.10))
}

async fn no_browser(setting: &Setting, task: &Task) -> Row {
    let webtask = &Webtask::builder().build().unwrap();
    let compiled = side(|| async {
        timed(async {
            for _ in 0..100 {
                let input = object(json!({ "name": "Ada" }));
                plain::TASK.start(webtask, input).unwrap().await.unwrap();
            }
        })
        .await
    });
    let interpreted = side(|| async {
        timed(async {
            for _ in 0..100 {
                task.start(webtask, object(json!({ "name": "Ada" }))).unwrap().await.unwrap();
            }
        })
        .await
    });
    let samples = interleave(setting.rounds(60), 5, &mut [compiled, interpreted]).await;
    samples.row("100 × no browser: compiled, interpreted", "ms", 0, 1, Bound::AtMost(3.0))
}

/// A folder of recipes, of which one has changed, beside its files' bytes; and what is left in memory.
async fn reading(setting: &Setting) -> Vec<Row> {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..FILES {
        let text = TEXT.replace("task \"", &format!("task \"{number}/"));
        fs::write(folder.path().join(format!("{number}.webtask")), text).unwrap();
    }
    let path = folder.path();
    let bytes = side(|| async {
        timed(async {
            let files = fs::read_dir(path).unwrap();
            let read: usize = files.map(|file| fs::read(file.unwrap().path()).unwrap().len()).sum();
            assert!(read > FILES * 100);
        })
        .await
    });
    let mut number = 0;
    let recipes = side(move || {
        number += 1;
        let changed = TEXT.replace("task \"", "task \"0/").replace("hello", &format!("hello {number}"));
        async move {
            fs::write(path.join("0.webtask"), changed).unwrap();
            timed(async {
                assert_eq!(Recipes::load(path).unwrap().tasks().len(), 2 * FILES);
            })
            .await
        }
    });
    let samples = interleave(setting.rounds(40), 3, &mut [bytes, recipes]).await;
    let own = std::process::id();
    let before = proc::rss(own);
    for _ in 0..setting.rounds(1000) {
        Recipes::load(path).unwrap();
    }
    let memory = Samples::of(vec![vec![before], vec![proc::rss(own)]]);
    vec![
        samples.row("500 files, one changed: bytes, recipes", "ms", 0, 1, Bound::OursAtMost(20.0)),
        memory.row("1000 times so: memory before, after", "KiB", 0, 1, Bound::AtMost(1.05)),
    ]
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => unreachable!("an object"),
    }
}
