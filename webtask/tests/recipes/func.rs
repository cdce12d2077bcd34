//! `#[webtask::task]`: functions as tasks, called as both.

use std::sync::atomic::{AtomicU32, Ordering};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use webtask::{Cx, Error, ErrorKind, Event, Transport, extract, tasks};

use crate::{builder, shop};

extract! {
    /// A row of the shop.
    struct Row {
        name text "a";
        kind attr data-kind on ".";
    }
}

// By its path, since the attribute has its name here.
webtask::webtask! {
    /// Opens the shop.
    task "func/open" {
        input path string default "";
        goto "https://shop.example/{{path}}";
        js title "return document.title";
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Filter {
    kind: Option<String>,
}

/// The rows of the shop.
///
/// With a second line.
#[webtask::task("func/rows", timeout = "20s", transport = "rest, sse", pool = "default", dialogs = "accept")]
async fn rows(
    cx: &Cx,
    /// How many at most.
    #[input(default = 2)]
    limit: u64,
    /// What is looked for.
    #[input(default)]
    filter: Filter,
    /// A text before it all.
    r#type: Option<String>,
) -> Result<Vec<Row>, Error> {
    cx.status(r#type.unwrap_or_else(|| "rows".into())).await;
    cx.goto("https://shop.example/").await?;
    let rows: Vec<Row> = cx.extract(".row").repeat().limit(limit).await?;
    Ok(rows.into_iter().filter(|row| filter.kind.as_ref().is_none_or(|kind| row.kind == *kind)).collect())
}

#[webtask::task]
async fn first_row(cx: &Cx) -> Result<Option<Row>, Error> {
    Ok(rows(cx, 1, Filter::default(), None).await?.pop())
}

#[webtask::task("func/calls")]
async fn calls(cx: &Cx, path: String) -> Result<String, Error> {
    Ok(cx.call(func_open::Input { path }).await?.title.to_string())
}

/// Runs without a window.
#[webtask::task("func/double", browser = false)]
async fn double(
    _: &Cx,
    mut number: i64,
    #[input(default = "a".to_owned())] text: String,
) -> Result<String, String> {
    number *= 2;
    if text.is_empty() { Err("no text".to_owned()) } else { Ok(format!("{text}{number}")) }
}

#[webtask::task("func/fails")]
async fn fails(cx: &Cx, what: String) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    cx.goto("https://shop.example/").await?;
    match what.as_str() {
        "click" => cx.click("#none").timeout(std::time::Duration::from_millis(10)).await?,
        "selector" => cx.hover("a[").await?,
        "url" => cx.goto("file:///etc/passwd").await?,
        "parse" => drop(what.parse::<u8>()?),
        "caught" => assert!(cx.press("Nokey").await.is_err()),
        _ => return Err("no such way".into()),
    }
    Ok(())
}

/// An error of the user's own, with ours inside.
#[derive(Debug)]
enum Shop {
    Read(Error),
    Closed,
}

impl std::fmt::Display for Shop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Read(error) => write!(f, "the shop: {error}"),
            Self::Closed => f.write_str("the shop is closed"),
        }
    }
}

impl std::error::Error for Shop {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Closed => None,
        }
    }
}

#[webtask::task("func/throws")]
async fn throws(cx: &Cx, what: String) -> anyhow::Result<()> {
    use anyhow::Context as _;

    match what.as_str() {
        "plain" => cx.goto("file:///etc/passwd").await?,
        "context" => cx.goto("file:///etc/passwd").await.context("opening").context("reading the offers")?,
        "own" => Err(Shop::Read(cx.goto("file:///etc/passwd").await.unwrap_err()))?,
        "closed" => Err(Shop::Closed).context("reading the offers")?,
        _ => anyhow::bail!("no such way"),
    }
    Ok(())
}

#[webtask::task("func/throws/own")]
async fn throws_own(cx: &Cx) -> Result<(), Shop> {
    cx.goto("file:///etc/passwd").await.map_err(Shop::Read)
}

static PREPARED: AtomicU32 = AtomicU32::new(0);

#[webtask::task("func/prepare", secret = "password")]
async fn prepare(cx: &Cx) -> Result<(), Error> {
    PREPARED.fetch_add(1, Ordering::Relaxed);
    cx.goto("https://shop.example/login.html").await?;
    cx.sendkeys("#password", cx.secret("password")?).await
}

#[webtask::task("func/prepared", setup = prepare)]
async fn prepared(cx: &Cx) -> Result<String, Error> {
    cx.js("return document.querySelector('#password').value").await
}

#[webtask::task("func/says", secret = "password", secret = "other")]
async fn says(cx: &Cx) -> Result<Value, Error> {
    cx.status(cx.secret("password")?).await;
    assert_eq!(cx.secret("none").unwrap_err().kind(), ErrorKind::Config);
    Ok(json!([cx.secret("password")?, cx.secret("other")?]))
}

#[tokio::test]
async fn an_error_that_came_from_ours_is_of_its_kind() {
    let webtask = builder().build().unwrap();
    let of = async |what: &str| throws::run(&webtask, throws::Input { what: what.into() }).await.unwrap_err();
    let ours = "`file:///etc/passwd` is not allowed; `goto` opens `http`, `https` and `data` URLs, and `about:blank`";
    for (what, before) in [("plain", ""), ("context", "reading the offers: opening: "), ("own", "the shop: ")]
    {
        let error = of(what).await;
        assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{what}: {error}");
        assert_eq!(error.message(), format!("{before}{ours}"));
        let step = error.step().unwrap();
        assert_eq!(
            (step.name, step.at.starts_with("webtask/tests/recipes/func.rs:")),
            ("goto", true),
            "{step:?}"
        );
    }
    for (what, message) in [("closed", "reading the offers"), ("none", "no such way")] {
        let error = of(what).await;
        assert_eq!((error.kind(), error.message()), (ErrorKind::StepFailed, message));
    }
    let error = throws_own::run(&webtask, throws_own::Input {}).await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::UrlNotAllowed, &*format!("the shop: {ours}")));
}

