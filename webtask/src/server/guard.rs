//! Who may call: `Host` against an allow-list, and no web page of a foreign origin. It reads headers only.

use std::net::IpAddr;

use http::header::{HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN};
use http::uri::Authority;

use super::reject::Refusal;
use crate::Error;
use crate::header::only;
use crate::origin::{host, origin, parts};

/// What a browser says of whose page asks.
static SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The allow-lists.
#[derive(Debug)]
pub(super) struct Guard {
    hosts: Vec<Authority>,
    origins: Vec<String>,
}

impl Guard {
    pub(super) fn new(hosts: &[String], origins: &[String]) -> Result<Self, Error> {
        let hosts = hosts.iter().map(|text| host(text)).collect::<Result<_, _>>()?;
        let origins = origins.iter().map(|text| origin(text).map(|url| url.origin().ascii_serialization()));
        Ok(Self { hosts, origins: origins.collect::<Result<_, _>>()? })
    }

    /// Whether a request that names this authority may come in.
    pub(super) fn check(&self, authority: Option<&str>, headers: &HeaderMap) -> Result<(), Refusal> {
        let Some(authority) = authority.filter(|_| only(headers, HOST).is_ok()) else {
            return Err(Refusal::Host(None));
        };
        let Some((host, port)) = parts(authority).filter(|(host, port)| self.allows(host, *port)) else {
            return Err(Refusal::Host(Some(authority.to_owned())));
        };
        match only(headers, ORIGIN) {
            Ok(None) => no_foreign_page(headers),
            Ok(Some(text)) if text.to_str().is_ok_and(|text| self.is_own(text, host, port)) => Ok(()),
            Ok(Some(text)) | Err(text) => Err(foreign(text)),
        }
    }

    /// Whether pages of any other origin may call.
    pub(super) fn has_origins(&self) -> bool {
        !self.origins.is_empty()
    }

    /// The origin of a request whose page may read the answer.
    pub(super) fn foreign<'h>(&self, headers: &'h HeaderMap) -> Option<&'h HeaderValue> {
        if self.origins.is_empty() {
            return None;
        }
        let origin = only(headers, ORIGIN).ok().flatten()?;
        self.origins.iter().any(|known| known.as_bytes() == origin.as_bytes()).then_some(origin)
    }

    fn allows(&self, host: &str, port: Option<u16>) -> bool {
        let is_known = |known: &Authority| {
            known.host().eq_ignore_ascii_case(host)
                && known.port_u16().is_none_or(|known| port == Some(known))
        };
        is_loopback(host) || self.hosts.iter().any(is_known)
    }

    /// Whether an `Origin` is the server itself, by the name by which it was called, or an allowed one.
    fn is_own(&self, text: &str, host: &str, port: Option<u16>) -> bool {
        let Ok(url) = origin(text) else { return false };
        let port = port.or(if url.scheme() == "https" { Some(443) } else { Some(80) });
        self.origins.iter().any(|known| known == text)
            || (url.host_str().is_some_and(|own| own.eq_ignore_ascii_case(host))
                && url.port_or_known_default() == port)
    }
}

/// Whether a request without an `Origin` comes from no page, or from one of the server's own. A browser says it of every
/// page, script, picture and frame that it loads; a program says nothing. What is not known is refused.
fn no_foreign_page(headers: &HeaderMap) -> Result<(), Refusal> {
    match only(headers, &SITE) {
        Ok(None) => Ok(()),
        // The user has typed the address, or chosen a bookmark.
        Ok(Some(site)) if site == "same-origin" || site == "none" => Ok(()),
        Ok(Some(site)) if site == "same-site" => Err(Refusal::Origin("another origin".to_owned())),
        Ok(Some(_)) | Err(_) => Err(Refusal::Origin("another site".to_owned())),
    }
}

fn foreign(origin: &HeaderValue) -> Refusal {
    Refusal::Origin(format!("origin `{}`", String::from_utf8_lossy(origin.as_bytes())))
}

