//! Every setting's name, and who takes it.

use std::path::PathBuf;
use std::time::Duration;

use super::value::{Meant, Value};
use crate::Pool;

/// A setting.
pub(super) struct Key<T> {
    pub(super) name: &'static str,
    /// Gives it to its owner, unless that was told already.
    pub(super) take: fn(T, &Value) -> Meant<T>,
}

/// The settings of a [`Webtask`](crate::Webtask), those that somebody gives.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) browser: Option<PathBuf>,
    pub(crate) connect: Option<String>,
    pub(crate) failures: Option<PathBuf>,
    pub(crate) ffmpeg: Option<PathBuf>,
    pub(crate) files: Option<PathBuf>,
    pub(crate) profiles: Option<PathBuf>,
    pub(crate) record: Option<PathBuf>,
    pub(crate) replay: Option<PathBuf>,
    pub(crate) results: Option<u64>,
    pub(crate) sandbox: Option<bool>,
    pub(crate) secrets: Option<PathBuf>,
    pub(crate) slow: Option<Duration>,
    pub(crate) strict: Option<bool>,
    pub(crate) visible: Option<bool>,
}

/// How each of them is read.
pub(super) const OPTIONS: &[Key<Options>] = &[
    Key {
        name: "browser",
        take: |options, value| Ok(Options { browser: Some(value.program()?), ..options }),
    },
    Key {
        name: "connect",
        take: |options, value| Ok(Options { connect: Some(value.text()?.to_owned()), ..options }),
    },
    Key { name: "failures", take: |options, value| Ok(Options { failures: Some(value.path()?), ..options }) },
    Key { name: "ffmpeg", take: |options, value| Ok(Options { ffmpeg: Some(value.program()?), ..options }) },
    Key { name: "files", take: |options, value| Ok(Options { files: Some(value.path()?), ..options }) },
    Key { name: "profiles", take: |options, value| Ok(Options { profiles: Some(value.path()?), ..options }) },
    Key { name: "record", take: |options, value| Ok(Options { record: Some(value.path()?), ..options }) },
    Key { name: "replay", take: |options, value| Ok(Options { replay: Some(value.path()?), ..options }) },
    Key { name: "results", take: |options, value| Ok(Options { results: Some(value.bytes()?), ..options }) },
    Key { name: "sandbox", take: |options, value| Ok(Options { sandbox: Some(value.bool()?), ..options }) },
    Key { name: "secrets", take: |options, value| Ok(Options { secrets: Some(value.path()?), ..options }) },
    Key { name: "slow", take: |options, value| Ok(Options { slow: Some(value.duration()?), ..options }) },
    Key { name: "strict", take: |options, value| Ok(Options { strict: Some(value.bool()?), ..options }) },
    Key { name: "visible", take: |options, value| Ok(Options { visible: Some(value.bool()?), ..options }) },
];

/// The settings of a [`Pool`].
pub(super) const POOL: &[Key<Pool>] = &[
    Key { name: "accept_invalid_certs", take: |pool, value| Ok(pool.accept_invalid_certs(value.texts()?)) },
    Key { name: "allow_private", take: |pool, value| Ok(pool.allow_private(value.bool()?)) },
    Key { name: "block_types", take: |pool, value| Ok(pool.block_types(value.texts()?)) },
    Key { name: "block_urls", take: |pool, value| Ok(pool.block_urls(value.texts()?)) },
    Key {
        name: "credentials",
        take: |pool, value| {
            let logins = value.logins()?.into_iter();
            Ok(logins.fold(pool, |pool, (origin, user, secret)| pool.credentials(origin, user, secret)))
        },
    },
    Key { name: "downloads", take: |pool, value| Ok(pool.downloads(value.path()?)) },
    Key {
        name: "headers",
        take: |pool, value| {
            let headers = value.pairs()?.into_iter();
            Ok(headers.fold(pool, |pool, (name, value)| pool.header(name, value)))
        },
    },
    Key {
        name: "kind",
        take: |pool, value| match value.text()? {
            "clean" => Ok(pool.clean()),
            "fresh" => Ok(pool.fresh()),
            "session" => Ok(pool.keep_session()),
            other => Err(format!("is `{other}`, and should be `clean`, `fresh` or `session`")),
        },
    },
    Key { name: "locale", take: |pool, value| Ok(pool.locale(value.text()?)) },
    Key { name: "permissions", take: |pool, value| Ok(pool.permissions(value.texts()?)) },
    Key { name: "profile", take: |pool, value| Ok(pool.profile(value.text()?)) },
    Key { name: "proxy", take: |pool, value| Ok(pool.proxy(value.text()?)) },
    Key { name: "queue", take: |pool, value| Ok(pool.queue(value.count()?)) },
    Key { name: "recycle_above", take: |pool, value| Ok(pool.recycle_above(value.bytes()?)) },
    Key { name: "recycle_after", take: |pool, value| Ok(pool.recycle_after(value.count()?)) },
    Key { name: "size", take: |pool, value| Ok(pool.size(value.count()?)) },
    Key { name: "slow", take: |pool, value| Ok(pool.slow(value.duration()?)) },
    Key { name: "timezone", take: |pool, value| Ok(pool.timezone(value.text()?)) },
    Key { name: "user_agent", take: |pool, value| Ok(pool.user_agent(value.text()?)) },
    Key { name: "visible", take: |pool, value| Ok(pool.visible(value.bool()?)) },
    Key { name: "wait", take: |pool, value| Ok(pool.wait(value.duration()?)) },
    Key {
        name: "window_size",
        take: |pool, value| value.size().map(|(width, height)| pool.window_size(width, height)),
    },
];

pub(super) fn option_names() -> Vec<&'static str> {
    let tables =
        if cfg!(feature = "server") { &["pools", "server", "settings"][..] } else { &["pools", "settings"] };
    OPTIONS.iter().map(|key| key.name).chain(tables.iter().copied()).collect()
}

pub(super) fn pool_names() -> Vec<&'static str> {
    POOL.iter().map(|key| key.name).collect()
}

#[cfg(test)]
mod tests {
    /// The guide has a row for each.
    #[test]
    fn every_key_is_in_the_guide() {
        let guide = include_str!("../guide/settings.md");
        let names = super::option_names().into_iter().chain(super::pool_names());
        #[cfg(feature = "server")]
        let names = names.chain(super::super::server::names());
        for name in names {
            assert!(guide.contains(&format!("| `{name}` |")), "`{name}` is missing in guide/settings.md");
        }
    }
}
