//! A server, and a client that calls its task with the same types.
//!
//! ```text
//! cargo run -p webtask-examples --example client
//! ```

use webtask::client::Client;
use webtask::server::Server;
use webtask::{Event, Webtask, tasks, webtask};

webtask! {
    /// Counts to a number.
    task "count" {
        transport sse;
        input to int default 3;
        for each number in ((1..=to).collect::<Vec<i64>>()) {
            status "{{number}}";
        }
        set last "{{to}}";
    }
}

#[tokio::main]
async fn main() -> Result<(), webtask::Error> {
    let webtask = Webtask::builder().build()?;
    let server = Server::new(&webtask, tasks![count]).address(([127, 0, 0, 1], 0).into()).bind().await?;
    let (address, stop) = (server.address(), server.stop());
    let serving = tokio::spawn(server.run());

    let client = Client::new(&format!("http://{address}"))?;
    let mut run = client.run(count::Input { to: 5 });
    while let Some(event) = run.next().await {
        match event {
            Event::Status { text, .. } => println!("{text}"),
            Event::Done(output) => println!("done at {}", output.last),
            Event::Failed(error) => return Err(error),
            _ => {}
        }
    }
    stop.drain();
    serving.await.expect("the server does not panic")
}
