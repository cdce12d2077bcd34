//! Whole processes: what windows take of the memory, and how long it is from a start to a first result.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use webtask::{Event, Pool};

use super::pages::bare_small;
use crate::bare;
use crate::measure::{Bound, Row, Samples, interleave, side};
use crate::proc;
use crate::recipes::{small, stay};
use crate::setting::{Ours, Setting, builder, program};

const WINDOWS: usize = 8;

/// Eight windows of one browser, or a browser for each.
pub(crate) async fn memory(setting: &Setting) -> Vec<Row> {
    let url = &setting.site.url("small");
    let ours = Ours::start(|builder| builder.pool(Pool::new("eight").size(WINDOWS))).await;
    let mut runs = Vec::new();
    for _ in 0..WINDOWS {
        let mut run = stay(&ours.webtask, stay::Input { url: url.clone() });
        assert!(matches!(run.next().await, Some(Event::Status { .. })));
        runs.push(run);
    }
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let one = proc::pss(ours.group);
    drop(runs);
    ours.end().await;

    let mut browsers = Vec::new();
    for _ in 0..WINDOWS {
        let browser = setting.floor();
        let mut page = browser.page().await;
        bare_small(&mut page, url).await;
        browsers.push((browser, page));
    }
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let many: f64 = browsers.iter().map(|(browser, _)| proc::pss(browser.group())).sum();
    vec![Samples::of(vec![vec![many], vec![one]]).row(
        "8 windows, or 8 browsers: memory",
        "MiB",
        0,
        1,
        Bound::AtMost(0.5),
    )]
}

/// From the start of a process to its first result.
pub(crate) async fn cold(setting: &Setting) -> Vec<Row> {
    let url = setting.site.url("small");
    let start = |which: &'static str| {
        let url = url.clone();
        side(move || {
            let url = url.clone();
            async move { tokio::task::spawn_blocking(move || first_result(which, &url)).await.unwrap() }
        })
    };
    let mut sides = [start("--cold-floor"), start("--cold-ours")];
    let samples = interleave(setting.rounds(12), 1, &mut sides).await;
    vec![samples.row("process start to first result", "ms", 0, 1, Bound::AtMost(1.05))]
}

fn first_result(which: &str, url: &str) -> f64 {
    let start = Instant::now();
    let mut command = Command::new(std::env::current_exe().unwrap());
    let mut child = command.args([which, url]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let took = start.elapsed().as_secs_f64() * 1000.0;
    assert_eq!(line, "Small\n");
    assert!(child.wait().unwrap().success());
    took
}

/// The child's part, by hand.
pub(crate) async fn cold_floor(url: &str) {
    let browser = bare::Browser::start(program());
    let mut page = browser.page().await;
    bare_small(&mut page, url).await;
    println!("Small");
}

/// The child's part, by a recipe.
pub(crate) async fn cold_ours(url: &str) {
    let webtask = builder().build().unwrap();
    let output = small(&webtask, small::Input { url: url.to_owned() }).await.unwrap();
    println!("{}", output.page.title);
    webtask.close().await.unwrap();
}
