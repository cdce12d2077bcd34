//! Names: keywords, the types of a module, what a private task shows.

use serde_json::json;
use webtask::webtask;

use crate::shop;

/// Types of ours that have the names of the expansion's own.
#[allow(dead_code)]
mod shadows {
    pub(super) struct String;
    pub(super) struct Vec;
    pub(super) enum Option {
        Some,
        None,
    }
    pub(super) struct Input;
    pub(super) struct Output;
    pub(super) type Result = ();

    webtask::webtask! {
        pub task "names/shadowed" {
            input name string;
            set list ["{{name|or:x}}"];
        }
    }
}

webtask! {
    pub(crate) task "names/keywords" as keywords {
        input type string default "t";
        input self int default 1;
        input r#match bool default true;
        set fn "{{type}}{{self}}{{match}}";
        for each loop in [1] collect crate { yield "{{loop}}"; }
    }

    task "names/required" as required {
        input number int required;
        input limit int default 10;
        input r#fn string required;
        input rows list required;
        input hint string;
        input self string required;
        set all "{{number}} {{fn}} {{rows}} {{self}} {{limit}} {{hint|or:none}}";
    }
}

#[tokio::test]
async fn keywords_are_names_like_any_other() {
    let webtask = shop();
    let output = keywords(&webtask, keywords::Input::default()).await.unwrap();
    assert_eq!(output.r#fn, "t1true");
    assert_eq!(serde_json::to_value(&output).unwrap(), json!({ "fn": "t1true", "crate": [1] }));
    let input: keywords::Input = serde_json::from_value(json!({ "self": 5, "type": "x" })).unwrap();
    assert_eq!((input.self_, input.r#type.as_str(), input.r#match), (5, "x", true));
    assert_eq!(format!("{output:?}"), r#"Output { fn: "t1true", crate: [Number(1)] }"#);
}

#[tokio::test]
async fn required_inputs_alone_make_an_input() {
    let webtask = shop();
    let input = required::Input { limit: 3, ..required::Input::new(2, "text", vec![json!(true)], "self") };
    let output = required(&webtask, input).result().await.unwrap();
    assert_eq!(output.all, "2 text [true] self 3 none");
}

#[tokio::test]
async fn types_beside_the_macro_shadow_nothing() {
    let webtask = shop();
    let input = shadows::names_shadowed::Input { name: None };
    let output = shadows::names_shadowed(&webtask, input).await.unwrap();
    assert_eq!(output.list, [json!("x")]);
}

#[test]
fn a_task_describes_itself() {
    let task = &keywords::TASK;
    assert_eq!(task.slug(), "names/keywords");
    assert_eq!(
        task.input(),
        json!({
            "type": { "type": "string", "required": false, "default": "t", "doc": "" },
            "self": { "type": "int", "required": false, "default": 1, "doc": "" },
            "match": { "type": "bool", "required": false, "default": true, "doc": "" },
        })
    );
    assert_eq!(task.output()["properties"]["crate"], json!({ "type": "array", "items": {} }));
}
