//! `download`: the files that a page downloads while steps run.

use std::collections::HashSet;
use std::future::Future;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::given::Download;
use super::save_captures::free;
use crate::browser::{Downloads, State, Window, beside};
use crate::clock::at_most;
use crate::cx::Thrown;
use crate::policy::{Gate, Mark};
use crate::{Cx, Error, ErrorKind, files};

/// How long the files may take after the steps, when the recipe does not say.
const LIMIT: Duration = Duration::from_secs(60);

/// How long nothing may begin before no more files are waited for.
const QUIET: Duration = Duration::from_millis(500);

/// Runs steps, and gives the files that the page downloads meanwhile, in the order in which they began.
///
/// With a path they are written: a path whose last name has a `.` is the file's, any other one a folder. No file is put
/// in the place of another: it gets a number. Nothing is written when the steps have failed.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when none begins in time (60 s after the steps), one breaks off or is
/// too large (64 MiB), or one cannot be written; [`UrlNotAllowed`](ErrorKind::UrlNotAllowed) when a caller's page leads
/// where none may; [`NavigationFailed`](ErrorKind::NavigationFailed) when the page goes where nothing answers; [`Config`](crate::ErrorKind::Config) when the browser is on another
/// machine.
pub async fn download<R>(
    cx: &Cx,
    path: Option<&str>,
    timeout: Option<Duration>,
    steps: impl Future<Output = Result<R, Thrown>>,
) -> Result<(Result<R, Thrown>, Vec<Download>), Error> {
    let here = cx.place();
    if let Some(path) = path.filter(|path| *path != ".") {
        cx.files().check(path)?;
    }
    let window = cx.window()?;
    let since = window.gate().map(Gate::mark);
    let mut downloads = window.downloads().await?;
    let ended = beside(steps, downloads.run()).await;
    if ended.is_err() {
        return Ok((ended, Vec::new()));
    }
    cx.set_place(here);
    finish(&mut downloads, timeout.unwrap_or(LIMIT)).await.map_err(|error| {
        let is_whole = downloads.list().iter().any(|one| one.state == State::TooLarge);
        let why = if is_whole { None } else { refused(window, since, &downloads) };
        why.unwrap_or(error)
    })?;
    let mut taken = HashSet::new();
    let mut files = Vec::with_capacity(downloads.list().len());
    for done in downloads.list() {
        let name = free(&files::one_name(&cx.redactor().clean(&done.name)), &mut taken);
        let place = downloads.path(done);
        let bytes = files::blocking(move |_| Ok(std::fs::read(place))).await?.map_err(|error| {
            let message = format!(
                "`{name}` was downloaded, but cannot be read: {error}; the browser must run on this machine, and see its \
                 folder of temporary files"
            );
            Error::step_failed(message).with_source(error)
        })?;
        files.push((done.url.clone(), name, bytes));
    }
    drop(downloads);
    let mut given = Vec::with_capacity(files.len());
    for (url, mut name, bytes) in files {
        if let Some(path) = path {
            name = write(cx, path, &name, &bytes).await?;
        }
        given.push(record(url, name, &bytes));
    }
    Ok((ended, given))
}

/// Why no file came: what the page was led to may not be reached, however it asked for it.
fn refused(window: &Window, since: Option<Mark>, downloads: &Downloads) -> Option<Error> {
    let (gate, since) = window.gate().zip(since)?;
    let unreached = downloads.unreached().and_then(|url| Url::parse(url).ok());
    unreached.and_then(|url| gate.why(since, &url)).or_else(|| gate.denied(since))
}

/// Waits until every file is there, and no other one begins.
async fn finish(downloads: &mut Downloads, limit: Duration) -> Result<(), Error> {
    let end = Instant::now() + at_most(limit);
    loop {
        for download in downloads.list() {
            let name = &download.name;
            match download.state {
                State::UnderWay | State::Done => {}
                State::TooLarge => {
                    let limits = Downloads::limits();
                    return Err(Error::step_failed(format!(
                        "`{name}` is too much to download: at most {limits}"
                    )));
                }
                State::Broken => {
                    let of = match download.total {
                        0 => String::new(),
                        total => format!(" before its {total} bytes were there"),
                    };
                    return Err(Error::step_failed(format!("the download of `{name}` broke off{of}")));
                }
            }
        }
        let is_done =
            !downloads.list().is_empty() && downloads.list().iter().all(|one| one.state == State::Done);
        if let (Some(url), []) = (downloads.unreached(), downloads.list()) {
            return Err(Error::new(
                ErrorKind::NavigationFailed,
                format!("no download began: the page went on to `{url}`, which cannot be reached"),
            ));
        }
        let until = if is_done { Instant::now() + QUIET } else { end };
        match timeout_at(until, downloads.changed()).await {
            Ok(true) => {}
            Ok(false) => {
                return Err(Error::new(ErrorKind::BrowserLost, "the browser ended while it downloaded"));
            }
            Err(_) if is_done => return Ok(()),
            Err(_) => {
                let message = match downloads.list().iter().find(|one| one.state != State::Done) {
                    Some(one) => format!("`{}` was not downloaded within {limit:?}", one.name),
                    None => format!("no download began within {limit:?} after the steps"),
                };
                return Err(Error::step_failed(message));
            }
        }
    }
}

/// Writes a file where no other one is, and gives its name.
async fn write(cx: &Cx, path: &str, name: &str, bytes: &[u8]) -> Result<String, Error> {
    let is_file = path != "." && path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let path = match (path, is_file) {
        (".", _) => name.to_owned(),
        (path, true) => path.to_owned(),
        (path, false) => format!("{path}/{name}"),
    };
    let written = cx.write_new(&path, bytes).await?;
    Ok(written.rsplit('/').next().unwrap_or(&written).to_owned())
}

fn record(url: String, name: String, bytes: &[u8]) -> Download {
    // An address that holds its own content says nothing more.
    let (url, said) = match url.strip_prefix("data:") {
        Some(data) => {
            let said = data.split([';', ',']).next().unwrap_or_default().to_owned();
            ("data:".to_owned(), Some(said).filter(|said| !said.is_empty()))
        }
        None => (url, None),
    };
    // The browser does not tell what the server has said.
    let media_type = said.unwrap_or_else(|| mime_guess::from_path(&name).first_or_octet_stream().to_string());
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    Download { url, name, media_type, size, bytes_b64: STANDARD.encode(bytes) }
}
