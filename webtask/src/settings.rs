//! Settings that no code gives: from a file, and from environment variables. It knows each setting's name, and makes
//! plain values of them.
//!
//! What code says stands; then the environment is asked, then the file.

mod environment;
mod file;
mod keys;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod terms;
mod value;

pub(crate) use environment::Environment;
pub(crate) use file::{File, read};

use webtask_words::nearest;

use crate::{Error, Pool};
use keys::Key;
pub(crate) use keys::Options;
#[cfg(feature = "server")]
pub(crate) use terms::{Terms, Token};
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

/// What the source says of a [`Webtask`](crate::Webtask).
pub(crate) fn options<S: Source>(source: &S, given: &[Given<S::At>]) -> Result<Options, Error> {
    all(Options::default(), keys::OPTIONS, &keys::option_names(), source, given)
}

/// Gives a server's terms what the source says, in the place of what they were told before.
#[cfg(feature = "server")]
pub(crate) fn server<S: Source>(terms: Terms, source: &S, given: &[Given<S::At>]) -> Result<Terms, Error> {
    all(terms, server::SERVER, &server::names(), source, given)
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

fn all<T, S: Source>(
    mut owner: T,
    keys: &[Key<T>],
    names: &[&str],
    source: &S,
    given: &[Given<S::At>],
) -> Result<T, Error> {
    for Given { name, value, at } in given {
        let Some(key) = keys.iter().find(|key| key.name == *name) else {
            return Err(source.wrong(at, unknown(name, names)));
        };
        owner = (key.take)(owner, value).map_err(|why| source.wrong(at, bad(name, &why)))?;
    }
    Ok(owner)
}

fn bad(name: &str, why: &str) -> String {
    format!("`{name}` {why}")
}

/// Says that there is no such setting, and which may be meant.
fn unknown(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("unknown key `{name}`; did you mean `{near}`?"),
        None => {
            let known: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("unknown key `{name}`; there are {}", known.join(", "))
        }
    }
}
