//! Servers that are none of tasks, or bad ones.

use super::*;

/// A server that reads a request and answers with those bytes, again and again.
async fn answers(bytes: impl Into<Vec<u8>>) -> (SocketAddr, AbortHandle) {
    let bytes = bytes.into();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let accepting = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let bytes = bytes.clone();
            tokio::spawn(async move {
                let mut request = vec![0; 65536];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    (address, accepting.abort_handle())
}

fn stream(events: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n{events}")
}

async fn told(client: &Client) -> Error {
    within(client.run(elsewhere::Input {}).into_future()).await.unwrap_err()
}

#[tokio::test]
async fn what_is_no_stream_of_a_run_is_told() {
    for (answer, message) in [
        (stream(""), "broke off"),
        (stream("event: status\ndata: {\"text\":\"a\",\"data\":null}\n\n"), "broke off"),
        (stream("event: done\ndata: {\"ok\":true,\"data\":1}\n"), "broke off"),
        (stream("event: done\ndata: {\"ok\":true,\"data\":\"x\"}\n\n"), "event `done` cannot be read"),
        (stream("event: done\ndata: 1\n\n"), "event `done` cannot be read"),
        (stream("event: error\ndata: {}\n\n"), "event `error` cannot be read"),
        (stream("event: skipped\ndata: []\n\n"), "event `skipped` cannot be read"),
        (stream("data: hello\n\n"), "event `` cannot be read"),
        (stream(&format!("event: {}\ndata: x\n\n", "e".repeat(9000))), "cannot be read"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".into(), "does not answer with an event stream"),
        (
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 2\r\n\r\n{}".into(),
            "does not answer with an event stream",
        ),
        ("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 4\r\n\r\nnope".into(), "it answers 502 Bad Gateway"),
        ("nonsense\r\n\r\n".into(), "cannot be reached"),
        (String::new(), "cannot be reached"),
    ] {
        let (address, accepting) = answers(answer.clone()).await;
        let error = told(&client(address)).await;
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{answer}");
        assert!(error.to_string().contains(message), "{error}");
        assert!(error.to_string().len() < 400, "{error}");
        assert_eq!(error.task(), Some("client/elsewhere"));
        accepting.abort();
    }
    for (answer, message) in [
        ("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n", "is the prefix right?"),
        (
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
            "answers 302 Found",
        ),
        ("HTTP/1.1 401 Unauthorized\r\ncontent-length: 5\r\n\r\nlogin", "answers 401 Unauthorized"),
        (
            "HTTP/1.1 418 Teapot\r\ncontent-length: 47\r\n\r\n{\"error\":{\"code\":\"NEW_CODE\",\"message\":\"later\"}}",
            "later (`NEW_CODE`)",
        ),
    ] {
        let (address, accepting) = answers(answer).await;
        let error = told(&client(address)).await;
        assert_eq!(error.kind(), ErrorKind::Refused, "{answer}");
        assert!(error.to_string().contains(message), "{error}");
        accepting.abort();
    }
}

#[tokio::test]
async fn an_event_has_bounds() {
    let endless = stream(&format!("event: done\ndata: {}", "x".repeat(100_000)));
    let (address, _accepting) = answers(endless).await;
    let error = told(&client(address).event_limit(50_000)).await;
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert!(error.to_string().contains("more than 50000 bytes"), "{error}");
    let large = stream(&format!(
        "event: x\ndata: {{\"a\":\"{}\"}}\n\nevent: done\ndata: {{\"data\":1}}\n\n",
        "x".repeat(40_000)
    ));
    let (address, _accepting) = answers(large).await;
    let client = client(address).event_limit(50_000);
    assert_eq!(within(client.run(elsewhere::Input {}).into_future()).await.unwrap(), 1);
}

#[tokio::test]
async fn events_of_another_build_pass_through() {
    let events = "event: recording\ndata: {\"name\":null,\"path\":\"a.gif\",\"size\":3}\n\nevent: gap\ndata: {\"after\":1,\"next\":4}\n\nevent: novel\ndata: {\"text\":\"a\",\"data\":[1]}\n\n\
                  event: skipped\ndata: {\"index\":1,\"message\":\"no\",\"step\":{\"index\":3,\"name\":\"teleport\",\"at\":\"x:1:2\"}}\n\n\
                  event: error\ndata: {\"code\":\"STEP_FAILED\",\"message\":\"m\",\"step\":{\"index\":2,\"name\":\"goto\",\"at\":\"a.rs:1:2\"},\"new\":1}\n\n";
    let (address, _accepting) = answers(stream(events)).await;
    let mut run = client(address).run(elsewhere::Input {});
    let Some(Event::Recording { name: None, path, size: 3 }) = within(run.next()).await else {
        panic!("a film")
    };
    assert_eq!(path, "a.gif");
    let Some(Event::Custom { kind, text, data }) = within(run.next()).await else { panic!("a gap") };
    assert_eq!((kind.as_ref(), text.as_str(), data), ("gap", "", json!({ "after": 1, "next": 4 })));
    let Some(Event::Custom { kind, text, data }) = within(run.next()).await else { panic!("a novel kind") };
    assert_eq!((kind.as_ref(), text.as_str(), data), ("novel", "a", json!([1])));
    let Some(Event::Skipped { index: 1, step: Some(step), .. }) = within(run.next()).await else {
        panic!("a turn")
    };
    assert_eq!((step.index, step.name, step.at.as_ref()), (3, "unknown", "x:1:2"));
    let error = within(run.into_future()).await.unwrap_err();
    assert_eq!(error.step().map(|step| (step.index, step.name)), Some((2, "goto")));
}

#[tokio::test]
async fn silence_is_an_end() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let silent = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 65536];
        let _ = stream.read(&mut request).await.unwrap();
        stream.write_all(self::stream(": ping\n\n").as_bytes()).await.unwrap();
        let mut rest = Vec::new();
        // It ends when the client hangs up.
        let _ = stream.read_to_end(&mut rest).await;
    });
    let error = told(&client(address).silence(Duration::from_millis(50))).await;
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert!(error.to_string().contains("nothing came for 50ms"), "{error}");
    within(silent).await.unwrap();
}

#[tokio::test]
async fn what_is_begun_badly_is_told_and_what_is_gone_given_up() {
    for (answer, message) in [
        ("HTTP/1.1 202 Accepted\r\ncontent-length: 10\r\n\r\n{\"id\":\"a\"}", "has no `Location` header"),
        (
            "HTTP/1.1 202 Accepted\r\nlocation: http://evil.example/runs/a\r\ncontent-length: 10\r\n\r\n{\"id\":\"a\"}",
            "on another server",
        ),
        ("HTTP/1.1 202 Accepted\r\nlocation: /runs/a\r\ncontent-length: 2\r\n\r\n{}", "state cannot be read"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", "synchronously"),
    ] {
        let (address, accepting) = answers(answer).await;
        let error = within(client(address).begin(gated::Input {})).await.unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
        accepting.abort();
    }
    // It says itself how soon one may come again.
    let (address, _accepting) = answers(stream("retry: 1\n\n")).await;
    let error = within(client(address).begun::<u8>("a").unwrap().follow().into_future()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert!(error.to_string().contains("broke off"), "{error}");
}
