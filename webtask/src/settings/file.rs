//! Settings from a file: TOML, with the place of each value.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::value::Value;
use super::{Given, Source, unknown};
use crate::{Error, ErrorKind, regular};

/// A file's text, and what it says.
pub(crate) struct File {
    path: PathBuf,
    text: String,
    pub(crate) options: Vec<Given<Range<usize>>>,
    /// The settings of recipes.
    pub(crate) values: Vec<(String, String)>,
    /// Each pool's tag and settings, in the order of the file.
    pub(crate) pools: Vec<(String, Vec<Given<Range<usize>>>)>,
    #[cfg(feature = "server")]
    pub(crate) server: Vec<Given<Range<usize>>>,
}

impl Source for File {
    type At = Range<usize>;

    fn wrong(&self, at: &Range<usize>, message: String) -> Error {
        let before = &self.text[..at.start.min(self.text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Error::new(ErrorKind::Config, format!("{}:{line}:{column}: {message}", self.path.display()))
    }
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<File, Error> {
    let text = regular::read_to_string(path).map_err(|error| {
        let message = format!("the settings `{}` cannot be read: {error}", path.display());
        Error::new(ErrorKind::Config, message).with_source(error)
    })?;
    let mut file = File {
        path: path.to_owned(),
        text,
        options: Vec::new(),
        values: Vec::new(),
        pools: Vec::new(),
        #[cfg(feature = "server")]
        server: Vec::new(),
    };
    let text = file.text.clone();
    let table = DeTable::parse(&text).map_err(|error| {
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        file.wrong(&error.span().unwrap_or_default(), message)
    })?;
    let base = path.parent().unwrap_or(Path::new("")).to_owned();
    for (key, value) in in_order(table.get_ref()) {
        #[cfg(feature = "server")]
        if key.get_ref() == "server" {
            let DeValue::Table(settings) = value.get_ref() else {
                return Err(file.wrong(&key.span(), "`server` should be a table, like `[server]`".into()));
            };
            file.server =
                in_order(settings).into_iter().map(|(key, value)| given(key, value, &base)).collect();
            continue;
        }
        if key.get_ref() == "settings" {
            let DeValue::Table(settings) = value.get_ref() else {
                let message = "`settings` should be a table of what recipes declare, like `[settings]`";
                return Err(file.wrong(&key.span(), message.into()));
            };
            for (name, value) in in_order(settings) {
                let text = match value.get_ref() {
                    DeValue::String(text) => text.to_string(),
                    DeValue::Integer(number) => number.to_string(),
                    DeValue::Boolean(value) => value.to_string(),
                    _ => {
                        let message = format!("`{}` should be a string, like `\"…\"`", name.get_ref());
                        return Err(file.wrong(&name.span(), message));
                    }
                };
                file.values.push((name.get_ref().to_string(), text));
            }
            continue;
        }
        if key.get_ref() != "pools" {
            file.options.push(given(key, value, &base));
            continue;
        }
        let DeValue::Table(pools) = value.get_ref() else {
            return Err(
                file.wrong(&key.span(), "`pools` should be a table of pools, like `[pools.default]`".into())
            );
        };
        for (tag, pool) in in_order(pools) {
            let DeValue::Table(settings) = pool.get_ref() else {
                let message = match super::keys::pool_names().contains(&tag.get_ref().as_ref()) {
                    true => format!(
                        "`{}` is a setting of a pool; write it below `[pools.default]`",
                        tag.get_ref()
                    ),
                    false => unknown(tag.get_ref(), &["default"]),
                };
                return Err(file.wrong(&tag.span(), message));
            };
            let settings =
                in_order(settings).into_iter().map(|(key, value)| given(key, value, &base)).collect();
            file.pools.push((tag.get_ref().to_string(), settings));
        }
    }
    Ok(file)
}

type Entry<'t, 'i> = (&'t Spanned<Cow<'i, str>>, &'t Spanned<DeValue<'i>>);

fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// An unknown key is told at the key, and a wrong value there too: it may be a long one.
fn given(key: &Spanned<Cow<'_, str>>, value: &Spanned<DeValue<'_>>, base: &Path) -> Given<Range<usize>> {
    Given { name: key.get_ref().to_string(), value: read_value(value.get_ref(), base), at: key.span() }
}

fn read_value(value: &DeValue<'_>, base: &Path) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string(), base.to_owned()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Int(number),
            Err(_) => Value::Other("a number too large"),
        },
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| read_value(item.get_ref(), base)).collect())
        }
        DeValue::Table(table) => Value::Map(
            in_order(table)
                .into_iter()
                .map(|(key, value)| (key.get_ref().to_string(), read_value(value.get_ref(), base)))
                .collect(),
        ),
        DeValue::Float(_) => Value::Other("a number with a fraction"),
        DeValue::Datetime(_) => Value::Other("a date"),
    }
}
