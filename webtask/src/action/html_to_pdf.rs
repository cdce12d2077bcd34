//! `html to pdf`: HTML that is given, on paper.

use std::time::Duration;

use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use encoding_rs::Encoding;

use super::capture::{self, Captured};
use super::pdf::{Print, on_paper};
use crate::{Cx, Error, bom};

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

/// What HTML may do that the recipe did not write: show itself with its styles, pictures and fonts.
const RULES: &str =
    "script-src 'none'; object-src 'none'; frame-src 'none'; connect-src 'none'; form-action 'none'";

/// How far into a file its character set is looked for, as browsers do.
const HEAD: usize = 1024;

/// What writes the HTML into an empty page, and waits until it shows all.
const WRITE: &str = "async (html, css, rules) => {
    if (rules) {
        // They hold for the window, whatever is written into it then.
        const meta = document.createElement('meta');
        meta.httpEquiv = 'Content-Security-Policy';
        meta.content = rules;
        document.head.append(meta);
    }
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
    cx.pace().await;
    capture::check(cx, path)?;
    let html = match source {
        Html::Content(html) => html.to_owned(),
        Html::File(file) => {
            let bytes = cx.files().read(file).await?;
            let bytes = bytes.ok_or_else(|| Error::step_failed(format!("file `{file}` is missing")))?;
            decoded(&bytes)
        }
    };
    // What a file says may be a page's or a caller's.
    let is_ours = matches!(source, Html::Content(_));
    let window = cx.window()?;
    let sheet = match is_ours {
        true => window.sheet().await?,
        false => window.sheet_apart().await?,
    };
    let rules = if is_ours { "" } else { RULES };
    let arguments = crate::value::value(&(html, css, rules))?;
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

/// A file's HTML: UTF-8 when it is that or its byte order mark says so, else in the character set that it names, else as
/// browsers read what names none.
fn decoded(bytes: &[u8]) -> String {
    let bytes = bom::utf8(bytes);
    match std::str::from_utf8(&bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => named(&bytes).unwrap_or(encoding_rs::WINDOWS_1252).decode(&bytes).0.into_owned(),
    }
}

/// The character set that a `meta` or an XML declaration names.
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let names = ["charset", "encoding"].into_iter().flat_map(|word| head.split(word).skip(1));
    names
        .filter_map(|rest| rest.trim_start().strip_prefix('='))
        .map(|rest| rest.trim_start().trim_start_matches(['"', '\'']))
        .filter_map(|rest| rest.split(['"', '\'', ';', '>', '/', ' ', '\n', '\r', '\t']).next())
        .find_map(|label| Encoding::for_label(label.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_in_its_own_character_set() {
        for (bytes, text) in [
            (&b"<p>caf\xc3\xa9"[..], "<p>café"),
            (b"\xef\xbb\xbf<meta charset=latin1><p>caf\xc3\xa9", "<meta charset=latin1><p>café"),
            (b"<meta charset=\"iso-8859-2\"><p>\xb3", "<meta charset=\"iso-8859-2\"><p>ł"),
            (
                b"<meta http-equiv=content-type content='text/html; Charset = Shift_JIS'>\x93\x8c",
                "<meta http-equiv=content-type content='text/html; Charset = Shift_JIS'>東",
            ),
            (b"<?xml encoding='windows-1251'?>\xe6", "<?xml encoding='windows-1251'?>ж"),
            (b"<p>caf\xe9 \x80", "<p>café €"),
            (b"\xff\xfe<\0p\0", "<p"),
        ] {
            assert_eq!(decoded(bytes), text);
        }
    }
}
