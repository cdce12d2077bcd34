//! A small local web site: pages for every way in which a navigation may end, with a count of who asked for what.

#![allow(dead_code, reason = "each test binary needs a part of it")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// A site on a port of its own, until it is dropped.
pub(crate) struct Site {
    address: SocketAddr,
    state: Arc<State>,
    task: AbortHandle,
}

struct State {
    /// How often each path was asked for.
    asked: watch::Sender<HashMap<String, usize>>,
    /// The headers of each request, with its path.
    heads: Mutex<Vec<(String, String)>>,
    /// How many answers are held back now.
    held: watch::Sender<usize>,
    /// Held answers go out when it is true.
    released: watch::Sender<bool>,
    pages: Mutex<HashMap<String, Answer>>,
}

/// What the site answers.
#[derive(Clone)]
pub(crate) struct Answer {
    head: String,
    body: Vec<u8>,
    /// The head says all that is to be said of the length, be it true or not.
    is_raw: bool,
}

/// What somebody asked for.
struct Request {
    method: String,
    path: String,
    query: String,
    headers: String,
    body: Vec<u8>,
}

impl Site {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            asked: watch::Sender::default(),
            heads: Mutex::default(),
            held: watch::Sender::default(),
            released: watch::Sender::default(),
            pages: Mutex::default(),
        });
        let task = tokio::spawn(serve(listener, state.clone())).abort_handle();
        Self { address, state, task }
    }

    /// The URL of a path that begins with `/`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Adds a page, or puts another in its place.
    pub(crate) fn page(&self, path: &str, html: &str) {
        self.answer(path, Answer::html(html));
    }

    /// Adds an answer, or puts another in its place.
    pub(crate) fn answer(&self, path: &str, answer: Answer) {
        self.state.pages.lock().unwrap().insert(path.to_owned(), answer);
    }

    /// How often a path was asked for.
    pub(crate) fn asked(&self, path: &str) -> usize {
        self.state.asked.borrow().get(path).copied().unwrap_or(0)
    }

    /// The headers with which a path was asked for, each time.
    pub(crate) fn heads(&self, path: &str) -> Vec<String> {
        let heads = self.state.heads.lock().unwrap();
        heads.iter().filter(|(asked, _)| asked == path).map(|(_, head)| head.clone()).collect()
    }

    /// Waits until a path was asked for so many times.
    pub(crate) async fn wait_asked(&self, path: &str, times: usize) {
        let enough = |asked: &HashMap<String, usize>| asked.get(path).is_some_and(|count| *count >= times);
        self.state.asked.subscribe().wait_for(enough).await.unwrap();
    }

    /// Waits until so many answers are held back; a browser that gave up waiting is not counted.
    pub(crate) async fn wait_held(&self, count: usize) {
        self.state.held.subscribe().wait_for(|held| *held == count).await.unwrap();
    }

    /// Holds answers back again.
    pub(crate) fn hold(&self) {
        self.state.released.send_replace(false);
    }

    /// Lets every held answer go, those that are asked for later too.
    pub(crate) fn release(&self) {
        self.state.released.send_replace(true);
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
        // The answers that are held back end with the site.
        self.state.released.send_replace(true);
    }
}

impl Answer {
    pub(crate) fn html(html: &str) -> Self {
        Self::new("200 OK", "content-type: text/html; charset=utf-8\r\n", html)
    }

    /// Header lines end in CR LF.
    pub(crate) fn new(status: &str, headers: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { head: format!("HTTP/1.1 {status}\r\n{headers}"), body: body.into(), is_raw: false }
    }

    /// The same without a length of its own, so that it may break off.
    pub(crate) fn cut(status: &str, headers: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { is_raw: true, ..Self::new(status, headers, body) }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.head.clone().into_bytes();
        if !self.is_raw && !self.head.starts_with("HTTP/1.1 204") {
            bytes.extend(format!("content-length: {}\r\n", self.body.len()).bytes());
        }
        bytes.extend(b"connection: close\r\n\r\n");
        bytes.extend(&self.body);
        bytes
    }
}

async fn serve(listener: TcpListener, state: Arc<State>) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, state.clone()));
        }
    }
}

async fn answer(mut stream: TcpStream, state: Arc<State>) {
    let Some(request) = read(&mut stream).await else { return };
    state.heads.lock().unwrap().push((request.path.clone(), request.headers.clone()));
    state.asked.send_modify(|asked| *asked.entry(request.path.clone()).or_default() += 1);
    let page = state.pages.lock().unwrap().get(&request.path).cloned();
    let answer = match page {
        Some(page) => {
            if request.path.starts_with("/held/") {
                hold(&mut stream, &state).await;
            }
            page
        }
        None => match request.path.as_str() {
            "/reset" => return,
            path => {
                if path.starts_with("/held/") {
                    hold(&mut stream, &state).await;
                }
                known(&request)
            }
        },
    };
    let _ = stream.write_all(&answer.bytes()).await;
    let _ = stream.shutdown().await;
}

