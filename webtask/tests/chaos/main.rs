//! What a service meets in the long run: browsers that are killed and stopped under every kind of step, pages that fight,
//! and nothing that grows from run to run.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../support/mod.rs"]
mod support;

mod chaos;
mod fights;
mod kinds;
mod leaks;

use std::time::Duration;

use webtask::__rt::{Parts, Task};

/// A run that is disturbed has that long.
const BUDGET: Duration = Duration::from_secs(6);

static DISTURBED: Task = Task::new(&Parts { timeout: BUDGET, ..support::PARTS });

/// A run that nobody disturbs has time, on a busy machine too.
static CALM: Task = Task::new(&Parts { timeout: Duration::from_secs(30), ..support::PARTS });

/// One test after the other: they count what this process has.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A number of the environment.
fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a whole number"))
}

async fn until(what: &str, mut reached: impl AsyncFnMut() -> bool) {
    let wait = async {
        while !reached().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), wait).await.unwrap_or_else(|_| panic!("never: {what}"));
}
