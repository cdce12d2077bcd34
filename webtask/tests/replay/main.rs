//! The web from files: what replaying answers and refuses, and what recording writes, in a real browser.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../support/mod.rs"]
mod support;

mod directory;
mod har;
mod network;
mod record;

use std::path::Path;

use serde_json::Value;
use support::builder;
use webtask::__rt::{self, Until};
use webtask::{Error, ErrorKind, Webtask};

/// Opens a page and runs a script in it.
async fn visit(webtask: &Webtask, url: &str, script: &'static str) -> Result<Value, Error> {
    support::steps(webtask, (url.to_owned(), script), |cx, (url, script)| {
        Box::pin(async move {
            __rt::goto(cx, &url, Until::Load, None).await?;
            Ok(__rt::js(cx, "script", script, &[], true).await?)
        })
    })
    .await
}

/// Opens a page that is not there, and gives the reason.
async fn miss(webtask: &Webtask, url: &str) -> String {
    let error = visit(webtask, url, "").await.expect_err(url);
    assert_eq!(error.kind(), ErrorKind::NavigationFailed, "{error}");
    let reason = error.message().strip_prefix(&format!("`{url}` cannot be reached: "));
    reason.unwrap_or_else(|| panic!("{error}")).to_owned()
}

fn replaying(source: &Path) -> Webtask {
    builder().replay(source).build().unwrap()
}

/// A directory with those files.
fn files(files: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = directory.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    directory
}
