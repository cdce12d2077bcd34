//! Answers requests from a directory: how a URL becomes the name of a file. It knows no browser.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};

use http::{HeaderName, HeaderValue};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use super::{Answer, Found, Request};
use crate::misfit::Misfit;

/// What a file's name ends with when it says how another one is answered.
const SIDE: &str = ".replay.json";

/// A directory of answers.
#[derive(Debug)]
pub(super) struct Directory {
    /// Without links, so that it can be told what lies outside.
    root: PathBuf,
}

impl Directory {
    pub(super) fn open(path: &Path) -> std::io::Result<Self> {
        Ok(Self { root: path.canonicalize()? })
    }

    /// What answers a request. It reads files, so it may block.
    pub(super) fn find(&self, request: &Request) -> Found {
        let names = Url::parse(&request.url).ok().and_then(|url| names(&url)).unwrap_or_default();
        let mut other = None;
        for name in &names {
            match self.look(name, &request.method) {
                Ok(Place::Answer(answer)) => return Found::Answer(answer),
                Ok(Place::OtherMethod) => _ = other.get_or_insert(name),
                Ok(Place::Nothing) => {}
                Err(reason) => return Found::Missing(reason),
            }
        }
        // The names with the query come first, and the plain one is what most want to add.
        let plain = names.iter().find(|name| !name.file.contains(QUERY)).or(names.first());
        Found::Missing(match other.or(plain) {
            None => "only `http` and `https` URLs are replayed".into(),
            Some(name) if request.is_read() && other.is_none() => {
                format!("add `{name}` below the replay directory")
            }
            Some(name) => format!(
                "add `{}` with `\"method\": \"{}\"` below the replay directory",
                name.side(),
                request.method
            ),
        })
    }

    /// What there is under one name.
    fn look(&self, name: &Name, method: &str) -> Result<Place, String> {
        if name.file.ends_with(SIDE) {
            return Ok(Place::Nothing);
        }
        let side = name.side();
        let Some(path) = self.file(&side) else {
            return match self.file(name) {
                None => Ok(Place::Nothing),
                Some(_) if !fits("GET", method) => Ok(Place::OtherMethod),
                Some(path) => Ok(Place::Answer(Answer::of(name, &path)?)),
            };
        };
        let wrong = |reason: &dyn fmt::Display| format!("`{side}` is wrong: {reason}");
        let text = crate::regular::read_to_string(&path).map_err(|error| wrong(&error))?;
        let sides =
            Side::read(text.strip_prefix('\u{feff}').unwrap_or(&text)).map_err(|reason| wrong(&reason))?;
        let Some(side) = sides.into_iter().find(|side| fits(&side.method, method)) else {
            return Ok(Place::OtherMethod);
        };
        let body = match &side.file {
            Some(file) => name.beside(file).ok_or_else(|| wrong(&format!("`{file}` is not a file name")))?,
            None => name.clone(),
        };
        let answer = match self.file(&body) {
            Some(path) => Answer::of(&body, &path)?,
            None if side.file.is_some() => return Err(wrong(&format!("there is no file `{body}`"))),
            None => Answer::default(),
        };
        side.apply(answer).map(Place::Answer).map_err(|reason| wrong(&reason))
    }

    /// The file of that name, when it is one and lies in the directory, links followed.
    fn file(&self, name: &Name) -> Option<PathBuf> {
        let mut path = self.root.clone();
        path.extend(&name.folder);
        path.push(&name.file);
        let path = path.canonicalize().ok()?;
        (path.starts_with(&self.root) && path.is_file()).then_some(path)
    }
}

/// What there is under a name.
enum Place {
    Answer(Answer),
    /// Something, but for another method.
    OtherMethod,
    Nothing,
}

/// Whether an answer to one method serves for another: a HEAD request gets what GET has.
fn fits(known: &str, asked: &str) -> bool {
    known.eq_ignore_ascii_case(asked) || (asked == "HEAD" && known.eq_ignore_ascii_case("GET"))
}

impl Answer {
    /// A file as an answer.
    fn of(name: &Name, path: &Path) -> Result<Self, String> {
        let body = crate::regular::read(path).map_err(|error| format!("`{name}` cannot be read: {error}"))?;
        let headers =
            content_type(&name.file, &body).map(|value| ("content-type".to_owned(), value.into_owned()));
        Ok(Self { headers: headers.into_iter().collect(), body, ..Self::default() })
    }
}

/// The media type of a file, by its extension. Without one that is known, text is HTML, and the browser guesses the rest.
fn content_type(file: &str, body: &[u8]) -> Option<Cow<'static, str>> {
    let bare = file.rsplit_once(QUERY).map_or(file, |(bare, _)| bare);
    let Some(mime) = mime_guess::from_path(bare).first() else {
        return std::str::from_utf8(body).ok().map(|_| "text/html; charset=utf-8".into());
    };
    let text = mime.type_() == "text"
        || mime.suffix().is_some_and(|suffix| suffix == "xml")
        || matches!(mime.subtype().as_str(), "javascript" | "json" | "xml");
    Some(if text { format!("{mime}; charset=utf-8") } else { mime.to_string() }.into())
}

