//! Every setting of a server, and who takes it.

use super::keys::Key;
use super::terms::Terms;
use super::value::{Meant, Value};
use crate::Error;
use crate::secret::is_name;

/// The settings of a [`Server`](crate::server::Server).
pub(super) const SERVER: &[Key<Terms>] = &[
    Key {
        name: "address",
        take: |terms, value| {
            let text = value.text()?;
            let address = text.parse();
            let address = address.map_err(|_| {
                format!("is `{text}`, and should be an address such as `127.0.0.1:8765` or `[::]:8765`")
            })?;
            Ok(Terms { address, ..terms })
        },
    },
    Key {
        name: "allow_hosts",
        take: |terms, value| terms.allow_hosts(value.texts()?).map_err(|error| wrong(&error)),
    },
    Key {
        name: "allow_origins",
        take: |terms, value| terms.allow_origins(value.texts()?).map_err(|error| wrong(&error)),
    },
    Key { name: "event_buffer", take: |terms, value| Ok(Terms { event_buffer: size(value)?, ..terms }) },
    Key { name: "body_limit", take: |terms, value| Ok(Terms { body_limit: value.bytes()?, ..terms }) },
    Key { name: "body_rate", take: |terms, value| Ok(Terms { body_rate: value.bytes()?, ..terms }) },
    Key { name: "body_time", take: |terms, value| Ok(Terms { body_time: value.duration()?, ..terms }) },
    Key { name: "compress", take: |terms, value| Ok(Terms { compress: value.bool()?, ..terms }) },
    Key { name: "connections", take: |terms, value| Ok(Terms { connections: value.count()?, ..terms }) },
    Key { name: "files", take: |terms, value| value.paths().map(|mounts| terms.files(mounts)) },
    Key { name: "grace", take: |terms, value| Ok(Terms { grace: value.duration()?, ..terms }) },
    Key { name: "header_limit", take: |terms, value| Ok(Terms { header_limit: value.duration()?, ..terms }) },
    Key {
        name: "heartbeat",
        take: |terms, value| match value.duration()? {
            heartbeat if heartbeat.is_zero() => Err("is zero; leave it out for 15 seconds".into()),
            heartbeat => Ok(Terms { heartbeat, ..terms }),
        },
    },
    Key { name: "idle_limit", take: |terms, value| Ok(Terms { idle_limit: value.duration()?, ..terms }) },
    Key { name: "keep_bytes", take: |terms, value| Ok(Terms { keep_bytes: size(value)?, ..terms }) },
    Key { name: "keep_runs", take: |terms, value| Ok(Terms { keep_runs: value.count()?, ..terms }) },
    Key { name: "keep_time", take: |terms, value| Ok(Terms { keep_time: value.duration()?, ..terms }) },
    Key {
        name: "slow_reader_timeout",
        take: |terms, value| Ok(Terms { slow_reader_timeout: value.duration()?, ..terms }),
    },
    Key { name: "streams", take: |terms, value| Ok(Terms { streams: value.count()?, ..terms }) },
    Key {
        name: "token_secrets",
        take: |terms, value| match value.texts()? {
            names if names.iter().all(|name| is_name(name)) => Ok(terms.token_secrets(names)),
            // What stands there is not shown: it may be a token.
            _ => {
                Err("has what is no name of a secret; write one such as `server_token`, and give the token \
                by `WEBTASK_SECRET_server_token`"
                    .into())
            }
        },
    },
];

pub(super) fn names() -> Vec<&'static str> {
    SERVER.iter().map(|key| key.name).collect()
}

fn size(value: &Value) -> Meant<usize> {
    value.bytes().map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX))
}

fn wrong(error: &Error) -> String {
    format!("is wrong: {}", error.message())
}
