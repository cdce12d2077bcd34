//! Windows on a screen, and steps that a person can follow. The screen is a virtual one, and since its name is a variable of
//! the process, each test that needs one has a process of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use webtask::__rt::{self, Awaited, Until};
use webtask::{ErrorKind, Pool, Webtask};

use crate::support::raw::Raw;
use crate::support::site::Site;
use crate::support::{self, Browser, command, steps};

/// Says to a test that it is the child of another, with a screen.
const CHILD: &str = "WEBTASK_TEST_SCREEN";

/// A virtual screen, until it is dropped.
struct Screen {
    server: Child,
    name: String,
}

impl Screen {
    /// None where there is no Xvfb.
    fn start() -> Option<Self> {
        let arguments = ["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"];
        let mut server = Command::new("Xvfb");
        server.args(arguments).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = server.spawn().ok()?;
        let mut name = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut name).unwrap();
        assert!(!name.is_empty(), "Xvfb has ended");
        Some(Self { server, name: format!(":{}", name.trim()) })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Runs a test of this binary again, in a process with a screen and these variables.
fn on_a_screen(test: &str, variables: &[(&str, &str)]) {
    let (Some(screen), Some(whole)) = (Screen::start(), support::whole()) else {
        return eprintln!(
            "SKIPPED: a visible window needs a whole Chromium and Xvfb, and one of them is not here"
        );
    };
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(CHILD, "1").env("DISPLAY", &screen.name).env_remove("WAYLAND_DISPLAY");
    command.env("WEBTASK_BROWSER", whole).envs(variables.iter().copied());
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

/// What a page knows of the window that it is in.
const LOOK: &str = "return { visible: document.visibilityState, framed: outerHeight > innerHeight, agent: navigator.userAgent }";

async fn look(webtask: &Webtask, url: String) -> Value {
    let run = steps(webtask, url, |cx, url| {
        Box::pin(async move {
            __rt::goto(cx, &url, Until::Load, None).await?;
            __rt::click(cx, "#here", None, None, None).await?;
            Ok(__rt::js::<Value>(cx, "look", LOOK, &[], false).await?)
        })
    });
    run.await.unwrap()
}

fn is_on_screen(browser: &Browser, seen: &Value) {
    assert!(!command(browser.leader()).contains("--headless"), "{}", command(browser.leader()));
    assert_eq!((&seen["visible"], &seen["framed"]), (&json!("visible"), &json!(true)), "{seen}");
    assert!(!seen["agent"].as_str().unwrap().contains("Headless"), "{seen}");
}

#[test]
fn a_visible_window_is_on_the_screen() {
    on_a_screen("visible::child_looks_at_a_visible_pool", &[]);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by another test, with a screen"]
async fn child_looks_at_a_visible_pool() {
    let Ok(_) = std::env::var(CHILD) else { return };
    let site = Site::start().await;
    let pool = Pool::new("default").size(1).visible(true);
    let browser = Browser::start(support::builder().pool(pool).build().unwrap()).await;
    for _ in 0..3 {
        is_on_screen(&browser, &look(&browser.webtask, site.url("/plain")).await);
    }
    // It is the same window each time.
    assert!(!browser.webtask.metrics().unwrap().contains("webtask_windows_replaced_total{"));
    browser.webtask.close().await.unwrap();
}

#[test]
fn variables_show_the_windows_of_every_pool_and_slow_the_steps_down() {
    let variables = [("WEBTASK_VISIBLE", "1"), ("WEBTASK_SLOW", "300ms")];
    on_a_screen("visible::child_looks_at_what_variables_say", &variables);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by another test, with a screen"]
async fn child_looks_at_what_variables_say() {
    let Ok(_) = std::env::var(CHILD) else { return };
    let site = Site::start().await;
    let browser = Browser::start(support::builder().build().unwrap()).await;
    let start = Instant::now();
    is_on_screen(&browser, &look(&browser.webtask, site.url("/plain")).await);
    assert!(start.elapsed() > Duration::from_millis(900), "{:?}", start.elapsed());
    browser.webtask.close().await.unwrap();
}

#[test]
fn who_logs_in_by_hand_stays_logged_in_without_a_window() {
    on_a_screen("visible::child_logs_in_by_hand", &[]);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by another test, with a screen"]
async fn child_logs_in_by_hand() {
    let Ok(_) = std::env::var(CHILD) else { return };
    let (site, folder) = (Site::start().await, tempfile::tempdir().unwrap());
    let form = "<title>Login</title><button onclick=\"document.cookie = 'login=1; max-age=9999'; location = '/in'\">in</button>";
    site.page("/login", form);
    site.page("/in", "<title>In</title><p id=in>in</p>");
    let owner = |visible| {
        let pool = Pool::new("default").profile("owner").visible(visible);
        support::builder().profiles(folder.path()).pool(pool).build().unwrap()
    };
    let webtask = owner(true);
    let run = steps(&webtask, site.url("/login"), |cx, url| {
        Box::pin(async move {
            __rt::goto(cx, &url, Until::Load, None).await?;
            let limit = Some(Duration::from_secs(30));
            Ok(__rt::wait_until(cx, "#in", Awaited::Visible, None, limit).await?)
        })
    });
    let by_hand = async {
        site.wait_asked("/login", 1).await;
        click(&folder.path().join("owner")).await;
    };
    let (run, ()) = tokio::join!(run.into_future(), by_hand);
    run.unwrap();
    webtask.close().await.unwrap();

    let webtask = owner(false);
    let run = steps(&webtask, site.url("/in"), |cx, url| {
        Box::pin(async move {
            __rt::goto(cx, &url, Until::Load, None).await?;
            Ok(__rt::js::<Value>(
                cx,
                "cookie",
                "return [document.cookie, navigator.userAgent.includes('Headless')]",
                &[],
                false,
            )
            .await?)
        })
    });
    assert_eq!(run.await.unwrap(), json!(["login=1", true]));
    webtask.close().await.unwrap();
}

/// What a hand does: it clicks the page's button, as soon as that is there.
async fn click(data: &Path) {
    let mut raw = Raw::of(data).await;
    let page = raw.page().await.0;
    let attach = json!({ "targetId": page, "flatten": true });
    let session = raw.call("Target.attachToTarget", attach).await["sessionId"].as_str().unwrap().to_owned();
    let there = "new Promise(done => { const look = () => document.querySelector('button') ? done() : setTimeout(look, 10); look() })";
    let wait = json!({ "expression": there, "awaitPromise": true });
    raw.call_in(Some(&session), "Runtime.evaluate", wait).await;
    let middle = "(() => { const box = document.querySelector('button').getBoundingClientRect(); \
                  return [box.x + box.width / 2, box.y + box.height / 2] })()";
    let asked = json!({ "expression": middle, "returnByValue": true });
    let at = raw.call_in(Some(&session), "Runtime.evaluate", asked).await["result"]["value"].clone();
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({ "type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1 });
        raw.call_in(Some(&session), "Input.dispatchMouseEvent", event).await;
    }
}

#[test]
fn without_a_screen_it_is_told_that_one_is_needed() {
    if cfg!(not(target_os = "linux")) {
        return;
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "visible::child_has_no_screen", "--ignored", "--nocapture"]).env(CHILD, "1");
    let output = command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&[output.stdout, output.stderr].concat()));
}

#[tokio::test]
#[ignore = "started by another test, without a screen"]
async fn child_has_no_screen() {
    let Ok(_) = std::env::var(CHILD) else { return };
    let error = support::builder().visible(true).build().unwrap().ready().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(
        error.message(),
        "a visible browser needs a display, and neither `DISPLAY` nor `WAYLAND_DISPLAY` is set; start the program in a \
         desktop session, or by `xvfb-run`"
    );
}

#[test]
fn a_browser_that_runs_elsewhere_is_not_shown() {
    let builder = Webtask::builder().connect("http://127.0.0.1:9222").pool(Pool::new("a").visible(true));
    let error = builder.build().unwrap_err();
    assert!(error.message().contains("a setting shows the windows of pool `a`"), "{error}");
}

#[test]
fn a_slow_pool_waits_before_each_step() {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let site = Site::start().await;
        let pause = Duration::from_millis(200);
        let webtask = support::builder()
            .slow(pause)
            .pool(Pool::new("default"))
            .pool(Pool::new("fast").slow(Duration::ZERO))
            .build()
            .unwrap();
        let webtask = Browser::start(webtask).await.webtask;
        let start = Instant::now();
        look(&webtask, site.url("/plain")).await;
        // Three steps, and none of their own limits is shorter for it.
        assert!(start.elapsed() > 3 * pause, "{:?}", start.elapsed());
        webtask.close().await.unwrap();
    });
}
