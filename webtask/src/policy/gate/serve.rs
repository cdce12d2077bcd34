//! One connection of the browser to its proxy: requests handed on, and tunnels.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{
    CONNECTION, HOST, HeaderName, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER, UPGRADE,
};
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri, Version};
use http_body_util::{Either, Empty};
use hyper::body::Incoming;
use hyper::client::conn::http1 as client;
use hyper::server::conn::http1 as server;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use url::Host;

use super::{Inner, Reached};
use crate::header::split;
use crate::policy::Failure;
use crate::policy::dial::join;

/// What an answer holds: the server's, or nothing.
type Body = Either<Incoming, Empty<Bytes>>;

/// A request without an answer: the connection is closed, so that the page sees no document in its stead.
#[derive(Debug)]
struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no answer")
    }
}

impl std::error::Error for Closed {}

/// Serves a connection until the browser ends it.
pub(super) async fn connection(inner: Arc<Inner>, stream: TcpStream) {
    let service = service_fn(move |request| answer(inner.clone(), request));
    let serving =
        server::Builder::new().preserve_header_case(true).serve_connection(TokioIo::new(stream), service);
    if let Err(error) = serving.with_upgrades().await {
        tracing::trace!(%error, "a connection to a window's proxy ended");
    }
}

async fn answer(inner: Arc<Inner>, request: Request<Incoming>) -> Result<Response<Body>, Closed> {
    let is_tunnel = request.method() == Method::CONNECT;
    let uri = request.uri();
    let is_plain = uri.scheme_str() == Some("http");
    let server = uri.host().and_then(|host| Host::parse(host).ok());
    let port = uri.port_u16().or(is_plain.then_some(80));
    match (server, port) {
        (Some(host), Some(port)) if is_tunnel => Ok(tunnel(inner, request, host, port).await),
        (Some(host), Some(port)) if is_plain => forward(&inner, request, host, port).await,
        // No browser that knows a proxy asks so: somebody else found the port.
        _ => Ok(empty(StatusCode::BAD_REQUEST)),
    }
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Either::Right(Empty::new()));
    *response.status_mut() = status;
    response
}

/// Opens a tunnel: for `https`, and for every WebSocket.
async fn tunnel(
    inner: Arc<Inner>,
    request: Request<Incoming>,
    host: Host<String>,
    port: u16,
) -> Response<Body> {
    match inner.reach(&host, port).await {
        Ok(Reached { wire, until }) => {
            let upgrade = hyper::upgrade::on(request);
            let task = {
                let inner = inner.clone();
                async move {
                    let Ok(upgraded) = upgrade.await else { return };
                    tokio::select! {
                        () = join(upgraded, wire) => {}
                        () = inner.end_of(until) => {}
                    }
                }
            };
            // The gate is going when nobody takes it.
            let _ = inner.work.send(Box::pin(task));
            empty(StatusCode::OK)
        }
        Err(failure) => {
            let status = match failure {
                Failure::Denied(_) => StatusCode::FORBIDDEN,
                Failure::Unreachable(_) => StatusCode::BAD_GATEWAY,
            };
            inner.failed(host, port, failure);
            empty(status)
        }
    }
}

/// Hands a plain request on, over a connection of its own, and its answer back as it comes.
async fn forward(
    inner: &Arc<Inner>,
    request: Request<Incoming>,
    host: Host<String>,
    port: u16,
) -> Result<Response<Body>, Closed> {
    match hand_on(inner, request, &host, port).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            inner.failed(host, port, failure);
            Err(Closed)
        }
    }
}

async fn hand_on(
    inner: &Arc<Inner>,
    mut request: Request<Incoming>,
    host: &Host<String>,
    port: u16,
) -> Result<Response<Body>, Failure> {
    let told = |error: hyper::Error| Failure::Unreachable(error.to_string());
    let (_, public) = inner.rule(host, port);
    let authority = request.uri().authority().cloned();
    strip(request.headers_mut());
    // Whatever the header said: the server is asked for what was judged.
    if let Some(host) = authority.as_ref().and_then(|authority| authority.as_str().parse().ok()) {
        request.headers_mut().insert(HOST, host);
    }
    *request.version_mut() = Version::HTTP_11;
    let wire = match &inner.proxy {
        // A proxy takes the request as it is; one for a caller goes through a tunnel, to the address that was judged.
        Some(proxy) if !public && proxy.takes_requests() => {
            if let Some(authorization) = proxy.authorization() {
                request.headers_mut().insert(PROXY_AUTHORIZATION, authorization);
            }
            proxy.connect(&inner.names).await?
        }
        _ => {
            let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
            *request.uri_mut() = path.parse().unwrap_or_else(|_| Uri::from_static("/"));
            inner.reach(host, port).await?.wire
        }
    };
    let (mut sender, connection) =
        client::Builder::new().preserve_header_case(true).handshake(wire).await.map_err(told)?;
    let _ = inner.work.send(Box::pin(async move {
        if let Err(error) = connection.await {
            tracing::trace!(%error, "a connection of a window's proxy to a server ended");
        }
    }));
    let mut response = sender.send_request(request).await.map_err(told)?;
    strip(response.headers_mut());
    *response.version_mut() = Version::HTTP_11;
    if inner.proxy.is_some() && response.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
        return Err(Failure::Unreachable("the proxy wants another user or password".into()));
    }
    Ok(response.map(Either::Left))
}

/// Takes out what is meant for the next hop alone.
fn strip(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(split)
        .filter_map(|name| name.parse().ok())
        .collect();
    for name in named {
        headers.remove(name);
    }
    for name in [CONNECTION, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER, UPGRADE] {
        headers.remove(name);
    }
    headers.remove("proxy-connection");
    headers.remove("keep-alive");
}
