//! The proxy of a pool: where it is, and connections through it.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Uri};
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use percent_encoding::percent_decode_str;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tower_service::Service;
use url::{Host, Url};

use super::dial::{Given, Wire, dial, wire};
use super::{Failure, Names, addresses};
use crate::net;

/// A proxy, with the name and the password that it wants.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Proxy {
    kind: Kind,
    host: Host<String>,
    port: u16,
    user: Option<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Http,
    Https,
    Socks5,
}

impl Proxy {
    /// From `http://`, `https://` or `socks5://`, with `USER:PASSWORD@` or without.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| format!("is not a URL: {error}"))?;
        let (kind, port) = match url.scheme() {
            "http" => (Kind::Http, 80),
            "https" => (Kind::Https, 443),
            "socks5" | "socks5h" => (Kind::Socks5, 1080),
            other => {
                return Err(format!("has the scheme `{other}`; write `http://`, `https://` or `socks5://`"));
            }
        };
        // The host of a scheme that is none of the web's is not parsed.
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("has no host")?;
        let host = Host::parse(host).map_err(|error| format!("has a wrong host: {error}"))?;
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err("has more than a host and a port; write `http://HOST:PORT`".into());
        }
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let user = match (url.username(), url.password()) {
            ("", None) => None,
            (user, password) => Some((decoded(user), decoded(password.unwrap_or_default()))),
        };
        if let (Kind::Socks5, Some((user, password))) = (kind, &user)
            && (user.len() > 255 || password.len() > 255)
        {
            return Err("has a user or a password of more than 255 bytes".into());
        }
        Ok(Self { kind, host, port: url.port().unwrap_or(port), user })
    }

    /// Whether it takes plain requests too, not only tunnels.
    pub(super) fn takes_requests(&self) -> bool {
        self.kind != Kind::Socks5
    }

    /// What it wants to be told with each request.
    pub(super) fn authorization(&self) -> Option<HeaderValue> {
        let (user, password) = self.user.as_ref()?;
        let mut value =
            HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
                .ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Connects to it.
    pub(super) async fn connect(&self, names: &Names) -> Result<Wire, Failure> {
        let told = |reason: String| Failure::Unreachable(format!("the proxy `{self}`: {reason}"));
        let found = match addresses(names, &self.host, self.port, false).await {
            Ok(found) => found,
            Err(Failure::Unreachable(reason)) => return Err(told(reason)),
            Err(denied) => return Err(denied),
        };
        let stream = dial(&found).await.map_err(|error| told(error.to_string()))?;
        if self.kind != Kind::Https {
            return Ok(wire(stream));
        }
        let tls = net::tls().map_err(|error| told(error.to_string()))?;
        let name = match &self.host {
            Host::Domain(name) => {
                ServerName::try_from(name.clone()).map_err(|error| told(error.to_string()))?
            }
            Host::Ipv4(address) => ServerName::IpAddress((*address).into()),
            Host::Ipv6(address) => ServerName::IpAddress((*address).into()),
        };
        let stream = TlsConnector::from(Arc::new(tls)).connect(name, stream).await;
        Ok(wire(stream.map_err(|error| told(error.to_string()))?))
    }

    /// Connects through it: to one of those addresses, or to a host that it is to find.
    pub(super) async fn tunnel(
        &self,
        names: &Names,
        host: &Host<String>,
        port: u16,
        address: Option<SocketAddr>,
    ) -> Result<Wire, Failure> {
        let authority = match address {
            Some(address) => address.to_string(),
            None => format!("{host}:{port}"),
        };
        let told = |reason: &dyn fmt::Display| Failure::Unreachable(format!("the proxy `{self}`: {reason}"));
        let to = Uri::builder()
            .scheme("https")
            .authority(authority)
            .path_and_query("/")
            .build()
            .map_err(|error| told(&error))?;
        let connection = Given::new(self.connect(names).await?);
        match self.kind {
            Kind::Http | Kind::Https => {
                let mut tunnel = Tunnel::new(Uri::from_static("http://proxy"), connection);
                if let Some(authorization) = self.authorization() {
                    tunnel = tunnel.with_auth(authorization);
                }
                tunnel.call(to).await.map_err(|error| told(&error))
            }
            Kind::Socks5 => {
                let mut socks = SocksV5::new(Uri::from_static("http://proxy"), connection);
                if let Some((user, password)) = &self.user {
                    socks = socks.with_auth(user.clone(), password.clone());
                }
                socks.call(to).await.map_err(|error| told(&error))
            }
        }
    }
}

/// Without the password.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.kind {
            Kind::Http => "http",
            Kind::Https => "https",
            Kind::Socks5 => "socks5",
        };
        write!(f, "{scheme}://{}:{}", self.host, self.port)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_read_and_shown_without_its_password() {
        for (text, shown) in [
            ("http://a.test", "http://a.test:80"),
            ("https://a.test:8443/", "https://a.test:8443"),
            ("socks5://[::1]", "socks5://[::1]:1080"),
            ("http://u:p%40ss@127.0.0.1:3128", "http://127.0.0.1:3128"),
        ] {
            let proxy = Proxy::parse(text).expect(text);
            assert_eq!(proxy.to_string(), shown);
            assert!(!format!("{proxy:?}").contains("p@ss"));
        }
        let proxy = Proxy::parse("http://u:p%40ss@a.test").expect("a proxy");
        assert_eq!(proxy.user, Some(("u".into(), "p@ss".into())));
        assert_eq!(proxy.authorization().expect("it has a user"), "Basic dTpwQHNz");
    }

    #[test]
    fn what_is_no_proxy_is_said() {
        for (text, why) in [
            ("a.test:80", "has the scheme `a.test`; write `http://`, `https://` or `socks5://`"),
            ("a", "is not a URL: relative URL without a base"),
            ("ftp://a", "has the scheme `ftp`; write `http://`, `https://` or `socks5://`"),
            ("http://a/b", "has more than a host and a port; write `http://HOST:PORT`"),
            ("socks5://", "has no host"),
        ] {
            assert_eq!(Proxy::parse(text).err().as_deref(), Some(why), "{text}");
        }
    }
}
