//! What a server is told in plain values: by code, by variables or by a file. It makes no endpoint.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::path::PathBuf;
use std::time::Duration;

use crate::Error;
use crate::origin::{host, origin};

/// The values, each at its default unless somebody says another.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) address: SocketAddr,
    pub(crate) hosts: List<String>,
    pub(crate) origins: List<String>,
    pub(crate) tokens: List<Token>,
    pub(crate) mounts: List<(String, PathBuf)>,
    pub(crate) body_limit: u64,
    pub(crate) body_rate: u64,
    pub(crate) body_time: Duration,
    pub(crate) heartbeat: Duration,
    pub(crate) grace: Duration,
    pub(crate) streams: usize,
    pub(crate) connections: usize,
    pub(crate) header_limit: Duration,
    pub(crate) idle_limit: Duration,
    pub(crate) compress: bool,
    pub(crate) event_buffer: usize,
    pub(crate) slow_reader_timeout: Duration,
    pub(crate) keep_time: Duration,
    pub(crate) keep_runs: usize,
    pub(crate) keep_bytes: usize,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            address: (Ipv4Addr::LOCALHOST, 8765).into(),
            hosts: List::default(),
            origins: List::default(),
            tokens: List::default(),
            mounts: List::default(),
            body_limit: 1024 * 1024,
            body_rate: 1024,
            body_time: Duration::from_secs(300),
            heartbeat: Duration::from_secs(15),
            grace: Duration::from_secs(30),
            streams: 4096,
            connections: 8192,
            header_limit: Duration::from_secs(10),
            idle_limit: Duration::from_secs(60),
            compress: false,
            event_buffer: 256 * 1024,
            slow_reader_timeout: Duration::from_secs(5),
            keep_time: Duration::from_secs(600),
            keep_runs: 1000,
            keep_bytes: 64 << 20,
        }
    }
}

/// What the settings give; code's own lists come before theirs.
impl Terms {
    pub(crate) fn allow_hosts(mut self, hosts: Vec<String>) -> Result<Self, Error> {
        hosts.iter().try_for_each(|text| host(text).map(drop))?;
        self.hosts = List::given(hosts);
        Ok(self)
    }

    pub(crate) fn allow_origins(mut self, origins: Vec<String>) -> Result<Self, Error> {
        origins.iter().try_for_each(|text| origin(text).map(drop))?;
        self.origins = List::given(origins);
        Ok(self)
    }

    pub(crate) fn token_secrets(mut self, names: Vec<String>) -> Self {
        self.tokens = List::given(names.into_iter().map(Token::Secret).collect());
        self
    }

    pub(crate) fn files(mut self, mounts: Vec<(String, PathBuf)>) -> Self {
        self.mounts = List::given(mounts);
        self
    }
}

/// A list that the settings give, until code begins one of its own.
#[derive(Clone, Debug)]
pub(crate) struct List<T> {
    items: Vec<T>,
    given: bool,
}

impl<T> List<T> {
    fn given(items: Vec<T>) -> Self {
        Self { items, given: true }
    }

    /// Code says one.
    pub(crate) fn push(&mut self, item: T) {
        if std::mem::take(&mut self.given) {
            self.items.clear();
        }
        self.items.push(item);
    }

    /// One that nobody says, beside those that somebody does.
    pub(crate) fn add(&mut self, item: T) {
        self.items.push(item);
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { items: Vec::new(), given: false }
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

/// A token, or the secret that it is.
#[derive(Clone)]
pub(crate) enum Token {
    Plain(String),
    Secret(String),
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(_) => f.write_str("Plain"),
            Self::Secret(name) => write!(f, "Secret({name})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_code_comes_before_one_that_is_given() {
        let mut hosts = List::given(vec!["file"]);
        hosts.add("bound");
        assert_eq!(*hosts, ["file", "bound"]);
        hosts.push("code");
        hosts.push("code too");
        hosts.add("bound");
        assert_eq!(*hosts, ["code", "code too", "bound"]);
    }

    #[test]
    fn no_token_is_printed() {
        let token = Token::Plain("hunter2".into());
        assert!(!format!("{token:?}").contains("hunter2"));
    }
}
