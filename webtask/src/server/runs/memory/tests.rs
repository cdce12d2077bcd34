//! What is kept, and what is forgotten first.

use std::time::SystemTime;

use serde_json::json;
use serde_json::value::to_raw_value;

use super::super::{RunKey, RunState};
use super::*;
use crate::Event;

fn run(key: Option<&str>) -> RunRecord {
    let key = key.map(|key| RunKey { key: key.into(), call: "call".into() });
    RunRecord::new(RunId::random(), "a/b", true, key)
}

/// One that somebody waits for, or reads.
fn attended() -> RunRecord {
    RunRecord { detached: false, ..run(None) }
}

fn over(mut run: RunRecord) -> Arc<RunRecord> {
    run.state = RunState::Done;
    run.ended = Some(SystemTime::now());
    run.result = to_raw_value(&json!({ "a": 1 })).ok();
    Arc::new(run)
}

fn kept(runs: &MemoryRuns, run: &RunRecord) -> bool {
    runs.current().runs.contains_key(&run.id)
}

fn event(number: u64, text: &str) -> RunEvent {
    RunEvent::new(number, &Event::Status { text: text.into(), data: json!(null) })
}

fn numbers(events: &[Arc<RunEvent>]) -> Vec<u64> {
    events.iter().map(|event| event.number).collect()
}

/// What is counted is what there is.
fn counted(runs: &MemoryRuns) -> usize {
    let inner = runs.inner();
    let size = |kept: &Kept| kept.record.size() + kept.events.iter().map(|event| event.size()).sum::<usize>();
    let counted: Vec<_> = inner.runs.values().filter(|kept| kept.counts).collect();
    assert_eq!(inner.bytes, counted.iter().map(|kept| size(kept)).sum::<usize>());
    assert_eq!(inner.count, counted.len());
    inner.bytes
}

#[test]
fn the_oldest_that_is_over_goes_first() {
    let runs = MemoryRuns::new().at_most(2);
    let (first, second, third) = (run(None), run(None), run(None));
    runs.take_in(first.clone()).expect("room");
    runs.take_in(second.clone()).expect("room");
    let error = runs.take_in(third.clone()).expect_err("both go on");
    assert_eq!(error.kind(), ErrorKind::Overloaded);
    runs.put(over(second.clone()));
    runs.put(over(first.clone()));
    runs.take_in(third.clone()).expect("room");
    assert_eq!([&first, &second, &third].map(|run| kept(&runs, run)), [true, false, true]);
    counted(&runs);
}

#[test]
fn a_run_that_is_attended_takes_room_when_it_is_over() {
    let runs = MemoryRuns::new().at_most(2).within_bytes(5_000);
    let many: Vec<_> = std::iter::repeat_with(attended).take(10).collect();
    for run in &many {
        runs.take_in(run.clone()).expect("it needs no room");
        assert!(!kept(&runs, run), "it has not begun");
        runs.put(Arc::new(run.clone()));
        runs.add(run.id, event(1, &"~".repeat(4000)), 1);
    }
    assert_eq!(counted(&runs), 0);
    let alone = run(None);
    runs.take_in(alone.clone()).expect("room");
    for run in &many {
        runs.put(over(run.clone()));
        assert!(kept(&runs, run), "the last one is kept");
        counted(&runs);
    }
    assert!(kept(&runs, &alone), "it goes on");
    assert_eq!(many.iter().filter(|run| kept(&runs, run)).count(), 1);
    assert!(counted(&runs) > 4000);
}

#[test]
fn a_key_keeps_its_run() {
    let runs = MemoryRuns::new().at_most(2);
    let (keyed, plain) = (run(Some("k")), run(None));
    runs.take_in(keyed.clone()).expect("room");
    assert_eq!(runs.take_in(run(Some("k"))).expect("known").expect("known").id, keyed.id);
    runs.put(over(keyed.clone()));
    assert!(runs.take_in(run(Some("k"))).expect("known").expect("known").state.is_over());
    runs.take_in(plain.clone()).expect("room");
    runs.put(over(plain.clone()));
    runs.take_in(run(None)).expect("the place of the plain one");
    assert!(kept(&runs, &keyed) && !kept(&runs, &plain));
    runs.take_in(run(None)).expect_err("one has a key, one goes on");
    counted(&runs);
}

#[test]
fn a_run_is_kept_for_a_time() {
    let runs = MemoryRuns::new().for_time(Duration::ZERO);
    let (plain, keyed) = (run(None), run(Some("k")));
    for run in [&plain, &keyed] {
        runs.take_in(run.clone()).expect("room");
        assert!(kept(&runs, run), "it goes on");
        runs.put(over(run.clone()));
        assert!(!kept(&runs, run));
    }
    assert!(runs.take_in(run(Some("k"))).expect("room").is_none(), "the key is free again");
    runs.inner().runs.clear();
}

#[test]
fn the_bytes_are_bounded_but_for_the_last_run() {
    let runs = MemoryRuns::new().within_bytes(10_000);
    let large = |run: &RunRecord| {
        let mut run = (*over(run.clone())).clone();
        run.result = to_raw_value(&"~".repeat(6000)).ok();
        Arc::new(run)
    };
    let (first, second, third) = (run(None), run(None), run(None));
    for run in [&first, &second] {
        runs.take_in(run.clone()).expect("room");
        runs.put(large(run));
    }
    assert_eq!([&first, &second].map(|run| kept(&runs, run)), [false, true]);
    assert!(counted(&runs) < 10_000);
    runs.take_in(third.clone()).expect("room");
    runs.add(third.id, event(1, &"~".repeat(20_000)), 1);
    runs.put(over(third.clone()));
    assert_eq!([&second, &third].map(|run| kept(&runs, run)), [false, true]);
    counted(&runs);
}

#[test]
fn events_are_given_from_any_number_on() {
    let runs = MemoryRuns::new();
    let run = run(None);
    runs.take_in(run.clone()).expect("room");
    for number in 1..=5 {
        runs.add(run.id, event(number, "a"), 2);
    }
    assert_eq!(numbers(&runs.list(run.id, 0, 10)), [2, 3, 4, 5]);
    assert_eq!(numbers(&runs.list(run.id, 3, 10)), [4, 5]);
    assert_eq!(numbers(&runs.list(run.id, 0, 2)), [2, 3]);
    assert!(runs.list(run.id, 5, 10).is_empty());
    runs.add(run.id, event(6, "a"), 6);
    assert_eq!(numbers(&runs.list(run.id, 0, 10)), [6]);
    counted(&runs);
    runs.inner().forget(run.id);
    assert!(runs.list(run.id, 0, 10).is_empty());
    assert_eq!(counted(&runs), 0);
}
