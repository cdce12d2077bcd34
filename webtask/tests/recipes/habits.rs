//! What those write who come from the service before: parts in another order, no limits, films without a name, whole paths.

use serde_json::json;
use webtask::{ErrorKind, Event, webtask};

use crate::capture::with_files;

const GROWS: &str = "data:text/html,<body style='margin:0;height:3000px'><script>let times = 0; \
                     addEventListener('scroll', () => { if (times < 3) { times++; document.body.style.height = \
                     document.body.offsetHeight + 2000 + 'px' } })</script><p>a</p>";

webtask! {
    task "habit/order" {
        set rows [{ a: 1, b: 2 }];
        export csv path "out/a.csv" columns ["b"] data "{{rows}}";
        export json text path "out/b.json" data "{{rows}}";
    }

    task "habit/page" {
        goto "data:text/html,<title>One</title><p class=a>b</p>";
        js sum args [1, 2] "return arguments[0] + arguments[1]";
        js later await "return Promise.resolve(document.title)";
        extract page from "." { title text "title"; class attr class on "p"; }
    }

    task "habit/limits" {
        set turns 0;
        loop max 0 { if (loop_index == 1_200) { break; } set turns "{{loop_index}}"; }
        goto (GROWS);
        scroll until stable "html" stable 200ms max 0;
        js height "return document.body.offsetHeight";
    }

    task "habit/film" {
        emulate width 100 height 100;
        goto "data:text/html,<p>a</p>";
        record { wait 50ms; }
        record fps 5; wait 50ms;
    }

    task "habit/path" {
        input file path required;
        input folder path default "kept/here";
        input name string default "n";
        export json path "{{file}}" data [1];
        export json path "{{folder}}/{{name}}.json" data [2];
        read file text path "{{folder}}/{{name}}.json";
    }

    task "habit/plain" {
        input name string required;
        export json path "{{name}}.json" data [1];
    }

    task "habit/numbers" {
        input size int default "12";
        input half float default "-0.5";
        set sum: f64 (size as f64 + half);
    }
}

#[tokio::test]
async fn parts_stand_in_any_order() {
    let (webtask, folder) = with_files();
    let output = habit_order(&webtask, habit_order::Input {}).await.unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&output.text).unwrap(), json!([{ "a": 1, "b": 2 }]));
    assert_eq!(std::fs::read_to_string(folder.path().join("out/a.csv")).unwrap().trim(), "b\n2");
    assert!(folder.path().join("out/b.json").is_file());
    let output = habit_page(&webtask, habit_page::Input {}).await.unwrap();
    assert_eq!((output.sum, output.later), (json!(3), json!("One")));
    assert_eq!((output.page.title.as_str(), output.page.class.as_str()), ("One", "a"));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_max_of_zero_is_no_limit() {
    let (webtask, _folder) = with_files();
    let output = habit_limits(&webtask, habit_limits::Input {}).await.unwrap();
    assert_eq!((output.turns, output.height), (1_199, json!(9000)));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_film_without_a_name_has_a_file_of_its_own() {
    let (webtask, folder) = with_files();
    let mut run = habit_film(&webtask, habit_film::Input {});
    let mut told = Vec::new();
    while let Some(event) = run.next().await {
        match event {
            Event::Recording { name, path, size } => told.push((name, path, size > 0)),
            Event::Failed(error) => panic!("{error}"),
            _ => {}
        }
    }
    let film = |path: &str| (None, path.to_owned(), true);
    assert_eq!(told, [film("recordings/habit-film.gif"), film("recordings/habit-film-2.gif")]);
    for (_, path, _) in told {
        assert!(std::fs::read(folder.path().join(path)).unwrap().starts_with(b"GIF89a"));
    }
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn an_input_may_be_a_whole_path_below_the_folder_of_files() {
    let (webtask, folder) = with_files();
    let input =
        |file: &str| habit_path::Input { file: file.into(), folder: "kept/here".into(), name: "n".into() };
    let output = habit_path(&webtask, input("a/b/c.json")).await.unwrap();
    assert_eq!(output.text.split_whitespace().collect::<String>(), "[2]");
    assert!(folder.path().join("a/b/c.json").is_file() && folder.path().join("kept/here/n.json").is_file());
    for file in ["/etc/passwd", "../x", "a/../../x", "a//b", "", "a\\b"] {
        let error = habit_path(&webtask, input(file)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StepFailed, "{file}");
        assert!(error.message().contains("which is not a path below the folder of files"), "{error}");
        let map = json!({ "file": file }).as_object().unwrap().clone();
        let error = habit_path::TASK.start(&webtask, map).unwrap_err();
        assert_eq!((error.kind(), error.inputs()[0].pointer.as_str()), (ErrorKind::InvalidInput, "/file"));
    }
    // A plain text stays one name.
    let error = habit_plain(&webtask, habit_plain::Input { name: "a/b".into() }).await.unwrap_err();
    assert!(error.message().contains("leads out of one name of a path"), "{error}");
    assert_eq!(habit_path::TASK.input()["file"]["type"], "path");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_number_in_quotes_is_a_number() {
    let (webtask, _folder) = with_files();
    let output = habit_numbers(&webtask, habit_numbers::Input::default()).await.unwrap();
    assert_eq!(output.sum, 11.5);
    assert_eq!(habit_numbers::TASK.input()["size"]["default"], 12);
    webtask.close().await.unwrap();
}
