//! The start of the browser: what keeps it from starting is told, with what to do.

use std::os::unix::fs::PermissionsExt;

use std::path::Path;
use std::time::{Duration, Instant};

use webtask::__rt::{Parts, Task};
use webtask::{ErrorKind, Pool, Webtask};

use crate::support::{self, Browser, STARTING};

#[test]
fn a_browser_that_is_not_there_is_told_before_anything_starts() {
    let error = support::builder().browser("/nowhere/chromium").build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(
        error.message(),
        "the browser `/nowhere/chromium` that `Builder::browser` names does not exist; without the setting, Chromium is \
         searched for"
    );
}

#[test]
fn a_profile_below_a_file_is_told_before_anything_starts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let pool = Pool::new("default").profile("ann");
    let error = support::builder().profiles(file.join("below")).pool(pool).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let start = format!("the profile `ann` cannot be kept: `{}` is not a folder; ", file.display());
    assert!(error.message().starts_with(&start), "{error}");
    let error = support::builder().files(file.join("below")).build().unwrap_err();
    assert!(error.message().ends_with("is not a folder") && error.kind() == ErrorKind::Config, "{error}");
}

#[test]
fn a_pool_that_is_required_and_not_there_is_told_before_anything_starts() {
    static TASK: Task = Task::new(&Parts { slug: "shop/buy", pool: "shop", ..support::PARTS });
    static PLAIN: Task =
        Task::new(&Parts { slug: "shop/look", pool: "shop", browser: false, ..support::PARTS });
    let error = support::builder().require([TASK.clone(), PLAIN.clone()]).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(
        error.message(),
        "no such pool: task `shop/buy` wants `shop`; there are: `default`; add it by `.pool(Pool::new(\"shop\"))` or by \
         `[pools.shop]` in the file of settings"
    );
    assert!(support::builder().require([PLAIN.clone()]).build().is_ok(), "it needs no window");
    assert!(support::builder().require([TASK.clone()]).pool(Pool::new("shop")).build().is_ok());
}

#[tokio::test]
async fn a_browser_that_ends_at_once_is_told_with_its_last_words() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("browser");
    std::fs::write(&program, "#!/bin/sh\necho no display >&2\necho bye >&2\nexit 1\n").unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let webtask = support::builder().browser(&program).build().unwrap();
    let _starting = STARTING.lock().await;
    let error = webtask.ready().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BrowserLost);
    assert_eq!(error.message(), "the browser ended before it listened; it said: no display / bye");
}

#[tokio::test]
async fn the_sandbox_is_on_and_root_is_told_how_to_turn_it_off() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let error = Webtask::builder().sandbox(true).build().unwrap().ready().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.message().contains("`Builder::sandbox(false)`"), "{error}");
}

/// What must be said to who has no sandbox.
fn is_told_of_the_sandbox(error: &webtask::Error) {
    assert_eq!(error.kind(), ErrorKind::Config, "{error}");
    for part in ["`WEBTASK_NO_SANDBOX=1`", "`chromium-sandbox`", "`webtask::guide::deployment`"] {
        assert!(error.message().contains(part), "{error}");
    }
}

#[tokio::test]
async fn a_system_without_a_sandbox_is_told_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("browser");
    // Chromium's own words, which a long trace follows.
    let text = "#!/bin/sh\necho '[1:1:0101/000000.000000:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox! If you are \
                running on Ubuntu 23.10+ ...' >&2\nfor i in $(seq 30); do echo \"#$i 0x55d0\" >&2; done\nexit 1\n";
    std::fs::write(&program, text).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let webtask = support::builder().browser(&program).build().unwrap();
    let _starting = STARTING.lock().await;
    is_told_of_the_sandbox(&webtask.ready().await.unwrap_err());
}

/// With the browser itself, for who is not root: root is refused before it starts.
#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_cannot_make_its_sandbox_says_so_as_it_is_known() {
    if rustix::process::geteuid().is_root() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("browser");
    let off = "--disable-namespace-sandbox --disable-setuid-sandbox";
    std::fs::write(&program, format!("#!/bin/sh\n{} {off} \"$@\"\n", support::program().display())).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let webtask = Webtask::builder().browser(&program).build().unwrap();
    let _starting = STARTING.lock().await;
    is_told_of_the_sandbox(&webtask.ready().await.unwrap_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_starts_the_browser_ends_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let program = support::script(folder.path());
    let browser = Browser::start(support::builder().browser(&program).build().unwrap()).await;
    let leader = browser.leader();
    assert!(support::group(leader).len() > 2);
    browser.webtask.close().await.unwrap();
    assert_eq!(support::group(leader), []);
}

/// A program that fails until a file `cured` is beside it, and then is the browser. It writes a line for each start.
fn ailing(folder: &Path) -> std::path::PathBuf {
    let browser = support::script(folder);
    let program = folder.join("ailing");
    let text = format!(
        "#!/bin/sh\ncd '{}'\necho >> starts\n[ -e cured ] || {{ echo no display >&2; exit 1; }}\nexec '{}' \"$@\"\n",
        folder.display(),
        browser.display()
    );
    std::fs::write(&program, text).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    program
}

fn starts(folder: &Path) -> usize {
    std::fs::read_to_string(folder.join("starts")).unwrap_or_default().len()
}

async fn nothing(webtask: &Webtask) -> Result<(), webtask::Error> {
    support::steps(webtask, (), |_, ()| Box::pin(async { Ok(()) })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn after_failures_nobody_waits_for_a_browser_and_it_works_again_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let webtask = support::builder().browser(ailing(folder.path())).build().unwrap();
    let _starting = STARTING.lock().await;
    for start in 1..=3 {
        assert_eq!(webtask.unready(), None);
        let error = nothing(&webtask).await.unwrap_err();
        assert_eq!(error.message(), "the browser ended before it listened; it said: no display");
        assert_eq!(starts(folder.path()), start);
    }
    let start = Instant::now();
    let error = nothing(&webtask).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_millis(200), "{:?}", start.elapsed());
    assert_eq!(error.kind(), ErrorKind::BrowserLost);
    let (before, after) = error.message().split_once(" s: ").unwrap();
    assert!(
        before.starts_with("the browser could not be started 3 times; it is tried again in "),
        "{before}"
    );
    assert_eq!(after, "the browser ended before it listened; it said: no display");
    assert_eq!(
        webtask.unready().map(|reason| reason.starts_with("pool `default`: the browser could not")),
        Some(true)
    );

    std::fs::write(folder.path().join("cured"), "").unwrap();
    let cured = async {
        while webtask.unready().is_some() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), cured).await.expect("it is tried again without a run");
    nothing(&webtask).await.unwrap();
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_cannot_be_had_leaves_the_other_pools_ready() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("profiles");
    let webtask = support::builder()
        .profiles(&file)
        .pool(Pool::new("default"))
        .pool(Pool::new("account").profile("ann"))
        .build()
        .unwrap();
    // No directory can be made there.
    std::fs::write(&file, "").unwrap();
    let _starting = STARTING.lock().await;
    let message = loop {
        let error = webtask.ready().await.unwrap_err();
        if error.message().contains("times; it is tried again") {
            break error.message().to_owned();
        }
    };
    assert!(message.contains("3 times"), "{message}");
    assert_eq!(webtask.unready(), None);
    nothing(&webtask).await.unwrap();
    webtask.close().await.unwrap();
}
