//! `scroll until stable`, through the macro.

use serde_json::json;
use webtask::webtask;

use crate::bench::test;

webtask! {
    task "scroll/down" {
        input url string required;
        goto "{{url}}";
        scroll until stable "#feed" stable 200ms;
        js rows "return document.querySelectorAll('.row').length";
        js at "return Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight";
    }

    task "scroll/up" {
        input url string required;
        goto "{{url}}";
        scroll until stable "#log" direction up stable 200ms;
        js rows "return document.querySelectorAll('.row').length";
        js top "return log.scrollTop";
    }

    task "scroll/some" {
        input url string required;
        goto "{{url}}";
        scroll until stable "html" stable 200ms max 2;
        js rows "return document.querySelectorAll('.row').length";
    }
}

/// Adds twenty rows whenever its end is reached, some time after; so many times.
fn feed(times: u32) -> String {
    format!(
        "<style>.row {{ height: 100px }}</style><div id=feed></div><div id=end>end</div><script>
            let left = {times};
            const add = () => {{ for (let i = 0; i < 20; i++) feed.insertAdjacentHTML('beforeend', '<div class=row></div>') }};
            add();
            new IntersectionObserver(([entry]) => {{
                if (entry.isIntersecting && left-- > 0) setTimeout(add, 50);
            }}).observe(end);
        </script>"
    )
}

#[test]
fn a_feed_is_scrolled_to_its_end() {
    test(|bench| async move {
        let url = bench.page(&feed(4));
        let output = scroll_down(&bench.webtask, scroll_down::Input { url }).await.unwrap();
        assert_eq!(json!(output), json!({ "rows": 100, "at": true }));
    });
}

#[test]
fn a_box_is_scrolled_up_to_its_beginning() {
    test(|bench| async move {
        let url = bench.page(
            "<style>.row { height: 100px } #log { height: 300px; overflow: auto }</style><div id=log></div><script>
                let left = 3, busy = false;
                const add = () => { for (let i = 0; i < 10; i++) log.insertAdjacentHTML('afterbegin', '<div class=row></div>'); busy = false };
                add();
                log.scrollTop = 1e6;
                log.onscroll = () => { if (log.scrollTop === 0 && !busy && left-- > 0) { busy = true; setTimeout(add, 50) } };
            </script>",
        );
        let output = scroll_up(&bench.webtask, scroll_up::Input { url }).await.unwrap();
        assert_eq!(json!(output), json!({ "rows": 40, "top": 0 }));
    });
}

#[test]
fn a_feed_without_an_end_is_scrolled_so_many_times() {
    test(|bench| async move {
        let url = bench.page(&feed(1000));
        let output = scroll_some(&bench.webtask, scroll_some::Input { url }).await.unwrap();
        assert_eq!(json!(output), json!({ "rows": 60 }));
    });
}
