//! Recipes that are read at run time: what is loaded, and every mistake.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};
use webtask::{ErrorKind, Recipes, Webtask};

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The mistakes in a folder's recipes, without the folder's own path.
fn wrong(folder: &Path) -> String {
    Recipes::load(folder).unwrap_err().to_string().replace(&format!("{}/", folder.display()), "")
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[tokio::test]
async fn tasks_of_several_files_run_and_call_each_other() {
    let folder = folder(&[
        ("b.webtask", "task \"b\"\n    input n int default 1\n    set twice [\"{{n}}\", \"{{n}}\"]\nend\n"),
        ("a/a.webtask", "task \"a\"\n    call b \"b\" with { n: 3 }\n    return \"{{b.twice}}\"\nend\n"),
        (".hidden.webtask", "not a recipe"),
        (".git/x.webtask", "not a recipe"),
        ("notes.txt", "not a recipe"),
    ]);
    let recipes = Recipes::load(folder.path()).unwrap();
    let slugs: Vec<_> = recipes.tasks().iter().map(|task| task.slug().to_owned()).collect();
    assert_eq!(slugs, ["a", "b"]);
    assert!(recipes.warnings().is_empty());
    let webtask = Webtask::builder().build().unwrap();
    let result = recipes.get("a").unwrap().start(&webtask, Map::new()).unwrap().await.unwrap();
    assert_eq!(result.to_string(), "[3,3]");
    // A task is its own: it runs when the recipes are gone.
    let task = recipes.get("b").unwrap().clone();
    drop((recipes, folder));
    let result = task.start(&webtask, object(&json!({ "n": 7 }))).unwrap().await.unwrap();
    assert_eq!(result.to_string(), r#"{"twice":[7,7]}"#);
}

#[test]
fn a_file_alone_is_loaded_too() {
    let folder = folder(&[("one.webtask", "task \"one\"\n    status \"x\"\nend\n")]);
    let recipes = Recipes::load(folder.path().join("one.webtask")).unwrap();
    assert_eq!(recipes.tasks()[0].slug(), "one");
    assert!(recipes.get("two").is_none());
}

#[test]
fn wrong_inputs_are_told_all_at_once() {
    let recipes = Recipes::parse(
        "n",
        "task \"n\"\n    input n int required\n    input s string required\n    status \"{{n}}{{s}}\"\nend\n",
    )
    .unwrap();
    let webtask = Webtask::builder().build().unwrap();
    let error = recipes.tasks()[0].start(&webtask, object(&json!({ "n": "x", "m": 1 }))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let pointers: Vec<_> = error.inputs().iter().map(|error| error.pointer.as_str()).collect();
    assert_eq!(pointers, ["/n", "/s", "/m"]);
}

#[test]
fn mistakes_of_all_files_are_told_at_their_places() {
    let folder = folder(&[
        ("b.webtask", "task \"b\"\n    clik \"a\"\n    goto \"htps://a.example\"\nend\n"),
        ("a.webtask", "task \"a\"\n    status \"{{nobody}}\"\nend\n"),
    ]);
    let mistakes = Recipes::load(folder.path()).unwrap_err();
    let told: Vec<_> = mistakes
        .iter()
        .map(|mistake| {
            let at = mistake.location().unwrap();
            let file = Path::new(&at.file).file_name().unwrap().to_str().unwrap();
            (file, at.line, at.column, at.end_column, mistake.message())
        })
        .collect();
    assert_eq!(told[0], ("a.webtask", 2, 12, 24, "unknown name `nobody` in a placeholder"));
    assert_eq!(told[1], ("b.webtask", 2, 5, 9, "unknown step `clik`"));
    assert_eq!(told[2].0, "b.webtask");
    assert_eq!(mistakes.iter().nth(1).unwrap().help(), Some("did you mean `click`?"));
}

#[test]
fn what_is_no_recipe_is_told() {
    let empty = folder(&[("notes.txt", "")]);
    let told = Recipes::load(empty.path()).unwrap_err();
    assert_eq!(told.iter().len(), 1);
    assert!(told.iter().next().unwrap().location().is_none());
    let path = empty.path().display();
    assert_eq!(told.to_string(), format!("no recipe in `{path}`\nhelp: name a recipe's file `NAME.webtask`"));
    let told = Recipes::load(empty.path().join("nowhere")).unwrap_err().to_string();
    assert!(told.starts_with("cannot read `") && told.contains("No such file"), "{told}");
    fs::write(empty.path().join("latin.webtask"), b"task \"\xe9\"").unwrap();
    assert!(wrong(empty.path()).starts_with("cannot read `latin.webtask`: "), "{}", wrong(empty.path()));
}

#[cfg(unix)]
#[test]
fn a_pipe_and_a_circle_of_folders_end() {
    let pipe = folder(&[]);
    let path = pipe.path().join("pipe.webtask");
    rustix::fs::mkfifoat(rustix::fs::CWD, &path, rustix::fs::Mode::RWXU).unwrap();
    assert_eq!(wrong(pipe.path()), "cannot read `pipe.webtask`: it is not a regular file");
    let circle = folder(&[("a/a.webtask", "task \"a\"\n    status \"x\"\nend\n")]);
    std::os::unix::fs::symlink(circle.path(), circle.path().join("a/again")).unwrap();
    assert!(wrong(circle.path()).starts_with("folders are nested deeper than 16 in `"));
}

#[test]
fn one_slug_twice_is_a_mistake() {
    let task = "task \"a\"\n    status \"x\"\nend\n";
    let folder = folder(&[("one.webtask", task), ("two.webtask", task)]);
    assert_eq!(
        wrong(folder.path()),
        "two.webtask:1:6: duplicate task `a`\n  |\n1 | task \"a\"\n  |      ^^^\nhelp: change one of the slugs: the other is at one.webtask:1:6"
    );
}

#[test]
fn scripts_are_found_below_the_folder_and_beside_it() {
    let recipe = "task \"a\"\n    goto \"about:blank\"\n    js n fn \"rows/count\"\n    js m fn \"rows/more.js\"\nend\n";
    let inside = folder(&[
        ("a.webtask", recipe),
        ("scripts/rows/count.js", "document.links.length"),
        ("scripts/rows/more.js", "1"),
    ]);
    assert!(Recipes::load(inside.path()).is_ok());
    let beside = folder(&[
        ("recipes/a.webtask", recipe),
        ("scripts/rows/count.js", "document.links.length"),
        ("scripts/rows/more.js", "const n = 1"),
    ]);
    let told = wrong(&beside.path().join("recipes"));
    assert!(
        told.starts_with("a.webtask:4:13: script `rows/more.js`: statements without a value\n"),
        "{told}"
    );
    let nowhere = folder(&[("a.webtask", recipe)]);
    let told = wrong(nowhere.path());
    assert!(told.starts_with("a.webtask:3:13: script `rows/count` is missing\n"), "{told}");
    assert!(told.contains("help: write the script into `scripts/rows/count.js`"), "{told}");
}

#[test]
fn what_nothing_uses_is_a_warning() {
    let recipe = "task \"a\"\n    input used int default 1\n    input left int default 1\n    input _meant int default 1\n    secret key\n    status \"{{used}}\"\nend\n";
    let recipes = Recipes::parse("a.webtask", recipe).unwrap();
    let warnings: Vec<_> = recipes.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["a.webtask:3:11: input `left` is never used", "a.webtask:5:12: secret `key` is never used"]
    );
}
