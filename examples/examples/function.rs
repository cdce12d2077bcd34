//! A program's own function, as it was, that is a task now: called from Rust, and listed for a server.
//!
//! ```text
//! cargo run -p webtask-examples --example function -- https://example.com
//! ```
use webtask::{Cx, Error, Event, Webtask, extract, tasks};

extract! {
    /// A link of a page.
    pub struct Link {
        text text ".";
        url attr href on "." url;
    }
}

/// The longest link texts of a page.
#[webtask::task("page/longest", timeout = "30s", transport = "rest, sse")]
async fn longest(
    cx: &Cx,
    /// The page.
    url: String,
    /// How many at most.
    #[input(default = 3)]
    limit: usize,
) -> Result<Vec<Link>, Error> {
    cx.goto(&url).until_dom().await?;
    let mut links: Vec<Link> = cx.extract("a[href]").repeat().await?;
    cx.status(format!("{} links", links.len())).await;
    links.sort_by_key(|link| std::cmp::Reverse(link.text.len()));
    links.truncate(limit);
    Ok(links)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::args().nth(1).unwrap_or_else(|| "https://example.com".to_owned());
    let webtask = Webtask::builder().build()?;
    for task in tasks![longest] {
        println!("{}: {}", task.slug(), task.doc());
    }

    let mut run = longest::run(&webtask, longest::Input { url, limit: 3 });
    while let Some(event) = run.next().await {
        match event {
            Event::Status { text, .. } => println!("{text}"),
            Event::Done(links) => links.iter().for_each(|link| println!("{} {}", link.url, link.text)),
            Event::Failed(error) => return Err(error),
            _ => {}
        }
    }
    webtask.close().await
}
