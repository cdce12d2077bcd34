//! `read file`, `write files`, `save html`: text files below the folder of files.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::ANSWER;
use super::given::File;
use crate::browser::Window;
use crate::large::apart;
use crate::value::kind;
use crate::{Cx, Error, bom};

/// The HTML of the document or of an element; nothing without it.
const HTML: &str = include_str!("file/page.js");

/// What is in a text file.
///
/// # Errors
///
/// When there is none, or it is not text.
pub async fn read_file(cx: &Cx, path: &str) -> Result<String, Error> {
    read_file_optional(cx, path).await?.ok_or_else(|| {
        Error::step_failed(format!("there is no file `{path}`; `optional` makes it null when it is missing"))
    })
}

/// What is in a text file; nothing when there is none.
///
/// # Errors
///
/// When it is neither UTF-8 nor, by its byte order mark, UTF-16.
pub async fn read_file_optional(cx: &Cx, path: &str) -> Result<Option<String>, Error> {
    let Some(bytes) = cx.files().read(path).await? else { return Ok(None) };
    let text = String::from_utf8(bom::utf8(&bytes).into_owned()).map_err(|error| {
        Error::step_failed(format!("file `{path}` is not text: {}", error.utf8_error())).with_source(error)
    })?;
    Ok(Some(text))
}

/// Writes files into a folder, which may be `.`.
///
/// `files` is a map from paths to contents, or a list of `{ path, content }` or `{ path, bytesB64 }`. A content that is
/// no string is written as JSON.
///
/// # Errors
///
/// When a file has no good path or content, or one of them cannot be written: then none is, and what was there before is
/// there still.
pub async fn write_files(cx: &Cx, root: &str, files: Value) -> Result<Vec<File>, Error> {
    let files = match files {
        Value::Object(files) => {
            files.into_iter().map(|(path, content)| (path, bytes(content))).collect::<Vec<_>>()
        }
        Value::Array(files) => files.into_iter().map(described).collect::<Result<_, _>>()?,
        other => {
            let message = format!(
                "`files` needs a map of contents, or a list of `{{ path, content }}`, not {}",
                kind(&other)
            );
            return Err(Error::step_failed(message));
        }
    };
    let mut all = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        let path = below(root, &path);
        cx.files().check(&path)?;
        all.push((path, bytes));
    }
    let size = |bytes: &[u8]| i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let written = all.iter().map(|(path, bytes)| File { path: path.clone(), size: size(bytes) }).collect();
    cx.write_all(all).await?;
    Ok(written)
}

/// Writes the HTML of the page, or of the first element that matches, to a file.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when nothing matches.
pub async fn save_html(cx: &Cx, selector: Option<&str>, path: &str) -> Result<(), Error> {
    cx.pace().await;
    cx.files().check(path)?;
    match html(cx.window()?, selector).await? {
        Some(html) => {
            cx.bounded("the HTML", html.len())?;
            cx.write(path, html).await
        }
        None => {
            let selector = selector.unwrap_or_default();
            Err(Error::step_failed(format!("no element matches `{selector}`")))
        }
    }
}

async fn html(window: &Window, selector: Option<&str>) -> Result<Option<String>, Error> {
    let found = text(window.probe(HTML, &json!(selector), ANSWER).await?).await;
    if found.is_none() {
        for (frame, rest) in window.frames(selector.unwrap_or_default()).await? {
            match frame.probe(HTML, &json!(rest), ANSWER).await {
                Ok(json) => match text(json).await {
                    None => {}
                    found => return Ok(found),
                },
                Err(error) if frame.is_gone(&error) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(found)
}

/// A text as the page writes it.
async fn text(json: String) -> Option<String> {
    apart(json.len(), move || serde_json::from_str(&json).ok()).await
}

/// A path in a folder.
pub(super) fn below(root: &str, path: &str) -> String {
    match root {
        "." => path.to_owned(),
        root => format!("{root}/{path}"),
    }
}

/// A file of a list, with its path.
fn described(file: Value) -> Result<(String, Vec<u8>), Error> {
    let bad = |what: &str| Error::step_failed(format!("a file of `files` {what}"));
    let Value::Object(mut file) = file else {
        return Err(bad(&format!("must be a map, not {}", kind(&file))));
    };
    let Some(Value::String(path)) = file.get_mut("path").map(Value::take) else {
        return Err(bad("has no `path`"));
    };
    let bytes = match (encoded(&file)?, file.get_mut("content").map(Value::take)) {
        (Some(bytes), _) => bytes,
        (None, Some(content)) => bytes(content),
        (None, None) => return Err(bad(&format!("has no `content`: `{path}`"))),
    };
    Ok((path, bytes))
}

/// What stands in `bytesB64`.
pub(super) fn encoded(file: &Map<String, Value>) -> Result<Option<Vec<u8>>, Error> {
    let Some(Value::String(text)) = file.get("bytesB64") else { return Ok(None) };
    let bytes = STANDARD.decode(text).map_err(|error| {
        Error::step_failed(format!("`bytesB64` is not base64: {error}")).with_source(error)
    })?;
    Ok(Some(bytes))
}

/// A content as it is written: a text as it is, anything else as JSON.
fn bytes(content: Value) -> Vec<u8> {
    match content {
        Value::String(text) => text.into(),
        other => format!("{other:#}\n").into(),
    }
}
