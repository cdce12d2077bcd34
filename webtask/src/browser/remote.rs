//! A browser that somebody else started: where it listens. It knows no window.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use url::Url;

use crate::{Error, ErrorKind, net};

/// How long it may take to say where it listens.
const LIMIT: Duration = Duration::from_secs(10);

/// A browser's URL. It may hold a token, which is not shown.
#[derive(Clone)]
pub(crate) struct Endpoint(pub(crate) String);

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Url::parse(&self.0).map_or_else(|_| "…".to_owned(), |url| shown(&url)))
    }
}

/// What `/json/version` tells.
#[derive(Deserialize)]
struct Version {
    #[serde(rename = "webSocketDebuggerUrl")]
    url: String,
}

/// Whether that can be connected to; nothing is asked yet.
pub(super) fn check(endpoint: &Endpoint) -> Result<(), Error> {
    parse(&endpoint.0).map(drop)
}

/// The browser's endpoint: the URL itself, or what the server there tells.
pub(super) async fn find(endpoint: &Endpoint) -> Result<String, Error> {
    let parsed = parse(&endpoint.0)?;
    if matches!(parsed.scheme(), "ws" | "wss") {
        return Ok(parsed.into());
    }
    let lost = |why: &dyn fmt::Display| {
        let message = format!("the browser at `{}` cannot be asked: {why}", shown(&parsed));
        Error::new(ErrorKind::BrowserLost, message)
    };
    let failed = |error: reqwest::Error| {
        let error = error.without_url();
        lost(&net::reason(&error)).with_source(error)
    };
    let asked = parsed.join("/json/version").map_err(|error| lost(&error))?;
    let reply = net::client()?.get(asked).timeout(LIMIT).send().await.map_err(failed)?;
    let status = reply.status();
    let text = reply.text().await.map_err(failed)?;
    if !status.is_success() {
        let line = text.lines().next().unwrap_or_default();
        return Err(lost(&format!("it answers {status}: {}", line.chars().take(200).collect::<String>())));
    }
    let version: Version = serde_json::from_str(&text)
        .map_err(|error| lost(&"`/json/version` does not tell its endpoint").with_source(error))?;
    Ok(version.url)
}

fn parse(text: &str) -> Result<Url, Error> {
    let wrong = |why: &str| {
        // It may hold a token, so it is not told.
        let message = format!(
            "the URL to connect to {why}; give a browser's endpoint, `ws://HOST:PORT/devtools/browser/ID`, or its server, \
             `http://HOST:PORT`"
        );
        Error::new(ErrorKind::Config, message)
    };
    let url = Url::parse(text).map_err(|error| wrong(&format!("is not valid: {error}")))?;
    match url.scheme() {
        "ws" | "wss" | "http" | "https" if url.host().is_some() => Ok(url),
        scheme => Err(wrong(&format!("begins with `{scheme}:`"))),
    }
}

/// A URL without what may be secret in it.
fn shown(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{}://{host}:{port}", url.scheme()),
        None => format!("{}://{host}", url.scheme()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_that_is_none_of_a_browser_is_told_without_itself() {
        let check = |url: &str| check(&Endpoint(url.to_owned()));
        let error = check("ftp://host/?token=secret").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.message().starts_with("the URL to connect to begins with `ftp:`"), "{error}");
        assert!(!check("secret").unwrap_err().message().contains("secret"));
        assert!(check("ws://127.0.0.1:9222/devtools/browser/1").is_ok());
    }

    #[test]
    fn a_url_is_shown_without_its_secrets() {
        let url = Url::parse("https://user:word@host:8443/path?token=secret").unwrap();
        assert_eq!(shown(&url), "https://host:8443");
        let endpoint = Endpoint("wss://host/devtools?token=secret".into());
        assert_eq!(format!("{endpoint:?}"), "wss://host");
        assert_eq!(format!("{:?}", Endpoint("secret".into())), "…");
    }
}
