//! The setting `results`: how much a step may read of a page, and a run may give.

use std::sync::mpsc;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant};

use serde::de::{Deserializer, Error as _};
use serde::ser::{SerializeSeq as _, Serializer};
use serde::{Deserialize, Serialize};
use webtask::__rt::{Parts, run};
use webtask::{Error, ErrorKind, Pool, Task, Webtask, webtask};

use crate::support::PARTS;
use crate::support::site::{Answer, Site};

webtask! {
    task "results/js" {
        input source string required;
        goto "data:text/html,results";
        js value "return eval(arguments[0])" args ["{{source}}"];
    }

    task "results/patched" {
        goto "data:text/html,results";
        js value "String.prototype.length; const long = 'x'.repeat(300000); return [long]";
    }

    task "results/extract" {
        goto "data:text/html,<p></p>";
        js _ "document.querySelector('p').textContent = 'x'.repeat(200000)";
        extract page from "body" { text text "p"; }
    }

    task "results/html" {
        goto "data:text/html,<p></p>";
        js _ "document.querySelector('p').textContent = 'x'.repeat(200000)";
        save html path "page.html";
    }

    task "results/http" {
        input url string required;
        http get got url "{{url}}";
    }

    task "results/network" {
        input url string required;
        goto "{{url}}";
        capture network asked bodies {
            js _ "for (let i = 0; i < 4; i++) await fetch('/long?' + i)" await;
        }
    }

    task "results/console" {
        goto "data:text/html,results";
        console said {
            js _ "for (let i = 0; i < 10; i++) console.log('x'.repeat(20000))";
        }
    }

    task "results/sum" {
        goto "data:text/html,results";
        js one "return 'x'.repeat(60000)";
        js two "return 'x'.repeat(60000)";
    }
}

const BOUND: &str = "that the setting `results` allows; read only the parts that you need, or raise it";

fn bounded() -> (tempfile::TempDir, Webtask) {
    let folder = tempfile::tempdir().unwrap();
    let builder = Webtask::builder().sandbox(false).results(100 << 10).files(folder.path());
    let webtask = builder.pool(Pool::new("default").allow_private(true)).build().unwrap();
    (folder, webtask)
}

fn too_large(error: &Error, what: &str) {
    assert_eq!(error.kind(), ErrorKind::StepFailed, "{error}");
    assert_eq!(error.message(), format!("{what} has more than the 100 KiB {BOUND}"));
}

#[tokio::test]
async fn what_a_page_gives_is_bounded() {
    let (_folder, webtask) = bounded();
    for source in [
        "'x'.repeat(200000)",
        "Array(60000).fill(1)",
        "Array(30000).fill({ a: 1 })",
        "Object.fromEntries(Array.from({ length: 20000 }, (_, i) => ['key ' + i, i]))",
        "'ö'.repeat(60000)",
    ] {
        let error = results_js(&webtask, results_js::Input { source: source.into() }).await.unwrap_err();
        too_large(&error, "what `value` returned");
    }
    let good = results_js(&webtask, results_js::Input { source: "'x'.repeat(100000)".into() }).await.unwrap();
    assert_eq!(good.value.as_str().unwrap().len(), 100_000);
    too_large(
        &results_patched(&webtask, results_patched::Input {}).await.unwrap_err(),
        "what `value` returned",
    );
    let error = results_extract(&webtask, results_extract::Input {}).await.unwrap_err();
    too_large(&error, "what the page gave");
    let error = results_html(&webtask, results_html::Input {}).await.unwrap_err();
    too_large(&error, "what the page gave");
    // The window is good for the next one.
    results_js(&webtask, results_js::Input { source: "1".into() }).await.unwrap();
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn what_the_network_gives_is_bounded() {
    let (_folder, webtask) = bounded();
    let site = Site::start().await;
    site.page("/", "here");
    site.answer("/long", Answer::new("200 OK", "Content-Type: text/plain\r\n", "x".repeat(60_000)));
    site.answer("/longer", Answer::new("200 OK", "Content-Type: text/plain\r\n", "x".repeat(200_000)));
    let url = site.url("/longer");
    let error = results_http(&webtask, results_http::Input { url: url.clone() }).await.unwrap_err();
    too_large(&error, &format!("the answer of `{url}`"));
    results_http(&webtask, results_http::Input { url: site.url("/long") }).await.unwrap();
    let error = results_network(&webtask, results_network::Input { url: site.url("/") }).await.unwrap_err();
    too_large(&error, "what `capture network` keeps");
    let said = results_console(&webtask, results_console::Input {}).await.unwrap().said;
    assert_eq!(said.len(), 5, "as many as there is room for");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_result_is_bounded_as_a_whole() {
    let (_folder, webtask) = bounded();
    let run = results_sum(&webtask, results_sum::Input {});
    let error = run.into_json().await.unwrap_err();
    too_large(&error, "the result");
    webtask.close().await.unwrap();
}

/// What takes its time to be read and to be written: until somebody lets it, once it has begun.
static GATE: LazyLock<Mutex<Option<mpsc::Receiver<()>>>> = LazyLock::new(Mutex::default);

fn wait() {
    let gate = GATE.lock().unwrap().take();
    // Over when the sender is gone.
    let _ = gate.map(|gate| gate.recv());
}

#[derive(Clone, Debug, Default)]
struct Slow(Vec<u32>);

impl<'de> Deserialize<'de> for Slow {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let numbers = Vec::<u32>::deserialize(from)?;
        wait();
        Err(D::Error::custom(format!("{} numbers, too late", numbers.len())))
    }
}

impl Serialize for Slow {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(None)?;
        for number in &self.0 {
            list.serialize_element(number)?;
        }
        wait();
        list.end()
    }
}

/// A task with a second.
static HASTY: Task = Task::new(&Parts { timeout: Duration::from_secs(1), ..PARTS });

/// Tests that share the gate, one at a time.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

fn hold() -> mpsc::Sender<()> {
    let (sender, receiver) = mpsc::channel();
    *GATE.lock().unwrap() = Some(receiver);
    sender
}

#[tokio::test]
async fn the_time_limit_holds_while_a_result_is_read() {
    let _alone = ALONE.lock().await;
    static READS: Task = Task::new(&Parts { timeout: Duration::from_secs(5), ..PARTS });
    let webtask = Webtask::builder().sandbox(false).build().unwrap();
    webtask.ready().await.unwrap();
    let gate = hold();
    let run = run(&webtask, &READS, (), |cx, ()| {
        Box::pin(async move {
            let source = "return Array(200000).fill(1000)";
            Ok(cx.js::<Slow>(source).await?.0.len())
        })
    });
    let error = tokio::time::timeout(Duration::from_secs(60), run).await.expect("it ends").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    drop(gate);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn the_time_limit_holds_while_a_result_is_written() {
    let _alone = ALONE.lock().await;
    let webtask = Webtask::builder().sandbox(false).build().unwrap();
    webtask.ready().await.unwrap();
    let gate = hold();
    let since = Instant::now();
    let numbers = Arc::new(vec![1000; 200_000]);
    let run = run(&webtask, &HASTY, numbers, |_, numbers| {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Ok(Slow(numbers.to_vec()))
        })
    });
    let run = run.into_json();
    let error = tokio::time::timeout(Duration::from_secs(60), run).await.expect("it ends").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(since.elapsed() >= Duration::from_secs(1));
    drop(gate);
    webtask.close().await.unwrap();
}
