//! `download each` and `save captures`: what elements link to or show, as bytes and as files.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, COOKIE, REFERER, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::file::{below, encoded};
use super::{ANSWER, cookies};
use crate::browser::Frame;
use crate::fetch::Ask;
use crate::results::Download;
use crate::value::kind;
use crate::{Cx, Error};

/// How long all of it may take when nothing else is said.
const LIMIT: Duration = Duration::from_secs(60);

/// How many are fetched at once.
const AT_ONCE: usize = 4;

/// The address of each element, and the name that it says.
const FIND: &str = "selector => ({
    referer: location.href,
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
struct Got {
    media_type: String,
    disposition: String,
    bytes: Vec<u8>,
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
    let got = match found.url.strip_prefix("data:") {
        Some(data) => decoded(data)?,
        None => fetched(cx, page, &found.url).await?,
    };
    let name = name(found, &got);
    let size = i64::try_from(got.bytes.len()).unwrap_or(i64::MAX);
    // An address that holds its own content says nothing more.
    let url = if found.url.starts_with("data:") { "data:".to_owned() } else { found.url.clone() };
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
            Ok(Got { media_type: fetched.media_type, disposition: fetched.disposition, bytes })
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
    let said = |name| {
        let value: Option<&HeaderValue> = reply.headers.get(name);
        value.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default()
    };
    Ok(Got { media_type: said(CONTENT_TYPE), disposition: said(CONTENT_DISPOSITION), bytes: reply.body })
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

/// What is behind `data:`.
fn decoded(data: &str) -> Result<Got, Error> {
    let wrong = || Error::step_failed("a `data:` address cannot be read");
    let (head, data) = data.split_once(',').ok_or_else(wrong)?;
    let bytes: Vec<u8> = percent_decode_str(data).collect();
    let (media_type, bytes) = match head.strip_suffix(";base64") {
        Some(head) => {
            let bytes: Vec<u8> = bytes.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
            (head, STANDARD.decode(bytes).map_err(|_| wrong())?)
        }
        None => (head, bytes),
    };
    let media_type = if media_type.is_empty() { "text/plain" } else { media_type };
    Ok(Got { media_type: media_type.to_owned(), disposition: String::new(), bytes })
}

/// An address in a message.
fn shown(url: &str) -> &str {
    match url.char_indices().nth(200) {
        Some((end, _)) => &url[..end],
        None => url,
    }
}

/// What a download is called: as the element says, as the server says, or as the address ends.
fn name(found: &Found, got: &Got) -> String {
    let last = || {
        let url = Url::parse(&found.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let last = url.path_segments()?.next_back()?.to_owned();
        Some(percent_decode_str(&last).decode_utf8_lossy().into_owned())
    };
    let said = [Some(found.name.clone()), filename(&got.disposition), last()];
    let name = said.into_iter().flatten().map(|name| component(&name)).find(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| "file".into());
    match extension(&got.media_type) {
        Some(extension) if !name.contains('.') => format!("{name}.{extension}"),
        _ => name,
    }
}

/// The file's name in a `content-disposition`.
fn filename(disposition: &str) -> Option<String> {
    let parts = parameters(disposition);
    let find = |wanted: &str| {
        parts.iter().find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.trim().eq_ignore_ascii_case(wanted).then(|| value.trim())
        })
    };
    let encoded = find("filename*").and_then(|value| value.splitn(3, '\'').nth(2));
    match encoded {
        Some(text) => Some(percent_decode_str(text).decode_utf8_lossy().into_owned()),
        None => find("filename").map(str::to_owned),
    }
}

/// The parts of a header with `;` between, their quotes taken off.
fn parameters(header: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut chars) = (false, header.chars());
    while let Some(c) = chars.next() {
        let part = parts.last_mut().expect("it begins with one");
        match c {
            '"' => quoted = !quoted,
            '\\' if quoted => part.extend(chars.next()),
            ';' if !quoted => parts.push(String::new()),
            c => part.push(c),
        }
    }
    parts
}

/// A name that a page says, as one name of a path; empty when nothing of it can stand there.
fn component(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    match clean.trim() {
        "." | ".." => String::new(),
        clean => clean.to_owned(),
    }
}

fn extension(media_type: &str) -> Option<&'static str> {
    Some(match media_type.split(';').next().unwrap_or_default().trim() {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/avif" => "avif",
        "image/svg+xml" => "svg",
        "application/pdf" => "pdf",
        "application/json" => "json",
        "application/zip" => "zip",
        "text/html" => "html",
        "text/plain" => "txt",
        "text/csv" => "csv",
        "audio/mpeg" => "mp3",
        "audio/ogg" => "ogg",
        "video/mp4" => "mp4",
        "video/webm" => "webm",
        _ => return None,
    })
}

/// Writes captures into a folder, which may be `.`: what `download each` gives, or any map with `bytesB64`, a `data:`
/// address, base64, or a list of such.
///
/// `naming` may have `{index}` (from 0), `{name}`, `{stem}` and `{ext}` in it. Of two with one path the second one gets
/// a number.
///
/// # Errors
///
/// Before anything is written, when something is no capture or a path is bad.
pub async fn save_captures(
    cx: &Cx,
    what: &str,
    captures: Value,
    dir: &str,
    naming: Option<&str>,
) -> Result<(), Error> {
    let captures = match captures {
        Value::Array(captures) => captures,
        one => vec![one],
    };
    let mut taken = HashSet::new();
    let mut files = Vec::with_capacity(captures.len());
    for (index, capture) in captures.into_iter().enumerate() {
        let (name, bytes) = captured(what, index, &capture)?;
        let path = below(dir, &free(&named(naming.unwrap_or("{name}"), index, &name), &mut taken));
        cx.files().check(&path)?;
        files.push((path, bytes));
    }
    for (path, bytes) in files {
        cx.write(&path, bytes).await?;
    }
    Ok(())
}

