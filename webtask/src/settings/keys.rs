//! Every setting's name, and who takes it.

use super::value::{Meant, Value};
use crate::Pool;
use crate::webtask::Builder;

/// A setting.
pub(super) struct Key<T> {
    pub(super) name: &'static str,
    /// Gives it to its owner, unless that was told already.
    pub(super) take: fn(T, &Value) -> Meant<T>,
}

/// The settings of a [`Builder`].
pub(super) const BUILDER: &[Key<Builder>] = &[
    Key { name: "browser", take: |builder, value| Ok(builder.or_browser(value.program()?)) },
    Key { name: "connect", take: |builder, value| Ok(builder.or_connect(value.text()?.to_owned())) },
    Key { name: "failures", take: |builder, value| Ok(builder.or_failures(value.path()?)) },
    Key { name: "ffmpeg", take: |builder, value| Ok(builder.or_ffmpeg(value.program()?)) },
    Key { name: "files", take: |builder, value| Ok(builder.or_files(value.path()?)) },
    Key { name: "profiles", take: |builder, value| Ok(builder.or_profiles(value.path()?)) },
    Key { name: "record", take: |builder, value| Ok(builder.or_record(value.path()?)) },
    Key { name: "replay", take: |builder, value| Ok(builder.or_replay(value.path()?)) },
    Key { name: "results", take: |builder, value| Ok(builder.or_results(value.bytes()?)) },
    Key { name: "sandbox", take: |builder, value| Ok(builder.or_sandbox(value.bool()?)) },
    Key { name: "secrets", take: |builder, value| Ok(builder.or_secrets(value.path()?)) },
    Key { name: "slow", take: |builder, value| Ok(builder.or_slow(value.duration()?)) },
    Key { name: "strict", take: |builder, value| Ok(builder.or_strict(value.bool()?)) },
    Key { name: "visible", take: |builder, value| Ok(builder.or_visible(value.bool()?)) },
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

pub(super) fn builder_names() -> Vec<&'static str> {
    let tables =
        if cfg!(feature = "server") { &["pools", "server", "settings"][..] } else { &["pools", "settings"] };
    BUILDER.iter().map(|key| key.name).chain(tables.iter().copied()).collect()
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
        let names = super::builder_names().into_iter().chain(super::pool_names());
        #[cfg(feature = "server")]
        let names = names.chain(super::super::server::names());
        for name in names {
            assert!(guide.contains(&format!("| `{name}` |")), "`{name}` is missing in guide/settings.md");
        }
    }
}
