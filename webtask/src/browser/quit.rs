//! Asks a browser to end by itself, on a thread that waits: the run time that its connection lives in may be gone.

use std::net::TcpStream;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_tungstenite::tungstenite::{Message, client};
use serde_json::{Value, json};
use url::Url;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How long each write and read may take.
const LIMIT: Duration = Duration::from_secs(5);

/// How many changes of cookies Chromium writes to the disk at once. Fewer wait for 30 s or for its end, and a busy browser
/// is gone before they are written.
const BATCH: u32 = 512;

/// Has the browser write its cookies, then sends `Browser.close`, over a socket of its own.
pub(super) fn ask(url: &str) -> Result<(), Failure> {
    let parsed = Url::parse(url)?;
    let address = *parsed.socket_addrs(|| None)?.first().ok_or("it has no address")?;
    let stream = TcpStream::connect_timeout(&address, LIMIT)?;
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_write_timeout(Some(LIMIT))?;
    let (mut socket, _) = client(url, stream).map_err(|error| error.to_string())?;
    let mut call = |method: &str, params: Value| {
        let call = json!({ "id": 1, "method": method, "params": params });
        socket.send(Message::text(call.to_string())).map(|()| {
            // The reply, or the end of the connection: either means that it has been heard.
            let _ = socket.read();
        })
    };
    // A script's `document.cookie = …` is still on its way to the store when the script is over; the store takes this
    // after it.
    call("Storage.setCookies", cookies(0..1))?;
    call("Storage.setCookies", cookies(0..BATCH))?;
    call("Browser.close", json!({}))?;
    Ok(())
}

/// One cookie of nobody's site, changed again and again, and removed at last.
fn cookies(changes: std::ops::Range<u32>) -> Value {
    let cookie = |value: u32, expires: f64| {
        let value = value.to_string();
        json!({ "name": "written", "value": value, "domain": "webtask.invalid", "path": "/", "expires": expires })
    };
    let soon = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64() + 60.0;
    let changed = changes.map(|value| cookie(value, soon));
    json!({ "cookies": changed.chain([cookie(0, 1.0)]).collect::<Vec<_>>() })
}
