//! The client over real sockets: against our own server, and against servers that lie.

#![allow(clippy::unwrap_used)]

mod liars;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinHandle};
use webtask::client::Client;
use webtask::server::{Server, Stop};
use webtask::{Cx, Error, ErrorKind, Event, Pool, Webtask, tasks};

/// What no healthy server takes; it only ends a test that hangs.
const HANG: Duration = Duration::from_secs(60);

/// A type of the user's own, both ways.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Point {
    x: f64,
    name: Option<String>,
}

#[webtask::task("client/echo", transport = "rest, sse, async", browser = false)]
async fn echo(cx: &Cx, point: Point, #[input(default = 2)] times: u64) -> Result<Vec<Point>, Error> {
    cx.status("a\r\nb\u{2028}").await;
    cx.emit("progress", "half").data(json!({ "fraction": 0.5 })).await;
    cx.emit("progress", "").data(json!(["deep", { "a": null }])).await;
    Ok(vec![point; usize::try_from(times).unwrap()])
}

#[webtask::task("client/fails", transport = "sse, rest", browser = false)]
async fn fails(cx: &Cx, kind: String) -> Result<Value, Error> {
    match kind.as_str() {
        "step" => drop(cx.read_file("none").await?),
        "own" => return Err(Error::fail("SOLD_OUT", "nothing is left").with_status(409)),
        _ => {}
    }
    let kind = ErrorKind::from_code(&kind).unwrap();
    Err(Error::new(kind, format!("as {kind:?}")))
}

/// What a test holds while a run goes on.
#[derive(Clone, Debug, Default)]
struct Gate {
    open: Arc<Notify>,
    ended: Arc<Notify>,
    begun: Arc<AtomicU32>,
}

struct Ends(Arc<Notify>);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

#[webtask::task("client/gated", transport = "sse, async", browser = false)]
async fn gated(cx: &Cx) -> Result<u32, Error> {
    let gate = cx.extension::<Gate>().unwrap();
    let _ends = Ends(gate.ended.clone());
    let runs = gate.begun.fetch_add(1, Ordering::Relaxed) + 1;
    for number in 1..=3 {
        cx.status(format!("at {number}")).await;
        gate.open.notified().await;
    }
    Ok(runs)
}

#[webtask::task("client/rest", browser = false)]
async fn rest(_: &Cx) -> Result<(), Error> {
    Ok(())
}

#[webtask::task("client/elsewhere", transport = "sse", browser = false)]
async fn elsewhere(_: &Cx) -> Result<u8, Error> {
    Ok(1)
}

#[webtask::task("client/window", transport = "sse", pool = "small")]
async fn window(cx: &Cx) -> Result<String, Error> {
    cx.goto("data:text/html,<title>far").await?;
    cx.click("#none").timeout(Duration::ZERO).await?;
    Ok(String::new())
}

/// The server, and what its runs are handed.
struct Running {
    address: SocketAddr,
    stop: Stop,
    serving: JoinHandle<Result<(), Error>>,
    gate: Gate,
}

impl Running {
    async fn new() -> Self {
        Self::with(served(), |server| server).await
    }

    async fn with(webtask: Webtask, settings: impl FnOnce(Server) -> Server) -> Self {
        let gate = Gate::default();
        let server = Server::new(&webtask.with(gate.clone()), tasks![echo, fails, gated, rest, window]);
        let listening = settings(server.address(([127, 0, 0, 1], 0).into())).bind().await.unwrap();
        let (address, stop) = (listening.address(), listening.stop());
        Self { address, stop, serving: tokio::spawn(listening.run()), gate }
    }

    fn client(&self) -> Client {
        client(self.address)
    }

    async fn end(self) {
        self.stop.now();
        within(self.serving).await.unwrap().unwrap();
    }
}

/// What has the pools of every task here.
fn served() -> Webtask {
    Webtask::builder().pool(Pool::new("small").size(1)).build().unwrap()
}

fn client(address: SocketAddr) -> Client {
    Client::new(&format!("http://{address}")).unwrap()
}

async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(HANG, work).await.expect("it hangs")
}

/// What lies between, and may be cut.
struct Wire {
    address: SocketAddr,
    accepting: AbortHandle,
    cut: Arc<Notify>,
    connections: Arc<AtomicU32>,
}

impl Wire {
    async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (cut, connections) = (Arc::new(Notify::new()), Arc::new(AtomicU32::new(0)));
        let (ends, counter) = (cut.clone(), connections.clone());
        let accepting = tokio::spawn(async move {
            loop {
                let (mut near, _) = listener.accept().await.unwrap();
                counter.fetch_add(1, Ordering::Relaxed);
                let ends = ends.clone();
                tokio::spawn(async move {
                    let mut far = TcpStream::connect(server).await.unwrap();
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        () = ends.notified() => {}
                    }
                });
            }
        });
        Self { address, accepting: accepting.abort_handle(), cut, connections }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn status<T: Unpin>(run: &mut webtask::Run<T>) -> String {
    match within(run.next()).await {
        Some(Event::Status { text, .. }) => text,
        Some(Event::Failed(error)) => panic!("{error:?}"),
        other => panic!("{:?}", other.map(|event| event.name().to_owned())),
    }
}

