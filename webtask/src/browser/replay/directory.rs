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
mod tests {
    use super::*;

    fn paths(url: &str) -> Vec<String> {
        names(&Url::parse(url).unwrap()).unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    struct Site(tempfile::TempDir);

    impl Site {
        fn new(files: &[(&str, &str)]) -> Self {
            let dir = tempfile::tempdir().unwrap();
            for (name, text) in files {
                let path = dir.path().join("web").join(name);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
            Self(dir)
        }

        fn ask(&self, method: &str, url: &str) -> Found {
            let directory = Directory::open(&self.0.path().join("web")).unwrap();
            directory.find(&Request { method: method.into(), url: url.into(), ..Request::default() })
        }

        /// The status, the content type and the body, or why there is none.
        fn get(&self, url: &str) -> String {
            self.call("GET", url)
        }

        fn call(&self, method: &str, url: &str) -> String {
            match self.ask(method, url) {
                Found::Answer(answer) => {
                    let body = String::from_utf8_lossy(&answer.body).into_owned();
                    let headers: Vec<_> =
                        answer.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
                    format!("{} [{}] {body}", answer.status, headers.join(", "))
                }
                Found::Missing(reason) => reason,
                Found::Failure => "failure".into(),
            }
        }
    }

    #[test]
    fn a_url_has_three_names_and_a_folder_one() {
        assert_eq!(paths("https://example.com/"), ["example.com/index.html"]);
        assert_eq!(paths("https://example.com"), ["example.com/index.html"]);
        assert_eq!(paths("http://Example.com:8080/a/"), ["example.com_8080/a/index.html"]);
        assert_eq!(
            paths("https://example.com/a/b"),
            ["example.com/a/b", "example.com/a/b.html", "example.com/a/b/index.html"]
        );
        assert_eq!(paths("http://[::1]:1/x.js")[0], "[%3A%3A1]_1/x.js");
        assert_eq!(paths("https://example.com:443/#top"), ["example.com/index.html"]);
    }

    #[test]
    fn the_names_with_the_query_come_first() {
        assert_eq!(paths("https://a.test/?q=1"), ["a.test/index.html%3Fq=1", "a.test/index.html"]);
        assert_eq!(
            paths("https://a.test/s?q=a%20b&u=http%3A//x/%3F100%25"),
            [
                "a.test/s%3Fq=a b&u=http%3A%2F%2Fx%2F%3F100%25",
                "a.test/s.html%3Fq=a b&u=http%3A%2F%2Fx%2F%3F100%25",
                "a.test/s/index.html%3Fq=a b&u=http%3A%2F%2Fx%2F%3F100%25",
                "a.test/s",
                "a.test/s.html",
                "a.test/s/index.html",
            ]
        );
        assert_eq!(paths("https://a.test/s?")[0], "a.test/s");
    }

    #[test]
    fn what_cannot_stand_in_a_name_is_escaped() {
        assert_eq!(paths("https://a.test/%C3%A9%20x")[0], "a.test/é x");
        assert_eq!(paths("https://a.test/@scope%2fname")[0], "a.test/@scope%2Fname");
        assert_eq!(paths("https://a.test/..%2f..%2fetc/passwd")[0], "a.test/..%2F..%2Fetc/passwd");
        assert_eq!(paths("https://a.test/..%5c..%5cx")[0], "a.test/..%5C..%5Cx");
        assert_eq!(paths("https://a.test/a%00b%ff%25")[0], "a.test/a%00b%FF%25");
        assert_eq!(paths("https://a.test/%2e%2e/%2e%2e/etc")[0], "a.test/etc");
        assert_eq!(paths("https://a.test/.%252e/x")[0], "a.test/.%252e/x");
        assert_eq!(paths("https://a.test//etc//passwd")[0], "a.test/etc/passwd");
    }

    #[test]
    fn only_the_web_has_names() {
        assert!(paths("file:///etc/passwd").is_empty());
        assert!(paths("chrome://version").is_empty());
        let site = Site::new(&[("x", "")]);
        assert_eq!(site.get("file:///etc/passwd"), "only `http` and `https` URLs are replayed");
    }

    #[test]
    fn a_page_stands_beside_the_folder_of_its_name() {
        let site = Site::new(&[
            ("a.test/a.html", "page a"),
            ("a.test/a/b", "page b"),
            ("a.test/c/index.html", "page c"),
        ]);
        assert_eq!(site.get("https://a.test/a"), "200 [content-type: text/html; charset=utf-8] page a");
        assert_eq!(site.get("http://a.test/a/b"), "200 [content-type: text/html; charset=utf-8] page b");
        assert_eq!(site.get("https://a.test/c"), "200 [content-type: text/html; charset=utf-8] page c");
        assert_eq!(site.get("https://a.test/a/"), "add `a.test/a/index.html` below the replay directory");
    }

    #[test]
    fn a_query_of_its_own_comes_before_the_plain_file() {
        let site = Site::new(&[("a.test/data.json", "[]"), ("a.test/data.json%3Fpage=2", "[2]")]);
        assert_eq!(
            site.get("https://a.test/data.json?page=1"),
            "200 [content-type: application/json; charset=utf-8] []"
        );
        assert_eq!(
            site.get("https://a.test/data.json?page=2"),
            "200 [content-type: application/json; charset=utf-8] [2]"
        );
        assert_eq!(site.get("https://a.test/s?q=1"), "add `a.test/s` below the replay directory");
    }

    #[test]
    fn the_extension_says_the_type() {
        let site = Site::new(&[("a.test/a.js", "1"), ("a.test/a.svg", "<svg/>"), ("a.test/a.png", "x")]);
        assert_eq!(site.get("https://a.test/a.js"), "200 [content-type: text/javascript; charset=utf-8] 1");
        assert_eq!(
            site.get("https://a.test/a.svg"),
            "200 [content-type: image/svg+xml; charset=utf-8] <svg/>"
        );
        assert_eq!(site.get("https://a.test/a.png"), "200 [content-type: image/png] x");
        assert_eq!(content_type("blob", &[0xff, 0xd8]), None);
    }

    #[test]
    fn a_side_file_says_status_headers_method_and_file() {
        let site = Site::new(&[
            ("a.test/old.replay.json", r#"{"status": 301, "headers": {"Location": "/new"}}"#),
            ("a.test/login.html", "form"),
            (
                "a.test/login.html.replay.json",
                r#"[{}, {"method": "POST", "status": 403, "file": "denied.txt", "headers": {"set-cookie": ["a=1", "b=2"]}}]"#,
            ),
            ("a.test/denied.txt", "no"),
            ("a.test/feed", "<a/>"),
            ("a.test/feed.replay.json", r#"{"headers": {"Content-Type": "application/atom+xml"}}"#),
            ("a.test/send", "sent"),
            ("a.test/send.replay.json", r#"{"method": "POST"}"#),
        ]);
        let html = "content-type: text/html; charset=utf-8";
        assert_eq!(site.get("https://a.test/old"), "301 [location: /new] ");
        assert_eq!(site.get("https://a.test/login"), format!("200 [{html}] form"));
        assert_eq!(
            site.call("POST", "https://a.test/login"),
            "403 [content-type: text/plain; charset=utf-8, set-cookie: a=1, set-cookie: b=2] no"
        );
        assert_eq!(site.get("https://a.test/feed"), "200 [content-type: application/atom+xml] <a/>");
        assert_eq!(site.call("POST", "https://a.test/send"), format!("200 [{html}] sent"));
        let get = "add `a.test/send.replay.json` with `\"method\": \"GET\"` below the replay directory";
        assert_eq!(site.get("https://a.test/send"), get);
        assert_eq!(site.call("HEAD", "https://a.test/login"), format!("200 [{html}] form"));
    }

    #[test]
    fn a_post_needs_a_side_file() {
        let site = Site::new(&[("a.test/x", "x")]);
        let add = |name| {
            format!("add `a.test/{name}.replay.json` with `\"method\": \"POST\"` below the replay directory")
        };
        assert_eq!(site.call("POST", "https://a.test/x"), add("x"));
        assert_eq!(site.call("POST", "https://a.test/y"), add("y"));
    }

    #[test]
    fn a_wrong_side_file_says_what_is_wrong() {
        let site = Site::new(&[
            ("a.test/json.replay.json", "{\"status\": 200,\n}"),
            ("a.test/word.replay.json", r#"{"statuz": 1}"#),
            ("a.test/status.replay.json", r#"{"status": 100}"#),
            ("a.test/name.replay.json", r#"{"headers": {"a b": "1"}}"#),
            ("a.test/value.replay.json", r#"{"headers": {"a": 1}}"#),
            ("a.test/gone.replay.json", r#"{"file": "none.txt"}"#),
            ("a.test/out.replay.json", r#"{"file": "../../secret"}"#),
        ]);
        let wrong = |name: &str| site.get(&format!("https://a.test/{name}"));
        assert_eq!(
            wrong("json"),
            "`a.test/json.replay.json` is wrong: there is a comma too many at line 2 column 1"
        );
        assert!(
            wrong("word")
                .starts_with("`a.test/word.replay.json` is wrong: `statuz` is unknown; known are `method`")
        );
        assert_eq!(
            wrong("status"),
            "`a.test/status.replay.json` is wrong: `status` is from 200 to 599, not 100"
        );
        assert_eq!(wrong("name"), "`a.test/name.replay.json` is wrong: `a b` is not a header name");
        assert!(wrong("value").contains("`1` is not a value for the header `a`"));
        assert_eq!(wrong("gone"), "`a.test/gone.replay.json` is wrong: there is no file `a.test/none.txt`");
        assert_eq!(wrong("out"), "`a.test/out.replay.json` is wrong: `../../secret` is not a file name");
    }

    #[test]
    fn a_side_file_is_no_answer_itself() {
        let site = Site::new(&[("a.test/x.replay.json", "{}")]);
        assert!(matches!(site.ask("GET", "https://a.test/x.replay.json"), Found::Missing(_)));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_out() {
        let site = Site::new(&[("a.test/x", "in")]);
        std::fs::write(site.0.path().join("secret"), "out").unwrap();
        let host = site.0.path().join("web/a.test");
        std::os::unix::fs::symlink("../../secret", host.join("out")).unwrap();
        std::os::unix::fs::symlink("../..", host.join("up")).unwrap();
        std::os::unix::fs::symlink("x", host.join("in")).unwrap();
        assert!(matches!(site.ask("GET", "https://a.test/out"), Found::Missing(_)));
        assert!(matches!(site.ask("GET", "https://a.test/up/secret"), Found::Missing(_)));
        assert!(site.get("https://a.test/in").ends_with(" in"));
    }
}
