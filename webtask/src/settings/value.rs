//! A setting's value, from a file or from a text, and what it means.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// A value as it is written.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// A text of the environment, which may mean anything.
    Plain(String),
    Text(String, PathBuf),
    Int(i64),
    Bool(bool),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
    /// What no setting is.
    Other(&'static str),
}

/// What a value means, or what it ought to be.
pub(super) type Meant<T> = Result<T, String>;

impl Value {
    fn kind(&self) -> &'static str {
        match self {
            Self::Plain(_) | Self::Text(..) => "a text",
            Self::Int(_) => "an integer",
            Self::Bool(_) => "a bool",
            Self::List(_) => "a list",
            Self::Map(_) => "a table",
            Self::Other(kind) => kind,
        }
    }

    fn not<T>(&self, wanted: &str) -> Meant<T> {
        Err(match self {
            Self::Plain(text) | Self::Text(text, _) => format!("is `{text}`, and should be {wanted}"),
            Self::Int(number) => format!("is `{number}`, and should be {wanted}"),
            other => format!("is {}, and should be {wanted}", other.kind()),
        })
    }

    pub(super) fn text(&self) -> Meant<&str> {
        match self {
            Self::Plain(text) | Self::Text(text, _) => Ok(text),
            other => other.not("a text"),
        }
    }

    /// A path; one in a file begins where the file is.
    pub(super) fn path(&self) -> Meant<PathBuf> {
        match self {
            Self::Text(text, base) => Ok(base.join(text)),
            other => other.text().map(PathBuf::from),
        }
    }

    /// A program: a path when it looks like one, else a name.
    pub(super) fn program(&self) -> Meant<PathBuf> {
        let text = self.text()?;
        if Path::new(text).components().count() > 1 { self.path() } else { Ok(text.into()) }
    }

    pub(super) fn bool(&self) -> Meant<bool> {
        match self {
            Self::Bool(value) => Ok(*value),
            Self::Plain(text) => match text.as_str() {
                "1" | "true" => Ok(true),
                "0" | "false" => Ok(false),
                _ => self.not("`1` or `0`"),
            },
            other => other.not("`true` or `false`"),
        }
    }

    pub(super) fn count(&self) -> Meant<usize> {
        let number = match self {
            Self::Int(number) => usize::try_from(*number).ok(),
            Self::Plain(text) => text.parse().ok(),
            _ => None,
        };
        number.map_or_else(|| self.not("a whole number"), Ok)
    }

    /// `10s`, as in a recipe, or an integer of milliseconds.
    pub(super) fn duration(&self) -> Meant<Duration> {
        let time = match self {
            Self::Int(millis) => u64::try_from(*millis).ok().map(Duration::from_millis),
            Self::Plain(text) | Self::Text(text, _) => duration(text),
            _ => None,
        };
        time.map_or_else(|| self.not("a duration such as `800ms`, `10s`, `1.5m` or `1h`"), Ok)
    }

    /// `500MB` or `2GiB`, or an integer of bytes.
    pub(super) fn bytes(&self) -> Meant<u64> {
        let size = match self {
            Self::Int(bytes) => u64::try_from(*bytes).ok(),
            Self::Plain(text) | Self::Text(text, _) => bytes(text),
            _ => None,
        };
        size.map_or_else(|| self.not("a size such as `512kB`, `500MB` or `2GiB`"), Ok)
    }

    /// `1280x720`.
    pub(super) fn size(&self) -> Meant<(u32, u32)> {
        let sides = match self {
            Self::Plain(text) | Self::Text(text, _) => text.split_once('x'),
            _ => None,
        };
        let size =
            sides.and_then(|(width, height)| Some((width.trim().parse().ok()?, height.trim().parse().ok()?)));
        size.map_or_else(|| self.not("a size such as `1280x720`"), Ok)
    }

    /// A list of texts; in the environment with commas between.
    pub(super) fn texts(&self) -> Meant<Vec<String>> {
        match self {
            Self::Plain(text) => Ok(text.split(',').map(|part| part.trim().to_owned()).collect()),
            Self::List(items) => items.iter().map(|item| item.text().map(str::to_owned)).collect(),
            other => other.not("a list of texts"),
        }
    }

    /// A table of users and secrets by their origins; in the environment three words each, with commas between.
    pub(super) fn logins(&self) -> Meant<Vec<(String, String, String)>> {
        match self {
            Self::Plain(text) => text
                .split(',')
                .map(|login| match login.split_whitespace().collect::<Vec<_>>()[..] {
                    [origin, user, secret] => Ok((origin.to_owned(), user.to_owned(), secret.to_owned())),
                    _ => self.not("`ORIGIN USER SECRET`, with commas between several"),
                })
                .collect(),
            Self::Map(entries) => entries
                .iter()
                .map(|(origin, login)| {
                    let mut parts = login.pairs()?;
                    parts.sort();
                    match <[_; 2]>::try_from(parts) {
                        Ok([(secret, name), (user, who)]) if secret == "secret" && user == "user" => {
                            Ok((origin.clone(), who, name))
                        }
                        _ => Err(format!(
                            "of `{origin}` should be `{{ user = \"…\", secret = \"…\" }}`, where `secret` is a secret's name"
                        )),
                    }
                })
                .collect(),
            other => other.not("a table of logins, like `{ \"https://host\" = { user = \"…\", secret = \"…\" } }`"),
        }
    }

    /// A table of texts.
    pub(super) fn pairs(&self) -> Meant<Vec<(String, String)>> {
        match self {
            Self::Map(entries) => {
                entries.iter().map(|(key, value)| Ok((key.clone(), value.text()?.to_owned()))).collect()
            }
            other => other.not("a table of texts"),
        }
    }
}

/// What only a server needs.
#[cfg(feature = "server")]
impl Value {
    /// A table of paths.
    pub(super) fn paths(&self) -> Meant<Vec<(String, PathBuf)>> {
        match self {
            Self::Map(entries) => {
                entries.iter().map(|(key, value)| Ok((key.clone(), value.path()?))).collect()
            }
            other => other.not("a table of folders, like `{ \"/files\" = \"public\" }`"),
        }
    }
}

fn split(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len()))
}

/// As in a recipe; a space may stand before the unit.
fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = split(text.trim());
    let unit = unit.trim_start();
    if unit.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    webtask_words::duration(&[number, unit].concat())
}

fn bytes(text: &str) -> Option<u64> {
    let (number, unit) = split(text.trim());
    let unit: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1000,
        "kib" => 1 << 10,
        "mb" => 1_000_000,
        "mib" => 1 << 20,
        "gb" => 1_000_000_000,
        "gib" => 1 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes() {
        for (text, expected) in [
            ("800ms", Some(800)),
            ("10s", Some(10_000)),
            ("1.5m", Some(90_000)),
            ("2 h", Some(7_200_000)),
            ("1 0s", None),
            ("1.", None),
            ("250", Some(250)),
            ("1.5", None),
            ("s", None),
            ("10 days", None),
            ("-1s", None),
            ("1e9h", None),
        ] {
            assert_eq!(duration(text), expected.map(Duration::from_millis), "{text}");
        }
        for (text, expected) in [
            ("12", Some(12)),
            ("500MB", Some(500_000_000)),
            ("2 GiB", Some(2 << 30)),
            ("1.5GB", None),
            ("99999999999GB", None),
            ("1TB", None),
        ] {
            assert_eq!(bytes(text), expected, "{text}");
        }
    }
}
