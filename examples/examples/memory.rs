//! Tells how much memory 1, 2, 4 and 8 windows take on a page, all processes of the browser together.
//!
//! `cargo run --release -p webtask-examples --example memory -- https://example.com`; Linux only.

use std::fs;
use std::time::Duration;

use futures::future::try_join_all;
use webtask::{Cx, Error, Pool, Webtask};

/// Opens a page and leaves it open until all of them are.
#[webtask::task("hold")]
async fn hold(cx: &Cx, url: String, time: Duration) -> Result<(), Error> {
    cx.goto(&url).await?;
    cx.wait(time).await
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::args().nth(1).unwrap_or_else(|| "data:text/html,<h1>A heading</h1>".to_owned());
    println!("windows  MiB");
    for windows in [0, 1, 2, 4, 8] {
        let webtask = Webtask::builder().pool(Pool::new("default").size(windows.max(1)).fresh()).build()?;
        webtask.ready().await?;
        let time = Duration::from_secs(5);
        let runs =
            (0..windows).map(|_| hold::run(&webtask, hold::Input { url: url.clone(), time }).into_future());
        let measured = async {
            tokio::time::sleep(time).await;
            Ok(memory())
        };
        let (_, kib) = tokio::try_join!(try_join_all(runs), measured)?;
        println!("{windows:7}  {}", kib / 1024);
        webtask.close().await?;
    }
    Ok(())
}

/// The proportional set size of all processes below this one, in KiB: what several share counts once.
fn memory() -> u64 {
    let mut wanted = vec![std::process::id()];
    let mut sum = 0;
    while let Some(parent) = wanted.pop() {
        for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
                continue;
            };
            let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
            // What follows the name, which is in parentheses: the state, then the parent.
            let above =
                stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(1)?.parse::<u32>().ok());
            if above == Some(parent) {
                sum += size(id);
                wanted.push(id);
            }
        }
    }
    sum
}

fn size(id: u32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
