//! `download each`: what elements link to or show, as bytes.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use data_url::DataUrl;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, COOKIE, REFERER, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::file_name::{self, Said};
use super::given::Download;
use super::{ANSWER, cookies};
use crate::browser::Frame;
use crate::fetch::Ask;
use crate::{Cx, Error};

/// How long all of it may take when nothing else is said.
const LIMIT: Duration = Duration::from_secs(60);

/// How many are fetched at once.
const AT_ONCE: usize = 4;

/// The address of each element, and the name that it says.
const FIND: &str = "selector => ({
    referer: location.href,
    charset: document.characterSet,
    agent: navigator.userAgent,
    found: Array.from(selectors.every(selector), element => {
        const link = element.href ?? element.getAttribute('href');
        const url = element.localName === 'canvas'
            ? element.toDataURL()
            : element.currentSrc || element.src || element.data || element.poster || (link?.baseVal ?? link) || '';
        // A link of its document: absolute as that is, in its character set.
        const absolute = url ? Object.assign(element.ownerDocument.createElement('a'), { href: url }).href : '';
        return { url: absolute, name: element.getAttribute('download') ?? '' };
    }),
})";

/// Fetches as the page does, with its cookies.
const FETCH: &str = "async url => {
    const most = 32 << 20;
    try {
        const reply = await fetch(url, { credentials: 'include' });
        if (Number(reply.headers.get('content-length')) > most) return { large: true };
        const bytes = new Uint8Array(await reply.arrayBuffer());
        if (bytes.length > most) return { large: true };
        let text = '';
        for (let at = 0; at < bytes.length; at += 32768)
            text += String.fromCharCode(...bytes.subarray(at, at + 32768));
        return {
            status: reply.status,
            type: reply.headers.get('content-type') ?? '',
            disposition: reply.headers.get('content-disposition') ?? '',
            bytes: btoa(text),
        };
    } catch (error) {
        return { failed: String(error?.message ?? error) };
    }
}";

/// What the page says of the elements.
#[derive(Deserialize)]
struct Page {
    referer: String,
    charset: String,
    agent: String,
    found: Vec<Found>,
    /// The frame of another origin that says it.
    #[serde(skip)]
    frame: Option<Arc<Frame>>,
}

/// An element's address.
#[derive(Deserialize)]
struct Found {
    url: String,
    name: String,
}

/// What the page fetched.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fetched {
    status: u16,
    #[serde(rename = "type")]
    media_type: String,
    disposition: String,
    bytes: String,
    large: bool,
    failed: Option<String>,
}

/// Bytes with what was said of them.
pub(super) struct Got {
    pub(super) media_type: String,
    /// As it came.
    disposition: Vec<u8>,
    pub(super) bytes: Vec<u8>,
}

/// Fetches what each element links to or shows, in the order of the page.
///
/// The page fetches it, and where it may not, as from another site, we do with its cookies.
///
/// # Errors
///
/// When one has no address or cannot be fetched, or when the time (60 s) is over.
pub async fn download_each(
    cx: &Cx,
    selector: &str,
    timeout: Option<Duration>,
) -> Result<Vec<Download>, Error> {
    cx.pace().await;
    let limit = timeout.unwrap_or(LIMIT);
    match tokio::time::timeout(limit, all(cx, selector)).await {
        Ok(downloads) => downloads,
        Err(_) => Err(Error::step_failed(format!(
            "not everything that `{selector}` matches was downloaded within {limit:?}"
        ))),
    }
}

async fn all(cx: &Cx, selector: &str) -> Result<Vec<Download>, Error> {
    let window = cx.window()?;
    let mut pages = vec![read::<Page>(&window.probe(FIND, &json!(selector), ANSWER).await?)?];
    for (frame, rest) in window.frames(selector).await? {
        match frame.probe(FIND, &json!(rest), ANSWER).await {
            Ok(page) => pages.push(Page { frame: Some(frame), ..read(&page)? }),
            Err(error) if frame.is_gone(&error) => {}
            Err(error) => return Err(error),
        }
    }
    let all: Vec<_> =
        pages.iter().flat_map(|page| page.found.iter().map(move |found| (page, found))).collect();
    if let Some(index) = all.iter().position(|(_, found)| found.url.is_empty()) {
        let message = format!("element {index} of those that match `{selector}` has no address");
        return Err(Error::step_failed(message));
    }
    let mut downloads = Vec::with_capacity(all.len());
    for some in all.chunks(AT_ONCE) {
        let got = some.iter().map(|(page, found)| one(cx, page, found));
        downloads.extend(futures::future::try_join_all(got).await?);
    }
    Ok(downloads)
}

async fn one(cx: &Cx, page: &Page, found: &Found) -> Result<Download, Error> {
    let got = match is_data(&found.url) {
        true => decoded(&found.url)?,
        false => fetched(cx, page, &found.url).await?,
    };
    // Before a name is made of them: of a part of a secret nobody would know.
    let redactor = cx.redactor();
    let name = file_name::choose(&Said {
        disposition: &redactor.bytes(got.disposition),
        attribute: &redactor.clean(&found.name),
        url: &redactor.clean(&found.url),
        media_type: &got.media_type,
        charset: &page.charset,
    });
    let size = i64::try_from(got.bytes.len()).unwrap_or(i64::MAX);
    // An address that holds its own content says nothing more.
    let url = if is_data(&found.url) { "data:".to_owned() } else { found.url.clone() };
    Ok(Download { url, name, media_type: got.media_type, size, bytes_b64: STANDARD.encode(got.bytes) })
}

