//! `status`, `emit`, `wait`, `call` and skipped turns.

use std::time::{Duration, Instant};

use serde_json::json;
use webtask::__rt::{self, Body, Cx, Parts, Task, Thrown, call, emit, skipped, status, wait};
use webtask::{Error, ErrorKind, Event};

use crate::bench::{open, test};
use crate::support::{self, PARTS};

/// Kinds of errors, and whether they end a run whatever stands around the step.
pub(crate) const ENDS: [(ErrorKind, bool); 8] = [
    (ErrorKind::Cancelled, true),
    (ErrorKind::Timeout, true),
    (ErrorKind::Draining, true),
    (ErrorKind::BrowserLost, true),
    (ErrorKind::StepFailed, false),
    (ErrorKind::Failed, false),
    (ErrorKind::NavigationFailed, false),
    (ErrorKind::UrlNotAllowed, false),
];

#[tokio::test]
async fn events_are_told_in_order_and_without_secrets() {
    static SECRET: Task = Task::new(&Parts { secrets: &["token"], browser: false, ..PARTS });
    let webtask = support::builder().secret("token", "hunter2").build().unwrap();
    let mut run = __rt::run(&webtask, &SECRET, (), |cx, ()| {
        Box::pin(async move {
            status(cx, "begins with hunter2").await?;
            emit(cx, "progress", "half", json!({ "token": "hunter2", "fraction": 0.5 })).await?;
            let start = Instant::now();
            wait(cx, Duration::from_millis(30)).await?;
            assert!(start.elapsed() >= Duration::from_millis(30));
            skipped(cx, 3, Thrown::from(Error::new(ErrorKind::StepFailed, "no `hunter2` here"))).await?;
            Ok(())
        })
    });
    let mut events = Vec::new();
    while let Some(event) = run.next().await {
        events.push(format!("{} {}", event.name(), event.data()));
    }
    assert_eq!(
        events,
        [
            r#"status {"text":"begins with [redacted]","data":null}"#,
            r#"progress {"text":"half","data":{"token":"[redacted]","fraction":0.5}}"#,
            r##"skipped {"index":3,"message":"no `[redacted]` here","step":null}"##,
            r#"done {"ok":true,"data":null}"#,
        ]
    );
}

#[test]
fn no_loop_goes_on_after_the_end_of_a_run() {
    test(|bench| async move {
        for (kind, ends) in ENDS {
            let mut run = bench.run(kind, |cx, kind| {
                Box::pin(async move {
                    skipped(cx, 0, Thrown::from(Error::new(kind, "it"))).await?;
                    Ok(())
                })
            });
            let first = run.next().await.unwrap();
            match first {
                Event::Failed(error) => assert!(ends && error.kind() == kind, "{error:?}"),
                Event::Skipped { .. } => assert!(!ends, "{kind:?}"),
                other => panic!("{other:?}"),
            }
        }
    });
}

#[test]
fn a_call_runs_in_the_same_window_and_only_so_deep() {
    test(|bench| async move {
        fn deep(cx: &Cx, left: u32) -> Body<'_, u32> {
            Box::pin(
                async move { if left == 0 { Ok(0) } else { Ok(call(cx, deep(cx, left - 1)).await? + 1) } },
            )
        }
        let url = bench.page("<title>One</title>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let inner: Body<'_, String> =
                    Box::pin(
                        async move { Ok(__rt::js(cx, "x", "return document.title", &[], false).await?) },
                    );
                Ok((call(cx, inner).await?, call(cx, deep(cx, 31)).await?))
            })
        });
        assert_eq!(run.await.unwrap(), ("One".to_owned(), 31));
        let run = bench.run((), |cx, ()| Box::pin(call(cx, deep(cx, 32))));
        assert_eq!(run.await.unwrap_err().message(), "`call` is nested deeper than 32");
    });
}
