//! Conditions: what holds, what is compared, and what is refused when only the run tells what it is.

use serde_json::{Map, Value, json};
use webtask::{ErrorKind, webtask};

use crate::shop;

webtask! {
    task "conditions/typed" {
        input text string required;
        input number int default 3;
        input maybe int;
        input flag bool default false;
        input list list default [];
        input map map;
        input sizes: Vec<u32> = vec![1, 20];

        set said "";
        if "{{list.length}}" == 0 { set said "{{said}}empty "; }
        if "{{list}}" == [] { set said "{{said}}same "; }
        if "{{map}}" == null { set said "{{said}}none "; }
        if "{{number}}" > 2 and "{{number}}" <= 3.0 { set said "{{said}}three "; }
        if "{{maybe}}" < 5 or not "{{maybe}}" == null { set said "{{said}}wrong "; }
        if "{{maybe|or:4}}" < 5 { set said "{{said}}stands-in "; }
        if "{{flag}}" == false and not "{{flag}}" { set said "{{said}}off "; }
        if ["a", "b"] contains "{{text}}" { set said "{{said}}listed "; }
        else if "{{text}}" contains "." { set said "{{said}}dotted "; }
        else if "{{text}}" matches r"^\d{2,}$" { set said "{{said}}digits "; }
        else { set said "{{said}}other "; }
        if ("{{flag}}" or "{{sizes}}" contains 20) and (sizes.len() == 2) { set said "{{said}}grouped "; }
        if (sizes.len()) == "{{number}}" or "{{text}}" == "never" { set said "{{said}}counted "; }
    }

    task "conditions/json" {
        input data map required;
        set held false;
        set equal false;
        set more false;
        set part false;
        set like false;
        if "{{data.asked}}" { set held true; }
        if "{{data.one}}" == "{{data.two}}" { set equal true; }
        if "{{data.one}}" > "{{data.two}}" { set more true; }
        if "{{data.one}}" contains "{{data.two}}" { set part true; }
        if "{{data.text}}" matches r"(?i)^b" { set like true; }
    }

    task "conditions/loops" {
        input stop int default 3;
        set n 0;
        loop while "{{n}}" < "{{stop}}" collect counted {
            set n (loop_index + 1);
            yield "{{n}}";
        }
    }

    task "conditions/indexed" {
        input done string default "done";
        set state "open";
        loop until "{{state}}" == "{{done}}" max 10 collect turned {
            if "{{loop_index}}" >= 2 { set state "done"; }
            yield "{{loop_index}}";
        }
        loop while "{{loop_index}}" < 2 collect indexed {
            loop until "{{loop_index}}" == 1 collect inner { yield "{{loop_index}}"; }
            yield "{{loop_index}}{{inner}}";
        }
        loop until "{{state}}" == "never" max 2 collect bounded { yield 1; }
    }

    task "conditions/page" {
        goto "https://shop.example/";
        extract rows from ".row" repeat { name text "a"; price text ".price" float optional; }
        extract first from ".row" { name text "a"; }
        for each row in "{{rows}}" collect cheap {
            if "{{row.price}}" < 2 and "{{row.name}}" != "" { yield "{{row.name}}"; }
        }
        for each row in "{{rows}}" collect unpriced {
            if "{{row.price}}" == null { yield "{{row.name}}"; }
        }
        if not "{{first.name}}" matches r"^A" or js "return document.title === 'nothing'" { set odd true; }
        else { set odd false; }
    }
}

fn typed(text: &str) -> conditions_typed::Input {
    conditions_typed::Input {
        text: text.into(),
        number: 3,
        maybe: None,
        flag: false,
        list: Vec::new(),
        map: None,
        sizes: vec![1, 20],
    }
}

#[tokio::test]
async fn typed_values_are_compared_as_what_they_are() {
    let webtask = shop();
    for (text, kind) in [("a", "listed"), ("a.b", "dotted"), ("123", "digits"), ("A", "other")] {
        let output = conditions_typed(&webtask, typed(text)).await.unwrap();
        let all = format!("empty same none three stands-in off {kind} grouped ");
        assert_eq!(output.said, all, "{text}");
    }
    // A text of a caller is never a pattern, whatever it says.
    let output = conditions_typed(&webtask, typed("^[")).await.unwrap();
    assert!(output.said.contains("other"), "{}", output.said);
    let other = conditions_typed::Input {
        number: 2,
        maybe: Some(9),
        flag: true,
        list: vec![json!(0)],
        map: Some(Map::new()),
        ..typed("never")
    };
    let output = conditions_typed(&webtask, other).await.unwrap();
    assert_eq!(output.said, "wrong other grouped counted ");
}

async fn of_json(data: Value) -> Result<String, String> {
    let Value::Object(data) = data else { panic!("a map") };
    let output = conditions_json(&shop(), conditions_json::Input { data }).await;
    match output {
        Ok(output) => {
            let all = [output.held, output.equal, output.more, output.part, output.like];
            Ok(all.iter().map(|held| if *held { '1' } else { '0' }).collect())
        }
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::StepFailed);
            assert_eq!(error.step().map(|step| step.name), Some("if"));
            Err(error.message().to_owned())
        }
    }
}