/// A capture's name and bytes.
fn captured(what: &str, index: usize, capture: &Value) -> Result<(String, Vec<u8>), Error> {
    let wrong = |why: String| Error::step_failed(format!("capture {index} of `{what}` {why}"));
    match capture {
        Value::Object(map) => {
            let bytes = encoded(map)?.ok_or_else(|| wrong("has no `bytesB64`".into()))?;
            let said = ["name", "path"].iter().find_map(|key| map.get(*key)?.as_str());
            let name = said.map(component).filter(|name| !name.is_empty());
            Ok((name.unwrap_or_else(|| what.to_owned()), bytes))
        }
        Value::String(text) => match text.strip_prefix("data:") {
            Some(data) => {
                let got = decoded(data)?;
                let extension = extension(&got.media_type).map(|ext| format!(".{ext}")).unwrap_or_default();
                Ok((format!("{what}{extension}"), got.bytes))
            }
            None => {
                let bytes = STANDARD
                    .decode(text)
                    .map_err(|error| wrong(format!("is no base64: {error}")).with_source(error))?;
                Ok((what.to_owned(), bytes))
            }
        },
        other => Err(wrong(format!("is {}", kind(other)))),
    }
}

/// A name in the pattern's form.
fn named(pattern: &str, index: usize, name: &str) -> String {
    let (stem, ext) = match name.rsplit_once('.') {
        Some((stem, ext)) if !stem.is_empty() => (stem, ext),
        _ => (name, ""),
    };
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let index = index.to_string();
        let known = [("{index}", index.as_str()), ("{name}", name), ("{stem}", stem), ("{ext}", ext)];
        match known.iter().find(|(mark, _)| rest.starts_with(mark)) {
            Some((mark, value)) => {
                out.push_str(value);
                rest = &rest[mark.len()..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.trim_end_matches('.').to_owned()
}

/// The path, or the same with a number when it is taken.
fn free(path: &str, taken: &mut HashSet<String>) -> String {
    let (stem, ext) = match path.rsplit_once('.') {
        Some((stem, ext)) if !stem.is_empty() && !ext.contains('/') => (stem, format!(".{ext}")),
        _ => (path, String::new()),
    };
    let mut free = path.to_owned();
    let mut number = 1;
    // Some file systems do not tell capitals apart.
    while !taken.insert(free.to_lowercase()) {
        number += 1;
        free = format!("{stem}-{number}{ext}");
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_is_said_and_one_name_of_a_path() {
        for (url, attribute, disposition, media_type, expected) in [
            ("https://a/b/c%20d.png?x", "", "", "image/png", "c d.png"),
            ("https://a/b/", "", "", "image/png", "file.png"),
            ("https://a/b", "", "attachment; filename=\"x.bin\"", "", "x.bin"),
            ("https://a/b", "", "attachment; filename=x; filename*=UTF-8''%C3%A9.txt", "", "é.txt"),
            ("https://a/b", "", r#"attachment; FileName = "x;\"y\".bin"; size=1"#, "", "x;\"y\".bin"),
            ("https://a/b", "../../e\u{0}vil", "", "text/plain; charset=utf-8", "evil.txt"),
            ("https://a/%2e%2e%2f%2e%2e", "", "", "", "file"),
            ("https://a/b", "..", "", "", "b"),
            ("blob:https://a/1-2", "", "", "application/pdf", "file.pdf"),
        ] {
            let found = Found { url: url.into(), name: attribute.into() };
            let got =
                Got { media_type: media_type.into(), disposition: disposition.into(), bytes: Vec::new() };
            assert_eq!(name(&found, &got), expected, "{url} {attribute} {disposition}");
        }
    }

    #[test]
    fn a_pattern_names_and_no_two_are_the_same() {
        assert_eq!(named("{index}-{stem}.{ext}", 3, "a.b.png"), "3-a.b.png");
        assert_eq!(named("{name}{x}{", 0, "{index}"), "{index}{x}{");
        assert_eq!(named("{stem}.{ext}", 0, "a"), "a");
        assert_eq!(named("{stem}", 0, ".hidden"), ".hidden");
        let mut taken = HashSet::new();
        let paths =
            ["a.png", "A.png", "a.png", "b", "b", "x.y/b", "x.y/b"].map(|path| free(path, &mut taken));
        assert_eq!(paths, ["a.png", "A-2.png", "a-3.png", "b", "b-2", "x.y/b", "x.y/b-2"]);
    }

    #[test]
    fn an_address_may_hold_its_content() {
        let got = decoded("text/plain;charset=utf-8,a%20%C3%A9,b").expect("text");
        assert_eq!(
            (got.media_type.as_str(), got.bytes.as_slice()),
            ("text/plain;charset=utf-8", "a é,b".as_bytes())
        );
        assert_eq!(decoded("image/png;base64,AP%38%3D").expect("bytes").bytes, [0, 255]);
        for wrong in ["", "text/plain", ";base64,?"] {
            assert!(decoded(wrong).is_err(), "{wrong}");
        }
    }
}
