//! A directory below a prefix: listed as JSON, its files served whole or in parts. Nothing leads out of it.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, Metadata};
use futures::stream;
use headers::{
    AcceptRanges, ContentLength, ContentRange, ETag, HeaderMapExt as _, IfModifiedSince, IfNoneMatch,
    IfRange, LastModified,
};
use http::StatusCode;
use http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use serde::Serialize;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

use super::range::{self, Part};
use super::reject::Refusal;
use super::respond::{Response, ResponseBody, empty, json};
use crate::header::only;
use crate::{Error, ErrorKind, regular};

/// How many bytes are read at a time.
const CHUNK: u64 = 64 * 1024;

/// How many entries a list has at most.
const ENTRIES: usize = 10_000;

/// Which pages may have a file as a part of theirs.
static POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The last second that a date of HTTP can say, in the year 9999.
const LAST: u64 = 253_402_300_799;

/// A directory that is served.
#[derive(Clone, Debug)]
pub(super) struct Mount {
    /// Where it stands, without slashes at its ends.
    prefix: String,
    root: Arc<Dir>,
}

/// What a path below a mount names.
enum Found {
    List(Vec<Entry>),
    File(File, Metadata),
}

/// An entry of a directory.
#[derive(Serialize)]
struct Entry {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    size: u64,
    /// Seconds since 1970.
    modified: Option<u64>,
}

impl Mount {
    /// Opens the directory, so that it stays the same one whatever its path becomes.
    pub(super) fn new(prefix: &str, directory: &Path) -> Result<Self, Error> {
        let wrong = |message: String| Error::new(ErrorKind::Config, message);
        let bare = prefix.trim_matches('/');
        let good = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
        let ours = ["tasks", "runs", "health", "livez", "readyz", "metrics", "openapi.json"];
        if bare.is_empty()
            || !bare.chars().all(good)
            || bare.split('/').any(|part| matches!(part, "" | "." | ".."))
        {
            return Err(wrong(format!("`{prefix}` is not a prefix for files; write one such as `/files`")));
        }
        if ours.contains(&bare.split('/').next().unwrap_or_default()) {
            return Err(wrong(format!(
                "`{prefix}` is a path of the server itself; mount the files elsewhere"
            )));
        }
        let root = Dir::open_ambient_dir(directory, ambient_authority()).map_err(|error| {
            let directory = directory.display();
            wrong(format!("the files of `{prefix}` cannot be served from `{directory}`: {error}"))
                .with_source(error)
        })?;
        Ok(Self { prefix: bare.to_owned(), root: Arc::new(root) })
    }

    /// What of a path is below this mount, when it is.
    pub(super) fn below<'p>(&self, path: &'p str) -> Option<&'p str> {
        let rest = path.strip_prefix(&self.prefix)?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    }

    /// The list or the file that a path below the mount names.
    pub(super) async fn reply(&self, path: &str, headers: &HeaderMap) -> Result<Response, Refusal> {
        let (root, wanted) = (self.root.clone(), path.to_owned());
        let found = tokio::task::spawn_blocking(move || find(&root, &wanted)).await;
        match found {
            Ok(Ok(Found::List(entries))) => {
                let text = serde_json::to_string(&entries).unwrap_or_default();
                Ok(json(StatusCode::OK, text))
            }
            Ok(Ok(Found::File(file, metadata))) => {
                let file = tokio::fs::File::from_std(file.into_std());
                serve(file, &metadata, path, headers).await.map_err(|_| Refusal::NotFound)
            }
            // What may not be read is as if it were not there.
            Ok(Err(_)) | Err(_) => Err(Refusal::NotFound),
        }
    }
}

fn find(root: &Dir, path: &str) -> io::Result<Found> {
    let path = path.trim_matches('/');
    let hidden = |name: &str| name.starts_with('.');
    if path.split('/').any(hidden) || path.contains(['\\', '\0']) {
        return Err(io::ErrorKind::NotFound.into());
    }
    let path = if path.is_empty() { "." } else { path };
    let metadata = root.metadata(path)?;
    if !metadata.is_dir() {
        let file = regular::open_in(root, path.as_ref())?;
        // Of what was opened, which may be another file by now.
        let metadata = file.metadata()?;
        return Ok(Found::File(file, metadata));
    }
    let mut entries = Vec::new();
    for entry in root.read_dir(path)?.take(ENTRIES) {
        let entry = entry?;
        // A name that is not text cannot be asked for either.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let metadata = entry.metadata()?;
        let kind = if metadata.is_dir() { "directory" } else { "file" };
        if hidden(&name) || !(metadata.is_dir() || metadata.is_file()) {
            continue;
        }
        let modified = modified(&metadata).and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        entries.push(Entry {
            name,
            kind,
            size: metadata.len(),
            modified: modified.map(|time| time.as_secs()),
        });
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Found::List(entries))
}

