//! An `extract` right after a `goto`, which the page answers as soon as it is there: it reads what it would a moment
//! later, and fails as it would.

use serde_json::json;
use webtask::webtask;

use crate::bench::{test, told};

webtask! {
    task "ahead/loaded" {
        input url string required;
        goto "{{url}}";
        extract page from "body" { said text "#said"; }
    }

    task "ahead/parsed" {
        input url string required;
        goto "{{url}}" until dom;
        extract page from "body" { said text "#said"; }
    }

    task "ahead/idle" {
        input url string required;
        goto "{{url}}" until idle;
        extract page from "body" { said text "#said"; }
    }

    task "ahead/twice" {
        input one string required;
        input two string required;
        goto "{{one}}";
        extract first from "body" { said text "#said"; }
        js _ "said.textContent = 'changed'";
        extract again from "body" { said text "#said"; }
        goto "{{two}}";
        extract second from "body" { said text "#said"; }
        goto (&format!("{two}#said"));
        extract third from "body" { said text "#said"; }
    }

    task "ahead/missing" {
        input url string required;
        goto "{{url}}";
        extract page from "#nowhere" { said text "#said"; }
    }

    task "ahead/number" {
        input url string required;
        goto "{{url}}";
        extract page from "body" { said text "#said" int; }
    }

    task "ahead/tries" {
        input bad string required;
        input good string required;
        for each url in ["{{bad}}", "{{good}}"] collect pages continue on error {
            goto "{{url}}";
            extract page from "#said" { said text "."; }
        }
    }
}

#[test]
fn what_the_load_event_does_is_read() {
    test(|bench| async move {
        let url = bench.page(
            "<p id=said>before</p><script>\
             addEventListener('load', () => { said.textContent = 'loaded'; Promise.resolve().then(() => said.append(' and settled')) });\
             document.addEventListener('readystatechange', () => { if (document.readyState === 'complete') \
                addEventListener('load', () => said.append(' at last')) })</script><img src=/a.png>",
        );
        let output = ahead_loaded(&bench.webtask, ahead_loaded::Input { url: url.clone() }).await.unwrap();
        assert!(
            ["loaded and settled at last", "loaded at last and settled"].contains(&output.page.said.as_str())
        );
        let output = ahead_idle(&bench.webtask, ahead_idle::Input { url }).await.unwrap();
        assert!(output.page.said.contains("at last"), "{}", output.page.said);
    });
}

#[test]
fn a_page_is_read_before_its_image_is_there() {
    test(|bench| async move {
        let url = bench.page(
            "<p id=said>before</p><script>\
             addEventListener('DOMContentLoaded', () => said.textContent = 'parsed');\
             onload = () => said.textContent = 'loaded'</script><img src=/held/a.png>",
        );
        let output = ahead_parsed(&bench.webtask, ahead_parsed::Input { url }).await.unwrap();
        assert_eq!(output.page.said, "parsed");
    });
}

#[test]
fn a_page_that_keeps_its_events_to_itself_is_read() {
    test(|bench| async move {
        let url = bench.page(
            "<script>for (const name of ['load', 'DOMContentLoaded'])\
             addEventListener(name, event => event.stopImmediatePropagation(), true)</script><p id=said>kept</p>",
        );
        let output = ahead_loaded(&bench.webtask, ahead_loaded::Input { url: url.clone() }).await.unwrap();
        assert_eq!(output.page.said, "kept");
        let output = ahead_parsed(&bench.webtask, ahead_parsed::Input { url }).await.unwrap();
        assert_eq!(output.page.said, "kept");
    });
}

#[test]
fn a_page_that_stops_itself_or_goes_on_is_read() {
    test(|bench| async move {
        let stops = bench.page("<p id=said>stopped</p><img src=/held/b.png><script>stop()</script>");
        let output = ahead_loaded(&bench.webtask, ahead_loaded::Input { url: stops }).await.unwrap();
        assert_eq!(output.page.said, "stopped");

        bench.site.page("/next", "<p id=said>next</p>");
        let goes_on = bench.page("<p id=said>first</p><script>location.href = '/next'</script>");
        let output = ahead_loaded(&bench.webtask, ahead_loaded::Input { url: goes_on }).await.unwrap();
        assert_eq!(output.page.said, "next");
    });
}

#[test]
fn only_the_step_after_the_goto_has_its_answer() {
    test(|bench| async move {
        let (one, two) = (bench.page("<p id=said>one</p>"), bench.page("<p id=said>two</p>"));
        let output = ahead_twice(&bench.webtask, ahead_twice::Input { one, two }).await.unwrap();
        assert_eq!(
            json!(output),
            json!({
                "first": { "said": "one" }, "again": { "said": "changed" },
                "second": { "said": "two" }, "third": { "said": "two" },
            })
        );
    });
}

#[test]
fn it_fails_at_its_own_step() {
    test(|bench| async move {
        let url = bench.page("<p id=said>words</p>");
        let error =
            ahead_missing(&bench.webtask, ahead_missing::Input { url: url.clone() }).await.unwrap_err();
        assert_eq!(error.step().map(|step| step.name), Some("extract"));
        assert!(told::<()>(Err(error)).contains("`page`: no element matches `#nowhere`"));
        let error = ahead_number(&bench.webtask, ahead_number::Input { url }).await.unwrap_err();
        assert!(error.to_string().contains("`page.said`"), "{error}");
    });
}

#[test]
fn a_navigation_that_fails_leaves_no_answer_behind() {
    test(|bench| async move {
        let input =
            ahead_tries::Input { bad: bench.site.url("/empty"), good: bench.page("<p id=said>good</p>") };
        let output = ahead_tries(&bench.webtask, input).await.unwrap();
        assert_eq!(json!(output), json!({ "pages": [{ "page": { "said": "good" } }] }));
    });
}