#[test]
fn a_signature_is_a_description() {
    let [task, first, double] = tasks![rows, first_row, double];
    assert_eq!((task.slug(), task.doc()), ("func/rows", "The rows of the shop.\n\nWith a second line."));
    assert_eq!((task.pool(), task.timeout().as_secs()), ("default", 20));
    assert_eq!(task.transports(), [Transport::Rest, Transport::Sse]);
    assert_eq!(
        task.input(),
        json!({
            "limit": { "type": "u64", "required": false, "default": 2, "doc": "How many at most." },
            "filter": { "type": "Filter", "required": false, "default": { "kind": null }, "doc": "What is looked for." },
            "type": { "type": "Option<String>", "required": false, "default": null, "doc": "A text before it all." },
        })
    );
    let output = task.output();
    assert_eq!(output["type"], "array");
    assert_eq!(output["items"]["properties"]["kind"]["type"], "string");
    assert_eq!((first.slug(), first.input(), first.timeout().as_secs()), ("first_row", json!({}), 60));
    assert_eq!(first.transports(), [Transport::Rest]);
    assert_eq!([task, first, double].map(|task| task.needs_browser()), [true, true, false]);
}

#[tokio::test]
async fn a_function_runs_as_a_task() {
    let webtask = shop();
    let mut run = rows::run(&webtask, rows::Input::default());
    let Some(Event::Status { text, .. }) = run.next().await else { panic!("a status") };
    assert_eq!(text, "rows");
    let all = run.await.unwrap();
    assert_eq!(all.len(), 2);
    let input = rows::Input { limit: 9, filter: Filter { kind: Some(all[1].kind.clone()) }, r#type: None };
    let some = rows::run(&webtask, input).await.unwrap();
    assert!(!some.is_empty() && some.iter().all(|row| row.kind == all[1].kind), "{some:?}");
    // By name, as a server does.
    let given = json!({ "limit": 1, "type": "x" });
    let run = rows::TASK.start(&webtask, given.as_object().unwrap().clone()).unwrap();
    assert_eq!(run.await.unwrap().get(), serde_json::to_string(&all[..1]).unwrap());
    // And inside of another.
    assert_eq!(first_row::run(&webtask, first_row::Input {}).await.unwrap().as_ref(), all.first());
    assert_eq!(
        calls::run(&webtask, calls::Input { path: "login.html".into() }).await.unwrap(),
        "\"Sign in\""
    );
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_function_without_a_window_needs_no_browser() {
    let webtask = builder().browser(crate::support::dead()).build().unwrap();
    let input = double::Input { number: 21, text: "a".into() };
    assert_eq!(double::run(&webtask, input).await.unwrap(), "a42");
    let error = double::run(&webtask, double::Input { number: 1, text: String::new() }).await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::StepFailed, "no text"));
    assert_eq!(error.task(), Some("func/double"));
    assert!(error.step().is_none());
    let wrong = json!({ "numbr": 1, "text": 1 });
    let error = double::TASK.start(&webtask, wrong.as_object().unwrap().clone()).unwrap_err();
    let faults: Vec<_> = error.inputs().iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(faults, ["/number", "/text", "/numbr"]);
}

#[tokio::test]
async fn an_error_names_the_step_and_the_line_of_its_call() {
    let webtask = shop();
    let line = |text: &str| {
        let source = include_str!("func.rs");
        let at = source.lines().position(|line| line.contains(text)).unwrap() + 1;
        format!("{}:{at}:", file!())
    };
    for (what, kind, message, step, text) in [
        (
            "click",
            ErrorKind::StepFailed,
            "`#none` could not be clicked within 10ms: no element matches it",
            "click",
            "\"click\" =>",
        ),
        ("selector", ErrorKind::StepFailed, "`a[` is not a valid selector", "hover", "\"selector\" =>"),
        ("url", ErrorKind::UrlNotAllowed, "`file:///etc/passwd` is not allowed", "goto", "\"url\" =>"),
        ("parse", ErrorKind::StepFailed, "invalid digit found in string", "goto", "async fn fails"),
    ] {
        let error = fails::run(&webtask, fails::Input { what: what.into() }).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{what}");
        assert!(error.to_string().starts_with(message), "{error}");
        let found = error.step().unwrap();
        assert_eq!((found.index, found.name), (usize::from(what != "parse"), step), "{what}");
        match what {
            // The last step that had begun.
            "parse" => assert!(found.at.starts_with(file!()), "{}", found.at),
            _ => assert!(found.at.starts_with(&line(text)), "{} is not at {}", found.at, line(text)),
        }
    }
    fails::run(&webtask, fails::Input { what: "caught".into() }).await.unwrap();
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_setup_and_secrets_are_those_of_recipes() {
    let webtask = builder().secret("password", "hunter2").secret("other", "x7y8").build().unwrap();
    // It is typed by the setup, which has the secret; the task that reads it back must not tell it.
    assert_eq!(prepared::run(&webtask, prepared::Input {}).await.unwrap(), "[redacted]");
    prepared::run(&webtask, prepared::Input {}).await.unwrap();
    assert!(PREPARED.load(Ordering::Relaxed) >= 1);
    let mut run = says::run(&webtask, says::Input {});
    let Some(Event::Status { text, .. }) = run.next().await else { panic!("a status") };
    assert_eq!(text, "[redacted]");
    assert_eq!(run.await.unwrap(), json!(["[redacted]", "[redacted]"]));
    webtask.close().await.unwrap();
}
