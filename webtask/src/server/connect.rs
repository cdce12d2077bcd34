//! Connections: each is served within bounds of its own, until it ends. It knows no endpoint.

use std::future::{Future, pending};
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use super::going::{Counting, Going};
use super::header_timer::HeaderTimer;
use super::service::Own;
use crate::clock::Seldom;

/// How long to wait when no more sockets can be opened: at first, and at most.
const PAUSE: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(1);

/// How long the last answers may take to leave a connection that asks for nothing any more.
const LAST: Duration = Duration::from_secs(60);

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
    /// How long a connection of HTTP/2 may be without a request.
    pub(super) idle: Duration,
    /// How many connections may be open at once.
    pub(super) connections: usize,
}

/// Serves every connection until `closed` is over and each has ended.
pub(super) async fn serve(
    listener: TcpListener,
    answers: Own,
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
    let places = Arc::new(Semaphore::new(bounds.connections.min(Semaphore::MAX_PERMITS)));
    let closing = watch::Sender::new(());
    let mut refusals = Seldom::default();
    tokio::pin!(closed);
    loop {
        // While all places are taken, who comes next waits in the socket's own queue.
        let next = async {
            let place = places.clone().acquire_owned().await;
            (accept(&listener, &mut refusals).await, place)
        };
        let (stream, place) = tokio::select! {
            next = next => next,
            () = &mut closed => break,
        };
        let ends = closing.subscribe();
        tokio::spawn(connection((stream, place), answers.clone(), builder.clone(), bounds, ends));
    }
    drop(listener);
    closing.send_replace(());
    // Each connection listens until it has ended.
    closing.closed().await;
}

/// Serves one connection to its end, or in good order to that of the server; it has its place until then.
#[expect(clippy::manual_async_fn, reason = "an `async fn` keeps all that it is given twice")]
fn connection<P: Send>(
    (stream, place): (TcpStream, P),
    answers: Own,
    mut builder: Builder<TokioExecutor>,
    bounds: Bounds,
    mut ends: watch::Receiver<()>,
) -> impl Future<Output = ()> + Send {
    async move {
        let _place = place;
        let begun = tokio::select! {
            begun = Box::pin(timeout(bounds.headers, begin(&stream))) => begun.unwrap_or(None),
            _ = ends.changed() => None,
        };
        let Some(version) = begun else { return };
        builder.http1().timer(HeaderTimer::new(bounds.headers));
        // HTTP/1 has one request at a time, and its headers have a time that begins when the one before is answered.
        let going = (version == Version::Two).then(Going::new);
        let service = Counting::new(answers, going.clone());
        let mut serving = pin!(builder.serve_connection_with_upgrades(TokioIo::new(stream), service));
        let idle = async {
            match &going {
                // In a box, which only connections of HTTP/2 have.
                Some(going) => Box::pin(going.idle(bounds.headers, bounds.idle)).await,
                None => pending().await,
            }
        };
        let ended = tokio::select! {
            ended = serving.as_mut() => ended,
            has_asked = idle => {
                if !has_asked {
                    tracing::debug!("a connection asked for nothing");
                    return;
                }
                tracing::debug!("a connection asks for nothing any more");
                serving.as_mut().graceful_shutdown();
                // What was sent last may still be on its way.
                match Box::pin(timeout(LAST, serving.as_mut())).await {
                    Ok(ended) => ended,
                    Err(_) => return,
                }
            }
            _ = ends.changed() => {
                serving.as_mut().graceful_shutdown();
                serving.await
            }
        };
        // How a connection broke off is the peer's affair; what its request was is told elsewhere.
        if let Err(error) = ended {
            tracing::debug!(error = %error, "a connection broke off");
        }
    }
}

/// The version of HTTP that a connection speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    One,
    Two,
}

/// Waits until it is plain which version of HTTP a connection speaks; none when it says nothing more.
async fn begin(stream: &TcpStream) -> Option<Version> {
    let mut start = [0; PREFACE.len()];
    loop {
        match stream.peek(&mut start).await {
            Ok(0) | Err(_) => return None,
            Ok(count) if start[..count] != PREFACE[..count] => return Some(Version::One),
            Ok(count) if count == PREFACE.len() => return Some(Version::Two),
            // What was seen stays to be seen, so that nothing tells when there is more.
            Ok(_) => sleep(GLANCE).await,
        }
    }
}

async fn accept(listener: &TcpListener, refusals: &mut Seldom) -> TcpStream {
    let mut pause = PAUSE;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_of_one(&error) => {}
            Err(error) => {
                // Out of descriptors, mostly, and for longer than a moment: the log has it now and then.
                if let Some(times) = refusals.is_due() {
                    tracing::warn!(%error, times, "no connection can be accepted");
                }
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST);
            }
        }
    }
}

/// Whether the error is about the one connection only.
fn is_of_one(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
