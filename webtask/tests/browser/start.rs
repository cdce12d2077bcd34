//! The start of the browser: what keeps it from starting is told, with what to do.

use std::os::unix::fs::PermissionsExt;

use webtask::{ErrorKind, Webtask};

use crate::support::{self, Browser, STARTING};

#[tokio::test]
async fn a_browser_that_is_not_there_is_told() {
    let webtask = support::builder().browser("/nowhere/chromium").build().unwrap();
    let error = webtask.ready().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BrowserLost);
    assert_eq!(
        error.message(),
        "the browser `/nowhere/chromium` that `Builder::browser` names is no program"
    );
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
