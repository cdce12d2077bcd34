//! Asks a browser to end by itself, on a thread that waits: the run time that its connection lives in may be gone.

use std::net::TcpStream;
use std::time::Duration;

use async_tungstenite::tungstenite::{Message, client};
use url::Url;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How long each write and read may take.
const LIMIT: Duration = Duration::from_secs(2);

/// Sends `Browser.close` over a socket of its own.
pub(super) fn ask(url: &str) -> Result<(), Failure> {
    let parsed = Url::parse(url)?;
    let address = *parsed.socket_addrs(|| None)?.first().ok_or("it has no address")?;
    let stream = TcpStream::connect_timeout(&address, LIMIT)?;
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_write_timeout(Some(LIMIT))?;
    let (mut socket, _) = client(url, stream).map_err(|error| error.to_string())?;
    socket.send(Message::text(r#"{"id":1,"method":"Browser.close"}"#))?;
    // The reply, or the end of the connection: either means that it has been heard.
    let _ = socket.read();
    Ok(())
}
