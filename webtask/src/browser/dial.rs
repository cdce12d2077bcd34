//! The WebSocket to a browser, near or far.

use std::sync::Arc;
use std::time::Duration;

use async_tungstenite::WebSocketStream;
use async_tungstenite::tokio::{TokioAdapter, client_async_with_config};
use async_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use url::Url;

use crate::{Error, ErrorKind, net};

/// How long it may take to reach the browser.
const CONNECT: Duration = Duration::from_secs(15);

/// The bytes to the browser and from it.
pub(super) trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

pub(super) type Bytes = TokioAdapter<Box<dyn Wire>>;

pub(super) type Socket = WebSocketStream<Bytes>;

/// Opens a WebSocket to the browser.
pub(super) async fn dial(url: &str) -> Result<Socket, Error> {
    // A browser that is stopped is reached, and then says nothing.
    let socket = tokio::time::timeout(CONNECT, async {
        let stream = reach(url).await?;
        Ok(client_async_with_config(url, stream, Some(boundless())).await?.0)
    });
    let socket = socket.await.unwrap_or_else(|late| Err(late.into()));
    socket.map_err(|error: Box<dyn std::error::Error + Send + Sync>| {
        Error::new(ErrorKind::BrowserLost, format!("cannot connect to the browser: {error}"))
            .with_source(error)
    })
}

/// Messages may have any size.
pub(super) fn boundless() -> WebSocketConfig {
    WebSocketConfig::default().max_message_size(None).max_frame_size(None)
}

async fn reach(url: &str) -> Result<Box<dyn Wire>, Box<dyn std::error::Error + Send + Sync>> {
    let url = Url::parse(url)?;
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let port = url.port_or_known_default().unwrap_or_default();
    let stream = TcpStream::connect((host, port)).await?;
    // Calls are small and each is waited for.
    stream.set_nodelay(true)?;
    if url.scheme() != "wss" {
        return Ok(Box::new(stream));
    }
    let name = rustls::pki_types::ServerName::try_from(host.to_owned())?;
    let tls = tokio_rustls::TlsConnector::from(Arc::new(net::tls()?));
    Ok(Box::new(tls.connect(name, stream).await?))
}
