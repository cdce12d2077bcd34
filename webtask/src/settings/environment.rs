//! Settings from environment variables.

use std::collections::{BTreeMap, HashMap};

use super::value::Value;
use super::{Given, Source, keys, unknown};
use crate::{Error, ErrorKind};

/// The variables that are ours: `WEBTASK_…`, without that. Empty ones count as not set.
pub(crate) struct Environment {
    variables: BTreeMap<String, String>,
}

impl Source for Environment {
    type At = String;

    fn wrong(&self, at: &String, message: String) -> Error {
        Error::new(ErrorKind::Config, format!("environment variable `WEBTASK_{at}`: {message}"))
    }
}

impl Environment {
    pub(crate) fn read() -> Self {
        Self::of(std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        }))
    }

    pub(crate) fn of(variables: impl Iterator<Item = (String, String)>) -> Self {
        let ours = variables.filter(|(_, value)| !value.is_empty());
        Self {
            variables: ours
                .filter_map(|(name, value)| Some((name.strip_prefix("WEBTASK_")?.to_owned(), value)))
                .collect(),
        }
    }

    /// The file of settings.
    pub(crate) fn settings(&self) -> Option<&str> {
        self.variables.get("SETTINGS").map(String::as_str)
    }

    /// The settings of recipes, by their names as they are written.
    pub(crate) fn values(&self) -> HashMap<String, String> {
        let ours = self.variables.iter();
        ours.filter_map(|(name, value)| Some((name.strip_prefix("SETTING_")?.to_owned(), value.clone())))
            .collect()
    }

    /// What is said of the whole.
    pub(crate) fn options(&self) -> Result<Vec<Given<String>>, Error> {
        let mut given = Vec::new();
        for key in keys::OPTIONS {
            // The browser's search asks for this one itself.
            if key.name == "browser" {
                continue;
            }
            let name = key.name.to_uppercase();
            if let Some(value) = self.variables.get(&name) {
                given.push(Given { name: key.name.to_owned(), value: Value::Plain(value.clone()), at: name });
            }
        }
        if let Some(value) = self.variables.get("NO_SANDBOX") {
            let at = "NO_SANDBOX".to_owned();
            let plain = Value::Plain(value.clone());
            let off = plain.bool().map_err(|why| self.wrong(&at, why))?;
            given.push(Given { name: "sandbox".into(), value: Value::Bool(!off), at });
        }
        Ok(given)
    }

    /// What is said of a server.
    #[cfg(feature = "server")]
    pub(crate) fn server(&self) -> Result<Vec<Given<String>>, Error> {
        let known: Vec<_> = super::server::names().into_iter().filter(|name| *name != "files").collect();
        let ours = self
            .variables
            .iter()
            .filter_map(|(name, value)| Some((name, name.strip_prefix("SERVER_")?, value)));
        ours.map(|(name, written, value)| {
            let key = written.to_lowercase();
            match known.contains(&&*key) && spelt(&key) == written {
                true => Ok(Given { name: key, value: Value::Plain(value.clone()), at: name.clone() }),
                false => Err(self.wrong(name, unknown(&key, &known))),
            }
        })
        .collect()
    }

    /// What is said of each pool, of those that there are.
    pub(crate) fn pools(&self, tags: &[String]) -> Result<Vec<Vec<Given<String>>>, Error> {
        let prefixes: Vec<_> = tags.iter().map(|tag| format!("{}_", spelt(tag))).collect();
        let mut pools: Vec<_> = tags.iter().map(|_| Vec::new()).collect();
        for (name, value) in &self.variables {
            let Some(rest) = name.strip_prefix("POOL_") else { continue };
            let found = prefixes.iter().enumerate().filter(|(_, prefix)| rest.starts_with(prefix.as_str()));
            let Some((index, prefix)) = found.max_by_key(|(_, prefix)| prefix.len()) else {
                let tags: Vec<_> = tags.iter().map(|tag| format!("`{tag}`")).collect();
                let message = format!("it does not name a pool; there are {}", tags.join(", "));
                return Err(self.wrong(name, message));
            };
            let written = &rest[prefix.len()..];
            let key = written.to_lowercase();
            if key == "headers" || !keys::POOL.iter().any(|known| known.name == key && spelt(&key) == written)
            {
                let known: Vec<_> =
                    keys::pool_names().into_iter().filter(|name| *name != "headers").collect();
                return Err(self.wrong(name, unknown(&key, &known)));
            }
            pools[index].push(Given { name: key, value: Value::Plain(value.clone()), at: name.clone() });
        }
        Ok(pools)
    }
}

/// A tag as it stands in a variable's name.
fn spelt(tag: &str) -> String {
    tag.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}