async fn serve(
    mut file: tokio::fs::File,
    metadata: &Metadata,
    path: &str,
    headers: &HeaderMap,
) -> io::Result<Response> {
    let modified = modified(metadata);
    let tag = tag(metadata, modified);
    let last = modified.map(LastModified::from);
    if is_known(headers, &tag, modified) {
        let mut response = empty(StatusCode::NOT_MODIFIED);
        response.headers_mut().typed_insert(tag);
        return Ok(response);
    }
    let length = metadata.len();
    let part = part(headers, length, &tag, last.as_ref());
    let (start, end, status) = match part {
        Part::Whole => (0, length, StatusCode::OK),
        Part::Some(start, end) => (start, end, StatusCode::PARTIAL_CONTENT),
        Part::None => {
            let mut response = empty(StatusCode::RANGE_NOT_SATISFIABLE);
            response.headers_mut().typed_insert(ContentRange::unsatisfied_bytes(length));
            return Ok(response);
        }
    };
    file.seek(io::SeekFrom::Start(start)).await?;
    let body = stream::try_unfold((file, end - start), |(mut file, left)| async move {
        if left == 0 {
            return Ok::<_, io::Error>(None);
        }
        let mut chunk = Vec::with_capacity(CHUNK.min(left) as usize);
        let read = (&mut file).take(CHUNK.min(left)).read_to_end(&mut chunk).await? as u64;
        // A file that shrank: the length was promised, so the answer must break off.
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some((Bytes::from(chunk), (file, left - read))))
    });
    let mut response = Response::new(ResponseBody::stream(body));
    *response.status_mut() = status;
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let headers = response.headers_mut();
    headers.typed_insert(AcceptRanges::bytes());
    headers.typed_insert(ContentLength(end - start));
    headers.typed_insert(tag);
    if let Some(last) = last {
        headers.typed_insert(last);
    }
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(range) = ContentRange::bytes(start..end, length)
    {
        headers.typed_insert(range);
    }
    if let Ok(kind) = HeaderValue::from_str(kind.as_ref()) {
        headers.insert(CONTENT_TYPE, kind);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // A page that was saved from anywhere must not act as one of this server's own.
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox"));
    // No page of another origin has it as a script or a picture of its own, whatever its browser says of itself.
    headers.insert(&POLICY, HeaderValue::from_static("same-origin"));
    Ok(response)
}

/// What stands for a file's content: it changes when the file does.
fn tag(metadata: &Metadata, modified: Option<SystemTime>) -> ETag {
    let age = modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    format!("\"{:x}-{:x}\"", metadata.len(), age.as_nanos()).parse().expect("hexadecimal digits in quotes")
}

fn is_known(headers: &HeaderMap, tag: &ETag, modified: Option<SystemTime>) -> bool {
    if let Some(condition) = headers.typed_get::<IfNoneMatch>() {
        return !condition.precondition_passes(tag);
    }
    match (headers.typed_get::<IfModifiedSince>(), modified) {
        (Some(condition), Some(modified)) => !condition.is_modified(modified),
        _ => false,
    }
}

/// The range that is asked for, when the file is still the one that its caller knows a part of.
fn part(headers: &HeaderMap, length: u64, tag: &ETag, last: Option<&LastModified>) -> Part {
    let Some(range) = only(headers, RANGE).ok().flatten().and_then(|range| range.to_str().ok()) else {
        return Part::Whole;
    };
    if headers.typed_get::<IfRange>().is_some_and(|condition| condition.is_modified(Some(tag), last)) {
        return Part::Whole;
    }
    range::part(range, length)
}

/// When a file was changed, as far as HTTP can say it: a file may claim any time.
fn modified(metadata: &Metadata) -> Option<SystemTime> {
    let time = metadata.modified().ok()?.into_std();
    let age = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    (age.as_secs() <= LAST).then_some(time)
}
