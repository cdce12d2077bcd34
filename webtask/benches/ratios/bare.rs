//! The floor: Chromium and the protocol by hand over a bare WebSocket. It knows nothing of webtask.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use async_tungstenite::WebSocketStream;
use async_tungstenite::tokio::{TokioAdapter, client_async_with_config};
use async_tungstenite::tungstenite::Message;
use async_tungstenite::tungstenite::protocol::WebSocketConfig;
use futures::StreamExt;
use rustix::process::{Pid, Signal, kill_process_group};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;

/// A browser with Chromium's default flags, until it is dropped.
pub(crate) struct Browser {
    child: Child,
    endpoint: String,
    _profile: TempDir,
}

/// A page, with a connection of its own.
pub(crate) struct Page {
    socket: WebSocketStream<TokioAdapter<TcpStream>>,
    next: u64,
    /// Whether the page was loaded since the last navigation began.
    load: bool,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    method: Option<&'a str>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    #[serde(borrow)]
    error: Option<&'a RawValue>,
}

impl Browser {
    /// Starts it and waits until it listens.
    pub(crate) fn start(program: &str) -> Self {
        let profile = tempfile::Builder::new().prefix("ratios-").tempdir().unwrap();
        let mut command = Command::new(program);
        command.args(["--headless", "--remote-debugging-port=0", "--no-first-run"]);
        command.arg(format!("--user-data-dir={}", profile.path().display()));
        if rustix::process::geteuid().is_root() || std::env::var_os("WEBTASK_NO_SANDBOX").is_some() {
            command.arg("--no-sandbox");
        }
        command.args(std::env::var("RATIOS_FLOOR_FLAGS").unwrap_or_default().split_whitespace());
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let endpoint = lines
            .find_map(|line| line.unwrap().strip_prefix("DevTools listening on ").map(str::to_owned))
            .unwrap();
        std::thread::spawn(move || lines.count());
        Self { child, endpoint, _profile: profile }
    }

    /// The number of its process group.
    pub(crate) fn group(&self) -> u32 {
        self.child.id()
    }

    /// A connection to the browser itself.
    pub(crate) async fn connect(&self) -> Page {
        Page::connect(&self.endpoint).await
    }

    /// A new page in the browser's own context.
    pub(crate) async fn page(&self) -> Page {
        let mut browser = self.connect().await;
        self.page_in(&mut browser, None).await
    }

    /// A new page in a context.
    pub(crate) async fn page_in(&self, browser: &mut Page, context: Option<&str>) -> Page {
        let mut params = json!({ "url": "about:blank" });
        if let Some(context) = context {
            params["browserContextId"] = context.into();
        }
        let made: Value = browser.call("Target.createTarget", &params).await;
        let target = made["targetId"].as_str().unwrap();
        let (host, _) = self.endpoint.split_once("/devtools/").unwrap();
        let mut page = Page::connect(&format!("{host}/devtools/page/{target}")).await;
        page.call::<Value>("Page.enable", &json!({})).await;
        page
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let group = Pid::from_raw(self.child.id().try_into().unwrap()).unwrap();
        let _ = kill_process_group(group, Signal::KILL);
        let _ = self.child.wait();
        // What is left of the group writes into the profile no more after this.
        while crate::proc::group(self.child.id()).count() > 0 {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    }
}

impl Page {
    async fn connect(url: &str) -> Self {
        let address = url.strip_prefix("ws://").unwrap().split('/').next().unwrap();
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let (socket, _) = client_async_with_config(url, stream, Some(config)).await.unwrap();
        Self { socket, next: 0, load: false }
    }

    /// One round trip.
    pub(crate) async fn call<T: DeserializeOwned>(&mut self, method: &str, params: &Value) -> T {
        self.next += 1;
        let id = self.next;
        let text = json!({ "id": id, "method": method, "params": params }).to_string();
        self.socket.send(Message::text(text)).await.unwrap();
        loop {
            if let Some(result) = self.read(id).await {
                return serde_json::from_str(&result).unwrap();
            }
        }
    }

    /// Navigates and waits for the whole page.
    pub(crate) async fn goto(&mut self, url: &str) {
        self.load = false;
        self.call::<Value>("Page.navigate", &json!({ "url": url })).await;
        while !self.load {
            self.read(0).await;
        }
    }

    /// What an expression that gives a string, or a promise of one, gives as JSON.
    pub(crate) async fn evaluate<T: DeserializeOwned>(&mut self, expression: &str) -> T {
        #[derive(Deserialize)]
        struct Evaluated {
            result: Object,
        }
        #[derive(Deserialize)]
        struct Object {
            value: String,
        }
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let reply: Evaluated = self.call("Runtime.evaluate", &params).await;
        serde_json::from_str(&reply.result.value).unwrap()
    }

    /// Takes a message; the result when it is the reply that is waited for.
    async fn read(&mut self, wanted: u64) -> Option<String> {
        let Message::Text(text) = self.socket.next().await.unwrap().unwrap() else { return None };
        let envelope: Envelope<'_> = serde_json::from_str(&text).unwrap();
        if envelope.method == Some("Page.loadEventFired") {
            self.load = true;
        }
        if envelope.id != Some(wanted) {
            return None;
        }
        if let Some(error) = envelope.error {
            panic!("the browser refused a call: {error}");
        }
        Some(envelope.result.unwrap().get().to_owned())
    }
}
