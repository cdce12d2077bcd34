//! A connection to the browser for a client that is not ours: it is told of the pages of one context, and of no others.

use std::borrow::Cow;
use std::net::Ipv4Addr;

use async_tungstenite::tokio::{TokioAdapter, accept_hdr_async_with_config};
use async_tungstenite::tungstenite::Message;
use async_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use async_tungstenite::tungstenite::http::StatusCode;
use async_tungstenite::{WebSocketStream, tungstenite};
use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use futures::{StreamExt as _, future};
use serde::Deserialize;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;
use uuid::Uuid;

use super::dial::{Socket, boundless, dial};
use crate::{Error, ErrorKind};

/// No message is longer that tells of a page: it has its URL and its title.
const LONGEST: usize = 1 << 22;

/// An address that one client may connect to, as if it were the browser's, until this is dropped.
#[derive(Debug)]
pub(super) struct Relay {
    url: String,
    task: AbortHandle,
}

/// A message that tells of a page.
#[derive(Deserialize)]
struct Told<'a> {
    #[serde(borrow)]
    method: Option<Cow<'a, str>>,
    #[serde(borrow)]
    params: Option<Params<'a>>,
}

#[derive(Deserialize)]
struct Params<'a> {
    #[serde(rename = "targetInfo", borrow)]
    info: Option<Info<'a>>,
}

#[derive(Deserialize)]
struct Info<'a> {
    #[serde(rename = "browserContextId", borrow)]
    context: Option<Cow<'a, str>>,
}

impl Relay {
    /// Waits for the client at an address of this machine that nobody can guess.
    pub(super) async fn open(browser: &str, context: BrowserContextId) -> Result<Self, Error> {
        let failed = |error: std::io::Error| {
            let message = format!("the browser cannot be offered on this machine: {error}");
            Error::new(ErrorKind::Internal, message).with_source(error)
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(failed)?;
        let path = format!("/{}", Uuid::new_v4().simple());
        let url = format!("ws://{}{path}", listener.local_addr().map_err(failed)?);
        let browser = dial(browser).await?;
        let task = tokio::spawn(async move {
            if let Some(client) = accept(listener, &path).await {
                pass(client, browser, &context).await;
            }
        });
        Ok(Self { url, task: task.abort_handle() })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Client = WebSocketStream<TokioAdapter<TcpStream>>;

/// The first that knows the path.
async fn accept(listener: TcpListener, path: &str) -> Option<Client> {
    loop {
        let (stream, _) = listener.accept().await.ok()?;
        // Calls are small and each is waited for.
        let _ = stream.set_nodelay(true);
        #[expect(clippy::result_large_err, reason = "the library's type")]
        let check = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
            if request.uri().path() == path {
                return Ok(response);
            }
            let mut refused = ErrorResponse::new(None);
            *refused.status_mut() = StatusCode::NOT_FOUND;
            Err(refused)
        };
        if let Ok(client) = accept_hdr_async_with_config(stream, check, Some(boundless())).await {
            return Some(client);
        }
    }
}

/// Passes messages on until one of both ends.
async fn pass(client: Client, browser: Socket, context: &BrowserContextId) {
    let (to_client, from_client) = client.split();
    let (to_browser, from_browser) = browser.split();
    let told = from_browser.filter(|message| future::ready(!is_of_others(message, context)));
    let asked = from_client.forward(to_browser);
    future::select(told.forward(to_client), asked).await;
}

/// Whether it tells of a page in another context, which a client would attach.
fn is_of_others(message: &tungstenite::Result<Message>, context: &BrowserContextId) -> bool {
    let Ok(Message::Text(text)) = message else { return false };
    // Nearly all of them need not be read.
    if text.len() > LONGEST || !text.contains("Target.target") {
        return false;
    }
    let Ok(told) = serde_json::from_str::<Told<'_>>(text) else { return false };
    let info = told.params.and_then(|params| params.info);
    matches!(told.method.as_deref(), Some("Target.targetCreated" | "Target.targetInfoChanged"))
        && info.is_none_or(|info| info.context.as_deref() != Some(context.inner()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use async_tungstenite::tokio::accept_async;
    use async_tungstenite::tungstenite::Message;
    use tokio::net::TcpListener;

    use super::{Relay, dial};

    /// A browser that tells of two pages, then says again what it is told.
    async fn browser(listener: TcpListener) {
        let mut client = accept_async(listener.accept().await.unwrap().0).await.unwrap();
        for context in ["THEIRS", "OURS"] {
            let info = format!(r#"{{"targetInfo":{{"targetId":"T","browserContextId":"{context}"}}}}"#);
            let event = format!(r#"{{"method":"Target.targetCreated","params":{info}}}"#);
            client.send(Message::text(event)).await.unwrap();
        }
        while let Some(Ok(message)) = futures::StreamExt::next(&mut client).await {
            client.send(message).await.unwrap();
        }
    }

    #[tokio::test]
    async fn the_client_that_knows_the_path_is_told_of_our_pages() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}/", listener.local_addr().unwrap());
        tokio::spawn(browser(listener));
        let relay = Relay::open(&url, "OURS".to_owned().into()).await.unwrap();
        let (root, _) = relay.url().rsplit_once('/').unwrap();
        assert!(dial(&format!("{root}/guess")).await.is_err());

        let mut client = dial(relay.url()).await.unwrap();
        client.send(Message::text("a call")).await.unwrap();
        let mut next = async || futures::StreamExt::next(&mut client).await.unwrap().unwrap();
        assert!(next().await.to_text().unwrap().contains("OURS"));
        assert_eq!(next().await.to_text().unwrap(), "a call");
    }
}
