//! What a download is called, as Chromium chooses it: by the header, by the element, or as the address ends.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use percent_encoding::percent_decode;
use url::Url;

use crate::files::one_name;

mod disposition;

/// What a name is called that nobody has said.
const UNNAMED: &str = "download";

/// How many bytes a name may have before its extension, and how many characters that. A file system takes 255 bytes.
const LONGEST: (usize, usize) = (200, 16);

/// What is known of a download.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said<'a> {
    /// The header, as it came.
    pub(super) disposition: &'a [u8],
    /// The attribute `download` of its link.
    pub(super) attribute: &'a str,
    /// Where it came from.
    pub(super) url: &'a str,
    /// Its media type.
    pub(super) media_type: &'a str,
    /// The character set of its page.
    pub(super) charset: &'a str,
}

/// The name of a download: one name of a path, on every system.
pub(super) fn choose(said: &Said<'_>) -> String {
    let charset = Encoding::for_label(said.charset.as_bytes());
    let header = disposition::filename(said.disposition, charset);
    let attribute = Some(said.attribute.trim().to_owned());
    let told = [header, attribute].into_iter().flatten().find(|name| !name.is_empty());
    let (name, is_made) = match told {
        Some(name) => (name, false),
        None => last_segment(said.url, charset).unwrap_or_default(),
    };
    let is_empty = name.chars().all(|c| matches!(c, '.' | '/' | '\\'));
    let (name, is_made) = if is_empty { (UNNAMED, false) } else { (name.as_str(), is_made) };
    let name = one_name(name);
    let (stem, own) = split(&name);
    match extension(said.media_type) {
        // A query makes a page of many kinds.
        Some(known) if is_made || own.is_empty() => short(stem, known),
        _ => short(stem, own),
    }
}

/// The last segment of an address, and whether its extension says little of what is there.
fn last_segment(url: &str, charset: Option<&'static Encoding>) -> Option<(String, bool)> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https" | "ftp" | "file"))?;
    let last = url.path_segments()?.next_back()?;
    let bytes: Vec<u8> = percent_decode(last.as_bytes()).collect();
    Some((text(&bytes, charset), url.query().is_some()))
}

/// Bytes that are UTF-8 or, where they are not, in the page's character set.
fn text(bytes: &[u8], charset: Option<&'static Encoding>) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let charset = charset.filter(|charset| *charset != UTF_8).unwrap_or(WINDOWS_1252);
            charset.decode_without_bom_handling(bytes).0.into_owned()
        }
    }
}

/// A name and its extension.
fn split(name: &str) -> (&str, &str) {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, extension),
        _ => (name, ""),
    }
}

/// Both together, as long as a file's name may be.
fn short(stem: &str, extension: &str) -> String {
    let (longest, longest_extension) = LONGEST;
    let stem = &stem[..stem.floor_char_boundary(longest)];
    let extension: String = extension.chars().take(longest_extension).collect();
    match extension.as_str() {
        "" => stem.to_owned(),
        extension => format!("{stem}.{extension}"),
    }
}

/// The extension of what has none.
pub(super) fn extension(media_type: &str) -> Option<&'static str> {
    let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Some(match media_type.as_str() {
        "image/png" => "png",
        "image/jpeg" => "jpeg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/avif" => "avif",
        "image/bmp" => "bmp",
        "image/tiff" => "tiff",
        "image/x-icon" | "image/vnd.microsoft.icon" => "ico",
        "image/svg+xml" => "svg",
        "application/pdf" => "pdf",
        "application/json" => "json",
        "application/xml" | "text/xml" => "xml",
        "application/zip" => "zip",
        "application/gzip" | "application/x-gzip" => "gz",
        "application/x-tar" => "tar",
        "application/epub+zip" => "epub",
        "application/wasm" => "wasm",
        "application/rtf" => "rtf",
        "application/msword" => "doc",
        "application/vnd.ms-excel" => "xls",
        "application/vnd.ms-powerpoint" => "ppt",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "pptx",
        "application/xhtml+xml" => "xhtml",
        "text/html" => "html",
        "text/plain" => "txt",
        "text/csv" => "csv",
        "text/css" => "css",
        "text/markdown" => "md",
        "text/calendar" => "ics",
        "text/javascript" | "application/javascript" => "js",
        "audio/mpeg" => "mp3",
        "audio/ogg" => "ogg",
        "audio/wav" => "wav",
        "audio/flac" => "flac",
        "audio/mp4" => "m4a",
        "video/mp4" => "mp4",
        "video/webm" => "webm",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
