//! Recipes in a real browser, as HTTP tells of them: every kind of event, every way to fail, and what is counted.

use serde_json::{Value, json};
use webtask::server::Server;
use webtask::{Pool, Task, Webtask, tasks};

use crate::Running;
use crate::runs::LINES;
use crate::wire::{Answer, ask, call, open};

webtask::webtask! {
    task "recipe/events" {
        transport rest, sse;
        goto "data:text/html,<title>events</title>";
        status "there";
        emit part "one" data { number: 1 };
        for each word in ["a", "b"] collect kept continue on error {
            js good "if (arguments[0] === 'a') throw new Error('not a'); return arguments[0]" args ["{{word}}"];
            yield "{{good}}";
        }
        record clip path "clip.gif" { wait 10ms; }
    }

    task "recipe/step" {
        transport rest, sse;
        goto "data:text/html,<title>step</title>";
        click "#none" timeout 10ms;
    }

    task "recipe/page" {
        transport rest, sse;
        goto "http://localhost:1/";
    }

    task "recipe/time" {
        transport rest, sse;
        timeout 500ms;
        wait until "#never" timeout 1h;
    }

    task "recipe/fails" {
        transport rest, sse, async;
        input left int default 0;
        if "{{left}}" { fail "only {{left}} are left" code FEW_LEFT; }
        fail "nothing is left" code SOLD_OUT status 409;
    }

    task "recipe/url" {
        transport rest, sse;
        input url string required;
        goto "{{url}}";
    }
}

pub(crate) fn all() -> [Task; 6] {
    tasks![recipe_events, recipe_step, recipe_page, recipe_time, recipe_fails, recipe_url]
}

async fn lines(server: &Running, slug: &str, input: &Value) -> Answer {
    open(server.address, &format!("POST /tasks/{slug}"), &[LINES], &input.to_string()).await.finish().await
}

