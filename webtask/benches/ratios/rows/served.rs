//! The server without a browser: requests a second, and many readers of events.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures::stream;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use warp::Filter;
use webtask::__rt::Shared;
use webtask::{Dialogs, Task, Transport, Webtask, server::Server, tasks};

use crate::measure::{Bound, Row, Samples, median};
use crate::proc;
use crate::recipes::{plain, ticks};
use crate::setting::Setting;
use crate::wire::{Client, request};

/// How long a server is asked in a round.
const TURN: Duration = Duration::from_millis(700);

/// How many read events at once.
const READERS: usize = 1000;

/// A task without a browser beside a plain warp route that takes and gives the same JSON.
pub(crate) async fn requests(setting: &Setting) -> Vec<Row> {
    let mut rows = Vec::new();
    for count in [1, 500] {
        let floor = Process::start(&format!("--serve-floor={count}"));
        let ours = Process::start(&format!("--serve-ours={count}"));
        for connections in [1, 64] {
            let mut rates = [Vec::new(), Vec::new()];
            for round in 0..=setting.rounds(12) {
                for side in if round % 2 == 0 { [0, 1] } else { [1, 0] } {
                    let (address, path) =
                        if side == 0 { (floor.address, "/plain") } else { (ours.address, "/tasks/plain") };
                    let rate = load(address, path, connections).await;
                    if round > 0 {
                        rates[side].push(rate);
                    }
                }
            }
            let work = format!("no browser: {connections} connections, {count} tasks");
            rows.push(Samples::of(rates.into()).row(&work, "/s", 0, 1, Bound::AtLeast(0.7)));
        }
    }
    rows
}

/// Requests a second.
async fn load(address: SocketAddr, path: &str, connections: usize) -> f64 {
    let request: Arc<[u8]> =
        request(address, path, "application/json", r#"{"name":"world"}"#).into_bytes().into();
    let done = Arc::new(AtomicU64::new(0));
    let mut clients = Vec::new();
    for _ in 0..connections {
        clients.push(Client::connect(address).await);
    }
    let start = Instant::now();
    let workers: Vec<_> = clients
        .into_iter()
        .map(|mut client| {
            let (request, done) = (request.clone(), done.clone());
            tokio::spawn(async move {
                while start.elapsed() < TURN {
                    client.send(&request).await;
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    done.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64()
}

/// A thousand readers of events, one each 10 ms.
pub(crate) async fn readers(setting: &Setting) -> Vec<Row> {
    let (mut rates, mut memory) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for round in 0..setting.rounds(5) {
        for side in if round % 2 == 0 { [0, 1] } else { [1, 0] } {
            let (which, path) =
                if side == 0 { ("--serve-floor=1", "/ticks") } else { ("--serve-ours=1", "/tasks/ticks") };
            let (rate, size) = read_events(which, path).await;
            rates[side].push(rate);
            memory[side].push(size);
        }
    }
    println!("  (memory a reader: {:.1} kB with warp alone)", median(&memory[0]));
    let rates = Samples::of(rates.into());
    let memory = Samples::of(memory.into());
    vec![
        rates.row("1000 SSE readers, an event each 10 ms", "/s", 0, 1, Bound::AtLeast(0.9)),
        memory.row("… memory a reader", "kB", 0, 1, Bound::OursAtMost(32.0)),
    ]
}

/// Events a second, and kB a reader.
async fn read_events(which: &str, path: &str) -> (f64, f64) {
    let server = Process::start(which);
    let before = proc::rss(server.child.id());
    let count = Arc::new(AtomicU64::new(0));
    let request: Arc<[u8]> = request(server.address, path, "text/event-stream", "{}").into_bytes().into();
    let mut workers = Vec::new();
    for _ in 0..READERS {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(&request).await.unwrap();
        let count = count.clone();
        workers.push(tokio::spawn(async move {
            let mut buffer = vec![0; 4096];
            while let Ok(read @ 1..) = stream.read(&mut buffer).await {
                let events = buffer[..read].windows(6).filter(|six| *six == b"event:").count();
                count.fetch_add(events as u64, Ordering::Relaxed);
            }
        }));
    }
    while count.load(Ordering::Relaxed) < READERS as u64 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let (start, first) = (Instant::now(), count.load(Ordering::Relaxed));
    tokio::time::sleep(Duration::from_secs(3)).await;
    let rate = (count.load(Ordering::Relaxed) - first) as f64 / start.elapsed().as_secs_f64();
    let size = (proc::rss(server.child.id()) - before) / READERS as f64;
    for worker in workers {
        worker.abort();
    }
    (rate, size)
}

/// A server in a process of its own, until it is dropped.
struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    fn start(which: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = command.arg(which).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, address: line.trim().parse().unwrap() }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The child's part, by warp alone: as many routes as there are tasks, of which the last is asked for.
pub(crate) async fn serve_floor(_count: usize) {
    let plain = warp::path!("plain").and(warp::post()).and(warp::body::json()).map(|input: Value| {
        let greeting = format!("hello {}", input["name"].as_str().unwrap_or_default());
        warp::reply::json(&json!({ "ok": true, "data": { "greeting": greeting } }))
    });
    let ticks = warp::path!("ticks").and(warp::post()).map(|| {
        let events = stream::unfold(false, |waits| async move {
            if waits {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            let event = warp::sse::Event::default().event("tick").data(r#"{"text":"tick","data":null}"#);
            Some((Ok::<_, std::convert::Infallible>(event), true))
        });
        warp::sse::reply(events)
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    tell(listener.local_addr().unwrap());
    tokio::spawn(warp::serve(plain.or(ticks)).incoming(listener).run());
    parent_gone().await;
}

/// The child's part: a server with so many tasks.
pub(crate) async fn serve_ours(count: usize) {
    let webtask = Webtask::builder().build().unwrap();
    let mut all: Vec<Task> = tasks![ticks].into();
    all.extend((1..count).map(other));
    all.extend(tasks![plain]);
    let server = Server::new(&webtask, all).address(([127, 0, 0, 1], 0).into());
    let listening = server.bind().await.unwrap();
    tell(listening.address());
    tokio::spawn(listening.run());
    parent_gone().await;
}

/// A task that is only there.
fn other(number: usize) -> Task {
    Task::shared(Shared {
        slug: format!("other/task-{number}"),
        doc: String::new(),
        pool: "default".to_owned(),
        timeout: Duration::from_secs(60),
        transports: vec![Transport::Rest],
        dialogs: Dialogs::Dismiss,
        browser: false,
        untrusted: false,
        urls: Vec::new(),
        secrets: Vec::new(),
        settings: Vec::new(),
        setup: None,
        input: json!({}),
        accepts: json!({}),
        output: json!({}),
        start: Box::new(|webtask, _, input| plain::TASK.start(webtask, input)),
    })
}

fn tell(address: SocketAddr) {
    println!("{address}");
    std::io::stdout().flush().unwrap();
}

async fn parent_gone() {
    let _ = tokio::task::spawn_blocking(|| std::io::stdin().read(&mut [0])).await;
}