/// Holds an answer back until it is released, or nobody waits for it any more.
async fn hold(stream: &mut TcpStream, state: &State) {
    struct Held<'a>(&'a State);
    impl Drop for Held<'_> {
        fn drop(&mut self) {
            self.0.held.send_modify(|held| *held -= 1);
        }
    }
    let mut released = state.released.subscribe();
    state.held.send_modify(|held| *held += 1);
    let _held = Held(state);
    let mut byte = [0];
    tokio::select! {
        _ = released.wait_for(|released| *released) => {}
        _ = stream.read(&mut byte) => {}
    }
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let (line, headers) = head.split_once("\r\n")?;
    let length = headers
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .unwrap_or(0);
    while bytes.len() < end + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let mut words = line.split(' ');
    let (method, target) = (words.next()?, words.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Some(Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers.trim().to_owned(),
        body: bytes[end..].to_vec(),
    })
}

/// The pages that are always there.
fn known(request: &Request) -> Answer {
    match request.path.as_str() {
        "/" | "/plain" | "/held/page" => {
            Answer::html("<title>Plain</title><h1>Plain</h1><p id=here>here</p>")
        }
        "/other" => Answer::html("<title>Other</title><h1>Other</h1>"),
        "/empty" => Answer::new("204 No Content", "", ""),
        "/missing" => Answer::new("404 Not Found", "content-type: text/html\r\n", "<title>Missing</title>"),
        "/download" => Answer::new(
            "200 OK",
            "content-type: application/octet-stream\r\ncontent-disposition: attachment; filename=webtask-file.bin\r\n",
            "bytes",
        ),
        // Whoever logs in, as whoever, is let in.
        path if path.starts_with("/private") => {
            let is_in =
                request.headers.lines().any(|line| line.to_ascii_lowercase().starts_with("authorization:"));
            match is_in {
                true => Answer::html("<title>In</title>"),
                false => Answer::new(
                    "401 Unauthorized",
                    "content-type: text/html\r\nwww-authenticate: Basic realm=private\r\n",
                    "<title>Out</title>",
                ),
            }
        }
        "/moved" => Answer::new("302 Found", "location: /plain\r\n", ""),
        "/alert" => {
            Answer::html("<title>Before</title><script>alert('stop'); document.title = 'After'</script>")
        }
        "/confirm" => Answer::html("<script>document.title = String(confirm('sure?'))</script>"),
        "/leave" => Answer::html(
            "<title>Leave</title><script>onbeforeunload = event => event.preventDefault()</script>",
        ),
        "/image" => Answer::html("<title>Image</title><img src=/held/image.png>"),
        "/redirect" => {
            Answer::html("<title>First</title><script>location.href = '/plain'</script><img src=/slow.png>")
        }
        "/twice" => Answer::html("<title>First</title><script>location.replace('/redirect')</script>"),
        "/late" => Answer::html(
            "<title>Late</title><script>onload = () => fetch('/held/late').then(() => document.title = 'Done')</script>",
        ),
        "/rows" => {
            let count: usize = request.query.trim_start_matches("n=").parse().unwrap_or(10);
            let row = |n| {
                format!(
                    "<tr><td class=id>{n}</td><td><a href=/item/{n}>Item {n}</a></td><td>{n}.50</td></tr>"
                )
            };
            Answer::html(&format!(
                "<title>Rows</title><table>{}</table>",
                (0..count).map(row).collect::<String>()
            ))
        }
        "/popup" => Answer::html("<title>Popup</title><script>open('/plain')</script>"),
        "/ticks" => {
            Answer::html("<title>Ticks</title><script>setInterval(() => fetch('/tick'), 10)</script>")
        }
        "/loop" => Answer::html("<title>Loop</title><script>setTimeout(() => { for (;;); }, 0)</script>"),
        "/cookies" => Answer::new(
            "200 OK",
            "content-type: text/html\r\nset-cookie: visitor=known\r\n",
            "<title>Cookies</title><script>localStorage.setItem('visitor', 'known')</script>",
        ),
        "/form" => Answer::html(
            "<title>Form</title><form action=/echo method=post><input name=name id=name><input name=secret id=secret \
             type=password><textarea name=text id=text></textarea><button id=send>Send</button></form>",
        ),
        "/echo" => Answer::new(
            "200 OK",
            "content-type: text/plain; charset=utf-8\r\n",
            format!(
                "{} {}?{}\n{}\n\n{}",
                request.method,
                request.path,
                request.query,
                request.headers,
                String::from_utf8_lossy(&request.body)
            ),
        ),
        path if path.ends_with(".png") => Answer::new("200 OK", "content-type: image/png\r\n", PIXEL),
        "/tick" | "/held/late" => Answer::new("200 OK", "content-type: text/plain\r\n", "tick"),
        _ => Answer::new("404 Not Found", "content-type: text/plain\r\n", "no such page"),
    }
}

/// One transparent pixel.
const PIXEL: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\
\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";