#[tokio::test]
async fn json_is_compared_when_the_run_tells_what_it_is() {
    let cases = [
        (json!({}), Ok("01000")),
        (
            json!({ "asked": 1, "one": 2, "two": 1.5 }),
            Err("`contains` asks a string or a list, and `{{data.one}}` (an int) is neither"),
        ),
        (json!({ "asked": "", "one": null, "two": 1 }), Ok("00000")),
        (json!({ "asked": {}, "text": "Boots" }), Ok("11001")),
        (
            json!({ "asked": [], "text": "Boots" }),
            Err(
                "`{{data.asked}}` is a list, which is neither true nor false; ask `\"{{data.asked.length}}\"`",
            ),
        ),
        (
            json!({ "one": "5", "two": 5 }),
            Err(
                "`{{data.one}}` (a string) and `{{data.two}}` (an int) cannot be compared; neither becomes the other",
            ),
        ),
        (
            json!({ "one": "9", "two": "10" }),
            Err("`{{data.one}}` (a string) is not a number and cannot be compared by size"),
        ),
        (json!({ "text": 5 }), Err("`matches` reads a string, and `{{data.text}}` (an int) is not a string")),
    ];
    for (data, expected) in cases {
        let found = of_json(data.clone()).await;
        assert_eq!(found.as_deref().map_err(String::as_str), expected, "{data}");
    }
}

#[tokio::test]
async fn loops_ask_before_each_iteration() {
    let webtask = shop();
    let output = conditions_loops(&webtask, conditions_loops::Input { stop: 3 }).await.unwrap();
    assert_eq!(json!(output), json!({ "n": 3, "counted": [1, 2, 3] }));
    let output = conditions_loops(&webtask, conditions_loops::Input { stop: 0 }).await.unwrap();
    assert_eq!(json!(output), json!({ "n": 0, "counted": [] }));
    let input = conditions_indexed::Input { done: "done".into() };
    let output = conditions_indexed(&webtask, input).await.unwrap();
    assert_eq!(
        json!(output),
        json!({ "state": "done", "turned": [0, 1, 2], "indexed": ["0[0]", "1[0]"], "bounded": [1, 1] })
    );
}

#[tokio::test]
async fn what_a_page_says_is_compared() {
    let output = conditions_page(&shop(), conditions_page::Input {}).await.unwrap();
    assert_eq!(json!(output)["cheap"], json!(["Apple"]), "{output:?}");
    assert!(!output.odd);
}

webtask! {
    task "conditions/each" {
        input one list required;
        set said "";
        if "{{one.0}}" { set said "{{said}}?"; }
        if not "{{one.0}}" == "{{one.1}}" { set said "{{said}}!"; }
        if "{{one.0|or:1}}" != "{{one.1}}" { set said "{{said}}|"; }
    }
    task "conditions/order" {
        input one list required;
        set said "";
        if "{{one.0}}" < "{{one.1}}" { set said "{{said}}<"; }
        if "{{one.0}}" >= "{{one.1}}" or "{{one.0}}" <= "{{one.1}}" and "{{one.1}}" > -1 { set said "{{said}}="; }
    }
    task "conditions/within" {
        input one list required;
        set said "";
        if "{{one.0}}" contains "{{one.1}}" { set said "{{said}}("; }
        if [1, "a", null] contains "{{one.1}}" { set said "{{said}})"; }
        if "{{one.1}}" matches r"^1?$" { set said "{{said}}~"; }
        loop until "{{loop_index}}" == "{{one.1}}" max 2 { set said "{{said}}+"; }
    }
}

/// The same recipes, as a file of its own has them.
#[cfg(feature = "text")]
const IN_A_FILE: &str = r#"
task "conditions/each"
    input one list required
    set said ""
    if "{{one.0}}"
        set said "{{said}}?"
    end
    if not "{{one.0}}" == "{{one.1}}"
        set said "{{said}}!"
    end
    if "{{one.0|or:1}}" != "{{one.1}}"
        set said "{{said}}|"
    end
end
task "conditions/order"
    input one list required
    set said ""
    if "{{one.0}}" < "{{one.1}}"
        set said "{{said}}<"
    end
    if "{{one.0}}" >= "{{one.1}}" or "{{one.0}}" <= "{{one.1}}" and "{{one.1}}" > -1
        set said "{{said}}="
    end
end
task "conditions/within"
    input one list required
    set said ""
    if "{{one.0}}" contains "{{one.1}}"
        set said "{{said}}("
    end
    if [1, "a", null] contains "{{one.1}}"
        set said "{{said}})"
    end
    if "{{one.1}}" matches r"^1?$"
        set said "{{said}}~"
    end
    loop until "{{loop_index}}" == "{{one.1}}" max 2
        set said "{{said}}+"
    end
end
"#;

#[cfg(feature = "text")]
#[tokio::test]
async fn compiled_and_read_conditions_agree_on_every_two_values() {
    let webtask = shop();
    let read = webtask::Recipes::parse("conditions.webtask", IN_A_FILE).unwrap();
    let values = json!([
        null, false, true, 0, -0.0, 1, 1.0, 1.5, 9_007_199_254_740_993_i64, 1e300, "", "a", "1", "ab", [], [1],
        ["a", null], {}, { "a": 1 }
    ]);
    let values = values.as_array().unwrap();
    let tasks = [&conditions_each::TASK, &conditions_order::TASK, &conditions_within::TASK];
    let (mut held, mut refused) = (0, 0);
    for task in tasks {
        for one in values {
            for other in values {
                let Value::Object(input) = json!({ "one": [one, other] }) else { unreachable!("a map") };
                let compiled = task.start(&webtask, input.clone()).unwrap().await;
                let interpreted = read.get(task.slug()).unwrap().start(&webtask, input).unwrap().await;
                let told = |result: Result<_, webtask::Error>| match result {
                    Ok(output) => Ok::<_, String>(json!(output)),
                    Err(error) => Err(error.message().to_owned()),
                };
                let (compiled, interpreted) = (told(compiled), told(interpreted));
                assert_eq!(compiled, interpreted, "{} of {one} and {other}", task.slug());
                *if compiled.is_ok() { &mut held } else { &mut refused } += 1;
            }
        }
    }
    assert!(held > 100 && refused > 100, "{held} {refused}");
}
