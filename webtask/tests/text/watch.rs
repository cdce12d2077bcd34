//! Recipes that are loaded again when their files are saved.

use std::fs;

use serde_json::Map;
use webtask::{Recipes, Webtask};

async fn result(recipes: &Recipes, slug: &str) -> String {
    let webtask = Webtask::builder().build().unwrap();
    recipes.get(slug).unwrap().start(&webtask, Map::new()).unwrap().await.unwrap().to_string()
}

fn task(text: &str) -> String {
    format!("task \"say\"\n    return \"{text}\"\nend\n")
}

#[tokio::test]
async fn a_saved_file_is_loaded_again_and_so_is_a_mended_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("say.webtask");
    fs::write(&file, task("one")).unwrap();
    let (recipes, mut watch) = Recipes::watch(folder.path()).unwrap();
    assert_eq!(result(&recipes, "say").await, r#""one""#);

    // What is saved before anybody waits is noticed, too.
    fs::write(&file, task("two")).unwrap();
    assert_eq!(result(&watch.changed().await.unwrap(), "say").await, r#""two""#);

    fs::write(&file, "task \"say\"\n    clik \"a\"\nend\n").unwrap();
    let mistakes = watch.changed().await.unwrap_err();
    assert!(mistakes.to_string().contains("say.webtask:2:5: unknown step `clik`"), "{mistakes}");
    // The same once more is no change: the next one is.
    fs::write(&file, "task \"say\"\n    clik \"a\"\nend\n").unwrap();
    fs::write(&file, task("three")).unwrap();
    assert_eq!(result(&watch.changed().await.unwrap(), "say").await, r#""three""#);
}

#[tokio::test]
async fn a_file_that_is_emptied_is_not_taken_for_one_without_tasks() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("say.webtask");
    fs::write(&file, task("one")).unwrap();
    fs::write(folder.path().join("new.webtask"), "").unwrap();
    let (_, mut watch) = Recipes::watch(folder.path()).unwrap();
    fs::write(&file, "").unwrap();
    let mistakes = watch.changed().await.unwrap_err().to_string();
    assert!(
        mistakes.ends_with("say.webtask` is empty\nhelp: remove the file to remove its tasks"),
        "{mistakes}"
    );
    // It stays so, whatever else changes.
    fs::write(folder.path().join("new.webtask"), task("new").replace("say", "new")).unwrap();
    watch.changed().await.unwrap_err();
    fs::write(&file, task("two")).unwrap();
    assert_eq!(watch.changed().await.unwrap().tasks().len(), 2);
}

#[tokio::test]
async fn a_file_alone_is_watched_where_an_editor_replaces_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("say.webtask");
    fs::write(&file, task("one")).unwrap();
    let (_, mut watch) = Recipes::watch(&file).unwrap();
    fs::write(folder.path().join("other.webtask"), "not a recipe").unwrap();
    fs::write(folder.path().join("new"), task("two")).unwrap();
    fs::rename(folder.path().join("new"), &file).unwrap();
    assert_eq!(result(&watch.changed().await.unwrap(), "say").await, r#""two""#);
}

#[tokio::test]
async fn a_folder_that_vanished_is_watched_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let recipes = folder.path().join("recipes");
    fs::create_dir(&recipes).unwrap();
    fs::write(recipes.join("say.webtask"), task("one")).unwrap();
    let (_, mut watch) = Recipes::watch(&recipes).unwrap();
    fs::remove_dir_all(&recipes).unwrap();
    watch.changed().await.unwrap_err();
    fs::create_dir(&recipes).unwrap();
    fs::write(recipes.join("say.webtask"), task("two")).unwrap();
    assert_eq!(result(&watch.changed().await.unwrap(), "say").await, r#""two""#);
    fs::write(recipes.join("say.webtask"), task("three")).unwrap();
    assert_eq!(result(&watch.changed().await.unwrap(), "say").await, r#""three""#);
}

#[tokio::test]
async fn scripts_are_watched_too() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("recipes/scripts")).unwrap();
    fs::create_dir(folder.path().join("scripts")).unwrap();
    fs::write(folder.path().join("scripts/count.js"), "return 1").unwrap();
    let recipe = "task \"count\"\n    goto \"https://example.com\"\n    js n fn \"count\"\nend\n";
    fs::write(folder.path().join("recipes/count.webtask"), recipe).unwrap();
    let (_, mut watch) = Recipes::watch(folder.path().join("recipes")).unwrap();
    let script = folder.path().join("scripts/count.js");
    fs::write(&script, "return 2").unwrap();
    watch.changed().await.unwrap();
    fs::remove_file(&script).unwrap();
    let mistakes = watch.changed().await.unwrap_err();
    assert!(mistakes.to_string().contains("script `count` is missing"), "{mistakes}");
    fs::write(&script, "return 3").unwrap();
    watch.changed().await.unwrap();
}
