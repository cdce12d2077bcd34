//! Serves the catalogue on 127.0.0.1:8765 until Ctrl-C.
//!
//! `WEBTASK_REPLAY=web` answers with the replayed web; recipes with files need `WEBTASK_FILES`. The secrets
//! `messenger_password` and `api_key` come from `WEBTASK_SECRET_messenger_password` and `WEBTASK_SECRET_api_key`, from what
//! `WEBTASK_SECRETS` names, or from the terminal.

use webtask::{Webtask, server::Server};

#[tokio::main]
async fn main() -> Result<(), webtask::Error> {
    let webtask = Webtask::builder().require(recipes_ported::tasks()).ask_secrets(true).build()?;
    let server = Server::new(&webtask, recipes_ported::tasks()).bind().await?;
    println!("listening on http://{}", server.address());
    server.run_until_signal().await
}
