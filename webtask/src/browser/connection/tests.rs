//! The connection against a browser that a test plays.

use async_tungstenite::WebSocketStream;
use async_tungstenite::tokio::{TokioAdapter, accept_async};
use chromiumoxide::cdp::browser_protocol::browser::GetVersionParams;
use chromiumoxide::cdp::browser_protocol::page::NavigateParams;
use chromiumoxide::cdp::browser_protocol::target::TargetId;
use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::browser::session::Session;

const LIMIT: Duration = Duration::from_secs(10);

/// The browser's side of a connection, played by a test.
struct Peer(WebSocketStream<TokioAdapter<TcpStream>>);

impl Peer {
    /// The next call: its number and the rest of it.
    async fn call(&mut self) -> (u64, Value) {
        let text = self.0.next().await.unwrap().unwrap().into_text().unwrap();
        let call: Value = serde_json::from_str(&text).unwrap();
        (call["id"].as_u64().unwrap(), call)
    }

    async fn say(&mut self, text: impl Into<String>) {
        self.0.send(Message::text(text.into())).await.unwrap();
    }

    async fn reply(&mut self, id: u64) {
        let version = json!({
            "protocolVersion": "1.3", "product": "P", "revision": "r", "userAgent": "u", "jsVersion": "j",
        });
        self.say(json!({ "id": id, "result": version }).to_string()).await;
    }
}

async fn connected() -> (Connection, Peer) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}/devtools/browser/1", listener.local_addr().unwrap());
    let peer = async { Peer(accept_async(listener.accept().await.unwrap().0).await.unwrap()) };
    let (connection, peer) = tokio::join!(Connection::open(&url), peer);
    (connection.unwrap(), peer)
}

#[tokio::test]
async fn calls_are_written_at_once_and_answered_in_any_order() {
    let (connection, mut peer) = connected().await;
    let first = connection.send(None, GetVersionParams::default(), LIMIT);
    let second = connection.send(Some(&SessionId::new("s")), NavigateParams::new("about:blank"), LIMIT);
    let (one, call) = peer.call().await;
    assert_eq!(call, json!({ "id": one, "method": "Browser.getVersion", "params": {} }));
    let (two, call) = peer.call().await;
    assert_eq!(call["sessionId"], "s");
    assert_eq!(call["params"], json!({ "url": "about:blank" }));
    peer.say(json!({ "id": two, "sessionId": "s", "result": { "frameId": "f" } }).to_string()).await;
    assert_eq!(second.await.unwrap().frame_id.inner(), "f");
    peer.reply(one).await;
    assert_eq!(first.await.unwrap().product, "P");
}

#[tokio::test]
async fn a_reply_that_does_not_fit_fails_its_call_alone() {
    let (connection, mut peer) = connected().await;
    let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
    for result in ["{}".to_owned(), r#"{"product":"\ud800"}"#.to_owned(), format!(r#"{{"product":{deep}}}"#)]
    {
        let call = connection.send(None, GetVersionParams::default(), LIMIT);
        let (id, _) = peer.call().await;
        peer.say(format!(r#"{{"id":{id},"result":{result}}}"#)).await;
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Internal);
        assert!(error.message().starts_with("the reply to `Browser.getVersion` cannot be read"), "{error}");
    }
    peer.say("no JSON at all").await;
    let call = connection.send(None, GetVersionParams::default(), LIMIT);
    let (id, _) = peer.call().await;
    peer.reply(id).await;
    call.await.unwrap();
}

#[tokio::test]
async fn a_refusal_is_the_source_of_its_error() {
    let (connection, mut peer) = connected().await;
    let call = connection.send(None, GetVersionParams::default(), LIMIT);
    let (id, _) = peer.call().await;
    peer.say(json!({ "id": id, "error": { "code": -32000, "message": "no", "data": "why" } }).to_string())
        .await;
    let error = call.await.unwrap_err();
    assert_eq!(error.message(), "`Browser.getVersion` failed: no (why)");
    assert_eq!(Refusal::of(&error).map(Refusal::message), Some("no"));
}

#[tokio::test]
async fn a_call_without_a_reply_ends_with_its_time() {
    let (connection, _peer) = connected().await;
    let limit = Duration::from_millis(10);
    let error = connection.call(None, GetVersionParams::default(), limit).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BrowserLost);
    assert_eq!(error.message(), "the browser did not answer `Browser.getVersion` within 10ms");
    let page = SessionId::new("s");
    let error = connection.call(Some(&page), GetVersionParams::default(), limit).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StepFailed);
    assert!(connection.inner.routes().pending.is_empty());
}

