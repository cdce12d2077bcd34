//! A server on a socket of its own: binds, serves, and ends in good order. It knows no endpoint.

use std::convert::Infallible;
use std::fmt;
use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustix::net::sockopt;
use tokio::net::{TcpListener, TcpSocket};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

use super::Endpoint;
use super::compose::Front;
use super::connect::{self, Bounds};
use super::service::{HttpService, Own};
use super::state::Service;
use crate::{Error, ErrorKind};

/// How long connections may take to carry out what the last runs told.
const FLUSH: Duration = Duration::from_secs(1);

/// After how much silence a connection is asked whether it lives, and how often.
const SILENT: Duration = Duration::from_secs(30);
const PROBE: Duration = Duration::from_secs(10);

/// How long bytes may wait until the other end takes them.
const UNTAKEN: Duration = Duration::from_secs(60);

/// A server that has its address and is ready to run.
///
/// ```
/// use webtask::{Webtask, server::Server};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), webtask::Error> {
/// let webtask = Webtask::builder().build()?;
/// let listening = Server::new(&webtask, []).address(([127, 0, 0, 1], 0).into()).bind().await?;
/// println!("http://{}", listening.address());
///
/// let stop = listening.stop();
/// let serving = tokio::spawn(listening.run());
/// stop.drain();
/// serving.await.expect("does not panic")
/// # }
/// ```
#[must_use = "it serves nothing before it runs"]
pub struct Listening {
    service: Arc<Service>,
    listener: TcpListener,
    address: SocketAddr,
    grace: Duration,
    bounds: Bounds,
    front: Front,
}

/// Ends a [`Listening`] server from elsewhere.
#[derive(Clone)]
pub struct Stop {
    service: Arc<Service>,
}

impl Stop {
    /// Refuses new work and lets what goes on end within the server's grace.
    pub fn drain(&self) {
        self.service.drain.start();
    }

    /// Ends what goes on, too.
    pub fn now(&self) {
        self.service.drain.end();
    }
}

impl Listening {
    pub(super) fn bind(
        service: Arc<Service>,
        address: SocketAddr,
        grace: Duration,
        bounds: Bounds,
        front: Front,
    ) -> Result<Self, Error> {
        let listener = listen(address, UNTAKEN).map_err(|error| unbound(address, error))?;
        let address = listener.local_addr().map_err(|error| unbound(address, error))?;
        Ok(Self { service, listener, address, grace, bounds, front })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What ends it.
    #[must_use]
    pub fn stop(&self) -> Stop {
        Stop { service: self.service.clone() }
    }

    /// Serves until SIGTERM or SIGINT: the first as [`Stop::drain`], the second as [`Stop::now`].
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub async fn run_until_signal(self) -> Result<(), Error> {
        let mut signals = Signals::new().map_err(|error| {
            Error::new(ErrorKind::Config, format!("cannot wait for signals: {error}")).with_source(error)
        })?;
        let stop = self.stop();
        let obey = async {
            let signal = signals.next().await;
            tracing::info!(signal, "no new work from now on; a second signal ends the runs");
            stop.drain();
            let signal = signals.next().await;
            tracing::warn!(signal, "every run ends");
            stop.now();
            pending::<Infallible>().await
        };
        tokio::select! {
            result = self.run() => result,
            never = obey => match never {},
        }
    }

    /// Starts the browser when a task needs one, serves until it is [stopped](Self::stop), and ends the browser.
    ///
    /// # Errors
    ///
    /// [`BrowserLost`](ErrorKind::BrowserLost) when the browser does not start.
    pub async fn run(self) -> Result<(), Error> {
        let webtask = self.service.webtask.clone();
        let result = self.serve().await;
        result.and(webtask.close().await)
    }

    async fn serve(self) -> Result<(), Error> {
        let Self { service, listener, address, grace, bounds, front } = self;
        if service.tasks.catalog().needs_browser() {
            tokio::select! {
                ready = service.webtask.ready() => ready?,
                () = service.drain.started() => return Ok(()),
            }
        }
        tracing::info!("serving {} tasks on http://{address}", service.tasks.catalog().tasks().len());
        let (close, closed) = oneshot::channel::<Infallible>();
        let closed = async {
            let _ = closed.await;
        };
        let answers = Own(HttpService::new(service.clone(), Endpoint::ALL.to_vec(), front));
        let drain = &service.drain;
        let end = async {
            drain.started().await;
            let orderly = drain.finished(grace).await;
            // What still runs ends with an error, which its connection may carry out before it is cut.
            drain.end();
            drop(close);
            tokio::time::sleep(if orderly { FLUSH } else { Duration::ZERO }).await;
        };
        tokio::select! {
            // A connection that became a WebSocket is none of these.
            () = async {
                connect::serve(listener, answers, bounds, closed).await;
                drain.idle().await;
            } => tracing::info!("stopped"),
            () = end => tracing::info!("stopped; some connections were cut"),
        }
        Ok(())
    }
}

fn listen(address: SocketAddr, untaken: Duration) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    // Every connection inherits what is set here. An event must not wait for the acknowledgement of the one before.
    socket.set_nodelay(true)?;
    notice_loss(&socket, untaken)?;
    socket.bind(address)?;
    socket.listen(1024)
}

