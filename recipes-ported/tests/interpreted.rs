//! The same catalogue, its recipes read while the tests run: by every test of the compiled ones, and held against these.

#[path = "catalogue/backend.rs"]
mod backend;
#[path = "catalogue/basics.rs"]
mod basics;
#[path = "catalogue/control.rs"]
mod control;
#[path = "catalogue/crawl.rs"]
mod crawl;
#[path = "catalogue/demo.rs"]
mod demo;
#[path = "catalogue/downloads.rs"]
mod downloads;
#[path = "catalogue/messenger.rs"]
mod messenger;
#[path = "catalogue/network.rs"]
mod network;
#[path = "catalogue/page.rs"]
mod page;
#[path = "catalogue/picture.rs"]
mod picture;
#[path = "catalogue/recording.rs"]
mod recording;
#[path = "catalogue/rendering.rs"]
mod rendering;
#[path = "catalogue/search.rs"]
mod search;
#[path = "catalogue/service.rs"]
mod service;

/// The tasks that the tests call.
fn tasks() -> Vec<webtask::Task> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/recipes");
    webtask::Recipes::load(folder).unwrap_or_else(|mistakes| panic!("{mistakes}")).tasks().to_vec()
}

/// What is known of a task before it runs.
fn known(task: &webtask::Task) -> serde_json::Value {
    serde_json::json!({
        "slug": task.slug(),
        "doc": task.doc(),
        "pool": task.pool(),
        "timeout": format!("{:?}", task.timeout()),
        "transports": format!("{:?}", task.transports()),
        "browser": task.needs_browser(),
        "untrusted": task.opens_untrusted(),
        "secrets": task.secrets().collect::<Vec<_>>(),
        "input": task.input(),
        "accepts": task.input_schema(),
        "output": task.output(),
    })
}

#[test]
fn a_read_task_is_described_as_a_compiled_one() {
    let compiled = recipes_ported::tasks();
    let read = tasks();
    assert_eq!(read.len(), compiled.len());
    for task in &read {
        let same = compiled.iter().find(|same| same.slug() == task.slug()).expect("the same slug");
        assert_eq!(known(task).to_string(), known(same).to_string());
    }
}