/// What a side file says of one answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Side {
    method: String,
    status: u16,
    headers: Map<String, Value>,
    /// The file with the body, in the same folder, when it is not the one that the side file is named after.
    file: Option<String>,
}

impl Default for Side {
    fn default() -> Self {
        Self { method: "GET".into(), status: 200, headers: Map::new(), file: None }
    }
}

impl Side {
    /// One answer, or a list of them for several methods.
    fn read(text: &str) -> Result<Vec<Self>, Misfit> {
        let bytes = text.as_bytes();
        match text.trim_start().starts_with('[') {
            true => serde_json::from_str(text).map_err(|error| Misfit::of_text::<Vec<Self>>(bytes, &error)),
            false => match serde_json::from_str(text) {
                Ok(side) => Ok(vec![side]),
                Err(error) => Err(Misfit::of_text::<Self>(bytes, &error)),
            },
        }
    }

    fn apply(self, mut answer: Answer) -> Result<Answer, String> {
        if !(200..=599).contains(&self.status) {
            return Err(format!("`status` is from 200 to 599, not {}", self.status));
        }
        answer.status = self.status;
        for (name, value) in &self.headers {
            let name = HeaderName::try_from(name).map_err(|_| format!("`{name}` is not a header name"))?;
            let values = match value {
                Value::Array(values) => values.as_slice(),
                one => std::slice::from_ref(one),
            };
            // What is said here stands in the place of what the extension says.
            answer.headers.retain(|(other, _)| other != name.as_str());
            for value in values {
                let Some(value) = value.as_str().filter(|value| HeaderValue::try_from(*value).is_ok()) else {
                    return Err(format!(
                        "`{value}` is not a value for the header `{name}`; write a string, or a list of them"
                    ));
                };
                answer.headers.push((name.to_string(), value.to_owned()));
            }
        }
        Ok(answer)
    }
}

/// What stands between a file's name and a query in it: an escaped `?`.
const QUERY: &str = "%3F";

/// A file's name below the directory, made of names that can neither lead out of it nor are unknown to some system.
#[derive(Clone, Debug)]
struct Name {
    folder: Vec<String>,
    file: String,
}

impl Name {
    /// A file of that name beside it.
    fn beside(&self, file: &str) -> Option<Self> {
        let plain = !file.contains(['/', '\\', '\0']) && !matches!(file, "" | "." | "..");
        plain.then(|| Self { folder: self.folder.clone(), file: file.to_owned() })
    }

    /// The file that says how it is answered.
    fn side(&self) -> Self {
        Self { folder: self.folder.clone(), file: format!("{}{SIDE}", self.file) }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for folder in &self.folder {
            write!(f, "{folder}/")?;
        }
        f.write_str(&self.file)
    }
}

/// The names under which the answer to a URL is looked for, in their order; none when no file can stand for it.
fn names(url: &Url) -> Option<Vec<Name>> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?;
    let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}_{port}"));
    let mut folder = vec![segment(&host)?];
    for part in url.path_segments()?.filter(|part| !part.is_empty()) {
        folder.push(segment(part)?);
    }
    let bare = if url.path().ends_with('/') {
        vec![Name { folder, file: "index.html".into() }]
    } else {
        let file = folder.pop()?;
        let page = Name { folder: folder.clone(), file: format!("{file}.html") };
        let inside = folder.iter().cloned().chain([file.clone()]).collect();
        vec![Name { folder, file }, page, Name { folder: inside, file: "index.html".into() }]
    };
    let query =
        url.query().filter(|query| !query.is_empty()).map(|query| format!("{QUERY}{}", escape(query)));
    let mut all: Vec<Name> = Vec::with_capacity(2 * bare.len());
    if let Some(query) = &query {
        all.extend(
            bare.iter()
                .map(|name| Name { folder: name.folder.clone(), file: format!("{}{query}", name.file) }),
        );
    }
    all.extend(bare);
    Some(all)
}

/// A part of a URL's path as a file's name; none when it would be another folder.
fn segment(part: &str) -> Option<String> {
    Some(escape(part)).filter(|name| !matches!(name.as_str(), "" | "." | ".."))
}

/// A part of a URL with its escapes resolved, but for what cannot stand in a file's name on every system: that is
/// escaped, whether it was or not.
fn escape(part: &str) -> String {
    let mut name = String::with_capacity(part.len());
    let bytes: Vec<u8> = percent_decode_str(part).collect();
    for chunk in bytes.utf8_chunks() {
        for char in chunk.valid().chars() {
            match char {
                '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%' | '\0'..='\u{1f}' | '\u{7f}' => {
                    push_escaped(&mut name, char as u8);
                }
                other => name.push(other),
            }
        }
        for byte in chunk.invalid() {
            push_escaped(&mut name, *byte);
        }
    }
    name
}

fn push_escaped(name: &mut String, byte: u8) {
    write!(name, "%{byte:02X}").expect("a string takes all that is written");
}

#[cfg(test)]
mod tests;
