//! `setup`: when it runs again, and what it is given.

use webtask::{Event, Pool, webtask};

use crate::support;
use crate::support::site::Site;

webtask! {
    task "setup/page" {
        setting base;
        status "prepared";
        goto "{{base}}/one";
    }

    // It begins on the page that its setup leaves.
    task "setup/stays" {
        setup "setup/page";
        extract page from "html" { title text "title"; }
    }

    task "setup/session" {
        input user string required;
        input times int default 2;
        setting base;
        status "prepared {{user}} {{times}}";
        goto "{{base}}/one";
        js _ "localStorage.user = arguments[0]" args ["{{user}}"];
        goto "about:blank";
    }

    task "setup/logged_in" {
        input name string default "ann";
        setting base;
        setup "setup/session" with { user: "{{name}}!" };
        goto "{{base}}/one";
        js user "return localStorage.user";
    }
}

/// What a run told, and what it gave.
macro_rules! ran {
    ($run:expr) => {{
        let mut run = $run;
        let mut told = Vec::new();
        loop {
            match run.next().await.expect("a last event comes first") {
                Event::Status { text, .. } => told.push(text),
                Event::Done(output) => break (told, output),
                Event::Failed(error) => panic!("{error}"),
                _ => {}
            }
        }
    }};
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_runs_again_when_its_page_is_gone() {
    let site = Site::start().await;
    site.page("/one", "<!doctype html><title>One</title>");
    let base = site.url("").trim_end_matches('/').to_owned();
    for pool in [Pool::new("default").size(1).keep_session(), Pool::new("default").size(1)] {
        let webtask = support::builder().setting("base", &base).pool(pool).build().unwrap();
        for _ in 0..3 {
            let (told, output) = ran!(setup_stays(&webtask, setup_stays::Input {}));
            assert_eq!((told.as_slice(), output.page.title.as_str()), (&["prepared".to_owned()][..], "One"));
        }
        webtask.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_has_the_caller_s_inputs_and_runs_again_for_others() {
    let site = Site::start().await;
    site.page("/one", "<!doctype html><title>One</title>");
    let base = site.url("").trim_end_matches('/').to_owned();
    let pool = Pool::new("default").size(1).keep_session();
    let webtask = support::builder().setting("base", &base).pool(pool).build().unwrap();
    for (name, expected) in [
        ("ann", Some("prepared ann! 2")),
        ("ann", None),
        ("bea", Some("prepared bea! 2")),
        ("bea", None),
        ("ann", Some("prepared ann! 2")),
    ] {
        let (told, output) = ran!(setup_logged_in(&webtask, setup_logged_in::Input { name: name.into() }));
        assert_eq!((told.first().map(String::as_str), output.user), (expected, format!("{name}!").into()));
    }
    webtask.close().await.unwrap();
}
