//! `upload`: files for a file input.
//!
//! Their bytes go to the page as the browser's own file chooser would give them: it sees names and no paths.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::ANSWER;
use super::element::{self, Need, Want};
use crate::{Cx, Error};

/// What gives the files to the input.
const GIVE: &str = include_str!("upload/page.js");

/// How much may be given at once: all of it is one message.
const LIMIT: usize = 64 << 20;

/// Waits until the file input is there and enabled, and gives it those files in place of what it has.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when a file is not there or they are too large, when there is no such
/// input within the time (10 s), and for several files when it takes one.
pub async fn upload(cx: &Cx, selector: &str, files: &[&str], timeout: Option<Duration>) -> Result<(), Error> {
    cx.pace().await;
    let (mut given, mut size) = (Vec::new(), 0);
    for path in files {
        let read = cx.files().read(path).await?;
        let bytes = read.ok_or_else(|| Error::step_failed(format!("there is no file `{path}`")))?;
        size += bytes.len();
        if size > LIMIT {
            let message = format!("the files for `{selector}` are larger than {} MB in all", LIMIT >> 20);
            return Err(Error::step_failed(message));
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        let kind = mime_guess::from_path(path).first_raw().unwrap_or_default();
        given.push(json!({ "name": name, "type": kind, "bytes": STANDARD.encode(bytes) }));
    }
    let window = cx.window()?;
    let want = Want { strict: cx.is_strict(), ..Want::new(selector, Need::Upload) };
    let found = element::wait(window, &want, timeout).await?;
    let argument = json!({ "selector": found.selector(selector), "files": given });
    let caused = window.caused();
    let answer = window.probe_in(found.frame(), GIVE, &argument, ANSWER).await?;
    match answer.as_str() {
        "\"given\"" => caused.settle(timeout).await,
        "\"one\"" => Err(Error::step_failed(format!("`{selector}` takes one file, not {}", files.len()))),
        _ => Err(Error::step_failed(format!("`{selector}` went away before it had its files"))),
    }
}
