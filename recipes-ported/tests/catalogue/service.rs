//! The catalogue's server on the replayed web, one for all tests of the binary, and a client of it.

use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use webtask::server::{Server, Stop};
use webtask::{Pool, Webtask};

/// The key that the API is given.
pub(crate) const API_KEY: &str = "k-0815/é";

/// The password that the messenger takes.
pub(crate) const PASSWORD: &str = "ebb-and-flow";

/// A server that listens, and ends when the last test lets it go.
pub(crate) struct Service {
    address: SocketAddr,
    stop: Stop,
    files: TempDir,
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop.now();
    }
}

/// What a task answered: the result, and the events before it, which only a stream has.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) data: Value,
    /// Each event as its name, its text and its data; what an event without a text carries is all its data.
    pub(crate) events: Vec<(String, String, Value)>,
}

/// Runs a test with the server that the tests share. The last of those that run ends it.
pub(crate) fn run<F: Future<Output = ()>>(test: impl FnOnce(Arc<Service>) -> F) {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    static SHARED: Mutex<Weak<Service>> = Mutex::new(Weak::new());
    let runtime = RUNTIME.get_or_init(|| Runtime::new().expect("a runtime"));
    let shared = {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let service = Arc::new(runtime.block_on(Service::start()));
            *shared = Arc::downgrade(&service);
            service
        })
    };
    runtime.block_on(test(shared));
}

impl Service {
    async fn start() -> Self {
        let files = tempfile::tempdir().expect("a folder");
        let webtask = Webtask::builder()
            .replay(recipes_ported::WEB)
            .files(files.path())
            .secret("api_key", API_KEY)
            .secret("messenger_password", PASSWORD)
            .pool(Pool::new("default").size(2))
            .build()
            .expect("good settings");
        let server = Server::new(&webtask, crate::tasks()).address(([127, 0, 0, 1], 0).into());
        let listening = server.bind().await.expect("a free port");
        let (address, stop) = (listening.address(), listening.stop());
        tokio::spawn(listening.run());
        Self { address, stop, files }
    }

    /// The folder that recipes read and write files in.
    pub(crate) fn files(&self) -> &Path {
        self.files.path()
    }

    /// Calls a task in both ways; it must succeed, with the same data in both.
    pub(crate) async fn call(&self, slug: &str, input: Value) -> Answer {
        let [json, stream] = self.twice(slug, input).await;
        assert_eq!(json.data.to_string(), stream.data.to_string(), "{slug}");
        stream
    }

    /// Calls a task in both ways; it must succeed. The second answer is the stream's.
    pub(crate) async fn twice(&self, slug: &str, input: Value) -> [Answer; 2] {
        let body = self.post(slug, "application/json", &input).await;
        let json: Value = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"));
        assert_eq!(json["ok"], true, "{slug}: {json:#}");
        let stream = self.post(slug, "text/event-stream", &input).await;
        let mut events = read(&stream);
        let (name, last) = events.pop().expect("a stream has an end");
        assert!(name == "done" && last["ok"] == true, "{slug}: {stream}");
        let event = |(name, event): (String, Value)| match event["text"].as_str() {
            Some(text) => (name, text.to_owned(), event["data"].clone()),
            None => (name, String::new(), event),
        };
        let events = events.into_iter().map(event).collect();
        [
            Answer { data: json["data"].clone(), events: Vec::new() },
            Answer { data: last["data"].clone(), events },
        ]
    }

    /// Calls a task that must fail: its error, the same in both ways.
    pub(crate) async fn fail(&self, slug: &str, input: Value) -> Value {
        let body = self.post(slug, "application/json", &input).await;
        let json: Value = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"));
        assert_eq!(json["ok"], false, "{slug}: {json:#}");
        let stream = self.post(slug, "text/event-stream", &input).await;
        // What is wrong before the first step is an answer of its own.
        if json["error"]["step"].is_null() {
            assert_eq!(stream, body, "{slug}");
        } else {
            let (name, last) = read(&stream).pop().expect("a stream has an end");
            let found = ["code", "message", "step", "retryable"].map(|key| (&last[key], &json["error"][key]));
            assert!(name == "error" && found.iter().all(|(one, other)| one == other), "{slug}: {stream}");
        }
        json["error"].clone()
    }

    /// The body of the answer. HTTP 1.0 has no chunks, and closes at the end.
    async fn post(&self, slug: &str, accept: &str, input: &Value) -> String {
        let (address, input) = (self.address, input.to_string());
        let mut stream = TcpStream::connect(address).await.expect("the server listens");
        let request = format!(
            "POST /tasks/{slug} HTTP/1.0\r\nHost: {address}\r\nAccept: {accept}\r\nContent-Length: {}\r\n\r\n{input}",
            input.len()
        );
        stream.write_all(request.as_bytes()).await.expect("written");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("UTF-8");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let kind = if head.starts_with("HTTP/1.0 200") { accept } else { "application/json" };
        assert!(head.contains(&format!("content-type: {kind}")), "{slug}: {answer}");
        body.to_owned()
    }
}

/// The events of a stream.
fn read(stream: &str) -> Vec<(String, Value)> {
    let events = stream.split_terminator("\n\n").filter(|event| !event.starts_with(':'));
    events
        .map(|event| {
            let rest = event.strip_prefix("event: ").expect("an event has a name");
            let (name, data) = rest.split_once("\ndata: ").expect("an event has data");
            (name.to_owned(), serde_json::from_str(data).expect("JSON"))
        })
        .collect()
}

impl Answer {
    /// The result must be that, its keys in that order.
    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "a literal stands there")]
    pub(crate) fn is(&self, expected: Value) -> &Self {
        let (found, expected) = (format!("{:#}", self.data), format!("{expected:#}"));
        assert!(found == expected, "found:\n{found}\nexpected:\n{expected}");
        self
    }

    /// The texts of the `status` events.
    #[track_caller]
    pub(crate) fn says(&self, expected: &[&str]) -> &Self {
        let statuses = self.events.iter().filter(|(name, ..)| name == "status");
        assert_eq!(statuses.map(|(_, text, _)| text.as_str()).collect::<Vec<_>>(), expected);
        self
    }

    /// The other events.
    #[track_caller]
    pub(crate) fn tells(&self, expected: &[(&str, &str, Value)]) -> &Self {
        let others = self.events.iter().filter(|(name, ..)| name != "status");
        let others: Vec<_> =
            others.map(|(name, text, data)| (name.as_str(), text.as_str(), data.clone())).collect();
        assert_eq!(others, expected);
        self
    }
}
