//! `save captures`: what was downloaded or captured, as files of a folder.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::ANSWER;
use super::download_each::{decoded, is_data};
use super::file::{below, encoded};
use super::file_name::extension;
use super::given::File;
use crate::value::kind;
use crate::{Cx, Error};

/// Takes out of a page what its scripts have kept and is done: what has its bytes, or an error.
const DRAIN: &str = "(() => {
    const all = globalThis.__webtasks_captures;
    if (!Array.isArray(all)) return '[]';
    const isDone = one => one && (one.bytesB64 != null || one.error);
    const done = all.filter(isDone);
    all.splice(0, all.length, ...all.filter(one => !isDone(one)));
    const text = value => (value == null ? undefined : String(value));
    return JSON.stringify(done.map(one => ({ name: text(one.name), bytesB64: text(one.bytesB64), error: text(one.error) })));
})()";

/// Writes captures into a folder, which may be `.`: what `download each` gives, or any map with `bytesB64`, a `data:`
/// address, base64, or a list of such.
///
/// `naming` may have `{index}` (from 0), `{name}`, `{stem}` and `{ext}` in it. Of two with one path the second one gets
/// a number.
///
/// # Errors
///
/// When something is not a capture, a path is bad, or a file cannot be written: then none is.
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
    let files = files(cx, what, captures, dir, naming)?;
    write(cx, files).await.map(drop)
}

/// The files that captures become, with their paths.
fn files(
    cx: &Cx,
    what: &str,
    captures: Vec<Value>,
    dir: &str,
    naming: Option<&str>,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut taken = HashSet::new();
    let mut files = Vec::with_capacity(captures.len());
    for (index, capture) in captures.into_iter().enumerate() {
        let (name, bytes) = captured(what, index, &capture)?;
        let path = below(dir, &free(&named(naming.unwrap_or("{name}"), index, &name), &mut taken));
        cx.files().check(&path)?;
        files.push((path, bytes));
    }
    Ok(files)
}

/// Takes what the page's scripts keep in `__webtasks_captures`, a list of `{ name, bytesB64 }`, and writes it as
/// [`save_captures`] does. What is not done yet, and has neither `bytesB64` nor `error`, stays there.
///
/// # Errors
///
/// As [`save_captures`], and when something of it has an `error`.
pub async fn save_page_captures(cx: &Cx, dir: &str, naming: Option<&str>) -> Result<Vec<File>, Error> {
    cx.pace().await;
    let kept = cx.window()?.script(DRAIN, ANSWER).await?;
    cx.bounded("what the page keeps", kept.len())?;
    let kept: Vec<Value> = serde_json::from_str(&kept)
        .map_err(|error| Error::step_failed("what the page keeps cannot be read").with_source(error))?;
    for (index, capture) in kept.iter().enumerate() {
        if let Some(error) = capture["error"].as_str() {
            return Err(Error::step_failed(format!("capture {index} of the page failed: {error}")));
        }
    }
    let files = files(cx, "capture", kept, dir, naming)?;
    write(cx, files).await
}

/// Writes all of them or none.
async fn write(cx: &Cx, files: Vec<(String, Vec<u8>)>) -> Result<Vec<File>, Error> {
    let size = |bytes: &[u8]| i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let written = files.iter().map(|(path, bytes)| File { path: path.clone(), size: size(bytes) }).collect();
    cx.write_all(files).await?;
    Ok(written)
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
        Value::String(text) => match is_data(text) {
            true => {
                let got = decoded(text)?;
                let extension = extension(&got.media_type).map(|ext| format!(".{ext}")).unwrap_or_default();
                Ok((format!("{what}{extension}"), got.bytes))
            }
            false => {
                let bytes = STANDARD
                    .decode(text)
                    .map_err(|error| wrong(format!("is not base64: {error}")).with_source(error))?;
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
pub(super) fn free(path: &str, taken: &mut HashSet<String>) -> String {
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

/// A name that a page says, as one name of a path; empty when nothing of it can stand there.
fn component(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    match clean.trim() {
        "." | ".." => String::new(),
        clean => clean.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