#[tokio::test]
async fn a_remote_task_is_a_run_like_one_here() {
    let server = Running::new().await;
    let client = server.client();
    let point = Point { x: 1.5, name: Some("é \u{2028}".into()) };
    let mut run = client.run(echo::Input { point: point.clone(), times: 3 });
    let mut told = Vec::new();
    while let Some(event) = within(run.next()).await {
        told.push(format!("{event:?}"));
    }
    // The same as of a run here.
    let here = Webtask::builder().build().unwrap();
    let mut run = echo::run(&here, echo::Input { point: point.clone(), times: 3 });
    let mut expected = Vec::new();
    while let Some(event) = run.next().await {
        expected.push(format!("{event:?}"));
    }
    assert_eq!(told, expected);
    let output =
        within(client.run(echo::Input { point: point.clone(), times: 2 }).into_future()).await.unwrap();
    assert_eq!(output, [point.clone(), point]);

    let input = json!({ "point": { "x": 1 } });
    let json =
        within(client.run_json("client/echo", input.as_object().unwrap()).into_future()).await.unwrap();
    assert_eq!(json.get(), r#"[{"x":1.0,"name":null},{"x":1.0,"name":null}]"#);
    server.end().await;
}

#[tokio::test]
async fn every_error_comes_back_as_it_was() {
    let server = Running::new().await;
    let client = server.client();
    for &kind in ErrorKind::ALL.iter().filter(|kind| kind.code() != "INTERNAL") {
        let run = client.run(fails::Input { kind: kind.code().into() });
        let error = within(run.into_future()).await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (kind, format!("as {kind:?}").as_str()));
        assert_eq!(error.retryable(), kind.retryable());
        assert_eq!((error.task(), error.step()), (Some("client/fails"), None));
    }
    // A fault of the server is told without its details.
    let error = within(client.run(fails::Input { kind: "INTERNAL".into() }).into_future()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Internal);
    // With its step.
    let error = within(client.run(fails::Input { kind: "step".into() }).into_future()).await.unwrap_err();
    let step = error.step().unwrap();
    assert_eq!((step.index, step.name), (0, "read file"));
    assert!(step.at.starts_with(file!()), "{}", step.at);

    // Before the run: every wrong input, a slug, a transport.
    let mut input = Map::new();
    input.insert("point".into(), json!({ "x": "one" }));
    input.insert("tims".into(), json!(1));
    let error = within(client.run_json("client/echo", &input).into_future()).await.unwrap_err();
    let pointers: Vec<_> = error.inputs().iter().map(|input| input.pointer.as_str()).collect();
    assert_eq!((error.kind(), pointers), (ErrorKind::InvalidInput, vec!["/point", "/tims"]));
    let error = within(client.run(elsewhere::Input {}).into_future()).await.unwrap_err();
    assert_eq!((error.kind(), error.task()), (ErrorKind::UnknownTask, Some("client/elsewhere")));
    let error = within(client.run(rest::Input {}).into_future()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert!(error.message().ends_with("(`NOT_ACCEPTABLE`)"), "{error}");
    server.end().await;
}

#[tokio::test]
async fn a_token_opens_and_a_prefix_leads() {
    let server = Running::with(served(), |server| server.token("s3cret")).await;
    let error =
        within(server.client().run(echo::Input { point: Point::default(), times: 0 }).into_future()).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert!(error.message().ends_with("(`UNAUTHORIZED`)"), "{error}");
    let known = server.client().token("s3cret").unwrap();
    assert_eq!(
        within(known.run(echo::Input { point: Point::default(), times: 0 }).into_future()).await.unwrap(),
        []
    );
    assert!(!format!("{known:?}").contains("s3cret"));
    let lost = Client::new(&format!("http://{}/api/", server.address)).unwrap();
    let error =
        within(lost.run(echo::Input { point: Point::default(), times: 0 }).into_future()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused);
    server.end().await;

    let webtask = Webtask::builder().build().unwrap();
    let service = webtask::server::service(&webtask, tasks![echo]).unwrap().below("/api/v1").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = axum::Router::new().route_service("/api/v1/{*path}", service);
    let serving = tokio::spawn(async { axum::serve(listener, app).await.unwrap() });
    let client = Client::new(&format!("http://{address}/api/v1/")).unwrap();
    let input = || echo::Input { point: Point::default(), times: 1 };
    assert_eq!(within(client.run(input()).into_future()).await.unwrap(), [Point::default()]);
    let begun = within(client.begin(input())).await.unwrap();
    assert_eq!(within(begun.follow().into_future()).await.unwrap(), [Point::default()]);
    serving.abort();
}

#[tokio::test]
async fn dropping_a_run_cancels_it_there() {
    let server = Running::new().await;
    let mut run = server.client().run(gated::Input {});
    assert_eq!(status(&mut run).await, "at 1");
    drop(run);
    within(server.gate.ended.notified()).await;
    // And so does a connection that is cut, which the run tells.
    let wire = Wire::to(server.address).await;
    let mut run = client(wire.address).run(gated::Input {});
    assert_eq!(status(&mut run).await, "at 1");
    wire.cut.notify_waiters();
    let error = within(run.into_future()).await.unwrap_err();
    assert_eq!((error.kind(), error.retryable()), (ErrorKind::Unreachable, true));
    within(server.gate.ended.notified()).await;
    // It is not begun anew.
    assert_eq!(server.gate.begun.load(Ordering::Relaxed), 2);
    server.end().await;
}

#[tokio::test]
async fn a_run_that_goes_on_alone_is_taken_up_again() {
    let server = Running::new().await;
    let wire = Wire::to(server.address).await;
    let client = client(wire.address);
    let begun = within(client.begin(gated::Input {})).await.unwrap();
    let mut run = begun.follow();
    assert_eq!(status(&mut run).await, "at 1");
    wire.cut.notify_waiters();
    server.gate.open.notify_one();
    assert_eq!(status(&mut run).await, "at 2");
    wire.cut.notify_waiters();
    server.gate.open.notify_one();
    assert_eq!(status(&mut run).await, "at 3");
    assert!(wire.connections.load(Ordering::Relaxed) >= 3);

    // Another program follows it too, from its first event on; one that leaves does not end it.
    let mut other = client.begun::<u32>(begun.id()).unwrap().follow();
    assert_eq!(status(&mut other).await, "at 1");
    drop(other);
    server.gate.open.notify_one();
    assert_eq!(within(run.into_future()).await.unwrap(), 1);
    // It is kept when it is over.
    let mut told = begun.follow();
    assert_eq!(status(&mut told).await, "at 1");
    assert_eq!(within(told.into_future()).await.unwrap(), 1);

    let begun = within(client.begin(gated::Input {})).await.unwrap();
    let mut run = begun.follow();
    assert_eq!(status(&mut run).await, "at 1");
    within(begun.cancel()).await.unwrap();
    assert_eq!(within(run.into_future()).await.unwrap_err().kind(), ErrorKind::Cancelled);
    within(begun.cancel()).await.unwrap();
    let unknown = client.begun::<u32>("00000000000000000000000000000000").unwrap();
    assert_eq!(within(unknown.cancel()).await.unwrap_err().kind(), ErrorKind::UnknownRun);
    assert_eq!(within(unknown.follow().into_future()).await.unwrap_err().kind(), ErrorKind::UnknownRun);
    assert_eq!(client.begun::<u32>("../tasks").unwrap_err().kind(), ErrorKind::Config);
    let error = within(client.begin(rest::Input {})).await.unwrap_err();
    assert_eq!(error.message(), "`client/rest` does not run asynchronously; give it `transport async`");
    server.end().await;
}

#[tokio::test]
async fn a_window_over_there_and_the_step_that_failed_in_it() {
    let server = Running::with(served(), |server| server).await;
    let mut run = server.client().run(window::Input {});
    within(run.start()).await.unwrap();
    let error = within(run.into_future()).await.unwrap_err();
    let step = error.step().unwrap();
    assert_eq!((error.kind(), step.index, step.name), (ErrorKind::StepFailed, 1, "click"));
    assert!(error.to_string().contains("`#none` could not be clicked"), "{error}");
    let page = error.page().unwrap();
    assert_eq!((page.url.as_str(), page.title.as_str()), ("data:", "far"));
    server.end().await;
}

#[tokio::test]
async fn a_failure_of_the_task_s_own_is_told_apart() {
    let server = Running::new().await;
    let error =
        within(server.client().run(fails::Input { kind: "own".into() }).into_future()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code(), error.status(), error.message()),
        (ErrorKind::Failed, "SOLD_OUT", Some(409), "nothing is left")
    );
    server.end().await;
}

#[test]
fn an_address_is_one() {
    for good in ["http://localhost", "https://a.example/", "https://a.example/api/v1/", "http://[::1]:8080/x"]
    {
        assert!(Client::new(good).is_ok(), "{good}");
    }
    for bad in
        ["", "localhost:80", "/api", "ftp://a", "http://a?b", "http://a#b", "http://me@a", "http://a:x"]
    {
        assert_eq!(Client::new(bad).unwrap_err().kind(), ErrorKind::Config, "{bad}");
    }
    let client = Client::new("http://localhost").unwrap();
    assert_eq!(client.token("two\nlines").unwrap_err().kind(), ErrorKind::Config);
}
