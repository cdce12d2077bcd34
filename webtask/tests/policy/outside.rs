//! An internet of the tests' own: names with public addresses, behind a proxy; and a server that nobody may reach.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::AbortHandle;
use webtask::Resolver;

/// What every public name of these tests has.
pub(crate) const PUBLIC: [u8; 4] = [93, 184, 215, 14];

/// A proxy that leads every tunnel to one of the tests' sites, by its host's name.
pub(crate) struct Outside {
    pub(crate) address: SocketAddr,
    /// What it was asked for.
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
    task: AbortHandle,
}

impl Outside {
    /// Its tunnels all lead to that server.
    pub(crate) async fn start(to: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let task = tokio::spawn(serve(listener, to, asked.clone())).abort_handle();
        Self { address, asked, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, to: SocketAddr, asked: Arc<Mutex<Vec<String>>>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let asked = asked.clone();
        tokio::spawn(async move { drop(tunnel(stream, to, &asked).await) });
    }
}

async fn tunnel(stream: TcpStream, to: SocketAddr, asked: &Mutex<Vec<String>>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await? == 0 {
            return Ok(());
        }
    }
    asked.lock().unwrap().push(head.clone());
    let mut server = TcpStream::connect(to).await?;
    match head.starts_with("CONNECT ") {
        true => stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?,
        // A plain request has the host in its first line.
        false => {
            let (method, rest) = head.split_once(' ').unwrap();
            let path = rest.strip_prefix("http://").and_then(|rest| rest.split_once('/')).unwrap().1;
            server.write_all(format!("{method} /{path}").as_bytes()).await?;
        }
    }
    tokio::io::copy_bidirectional(&mut stream, &mut server).await?;
    Ok(())
}

/// A server of this machine that counts who reaches it.
pub(crate) struct Canary {
    pub(crate) address: SocketAddr,
    reached: Arc<AtomicUsize>,
    tasks: [AbortHandle; 2],
}

impl Canary {
    pub(crate) async fn start() -> Self {
        // Both kinds on one port.
        let (listener, datagrams) = loop {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            if let Ok(datagrams) = UdpSocket::bind(listener.local_addr().unwrap()).await {
                break (listener, datagrams);
            }
        };
        let address = listener.local_addr().unwrap();
        let reached: Arc<AtomicUsize> = Arc::default();
        let count = reached.clone();
        let connections = tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move { drop(answer(stream).await) });
            }
        });
        let count = reached.clone();
        let packets = tokio::spawn(async move {
            let mut bytes = [0; 2048];
            while datagrams.recv_from(&mut bytes).await.is_ok() {
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { address, reached, tasks: [connections.abort_handle(), packets.abort_handle()] }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// How many connections and datagrams have come.
    pub(crate) fn reached(&self) -> usize {
        self.reached.load(Ordering::SeqCst)
    }
}

impl Drop for Canary {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

/// Knows these names; one with several lists of addresses gives them one after the other, then the last one again.
#[derive(Clone, Default)]
pub(crate) struct Names {
    names: Arc<Mutex<HashMap<String, Vec<Vec<IpAddr>>>>>,
}

impl Names {
    pub(crate) fn with(self, name: &str, answers: &[&[&str]]) -> Self {
        let mut answers: Vec<Vec<IpAddr>> = answers
            .iter()
            .map(|addresses| addresses.iter().map(|address| address.parse().unwrap()).collect())
            .collect();
        answers.reverse();
        self.names.lock().unwrap().insert(name.to_owned(), answers);
        self
    }
}

impl Resolver for Names {
    fn resolve<'a>(
        &'a self,
        host: &'a str,
    ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
        Box::pin(async move {
            let mut names = self.names.lock().unwrap();
            match names.get_mut(host) {
                Some(answers) if answers.len() > 1 => Ok(answers.pop().unwrap()),
                Some(answers) => Ok(answers[0].clone()),
                None if host.ends_with(".test") => Ok(vec![IpAddr::from(PUBLIC)]),
                None => Err(io::Error::new(io::ErrorKind::NotFound, "there is no such name")),
            }
        })
    }
}

/// Answers what is asked, whatever it is. It is read first: a connection that ends before that may lose the answer.
async fn answer(stream: TcpStream) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 && line.trim_end() != "" {
        line.clear();
    }
    let answer = b"HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-length: 6\r\n\
        content-type: text/html\r\nconnection: close\r\n\r\ncanary";
    stream.write_all(answer).await?;
    stream.shutdown().await?;
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
    Ok(())
}
