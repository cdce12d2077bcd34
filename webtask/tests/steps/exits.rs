//! `break` and `continue`, through the macro.

use serde_json::json;
use webtask::{Event, Pool, webtask};

use crate::bench::test;
use crate::support;

webtask! {
    task "exits/each" {
        for each n in [1, 2, 3, 4, 5] collect odd {
            if (n == 2 || n == 4) { continue; }
            if (n == 5) { break; }
            yield "{{n}}";
        }
        // What an iteration yielded before stays; one that is left gives no object of its names.
        for each n in [1, 2, 3] collect before { yield "{{n}}"; if (n == 2) { break; } }
        for each n in [1, 2, 3] collect named { if (n == 2) { continue; } set number "{{n}}"; }
        // Each belongs to its own loop.
        for each a in [1, 2] collect pairs {
            for each b in [1, 2, 3] collect inner {
                if (b == 2) { continue; }
                if (a == 2) { break; }
                yield "{{a}}{{b}}";
            }
            yield "{{inner}}";
        }
    }

    task "exits/turns" {
        loop collect counted {
            yield "{{loop_index}}";
            if (loop_index == 2) { break; }
        }
        loop max 3 collect all { yield "{{loop_index}}"; }
        loop max 5 collect even { if (loop_index % 2 == 1) { continue; } yield "{{loop_index}}"; }
        set sum 0;
        loop {
            set sum (loop_index.wrapping_add(sum));
            if (sum > 5) { break; }
        }
    }

    task "exits/endless" {
        loop { if (loop_index < 0) { break; } }
    }

    // Out of blocks that may fail, or that watch.
    task "exits/blocks" {
        input url string required;
        goto "{{url}}";
        for each n in [1, 2, 3, 4] collect tried {
            retry 2 {
                yield "{{n}}";
                if (n == 2) { continue; }
                if (n == 3) { break; }
            }
            yield "end of {{n}}";
        }
        for each n in [1, 2, 3, 4] collect skipped continue on error {
            yield "{{n}}";
            if (n == 1) { continue; }
            if (n == 2) { js _ "throw new Error('no')"; }
            if (n == 3) { try { retry 2 { break; } } else { yield "never"; } }
        }
        for each n in [1, 2, 3] collect watched {
            console said { js _ "console.log('it')"; if (n == 2) { break; } }
            yield "{{said.0.text}} {{n}}";
        }
        loop max 4 {
            capture network path "seen.har" { js _ "return fetch(location.href).then(() => 1)" await; break; }
        }
        loop max 2 { record path "film.gif" { continue; } }
        set after true;
    }

    task "exits/returns" -> i64 {
        for each n in [1, 2, 3] {
            retry 2 {
                if (n == 1) { continue; }
                return (n.as_i64().unwrap_or_default());
            }
        }
        return 0;
    }
}

#[test]
fn a_loop_is_left_and_an_iteration_ended() {
    test(|bench| async move {
        let output = exits_each(&bench.webtask, exits_each::Input {}).await.unwrap();
        assert_eq!(
            json!(output),
            json!({
                "odd": [1, 3],
                "before": [1, 2],
                "named": [{ "number": 1 }, { "number": 3 }],
                "pairs": [["11", "13"], []],
            })
        );
    });
}

#[test]
fn a_loop_without_a_condition_goes_on_until_it_is_left() {
    test(|bench| async move {
        let output = exits_turns(&bench.webtask, exits_turns::Input {}).await.unwrap();
        assert_eq!(
            json!(output),
            json!({ "counted": [0, 1, 2], "all": [0, 1, 2], "even": [0, 2, 4], "sum": 6 })
        );
        assert!(!exits_turns::TASK.needs_browser());
        let error = exits_endless(&bench.webtask, exits_endless::Input {}).await.unwrap_err();
        assert_eq!(
            error.message(),
            "the loop did not end within 1000 iterations; write `max N` for more, or for fewer"
        );
    });
}

#[test]
fn blocks_between_a_step_and_its_loop_are_left_too() {
    test(|bench| async move {
        let url = bench.page("<title>One</title>");
        let files = tempfile::tempdir().unwrap();
        let webtask = support::builder()
            .files(files.path())
            .pool(Pool::new("default").allow_private(true))
            .build()
            .unwrap();
        let mut run = exits_blocks(&webtask, exits_blocks::Input { url });
        let mut skipped = Vec::new();
        let output = loop {
            match run.next().await.expect("a last event comes first") {
                Event::Skipped { index, .. } => skipped.push(index),
                Event::Done(output) => break output,
                Event::Failed(error) => panic!("{error}"),
                _ => {}
            }
        };
        assert_eq!(skipped, [1]);
        assert_eq!(
            json!(output),
            json!({
                "tried": [json!(1), json!("end of 1"), json!(2), json!(3)],
                "skipped": [1, 3],
                "watched": ["it 1"],
                "after": true,
            })
        );
        // What watched is finished all the same.
        let har = std::fs::read_to_string(files.path().join("seen.har")).unwrap();
        assert!(har.contains("\"entries\""), "{har}");
        assert!(files.path().join("film.gif").is_file());
        webtask.close().await.unwrap();
        assert_eq!(exits_returns(&bench.webtask, exits_returns::Input {}).await.unwrap(), 2);
    });
}
