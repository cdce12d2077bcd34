//! `html to pdf`: HTML that is given, on paper.

use std::time::Duration;

use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;

use super::capture::{self, Captured};
use super::pdf::{Print, on_paper};
use crate::{Cx, Error};

/// How long the HTML may take to load what it shows.
const LIMIT: Duration = Duration::from_secs(30);

/// Where HTML comes from.
#[derive(Clone, Copy, Debug)]
pub enum Html<'a> {
    /// It is given.
    Content(&'a str),
    /// A file in the folder of files.
    File(&'a str),
}

/// What writes the HTML into an empty page, and waits until it shows all.
const WRITE: &str = "async (html, css) => {
    // This ends all listeners, so ours comes after it.
    document.open();
    const loaded = new Promise(done => addEventListener('load', done, { once: true }));
    document.write(html);
    document.close();
    if (css) {
        const style = document.createElement('style');
        style.textContent = css;
        (document.head ?? document.documentElement).append(style);
    }
    if (document.readyState !== 'complete') await loaded;
    await Promise.all([...document.images].map(image => image.decode().catch(() => {})));
    await document.fonts.ready;
    return 'done';
}";

/// Prints HTML in a page of its own, and writes the file when there is a path.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when a file cannot be read or written, or what the HTML shows is not
/// loaded in time.
pub async fn html_to_pdf(
    cx: &Cx,
    path: Option<&str>,
    source: Html<'_>,
    css: &str,
    print: &Print<'_>,
) -> Result<Captured, Error> {
    capture::check(cx, path)?;
    let html = match source {
        Html::Content(html) => html.to_owned(),
        Html::File(file) => {
            let bytes = cx.files().read(file).await?;
            let bytes = bytes.ok_or_else(|| Error::step_failed(format!("file `{file}` is missing")))?;
            let text = String::from_utf8_lossy(&bytes);
            text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()
        }
    };
    let sheet = cx.window()?.sheet().await?;
    let arguments = crate::value::value(&(html, css))?;
    let mut call = EvaluateParams::new(format!("({WRITE})(...{arguments})"));
    call.await_promise = Some(true);
    call.return_by_value = Some(true);
    let written = tokio::time::timeout(LIMIT, sheet.session().call_within(call, Duration::MAX)).await;
    match written {
        Ok(reply) => {
            if let Some(exception) = reply?.exception_details {
                return Err(Error::step_failed(format!("the HTML cannot be shown: {}", exception.text)));
            }
        }
        Err(_) => return Err(Error::step_failed(format!("the HTML was not loaded within {LIMIT:?}"))),
    }
    let bytes = on_paper(sheet.session(), print).await?;
    drop(sheet);
    Captured::keep(cx, path, bytes).await
}
