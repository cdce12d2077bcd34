//! Blocks: what loops, branches, tries and calls do at run time.

use serde_json::json;
use webtask::{ErrorKind, Event, webtask};

use crate::shop;

webtask! {
    task "flow/loops" {
        goto "https://shop.example/";
        extract rows from ".row" repeat { name text "a"; price text ".price" float optional; tags text ".tag" all; }
        for each row in "{{rows}}" collect named { set label "{{row_index}}: {{row.name}}"; }
        for each row in "{{rows}}" collect tags { yield each "{{row.tags}}"; }
        for each row in "{{rows}}" collect prices continue on error { yield "{{row.price}}"; }
        for each number in (1..=3) collect squares: Vec<i32> { yield (number * number); }
        for each word in ["a", "b"] collect pairs {
            for each row in "{{rows}}" collect inner { if "{{row.price}}" { yield "{{word}}{{row.name}}"; } }
            yield each "{{inner}}";
        }
        set count "{{rows.length}}";
        set last "{{rows.2.name}}";
    }

    task "flow/branches" {
        input wanted string default "Apple";
        goto "https://shop.example/";
        if js "return document.querySelectorAll('.row').length > 2" {
            set many true;
            set size "large";
        } else {
            set size "small";
        }
        if "{{wanted}}" { set asked "{{wanted}}"; } else { set asked "nothing"; }
        if (true) { set both 1; } else if (asked == "x") { set both 2; } else { set both 3; }
        if js "return null" { set never "x"; }
    }

    task "flow/retry" {
        goto "https://shop.example/";
        js _ "window.tries = 0";
        retry 3 {
            js tries "if (++window.tries < 3) throw new Error('not yet'); return window.tries";
        }
        set done "{{tries}}";
        js _ "window.tries = 0";
        for each word in ["a", "b"] collect given {
            retry 2 {
                yield "{{word}}";
                js count "if (++window.tries === 1) throw new Error('not yet'); return window.tries";
                yield "{{count}}";
            }
        }
        for each word in ["a", "b"] collect nested continue on error {
            retry 2 { retry 1 { yield "{{word}}"; } yield "{{word_index}}"; }
        }
    }

    task "flow/gives_up" {
        goto "https://shop.example/";
        retry 2 pause 1ms { js _ "throw new Error('never')"; }
    }

    task "flow/finds" -> String {
        input name string required;
        goto "https://shop.example/";
        extract rows from ".row" repeat { name text "a"; }
        retry 2 {
            for each row in "{{rows}}" continue on error {
                if (row.name == name) { return (format!("found {}", row.name)); }
            }
        }
        return "nothing";
    }

    task "flow/maybe" {
        input stop bool default false;
        status "no browser here";
        if (stop) { return 5; }
    }

    task "flow/helper" {
        input name string required;
        input times int default 1;
        extract link from "a[href$='/1']" { url attr href on "." url; }
        set greeting "{{name}} × {{times}}";
    }

    task "flow/calls" {
        goto "https://shop.example/";
        call first "flow/helper" with { name: "a" };
        call "flow/helper" with { name: "b", times: 2 };
        call far far::flow_far with { text: "{{greeting}}" };
        call found "flow/finds" with { name: "Bread" };
    }

    task "flow/rust" {
        goto "https://shop.example/";
        extract rows from ".row" repeat limit 2 { name text "a"; }
        let names: Vec<_> = rows.iter().map(|row| row.name.as_str()).collect();
        let mut longest = 0;
        rust {
            for name in &names { longest = longest.max(name.len()); }
            cx.status(format!("longest is {longest}")).await;
            "12".parse::<u8>()?;
        }
        set joined: String (names.join("+"));
        rust { let page = cx.page().await?; page.evaluate("document.title = 'from rust'").await?; }
        extract page from "html" { title text "title"; }
    }

    task "flow/throws" {
        rust { "x".parse::<u8>()?; }
    }
}

mod far {
    webtask::webtask! {
        pub(super) task "flow/far" { input text string required; set shouted "{{text}}!"; }
    }
}

