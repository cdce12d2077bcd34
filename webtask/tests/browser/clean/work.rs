//! What a run has set going, in its page and beside it, does not work on under the next run.

use super::Lab;
use crate::support::steps;

/// Runs something that asks for `/tick` again and again; with the next run nothing does any more.
fn ended(plant: &'static str) {
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let before = lab.site.asked("/tick");
        let input = (lab.site.clone(), plant);
        let planted = steps(&lab.webtask, input, |cx, (site, plant)| {
            Box::pin(async move {
                super::plant(cx, &site.url("/plain"), plant).await?;
                site.wait_asked("/tick", site.asked("/tick") + 3).await;
                Ok(())
            })
        });
        planted.await.unwrap();
        assert!(lab.site.asked("/tick") >= before + 3);
        lab.settled().await;
        // Several turns of what would ask, and the answers to them. What was asked at the very end may come in the first.
        let rest = "await new Promise(done => setTimeout(done, 200)); return 0";
        lab.ask("/other", rest).await.unwrap();
        let then = lab.site.asked("/tick");
        lab.ask("/other", rest).await.unwrap();
        assert_eq!(lab.site.asked("/tick"), then);
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn timers_end() {
    ended("setInterval(() => fetch('/tick'), 10)");
}

#[test]
fn workers_end() {
    ended("new Worker('/ticking.js')");
}

#[test]
fn shared_workers_end() {
    ended("new SharedWorker('/shared.js')");
}

#[test]
fn shared_workers_that_would_stay_longer_end() {
    ended("new SharedWorker('/shared.js', { extendedLifetime: true })");
}

#[test]
fn popups_end() {
    ended("open('/ticks')");
}

#[test]
fn popups_without_an_opener_end() {
    ended("open('/ticks', '_blank', 'noopener')");
}

#[test]
fn a_cancelled_run_leaves_nothing() {
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let before = lab.site.asked("/tick");
        let source = "localStorage.a = 1; setInterval(() => fetch('/tick'), 10); await new Promise(() => {})";
        let run = tokio::spawn(lab.ask("/plain", source).into_future());
        lab.site.wait_asked("/tick", before + 2).await;
        run.abort();
        assert_eq!(lab.ask("/plain", "return localStorage.length").await.unwrap(), 0);
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}
