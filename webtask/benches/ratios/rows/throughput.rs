//! Several windows at once: how many tasks in a time, and how much of the browser's processor time each takes.

use std::time::{Duration, Instant};

use futures::future::join_all;
use futures::lock::Mutex;

use super::pages::bare_small;
use crate::measure::{Bound, Row, Samples};
use crate::proc;
use crate::recipes::{small_four, small_one, small_two};
use crate::setting::{Ours, Setting, pool};

/// How long each side works in a round.
const TURN: Duration = Duration::from_millis(1500);

/// What must hold of the rate, and of the processor time.
const BOUNDS: [Bound; 2] = [Bound::AtLeast(1.25), Bound::AtMost(0.75)];

pub(crate) async fn windows(setting: &Setting) -> Vec<Row> {
    let browser = setting.floor();
    let ours =
        Ours::start(|builder| builder.pool(pool("one", 1)).pool(pool("two", 2)).pool(pool("four", 4))).await;
    let mut pages = Vec::new();
    for _ in 0..4 {
        pages.push(Mutex::new(browser.page().await));
    }
    let mut rows = Vec::new();
    // For a page with a script no bound is set.
    for (count, page, [rate, cost]) in
        [(1, "small", BOUNDS), (2, "small", BOUNDS), (4, "small", BOUNDS), (2, "scripted", [Bound::Open; 2])]
    {
        let url = setting.site.url(page);
        let (mut rates, mut costs) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
        for round in 0..=setting.rounds(8) {
            for side in if round % 2 == 0 { [0, 1] } else { [1, 0] } {
                let group = if side == 0 { browser.group() } else { ours.group };
                let (cpu, start) = (proc::cpu(group), Instant::now());
                let workers = (0..count).map(|worker| {
                    let (pages, url, webtask) = (&pages, &url, &ours.webtask);
                    async move {
                        let mut done = 0;
                        while start.elapsed() < TURN {
                            let url = url.clone();
                            match (side, count) {
                                (0, _) => bare_small(&mut *pages[worker].lock().await, &url).await,
                                (_, 1) => drop(small_one(webtask, small_one::Input { url }).await.unwrap()),
                                (_, 2) => drop(small_two(webtask, small_two::Input { url }).await.unwrap()),
                                (_, _) => drop(small_four(webtask, small_four::Input { url }).await.unwrap()),
                            }
                            done += 1;
                        }
                        done
                    }
                });
                let done: usize = join_all(workers).await.into_iter().sum();
                let time = start.elapsed().as_secs_f64();
                // The first round only warms up.
                if round > 0 {
                    rates[side].push(done as f64 / time);
                    costs[side].push((proc::cpu(group) - cpu) / done as f64);
                }
                ours.rest().await;
            }
        }
        let rates = Samples::of(rates.into());
        let costs = Samples::of(costs.into());
        let page = if page == "small" { "" } else { ", a page with a script" };
        rows.push(rates.row(&format!("throughput, {count} windows{page}"), "/s", 0, 1, rate));
        rows.push(costs.row("… browser's processor time a task", "ms", 0, 1, cost));
    }
    ours.end().await;
    rows
}
