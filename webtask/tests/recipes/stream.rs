//! The handle of a run: stream and future, lazy, and cancelled by dropping it.

use std::time::Duration;

use futures::StreamExt;
use webtask::{ErrorKind, Event, webtask};

use crate::shop;

webtask! {
    task "stream/steps" {
        status "one";
        emit "custom-kind" "two" data { n: 2 };
        set x 1;
    }

    task "stream/waits" {
        goto "https://shop.example/";
        wait 1h;
    }

    task "stream/short" {
        timeout 50ms;
        status "begun";
        wait 1h;
    }
}

#[tokio::test]
async fn a_run_is_a_stream_that_ends_after_done() {
    let webtask = shop();
    let mut run = stream_steps(&webtask, stream_steps::Input {});
    let mut names = Vec::new();
    while let Some(event) = StreamExt::next(&mut run).await {
        names.push(format!("{} {}", event.name(), event.data()));
    }
    assert_eq!(
        names,
        [
            r#"status {"text":"one","data":null}"#,
            r#"custom-kind {"text":"two","data":{"n":2}}"#,
            r#"done {"ok":true,"data":{"x":1}}"#,
        ]
    );
    assert!(run.next().await.is_none());
    assert_eq!(run.result().await.unwrap_err().kind(), ErrorKind::Consumed);
}

#[tokio::test]
async fn awaiting_after_some_events_gives_the_result() {
    let webtask = shop();
    let mut run = stream_steps(&webtask, stream_steps::Input {});
    assert!(matches!(run.next().await, Some(Event::Status { text, .. }) if text == "one"));
    assert_eq!(run.await.unwrap().x, 1);
}

#[tokio::test]
async fn nothing_happens_before_the_first_poll_and_all_ends_with_the_drop() {
    let webtask = shop();
    webtask.ready().await.unwrap();
    let mut run = stream_waits(&webtask, stream_waits::Input {});
    assert_eq!(webtask.pools()[0].1.busy, 0);
    run.start().await.unwrap();
    assert_eq!(webtask.pools()[0].1.busy, 1);
    drop(run);
    while webtask.pools()[0].1.busy > 0 {
        tokio::task::yield_now().await;
    }
    webtask.close().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_budget_ends_a_run_and_names_its_step() {
    let webtask = shop();
    let error = stream_short(&webtask, stream_short::Input {}).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.step().map(|step| step.name), Some("wait"));
    assert_eq!(error.task(), Some("stream/short"));
    assert_eq!(stream_short::TASK.timeout(), Duration::from_millis(50));
}
