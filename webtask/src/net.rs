//! What all that reaches servers by itself shares: TLS, a client of HTTP, and content encodings. It knows no policy.

mod certificates;
mod encoding;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, ClientBuilder};
use rustls_platform_verifier::BuilderVerifierExt;

use self::certificates::Unchecked;
pub(crate) use self::encoding::{ACCEPTED, Coding, Fault, codings, is_packed, unpack};
use crate::{Error, ErrorKind};

/// How long it may take to reach a server.
const CONNECT: Duration = Duration::from_secs(15);

/// A client that trusts whom the system trusts, and those hosts whatever their certificates are. It follows nothing by
/// itself: each hop is replayed and recorded.
pub(crate) fn builder(unchecked: &[String]) -> Result<ClientBuilder, Error> {
    Ok(Client::builder()
        .tls_backend_preconfigured(trusting(unchecked)?)
        // A proxy is a pool's: that of the environment would see what the recipe asks of this machine, secrets too.
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .user_agent(concat!("webtask/", env!("CARGO_PKG_VERSION"))))
}

/// A client that trusts whom the system trusts.
pub(crate) fn client() -> Result<Client, Error> {
    builder(&[])?.build().map_err(|error| no_tls(&error))
}

/// TLS that trusts whom the system trusts.
pub(crate) fn tls() -> Result<rustls::ClientConfig, Error> {
    trusting(&[])
}

/// The same, and those hosts whatever their certificates are.
fn trusting(unchecked: &[String]) -> Result<rustls::ClientConfig, Error> {
    // Not the process's default provider: that is the program's own to choose.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| no_tls(&error))?;
    if unchecked.is_empty() {
        return Ok(builder.with_platform_verifier().map_err(|error| no_tls(&error))?.with_no_client_auth());
    }
    let verifier = Unchecked::new(unchecked, provider).map_err(|error| no_tls(&error))?;
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}

pub(crate) fn no_tls(error: &dyn fmt::Display) -> Error {
    Error::new(ErrorKind::Config, format!("no TLS: {error}"))
}

/// Whether two sides reached each other, and could not agree on TLS. Errors of reading and writing hide what they are about.
pub(crate) fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    if error.is::<rustls::Error>() {
        return true;
    }
    match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(inner) => is_tls(inner),
        None => error.source().is_some_and(is_tls),
    }
}

/// The first cause of a failure, in words.
pub(crate) fn reason(error: &reqwest::Error) -> String {
    cause(error).to_string()
}

pub(crate) fn cause(error: &reqwest::Error) -> &(dyn std::error::Error + 'static) {
    let mut cause: &(dyn std::error::Error + 'static) = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause
}
