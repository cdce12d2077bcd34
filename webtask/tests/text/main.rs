//! Recipes in files of their own, against real Chromium and a replayed web.

#![deny(warnings)]
#![allow(clippy::unwrap_used)]

use webtask::{ErrorKind, Webtask};

mod recipes {
    webtask::webtask_dir!("tests/files/recipes");
}

#[cfg(feature = "text")]
mod load;
#[cfg(feature = "watch")]
mod watch;

webtask::webtask_file!("tests/files/progress.webtask");

fn example() -> Webtask {
    let web = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/web");
    Webtask::builder().replay(web).build().unwrap()
}

#[tokio::test]
async fn the_example_of_the_language_runs_verbatim() {
    let webtask = example();
    let mut run = streaming_progress(&webtask, streaming_progress::Input::default());
    let mut names = Vec::new();
    while let Some(event) = run.next().await {
        names.push(format!("{} {}", event.name(), event.data()));
    }
    assert_eq!(
        names,
        [
            r#"status {"text":"Step 1 of 4 — navigate","data":null}"#,
            r#"progress {"text":"navigation complete","data":{"fraction":0.25}}"#,
            r#"status {"text":"Step 2 of 4 — pause briefly","data":null}"#,
            r#"progress {"text":"pause finished","data":{"fraction":0.5}}"#,
            r#"status {"text":"Step 3 of 4 — read title","data":null}"#,
            r#"progress {"text":"extracted title","data":{"fraction":0.75}}"#,
            r#"status {"text":"Step 4 of 4 — done","data":null}"#,
            r#"done {"ok":true,"data":{"page":{"title":"An example"}}}"#,
        ]
    );
}

#[tokio::test]
async fn tasks_of_a_folder_call_each_other() {
    let webtask = example();
    let output = recipes::title(&webtask, recipes::title::Input::default()).await.unwrap();
    assert_eq!(output.title, "The news");
    let found: recipes::crawl::headings::Output = output.found;
    assert_eq!(found.headings[1].text, "“Two”");
}

#[tokio::test]
async fn an_error_names_the_file_s_line() {
    let webtask = example();
    let input = recipes::crawl::headings::Input { page: "no such page".into() };
    let error = recipes::crawl::headings(&webtask, input).await.unwrap_err();
    let step = error.step().unwrap();
    assert_eq!(step.name, "goto");
    assert_eq!(step.at, "webtask/tests/files/recipes/crawl/headings.webtask:3:5");
    assert_ne!(error.kind(), ErrorKind::Consumed);
}

#[test]
fn the_tasks_of_a_folder_are_listed() {
    let tasks = recipes::tasks();
    let slugs: Vec<_> = tasks.iter().map(webtask::Task::slug).collect();
    assert_eq!(slugs, ["crawl/headings", "title"]);
    assert_eq!(recipes::title::TASK.slug(), "title");
}