async fn fetched(cx: &Cx, page: &Page, url: &str) -> Result<Got, Error> {
    let window = cx.window()?;
    let fetched = window.probe_in(page.frame.as_ref(), FETCH, &json!(url), Duration::MAX).await?;
    let fetched: Fetched = read(&fetched)?;
    match fetched.failed {
        None if fetched.large => Err(Error::step_failed(format!("`{}` is more than 32 MiB", shown(url)))),
        None => {
            good(url, fetched.status)?;
            let bytes = STANDARD.decode(&fetched.bytes).map_err(|error| {
                Error::step_failed(format!("`{}` came out wrong", shown(url))).with_source(error)
            })?;
            // A header comes with a character for each byte.
            let disposition = fetched.disposition.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
            Ok(Got { media_type: fetched.media_type, disposition, bytes })
        }
        Some(reason) => match Url::parse(url) {
            Ok(parsed) if matches!(parsed.scheme(), "http" | "https") => ours(cx, page, parsed).await,
            _ => Err(Error::step_failed(format!("`{}` cannot be downloaded: {reason}", shown(url)))),
        },
    }
}

/// What the page may not fetch, fetched without it.
async fn ours(cx: &Cx, page: &Page, url: Url) -> Result<Got, Error> {
    let jar = cookies::stored(cx, Some(&[url.as_str()])).await?;
    let jar = jar.iter().filter(|cookie| cookies::is_sent_in(cookie, &page.referer));
    let jar: Vec<_> = jar.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
    let mut headers = HeaderMap::new();
    let mut say = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_bytes(value.as_bytes())
            && !value.is_empty()
        {
            headers.insert(name, value);
        }
    };
    say(USER_AGENT, &page.agent);
    say(COOKIE, &jar.join("; "));
    if let Ok(referer) = Url::parse(&page.referer) {
        let origin = referer.origin();
        if origin.is_tuple() && (referer.scheme() != "https" || url.scheme() == "https") {
            say(REFERER, &format!("{}/", origin.ascii_serialization()));
        }
    }
    let text = url.to_string();
    let (_, reply) =
        cx.ask(Ask { method: Method::GET, url, headers, body: Vec::new() }, cx.is_guarded(false)?).await?;
    good(&text, reply.status)?;
    let said = |name| reply.headers.get(name).map(HeaderValue::as_bytes).unwrap_or_default().to_vec();
    let media_type = String::from_utf8_lossy(&said(CONTENT_TYPE)).into_owned();
    Ok(Got { media_type, disposition: said(CONTENT_DISPOSITION), bytes: reply.body })
}

fn good(url: &str, status: u16) -> Result<(), Error> {
    match status {
        200..=299 => Ok(()),
        other => Err(Error::step_failed(format!("`{}` answers {other}", shown(url)))),
    }
}

fn read<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text)
        .map_err(|error| Error::step_failed("the page gave no list of addresses").with_source(error))
}

/// Whether an address holds its own content.
pub(super) fn is_data(url: &str) -> bool {
    url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// The content that a `data:` address holds, as browsers read it.
pub(super) fn decoded(url: &str) -> Result<Got, Error> {
    let wrong = || Error::step_failed("a `data:` address cannot be read");
    let read = DataUrl::process(url).map_err(|_| wrong())?;
    let (bytes, _) = read.decode_to_vec().map_err(|_| wrong())?;
    let (said, head) = (read.mime_type(), url.split(',').next().unwrap_or_default());
    // Browsers take ASCII for what says nothing, and its bytes may be anything.
    let media_type = match said.type_ == "text" && said.subtype == "plain" && !head.contains("charset") {
        true => "text/plain".to_owned(),
        false => said.to_string(),
    };
    Ok(Got { media_type, disposition: Vec::new(), bytes })
}

/// An address in a message.
fn shown(url: &str) -> &str {
    match url.char_indices().nth(200) {
        Some((end, _)) => &url[..end],
        None => url,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_hold_its_content() {
        for (url, media_type, bytes) in [
            ("data:text/plain;charset=utf-8,a%20%C3%A9,b", "text/plain;charset=utf-8", "a é,b".as_bytes()),
            ("data:image/png;base64,AP%38%3D", "image/png", &[0, 255]),
            ("DATA:image/png; base64,A P\n8", "image/png", &[0, 255]),
            ("data:,a", "text/plain", b"a"),
            ("data:;base64,YQ==", "text/plain", b"a"),
            ("data:text/html,a%23b#there", "text/html", b"a#b"),
        ] {
            let got = decoded(url).expect(url);
            assert_eq!((got.media_type.as_str(), got.bytes.as_slice()), (media_type, bytes), "{url}");
        }
        for wrong in ["", "data:", "data:text/plain", "data:;base64,?"] {
            assert!(decoded(wrong).is_err(), "{wrong}");
        }
    }
}
