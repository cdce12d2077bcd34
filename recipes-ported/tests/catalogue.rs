//! Every recipe of the catalogue, run offline over HTTP, as JSON and as a stream.

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

/// What stands in the other files, to find the recipes that no test calls.
const TESTS: &[&str] = &[
    include_str!("catalogue/basics.rs"),
    include_str!("catalogue/control.rs"),
    include_str!("catalogue/crawl.rs"),
    include_str!("catalogue/demo.rs"),
    include_str!("catalogue/messenger.rs"),
    include_str!("catalogue/backend.rs"),
    include_str!("catalogue/network.rs"),
    include_str!("catalogue/recording.rs"),
    include_str!("catalogue/rendering.rs"),
    include_str!("catalogue/downloads.rs"),
    include_str!("catalogue/page.rs"),
    include_str!("catalogue/search.rs"),
];

/// The tasks that the tests call.
fn tasks() -> Vec<webtask::Task> {
    recipes_ported::tasks()
}

#[test]
fn every_recipe_is_called_by_a_test() {
    for task in recipes_ported::tasks() {
        let calls = ["call", "twice"].map(|call| format!("{call}(\"{}\"", task.slug()));
        let called = TESTS.iter().any(|test| calls.iter().any(|call| test.contains(call)));
        assert!(called, "no test calls `{}`", task.slug());
    }
}

#[test]
fn every_recipe_says_what_it_does_and_what_its_inputs_mean() {
    for task in recipes_ported::tasks() {
        assert!(!task.doc().is_empty(), "`{}` has no `doc`", task.slug());
        for (name, input) in task.input().as_object().expect("inputs by name") {
            let doc = input["doc"].as_str().unwrap_or_default();
            assert!(!doc.is_empty(), "`{}`: the input `{name}` has no `doc`", task.slug());
        }
    }
}

#[test]
fn every_recipe_is_a_file_under_its_slug() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/recipes");
    for task in recipes_ported::tasks() {
        // `control/heading` is what `control/call` calls.
        let file = if task.slug() == "control/heading" { "control/call" } else { task.slug() };
        let text = std::fs::read_to_string(format!("{root}/{file}.webtask")).expect("a file under the slug");
        assert!(text.contains(&format!("task \"{}\"", task.slug())), "{file}");
    }
}
