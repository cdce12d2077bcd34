//! Declared secrets: their values, and their removal from whatever leaves a run.

mod source;

#[cfg(feature = "server")]
pub(crate) use source::is_name;

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::{Error, ErrorKind, Event, Task};

/// What stands where a secret stood.
const MASK: &str = "[redacted]";

/// The values of all secrets by name; no way of printing shows them.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    values: HashMap<String, String>,
}

impl Secrets {
    pub(crate) fn set(&mut self, name: String, value: String) {
        self.values.insert(name, value);
    }

    /// A secret's value: as set, or from the environment variable `WEBTASK_SECRET_NAME`.
    pub(crate) fn get(&self, name: &str) -> Result<&str, Error> {
        self.values.get(name).map(String::as_str).ok_or_else(|| missing(&[(name, None)]))
    }

    /// An error that names all of them that are not set, each with the task that wants it.
    pub(crate) fn need(&self, tasks: &[&'static Task]) -> Result<(), Error> {
        match self.missing(tasks).as_slice() {
            [] => Ok(()),
            some => Err(missing(some)),
        }
    }

    /// Asks at the terminal for those that are not set, when somebody is there.
    pub(crate) fn ask(&mut self, tasks: &[&'static Task]) -> Result<(), Error> {
        for (name, _) in self.missing(tasks) {
            if let Some(value) = source::ask(name)? {
                self.set(name.to_owned(), value);
            }
        }
        Ok(())
    }

    fn missing(&self, tasks: &[&'static Task]) -> Vec<(&'static str, Option<&'static str>)> {
        let mut missing: Vec<(&'static str, Option<&'static str>)> = Vec::new();
        for task in tasks {
            for name in task.every_secret() {
                if !self.values.contains_key(name) && !missing.iter().any(|(known, _)| *known == name) {
                    missing.push((name, Some(task.slug())));
                }
            }
        }
        missing
    }

    /// What takes every one of them out, for what no run owns: recordings.
    pub(crate) fn every(&self) -> Redactor {
        Redactor::new(self.values.values().map(String::as_str))
    }

    /// Takes those that a file or a folder gives and nobody set.
    pub(crate) fn read_from(&mut self, path: &Path) -> Result<(), Error> {
        for (name, value) in source::read(path)? {
            self.values.entry(name).or_insert(value);
        }
        Ok(())
    }

    /// Takes those that the environment gives and nobody set.
    pub(crate) fn read_environment(&mut self) {
        for (key, value) in std::env::vars() {
            if let Some(name) = key.strip_prefix("WEBTASK_SECRET_") {
                self.values.entry(name.to_owned()).or_insert(value);
            }
        }
    }
}

/// Says which are not set, and what to do.
fn missing(names: &[(&str, Option<&str>)]) -> Error {
    let told: Vec<_> = names
        .iter()
        .map(|(name, task)| match task {
            Some(task) => format!("`{name}` of task `{task}`"),
            None => format!("`{name}`"),
        })
        .collect();
    let (name, _) = names[0];
    let give = format!(
        "by `Webtask::builder().secret(\"{name}\", …)`, `WEBTASK_SECRET_{name}` or a file that `WEBTASK_SECRETS` names"
    );
    let message = match told.as_slice() {
        [one] => format!("secret {one} is not set; give it {give}"),
        many => format!("secrets are not set: {}; give each as `{name}`: {give}", many.join(", ")),
    };
    Error::new(ErrorKind::Config, message)
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

/// Takes the secrets of one run out of what leaves it.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    /// Every spelling of every secret, the longest first.
    spellings: Vec<String>,
}

impl Redactor {
    pub(crate) fn new<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut spellings: Vec<String> =
            values.filter(|value| !value.is_empty()).flat_map(spellings).collect();
        spellings.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        spellings.dedup();
        Self { spellings }
    }

    /// Whether there is nothing to take out.
    pub(crate) fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    /// The text without secrets, when it had some.
    pub(crate) fn text(&self, text: &str) -> Option<String> {
        let mut clean: Option<String> = None;
        for spelling in &self.spellings {
            let current = clean.as_deref().unwrap_or(text);
            if current.contains(spelling.as_str()) {
                clean = Some(current.replace(spelling.as_str(), MASK));
            }
        }
        clean
    }

    /// The bytes without secrets. Those are text, so they stand in the parts that are.
    pub(crate) fn bytes(&self, bytes: Vec<u8>) -> Vec<u8> {
        if self.is_empty() {
            return bytes;
        }
        let mut clean = Vec::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            match self.text(chunk.valid()) {
                Some(text) => clean.extend_from_slice(text.as_bytes()),
                None => clean.extend_from_slice(chunk.valid().as_bytes()),
            }
            clean.extend_from_slice(chunk.invalid());
        }
        clean
    }

    /// The value without secrets, in keys too.
    pub(crate) fn value(&self, value: Value) -> Value {
        if self.is_empty() {
            return value;
        }
        match value {
            Value::String(text) => Value::String(self.text(&text).unwrap_or(text)),
            Value::Array(items) => items.into_iter().map(|item| self.value(item)).collect(),
            Value::Object(map) => map
                .into_iter()
                .map(|(key, value)| (self.text(&key).unwrap_or(key), self.value(value)))
                .collect(),
            other => other,
        }
    }

    pub(crate) fn event(&self, event: Event<()>) -> Event<()> {
        if self.is_empty() {
            return event;
        }
        let clean = |text: String| self.text(&text).unwrap_or(text);
        match event {
            Event::Status { text, data } => Event::Status { text: clean(text), data: self.value(data) },
            Event::Custom { kind, text, data } => {
                Event::Custom { kind, text: clean(text), data: self.value(data) }
            }
            Event::Skipped { index, message, step } => {
                Event::Skipped { index, message: clean(message), step }
            }
            Event::Recording { name, path, size } => {
                Event::Recording { name: name.map(clean), path: clean(path), size }
            }
            Event::Failed(error) => Event::Failed(self.error(error)),
            Event::Done(()) => Event::Done(()),
        }
    }

    pub(crate) fn error(&self, error: Error) -> Error {
        if self.is_empty() { error } else { error.rewrite(|text| self.text(text)) }
    }
}

/// A secret as it may come back: as it is, and as URLs, JSON, HTML and base64 write it.
fn spellings(value: &str) -> Vec<String> {
    let json = Value::from(value).to_string();
    let query: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
    vec![
        value.to_owned(),
        query.replace('+', "%20"),
        query,
        json[1..json.len() - 1].to_owned(),
        value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"),
        STANDARD.encode(value),
        STANDARD_NO_PAD.encode(value),
        URL_SAFE_NO_PAD.encode(value),
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn takes_every_spelling_out_of_a_value() {
        let redactor = Redactor::new(["p&ss \"w\"/é"].into_iter());
        for text in
            ["p&ss \"w\"/é", "p%26ss+%22w%22%2F%C3%A9", "p&ss \\\"w\\\"/é", "p&amp;ss &quot;w&quot;/é"]
        {
            assert_eq!(redactor.text(&format!("a {text} b")).as_deref(), Some("a [redacted] b"), "{text}");
        }
        let encoded = STANDARD.encode("p&ss \"w\"/é");
        assert_eq!(
            redactor.value(json!({ "a": [encoded], "p&ss \"w\"/é": 1 })),
            json!({ "a": ["[redacted]"], "[redacted]": 1 })
        );
    }

    #[test]
    fn leaves_a_text_without_secrets_alone() {
        assert_eq!(Redactor::new(["secret"].into_iter()).text("nothing here"), None);
        assert!(Redactor::new(std::iter::empty()).is_empty());
    }

    #[test]
    fn does_not_print_a_value() {
        let mut secrets = Secrets::default();
        secrets.set("token".into(), "hunter2".into());
        assert_eq!(format!("{secrets:?}"), r#"{"token"}"#);
    }
}
