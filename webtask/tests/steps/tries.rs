//! `try`, through the macro: what it catches, what it keeps, and what its error says.

use serde_json::json;
use webtask::__rt::{Thrown, caught};
use webtask::{Error, ErrorKind, Pool, webtask};

use crate::bench::test;
use crate::flow::ENDS;
use crate::support;

webtask! {
    task "tries/banner" {
        input url string required;
        goto "{{url}}";
        try { click "#accept" timeout 100ms; set banner "accepted"; } else { set banner "none"; }
        try { click "#go" timeout 5s; }
        try { click "#missing" timeout 100ms; }
        extract page from "html" { title text "title"; }
    }

    task "tries/error" {
        input url string required;
        goto "{{url}}";
        try { click "#missing" timeout 100ms; } else as error {
            set code "{{error.code}}";
            set step "{{error.step.name}}";
            set at "{{error.step.at}}";
            set message "{{error.message}}";
        }
        try { fail "sold out" code SOLD_OUT; } else as problem { set own "{{problem}}"; }
        try { call "tries/helper"; } else as inner { set helped "{{inner.message}}"; }
    }

    task "tries/helper" {
        fail "the helper fails";
    }

    task "tries/keeps" {
        set count 0;
        for each n in [1, 2, 3] collect given {
            try {
                set count (count.wrapping_add(1));
                yield "{{n}}";
                if (n == 2) { fail "no"; }
                yield "end";
            } else {
                yield "failed";
            }
        }
        try { set only 1; } else { set other 2; }
        try { set both 1; fail "no"; } else { set both 2; }
    }

    task "tries/returns" -> String {
        input how string required;
        try {
            if (how == "inside") { return "inside"; }
            fail "no";
        } else as error {
            if (how == "other") { return "{{error.message}}"; }
        }
        return "after";
    }

    task "tries/nested" {
        try {
            try { fail "inner"; } else as error { fail "outer after {{error.message}}"; }
        } else as error { set told "{{error.message}}"; }
        // What it caught is no reason to try again.
        set tries 0;
        retry 3 { set tries (tries.wrapping_add(1)); try { fail "again"; } }
    }

    task "tries/secret" {
        secret token;
        input url string required;
        goto "{{url}}";
        try { js _ "throw new Error('no ' + arguments[0])" args ["{{token}}"]; } else as error {
            status "{{error.message}}";
            set told "{{error.message}}";
        }
    }

    task "tries/over" {
        timeout 200ms;
        try { wait 1m; } else { status "it went on"; }
    }
}

#[test]
fn what_may_fail_does_not_end_the_run() {
    test(|bench| async move {
        let url =
            bench.page("<title>One</title><button id=go onclick=\"document.title = 'Two'\">go</button>");
        let output = tries_banner(&bench.webtask, tries_banner::Input { url }).await.unwrap();
        assert_eq!((output.banner.as_str(), output.page.title.as_str()), ("none", "Two"));
        let url = bench.page("<title>One</title><button id=accept>yes</button>");
        let output = tries_banner(&bench.webtask, tries_banner::Input { url }).await.unwrap();
        assert_eq!((output.banner.as_str(), output.page.title.as_str()), ("accepted", "One"));
    });
}

#[test]
fn its_error_says_what_happened_where() {
    test(|bench| async move {
        let url = bench.page("");
        let output = tries_error(&bench.webtask, tries_error::Input { url }).await.unwrap();
        assert_eq!(output.code.as_deref(), Some("STEP_FAILED"));
        assert_eq!(output.step.as_deref(), Some("click"));
        assert!(output.at.unwrap().contains("tries.rs:"));
        assert!(output.message.unwrap().contains("#missing"));
        let own = output.own;
        assert_eq!((own.code.as_str(), own.message.as_str(), own.retryable), ("SOLD_OUT", "sold out", false));
        assert_eq!(own.step.map(|step| step.name).as_deref(), Some("fail"));
        assert_eq!(output.helped.as_deref(), Some("the helper fails"));
    });
}

#[test]
fn what_it_set_stays_and_what_it_yielded_goes() {
    test(|bench| async move {
        let output = tries_keeps(&bench.webtask, tries_keeps::Input {}).await.unwrap();
        assert_eq!(
            json!(output),
            json!({
                "count": 3,
                "given": [json!(1), json!("end"), json!("failed"), json!(3), json!("end")],
                "only": 1,
                "other": null,
                "both": 2,
            })
        );
    });
}

#[test]
fn it_is_left_by_return_from_both_blocks() {
    test(|bench| async move {
        for (how, expected) in [("inside", "inside"), ("other", "no"), ("", "after")] {
            let run = tries_returns(&bench.webtask, tries_returns::Input { how: how.into() });
            assert_eq!(run.await.unwrap(), expected);
        }
    });
}

#[test]
fn a_failure_in_its_else_is_a_failure() {
    test(|bench| async move {
        let output = tries_nested(&bench.webtask, tries_nested::Input {}).await.unwrap();
        assert_eq!((output.told.as_str(), output.tries), ("outer after inner", 1));
    });
}

#[test]
fn no_secret_is_in_its_error() {
    test(|bench| async move {
        let webtask = support::builder()
            .secret("token", "hunter2")
            .pool(Pool::new("default").allow_private(true))
            .build()
            .unwrap();
        let url = bench.page("");
        let output = tries_secret(&webtask, tries_secret::Input { url }).await.unwrap();
        let told = output.told.unwrap();
        assert!(told.contains("no [redacted]"), "{told}");
        webtask.close().await.unwrap();
    });
}

#[test]
fn it_does_not_catch_the_end_of_the_run() {
    test(|bench| async move {
        let error = tries_over(&bench.webtask, tries_over::Input {}).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        for (kind, ends) in ENDS {
            let run = bench.run(kind, |cx, kind| {
                Box::pin(async move { Ok(caught(cx, Thrown::from(Error::new(kind, "it")))?.code) })
            });
            match run.await {
                Ok(code) => assert!(!ends && code == kind.code(), "{kind:?}"),
                Err(error) => assert!(ends && error.kind() == kind, "{kind:?}"),
            }
        }
    });
}
