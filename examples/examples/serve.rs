//! Serves tasks on 127.0.0.1:8765 until Ctrl-C.
//!
//! ```text
//! curl -s -X POST localhost:8765/tasks/page/summary -d '{"url": "https://example.com"}'
//! curl -N -X POST localhost:8765/tasks/page/summary -H 'Accept: text/event-stream' -d '{}'
//! curl -s localhost:8765/tasks
//! ```

use webtask::{Pool, Webtask, server, tasks, webtask};

webtask! {
    /// What a page says of itself.
    pub task "page/summary" {
        timeout 30s;
        transport rest, sse;
        input url string default "https://example.com" doc "the page";

        status "reading {{url}}";
        goto "{{url}}" until dom;
        extract page from "html" {
            title text "title";
            headings text "h1, h2" all;
            links from "a[href]" repeat { text text "."; url attr href on "." url; }
        }
        emit found "{{page.links.length}} links" data { count: "{{page.links.length}}" };
    }
}

#[tokio::main]
async fn main() -> Result<(), webtask::Error> {
    let webtask = Webtask::builder().pool(Pool::new("default").size(4)).build()?;
    server::serve(&webtask, tasks![page_summary]).await
}
