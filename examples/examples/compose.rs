//! Composes the tasks' filters with an application's own warp routes, on 127.0.0.1:8080.
//!
//! ```text
//! curl localhost:8080/hello
//! curl -X POST localhost:8080/api/tasks/links -d '{"limit": 3}'
//! curl localhost:8080/title
//! ```

use warp::Filter;
use warp::http::StatusCode;
use webtask::{Webtask, server, tasks, webtask};

webtask! {
    /// The first links of a page.
    pub task "links" {
        input limit int default 10;
        goto "https://example.com";
        extract links from "a" repeat limit (limit) { text text "."; url attr href on "." url; }
    }

    /// The title of a page.
    task "title" {
        goto "https://example.com";
        extract page from "html" { title text "title"; }
    }
}

#[tokio::main]
async fn main() -> Result<(), webtask::Error> {
    let webtask = Webtask::builder().build()?;

    // A route of our own that calls a task as the function that it is.
    let handle = webtask.clone();
    let title_route = warp::path!("title").and(warp::get()).then(move || {
        let run = title(&handle, title::Input {});
        async move {
            match run.await {
                Ok(output) => warp::reply::with_status(output.page.title, StatusCode::OK),
                Err(error) => warp::reply::with_status(error.message().to_owned(), StatusCode::BAD_GATEWAY),
            }
        }
    });
    let hello = warp::path!("hello").map(|| "hello");
    let api = warp::path("api").and(server::routes(&webtask, tasks![links])?);

    println!("listening on http://127.0.0.1:8080");
    warp::serve(hello.or(title_route).or(api)).run(([127, 0, 0, 1], 8080)).await;
    Ok(())
}