/// Lets a connection break whose other end is gone without a word, which nobody else would notice while nothing is sent,
/// or takes nothing any more of what is.
fn notice_loss(socket: &TcpSocket, untaken: Duration) -> io::Result<()> {
    socket.set_keepalive(true)?;
    sockopt::set_tcp_keepidle(socket, SILENT)?;
    sockopt::set_tcp_keepintvl(socket, PROBE)?;
    sockopt::set_tcp_keepcnt(socket, 3)?;
    #[cfg(target_os = "linux")]
    sockopt::set_tcp_user_timeout(socket, u32::try_from(untaken.as_millis()).unwrap_or(u32::MAX))?;
    #[cfg(not(target_os = "linux"))]
    let _ = untaken;
    Ok(())
}

fn unbound(address: SocketAddr, error: io::Error) -> Error {
    let message = match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!(
                "`{address}` is taken by another program; stop that one, or choose another address by `Server::address` or `WEBTASK_SERVER_ADDRESS`"
            )
        }
        _ => format!(
            "cannot listen on `{address}`: {error}; choose another address by `Server::address` or `WEBTASK_SERVER_ADDRESS`"
        ),
    };
    Error::new(ErrorKind::Config, message).with_source(error)
}

/// The signals that tell a process to end.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }
}

impl fmt::Debug for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listening").field("address", &self.address).finish_non_exhaustive()
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use futures::stream;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;
    use tokio::sync::Notify;
    use warp::{Filter as _, Reply as _};

    use super::*;

    #[tokio::test]
    async fn every_connection_notices_that_its_other_end_is_gone() {
        let listener = listen(([127, 0, 0, 1], 0).into(), UNTAKEN).expect("a free port");
        let _client = TcpStream::connect(listener.local_addr().expect("bound")).await.expect("connected");
        let (connection, _) = listener.accept().await.expect("accepted");
        assert!(sockopt::socket_keepalive(&connection).expect("an option"));
        assert_eq!(sockopt::tcp_keepidle(&connection).expect("an option"), SILENT);
        assert_eq!(sockopt::tcp_keepintvl(&connection).expect("an option"), PROBE);
        #[cfg(target_os = "linux")]
        assert_eq!(
            u128::from(sockopt::tcp_user_timeout(&connection).expect("an option")),
            UNTAKEN.as_millis()
        );
        assert!(connection.nodelay().expect("an option"));
    }

    /// What a response holds until its connection has ended.
    struct Held(Arc<Notify>);

    impl Drop for Held {
        fn drop(&mut self) {
            self.0.notify_one();
        }
    }

    /// A server of an endless body, and a client of it with a small buffer.
    async fn endless(left: Arc<Notify>) -> TcpStream {
        let listener = listen(([127, 0, 0, 1], 0).into(), Duration::from_secs(1)).expect("a free port");
        let address = listener.local_addr().expect("bound");
        let filter = warp::any().map(move || {
            let held = Held(left.clone());
            let bytes = stream::repeat_with(move || {
                let _ = &held;
                Ok::<_, Infallible>(bytes::Bytes::from_static(&[b'x'; 1024]))
            });
            warp::reply::stream(bytes).into_response()
        });
        let bounds =
            Bounds { headers: Duration::from_secs(10), idle: Duration::from_secs(60), connections: 10 };
        tokio::spawn(connect::serve(listener, Own(HttpService::behind(filter.boxed())), bounds, pending()));
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4096).expect("an option");
        let mut client = socket.connect(address).await.expect("somebody listens");
        client.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("written");
        client
    }

    #[cfg_attr(not(target_os = "linux"), ignore = "only Linux has a bound for what is not taken")]
    #[tokio::test]
    async fn who_takes_nothing_any_more_is_cut_off() {
        let left = Arc::new(Notify::new());
        // It is there and says so, but reads nothing: nothing but what is written tells.
        let mut silent = endless(left.clone()).await;
        tokio::time::timeout(Duration::from_secs(60), left.notified()).await.expect("it is cut off");
        let mut rest = Vec::new();
        silent.read_to_end(&mut rest).await.expect_err("cut off in the middle");
    }
}
