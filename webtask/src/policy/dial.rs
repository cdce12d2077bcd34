//! Connects to a server, directly or through another proxy.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// How long a server may take to be reached.
const LIMIT: Duration = Duration::from_secs(15);

/// How long one address is waited for before the next one is tried as well.
const NEXT: Duration = Duration::from_millis(250);

/// A connection of any kind.
pub(super) type Wire = Box<dyn Duplex>;

/// What can be read and written.
pub(super) trait Duplex: Read + Write + Send + Unpin {}

impl<T: Read + Write + Send + Unpin> Duplex for T {}

/// Connects to the first of the addresses that answers.
pub(super) async fn dial(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    match tokio::time::timeout(LIMIT, first(addresses)).await {
        Ok(stream) => {
            let stream = stream?;
            stream.set_nodelay(true)?;
            Ok(stream)
        }
        Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, format!("it did not answer within {LIMIT:?}"))),
    }
}

async fn first(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    let mut rest = addresses.iter();
    let mut tries = FuturesUnordered::new();
    let mut failed = io::Error::new(io::ErrorKind::NotFound, "it has no address");
    loop {
        if let Some(address) = rest.next() {
            tries.push(TcpStream::connect(*address));
        }
        let is_last = rest.as_slice().is_empty();
        let next = async {
            match is_last {
                true => std::future::pending().await,
                false => tokio::time::sleep(NEXT).await,
            }
        };
        tokio::select! {
            done = tries.next() => match done {
                Some(Ok(stream)) => return Ok(stream),
                Some(Err(error)) => failed = error,
                None => return Err(failed),
            },
            () = next => {}
        }
    }
}

/// Gives one connection to whatever asks for one.
#[derive(Debug)]
pub(super) struct Given<T>(Option<T>);

impl<T> Given<T> {
    pub(super) fn new(connection: T) -> Self {
        Self(Some(connection))
    }
}

impl<T: Send + 'static> tower_service::Service<http::Uri> for Given<T> {
    type Response = T;
    type Error = io::Error;
    type Future = std::future::Ready<io::Result<T>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Uri) -> Self::Future {
        std::future::ready(self.0.take().ok_or_else(|| io::Error::other("it was given already")))
    }
}

/// A connection of the runtime's as one of hyper's.
pub(super) fn wire<T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Send + Unpin + 'static>(
    stream: T,
) -> Wire {
    Box::new(TokioIo::new(stream))
}

/// Copies both ways until both sides have ended.
pub(super) async fn join(one: impl Duplex, other: Wire) {
    let (mut one, mut other) = (TokioIo::new(one), TokioIo::new(other));
    // A side that breaks off ends the other one too; nobody else wants to know.
    let _ = tokio::io::copy_bidirectional(&mut Pin::new(&mut one), &mut Pin::new(&mut other)).await;
}
