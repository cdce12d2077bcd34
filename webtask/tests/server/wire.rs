//! An HTTP client that shows every byte: requests are written as given, answers read as they come.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpSocket, TcpStream};

/// What no answer of a healthy server takes; it only ends a test that hangs.
pub(crate) const HANG: Duration = Duration::from_secs(60);

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// An answer whose body still comes.
#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    stream: BufReader<TcpStream>,
    length: Option<usize>,
    unread: Vec<u8>,
    over: bool,
}

/// A connection that takes little before it is read.
pub(crate) async fn connect(address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4096).expect("a small buffer");
    socket.connect(address).await.expect("somebody listens")
}

/// Sends a request as it stands, and reads the head of the answer.
pub(crate) async fn raw(address: SocketAddr, request: &[u8]) -> Open {
    let mut stream = connect(address).await;
    stream.write_all(request).await.expect("written");
    Open::read(stream).await
}

/// Sends a request with a `Host`, unless the headers have one, and a body with its length.
pub(crate) async fn open(address: SocketAddr, line: &str, headers: &[(&str, &str)], body: &str) -> Open {
    raw(address, compose(address, line, headers, body).as_bytes()).await
}

/// The same on a connection with the buffers that every client has.
pub(crate) async fn wide(address: SocketAddr, line: &str, headers: &[(&str, &str)], body: &str) -> Open {
    let mut stream = TcpStream::connect(address).await.expect("somebody listens");
    stream.write_all(compose(address, line, headers, body).as_bytes()).await.expect("written");
    Open::read(stream).await
}

/// The text of such a request.
pub(crate) fn compose(address: SocketAddr, line: &str, headers: &[(&str, &str)], body: &str) -> String {
    let mut text = format!("{line} HTTP/1.1\r\n");
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        text.push_str(&format!("Host: {address}\r\n"));
    }
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text + &format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

/// Sends such a request and reads the whole answer.
pub(crate) async fn ask(address: SocketAddr, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    open(address, line, headers, body).await.finish().await
}

/// Calls a task and waits for its JSON.
pub(crate) async fn call(address: SocketAddr, slug: &str, input: &Value) -> Answer {
    ask(address, &format!("POST /tasks/{slug}"), &[], &input.to_string()).await
}

/// Calls a task and follows its events.
pub(crate) async fn follow(address: SocketAddr, slug: &str, input: &Value) -> Open {
    open(address, &format!("POST /tasks/{slug}"), &[("Accept", "text/event-stream")], &input.to_string())
        .await
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("no JSON: {error}: {:?}", self.body))
    }

    /// The code of an error, which must have the one shape.
    pub(crate) fn code(&self) -> String {
        let json = self.json();
        assert_eq!(json["ok"], false, "{json}");
        assert_eq!(self.header("content-type"), Some("application/json"));
        let keys: Vec<_> = json["error"].as_object().expect("an error").keys().take(5).collect();
        assert_eq!(keys, ["code", "message", "task", "step", "retryable"]);
        json["error"]["code"].as_str().expect("a code").to_owned()
    }

    pub(crate) fn message(&self) -> String {
        self.json()["error"]["message"].as_str().expect("a message").to_owned()
    }
}

impl Open {
    async fn read(stream: TcpStream) -> Self {
        let mut stream = BufReader::new(stream);
        let status = line(&mut stream).await;
        let status = status
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .unwrap_or_else(|| panic!("{status:?}"));
        let mut headers = Vec::new();
        loop {
            let line = line(&mut stream).await;
            let Some((name, value)) = line.split_once(": ") else { break };
            headers.push((name.to_owned(), value.to_owned()));
        }
        let chunked = find(&headers, "transfer-encoding") == Some("chunked");
        let length = find(&headers, "content-length").and_then(|length| length.parse().ok());
        let over = matches!(status, 204 | 304) || (!chunked && length.is_none());
        Self {
            status,
            headers,
            stream,
            length: if chunked { None } else { length },
            unread: Vec::new(),
            over,
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The bytes that came as one chunk; none at the end.
    async fn chunk(&mut self) -> Option<Vec<u8>> {
        if self.over {
            return None;
        }
        let size = match self.length {
            Some(length) => length,
            None => usize::from_str_radix(&line(&mut self.stream).await, 16).expect("a chunk's size"),
        };
        let mut bytes = vec![0; size];
        within(self.stream.read_exact(&mut bytes)).await.expect("the whole chunk");
        if self.length.is_none() {
            assert_eq!(line(&mut self.stream).await, "", "a chunk's end");
        }
        self.over = self.length.is_some() || size == 0;
        Some(bytes)
    }

    /// The next event, or comment, of an event stream, with its empty line; none at the end.
    pub(crate) async fn event(&mut self) -> Option<String> {
        self.until(b"\n\n").await
    }

    /// The next line of a stream of JSON; none at the end.
    pub(crate) async fn line(&mut self) -> Option<Value> {
        let line = self.until(b"\n").await?;
        Some(serde_json::from_str(&line).unwrap_or_else(|error| panic!("no JSON: {error}: {line:?}")))
    }

    async fn until(&mut self, end: &[u8]) -> Option<String> {
        loop {
            if let Some(start) = self.unread.windows(end.len()).position(|part| part == end) {
                let part = self.unread.drain(..start + end.len()).collect();
                return Some(String::from_utf8(part).expect("UTF-8"));
            }
            match self.chunk().await {
                Some(bytes) => self.unread.extend(bytes),
                None => {
                    assert!(self.unread.is_empty(), "half an event: {:?}", self.unread);
                    return None;
                }
            }
        }
    }

    /// The rest of the body.
    pub(crate) async fn bytes(&mut self) -> Vec<u8> {
        let mut body = std::mem::take(&mut self.unread);
        while let Some(bytes) = self.chunk().await {
            body.extend(bytes);
        }
        body
    }

    /// The rest.
    pub(crate) async fn finish(mut self) -> Answer {
        let body = self.bytes().await;
        Answer { status: self.status, headers: self.headers, body: String::from_utf8(body).expect("UTF-8") }
    }

    /// An answer without a body, as `HEAD` has it: says how long one it announced, and that none came.
    pub(crate) async fn head(mut self) -> Option<usize> {
        self.stream.get_mut().shutdown().await.expect("closed");
        let mut rest = Vec::new();
        within(self.stream.read_to_end(&mut rest)).await.expect("read");
        assert!(rest.is_empty(), "a body: {:?}", String::from_utf8_lossy(&rest));
        self.length
    }
}

async fn line(stream: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    within(stream.read_line(&mut line)).await.expect("a line");
    assert!(!line.is_empty(), "the connection was cut");
    line.trim_end_matches("\r\n").to_owned()
}

/// Waits, but not for ever.
pub(crate) async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(HANG, work).await.expect("the server hangs")
}
