//! Settings that recipes declare: what the operator says, and no caller can.

use std::collections::HashMap;

use url::Url;

use crate::unset::unset;
use crate::{Error, ErrorKind};

/// A setting as a task declares it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'t> {
    pub name: &'t str,
    /// What it is when the operator says nothing.
    pub default: Option<&'t str>,
    /// Whether it is a URL, or the beginning of one.
    pub url: bool,
}

/// The values of all settings, by who gives them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    code: HashMap<String, String>,
    /// As the variables are spelt.
    environment: HashMap<String, String>,
    file: HashMap<String, String>,
}

impl Values {
    pub(crate) fn set(&mut self, name: String, value: String) {
        self.code.insert(name, value);
    }

    pub(crate) fn set_environment(&mut self, values: HashMap<String, String>) {
        self.environment = values;
    }

    pub(crate) fn set_in_file(&mut self, values: Vec<(String, String)>) {
        self.file = values.into_iter().collect();
    }

    /// What code says, else a variable, as written or in capital letters, else the file.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let variable =
            || self.environment.get(name).or_else(|| self.environment.get(&name.to_ascii_uppercase()));
        self.code.get(name).or_else(variable).or_else(|| self.file.get(name)).map(String::as_str)
    }

    /// The value of a setting, or its default.
    pub(crate) fn value<'v>(&'v self, name: &str, default: Option<&'v str>) -> Result<&'v str, Error> {
        self.get(name).or(default).ok_or_else(|| missing(&[(name, None)]))
    }

    /// Whether every setting that tasks want has a value that can stand where it is used; otherwise an error that names
    /// the task.
    pub(crate) fn need<'t>(
        &self,
        wanted: impl IntoIterator<Item = (&'t str, Wanted<'t>)>,
    ) -> Result<(), Error> {
        let mut absent: Vec<(&str, Option<&str>)> = Vec::new();
        for (task, wanted) in wanted {
            let Some(value) = self.get(wanted.name).or(wanted.default) else {
                if !absent.iter().any(|(known, _)| *known == wanted.name) {
                    absent.push((wanted.name, Some(task)));
                }
                continue;
            };
            if wanted.url && !is_web(value) {
                let message = format!(
                    "setting `{}` of task `{task}` is `{value}`, which is not an http or https URL; write it as `https://example.com`",
                    wanted.name,
                );
                return Err(Error::new(ErrorKind::Config, message));
            }
        }
        if absent.is_empty() { Ok(()) } else { Err(missing(&absent)) }
    }
}

fn is_web(value: &str) -> bool {
    Url::parse(value).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// Says which are not set, and what to do.
fn missing(names: &[(&str, Option<&str>)]) -> Error {
    unset("setting", names, |name| {
        format!(
            "by `Webtask::builder().setting(\"{name}\", …)`, `WEBTASK_SETTING_{}`, or `{name} = \"…\"` below `[settings]` in the file of settings",
            name.to_ascii_uppercase()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_comes_before_the_environment_and_that_before_the_file() {
        let mut values = Values::default();
        values.set_in_file(vec![
            ("a".into(), "file".into()),
            ("b".into(), "file".into()),
            ("c".into(), "file".into()),
        ]);
        values.set_environment(HashMap::from([
            ("A".into(), "variable".into()),
            ("b".into(), "variable".into()),
        ]));
        values.set("a".into(), "code".into());
        let found: Vec<_> = ["a", "b", "c", "d"].map(|name| values.get(name)).into_iter().collect();
        assert_eq!(found, [Some("code"), Some("variable"), Some("file"), None]);
        assert_eq!(values.value("d", Some("default")).expect("it has one"), "default");
        assert_eq!(
            values.value("d", None).expect_err("nobody says it").message(),
            "setting `d` is not set; give it by `Webtask::builder().setting(\"d\", …)`, `WEBTASK_SETTING_D`, \
             or `d = \"…\"` below `[settings]` in the file of settings"
        );
    }
}
