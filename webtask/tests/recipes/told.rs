//! What a failed step tells: its task, step and place when it is printed, the page that it happened on, the kind that it
//! has within an application's own errors; and what the log has of it.

use std::io::Write;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;
use webtask::{Cx, Error, ErrorKind, Event, Pool, Webtask};

use crate::support;
use crate::support::site::{Answer, Site};

webtask::webtask! {
    task "told/click" {
        input url string required;
        goto "{{url}}";
        click "#none" timeout 10ms;
    }

    task "told/secret" {
        input url string required;
        secret token;
        goto "{{url}}";
        js _ "document.title = 'for ' + arguments[0]; history.pushState(0, '', '/of/' + arguments[0] + '?token=' + arguments[0] + '#top')" args ["{{token}}"];
        click "#none" timeout 10ms;
    }

    task "told/nothing" {
        js _ "throw new Error('no')";
    }

    task "told/refused" {
        input url string required;
        goto "{{url}}";
    }

    task "told/hangs" {
        input url string required;
        timeout 400ms;
        goto "{{url}}";
        js _ "for (;;) {}";
    }

    task "told/fails" {
        input item string default "";
        if "{{item}}" {
            fail "no {{item}} is left" code SOLD_OUT status 409;
        }
        fail "nothing is left";
    }

    task "told/again" {
        input status int default 404;
        retry 3 {
            status "again";
            fail "not yet" code NOT_YET status "{{status}}";
        }
    }

    task "told/skips" {
        for each item in ["a", "b"] continue on error {
            fail "no {{item}}" code NOTHING;
        }
    }

    // Wherever it stands, nothing follows it.
    task "told/everywhere" -> u8 {
        input how int default 0;
        console said {
            set one 1;
            if "{{how}}" { fail "a" code A; } else { fail "b" code B; }
        }
    }

    task "told/films" {
        capture network har { record film { retry 2 { fail "no" code FILMED; } } }
    }

    task "told/http" {
        http get answer url "http://127.0.0.1:1/";
    }
}

/// An error of the user's own that shows ours and hides it from `source()`, as `#[error(transparent)]` does.
#[derive(Debug)]
struct Transparent(Error);

impl std::fmt::Display for Transparent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Transparent {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.0)
    }
}

#[webtask::task("told/function")]
async fn function(
    cx: &Cx,
    url: String,
    what: String,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    cx.goto(&url).await?;
    match what.as_str() {
        "click" => cx.click("#none").timeout(Duration::from_millis(10)).await?,
        // The page is that of the step that failed, wherever the run went afterwards.
        "later" => {
            let error = cx.click("#none").timeout(Duration::from_millis(10)).await.unwrap_err();
            cx.goto("about:blank").await?;
            return Err(error.into());
        }
        "transparent" => cx.goto("file:///etc/passwd").await.map_err(Transparent)?,
        "context" => {
            use anyhow::Context as _;
            let result = cx.goto("file:///etc/passwd").await.map_err(Transparent);
            result.context("reading the offers").map_err(anyhow::Error::into_boxed_dyn_error)?;
        }
        "own" => return Err("nothing is left".into()),
        _ => return Err(Transparent(Error::fail("SOLD_OUT", "nothing is left").with_status(409)).into()),
    }
    Ok(())
}

#[webtask::task("told/texts", browser = false)]
async fn texts(_: &Cx, owned: bool) -> Result<(), Error> {
    let result: Result<(), _> = Err(format!("nothing is {}", "left"));
    if owned {
        result?;
    }
    Err("nothing is there")?
}

#[tokio::test]
async fn a_recipe_fails_for_a_reason_of_its_own() {
    let webtask = Webtask::builder().build().unwrap();
    let error = told_fails(&webtask, told_fails::Input { item: "hat".into() }).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code(), error.status(), error.retryable()),
        (ErrorKind::Failed, "SOLD_OUT", Some(409), false)
    );
    assert_eq!(error.message(), "no hat is left");
    assert_eq!(error.step().map(|step| step.name), Some("fail"));
    let wire = serde_json::to_value(&error).unwrap();
    assert_eq!((&wire["code"], &wire["status"]), (&json!("SOLD_OUT"), &json!(409)));
    let error = told_fails(&webtask, told_fails::Input { item: String::new() }).await.unwrap_err();
    assert_eq!((error.code(), error.status()), ("FAILED", Some(422)));

    // It is a step that fails.
    let mut run = told_again(&webtask, told_again::Input { status: 503 });
    for _ in 0..3 {
        assert!(matches!(run.next().await, Some(Event::Status { .. })));
    }
    let Some(Event::Failed(error)) = run.next().await else { panic!("it fails") };
    assert_eq!((error.code(), error.status(), error.retryable()), ("NOT_YET", Some(503), true));
    let error = told_again(&webtask, told_again::Input { status: 200 }).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::Config, "bad status 200 of the failure `NOT_YET`: not yet")
    );
    let mut run = told_skips(&webtask, told_skips::Input {});
    for told in ["no a", "no b"] {
        let Some(Event::Skipped { message, step: Some(step), .. }) = run.next().await else {
            panic!("{told}")
        };
        assert_eq!((message.as_str(), step.name), (told, "fail"));
    }
    assert!(matches!(run.next().await, Some(Event::Done(_))));
}

