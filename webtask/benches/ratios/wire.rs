//! An HTTP client that keeps its connection, and reads no more than it must.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection to a server.
pub(crate) struct Client {
    stream: TcpStream,
    address: SocketAddr,
    buffer: Vec<u8>,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, address, buffer: Vec::with_capacity(64 * 1024) }
    }

    /// Posts a JSON body; the whole answer. It must come with its length, or in chunks.
    pub(crate) async fn post(&mut self, path: &str, accept: &str, body: &str) -> String {
        let request = request(self.address, path, accept, body);
        self.stream.write_all(request.as_bytes()).await.unwrap();
        self.answer().await
    }

    /// Sends a request that was made before, and reads its answer away.
    pub(crate) async fn send(&mut self, request: &[u8]) {
        self.stream.write_all(request).await.unwrap();
        self.answer().await;
    }

    async fn answer(&mut self) -> String {
        self.buffer.clear();
        loop {
            assert!(self.stream.read_buf(&mut self.buffer).await.unwrap() > 0, "the server went away");
            if let Some(head) = find(&self.buffer, b"\r\n\r\n") {
                let text = std::str::from_utf8(&self.buffer[..head]).unwrap();
                assert!(text.starts_with("HTTP/1.1 200"), "{text}");
                let whole = match length(text) {
                    Some(length) => self.buffer.len() >= head + 4 + length,
                    None => self.buffer.ends_with(b"\r\n0\r\n\r\n"),
                };
                if whole {
                    return String::from_utf8_lossy(&self.buffer[head + 4..]).into_owned();
                }
            }
        }
    }
}

/// A request's bytes.
pub(crate) fn request(address: SocketAddr, path: &str, accept: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\naccept: {accept}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn length(head: &str) -> Option<usize> {
    let line = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then_some(value)
    })?;
    line.trim().parse().ok()
}
