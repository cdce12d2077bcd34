//! `save captures`: what was downloaded or captured, as files of a folder.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::download_each::decoded;
use super::file::{below, encoded};
use super::file_name::extension;
use crate::value::kind;
use crate::{Cx, Error};

/// Writes captures into a folder, which may be `.`: what `download each` gives, or any map with `bytesB64`, a `data:`
/// address, base64, or a list of such.
///
/// `naming` may have `{index}` (from 0), `{name}`, `{stem}` and `{ext}` in it. Of two with one path the second one gets
/// a number.
///
/// # Errors
///
/// When something is no capture, a path is bad, or a file cannot be written: then none is.
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
    cx.write_all(files).await
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