/// Names and addresses that nobody can let point elsewhere.
fn is_loopback(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host == "127.0.0.1"
        || host.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(authority: &str, headers: &[(&'static str, &str)]) -> Result<(), &'static str> {
        let guard = Guard::new(
            &["tasks.example.com".into(), "one.example.com:81".into()],
            &["https://proxy.example".into()],
        )
        .expect("a good list");
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().expect("a value"));
        }
        guard.check(Some(authority), &map).map_err(|refusal| match refusal {
            Refusal::Host(_) => "host",
            Refusal::Origin(_) => "origin",
            _ => "other",
        })
    }

    #[test]
    fn lets_in_only_hosts_that_are_its_own() {
        for host in [
            "localhost",
            "LOCALHOST:8765",
            "127.0.0.1:8765",
            "127.8.8.8",
            "[::1]:8765",
            "[::1]",
            "[::ffff:127.0.0.1]:1",
        ] {
            assert_eq!(check(host, &[]), Ok(()), "{host}");
        }
        for host in ["tasks.example.com", "Tasks.Example.com:8080", "one.example.com:81"] {
            assert_eq!(check(host, &[]), Ok(()), "{host}");
        }
        for host in [
            "",
            "evil.com",
            "evil.com:8765",
            "localhost.evil.com",
            "127.0.0.1.evil.com",
            "localhost@evil.com",
            "evil@localhost",
            "localhost:99999",
            "localhost:",
            "localhost:0x50",
            "0.0.0.0:8765",
            "[::]:8765",
            "192.168.0.1",
            "one.example.com",
            "one.example.com:82",
            "sub.tasks.example.com",
            "127.1",
            "2130706433",
        ] {
            assert_eq!(check(host, &[]), Err("host"), "{host}");
        }
        assert_eq!(check("localhost", &[("host", "localhost"), ("host", "evil.com")]), Err("host"));
    }

    #[test]
    fn lets_in_only_pages_of_its_own() {
        for (host, origin) in [
            ("localhost:8765", "http://localhost:8765"),
            ("LOCALHOST:8765", "http://localhost:8765"),
            ("localhost:8765", "https://localhost:8765"),
            ("[::1]:8765", "http://[::1]:8765"),
            ("localhost", "http://localhost"),
            ("localhost:80", "http://localhost"),
            ("tasks.example.com", "https://tasks.example.com"),
            ("localhost:8765", "https://proxy.example"),
        ] {
            assert_eq!(check(host, &[("origin", origin)]), Ok(()), "{origin} on {host}");
            // The origin alone decides.
            assert_eq!(
                check(host, &[("origin", origin), ("sec-fetch-site", "cross-site")]),
                Ok(()),
                "{origin} on {host}"
            );
        }
        for origin in [
            "null",
            "",
            "http://evil.com",
            "http://localhost",
            "http://localhost:3000",
            "http://127.0.0.1:8765",
            "http://localhost:8765/",
            "http://localhost:8765 http://evil.com",
            "http://user@localhost:8765",
            "ftp://localhost:8765",
            "chrome-extension://localhost:8765",
            "localhost:8765",
            "https://proxy.example:8443",
        ] {
            assert_eq!(check("localhost:8765", &[("origin", origin)]), Err("origin"), "{origin}");
        }
        let twice = [("origin", "http://localhost:8765"), ("origin", "http://localhost:8765")];
        assert_eq!(check("localhost:8765", &twice), Err("origin"));
    }

    #[test]
    fn asks_the_fetch_metadata_when_there_is_no_origin() {
        for site in ["cross-site", "same-site", "Same-Origin", "same-origin, none", "new-site", ""] {
            assert_eq!(check("localhost", &[("sec-fetch-site", site)]), Err("origin"), "{site}");
        }
        for site in ["same-origin", "none"] {
            assert_eq!(check("localhost", &[("sec-fetch-site", site)]), Ok(()), "{site}");
        }
        let twice = [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "same-origin")];
        assert_eq!(check("localhost", &twice), Err("origin"));
        // An allowed origin is of another site most of the time.
        for site in ["cross-site", "same-site"] {
            let allowed = [("origin", "https://proxy.example"), ("sec-fetch-site", site)];
            assert_eq!(check("localhost:8765", &allowed), Ok(()), "{site}");
        }
    }

    #[test]
    fn refuses_lists_that_cannot_be_meant() {
        for host in ["", "http://example.com", "example.com/", "me@example.com", "example.com:http"] {
            assert!(Guard::new(&[host.into()], &[]).is_err(), "{host}");
        }
        for origin in ["", "*", "null", "example.com", "https://example.com/", "ws://example.com"] {
            assert!(Guard::new(&[], &[origin.into()]).is_err(), "{origin}");
        }
    }
}
