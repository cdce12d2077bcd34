//! `loop`, through the macro.

use std::time::{Duration, Instant};

use serde_json::json;
use webtask::webtask;

use crate::bench::test;

webtask! {
    task "turns/all" {
        input url string required;
        goto "{{url}}";
        loop while js "return window.count < 3" collect counted {
            js count "return ++window.count";
            yield "{{loop_index}}: {{count}}";
        }
        loop until js "return window.count === 5" collect turned { js count "return ++window.count"; }
        loop js "return true" max 2 collect pairs {
            loop js "return true" max 2 collect inner { yield "{{loop_index}}"; }
            yield "{{loop_index}}{{inner}}";
        }
        loop js "return false" collect none { set never "x"; }
        js left "return window.count";
    }

    task "turns/expressions" {
        input url string required;
        goto "{{url}}";
        loop until js "count >= 3" max 9 collect counted {
            js now "++count";
            js _ "const more = document.createElement('p'); document.body.append(more)";
        }
        if js "document.querySelectorAll('p').length" { js rows "document.querySelectorAll('p').length"; }
    }

    task "turns/pause" {
        input url string required;
        goto "{{url}}";
        loop js "return true" max 3 pause 60ms { status "{{loop_index}}"; }
    }

    task "turns/endless" {
        input url string required;
        goto "{{url}}";
        loop js "return true" { set turn "{{loop_index}}"; }
    }

    task "turns/returns" -> i64 {
        input url string required;
        goto "{{url}}";
        loop js "return true" { if (loop_index == 2) { return "{{loop_index}}"; } }
        return -1;
    }
}

#[test]
fn an_expression_is_asked_for_its_own_value() {
    test(|bench| async move {
        let url = bench.page("<script>var count = 0</script>");
        let output = turns_expressions(&bench.webtask, turns_expressions::Input { url }).await.unwrap();
        assert_eq!(
            json!(output),
            json!({ "counted": [{ "now": 1 }, { "now": 2 }, { "now": 3 }], "rows": 3 })
        );
    });
}

#[test]
fn it_turns_as_long_as_the_page_says_so() {
    test(|bench| async move {
        let url = bench.page("<script>var count = 0</script>");
        let output = turns_all(&bench.webtask, turns_all::Input { url: url.clone() }).await.unwrap();
        assert_eq!(
            json!(output),
            json!({
                "counted": ["0: 1", "1: 2", "2: 3"],
                "turned": [{ "count": 4 }, { "count": 5 }],
                "pairs": ["0[0,1]", "1[0,1]"],
                "none": [],
                "left": 5
            })
        );
        let output = turns_returns(&bench.webtask, turns_returns::Input { url }).await.unwrap();
        assert_eq!(output, 2);
    });
}

#[test]
fn it_pauses_between_its_turns() {
    test(|bench| async move {
        let url = bench.page("");
        let start = Instant::now();
        turns_pause(&bench.webtask, turns_pause::Input { url }).await.unwrap();
        assert!(start.elapsed() >= Duration::from_millis(120));
    });
}

#[test]
fn a_loop_that_does_not_end_is_an_error() {
    test(|bench| async move {
        let url = bench.page("");
        let error = turns_endless(&bench.webtask, turns_endless::Input { url }).await.unwrap_err();
        assert_eq!(
            error.message(),
            "the loop did not end within 1000 iterations; write `max N` for more, or for fewer"
        );
    });
}
