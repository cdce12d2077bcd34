//! Declared secrets: their values, and their removal from whatever leaves a run.

mod decode;
mod redactor;
mod source;
mod spelling;

#[cfg(feature = "server")]
pub(crate) use source::is_name;

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

pub(crate) use redactor::Redactor;

use crate::Error;
use crate::unset::unset;

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

    /// An error that names all of the wanted ones that are not set, each with the task that wants it.
    pub(crate) fn need<'t>(&self, wanted: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<(), Error> {
        match self.missing(wanted).as_slice() {
            [] => Ok(()),
            some => Err(missing(some)),
        }
    }

    /// Asks at the terminal for those that are not set, when somebody is there.
    pub(crate) fn ask<'t>(
        &mut self,
        wanted: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<(), Error> {
        for (name, _) in self.missing(wanted) {
            if let Some(value) = source::ask(name)? {
                self.set(name.to_owned(), value);
            }
        }
        Ok(())
    }

    fn missing<'t>(
        &self,
        wanted: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Vec<(&'t str, Option<&'t str>)> {
        let mut missing: Vec<(&str, Option<&str>)> = Vec::new();
        for (task, name) in wanted {
            if !self.values.contains_key(name) && !missing.iter().any(|(known, _)| *known == name) {
                missing.push((name, Some(task)));
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
    unset("secret", names, |name| {
        format!(
            "by `Webtask::builder().secret(\"{name}\", …)`, `WEBTASK_SECRET_{name}` or a file that `WEBTASK_SECRETS` names"
        )
    })
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn does_not_print_a_value() {
        let mut secrets = Secrets::default();
        secrets.set("token".into(), "hunter2".into());
        assert_eq!(format!("{secrets:?}"), r#"{"token"}"#);
    }
}