#[tokio::test]
async fn a_disconnect_ends_every_call_and_every_listener() {
    let (connection, peer) = connected().await;
    let mut events = connection.events(None, &["Target.targetCreated"]);
    let calls = [(); 3].map(|()| connection.send(None, GetVersionParams::default(), Duration::MAX));
    drop(peer);
    for call in calls {
        let error = call.await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::BrowserLost, "the browser ended"));
    }
    assert!(events.next().await.is_none());
    let late = connection.call(None, GetVersionParams::default(), Duration::MAX).await.unwrap_err();
    assert_eq!(late.kind(), ErrorKind::BrowserLost);
    assert!(connection.events(None, &["Target.targetCreated"]).next().await.is_none());
}

#[tokio::test]
async fn events_go_to_who_asked_for_them() {
    let (connection, mut peer) = connected().await;
    let (one, two) = (SessionId::new("one"), SessionId::new("two"));
    let mut of_one = connection.events(Some(&one), &["Page.loadEventFired"]);
    let mut of_two = connection.events(Some(&two), &["Page.loadEventFired", "Page.frameNavigated"]);
    for (session, method) in
        [("one", "Page.frameNavigated"), ("two", "Page.frameNavigated"), ("one", "Page.loadEventFired")]
    {
        peer.say(json!({ "sessionId": session, "method": method, "params": { "of": session } }).to_string())
            .await;
    }
    let event = of_one.next().await.unwrap();
    assert_eq!((event.method, event.params.get()), ("Page.loadEventFired", r#"{"of":"one"}"#));
    assert_eq!(of_two.next().await.unwrap().method, "Page.frameNavigated");
    drop((of_one, of_two));
    assert!(connection.inner.routes().listeners.is_empty());
}

#[tokio::test]
async fn a_page_that_crashed_before_anybody_looked_is_known() {
    let (connection, mut peer) = connected().await;
    let target = TargetId::from("t".to_owned());
    let played = async {
        let (id, call) = peer.call().await;
        assert_eq!(call["method"], "Target.attachToTarget");
        peer.say(json!({ "id": id, "result": { "sessionId": "s" } }).to_string()).await;
        let (_, call) = peer.call().await;
        assert_eq!((&call["method"], &call["sessionId"]), (&json!("Inspector.enable"), &json!("s")));
        // As Chromium does it.
        peer.say(json!({ "sessionId": "s", "method": "Inspector.targetCrashed", "params": {} }).to_string())
            .await;
    };
    let (session, ()) = tokio::join!(Session::attach(&connection, &target), played);
    let error = session.unwrap().call_within(EvaluateParams::new("0"), Duration::MAX).await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::BrowserLost, "the page's process crashed"));
}

#[tokio::test]
async fn a_session_ends_with_its_page_and_no_other_does() {
    for (event, message) in [
        (
            json!({ "sessionId": "s", "method": "Inspector.targetCrashed", "params": {} }),
            "the page's process crashed",
        ),
        (
            json!({ "method": "Target.detachedFromTarget", "params": { "sessionId": "s", "targetId": "t" } }),
            "the page was closed",
        ),
    ] {
        let (connection, mut peer) = connected().await;
        let (page, other) = (SessionId::new("s"), SessionId::new("other"));
        connection.watch(&page);
        let mut events = connection.events(Some(&page), &["Page.loadEventFired"]);
        let call = connection.send(Some(&page), GetVersionParams::default(), Duration::MAX);
        let elsewhere = connection.send(Some(&other), GetVersionParams::default(), LIMIT);
        peer.say(event.to_string()).await;
        let error = call.await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::BrowserLost, message));
        assert!(events.next().await.is_none());
        assert_eq!(connection.end_of(&page).unwrap().message(), message);
        let late =
            connection.call(Some(&page), GetVersionParams::default(), Duration::MAX).await.unwrap_err();
        assert_eq!(late.message(), message);

        let (_, _) = peer.call().await;
        let (id, _) = peer.call().await;
        peer.reply(id).await;
        elsewhere.await.unwrap();
    }
}
