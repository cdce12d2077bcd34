//! A second client of a browser, beside the one that is tested: it sees what is really there.

#![allow(dead_code, reason = "each test binary needs a part of it")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::time::{Duration, Instant};

use async_tungstenite::tokio::{TokioAdapter, client_async};
use async_tungstenite::tungstenite::Message;
use async_tungstenite::{WebSocketStream, tungstenite};
use futures::StreamExt;
use serde_json::{Value, json};
use tokio::net::TcpStream;

pub(crate) struct Raw {
    socket: WebSocketStream<TokioAdapter<TcpStream>>,
    next: u64,
}

/// Where the browser with that data directory listens.
pub(crate) fn endpoint(data: &Path) -> String {
    let text = std::fs::read_to_string(data.join("DevToolsActivePort")).expect("it listens");
    let (port, path) = text.split_once('\n').expect("two lines");
    format!("ws://127.0.0.1:{port}{}", path.trim())
}

impl Raw {
    /// Connects to the browser with that data directory.
    pub(crate) async fn of(data: &Path) -> Self {
        Self::connect(&endpoint(data)).await
    }

    pub(crate) async fn connect(url: &str) -> Self {
        let address = url.strip_prefix("ws://").unwrap().split('/').next().unwrap();
        let stream = TcpStream::connect(address).await.unwrap();
        let (socket, _) = client_async(url, stream).await.unwrap();
        Self { socket, next: 0 }
    }

    pub(crate) async fn call(&mut self, method: &str, params: Value) -> Value {
        self.call_in(None, method, params).await
    }

    pub(crate) async fn call_in(&mut self, session: Option<&str>, method: &str, params: Value) -> Value {
        self.next += 1;
        let mut call = json!({ "id": self.next, "method": method, "params": params });
        if let Some(session) = session {
            call["sessionId"] = session.into();
        }
        self.socket.send(Message::text(call.to_string())).await.unwrap();
        loop {
            let message: Result<_, tungstenite::Error> = self.socket.next().await.expect("it answers");
            let reply: Value = serde_json::from_str(message.unwrap().to_text().unwrap()).unwrap();
            if reply["id"] == self.next {
                assert!(reply.get("error").is_none(), "{method}: {reply}");
                return reply["result"].clone();
            }
        }
    }

    /// The pages of all contexts, as target and context.
    pub(crate) async fn pages(&mut self) -> Vec<(String, String)> {
        let targets = self.call("Target.getTargets", json!({})).await;
        let pages =
            targets["targetInfos"].as_array().unwrap().iter().filter(|target| target["type"] == "page");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let mut pages: Vec<_> =
            pages.map(|page| (text(&page["targetId"]), text(&page["browserContextId"]))).collect();
        pages.sort();
        pages
    }

    /// The only page, and its context, once there is one only: what goes and what comes is there for a moment too.
    pub(crate) async fn page(&mut self) -> (String, String) {
        let start = Instant::now();
        loop {
            let mut pages = self.pages().await;
            if pages.len() == 1 {
                return pages.remove(0);
            }
            assert!(start.elapsed() < Duration::from_secs(20), "{pages:?}");
        }
    }

    /// What the browser's parts do from now on, of these categories.
    pub(crate) async fn begin_trace(&mut self, categories: &[&str]) {
        let config = json!({ "includedCategories": categories });
        let begin = json!({ "transferMode": "ReturnAsStream", "traceConfig": config });
        self.call("Tracing.start", begin).await;
    }

    /// Ends the trace and gives its events.
    pub(crate) async fn end_trace(&mut self) -> Vec<Value> {
        let end = json!({ "id": 0, "method": "Tracing.end", "params": {} });
        self.socket.send(Message::text(end.to_string())).await.unwrap();
        let stream = loop {
            let message = self.socket.next().await.expect("it answers").unwrap();
            let message: Value = serde_json::from_str(message.to_text().unwrap()).unwrap();
            if message["method"] == "Tracing.tracingComplete" {
                break message["params"]["stream"].clone();
            }
        };
        let mut text = String::new();
        loop {
            let part = self.call("IO.read", json!({ "handle": stream })).await;
            text.push_str(part["data"].as_str().unwrap());
            if part["eof"] == true {
                break;
            }
        }
        self.call("IO.close", json!({ "handle": stream })).await;
        let trace: Value = serde_json::from_str(&text).unwrap();
        trace["traceEvents"].as_array().unwrap().clone()
    }

    /// Crashes the process of a page. It never answers.
    pub(crate) async fn crash(&mut self, page: &str) {
        let attach = json!({ "targetId": page, "flatten": true });
        let session = self.call("Target.attachToTarget", attach).await["sessionId"].clone();
        let crash = json!({ "id": 0, "method": "Page.crash", "sessionId": session });
        self.socket.send(Message::text(crash.to_string())).await.unwrap();
    }

    /// The contexts beside the browser's own.
    pub(crate) async fn contexts(&mut self) -> usize {
        let contexts = self.call("Target.getBrowserContexts", json!({})).await;
        contexts["browserContextIds"].as_array().unwrap().len()
    }
}
