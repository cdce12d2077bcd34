//! Connections: each is served within bounds of its own, until it ends. It knows no endpoint.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use super::direct::Answers;
use super::patience::Patience;

/// How long to wait when no more sockets can be opened.
const PAUSE: Duration = Duration::from_millis(50);

/// How often to look whether the start of HTTP/2 goes on.
const GLANCE: Duration = Duration::from_millis(10);

/// What every connection of HTTP/2 begins with.
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// How many bytes of headers a request may have.
const HEADERS: u32 = 64 * 1024;

/// How many requests may go on at once over one connection.
const REQUESTS: u32 = 256;

/// The bounds of connections.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// How long a request's headers may take, from the first byte on or, on a new connection, from its opening.
    pub(super) headers: Duration,
    /// How many connections may be open at once.
    pub(super) connections: usize,
}

/// Serves every connection until `closed` is over and each has ended.
pub(super) async fn serve(
    listener: TcpListener,
    answers: Answers,
    bounds: Bounds,
    closed: impl Future<Output = ()>,
) {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().header_read_timeout(bounds.headers).max_buf_size(HEADERS as usize * 2);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(HEADERS)
        .max_concurrent_streams(REQUESTS)
        // A peer that is gone without a word is found out.
        .keep_alive_interval(Some(Duration::from_secs(20)));
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(bounds.connections.min(Semaphore::MAX_PERMITS)));
    let closing = watch::Sender::new(());
    tokio::pin!(closed);
    loop {
        // While all places are taken, who comes next waits in the socket's own queue.
        let next = async {
            let place = places.clone().acquire_owned().await;
            (accept(&listener).await, place)
        };
        let (stream, place) = tokio::select! {
            next = next => next,
            () = &mut closed => break,
        };
        let service = answers.clone();
        let watcher = graceful.watcher();
        let mut builder = builder.clone();
        let mut ends = closing.subscribe();
        tokio::spawn(async move {
            let begun = tokio::select! {
                begun = timeout(bounds.headers, begin(&stream)) => begun.unwrap_or(false),
                _ = ends.changed() => false,
            };
            if !begun {
                return;
            }
            builder.http1().timer(Patience::new(bounds.headers));
            let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service);
            // How a connection broke off is the peer's affair; what its request was is told elsewhere.
            if let Err(error) = watcher.watch(connection.into_owned()).await {
                tracing::debug!(error = %error, "a connection broke off");
            }
            drop(place);
        });
    }
    drop((listener, closing));
    graceful.shutdown().await;
}

/// Waits until it is plain which version of HTTP a connection speaks; false when it says nothing more.
async fn begin(stream: &TcpStream) -> bool {
    let mut start = [0; PREFACE.len()];
    loop {
        match stream.peek(&mut start).await {
            Ok(0) | Err(_) => return false,
            Ok(count) if count == PREFACE.len() || start[..count] != PREFACE[..count] => return true,
            // What was seen stays to be seen, so that nothing tells when there is more.
            Ok(_) => sleep(GLANCE).await,
        }
    }
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_of_one(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection can be accepted");
                sleep(PAUSE).await;
            }
        }
    }
}

/// Whether the error is about the one connection only.
fn is_of_one(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
