//! Settings that no code gives: from a file, and from environment variables. It knows each setting's name, and asks the
//! builders to take it.
//!
//! What code says stands; then the environment is asked, then the file.

mod environment;
mod file;
mod keys;
mod value;

pub(crate) use environment::Environment;
pub(crate) use file::{File, read};

use crate::webtask::Builder;
use crate::{Error, Pool};
use value::Value;

/// Who gives a setting, and where.
pub(crate) trait Source {
    /// An error at that place.
    fn wrong(&self, at: &Self::At, message: String) -> Error;
    /// A place.
    type At;
}

/// A setting that somebody gives.
pub(crate) struct Given<A> {
    pub(crate) name: String,
    pub(crate) value: Value,
    pub(crate) at: A,
}

/// Gives a builder what it was not told yet.
pub(crate) fn builder<S: Source>(
    mut builder: Builder,
    source: &S,
    given: &[Given<S::At>],
) -> Result<Builder, Error> {
    for Given { name, value, at } in given {
        let Some(key) = keys::BUILDER.iter().find(|key| key.name == *name) else {
            return Err(source.wrong(at, unknown(name, &keys::builder_names())));
        };
        builder = (key.take)(builder, value).map_err(|why| source.wrong(at, bad(name, &why)))?;
    }
    Ok(builder)
}

/// Gives a pool what it was not told yet.
pub(crate) fn pool<S: Source>(mut pool: Pool, source: &S, given: &[Given<S::At>]) -> Result<Pool, Error> {
    pool.check()?;
    let said = pool.said().to_vec();
    for Given { name, value, at } in given {
        let Some(key) = keys::POOL.iter().find(|key| key.name == *name) else {
            let message = unknown(name, &keys::pool_names());
            return Err(source.wrong(at, message));
        };
        if !said.contains(&key.name) {
            pool = (key.take)(pool, value).map_err(|why| source.wrong(at, bad(name, &why)))?;
            pool.check().map_err(|error| source.wrong(at, error.message().to_owned()))?;
        }
    }
    Ok(pool)
}

fn bad(name: &str, why: &str) -> String {
    format!("`{name}` {why}")
}

/// Says that there is no such setting, and which may be meant.
fn unknown(name: &str, known: &[&str]) -> String {
    let near = known.iter().map(|known| (strsim::damerau_levenshtein(known, name), *known)).min();
    match near {
        Some((distance, near)) if distance <= near.len().max(3) / 3 => {
            format!("unknown key `{name}`; did you mean `{near}`?")
        }
        _ => {
            let known: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("unknown key `{name}`; there are {}", known.join(", "))
        }
    }
}