#[tokio::test]
async fn a_failure_ends_every_block() {
    let webtask = support::builder().build().unwrap();
    for (how, code) in [(0, "B"), (1, "A")] {
        let error = told_everywhere(&webtask, told_everywhere::Input { how }).await.unwrap_err();
        assert_eq!(error.code(), code);
    }
    assert_eq!(told_films(&webtask, told_films::Input {}).await.unwrap_err().code(), "FILMED");
    webtask.close().await.unwrap();
}

fn local() -> webtask::Builder {
    support::builder().pool(Pool::new("default").allow_private(true))
}

async fn site() -> Site {
    let site = Site::start().await;
    site.page("/shop", "<title>The \"shop\"</title>");
    let html = "<title>Gone</title>";
    site.answer("/gone", Answer::new("410 Gone", "content-type: text/html\r\n", html));
    site
}

#[tokio::test]
async fn a_failed_step_names_its_page() {
    let site = site().await;
    let webtask = local().build().unwrap();
    let url = site.url("/shop?q=hunter2&page=3#hunter2");
    let error = told_click(&webtask, told_click::Input { url }).await.unwrap_err();
    let page = error.page().unwrap();
    assert_eq!(
        (page.url.as_str(), page.title.as_str(), page.status),
        (site.url("/shop?q&page").as_str(), "The \"shop\"", Some(200))
    );
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    // The whole of it, in one line, and the bare sentence by itself.
    let step = error.step().unwrap();
    assert!(step.at.starts_with("webtask/tests/recipes/told.rs:"), "{}", step.at);
    let message = "`#none` could not be clicked within 10ms: no element matches it";
    assert_eq!(error.message(), message);
    let whole = format!(
        r#"{message} (task `told/click`, step `click` at {}, page `{}` "The \"shop\"" with status 200)"#,
        step.at, page.url
    );
    assert_eq!(error.to_string(), whole);
    let wire = serde_json::to_value(&error).unwrap();
    assert_eq!(wire["message"], message);
    assert_eq!(
        wire["page"],
        json!({ "url": site.url("/shop?q&page"), "title": "The \"shop\"", "status": 200 })
    );
    assert_eq!(format!("{:#}", anyhow::Error::from(error).context("buying")), format!("buying: {whole}"));

    let error = told_click(&webtask, told_click::Input { url: site.url("/gone") }).await.unwrap_err();
    let page = error.page().unwrap();
    assert_eq!((page.title.as_str(), page.status), ("Gone", Some(410)));

    // Without a page, or with none that was opened, there is nothing to say.
    let error = told_nothing(&webtask, told_nothing::Input {}).await.unwrap_err();
    assert_eq!(error.page(), None);
    assert!(!serde_json::to_string(&error).unwrap().contains("page"), "{error:?}");
    assert_eq!(told_http(&webtask, told_http::Input {}).await.unwrap_err().page(), None);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_page_that_was_not_reached_is_named_without_a_title() {
    let webtask = local().build().unwrap();
    // A port that nobody listens on any more.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://ann:hunter2@127.0.0.1:{port}/a?token=hunter2");
    let error = told_refused(&webtask, told_refused::Input { url }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NavigationFailed);
    if let Some(page) = error.page() {
        assert!(!page.url.contains("hunter2") && !page.url.contains("chrome-error"), "{page:?}");
        assert_eq!((page.title.as_str(), page.status), ("", None));
    }
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn no_secret_is_in_what_a_page_says_of_itself() {
    let site = site().await;
    let webtask = local().secret("token", "hunter2 é").build().unwrap();
    let input = told_secret::Input { url: site.url("/shop") };
    let error = told_secret(&webtask, input).await.unwrap_err();
    let page = error.page().unwrap();
    assert_eq!(page.title, "for [redacted]");
    assert_eq!(page.url, site.url("/of/[redacted]?token"));
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_page_that_hangs_does_not_hold_the_error_back() {
    let site = site().await;
    let webtask = local().build().unwrap();
    let since = Instant::now();
    let error = told_hangs(&webtask, told_hangs::Input { url: site.url("/shop") }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(since.elapsed() < Duration::from_secs(20), "{:?}", since.elapsed());
    // As the browser knows it.
    let page = error.page().unwrap();
    assert_eq!((page.url.as_str(), page.title.as_str(), page.status), (&*site.url("/shop"), "", None));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn methods_name_their_page_too() {
    let site = site().await;
    let webtask = local().build().unwrap();
    for what in ["click", "later", "own"] {
        let input = function::Input { url: site.url("/gone"), what: what.into() };
        let error = function::run(&webtask, input).await.unwrap_err();
        let page = error.page().unwrap();
        assert_eq!((page.title.as_str(), page.status), ("Gone", Some(410)), "{what}");
    }
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn an_error_that_hides_ours_keeps_its_kind() {
    let site = site().await;
    let webtask = local().build().unwrap();
    let run = async |what: &str| {
        let input = function::Input { url: site.url("/shop"), what: what.into() };
        function::run(&webtask, input).await.unwrap_err()
    };
    let ours = "`file:///etc/passwd` is not allowed; `goto` opens `http`, `https` and `data` URLs, and `about:blank`";
    for (what, message) in
        [("transparent", ours.to_owned()), ("context", format!("reading the offers: {ours}"))]
    {
        let error = run(what).await;
        assert_eq!((error.kind(), error.message()), (ErrorKind::UrlNotAllowed, &*message), "{what}");
        assert_eq!(error.step().map(|step| step.name), Some("goto"));
        assert_eq!(error.to_string().matches(" at webtask/").count(), 1, "{error}");
    }
    let error = run("fail").await;
    assert_eq!(
        (error.kind(), error.code(), error.status(), error.message()),
        (ErrorKind::Failed, "SOLD_OUT", Some(409), "nothing is left")
    );
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_text_is_an_error() {
    let webtask = Webtask::builder().build().unwrap();
    for (owned, message) in [(true, "nothing is left"), (false, "nothing is there")] {
        let error = texts::run(&webtask, texts::Input { owned }).await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::StepFailed, message));
        assert_eq!(error.to_string(), format!("{message} (task `told/texts`)"));
        assert_eq!(format!("{:#}", anyhow::Error::from(error)), format!("{message} (task `told/texts`)"));
    }
}

/// What a thread logs.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// In a process of its own: what one thread's subscriber hears depends on those of other threads.
#[test]
fn a_failed_run_is_one_line_of_the_log() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let output = command.args(["--exact", "told::child_fails", "--ignored", "--nocapture"]).output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[tokio::test]
#[ignore = "started by another test, alone in its process"]
async fn child_fails() {
    let (log, site) = (Log::default(), site().await);
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .without_time()
        .with_max_level(tracing::Level::WARN)
        .with_writer(move || writer.clone());
    let _guard = tracing::subscriber::set_default(subscriber.finish());
    let webtask = local().secret("token", "hunter2").build().unwrap();
    let url = site.url("/shop?q=hunter2");
    told_click(&webtask, told_click::Input { url }).await.unwrap_err();
    texts::run(&webtask, texts::Input { owned: true }).await.unwrap_err();
    told_secret(&Webtask::builder().build().unwrap(), told_secret::Input { url: String::new() })
        .await
        .unwrap_err();
    let bytes = std::mem::take(&mut *log.0.lock().unwrap());
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<_> = text.lines().filter(|line| line.contains("webtask::run: a run failed")).collect();
    assert_eq!(lines.len(), 3, "{text}");
    let page = format!(r#" url="{}" title="The \"shop\"" status=200 ms="#, site.url("/shop?q"));
    for part in [
        " WARN ",
        r#" error="`#none` could not be clicked within 10ms: no element matches it" "#,
        r#" code="STEP_FAILED" task="told/click" run="#,
        r#" step="click" at="webtask/tests/recipes/told.rs:"#,
        &page,
    ] {
        assert!(format!(" {}", lines[0].trim_start()).contains(part), "{part}: {}", lines[0]);
    }
    assert!(
        lines[1].contains(r#"error="nothing is left" code="STEP_FAILED" task="told/texts" "#),
        "{}",
        lines[1]
    );
    assert!(!lines[1].contains("url=") && !lines[1].contains("cause="), "{}", lines[1]);
    // What is for the operator to mend.
    assert!(lines[2].trim_start().starts_with("ERROR ") && lines[2].contains("`token`"), "{}", lines[2]);
    assert!(!text.contains("hunter2"), "{text}");
    webtask.close().await.unwrap();
}
