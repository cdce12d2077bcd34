//! Large results of pages: while one is read and told, everybody else is answered.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::json;
use webtask::server::Server;
use webtask::{Webtask, tasks};

use crate::Running;
use crate::wire::{ask, call, within};

webtask::webtask! {
    task "large/js" {
        input n int required;
        transport rest, sse;
        goto "data:text/html,large";
        js rows "return Array.from({ length: arguments[0] }, (_, id) => ({ id, name: 'name ' + id, list: [id, -id] }))" args ["{{n}}"];
    }

    task "large/told" {
        input n int required;
        transport rest, sse;
        goto "data:text/html,large";
        js rows "return Array.from({ length: arguments[0] }, (_, id) => [id, -id])" args ["{{n}}"];
        emit all "all" data { rows: "{{rows}}" };
    }

    // Its result is searched for what it must not tell.
    task "large/secret" {
        input n int required;
        secret key;
        transport rest;
        goto "data:text/html,large";
        js rows "return Array.from({ length: arguments[0] }, (_, id) => ({ id, name: 'name ' + id + arguments[1], list: [id, -id] }))" args ["{{n}}", "{{key}}"];
    }

    task "large/extract" {
        input n int required;
        transport rest;
        goto "data:text/html,<ul></ul>";
        js _ "document.querySelector('ul').innerHTML = '<li><b>one</b><i>two</i></li>'.repeat(arguments[0])" args ["{{n}}"];
        extract rows from "li" repeat { one text "b"; two text "i"; count count "*"; }
    }
}

/// Somebody who asks the server all the time whether it lives, from a thread of its own.
struct Pulse {
    over: Arc<AtomicBool>,
    thread: JoinHandle<Duration>,
}

impl Pulse {
    fn start(address: SocketAddr) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let until = over.clone();
        let thread = std::thread::spawn(move || {
            let mut stream = TcpStream::connect(address).expect("somebody listens");
            let mut longest = Duration::ZERO;
            while !until.load(Ordering::Relaxed) {
                let since = Instant::now();
                stream.write_all(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("written");
                let mut answer = Vec::new();
                while !answer.ends_with(b"{\"ok\":true}") {
                    let mut part = [0; 1024];
                    let count = stream.read(&mut part).expect("read");
                    assert_ne!(count, 0, "closed");
                    answer.extend_from_slice(&part[..count]);
                }
                longest = longest.max(since.elapsed());
                std::thread::sleep(Duration::from_millis(5));
            }
            longest
        });
        Self { over, thread }
    }

    /// The longest time that an answer took.
    fn longest(self) -> Duration {
        self.over.store(true, Ordering::Relaxed);
        self.thread.join().expect("every answer came")
    }
}

// One thread serves, reads and tells: whatever is done on it, everybody waits for.
#[tokio::test]
async fn everybody_is_answered_while_a_large_result_is_read() {
    let webtask = Webtask::builder().sandbox(false).secret("key", "hunter/2").build().expect("good settings");
    let server = Running::start(
        Server::new(&webtask, tasks![large_js, large_told, large_secret, large_extract]).compress(true),
    )
    .await;
    for (slug, rows, accept, size) in [
        ("large/js", 60_000, "application/json", 3_000_000),
        ("large/js", 60_000, "text/event-stream", 3_000_000),
        ("large/told", 150_000, "text/event-stream", 4_000_000),
        ("large/secret", 30_000, "application/json", 1_500_000),
        ("large/extract", 20_000, "application/json", 700_000),
    ] {
        // The browser's start is none of this.
        assert_eq!(call(server.address, slug, &json!({ "n": 1 })).await.status, 200);
        let pulse = Pulse::start(server.address);
        let since = Instant::now();
        let input = json!({ "n": rows }).to_string();
        let line = format!("POST /tasks/{slug}");
        let answer = within(ask(server.address, &line, &[("Accept", accept)], &input)).await;
        let took = since.elapsed();
        // Its last question is answered by this thread.
        let longest = tokio::task::spawn_blocking(|| pulse.longest()).await.expect("no panic");
        assert_eq!(answer.status, 200, "{:.300}", answer.body);
        assert!(!answer.body.contains("hunter"), "{slug}");
        assert!(answer.body.len() > size, "{} bytes", answer.body.len());
        assert!(longest < took / 3, "{slug}: of {took:?}, nobody was answered for {longest:?}");
    }
    server.end().await;
}
