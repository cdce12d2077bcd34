//! The files in a result: written into a folder, or named in a few words.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

/// The key of a captured file's bytes.
const BYTES: &str = "bytesB64";

/// How files of a kind begin as base64, and their names' ending.
const KINDS: &[(&str, &str)] = &[
    ("iVBORw0KGgo", "png"),
    ("/9j/", "jpeg"),
    ("R0lGODlh", "gif"),
    ("UklGR", "webp"),
    ("JVBERi0", "pdf"),
    ("eyJsb2ciO", "har"),
    ("RnJvbTog", "mhtml"),
    ("GkXfo", "webm"),
    ("AAAAHGZ0eX", "mp4"),
    ("AAAAIGZ0eX", "mp4"),
    ("UEsDB", "zip"),
];

/// How short a text may be that is a file.
const LEAST: usize = 40;

/// How many files of one name a folder takes.
const SAME: usize = 10_000;

/// How long a name may be, in characters.
const LONGEST: usize = 120;

pub(in crate::command) struct Files<'a> {
    folder: Option<&'a Path>,
    saved: Vec<String>,
    faults: Vec<String>,
}

impl<'a> Files<'a> {
    /// Writes into that folder, or nowhere.
    pub(in crate::command) fn new(folder: Option<&'a Path>) -> Self {
        Self { folder, saved: Vec::new(), faults: Vec::new() }
    }

    /// What was written, in a line each.
    pub(super) fn saved(&self) -> &[String] {
        &self.saved
    }

    /// What could not be written.
    pub(super) fn faults(&self) -> &[String] {
        &self.faults
    }

    /// The value without the bytes of files, which are written if there is a folder.
    pub(in crate::command) fn taken_out(&mut self, value: Value) -> Value {
        self.visit(value, "result")
    }

    fn visit(&mut self, value: Value, name: &str) -> Value {
        match value {
            Value::Object(map) => self.object(map, name),
            Value::Array(items) => {
                let items = items.into_iter().enumerate();
                Value::Array(items.map(|(n, item)| self.visit(item, &format!("{name}-{}", n + 1))).collect())
            }
            Value::String(text) => match (ending(&text), decoded(&text)) {
                (Some(ending), Some(bytes)) => self.file(&format!("{name}.{ending}"), &bytes).into(),
                _ => Value::String(text),
            },
            other => other,
        }
    }

    fn object(&mut self, map: Map<String, Value>, name: &str) -> Value {
        let text = |key: &str| map.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        let bytes = map.get(BYTES).and_then(Value::as_str).and_then(decoded);
        let Some(bytes) = bytes else {
            let entries = map.into_iter().map(|(key, value)| {
                let value = self.visit(value, &key);
                (key, value)
            });
            return Value::Object(entries.collect());
        };
        let own = text("name").or(text("path")).or(text("url")).unwrap_or(name).to_owned();
        let told = self.file(&own, &bytes);
        let entries = map.into_iter().map(|(key, value)| match key == BYTES {
            true if self.folder.is_some() => ("file".to_owned(), told.clone().into()),
            true => (key, told.clone().into()),
            false => (key, value),
        });
        Value::Object(entries.collect())
    }

    /// The text that replaces a file: its path or its size.
    fn file(&mut self, name: &str, bytes: &[u8]) -> String {
        let size = bytes.len();
        let Some(folder) = self.folder else { return format!("({size} bytes; `--save DIR` writes them)") };
        match write(folder, &safe(name), bytes) {
            Ok(path) => {
                self.saved.push(format!("saved {} ({size} bytes)", path.display()));
                path.display().to_string()
            }
            Err(error) => {
                let fault = format!("cannot write `{}`: {error}", folder.join(safe(name)).display());
                self.faults.push(fault);
                format!("({size} bytes; not written)")
            }
        }
    }
}

/// The ending of a name for text that is such a file.
fn ending(text: &str) -> Option<&'static str> {
    let known = KINDS.iter().find(|(start, _)| text.len() >= LEAST && text.starts_with(start));
    known.map(|(_, ending)| *ending)
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// A name without a folder, that no system and no shell takes for more.
fn safe(name: &str) -> String {
    let name = name.split(['?', '#']).next().unwrap_or_default();
    let last = name.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or_default();
    let plain = |c: char| if c.is_alphanumeric() || "._- ".contains(c) { c } else { '_' };
    let name: String = last.chars().map(plain).collect();
    let name = name.trim_start_matches(['.', '-', ' ']).trim_end_matches(['.', ' ']);
    let letters: Vec<_> = name.chars().collect();
    match letters.len() {
        0 => "file".to_owned(),
        // The ending stays.
        count if count > LONGEST => letters[count - LONGEST..].iter().collect(),
        _ => name.to_owned(),
    }
}

/// Writes a new file of that name, or of one like it.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    for number in 1..SAME {
        let path = match number {
            1 => folder.join(name),
            number => folder.join(format!("{stem}-{number}{ending}")),
        };
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => return file.write_all(bytes).map(|()| path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many files have this name"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_safe() {
        for (name, expected) in [
            ("shots/home.png", "home.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\a\\b.exe", "b.exe"),
            (".bashrc", "bashrc"),
            ("-rf", "rf"),
            ("..", "file"),
            ("größe 1.png", "größe 1.png"),
            ("a\nb\x1b[2J.png", "a_b__2J.png"),
            ("https://example.com/a/b.pdf?x=/y#z", "b.pdf"),
        ] {
            assert_eq!(safe(name), expected, "{name:?}");
        }
        assert!(safe(&format!("{}.png", "a".repeat(500))).ends_with("a.png"));
    }

    #[test]
    fn bytes_go_into_files_and_none_is_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.png"), "mine").expect("written");
        let bytes = STANDARD.encode("some bytes");
        let picture = STANDARD.encode([b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 40]].concat());
        let capture = json!({ "path": "x/a.png", "size": 10, "bytesB64": bytes });
        let result = json!({ "both": [capture, capture], "shot": picture, "text": "iVBORw0KGgo" });
        let mut files = Files::new(Some(folder.path()));
        let left = files.taken_out(result.clone());
        let at = |name: &str| folder.path().join(name).display().to_string();
        assert_eq!(left["both"][0], json!({ "path": "x/a.png", "size": 10, "file": at("a-2.png") }));
        assert_eq!(left["both"][1]["file"], at("a-3.png"));
        assert_eq!((&left["shot"], &left["text"]), (&json!(at("shot.png")), &json!("iVBORw0KGgo")));
        assert_eq!(fs::read_to_string(folder.path().join("a.png")).expect("there"), "mine");
        assert_eq!(fs::read_to_string(folder.path().join("a-3.png")).expect("there"), "some bytes");

        let left = Files::new(None).taken_out(result);
        assert_eq!(left["both"][0]["bytesB64"], "(10 bytes; `--save DIR` writes them)");
        assert_eq!(left["shot"], "(48 bytes; `--save DIR` writes them)");
    }
}
