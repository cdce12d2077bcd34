//! Runs a recipe in process and prints a progress bar from its stream of events.

use std::io::Write as _;

use webtask::{Event, Webtask, webtask};

webtask! {
    /// Reads the title of a page, and says how far it is.
    pub task "progress/title" {
        timeout 30s;
        input url string default "https://example.com";

        status "navigate";
        goto "{{url}}";
        emit progress "loaded" data { fraction: 0.5 };
        extract page from "html" { title text "title"; links count "a"; }
        emit progress "read" data { fraction: 1.0 };
    }
}

#[tokio::main]
async fn main() -> Result<(), webtask::Error> {
    let webtask = Webtask::builder().build()?;

    let mut run = progress_title(&webtask, progress_title::Input::default());
    while let Some(event) = run.next().await {
        match event {
            Event::Status { text, .. } => println!("{text} …"),
            Event::Custom { text, data, .. } => bar(data["fraction"].as_f64().unwrap_or(0.0), &text),
            Event::Done(output) => println!("\n{:?} has {} link(s)", output.page.title, output.page.links),
            Event::Failed(error) => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn bar(fraction: f64, text: &str) {
    let done = (fraction * 30.0) as usize;
    print!("\r[{}{}] {text:<10}", "#".repeat(done), " ".repeat(30 - done));
    std::io::stdout().flush().ok();
}