#[tokio::test]
async fn recipes_tell_all_over_http() {
    let files = tempfile::tempdir().expect("a folder");
    let webtask = Webtask::builder().sandbox(false).files(files.path()).pool(Pool::new("default").size(1));
    let server = Running::start(Server::new(&webtask.build().expect("good settings"), all())).await;

    let told = lines(&server, "recipe/events", &json!({})).await;
    let told: Vec<Value> =
        told.body.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let kinds: Vec<_> = told.iter().map(|event| event["event"].as_str().expect("a name")).collect();
    assert_eq!(kinds, ["status", "part", "skipped", "recording", "done"]);
    let of = |index: usize| &told[index]["data"];
    assert_eq!(of(1), &json!({ "text": "one", "data": { "number": 1 } }));
    assert_eq!((&of(2)["index"], &of(2)["step"]["name"]), (&json!(0), &json!("js")));
    assert!(of(2)["message"].as_str().expect("a text").contains("not a"), "{}", of(2));
    let size = std::fs::metadata(files.path().join("clip.gif")).expect("written").len();
    assert_eq!(of(3), &json!({ "name": "clip", "path": "clip.gif", "size": size }));
    assert_eq!((&of(4)["ok"], &of(4)["data"]["kept"]), (&json!(true), &json!(["b"])));

    for (slug, input, status, code, step) in [
        ("recipe/step", json!({}), 500, "STEP_FAILED", Some((1, "click"))),
        ("recipe/page", json!({}), 502, "NAVIGATION_FAILED", Some((0, "goto"))),
        ("recipe/time", json!({}), 504, "TIMEOUT", Some((0, "wait until"))),
        ("recipe/url", json!({ "url": "http://127.0.0.1/" }), 403, "URL_NOT_ALLOWED", None),
    ] {
        let answer = call(server.address, slug, &input).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{}", answer.body);
        let error = answer.json()["error"].clone();
        assert_eq!((&error["task"], &error["retryable"]), (&json!(slug), &json!(status > 500)));
        let streamed = lines(&server, slug, &input).await;
        // What is known before the run has its window is a status over a stream, too.
        let Some((index, name)) = step else {
            assert_eq!((streamed.status, streamed.code().as_str()), (status, code));
            assert_eq!(error["step"], Value::Null);
            continue;
        };
        let last: Value = serde_json::from_str(streamed.body.trim_end()).expect("one line");
        assert_eq!(
            (streamed.status, &last["event"], &last["data"]["code"]),
            (200, &json!("error"), &json!(code))
        );
        for error in [&error, &last["data"]] {
            assert_eq!((&error["step"]["index"], &error["step"]["name"]), (&json!(index), &json!(name)));
            let at = error["step"]["at"].as_str().expect("a place");
            assert!(at.starts_with("webtask/tests/server/recipes.rs:"), "{at}");
        }
    }

    // The run is counted when it has left its window, which may be after its answer.
    let lines = [
        r#"webtask_runs_total{outcome="done",task="recipe/events"} 1"#,
        r#"webtask_runs_total{outcome="STEP_FAILED",task="recipe/step"} 2"#,
        r#"webtask_runs_total{outcome="NAVIGATION_FAILED",task="recipe/page"} 2"#,
        r#"webtask_runs_total{outcome="TIMEOUT",task="recipe/time"} 2"#,
        r#"webtask_run_duration_seconds_count{task="recipe/time"} 2"#,
        r#"webtask_run_wait_seconds_count{pool="default"} 7"#,
        r#"webtask_steps_total{step="goto"} 5"#,
        r#"webtask_steps_total{step="js"} 2"#,
        r#"webtask_steps_total{step="click"} 2"#,
        r#"webtask_steps_total{step="record"} 1"#,
        r#"webtask_browser_launches_total 1"#,
        r#"webtask_browser_launch_failures_total 0"#,
        r#"webtask_runs_running 0"#,
        r#"webtask_pool_size{pool="default"} 1"#,
        r#"webtask_pool_busy{pool="default"} 0"#,
    ];
    let metrics = crate::wire::within(async {
        loop {
            let metrics = ask(server.address, "GET /metrics", &[], "").await.body;
            if metrics.contains("webtask_runs_running 0") && metrics.contains("_busy{pool=\"default\"} 0") {
                return metrics;
            }
        }
    })
    .await;
    for line in lines {
        assert!(metrics.lines().any(|found| found == line), "{line}\n{metrics}");
    }
    server.end().await;
}

#[tokio::test]
async fn a_failure_of_the_recipe_s_own_has_its_code_and_its_status() {
    let server =
        Running::start(Server::new(&Webtask::builder().build().expect("good settings"), all())).await;
    let answer = call(server.address, "recipe/fails", &json!({})).await;
    assert_eq!(answer.status, 409);
    let error = answer.json()["error"].clone();
    assert_eq!(
        (&error["code"], &error["message"], &error["status"], &error["retryable"]),
        (&json!("SOLD_OUT"), &json!("nothing is left"), &json!(409), &json!(false))
    );
    assert_eq!((&error["step"]["name"], error.get("page")), (&json!("fail"), None));
    // Asked for later, and as an event, it is the same.
    let run = answer.header("location").expect("a location").to_owned();
    let record = ask(server.address, &format!("GET {run}"), &[], "").await.json();
    assert_eq!((&record["state"], &record["error"]), (&json!("failed"), &error));
    let answer = lines(&server, "recipe/fails", &json!({ "left": 2 })).await;
    let event: Value = serde_json::from_str(answer.body.lines().last().expect("a line")).expect("JSON");
    assert_eq!((&event["event"], &event["data"]["code"]), (&json!("error"), &json!("FEW_LEFT")));
    assert_eq!(event["data"]["status"], 422);
    assert_eq!(call(server.address, "recipe/fails", &json!({ "left": 1 })).await.status, 422);
    server.end().await;
}
