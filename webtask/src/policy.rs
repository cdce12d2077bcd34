//! Which URLs of a caller may be opened: those of the public web, unless a pool allows more.
//!
//! What a recipe writes itself is trusted. For the rest a name is resolved here, judged by its addresses, and one of those
//! that were judged is dialled, so that no second answer of a name server leads elsewhere.

mod address;
mod dial;
mod gate;
mod proxy;
mod resolver;

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use url::{Host, Url};

pub(crate) use address::not_public;
pub(crate) use gate::{Gate, Mark};
pub(crate) use proxy::Proxy;
pub(crate) use resolver::Names;
pub use resolver::Resolver;

use crate::{Error, ErrorKind, template};

/// The address of a page or a server, with what is known of where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Address<'a> {
    pub(crate) url: &'a str,
    /// Whether somebody else than the recipe says where it leads.
    pub(crate) untrusted: bool,
}

/// An address that the recipe does not write itself.
#[must_use]
pub fn untrusted(url: &str) -> Address<'_> {
    Address { url, untrusted: true }
}

impl<'a> From<&'a str> for Address<'a> {
    fn from(url: &'a str) -> Self {
        Self { url, untrusted: false }
    }
}

impl<'a> From<&'a String> for Address<'a> {
    fn from(url: &'a String) -> Self {
        url.as_str().into()
    }
}

/// A host that may not be reached, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Denied {
    host: String,
    why: String,
}

/// Why a host was not reached.
#[derive(Debug)]
pub(crate) enum Failure {
    Denied(Denied),
    /// It has no address, or does not answer.
    Unreachable(String),
}

/// Checks as much of a caller's URL as is known without asking anybody.
///
/// # Errors
///
/// [`UrlNotAllowed`](ErrorKind::UrlNotAllowed), naming the URL and the reason.
pub(crate) fn check(url: &Url) -> Result<(), Error> {
    match url.host() {
        Some(host) => check_host(&host).map_err(|denied| denied.error(url)),
        None => Ok(()),
    }
}

/// Checks an input that is used as a URL, or as the host of one.
pub(crate) fn check_input(value: &str) -> Result<(), Error> {
    match Url::parse(value) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => check(&url),
        // `localhost:80` reads as a URL, too.
        parsed => match (template::host_of(value), parsed) {
            (Some(host), _) => check_host(&borrowed(&host)).map_err(|denied| not_allowed(value, &denied)),
            (None, Ok(_)) => Err(Error::new(
                ErrorKind::UrlNotAllowed,
                format!("`{value}` is not allowed: a caller's URL begins with `http` or `https`"),
            )),
            // What it is instead is said where it is used.
            (None, Err(_)) => Ok(()),
        },
    }
}

/// Checks a host that is written as an address, or as a name that always means this machine.
pub(crate) fn check_host(host: &Host<&str>) -> Result<(), Denied> {
    let why = match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let is_local = name == "localhost" || name.ends_with(".localhost");
            is_local.then(|| "is a name of this machine".to_owned())
        }
        Host::Ipv4(address) => kind(IpAddr::V4(*address)),
        Host::Ipv6(address) => kind(IpAddr::V6(*address)),
    };
    match why {
        Some(why) => Err(Denied { host: host.to_string(), why }),
        None => Ok(()),
    }
}

fn kind(address: IpAddr) -> Option<String> {
    not_public(address).map(|kind| format!("is {kind} address"))
}

