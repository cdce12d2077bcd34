//! While a browser replays, nothing of it goes to the network.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::AbortHandle;

use crate::{files, replaying, visit};

/// Listens on a port of its own, and counts who comes.
struct Listener {
    port: u16,
    met: Arc<AtomicUsize>,
    tasks: [AbortHandle; 2],
}

impl Listener {
    async fn start() -> Self {
        let stream = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = stream.local_addr().unwrap().port();
        let datagram = UdpSocket::bind(("127.0.0.1", port)).await.unwrap();
        let met = Arc::new(AtomicUsize::new(0));
        let counts = (met.clone(), met.clone());
        let streams = tokio::spawn(async move {
            while stream.accept().await.is_ok() {
                counts.0.fetch_add(1, Ordering::SeqCst);
            }
        });
        let datagrams = tokio::spawn(async move {
            while datagram.recv(&mut [0; 2048]).await.is_ok() {
                counts.1.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { port, met, tasks: [streams.abort_handle(), datagrams.abort_handle()] }
    }

    /// How many came, once all that was sent before has arrived.
    async fn met(&self) -> usize {
        let before = self.met.load(Ordering::SeqCst);
        let _stream = tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        socket.send_to(b"last", ("127.0.0.1", self.port)).await.unwrap();
        while self.met.load(Ordering::SeqCst) < before + 2 {
            tokio::task::yield_now().await;
        }
        self.met.load(Ordering::SeqCst) - 2
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

#[tokio::test]
async fn a_page_reaches_nobody() {
    let listener = Listener::start().await;
    let page = "<title>Page</title>
        <link rel=preconnect href=http://127.0.0.1:PORT><link rel=dns-prefetch href=//other.test>
        <link rel=prefetch href=http://127.0.0.1:PORT/prefetch>"
        .replace("PORT", &listener.port.to_string());
    let port = format!("const port = {};", listener.port);
    let worker = format!(
        "{port} const socket = new WebSocket(`ws://127.0.0.1:${{port}}/worker`);
         socket.onopen = socket.onclose = event => postMessage(event.type)"
    );
    let web =
        files(&[("a.test/index.html", &page), ("a.test/port.js", &port), ("a.test/worker.js", &worker)]);
    // The page's own address is one of the machine too: only a file can answer it.
    let webtask = replaying(web.path());
    let script = "
        await new Promise(done => {
            const script = document.createElement('script');
            script.src = '/port.js';
            script.onload = done;
            document.head.append(script);
        });
        const host = `127.0.0.1:${port}`;
        const socket = url => new Promise(done => {
            const socket = new WebSocket(url);
            socket.onopen = socket.onclose = event => done(event.type);
        });
        const connection = new RTCPeerConnection({ iceServers: [
            { urls: `stun:${host}` },
            { urls: `turn:${host}?transport=tcp`, username: 'a', credential: 'b' },
        ] });
        connection.createDataChannel('channel');
        const gathered = new Promise(done => {
            connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && done();
        });
        await connection.setLocalDescription(await connection.createOffer());
        const found = {
            fetched: await fetch(`http://${host}/fetch`).then(() => 'there', error => error.message),
            kept: await fetch(`http://${host}/kept`, { method: 'POST', body: 'x', keepalive: true })
                .then(() => 'there', error => error.message),
            image: await new Promise(done => {
                const image = new Image();
                image.onload = image.onerror = event => done(event.type);
                image.src = `http://${host}/image.png`;
            }),
            beacon: navigator.sendBeacon(`http://${host}/beacon`, 'x'),
            socket: await socket(`ws://${host}/socket`),
            named: await socket('wss://other.test/socket'),
            six: await socket(`ws://[::1]:${port}/socket`),
            worker: await new Promise(done => { new Worker('/worker.js').onmessage = event => done(event.data) }),
            stream: await new Promise(done => {
                const source = new EventSource(`http://${host}/events`);
                source.onopen = source.onerror = event => { source.close(); done(event.type) };
            }),
            transport: await new WebTransport(`https://${host}/transport`).ready.then(() => 'open', () => 'error'),
        };
        await gathered;
        return found;";
    let page = visit(&webtask, "https://a.test/", script).await.unwrap();
    assert_eq!(
        page,
        json!({
            "fetched": "Failed to fetch",
            "kept": "Failed to fetch",
            "image": "error",
            "beacon": true,
            "socket": "close",
            "named": "close",
            "six": "close",
            "worker": "close",
            "stream": "error",
            "transport": "error",
        })
    );
    let url = format!("http://127.0.0.1:{}/page", listener.port);
    let message = crate::miss(&webtask, &url).await;
    assert_eq!(
        message,
        format!("no replay for `{url}`; add `127.0.0.1_{}/page` below the replay directory", listener.port)
    );
    webtask.close().await.unwrap();
    assert_eq!(listener.met().await, 0);
}
