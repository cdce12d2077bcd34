//! `wait network idle`, through the macro.

use std::time::{Duration, Instant};

use serde_json::json;
use webtask::webtask;

use crate::bench::test;

webtask! {
    task "network/idle" {
        input url string required;
        goto "{{url}}" until dom;
        click "#go";
        wait network idle 100ms;
        js done "return window.done";
    }

    task "network/busy" {
        input url string required;
        goto "{{url}}" until dom;
        wait network idle 50ms max 1;
        js _ "fetch('/held/b')";
        wait network idle 50ms max 1 timeout 200ms;
    }

    task "network/left" {
        input url string required;
        input other string required;
        goto "{{url}}" until dom;
        goto "{{other}}";
        wait network idle 50ms timeout 2s;
        js title "return document.title";
    }
}

#[test]
fn it_waits_for_requests_that_were_under_way_before() {
    test(|bench| async move {
        let url = bench.page(
            "<button id=go onclick=\"fetch('/held/a').then(answer => answer.text()).then(() => window.done = 'all')\">Go</button>",
        );
        let run = network_idle(&bench.webtask, network_idle::Input { url });
        let release = async {
            bench.site.wait_asked("/held/a", 1).await;
            let asked = Instant::now();
            tokio::time::sleep(Duration::from_millis(300)).await;
            bench.site.release();
            asked
        };
        let (output, asked) = tokio::join!(run, release);
        assert_eq!(output.unwrap().done, "all");
        assert!(asked.elapsed() >= Duration::from_millis(400), "{:?}", asked.elapsed());
    });
}

#[test]
fn so_many_may_be_under_way_and_what_is_too_much_is_told() {
    test(|bench| async move {
        let url = bench.page("<script>fetch('/held/a')</script>");
        let error = network_busy(&bench.webtask, network_busy::Input { url }).await.unwrap_err();
        assert_eq!(
            error.message(),
            format!(
                "the network was not idle for 50ms within 200ms: 2 requests are under way, like `{}`",
                bench.site.url("/held/a")
            )
        );
    });
}

#[test]
fn what_a_page_asked_for_ends_with_it() {
    test(|bench| async move {
        let url = bench.page("<script>fetch('/held/a')</script>");
        let other = bench.site.url("/other").replace("127.0.0.1", "localhost");
        let output = network_left(&bench.webtask, network_left::Input { url, other }).await.unwrap();
        assert_eq!(json!(output), json!({ "title": "Other" }));
    });
}