/// The addresses of a host, when they must be public only those that are.
pub(crate) async fn addresses(
    names: &Names,
    host: &Host<String>,
    port: u16,
    public: bool,
) -> Result<Vec<SocketAddr>, Failure> {
    if public {
        check_host(&borrowed(host)).map_err(Failure::Denied)?;
    }
    let name = match host {
        Host::Ipv4(address) => return Ok(vec![SocketAddr::from((*address, port))]),
        Host::Ipv6(address) => return Ok(vec![SocketAddr::from((*address, port))]),
        Host::Domain(name) => name,
    };
    let found = names.resolve(name).await.map_err(|error| Failure::Unreachable(error.to_string()))?;
    let at = |ip: &IpAddr| SocketAddr::new(*ip, port);
    if !public {
        return Ok(found.iter().map(at).collect());
    }
    let good: Vec<_> = found.iter().filter(|ip| not_public(**ip).is_none()).map(at).collect();
    match (good.is_empty(), found.first().and_then(|ip| Some((ip, not_public(*ip)?)))) {
        (true, Some((ip, kind))) => {
            let why = format!("has {kind} address, `{ip}`");
            Err(Failure::Denied(Denied { host: name.clone(), why }))
        }
        _ => Ok(good),
    }
}

fn borrowed(host: &Host<String>) -> Host<&str> {
    match host {
        Host::Domain(name) => Host::Domain(name.as_str()),
        Host::Ipv4(address) => Host::Ipv4(*address),
        Host::Ipv6(address) => Host::Ipv6(*address),
    }
}

impl Denied {
    /// Why, without the host.
    pub(crate) fn why(&self) -> &str {
        &self.why
    }

    /// As an error of the URL that led there.
    pub(crate) fn error(&self, url: &Url) -> Error {
        match url.host_str() {
            Some(host) if host == self.host => not_allowed(url.as_str(), self),
            _ => Error::new(
                ErrorKind::UrlNotAllowed,
                format!("`{url}` leads to `{}`, which is not allowed: it {}", self.host, self.why),
            ),
        }
    }
}

fn not_allowed(url: &str, denied: &Denied) -> Error {
    let Denied { host, why } = denied;
    Error::new(
        ErrorKind::UrlNotAllowed,
        format!("`{url}` is not allowed: `{host}` {why}; a pool with `allow_private` opens it"),
    )
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.host, self.why)
    }
}

impl std::error::Error for Denied {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_judged_by_its_host() {
        for (url, why) in [
            ("http://127.0.0.1/", "`127.0.0.1` is a loopback address"),
            ("http://2130706433/", "`127.0.0.1` is a loopback address"),
            ("http://0177.0.0.1/", "`127.0.0.1` is a loopback address"),
            ("http://0x7f.1/", "`127.0.0.1` is a loopback address"),
            ("http://0/", "`0.0.0.0` is an unspecified address"),
            ("http://１２７.0.0.1/", "`127.0.0.1` is a loopback address"),
            ("http://[::ffff:127.0.0.1]/", "`[::ffff:7f00:1]` is a loopback address"),
            ("http://[::]:80/", "`[::]` is an unspecified address"),
            ("http://LOCALHOST/", "`localhost` is a name of this machine"),
            ("http://localhost./", "`localhost.` is a name of this machine"),
            ("http://a.localhost/", "`a.localhost` is a name of this machine"),
            ("https://169.254.169.254/latest", "`169.254.169.254` is a link-local address"),
        ] {
            let parsed = Url::parse(url).expect(url);
            let error = check(&parsed).expect_err(url);
            assert_eq!(error.kind(), ErrorKind::UrlNotAllowed);
            let expected = format!("`{parsed}` is not allowed: {why}; a pool with `allow_private` opens it");
            assert_eq!(error.message(), expected);
        }
        for url in
            ["http://example.com/", "https://1.1.1.1/", "http://localhost.example/", "http://notlocalhost/"]
        {
            assert!(check(&Url::parse(url).expect(url)).is_ok(), "{url}");
        }
    }

    #[test]
    fn an_input_is_judged_as_a_url_or_as_a_host() {
        for value in [
            "http://127.0.0.1/",
            "HTTP://127.1",
            "127.0.0.1",
            "0x7f000001",
            "localhost",
            "[::1]",
            "file:///etc/passwd",
            "data:text/html,x",
            "ftp://a/",
        ] {
            let error = check_input(value).expect_err(value);
            assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{value}");
        }
        // The last ones are neither; the step says so.
        for value in ["https://example.com/", "example.com", "1.1.1.1", "a b", ""] {
            assert!(check_input(value).is_ok(), "{value}");
        }
    }
}