#[tokio::test]
async fn loops_collect_what_their_turns_give() {
    let webtask = shop();
    let mut run = flow_loops(&webtask, flow_loops::Input {});
    let mut skipped = Vec::new();
    let output = loop {
        match run.next().await.expect("a last event comes first") {
            Event::Skipped { index, message, step } => {
                skipped.push((index, message, step.map(|step| step.name)));
            }
            Event::Done(output) => break output,
            Event::Failed(error) => panic!("{error}"),
            _ => {}
        }
    };
    let labels: Vec<_> = output.named.iter().map(|turn| turn.label.as_str()).collect();
    assert_eq!(labels, ["0: Apple", "1: Bread", "2: Cheese"]);
    assert_eq!(output.tags, ["red", "ripe", "old"]);
    assert_eq!(output.prices, [1.5, 7.25]);
    assert_eq!(output.squares, [1, 4, 9]);
    assert_eq!(output.pairs, ["aApple", "aCheese", "bApple", "bCheese"]);
    assert_eq!((output.count, output.last.as_str()), (3, "Cheese"));
    let message =
        "`{{row.price}}` has no value; say what stands in for it by `{{row.price|or:…}}`".to_owned();
    assert_eq!(skipped, [(1, message, Some("yield"))]);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn branches_bind_what_they_reach() {
    let webtask = shop();
    let output = flow_branches(&webtask, flow_branches::Input::default()).await.unwrap();
    assert_eq!(
        serde_json::to_value(&output).unwrap(),
        json!({ "many": true, "size": "large", "asked": "Apple", "both": 1, "never": null })
    );
    let output = flow_branches(&webtask, flow_branches::Input { wanted: String::new() }).await.unwrap();
    assert_eq!(output.asked, "nothing");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn retry_goes_on_until_it_works() {
    let webtask = shop();
    let output = flow_retry(&webtask, flow_retry::Input {}).await.unwrap();
    assert_eq!((output.tries, output.done), (json!(3), json!(3)));
    assert_eq!(output.given, [json!("a"), json!(2), json!("b"), json!(3)]);
    assert_eq!(output.nested, [json!("a"), json!(0), json!("b"), json!(1)]);

    let error = flow_gives_up(&webtask, flow_gives_up::Input {}).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StepFailed);
    assert!(error.message().contains("never"), "{error}");
    assert_eq!(error.step().map(|step| (step.index, step.name)), Some((2, "js")));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn return_ends_the_run_from_any_depth() {
    let webtask = shop();
    let find = |name: &str| flow_finds(&webtask, flow_finds::Input { name: name.into() });
    assert_eq!(find("Bread").await.unwrap(), "found Bread");
    assert_eq!(find("Wine").await.unwrap(), "nothing");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn an_end_that_can_be_reached_gives_an_option() {
    let webtask = shop();
    assert_eq!(flow_maybe(&webtask, flow_maybe::Input { stop: true }).await.unwrap(), Some(5));
    assert_eq!(flow_maybe(&webtask, flow_maybe::Input { stop: false }).await.unwrap(), None);
    assert!(!flow_maybe::TASK.needs_browser());
    assert_eq!(webtask.pools()[0].1.busy, 0);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn calls_run_other_tasks_in_the_same_window() {
    let webtask = shop();
    let output = flow_calls(&webtask, flow_calls::Input {}).await.unwrap();
    assert_eq!(output.first.link.url, "https://shop.example/item/1");
    assert_eq!((output.first.greeting.as_str(), output.greeting.as_str()), ("a × 1", "b × 2"));
    assert_eq!(output.far.shouted, "b × 2!");
    assert_eq!(output.found, "found Bread");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn rust_between_steps_sees_every_binding() {
    let webtask = shop();
    let mut run = flow_rust(&webtask, flow_rust::Input {});
    let mut told = Vec::new();
    while let Some(event) = run.next().await {
        match event {
            Event::Status { text, .. } => told.push(text),
            Event::Done(output) => {
                assert_eq!(output.joined, "Apple+Bread");
                assert_eq!(output.page.title, "from rust");
            }
            Event::Failed(error) => panic!("{error}"),
            _ => {}
        }
    }
    assert_eq!(told, ["longest is 5"]);

    let error = flow_throws(&webtask, flow_throws::Input {}).await.unwrap_err();
    assert_eq!(error.message(), "invalid digit found in string");
    assert!(std::error::Error::source(&error).unwrap().is::<std::num::ParseIntError>());
    assert_eq!(error.step().map(|step| step.name), Some("rust"));
    webtask.close().await.unwrap();
}
